//! Symmetric integer matrices, as lower triangles. Part of the trusted kernel.

use super::{Int, Rejection, count, dot, ensure};
use num_traits::{Signed, Zero};

/// Row i holds the entries (i, 0) … (i, i).
#[derive(Clone, Debug)]
pub(super) struct Triangle(Vec<Vec<Int>>);

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
        count(self.0.len(), columns.len())?;
        for (index, (row, left)) in self.0.iter_mut().zip(columns).enumerate() {
            count(index.saturating_add(1), left.len())?;
            for (cell, right) in row.iter_mut().zip(columns) {
                *cell -= dot(left, right);
            }
        }
        for row in 0..self.0.len() {
            let others = (0..self.0.len()).filter(|column| *column != row);
            let off_diagonal: Int = others.map(|column| self.entry(row, column).abs()).sum();
            ensure(self.entry(row, row) >= off_diagonal, "dominant", [row])?;
        }
        Ok(())
    }

    fn entry(&self, i: usize, j: usize) -> Int {
        self.0.get(i.max(j)).and_then(|row| row.get(i.min(j))).cloned().unwrap_or_default()
    }
}
