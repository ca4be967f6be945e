//! One training job: a training set, what to do with it, and a report.
//!
//! UNTRUSTED. This is what the command line calls; everything in it can be had from the modules directly.

use super::algorithm::{Method, RateScale, batch, damped, flow, online, presentation::Order};
use super::example::Examples;
use super::experiment::confirm::Confirmation;
use super::experiment::ends::{Found, Search, search};
use super::experiment::{Control, basins, certified, compare, diffusion, escape, growth, plane};
use super::network::Network;
use super::number::{norm, real64, whole};
use super::objective::Objective;
use super::preparation::{Inputs, Transform, initial_weights};
use super::report::{Eigenvalues, Report, Result as Measured};
use super::run::{Limits, Run, run as run_one, stationary};
use super::seed::{cube, generator};
use super::sigmoid::Sigmoid;
use super::spectrum;
use super::validation;
use crate::kernel::surface::Unit;
use crate::unit::TrainingSet;
use rayon::prelude::*;
use thiserror::Error;

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
    },
    /// Basins on the plane through minimum, origin and lower point.
    Map {
        /// Cells on each side.
        side: usize,
    },
    /// Escape from a minimum, for each of these rates (simple backpropagation) or dampings (damped dynamics at the same rate `1/(βμ)`).
    Escape {
        /// Learning rates.
        rates: Vec<f64>,
        /// Dampings β.
        betas: Vec<f64>,
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
    /// The sigmoid of the output of a layered network.
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

/// Why a job cannot be done.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum JobError {
    /// A list of weights has the wrong length.
    #[error("{what} has {found} weights; this network has {expected}")]
    Length {
        /// Which list.
        what: &'static str,
        /// Weights of the network.
        expected: usize,
        /// Weights given.
        found: usize,
    },
    /// The experiment is about a minimum, and none was found.
    #[error("no strict local minimum was found in {0} starts; give one with --minimum")]
    NoMinimum(usize),
    /// The given point does not lead to a strict local minimum.
    #[error("Newton's method from the given point ends in no strict local minimum")]
    NotMinimum,
    /// A certificate is about a single unit on the data as they are.
    #[error(
        "a certificate is about a single unit on the data as they are: no hidden layers, no other sigmoid, no preparation"
    )]
    NotTheData,
    /// The prover finds no certificate for the minimum.
    #[error("no certificate was found for the minimum")]
    NoCertificate,
    /// A number is out of range.
    #[error("{what} must be {range}")]
    Range {
        /// Which number.
        what: &'static str,
        /// What it must be.
        range: &'static str,
    },
}

