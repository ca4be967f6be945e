//! Searches for saddle points and maxima, and certificates for them. UNTRUSTED.

use super::super::congruence::diagonalise;
use super::barrier::{GRID, Problem, grid_int, responses, round_point, sums};
use super::find::start;
use super::floats::{FAR, Floats};
use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{Critical, Krawczyk};
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Most steps from one start.
const STEPS: usize = 80;
/// Bounds the work of the search: rows times weights squared times starts.
const WORK: usize = 2_000_000;
/// Most critical points that are looked for.
const POINTS: usize = 32;
/// Half-widths 2⁻ᵐ to try.
const HALF_WIDTHS: [u32; 4] = [32, 26, 20, 14];
/// Bits kept of the inverse of the Hessian.
const INVERSE_BITS: u64 = 30;

/// Points where the gradient vanishes and the Hessian is regular but not positive, from seeded starts.
#[must_use]
pub fn search(set: &Floats, seed: u64, starts: usize, minima: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let each = set.inputs.len().saturating_mul(set.n + 2).max(1);
    let random = (0..starts.min(WORK / each))
        .map(|index| start(set, seed, u64::try_from(index).unwrap_or(0)));
    let between = minima.iter().enumerate().flat_map(|(i, x)| {
        minima.iter().take(i).map(|y| {
            x.iter()
                .zip(y)
                .map(|(x, y)| f64::midpoint(*x, *y))
                .collect::<Vec<f64>>()
        })
    });
    let total: f64 = set.weights.iter().sum();
    let mut kept: Vec<Vec<f64>> = Vec::new();
    for point in between
        .take(POINTS)
        .chain(random)
        .filter_map(|point| descend(set, point))
    {
        let near = |other: &Vec<f64>| {
            let gap = other
                .iter()
                .zip(&point)
                .zip(&set.scale)
                .map(|((x, y), s)| (x - y) * (x - y) * s);
            gap.sum::<f64>() < 1e-8 * total
        };
        if kept.len() < POINTS && !kept.iter().any(near) {
            kept.push(point);
        }
    }
    kept.sort_by(|x, y| set.error(x).0.total_cmp(&set.error(y).0));
    kept
}

/// Levenberg's method for ∇E = 0; nothing if it ends elsewhere, or at a minimum, or where the Hessian is nearly singular.
fn descend(set: &Floats, mut point: Vec<f64>) -> Option<Vec<f64>> {
    let size = |g: &[f64]| {
        g.iter()
            .zip(&set.scale)
            .map(|(g, s)| g * g / s.max(1e-300))
            .sum::<f64>()
    };
    let total: f64 = set.weights.iter().sum();
    let mut here = set.derivatives(&point);
    let mut mu = 1e-3;
    for _ in 0..STEPS {
        let (values, vectors) = here.hessian.eigen();
        let step = |mu: f64| {
            let mut d = vec![0.0; set.n];
            for (j, value) in values.iter().enumerate() {
                let along: f64 = (0..set.n)
                    .map(|i| vectors.at(i, j) * here.gradient[i])
                    .sum();
                let largest = values.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
                let part = along * value / (value * value + mu * largest * largest + 1e-300);
                (0..set.n).for_each(|i| d[i] -= part * vectors.at(i, j));
            }
            d
        };
        let next: Vec<f64> = point.iter().zip(step(mu)).map(|(x, d)| x + d).collect();
        let there = set.derivatives(&next);
        if size(&there.gradient) < size(&here.gradient) {
            (point, here) = (next, there);
            mu /= 10.0;
        } else if mu > 1e6 || size(&here.gradient) < 1e-28 * total {
            break;
        } else {
            mu *= 8.0;
        }
    }
    let (values, _) = here.hessian.eigen();
    let largest = values.iter().fold(0.0_f64, |m, v| m.max(v.abs()));
    let regular =
        values.iter().all(|v| v.abs() > 1e-7 * largest) && values.iter().any(|v| *v < 0.0);
    (regular && size(&here.gradient) < 1e-20 * total && set.error(&point).1 < FAR).then_some(point)
}

/// A statement and its evidence for the critical point near u.
#[must_use]
pub fn prove(problem: &Problem, u: &[f64]) -> Option<(Critical, Krawczyk)> {
    let set = &problem.floats;
    let (values, vectors) = set.derivatives(u).hessian.eigen();
    let entry = |i: usize, k: usize| {
        values
            .iter()
            .enumerate()
            .map(|(j, value)| vectors.at(i, j) * vectors.at(k, j) / value)
            .sum::<f64>()
    };
    let largest = (0..set.n)
        .map(|i| entry(i, i).abs())
        .fold(0.0_f64, f64::max);
    let coarse = grid_int(largest, GRID).bits().saturating_sub(INVERSE_BITS);
    let inverse: Vec<Vec<Int>> = (0..set.n)
        .map(|i| {
            (0..set.n)
                .map(|k| grid_int(entry(i.max(k), i.min(k)), GRID) >> coarse << coarse)
                .collect()
        })
        .collect();
    let rational: Vec<Vec<Rational>> = inverse
        .iter()
        .map(|row| row.iter().cloned().map(Rational::from_integer).collect())
        .collect();
    let congruence = diagonalise(&rational)?;
    let negative = values.iter().filter(|value| **value < 0.0).count();
    let centre = round_point(set, u, 44.0);
    let s = responses(&problem.rows, &centre, GRID)?;
    let sums = sums(set.n, &problem.rows, &s, GRID);
    let grid = |x: Int| Rational::new(x, Int::one() << GRID);
    let slope = grid(sums.gradient.iter().map(Signed::abs).sum::<Int>() + &sums.slope_slack);
    // |h''| ≤ 8 + 8|b|/3 < 16.
    let bend: Int = problem
        .rows
        .iter()
        .map(|row| &row.l1() * &row.l1() * (row.weight.ceil().to_integer() + 1))
        .sum();
    let m = HALF_WIDTHS.into_iter().find(|m| {
        let row = |row: &Vec<Int>| row.iter().map(Signed::abs).sum::<Int>();
        let widest = inverse.iter().map(row).max().unwrap_or_else(Int::zero);
        let step = super::floats::float(&(&slope * grid(widest)));
        step < 2_f64.powi(-i32::try_from(*m).unwrap_or(0)) / 8.0
    })?;
    let reach =
        slope * grid(Int::one() << (GRID - m)) + Rational::new(bend * 8, Int::one() << (2 * m));
    let (value, slack) = (grid(sums.value), grid(sums.value_slack) + reach);
    let statement = Critical {
        data: problem.data.clone(),
        chart: problem.chart.clone(),
        centre,
        half_width: m,
        inertia: (set.n - negative, negative),
        error: (&value - &slack, value + slack),
    };
    (statement.error.0.to_f64().is_some()).then_some((
        statement,
        Krawczyk {
            grid: GRID,
            centre: s,
            inverse,
            congruence,
        },
    ))
}
