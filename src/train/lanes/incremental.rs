//! Steps that follow the responses instead of evaluating them anew: for at most eight lines.
//!
//! UNTRUSTED, but bounded. With `s = 1/(1+e^{2y})`, a step changes each `y` by `D/2`, and `D = −2 A Aᵀ c` needs only the slopes `c` of the lines, not the weights:
//! these are gathered from the sum of all `c` when they are asked for. With `b = s(1−s)` and `h = s − ½`, Taylor's series is
//!
//! ```text
//! s(D) = s − bD (1 + D (h + D ((1/6 − b) + D (h (1/12 − b) + D ((1/120 − b/4 + b²) + D h (1/360 − b/6 + b²))))))
//! ```
//!
//! How far it is taken depends on the largest |D| of the lane's lines:
//!
//! * up to `2⁻⁹`, to the fourth power of D: the next term is below `2⁻⁵¹ s`;
//! * up to `2⁻⁶`, to the sixth, as above: the next term is below `2⁻⁵⁴ s`;
//! * beyond, and every 64 steps, `s` is evaluated from the weights.
//!
//! Each step adds at most a few units of rounding, relative to s, so between two evaluations `tanh y = 1 − 2s` is within `2⁻⁴⁵` of its value
//! (the tests measure less). Every lane chooses for itself; a register of lanes that all stay below `2⁻⁹` does the first only. Two registers
//! take turns, so that one works while the other waits for its results.

#![allow(
    clippy::inline_always,
    reason = "inlining into the dispatched function is what turns these into vector instructions"
)]
#![allow(clippy::needless_range_loop, reason = "the inner loops run over two arrays by lane")]

use super::BLOCK;
use super::exponential::{TWICE_LOG2_E, one_plus_exp2};
use crate::train::lines::Lines;
use pulp::bytemuck::cast_slice;
use pulp::{NullaryFnOnce, Simd, WithSimd};

/// Steps between two evaluations.
const FRESH: u64 = 64;
/// Largest `|D|` of Taylor's series to the fourth power, and to the sixth.
const REACH: [f64; 2] = [1.0 / 512.0, 1.0 / 64.0];

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
        for first in (0..BLOCK).step_by(2 * S::F64_LANES) {
            let mut left = self.steps;
            while left > 0 {
                let count = left.min(FRESH);
                let mut one = Follower::new(simd, self.rows, self.block, first);
                let mut other = Follower::new(simd, self.rows, self.block, first + S::F64_LANES);
                for _ in 0..count {
                    one.step(simd, self.rows, self.block);
                    other.step(simd, self.rows, self.block);
                }
                one.gather(simd, self.rows, self.block);
                other.gather(simd, self.rows, self.block);
                left -= count;
            }
        }
    }
}

/// One register of lanes, `first` and those after it.
struct Follower<S: Simd, const M: usize> {
    first: usize,
    /// The responses.
    s: [S::f64s; M],
    /// The sum of all c since the weights were written.
    moved: [S::f64s; M],
}

impl<S: Simd, const M: usize> Follower<S, M> {
    #[inline(always)]
    fn new(simd: S, rows: &Rows<M>, block: &[f64], first: usize) -> Self {
        let moved = [simd.splat_f64s(0.0); M];
        Self { first, s: fresh(simd, rows, block, first, &moved), moved }
    }

    #[inline(always)]
    fn step(&mut self, simd: S, rows: &Rows<M>, block: &[f64]) {
        let zero = simd.splat_f64s(0.0);
        let (mut b, mut c, mut d, mut most) = ([zero; M], [zero; M], [zero; M], zero);
        for j in 0..M {
            // Minus s(1−s), and minus the slope.
            b[j] = simd.mul_add_f64s(self.s[j], self.s[j], simd.neg_f64s(self.s[j]));
            let miss = simd.mul_add_f64s(simd.splat_f64s(rows.linear[j]), self.s[j], simd.splat_f64s(rows.free[j]));
            c[j] = simd.mul_f64s(b[j], miss);
            self.moved[j] = simd.add_f64s(self.moved[j], c[j]);
        }
        for j in 0..M {
            d[j] = product(simd, &rows.gram[j], &c);
            most = simd.max_f64s(most, simd.abs_f64s(d[j]));
        }
        let far = simd.greater_than_f64s(most, simd.splat_f64s(REACH[0]));
        if simd.first_true_m64s(far) < S::F64_LANES {
            simd.vectorize(Careful { simd, rows, block, follower: self, b: &b, d: &d, most });
        } else {
            for j in 0..M {
                let third = third(simd, self.s[j], b[j]);
                self.s[j] = taylor(simd, self.s[j], b[j], d[j], third);
            }
        }
    }

