//! Evidence from certificate text. Part of the trusted kernel.

use super::proof::{Multiple, Proof, Summand};
use super::read::{all, boxed, formula, matrix, name, small, term};
use super::sexp::{ReadError, Sexp};
use super::surface::Evidence;

fn summand(sexp: &Sexp<'_>) -> Result<Summand, ReadError> {
    let [coefficient, hypotheses, squares] = sexp.array()?;
    let (hypotheses, squares) = (hypotheses.each(Sexp::index)?, squares.each(term)?);
    Ok(Summand { coefficient: coefficient.rational()?, hypotheses, squares })
}

fn multiple(sexp: &Sexp<'_>) -> Result<Multiple, ReadError> {
    let [cofactor, hypothesis] = sexp.array()?;
    Ok(Multiple { cofactor: term(cofactor)?, hypothesis: hypothesis.index()? })
}

/// Reads evidence. The head words are those of [`Proof`], in lower case.
///
/// # Errors
/// [`ReadError`].
pub fn proof(sexp: &Sexp<'_>) -> Result<Proof, ReadError> {
    let next = |sexp| boxed(proof, sexp);
    Ok(match sexp.form()? {
        ("fix", [names, then]) => Proof::Fix(names.each(name)?, next(then)?),
        ("assume", [then]) => Proof::Assume(next(then)?),
        ("each", proofs) => Proof::Each(all(proof, proofs)?),
        ("choose", [index, then]) => Proof::Choose(index.index()?, next(then)?),
        ("witness", [terms, then]) => Proof::Witness(terms.each(term)?, next(then)?),
        ("cut", [lemma, first, then]) => Proof::Cut(formula(lemma)?, next(first)?, next(then)?),
        ("split", [comparison, first, second]) => Proof::Split(formula(comparison)?, next(first)?, next(second)?),
        ("absurd", [then]) => Proof::Absurd(next(then)?),
        ("hypothesis", [index]) => Proof::Hypothesis(index.index()?),
        ("instance", [index, terms, then]) => Proof::Instance(index.index()?, terms.each(term)?, next(then)?),
        ("apply", [index, first, then]) => Proof::Apply(index.index()?, next(first)?, next(then)?),
        ("cases", [index, proofs]) => Proof::Cases(index.index()?, proofs.each(proof)?),
        ("obtain", [index, names, then]) => Proof::Obtain(index.index()?, names.each(name)?, next(then)?),
        ("law", [word, terms, then]) => Proof::Law(name(word)?, terms.each(term)?, next(then)?),
        ("premise", [index, then]) => Proof::Premise(index.index()?, next(then)?),
        ("cone", [multiplier, summands, multiples]) => Proof::Cone {
            multiplier: multiplier.each(Sexp::index)?,
            summands: summands.each(summand)?,
            multiples: multiples.each(multiple)?,
        },
        ("interval", [bits]) => Proof::Interval(small(bits)?),
        ("roots", [points]) => Proof::Roots(points.each(Sexp::rational)?),
        ("rank", []) => Proof::Rank,
        ("inertia", [congruence]) => Proof::Inertia(matrix(congruence)?),
        ("surface", [evidence]) => Proof::Surface(Evidence::read(evidence)?),
        _ => return Err(sexp.unknown()),
    })
}
