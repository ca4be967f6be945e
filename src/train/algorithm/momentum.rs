//! Momentum: `Δw ← −η ∂E/∂w + μ Δw`, `w ← w + Δw` (lb98 §4.7).
//!
//! UNTRUSTED. Printed with `+η`, which would climb when Δw is the weight change; the code descends.
//! `time` counts `η/(1 − μ)` a step, the effective rate.

use super::presentation::{Order, Presentation};
use super::schedule::{Course, Schedule};
use super::{Algorithm, RateScale, State, Stuck};
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
    /// Rates by weight.
    pub scale: RateScale,
    /// One example at a time instead of the batch.
    pub online: bool,
    /// The course of the rate, one example at a time.
    pub schedule: Schedule,
    /// Which example comes next.
    pub order: Order,
}

/// The usual strength of momentum.
pub const STRENGTH: f64 = 0.9;

impl Default for Settings {
    /// The batch, with a rate still to be chosen.
    fn default() -> Self {
        Self {
            rate: 0.0,
            momentum: STRENGTH,
            scale: RateScale::Same,
            online: false,
            schedule: Schedule::Constant,
            order: Order::Random,
        }
    }
}

/// A run.
#[derive(Clone, Debug)]
pub struct Momentum {
    settings: Settings,
    course: Course,
    presentation: Presentation,
    /// Rates by weight, for rate 1.
    scales: Vec<f64>,
    change: Vec<f64>,
    gradient: Vec<f64>,
    tape: Tape<f64>,
    /// Time of the flow in a step of rate 1.
    clock: f64,
}

impl Momentum {
    /// Begins at rest at these weights.
    #[must_use]
    pub fn new(settings: &Settings, objective: &Objective, w: &[f64]) -> Self {
        let n = w.len();
        let share = if settings.online {
            objective.examples().total()
        } else {
            1.0
        };
        Self {
            settings: *settings,
            course: Course::new(settings.schedule, settings.rate, n),
            presentation: Presentation::new(settings.order, objective.examples()),
            scales: settings.scale.rates(1.0, objective, w),
            change: vec![0.0; n],
            gradient: vec![0.0; n],
            tape: Tape::default(),
            clock: 1.0 / (1.0 - settings.momentum) / share,
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
        let (w, rate) = (&mut state.weights, self.course.rate());
        if self.settings.online {
            let index = self.presentation.next(generator);
            let error = objective.example_gradient(index, w, &mut self.tape, &mut self.gradient);
            self.presentation.saw(index, error);
            self.course.advance(&self.gradient);
        } else {
            objective.gradient_into(w, &mut self.gradient);
        }
        for (i, w) in w.iter_mut().enumerate() {
            let step = rate * self.scales[i] * self.gradient[i];
            self.change[i] = self.settings.momentum * self.change[i] - step;
            *w += self.change[i];
        }
        state.time += self.clock * rate;
        Ok(())
    }
}
