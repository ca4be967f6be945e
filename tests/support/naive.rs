//! A naive reading of terms and formulas, written without a look at the kernel's normal form: exact for rational terms,
//! in floats with finite differences for the rest.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, reason = "tests")]

use num_traits::{Pow, ToPrimitive, Zero};
use spurious::kernel::number::Rational;
use spurious::kernel::term::{
    Body, Definition, Formula, Function, Name, Predicate, Relation, Statement, Term,
};
use std::collections::BTreeMap;

/// The exact value of a rational term; nothing where it divides by zero.
#[allow(dead_code, reason = "not every test needs it")]
pub(crate) fn exact(term: &Term, at: &BTreeMap<Name, Rational>) -> Option<Rational> {
    Some(match term {
        Term::Number(value) => value.clone(),
        Term::Variable(name) => at[name].clone(),
        Term::Sum(items) => items
            .iter()
            .map(|item| exact(item, at))
            .sum::<Option<Rational>>()?,
        Term::Product(items) => items
            .iter()
            .map(|item| exact(item, at))
            .product::<Option<Rational>>()?,
        Term::Quotient(above, below) => {
            let below = exact(below, at)?;
            if below.is_zero() {
                return None;
            }
            exact(above, at)? / below
        }
        Term::Power(base, exponent) => Pow::pow(exact(base, at)?, *exponent),
        other => panic!("no rational term: {other}"),
    })
}

/// Where a formula is evaluated.
#[derive(Clone)]
pub(crate) struct World<'d> {
    pub(crate) definitions: &'d [Definition],
    pub(crate) values: BTreeMap<Name, f64>,
}

const SAMPLES: [f64; 9] = [-3.7, -1.0, -0.45, 0.0, 0.3, 0.5, 1.0, 1.85, 4.1];

impl World<'_> {
    fn with(&self, names: &[Name], values: &[f64]) -> Self {
        let mut world = self.clone();
        world
            .values
            .extend(names.iter().cloned().zip(values.iter().copied()));
        world
    }

    fn call(&self, name: &Name, arguments: &[Term]) -> Option<(&Body, Self)> {
        let definition = self
            .definitions
            .iter()
            .find(|definition| definition.name == *name)?;
        let values: Vec<f64> = arguments
            .iter()
            .map(|term| self.value(term))
            .collect::<Option<_>>()?;
        let values = definition.parameters.iter().cloned().zip(values).collect();
        Some((
            &definition.body,
            Self {
                values,
                ..self.clone()
            },
        ))
    }

    /// The value of a term; nothing where it is undefined.
    pub(crate) fn value(&self, term: &Term) -> Option<f64> {
        let value = match term {
            Term::Number(value) => value.to_f64()?,
            Term::Variable(name) => *self.values.get(name)?,
            Term::Sum(items) => items
                .iter()
                .map(|item| self.value(item))
                .sum::<Option<f64>>()?,
            Term::Product(items) => items
                .iter()
                .map(|item| self.value(item))
                .product::<Option<f64>>()?,
            Term::Quotient(above, below) => {
                let below = self.value(below)?;
                if below.abs() < 1e-9 {
                    return None;
                }
                self.value(above)? / below
            }
            Term::Power(base, exponent) => self.value(base)?.powi(i32::try_from(*exponent).ok()?),
            Term::Apply(function, items) => {
                let items: Vec<f64> = items
                    .iter()
                    .map(|item| self.value(item))
                    .collect::<Option<_>>()?;
                match (function, items.as_slice()) {
                    (Function::Exp, [t]) => t.exp(),
                    (Function::Log, [t]) if *t > 0.0 => t.ln(),
                    (Function::Tanh, [t]) => t.tanh(),
                    (Function::Sqrt, [t]) if *t >= 0.0 => t.sqrt(),
                    (Function::Sin, [t]) => t.sin(),
                    (Function::Cos, [t]) => t.cos(),
                    (Function::Arctan, [t]) => t.atan(),
                    (Function::Abs, [t]) => t.abs(),
                    (Function::Min, [s, t]) => s.min(*t),
                    (Function::Max, [s, t]) => s.max(*t),
                    _ => return None,
                }
            }
            Term::Derivative(body, name) => {
                let here = *self.values.get(name)?;
                let step = 1e-6 * here.abs().max(1.0);
                let near = |x: f64| self.with(std::slice::from_ref(name), &[x]).value(body);
                (near(here + step)? - near(here - step)?) / (2.0 * step)
            }
            Term::At(body, by) => {
                let values: Vec<f64> = by
                    .iter()
                    .map(|(_, put)| self.value(put))
                    .collect::<Option<_>>()?;
                let names: Vec<Name> = by.iter().map(|(name, _)| name.clone()).collect();
                self.with(&names, &values).value(body)?
            }
            Term::Call(name, arguments) => match self.call(name, arguments)? {
                (Body::Term(body), world) => world.value(body)?,
                _ => return None,
            },
        };
        value.is_finite().then_some(value)
    }

    /// Whether a formula holds as far as samples tell; nothing where they do not.
    pub(crate) fn holds(&self, formula: &Formula) -> Option<bool> {
        match formula {
            Formula::Compare(left, relation, right) => {
                let (left, right) = (self.value(left)?, self.value(right)?);
                let far = (left - right).abs() > 1e-5 * left.abs().max(right.abs()).max(1.0);
                match relation {
                    Relation::Less | Relation::AtMost => far.then_some(left < right),
                    Relation::Equal => far.then_some(false),
                    Relation::Differs => far.then_some(true),
                }
            }
            Formula::And(items) => all(items.iter().map(|item| self.holds(item))),
            Formula::Or(items) => {
                all(items.iter().map(|item| self.holds(item).map(|b| !b))).map(|b| !b)
            }
            Formula::Implies(premise, conclusion) => {
                match (self.holds(premise), self.holds(conclusion)) {
                    (Some(false), _) | (_, Some(true)) => Some(true),
                    (Some(true), Some(false)) => Some(false),
                    _ => None,
                }
            }
            // Samples can refute a universal formula and prove an existential one.
            Formula::Forall(names, body) => self.sampled(names, body, false).then_some(false),
            Formula::Exists(names, body) => self.sampled(names, body, true).then_some(true),
            Formula::Holds(predicate, positive) => {
                predicate_holds(&predicate.predicate).map(|holds| holds == *positive)
            }
            Formula::Call(name, arguments) => match self.call(name, arguments)? {
                (Body::Formula(body), world) => world.holds(body),
                _ => None,
            },
        }
    }

    fn sampled(&self, names: &[Name], body: &Formula, wanted: bool) -> bool {
        let Some((first, rest)) = names.split_first() else {
            return self.holds(body) == Some(wanted);
        };
        SAMPLES.iter().any(|x| {
            self.with(std::slice::from_ref(first), &[*x])
                .sampled(rest, body, wanted)
        })
    }
}

