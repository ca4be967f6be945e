//! Building kernel terms as a mathematician would write them. Untrusted.

use crate::certificate::parts;
use crate::kernel::number::Rational;
use crate::kernel::proof::Proof;
use crate::kernel::term::{Formula, Name, Term};
use num_traits::{One, ToPrimitive, Zero};
use std::collections::BTreeSet;

fn is_number(term: &Term, value: i32) -> bool {
    matches!(term, Term::Number(number) if *number == Rational::from_integer(value.into()))
}

/// The opposite.
#[must_use]
pub fn negate(term: Term) -> Term {
    multiply(Term::Number(-Rational::one()), term)
}

/// The sum, flat, with numbers added up.
#[must_use]
pub fn fold_sum(items: Vec<Term>) -> Term {
    let (mut number, mut rest) = (Rational::zero(), Vec::new());
    for item in items {
        match item {
            Term::Number(value) => number += value,
            Term::Sum(inner) => rest.extend(inner),
            other => rest.push(other),
        }
    }
    if !number.is_zero() {
        rest.push(Term::Number(number));
    }
    match rest.len() {
        0 => Term::Number(Rational::zero()),
        1 => rest.remove(0),
        _ => Term::Sum(rest),
    }
}

/// The product, flat, with numbers in front and multiplied out.
#[must_use]
pub fn multiply(left: Term, right: Term) -> Term {
    let (mut number, mut rest) = (Rational::one(), Vec::new());
    for factor in [left, right] {
        match factor {
            Term::Number(value) => number *= value,
            Term::Product(inner) => {
                for item in inner {
                    match item {
                        Term::Number(value) => number *= value,
                        other => rest.push(other),
                    }
                }
            }
            other => rest.push(other),
        }
    }
    if number.is_zero() {
        return Term::Number(number);
    }
    if !number.is_one() || rest.is_empty() {
        rest.insert(0, Term::Number(number));
    }
    if rest.len() == 1 {
        rest.remove(0)
    } else {
        Term::Product(rest)
    }
}

/// The quotient; of two numbers, a number.
#[must_use]
pub fn divide(above: Term, below: Term) -> Term {
    match (above, below) {
        (Term::Number(above), Term::Number(below)) if !below.is_zero() => {
            Term::Number(above / below)
        }
        (above, below) if is_number(&below, 1) => above,
        (above, below) => Term::Quotient(Box::new(above), Box::new(below)),
    }
}

/// An exponent that the language allows.
#[must_use]
pub fn exponent(value: &Rational) -> Option<i32> {
    value
        .is_integer()
        .then(|| value.to_integer().to_i32())
        .flatten()
        .filter(|exponent| exponent.abs() <= 4096)
}

/// The power; a negative exponent makes a quotient.
#[must_use]
pub fn power(base: Term, exponent: i32) -> Term {
    let positive = |base: Term| match (base, exponent.unsigned_abs()) {
        (_, 0) => Term::Number(Rational::one()),
        (base, 1) => base,
        (base, exponent) => Term::Power(Box::new(base), exponent),
    };
    match base {
        Term::Number(value) if !value.is_zero() => Term::Number(value.pow(exponent)),
        base if exponent < 0 => divide(Term::Number(Rational::one()), positive(base)),
        base => positive(base),
    }
}

/// The product of all items; reciprocals among them go below one bar.
#[must_use]
pub fn fold_product(items: Vec<Term>) -> Term {
    let one = || Term::Number(Rational::one());
    let (mut above, mut below) = (one(), one());
    for item in items {
        match item {
            Term::Quotient(dividend, divisor) if is_number(&dividend, 1) => {
                below = multiply(below, *divisor);
            }
            other => above = multiply(above, other),
        }
    }
    divide(above, below)
}

/// Collects the variables on which a term depends, reduced or not.
pub fn free_variables(term: &Term, into: &mut BTreeSet<Name>) {
    match term {
        Term::Number(_) => {}
        Term::Variable(name) => {
            into.insert(name.clone());
        }
        Term::Sum(items) | Term::Product(items) | Term::Apply(_, items) | Term::Call(_, items) => {
            items.iter().for_each(|item| free_variables(item, into));
        }
        Term::Quotient(above, below) => {
            free_variables(above, into);
            free_variables(below, into);
        }
        Term::Power(base, _) => free_variables(base, into),
        Term::Derivative(body, by) => {
            free_variables(body, into);
            into.insert(by.clone());
        }
        Term::At(body, by) => {
            let mut inside = BTreeSet::new();
            free_variables(body, &mut inside);
            into.extend(
                inside
                    .into_iter()
                    .filter(|name| by.iter().all(|(put, _)| put != name)),
            );
            by.iter().for_each(|(_, put)| free_variables(put, into));
        }
    }
}

/// Collects the definitions that a term calls.
pub fn calls(term: &Term, into: &mut BTreeSet<Name>) {
    match term {
        Term::Number(_) | Term::Variable(_) => {}
        Term::Sum(items) | Term::Product(items) | Term::Apply(_, items) => {
            items.iter().for_each(|item| calls(item, into));
        }
        Term::Call(name, items) => {
            into.insert(name.clone());
            items.iter().for_each(|item| calls(item, into));
        }
        Term::Quotient(above, below) => {
            calls(above, into);
            calls(below, into);
        }
        Term::Power(base, _) | Term::Derivative(base, _) => calls(base, into),
        Term::At(body, by) => {
            calls(body, into);
            by.iter().for_each(|(_, put)| calls(put, into));
        }
    }
}

/// Collects the definitions that a formula calls.
pub fn calls_of_formula(formula: &Formula, into: &mut BTreeSet<Name>) {
    match formula {
        Formula::Compare(left, _, right) => {
            calls(left, into);
            calls(right, into);
        }
        Formula::And(items) | Formula::Or(items) => {
            items.iter().for_each(|item| calls_of_formula(item, into));
        }
        Formula::Implies(premise, conclusion) => {
            calls_of_formula(premise, into);
            calls_of_formula(conclusion, into);
        }
        Formula::Forall(_, body) | Formula::Exists(_, body) => calls_of_formula(body, into),
        Formula::Holds(predicate, _) => {
            if let crate::kernel::term::Predicate::Roots { polynomial, .. } = &predicate.predicate {
                calls(polynomial, into);
            }
        }
        Formula::Call(name, items) => {
            into.insert(name.clone());
            items.iter().for_each(|item| calls(item, into));
        }
    }
}

/// Collects the definitions that evidence calls.
pub fn calls_of_proof(proof: &Proof, into: &mut BTreeSet<Name>) {
    match proof {
        Proof::Cut(formula, ..) | Proof::Split(formula, ..) => calls_of_formula(formula, into),
        Proof::Witness(terms, _) | Proof::Instance(_, terms, _) | Proof::Law(_, terms, _) => {
            terms.iter().for_each(|term| calls(term, into));
        }
        Proof::Calculus(_, function, _, (from, to), _) => {
            [function, from, to]
                .into_iter()
                .for_each(|term| calls(term, into));
        }
        _ => {}
    }
    for part in parts(proof) {
        calls_of_proof(part, into);
    }
}
