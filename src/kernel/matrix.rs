//! Exact rational matrices: rank and inertia. Part of the trusted kernel.
//!
//! A matrix is kept as integers over one positive denominator, so that nothing here computes with fractions. The
//! inertia comes from a congruence that the certificate states; the rank is computed, which is shorter than checking
//! a certificate for it.

use super::Premise;
use super::{Checked, Int, Rational, TooLarge, dot, ensure, fails, gcd, limits, longest, spend};
use num_bigint::Sign;
use num_traits::{One, Zero};

/// A rational matrix with at least one row and one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The entries times a common denominator.
    rows: Vec<Vec<Int>>,
    columns: usize,
}

impl Matrix {
    /// The matrix of these rows.
    ///
    /// # Errors
    /// The premise that fails.
    pub fn new(rows: &[Vec<Rational>]) -> Checked<Self> {
        let columns = rows.first().map_or(0, Vec::len);
        ensure(columns > 0, Premise::EmptyMatrix, [])?;
        let ragged = rows.iter().position(|row| row.len() != columns);
        ensure(ragged.is_none(), Premise::Ragged, Vec::from_iter(ragged))?;
        let mut denominator = Int::one();
        for value in rows.iter().flatten() {
            limits::multiply(2, denominator.bits(), value.denom().bits())?;
            denominator *= value.denom() / gcd(&denominator, value.denom())?;
        }
        let entries = rows.len().saturating_mul(columns);
        let numerators = longest(rows.iter().flatten().map(Rational::numer));
        limits::multiply(entries, numerators.max(64), denominator.bits())?;
        let denominators = longest(rows.iter().flatten().map(Rational::denom));
        limits::multiply(entries, denominators.max(64), denominator.bits())?;
        spend(entries)?;
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
            let (products, long) = (pivot_row.len(), longest(&pivot_row));
            for (head, row) in heads.iter().zip(&mut rows) {
                let entry = longest(&*row);
                limits::multiply(products, entry, pivot.bits())?;
                limits::multiply(products, head.bits(), long)?;
                let product = entry.saturating_add(pivot.bits());
                limits::multiply(products, product, previous.bits())?;
                spend(products >> 3u32)?;
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
                let symmetric = self.rows.get(j).and_then(|mirror| mirror.get(i)) == Some(x);
                ensure(symmetric, Premise::Symmetric, [i, j])?;
            }
        }
        let order = [congruence.rows.len(), congruence.columns];
        ensure(order == [self.columns; 2], Premise::Order, order)?;
        ensure(congruence.rank()? == self.columns, Premise::Regular, [])?;
        let [mut positive, mut negative, mut zero] = [0usize; 3];
        for (i, left) in congruence.rows.iter().enumerate() {
            spend(self.columns)?;
            let image = self.rows.iter().map(|row| dot(row, left));
            let image = image.collect::<Result<Vec<_>, _>>()?;
            for (j, right) in congruence.rows.iter().enumerate() {
                let count = match (i == j, dot(&image, right)?.sign()) {
                    (false, Sign::NoSign) => continue,
                    (false, _) => return Err(fails(Premise::Diagonal, [i, j])),
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
