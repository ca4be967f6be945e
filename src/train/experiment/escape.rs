//! How often, and how soon, an algorithm leaves a minimum in which it starts (fi92 §5, fr14 §5, lb98 §4.1).
//!
//! UNTRUSTED. A run has escaped when the gradient flow from where it is no longer leads back. That is asked at intervals, and only outside a
//! ball around the minimum; times are therefore rounded up to the interval.

use super::ends::settle;
use super::{Control, RUNS, stream};
use crate::train::algorithm::{Method, State};
use crate::train::number::{distance, norm, real64};
use crate::train::objective::Objective;
use crate::train::seed::{Generator, generator};
use crate::train::statistics::{Share, median};
use rayon::prelude::*;
use serde::Serialize;

/// What to measure.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The algorithms.
    pub methods: Vec<Method>,
    /// Where they start: a strict local minimum.
    pub minimum: Vec<f64>,
    /// Runs for each algorithm.
    pub runs: usize,
    /// Steps for each run.
    pub steps: u64,
    /// Steps between looks.
    pub interval: u64,
    /// Radius of a ball that is known to lie in the basin; nothing is asked inside.
    pub safe: f64,
}

/// One algorithm.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Escape {
    /// The algorithm.
    pub method: &'static str,
    /// Its parameters.
    pub settings: String,
    /// Runs that left within the given steps.
    pub escaped: Share,
    /// Median of the steps that those took.
    pub median_steps: Option<f64>,
    /// Those that went to a lower error.
    pub lower: Share,
}

/// Runs the plan, algorithm by algorithm.
#[must_use]
pub fn escape(objective: &Objective, plan: &Plan, control: Control<'_>) -> Vec<Escape> {
    plan.methods.iter().map(|method| one(objective, plan, method, control)).collect()
}

fn one(objective: &Objective, plan: &Plan, method: &Method, control: Control<'_>) -> Escape {
    let level = objective.error(&plan.minimum);
    let go = |index: usize| {
        let fate = leave(objective, plan, method, &mut generator(control.seed, RUNS + stream(index)), control);
        (control.finished)();
        match fate {
            Fate::Interrupted => None,
            Fate::Stayed => Some(None),
            Fate::Left(steps, error) => Some(Some((steps, error))),
        }
    };
    let runs: Vec<Option<(u64, f64)>> = (0..plan.runs).into_par_iter().filter_map(go).collect();
    let escaped: Vec<(u64, f64)> = runs.iter().flatten().copied().collect();
    Escape {
        method: method.name(),
        settings: method.settings(),
        escaped: Share::new(escaped.len(), runs.len()),
        median_steps: median(escaped.iter().map(|(steps, _)| real64(*steps)).collect()),
        lower: Share::new(escaped.iter().filter(|(_, error)| *error < level - 1e-6 * level).count(), runs.len()),
    }
}

/// What became of one run.
enum Fate {
    Interrupted,
    Stayed,
    /// After so many steps, to a minimum of that error.
    Left(u64, f64),
}

fn leave(objective: &Objective, plan: &Plan, method: &Method, noise: &mut Generator, control: Control<'_>) -> Fate {
    let mut algorithm = method.begin(objective, &plan.minimum);
    let mut state = State::new(plan.minimum.clone());
    for step in 1..=plan.steps {
        if algorithm.step(objective, &mut state, noise).is_err() {
            return Fate::Stayed;
        }
        if step % plan.interval != 0 && step != plan.steps {
            continue;
        }
        if control.stopped() {
            return Fate::Interrupted;
        }
        let away = distance(&state.weights, &plan.minimum);
        if away.is_nan() {
            return Fate::Left(step, f64::INFINITY);
        }
        if away > plan.safe {
            let end = settle(objective, &state.weights);
            if distance(&end.weights, &plan.minimum) > 1e-3 * (1.0 + norm(&plan.minimum)) {
                return Fate::Left(step, end.error);
            }
        }
    }
    Fate::Stayed
}
