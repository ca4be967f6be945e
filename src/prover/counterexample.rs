//! Looking for values that make a closed existential goal true: counterexamples, where the goal is a negation. UNTRUSTED.
//!
//! Points on a dyadic grid are drawn, the best ones improved by a compass search in floating point on the slack of the
//! worst conjunct, and what looks like a witness is shown exactly.

use super::budget::spend;
use super::comparison;
use crate::kernel::context::Context;
use crate::kernel::normal::Atoms;
use crate::kernel::number::{Int, Rational};
use crate::kernel::proof::Proof;
use crate::kernel::reduce::{Substitution, substitute_formula};
use crate::kernel::term::{Formula, Function, Name, Relation, Term};
use num_traits::ToPrimitive;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;

/// Points drawn, points improved, and rounds of the compass search.
const DRAWN: usize = 2_000;
const IMPROVED: usize = 12;
const ROUNDS: usize = 60;

/// So many parts of a formula are evaluated in floating point for one step of the budget.
const NODES: usize = 64;

/// Bits behind the binary point of a coordinate.
const GRID: i32 = 12;

/// Values of variables.
pub(super) type Point = BTreeMap<Name, f64>;

/// A proof of `∃ names. body` without free variables, by values that were found.
#[must_use]
pub fn find(goal: &Formula) -> Option<Proof> {
    let Formula::Exists(names, body) = goal else {
        return None;
    };
    let mut random = ChaCha8Rng::seed_from_u64(0);
    let cost = body.size() / NODES + 1;
    let mut drawn: Vec<(f64, Point)> = (0..DRAWN)
        .map_while(|_| {
            spend(cost)?;
            let point = settled(
                body,
                names
                    .iter()
                    .map(|name| (name.clone(), draw(&mut random)))
                    .collect(),
            );
            Some((slack(body, &point), point))
        })
        .filter(|(score, _)| !score.is_nan())
        .collect();
    drawn.sort_by(|a, b| b.0.total_cmp(&a.0));
    drawn.truncate(IMPROVED);
    drawn
        .into_iter()
        .map(|(score, point)| improved(body, score, point))
        .find_map(|point| shown(names, body, &point))
}

/// Small numbers often, large ones sometimes, of either sign, on the grid.
fn draw(random: &mut impl Rng) -> f64 {
    let scale = [1.0, 1.0, 4.0, 16.0, 256.0][random.random_range(0..5)];
    let value: f64 = random.random_range(-1.0..1.0) * scale;
    if random.random_bool(0.3) {
        value.round()
    } else {
        on_grid(value, 4)
    }
}

fn on_grid(value: f64, bits: i32) -> f64 {
    let scale = 2_f64.powi(bits);
    (value * scale).round() / scale
}

/// The point, moved so that equations which give a variable hold.
fn settled(body: &Formula, mut point: Point) -> Point {
    if let Formula::And(items) = body {
        for item in items {
            if let Formula::Compare(left, Relation::Equal, right) = item
                && let (Term::Variable(name), value) | (value, Term::Variable(name)) = (left, right)
                && point.contains_key(name)
            {
                point.insert(name.clone(), on_grid(float(value, &point), GRID));
            }
        }
    }
    point
}

/// Steps along the coordinates while the slack grows, halved when it does not.
fn improved(body: &Formula, mut score: f64, mut point: Point) -> Point {
    let names: Vec<Name> = point.keys().cloned().collect();
    let mut step = 4.0;
    for _ in 0..ROUNDS {
        if spend(2 * names.len() * (body.size() / NODES + 1)).is_none()
            || score > 0.0
            || step < 2_f64.powi(-GRID)
        {
            break;
        }
        let moves = names.iter().flat_map(|name| [(name, step), (name, -step)]);
        let better = moves
            .map(|(name, by)| {
                let mut moved = point.clone();
                moved.entry(name.clone()).and_modify(|value| *value += by);
                let moved = settled(body, moved);
                (slack(body, &moved), moved)
            })
            .filter(|(reached, _)| *reached > score)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        match better {
            Some(found) => (score, point) = found,
            None => step /= 2.0,
        }
    }
    point
}

