//! Whether a comparison looks true at points where the hypotheses hold, in floating point. UNTRUSTED.

use crate::kernel::context::Context;
use crate::kernel::term::{Formula, Name, Relation, Term};
use crate::prover::counterexample::{Point, float};
use num_traits::ToPrimitive;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;

/// Points drawn.
const DRAWN: usize = 300;

/// Values that are tried besides those in the hypotheses.
const USUAL: [f64; 16] = [
    0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 0.1, -0.1, 3.0, -3.0, 0.01, 5.0, -5.0, 10.0, -10.0,
];

/// Relative errors of floating point that are no violation.
const TOLERANCE: f64 = 1e-9;

/// Whether no drawn point contradicts the goal.
pub(super) fn plausible(context: &Context, goal: &Formula) -> bool {
    points(context, goal)
        .iter()
        .all(|point| !violated(goal, point))
}

fn violated(goal: &Formula, point: &Point) -> bool {
    let Formula::Compare(left, relation, right) = goal else {
        return false;
    };
    let (left, right) = (float(left, point), float(right, point));
    let excess = left - right;
    let slack = TOLERANCE * (1.0 + left.abs() + right.abs());
    match relation {
        Relation::Less | Relation::AtMost => excess > slack,
        Relation::Equal => excess.abs() > slack,
        Relation::Differs => false,
    }
}

/// Points at which the comparisons among the hypotheses hold.
pub(super) fn points(context: &Context, goal: &Formula) -> Vec<Point> {
    let mut numbers = USUAL.to_vec();
    let hypotheses = context
        .hypotheses
        .iter()
        .map(|hypothesis| &hypothesis.formula);
    for formula in hypotheses.chain([goal]) {
        if let Formula::Compare(left, _, right) = formula {
            numbers_of(left, &mut numbers);
            numbers_of(right, &mut numbers);
        }
    }
    let names: BTreeSet<&Name> = context.scope.iter().collect();
    let mut random = ChaCha8Rng::seed_from_u64(0);
    let mut draw = || {
        let pick = numbers[random.random_range(0..numbers.len())];
        match random.random_range(0..4) {
            0 => pick,
            1 => pick + random.random_range(-1.0..1.0),
            2 => pick + random.random_range(-0.01..0.01),
            _ => random.random_range(-10.0..10.0),
        }
    };
    let mut drawn = Vec::new();
    for _ in 0..DRAWN {
        let point: Point = names.iter().map(|name| ((*name).clone(), draw())).collect();
        if context
            .hypotheses
            .iter()
            .all(|hypothesis| holds(&hypothesis.formula, &point))
        {
            drawn.push(point);
        }
    }
    drawn
}

/// Whether a hypothesis holds; one that cannot be evaluated does.
fn holds(formula: &Formula, point: &Point) -> bool {
    let Formula::Compare(left, relation, right) = formula else {
        return true;
    };
    let (left, right) = (float(left, point), float(right, point));
    if left.is_nan() || right.is_nan() {
        return true;
    }
    match relation {
        Relation::Less => left < right,
        Relation::AtMost => left <= right,
        Relation::Equal => (left - right).abs() <= TOLERANCE * (1.0 + left.abs()),
        Relation::Differs => left < right || right < left,
    }
}

fn numbers_of(term: &Term, into: &mut Vec<f64>) {
    if let Term::Number(value) = term
        && let Some(value) = value.to_f64()
    {
        into.push(value);
    }
    term.each(|part| numbers_of(part, into));
}
