//! Where runs end: the gradient flow decides to which minimum a point belongs, and equal ends are gathered.
//!
//! UNTRUSTED. A basin is the basin of the gradient flow; an end that is no strict local minimum (a plateau, or weights that grow without bound) has none.

use crate::train::algorithm::{Method, flow};
use crate::train::number::{distance, norm};
use crate::train::objective::Objective;
use crate::train::run::{Limits, Outcome, run};
use crate::train::seed::generator;
use serde::Serialize;
use std::sync::atomic::AtomicBool;

/// Where one run ended, followed down the gradient flow.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// How the flow from there ended.
    pub outcome: Outcome,
    /// Where.
    pub weights: Vec<f64>,
    /// The error there.
    pub error: f64,
}

/// A strict local minimum that some run ended in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// Its weights.
    pub weights: Vec<f64>,
    /// Its error.
    pub error: f64,
    /// Whether a lower error was seen elsewhere.
    pub spurious: bool,
}

/// Ends this close, relative to their size, are one minimum.
const SAME: f64 = 1e-3;
/// Errors this close, relative to their size, are one error.
const LEVEL: f64 = 1e-6;
/// Steps of the integrator towards an end.
const STEPS: u64 = 3_000;
/// Its tolerance: the basin boundary is not sought more finely.
const TOLERANCE: f64 = 1e-8;

/// Follows the gradient flow from `w` to its end.
#[must_use]
pub fn settle(objective: &Objective, w: &[f64]) -> End {
    let method = Method::Flow(flow::Settings { tolerance: TOLERANCE });
    let limits = Limits { steps: STEPS, tolerance: 1e-6, bound: 1e6 };
    let end = run(objective, &method, w, &limits, &mut generator(0, 0), &AtomicBool::new(false));
    End { outcome: end.outcome, weights: end.weights, error: end.error }
}

/// The strict local minima among these ends, by error; spurious are those above `lowest` or above some end.
#[must_use]
pub fn gather(ends: &[End], lowest: f64) -> Vec<Found> {
    let lowest = ends.iter().map(|end| end.error).fold(lowest, f64::min);
    let mut found: Vec<Found> = Vec::new();
    for end in ends.iter().filter(|end| end.outcome == Outcome::Converged) {
        if place(&found, end).is_none() {
            let spurious = end.error > lowest + LEVEL * (1.0 + lowest.abs());
            found.push(Found { weights: end.weights.clone(), error: end.error, spurious });
        }
    }
    found.sort_by(|a, b| a.error.total_cmp(&b.error));
    found
}

/// Which of the minima an end is.
#[must_use]
pub fn place(found: &[Found], end: &End) -> Option<usize> {
    let near = |minimum: &Found| distance(&minimum.weights, &end.weights) <= SAME * (1.0 + norm(&end.weights));
    if end.outcome == Outcome::Converged { found.iter().position(near) } else { None }
}
