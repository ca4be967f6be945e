//! Measurements for claims: an experiment carried out, beside what is claimed of it.
//!
//! UNTRUSTED. All randomness is of the experiment's seed, one stream for each run; the number of
//! threads changes nothing.

use super::bounds::Bounds;
use crate::train::algorithm::Method;
use crate::train::experiment::finding::Finding;
use crate::train::experiment::impossible::Impossible;
use crate::train::experiment::plan::{Estimand, Plan, Quantity};
use crate::train::experiment::runner::run;
use crate::train::statistics::CONFIDENCE;
use crate::unit::TrainingSet;
use serde::Serialize;
use std::sync::atomic::AtomicBool;

/// The size at which an experiment is run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// A fraction of a second.
    #[default]
    Reduced,
    /// The size that is on record.
    Full,
}

/// An experiment as a claim states it.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimedExperiment {
    /// The training set.
    pub set: TrainingSet,
    /// The plan at its reduced size.
    pub plan: Plan,
    /// Runs in full.
    pub full: usize,
    /// The bounds that are claimed of the estimate.
    pub bounds: Bounds,
}

/// The result of an experiment, beside what is claimed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measurement {
    /// The number that was estimated, in words.
    pub quantity: &'static str,
    /// The runs, in words.
    pub experiment: String,
    /// The seed.
    pub seed: u64,
    /// Runs that were made.
    pub repetitions: usize,
    /// Runs that the claim asks for.
    pub full: usize,
    /// The estimate.
    pub estimate: f64,
    /// A confidence interval for what is estimated.
    pub interval: [f64; 2],
    /// The confidence level.
    pub confidence: f64,
    /// The claimed interval.
    pub claimed: String,
    /// Tells whether the interval lies in the claimed one (true), apart from it (false), or neither
    /// (null).
    pub supports: Option<bool>,
}

/// Makes the experiment.
///
/// # Errors
/// [`Impossible`] where there is nothing to measure.
pub fn measure(claimed: &ClaimedExperiment, size: Size) -> Result<Measurement, Impossible> {
    let mut plan = claimed.plan.clone();
    if size == Size::Full {
        plan.runs = claimed.full;
    }
    let Quantity::Estimate { estimand, against } = &plan.quantity else {
        return Err(Impossible::NoEstimate);
    };
    let never = AtomicBool::new(false);
    let report = run(&claimed.set, &plan, &never, &|| {})?;
    let Finding::Estimate(found) = report.result else {
        return Err(Impossible::NoEstimate);
    };
    Ok(Measurement {
        quantity: estimand.describe(),
        experiment: describe(&plan, *estimand, &report.method, against.as_ref()),
        seed: plan.seed,
        repetitions: found.repetitions,
        full: claimed.full,
        estimate: found.value,
        interval: found.interval,
        confidence: CONFIDENCE,
        claimed: claimed.bounds.to_string(),
        supports: claimed.bounds.holds(found.interval),
    })
}

/// The experiment in words.
fn describe(plan: &Plan, estimand: Estimand, method: &Method, against: Option<&Method>) -> String {
    let steps = plan.limits.steps;
    let length = match estimand {
        Estimand::Fluctuation => format!("{steps} steps after settling"),
        Estimand::Lower | Estimand::LowerInTime | Estimand::LowerAtBest => {
            format!("at most {steps} passes")
        }
        Estimand::Inside
        | Estimand::Contracts
        | Estimand::Captured
        | Estimand::Below
        | Estimand::Escaped
        | Estimand::EscapedInTime
        | Estimand::Rests
        | Estimand::Logarithmic => format!("at most {steps} steps"),
    };
    let against = against.map_or_else(String::new, |other| format!(" against {}", other.words()));
    let (method, start) = (method.words(), plan.start.describe());
    format!("{method}{against}, {length}, from {start}")
}
