//! Evidence from certificate text. Part of the trusted kernel.

use super::{Multiple, Proof, Read, ReadError, Sexp, Summand, all, record};

record!(Summand, array(), [coefficient, hypotheses, squares]);
record!(Multiple, array(), [cofactor, hypothesis]);

/// The head words are those of [`Proof`], in lower case.
impl Read for Proof {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        Ok(match sexp.form()? {
            ("fix", [names, then]) => Self::Fix(names.read()?, then.read()?),
            ("assume", [then]) => Self::Assume(then.read()?),
            ("each", proofs) => Self::Each(all(proofs)?),
            ("choose", [index, then]) => Self::Choose(index.read()?, then.read()?),
            ("witness", [terms, then]) => Self::Witness(terms.read()?, then.read()?),
            ("cut", [lemma, first, then]) => Self::Cut(lemma.read()?, first.read()?, then.read()?),
            ("split", [comparison, first, second]) => Self::Split(comparison.read()?, first.read()?, second.read()?),
            ("absurd", [then]) => Self::Absurd(then.read()?),
            ("hypothesis", [index]) => Self::Hypothesis(index.read()?),
            ("instance", [index, terms, then]) => Self::Instance(index.read()?, terms.read()?, then.read()?),
            ("apply", [index, first, then]) => Self::Apply(index.read()?, first.read()?, then.read()?),
            ("cases", [index, proofs]) => Self::Cases(index.read()?, proofs.read()?),
            ("obtain", [index, names, then]) => Self::Obtain(index.read()?, names.read()?, then.read()?),
            ("law", [name, terms, then]) => Self::Law(name.read()?, terms.read()?, then.read()?),
            ("premise", [index, then]) => Self::Premise(index.read()?, then.read()?),
            ("cone", [multiplier, summands, multiples]) => {
                let (multiplier, summands, multiples) = (multiplier.read()?, summands.read()?, multiples.read()?);
                Self::Cone { multiplier, summands, multiples }
            }
            ("interval", [bits]) => Self::Interval(bits.read()?),
            ("roots", [points]) => Self::Roots(points.read()?),
            ("rank", []) => Self::Rank,
            ("inertia", [congruence]) => Self::Inertia(congruence.read()?),
            ("surface", [evidence]) => Self::Surface(evidence.read()?),
            _ => return Err(sexp.unknown()),
        })
    }
}
