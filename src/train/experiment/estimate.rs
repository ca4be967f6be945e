//! Estimates: one number with a confidence interval, as claims state it.
//!
//! UNTRUSTED.

use super::compare::{MARGIN, compare, presentations};
use super::diffusion;
use super::ends::{Fate, settle};
use super::escape::{EscapeSetup, SAFE, escape};
use super::finish::finish;
use super::growth::growth;
use super::impossible::Impossible;
use super::plan::Estimand;
use super::subject::Subject;
use crate::train::algorithm::Method;
use crate::train::number::real64;
use crate::train::run::Run;
use crate::train::statistics::{Share, difference};
use rayon::prelude::*;
use serde::Serialize;

/// Looks along a run of a claim whether it has escaped. Each look may follow the flow to its end;
/// a claim asks whether a run escapes, not when.
const LOOKS: u64 = 20;

/// An estimate with its interval, and the runs behind it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// A confidence interval for what is estimated.
    pub interval: [f64; 2],
    /// Runs that were made.
    pub repetitions: usize,
}

impl From<Share> for Estimate {
    fn from(share: Share) -> Self {
        Self {
            value: share.estimate,
            interval: [share.lower, share.upper],
            repetitions: share.total,
        }
    }
}

/// Estimates the number; with another algorithm, the difference to it.
pub(super) fn estimate(
    subject: &Subject<'_>,
    method: &Method,
    estimand: Estimand,
    against: Option<&Method>,
) -> Result<Estimate, Impossible> {
    match estimand {
        Estimand::Fluctuation => fluctuation(subject, method),
        Estimand::Lower => lower(subject, method, against),
        Estimand::Inside
        | Estimand::Contracts
        | Estimand::Captured
        | Estimand::Below
        | Estimand::Escaped
        | Estimand::Logarithmic => {
            let share = share(subject, method, estimand)?;
            let Some(against) = against else {
                return Ok(share.into());
            };
            let (value, interval) = difference(share, self::share(subject, against, estimand)?);
            Ok(Estimate {
                value,
                interval,
                repetitions: share.total,
            })
        }
    }
}

/// The share of starts from which the method ends lower than the other one.
fn lower(
    subject: &Subject<'_>,
    method: &Method,
    against: Option<&Method>,
) -> Result<Estimate, Impossible> {
    let against = against.ok_or(Impossible::NothingAgainst)?;
    let (objective, passes) = (&subject.objective, subject.plan.limits.steps);
    let sized = |method| (method, presentations(objective, method, passes));
    let methods = [against, method].map(sized);
    let found = compare(
        objective,
        methods,
        subject.plan.runs,
        MARGIN,
        subject.control,
    );
    Ok(found.second_lower.into())
}

/// The share of runs of which the event holds.
fn share(subject: &Subject<'_>, method: &Method, estimand: Estimand) -> Result<Share, Impossible> {
    match estimand {
        Estimand::Captured => settled(subject, method, Fate::Captured),
        Estimand::Below => settled(subject, method, Fate::Below),
        Estimand::Escaped => escaped(subject, method),
        Estimand::Contracts => contracts(subject, method),
        Estimand::Logarithmic => {
            let ends = ends(subject, method)?;
            let grows = |end: &&Run| growth(&subject.objective, end).is_logarithmic();
            Ok(Share::new(ends.iter().filter(grows).count(), ends.len()))
        }
        Estimand::Inside | Estimand::Fluctuation | Estimand::Lower => {
            // The region first: without one there is no need to run anything.
            let (region, ends) = (subject.region()?, ends(subject, method)?);
            let inside = ends.iter().filter(|end| region.holds(&end.weights));
            Ok(Share::new(inside.count(), ends.len()))
        }
    }
}

fn ends(subject: &Subject<'_>, method: &Method) -> Result<Vec<Run>, Impossible> {
    let length = (method, subject.plan.limits.steps);
    let starts = subject.starts()?;
    Ok(finish(&subject.objective, length, &starts, subject.control))
}

/// The share of runs from whose end the flow leads there.
fn settled(subject: &Subject<'_>, method: &Method, wanted: Fate) -> Result<Share, Impossible> {
    let (ends, minimum) = (ends(subject, method)?, subject.minimum()?);
    let objective = &subject.objective;
    let belongs = |end: &&Run| settle(objective, minimum, &end.weights) == wanted;
    let count = ends.par_iter().filter(belongs).count();
    Ok(Share::new(count, ends.len()))
}

/// The share of runs that left the basin.
fn escaped(subject: &Subject<'_>, method: &Method) -> Result<Share, Impossible> {
    let steps = subject.plan.limits.steps;
    let setup = EscapeSetup {
        methods: vec![method.clone()],
        minimum: subject.minimum()?.clone(),
        runs: subject.plan.runs,
        steps,
        interval: (steps / LOOKS).max(1),
        safe: SAFE,
    };
    let found = escape(&subject.objective, &setup, subject.control);
    found
        .first()
        .map(|escape| escape.escaped)
        .ok_or(Impossible::NoRuns)
}

/// The share of runs of batch descent that contract as certified.
fn contracts(subject: &Subject<'_>, method: &Method) -> Result<Share, Impossible> {
    let (Method::Batch(settings), region) = (method, subject.region()?) else {
        return Err(Impossible::NoRate);
    };
    let bound = region.contraction(settings.rate) + region.rounding();
    let found = region
        .contractions(&subject.objective, settings.rate, &subject.starts()?)
        .ok_or(Impossible::NoRegion)?;
    let kept = found.iter().filter(|contraction| **contraction <= bound);
    Ok(Share::new(kept.count(), found.len()))
}

/// The mean square distance from the minimum over the predicted one.
fn fluctuation(subject: &Subject<'_>, method: &Method) -> Result<Estimate, Impossible> {
    let Method::Online(settings) = method else {
        return Err(Impossible::NoRate);
    };
    let (objective, runs) = (&subject.objective, subject.plan.runs);
    let minimum = &subject.minimum()?.weights;
    // As many presentations as the plan says, in memories of the slowest direction.
    let memory = diffusion::memory(objective, minimum) / settings.rate;
    let size = (runs, real64(subject.plan.limits.steps) / memory);
    let rates = [settings.rate];
    let found = diffusion::fluctuations(objective, minimum, &rates, size, subject.control);
    let found = found.first().ok_or(Impossible::NoRuns)?;
    let interval = found.measured.interval(runs);
    Ok(Estimate {
        value: found.ratio,
        interval: interval.map(|end| end / found.predicted),
        repetitions: runs,
    })
}
