//! One run of one algorithm: it ends with a name for how it ended, whatever happens.
//!
//! UNTRUSTED. Divergence, numbers that are none and non-convergence are results.

use super::algorithm::{Algorithm, Energies, Method, State};
use super::number::norm;
use super::objective::Objective;
use super::seed::Generator;
use nalgebra::DVector;
use serde::Serialize;
use std::sync::atomic::{AtomicBool, Ordering};

/// An onlooker of a run: may end it, and may show how far it is. An onlooker changes no
/// result but by ending early.
pub trait Watch: Sync {
    /// Tells whether to end early.
    fn stopped(&self) -> bool;

    /// Told now and then how many steps were taken since it was last told, by whichever run.
    fn stepped(&self, _steps: u64) {}
}

impl Watch for AtomicBool {
    fn stopped(&self) -> bool {
        self.load(Ordering::Relaxed)
    }
}

/// The ending of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// The gradient is within the tolerance, the Hessian positive definite, and the Newton step
    /// from there negligible: a strict local minimum.
    Converged,
    /// The gradient is within the tolerance, but there is no strict local minimum at hand: a
    /// plateau, a valley, or weights on their way to infinity.
    Flat,
    /// The weights grow without bound, and the error falls to a limit at infinity.
    Runaway,
    /// The limit of steps was reached.
    Limit,
    /// The weights or the error left every reasonable bound.
    Diverged,
    /// Some weight is not a number.
    NotANumber,
    /// The method defines no step where it is.
    Stuck,
    /// Stopped from outside.
    Interrupted,
}

impl Ending {
    /// Describes it in words.
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Converged => "converged to a strict local minimum",
            Self::Flat => "flat: no strict minimum (a plateau, or growing weights)",
            Self::Runaway => "runaway: the error falls to a limit as the weights grow",
            Self::Limit => "stopped at its limit of steps",
            Self::Diverged => "diverged",
            Self::NotANumber => "a weight is not a number",
            Self::Stuck => "the method defines no step here",
            Self::Interrupted => "interrupted",
        }
    }
}

/// Limits of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// At most this many steps.
    pub steps: u64,
    /// The norm of the gradient, divided by the total weight of the examples, that counts as zero.
    pub tolerance: f64,
    /// The norm of the weights that counts as divergence.
    pub bound: f64,
}

impl Limits {
    /// The limits of a run for which nobody gave any.
    pub const DEFAULT: Self = Self {
        steps: 100_000,
        tolerance: 1e-10,
        bound: 1e8,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// One point of a trajectory.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Snapshot {
    /// Steps taken.
    pub step: u64,
    /// Time of the gradient flow.
    pub time: f64,
    /// The error.
    pub error: f64,
    /// The weights.
    pub weights: Vec<f64>,
    /// The energies of the damped dynamics.
    pub energies: Option<Energies>,
}

/// A finished run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Run {
    /// The ending.
    pub outcome: Ending,
    /// Steps taken.
    pub steps: u64,
    /// Time of the gradient flow that passed.
    pub time: f64,
    /// The error at the end.
    pub error: f64,
    /// The norm of the gradient at the end.
    pub gradient: f64,
    /// The weights at the end.
    pub weights: Vec<f64>,
    /// The way there: every step at first, then every 1 % of the steps so far.
    pub trajectory: Vec<Snapshot>,
    /// The way to infinity, where it was asked for and there is one.
    pub runaway: Option<Runaway>,
}

/// A way on which weights grow without bound.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Runaway {
    /// The direction, of norm 1.
    pub direction: Vec<f64>,
    /// The error that the way tends to.
    pub limit: f64,
}

/// Steps between looks for the end, for algorithms whose steps are cheap.
const LOOK: u64 = 64;
/// Looks between reports of the steps taken.
const REPORT: u64 = 64;
/// An eigenvalue of the Hessian above this share of the largest one is positive.
const POSITIVE: f64 = 1e-9;
/// A Newton step this short, relative to the weights, is negligible.
const NEGLIGIBLE: f64 = 1e-4;

/// Runs the method from `start` until it ends or is stopped.
pub fn run(
    objective: &Objective,
    method: &Method,
    start: &[f64],
    limits: &Limits,
    generator: &mut Generator,
    watch: &dyn Watch,
) -> Run {
    let mut algorithm = method.begin(objective, start);
    let mut state = State::new(start.to_vec());
    let (mut steps, mut next, mut trajectory) = (0, 0, Vec::new());
    let look = if method.is_second_order() { 1 } else { LOOK };
    let outcome = loop {
        if steps == next {
            trajectory.push(snapshot(objective, algorithm.as_ref(), &state, steps));
            next = steps + (steps / 100).max(1);
        }
        if steps % look == 0
            && let Some(outcome) = ended(objective, method, &state, limits, watch)
        {
            break outcome;
        }
        if steps >= limits.steps {
            break ended(objective, method, &state, limits, watch).unwrap_or(Ending::Limit);
        }
        if algorithm.step(objective, &mut state, generator).is_err() {
            break stationary(objective, &state.weights, limits).unwrap_or(Ending::Stuck);
        }
        steps += 1;
        if steps % (look * REPORT) == 0 {
            watch.stepped(look * REPORT);
        }
    };
    watch.stepped(steps % (look * REPORT));
    if trajectory.last().is_none_or(|last| last.step != steps) {
        trajectory.push(snapshot(objective, algorithm.as_ref(), &state, steps));
    }
    let error = objective.error(&state.weights);
    let gradient = norm(&objective.gradient(&state.weights));
    Run {
        outcome,
        steps,
        time: state.time,
        error,
        gradient,
        weights: state.weights,
        trajectory,
        runaway: None,
    }
}

fn snapshot(
    objective: &Objective,
    algorithm: &dyn Algorithm,
    state: &State,
    step: u64,
) -> Snapshot {
    let error = objective.error(&state.weights);
    Snapshot {
        step,
        time: state.time,
        error,
        weights: state.weights.clone(),
        energies: algorithm.energies(),
    }
}

fn ended(
    objective: &Objective,
    method: &Method,
    state: &State,
    limits: &Limits,
    watch: &dyn Watch,
) -> Option<Ending> {
    let size = norm(&state.weights);
    if size.is_nan() {
        return Some(Ending::NotANumber);
    }
    if size > limits.bound {
        return Some(Ending::Diverged);
    }
    if watch.stopped() {
        return Some(Ending::Interrupted);
    }
    if method.is_stochastic() {
        None
    } else {
        stationary(objective, &state.weights, limits)
    }
}

/// The ending where the gradient vanishes at `w`; `None` where it does not vanish.
#[must_use]
pub fn stationary(objective: &Objective, w: &[f64], limits: &Limits) -> Option<Ending> {
    let gradient = DVector::from_vec(objective.gradient(w));
    if gradient.norm() > limits.tolerance * objective.examples().total()
        || gradient.iter().any(|g| g.is_nan())
    {
        return None;
    }
    let hessian = objective.hessian(w);
    let eigenvalues = hessian.symmetric_eigenvalues();
    let positive = eigenvalues.min() > POSITIVE * eigenvalues.max();
    let step = hessian
        .cholesky()
        .map(|factor| factor.solve(&gradient).norm());
    let strict = positive && step.is_some_and(|step| step <= NEGLIGIBLE * (1.0 + norm(w)));
    Some(if strict {
        Ending::Converged
    } else {
        Ending::Flat
    })
}
