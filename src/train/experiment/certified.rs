//! Certified regions and walls, rounded to doubles for the experiments.
//!
//! UNTRUSTED, but for what it hands on from the kernel. Every bound here is of a certificate that
//! the kernel has accepted in this process; only its rounding to doubles is not certified.

use super::Control;
use super::confirm::{Confirmation, Region, confirm};
use crate::kernel::surface::{Attraction, TrainingSet};
use crate::prover::surface::barrier::approximate;
use crate::prover::surface::wall::highest;
use crate::train::objective::Objective;
use num_traits::ToPrimitive;
use serde::Serialize;

/// A certified lower bound of what every way out of a minimum has to climb.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Wall {
    /// The bound, exactly.
    pub exact: String,
    /// The bound, rounded down.
    pub height: f64,
}

/// The highest wall that a certificate of the strict minimum near the weights `near` shows.
#[must_use]
pub fn wall(data: &TrainingSet, near: &[f64]) -> Option<Wall> {
    let highest = highest(data, near)?;
    // The nearest double is within half a unit of the exact value.
    let below = highest.to_f64()? * (1.0 - f64::EPSILON);
    Some(Wall {
        exact: highest.to_string(),
        height: below,
    })
}

/// The certified region in the weights; `None` where a number in it does not fit into a double.
#[must_use]
pub fn region(attraction: &Attraction) -> Option<Region> {
    let scale = attraction.scale()?.to_f64()?;
    let minimum = &attraction.minimum;
    let centre: Vec<f64> = approximate(&minimum.centre)
        .iter()
        .map(|u| scale * u)
        .collect();
    let radius = scale * attraction.radius().to_f64()?;
    let half_width = scale * 0.5_f64.powi(i32::try_from(minimum.half_width).ok()?);
    let [lower, upper] = [&minimum.modulus, &attraction.smoothness].map(ToPrimitive::to_f64);
    let (lower, upper) = (lower? / (scale * scale), upper? / (scale * scale));
    let finite = centre
        .iter()
        .chain([&lower, &upper])
        .all(|number| number.is_finite())
        && radius > 0.0;
    finite.then_some(Region {
        centre,
        radius,
        half_width,
        lower,
        upper,
    })
}

/// Confirms a certified region with the rate `1/L`.
#[must_use]
pub fn confirm_region(
    attraction: &Attraction,
    objective: &Objective,
    starts: usize,
    control: Control<'_>,
) -> Option<Confirmation> {
    let region = region(attraction)?;
    confirm(objective, &region, 1.0 / region.upper, starts, control)
}
