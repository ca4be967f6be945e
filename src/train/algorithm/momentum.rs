//! Momentum: `Δw ← −η ∂E/∂w + μ Δw`, `w ← w + Δw` (lb98 §4.7).
//!
//! UNTRUSTED. Printed with `+η`, which would climb when Δw is the weight change; the code descends.
//! `time` counts `η/(1 − μ)` a step, the effective rate.

use super::presentation::{Order, Presentation};
use super::{Algorithm, State, Stuck};
use crate::train::network::Tape;
use crate::train::objective::Objective;
use crate::train::seed::Generator;

/// Parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// The learning rate η.
    pub rate: f64,
    /// The strength μ, from 0 to below 1.
    pub momentum: f64,
    /// One example at a time instead of the batch.
    pub online: bool,
}

/// The usual strength of momentum.
pub const STRENGTH: f64 = 0.9;

impl Default for Settings {
    /// The batch, with a rate still to be chosen.
    fn default() -> Self {
        Self {
            rate: 0.0,
            momentum: STRENGTH,
            online: false,
        }
    }
}

/// A run.
#[derive(Clone, Debug)]
pub struct Momentum {
    settings: Settings,
    presentation: Presentation,
    change: Vec<f64>,
    gradient: Vec<f64>,
    tape: Tape<f64>,
    clock: f64,
}

impl Momentum {
    /// Begins at rest.
    #[must_use]
    pub fn new(settings: &Settings, objective: &Objective) -> Self {
        let n = objective.dimension();
        let share = if settings.online {
            objective.examples().total()
        } else {
            1.0
        };
        Self {
            settings: *settings,
            presentation: Presentation::new(Order::Random, objective.examples()),
            change: vec![0.0; n],
            gradient: vec![0.0; n],
            tape: Tape::default(),
            clock: settings.rate / (1.0 - settings.momentum) / share,
        }
    }
}

impl Algorithm for Momentum {
    fn step(
        &mut self,
        objective: &Objective,
        state: &mut State,
        generator: &mut Generator,
    ) -> Result<(), Stuck> {
        if self.settings.online {
            let index = self.presentation.next(generator);
            objective.example_gradient(index, &state.weights, &mut self.tape, &mut self.gradient);
        } else {
            objective.gradient_into(&state.weights, &mut self.gradient);
        }
        for ((w, change), g) in state
            .weights
            .iter_mut()
            .zip(&mut self.change)
            .zip(&self.gradient)
        {
            *change = self.settings.momentum * *change - self.settings.rate * g;
            *w += *change;
        }
        state.time += self.clock;
        Ok(())
    }
}
