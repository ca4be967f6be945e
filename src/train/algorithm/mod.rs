//! The papers' algorithms, one file each, behind one trait.
//!
//! UNTRUSTED. Where a printed update has a sign or an index that cannot be meant, the code has the
//! repaired one and says so.

pub mod batch;
pub mod bfgs;
pub mod conjugate;
pub mod damped;
pub mod diagonal;
pub mod flow;
pub mod gauss;
pub mod line_search;
pub mod momentum;
pub mod newton;
pub mod online;
pub mod presentation;

use super::objective::Objective;
use super::seed::Generator;
use thiserror::Error;

/// The position of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The weights.
    pub weights: Vec<f64>,
    /// Time of the gradient flow `w' = −∇E` that has passed; iterations for methods that do not
    /// follow it.
    pub time: f64,
}

impl State {
    /// At the start.
    #[must_use]
    pub const fn new(weights: Vec<f64>) -> Self {
        Self { weights, time: 0.0 }
    }
}

/// A reason why an algorithm can go no further.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Stuck {
    /// The matrix that the step needs is singular here.
    #[error("the matrix to invert is singular here")]
    Singular,
    /// No step along the search direction lowers the error.
    #[error("no step along the search direction lowers the error")]
    NoDescent,
}

/// An algorithm in the middle of a run.
pub trait Algorithm: Send {
    /// Moves the state by one step.
    ///
    /// # Errors
    ///
    /// [`Stuck`] when the method defines no step here; the state is then unchanged.
    fn step(
        &mut self,
        objective: &Objective,
        state: &mut State,
        generator: &mut Generator,
    ) -> Result<(), Stuck>;
}

/// Which weight learns how fast (lb98 §4.7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RateScale {
    /// One rate for all.
    #[default]
    Same,
    /// Proportional to the square root of the number of inputs of the weight's unit.
    FanIn,
    /// Inversely proportional to the diagonal of the Hessian at the start, in its Gauss–Newton
    /// approximation (54)–(56).
    Curvature,
}

impl RateScale {
    /// The rate of each weight, from the rate for all.
    #[must_use]
    pub fn rates(self, rate: f64, objective: &Objective, w: &[f64]) -> Vec<f64> {
        match self {
            Self::Same => vec![rate; w.len()],
            Self::FanIn => objective
                .network()
                .fan_in()
                .iter()
                .map(|m| rate * super::number::real(*m).sqrt())
                .collect(),
            Self::Curvature => {
                let diagonal = objective.jacobian_square(w).diagonal();
                let largest = diagonal.max();
                diagonal
                    .iter()
                    .map(|d| rate * largest / d.max(1e-3 * largest))
                    .collect()
            }
        }
    }
}

/// An algorithm with its parameters.
#[derive(Clone, Debug, PartialEq)]
pub enum Method {
    /// Batch gradient descent, lb98 (10).
    Batch(batch::Settings),
    /// Simple (online) backpropagation, fi92 §3, with lb98's tricks.
    Online(online::Settings),
    /// The gradient flow of so88, integrated adaptively.
    Flow(flow::Settings),
    /// Momentum, lb98 §4.7.
    Momentum(momentum::Settings),
    /// The damped second-order dynamics of fr14, impulses included.
    Damped(damped::Settings),
    /// The stochastic diagonal Levenberg–Marquardt method of lb98 §9.1.
    Diagonal(diagonal::Settings),
    /// Newton's method, lb98 (40), without safeguards.
    Newton(newton::Settings),
    /// Conjugate gradients by Polak and Ribière, lb98 (41), (43).
    Conjugate,
    /// The quasi-Newton method of lb98 §6.3.
    Bfgs,
    /// Gauss–Newton, lb98 (46), without safeguards.
    GaussNewton,
    /// Levenberg–Marquardt, lb98 (47).
    LevenbergMarquardt,
}

