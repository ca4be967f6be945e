//! A matrix T with T M Tᵀ diagonal, for the rule `inertia`. UNTRUSTED.

use crate::kernel::number::Rational;
use num_traits::{One, Zero};

fn add_row(matrix: &mut [Vec<Rational>], from: usize, to: usize, factor: &Rational) {
    let source = matrix[from].clone();
    matrix[to]
        .iter_mut()
        .zip(&source)
        .for_each(|(entry, value)| *entry += factor * value);
}

fn add_column(matrix: &mut [Vec<Rational>], from: usize, to: usize, factor: &Rational) {
    for row in matrix {
        let value = factor * &row[from];
        row[to] += value;
    }
}

/// Symmetric elimination; a zero pivot takes in a later row, or two rows whose product is not zero. `None` unless square.
#[must_use]
pub fn diagonalise(matrix: &[Vec<Rational>]) -> Option<Vec<Vec<Rational>>> {
    let size = matrix.len();
    if matrix.iter().any(|row| row.len() != size) {
        return None;
    }
    let mut work = matrix.to_vec();
    let mut congruence: Vec<Vec<Rational>> = (0..size)
        .map(|i| {
            (0..size)
                .map(|j| {
                    if i == j {
                        Rational::one()
                    } else {
                        Rational::zero()
                    }
                })
                .collect()
        })
        .collect();
    let apply = |work: &mut Vec<Vec<Rational>>,
                 congruence: &mut Vec<Vec<Rational>>,
                 from,
                 to,
                 factor: &Rational| {
        add_row(work, from, to, factor);
        add_column(work, from, to, factor);
        add_row(congruence, from, to, factor);
    };
    for pivot in 0..size {
        if work[pivot][pivot].is_zero() {
            let nonzero = (pivot + 1..size).find(|row| !work[pivot][*row].is_zero());
            let Some(row) = nonzero else { continue };
            let double = Rational::from_integer(2.into()) * &work[pivot][row];
            let factor = if (&double + &work[row][row]).is_zero() {
                -Rational::one()
            } else {
                Rational::one()
            };
            apply(&mut work, &mut congruence, row, pivot, &factor);
        }
        for row in pivot + 1..size {
            let factor = -(&work[row][pivot] / &work[pivot][pivot]);
            if !factor.is_zero() {
                apply(&mut work, &mut congruence, pivot, row, &factor);
            }
        }
    }
    Some(congruence)
}
