//! The plan of an experiment: what is trained, from where, how long, and what is measured.
//!
//! UNTRUSTED. Values that nobody gave come from [`super::defaults`].

use crate::kernel::surface::Unit;
use crate::train::algorithm::Method;
use crate::train::example::Examples;
use crate::train::network::Network;
use crate::train::objective::Objective;
use crate::train::preparation::{Inputs, Transform};
use crate::train::run::Limits;
use crate::train::sigmoid::Sigmoid;
use crate::unit::TrainingSet;

/// An experiment, but for its training set.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The network.
    pub model: Model,
    /// Changes to the data before training.
    pub preparation: Preparation,
    /// The algorithm, with its parameters.
    pub method: Method,
    /// Source of its learning rate.
    pub rate: Rate,
    /// Starts of the runs.
    pub start: Start,
    /// Limits of each run.
    pub limits: Limits,
    /// Runs: of each algorithm, cube or rate that is measured. See
    /// [`Quantity::default_runs`](super::defaults) for those that nobody gave.
    pub runs: usize,
    /// The seed of all randomness.
    pub seed: u64,
    /// The minimum that is meant.
    pub minimum: Sought,
    /// The quantity that is measured.
    pub quantity: Quantity,
}

/// The shape of a network.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Sizes of the hidden layers; none for a single unit.
    pub hidden: Vec<usize>,
    /// The sigmoid of the hidden units.
    pub sigmoid: Sigmoid,
    /// The sigmoid of the output, or of the single unit.
    pub output: Sigmoid,
}

/// Changes to the data before training.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Preparation {
    /// Preparation of the inputs.
    pub inputs: Inputs,
    /// Factor by which the targets are multiplied (lb98 §4.5).
    pub target_scale: f64,
}

impl Default for Preparation {
    /// The data as they are.
    fn default() -> Self {
        Self {
            inputs: Inputs::Raw,
            target_scale: 1.0,
        }
    }
}

/// Source of a learning rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rate {
    /// The method has it; where it is 0, it is chosen from the curvature at the first start.
    OfMethod,
    /// This part of the bound 2/L that is certified for batch descent.
    OfBound(f64),
}

/// Starts of runs.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// At these weights.
    At(Vec<f64>),
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

/// The minimum that an experiment is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Sought {
    /// A point near it; the highest that a search finds, if not given.
    pub near: Option<Vec<f64>>,
    /// Half width of the cube in which a search starts.
    pub scale: f64,
}

/// A quantity that an experiment measures.
#[derive(Clone, Debug, PartialEq)]
pub enum Quantity {
    /// The end of each run.
    Runs,
    /// The strict local minima that random starts find.
    Minima,
    /// Shares of starts that end in a minimum, by scale.
    Basins {
        /// Half widths of the cubes.
        scales: Vec<f64>,
        /// Every algorithm, not only the given one.
        every: bool,
    },
    /// Basins on the plane through minimum, origin and lower point.
    Map {
        /// Cells on each side.
        side: usize,
    },
    /// Escape from a minimum: of simple backpropagation at each of these rates, beside batch
    /// descent; or of the damped dynamics, where dampings are given.
    Escape {
        /// Learning rates.
        rates: Vec<f64>,
        /// Dampings β.
        betas: Vec<f64>,
        /// Mass at every damping; if not given, it is `1/(βη)` for each rate η, so that the strong
        /// limit is the same for all dampings.
        mass: Option<f64>,
    },
    /// Fluctuations of simple backpropagation around a minimum.
    Diffusion {
        /// Learning rates.
        rates: Vec<f64>,
    },
    /// Growth of weights along the flow.
    Growth,
    /// Estimates of the largest Hessian eigenvalue at the end of a run.
    Eigenvalues,
    /// Batch descent against simple backpropagation, over equally many passes.
    Comparison,
    /// Confirmation that the minimum attracts as certified.
    Confirmation,
    /// One number with an interval, as claims state it.
    Estimate {
        /// Which number.
        estimand: Estimand,
        /// Another algorithm; the difference to it is estimated then.
        against: Option<Method>,
    },
}

/// A number that can be estimated with an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Estimand {
    /// The share of runs that end in the certified box.
    Inside,
    /// The share of runs every step of which shrinks the distance to the minimum at least as
    /// certified.
    Contracts,
    /// The share of runs from whose end the gradient flow leads into the minimum.
    Captured,
    /// The share of runs from whose end the gradient flow leads below the minimum's error.
    Below,
    /// The share of runs that left the basin within their steps.
    Escaped,
    /// That share; another algorithm gets as much time of the flow.
    EscapedInTime,
    /// The share of runs that come to rest: the gradient vanishes to within the tolerance.
    Rests,
    /// The mean square distance from the mean over the predicted one (fi92, Theorem 4.1).
    Fluctuation,
    /// The share of runs whose weights grow like the logarithm of time; see
    /// [`Growth::is_logarithmic`](super::growth::Growth::is_logarithmic).
    Logarithmic,
    /// The share of starts from which the algorithm ends lower than the one that it is measured
    /// against, by more than [`MARGIN`](super::compare::MARGIN), after equally many passes.
    Lower,
    /// That share, after equal time of the flow.
    LowerInTime,
    /// That share after equally many passes, each at the best of its rates on a grid.
    LowerAtBest,
}