impl Options {
    /// How many times [`Control::finished`] will be called, about.
    #[must_use]
    pub fn runs(&self) -> usize {
        match &self.task {
            Task::Run | Task::Search | Task::Compare => self.starts,
            Task::Basins { scales } => self.starts * scales.len(),
            Task::Map { side } => side * side,
            Task::Escape { rates, betas } => self.starts * rates.len() * betas.len().max(1),
            Task::Diffusion { rates } => self.starts * rates.len(),
            Task::Growth | Task::Eigenvalues | Task::Confirm => 1,
        }
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
            ([], Unit::Tanh) => Network::unit(examples.columns(), self.sigmoid),
            ([], Unit::Logistic) => Network::unit(examples.columns(), Sigmoid::LOGISTIC),
            (hidden, _) => Network::layered(examples.columns(), hidden, self.sigmoid, self.output),
        };
        Objective::new(network, examples)
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
pub fn run(set: &TrainingSet, options: &Options, control: Control<'_>) -> Result<Report, JobError> {
    let objective = options.objective(set);
    let n = objective.dimension();
    let lists = [("--start", &options.start), ("--minimum", &options.minimum)];
    for (what, list) in lists {
        if let Some(found) = list.as_ref().map(Vec::len).filter(|found| *found != n) {
            return Err(JobError::Length { what, expected: n, found });
        }
    }
    let start = options.start(&objective, control.seed, 0);
    let method = chosen(&options.method, &objective, &start);
    validation::check(options)?;
    let result = measure(set, &objective, options, &method, &start, control)?;
    Ok(Report::new(set, &method, control, result))
}

/// The method with every rate that is not positive chosen: `1/λ` for the batch, with λ the largest eigenvalue of the square of the Jacobian
/// at the start (lb98 (39)); for one example at a time half of what the steepest example allows.
fn chosen(method: &Method, objective: &Objective, start: &[f64]) -> Method {
    let largest = objective.jacobian_square(start).symmetric_eigenvalues().max();
    let batch = if largest > 0.0 { rounded(1.0 / largest) } else { 0.01 };
    let online = rounded(0.5 / objective.steepest(start).max(f64::MIN_POSITIVE));
    let or = |rate: f64, chosen: f64| if rate > 0.0 { rate } else { chosen };
    let mut method = method.clone();
    match &mut method {
        Method::Batch(settings) => settings.rate = or(settings.rate, batch),
        Method::Online(settings) => settings.rate = or(settings.rate, online),
        Method::Momentum(settings) => settings.rate = or(settings.rate, if settings.online { online } else { batch }),
        Method::Diagonal(settings) => settings.rate = or(settings.rate, 0.01),
        Method::Flow(_)
        | Method::Damped(_)
        | Method::Newton(_)
        | Method::Conjugate
        | Method::Bfgs
        | Method::GaussNewton
        | Method::LevenbergMarquardt => {}
    }
    method
}

/// To two significant digits, downwards, so that a report can name it.
fn rounded(rate: f64) -> f64 {
    let unit = 10f64.powf(rate.log10().floor() - 1.0);
    (rate / unit).floor() * unit
}

fn measure(
    set: &TrainingSet,
    objective: &Objective,
    options: &Options,
    method: &Method,
    start: &[f64],
    control: Control<'_>,
) -> Result<Measured, JobError> {
    let limits = &options.limits;
    let about = || about(objective, options, control);
    Ok(match &options.task {
        Task::Run => Measured::Runs(runs(objective, options, method, control)),
        Task::Search => Measured::Search(search(objective, options.starts, options.scale.unwrap_or(3.0), control)),
        Task::Basins { scales } => {
            let (scales, methods) = (scales.clone(), vec![(method.clone(), limits.steps)]);
            let plan = basins::Plan { minimum: about()?.0, methods, scales, starts: options.starts };
            Measured::Basins(basins::basins(objective, &plan, control))
        }
        Task::Map { side } => {
            let (minimum, lower) = about()?;
            Measured::Map(plane::map(objective, &minimum, &lower, *side, control))
        }
        Task::Escape { rates, betas } => {
            let plan = escape::Plan {
                methods: escapes(rates, betas),
                minimum: about()?.0,
                runs: options.starts,
                steps: limits.steps,
                interval: (limits.steps / 200).max(1),
                safe: SAFE,
            };
            Measured::Escape(escape::escape(objective, &plan, control))
        }
        Task::Diffusion { rates } => {
            let size = (options.starts, MEMORIES);
            Measured::Diffusion(diffusion::fluctuations(objective, &about()?.0.weights, rates, size, control))
        }
        Task::Growth => {
            let method = Method::Flow(flow::Settings { tolerance: 1e-9 });
            let run = run_one(objective, &method, start, limits, &mut generator(control.seed, 0), control.stop);
            Measured::Growth(growth::growth(objective, &run))
        }
        Task::Eigenvalues => {
            let run = run_one(objective, method, start, limits, &mut generator(control.seed, 0), control.stop);
            Measured::Eigenvalues(estimates(objective, run, control))
        }
        Task::Compare => Measured::Comparison(comparison(objective, options, control)),
        Task::Confirm => Measured::Confirmation(confirmed(set, options, about, control)?),
    })
}

/// Nothing is asked in this ball around a minimum.
const SAFE: f64 = 0.1;
/// Length of a diffusion run, in memories of the slowest direction.
const MEMORIES: f64 = 50.0;
/// What counts as a lower end.
const MARGIN: f64 = 0.01;

fn runs(objective: &Objective, options: &Options, method: &Method, control: Control<'_>) -> Vec<Run> {
    let one = |index: u64| {
        let start = options.start(objective, control.seed, index);
        let mut noise = generator(control.seed, super::experiment::RUNS + index);
        let run = run_one(objective, method, &start, &options.limits, &mut noise, control.stop);
        (control.finished)();
        run
    };
    let count = u64::try_from(options.starts).unwrap_or(u64::MAX);
    (0..count).into_par_iter().map(one).collect()
}

/// The minimum that the experiment is about, and the lowest point that is known.
fn about(objective: &Objective, options: &Options, control: Control<'_>) -> Result<(Found, Vec<f64>), JobError> {
    const STARTS: usize = 256;
    let quiet = Control { finished: &|| {}, ..control };
    let Search { minima, lowest, lowest_at } = search(objective, STARTS, options.scale.unwrap_or(3.0), quiet);
    let Some(given) = &options.minimum else {
        let highest = minima.into_iter().next_back().ok_or(JobError::NoMinimum(STARTS))?;
        return Ok((highest, lowest_at));
    };
    let method = Method::Newton(super::algorithm::newton::Settings { factor: 1.0 });
    let end = run_one(objective, &method, given, &Limits::default(), &mut generator(control.seed, 0), control.stop);
    let strict = stationary(objective, &end.weights, &Limits::default()) == Some(super::run::Outcome::Converged);
    if !strict {
        return Err(JobError::NotMinimum);
    }
    let spurious = end.error > lowest + 1e-6 * (1.0 + lowest.abs());
    Ok((Found { weights: end.weights, error: end.error, spurious }, lowest_at))
}

/// Simple backpropagation at each rate; or, for each rate and damping, the damped dynamics whose strong limit it is.
fn escapes(rates: &[f64], betas: &[f64]) -> Vec<Method> {
    let simple = |rate: &f64| {
        let (scale, schedule) = (RateScale::Same, online::Schedule::Constant);
        Method::Online(online::Settings { rate: *rate, scale, schedule, order: Order::Random })
    };
    let damped = |rate: f64, beta: f64| {
        Method::Damped(damped::Settings { beta, masses: vec![1.0 / (beta * rate)], interval: 1.0, batch: false })
    };
    if betas.is_empty() {
        return rates.iter().map(simple).collect();
    }
    rates.iter().flat_map(|rate| betas.iter().map(|beta| damped(*rate, *beta))).collect()
}

fn confirmed(
    set: &TrainingSet,
    options: &Options,
    about: impl Fn() -> Result<(Found, Vec<f64>), JobError>,
    control: Control<'_>,
) -> Result<Confirmation, JobError> {
    let raw = options.hidden.is_empty() && options.inputs == Inputs::Raw;
    let plain = options.sigmoid == Sigmoid::TANH && (options.target_scale - 1.0).abs() <= 0.0;
    if !(raw && plain) {
        return Err(JobError::NotTheData);
    }
    let minimum = certified::certify(set.plain(), &about()?.0.weights).ok_or(JobError::NoCertificate)?;
    certified::confirm_minimum(&minimum, options.starts, control).ok_or(JobError::NoCertificate)
}

fn estimates(objective: &Objective, run: Run, control: Control<'_>) -> Eigenvalues {
    let w = &run.weights;
    let seed = |index| generator(control.seed, super::experiment::RUNS + index);
    let leak = spectrum::Leak { alpha: 1e-4 * (1.0 + norm(w)), gamma: 0.003 };
    Eigenvalues {
        exact: spectrum::eigenvalues(objective, w),
        power: spectrum::power(objective, w, 200, &mut seed(0)).eigenvalue,
        taylor: spectrum::taylor(objective, w, 1e-5, 200, &mut seed(1)).eigenvalue,
        online: spectrum::online(objective, w, leak, 20_000, &mut seed(2)).eigenvalue,
        outcome: run.outcome,
        weights: run.weights,
    }
}

fn comparison(objective: &Objective, options: &Options, control: Control<'_>) -> compare::Comparison {
    let start = options.start(objective, control.seed, 0);
    let batch = Method::Batch(batch::Settings { rate: 0.0, scale: RateScale::Same });
    let batch = chosen(&batch, objective, &start);
    let online = match &options.method {
        Method::Online(_) => options.method.clone(),
        Method::Batch(_)
        | Method::Flow(_)
        | Method::Momentum(_)
        | Method::Damped(_)
        | Method::Diagonal(_)
        | Method::Newton(_)
        | Method::Conjugate
        | Method::Bfgs
        | Method::GaussNewton
        | Method::LevenbergMarquardt => escapes(&[0.0], &[]).remove(0),
    };
    let online = chosen(&online, objective, &start);
    let passes = options.limits.steps;
    let presentations = whole(real64(passes) * objective.examples().total());
    compare::compare(objective, [(&batch, passes), (&online, presentations)], options.starts, MARGIN, control)
}
