//! Evidence from certificate text. Part of the trusted kernel.

use super::only::Only;
use super::proof::{Law, Multiple, Proof, Summand};
use super::read::{formula, name, term};
use super::sexp::{ReadError, ReadFault, Sexp};
use super::surface;

fn exactly<'s, 'a, const N: usize>(sexp: &Sexp<'a>, items: &'s [Sexp<'a>]) -> Result<&'s [Sexp<'a>; N], ReadError> {
    let found = items.len();
    items.try_into().map_err(|_| ReadError { at: sexp.at(), fault: ReadFault::Length { expected: N, found } })
}

fn boxed(sexp: &Sexp<'_>) -> Result<Box<Proof>, ReadError> {
    proof(sexp).map(Box::new)
}

fn summand(sexp: &Sexp<'_>) -> Result<Summand, ReadError> {
    let [coefficient, hypotheses, squares] = sexp.array()?;
    Ok(Summand {
        coefficient: coefficient.rational()?,
        hypotheses: hypotheses.each(Sexp::index)?,
        squares: squares.each(term)?,
    })
}

fn multiple(sexp: &Sexp<'_>) -> Result<Multiple, ReadError> {
    let [cofactor, hypothesis] = sexp.array()?;
    Ok(Multiple { cofactor: term(cofactor)?, hypothesis: hypothesis.index()? })
}

fn law(sexp: &Sexp<'_>) -> Result<Law, ReadError> {
    let word = sexp.word()?;
    Law::ALL.into_iter().find(|(_, known, _)| *known == word).map(|(law, _, _)| law).ok_or_else(|| sexp.unknown())
}

/// Reads evidence. The head words are those of [`Proof`], in lower case.
///
/// # Errors
/// [`ReadError`].
pub fn proof(sexp: &Sexp<'_>) -> Result<Proof, ReadError> {
    let (head, rest) = sexp.form()?;
    Ok(match head {
        "fix" => {
            let [names, next] = exactly(sexp, rest)?;
            Proof::Fix(names.each(name)?, boxed(next)?)
        }
        "assume" => {
            let [next] = exactly(sexp, rest)?;
            Proof::Assume(boxed(next)?)
        }
        "each" => Proof::Each(rest.iter().map(proof).collect::<Result<_, _>>()?),
        "choose" => {
            let [index, next] = exactly(sexp, rest)?;
            Proof::Choose(index.index()?, boxed(next)?)
        }
        "witness" => {
            let [terms, next] = exactly(sexp, rest)?;
            Proof::Witness(terms.each(term)?, boxed(next)?)
        }
        "cut" => {
            let [lemma, first, next] = exactly(sexp, rest)?;
            Proof::Cut(formula(lemma)?, boxed(first)?, boxed(next)?)
        }
        "split" => {
            let [comparison, first, second] = exactly(sexp, rest)?;
            Proof::Split(formula(comparison)?, boxed(first)?, boxed(second)?)
        }
        "absurd" => {
            let [next] = exactly(sexp, rest)?;
            Proof::Absurd(boxed(next)?)
        }
        "hypothesis" => {
            let [index] = exactly(sexp, rest)?;
            Proof::Hypothesis(index.index()?)
        }
        "instance" => {
            let [index, terms, next] = exactly(sexp, rest)?;
            Proof::Instance(index.index()?, terms.each(term)?, boxed(next)?)
        }
        "apply" => {
            let [index, first, next] = exactly(sexp, rest)?;
            Proof::Apply(index.index()?, boxed(first)?, boxed(next)?)
        }
        "cases" => {
            let [index, proofs] = exactly(sexp, rest)?;
            Proof::Cases(index.index()?, proofs.each(proof)?)
        }
        "obtain" => {
            let [index, names, next] = exactly(sexp, rest)?;
            Proof::Obtain(index.index()?, names.each(name)?, boxed(next)?)
        }
        "law" => {
            let [word, terms, next] = exactly(sexp, rest)?;
            Proof::Law(law(word)?, terms.each(term)?, boxed(next)?)
        }
        "premise" => {
            let [index, next] = exactly(sexp, rest)?;
            Proof::Premise(index.index()?, boxed(next)?)
        }
        "cone" => {
            let [multiplier, summands, multiples] = exactly(sexp, rest)?;
            Proof::Cone {
                multiplier: multiplier.each(Sexp::index)?,
                summands: summands.each(summand)?,
                multiples: multiples.each(multiple)?,
            }
        }
        "interval" => {
            let [bits] = exactly(sexp, rest)?;
            let fault = || ReadError { at: bits.at(), fault: ReadFault::Expected("a small number of bits") };
            Proof::Interval(u32::try_from(bits.index()?).map_err(|_| fault())?)
        }
        "compute" => {
            let [] = exactly(sexp, rest)?;
            Proof::Compute
        }
        "inertia" => {
            let [congruence] = exactly(sexp, rest)?;
            Proof::Inertia(congruence.each(|row| row.each(Sexp::rational))?)
        }
        "surface" => {
            let [evidence] = exactly(sexp, rest)?;
            Proof::Surface(surface::Evidence::read(evidence)?)
        }
        "only" => {
            let [basis, minimum, barrier, bounds, critical, outside] = exactly(sexp, rest)?;
            let bound = |pair: &Sexp<'_>| {
                let [lower, upper] = pair.array()?;
                Ok((lower.rational()?, upper.rational()?))
            };
            let only = Only {
                basis: basis.each(|row| row.each(Sexp::rational))?,
                minimum: surface::Minimum::read(minimum)?,
                barrier: surface::Barrier::read(barrier)?,
                bounds: bounds.each(bound)?,
            };
            Proof::Only(Box::new(only), boxed(critical)?, boxed(outside)?)
        }
        _ => return Err(sexp.unknown()),
    })
}
