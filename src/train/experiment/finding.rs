//! What a job reports, as plain data; as JSON, CSV, text and plots.
//!
//! UNTRUSTED. Numbers are printed so that they read back as the same doubles.

use super::Control;
use super::basins::Basins;
use super::certified::Wall;
use super::compare::Comparison;
use super::confirm::Confirmation;
use super::diffusion::Fluctuation;
use super::ends::Search;
use super::escape::Escape;
use super::growth::Growth;
use super::pass::Pass;
use super::plane::Map;
use crate::train::algorithm::Method;
use crate::train::run::{Ending, Run};
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
pub enum Finding {
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
pub struct TrainReport {
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
    pub result: Finding,
}

impl TrainReport {
    /// The report of a finished job.
    #[must_use]
    pub fn new(set: &TrainingSet, method: &Method, control: Control<'_>, result: Finding) -> Self {
        let method = match &result {
            Finding::Runs(_) | Finding::Eigenvalues(_) => Some(method),
            Finding::Basins(_)
            | Finding::Search(_)
            | Finding::Map(_)
            | Finding::Escape(_)
            | Finding::Diffusion(_)
            | Finding::Growth(_)
            | Finding::Comparison(_)
            | Finding::Confirmation(_) => None,
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
            Finding::Runs(runs) => runs.iter().all(|run| run.outcome == Ending::Converged),
            Finding::Eigenvalues(found) => found.outcome == Ending::Converged,
            Finding::Confirmation(found) => found.agrees,
            Finding::Search(_)
            | Finding::Basins(_)
            | Finding::Map(_)
            | Finding::Escape(_)
            | Finding::Diffusion(_)
            | Finding::Growth(_)
            | Finding::Comparison(_) => true,
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