/// A proof that the values of the point serve, if they do.
fn shown(names: &[Name], body: &Formula, point: &Point) -> Option<Proof> {
    if slack(body, point) < 0.0 {
        return None;
    }
    let values: Vec<Term> = names
        .iter()
        .map(|name| exact(*point.get(name)?))
        .collect::<Option<_>>()?;
    let by: Substitution = names.iter().cloned().zip(values.iter().cloned()).collect();
    let body = substitute_formula(body, &by).ok()?;
    Some(Proof::Witness(values, Box::new(constant(&body)?)))
}

fn exact(value: f64) -> Option<Term> {
    let scaled = (value * 2_f64.powi(GRID)).round();
    Some(Term::Number(Rational::new(
        Int::from(scaled.to_i64()?),
        Int::from(1) << GRID.unsigned_abs(),
    )))
}

/// A proof of a formula without variables.
fn constant(formula: &Formula) -> Option<Proof> {
    match formula {
        Formula::And(items) => items
            .iter()
            .map(constant)
            .collect::<Option<_>>()
            .map(Proof::Each),
        Formula::Or(items) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(index, item)| Some(Proof::Choose(index, Box::new(constant(item)?))))
        }
        Formula::Compare(..) => {
            comparison::prove(&Context::default(), &mut Atoms::default(), formula)
        }
        Formula::Exists(..) => find(formula),
        _ => None,
    }
}

/// By how much the formula holds at the point, relative to its terms: negative where it fails, not a number where this
/// search has nothing to say.
fn slack(formula: &Formula, point: &Point) -> f64 {
    match formula {
        Formula::Compare(left, relation, right) => {
            let (left, right) = (float(left, point), float(right, point));
            let difference = (right - left) / (1.0 + left.abs() + right.abs());
            match relation {
                Relation::Less if difference == 0.0 => -f64::MIN_POSITIVE,
                Relation::Less | Relation::AtMost => difference,
                Relation::Equal => -difference.abs(),
                Relation::Differs if difference == 0.0 => -1.0,
                Relation::Differs => difference.abs(),
            }
        }
        Formula::And(items) => items
            .iter()
            .map(|item| slack(item, point))
            .fold(f64::INFINITY, least),
        Formula::Or(items) => items
            .iter()
            .map(|item| slack(item, point))
            .fold(f64::NEG_INFINITY, f64::max),
        Formula::Exists(..) => 0.0,
        _ => f64::NAN,
    }
}

/// The smaller of two, or the one that is no number.
fn least(a: f64, b: f64) -> f64 {
    if a.is_nan() || a < b { a } else { b }
}

/// The value of a reduced term.
pub(super) fn float(term: &Term, point: &Point) -> f64 {
    match term {
        Term::Number(value) => value.to_f64().unwrap_or(f64::NAN),
        Term::Variable(name) => point.get(name).copied().unwrap_or(f64::NAN),
        Term::Sum(items) => items.iter().map(|item| float(item, point)).sum(),
        Term::Product(items) => items.iter().map(|item| float(item, point)).product(),
        Term::Quotient(above, below) => float(above, point) / float(below, point),
        Term::Power(base, exponent) => {
            float(base, point).powi(i32::try_from(*exponent).unwrap_or(i32::MAX))
        }
        Term::Apply(function, arguments) => {
            let value = |index: usize| {
                arguments
                    .get(index)
                    .map_or(f64::NAN, |term| float(term, point))
            };
            match function {
                Function::Exp => value(0).exp(),
                Function::Log => value(0).ln(),
                Function::Tanh => value(0).tanh(),
                Function::Sin => value(0).sin(),
                Function::Cos => value(0).cos(),
                Function::Arctan => value(0).atan(),
                Function::Sqrt => value(0).sqrt(),
                Function::Abs => value(0).abs(),
                Function::Min => value(0).min(value(1)),
                Function::Max => value(0).max(value(1)),
            }
        }
        Term::Derivative(..) | Term::At(..) | Term::Call(..) => f64::NAN,
    }
}
