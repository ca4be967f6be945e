//! The error at infinity. UNTRUSTED.

use super::super::barrier::Problem;
use super::MOST_WEIGHTS;
use super::fans::{float_rows, halve_mixed};
use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{TrainingSet, Unit};
use num_traits::{One, Signed, ToPrimitive, Zero};

/// The least value of E at the corners of infinity, exactly: every row saturated, signs as in the cones.
#[must_use]
pub fn least_corner(problem: &Problem) -> Option<(Rational, Vec<Rational>)> {
    let n = problem.floats.n;
    if n > MOST_WEIGHTS || n == 0 {
        return None;
    }
    let rows = float_rows(&problem.rows)?;
    let mut best: Option<(Rational, Vec<i64>)> = None;
    for number in 0..1_usize << n {
        let ray = |k: usize| {
            (0..n)
                .map(|i| {
                    if i == k {
                        if number >> k & 1 == 1 { -1 } else { 1 }
                    } else {
                        0
                    }
                })
                .collect()
        };
        let mut cones: Vec<Vec<Vec<i64>>> = vec![(0..n).map(ray).collect()];
        while let Some(rays) = cones.pop() {
            if let Some((_, _, parts)) = halve_mixed(&rows, &rays).ok()? {
                cones.extend(parts);
                continue;
            }
            let sum: Vec<i64> = (0..n)
                .map(|i| rays.iter().map(|ray| ray[i]).sum())
                .collect();
            let value = problem.rows.iter().zip(&rows).map(|(row, float)| {
                let y: i64 = float.a.iter().zip(&sum).map(|(a, s)| a * s).sum();
                let end = Rational::from_integer(y.signum().into()) - &row.target;
                &end * &end * &row.weight
            });
            let value = value.fold(Rational::zero(), |total: Rational, term| total + term);
            if best.as_ref().is_none_or(|(least, _)| value < *least) {
                best = Some((value, sum));
            }
        }
    }
    // Back to weights: the kept column's x is d·u, the dropped ones stay 0.
    let (value, u) = best?;
    let mut x = vec![Rational::zero(); problem.data.width()];
    for (coordinate, u) in problem.chart.coordinates.iter().zip(u) {
        x[coordinate.column] = &coordinate.scale * Rational::from_integer(u.into());
    }
    Some((value, x))
}

/// The limit of E(τv) for τ → ∞.
#[must_use]
pub fn limit(data: &TrainingSet, direction: &[Rational]) -> Rational {
    let two = Rational::from_integer(2.into());
    let terms = data.rows().iter().map(|row| {
        let along = row
            .input
            .iter()
            .zip(direction)
            .map(|(a, v)| a * v)
            .fold(Rational::zero(), |x, y| x + y);
        let end = match data.unit() {
            Unit::Tanh => along.signum(),
            Unit::Logistic => (along.signum() + Rational::one()) / &two,
        };
        let residual = end - &row.target;
        &residual * &residual * &row.weight
    });
    terms.fold(Rational::zero(), |x, y| x + y)
}

/// Simple rationals between two floats, to be tried as β.
#[must_use]
pub fn between(low: f64, high: f64) -> Vec<Rational> {
    let pick = |part: f64| {
        let value = low + part * (high - low);
        let mut unit = 1_i64;
        while unit < 1 << 40 {
            let candidate = (value * unit.to_f64()?).round() / unit.to_f64()?;
            if (candidate - value).abs() < 0.5 * (value - low) && candidate < high {
                return Some(Rational::new(
                    Int::from((candidate * unit.to_f64()?).to_i64()?),
                    Int::one() * unit,
                ));
            }
            unit *= 2;
        }
        None
    };
    [0.5, 0.1, 0.02, 1e-5, 1e-7]
        .into_iter()
        .filter_map(pick)
        .collect()
}
