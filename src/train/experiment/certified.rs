//! From a certified minimum to the region that descent is confirmed in.
//!
//! UNTRUSTED. The kernel has checked the box, the modulus λ and the distance ρ from the centre to the minimum; descent from the ball of radius `r − 2ρ` stays in
//! the box of half width r. The upper bound of the Hessian is not in the certificate: it is computed here, in floating point, from bounds on the
//! derivatives of `h(y) = (tanh y − b)²`. All of it is in the coordinates of the certificate's chart.

use super::Control;
use super::confirm::{Confirmation, Region, confirm};
use crate::kernel::number::Rational;
use crate::kernel::surface::{Chart, Coordinate, Evidence, Minimum, Point, Statement, TrainingSet, check};
use crate::prover::surface::barrier::{Problem, prove};
use crate::prover::surface::find::descend;
use crate::train::example::Examples;
use crate::train::network::Network;
use crate::train::number::{dot, real};
use crate::train::objective::Objective;
use crate::train::sigmoid::Sigmoid;
use nalgebra::{DMatrix, DVector};
use num_traits::ToPrimitive;

/// `|h''''| ≤ 17.9` for `|b| ≤ 1`.
const FOURTH: f64 = 18.0;
/// The part of the least eigenvalue that a certificate keeps.
const SHARE: f64 = 0.95;

/// A certificate for the strict minimum near these weights, accepted by the kernel.
#[must_use]
pub fn certify(data: &TrainingSet, near: &[f64]) -> Option<Minimum> {
    let problem = Problem::new(data);
    let found = descend(&problem.floats, coordinates(&problem.chart, near)?);
    let (minimum, barrier) = prove(&problem, &found.point, None, SHARE)?;
    let statement = Statement::Minimum(Box::new(minimum.clone()));
    check(&statement, &Evidence::Barrier(barrier)).is_ok().then_some(minimum)
}

/// The chart's coordinates of these weights.
fn coordinates(chart: &Chart, w: &[f64]) -> Option<Vec<f64>> {
    let one = |coordinate: &Coordinate| {
        let mut sum = *w.get(coordinate.column)?;
        for (fold, column) in coordinate.folds.iter().zip(&chart.dropped) {
            sum += fold.to_f64()? * w.get(*column)?;
        }
        Some(sum / coordinate.scale.to_f64()?)
    };
    chart.coordinates.iter().map(one).collect()
}

/// The error in the coordinates of the certificate's chart, as that of a tanh unit.
#[must_use]
pub fn objective(minimum: &Minimum) -> Objective {
    let problem = Problem::new(&minimum.data);
    let mut examples = Examples::default();
    for (a, b, weight) in problem.floats.rows() {
        examples.push(a.to_vec(), b, weight);
    }
    Objective::new(Network::unit(examples.columns(), Sigmoid::TANH), examples)
}

/// The region of a certified minimum; `None` where a number in it does not fit into a double.
#[must_use]
pub fn region(minimum: &Minimum, objective: &Objective) -> Option<Region> {
    let centre = centre(&minimum.centre)?;
    let half_width = 0.5_f64.powi(i32::try_from(minimum.half_width).ok()?);
    let radius = half_width - 2.0 * minimum.near.to_f64()?;
    let upper = curvature(objective, &centre, half_width)?;
    let finite = centre.iter().all(|c| c.is_finite()) && radius > 0.0;
    finite.then_some(Region { centre, radius, half_width, lower: minimum.modulus.to_f64()?, upper })
}

/// Confirms a certified minimum with the rate `1/L`.
#[must_use]
pub fn confirm_minimum(minimum: &Minimum, starts: usize, control: Control<'_>) -> Option<Confirmation> {
    let objective = objective(minimum);
    let region = region(minimum, &objective)?;
    confirm(&objective, &region, 1.0 / region.upper, starts, control)
}

fn centre(point: &Point) -> Option<Vec<f64>> {
    match point {
        Point::Rational(u) => u.iter().map(Rational::to_f64).collect(),
        Point::Exp { bits, xi } => {
            let shift = f64::from(*bits) * std::f64::consts::LN_2;
            xi.iter().map(|x| Some(0.5 * (x.to_f64()?.ln() - shift))).collect()
        }
    }
}

/// An upper bound of the Hessian's eigenvalues on the box, up to rounding: `h''` of each line is at most its value at the centre, plus `|h'''|` there times
/// the reach `r ‖a‖₁` of `y`, plus half the bound of `|h''''|` times its square.
fn curvature(objective: &Objective, centre: &[f64], half_width: f64) -> Option<f64> {
    let n = centre.len();
    let mut bound = DMatrix::zeros(n, n);
    for line in &objective.lines()?.lines {
        let reach = half_width * line.input.iter().map(|a| a.abs()).sum::<f64>();
        let (t, b) = (dot(&line.input, centre).tanh(), line.target);
        let slope = 1.0 - t * t;
        let second = 2.0 * slope * (1.0 - 3.0 * t * t + 2.0 * b * t);
        let third = 2.0 * slope * (slope * (2.0 * b - 6.0 * t) - 2.0 * t * (1.0 + 2.0 * b * t - 3.0 * t * t));
        let most = second + reach * third.abs() + 0.5 * FOURTH * reach * reach;
        let a = DVector::from_column_slice(&line.input);
        bound.ger(line.weight * most, &a, &a, 1.0);
    }
    let largest = bound.symmetric_eigenvalues().max();
    (n > 0).then_some(largest * (1.0 + 1e-12 * real(n)))
}