    /// Writes the weights back.
    #[inline(always)]
    fn gather(self, simd: S, rows: &Rows<M>, block: &mut [f64]) {
        for column in 0..block.len() / BLOCK {
            let w = weight(simd, rows, block, (column, self.first), &self.moved);
            let from = column * BLOCK + self.first;
            let lanes: &mut [S::f64s] = pulp::bytemuck::cast_slice_mut(&mut block[from..from + S::F64_LANES]);
            lanes[0] = w;
        }
    }
}

/// The rest of a step where a lane is beyond the first reach; out of line, since it is rare.
struct Careful<'a, S: Simd, const M: usize> {
    simd: S,
    rows: &'a Rows<M>,
    block: &'a [f64],
    follower: &'a mut Follower<S, M>,
    b: &'a [S::f64s; M],
    d: &'a [S::f64s; M],
    most: S::f64s,
}

impl<S: Simd, const M: usize> NullaryFnOnce for Careful<'_, S, M> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { simd, rows, block, follower, b, d, most } = self;
        let near = simd.less_than_or_equal_f64s(most, simd.splat_f64s(REACH[0]));
        let before = follower.s;
        for j in 0..M {
            let third = third(simd, before[j], b[j]);
            let more = simd.mul_add_f64s(d[j], beyond(simd, before[j], b[j], d[j]), third);
            let third = simd.select_f64s(near, third, more);
            follower.s[j] = taylor(simd, before[j], b[j], d[j], third);
        }
        if simd.reduce_max_f64s(most) > REACH[1] {
            let anew = fresh(simd, rows, block, follower.first, &follower.moved);
            let close = simd.less_than_or_equal_f64s(most, simd.splat_f64s(REACH[1]));
            for j in 0..M {
                follower.s[j] = simd.select_f64s(close, follower.s[j], anew[j]);
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

/// The coefficient of the third power in the bracket; `b` is minus `s(1−s)` here and below.
#[inline(always)]
fn third<S: Simd>(simd: S, s: S::f64s, b: S::f64s) -> S::f64s {
    let h = simd.sub_f64s(s, simd.splat_f64s(0.5));
    simd.mul_f64s(h, simd.add_f64s(simd.splat_f64s(1.0 / 12.0), b))
}

/// The coefficient of the fourth power, and D times that of the fifth.
#[inline(always)]
fn beyond<S: Simd>(simd: S, s: S::f64s, b: S::f64s, d: S::f64s) -> S::f64s {
    let h = simd.sub_f64s(s, simd.splat_f64s(0.5));
    let quarter = simd.add_f64s(b, simd.splat_f64s(0.25));
    let sixth = simd.add_f64s(b, simd.splat_f64s(1.0 / 6.0));
    let fourth = simd.mul_add_f64s(b, quarter, simd.splat_f64s(1.0 / 120.0));
    let fifth = simd.mul_f64s(h, simd.mul_add_f64s(b, sixth, simd.splat_f64s(1.0 / 360.0)));
    simd.mul_add_f64s(d, fifth, fourth)
}

/// Taylor's series with this for everything from the third power on.
#[inline(always)]
fn taylor<S: Simd>(simd: S, s: S::f64s, b: S::f64s, d: S::f64s, third: S::f64s) -> S::f64s {
    let h = simd.sub_f64s(s, simd.splat_f64s(0.5));
    let second = simd.add_f64s(simd.splat_f64s(1.0 / 6.0), b);
    let p = simd.mul_add_f64s(d, third, second);
    let p = simd.mul_add_f64s(d, p, h);
    let p = simd.mul_add_f64s(d, p, simd.splat_f64s(1.0));
    simd.mul_add_f64s(simd.mul_f64s(b, d), p, s)
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
