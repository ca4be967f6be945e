//! How often, and how soon, an algorithm leaves a minimum in which it starts (fi92 §5, fr14 §5,
//! lb98 §4.1).
//!
//! UNTRUSTED. A run has escaped when the gradient flow from where it is no longer leads back. That
//! is asked at intervals, and only outside a ball around the minimum; times are therefore rounded
//! up to the interval.

use super::ends::{Fate, Found, settle};
use super::{Control, RUNS, stream};
use crate::train::algorithm::{Method, State, batch, damped, online};
use crate::train::number::{distance, real64};
use crate::train::objective::Objective;
use crate::train::seed::{Generator, generator};
use crate::train::statistics::{MedianTime, Share};
use rayon::prelude::*;
use serde::Serialize;

/// Looks along a run whether it has escaped: the times of a report are known to half a per cent of
/// the longest.
pub const LOOKS: u64 = 200;
/// Radius of the ball around a minimum that is taken to lie in its basin: nothing is asked there.
pub const SAFE: f64 = 0.1;

/// The minimum, the algorithms and the runs.
#[derive(Clone, Debug)]
pub struct EscapeSetup {
    /// The algorithms.
    pub methods: Vec<Method>,
    /// The strict local minimum in which they start.
    pub minimum: Found,
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
    /// Parameters of the algorithm.
    pub settings: String,
    /// The parameter that it is plotted against: name and value.
    pub parameter: (&'static str, f64),
    /// Runs that left within the given steps.
    pub escaped: Share,
    /// Median number of steps until then, over all runs.
    pub time: MedianTime,
    /// Runs that end, at the last step, where the flow leads to a lower error.
    pub lower: Share,
}

/// The algorithms whose escape is measured: simple backpropagation at each rate, beside batch
/// descent at the largest; or the damped dynamics at each damping.
#[must_use]
pub fn algorithms(
    objective: &Objective,
    rates: &[f64],
    betas: &[f64],
    mass: Option<f64>,
) -> Vec<Method> {
    let damped = |beta, mass| Method::Damped(damped::Settings::impulses(beta, mass));
    if betas.is_empty() {
        let largest = rates.iter().fold(0.0_f64, |most, rate| most.max(*rate));
        // One batch step at rate η/total moves as far as one presentation at rate η on average.
        let rate = largest / objective.examples().total();
        let batch = Method::Batch(batch::Settings::plain(rate));
        let simple = |rate: &f64| Method::Online(online::Settings::simple(*rate));
        return rates.iter().map(simple).chain([batch]).collect();
    }
    if let Some(mass) = mass {
        return betas.iter().map(|beta| damped(*beta, mass)).collect();
    }
    let at = |rate: &f64| {
        let rate = *rate;
        betas
            .iter()
            .map(move |beta| damped(*beta, 1.0 / (*beta * rate)))
    };
    rates.iter().flat_map(at).collect()
}

/// Runs the setup, algorithm by algorithm.
#[must_use]
pub fn escape(objective: &Objective, setup: &EscapeSetup, control: Control<'_>) -> Vec<Escape> {
    setup
        .methods
        .iter()
        .map(|method| one(objective, setup, method, control))
        .collect()
}

fn one(
    objective: &Objective,
    setup: &EscapeSetup,
    method: &Method,
    control: Control<'_>,
) -> Escape {
    let go = |index: usize| {
        let left = leave(
            objective,
            setup,
            method,
            &mut generator(control.seed, RUNS + stream(index)),
            control,
        );
        (control.finished)();
        left
    };
    let runs: Vec<Left> = (0..setup.runs).into_par_iter().filter_map(go).collect();
    let times: Vec<f64> = runs
        .iter()
        .filter_map(|left| left.after.map(real64))
        .collect();
    Escape {
        method: method.name(),
        settings: method.settings(),
        parameter: method.parameter(),
        escaped: Share::new(times.len(), runs.len()),
        time: MedianTime::new(times, runs.len()),
        lower: Share::new(
            runs.iter().filter(|left| left.end == Fate::Below).count(),
            runs.len(),
        ),
    }
}

/// The step at which a run was first seen outside the basin, and the fate of its end.
struct Left {
    after: Option<u64>,
    end: Fate,
}

/// `None` if interrupted.
fn leave(
    objective: &Objective,
    setup: &EscapeSetup,
    method: &Method,
    noise: &mut Generator,
    control: Control<'_>,
) -> Option<Left> {
    let mut algorithm = method.begin(objective, &setup.minimum.weights);
    let mut state = State::new(setup.minimum.weights.clone());
    let mut after = None;
    let home = |w: &[f64]| distance(w, &setup.minimum.weights) <= setup.safe;
    for steps in 1..=setup.steps {
        if algorithm.step(objective, &mut state, noise).is_err() {
            break;
        }
        if steps % setup.interval == 0 {
            if control.stopped() {
                return None;
            }
            let left = after.is_none() && !home(&state.weights);
            if left && settle(objective, &setup.minimum, &state.weights) != Fate::Captured {
                after = Some(steps);
            }
        }
    }
    Some(Left {
        after,
        end: settle(objective, &setup.minimum, &state.weights),
    })
}
