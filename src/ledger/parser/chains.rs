//! Sums and products of many operands as trees that are not deep. Untrusted.
//!
//! A chain associates to the left. A long one becomes a balanced tree where the order of the operations does not matter,
//! so that no stack grows with the length of a formula.

use crate::ledger::lexer::Place;
use crate::ledger::syntax::{Expr, Kind, Operation};

/// Most operations of a chain that is a tree as deep as it is long; most divisions of any.
pub(super) const LONG: usize = 16;

/// A sum of the first and the rest.
pub(super) fn sum(place: Place, first: Expr, rest: Vec<(Operation, Expr)>) -> Expr {
    if rest.len() <= LONG {
        return left(place, first, rest);
    }
    let signed = |(operation, item): (Operation, Expr)| match operation {
        Operation::Subtract => Expr {
            place: item.place,
            kind: Kind::Negative(Box::new(item)),
        },
        _ => item,
    };
    let rest = rest.into_iter().map(signed);
    balanced(
        place,
        Operation::Add,
        std::iter::once(first).chain(rest).collect(),
    )
}

/// A product of the first and the rest. What stands before a division is divided as a whole.
pub(super) fn product(place: Place, first: Expr, rest: Vec<(Operation, Expr)>) -> Expr {
    if rest.len() <= LONG {
        return left(place, first, rest);
    }
    let mut factors = vec![first];
    for (operation, item) in rest {
        if operation == Operation::Multiply {
            factors.push(item);
        } else {
            let above = balanced(place, Operation::Multiply, factors);
            factors = vec![binary(place, operation, above, item)];
        }
    }
    balanced(place, Operation::Multiply, factors)
}

fn left(place: Place, first: Expr, rest: Vec<(Operation, Expr)>) -> Expr {
    rest.into_iter().fold(first, |left, (operation, right)| {
        binary(place, operation, left, right)
    })
}

fn binary(place: Place, operation: Operation, left: Expr, right: Expr) -> Expr {
    Expr {
        place,
        kind: Kind::Binary(operation, Box::new(left), Box::new(right)),
    }
}

/// Neighbours in pairs until one is left.
fn balanced(place: Place, operation: Operation, mut items: Vec<Expr>) -> Expr {
    while items.len() > 2 {
        let mut pairs = Vec::new();
        let mut rest = items.into_iter();
        while let Some(first) = rest.next() {
            pairs.push(match rest.next() {
                Some(second) => binary(place, operation, first, second),
                None => first,
            });
        }
        items = pairs;
    }
    let mut rest = items.into_iter();
    let first = rest.next().unwrap_or(Expr {
        place,
        kind: Kind::List(Vec::new()),
    });
    rest.fold(first, |left, right| binary(place, operation, left, right))
}
