//! Stochastic diagonal Levenberg–Marquardt: a rate `ε/(⟨∂²U/∂w²⟩ + μ)` for each weight (lb98 §9.1,
//! (61), (62)).
//!
//! UNTRUSTED. The second derivatives are backpropagated in the diagonal Gauss–Newton approximation
//! (54)–(56); their running average starts from one pass over the examples.

use super::presentation::{Order, Presentation};
use super::schedule::{Course, Schedule};
use super::{Algorithm, State, Stuck};
use crate::train::network::Tape;
use crate::train::objective::Objective;
use crate::train::seed::Generator;

/// Parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// The global rate ε.
    pub rate: f64,
    /// The regularisation μ.
    pub regularisation: f64,
    /// The weight γ of the newest second derivative.
    pub memory: f64,
    /// The course of the rate.
    pub schedule: Schedule,
    /// Which example comes next.
    pub order: Order,
}

/// The usual regularisation μ.
pub const REGULARISATION: f64 = 0.1;
/// The usual weight of the newest second derivative: the average spans a hundred examples.
pub const MEMORY: f64 = 0.01;

impl Default for Settings {
    /// The usual regularisation, with a rate still to be chosen.
    fn default() -> Self {
        Self {
            rate: 0.0,
            regularisation: REGULARISATION,
            memory: MEMORY,
            schedule: Schedule::Constant,
            order: Order::Random,
        }
    }
}

/// A run.
#[derive(Clone, Debug)]
pub struct Diagonal {
    settings: Settings,
    course: Course,
    presentation: Presentation,
    average: Vec<f64>,
    newest: Vec<f64>,
    gradient: Vec<f64>,
    tape: Tape<f64>,
    total: f64,
}

impl Diagonal {
    /// Begins with the average over all examples at these weights.
    #[must_use]
    pub fn new(settings: &Settings, objective: &Objective, w: &[f64]) -> Self {
        let total = objective.examples().total();
        let (mut average, mut newest, mut tape) =
            (vec![0.0; w.len()], vec![0.0; w.len()], Tape::default());
        for (index, weight) in objective.examples().weights.iter().enumerate() {
            newest.fill(0.0);
            objective.example_diagonal(index, w, &mut tape, &mut newest);
            crate::train::number::add_scaled(&mut average, weight / total, &newest);
        }
        let presentation = Presentation::new(settings.order, objective.examples());
        Self {
            settings: *settings,
            course: Course::new(settings.schedule, settings.rate, w.len()),
            presentation,
            average,
            newest,
            gradient: vec![0.0; w.len()],
            tape,
            total,
        }
    }
}

impl Algorithm for Diagonal {
    fn step(
        &mut self,
        objective: &Objective,
        state: &mut State,
        generator: &mut Generator,
    ) -> Result<(), Stuck> {
        let Settings {
            regularisation,
            memory,
            ..
        } = self.settings;
        let rate = self.course.rate();
        let index = self.presentation.next(generator);
        self.newest.fill(0.0);
        objective.example_diagonal(index, &state.weights, &mut self.tape, &mut self.newest);
        let error =
            objective.example_gradient(index, &state.weights, &mut self.tape, &mut self.gradient);
        self.presentation.saw(index, error);
        for (i, w) in state.weights.iter_mut().enumerate() {
            self.average[i] = (1.0 - memory) * self.average[i] + memory * self.newest[i];
            *w -= rate / (self.average[i] + regularisation) * self.gradient[i];
        }
        state.time += rate / self.total;
        self.course.advance(&self.gradient);
        Ok(())
    }
}
