//! The way out of a basin that lies on the way to a lower point: the saddle on its edge, and how
//! high it is.
//!
//! UNTRUSTED: a numeric upper bound of the barrier, beside the certified lower bound of
//! [`super::certified::wall`].
//!
//! Between the minimum and the lower point the flow changes its mind; a point where it does lies on
//! the basin's edge, and the flow along the edge leads to a saddle. Where it is slowest, Newton's
//! method takes over.

use super::ends::{Fate, Found, settle};
use crate::train::algorithm::{Algorithm, State, flow};
use crate::train::number::norm;
use crate::train::objective::Objective;
use crate::train::seed::generator;
use nalgebra::DVector;
use serde::Serialize;

/// A saddle next to a minimum.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pass {
    /// The weights there.
    pub weights: Vec<f64>,
    /// Error above that of the minimum.
    pub height: f64,
    /// Negative eigenvalues of the Hessian there; 1 at a pass.
    pub descents: usize,
}

/// Bisections of the segment, steps along the edge, and of Newton's method.
const SIZES: (usize, usize, usize) = (52, 400, 30);

/// The pass that the flow along the edge leads to, if it ends at one.
#[must_use]
pub fn pass(objective: &Objective, minimum: &Found, lower: &[f64]) -> Option<Pass> {
    let at = |share: f64| -> Vec<f64> {
        minimum
            .weights
            .iter()
            .zip(lower)
            .map(|(a, b)| a + share * (b - a))
            .collect()
    };
    let (mut inside, mut outside) = (0.0, 1.0);
    for _ in 0..SIZES.0 {
        let middle = f64::midpoint(inside, outside);
        if settle(objective, minimum, &at(middle)) == Fate::Captured {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    let slowest = slowest(objective, at(inside));
    let weights = newton(objective, slowest)?;
    let eigenvalues = objective.hessian(&weights).symmetric_eigenvalues();
    let descents = eigenvalues.iter().filter(|value| **value < 0.0).count();
    let height = objective.error(&weights) - minimum.error;
    (descents == 1 && height > 0.0).then_some(Pass {
        weights,
        height,
        descents,
    })
}

/// The point of the flow's way from here at which the gradient is least, before it falls away from
/// the edge.
fn slowest(objective: &Objective, start: Vec<f64>) -> Vec<f64> {
    let (mut flow, mut none) = (
        flow::Flow::new(&flow::Settings::plain(1e-9)),
        generator(0, 0),
    );
    let mut state = State::new(start);
    let mut best = (f64::INFINITY, state.weights.clone());
    for _ in 0..SIZES.1 {
        let slope = norm(&objective.gradient(&state.weights));
        if slope < best.0 {
            best = (slope, state.weights.clone());
        } else if slope > 10.0 * best.0 {
            break;
        }
        if flow.step(objective, &mut state, &mut none).is_err() {
            break;
        }
    }
    best.1
}

/// The critical point that Newton's method finds from here.
fn newton(objective: &Objective, mut w: Vec<f64>) -> Option<Vec<f64>> {
    for _ in 0..SIZES.2 {
        let gradient = DVector::from_vec(objective.gradient(&w));
        if gradient.norm() <= 1e-12 * objective.examples().total() {
            return Some(w);
        }
        let step = objective.hessian(&w).lu().solve(&gradient)?;
        w.iter_mut()
            .zip(step.iter())
            .for_each(|(w, step)| *w -= step);
    }
    None
}
