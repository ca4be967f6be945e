//! The lines as the inner loop wants them, and the product with their Gram matrix.
//!
//! Rows of ±1 have few scalar products, so many entries of the Gram matrix are equal. When there
//! are an order and signs of the lines for which all entries but those next to the diagonal are one
//! number g, the product is g times the sum, one for all lines, and three terms of each line: six
//! roundings. Otherwise it is two chains for each line and their sum: five roundings for eight
//! lines. Each is at most `2⁻⁵³` of what is added in absolute value, which is at most the norm
//! times the largest m.
//!
//! m is at most half a period times c, so with `GRAIN` as the bound on period times norm times c, z
//! is off by at most `6 · 2⁻⁵³ · 42`, and `tanh (z/2)` by half that, less than `2⁻⁴⁶`.

#![allow(
    clippy::inline_always,
    reason = "inlining into the dispatched function is what turns these into vector instructions"
)]
#![allow(
    clippy::needless_range_loop,
    reason = "the inner loops run over two arrays by lane"
)]

use super::series::{LIMIT, Shape};
use crate::train::lines::{Line, Lines};
use crate::train::number::dot;
use pulp::Simd;

/// Bound on the period times the norm times the largest slope.
const GRAIN: f64 = 84.0;

/// The lines, so arranged that `2 A Aᵀ` is `common` but for the diagonal and `B` entries on either
/// side; with `B + 1 ≥ M` any matrix.
pub(in super::super) struct Rows<const M: usize, const B: usize> {
    /// The inputs.
    pub(super) inputs: Vec<Vec<f64>>,
    /// The shape of the slope of each line.
    pub(super) shapes: [Shape; M],
    /// Slopes count like a speed of this many times as much, to keep that bound.
    pub(super) grain: f64,
    /// `2 A Aᵀ`.
    pub(super) gram: Gram<M, B>,
}

/// `2 A Aᵀ`.
#[derive(Clone, Copy)]
pub(super) struct Gram<const M: usize, const B: usize> {
    common: f64,
    /// `2 A Aᵀ − common`, of which the upper half is used.
    near: [[f64; M]; M],
}

impl<const M: usize, const B: usize> Rows<M, B> {
    /// `None` when they cannot be so arranged.
    pub(in super::super) fn new(lines: &Lines, rate: f64) -> Option<Self> {
        let (common, lines) = if B + 1 >= M {
            (0.0, lines.lines.clone())
        } else {
            arranged(&lines.lines, B)?
        };
        let gram = double_gram(&lines);
        let (mut near, mut shapes) = ([[0.0; M]; M], [Shape::default(); M]);
        for (row, entries) in near.iter_mut().zip(gram) {
            for (entry, product) in row.iter_mut().zip(entries) {
                *entry = product - common;
            }
        }
        for (shape, line) in shapes.iter_mut().zip(&lines) {
            *shape = Shape::new(8.0 * rate * line.weight, line.target);
        }
        let inputs = lines.into_iter().map(|line| line.input).collect();
        let norm = near
            .iter()
            .map(|row| row.iter().map(|g| g.abs() + common.abs()).sum())
            .fold(0.0, f64::max);
        Some(Self {
            inputs,
            shapes,
            grain: 2.0 * LIMIT * norm / GRAIN,
            gram: Gram { common, near },
        })
    }

    /// `2 A Aᵀ c`.
    #[inline(always)]
    pub(super) fn product<S: Simd>(&self, simd: S, c: &[S::f64s; M]) -> [S::f64s; M] {
        self.gram.product(simd, c)
    }
}

impl<const M: usize, const B: usize> Gram<M, B> {
    /// `2 A Aᵀ c`.
    #[inline(always)]
    pub(super) fn product<S: Simd>(&self, simd: S, c: &[S::f64s; M]) -> [S::f64s; M] {
        if B + 1 >= M {
            self.dense(simd, c)
        } else {
            self.banded(simd, c)
        }
    }

    #[inline(always)]
    fn entry<S: Simd>(&self, simd: S, j: usize, i: usize) -> S::f64s {
        simd.splat_f64s(self.near[j.min(i)][j.max(i)])
    }

