//! Certificates that a minimum attracts gradient descent. UNTRUSTED.

use super::SHARE;
use super::barrier::{self, Problem, approximate, grid_int, hessian_on_box, three_digits};
use super::find::descend;
use super::linear::Square;
use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{Attraction, Evidence, Minimum, Statement, TrainingSet, check};
use num_traits::{One, ToPrimitive};

/// The region around the strict minimum near the weights `near` that attracts gradient descent,
/// accepted by the kernel.
///
/// There is none where the columns of the data are scaled differently, or are dependent.
#[must_use]
pub fn certify(data: &TrainingSet, near: &[f64]) -> Option<Attraction> {
    let problem = Problem::new(data);
    let found = descend(&problem.floats, problem.to_chart(near));
    let (minimum, barrier) = barrier::prove(&problem, &found.point, None, SHARE)?;
    let (attraction, columns) = prove(&problem, &minimum, barrier.grid)?;
    let statement = Statement::Attraction(Box::new(attraction.clone()));
    check(&statement, true, &Evidence::Attraction(barrier, columns))
        .is_ok()
        .then_some(attraction)
}

/// The statement around a certified minimum, and the factor that its evidence needs, for a barrier on the grid 2⁻ᵏ.
#[must_use]
pub fn prove(problem: &Problem, minimum: &Minimum, k: u32) -> Option<(Attraction, Vec<Vec<Int>>)> {
    let n = problem.floats.n;
    let hessian = hessian_on_box(
        &problem.floats,
        &approximate(&minimum.centre),
        minimum.half_width,
        true,
    )?;
    let largest = hessian.eigen().0.into_iter().fold(0.0, f64::max);
    let size = n.to_f64()?;
    let epsilon = 8.0 * size * (largest.sqrt() * 2_f64.powi(-31) + largest * 1e-14);
    // Rounded up to three digits.
    let smoothness =
        three_digits((largest + 2.0 * epsilon) * 1.01) * Rational::new(101.into(), 100.into());
    let level = super::floats::float(&smoothness) - epsilon;
    let rest = Square {
        n,
        entries: hessian.entries.iter().map(|x| -x).collect(),
    };
    let factor = rest.cholesky(|_| level)?;
    let columns = (0..n)
        .map(|i| (0..=i).map(|j| grid_int(factor.at(i, j), k / 2)).collect())
        .collect();
    let attraction = Attraction {
        minimum: minimum.clone(),
        smoothness,
    };
    let fits = attraction.scale().is_some()
        && attraction.radius() > Rational::new(Int::one(), Int::one() << 500_u32);
    fits.then_some((attraction, columns))
}
