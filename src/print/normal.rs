//! Polynomials of the normal form as terms.

use crate::kernel::limits::{TooLarge, spend, within};
use crate::kernel::normal::{Atoms, Fraction, Meaning};
use crate::kernel::number::{Int, Rational};
use crate::kernel::poly::{Atom, Monomial, Poly};
use crate::kernel::term::{Function, Term};
use num_traits::{One, Zero};

/// Most steps of writing a polynomial for a reader.
const STEPS: usize = 10_000;

/// A polynomial as a term, unless it is too long to be read: an indeterminate may stand for much.
#[must_use]
pub fn readable(atoms: &Atoms, poly: &Poly) -> Option<Term> {
    within(STEPS, || weigh(atoms, poly))
        .ok()
        .map(|()| term(atoms, poly))
}

fn weigh(atoms: &Atoms, poly: &Poly) -> Result<(), TooLarge> {
    spend(poly.cost())?;
    poly.atoms().try_for_each(|atom| match atoms.meaning(atom) {
        Some(Meaning::Reciprocal(divisor)) => weigh(atoms, divisor),
        Some(Meaning::Exponential(part, _)) => {
            weigh(atoms, &Poly::monomial(part.clone(), Rational::one()))
        }
        Some(Meaning::Opaque(_, fractions)) => fractions.iter().try_for_each(
            |Fraction {
                 numerator,
                 divisors,
             }| {
                weigh(atoms, numerator)?;
                divisors
                    .keys()
                    .filter_map(|atom| atoms.divisor(*atom))
                    .try_for_each(|divisor| weigh(atoms, divisor))
            },
        ),
        Some(Meaning::Variable(_)) | None => spend(1),
    })
}

/// A polynomial as a term.
#[must_use]
pub fn term(atoms: &Atoms, poly: &Poly) -> Term {
    let power = |(atom, exponent): &(Atom, u32)| match exponent {
        1 => indeterminate(atoms, *atom),
        _ => Term::Power(Box::new(indeterminate(atoms, *atom)), *exponent),
    };
    let addend = |(monomial, value): (&Monomial, Rational)| {
        let number = (monomial.is_empty() || !value.is_one()).then_some(Term::Number(value));
        product(number.into_iter().chain(monomial.iter().map(power)))
    };
    let mut addends: Vec<Term> = poly.terms().map(addend).collect();
    match addends.len() {
        0 => Term::Number(Rational::zero()),
        1 => addends.remove(0),
        _ => Term::Sum(addends),
    }
}

/// The product of these, no product where there is no more than one.
fn product(factors: impl Iterator<Item = Term>) -> Term {
    let mut factors: Vec<Term> = factors.collect();
    match factors.len() {
        0 => Term::Number(Rational::one()),
        1 => factors.remove(0),
        _ => Term::Product(factors),
    }
}

fn indeterminate(atoms: &Atoms, atom: Atom) -> Term {
    match atoms.meaning(atom) {
        Some(Meaning::Variable(name)) => Term::Variable(name.clone()),
        Some(Meaning::Exponential(monomial, below)) => {
            let value = Rational::new(Int::one(), below.clone());
            Term::Apply(
                Function::Exp,
                vec![term(atoms, &Poly::monomial(monomial.clone(), value))],
            )
        }
        Some(Meaning::Reciprocal(divisor)) => Term::Quotient(
            Box::new(Term::Number(Rational::one())),
            Box::new(term(atoms, divisor)),
        ),
        Some(Meaning::Opaque(function, arguments)) => Term::Apply(
            *function,
            arguments
                .iter()
                .map(|argument| fraction(atoms, argument))
                .collect(),
        ),
        None => Term::Number(Rational::one()),
    }
}

/// What a reciprocal is the reciprocal of, as a term.
#[must_use]
pub fn divisor(atoms: &Atoms, reciprocal: Atom) -> Term {
    atoms
        .divisor(reciprocal)
        .map_or(Term::Number(Rational::zero()), |divisor| {
            term(atoms, divisor)
        })
}

fn fraction(atoms: &Atoms, fraction: &Fraction) -> Term {
    let power = |(reciprocal, exponent): (&Atom, &u32)| match exponent {
        1 => divisor(atoms, *reciprocal),
        _ => Term::Power(Box::new(divisor(atoms, *reciprocal)), *exponent),
    };
    let above = term(atoms, &fraction.numerator);
    if fraction.divisors.is_empty() {
        return above;
    }
    let below = product(fraction.divisors.iter().map(power));
    Term::Quotient(Box::new(above), Box::new(below))
}
