//! Batch gradient descent: `w ← w − η ∇E(w)` (lb98 (10)).
//!
//! UNTRUSTED. Many starts of a single unit run faster in [`crate::train::lanes`].

use super::{Algorithm, RateScale, State, Stuck};
use crate::train::objective::Objective;
use crate::train::seed::Generator;

/// Parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// The learning rate η.
    pub rate: f64,
    /// Rates by weight.
    pub scale: RateScale,
}

impl Settings {
    /// One rate for all weights.
    #[must_use]
    pub const fn plain(rate: f64) -> Self {
        Self {
            rate,
            scale: RateScale::Same,
        }
    }
}

/// A run.
#[derive(Clone, Debug)]
pub struct Batch {
    rate: f64,
    rates: Vec<f64>,
    gradient: Vec<f64>,
}

impl Batch {
    /// Begins at these weights.
    #[must_use]
    pub fn new(settings: &Settings, objective: &Objective, w: &[f64]) -> Self {
        let rates = settings.scale.rates(settings.rate, objective, w);
        Self {
            rate: settings.rate,
            rates,
            gradient: vec![0.0; w.len()],
        }
    }
}

impl Algorithm for Batch {
    fn step(
        &mut self,
        objective: &Objective,
        state: &mut State,
        _: &mut Generator,
    ) -> Result<(), Stuck> {
        objective.gradient_into(&state.weights, &mut self.gradient);
        for ((w, g), rate) in state
            .weights
            .iter_mut()
            .zip(&self.gradient)
            .zip(&self.rates)
        {
            *w -= rate * g;
        }
        state.time += self.rate;
        Ok(())
    }
}
