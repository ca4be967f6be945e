//! Numbers that `spurious train` refuses before anything is run.

use crate::train::algorithm::Method;
use crate::train::algorithm::schedule::Schedule;
use crate::train::example::Examples;
use crate::train::experiment::plan::{Plan, Quantity, Start};
use thiserror::Error;

/// A reason why an option is refused.
#[derive(Clone, Debug, Error, PartialEq)]
pub(super) enum Refusal {
    /// A list of weights has the wrong length.
    #[error("{option} has {found} weights; this network has {expected}")]
    Length {
        option: &'static str,
        expected: usize,
        found: usize,
    },
    /// An option that nothing reads.
    #[error("{option} does nothing here: {} does not read it", describe(.experiment, .algorithm.as_deref()))]
    Idle {
        option: &'static str,
        experiment: String,
        algorithm: Option<String>,
    },
    /// A number is out of range.
    #[error("{what} must be {range}")]
    Range {
        what: &'static str,
        range: &'static str,
    },
}

/// What does not read an option.
fn describe(experiment: &str, algorithm: Option<&str>) -> String {
    match algorithm {
        Some(algorithm) => format!("`-e {experiment}` with `-a {algorithm}` and this data"),
        None => format!("`-e {experiment}` with this data"),
    }
}

type Checked = Result<(), Refusal>;

/// The weights at which all runs start, where the plan gives them.
fn given_start(plan: &Plan) -> Option<&Vec<f64>> {
    match &plan.start {
        Start::At(weights) => Some(weights),
        Start::Minimum | Start::Ball(_) | Start::Sphere(_) | Start::Cube(_) | Start::FanIn => None,
    }
}

/// Refuses a plan with lists of the wrong length for a network of `dimension` weights.
pub(super) fn check_lengths(plan: &Plan, dimension: usize) -> Checked {
    length("--start", given_start(plan), dimension)?;
    length("--minimum", plan.minimum.near.as_ref(), dimension)?;
    let masses = match &plan.method {
        Method::Damped(settings) if settings.masses.len() != 1 => Some(&settings.masses),
        _ => None,
    };
    length("--mass", masses, dimension)
}

/// Refuses passes over examples whose weights are no counts.
pub(super) fn check_order(method: &Method, examples: &Examples) -> Checked {
    let fits = method.order().is_none_or(|order| order.fits(examples));
    let range = "another one here: the weights of these examples are not whole, or too large";
    require("--order shuffled", range, fits)
}

/// Whether hidden layers fit into memory, beside at most 64 inputs.
fn sensible(hidden: &[usize]) -> bool {
    hidden.len() <= 64 && hidden.iter().all(|units| (1..=1000).contains(units))
}

/// Refuses a plan with numbers that mean nothing, before anything is made of them.
pub(super) fn check(plan: &Plan) -> Checked {
    let weights = given_start(plan)
        .into_iter()
        .chain(plan.minimum.near.as_ref());
    let finite = weights.flatten().all(|w| w.is_finite());
    require("every weight", "finite", finite)?;
    let layers = sensible(&plan.model.hidden);
    require("--hidden", "at most 64 layers of 1 to 1000 units", layers)?;
    require("--scale", "positive", positive(plan.minimum.scale))?;
    let factor = plan.preparation.target_scale;
    require("--target-scale", "positive", positive(factor))?;
    let runs = (1..=MOST_RUNS).contains(&plan.runs);
    require("--starts", "at least 1 and at most a million", runs)?;
    let tolerance = positive(plan.limits.tolerance);
    require("--tolerance", "positive", tolerance)?;
    let twist = not_negative(plan.model.sigmoid.twist);
    require("--twist", "finite and at least 0", twist)?;
    of_method(&plan.method)?;
    of_quantity(&plan.quantity)
}

/// Most runs; their results are kept in memory.
const MOST_RUNS: usize = 1_000_000;
/// Least and most cells on a side of a map.
const SIDES: std::ops::RangeInclusive<usize> = 2..=1000;

fn of_quantity(quantity: &Quantity) -> Checked {
    match quantity {
        Quantity::Basins { scales, .. } => positives("--scales", scales),
        Quantity::Escape { rates, betas, mass } => {
            require("--mass", "positive", mass.is_none_or(positive))?;
            positives("--rates", rates)?;
            positives("--betas", betas)
        }
        Quantity::Diffusion { rates } => positives("--rates", rates),
        Quantity::Map { side } => require(
            "--side",
            "at least 2 and at most 1000",
            SIDES.contains(side),
        ),
        Quantity::Runs
        | Quantity::Minima
        | Quantity::Growth
        | Quantity::Eigenvalues
        | Quantity::Comparison
        | Quantity::Confirmation
        | Quantity::Estimate { .. } => Ok(()),
    }
}

fn of_method(method: &Method) -> Checked {
    let rate = |rate: f64| require("--rate", "finite and at least 0", not_negative(rate));
    match method {
        Method::Batch(s) => rate(s.rate),
        Method::Online(s) => rate(s.rate).and_then(|()| of_schedule(s.schedule)),
        Method::Momentum(s) => {
            rate(s.rate)?;
            let below_one = (0.0..1.0).contains(&s.momentum);
            require("--momentum", "at least 0 and below 1", below_one)
        }
        Method::Damped(s) => {
            require("--beta", "finite and at least 0", not_negative(s.beta))?;
            let masses = !s.masses.is_empty() && s.masses.iter().copied().all(positive);
            require("--mass, or 1/(beta rate),", "positive numbers", masses)?;
            require("--interval", "positive", positive(s.interval))
        }
        Method::Diagonal(s) => {
            rate(s.rate)?;
            require("--regularisation", "positive", positive(s.regularisation))
        }
        Method::Newton(s) => require("--rate", "positive", positive(s.factor)),
        Method::Flow(_)
        | Method::Conjugate(_)
        | Method::Bfgs
        | Method::GaussNewton
        | Method::LevenbergMarquardt => Ok(()),
    }
}

fn of_schedule(schedule: Schedule) -> Checked {
    match schedule {
        Schedule::Constant => Ok(()),
        Schedule::Annealed { after } => require("--anneal", "positive", positive(after)),
        Schedule::Adaptive { alpha, beta, delta } => {
            let holds = [alpha, beta, delta].into_iter().all(positive) && delta < 1.0;
            let range = "three positive numbers, the third below 1";
            require("--adaptive", range, holds)
        }
    }
}

const fn require(what: &'static str, range: &'static str, holds: bool) -> Checked {
    if holds {
        Ok(())
    } else {
        Err(Refusal::Range { what, range })
    }
}

fn positives(what: &'static str, numbers: &[f64]) -> Checked {
    let holds = numbers.iter().copied().all(positive);
    require(what, "positive numbers", holds)
}

fn length(option: &'static str, list: Option<&Vec<f64>>, expected: usize) -> Checked {
    match list.map(Vec::len) {
        Some(found) if found != expected => Err(Refusal::Length {
            option,
            expected,
            found,
        }),
        _ => Ok(()),
    }
}

fn positive(v: f64) -> bool {
    v > 0.0 && v.is_finite()
}

fn not_negative(v: f64) -> bool {
    v >= 0.0 && v.is_finite()
}
