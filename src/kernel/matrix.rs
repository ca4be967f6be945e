//! Exact rational matrices: determinant, rank and inertia. Part of the trusted kernel.
//!
//! A matrix is kept as integers over one positive denominator, so that nothing here computes with fractions. The
//! inertia comes from a congruence that the certificate states; rank and determinant are computed, which is shorter than checking
//! a certificate for them.

use super::limits;
use super::number::{Int, Rational};
use num_traits::{One, Pow, Zero};

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

/// How many eigenvalues of a symmetric matrix are positive, negative and zero, with multiplicity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inertia {
    /// Number of positive eigenvalues.
    pub positive: usize,
    /// Number of negative eigenvalues.
    pub negative: usize,
    /// Number of zero eigenvalues.
    pub zero: usize,
}

impl Inertia {
    /// Whether the matrix is positive definite.
    #[must_use]
    pub fn is_positive_definite(&self) -> bool {
        self.negative == 0 && self.zero == 0
    }

    /// Whether the matrix is positive semidefinite.
    #[must_use]
    pub fn is_positive_semidefinite(&self) -> bool {
        self.negative == 0
    }
}

/// A rational matrix with at least one row and one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The entries times `denominator`.
    rows: Vec<Vec<Int>>,
    denominator: Int,
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
        Ok(Matrix { rows: scaled, denominator, columns })
    }

    /// The rank r, and ± the minor of order r in the pivots' rows and columns, of `rows`.
    ///
    /// Fraction-free elimination: after k pivots, each remaining entry is the minor of order k+1 of the pivots' rows and
    /// columns bordered by its own; Sylvester's identity makes the division by the previous pivot exact. Reference:
    /// E. Bareiss, Math. Comp. 22 (1968).
    fn eliminate(&self) -> (usize, Int) {
        let mut rows: Vec<Vec<Int>> = self.rows.iter().map(|row| row.iter().rev().cloned().collect()).collect();
        let (mut rank, mut sign, mut previous) = (0usize, Int::one(), Int::one());
        for _ in 0..self.columns {
            let mut heads: Vec<Int> = rows.iter_mut().filter_map(Vec::pop).collect();
            let Some(chosen) = heads.iter().position(|head| !head.is_zero()) else { continue };
            let (pivot, pivot_row) = (heads.remove(chosen), rows.remove(chosen));
            if chosen & 1 == 1 {
                sign = -sign;
            }
            for (head, row) in heads.iter().zip(&mut rows) {
                for (entry, above) in row.iter_mut().zip(&pivot_row) {
                    *entry = (&*entry * &pivot - head * above) / &previous;
                }
            }
            previous = pivot;
            rank = rank.saturating_add(1);
        }
        (rank, sign * previous)
    }

    /// The rank.
    #[must_use]
    pub fn rank(&self) -> usize {
        self.eliminate().0
    }

    /// The determinant.
    ///
    /// # Errors
    /// [`MatrixFault::NotSquare`].
    pub fn determinant(&self) -> Result<Rational, MatrixFault> {
        if self.rows.len() != self.columns {
            return Err(MatrixFault::NotSquare);
        }
        let (rank, minor) = self.eliminate();
        let value = if rank == self.columns { minor } else { Int::zero() };
        Ok(Rational::new(value, Pow::pow(&self.denominator, self.columns)))
    }

    /// The inertia of this symmetric matrix M, from a matrix T with T M Tᵀ diagonal.
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
    pub fn inertia(&self, congruence: &Matrix) -> Result<Inertia, MatrixFault> {
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
        let mut inertia = Inertia::default();
        for (i, left) in congruence.rows.iter().enumerate() {
            let image: Vec<Int> = self.rows.iter().map(|row| dot(row, left)).collect();
            for (j, right) in congruence.rows.iter().enumerate() {
                let entry = dot(&image, right);
                if i != j && !entry.is_zero() {
                    return Err(MatrixFault::NotDiagonal(i, j));
                }
                if i == j {
                    let count = match entry.sign() {
                        num_bigint::Sign::Plus => &mut inertia.positive,
                        num_bigint::Sign::Minus => &mut inertia.negative,
                        num_bigint::Sign::NoSign => &mut inertia.zero,
                    };
                    *count = count.saturating_add(1);
                }
            }
        }
        Ok(inertia)
    }
}