impl Method {
    /// Begins a run at these weights.
    #[must_use]
    pub fn begin(&self, objective: &Objective, w: &[f64]) -> Box<dyn Algorithm> {
        match self {
            Self::Batch(settings) => Box::new(batch::Batch::new(settings, objective, w)),
            Self::Online(settings) => Box::new(online::Online::new(settings, objective, w)),
            Self::Flow(settings) => Box::new(flow::Flow::new(settings)),
            Self::Momentum(settings) => Box::new(momentum::Momentum::new(settings, objective)),
            Self::Damped(settings) => Box::new(damped::Damped::new(settings, objective)),
            Self::Diagonal(settings) => Box::new(diagonal::Diagonal::new(settings, objective, w)),
            Self::Newton(settings) => Box::new(newton::Newton::new(settings)),
            Self::Conjugate => Box::new(conjugate::Conjugate::default()),
            Self::Bfgs => Box::new(bfgs::Bfgs::default()),
            Self::GaussNewton => Box::new(gauss::GaussNewton),
            Self::LevenbergMarquardt => Box::new(gauss::LevenbergMarquardt::default()),
        }
    }

    /// The name on the command line and in results.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Batch(_) => "batch",
            Self::Online(_) => "online",
            Self::Flow(_) => "flow",
            Self::Momentum(_) => "momentum",
            Self::Damped(_) => "damped",
            Self::Diagonal(_) => "diagonal",
            Self::Newton(_) => "newton",
            Self::Conjugate => "conjugate",
            Self::Bfgs => "bfgs",
            Self::GaussNewton => "gauss-newton",
            Self::LevenbergMarquardt => "levenberg-marquardt",
        }
    }

    /// The one parameter that an escape is plotted against.
    #[must_use]
    pub fn parameter(&self) -> (&'static str, f64) {
        match self {
            Self::Batch(s) => ("learning rate", s.rate),
            Self::Online(s) => ("learning rate", s.rate),
            Self::Momentum(s) => ("momentum", s.momentum),
            Self::Damped(s) => ("damping", s.beta),
            Self::Diagonal(s) => ("rate", s.rate),
            Self::Newton(s) => ("factor", s.factor),
            Self::Flow(s) => ("tolerance", s.tolerance),
            Self::Conjugate | Self::Bfgs | Self::GaussNewton | Self::LevenbergMarquardt => {
                ("none", f64::NAN)
            }
        }
    }

    /// The parameters, in words.
    #[must_use]
    pub fn settings(&self) -> String {
        match self {
            Self::Batch(s) => format!("rate {}", s.rate),
            Self::Online(s) => format!("rate {}", s.rate),
            Self::Flow(s) => format!("tolerance {:e}", s.tolerance),
            Self::Momentum(s) => format!(
                "rate {}, momentum {}{}",
                s.rate,
                s.momentum,
                mode(!s.online)
            ),
            Self::Damped(s) => {
                format!(
                    "beta {}, mass {:?}, interval {}{}",
                    s.beta,
                    s.masses,
                    s.interval,
                    mode(s.batch)
                )
            }
            Self::Diagonal(s) => format!("rate {}, regularisation {}", s.rate, s.regularisation),
            Self::Newton(s) => format!("factor {}", s.factor),
            Self::Conjugate | Self::Bfgs | Self::GaussNewton | Self::LevenbergMarquardt => {
                String::new()
            }
        }
    }

    /// Tells whether the weights keep fluctuating, so that a small gradient is no sign of an end.
    #[must_use]
    pub const fn is_stochastic(&self) -> bool {
        match self {
            Self::Online(_) | Self::Diagonal(_) => true,
            Self::Momentum(settings) => settings.online,
            Self::Damped(settings) => !settings.batch,
            Self::Batch(_)
            | Self::Flow(_)
            | Self::Newton(_)
            | Self::Conjugate
            | Self::Bfgs
            | Self::GaussNewton
            | Self::LevenbergMarquardt => false,
        }
    }

    /// Tells whether a step is so dear that the end is looked for after each one.
    #[must_use]
    pub const fn is_second_order(&self) -> bool {
        match self {
            Self::Flow(_)
            | Self::Newton(_)
            | Self::Conjugate
            | Self::Bfgs
            | Self::GaussNewton
            | Self::LevenbergMarquardt => true,
            Self::Batch(_)
            | Self::Online(_)
            | Self::Momentum(_)
            | Self::Damped(_)
            | Self::Diagonal(_) => false,
        }
    }
}

const fn mode(batch: bool) -> &'static str {
    if batch { ", batch" } else { ", online" }
}
