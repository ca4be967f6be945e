//! One training job: a training set, what to do with it, and a report.
//!
//! UNTRUSTED. This is what the command line calls; everything in it can be had from the modules directly.

mod error;
mod experiments;
mod rates;

pub use error::JobError;

use super::algorithm::Method;
use super::example::Examples;
use super::experiment::Control;
use super::experiment::finding::TrainReport;
use super::network::Network;
use super::objective::Objective;
use super::preparation::{Inputs, Transform, initial_weights};
use super::run::Limits;
use super::seed::{cube, generator};
use super::sigmoid::Sigmoid;
use super::validation;
use crate::kernel::surface::Unit;
use crate::unit::TrainingSet;

/// What to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Task {
    /// Train once, or from several starts.
    Run,
    /// Look for strict local minima.
    Search,
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
    /// Escape from a minimum: of simple backpropagation at each of these rates, beside batch descent; or of the damped dynamics.
    Escape {
        /// Learning rates.
        rates: Vec<f64>,
        /// Dampings β.
        betas: Vec<f64>,
        /// Mass at every damping; if not given, it is `1/(βη)` for each rate η, so that the strong limit is the same for all dampings.
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
    Compare,
    /// Certify the minimum, and confirm that it attracts.
    Confirm,
}

/// A job.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Sizes of the hidden layers; none for a single unit.
    pub hidden: Vec<usize>,
    /// The sigmoid of the hidden units.
    pub sigmoid: Sigmoid,
    /// The sigmoid of the output, or of the single unit.
    pub output: Sigmoid,
    /// Preparation of the inputs.
    pub inputs: Inputs,
    /// Factor by which the targets are multiplied (lb98 §4.5).
    pub target_scale: f64,
    /// The algorithm; rates that are not positive are chosen from the curvature at the start.
    pub method: Method,
    /// What to do.
    pub task: Task,
    /// Where to start; random if not given.
    pub start: Option<Vec<f64>>,
    /// Half width of the cube of random starts; by fan-in (lb98 (16)) for layered networks if not given, else 1.
    pub scale: Option<f64>,
    /// Number of starts or runs.
    pub starts: usize,
    /// The minimum that an experiment is about; the highest spurious one that a search finds, if not given.
    pub minimum: Option<Vec<f64>>,
    /// When runs end.
    pub limits: Limits,
}

impl Options {
    /// How many times [`Control::finished`] will be called, about.
    #[must_use]
    pub fn runs(&self) -> usize {
        match &self.task {
            Task::Run | Task::Search | Task::Compare => self.starts,
            Task::Basins { scales, every } => {
                self.starts * scales.len() * if *every { rates::EVERY } else { 1 }
            }
            Task::Map { side } => side * side,
            Task::Escape { rates, betas, mass } => {
                let rates = if mass.is_some() && !betas.is_empty() {
                    1
                } else {
                    rates.len()
                };
                self.starts
                    * if betas.is_empty() {
                        rates + 1
                    } else {
                        rates * betas.len()
                    }
            }
            Task::Diffusion { rates } => self.starts * rates.len(),
            Task::Growth | Task::Eigenvalues | Task::Confirm => 1,
        }
    }

    /// Most steps of the run, where there is only one whose steps [`Control::watch`] will be told of.
    #[must_use]
    pub fn steps(&self) -> Option<u64> {
        let single = match self.task {
            Task::Run => self.starts == 1,
            Task::Growth | Task::Eigenvalues => true,
            Task::Search
            | Task::Basins { .. }
            | Task::Map { .. }
            | Task::Escape { .. }
            | Task::Diffusion { .. }
            | Task::Compare
            | Task::Confirm => false,
        };
        single.then_some(self.limits.steps)
    }

    /// The objective that these options make of a training set.
    #[must_use]
    pub fn objective(&self, set: &TrainingSet) -> Objective {
        let mut examples = Examples::from(set);
        examples = Transform::of(&examples, self.inputs).examples(&examples);
        for target in &mut examples.targets {
            *target *= self.target_scale;
        }
        let network = match (self.hidden.as_slice(), set.unit()) {
            ([], Unit::Tanh) => Network::unit(examples.columns(), self.output),
            ([], Unit::Logistic) => Network::unit(examples.columns(), Sigmoid::LOGISTIC),
            (hidden, _) => Network::layered(examples.columns(), hidden, self.sigmoid, self.output),
        };
        Objective::new(network, examples)
    }

    /// Whether a certificate of the data is about what is trained: a single unit on the data as they are.
    fn is_plain(&self) -> bool {
        let raw = self.hidden.is_empty() && self.inputs == Inputs::Raw;
        raw && self.output == Sigmoid::TANH && (self.target_scale - 1.0).abs() <= 0.0
    }

    fn start(&self, objective: &Objective, seed: u64, index: u64) -> Vec<f64> {
        let mut generator = generator(seed, index);
        match (&self.start, self.scale) {
            (Some(start), _) => start.clone(),
            (None, None) if objective.network().as_unit().is_none() => {
                initial_weights(objective.network(), &mut generator)
            }
            (None, scale) => cube(&mut generator, objective.dimension(), scale.unwrap_or(1.0)),
        }
    }
}

/// Does the job.
///
/// # Errors
///
/// [`JobError`] before anything is run, or when the minimum that it is about is not to be found.
pub fn run(
    set: &TrainingSet,
    options: &Options,
    control: Control<'_>,
) -> Result<TrainReport, JobError> {
    let objective = options.objective(set);
    let n = objective.dimension();
    let lists = [("--start", &options.start), ("--minimum", &options.minimum)];
    for (what, list) in lists {
        if let Some(found) = list.as_ref().map(Vec::len).filter(|found| *found != n) {
            return Err(JobError::Length {
                what,
                expected: n,
                found,
            });
        }
    }
    let start = options.start(&objective, control.seed, 0);
    let method = rates::chosen(&options.method, &objective, &start);
    validation::check(options)?;
    let result = experiments::measure(set, &objective, options, &method, &start, control)?;
    Ok(TrainReport::new(set, &method, control, result))
}
