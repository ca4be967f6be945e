//! The words of an experiment: algorithms, starts and estimates by name, with named numbers.
//!
//! UNTRUSTED.

use super::{Estimate, Start};
use crate::kernel::number::Rational;
use crate::train::algorithm::presentation::Order;
use crate::train::algorithm::{
    Method, RateScale, batch, damped, diagonal, flow, momentum, newton, online,
};
use num_traits::ToPrimitive;
use thiserror::Error;

/// A word with numbers, such as `online(rate = 1/10)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The word.
    pub word: String,
    /// Its numbers, some with names.
    pub numbers: Vec<(Option<String>, Rational)>,
}

/// A word that means nothing here.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum MeaninglessCall {
    /// An unknown word.
    #[error("`{word}` is none of {known}")]
    Unknown {
        /// The word.
        word: String,
        /// What would be.
        known: &'static str,
    },
    /// A number is missing.
    #[error("`{word}` needs {number}")]
    Missing {
        /// The word.
        word: String,
        /// Which number.
        number: &'static str,
    },
    /// A number that is not asked for, or not positive.
    #[error("`{word}` has no number {number}, or it is not positive")]
    Unexpected {
        /// The word.
        word: String,
        /// Which number.
        number: String,
    },
}

const METHODS: &str = "batch, online, flow, momentum, damped, diagonal, newton, conjugate, bfgs, gauss_newton, levenberg_marquardt";
const STARTS: &str = "minimum, ball, sphere, cube, fan_in";
const ESTIMATES: &str =
    "inside, contracts, captured, below, escaped, fluctuation, logarithmic, lower";

impl Call {
    fn exact(&self, name: &str) -> Option<&Rational> {
        self.numbers
            .iter()
            .find(|(given, _)| given.as_deref() == Some(name))
            .map(|(_, value)| value)
    }

    /// The number with this name.
    fn number(&self, name: &'static str) -> Result<f64, MeaninglessCall> {
        self.exact(name)
            .and_then(ToPrimitive::to_f64)
            .ok_or_else(|| MeaninglessCall::Missing {
                word: self.word.clone(),
                number: name,
            })
    }

    /// Refuses numbers with other names, and numbers that are not positive.
    fn only(&self, names: &[&str]) -> Result<(), MeaninglessCall> {
        let zero = Rational::from_integer(0.into());
        for (name, value) in &self.numbers {
            let known = name.as_deref().is_some_and(|name| names.contains(&name));
            if !known || *value <= zero {
                let number = name.clone().unwrap_or_else(|| value.to_string());
                return Err(MeaninglessCall::Unexpected {
                    word: self.word.clone(),
                    number,
                });
            }
        }
        Ok(())
    }

    fn single(&self) -> Result<f64, MeaninglessCall> {
        match self.numbers.as_slice() {
            [(None, value)] if value.to_f64().is_some_and(|value| value > 0.0) => {
                Ok(value.to_f64().unwrap_or(f64::NAN))
            }
            _ => Err(MeaninglessCall::Missing {
                word: self.word.clone(),
                number: "one positive number",
            }),
        }
    }
}

