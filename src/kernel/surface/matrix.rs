//! Symmetric integer matrices, as lower triangles. Part of the trusted kernel.

use super::super::number::Int;
use super::Rejection;
use num_traits::{Signed, Zero};

/// Row i holds the entries (i, 0) … (i, i).
#[derive(Clone, Debug)]
pub(super) struct Triangle(pub(super) Vec<Vec<Int>>);

impl Triangle {
    /// The zero matrix of n rows.
    pub(super) fn zero(n: usize) -> Self {
        Self((0..n).map(|i| vec![Int::zero(); i.saturating_add(1)]).collect())
    }

    /// Adds m a aᵀ.
    pub(super) fn add_outer(&mut self, m: &Int, a: &[Int]) {
        for (row, left) in self.0.iter_mut().zip(a) {
            if left.is_zero() {
                continue;
            }
            let left = m * left;
            for (cell, right) in row.iter_mut().zip(a) {
                if !right.is_zero() {
                    *cell += &left * right;
                }
            }
        }
    }

    /// Adds m to the diagonal.
    pub(super) fn add_diagonal(&mut self, m: &Int) {
        for cell in self.0.iter_mut().filter_map(|row| row.last_mut()) {
            *cell += m;
        }
    }

    /// Schema: M − L Lᵀ diagonally dominant with diagonal ≥ 0 ⟹ M ⪰ 0 (Gershgorin).
    pub(super) fn check_nonnegative(mut self, columns: &[Vec<Int>]) -> Result<(), Rejection> {
        if columns.len() != self.0.len() {
            return Err(Rejection::Count { expected: self.0.len(), found: columns.len() });
        }
        for (index, (row, left)) in self.0.iter_mut().zip(columns).enumerate() {
            if left.len() != index.saturating_add(1) {
                return Err(Rejection::Count { expected: index.saturating_add(1), found: left.len() });
            }
            for (cell, right) in row.iter_mut().zip(columns) {
                *cell -= left.iter().zip(right).map(|(l, r)| l * r).sum::<Int>();
            }
        }
        let mut others = vec![Int::zero(); self.0.len()];
        for (index, row) in self.0.iter().enumerate() {
            let mut own = Int::zero();
            for (cell, other) in row.iter().zip(others.iter_mut()).take(index) {
                own += cell.abs();
                *other += cell.abs();
            }
            if let Some(other) = others.get_mut(index) {
                *other += own;
            }
        }
        for (index, (row, off)) in self.0.iter().zip(others).enumerate() {
            match row.last() {
                Some(diagonal) if *diagonal >= off => {}
                diagonal => {
                    let diagonal = diagonal.cloned().unwrap_or_default();
                    return Err(Rejection::NotDominant { row: index, diagonal, off_diagonal: off });
                }
            }
        }
        Ok(())
    }
}
