//! Arguments as typed after `spurious train`.

use super::weights::Weights;
use super::words::{
    Algorithm, ExperimentName, Output, Prepared, Presented, Response, Scaling, TrainFormat,
};
use crate::train::experiment::defaults::SEED;
use clap::Args;
use std::path::PathBuf;

/// Train a unit, or a small network, with the papers' algorithms, or measure where they end
///
/// What it prints are measurements in floating point, with a seed; nothing is proved here. Without
/// options it trains once, by batch descent with a rate chosen from the curvature. With
/// --experiment it measures something, at a size of seconds.
///
/// DATA is a file, as for `certify`, or one of the papers' examples, with their networks: ss89 (the
/// 125 instances), so88-xor, fi92-additive, fi92-product, fi92-radial, fi92-network, lb98-classes,
/// lb98-net.
///
/// Exit status: 0 the run converged, or its weights run away to infinity, or the experiment was
/// finished; 1 it diverged or stopped at its limit; 2 wrong usage or input, and options that would
/// do nothing; 130 Ctrl-C was pressed, and what was measured until then is
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
    /// The algorithm; batch if not given, every one for basins, online for compare
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

    /// The response of the unit, or of all units of a network; tanh if not given
    #[arg(long, value_enum, help_heading = "Model")]
    pub(super) unit: Option<Response>,
    /// Add the constant input 1 as the last one
    #[arg(long, help_heading = "Model")]
    pub(super) threshold: bool,
    /// Sizes of hidden layers; each unit then has a threshold of its own
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
    #[arg(long, value_name = "A", help_heading = "Model")]
    pub(super) twist: Option<f64>,
    /// Preparation of the inputs; raw if not given
    #[arg(long, value_enum, help_heading = "Model")]
    pub(super) inputs: Option<Prepared>,
    /// Multiply the targets
    #[arg(long, value_name = "FACTOR", help_heading = "Model")]
    pub(super) target_scale: Option<f64>,

    /// Learning rate of the error summed over the examples; chosen from the curvature if not given.
    /// For newton the factor of the step, for damped the rate of its strong limit
    #[arg(long, value_name = "ETA", help_heading = "Algorithm")]
    pub(super) rate: Option<f64>,
    /// How rates differ by weight; the same for all if not given
    #[arg(long, value_enum, help_heading = "Algorithm")]
    pub(super) rate_scale: Option<Scaling>,
    /// Which example a stochastic algorithm sees next; random if not given
    #[arg(long, value_enum, help_heading = "Algorithm")]
    pub(super) order: Option<Presented>,
    /// Anneal the rate of one example: halved after this many presentations, then as 1/t
    #[arg(
        long,
        value_name = "N",
        conflicts_with = "adaptive",
        help_heading = "Algorithm"
    )]
    pub(super) anneal: Option<f64>,
    /// Adapt the rate of one example, with the constants alpha, beta and delta: three numbers with commas
    /// between
    #[arg(
        long,
        value_delimiter = ',',
        value_name = "A,B,D",
        help_heading = "Algorithm"
    )]
    pub(super) adaptive: Option<Vec<f64>>,
    /// Strength of momentum; 0.9 if not given
    #[arg(long, value_name = "MU", help_heading = "Algorithm")]
    pub(super) momentum: Option<f64>,
    /// One example at a time, for momentum and damped dynamics
    #[arg(long, help_heading = "Algorithm")]
    pub(super) online: bool,
    /// Damping of the second-order dynamics; 1 if not given
    #[arg(long, help_heading = "Algorithm")]
    pub(super) beta: Option<f64>,
    /// Mass of every weight, or one for each; 1 if not given
    #[arg(
        long,
        value_delimiter = ',',
        value_name = "M,…",
        help_heading = "Algorithm"
    )]
    pub(super) mass: Option<Vec<f64>>,
    /// Time between impulses; 0.02 if not given
    #[arg(long, value_name = "T", help_heading = "Algorithm")]
    pub(super) interval: Option<f64>,
    /// Regularisation of the stochastic diagonal Levenberg–Marquardt method; 0.1 if not given
    #[arg(long, value_name = "MU", help_heading = "Algorithm")]
    pub(super) regularisation: Option<f64>,

    /// Start at these weights: numbers with commas between, or a report (--format json) whose first
    /// run ends there
    #[arg(
        long,
        allow_hyphen_values = true,
        value_name = "W,…|FILE",
        help_heading = "Experiment"
    )]
    pub(super) start: Option<Weights>,
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
    /// Half widths of cubes of starts, for basins; 0.1, 0.3, 1 and 3 if not given
    #[arg(
        long,
        value_delimiter = ',',
        value_name = "S,…",
        help_heading = "Experiment"
    )]
    pub(super) scales: Option<Vec<f64>>,
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
    pub(super) betas: Option<Vec<f64>>,
    /// Cells on each side of a map; 64 if not given
    #[arg(long, value_name = "N", help_heading = "Experiment")]
    pub(super) side: Option<usize>,
    /// Most steps of a run (100000 if not given); passes for compare (2000)
    #[arg(long, value_name = "N", help_heading = "Experiment")]
    pub(super) steps: Option<u64>,
    /// Norm of the gradient, for each example, that counts as zero; 1e-10 if not given
    #[arg(long, value_name = "G", help_heading = "Experiment")]
    pub(super) tolerance: Option<f64>,
}
