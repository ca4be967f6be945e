//! Conjugate gradients: `ρ_k = −∇E_k + β_k ρ_{k−1}` with the factor of Polak and Ribière (lb98
//! (41), (43)).
//!
//! UNTRUSTED. Restarts along the gradient where β is negative or the direction does not descend.

use super::line_search::search;
use super::{Algorithm, State, Stuck};
use crate::train::number::dot;
use crate::train::objective::Objective;
use crate::train::seed::Generator;

/// The share of the slope that may remain after a line search.
const CURVATURE: f64 = 0.1;

/// A run: the last direction and gradient.
#[derive(Clone, Debug, Default)]
pub struct Conjugate {
    last: Option<(Vec<f64>, Vec<f64>)>,
}

impl Algorithm for Conjugate {
    fn step(
        &mut self,
        objective: &Objective,
        state: &mut State,
        _: &mut Generator,
    ) -> Result<(), Stuck> {
        let gradient = objective.gradient(&state.weights);
        let steepest: Vec<f64> = gradient.iter().map(|g| -g).collect();
        let direction = self.last.take().map_or_else(
            || steepest.clone(),
            |(direction, old)| {
                let beta =
                    ((dot(&gradient, &gradient) - dot(&old, &gradient)) / dot(&old, &old)).max(0.0);
                steepest
                    .iter()
                    .zip(&direction)
                    .map(|(s, d)| s + beta * d)
                    .collect()
            },
        );
        let descends = dot(&direction, &gradient) < 0.0;
        let direction = if descends { direction } else { steepest };
        let found = search(objective, &state.weights, &gradient, &direction, CURVATURE)?;
        state.weights = found.weights;
        state.time += 1.0;
        self.last = Some((direction, gradient));
        Ok(())
    }
}
