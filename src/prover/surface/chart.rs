//! Chooses integer coordinates for a training set. UNTRUSTED: the kernel checks the choice.

use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{Chart, Coordinate, Row, TrainingSet, Unit};
use num_traits::{FromPrimitive, One, Signed, ToPrimitive, Zero};
use std::collections::BTreeMap;

/// A row in integer coordinates of a tanh unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartRow {
    /// Integer entries.
    pub a: Vec<Int>,
    /// Target in [−1, 1].
    pub target: Rational,
    /// Weight > 0.
    pub weight: Rational,
}

impl ChartRow {
    /// ‖a‖₁.
    #[must_use]
    pub fn l1(&self) -> Int {
        self.a.iter().map(Signed::abs).sum()
    }
}

/// Where every ‖a‖₁ is at most this, powers of ξ are short, and the columns stay as they are.
const SHORT: u32 = 256;

/// 2⁶¹ − 1, a prime: ranks are guessed modulo it.
const PRIME: i128 = (1 << 61) - 1;

fn inverse(x: i128) -> i128 {
    let (mut result, mut base, mut exponent) = (1, x, PRIME - 2);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}

fn residue(x: &Rational) -> i128 {
    let p = Int::from(PRIME);
    if x.denom().is_one() {
        return (x.numer() % &p).to_i128().unwrap_or(0).rem_euclid(PRIME);
    }
    let below = (x.denom() % &p).to_i128().unwrap_or(1).rem_euclid(PRIME);
    (x.numer() % &p).to_i128().unwrap_or(0).rem_euclid(PRIME) * inverse(below) % PRIME
}

/// Rows that span the row space, found modulo a prime.
pub(super) fn spanning(rows: &[&[Rational]], width: usize) -> Vec<usize> {
    let mut basis: Vec<(usize, Vec<i128>)> = Vec::new();
    let mut chosen = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let mut v: Vec<i128> = row.iter().map(residue).collect();
        for (pivot, b) in &basis {
            let factor = v[*pivot];
            if factor != 0 {
                for (x, y) in v.iter_mut().zip(b) {
                    *x = (*x - factor * y).rem_euclid(PRIME);
                }
            }
        }
        if let Some(pivot) = v.iter().position(|x| *x != 0) {
            let scale = inverse(v[pivot]);
            for x in &mut v {
                *x = *x * scale % PRIME;
            }
            basis.push((pivot, v));
            chosen.push(index);
            if chosen.len() == width {
                break;
            }
        }
    }
    chosen
}

/// Reduced row echelon form, exact: pivots and rows.
#[must_use]
pub fn reduce(mut rows: Vec<Vec<Rational>>) -> Vec<(usize, Vec<Rational>)> {
    let mut done: Vec<(usize, Vec<Rational>)> = Vec::new();
    while let Some(mut row) = rows.pop() {
        for (pivot, other) in &done {
            let factor = row[*pivot].clone();
            if !factor.is_zero() {
                for (x, y) in row.iter_mut().zip(other) {
                    *x -= &factor * y;
                }
            }
        }
        let Some(pivot) = row.iter().position(|x| !x.is_zero()) else {
            continue;
        };
        let scale = row[pivot].clone();
        for x in &mut row {
            *x /= &scale;
        }
        for (_, other) in &mut done {
            let factor = other[pivot].clone();
            if !factor.is_zero() {
                for (x, y) in other.iter_mut().zip(&row) {
                    *x -= &factor * y;
                }
            }
        }
        done.push((pivot, row));
    }
    done.sort_by_key(|(pivot, _)| *pivot);
    done
}

fn gcd(mut a: Int, mut b: Int) -> Int {
    while !b.is_zero() {
        let rest = &a % &b;
        a = b;
        b = rest;
    }
    a.abs()
}

/// The greatest d with all entries in d ℤ.
fn content<'a>(entries: impl Iterator<Item = &'a Rational>) -> Rational {
    let (mut above, mut below) = (Int::zero(), Int::one());
    for x in entries.filter(|x| !x.is_zero()) {
        if !above.is_one() {
            above = gcd(above, x.numer().clone());
        }
        if !(&below % x.denom()).is_zero() {
            below = &below / gcd(below.clone(), x.denom().clone()) * x.denom();
        }
    }
    if above.is_zero() {
        Rational::one()
    } else {
        Rational::new(above, below)
    }
}

