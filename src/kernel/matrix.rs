//! Exact rational matrices: rank and inertia. Part of the trusted kernel.
//!
//! A matrix is kept as integers over one positive denominator, so that nothing here computes with fractions. The
//! inertia comes from a congruence that the certificate states; the rank is computed, which is shorter than checking
//! a certificate for it.

use super::limits;
use super::number::{Int, Rational};
use num_bigint::Sign;
use num_traits::{One, Zero};

/// Why a matrix is rejected. Rows and columns are numbered from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatrixFault {
    /// No row or no column.
    Empty,
    /// This row is not as long as the first.
    Ragged(usize),
    /// Elimination would exceed [`limits::WORK`].
    TooLarge,
    /// Not square.
    NotSquare,
    /// The entry in this row and column differs from its mirror image.
    NotSymmetric(usize, usize),
    /// The congruence has another order than the matrix.
    OtherOrder,
    /// The congruence is singular.
    Singular,
    /// The entry in this row and column, off the diagonal, does not vanish after the congruence.
    NotDiagonal(usize, usize),
}

/// A rational matrix with at least one row and one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The entries times a common denominator.
    rows: Vec<Vec<Int>>,
    columns: usize,
}

fn dot(a: &[Int], b: &[Int]) -> Int {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Whether elimination stays within [`limits::WORK`]: by Hadamard's inequality a minor of order r has about r times the
/// bits of an entry.
fn fits(rows: usize, columns: usize, bits: u64) -> bool {
    let size = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let order = size(rows.min(columns));
    let length = order.saturating_mul(bits);
    let factors = [size(rows), size(columns), order, length, length];
    factors.iter().fold(1u64, |product, n| product.saturating_mul(*n)) <= limits::WORK
}

impl Matrix {
    /// The matrix of these rows.
    ///
    /// # Errors
    /// [`MatrixFault::Empty`], [`MatrixFault::Ragged`], [`MatrixFault::TooLarge`].
    pub fn new(rows: &[Vec<Rational>]) -> Result<Self, MatrixFault> {
        let columns = rows.first().map_or(0, Vec::len);
        if columns == 0 {
            return Err(MatrixFault::Empty);
        }
        if let Some(ragged) = rows.iter().position(|row| row.len() != columns) {
            return Err(MatrixFault::Ragged(ragged));
        }
        let numbers = || rows.iter().flatten();
        // The least common multiple of s and the denominator of x is s times the denominator of sx.
        let common = |s: Int, x: &Rational| Some(&s * (x * &s).denom()).filter(|s| fits(rows.len(), columns, s.bits()));
        let denominator = numbers().try_fold(Int::one(), common).ok_or(MatrixFault::TooLarge)?;
        let scaled = |row: &Vec<Rational>| row.iter().map(|x| x.numer() * (&denominator / x.denom())).collect();
        let scaled: Vec<Vec<Int>> = rows.iter().map(scaled).collect();
        if scaled.iter().flatten().any(|entry| !fits(rows.len(), columns, entry.bits())) {
            return Err(MatrixFault::TooLarge);
        }
        Ok(Matrix { rows: scaled, columns })
    }

    /// The rank, by fraction-free elimination.
    ///
    /// After k pivots, each remaining entry is the minor of order k+1 of the pivots' rows and columns bordered by its
    /// own; Sylvester's identity makes the division by the previous pivot exact. Reference: E. Bareiss, Math. Comp. 22 (1968).
    #[must_use]
    pub fn rank(&self) -> usize {
        let mut rows: Vec<Vec<Int>> = self.rows.iter().map(|row| row.iter().rev().cloned().collect()).collect();
        let (mut rank, mut previous) = (0usize, Int::one());
        for _ in 0..self.columns {
            let mut heads: Vec<Int> = rows.iter_mut().filter_map(Vec::pop).collect();
            let Some(chosen) = heads.iter().position(|head| !head.is_zero()) else { continue };
            let (pivot, pivot_row) = (heads.remove(chosen), rows.remove(chosen));
            for (head, row) in heads.iter().zip(&mut rows) {
                for (entry, above) in row.iter_mut().zip(&pivot_row) {
                    *entry = (&*entry * &pivot - head * above) / &previous;
                }
            }
            previous = pivot;
            rank = rank.saturating_add(1);
        }
        rank
    }

    /// How many eigenvalues of this symmetric matrix M are positive, negative and zero, with multiplicity, from a matrix T with T M Tᵀ diagonal.
    ///
    /// ```text
    /// M = Mᵀ    det T ≠ 0    T M Tᵀ = diag d
    /// ──────────────────────────────────────
    /// M has the inertia of the signs of d
    /// ```
    /// Sylvester's law of inertia. Positive denominators of M and T turn no sign, so integers suffice.
    ///
    /// # Errors
    /// [`MatrixFault::NotSquare`], [`MatrixFault::NotSymmetric`], [`MatrixFault::OtherOrder`], [`MatrixFault::Singular`],
    /// [`MatrixFault::NotDiagonal`].
    pub fn inertia(&self, congruence: &Matrix) -> Result<[usize; 3], MatrixFault> {
        if self.rows.len() != self.columns {
            return Err(MatrixFault::NotSquare);
        }
        if congruence.columns != self.columns || congruence.rows.len() != self.columns {
            return Err(MatrixFault::OtherOrder);
        }
        for (i, row) in self.rows.iter().enumerate() {
            if let Some(j) = self.rows.iter().zip(row).position(|(mirror, x)| mirror.get(i) != Some(x)) {
                return Err(MatrixFault::NotSymmetric(i, j));
            }
        }
        if congruence.rank() != self.columns {
            return Err(MatrixFault::Singular);
        }
        let [mut positive, mut negative, mut zero] = [0usize; 3];
        for (i, left) in congruence.rows.iter().enumerate() {
            let image: Vec<Int> = self.rows.iter().map(|row| dot(row, left)).collect();
            for (j, right) in congruence.rows.iter().enumerate() {
                let count = match (i == j, dot(&image, right).sign()) {
                    (false, Sign::NoSign) => continue,
                    (false, _) => return Err(MatrixFault::NotDiagonal(i, j)),
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
