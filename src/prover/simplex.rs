//! The simplex method in exact arithmetic, with Bland's rule. UNTRUSTED.
//!
//! An equation may be multiplied by any positive number, so every row holds integers without a common factor, and the
//! artificial variables of the first phase, which never come back, need no columns.

use super::budget::spend;
use crate::kernel::number::{Int, Rational};
use num_traits::{One, Signed, ToPrimitive, Zero};

/// A x = b in the basic variables; an artificial variable is numbered after all columns.
#[derive(Debug)]
struct Tableau {
    /// One row an equation: the coefficients, then the right side ≥ 0; the basic variable's coefficient is positive.
    rows: Vec<Vec<Int>>,
    basis: Vec<usize>,
    /// What another unit of each variable gains, up to a positive factor.
    gain: Vec<Int>,
}

/// The greatest common divisor, by division: what is left soon fits a machine word.
fn gcd(left: &Int, right: &Int) -> Int {
    let (mut left, mut right) = (left.abs(), right.abs());
    while !right.is_zero() {
        if let (Some(mut a), Some(mut b)) = (left.to_u64(), right.to_u64()) {
            while b != 0 {
                (a, b) = (b, a % b);
            }
            return Int::from(a);
        }
        (left, right) = (right.clone(), left % right);
    }
    left
}

/// Divides a row by its entries' common factor.
fn shorten(row: &mut [Int]) {
    let mut common = Int::zero();
    for value in row.iter().filter(|value| !value.is_zero()) {
        common = gcd(value, &common);
        if common.is_one() {
            return;
        }
    }
    if !common.is_zero() {
        row.iter_mut().for_each(|value| *value /= &common);
    }
}

/// Rationals as integers without a common factor, up to a positive factor.
fn integers(row: &[Rational]) -> Vec<Int> {
    let common = row.iter().fold(Int::one(), |common, value| {
        let factor = value.denom() / gcd(value.denom(), &common);
        common * factor
    });
    let mut row: Vec<Int> = row
        .iter()
        .map(|value| value.numer() * (&common / value.denom()))
        .collect();
    shorten(&mut row);
    row
}

/// Takes a column out of a row with the help of a row in which it is positive. `None` when the budget is spent.
fn clear(row: &mut [Int], pivot: &[Int], column: usize) -> Option<()> {
    let factor = row[column].clone();
    if factor.is_zero() {
        return Some(());
    }
    let common = gcd(&factor, &pivot[column]);
    let (up, down) = (&pivot[column] / &common, factor / common);
    let length = usize::try_from(up.bits().max(down.bits()) / 64).unwrap_or(usize::MAX);
    spend(row.len().saturating_mul(length.saturating_add(1)))?;
    for (value, above) in row.iter_mut().zip(pivot) {
        if !up.is_one() {
            *value *= &up;
        }
        if !above.is_zero() {
            *value -= &down * above;
        }
    }
    shorten(row);
    Some(())
}

impl Tableau {
    fn pivot(&mut self, row: usize, column: usize) -> Option<()> {
        if self.rows[row][column].is_negative() {
            self.rows[row]
                .iter_mut()
                .for_each(|value| *value = -std::mem::take(value));
        }
        let pivot = self.rows[row].clone();
        for (_, entries) in self
            .rows
            .iter_mut()
            .enumerate()
            .filter(|(other, _)| *other != row)
        {
            clear(entries, &pivot, column)?;
        }
        self.basis[row] = column;
        clear(&mut self.gain, &pivot, column)
    }

    /// Makes the gain as large as possible; stops where it has no bound. `None` when the budget is spent.
    fn maximise(&mut self) -> Option<()> {
        let columns = self.gain.len() - 1;
        while let Some(entering) = (0..columns).find(|column| self.gain[*column].is_positive()) {
            let candidates =
                (0..self.rows.len()).filter(|row| self.rows[*row][entering].is_positive());
            let leaving = candidates.min_by(|left, right| {
                let (first, second) = (&self.rows[*left], &self.rows[*right]);
                let ratios = (&first[columns] * &second[entering])
                    .cmp(&(&second[columns] * &first[entering]));
                ratios.then(self.basis[*left].cmp(&self.basis[*right]))
            });
            match leaving {
                Some(row) => self.pivot(row, entering)?,
                None => break,
            }
        }
        Some(())
    }

    /// A basis without artificial variables, but in rows of zeros. `None` if the equations have no solution ≥ 0.
    fn feasible(&mut self) -> Option<()> {
        let columns = self.gain.len() - 1;
        for row in &self.rows {
            self.gain
                .iter_mut()
                .zip(row)
                .for_each(|(sum, value)| *sum += value);
        }
        self.maximise()?;
        for row in 0..self.rows.len() {
            if self.basis[row] < columns {
                continue;
            }
            if !self.rows[row][columns].is_zero() {
                return None;
            }
            if let Some(column) = (0..columns).find(|column| !self.rows[row][*column].is_zero()) {
                self.pivot(row, column)?;
            }
        }
        Some(())
    }
}

/// A nonnegative solution of Σ xₖ·columnₖ = right, with Σ gainₖ·xₖ as large as possible where that is bounded. `None` if
/// there is none, or when the budget is spent.
#[must_use]
pub fn solve(
    columns: &[Vec<Rational>],
    right: &[Rational],
    gain: &[Rational],
) -> Option<Vec<Rational>> {
    let count = columns.len();
    let equation = |(place, value): (usize, &Rational)| {
        let row: Vec<Rational> = columns
            .iter()
            .map(|column| column[place].clone())
            .chain([value.clone()])
            .collect();
        let mut row = integers(&row);
        if value.is_negative() {
            row.iter_mut()
                .for_each(|value| *value = -std::mem::take(value));
        }
        row
    };
    let rows: Vec<Vec<Int>> = right.iter().enumerate().map(equation).collect();
    let basis = (count..count + rows.len()).collect();
    let mut tableau = Tableau {
        rows,
        basis,
        gain: vec![Int::zero(); count + 1],
    };
    tableau.feasible()?;
    tableau.gain = integers(
        &gain
            .iter()
            .cloned()
            .chain([Rational::zero()])
            .collect::<Vec<_>>(),
    );
    for (row, basic) in tableau
        .rows
        .iter()
        .zip(&tableau.basis)
        .filter(|(_, basic)| **basic < count)
    {
        clear(&mut tableau.gain, row, *basic)?;
    }
    tableau.maximise()?;
    let mut solution = vec![Rational::zero(); count];
    for (row, basic) in tableau
        .rows
        .iter()
        .zip(&tableau.basis)
        .filter(|(_, basic)| **basic < count)
    {
        solution[*basic] = Rational::new(row[count].clone(), row[*basic].clone());
    }
    Some(solution)
}
