//! The words that the options of `spurious train` take.

use super::super::Format;
use clap::ValueEnum;

/// The form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in super::super) enum TrainFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// Rows: trajectories, or one for each measurement
    Csv,
}

impl TrainFormat {
    /// The form in which errors are reported.
    pub(in super::super) const fn of_errors(self) -> Format {
        match self {
            Self::Text | Self::Csv => Format::Text,
            Self::Json => Format::Json,
        }
    }
}

/// The response of a single unit.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Response {
    /// tanh
    Tanh,
    /// 1/(1+e^-u)
    Logistic,
}

/// The output of a network.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Output {
    /// As the hidden units, or as --unit says
    Tanh,
    /// u
    Linear,
}

/// How inputs are prepared.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Prepared {
    /// As they are
    Raw,
    /// With mean zero
    Centred,
    /// With mean zero and variance one
    Normalised,
    /// Uncorrelated, with mean zero and variance one
    Decorrelated,
}

/// How rates differ by weight.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Scaling {
    /// One rate for all
    Same,
    /// With the square root of the number of inputs of the weight's unit
    FanIn,
    /// Inversely with the curvature at the start
    Curvature,
}

/// Which example a stochastic algorithm sees next.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Presented {
    /// One drawn at random
    Random,
    /// Each once in a pass, in a new random order
    Shuffled,
    /// One drawn at random, more often the larger its error was
    Emphasised,
}

/// The algorithms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Algorithm {
    /// Batch gradient descent
    Batch,
    /// Simple backpropagation, one example at a time
    Online,
    /// Gradient flow, integrated adaptively
    Flow,
    /// Gradient flow, integrated with the Hessian: over many decades of time
    StiffFlow,
    /// Gradient descent with momentum
    Momentum,
    /// Damped second-order dynamics
    Damped,
    /// Stochastic diagonal Levenberg–Marquardt
    Diagonal,
    /// Newton's method, unguarded; --rate is the factor of its step
    Newton,
    /// Conjugate gradients (Polak–Ribière)
    Conjugate,
    /// Conjugate gradients (Fletcher–Reeves)
    FletcherReeves,
    /// Quasi-Newton
    Bfgs,
    /// Gauss–Newton, unguarded
    GaussNewton,
    /// Levenberg–Marquardt
    LevenbergMarquardt,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExperimentName {
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
    /// Batch descent at a chosen rate against another algorithm, simple backpropagation if not given
    Compare,
    /// Certify the minimum, and compare the certificate with descent around it
    Confirm,
}
