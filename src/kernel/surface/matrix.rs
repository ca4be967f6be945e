//! Symmetric integer matrices. Part of the trusted kernel.

use super::Premise;
use super::{Checked, Int, TooLarge, count, dot, ensure, limits, longest};
use num_traits::{Signed, Zero};

/// All rows.
pub(super) struct Symmetric(pub(super) Vec<Vec<Int>>);

impl Symmetric {
    /// The zero matrix of n rows.
    pub(super) fn zero(n: usize) -> Self {
        Self(vec![vec![Int::zero(); n]; n])
    }

    /// Adds m a aᵀ.
    pub(super) fn add_outer(&mut self, m: &Int, a: &[Int]) -> Result<(), TooLarge> {
        let (entries, long) = (a.len().saturating_mul(a.len()), longest(a));
        limits::multiply(entries, m.bits().saturating_add(long), long)?;
        limits::spend((entries >> 5_u32).saturating_add(1))?;
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
        Ok(())
    }

    /// Adds m to the diagonal.
    pub(super) fn add_diagonal(&mut self, m: &Int) {
        self.0
            .iter_mut()
            .enumerate()
            .filter_map(|(i, row)| row.get_mut(i))
            .for_each(|cell| *cell += m);
    }

    /// Schema: M − L Lᵀ diagonally dominant with diagonal ≥ 0 ⟹ M ⪰ 0 (Gershgorin), for a lower triangle L.
    pub(super) fn check_nonnegative(mut self, columns: &[Vec<Int>]) -> Checked {
        count(self.0.len(), columns.len())?;
        for (index, (row, left)) in self.0.iter_mut().zip(columns).enumerate() {
            count(index.saturating_add(1), left.len())?;
            for (cell, right) in row.iter_mut().zip(columns) {
                *cell -= dot(left, right)?;
            }
            let sizes: Int = row.iter().map(Signed::abs).sum();
            let dominant = row.get(index).is_some_and(|diagonal| diagonal * 2 >= sizes);
            ensure(dominant, Premise::Dominant, [index])?;
        }
        Ok(())
    }
}
