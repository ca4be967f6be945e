//! `spurious train`: a unit, or a small network, trained by the papers' algorithms.

use super::{Failure, Format, Status, Streams};
use crate::kernel::surface::Unit;
use crate::train::algorithm::presentation::Order;
use crate::train::algorithm::{Method, RateScale, batch, damped, diagonal, flow, momentum, newton, online};
use crate::train::experiment::Control;
use crate::train::figure::figure;
use crate::train::job::{self, JobError, Options, Task};
use crate::train::preparation::Inputs;
use crate::train::report::Report;
use crate::train::run::Limits;
use crate::train::sigmoid::Sigmoid;
use crate::train::table;
use crate::unit::{DataError, Reading, TrainingSet};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Train a unit, or a small tanh network, with the papers' algorithms, or measure where they end
///
/// What it prints are measurements in floating point, with a seed; nothing is proved here.
///
/// Exit status: 0 the run converged, the experiment was finished; 1 it diverged, stopped at its limit, or was interrupted; 2 wrong usage or input.
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "independent flags")]
pub(super) struct TrainArguments {
    /// Training set, CSV or JSON
    #[arg(value_name = "DATA")]
    data: PathBuf,
    /// The response of the single unit
    #[arg(long, value_enum, default_value_t = Response::Tanh)]
    unit: Response,
    /// Add the constant input 1 as the last one
    #[arg(long)]
    threshold: bool,
    /// Sizes of hidden tanh layers; each unit then has a threshold of its own
    #[arg(long, value_delimiter = ',', value_name = "N,…")]
    hidden: Vec<usize>,
    /// The output of a network with hidden layers
    #[arg(long, value_enum, default_value_t = Output::Tanh)]
    output_unit: Output,
    /// Use the recommended sigmoid 1.7159 tanh(2u/3)
    #[arg(long)]
    recommended: bool,
    /// Add this much of the identity to the sigmoid
    #[arg(long, default_value_t = 0.0, value_name = "A")]
    twist: f64,
    /// Preparation of the inputs
    #[arg(long, value_enum, default_value_t = Prepared::Raw)]
    inputs: Prepared,
    /// Multiply the targets
    #[arg(long, default_value_t = 1.0, value_name = "FACTOR")]
    target_scale: f64,

    /// The algorithm
    #[arg(long, value_enum, default_value_t = Algorithm::Batch)]
    algorithm: Algorithm,
    /// Learning rate of the error summed over the examples; chosen from the curvature if not given
    #[arg(long, default_value_t = 0.0, value_name = "ETA")]
    rate: f64,
    /// How rates differ by weight
    #[arg(long, value_enum, default_value_t = Scaling::Same)]
    rate_scale: Scaling,
    /// Present shuffled passes instead of random draws
    #[arg(long)]
    shuffle: bool,
    /// Anneal the online rate: halved after this many presentations, then as 1/t
    #[arg(long, value_name = "N", conflicts_with = "adaptive")]
    anneal: Option<f64>,
    /// Adapt the online rate, with the constants alpha, beta and delta
    #[arg(long, value_delimiter = ',', num_args = 3, value_name = "A,B,D")]
    adaptive: Option<Vec<f64>>,
    /// Strength of momentum
    #[arg(long, default_value_t = 0.9, value_name = "MU")]
    momentum: f64,
    /// One example at a time, for momentum and damped dynamics
    #[arg(long)]
    online: bool,
    /// Damping of the second-order dynamics
    #[arg(long, default_value_t = 1.0)]
    beta: f64,
    /// Mass of every weight, or one for each
    #[arg(long, value_delimiter = ',', default_value = "1", value_name = "M,…")]
    mass: Vec<f64>,
    /// Time between impulses
    #[arg(long, default_value_t = 0.02, value_name = "T")]
    interval: f64,
    /// Regularisation of the stochastic diagonal Levenberg–Marquardt method
    #[arg(long, default_value_t = 0.1, value_name = "MU")]
    regularisation: f64,

    /// What to measure
    #[arg(long, value_enum, default_value_t = Experiment::Run)]
    experiment: Experiment,
    /// Start at these weights
    #[arg(long, value_delimiter = ',', allow_hyphen_values = true, value_name = "W,…")]
    start: Option<Vec<f64>>,
    /// Half width of the cube of random starts
    #[arg(long)]
    scale: Option<f64>,
    /// Number of starts, or of runs; 1 for a run, enough for seconds of work for an experiment
    #[arg(long, value_name = "N")]
    starts: Option<usize>,
    /// A point near the minimum that the experiment is about
    #[arg(long, value_delimiter = ',', allow_hyphen_values = true, value_name = "W,…")]
    minimum: Option<Vec<f64>>,
    /// Half widths of cubes of starts, for basins
    #[arg(long, value_delimiter = ',', default_value = "0.1,0.3,1,3", value_name = "S,…")]
    scales: Vec<f64>,
    /// Learning rates, for escape and diffusion
    #[arg(long, value_delimiter = ',', default_value = "0.01,0.1,0.4,1", value_name = "ETA,…")]
    rates: Vec<f64>,
    /// Dampings, for escape of the damped dynamics with these rates
    #[arg(long, value_delimiter = ',', value_name = "BETA,…")]
    betas: Vec<f64>,
    /// Cells on each side of a map
    #[arg(long, default_value_t = 64, value_name = "N")]
    side: usize,

