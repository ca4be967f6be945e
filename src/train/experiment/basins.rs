//! The share of random starts that end in a minimum, by algorithm and by the scale of the starts.
//!
//! UNTRUSTED. Starts are uniform in a cube; every algorithm gets the same ones. Where an algorithm
//! stops, the gradient flow decides to which basin its end belongs, so that the noise of the
//! stochastic ones is not taken for a place of its own.

use super::ends::{Fate, Found, settle};
use super::finish::{Keep, finish};
use super::{Control, stream};
use crate::train::algorithm::Method;
use crate::train::objective::Objective;
use crate::train::run::{Ending, Limits, Run};
use crate::train::seed::{cube, generator};
use crate::train::statistics::Share;
use rayon::prelude::*;
use serde::Serialize;

/// The minimum, the algorithms and the starts.
#[derive(Clone, Debug)]
pub struct BasinSetup {
    /// The minimum.
    pub minimum: Found,
    /// The algorithms, with the steps each may take.
    pub methods: Vec<(Method, u64)>,
    /// Half widths of the cubes.
    pub scales: Vec<f64>,
    /// Starts in each cube.
    pub starts: usize,
}

/// One algorithm from one cube.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// The algorithm.
    pub method: &'static str,
    /// Parameters of the algorithm.
    pub settings: String,
    /// Half width of the cube.
    pub scale: f64,
    /// Share that ended in the minimum.
    pub captured: Share,
    /// Share that ended below its error.
    pub below: Share,
    /// Share that did neither: plateaus, minima that are not lower, runs undecided at the limit.
    pub elsewhere: Share,
    /// Share that diverged or gave no number.
    pub lost: Share,
}

/// The result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Basins {
    /// The seed.
    pub seed: u64,
    /// The minimum.
    pub minimum: Found,
    /// One entry for each algorithm and cube.
    pub cells: Vec<Cell>,
    /// True where it was ended early; the shares are then of the runs that finished.
    pub interrupted: bool,
}

/// Follows the starts of every cube.
#[must_use]
pub fn basins(objective: &Objective, setup: &BasinSetup, control: Control<'_>) -> Basins {
    let mut cells = Vec::new();
    for (method, steps) in &setup.methods {
        for scale in &setup.scales {
            let fates = fates(objective, setup, (method, *steps), *scale, control);
            let share =
                |fate| Share::new(fates.iter().filter(|f| **f == fate).count(), fates.len());
            cells.push(Cell {
                method: method.name(),
                settings: method.settings(),
                scale: *scale,
                captured: share(Fate::Captured),
                below: share(Fate::Below),
                elsewhere: share(Fate::Elsewhere),
                lost: share(Fate::Lost),
            });
        }
    }
    Basins {
        seed: control.seed,
        minimum: setup.minimum.clone(),
        cells,
        interrupted: control.stopped(),
    }
}

fn fates(
    objective: &Objective,
    setup: &BasinSetup,
    (method, steps): (&Method, u64),
    scale: f64,
    control: Control<'_>,
) -> Vec<Fate> {
    let start = |index| {
        cube(
            &mut generator(control.seed, stream(index)),
            objective.dimension(),
            scale,
        )
    };
    let starts: Vec<Vec<f64>> = (0..setup.starts).map(start).collect();
    let settled = |end: &Run| match end.outcome {
        Ending::Interrupted => None,
        Ending::Diverged | Ending::NotANumber => Some(Fate::Lost),
        Ending::Converged | Ending::Flat | Ending::Runaway | Ending::Limit | Ending::Stuck => {
            Some(settle(objective, &setup.minimum, &end.weights))
        }
    };
    let limits = Limits {
        steps,
        ..Limits::DEFAULT
    };
    finish(objective, (method, &limits), &starts, Keep::End, control)
        .par_iter()
        .filter_map(settled)
        .collect()
}
