//! Weights on their way to infinity: the direction in which they go, and the error that they tend
//! to.
//!
//! UNTRUSTED. From where a run ended, the gradient flow is followed over decades of time. Where the
//! weights grow without bound they grow like `a + b log t` (so88 §3): they move as far in one
//! decade as in the one before, along b. Then `E(t) − E(∞) = |b|²/t`, by which the limit is
//! extrapolated.

use crate::train::algorithm::{Algorithm, State, flow};
use crate::train::number::{distance, norm};
use crate::train::objective::Objective;
use crate::train::run::{Ending, Limits, Run, Runaway, stationary};
use crate::train::seed::generator;

/// The integrator: the direction is not sought more finely.
const FLOW: flow::Settings = flow::Settings::stiff(1e-5);
/// Most steps.
const STEPS: usize = 2_000;
/// Decades of time that are followed, in units in which the total weight of the examples is 1.
const DECADES: i32 = 10;
/// Two decades are alike when their ways differ by at most this part.
const ALIKE: f64 = 0.1;
/// A way shorter than this in a decade is no growth.
const LEAST: f64 = 0.01;
/// Most weights for which it is asked: each step takes the Hessian.
const MOST_WEIGHTS: usize = 64;

/// A run has run away when its error is this near to the limit, relative to one more than that.
const NEAR: f64 = 0.01;

/// The run, its ending `runaway` where it stopped far on the way to infinity.
#[must_use]
pub fn told(objective: &Objective, mut run: Run) -> Run {
    let undecided = matches!(run.outcome, Ending::Limit | Ending::Flat);
    if undecided
        && let Some(runaway) = runaway(objective, &run.weights)
        && run.error - runaway.limit <= NEAR * (1.0 + runaway.limit.abs())
    {
        run.outcome = Ending::Runaway;
        run.runaway = Some(runaway);
    }
    run
}

/// The way to infinity that the flow takes from these weights, if it takes one.
#[must_use]
pub fn runaway(objective: &Objective, weights: &[f64]) -> Option<Runaway> {
    if weights.len() > MOST_WEIGHTS {
        return None;
    }
    let total = objective.examples().total();
    let (mut flow, mut none) = (flow::Flow::new(&FLOW), generator(0, 0));
    let mut state = State::new(weights.to_vec());
    // The weights at the ends of the last three decades.
    let mut marks: Vec<Vec<f64>> = Vec::new();
    let mut decade = 0;
    for _ in 0..STEPS {
        if stationary(objective, &state.weights, &Limits::DEFAULT) == Some(Ending::Converged) {
            return None;
        }
        flow.step(objective, &mut state, &mut none).ok()?;
        while state.time * total >= 10f64.powi(decade) {
            marks.push(state.weights.clone());
            decade += 1;
        }
        if decade > DECADES {
            break;
        }
    }
    let [.., first, second, third] = marks.as_slice() else {
        return None;
    };
    let ways = [(first, second), (second, third)].map(|(from, to)| way(from, to));
    let last = norm(&ways[1]);
    let alike = distance(&ways[0], &ways[1]) <= ALIKE * last;
    if !alike || last < LEAST || norm(third) <= norm(first) {
        return None;
    }
    let gradient = norm(&objective.gradient(&state.weights));
    Some(Runaway {
        direction: ways[1].iter().map(|entry| entry / last).collect(),
        // |b| = t |E'|, so that |b|²/t = t |E'|².
        limit: (objective.error(&state.weights) - state.time * gradient * gradient).max(0.0),
    })
}

fn way(from: &[f64], to: &[f64]) -> Vec<f64> {
    to.iter().zip(from).map(|(to, from)| to - from).collect()
}
