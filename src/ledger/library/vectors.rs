//! Arithmetic of numbers and vectors. Untrusted.

use super::{Elaborated, Value, wrong};
use crate::kernel::term::{Function, Term};
use crate::ledger::lexer::Place;
use crate::ledger::syntax::Operation;
use crate::ledger::terms::{divide, exponent, fold_sum, multiply, negate, power};
use num_traits::Zero;

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

pub(super) fn scale(
    by: &Term,
    items: Vec<Value>,
    operation: fn(Term, Term) -> Term,
    place: Place,
) -> Elaborated<Value> {
    let items = items
        .into_iter()
        .map(|item| Ok(Value::Term(operation(scalar(item, place)?, by.clone()))));
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
            Ok(Value::Term(fold_sum(vec![left, right])))
        }
        (Operation::Subtract, Value::Term(left), Value::Term(right)) => {
            Ok(Value::Term(subtract(left, right)))
        }
        (Operation::Multiply, Value::Term(left), Value::Term(right)) => {
            Ok(Value::Term(multiply(left, right)))
        }
        (Operation::Divide, _, Value::Term(Term::Number(zero))) if zero.is_zero() => {
            wrong(place, "division by zero")
        }
        (Operation::Divide, Value::Term(left), Value::Term(right)) => {
            Ok(Value::Term(divide(left, right)))
        }
        (Operation::Power, Value::Term(base), Value::Term(Term::Number(value))) => {
            match exponent(&value) {
                Some(value) => Ok(Value::Term(power(base, value))),
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

pub(super) fn apply(function: Function, terms: Vec<Term>, place: Place) -> Elaborated<Term> {
    let count = terms.len();
    let mut terms = terms.into_iter();
    match (function.arity(), terms.next()) {
        (1, Some(first)) if count == 1 => Ok(Term::Apply(function, vec![first])),
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
