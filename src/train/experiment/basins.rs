//! The share of random starts that end in each minimum, by algorithm and by the scale of the starts.
//!
//! UNTRUSTED. Starts are uniform in a cube; every algorithm gets the same ones. Where an algorithm stops, the gradient flow goes on
//! to the end, so that the noise of the stochastic ones is not taken for a place of its own.

use super::ends::{End, Found, gather, place, settle};
use super::{Control, RUNS, stream};
use crate::train::algorithm::{Method, RateScale};
use crate::train::lanes::Batch;
use crate::train::lines::Lines;
use crate::train::objective::Objective;
use crate::train::run::{Limits, Outcome, run};
use crate::train::seed::{cube, generator};
use crate::train::statistics::Share;
use rayon::prelude::*;
use serde::Serialize;

/// What to measure.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The algorithms, with the steps each may take.
    pub methods: Vec<(Method, u64)>,
    /// Half widths of the cubes.
    pub scales: Vec<f64>,
    /// Starts in each cube.
    pub starts: usize,
    /// An error known to be reached, if any.
    pub lowest: Option<f64>,
}

/// One algorithm from one cube.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// The algorithm.
    pub method: &'static str,
    /// What tells it from others of that name.
    pub settings: String,
    /// Half width of the cube.
    pub scale: f64,
    /// Shares of the minima, in their order.
    pub minima: Vec<Share>,
    /// Share of all spurious minima together.
    pub spurious: Share,
    /// Share of ends that are no strict minimum.
    pub flat: Share,
    /// Share of runs that diverged, gave no number, or did not settle.
    pub unsettled: Share,
}

/// The result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Basins {
    /// The seed.
    pub seed: u64,
    /// The strict minima that were found, by error.
    pub minima: Vec<Found>,
    /// One entry for each algorithm and cube.
    pub cells: Vec<Cell>,
    /// Whether it was ended early; the shares are then of the runs that finished.
    pub interrupted: bool,
}

/// Runs the plan.
#[must_use]
pub fn basins(objective: &Objective, plan: &Plan, control: Control<'_>) -> Basins {
    let mut ends = Vec::new();
    for (method, steps) in &plan.methods {
        for scale in &plan.scales {
            ends.push((method, *scale, cell(objective, (method, *steps), (*scale, plan.starts), control)));
        }
    }
    let all: Vec<End> = ends.iter().flat_map(|(_, _, ends)| ends.iter().cloned()).collect();
    let minima = gather(&all, plan.lowest.unwrap_or(f64::INFINITY));
    let cells = ends.iter().map(|(method, scale, ends)| count(method, *scale, ends, &minima)).collect();
    Basins { seed: control.seed, minima, cells, interrupted: control.stopped() }
}

fn cell(
    objective: &Objective,
    (method, steps): (&Method, u64),
    (scale, count): (f64, usize),
    control: Control<'_>,
) -> Vec<End> {
    let starts: Vec<Vec<f64>> = (0..count)
        .map(|index| cube(&mut generator(control.seed, stream(index)), objective.dimension(), scale))
        .collect();
    let (starts, steps) = match abreast(objective, method, steps, &starts) {
        Some(moved) => (moved, 0),
        None => (starts, steps),
    };
    let limits = Limits { steps, ..Limits::default() };
    let one = |(index, start): (usize, &Vec<f64>)| {
        if control.stopped() {
            return None;
        }
        let mut noise = generator(control.seed, RUNS + stream(index));
        let end = run(objective, method, start, &limits, &mut noise, control.stop);
        (control.finished)();
        Some(match end.outcome {
            Outcome::Diverged | Outcome::NotANumber => {
                End { outcome: end.outcome, weights: end.weights, error: end.error }
            }
            Outcome::Interrupted => return None,
            Outcome::Converged | Outcome::Flat | Outcome::Limit | Outcome::Stuck => settle(objective, &end.weights),
        })
    };
    starts.par_iter().enumerate().filter_map(one).collect()
}

/// Batch descent of a single unit in lanes, where it can be done.
fn abreast(objective: &Objective, method: &Method, steps: u64, starts: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let Method::Batch(settings) = method else { return None };
    let lines = Lines::gather(objective).filter(|_| settings.scale == RateScale::Same)?;
    let mut batch = Batch::new(starts);
    batch.descend(&lines, settings.rate, steps).then(|| batch.all())
}

fn count(method: &Method, scale: f64, ends: &[End], minima: &[Found]) -> Cell {
    let total = ends.len();
    let share = |is: &dyn Fn(&End) -> bool| Share::new(ends.iter().filter(|end| is(end)).count(), total);
    let spurious = |end: &End| place(minima, end).is_some_and(|index| minima[index].spurious);
    Cell {
        method: method.name(),
        settings: method.settings(),
        scale,
        minima: (0..minima.len()).map(|index| share(&|end| place(minima, end) == Some(index))).collect(),
        spurious: share(&spurious),
        flat: share(&|end| end.outcome == Outcome::Flat),
        unsettled: share(&|end| !matches!(end.outcome, Outcome::Flat | Outcome::Converged)),
    }
}