    /// Two chains of fused operations for each line.
    #[inline(always)]
    fn dense<S: Simd>(&self, simd: S, c: &[S::f64s; M]) -> [S::f64s; M] {
        let mut d = *c;
        for j in 0..M {
            let mut even = simd.mul_f64s(self.entry(simd, j, 0), c[0]);
            if M == 1 {
                return [even; M];
            }
            let mut odd = simd.mul_f64s(self.entry(simd, j, 1), c[1]);
            for i in 2..M {
                if i % 2 == 0 {
                    even = simd.mul_add_f64s(self.entry(simd, j, i), c[i], even);
                } else {
                    odd = simd.mul_add_f64s(self.entry(simd, j, i), c[i], odd);
                }
            }
            d[j] = simd.add_f64s(even, odd);
        }
        d
    }

    #[inline(always)]
    fn banded<S: Simd>(&self, simd: S, c: &[S::f64s; M]) -> [S::f64s; M] {
        // The common number times the sum of all, once; then only the entries near the diagonal.
        let base = simd.mul_f64s(simd.splat_f64s(self.common), sum(simd, c));
        let mut d = *c;
        for j in 0..M {
            d[j] = simd.mul_f64s(self.entry(simd, j, j), c[j]);
        }
        for off in 1..=B {
            for j in off..M {
                d[j] = simd.mul_add_f64s(self.entry(simd, j - off, j), c[j - off], d[j]);
            }
            for j in 0..M - off {
                d[j] = simd.mul_add_f64s(self.entry(simd, j, j + off), c[j + off], d[j]);
            }
        }
        for d in &mut d {
            *d = simd.add_f64s(*d, base);
        }
        d
    }
}

/// The sum, as two chains.
#[inline(always)]
fn sum<S: Simd, const M: usize>(simd: S, c: &[S::f64s; M]) -> S::f64s {
    let (mut lower, mut upper) = (c[0], c[M / 2]);
    for i in 1..M / 2 {
        lower = simd.add_f64s(lower, c[i]);
    }
    for i in M / 2 + 1..M {
        upper = simd.add_f64s(upper, c[i]);
    }
    simd.add_f64s(lower, upper)
}

fn double_gram(lines: &[Line]) -> Vec<Vec<f64>> {
    lines
        .iter()
        .map(|a| {
            lines
                .iter()
                .map(|b| 2.0 * dot(&a.input, &b.input))
                .collect()
        })
        .collect()
}

/// A number and an order and signs of the lines so that all products farther than `band` from the
/// diagonal are that number.
fn arranged(lines: &[Line], wide: usize) -> Option<(f64, Vec<Line>)> {
    let signed = |first: &Line| {
        lines
            .iter()
            .map(|line| towards(first, line))
            .collect::<Vec<Line>>()
    };
    lines.iter().map(signed).find_map(|lines| {
        let (common, order) = band(&double_gram(&lines), wide)?;
        Some((common, order.iter().map(|j| lines[*j].clone()).collect()))
    })
}

/// The line with the sign for which its product with the first is not negative.
fn towards(first: &Line, line: &Line) -> Line {
    if dot(&first.input, &line.input) >= 0.0 {
        return line.clone();
    }
    Line {
        input: line.input.iter().map(|a| -a).collect(),
        target: -line.target,
        weight: line.weight,
    }
}

/// A number and an order in which all entries farther than `band` from the diagonal are that
/// number.
fn band(gram: &[Vec<f64>], band: usize) -> Option<(f64, Vec<usize>)> {
    let mut tried = Vec::new();
    for (j, row) in gram.iter().enumerate() {
        for common in &row[..j] {
            if !tried.iter().any(|other| equal(*other, *common)) {
                tried.push(*common);
                let mut order = Vec::new();
                if place(gram, *common, band, &mut order) {
                    return Some((*common, order));
                }
            }
        }
    }
    None
}

/// Completes the order if that is possible.
fn place(gram: &[Vec<f64>], common: f64, band: usize, order: &mut Vec<usize>) -> bool {
    if order.len() == gram.len() {
        return true;
    }
    for next in 0..gram.len() {
        let far = &order[..order.len().saturating_sub(band)];
        if !order.contains(&next) && far.iter().all(|j| equal(gram[*j][next], common)) {
            order.push(next);
            if place(gram, common, band, order) {
                return true;
            }
            order.pop();
        }
    }
    false
}

fn equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= 0.0
}