fn all(items: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let items: Vec<Option<bool>> = items.collect();
    let known = items.contains(&Some(false)) || !items.contains(&None);
    known.then(|| !items.contains(&Some(false)))
}

/// Root counts by sign changes on a grid, inertia and rank of two rows by determinant and trace.
fn predicate_holds(predicate: &Predicate) -> Option<bool> {
    let float = |x: &Rational| x.to_f64().unwrap();
    match predicate {
        Predicate::Roots {
            polynomial,
            variable,
            from,
            to,
            count,
        } => {
            let (from, to) = (
                from.as_ref().map_or(-50.0, float).max(-50.0),
                to.as_ref().map_or(50.0, float).min(50.0),
            );
            let value = |x: f64| {
                let values = BTreeMap::from([(variable.clone(), x)]);
                World {
                    definitions: &[],
                    values,
                }
                .value(polynomial)
            };
            let n = 40_000;
            let grid = (0..=n)
                .map(|k| value(from + (to - from) * (f64::from(k) + 0.5) / (f64::from(n) + 1.0)));
            let grid: Vec<f64> = grid.collect::<Option<_>>()?;
            let changes = grid
                .windows(2)
                .filter(|pair| (pair[0] > 0.0) != (pair[1] > 0.0))
                .count();
            // A multiple root may change no sign: no answer where the value comes near zero and turns.
            let turns = |y: &[f64]| y[1].abs() <= y[0].abs().min(y[2].abs()) && y[0] * y[2] > 0.0;
            (!grid.windows(3).any(turns)).then_some(changes == *count)
        }
        Predicate::Inertia { matrix, counts } => match matrix.as_slice() {
            [a, b] if a.len() == 2 && b.len() == 2 => {
                let trace = float(&(&a[0] + &b[1]));
                let determinant = float(&(&a[0] * &b[1] - &a[1] * &b[0]));
                let expected = match (determinant > 0.0, determinant < 0.0) {
                    (true, _) if trace > 0.0 => [2, 0, 0],
                    (true, _) => [0, 2, 0],
                    (_, true) => [1, 1, 0],
                    _ if trace > 0.0 => [1, 0, 1],
                    _ if trace < 0.0 => [0, 1, 1],
                    _ => [0, 0, 2],
                };
                Some(expected == *counts)
            }
            _ => None,
        },
        Predicate::Rank { matrix, rank } => match matrix.as_slice() {
            [a, b] if a.len() == 2 && b.len() == 2 => {
                let zero = matrix.iter().flatten().all(Zero::is_zero);
                let singular = (&a[0] * &b[1] - &a[1] * &b[0]).is_zero();
                Some(*rank == if zero { 0 } else { 2 - usize::from(singular) })
            }
            _ => None,
        },
        Predicate::Surface(_) => None,
    }
}

/// Whether a statement holds as far as samples tell.
#[allow(dead_code, reason = "not every test needs it")]
pub(crate) fn holds(statement: &Statement) -> Option<bool> {
    World {
        definitions: &statement.definitions,
        values: BTreeMap::new(),
    }
    .holds(&statement.formula)
}
