//! The simplex method in exact arithmetic, with Bland's rule. UNTRUSTED.

use crate::kernel::number::Rational;
use num_traits::{One, Signed, Zero};

/// Columns A, right side b: looks for x ≥ 0 with A x = b.
#[derive(Debug)]
struct Tableau {
    /// One row an equation: the coefficients, then the right side.
    rows: Vec<Vec<Rational>>,
    basis: Vec<usize>,
}

impl Tableau {
    fn pivot(&mut self, row: usize, column: usize) {
        let inverse = self.rows[row][column].recip();
        for value in &mut self.rows[row] {
            *value *= &inverse;
        }
        let pivot = self.rows[row].clone();
        for (other, entries) in self.rows.iter_mut().enumerate() {
            let factor = entries[column].clone();
            if other == row || factor.is_zero() {
                continue;
            }
            for (value, above) in entries.iter_mut().zip(&pivot) {
                if !above.is_zero() {
                    *value -= &factor * above;
                }
            }
        }
        self.basis[row] = column;
    }

    /// Maximises the linear form `gain` over the allowed columns; false if it is unbounded.
    fn maximise(&mut self, gain: &[Rational], allowed: usize) -> bool {
        loop {
            let priced = |column: usize| {
                let basic = self.basis.iter().zip(&self.rows).filter(|(b, _)| !gain[**b].is_zero());
                let cost: Rational =
                    basic.map(|(b, row)| &gain[*b] * &row[column]).fold(Rational::zero(), |a, b| a + b);
                &gain[column] - cost
            };
            let Some(entering) = (0..allowed).find(|column| priced(*column).is_positive()) else { return true };
            let last = self.rows.first().map_or(0, |row| row.len() - 1);
            let candidates = (0..self.rows.len()).filter(|row| self.rows[*row][entering].is_positive());
            let leaving = candidates.min_by(|left, right| {
                let ratio = |row: usize| &self.rows[row][last] / &self.rows[row][entering];
                ratio(*left).cmp(&ratio(*right)).then(self.basis[*left].cmp(&self.basis[*right]))
            });
            match leaving {
                Some(row) => self.pivot(row, entering),
                None => return false,
            }
        }
    }
}

/// A nonnegative solution of Σ xₖ·columnₖ = right, with Σ gainₖ·xₖ as large as possible where that is bounded. `None` if there is none.
#[must_use]
pub fn solve(columns: &[Vec<Rational>], right: &[Rational], gain: &[Rational]) -> Option<Vec<Rational>> {
    let (count, equations) = (columns.len(), right.len());
    let mut rows = Vec::new();
    for (equation, value) in right.iter().enumerate() {
        let sign = if value.is_negative() { -Rational::one() } else { Rational::one() };
        let mut row: Vec<Rational> = columns.iter().map(|column| &column[equation] * &sign).collect();
        row.extend((0..equations).map(|other| if other == equation { Rational::one() } else { Rational::zero() }));
        row.push(value * &sign);
        rows.push(row);
    }
    let mut tableau = Tableau { rows, basis: (count..count + equations).collect() };
    let mut phase: Vec<Rational> = vec![Rational::zero(); count];
    phase.extend(vec![-Rational::one(); equations]);
    tableau.maximise(&phase, count);
    let infeasible = |tableau: &Tableau| {
        tableau
            .basis
            .iter()
            .zip(&tableau.rows)
            .any(|(basic, row)| *basic >= count && row.last().is_some_and(|v| !v.is_zero()))
    };
    if infeasible(&tableau) {
        return None;
    }
    for row in 0..equations {
        if tableau.basis[row] >= count
            && let Some(column) = (0..count).find(|column| !tableau.rows[row][*column].is_zero())
        {
            tableau.pivot(row, column);
        }
    }
    let mut gains = gain.to_vec();
    gains.extend(vec![Rational::zero(); equations]);
    tableau.maximise(&gains, count);
    let mut solution = vec![Rational::zero(); count];
    for (basic, row) in tableau.basis.iter().zip(&tableau.rows) {
        if *basic < count {
            solution[*basic] = row.last().cloned()?;
        }
    }
    Some(solution)
}
