//! Vectors that show something about a whole error surface. UNTRUSTED: exact linear programming finds them.

use super::super::simplex;
use crate::kernel::number::Rational;
use crate::kernel::surface::{TrainingSet, Unit};
use num_traits::{One, Signed, Zero};

/// Largest linear programme that is tried: equations times columns.
const LARGEST: usize = 40_000;

/// The sign of each target: ±1 at the ends of the range, 0 inside.
fn signs(data: &TrainingSet) -> Vec<Rational> {
    let low = match data.unit() {
        Unit::Tanh => -Rational::one(),
        Unit::Logistic => Rational::zero(),
    };
    let sign = |target: &Rational| {
        if target.is_one() {
            Rational::one()
        } else if *target == low {
            -Rational::one()
        } else {
            Rational::zero()
        }
    };
    data.rows().iter().map(|row| sign(&row.target)).collect()
}

fn dot(a: &[Rational], v: &[Rational]) -> Rational {
    a.iter()
        .zip(v)
        .map(|(a, v)| a * v)
        .fold(Rational::zero(), |x, y| x + y)
}

/// ν with σⱼ⟨aⱼ,ν⟩ ≥ 0, not all zero, and ⟨aⱼ,ν⟩ = 0 for targets inside the range; the guess is tried first.
#[must_use]
pub fn no_critical_point(data: &TrainingSet, guess: Option<&[Rational]>) -> Option<Vec<Rational>> {
    let signs = signs(data);
    if let Some(guess) = guess {
        let values: Vec<Rational> = data
            .rows()
            .iter()
            .map(|row| dot(&row.input, guess))
            .collect();
        let fits = values.iter().zip(&signs).all(|(v, s)| {
            if s.is_zero() {
                v.is_zero()
            } else {
                !(v * s).is_negative()
            }
        });
        if fits && values.iter().any(|v| !v.is_zero()) {
            return Some(guess.to_vec());
        }
    }
    let (m, n) = (data.rows().len(), data.width());
    if (m + 1).saturating_mul(2 * n + m) > LARGEST {
        return None;
    }
    // ν = x − x', slacks zⱼ: σⱼ⟨aⱼ,ν⟩ − zⱼ = 0 (or ⟨aⱼ,ν⟩ = 0), Σ zⱼ = 1.
    let mut columns = Vec::new();
    for negative in [false, true] {
        for column in 0..n {
            let entry = |(row, sign): (&crate::kernel::surface::Row, &Rational)| {
                let value = if sign.is_zero() {
                    row.input[column].clone()
                } else {
                    &row.input[column] * sign
                };
                if negative { -value } else { value }
            };
            let mut entries: Vec<Rational> = data.rows().iter().zip(&signs).map(entry).collect();
            entries.push(Rational::zero());
            columns.push(entries);
        }
    }
    for (index, _) in signs.iter().enumerate().filter(|(_, sign)| !sign.is_zero()) {
        let mut entries = vec![Rational::zero(); m + 1];
        entries[index] = -Rational::one();
        entries[m] = Rational::one();
        columns.push(entries);
    }
    let mut right = vec![Rational::zero(); m + 1];
    right[m] = Rational::one();
    let gain = vec![Rational::zero(); columns.len()];
    let x = simplex::solve(&columns, &right, &gain)?;
    Some((0..n).map(|i| &x[i] - &x[n + i]).collect())
}

/// λⱼ ≥ 1 with Σ λⱼσⱼaⱼ = 0, where all targets are at the ends of the range.
#[must_use]
pub fn balanced(data: &TrainingSet) -> Option<Vec<Rational>> {
    let signs = signs(data);
    let (m, n) = (data.rows().len(), data.width());
    if signs.iter().any(Zero::is_zero) || n.saturating_mul(m + n) > LARGEST {
        return None;
    }
    let columns: Vec<Vec<Rational>> = data
        .rows()
        .iter()
        .zip(&signs)
        .map(|(row, sign)| row.input.iter().map(|a| a * sign).collect())
        .collect();
    let right: Vec<Rational> = (0..n)
        .map(|i| {
            -columns
                .iter()
                .fold(Rational::zero(), |sum, column| sum + &column[i])
        })
        .collect();
    let more = simplex::solve(&columns, &right, &vec![Rational::zero(); m])?;
    Some(
        more.into_iter()
            .map(|more| more + Rational::one())
            .collect(),
    )
}
