//! Sizes of an experiment that nobody gave: runs, steps, rates, starts.
//!
//! UNTRUSTED. Each is chosen so that the experiment takes seconds on two cores and still shows
//! something. A claim states its runs itself, because its verdict depends on them.

use super::plan::{Quantity, Sought, Start};
use crate::train::run::Limits;

/// The seed.
pub const SEED: u64 = 1;

/// Half width of the cube in which the search for minima starts: wide enough that tanh units
/// saturate on either side.
pub const SEARCH_SCALE: f64 = 3.0;

/// Half width of the cube of random starts of a single unit.
pub const UNIT_SCALE: f64 = 1.0;

/// Half widths of the cubes whose basins are measured, from nearly linear to saturated units.
pub const BASIN_SCALES: [f64; 4] = [0.1, 0.3, 1.0, 3.0];

/// Cells on each side of a map: 4096 flows, a few seconds.
pub const MAP_SIDE: usize = 64;

/// Rates of escape: on the 125 instances few runs leave at the first, nearly all at the last.
pub const ESCAPE_RATES: [f64; 5] = [0.05, 0.1, 0.2, 0.4, 0.8];

/// Rates of diffusion: the prediction is for small rates, and a third off at the last.
pub const DIFFUSION_RATES: [f64; 4] = [0.0003, 0.001, 0.003, 0.01];

/// Steps of each run of a claim: enough to settle in a certified region.
pub const CLAIM_STEPS: u64 = 1_000;

/// Passes of a comparison: batch descent takes one step in each, so it has time to settle.
const PASSES: u64 = 2_000;

impl Quantity {
    /// Runs that are a few seconds of work.
    #[must_use]
    pub const fn default_runs(&self) -> usize {
        match self {
            // A single run, or something that is not a matter of runs.
            Self::Runs | Self::Map { .. } | Self::Growth | Self::Eigenvalues => 1,
            // Each run lasts fifty memories of the slowest direction, at each rate.
            Self::Diffusion { .. } => 8,
            // Each run is two runs of thousands of passes.
            Self::Comparison => 20,
            // Each run is followed by flows that decide its basin.
            Self::Escape { .. } => 40,
            // Each start is at most hundreds of Levenberg–Marquardt steps.
            Self::Minima => 200,
            // Eleven algorithms in each cube, or one.
            Self::Basins { every: true, .. } => 60,
            Self::Basins { every: false, .. } => 500,
            // Starts go side by side, in lanes.
            Self::Confirmation | Self::Estimate { .. } => 1000,
        }
    }

    /// Steps of each run; passes of a comparison.
    #[must_use]
    pub const fn default_steps(&self) -> u64 {
        match self {
            Self::Comparison => PASSES,
            Self::Estimate { .. } => CLAIM_STEPS,
            Self::Runs
            | Self::Minima
            | Self::Basins { .. }
            | Self::Map { .. }
            | Self::Escape { .. }
            | Self::Diffusion { .. }
            | Self::Growth
            | Self::Eigenvalues
            | Self::Confirmation => Limits::DEFAULT.steps,
        }
    }
}

impl Sought {
    /// The minimum near a point, or that of a search of the default width.
    #[must_use]
    pub const fn near(near: Option<Vec<f64>>) -> Self {
        Self {
            near,
            scale: SEARCH_SCALE,
        }
    }
}

impl Start {
    /// Starts of a network with these hidden layers: by fan-in (lb98 (16)), or in a cube
    /// for a single unit.
    #[must_use]
    pub const fn default_for(hidden: &[usize]) -> Self {
        if hidden.is_empty() {
            Self::Cube(UNIT_SCALE)
        } else {
            Self::FanIn
        }
    }
}
