//! Estimates of the largest eigenvalue of the Hessian at the end of a run (lb98 §9.2).
//!
//! UNTRUSTED.

use super::{Control, RUNS};
use crate::train::number::norm;
use crate::train::objective::Objective;
use crate::train::run::{Ending, Run};
use crate::train::seed::generator;
use crate::train::spectrum;
use serde::Serialize;

/// The estimates, beside all eigenvalues.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Eigenvalues {
    /// Ending of the run at whose end they are taken.
    pub outcome: Ending,
    /// The weights there.
    pub weights: Vec<f64>,
    /// All eigenvalues, smallest first.
    pub exact: Vec<f64>,
    /// Estimate by the power method.
    pub power: f64,
    /// Estimate by Taylor expansion.
    pub taylor: f64,
    /// Estimate from one example at a time.
    pub online: f64,
}

/// Iterations of the power method and of its Taylor form; they gain a constant factor each.
const ITERATIONS: usize = 200;
/// Length of the perturbation of the Taylor form: far above rounding, far below the weights.
const PERTURBATION: f64 = 1e-5;
/// Presentations of the online estimate: sixty times its memory.
const PRESENTATIONS: usize = 20_000;
/// Weight of the newest example in the online estimate.
const NEWEST: f64 = 0.003;
/// Length of the online perturbation, relative to the weights.
const RELATIVE_PERTURBATION: f64 = 1e-4;

/// Estimates the eigenvalue at the end of a run, each estimate from a stream of its own.
#[must_use]
pub fn eigenvalues(objective: &Objective, run: Run, control: Control<'_>) -> Eigenvalues {
    let w = &run.weights;
    let noise = |index| generator(control.seed, RUNS + index);
    let leak = spectrum::Leak {
        alpha: RELATIVE_PERTURBATION * (1.0 + norm(w)),
        gamma: NEWEST,
    };
    let power = spectrum::power(objective, w, ITERATIONS, &mut noise(0));
    let taylor = spectrum::taylor(objective, w, PERTURBATION, ITERATIONS, &mut noise(1));
    let online = spectrum::online(objective, w, leak, PRESENTATIONS, &mut noise(2));
    Eigenvalues {
        exact: spectrum::eigenvalues(objective, w),
        power: power.eigenvalue,
        taylor: taylor.eigenvalue,
        online: online.eigenvalue,
        outcome: run.outcome,
        weights: run.weights,
    }
}
