//! Simple (online) backpropagation: `w ← w − η ∂U(w)/∂w` for one example at a time (fi92 §3, lb98
//! (11)).
//!
//! UNTRUSTED. With constant rate and random draws this is fi92's process; a course of the rate and
//! other orders are options.

use super::presentation::{Order, Presentation};
use super::schedule::{Course, Schedule};
use super::{Algorithm, RateScale, State, Stuck};
use crate::train::network::Tape;
use crate::train::objective::Objective;
use crate::train::seed::Generator;

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
    course: Course,
    presentation: Presentation,
    /// Rates by weight, for rate 1.
    scales: Vec<f64>,
    gradient: Vec<f64>,
    tape: Tape<f64>,
    total: f64,
}

impl Online {
    /// Begins at these weights.
    #[must_use]
    pub fn new(settings: &Settings, objective: &Objective, w: &[f64]) -> Self {
        Self {
            course: Course::new(settings.schedule, settings.rate, w.len()),
            presentation: Presentation::new(settings.order, objective.examples()),
            scales: settings.scale.rates(1.0, objective, w),
            gradient: vec![0.0; w.len()],
            tape: Tape::default(),
            total: objective.examples().total(),
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
        let rate = self.course.rate();
        for ((w, g), scale) in state
            .weights
            .iter_mut()
            .zip(&self.gradient)
            .zip(&self.scales)
        {
            *w -= rate * scale * g;
        }
        state.time += rate / self.total;
        self.course.advance(&self.gradient);
        Ok(())
    }
}
