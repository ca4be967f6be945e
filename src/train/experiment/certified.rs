//! Certified regions and walls, rounded to doubles for the experiments.
//!
//! UNTRUSTED, but for what it hands on from the kernel: every bound here is of a certificate that
//! the kernel has accepted in this process. A [`Wall`] says whether that is about the data as they
//! are. Doubles are rounded to the safe side.

use super::Control;
use super::confirm::{Confirmation, Region, confirm};
use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{Attraction, TrainingSet};
use crate::prover::surface::barrier::approximate;
use crate::prover::surface::wall::{About, Highest, highest};
use crate::train::objective::Objective;
use num_traits::{One, ToPrimitive};
use serde::Serialize;

/// A certified lower bound of what every way out of a minimum has to climb.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Wall {
    /// The bound, exactly.
    pub exact: String,
    /// The bound, rounded down.
    pub height: f64,
    /// The training set of the statement that the kernel accepted.
    pub about: About,
}

/// The highest wall that a certificate of the strict minimum near the weights `near` shows.
#[must_use]
pub fn wall(data: &TrainingSet, near: &[f64]) -> Option<Wall> {
    let Highest { height, about } = highest(data, near)?;
    Some(Wall {
        exact: height.to_string(),
        height: below(&height)?,
        about,
    })
}

/// A double below a fraction.
fn below(x: &Rational) -> Option<f64> {
    // The nearest double is within half a unit of the exact value.
    x.to_f64().map(f64::next_down)
}

/// A double above a fraction.
fn above(x: &Rational) -> Option<f64> {
    x.to_f64().map(f64::next_up)
}

/// How far rounding may move a centre: each ½ ln ξ by a few units of the larger of it and 1, and
/// the scale as much.
fn blur(centre: &[f64], scale: f64) -> f64 {
    16.0 * f64::EPSILON * centre.iter().fold(0.0, |sum, x| sum + x.abs() + scale)
}

/// The certified region in the weights, rounded to the safe side: a ball within the certified one,
/// a box around the certified one, and bounds of the Hessian beyond the certified ones. `None`
/// where a number in it does not fit into a double.
#[must_use]
pub fn region(attraction: &Attraction) -> Option<Region> {
    let scale = attraction.scale()?;
    let minimum = &attraction.minimum;
    let factor = scale.to_f64()?;
    let centre: Vec<f64> = approximate(&minimum.centre)
        .iter()
        .map(|u| factor * u)
        .collect();
    let blur = blur(&centre, factor);
    let box_radius = Rational::new(Int::one(), Int::one() << minimum.half_width);
    let radius = below(&(attraction.radius() * scale))? - blur;
    let half_width = above(&(box_radius * scale))? + blur;
    let square = scale * scale;
    let lower = below(&(&minimum.modulus / &square))?;
    let upper = above(&(&attraction.smoothness / &square))?;
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
