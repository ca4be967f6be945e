//! A line search that ends in the weak Wolfe conditions, by doubling and bisection.
//!
//! UNTRUSTED. Used by conjugate gradients and BFGS, for which the papers ask for "a good line
//! search".

use super::Stuck;
use crate::train::number::{add_scaled, dot};
use crate::train::objective::Objective;

/// Share of the predicted decrease that a step must achieve.
const DECREASE: f64 = 1e-4;
/// Relative changes of the error below this are rounding: the slope alone then tells whether the
/// error falls (Hager and Zhang's approximate Wolfe conditions).
const ROUNDING: f64 = 1e-13;
/// Trials before the search gives up.
const TRIALS: usize = 80;

/// The end of a search.
#[derive(Clone, Debug, PartialEq)]
pub struct WolfePoint {
    /// The new weights.
    pub weights: Vec<f64>,
    /// The gradient there.
    pub gradient: Vec<f64>,
}

/// Searches from `w`, where the gradient is `gradient`, along `direction`; the slope at the end is
/// at least `curvature` times the one at the start.
///
/// # Errors
///
/// [`Stuck::NoDescent`] when the direction does not descend, or when no trial lowers the error.
pub fn search(
    objective: &Objective,
    w: &[f64],
    gradient: &[f64],
    direction: &[f64],
    curvature: f64,
) -> Result<WolfePoint, Stuck> {
    let slope = dot(gradient, direction);
    if slope.is_nan() || slope >= 0.0 {
        return Err(Stuck::NoDescent);
    }
    let error = objective.error(w);
    let (mut low, mut high, mut length) = (0.0, f64::INFINITY, 1.0);
    let mut best = None;
    for _ in 0..TRIALS {
        let mut found = WolfePoint {
            weights: w.to_vec(),
            gradient: vec![0.0; w.len()],
        };
        add_scaled(&mut found.weights, length, direction);
        let there = objective.gradient_into(&found.weights, &mut found.gradient);
        let slope_there = dot(&found.gradient, direction);
        let level = there <= error + ROUNDING * error.abs()
            && slope_there <= (2.0 * DECREASE - 1.0) * slope;
        let falls = level || there <= error + DECREASE * length * slope;
        if falls && slope_there >= curvature * slope {
            return Ok(found);
        }
        if falls {
            low = length;
            best = Some(found);
        } else {
            high = length;
        }
        length = if high.is_finite() {
            f64::midpoint(low, high)
        } else {
            2.0 * low
        };
    }
    best.ok_or(Stuck::NoDescent)
}