/// The chart, and the rows in it.
#[must_use]
pub fn choose(data: &TrainingSet) -> (Chart, Vec<ChartRow>) {
    let inputs: Vec<&[Rational]> = data.rows().iter().map(|row| row.input.as_slice()).collect();
    let chosen: Vec<Vec<Rational>> = spanning(&inputs, data.width())
        .into_iter()
        .map(|i| data.rows()[i].input.clone())
        .collect();
    let kept: Vec<(usize, Vec<Rational>)> = if chosen.len() == data.width() {
        (0..data.width())
            .map(|column| (column, Vec::new()))
            .collect()
    } else {
        reduce(chosen)
    };
    let dropped: Vec<usize> = (0..data.width())
        .filter(|c| kept.iter().all(|(k, _)| k != c))
        .collect();
    let factor = match data.unit() {
        Unit::Tanh => Rational::one(),
        Unit::Logistic => Rational::new(Int::one(), Int::from(2)),
    };
    let mut coordinates = Vec::new();
    for (column, row) in kept {
        let unit = content(data.rows().iter().map(|r| &r.input[column])) * &factor;
        let folds = dropped.iter().map(|k| row[*k].clone()).collect();
        coordinates.push(Coordinate {
            column,
            scale: unit.recip(),
            folds,
        });
    }
    let mut rows: Vec<ChartRow> = data
        .rows()
        .iter()
        .map(|row| chart_row(row, data.unit(), &coordinates, &factor))
        .collect();
    balance(&mut coordinates, &mut rows);
    (
        Chart {
            coordinates,
            dropped,
        },
        rows,
    )
}

/// A row in these coordinates.
fn chart_row(row: &Row, unit: Unit, coordinates: &[Coordinate], factor: &Rational) -> ChartRow {
    let entry = |c: &Coordinate| {
        let input = &row.input[c.column];
        let (above, below) = (
            c.scale.numer() * factor.numer(),
            c.scale.denom() * factor.denom(),
        );
        input.numer() * above / (input.denom() * below)
    };
    let a = coordinates.iter().map(entry).collect();
    let (target, weight) = match unit {
        Unit::Tanh => (row.target.clone(), row.weight.clone()),
        Unit::Logistic => {
            let two = Rational::from_integer(2.into());
            (
                &row.target * &two - Rational::one(),
                &row.weight * factor * factor,
            )
        }
    };
    ChartRow { a, target, weight }
}

/// Multiplies columns that are much shorter than the longest, where inputs are long anyway: a box has one half-width for
/// all coordinates.
fn balance(coordinates: &mut [Coordinate], rows: &mut [ChartRow]) {
    if rows.iter().all(|row| row.l1() <= Int::from(SHORT)) {
        return;
    }
    let mut lengths = vec![0.0_f64; coordinates.len()];
    for row in rows.iter() {
        let weight = super::floats::float(&row.weight);
        for (length, a) in lengths.iter_mut().zip(&row.a) {
            *length += weight * a.to_f64().unwrap_or(f64::MAX).powi(2);
        }
    }
    let most = lengths.iter().copied().fold(0.0, f64::max);
    for (index, (coordinate, length)) in coordinates.iter_mut().zip(lengths).enumerate() {
        let times = Int::from_f64((most / length).sqrt().floor()).unwrap_or_else(Int::one);
        if times > Int::one() {
            for row in rows.iter_mut() {
                row.a[index] *= &times;
            }
            coordinate.scale *= Rational::from_integer(times);
        }
    }
}

/// Rows of one input, up to its sign, as one row; and the number by which E is more, as the kernel finds it.
#[must_use]
pub fn merged(rows: &[ChartRow]) -> (Vec<ChartRow>, Rational) {
    let square = |row: &ChartRow| &row.target * &row.target * &row.weight;
    let total = |rows: &[ChartRow]| {
        rows.iter()
            .map(square)
            .fold(Rational::zero(), |sum, term| sum + term)
    };
    let (mut places, mut all) = (BTreeMap::new(), Vec::<ChartRow>::new());
    for row in rows {
        let turned = row
            .a
            .iter()
            .find(|a| !a.is_zero())
            .is_some_and(Signed::is_negative);
        let a: Vec<Int> = if turned {
            row.a.iter().map(|a| -a).collect()
        } else {
            row.a.clone()
        };
        let target = if turned {
            -&row.target
        } else {
            row.target.clone()
        };
        let place = *places.entry(a.clone()).or_insert(all.len());
        match all.get_mut(place) {
            None => all.push(ChartRow {
                a,
                target,
                weight: row.weight.clone(),
            }),
            Some(known) => {
                let weight = &known.weight + &row.weight;
                known.target = (&known.target * &known.weight + target * &row.weight) / &weight;
                known.weight = weight;
            }
        }
    }
    let rest = total(rows) - total(&all);
    (all, rest)
}
