//! Exact linear algebra of the rounding: sparse elimination, and L D Lᵀ of a matrix. UNTRUSTED.

use crate::kernel::number::{Int, Rational};
use crate::prover::budget::spend;
use num_traits::{Signed, ToPrimitive, Zero};
use std::collections::BTreeMap;

/// Factors by unknown, and the right side.
pub(super) type Equation = (BTreeMap<usize, Rational>, Rational);

/// Equations solved one after another: each pivot by the unknowns without pivot and by later pivots.
#[derive(Debug, Default)]
pub(super) struct Solved {
    pivots: Vec<(usize, Equation)>,
    /// Which of the equations are independent of those before them.
    pub(super) independent: Vec<usize>,
}

/// Eliminates the unknowns that occur least. `None` if the equations contradict each other, or when the budget is spent.
pub(super) fn eliminate(equations: &[Equation]) -> Option<Solved> {
    let mut occurrences: BTreeMap<usize, usize> = BTreeMap::new();
    for unknown in equations.iter().flat_map(|(factors, _)| factors.keys()) {
        *occurrences.entry(*unknown).or_default() += 1;
    }
    let mut order: Vec<usize> = (0..equations.len()).collect();
    order.sort_by_key(|place| equations[*place].0.len());
    let mut solved = Solved::default();
    for place in order {
        let (mut factors, mut right) = equations[place].clone();
        for (pivot, (above, value)) in &solved.pivots {
            if let Some(factor) = factors.get(pivot).cloned() {
                spend(above.len())?;
                for (unknown, there) in above {
                    let entry = factors.entry(*unknown).or_insert_with(Rational::zero);
                    *entry -= &factor * there;
                    if entry.is_zero() {
                        factors.remove(unknown);
                    }
                }
                right -= factor * value;
            }
        }
        spend(solved.pivots.len() / 16 + 1)?;
        let rarest = factors
            .keys()
            .min_by_key(|unknown| occurrences.get(unknown));
        let Some(pivot) = rarest.copied() else {
            if right.is_zero() {
                continue;
            }
            return None;
        };
        let scale = factors[&pivot].recip();
        factors.values_mut().for_each(|value| *value *= &scale);
        solved.pivots.push((pivot, (factors, right * scale)));
        solved.independent.push(place);
    }
    Some(solved)
}

impl Solved {
    /// All unknowns, from values that those without pivot are given.
    pub(super) fn complete(&self, given: &[Rational]) -> Option<Vec<Rational>> {
        let mut values = given.to_vec();
        for (pivot, (factors, right)) in self.pivots.iter().rev() {
            spend(factors.len())?;
            let mut value = right.clone();
            for (unknown, factor) in factors.iter().filter(|(unknown, _)| *unknown != pivot) {
                value -= factor * &values[*unknown];
            }
            values[*pivot] = value;
        }
        Some(values)
    }
}

/// A symmetric matrix as Σ d l lᵀ with every d > 0, if it is nonnegative.
pub(super) fn squares(mut matrix: Vec<Vec<Rational>>) -> Option<Vec<(Rational, Vec<Rational>)>> {
    let size = matrix.len();
    let mut found = Vec::new();
    for pivot in 0..size {
        spend(size * size / 4 + 1)?;
        let value = matrix[pivot][pivot].clone();
        if value.is_zero() && matrix[pivot].iter().all(Zero::is_zero) {
            continue;
        }
        if !value.is_positive() {
            return None;
        }
        let line: Vec<Rational> = matrix[pivot].iter().map(|entry| entry / &value).collect();
        for (row, factor) in line.iter().enumerate().filter(|(_, f)| !f.is_zero()) {
            for (column, other) in line.iter().enumerate().filter(|(_, f)| !f.is_zero()) {
                matrix[row][column] -= &value * factor * other;
            }
        }
        found.push((value, line));
    }
    Some(found)
}

/// The value on the grid of 2^−bits.
pub(super) fn on_grid(value: f64, bits: u32) -> Option<Rational> {
    let scaled = (value * 2_f64.powi(i32::try_from(bits).ok()?)).round();
    Some(Rational::new(
        Int::from(scaled.to_i128()?),
        Int::from(1) << bits,
    ))
}

/// Largest denominator of a number that is guessed from its float.
const DENOMINATOR: f64 = 64.0;

/// The simplest fraction near a float, by its continued fraction.
pub(super) fn simplest(value: f64, tolerance: f64) -> Option<Rational> {
    let (mut rest, mut before, mut now) = (value, (0.0, 1.0), (1.0, 0.0));
    for _ in 0..12 {
        let whole = rest.floor();
        let next: (f64, f64) = (whole * now.0 + before.0, whole * now.1 + before.1);
        if next.1 > DENOMINATOR {
            return None;
        }
        if (next.0 / next.1 - value).abs() < tolerance {
            return Some(Rational::new(
                Int::from(next.0.to_i64()?),
                Int::from(next.1.to_i64()?),
            ));
        }
        (before, now) = (now, next);
        rest = (rest - whole).recip();
    }
    None
}
