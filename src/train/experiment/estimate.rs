//! Estimates: one number with a confidence interval, as claims state it.
//!
//! UNTRUSTED.

use super::compare::{Comparison, MARGIN, compare, presentations};
use super::diffusion;
use super::ends::{Fate, settle};
use super::escape::{EscapeSetup, SAFE, escape};
use super::finish::{Keep, finish};
use super::growth::growth;
use super::impossible::Impossible;
use super::plan::Estimand;
use super::subject::Subject;
use crate::train::algorithm::Method;
use crate::train::number::{real64, whole};
use crate::train::run::{Ending, Limits, Run};
use crate::train::statistics::{Share, difference, median};
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
        Estimand::Lower | Estimand::LowerInTime | Estimand::LowerAtBest => {
            let against = against.ok_or(Impossible::NothingAgainst)?;
            lower(subject, [against, method], estimand)
        }
        Estimand::Inside
        | Estimand::Contracts
        | Estimand::Captured
        | Estimand::Below
        | Estimand::Escaped
        | Estimand::EscapedInTime
        | Estimand::Rests
        | Estimand::Logarithmic => {
            let steps = subject.plan.limits.steps;
            let share = share(subject, (method, steps), estimand)?;
            let Some(against) = against else {
                return Ok(share.into());
            };
            let steps = if estimand == Estimand::EscapedInTime {
                as_long(subject, (method, steps), against)?
            } else {
                steps
            };
            let other = self::share(subject, (against, steps), estimand)?;
            let (value, interval) = difference(share, other);
            Ok(Estimate {
                value,
                interval,
                repetitions: share.total,
            })
        }
    }
}

/// Steps in which another algorithm has as much time of the flow.
fn as_long(
    subject: &Subject<'_>,
    (method, steps): (&Method, u64),
    other: &Method,
) -> Result<u64, Impossible> {
    let clock = |method: &Method| method.clock(&subject.objective).ok_or(Impossible::NoClock);
    let time = real64(steps) * clock(method)?;
    Ok(whole((time / clock(other)?).round()).max(1))
}

/// Factors of a rate that are tried for the best one: more than a decade to each side.
const GRID: [f64; 9] = [0.0625, 0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0];

/// The share of starts from which the second method ends lower than the first.
fn lower(
    subject: &Subject<'_>,
    [against, method]: [&Method; 2],
    estimand: Estimand,
) -> Result<Estimate, Impossible> {
    let objective = &subject.objective;
    let passes = |method: &Method| presentations(objective, method, subject.plan.limits.steps);
    let starts = subject.starts()?;
    let ends = |methods: [(&Method, u64); 2], starts: &[Vec<f64>]| -> Comparison {
        compare(objective, methods, starts, MARGIN, subject.control)
    };
    let found = match estimand {
        Estimand::LowerInTime => {
            let steps = passes(method);
            let others = as_long(subject, (method, steps), against)?;
            ends([(against, others), (method, steps)], &starts)
        }
        Estimand::LowerAtBest => {
            // One half of the starts chooses the rates, the other half measures.
            let (choose, measure) = starts.split_at(starts.len() / 2);
            let best = |method: &Method| {
                let rates = GRID.iter().filter_map(|factor| method.at_rate(*factor));
                let tried = rates.map(|method| {
                    let steps = passes(&method);
                    let errors = ends([(&method, steps), (&method, 0)], choose).first;
                    (typical(errors), method)
                });
                tried
                    .min_by(|a, b| a.0.total_cmp(&b.0))
                    .map(|(_, method)| method)
                    .ok_or(Impossible::NoRate)
            };
            let (first, second) = (best(against)?, best(method)?);
            let methods = [(&first, passes(&first)), (&second, passes(&second))];
            ends(methods, measure)
        }
        _ => ends(
            [(against, passes(against)), (method, passes(method))],
            &starts,
        ),
    };
    Ok(found.second_lower.into())
}

/// The median of errors, where what is not a number counts as infinite.
fn typical(mut errors: Vec<f64>) -> f64 {
    for error in &mut errors {
        if error.is_nan() {
            *error = f64::INFINITY;
        }
    }
    median(errors).unwrap_or(f64::INFINITY)
}

/// The share of runs of which the event holds.
fn share(
    subject: &Subject<'_>,
    how: (&Method, u64),
    estimand: Estimand,
) -> Result<Share, Impossible> {
    match estimand {
        Estimand::Captured => settled(subject, how, Fate::Captured),
        Estimand::Below => settled(subject, how, Fate::Below),
        Estimand::Escaped | Estimand::EscapedInTime => escaped(subject, how),
        Estimand::Contracts => contracts(subject, how.0),
        Estimand::Logarithmic => {
            let ends = ends(subject, how)?;
            let grows = |end: &&Run| growth(&subject.objective, end).is_logarithmic();
            Ok(Share::new(ends.iter().filter(grows).count(), ends.len()))
        }
        Estimand::Rests => {
            let ends = ends(subject, how)?;
            let rests = |end: &&Run| matches!(end.outcome, Ending::Converged | Ending::Flat);
            Ok(Share::new(ends.iter().filter(rests).count(), ends.len()))
        }
        Estimand::Inside
        | Estimand::Fluctuation
        | Estimand::Lower
        | Estimand::LowerInTime
        | Estimand::LowerAtBest => {
            // The region first: without one there is no need to run anything.
            let (region, ends) = (subject.region()?, ends(subject, how)?);
            let inside = ends.iter().filter(|end| region.holds(&end.weights));
            Ok(Share::new(inside.count(), ends.len()))
        }
    }
}

fn ends(subject: &Subject<'_>, (method, steps): (&Method, u64)) -> Result<Vec<Run>, Impossible> {
    let limits = Limits {
        steps,
        ..subject.plan.limits
    };
    let how = (method, &limits);
    let starts = subject.starts()?;
    let keep = if method.is_second_order() {
        Keep::Way
    } else {
        Keep::End
    };
    Ok(finish(
        &subject.objective,
        how,
        &starts,
        keep,
        subject.control,
    ))
}

/// The share of runs from whose end the flow leads there.
fn settled(subject: &Subject<'_>, how: (&Method, u64), wanted: Fate) -> Result<Share, Impossible> {
    let (ends, minimum) = (ends(subject, how)?, subject.minimum()?);
    let objective = &subject.objective;
    let belongs = |end: &&Run| settle(objective, minimum, &end.weights) == wanted;
    let count = ends.par_iter().filter(belongs).count();
    Ok(Share::new(count, ends.len()))
}

/// The share of runs that left the basin.
fn escaped(subject: &Subject<'_>, (method, steps): (&Method, u64)) -> Result<Share, Impossible> {
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

/// The mean square distance from the mean over the predicted one.
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
