//! Vectors that show something about a whole error surface. UNTRUSTED: exact linear programming finds them where it is
//! small, else Newton's method in floats, rounded and tested exactly.

use super::super::simplex;
use super::chart::{reduce, spanning};
use super::floats::{dot as float_dot, float};
use super::linear::Square;
use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{TrainingSet, Unit};
use num_traits::{FromPrimitive, One, Signed, ToPrimitive, Zero};

/// Largest linear programme that is solved exactly: equations times columns.
const LARGEST: usize = 40_000;
/// Most rows times weights squared of a set for which a direction is looked for in floats.
const LARGEST_IN_FLOATS: usize = 1 << 30;
/// How often rows that no direction has on their side strictly are found and set to 0.
const ROUNDS: usize = 4;
/// Most Newton steps of a separation.
const STEPS: usize = 100;
/// Rows beyond this run away.
const STRICT: f64 = 10.0;
/// A decrement below this is convergence: the rows are not separable.
const CONVERGED: f64 = 1e-10;
/// Bits kept of the entries of a direction, to be tried in this order.
const DIRECTION_BITS: [i32; 4] = [4, 12, 24, 44];

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
    if let Some(guess) = guess
        && fits(data, &signs, guess)
    {
        return Some(guess.to_vec());
    }
    let (m, n) = (data.rows().len(), data.width());
    if (m + 1).saturating_mul(2 * n + m) > LARGEST {
        return in_floats(data, &signs);
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

/// Whether ν is such a direction, exactly.
fn fits(data: &TrainingSet, signs: &[Rational], direction: &[Rational]) -> bool {
    let mut strict = false;
    let each = data.rows().iter().zip(signs).all(|(row, sign)| {
        let value = dot(&row.input, direction);
        strict |= !value.is_zero();
        if sign.is_zero() {
            value.is_zero()
        } else {
            !(value * sign).is_negative()
        }
    });
    each && strict
}

/// ν by separation in floats. Rows with inner targets, and those that turn out to be on no side, are set to 0 exactly.
fn in_floats(data: &TrainingSet, signs: &[Rational]) -> Option<Vec<Rational>> {
    let (rows, n) = (data.rows(), data.width());
    if rows.len().saturating_mul(n * n) > LARGEST_IN_FLOATS {
        return None;
    }
    let mut flat: Vec<bool> = signs.iter().map(Zero::is_zero).collect();
    for _ in 0..ROUNDS {
        let zero: Vec<&[Rational]> = rows
            .iter()
            .zip(&flat)
            .filter(|(_, flat)| **flat)
            .map(|(row, _)| row.input.as_slice())
            .collect();
        let chosen = spanning(&zero, n);
        if chosen.len() == n {
            return None;
        }
        let basis = reduce(chosen.iter().map(|place| zero[*place].to_vec()).collect());
        let sides = Sides::new(data, signs, &flat, &basis);
        let (direction, margins) = sides.separate();
        if margins.iter().all(|margin| *margin > 0.0) {
            return rounded(data, signs, &sides, &basis, &direction);
        }
        for (row, margin) in sides.places.iter().zip(&margins) {
            flat[*row] = *margin <= STRICT;
        }
    }
    None
}

/// The rows σⱼaⱼ in floats on the space where others vanish, in its free columns, which are made equally long.
struct Sides {
    free: Vec<usize>,
    lengths: Vec<f64>,
    rows: Vec<Vec<f64>>,
    /// Which rows of the training set they are: those that do not vanish there.
    places: Vec<usize>,
}

impl Sides {
    fn new(
        data: &TrainingSet,
        signs: &[Rational],
        flat: &[bool],
        basis: &[(usize, Vec<Rational>)],
    ) -> Self {
        let pivots: Vec<usize> = basis.iter().map(|(pivot, _)| *pivot).collect();
        let free: Vec<usize> = (0..data.width()).filter(|i| !pivots.contains(i)).collect();
        let (mut rows, mut places) = (Vec::new(), Vec::new());
        for (place, (row, sign)) in data.rows().iter().zip(signs).enumerate() {
            let entry = |column: &usize| {
                let moved = basis
                    .iter()
                    .map(|(pivot, b)| &row.input[*pivot] * &b[*column]);
                float(&((&row.input[*column] - moved.sum::<Rational>()) * sign))
            };
            if !flat[place] {
                let entries: Vec<f64> = free.iter().map(entry).collect();
                if entries.iter().any(|entry| *entry != 0.0) {
                    rows.push(entries);
                    places.push(place);
                }
            }
        }
        let mut lengths = vec![0.0_f64; free.len()];
        for row in &rows {
            for (length, entry) in lengths.iter_mut().zip(row) {
                *length = length.hypot(*entry);
            }
        }
        for row in &mut rows {
            for (entry, length) in row.iter_mut().zip(&lengths) {
                *entry /= length.max(f64::MIN_POSITIVE);
            }
            let most = row.iter().fold(0.0_f64, |m, entry| m.max(entry.abs()));
            row.iter_mut().for_each(|entry| *entry /= most);
        }
        Self {
            free,
            lengths,
            rows,
            places,
        }
    }

    fn margins(&self, direction: &[f64]) -> Vec<f64> {
        let each = self.rows.iter().map(|row| float_dot(row, direction));
        each.collect()
    }

    /// Newton's method for Σ log(1 + e^(−⟨a,ν⟩)), until all rows are on their side or it converges: ν and all ⟨a,ν⟩.
    ///
    /// Where rows can be separated it runs away, and their ⟨a,ν⟩ grow by about 1 a step; the others converge.
    fn separate(&self) -> (Vec<f64>, Vec<f64>) {
        let n = self.free.len();
        let mut direction = vec![0.0; n];
        let mut margins = self.margins(&direction);
        for _ in 0..STEPS {
            if margins.iter().all(|margin| *margin > 0.0) {
                break;
            }
            let (mut slope, mut hessian) = (vec![0.0; n], Square::zero(n));
            for (row, margin) in self.rows.iter().zip(&margins) {
                let share = 1.0 / (1.0 + margin.exp());
                for (slope, entry) in slope.iter_mut().zip(row) {
                    *slope += share * entry;
                }
                hessian.add_outer(share * (1.0 - share), row);
            }
            let size: f64 = (0..n).map(|i| hessian.at(i, i)).sum();
            let shifts = [1e-16, 1e-13];
            let factor = shifts
                .into_iter()
                .find_map(|shift| hessian.cholesky(|_| shift * size + 1e-300));
            let Some(factor) = factor else {
                break;
            };
            let step = factor.solve_cholesky(&slope);
            let decrement = float_dot(&step, &slope);
            if decrement < CONVERGED {
                break;
            }
            let before = loss(&margins);
            let mut tried = (0..20).map(|halvings| {
                let part = 0.5_f64.powi(halvings);
                let next: Vec<f64> = direction
                    .iter()
                    .zip(&step)
                    .map(|(x, d)| x + part * d)
                    .collect();
                let margins = self.margins(&next);
                (next, margins, 1e-4 * part * decrement)
            });
            let Some((next, there, _)) =
                tried.find(|(_, margins, gain)| loss(margins) <= before - gain)
            else {
                break;
            };
            (direction, margins) = (next, there);
        }
        (direction, margins)
    }
}

/// Σ log(1 + e^(−y)).
fn loss(margins: &[f64]) -> f64 {
    let each = margins
        .iter()
        .map(|y| (-y.abs()).exp().ln_1p() + (-y).max(0.0));
    each.sum()
}

/// ν exactly: its free entries rounded, the others such that the rows of the basis vanish.
fn rounded(
    data: &TrainingSet,
    signs: &[Rational],
    sides: &Sides,
    basis: &[(usize, Vec<Rational>)],
    direction: &[f64],
) -> Option<Vec<Rational>> {
    let most = direction.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
    DIRECTION_BITS.into_iter().find_map(|bits| {
        let mut exact = vec![Rational::zero(); data.width()];
        for ((column, x), length) in sides.free.iter().zip(direction).zip(&sides.lengths) {
            // Over the column's length, of which a power of two is split off.
            let length = length.max(f64::MIN_POSITIVE);
            let power = length.log2().round();
            let size = x / most * (power.exp2() / length);
            let (whole, power) = (
                Int::from_f64((size * 2_f64.powi(bits)).round())?,
                power.to_i64()?,
            );
            let unit = Int::one() << power.unsigned_abs();
            exact[*column] = if power > 0 {
                Rational::new(whole, unit)
            } else {
                Rational::from_integer(whole * unit)
            };
        }
        for (pivot, row) in basis {
            let sum: Rational = sides.free.iter().map(|i| &row[*i] * &exact[*i]).sum();
            exact[*pivot] = -sum;
        }
        fits(data, signs, &exact).then_some(exact)
    })
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
