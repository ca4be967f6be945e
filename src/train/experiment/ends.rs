//! Strict local minima that random starts find, and the question whether a point belongs to the
//! basin of one.
//!
//! UNTRUSTED. A basin is the basin of the gradient flow, along which the error falls: once it is
//! below the minimum's error, the minimum is out of reach.

use super::{Control, stream};
use crate::train::algorithm::{Algorithm, Method, State, flow};
use crate::train::number::{distance, norm};
use crate::train::objective::Objective;
use crate::train::run::{Ending, Limits, run};
use crate::train::seed::{cube, generator};
use rayon::prelude::*;
use serde::Serialize;

/// A strict local minimum that some run ended in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// The weights.
    pub weights: Vec<f64>,
    /// The error.
    pub error: f64,
    /// True where a lower error was seen elsewhere.
    pub spurious: bool,
}

/// The result of a search from random starts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Search {
    /// The strict minima, by error.
    pub minima: Vec<Found>,
    /// The lowest error that was seen.
    pub lowest: f64,
    /// The weights there.
    pub lowest_at: Vec<f64>,
}

/// The end of the gradient flow from a point, seen from a minimum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// Into the minimum.
    Captured,
    /// Below its error.
    Below,
    /// Neither: onto a plateau or into a minimum that is not lower, or still on its way at the
    /// limit.
    Elsewhere,
    /// The point is not finite.
    Lost,
}

impl Fate {
    /// Every fate, in the order of tables.
    pub const ALL: [Self; 4] = [Self::Captured, Self::Below, Self::Elsewhere, Self::Lost];

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Captured => "captured",
            Self::Below => "below",
            Self::Elsewhere => "elsewhere",
            Self::Lost => "lost",
        }
    }
}

/// Ends this close, relative to their size, are one minimum.
const SAME: f64 = 1e-3;
/// Errors this close, relative to their size, are one error.
const LEVEL: f64 = 1e-9;
/// Steps of the integrator, and between looks.
const STEPS: (usize, usize) = (2_000, 4);
/// Tolerance of the integrator: the boundary of a basin is not sought more finely.
const FLOW: flow::Settings = flow::Settings::plain(1e-7);
/// Iterations of the search from each start.
const ITERATIONS: u64 = 500;

/// Errors that differ by this much, relative to their size, are different levels.
const HIGHER: f64 = 1e-6;

/// Tells whether an error is above the lowest one, by more than the ends of runs are uncertain.
#[must_use]
pub fn is_higher(error: f64, lowest: f64) -> bool {
    error > lowest + HIGHER * (1.0 + lowest.abs())
}

/// Follows the flow from `w` until it is decided.
#[must_use]
pub fn settle(objective: &Objective, minimum: &Found, w: &[f64]) -> Fate {
    let (mut flow, mut state, mut none) = (
        flow::Flow::new(&FLOW),
        State::new(w.to_vec()),
        generator(0, 0),
    );
    let (near, below) = (
        SAME * (1.0 + norm(&minimum.weights)),
        minimum.error * (1.0 - LEVEL),
    );
    let still = Limits::default().tolerance * objective.examples().total();
    for step in 0..STEPS.0 {
        if step % STEPS.1 == 0 {
            let error = objective.error(&state.weights);
            if !error.is_finite() {
                return Fate::Lost;
            }
            if error < below {
                return Fate::Below;
            }
            if distance(&state.weights, &minimum.weights) <= near {
                return Fate::Captured;
            }
            if norm(&objective.gradient(&state.weights)) <= still {
                return Fate::Elsewhere;
            }
        }
        if flow.step(objective, &mut state, &mut none).is_err() {
            return Fate::Elsewhere;
        }
    }
    Fate::Elsewhere
}

/// Levenberg–Marquardt from `starts` starts, uniform in a cube of this half width.
#[must_use]
pub fn search(objective: &Objective, starts: usize, scale: f64, control: Control<'_>) -> Search {
    let limits = Limits {
        steps: ITERATIONS,
        ..Limits::default()
    };
    let one = |index: usize| {
        let mut generator = generator(control.seed, stream(index));
        let start = cube(&mut generator, objective.dimension(), scale);
        let end = run(
            objective,
            &Method::LevenbergMarquardt,
            &start,
            &limits,
            &mut generator,
            control.watch,
        );
        (control.finished)();
        (end.outcome, end.weights, end.error)
    };
    let ends: Vec<_> = (0..starts).into_par_iter().map(one).collect();
    let lowest = ends.iter().min_by(|a, b| a.2.total_cmp(&b.2));
    let (lowest_at, lowest) = lowest.map_or((Vec::new(), f64::INFINITY), |(_, w, error)| {
        (w.clone(), *error)
    });
    let mut minima: Vec<Found> = Vec::new();
    for (_, weights, error) in ends.iter().filter(|end| end.0 == Ending::Converged) {
        let same = |m: &Found| distance(&m.weights, weights) <= SAME * (1.0 + norm(weights));
        if !minima.iter().any(same) {
            minima.push(Found {
                weights: weights.clone(),
                error: *error,
                spurious: is_higher(*error, lowest),
            });
        }
    }
    minima.sort_by(|a, b| a.error.total_cmp(&b.error));
    Search {
        minima,
        lowest,
        lowest_at,
    }
}
