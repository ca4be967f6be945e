//! Simple (online) backpropagation: `w ← w − η ∂U(w)/∂w` for one example at a time (fi92 §3, lb98
//! (11)).
//!
//! UNTRUSTED. With constant rate and random draws this is fi92's process; annealing (lb98 (12)),
//! the adaptive rate (lb98 (17)–(19)) and shuffled passes are options. As printed, (17) has
//! `w(t+1)` on both sides; the code has `w(t)` on the right.

use super::presentation::{Order, Presentation};
use super::{Algorithm, RateScale, State, Stuck};
use crate::train::network::Tape;
use crate::train::number::norm;
use crate::train::objective::Objective;
use crate::train::seed::Generator;

/// The course of the rate.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Schedule {
    /// Never (fi92).
    #[default]
    Constant,
    /// `η_t = η / (1 + t/after)`, which is `c/t` of lb98 (12) with `c = η · after` once t is large.
    Annealed {
        /// Presentations after which the rate is halved.
        after: f64,
    },
    /// `r ← (1 − δ) r + δ ∂U`, `η ← η + α η (β ‖r‖ − η)`, lb98 (18), (19).
    Adaptive {
        /// α of (19).
        alpha: f64,
        /// β of (19).
        beta: f64,
        /// δ of (18), between 0 and 1.
        delta: f64,
    },
}

/// Parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// The learning rate η, at the start.
    pub rate: f64,
    /// Rates by weight.
    pub scale: RateScale,
    /// The course of the rate.
    pub schedule: Schedule,
    /// Which example comes next.
    pub order: Order,
}

impl Settings {
    /// fi92's process: one constant rate for all weights, examples drawn at random.
    #[must_use]
    pub const fn simple(rate: f64) -> Self {
        Self {
            rate,
            scale: RateScale::Same,
            schedule: Schedule::Constant,
            order: Order::Random,
        }
    }
}

/// A run.
#[derive(Clone, Debug)]
pub struct Online {
    settings: Settings,
    presentation: Presentation,
    /// Rates by weight, for rate 1.
    scales: Vec<f64>,
    rate: f64,
    shown: f64,
    average: Vec<f64>,
    gradient: Vec<f64>,
    tape: Tape<f64>,
    total: f64,
}

impl Online {
    /// Begins at these weights.
    #[must_use]
    pub fn new(settings: &Settings, objective: &Objective, w: &[f64]) -> Self {
        Self {
            settings: *settings,
            presentation: Presentation::new(settings.order, objective.examples()),
            scales: settings.scale.rates(1.0, objective, w),
            rate: settings.rate,
            shown: 0.0,
            average: vec![0.0; w.len()],
            gradient: vec![0.0; w.len()],
            tape: Tape::default(),
            total: objective.examples().total(),
        }
    }

    fn adapt(&mut self) {
        self.shown += 1.0;
        match self.settings.schedule {
            Schedule::Constant => {}
            Schedule::Annealed { after } => {
                self.rate = self.settings.rate / (1.0 + self.shown / after);
            }
            Schedule::Adaptive { alpha, beta, delta } => {
                for (r, g) in self.average.iter_mut().zip(&self.gradient) {
                    *r = (1.0 - delta) * *r + delta * g;
                }
                self.rate += alpha * self.rate * (beta * norm(&self.average) - self.rate);
            }
        }
    }
}

impl Algorithm for Online {
    fn step(
        &mut self,
        objective: &Objective,
        state: &mut State,
        generator: &mut Generator,
    ) -> Result<(), Stuck> {
        let index = self.presentation.next(generator);
        let error =
            objective.example_gradient(index, &state.weights, &mut self.tape, &mut self.gradient);
        self.presentation.saw(index, error);
        for ((w, g), scale) in state
            .weights
            .iter_mut()
            .zip(&self.gradient)
            .zip(&self.scales)
        {
            *w -= self.rate * scale * g;
        }
        state.time += self.rate / self.total;
        self.adapt();
        Ok(())
    }
}
