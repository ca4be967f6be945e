//! Many starts, each to its end: in lanes where the algorithm allows it, else one by one on all
//! threads.
//!
//! UNTRUSTED. Whether a start is in lanes depends on the algorithm and the data alone. So the run
//! from a start is the same, however many others there are.

use super::{Control, RUNS, stream};
use crate::train::algorithm::{Method, RateScale};
use crate::train::lanes::Starts;
use crate::train::lines::Lines;
use crate::train::number::{norm, real64};
use crate::train::objective::Objective;
use crate::train::run::{Ending, Limits, Run, Snapshot, run, stationary};
use crate::train::seed::generator;
use rayon::prelude::*;

/// What is kept of each run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The end.
    End,
    /// The way there too.
    Way,
}

/// Steps in lanes at most, before it is asked which starts have ended.
const CHUNK: u64 = 4_096;
/// Steps that lanes take together, however early the ends are looked for.
const WHOLE: u64 = 64;

/// The runs from these starts.
#[must_use]
pub fn finish(
    objective: &Objective,
    (method, limits): (&Method, &Limits),
    starts: &[Vec<f64>],
    keep: Keep,
    control: Control<'_>,
) -> Vec<Run> {
    if let Some((lines, rate)) = in_lanes(objective, method) {
        let abreast = Abreast {
            objective,
            lines,
            rate,
            limits,
            keep,
        };
        return abreast.runs(starts, control);
    }
    let one = |(index, start): (usize, &Vec<f64>)| {
        let mut noise = generator(control.seed, RUNS + stream(index));
        let end = run(objective, method, start, limits, &mut noise, control.watch);
        (control.finished)();
        end
    };
    starts.par_iter().enumerate().map(one).collect()
}

/// The lines and the rate of batch descent that lanes can do.
fn in_lanes<'a>(objective: &'a Objective, method: &Method) -> Option<(&'a Lines, f64)> {
    let Method::Batch(settings) = method else {
        return None;
    };
    let lines = objective.lines()?;
    let plain = settings.scale == RateScale::Same && !settings.guarded;
    let fits = Starts::fit(lines) && settings.rate.is_finite();
    (plain && fits).then_some((lines, settings.rate))
}

/// Batch descent of a single unit, all starts side by side.
struct Abreast<'a> {
    objective: &'a Objective,
    lines: &'a Lines,
    rate: f64,
    limits: &'a Limits,
    keep: Keep,
}

impl Abreast<'_> {
    fn runs(&self, starts: &[Vec<f64>], control: Control<'_>) -> Vec<Run> {
        let mut runs: Vec<Run> = starts.iter().map(|start| begun(start)).collect();
        let mut going: Vec<usize> = (0..starts.len()).collect();
        let mut steps = 0;
        loop {
            going.retain(|index| !self.look(&mut runs[*index], steps, control));
            if going.is_empty() {
                return runs;
            }
            let chunk = self.chunk(steps);
            let points: Vec<Vec<f64>> = going.iter().map(|i| runs[*i].weights.clone()).collect();
            let mut batch = Starts::new(&points);
            batch.descend(self.lines, self.rate, chunk);
            for (place, index) in going.iter().enumerate() {
                runs[*index].weights = batch.weights(place);
            }
            steps += chunk;
            control.watch.stepped(chunk);
        }
    }

    /// A power of two at first, then an eighth of the steps so far, in wholes.
    fn chunk(&self, steps: u64) -> u64 {
        let chunk = if steps < WHOLE && self.keep == Keep::Way {
            steps.max(1)
        } else {
            (steps / 8 / WHOLE * WHOLE).clamp(WHOLE, CHUNK) - steps % WHOLE
        };
        chunk.min(self.limits.steps - steps)
    }

    /// Whether the run has ended; what it was then is written down.
    fn look(&self, run: &mut Run, steps: u64, control: Control<'_>) -> bool {
        let ended = self.ended(&run.weights, control);
        let ended = ended.or((steps >= self.limits.steps).then_some(Ending::Limit));
        run.steps = steps;
        run.time = real64(steps) * self.rate;
        if ended.is_some() || self.keep == Keep::Way {
            run.error = self.objective.error(&run.weights);
            run.trajectory.push(Snapshot {
                step: steps,
                time: run.time,
                error: run.error,
                weights: run.weights.clone(),
                energies: None,
            });
        }
        let Some(outcome) = ended else {
            return false;
        };
        run.outcome = outcome;
        run.gradient = norm(&self.objective.gradient(&run.weights));
        (control.finished)();
        true
    }

    fn ended(&self, weights: &[f64], control: Control<'_>) -> Option<Ending> {
        let size = norm(weights);
        if size.is_nan() {
            return Some(Ending::NotANumber);
        }
        if size > self.limits.bound {
            return Some(Ending::Diverged);
        }
        if control.stopped() {
            return Some(Ending::Interrupted);
        }
        stationary(self.objective, weights, self.limits)
    }
}

/// A run that has only its start.
fn begun(start: &[f64]) -> Run {
    Run {
        outcome: Ending::Limit,
        steps: 0,
        time: 0.0,
        error: f64::NAN,
        gradient: f64::NAN,
        weights: start.to_vec(),
        trajectory: Vec::new(),
        runaway: None,
    }
}
