//! What the kernel certifies of a minimum, as the experiments use it: the region that attracts, and how high its walls are at least.
//!
//! UNTRUSTED, but for what it hands on from the kernel: every bound here is of a certificate that the kernel has accepted in this process; only its
//! rounding to doubles is not certified.

use super::Control;
use super::confirm::{Confirmation, Region, confirm};
use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{Attraction, Evidence, Minimum, Statement, TrainingSet, check};
use crate::prover::surface::barrier::{Problem, approximate, prove};
use crate::prover::surface::find::descend;
use crate::train::objective::Objective;
use num_traits::{One, Signed, ToPrimitive};
use serde::Serialize;

/// The part of the least eigenvalue that the certificate of attraction keeps.
const SHARE: f64 = 0.95;
/// Parts that are tried for the highest wall: a small one allows a wide box, and the wall grows with the square of its width.
const SHARES: [f64; 8] = [0.9, 0.75, 0.6, 0.45, 0.3, 0.2, 0.1, 0.05];

/// The region around the strict minimum near these weights that attracts gradient descent, accepted by the kernel. There is none where the
/// columns of the data are scaled differently, or are dependent.
#[must_use]
pub fn certify(data: &TrainingSet, near: &[f64]) -> Option<Attraction> {
    let problem = Problem::new(data);
    let found = descend(&problem.floats, problem.to_chart(near));
    let (minimum, barrier) = prove(&problem, &found.point, None, SHARE)?;
    let (attraction, columns) = crate::prover::surface::attraction::prove(&problem, &minimum)?;
    let statement = Statement::Attraction(Box::new(attraction.clone()));
    check(&statement, &Evidence::Attraction(barrier, columns)).is_ok().then_some(attraction)
}

/// A certified lower bound of what every way out of a minimum has to climb.
///
/// `E(u) ≥ E(u*) + (λ/2) ‖u − u*‖²` in the box of half width r around the centre, and `‖u* − c‖ ≤ ρ`: on the boundary of the box the error is
/// at least `(λ/2)(r − ρ)²` above the minimum.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Wall {
    /// The bound, exactly.
    pub exact: String,
    /// The bound, rounded down.
    pub height: f64,
}

/// The highest wall that a certificate of the strict minimum near these weights shows.
#[must_use]
pub fn wall(data: &TrainingSet, near: &[f64]) -> Option<Wall> {
    let problem = Problem::new(data);
    let found = descend(&problem.floats, problem.to_chart(near));
    let one = |share: &f64| {
        let (minimum, barrier) = prove(&problem, &found.point, None, *share)?;
        let statement = Statement::Minimum(Box::new(minimum.clone()));
        check(&statement, &Evidence::Barrier(barrier)).is_ok().then(|| height(&minimum))
    };
    let highest = SHARES.iter().filter_map(one).max()?;
    // The nearest double is within half a unit of the exact value.
    let below = highest.to_f64()? * (1.0 - f64::EPSILON);
    Some(Wall { exact: highest.to_string(), height: below })
}

fn height(minimum: &Minimum) -> Rational {
    let radius = Rational::new(Int::one(), Int::one() << minimum.half_width) - &minimum.near;
    let reach = if radius.is_positive() { radius } else { Rational::from_integer(0.into()) };
    &minimum.modulus * &reach * &reach / Rational::from_integer(2.into())
}

/// The certified region in the weights; `None` where a number in it does not fit into a double.
#[must_use]
pub fn region(attraction: &Attraction) -> Option<Region> {
    let scale = attraction.scale()?.to_f64()?;
    let minimum = &attraction.minimum;
    let centre: Vec<f64> = approximate(&minimum.centre).iter().map(|u| scale * u).collect();
    let radius = scale * attraction.radius().to_f64()?;
    let half_width = scale * 0.5_f64.powi(i32::try_from(minimum.half_width).ok()?);
    let [lower, upper] = [&minimum.modulus, &attraction.smoothness].map(ToPrimitive::to_f64);
    let (lower, upper) = (lower? / (scale * scale), upper? / (scale * scale));
    let finite = centre.iter().chain([&lower, &upper]).all(|number| number.is_finite()) && radius > 0.0;
    finite.then_some(Region { centre, radius, half_width, lower, upper })
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
