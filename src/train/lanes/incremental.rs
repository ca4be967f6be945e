//! Steps that follow the responses instead of evaluating them anew: for at most eight lines.
//!
//! UNTRUSTED, but bounded. With `s = 1/(1+e^{2y})`, a step changes each `y` by `D/2`, and `D = −2 A Aᵀ c` needs only the slopes `c` of the lines, not the weights:
//! these are gathered from the sum of all `c` when they are asked for. How s moves depends on the largest |D| of the lane's lines:
//!
//! * up to `2⁻⁹`, Taylor's series of `s(D)` to the fourth power of D: with `b = s(1−s)`, `h = s − ½`,
//!   `s ← s − bD (1 + D (h + D ((1/6 − b) + D h (1/12 − b))))`; the next term is below `2⁻⁵¹ s`;
//! * up to `2⁻⁵`, `s ← s/(1 + (1−s)(e^D − 1))`, with `e^D − 1` to the seventh power; the next term is below `2⁻⁵⁵`;
//! * beyond, and every 64 steps, `s` is evaluated from the weights.
//!
//! Each step adds at most a few units of rounding, relative to s, so between two evaluations `tanh y = 1 − 2s` is within `2⁻⁴⁵` of its value
//! (the tests measure less). Every lane chooses for itself; a register of lanes that all stay below `2⁻⁹` does the first only.

#![allow(
    clippy::inline_always,
    reason = "inlining into the dispatched function is what turns these into vector instructions"
)]
#![allow(clippy::needless_range_loop, reason = "the inner loops run over two arrays by lane")]

use super::BLOCK;
use super::exponential::{TWICE_LOG2_E, one_plus_exp2};
use crate::train::lines::Lines;
use pulp::bytemuck::cast_slice;
use pulp::{Simd, WithSimd};

/// Steps between two evaluations.
const FRESH: u64 = 64;
/// Largest `|D|` of Taylor's series, and of the quotient.
const REACH: [f64; 2] = [1.0 / 512.0, 1.0 / 32.0];
/// `1/2, 1/6, …`: coefficients of `(e^D − 1)/D` after the first.
const GROWTH: [f64; 6] = [0.5, 1.0 / 6.0, 1.0 / 24.0, 1.0 / 120.0, 1.0 / 720.0, 1.0 / 5040.0];

/// The lines as the inner loop wants them.
pub(super) struct Rows<const M: usize> {
    /// The inputs.
    inputs: Vec<Vec<f64>>,
    /// `2 A Aᵀ`.
    gram: [[f64; M]; M],
    /// `c = −b (free + linear · s)` is minus the rate times half the slope of the line.
    free: [f64; M],
    linear: [f64; M],
}

impl<const M: usize> Rows<M> {
    pub(super) fn new(lines: &Lines, rate: f64) -> Self {
        let inputs: Vec<Vec<f64>> = lines.lines.iter().map(|line| line.input.clone()).collect();
        let (mut gram, mut free, mut linear) = ([[0.0; M]; M], [0.0; M], [0.0; M]);
        for (j, line) in lines.lines.iter().enumerate() {
            for (i, other) in inputs.iter().enumerate() {
                gram[j][i] = 2.0 * crate::train::number::dot(&line.input, other);
            }
            let scale = 8.0 * rate * line.weight;
            (free[j], linear[j]) = (scale * (1.0 - line.target), -2.0 * scale);
        }
        Self { inputs, gram, free, linear }
    }
}

/// Steps of one block, stored column by column.
pub(super) struct Descent<'a, const M: usize> {
    pub(super) rows: &'a Rows<M>,
    pub(super) steps: u64,
    pub(super) block: &'a mut [f64],
}

impl<const M: usize> WithSimd for Descent<'_, M> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let zero = simd.splat_f64s(0.0);
        for first in (0..BLOCK).step_by(S::F64_LANES) {
            let mut left = self.steps;
            while left > 0 {
                let count = left.min(FRESH);
                let mut moved = [zero; M];
                let mut s = fresh(simd, self.rows, self.block, first, &moved);
                for _ in 0..count {
                    step(simd, self.rows, self.block, first, &mut s, &mut moved);
                }
                gather(simd, self.rows, self.block, first, &moved);
                left -= count;
            }
        }
    }
}

