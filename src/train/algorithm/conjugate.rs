//! Conjugate gradients: `ρ_k = −∇E_k + β_k ρ_{k−1}` with the factor of Fletcher and Reeves or of
//! Polak and Ribière (lb98 (41)–(43)).
//!
//! UNTRUSTED. Along a direction ρ of positive curvature the first trial is `−∇Eᵀρ/ρᵀHρ`, with the
//! exact product of the Hessian. On a quadratic it is the minimum along ρ, so that n steps end in
//! the minimum of n weights. Restarts along the gradient after n steps, where β is negative (Polak
//! and Ribière), or where the direction does not descend.

use super::line_search::{Ray, search};
use super::{Algorithm, State, Stuck};
use crate::train::number::{dot, norm};
use crate::train::objective::Objective;
use crate::train::seed::Generator;

/// The share of the slope that may remain after a line search.
const CURVATURE: f64 = 0.1;

/// The factor β of the last direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factor {
    /// `∇E_kᵀ∇E_k / ∇E_{k−1}ᵀ∇E_{k−1}`, (42).
    FletcherReeves,
    /// `(∇E_k − ∇E_{k−1})ᵀ∇E_k / ∇E_{k−1}ᵀ∇E_{k−1}`, (43), not below 0.
    PolakRibiere,
}

/// A run: the last direction and gradient, and the steps since the last restart.
#[derive(Clone, Debug)]
pub struct Conjugate {
    factor: Factor,
    last: Option<(Vec<f64>, Vec<f64>)>,
    since: usize,
}

impl Conjugate {
    /// Begins along the gradient.
    #[must_use]
    pub const fn new(factor: Factor) -> Self {
        Self {
            factor,
            last: None,
            since: 0,
        }
    }

    fn beta(&self, gradient: &[f64], old: &[f64]) -> f64 {
        if self.since >= gradient.len() {
            return 0.0;
        }
        let square = dot(gradient, gradient);
        match self.factor {
            Factor::FletcherReeves => square / dot(old, old),
            Factor::PolakRibiere => ((square - dot(old, gradient)) / dot(old, old)).max(0.0),
        }
    }

    /// The direction from here.
    fn direction(&mut self, gradient: &[f64]) -> Vec<f64> {
        let steepest = || gradient.iter().map(|g| -g).collect();
        let Some((last, old)) = self.last.take() else {
            return steepest();
        };
        let beta = self.beta(gradient, &old);
        let direction: Vec<f64> = gradient
            .iter()
            .zip(&last)
            .map(|(g, d)| beta * d - g)
            .collect();
        if beta > 0.0 && dot(&direction, gradient) < 0.0 {
            return direction;
        }
        self.since = 0;
        steepest()
    }
}

/// The length at which the quadratic with this slope and curvature is least; a unit of length where
/// the curvature is not positive.
fn first(objective: &Objective, ray: Ray<'_>) -> f64 {
    let product = objective.hessian_times(ray.weights, ray.direction);
    let length = -dot(ray.gradient, ray.direction) / dot(&product, ray.direction);
    if length > 0.0 && length.is_finite() {
        length
    } else {
        1.0 / norm(ray.direction).max(f64::MIN_POSITIVE)
    }
}

impl Algorithm for Conjugate {
    fn step(
        &mut self,
        objective: &Objective,
        state: &mut State,
        _: &mut Generator,
    ) -> Result<(), Stuck> {
        let gradient = objective.gradient(&state.weights);
        let direction = self.direction(&gradient);
        let ray = Ray {
            weights: &state.weights,
            gradient: &gradient,
            direction: &direction,
        };
        let found = search(objective, ray, first(objective, ray), CURVATURE)?;
        state.weights = found.weights;
        state.time += 1.0;
        self.since += 1;
        self.last = Some((direction, gradient));
        Ok(())
    }
}
