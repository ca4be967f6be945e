//! What a job reports, as plain data; as JSON, CSV, text and plots.
//!
//! UNTRUSTED. Numbers are printed so that they read back as the same doubles.

use super::algorithm::Method;
use super::experiment::Control;
use super::experiment::basins::Basins;
use super::experiment::certified::Wall;
use super::experiment::compare::Comparison;
use super::experiment::confirm::Confirmation;
use super::experiment::diffusion::Fluctuation;
use super::experiment::ends::Search;
use super::experiment::escape::Escape;
use super::experiment::growth::Growth;
use super::experiment::pass::Pass;
use super::experiment::plane::Map;
use super::run::{Ending, Run};
use crate::unit::TrainingSet;
use serde::Serialize;

/// Estimates of the largest eigenvalue of the Hessian (lb98 §9.2).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Eigenvalues {
    /// How the run ended at whose end they are taken.
    pub outcome: Ending,
    /// Where.
    pub weights: Vec<f64>,
    /// All eigenvalues, smallest first.
    pub exact: Vec<f64>,
    /// By the power method.
    pub power: f64,
    /// By Taylor expansion.
    pub taylor: f64,
    /// Online.
    pub online: f64,
}

/// How runs leave a minimum, beside what bounds the way out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Escapes {
    /// What every way out has to climb at least: certified.
    pub wall: Option<Wall>,
    /// The lowest way out that was found: measured.
    pub pass: Option<Pass>,
    /// Algorithm by algorithm.
    pub runs: Vec<Escape>,
}

/// The result of a job.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Result {
    /// Runs, in the order of their starts.
    Runs(Vec<Run>),
    /// Minima.
    Search(Search),
    /// Shares by scale.
    Basins(Basins),
    /// A map.
    Map(Map),
    /// Escape.
    Escape(Escapes),
    /// Fluctuations, rate by rate.
    Diffusion(Vec<Fluctuation>),
    /// Growth of the weights.
    Growth(Growth),
    /// Eigenvalues.
    Eigenvalues(Eigenvalues),
    /// Batch (first) against simple backpropagation (second).
    Comparison(Comparison),
    /// Confirmation of a certificate.
    Confirmation(Confirmation),
}

/// A report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// `spurious.train/1`.
    pub schema: &'static str,
    /// The seed.
    pub seed: u64,
    /// Names of the inputs.
    pub inputs: Vec<String>,
    /// The algorithm, where the job has one.
    pub algorithm: Option<&'static str>,
    /// Its parameters.
    pub settings: Option<String>,
    /// Whether it was ended from outside; the result is then of what had been done.
    pub interrupted: bool,
    /// The result.
    pub result: Result,
}

impl Report {
    /// The report of a finished job.
    #[must_use]
    pub fn new(set: &TrainingSet, method: &Method, control: Control<'_>, result: Result) -> Self {
        let method = match &result {
            Result::Runs(_) | Result::Eigenvalues(_) => Some(method),
            Result::Basins(_)
            | Result::Search(_)
            | Result::Map(_)
            | Result::Escape(_)
            | Result::Diffusion(_)
            | Result::Growth(_)
            | Result::Comparison(_)
            | Result::Confirmation(_) => None,
        };
        Self {
            schema: "spurious.train/1",
            seed: control.seed,
            inputs: set.names().to_vec(),
            algorithm: method.map(Method::name),
            settings: method.map(Method::settings),
            interrupted: control.stopped(),
            result,
        }
    }

    /// Whether it ended as asked: every run converged, every experiment was finished.
    #[must_use]
    pub fn ended_as_asked(&self) -> bool {
        let converged = match &self.result {
            Result::Runs(runs) => runs.iter().all(|run| run.outcome == Ending::Converged),
            Result::Eigenvalues(found) => found.outcome == Ending::Converged,
            Result::Confirmation(found) => found.agrees,
            Result::Search(_)
            | Result::Basins(_)
            | Result::Map(_)
            | Result::Escape(_)
            | Result::Diffusion(_)
            | Result::Growth(_)
            | Result::Comparison(_) => true,
        };
        converged && !self.interrupted
    }

    /// As JSON.
    ///
    /// # Errors
    ///
    /// What `serde_json` reports, which for these types is nothing; numbers that are not finite become `null`.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }
}
