//! Many starts, each to its end: in lanes where the algorithm allows it, else one by one on all
//! threads.
//!
//! UNTRUSTED.

use super::{Control, RUNS, stream};
use crate::train::algorithm::{Method, RateScale};
use crate::train::lanes::Starts;
use crate::train::number::{real, real64, whole};
use crate::train::objective::Objective;
use crate::train::run::{Limits, Run, run};
use crate::train::seed::generator;
use rayon::prelude::*;

/// Steps in lanes between looks whether to end early.
const CHUNK: u64 = 4_096;

/// The runs from these starts, with at most so many steps each. Of batch descent in lanes only the
/// end is kept, not the way there.
#[must_use]
pub fn finish(
    objective: &Objective,
    (method, steps): (&Method, u64),
    starts: &[Vec<f64>],
    control: Control<'_>,
) -> Vec<Run> {
    let moved = abreast(objective, (method, steps), starts, control);
    // Runs that went abreast were counted on the way.
    let quiet = Control {
        finished: &|| {},
        ..control
    };
    let (starts, steps, control) = moved
        .as_deref()
        .map_or((starts, steps, control), |moved| (moved, 0, quiet));
    let limits = Limits {
        steps,
        ..Limits::default()
    };
    let one = |(index, start): (usize, &Vec<f64>)| {
        let mut noise = generator(control.seed, RUNS + stream(index));
        let end = run(objective, method, start, &limits, &mut noise, control.watch);
        (control.finished)();
        end
    };
    starts.par_iter().enumerate().map(one).collect()
}

/// Batch descent of a single unit in lanes, where it can be done; as many runs count as finished as
/// steps are done in proportion.
fn abreast(
    objective: &Objective,
    (method, steps): (&Method, u64),
    starts: &[Vec<f64>],
    control: Control<'_>,
) -> Option<Vec<Vec<f64>>> {
    let Method::Batch(settings) = method else {
        return None;
    };
    let lines = objective
        .lines()
        .filter(|_| settings.scale == RateScale::Same)?;
    let mut batch = Starts::new(starts);
    let (mut left, mut counted) = (steps, 0);
    while left > 0 && !control.stopped() {
        let chunk = left.min(CHUNK);
        if !batch.descend(lines, settings.rate, chunk) {
            return None;
        }
        left -= chunk;
        let due = whole(real(starts.len()) * real64(steps - left) / real64(steps));
        (counted..due).for_each(|_| (control.finished)());
        counted = due;
    }
    Some(batch.all())
}
