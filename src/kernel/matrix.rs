//! Exact rational matrices: rank and inertia. Part of the trusted kernel.
//!
//! A matrix is kept as integers over one positive denominator, so that nothing here computes with fractions. The
//! inertia comes from a congruence that the certificate states; the rank is computed, which is shorter than checking
//! a certificate for it.

use super::{Checked, Int, Rational, TooLarge, dot, ensure, fails, gcd, length, spend};
use num_bigint::Sign;
use num_traits::{One, Zero};

/// A rational matrix with at least one row and one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The entries times a common denominator.
    rows: Vec<Vec<Int>>,
    columns: usize,
}

/// Counts the steps of so many products of this number with numbers of its length.
pub(super) fn spend_on(products: usize, number: &Int) -> Result<(), TooLarge> {
    let length = length(number);
    spend(products.saturating_mul((length.saturating_mul(length) >> 4u32).saturating_add(1)))
}

impl Matrix {
    /// The matrix of these rows.
    ///
    /// # Errors
    /// The premise that fails.
    pub fn new(rows: &[Vec<Rational>]) -> Checked<Self> {
        let columns = rows.first().map_or(0, Vec::len);
        let ragged = rows
            .iter()
            .position(|row| row.len() != columns)
            .or((columns == 0).then_some(0));
        ensure(ragged.is_none(), "ragged", Vec::from_iter(ragged))?;
        let mut denominator = Int::one();
        for value in rows.iter().flatten() {
            spend_on(2, &denominator)?;
            denominator *= value.denom() / gcd(&denominator, value.denom())?;
        }
        let scaled = |row: &Vec<Rational>| {
            row.iter()
                .map(|x| x.numer() * (&denominator / x.denom()))
                .collect()
        };
        Ok(Matrix {
            rows: rows.iter().map(scaled).collect(),
            columns,
        })
    }

    /// The rank, by fraction-free elimination.
    ///
    /// ```text
    /// elimination leaves r pivots
    /// ─────────────────────────── rank
    /// M has rank r
    /// ```
    /// After k pivots, each remaining entry is the minor of order k+1 of the pivots' rows and columns bordered by its
    /// own; Sylvester's identity makes the division by the previous pivot exact. Reference: E. Bareiss, Math. Comp. 22 (1968).
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn rank(&self) -> Result<usize, TooLarge> {
        let mut rows: Vec<Vec<Int>> = self
            .rows
            .iter()
            .map(|row| row.iter().rev().cloned().collect())
            .collect();
        let (mut rank, mut previous) = (0usize, Int::one());
        for _ in 0..self.columns {
            let mut heads: Vec<Int> = rows.iter_mut().filter_map(Vec::pop).collect();
            let Some(chosen) = heads.iter().position(|head| !head.is_zero()) else {
                continue;
            };
            let (pivot, pivot_row) = (heads.remove(chosen), rows.remove(chosen));
            for (head, row) in heads.iter().zip(&mut rows) {
                spend_on(pivot_row.len().saturating_mul(3), &pivot)?;
                for (entry, above) in row.iter_mut().zip(&pivot_row) {
                    *entry = (&*entry * &pivot - head * above) / &previous;
                }
            }
            previous = pivot;
            rank = rank.saturating_add(1);
        }
        Ok(rank)
    }

    /// How many eigenvalues of this symmetric matrix M are positive, negative and zero, with multiplicity, from a matrix T with T M Tᵀ diagonal.
    ///
    /// ```text
    /// M = Mᵀ    det T ≠ 0    T M Tᵀ = diag d    d has p, n, z positive, negative, zero entries
    /// ──────────────────────────────────────────────────────────────────────────────────────── inertia
    /// M has p, n, z positive, negative, zero eigenvalues
    /// ```
    /// Sylvester's law of inertia. Positive denominators of M and T turn no sign, so integers suffice.
    ///
    /// # Errors
    /// The premise that fails.
    pub fn inertia(&self, congruence: &Matrix) -> Checked<[usize; 3]> {
        for (i, row) in self.rows.iter().enumerate() {
            for (j, x) in row.iter().enumerate() {
                ensure(
                    self.rows.get(j).and_then(|mirror| mirror.get(i)) == Some(x),
                    "symmetric",
                    [i, j],
                )?;
            }
        }
        let orders = [
            congruence.rows.len(),
            congruence.columns,
            congruence.rank()?,
        ];
        ensure(orders == [self.columns; 3], "regular", [])?;
        let [mut positive, mut negative, mut zero] = [0usize; 3];
        for (i, left) in congruence.rows.iter().enumerate() {
            let image: Vec<Int> = self.rows.iter().map(|row| dot(row, left)).collect();
            image
                .iter()
                .try_for_each(|value| spend_on(self.columns.saturating_mul(2), value))?;
            for (j, right) in congruence.rows.iter().enumerate() {
                let count = match (i == j, dot(&image, right).sign()) {
                    (false, Sign::NoSign) => continue,
                    (false, _) => return Err(fails("diagonal", [i, j])),
                    (true, Sign::Plus) => &mut positive,
                    (true, Sign::Minus) => &mut negative,
                    (true, Sign::NoSign) => &mut zero,
                };
                *count = count.saturating_add(1);
            }
        }
        Ok([positive, negative, zero])
    }
}
