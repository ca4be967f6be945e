//! What each task does.
//!
//! UNTRUSTED.

use super::rates::{chosen, every};
use super::{JobError, Options, Task};
use crate::prover::surface::attraction;
use crate::train::algorithm::presentation::Order;
use crate::train::algorithm::{Method, RateScale, batch, damped, flow, newton, online};
use crate::train::experiment::confirm::Confirmation;
use crate::train::experiment::ends::{Found, Search, search};
use crate::train::experiment::finding::{Eigenvalues, Escapes, Finding};
use crate::train::experiment::pass::pass;
use crate::train::experiment::{
    Control, RUNS, basins, certified, compare, diffusion, escape, growth, plane,
};
use crate::train::number::{norm, real64, whole};
use crate::train::objective::Objective;
use crate::train::run::{Ending, Limits, Run, run as run_one, stationary};
use crate::train::seed::generator;
use crate::train::spectrum;
use crate::unit::TrainingSet;
use rayon::prelude::*;

/// Does what the task says.
pub(super) fn measure(
    set: &TrainingSet,
    objective: &Objective,
    options: &Options,
    method: &Method,
    start: &[f64],
    control: Control<'_>,
) -> Result<Finding, JobError> {
    let limits = &options.limits;
    let about = || about(objective, options, control);
    Ok(match &options.task {
        Task::Run => Finding::Runs(runs(objective, options, method, control)),
        Task::Search => Finding::Search(search(
            objective,
            options.starts,
            options.scale.unwrap_or(3.0),
            control,
        )),
        Task::Basins { scales, every: all } => {
            let methods = if *all {
                every(objective, start, limits.steps)
            } else {
                vec![(method.clone(), limits.steps)]
            };
            let scales = scales.clone();
            let plan = basins::BasinSetup {
                minimum: about()?.0,
                methods,
                scales,
                starts: options.starts,
            };
            Finding::Basins(basins::basins(objective, &plan, control))
        }
        Task::Map { side } => {
            let (minimum, lower) = about()?;
            Finding::Map(plane::map(objective, &minimum, &lower, *side, control))
        }
        Task::Escape { rates, betas, mass } => {
            let (minimum, lower) = about()?;
            let wall = if options.is_plain() {
                certified::wall(set.plain(), &minimum.weights)
            } else {
                None
            };
            let pass = pass(objective, &minimum, &lower);
            let plan = escape::EscapeSetup {
                methods: escapes(objective, rates, betas, *mass),
                minimum,
                runs: options.starts,
                steps: limits.steps,
                interval: (limits.steps / LOOKS).max(1),
                safe: SAFE,
            };
            Finding::Escape(Escapes {
                wall,
                pass,
                runs: escape::escape(objective, &plan, control),
            })
        }
        Task::Diffusion { rates } => {
            let size = (options.starts, MEMORIES);
            Finding::Diffusion(diffusion::fluctuations(
                objective,
                &about()?.0.weights,
                rates,
                size,
                control,
            ))
        }
        Task::Growth => {
            let method = Method::Flow(flow::Settings { tolerance: 1e-9 });
            let run = run_one(
                objective,
                &method,
                start,
                limits,
                &mut generator(control.seed, 0),
                control.watch,
            );
            Finding::Growth(growth::growth(objective, &run))
        }
        Task::Eigenvalues => {
            let run = run_one(
                objective,
                method,
                start,
                limits,
                &mut generator(control.seed, 0),
                control.watch,
            );
            Finding::Eigenvalues(estimates(objective, run, control))
        }
        Task::Compare => Finding::Comparison(comparison(objective, options, control)),
        Task::Confirm => Finding::Confirmation(confirmed(set, objective, options, about, control)?),
    })
}

/// Looks along a run whether it has escaped.
const LOOKS: u64 = 200;
/// Nothing is asked in this ball around a minimum.
const SAFE: f64 = 0.1;
/// Length of a diffusion run, in memories of the slowest direction.
const MEMORIES: f64 = 50.0;
/// What counts as a lower end.
const MARGIN: f64 = 0.01;

fn runs(
    objective: &Objective,
    options: &Options,
    method: &Method,
    control: Control<'_>,
) -> Vec<Run> {
    let one = |index: u64| {
        let start = options.start(objective, control.seed, index);
        let mut noise = generator(control.seed, RUNS + index);
        let run = run_one(
            objective,
            method,
            &start,
            &options.limits,
            &mut noise,
            control.watch,
        );
        (control.finished)();
        run
    };
    let count = u64::try_from(options.starts).unwrap_or(u64::MAX);
    (0..count).into_par_iter().map(one).collect()
}

