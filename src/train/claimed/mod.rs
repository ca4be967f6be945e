//! Experiments as claims of the ledger: what is run, what is estimated, which interval is claimed, and what came out.
//!
//! UNTRUSTED. A measurement supports a claim, contradicts it, or decides nothing; it never proves it. Where an experiment is about a certified minimum, the
//! certificate is made and checked by the kernel first, in the same process.

mod measure;
mod words;

pub use measure::measure;
pub use words::{Call, MeaninglessCall, bounded_rate, estimate, method, start};

use super::algorithm::Method;
use super::network::Network;
use super::objective::Objective;
use super::sigmoid::Sigmoid;
use crate::kernel::number::Rational;
use crate::train::example::Examples;
use crate::unit::TrainingSet;
use num_traits::ToPrimitive;
use serde::Serialize;

/// How large an experiment is run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// In a fraction of a second.
    #[default]
    Reduced,
    /// As recorded.
    Full,
}

/// Where runs start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Start {
    /// In the minimum.
    Minimum,
    /// Uniform in the ball of so many certified radii around the certified centre.
    Ball(f64),
    /// On the sphere of so many certified radii around the certified centre.
    Sphere(f64),
    /// Uniform in the cube of this half width.
    Cube(f64),
    /// By the fan-in of each weight (lb98 (16)).
    FanIn,
}

/// What is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Estimate {
    /// The share of runs that end in the certified box.
    Inside,
    /// The share of runs every step of which shrinks the distance to the minimum at least as certified.
    Contracts,
    /// The share of runs from whose end the gradient flow leads into the minimum.
    Captured,
    /// The share of runs from whose end the gradient flow leads below the minimum's error.
    Below,
    /// The share of runs that left the basin within their steps.
    Escaped,
    /// The mean square distance from the minimum over the predicted one (fi92, Theorem 4.1).
    Fluctuation,
    /// The share of runs whose weights grow like the logarithm of time: `t w'` of each varies by at most a tenth of the largest over the last decade.
    Logarithmic,
    /// The share of starts from which the algorithm ends lower, by one per cent or more, than the one that it is measured against.
    Lower,
}

/// What is claimed of the estimate: that it lies between these bounds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claimed {
    /// The lower bound.
    pub lower: Option<Rational>,
    /// The upper bound.
    pub upper: Option<Rational>,
}

/// An experiment as a claim states it.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The training set.
    pub set: TrainingSet,
    /// Sizes of hidden tanh layers; none for a single unit.
    pub hidden: Vec<usize>,
    /// Whether the output of a network with hidden layers is linear.
    pub linear: bool,
    /// A point near the minimum that it is about, exactly as written.
    pub minimum: Vec<Rational>,
    /// The algorithm.
    pub method: Method,
    /// Take the rate of batch descent as this part of the certified bound 2/L.
    pub of_bound: Option<f64>,
    /// Another algorithm; the difference to it is estimated then.
    pub against: Option<Method>,
    /// Where runs start.
    pub start: Start,
    /// Steps of each run.
    pub steps: u64,
    /// Runs by default, and in full.
    pub runs: [usize; 2],
    /// The seed.
    pub seed: u64,
    /// What is estimated.
    pub estimate: Estimate,
    /// What is claimed of it.
    pub claimed: Claimed,
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measurement {
    /// What was estimated, in words.
    pub quantity: &'static str,
    /// What was run, in words.
    pub experiment: String,
    /// The seed.
    pub seed: u64,
    /// How many runs were made.
    pub repetitions: usize,
    /// How many the claim asks for.
    pub full: usize,
    /// The estimate.
    pub estimate: f64,
    /// A confidence interval for what is estimated.
    pub interval: [f64; 2],
    /// Its confidence level.
    pub confidence: f64,
    /// The claimed interval.
    pub claimed: String,
    /// Whether the interval lies in the claimed one (true), apart from it (false), or neither (null).
    pub supports: Option<bool>,
}

/// Why an experiment cannot be made.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum Impossible {
    /// The kernel accepts no certificate of attraction.
    #[error("no region around the minimum could be certified")]
    NoRegion,
    /// There is no strict local minimum.
    #[error("there is no strict local minimum near the given point")]
    NoMinimum,
    /// The experiment needs a rate.
    #[error("this estimate needs simple backpropagation with a constant rate")]
    NoRate,
    /// The experiment needs another algorithm to compare with.
    #[error("this estimate needs another algorithm: `against`")]
    NothingAgainst,
    /// No run gave a number.
    #[error("no run came to an end")]
    NoRuns,
}

impl Plan {
    /// The objective.
    #[must_use]
    pub fn objective(&self) -> Objective {
        let examples = Examples::from(&self.set);
        let network = if self.hidden.is_empty() {
            Network::unit(examples.columns(), Sigmoid::of(self.set.unit()))
        } else {
            let output = if self.linear {
                Sigmoid::LINEAR
            } else {
                Sigmoid::TANH
            };
            Network::layered(examples.columns(), &self.hidden, Sigmoid::TANH, output)
        };
        Objective::new(network, examples)
    }
}

impl Claimed {
    /// Whether an interval lies between the bounds, apart from what lies between them, or neither.
    #[must_use]
    pub fn holds(&self, [low, high]: [f64; 2]) -> Option<bool> {
        let bound = |bound: &Option<Rational>| bound.as_ref().and_then(ToPrimitive::to_f64);
        let (lower, upper) = (
            bound(&self.lower).unwrap_or(f64::NEG_INFINITY),
            bound(&self.upper).unwrap_or(f64::INFINITY),
        );
        if low >= lower && high <= upper {
            Some(true)
        } else if high < lower || low > upper {
            Some(false)
        } else {
            None
        }
    }
}

impl std::fmt::Display for Claimed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.lower, &self.upper) {
            (Some(lower), Some(upper)) => write!(f, "between {lower} and {upper}"),
            (Some(lower), None) => write!(f, "at least {lower}"),
            (None, Some(upper)) => write!(f, "at most {upper}"),
            (None, None) => f.write_str("any number"),
        }
    }
}
