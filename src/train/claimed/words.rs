//! The words of an experiment: algorithms, starts and estimates by name, with named numbers.
//!
//! UNTRUSTED.

use crate::kernel::number::Rational;
use crate::train::algorithm::conjugate::Factor;
use crate::train::algorithm::schedule::Schedule;
use crate::train::algorithm::{Method, batch, damped, diagonal, flow, momentum, newton, online};
use crate::train::experiment::plan::{Estimand, Model, Rate, Start};
use crate::train::sigmoid::Sigmoid;
use num_traits::ToPrimitive;
use thiserror::Error;

/// A word with numbers, such as `online(rate = 1/10)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The word.
    pub word: String,
    /// The numbers, some with names.
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
        /// Words that would be known.
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

/// The words for algorithms.
const METHODS: &str = "batch, online, flow, stiff_flow, momentum, damped, diagonal, newton, conjugate, \
                       fletcher_reeves, bfgs, gauss_newton, levenberg_marquardt";
/// The words for starts.
const STARTS: &str = "minimum, ball, sphere, cube, fan_in";
/// The words for what is estimated.
const ESTIMANDS: &str = "inside, contracts, captured, below, escaped, escaped_in_time, rests, fluctuation, logarithmic, \
     lower, lower_in_time, lower_at_best";

impl Call {
    /// The number with this name, exactly.
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

    /// Refuses the word, where only the `known` ones mean something.
    fn unknown<T>(&self, known: &'static str) -> Result<T, MeaninglessCall> {
        Err(MeaninglessCall::Unknown {
            word: self.word.clone(),
            known,
        })
    }

    /// The only number, positive and without a name.
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
    let plain = |method: Method| call.only(&[]).map(|()| method);
    match call.word.as_str() {
        // Its rate is known when the bound is.
        "batch" if matches!(rate(call), Rate::OfBound(_)) => {
            call.only(&["of_bound"])?;
            Ok(Method::Batch(batch::Settings::plain(0.0)))
        }
        "batch" => {
            call.only(&["rate"])?;
            Ok(Method::Batch(batch::Settings::plain(call.number("rate")?)))
        }
        "online" => {
            call.only(&["rate", "anneal"])?;
            let simple = online::Settings::simple(call.number("rate")?);
            let after = call.exact("anneal").and_then(ToPrimitive::to_f64);
            let schedule = after.map_or(Schedule::Constant, |after| Schedule::Annealed { after });
            Ok(Method::Online(online::Settings { schedule, ..simple }))
        }
        "momentum" => {
            call.only(&["rate", "momentum"])?;
            Ok(Method::Momentum(momentum::Settings {
                rate: call.number("rate")?,
                momentum: call.number("momentum")?,
                ..momentum::Settings::default()
            }))
        }
        "damped" => damped(call).map(Method::Damped),
        "diagonal" => {
            call.only(&["rate", "regularisation"])?;
            Ok(Method::Diagonal(diagonal::Settings {
                rate: call.number("rate")?,
                regularisation: call.number("regularisation")?,
                ..diagonal::Settings::default()
            }))
        }
        "flow" => plain(Method::Flow(flow::Settings::FINE)),
        "stiff_flow" => plain(Method::Flow(flow::Settings::STIFF)),
        "newton" => plain(Method::Newton(newton::Settings::FULL)),
        "conjugate" => plain(Method::Conjugate(Factor::PolakRibiere)),
        "fletcher_reeves" => plain(Method::Conjugate(Factor::FletcherReeves)),
        "bfgs" => plain(Method::Bfgs),
        "gauss_newton" => plain(Method::GaussNewton),
        "levenberg_marquardt" => plain(Method::LevenbergMarquardt),
        _ => call.unknown(METHODS),
    }
}

/// The damped dynamics with one impulse in a unit of time.
///
/// A rate stands for a mass: simple backpropagation of rate `1/(β μ)` is what the dynamics tends to
/// as the damping grows, so the mass is the one for which that rate is the given one.
fn damped(call: &Call) -> Result<damped::Settings, MeaninglessCall> {
    call.only(&["rate", "mass", "beta"])?;
    let beta = call.number("beta")?;
    let (rate, exact) = (call.exact("rate"), call.exact("beta"));
    let mass = rate
        .zip(exact)
        .and_then(|(rate, beta)| (rate * beta).recip().to_f64());
    let mass = mass.map_or_else(|| call.number("mass"), Ok)?;
    Ok(damped::Settings::impulses(beta, mass))
}

/// Source of an algorithm's rate: as a part of the certified bound, if the word says so.
#[must_use]
pub fn rate(call: &Call) -> Rate {
    let part = (call.word == "batch").then(|| call.number("of_bound").ok());
    part.flatten().map_or(Rate::OfMethod, Rate::OfBound)
}

/// The starts that a word names.
///
/// # Errors
/// [`MeaninglessCall`].
pub fn start(call: &Call) -> Result<Start, MeaninglessCall> {
    match call.word.as_str() {
        "minimum" => call.only(&[]).map(|()| Start::Minimum),
        "fan_in" => call.only(&[]).map(|()| Start::FanIn),
        "ball" => call.single().map(Start::Ball),
        "sphere" => call.single().map(Start::Sphere),
        "cube" => call.single().map(Start::Cube),
        _ => call.unknown(STARTS),
    }
}

/// The number that a word estimates.
///
/// # Errors
/// [`MeaninglessCall`].
pub fn estimand(word: &str) -> Result<Estimand, MeaninglessCall> {
    Ok(match word {
        "inside" => Estimand::Inside,
        "contracts" => Estimand::Contracts,
        "captured" => Estimand::Captured,
        "below" => Estimand::Below,
        "escaped" => Estimand::Escaped,
        "escaped_in_time" => Estimand::EscapedInTime,
        "rests" => Estimand::Rests,
        "fluctuation" => Estimand::Fluctuation,
        "logarithmic" => Estimand::Logarithmic,
        "lower" => Estimand::Lower,
        "lower_in_time" => Estimand::LowerInTime,
        "lower_at_best" => Estimand::LowerAtBest,
        _ => {
            return Err(MeaninglessCall::Unknown {
                word: word.to_string(),
                known: ESTIMANDS,
            });
        }
    })
}

/// The network with these hidden layers of tanh units; a single unit is that of its training set.
#[must_use]
pub fn model(hidden: Vec<usize>, linear: bool) -> Model {
    let output = if linear && !hidden.is_empty() {
        Sigmoid::LINEAR
    } else {
        Sigmoid::TANH
    };
    Model {
        hidden,
        sigmoid: Sigmoid::TANH,
        output,
    }
}

/// A point in doubles, if one is given.
#[must_use]
pub fn point(exact: &[Rational]) -> Option<Vec<f64>> {
    let point: Option<Vec<f64>> = exact.iter().map(ToPrimitive::to_f64).collect();
    point.filter(|point| !point.is_empty())
}