/// The minimum that the experiment is about, and the lowest point that is known.
fn about(
    objective: &Objective,
    options: &Options,
    control: Control<'_>,
) -> Result<(Found, Vec<f64>), JobError> {
    const STARTS: usize = 256;
    let quiet = Control {
        finished: &|| {},
        ..control
    };
    let Search {
        minima,
        lowest,
        lowest_at,
    } = search(objective, STARTS, options.scale.unwrap_or(3.0), quiet);
    let Some(given) = &options.minimum else {
        let highest = minima
            .into_iter()
            .next_back()
            .ok_or(JobError::NoMinimum(STARTS))?;
        return Ok((highest, lowest_at));
    };
    let method = Method::Newton(newton::Settings { factor: 1.0 });
    let end = run_one(
        objective,
        &method,
        given,
        &Limits::default(),
        &mut generator(control.seed, 0),
        control.watch,
    );
    let strict = stationary(objective, &end.weights, &Limits::default()) == Some(Ending::Converged);
    if !strict {
        return Err(JobError::NotMinimum);
    }
    let spurious = end.error > lowest + 1e-6 * (1.0 + lowest.abs());
    Ok((
        Found {
            weights: end.weights,
            error: end.error,
            spurious,
        },
        lowest_at,
    ))
}

/// Simple backpropagation at each rate, beside batch descent at the largest; or the damped dynamics at each damping.
fn escapes(objective: &Objective, rates: &[f64], betas: &[f64], mass: Option<f64>) -> Vec<Method> {
    let damped = |mass: f64, beta: f64| {
        Method::Damped(damped::Settings {
            beta,
            masses: vec![mass],
            interval: 1.0,
            batch: false,
        })
    };
    if betas.is_empty() {
        // One batch step at rate η/total moves as far as one presentation at rate η does on average.
        let rate = rates
            .iter()
            .fold(0.0_f64, |largest, rate| largest.max(*rate))
            / objective.examples().total();
        let batch = Method::Batch(batch::Settings {
            rate,
            scale: RateScale::Same,
        });
        return rates
            .iter()
            .map(|rate| simple(*rate))
            .chain([batch])
            .collect();
    }
    match mass {
        Some(mass) => betas.iter().map(|beta| damped(mass, *beta)).collect(),
        None => rates
            .iter()
            .flat_map(|rate| {
                betas
                    .iter()
                    .map(move |beta| damped(1.0 / (*beta * rate), *beta))
            })
            .collect(),
    }
}

fn simple(rate: f64) -> Method {
    let (scale, schedule) = (RateScale::Same, online::Schedule::Constant);
    Method::Online(online::Settings {
        rate,
        scale,
        schedule,
        order: Order::Random,
    })
}

fn confirmed(
    set: &TrainingSet,
    objective: &Objective,
    options: &Options,
    about: impl Fn() -> Result<(Found, Vec<f64>), JobError>,
    control: Control<'_>,
) -> Result<Confirmation, JobError> {
    if !options.is_plain() {
        return Err(JobError::NotTheData);
    }
    let attraction =
        attraction::certify(set.plain(), &about()?.0.weights).ok_or(JobError::NoCertificate)?;
    certified::confirm_region(&attraction, objective, options.starts, control)
        .ok_or(JobError::NoCertificate)
}

fn estimates(objective: &Objective, run: Run, control: Control<'_>) -> Eigenvalues {
    let w = &run.weights;
    let seed = |index| generator(control.seed, RUNS + index);
    let leak = spectrum::Leak {
        alpha: 1e-4 * (1.0 + norm(w)),
        gamma: 0.003,
    };
    Eigenvalues {
        exact: spectrum::eigenvalues(objective, w),
        power: spectrum::power(objective, w, 200, &mut seed(0)).eigenvalue,
        taylor: spectrum::taylor(objective, w, 1e-5, 200, &mut seed(1)).eigenvalue,
        online: spectrum::online(objective, w, leak, 20_000, &mut seed(2)).eigenvalue,
        outcome: run.outcome,
        weights: run.weights,
    }
}

fn comparison(
    objective: &Objective,
    options: &Options,
    control: Control<'_>,
) -> compare::Comparison {
    let start = options.start(objective, control.seed, 0);
    let batch = Method::Batch(batch::Settings {
        rate: 0.0,
        scale: RateScale::Same,
    });
    let batch = chosen(&batch, objective, &start);
    let online = match &options.method {
        Method::Online(_) => options.method.clone(),
        Method::Batch(_)
        | Method::Flow(_)
        | Method::Momentum(_)
        | Method::Damped(_)
        | Method::Diagonal(_)
        | Method::Newton(_)
        | Method::Conjugate
        | Method::Bfgs
        | Method::GaussNewton
        | Method::LevenbergMarquardt => simple(0.0),
    };
    let online = chosen(&online, objective, &start);
    let passes = options.limits.steps;
    let presentations = whole(real64(passes) * objective.examples().total());
    compare::compare(
        objective,
        [(&batch, passes), (&online, presentations)],
        options.starts,
        MARGIN,
        control,
    )
}
