//! What bounds the terms of a cell, as the kernel computes it. UNTRUSTED.

use super::fans::FloatRow;
use crate::kernel::number::Int;

/// Into how many pieces each line is cut to bound what its rows add to E.
const LINE_PIECES: usize = 60;

pub(super) type Ends = (f64, f64);

pub(super) fn times(positive: Ends, any: Ends) -> Ends {
    let low = any.0 * if any.0 < 0.0 { positive.1 } else { positive.0 };
    (low, any.1 * if any.1 < 0.0 { positive.0 } else { positive.1 })
}

pub(super) fn monomial(cell: &[Ends], powers: &[i32]) -> Ends {
    cell.iter().zip(powers).fold((1.0, 1.0), |p, (q, m)| (p.0 * q.0.powi(*m), p.1 * q.1.powi(*m)))
}

/// What bounds the terms of a row with p = e^{−2|y|} between two ends: h − h(∞), h' and h'', over p or p².
pub(super) fn factors(row: &FloatRow, sign: f64, p: Ends) -> [Ends; 3] {
    let v = (1.0 / (1.0 + p.1), 1.0 / (1.0 + p.0));
    let v2 = times(v, v);
    let beta = sign * row.b;
    let affine = |x: f64, y: f64| (v.0 * x + y, v.1 * x + y);
    let scaled = |(x, y): Ends, by: f64| {
        if by < 0.0 { (y * by * row.w, x * by * row.w) } else { (x * by * row.w, y * by * row.w) }
    };
    if beta >= 1.0 {
        let third = times(v2, affine(6.0, -2.0));
        return [scaled(v2, 4.0), scaled(times(v2, v), -16.0 * sign), scaled(times(v, third), 16.0)];
    }
    let tau = affine(2.0, -1.0);
    let three = times(tau, tau);
    let (x, y) = (2.0 * beta * tau.0, 2.0 * beta * tau.1);
    let bend = (1.0 - 3.0 * three.1 + x.min(y), 1.0 - 3.0 * three.0 + x.max(y));
    [
        scaled(times(v, affine(1.0, -beta)), -4.0),
        scaled(times(v2, affine(2.0, -1.0 - beta)), 8.0 * sign),
        scaled(times(v2, bend), 8.0),
    ]
}

/// Cuts of the two half-lines of each line, with the bound that they give, and the line of each row.
#[derive(Default)]
pub(super) struct Lines {
    pub(super) of_row: Vec<usize>,
    pub(super) pieces: Vec<[Vec<Ends>; 2]>,
    pub(super) least: Vec<f64>,
}

impl Lines {
    pub(super) fn new(rows: &[FloatRow]) -> Self {
        let mut lines = Lines::default();
        let mut firsts: Vec<&FloatRow> = Vec::new();
        for row in rows {
            let parallel = |first: &&FloatRow| {
                first.a.iter().zip(&row.a).all(|(x, y)| first.a.iter().zip(&row.a).all(|(u, v)| x * v == y * u))
            };
            let known = firsts.iter().position(|first| parallel(first) && row.a.iter().any(|a| *a != 0));
            lines.of_row.push(known.unwrap_or(firsts.len()));
            if known.is_none() {
                firsts.push(row);
            }
        }
        for (line, first) in firsts.iter().enumerate() {
            let on: Vec<&FloatRow> =
                rows.iter().zip(&lines.of_row).filter(|(_, of)| **of == line).map(|(row, _)| row).collect();
            let place = first.a.iter().position(|a| *a != 0).unwrap_or(0);
            let mut pieces = [vec![(0.0, 1.0)], vec![(0.0, 1.0)]];
            let value = |right: usize, piece: Ends| line_value(&on, place, right == 1, piece);
            // Halve the piece with the least bound, again and again.
            for _ in 0..LINE_PIECES {
                let all = (0..2).flat_map(|side| (0..pieces[side].len()).map(move |at| (side, at)));
                let lowest = all.min_by(|x, y| value(x.0, pieces[x.0][x.1]).total_cmp(&value(y.0, pieces[y.0][y.1])));
                let Some((side, at)) = lowest else { break };
                let (low, high) = pieces[side][at];
                let middle = f64::midpoint(low, high);
                pieces[side][at] = (low, middle);
                pieces[side].insert(at + 1, (middle, high));
            }
            let least = (0..2).flat_map(|side| pieces[side].iter().map(move |piece| value(side, *piece)));
            lines.least.push(least.fold(f64::INFINITY, f64::min).max(0.0));
            lines.pieces.push(pieces);
        }
        lines
    }

    pub(super) fn cuts(&self) -> Vec<[Vec<Int>; 2]> {
        let cut = |piece: &Ends| super::super::barrier::grid_int(piece.0, 64);
        self.pieces.iter().map(|sides| sides.each_ref().map(|side| side.iter().skip(1).map(cut).collect())).collect()
    }
}

/// A lower bound of what rows on a line add to E on a piece of a half-line.
fn line_value(rows: &[&FloatRow], place: usize, right: bool, piece: Ends) -> f64 {
    let each = rows.iter().map(|row| {
        let power = i32::try_from(row.a[place].abs()).unwrap_or(i32::MAX);
        let sign = if (row.a[place] < 0) == right { -1.0 } else { 1.0 };
        let p = (piece.0.powi(power), piece.1.powi(power));
        let [value, _, _] = factors(row, sign, p);
        let reached = sign * row.b >= 1.0;
        let p = if reached { (p.0 * p.0, p.1 * p.1) } else { p };
        times(p, value).0 + row.w * (sign - row.b) * (sign - row.b)
    });
    let sum: f64 = each.sum();
    sum - 1e-13 * sum.abs()
}
