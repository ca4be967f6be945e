//! Arguments as typed after `spurious train`.

use super::words::{
    Algorithm, ExperimentName, Output, Prepared, Presented, Response, Scaling, TrainFormat,
};
use crate::train::algorithm::{damped, diagonal, momentum};
use crate::train::experiment::defaults::{BASIN_SCALES, MAP_SIDE, SEED};
use crate::train::run::Limits;
use clap::Args;
use std::path::PathBuf;

/// Train a unit, or a small tanh network, with the papers' algorithms, or measure where they end
///
/// What it prints are measurements in floating point, with a seed; nothing is proved here. Without
/// options it trains once, by batch descent with a rate chosen from the curvature. With
/// --experiment it measures something, at a size of seconds.
///
/// DATA is a file, as for `certify`, or one of the papers' examples, with their networks: ss89 (the
/// 125 instances), so88-xor, fi92-additive, fi92-product, fi92-radial, fi92-network, lb98-classes,
/// lb98-net.
///
/// Exit status: 0 the run converged, the experiment was finished; 1 it diverged or stopped at its
/// limit; 2 wrong usage or input; 130 Ctrl-C was pressed, and what was measured until then is
/// printed.
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "independent flags")]
pub(in super::super) struct TrainArguments {
    /// Training set, CSV or JSON, or the name of an example; `-` is the standard input
    #[arg(value_name = "DATA")]
    pub(super) data: PathBuf,
    /// What to measure
    #[arg(long, short, value_enum, default_value_t = ExperimentName::Run)]
    pub(super) experiment: ExperimentName,
    /// The algorithm; batch if not given, every one for basins
    #[arg(long, short, value_enum)]
    pub(super) algorithm: Option<Algorithm>,
    /// Seed of all randomness
    #[arg(long, default_value_t = SEED)]
    pub(super) seed: u64,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = TrainFormat::Text)]
    pub(in super::super) format: TrainFormat,
    /// Draw the result into this SVG file
    #[arg(long, value_name = "FILE")]
    pub(super) plot: Option<PathBuf>,

    /// The response of the single unit
    #[arg(long, value_enum, default_value_t = Response::Tanh, help_heading = "Model")]
    pub(super) unit: Response,
    /// Add the constant input 1 as the last one
    #[arg(long, help_heading = "Model")]
    pub(super) threshold: bool,
    /// Sizes of hidden tanh layers; each unit then has a threshold of its own
    #[arg(
        long,
        value_delimiter = ',',
        value_name = "N,…",
        help_heading = "Model"
    )]
    pub(super) hidden: Option<Vec<usize>>,
    /// The output
    #[arg(long, value_enum, help_heading = "Model")]
    pub(super) output_unit: Option<Output>,
    /// Use the recommended sigmoid 1.7159 tanh(2u/3)
    #[arg(long, help_heading = "Model")]
    pub(super) recommended: bool,
    /// Add this much of the identity to the sigmoid
    #[arg(long, default_value_t = 0.0, value_name = "A", help_heading = "Model")]
    pub(super) twist: f64,
    /// Preparation of the inputs
    #[arg(long, value_enum, default_value_t = Prepared::Raw, help_heading = "Model")]
    pub(super) inputs: Prepared,
    /// Multiply the targets
    #[arg(
        long,
        default_value_t = 1.0,
        value_name = "FACTOR",
        help_heading = "Model"
    )]
    pub(super) target_scale: f64,

    /// Learning rate of the error summed over the examples; chosen from the curvature if not given
    #[arg(long, value_name = "ETA", help_heading = "Algorithm")]
    pub(super) rate: Option<f64>,
    /// How rates differ by weight
    #[arg(long, value_enum, default_value_t = Scaling::Same, help_heading = "Algorithm")]
    pub(super) rate_scale: Scaling,
    /// Which example a stochastic algorithm sees next
    #[arg(long, value_enum, default_value_t = Presented::Random, help_heading = "Algorithm")]
    pub(super) order: Presented,
    /// Anneal the online rate: halved after this many presentations, then as 1/t
    #[arg(
        long,
        value_name = "N",
        conflicts_with = "adaptive",
        help_heading = "Algorithm"
    )]
    pub(super) anneal: Option<f64>,
    /// Adapt the online rate, with the constants alpha, beta and delta: three numbers with commas
    /// between
    #[arg(
        long,
        value_delimiter = ',',
        value_name = "A,B,D",
        help_heading = "Algorithm"
    )]
    pub(super) adaptive: Option<Vec<f64>>,
    /// Strength of momentum
    #[arg(
        long,
        default_value_t = momentum::STRENGTH,
        value_name = "MU",
        help_heading = "Algorithm"
    )]
    pub(super) momentum: f64,
    /// One example at a time, for momentum and damped dynamics
    #[arg(long, help_heading = "Algorithm")]
    pub(super) online: bool,
    /// Damping of the second-order dynamics
    #[arg(long, default_value_t = damped::DAMPING, help_heading = "Algorithm")]
    pub(super) beta: f64,
    /// Mass of every weight, or one for each; 1 if not given
    #[arg(
        long,
        value_delimiter = ',',
        value_name = "M,…",
        help_heading = "Algorithm"
    )]
    pub(super) mass: Option<Vec<f64>>,
    /// Time between impulses
    #[arg(
        long,
        default_value_t = damped::INTERVAL,
        value_name = "T",
        help_heading = "Algorithm"
    )]
    pub(super) interval: f64,
    /// Regularisation of the stochastic diagonal Levenberg–Marquardt method
    #[arg(
        long,
        default_value_t = diagonal::REGULARISATION,
        value_name = "MU",
        help_heading = "Algorithm"
    )]
    pub(super) regularisation: f64,

    /// Start at these weights
    #[arg(
        long,
        value_delimiter = ',',
        allow_hyphen_values = true,
        value_name = "W,…",
        help_heading = "Experiment"
    )]
    pub(super) start: Option<Vec<f64>>,
    /// Half width of the cube of random starts
    #[arg(long, help_heading = "Experiment")]
    pub(super) scale: Option<f64>,
    /// Number of starts, or of runs; 1 for a run, enough for seconds of work for an experiment
    #[arg(long, value_name = "N", help_heading = "Experiment")]
    pub(super) starts: Option<usize>,
    /// A point near the minimum that the experiment is about; the highest that a search finds if
    /// not given
    #[arg(
        long,
        value_delimiter = ',',
        allow_hyphen_values = true,
        value_name = "W,…",
        help_heading = "Experiment"
    )]
    pub(super) minimum: Option<Vec<f64>>,
    /// Half widths of cubes of starts, for basins
    #[arg(
        long,
        value_delimiter = ',',
        default_values_t = BASIN_SCALES,
        value_name = "S,…",
        help_heading = "Experiment"
    )]
    pub(super) scales: Vec<f64>,
    /// Learning rates, for escape and diffusion
    #[arg(
        long,
        value_delimiter = ',',
        value_name = "ETA,…",
        help_heading = "Experiment"
    )]
    pub(super) rates: Option<Vec<f64>>,
    /// Dampings: escape of the damped dynamics, at these rates, or with one --mass at all dampings
    #[arg(
        long,
        value_delimiter = ',',
        value_name = "BETA,…",
        help_heading = "Experiment"
    )]
    pub(super) betas: Vec<f64>,
    /// Cells on each side of a map
    #[arg(
        long,
        default_value_t = MAP_SIDE,
        value_name = "N",
        help_heading = "Experiment"
    )]
    pub(super) side: usize,
    /// Most steps of a run (100000 if not given); passes for compare (2000)
    #[arg(long, value_name = "N", help_heading = "Experiment")]
    pub(super) steps: Option<u64>,
    /// Norm of the gradient, for each example, that counts as zero
    #[arg(
        long,
        default_value_t = Limits::DEFAULT.tolerance,
        value_name = "G",
        help_heading = "Experiment"
    )]
    pub(super) tolerance: f64,
}
