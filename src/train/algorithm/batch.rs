//! Batch gradient descent: `w ← w − η ∇E(w)` (lb98 (10)).
//!
//! UNTRUSTED. A rate that nobody gave is guarded: it is halved, for good, where a step would not
//! lower the error. Starts of a single unit at a rate without a guard run faster in
//! [`crate::train::lanes`].

use super::line_search::falls;
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
    /// Halve the rate where a step would not lower the error.
    pub guarded: bool,
}

impl Settings {
    /// One rate for all weights, whatever happens.
    #[must_use]
    pub const fn plain(rate: f64) -> Self {
        Self {
            rate,
            scale: RateScale::Same,
            guarded: false,
        }
    }

    /// One rate for all weights, halved where a step would not lower the error.
    #[must_use]
    pub const fn guarded(rate: f64) -> Self {
        Self {
            guarded: true,
            ..Self::plain(rate)
        }
    }
}

/// Share of the predicted decrease that a guarded step must achieve: it is achieved up to three
/// quarters of the rate at which a quadratic begins to climb.
const DECREASE: f64 = 0.25;
/// Halvings in one step before the run is stuck.
const HALVINGS: usize = 60;

/// A run.
#[derive(Clone, Debug)]
pub struct Batch {
    rate: f64,
    rates: Vec<f64>,
    gradient: Vec<f64>,
    guard: Option<Guard>,
}

/// What a guarded run knows of the next weights before it goes there.
#[derive(Clone, Debug)]
struct Guard {
    /// The error at the weights, once the gradient there is known.
    error: Option<f64>,
    ahead: Vec<f64>,
    gradient: Vec<f64>,
}

impl Batch {
    /// Begins at these weights.
    #[must_use]
    pub fn new(settings: &Settings, objective: &Objective, w: &[f64]) -> Self {
        let n = w.len();
        let guard = Guard {
            error: None,
            ahead: vec![0.0; n],
            gradient: vec![0.0; n],
        };
        Self {
            rate: settings.rate,
            rates: settings.scale.rates(settings.rate, objective, w),
            gradient: vec![0.0; n],
            guard: settings.guarded.then_some(guard),
        }
    }

    /// The rate now.
    #[must_use]
    pub const fn rate(&self) -> f64 {
        self.rate
    }

    /// A step that lowers the error, at a rate that may be halved for it.
    fn guarded(&mut self, objective: &Objective, w: &mut [f64]) -> Result<(), Stuck> {
        let Some(guard) = &mut self.guard else {
            return Ok(());
        };
        let error = match guard.error {
            Some(error) => error,
            None => objective.gradient_into(w, &mut self.gradient),
        };
        for _ in 0..HALVINGS {
            guard.ahead.copy_from_slice(w);
            descend(&mut guard.ahead, &self.rates, &self.gradient);
            let there = objective.gradient_into(&guard.ahead, &mut guard.gradient);
            let slopes = [&self.gradient, &guard.gradient].map(|gradient| {
                let moves = self.rates.iter().zip(&self.gradient);
                moves
                    .zip(gradient)
                    .map(|((r, g), end)| -r * g * end)
                    .sum::<f64>()
            });
            // Where nothing moves any more there is nothing to guard.
            if slopes[0] >= 0.0 || falls([error, there], slopes, DECREASE) {
                w.copy_from_slice(&guard.ahead);
                std::mem::swap(&mut self.gradient, &mut guard.gradient);
                guard.error = Some(there);
                return Ok(());
            }
            guard.error = Some(error);
            self.rate *= 0.5;
            self.rates.iter_mut().for_each(|rate| *rate *= 0.5);
        }
        Err(Stuck::NoDescent)
    }
}

/// `w ← w − rates · gradient`.
fn descend(w: &mut [f64], rates: &[f64], gradient: &[f64]) {
    for ((w, g), rate) in w.iter_mut().zip(gradient).zip(rates) {
        *w -= rate * g;
    }
}

impl Algorithm for Batch {
    fn step(
        &mut self,
        objective: &Objective,
        state: &mut State,
        _: &mut Generator,
    ) -> Result<(), Stuck> {
        if self.guard.is_some() {
            self.guarded(objective, &mut state.weights)?;
        } else {
            objective.gradient_into(&state.weights, &mut self.gradient);
            descend(&mut state.weights, &self.rates, &self.gradient);
        }
        state.time += self.rate;
        Ok(())
    }
}
