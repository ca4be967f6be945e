//! Directions in which E decreases on a whole cell, by linear programming. UNTRUSTED.
//!
//! With bounds of the factors of every row, D²E[v] + DE[d] is at most a sum of terms q^m F, each F convex and piecewise
//! linear in d. Part of one term may be charged to another one where the quotient of their monomials is bounded.

use super::cone::{Bounds, Cone, along};

/// Most rows for which programs are solved.
pub(super) const MOST_ROWS: usize = 24;
/// By how much one term may be negative: then several of them are.
const CAP: f64 = 10.0;
/// Quotients beyond this are no help.
const MOST_QUOTIENT: f64 = 1e3;
/// What counts as negative.
const TINY: f64 = 1e-9;
/// Most pivots, and how many before Bland's rule.
const PIVOTS: [usize; 2] = [400, 150];

/// The d and the factor l ≥ 0, |d| + l ≤ 1, for which l D²E[v] + DE[d] is most negative by its bounds; l is 0 without v.
pub(super) fn steepest(
    cone: &Cone<'_>,
    bounds: &Bounds,
    v: Option<&[i64]>,
) -> Option<(Vec<f64>, f64)> {
    let (n, groups) = (cone.rays.len(), cone.groups.len());
    // The columns of ⟨a,d⟩ for each row: those of one coordinate, with a factor, or two of its own.
    let mut own = 0;
    let columns: Vec<(usize, f64, bool)> = cone
        .rows
        .iter()
        .map(|row| {
            let mut entries = row.row.a.iter().enumerate().filter(|(_, a)| **a != 0);
            if let (Some((place, _)), None) = (entries.next(), entries.next()) {
                return (2 * place, along(row.row, &vec![1; n]), true);
            }
            own += 2;
            (2 * n + own - 2, 1.0, false)
        })
        .collect();
    let pairs = (0..groups * groups).filter(|pair| pair / groups != pair % groups);
    let charges: Vec<(usize, usize, f64)> = pairs
        .filter_map(|pair| Some((pair / groups, pair % groups, bounds.quotients[pair]?.1)))
        .filter(|(_, _, most)| *most < MOST_QUOTIENT)
        .collect();
    let (first_charge, first_slack) = (2 * n + own, 2 * n + own + charges.len());
    let width = first_slack + groups + 1;
    let mut program = Program {
        rows: Vec::new(),
        width,
    };
    for (row, (column, _, _)) in cone
        .rows
        .iter()
        .zip(&columns)
        .filter(|(_, (_, _, shared))| !shared)
    {
        for sign in [1.0, -1.0] {
            let line = program.row(0.0);
            for (i, a) in row.row.a.iter().enumerate() {
                let a = sign * num_traits::ToPrimitive::to_f64(a).unwrap_or(0.0);
                (line[2 * i], line[2 * i + 1]) = (a, -a);
            }
            (line[*column], line[*column + 1]) = (-sign, sign);
        }
    }
    for group in 0..groups {
        let line = program.row(0.0);
        for (index, (row, (column, factor, _))) in cone.rows.iter().zip(&columns).enumerate() {
            if row.group == group {
                let (low, high) = bounds.first[index];
                let (low, high) = if *factor < 0.0 {
                    (high * factor, low * factor)
                } else {
                    (low * factor, high * factor)
                };
                line[*column] += high;
                line[*column + 1] -= low;
                let v = v.map_or(0.0, |v| along(row.row, v));
                line[width - 1] += if v == 0.0 {
                    0.0
                } else {
                    bounds.second[index].1 * v * v
                };
            }
        }
        for (place, (from, to, most)) in charges.iter().enumerate() {
            line[first_charge + place] =
                if *from == group { -1.0 } else { 0.0 } + if *to == group { *most } else { 0.0 };
        }
        line[first_slack + group] = 1.0;
    }
    let line = program.row(1.0);
    line[..2 * n].fill(1.0);
    line[width - 1] = if v.is_some() { 1.0 } else { 1.0 / TINY };
    for group in 0..groups {
        program.row(CAP)[first_slack + group] = 1.0;
    }
    let (value, x) = program.maximize(first_slack..first_slack + groups)?;
    (value > TINY).then(|| {
        (
            (0..n).map(|i| x[2 * i] - x[2 * i + 1]).collect(),
            x[width - 1],
        )
    })
}

/// A x ≤ b with b ≥ 0, x ≥ 0.
struct Program {
    rows: Vec<(Vec<f64>, f64)>,
    width: usize,
}

impl Program {
    /// Another row, of zeros.
    fn row(&mut self, right: f64) -> &mut [f64] {
        let place = self.rows.len();
        self.rows.push((vec![0.0; self.width], right));
        &mut self.rows[place].0
    }

    /// The greatest sum of these variables, by the simplex method.
    fn maximize(self, wanted: std::ops::Range<usize>) -> Option<(f64, Vec<f64>)> {
        let (count, n) = (self.rows.len(), self.width);
        let last = n + count;
        let mut basis: Vec<usize> = (n..last).collect();
        let full = |(place, (mut row, right)): (usize, (Vec<f64>, f64))| {
            row.resize(last + 1, 0.0);
            (row[n + place], row[last]) = (1.0, right);
            row
        };
        let mut table: Vec<Vec<f64>> = self.rows.into_iter().enumerate().map(full).collect();
        let mut gain = vec![0.0; last + 1];
        gain[wanted].fill(-1.0);
        for step in 0..PIVOTS[0] {
            let mut useful = (0..last).filter(|column| gain[*column] < -TINY);
            let column = if step < PIVOTS[1] {
                useful.min_by(|x, y| gain[*x].total_cmp(&gain[*y]))
            } else {
                useful.next()
            };
            let Some(column) = column else {
                let mut x = vec![0.0; n];
                for (row, variable) in table
                    .iter()
                    .zip(&basis)
                    .filter(|(_, variable)| **variable < n)
                {
                    x[*variable] = row[last];
                }
                return Some((gain[last], x));
            };
            let ratio = |row: &Vec<f64>| row[last] / row[column];
            let bounding = (0..count).filter(|row| table[*row][column] > TINY);
            let row = bounding.min_by(|x, y| {
                let order = ratio(&table[*x]).total_cmp(&ratio(&table[*y]));
                order.then_with(|| basis[*x].cmp(&basis[*y]))
            })?;
            let pivot = table[row][column];
            table[row].iter_mut().for_each(|x| *x /= pivot);
            let chosen = table[row].clone();
            let others = table
                .iter_mut()
                .enumerate()
                .filter(|(place, _)| *place != row)
                .map(|(_, other)| other);
            for other in others.chain([&mut gain]) {
                let factor = other[column];
                if factor != 0.0 {
                    other
                        .iter_mut()
                        .zip(&chosen)
                        .for_each(|(x, y)| *x -= factor * y);
                }
            }
            basis[row] = column;
        }
        None
    }
}