/// One step: `moved` is the sum of all c so far.
#[inline(always)]
fn step<S: Simd, const M: usize>(
    simd: S,
    rows: &Rows<M>,
    block: &[f64],
    first: usize,
    s: &mut [S::f64s; M],
    moved: &mut [S::f64s; M],
) {
    let (zero, one) = (simd.splat_f64s(0.0), simd.splat_f64s(1.0));
    let (mut b, mut c, mut d) = ([zero; M], [zero; M], [zero; M]);
    for j in 0..M {
        // Minus s(1−s), and minus the slope.
        b[j] = simd.mul_f64s(s[j], simd.sub_f64s(s[j], one));
        let miss = simd.mul_add_f64s(simd.splat_f64s(rows.linear[j]), s[j], simd.splat_f64s(rows.free[j]));
        c[j] = simd.mul_f64s(b[j], miss);
        moved[j] = simd.add_f64s(moved[j], c[j]);
    }
    let mut most = zero;
    for j in 0..M {
        d[j] = product(simd, &rows.gram[j], &c);
        most = simd.max_f64s(most, simd.abs_f64s(d[j]));
    }
    let before = *s;
    for j in 0..M {
        s[j] = taylor(simd, s[j], b[j], d[j]);
    }
    let largest = simd.reduce_max_f64s(most);
    if largest > REACH[0] {
        let near = simd.less_than_or_equal_f64s(most, simd.splat_f64s(REACH[0]));
        for j in 0..M {
            s[j] = simd.select_f64s(near, s[j], quotient(simd, before[j], d[j]));
        }
        if largest > REACH[1] {
            let near = simd.less_than_or_equal_f64s(most, simd.splat_f64s(REACH[1]));
            let anew = fresh(simd, rows, block, first, moved);
            for j in 0..M {
                s[j] = simd.select_f64s(near, s[j], anew[j]);
            }
        }
    }
}

/// The scalar product, as two chains of fused operations.
#[inline(always)]
fn product<S: Simd, const M: usize>(simd: S, row: &[f64; M], c: &[S::f64s; M]) -> S::f64s {
    let mut even = simd.mul_f64s(simd.splat_f64s(row[0]), c[0]);
    if M == 1 {
        return even;
    }
    let mut odd = simd.mul_f64s(simd.splat_f64s(row[1]), c[1]);
    for i in 2..M {
        if i % 2 == 0 {
            even = simd.mul_add_f64s(simd.splat_f64s(row[i]), c[i], even);
        } else {
            odd = simd.mul_add_f64s(simd.splat_f64s(row[i]), c[i], odd);
        }
    }
    simd.add_f64s(even, odd)
}

/// Taylor's series; `b` is minus `s(1−s)`.
#[inline(always)]
fn taylor<S: Simd>(simd: S, s: S::f64s, b: S::f64s, d: S::f64s) -> S::f64s {
    let h = simd.sub_f64s(s, simd.splat_f64s(0.5));
    let third = simd.mul_f64s(h, simd.add_f64s(simd.splat_f64s(1.0 / 12.0), b));
    let second = simd.add_f64s(simd.splat_f64s(1.0 / 6.0), b);
    let p = simd.mul_add_f64s(d, third, second);
    let p = simd.mul_add_f64s(d, p, h);
    let p = simd.mul_add_f64s(d, p, simd.splat_f64s(1.0));
    simd.mul_add_f64s(simd.mul_f64s(b, d), p, s)
}

/// `s/(1 + (1−s)(e^D − 1))`.
#[inline(always)]
fn quotient<S: Simd>(simd: S, s: S::f64s, d: S::f64s) -> S::f64s {
    let one = simd.splat_f64s(1.0);
    let mut p = simd.splat_f64s(GROWTH[5]);
    for i in (0..5).rev() {
        p = simd.mul_add_f64s(d, p, simd.splat_f64s(GROWTH[i]));
    }
    let growth = simd.mul_f64s(d, simd.mul_add_f64s(d, p, one));
    simd.div_f64s(s, simd.mul_add_f64s(simd.sub_f64s(one, s), growth, one))
}

/// Weight number `column`, moved by Aᵀ times the sum of all c.
#[inline(always)]
fn weight<S: Simd, const M: usize>(
    simd: S,
    rows: &Rows<M>,
    block: &[f64],
    (column, first): (usize, usize),
    moved: &[S::f64s; M],
) -> S::f64s {
    let from = column * BLOCK + first;
    let lanes: &[S::f64s] = cast_slice(&block[from..from + S::F64_LANES]);
    let mut w = lanes[0];
    for (input, moved) in rows.inputs.iter().zip(moved) {
        w = simd.mul_add_f64s(simd.splat_f64s(input[column]), *moved, w);
    }
    w
}

/// Every s from the weights.
#[inline(always)]
fn fresh<S: Simd, const M: usize>(
    simd: S,
    rows: &Rows<M>,
    block: &[f64],
    first: usize,
    moved: &[S::f64s; M],
) -> [S::f64s; M] {
    let mut y = [simd.splat_f64s(0.0); M];
    for column in 0..block.len() / BLOCK {
        let w = weight(simd, rows, block, (column, first), moved);
        for j in 0..M {
            y[j] = simd.mul_add_f64s(simd.splat_f64s(rows.inputs[j][column]), w, y[j]);
        }
    }
    for y in &mut y {
        let z = simd.mul_f64s(*y, simd.splat_f64s(TWICE_LOG2_E));
        *y = simd.div_f64s(simd.splat_f64s(1.0), one_plus_exp2(simd, z));
    }
    y
}

/// Writes the weights back.
#[inline(always)]
fn gather<S: Simd, const M: usize>(simd: S, rows: &Rows<M>, block: &mut [f64], first: usize, moved: &[S::f64s; M]) {
    for column in 0..block.len() / BLOCK {
        let w = weight(simd, rows, block, (column, first), moved);
        let from = column * BLOCK + first;
        let lanes: &mut [S::f64s] = pulp::bytemuck::cast_slice_mut(&mut block[from..from + S::F64_LANES]);
        lanes[0] = w;
    }
}