impl Plan {
    /// The objective that the plan makes of a training set.
    #[must_use]
    pub fn objective(&self, set: &TrainingSet) -> Objective {
        let mut examples = Examples::from(set);
        examples = Transform::of(&examples, self.preparation.inputs).examples(&examples);
        for target in &mut examples.targets {
            *target *= self.preparation.target_scale;
        }
        let Model {
            hidden,
            sigmoid,
            output,
        } = &self.model;
        let network = match (hidden.as_slice(), set.unit()) {
            // A logistic unit is what its training set is for.
            ([], Unit::Logistic) if *output == Sigmoid::TANH => {
                Network::unit(examples.columns(), Sigmoid::LOGISTIC)
            }
            ([], _) => Network::unit(examples.columns(), *output),
            (hidden, _) => Network::layered(examples.columns(), hidden, *sigmoid, *output),
        };
        Objective::new(network, examples)
    }

    /// Tells whether a certificate of the data is about what is trained: a single unit on the data as
    /// they are.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let bounded = [Sigmoid::TANH, Sigmoid::LOGISTIC].contains(&self.model.output);
        let unit = self.model.hidden.is_empty() && bounded;
        let Preparation {
            inputs,
            target_scale,
        } = self.preparation;
        unit && inputs == Inputs::Raw && (target_scale - 1.0).abs() <= 0.0
    }

    /// About how many times [`Control::finished`](super::Control::finished) will be called.
    #[must_use]
    pub fn counted_runs(&self) -> usize {
        match &self.quantity {
            Quantity::Runs | Quantity::Minima | Quantity::Comparison => self.runs,
            Quantity::Basins { scales, every } => {
                self.runs * scales.len() * if *every { super::rates::EVERY } else { 1 }
            }
            Quantity::Map { side } => side * side,
            Quantity::Escape { rates, betas, mass } => {
                let methods = match (betas.len(), mass) {
                    (0, _) => rates.len() + 1,
                    (dampings, Some(_)) => dampings,
                    (dampings, None) => rates.len() * dampings,
                };
                self.runs * methods
            }
            Quantity::Diffusion { rates } => self.runs * rates.len(),
            Quantity::Growth | Quantity::Eigenvalues | Quantity::Confirmation => 1,
            Quantity::Estimate { against, .. } => self.runs * (1 + usize::from(against.is_some())),
        }
    }

    /// Most steps of the run, where there is only one whose steps
    /// [`Control::watch`](super::Control::watch) will be told of.
    #[must_use]
    pub fn counted_steps(&self) -> Option<u64> {
        let single = match self.quantity {
            Quantity::Runs => self.runs == 1,
            Quantity::Growth | Quantity::Eigenvalues => true,
            Quantity::Minima
            | Quantity::Basins { .. }
            | Quantity::Map { .. }
            | Quantity::Escape { .. }
            | Quantity::Diffusion { .. }
            | Quantity::Comparison
            | Quantity::Confirmation
            | Quantity::Estimate { .. } => false,
        };
        single.then_some(self.limits.steps)
    }
}

impl Start {
    /// Describes it in words.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::At(_) => "the given weights".into(),
            Self::Minimum => "the minimum".into(),
            Self::Ball(radii) => format!("the ball of {radii} certified radii"),
            Self::Sphere(radii) => format!("the sphere of {radii} certified radii"),
            Self::Cube(scale) => format!("the cube of half width {scale}"),
            Self::FanIn => "weights drawn by their fan-in".into(),
        }
    }
}

impl Estimand {
    /// Describes it in words.
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
            Self::EscapedInTime => {
                "share of runs that left the basin of the minimum, in equal time of the flow"
            }
            Self::Rests => "share of runs that come to rest",
            Self::Fluctuation => "mean square distance from the mean, over the predicted one",
            Self::Logarithmic => "share of runs whose weights grow like log t",
            Self::Lower => "share of starts from which it ends lower",
            Self::LowerInTime => {
                "share of starts from which it ends lower, after equal time of the flow"
            }
            Self::LowerAtBest => {
                "share of starts from which it ends lower, each at its best rate of a grid"
            }
        }
    }
}
