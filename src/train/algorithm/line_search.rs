//! A line search that ends in the strong Wolfe conditions: secants of the slope between brackets.
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
const TRIALS: usize = 60;
/// A trial keeps this part of the bracket away from its ends.
const MARGIN: f64 = 0.1;
/// A trial beyond all trials so far is at least and at most so many times as long.
const GROWTH: (f64, f64) = (1.5, 10.0);

/// The end of a search.
#[derive(Clone, Debug, PartialEq)]
pub struct WolfePoint {
    /// The new weights.
    pub weights: Vec<f64>,
    /// The gradient there.
    pub gradient: Vec<f64>,
}

/// Where a search begins, and along which direction.
#[derive(Clone, Copy, Debug)]
pub struct Ray<'a> {
    /// The weights.
    pub weights: &'a [f64],
    /// The gradient there.
    pub gradient: &'a [f64],
    /// The direction.
    pub direction: &'a [f64],
}

/// A length of the step with the slope there.
#[derive(Clone, Copy)]
struct Trial {
    length: f64,
    slope: f64,
}

/// Tells whether a step that changes the error from `errors[0]` to `errors[1]`, and the slope along
/// the step from `slopes[0]` to `slopes[1]`, lowers the error by the part `share` of what the
/// slope predicts. Both slopes are by the step as a whole.
#[must_use]
pub fn falls(errors: [f64; 2], slopes: [f64; 2], share: f64) -> bool {
    let level = errors[1] <= errors[0] + ROUNDING * errors[0].abs()
        && slopes[1] <= (2.0 * share - 1.0) * slopes[0];
    level || errors[1] <= errors[0] + share * slopes[0]
}

/// Searches along the ray, first at the length `first`; the slope at the end is at most the part
/// `curvature` of the slope at the start, in size.
///
/// # Errors
///
/// [`Stuck::NoDescent`] when the direction does not descend, or when no trial lowers the error.
pub fn search(
    objective: &Objective,
    ray: Ray<'_>,
    first: f64,
    curvature: f64,
) -> Result<WolfePoint, Stuck> {
    let start = Trial {
        length: 0.0,
        slope: dot(ray.gradient, ray.direction),
    };
    if start.slope.is_nan() || start.slope >= 0.0 {
        return Err(Stuck::NoDescent);
    }
    let error = objective.error(ray.weights);
    let (mut low, mut high, mut length) = (start, None::<Trial>, first);
    let mut best = None;
    for _ in 0..TRIALS {
        let mut found = WolfePoint {
            weights: ray.weights.to_vec(),
            gradient: vec![0.0; ray.weights.len()],
        };
        add_scaled(&mut found.weights, length, ray.direction);
        let there = objective.gradient_into(&found.weights, &mut found.gradient);
        let slope = dot(&found.gradient, ray.direction);
        let trial = Trial { length, slope };
        let slopes = [length * start.slope, length * slope];
        if !falls([error, there], slopes, DECREASE) {
            high = Some(trial);
        } else if slope.abs() <= curvature * start.slope.abs() {
            return Ok(found);
        } else {
            best = Some(found);
            if slope > 0.0 {
                high = Some(trial);
            } else {
                low = trial;
            }
        }
        length = next(start, low, high);
    }
    best.ok_or(Stuck::NoDescent)
}

/// The next trial: where the secant of the slopes vanishes, kept off the ends of the bracket.
fn next(start: Trial, low: Trial, high: Option<Trial>) -> f64 {
    let Some(high) = high else {
        // All slopes so far are negative: where they would vanish, if they rise.
        let secant = low.length * start.slope / (start.slope - low.slope);
        let secant = if secant > 0.0 { secant } else { f64::INFINITY };
        return secant.clamp(GROWTH.0 * low.length, GROWTH.1 * low.length);
    };
    let width = high.length - low.length;
    let share = low.slope / (low.slope - high.slope);
    let share = if high.slope > 0.0 && share.is_finite() {
        share.clamp(MARGIN, 1.0 - MARGIN)
    } else {
        0.5
    };
    low.length + share * width
}