/// The algorithm that a word names.
///
/// # Errors
/// [`MeaninglessCall`].
pub fn method(call: &Call) -> Result<Method, MeaninglessCall> {
    let scale = RateScale::Same;
    let plain = |method: Method| call.only(&[]).map(|()| method);
    match call.word.as_str() {
        "batch" if bounded_rate(call).is_some() => {
            call.only(&["of_bound"])?;
            Ok(Method::Batch(batch::Settings { rate: 0.0, scale }))
        }
        "batch" => {
            call.only(&["rate"])?;
            Ok(Method::Batch(batch::Settings {
                rate: call.number("rate")?,
                scale,
            }))
        }
        "online" => {
            call.only(&["rate"])?;
            let rate = call.number("rate")?;
            Ok(Method::Online(online::Settings {
                rate,
                scale,
                schedule: online::Schedule::Constant,
                order: Order::Random,
            }))
        }
        "momentum" => {
            call.only(&["rate", "momentum"])?;
            let (rate, momentum) = (call.number("rate")?, call.number("momentum")?);
            Ok(Method::Momentum(momentum::Settings {
                rate,
                momentum,
                online: false,
            }))
        }
        // One impulse in a unit of time. A rate stands for the mass with which 1/(beta mass), the rate of the simple backpropagation which it tends to
        // as the damping grows, is that rate.
        "damped" => {
            call.only(&["rate", "mass", "beta"])?;
            let beta = call.number("beta")?;
            let inverse = call
                .exact("rate")
                .zip(call.exact("beta"))
                .and_then(|(rate, beta)| (rate * beta).recip().to_f64());
            let masses = vec![inverse.map_or_else(|| call.number("mass"), Ok)?];
            Ok(Method::Damped(damped::Settings {
                beta,
                masses,
                interval: 1.0,
                batch: false,
            }))
        }
        "diagonal" => {
            call.only(&["rate", "regularisation"])?;
            let (rate, regularisation) = (call.number("rate")?, call.number("regularisation")?);
            Ok(Method::Diagonal(diagonal::Settings {
                rate,
                regularisation,
                memory: 0.01,
            }))
        }
        "flow" => plain(Method::Flow(flow::Settings { tolerance: 1e-10 })),
        "newton" => plain(Method::Newton(newton::Settings { factor: 1.0 })),
        "conjugate" => plain(Method::Conjugate),
        "bfgs" => plain(Method::Bfgs),
        "gauss_newton" => plain(Method::GaussNewton),
        "levenberg_marquardt" => plain(Method::LevenbergMarquardt),
        _ => Err(MeaninglessCall::Unknown {
            word: call.word.clone(),
            known: METHODS,
        }),
    }
}

/// The rate of batch descent as a part of the certified bound, if the word says it so.
#[must_use]
pub fn bounded_rate(call: &Call) -> Option<f64> {
    (call.word == "batch")
        .then(|| call.number("of_bound").ok())
        .flatten()
}

/// The starts that a word names.
///
/// # Errors
/// [`MeaninglessCall`].
pub fn start(call: &Call) -> Result<Start, MeaninglessCall> {
    Ok(match call.word.as_str() {
        "minimum" => call.only(&[]).map(|()| Start::Minimum)?,
        "fan_in" => call.only(&[]).map(|()| Start::FanIn)?,
        "ball" => Start::Ball(call.single()?),
        "sphere" => Start::Sphere(call.single()?),
        "cube" => Start::Cube(call.single()?),
        _ => {
            return Err(MeaninglessCall::Unknown {
                word: call.word.clone(),
                known: STARTS,
            });
        }
    })
}

/// What a word estimates.
///
/// # Errors
/// [`MeaninglessCall`].
pub fn estimate(word: &str) -> Result<Estimate, MeaninglessCall> {
    Ok(match word {
        "inside" => Estimate::Inside,
        "contracts" => Estimate::Contracts,
        "captured" => Estimate::Captured,
        "below" => Estimate::Below,
        "escaped" => Estimate::Escaped,
        "fluctuation" => Estimate::Fluctuation,
        "logarithmic" => Estimate::Logarithmic,
        "lower" => Estimate::Lower,
        _ => {
            return Err(MeaninglessCall::Unknown {
                word: word.to_string(),
                known: ESTIMATES,
            });
        }
    })
}

impl Start {
    /// In words.
    #[must_use]
    pub fn describe(self) -> String {
        match self {
            Self::Minimum => "the minimum".into(),
            Self::Ball(radii) => format!("the ball of {radii} certified radii"),
            Self::Sphere(radii) => format!("the sphere of {radii} certified radii"),
            Self::Cube(scale) => format!("the cube of half width {scale}"),
            Self::FanIn => "weights drawn by their fan-in".into(),
        }
    }
}

impl Estimate {
    /// In words.
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Self::Inside => "share of runs that end in the certified box",
            Self::Contracts => {
                "share of runs that come nearer at every step at least as fast as certified"
            }
            Self::Captured => "share of runs that end in the basin of the minimum",
            Self::Below => "share of runs that end where the flow leads below the minimum",
            Self::Escaped => "share of runs that left the basin of the minimum",
            Self::Fluctuation => "mean square distance from the minimum, over the predicted one",
            Self::Logarithmic => "share of runs whose weights grow like log t",
            Self::Lower => "share of starts from which it ends lower",
        }
    }
}
