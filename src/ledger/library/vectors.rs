//! Arithmetic of numbers and vectors. Untrusted.

use super::{Elaborated, Value, spend, wrong};
use crate::kernel::number::Rational;
use crate::kernel::term::{Function, Term};
use crate::ledger::lexer::Place;
use crate::ledger::syntax::{Fold, Operation};
use crate::ledger::terms::{divide, exponent, fold_product, fold_sum, multiply, negate, power};
use num_traits::{One, Zero};

pub(super) fn flatten(value: Value, into: &mut Vec<Term>) {
    match value {
        Value::Term(term) => into.push(term),
        Value::List(items) => items.into_iter().for_each(|item| flatten(item, into)),
    }
}

pub(super) fn scalar(value: Value, place: Place) -> Elaborated<Term> {
    match value {
        Value::Term(term) => Ok(term),
        Value::List(_) => wrong(place, "expected a number, found a vector"),
    }
}

/// Most bits of a number that is worked out here: the kernel reads no longer one.
const BITS: u64 = 64_000;

/// The numbers that stand in a sum or product, or alone.
fn numbers(term: &Term) -> impl Iterator<Item = &Rational> {
    let items = match term {
        Term::Sum(items) | Term::Product(items) => items.as_slice(),
        other => std::slice::from_ref(other),
    };
    items.iter().filter_map(|item| match item {
        Term::Number(value) => Some(value),
        _ => None,
    })
}

/// Counts a number by the square of its length, as reducing a fraction takes it, unless it is too large to go on with.
fn counted(value: &Rational, place: Place) -> Elaborated<()> {
    let bits = value.numer().bits().max(value.denom().bits());
    if bits > BITS {
        return too_large(place);
    }
    let limbs = usize::try_from(bits / 64).unwrap_or(usize::MAX);
    spend(limbs.saturating_mul(limbs) / 16, place)
}

/// The term, unless a number in it is too large to go on with.
pub(super) fn sized(term: Term, place: Place) -> Elaborated<Value> {
    numbers(&term).try_for_each(|value| counted(value, place))?;
    Ok(Value::Term(term))
}

/// The sum or product of all items, unless its number becomes too large on the way.
pub(super) fn folded(fold: Fold, items: Vec<Term>, place: Place) -> Elaborated<Value> {
    let mut number = if fold == Fold::Sum {
        Rational::zero()
    } else {
        Rational::one()
    };
    for value in items.iter().flat_map(numbers) {
        if fold == Fold::Sum {
            number += value;
        } else {
            number *= value;
        }
        counted(&number, place)?;
    }
    Ok(Value::Term(if fold == Fold::Sum {
        fold_sum(items)
    } else {
        fold_product(items)
    }))
}

fn too_large<T>(place: Place) -> Elaborated<T> {
    wrong(place, format!("a number here has more than {BITS} bits"))
}

/// The power, unless its number is too large.
fn raised(base: Term, exponent: i32, place: Place) -> Elaborated<Value> {
    if let Term::Number(value) = &base {
        let bits = value.numer().bits().max(value.denom().bits());
        // A power of 1 or -1 does not grow.
        if bits > 1 && (bits - 1).saturating_mul(exponent.unsigned_abs().into()) > BITS {
            return too_large(place);
        }
    }
    sized(power(base, exponent), place)
}

pub(super) fn scale(
    by: &Term,
    items: Vec<Value>,
    operation: fn(Term, Term) -> Term,
    place: Place,
) -> Elaborated<Value> {
    let one = |item| match item {
        Value::Term(term) => sized(operation(term, by.clone()), place),
        Value::List(items) => scale(by, items, operation, place),
    };
    let items = items.into_iter().map(one);
    items.collect::<Result<_, _>>().map(Value::List)
}

pub(super) fn binary(
    operation: Operation,
    left: Value,
    right: Value,
    place: Place,
) -> Elaborated<Value> {
    let subtract = |left, right| fold_sum(vec![left, negate(right)]);
    match (operation, left, right) {
        (Operation::Add, Value::Term(left), Value::Term(right)) => {
            sized(fold_sum(vec![left, right]), place)
        }
        (Operation::Subtract, Value::Term(left), Value::Term(right)) => {
            sized(subtract(left, right), place)
        }
        (Operation::Multiply, Value::Term(left), Value::Term(right)) => {
            sized(multiply(left, right), place)
        }
        (Operation::Divide, _, Value::Term(Term::Number(zero))) if zero.is_zero() => {
            wrong(place, "division by zero")
        }
        (Operation::Divide, Value::Term(left), Value::Term(right)) => {
            sized(divide(left, right), place)
        }
        (Operation::Power, Value::Term(base), Value::Term(Term::Number(value))) => {
            match exponent(&value) {
                Some(value) => raised(base, value, place),
                None => wrong(
                    place,
                    "an exponent must be a whole number between -4096 and 4096",
                ),
            }
        }
        (Operation::Power, ..) => wrong(
            place,
            "an exponent must be a whole number that is known here",
        ),
        (Operation::Add | Operation::Subtract, Value::List(left), Value::List(right))
            if left.len() == right.len() =>
        {
            let pairs = left.into_iter().zip(right);
            let items = pairs.map(|(left, right)| binary(operation, left, right, place));
            items.collect::<Result<_, _>>().map(Value::List)
        }
        (Operation::Multiply, Value::Term(by), Value::List(items))
        | (Operation::Multiply, Value::List(items), Value::Term(by)) => {
            scale(&by, items, multiply, place)
        }
        (Operation::Divide, Value::List(items), Value::Term(by)) => {
            scale(&by, items, divide, place)
        }
        _ => wrong(place, "this operation is not defined for these operands"),
    }
}

/// Most numbers of which `min` or `max` is taken: each nests the term deeper.
const ARGUMENTS: usize = 100;

pub(super) fn apply(function: Function, terms: Vec<Term>, place: Place) -> Elaborated<Term> {
    let count = terms.len();
    let mut terms = terms.into_iter();
    match (function.arity(), terms.next()) {
        (1, Some(first)) if count == 1 => Ok(Term::Apply(function, vec![first])),
        (2, Some(_)) if count > ARGUMENTS => wrong(
            place,
            format!("`{}` takes at most {ARGUMENTS} numbers", function.word()),
        ),
        (2, Some(first)) if count >= 2 => Ok(terms.fold(first, |left, right| {
            Term::Apply(function, vec![left, right])
        })),
        _ => wrong(
            place,
            format!(
                "`{}` takes another number of arguments than {count}",
                function.word()
            ),
        ),
    }
}
