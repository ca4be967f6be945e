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
pub mod schedule;
pub mod stiff;

use super::objective::Objective;
use super::seed::Generator;
use presentation::Order;
use schedule::Schedule;
use serde::Serialize;
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

    /// The energies of the motion so far, where it has mass.
    fn energies(&self) -> Option<Energies> {
        None
    }
}

/// The energies of the damped dynamics (fr14 §4): a motion that begins at rest has
/// `kinetic = work − dissipated`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Energies {
    /// The kinetic energy `T = ½ Σ μ v²`.
    pub kinetic: f64,
    /// The energy `D` that the damping has dissipated.
    pub dissipated: f64,
    /// The work of all impulses.
    pub work: f64,
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
    /// Describes it in words, after a rate.
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Same => "",
            Self::FanIn => " by fan-in",
            Self::Curvature => " by curvature",
        }
    }

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
    /// Conjugate gradients, lb98 (41)–(43).
    Conjugate(conjugate::Factor),
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
            Self::Momentum(settings) => Box::new(momentum::Momentum::new(settings, objective, w)),
            Self::Damped(settings) => Box::new(damped::Damped::new(settings, objective)),
            Self::Diagonal(settings) => Box::new(diagonal::Diagonal::new(settings, objective, w)),
            Self::Newton(settings) => Box::new(newton::Newton::new(settings)),
            Self::Conjugate(factor) => Box::new(conjugate::Conjugate::new(*factor)),
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
            Self::Flow(settings) if settings.stiff => "stiff-flow",
            Self::Flow(_) => "flow",
            Self::Momentum(_) => "momentum",
            Self::Damped(_) => "damped",
            Self::Diagonal(_) => "diagonal",
            Self::Newton(_) => "newton",
            Self::Conjugate(conjugate::Factor::PolakRibiere) => "conjugate",
            Self::Conjugate(conjugate::Factor::FletcherReeves) => "fletcher-reeves",
            Self::Bfgs => "bfgs",
            Self::GaussNewton => "gauss-newton",
            Self::LevenbergMarquardt => "levenberg-marquardt",
        }
    }

    /// The name with the parameters.
    #[must_use]
    pub fn words(&self) -> String {
        let settings = self.settings();
        if settings.is_empty() {
            self.name().to_string()
        } else {
            format!("{} ({settings})", self.name())
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
            Self::Conjugate(_) | Self::Bfgs | Self::GaussNewton | Self::LevenbergMarquardt => {
                ("none", f64::NAN)
            }
        }
    }

    /// The parameters, in words: all that is needed to repeat a run.
    #[must_use]
    pub fn settings(&self) -> String {
        match self {
            Self::Batch(s) => {
                let guard = if s.guarded {
                    ", halved where a step climbs"
                } else {
                    ""
                };
                format!("rate {}{}{guard}", s.rate, s.scale.describe())
            }
            Self::Online(s) => format!(
                "rate {}{}{}, {} order",
                s.rate,
                s.scale.describe(),
                s.schedule.describe(),
                s.order.word()
            ),
            Self::Flow(s) => format!("tolerance {:e}", s.tolerance),
            Self::Momentum(s) => format!(
                "rate {}{}{}, momentum {}{}",
                s.rate,
                s.scale.describe(),
                s.schedule.describe(),
                s.momentum,
                mode(!s.online, s.order)
            ),
            Self::Damped(s) => format!(
                "beta {}, mass {:?}, interval {}{}",
                s.beta,
                s.masses,
                s.interval,
                mode(s.batch, s.order)
            ),
            Self::Diagonal(s) => format!(
                "rate {}{}, regularisation {}, memory {}, {} order",
                s.rate,
                s.schedule.describe(),
                s.regularisation,
                s.memory,
                s.order.word()
            ),
            Self::Newton(s) => format!("factor {}", s.factor),
            Self::Conjugate(_) | Self::Bfgs | Self::GaussNewton | Self::LevenbergMarquardt => {
                String::new()
            }
        }
    }

    /// The time of the gradient flow in one step, where it is the same in all of them.
    #[must_use]
    pub fn clock(&self, objective: &Objective) -> Option<f64> {
        let total = objective.examples().total();
        let clock = match self {
            Self::Batch(s) if !s.guarded => s.rate,
            Self::Online(s) if s.schedule == Schedule::Constant => s.rate / total,
            Self::Momentum(s) if s.schedule == Schedule::Constant => {
                s.rate / (1.0 - s.momentum) / if s.online { total } else { 1.0 }
            }
            _ => return None,
        };
        Some(clock).filter(|clock| *clock > 0.0)
    }

    /// The method at so many times its rate, where it has one.
    #[must_use]
    pub fn at_rate(&self, factor: f64) -> Option<Self> {
        let mut method = self.clone();
        let rate = match &mut method {
            Self::Batch(s) => &mut s.rate,
            Self::Online(s) => &mut s.rate,
            Self::Momentum(s) => &mut s.rate,
            Self::Diagonal(s) => &mut s.rate,
            _ => return None,
        };
        *rate *= factor;
        Some(method)
    }

    /// The order of the examples, of a stochastic algorithm.
    #[must_use]
    pub const fn order(&self) -> Option<Order> {
        match self {
            Self::Online(s) => Some(s.order),
            Self::Diagonal(s) => Some(s.order),
            Self::Momentum(s) if s.online => Some(s.order),
            Self::Damped(s) if !s.batch => Some(s.order),
            Self::Batch(_)
            | Self::Momentum(_)
            | Self::Damped(_)
            | Self::Flow(_)
            | Self::Newton(_)
            | Self::Conjugate(_)
            | Self::Bfgs
            | Self::GaussNewton
            | Self::LevenbergMarquardt => None,
        }
    }

    /// Tells whether the weights keep fluctuating, so that a small gradient is no sign of an end.
    #[must_use]
    pub const fn is_stochastic(&self) -> bool {
        self.order().is_some()
    }

    /// Tells whether a step is so dear that the end is looked for after each one.
    #[must_use]
    pub const fn is_second_order(&self) -> bool {
        match self {
            Self::Flow(_)
            | Self::Newton(_)
            | Self::Conjugate(_)
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

fn mode(batch: bool, order: Order) -> String {
    if batch {
        ", batch".into()
    } else {
        format!(", online, {} order", order.word())
    }
}
