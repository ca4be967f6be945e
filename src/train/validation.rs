//! Numbers that a job refuses before it runs.
//!
//! UNTRUSTED.

use super::algorithm::{Method, online};
use super::job::{JobError, Options, Task};

/// Refuses numbers that mean nothing.
pub(super) fn check(options: &Options) -> Result<(), JobError> {
    let require = |what, range, holds: bool| {
        if holds {
            Ok(())
        } else {
            Err(JobError::Range { what, range })
        }
    };
    let positive = |v: &f64| *v > 0.0 && v.is_finite();
    let weights = [&options.start, &options.minimum]
        .into_iter()
        .flatten()
        .flatten();
    require(
        "every weight",
        "finite",
        weights.into_iter().all(|w| w.is_finite()),
    )?;
    require(
        "--hidden",
        "at most 64 layers of 1 to 1000 units",
        sensible(&options.hidden),
    )?;
    require(
        "--scale",
        "positive",
        options.scale.as_ref().is_none_or(positive),
    )?;
    require(
        "--target-scale",
        "positive",
        positive(&options.target_scale),
    )?;
    require(
        "--starts",
        "at least 1 and at most a million",
        (1..=1_000_000).contains(&options.starts),
    )?;
    require(
        "--tolerance",
        "positive",
        positive(&options.limits.tolerance),
    )?;
    let twist = options.sigmoid.twist;
    require(
        "--twist",
        "finite and at least 0",
        twist >= 0.0 && twist.is_finite(),
    )?;
    check_method(&options.method, require, positive)?;
    match &options.task {
        Task::Basins { scales, .. } => {
            require("--scales", "positive numbers", scales.iter().all(positive))
        }
        Task::Escape { rates, betas, mass } => {
            require("--mass", "positive", mass.as_ref().is_none_or(positive))?;
            require("--rates", "positive numbers", rates.iter().all(positive))?;
            require("--betas", "positive numbers", betas.iter().all(positive))
        }
        Task::Diffusion { rates } => {
            require("--rates", "positive numbers", rates.iter().all(positive))
        }
        Task::Map { side } => require(
            "--side",
            "at least 2 and at most 1000",
            (2..=1000).contains(side),
        ),
        Task::Run
        | Task::Search
        | Task::Growth
        | Task::Eigenvalues
        | Task::Compare
        | Task::Confirm => Ok(()),
    }
}

/// Whether hidden layers fit into memory, beside at most 64 inputs.
fn sensible(hidden: &[usize]) -> bool {
    hidden.len() <= 64 && hidden.iter().all(|units| (1..=1000).contains(units))
}

fn check_method(
    method: &Method,
    require: impl Fn(&'static str, &'static str, bool) -> Result<(), JobError>,
    positive: impl Fn(&f64) -> bool,
) -> Result<(), JobError> {
    let rate = |rate: f64| {
        require(
            "--rate",
            "finite and at least 0",
            rate >= 0.0 && rate.is_finite(),
        )
    };
    match method {
        Method::Batch(s) => rate(s.rate),
        Method::Online(s) => {
            rate(s.rate)?;
            match s.schedule {
                online::Schedule::Constant => Ok(()),
                online::Schedule::Annealed { after } => {
                    require("--anneal", "positive", positive(&after))
                }
                online::Schedule::Adaptive { alpha, beta, delta } => {
                    let holds = [alpha, beta, delta].iter().all(positive) && delta < 1.0;
                    require(
                        "--adaptive",
                        "three positive numbers, the third below 1",
                        holds,
                    )
                }
            }
        }
        Method::Momentum(s) => {
            rate(s.rate)?;
            require(
                "--momentum",
                "at least 0 and below 1",
                (0.0..1.0).contains(&s.momentum),
            )
        }
        Method::Damped(s) => {
            require(
                "--beta",
                "finite and at least 0",
                s.beta >= 0.0 && s.beta.is_finite(),
            )?;
            require(
                "--mass",
                "positive numbers",
                !s.masses.is_empty() && s.masses.iter().all(&positive),
            )?;
            require("--interval", "positive", positive(&s.interval))
        }
        Method::Diagonal(s) => {
            rate(s.rate)?;
            require("--regularisation", "positive", positive(&s.regularisation))
        }
        Method::Flow(_)
        | Method::Newton(_)
        | Method::Conjugate
        | Method::Bfgs
        | Method::GaussNewton
        | Method::LevenbergMarquardt => Ok(()),
    }
}
