//! Findings of experiments as plain data, and the report that JSON is made of.
//!
//! UNTRUSTED. Numbers are printed so that they read back as the same doubles.

use super::Control;
use super::basins::Basins;
use super::certified::Wall;
use super::compare::Comparison;
use super::confirm::Confirmation;
use super::diffusion::Fluctuation;
use super::eigenvalues::Eigenvalues;
use super::ends::Search;
use super::escape::Escape;
use super::estimate::Estimate;
use super::growth::Growth;
use super::pass::Pass;
use super::plane::Map;
use crate::train::algorithm::Method;
use crate::train::run::{Ending, Run};
use crate::unit::TrainingSet;
use serde::Serialize;

/// Escapes from a minimum, beside the bounds of the way out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Escapes {
    /// Height that every way out has to climb at least: certified.
    pub wall: Option<Wall>,
    /// The lowest way out that was found: measured.
    pub pass: Option<Pass>,
    /// Algorithm by algorithm.
    pub runs: Vec<Escape>,
}

/// The result of an experiment.
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
    /// One number with an interval.
    Estimate(Estimate),
}

/// The report of an experiment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrainReport {
    /// `spurious.train/3`.
    pub schema: &'static str,
    /// The seed.
    pub seed: u64,
    /// Names of the inputs.
    pub inputs: Vec<String>,
    /// The arguments after `spurious train` that repeat what was done.
    pub repeat: Vec<String>,
    /// The algorithm, where the job has one.
    pub algorithm: Option<&'static str>,
    /// Parameters of the algorithm.
    pub settings: Option<String>,
    /// True where it was ended from outside; the result is then of what had been done.
    pub interrupted: bool,
    /// The result.
    pub result: Finding,
    /// The algorithm of the plan, its rate chosen.
    #[serde(skip)]
    pub method: Method,
}

impl TrainReport {
    /// The report of a finished experiment.
    #[must_use]
    pub fn new(set: &TrainingSet, method: Method, control: Control<'_>, result: Finding) -> Self {
        let named = match &result {
            Finding::Runs(_) | Finding::Eigenvalues(_) => Some(&method),
            Finding::Basins(_)
            | Finding::Search(_)
            | Finding::Map(_)
            | Finding::Escape(_)
            | Finding::Diffusion(_)
            | Finding::Growth(_)
            | Finding::Comparison(_)
            | Finding::Confirmation(_)
            | Finding::Estimate(_) => None,
        };
        Self {
            schema: "spurious.train/3",
            seed: control.seed,
            inputs: set.names().to_vec(),
            repeat: Vec::new(),
            algorithm: named.map(Method::name),
            settings: named.map(Method::settings),
            interrupted: control.stopped(),
            result,
            method,
        }
    }

    /// Tells whether it ended as asked: every run converged or is known to run away, every experiment was finished.
    #[must_use]
    pub fn ended_as_asked(&self) -> bool {
        let converged = match &self.result {
            Finding::Runs(runs) => runs
                .iter()
                .all(|run| matches!(run.outcome, Ending::Converged | Ending::Runaway)),
            Finding::Eigenvalues(found) => found.outcome == Ending::Converged,
            Finding::Confirmation(found) => found.agrees,
            Finding::Search(_)
            | Finding::Basins(_)
            | Finding::Map(_)
            | Finding::Escape(_)
            | Finding::Diffusion(_)
            | Finding::Growth(_)
            | Finding::Comparison(_)
            | Finding::Estimate(_) => true,
        };
        converged && !self.interrupted
    }

    /// Writes it as JSON.
    ///
    /// # Errors
    ///
    /// What `serde_json` reports, which for these types is nothing; numbers that are not finite
    /// become `null`.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }
}