    /// Most steps of a run; passes, for compare
    #[arg(long, default_value_t = 100_000, value_name = "N")]
    steps: u64,
    /// Norm of the gradient, for each example, that counts as zero
    #[arg(long, default_value_t = 1e-10, value_name = "G")]
    tolerance: f64,
    /// Seed of all randomness
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = TrainFormat::Text)]
    pub(super) format: TrainFormat,
    /// Draw the result into this SVG file
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
}

/// The form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TrainFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// Rows: trajectories, or one for each measurement
    Csv,
}

impl TrainFormat {
    /// The form in which errors are reported.
    pub(super) const fn of_errors(self) -> Format {
        match self {
            Self::Text | Self::Csv => Format::Text,
            Self::Json => Format::Json,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Response {
    Tanh,
    Logistic,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Output {
    Tanh,
    Linear,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Prepared {
    Raw,
    Centred,
    Normalised,
    Decorrelated,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Scaling {
    Same,
    FanIn,
    Curvature,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Algorithm {
    /// Batch gradient descent
    Batch,
    /// Simple backpropagation, one example at a time
    Online,
    /// Gradient flow, integrated adaptively
    Flow,
    /// Gradient descent with momentum
    Momentum,
    /// Damped second-order dynamics
    Damped,
    /// Stochastic diagonal Levenberg–Marquardt
    Diagonal,
    /// Newton's method, unguarded
    Newton,
    /// Conjugate gradients (Polak–Ribière)
    Conjugate,
    /// Quasi-Newton
    Bfgs,
    /// Gauss–Newton, unguarded
    GaussNewton,
    /// Levenberg–Marquardt
    LevenbergMarquardt,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Experiment {
    /// Train, and show how it ended
    Run,
    /// Look for strict local minima from random starts
    Search,
    /// Shares of random starts that end in a minimum
    Basins,
    /// Basins on the plane through minimum, origin and lower point
    Map,
    /// Escape of simple backpropagation, or of the damped dynamics, from a minimum
    Escape,
    /// Fluctuations of simple backpropagation around a minimum, against their prediction
    Diffusion,
    /// Growth of the weights along the gradient flow
    Growth,
    /// Estimates of the largest eigenvalue of the Hessian where the run ends
    Eigenvalues,
    /// Batch descent against simple backpropagation
    Compare,
    /// Certify the minimum, and compare the certificate with descent around it
    Confirm,
}

impl Experiment {
    const fn starts(self) -> usize {
        match self {
            Self::Run | Self::Map | Self::Growth | Self::Eigenvalues => 1,
            Self::Diffusion => 8,
            Self::Compare => 20,
            Self::Confirm => 64,
            Self::Escape => 40,
            Self::Search => 200,
            Self::Basins => 500,
        }
    }
}

impl TrainArguments {
    fn options(&self) -> Options {
        let tanh = if self.recommended { Sigmoid::RECOMMENDED } else { Sigmoid::TANH };
        let sigmoid = tanh.twisted(self.twist);
        let output = match self.output_unit {
            Output::Tanh => sigmoid,
            Output::Linear => Sigmoid::LINEAR,
        };
        let inputs = match self.inputs {
            Prepared::Raw => Inputs::Raw,
            Prepared::Centred => Inputs::Centred,
            Prepared::Normalised => Inputs::Normalised,
            Prepared::Decorrelated => Inputs::Decorrelated,
        };
        Options {
            hidden: self.hidden.clone(),
            sigmoid,
            output,
            inputs,
            target_scale: self.target_scale,
            method: self.method(),
            task: self.task(),
            start: self.start.clone(),
            scale: self.scale,
            starts: self.starts.unwrap_or_else(|| self.experiment.starts()),
            minimum: self.minimum.clone(),
            limits: Limits { steps: self.steps, tolerance: self.tolerance, ..Limits::default() },
        }
    }

    fn task(&self) -> Task {
        match self.experiment {
            Experiment::Run => Task::Run,
            Experiment::Search => Task::Search,
            Experiment::Basins => Task::Basins { scales: self.scales.clone() },
            Experiment::Map => Task::Map { side: self.side },
            Experiment::Escape => Task::Escape { rates: self.rates.clone(), betas: self.betas.clone() },
            Experiment::Diffusion => Task::Diffusion { rates: self.rates.clone() },
            Experiment::Growth => Task::Growth,
            Experiment::Eigenvalues => Task::Eigenvalues,
            Experiment::Compare => Task::Compare,
            Experiment::Confirm => Task::Confirm,
        }
    }

    fn method(&self) -> Method {
        let rate = self.rate;
        let scale = match self.rate_scale {
            Scaling::Same => RateScale::Same,
            Scaling::FanIn => RateScale::FanIn,
            Scaling::Curvature => RateScale::Curvature,
        };
        match self.algorithm {
            Algorithm::Batch => Method::Batch(batch::Settings { rate, scale }),
            Algorithm::Online => {
                let schedule = match (self.anneal, self.adaptive.as_deref()) {
                    (Some(after), _) => online::Schedule::Annealed { after },
                    (None, Some(&[alpha, beta, delta])) => online::Schedule::Adaptive { alpha, beta, delta },
                    (None, _) => online::Schedule::Constant,
                };
                let order = if self.shuffle { Order::Shuffled } else { Order::Random };
                Method::Online(online::Settings { rate, scale, schedule, order })
            }
            Algorithm::Flow => Method::Flow(flow::Settings { tolerance: 1e-10 }),
            Algorithm::Momentum => {
                Method::Momentum(momentum::Settings { rate, momentum: self.momentum, online: self.online })
            }
            Algorithm::Damped => Method::Damped(damped::Settings {
                beta: self.beta,
                masses: self.mass.clone(),
                interval: self.interval,
                batch: !self.online,
            }),
            Algorithm::Diagonal => {
                Method::Diagonal(diagonal::Settings { rate, regularisation: self.regularisation, memory: 0.01 })
            }
            Algorithm::Newton => Method::Newton(newton::Settings { factor: 1.0 }),
            Algorithm::Conjugate => Method::Conjugate,
            Algorithm::Bfgs => Method::Bfgs,
            Algorithm::GaussNewton => Method::GaussNewton,
            Algorithm::LevenbergMarquardt => Method::LevenbergMarquardt,
        }
    }
}

/// Set by Ctrl-C.
static STOP: AtomicBool = AtomicBool::new(false);

pub(super) fn run(arguments: &TrainArguments, streams: &mut Streams<'_>) -> Result<Status, Failure> {
    let unit = match arguments.unit {
        Response::Tanh => Unit::Tanh,
        Response::Logistic => Unit::Logistic,
    };
    let set = TrainingSet::read(&arguments.data, Reading { unit, threshold: arguments.threshold });
    let set = set.map_err(|error| wrong_data(&error))?;
    let options = arguments.options();
    // Where no handler can be set, Ctrl-C ends the process as it always does.
    let _ = ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed));
    let bar = progress(options.runs(), streams.quiet);
    let control = Control { seed: arguments.seed, stop: &STOP, finished: &|| bar.inc(1) };
    let report = job::run(&set, &options, control).map_err(|error| input(&error))?;
    bar.finish_and_clear();
    if let Some(path) = &arguments.plot {
        match figure(&report) {
            Some(svg) => write_whole(path, &svg)?,
            None => writeln!(streams.err, "spurious: there is nothing to draw of this experiment")?,
        }
    }
    match arguments.format {
        TrainFormat::Text => write!(streams.out, "{}{}", heading(&report), table::readable(&report).text())?,
        TrainFormat::Csv => write!(streams.out, "{}", table::complete(&report).csv())?,
        TrainFormat::Json => writeln!(streams.out, "{}", report.json().map_err(std::io::Error::from)?)?,
    }
    Ok(if report.ended_as_asked() { Status::Success } else { Status::Negative })
}

fn heading(report: &Report) -> String {
    let ended = if report.interrupted { "; interrupted" } else { "" };
    let words = [report.algorithm, report.settings.as_deref()].into_iter().flatten().filter(|word| !word.is_empty());
    let what: Vec<&str> = words.collect();
    let what = if what.is_empty() { String::new() } else { what.join(", ") + "; " };
    format!("{what}seed {}{ended}; measured in floating point, not proved\n", report.seed)
}

fn wrong_data(error: &DataError) -> Failure {
    let place = [error.line, error.column].map(|n| usize::try_from(n).unwrap_or(usize::MAX));
    let place = (place[0] > 0).then_some((place[0], place[1]));
    Failure::Input { file: Some(error.file.clone()), place, message: error.to_string() }
}

fn input(error: &JobError) -> Failure {
    Failure::Input { file: None, place: None, message: error.to_string() }
}

/// Writes the file whole or not at all.
fn write_whole(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn progress(runs: usize, quiet: bool) -> ProgressBar {
    if quiet || runs < 2 || !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let bar = ProgressBar::new(u64::try_from(runs).unwrap_or(u64::MAX));
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} runs, {eta} left") {
        bar.set_style(style);
    }
    bar
}
