//! The runner of experiments: a plan and a training set in, a report out.
//!
//! UNTRUSTED.

use super::Control;
use super::basins::{BasinSetup, basins};
use super::certified;
use super::compare::{Comparison, MARGIN, compare, presentations};
use super::confirm::confirm;
use super::diffusion::{MEMORIES, fluctuations};
use super::eigenvalues::eigenvalues;
use super::ends::search;
use super::escape::{EscapeSetup, LOOKS, SAFE, algorithms, escape};
use super::estimate::estimate;
use super::finding::{Escapes, Finding, TrainReport};
use super::finish::{Keep, finish};
use super::growth::{FLOW, growth};
use super::impossible::Impossible;
use super::pass::pass;
use super::plan::{Plan, Quantity};
use super::plane::map;
use super::rates::{chosen, every};
use super::runaway;
use super::subject::Subject;
use crate::train::algorithm::{Method, batch};
use crate::train::run::{Run, Watch};
use crate::unit::TrainingSet;
use rayon::prelude::*;

/// Carries out the plan on a training set. `watch` may end it early; `finished` is called once for
/// each finished run.
///
/// # Errors
/// [`Impossible`] where there is nothing to measure.
pub fn run(
    set: &TrainingSet,
    plan: &Plan,
    watch: &dyn Watch,
    finished: &(dyn Fn() + Sync),
) -> Result<TrainReport, Impossible> {
    let control = Control {
        seed: plan.seed,
        watch,
        finished,
    };
    let subject = Subject::new(set, plan, control);
    let method = subject.method()?;
    let finding = measure(&subject, &method)?;
    Ok(TrainReport::new(set, method, control, finding))
}

/// Measures what the plan says.
fn measure(subject: &Subject<'_>, method: &Method) -> Result<Finding, Impossible> {
    let (objective, plan, control) = (&subject.objective, subject.plan, subject.control);
    Ok(match &plan.quantity {
        Quantity::Runs => Finding::Runs(runs(subject, method)?),
        Quantity::Minima => {
            let scale = plan.minimum.scale;
            Finding::Search(search(objective, plan.runs, scale, control))
        }
        Quantity::Basins { scales, every: all } => {
            let methods = if *all {
                every(objective, &subject.start(0)?, plan.limits.steps)
            } else {
                vec![(method.clone(), plan.limits.steps)]
            };
            let setup = BasinSetup {
                minimum: subject.landscape()?.minimum,
                methods,
                scales: scales.clone(),
                starts: plan.runs,
            };
            Finding::Basins(basins(objective, &setup, control))
        }
        Quantity::Map { side } => {
            let found = subject.landscape()?;
            let (minimum, lower) = (&found.minimum, &found.lowest);
            Finding::Map(map(objective, minimum, lower, *side, control))
        }
        Quantity::Escape { rates, betas, mass } => {
            let methods = algorithms(objective, rates, betas, *mass);
            Finding::Escape(escapes(subject, methods)?)
        }
        Quantity::Diffusion { rates } => {
            let minimum = subject.landscape()?.minimum.weights;
            let size = (plan.runs, MEMORIES);
            Finding::Diffusion(fluctuations(objective, &minimum, rates, size, control))
        }
        Quantity::Growth => {
            let run = single(subject, &Method::Flow(FLOW))?;
            Finding::Growth(growth(objective, &run))
        }
        Quantity::Eigenvalues => {
            let run = single(subject, method)?;
            Finding::Eigenvalues(eigenvalues(objective, run, control))
        }
        Quantity::Comparison => Finding::Comparison(comparison(subject, method)?),
        Quantity::Confirmation => {
            if !plan.is_plain() {
                return Err(Impossible::NotTheData);
            }
            let region = subject.region_near(&subject.landscape()?.minimum.weights)?;
            let rate = 1.0 / region.upper;
            let found = confirm(objective, &region, rate, plan.runs, control);
            Finding::Confirmation(found.ok_or(Impossible::NoRegion)?)
        }
        Quantity::Estimate { estimand, against } => {
            Finding::Estimate(estimate(subject, method, *estimand, against.as_ref())?)
        }
    })
}

/// One run from the first start.
fn single(subject: &Subject<'_>, method: &Method) -> Result<Run, Impossible> {
    let (objective, control) = (&subject.objective, subject.control);
    let (start, how) = (subject.start(0)?, (method, &subject.plan.limits));
    let mut runs = finish(objective, how, &[start], Keep::Way, control);
    runs.pop().ok_or(Impossible::NoRuns)
}

/// All runs, in the order of their starts.
fn runs(subject: &Subject<'_>, method: &Method) -> Result<Vec<Run>, Impossible> {
    let (objective, control) = (&subject.objective, subject.control);
    let (starts, how) = (subject.starts()?, (method, &subject.plan.limits));
    let runs = finish(objective, how, &starts, Keep::Way, control);
    if method.is_stochastic() {
        return Ok(runs);
    }
    let ask = |run| runaway::told(objective, run);
    Ok(runs.into_par_iter().map(ask).collect())
}

/// Escapes of the algorithms from the minimum, beside the bounds of the way out.
fn escapes(subject: &Subject<'_>, methods: Vec<Method>) -> Result<Escapes, Impossible> {
    let (objective, plan) = (&subject.objective, subject.plan);
    let found = subject.landscape()?;
    let plain = plan.is_plain().then(|| subject.set.plain());
    let wall = plain.and_then(|data| certified::wall(data, &found.minimum.weights));
    let pass = pass(objective, &found.minimum, &found.lowest);
    let setup = EscapeSetup {
        methods,
        minimum: found.minimum,
        runs: plan.runs,
        steps: plan.limits.steps,
        interval: (plan.limits.steps / LOOKS).max(1),
        safe: SAFE,
    };
    Ok(Escapes {
        wall,
        pass,
        runs: escape(objective, &setup, subject.control),
    })
}

/// Batch descent at a chosen rate against the plan's algorithm.
fn comparison(subject: &Subject<'_>, method: &Method) -> Result<Comparison, Impossible> {
    let (objective, plan) = (&subject.objective, subject.plan);
    let starts = subject.starts()?;
    let first = starts.first().ok_or(Impossible::NoRuns)?;
    let batch = Method::Batch(batch::Settings::plain(0.0));
    let batch = chosen(&batch, objective, first);
    let sized = |method| (method, presentations(objective, method, plan.limits.steps));
    let methods = [&batch, method].map(sized);
    Ok(compare(
        objective,
        methods,
        &starts,
        MARGIN,
        subject.control,
    ))
}
