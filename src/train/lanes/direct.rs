//! Steps that evaluate every exponential anew.
//!
//! UNTRUSTED. Per step and line: five fused operations for the scalar product when there are five
//! weights, one polynomial, and a share of one division, because up to eight reciprocals
//! `1/(1+e^{2y})` are taken from one of their product.

#![allow(
    clippy::inline_always,
    reason = "inlining into the dispatched function is what turns these into vector instructions"
)]
#![allow(
    clippy::needless_range_loop,
    reason = "the inner loops run over two arrays by lane"
)]

use super::block::BLOCK;
use super::exponential::{TWICE_LOG2_E, one_plus_exp2};
use crate::train::lines::{Line, Lines};
use pulp::bytemuck::cast_slice;
use pulp::{Simd, WithSimd};

/// Registers that one pass keeps in flight.
const UNROLL: usize = 2;
/// Reciprocals taken from one division.
const SHARE: usize = 8;

/// A line as the inner loop wants it: with `s = 1/(1+e^{2y})`, `tanh y = 1 − 2s` and
/// `rate · W d/dy (tanh y − m)² = 8 · rate · W (s − s²)(1 − m − 2s) = (s − s²)(free + linear · s)`.
pub(super) struct Row<const N: usize> {
    /// The input times `2/ln 2`.
    exponent: [f64; N],
    /// The input.
    input: [f64; N],
    free: f64,
    linear: f64,
}

impl<const N: usize> Row<N> {
    pub(super) fn all(lines: &Lines, rate: f64) -> Vec<Self> {
        let row = |line: &Line| {
            let mut input = [0.0; N];
            for (to, from) in input.iter_mut().zip(&line.input) {
                *to = *from;
            }
            let scale = 8.0 * rate * line.weight;
            let exponent = input.map(|entry| entry * TWICE_LOG2_E);
            Self {
                exponent,
                input,
                free: scale * (1.0 - line.target),
                linear: -2.0 * scale,
            }
        };
        lines.lines.iter().map(row).collect()
    }
}

/// Steps of one block.
pub(super) struct Descent<'a, const N: usize> {
    pub(super) rows: &'a [Row<N>],
    pub(super) steps: u64,
    pub(super) block: &'a mut [[f64; BLOCK]; N],
}

impl<const N: usize> WithSimd for Descent<'_, N> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let width = UNROLL * S::F64_LANES;
        for first in (0..BLOCK).step_by(width) {
            let mut x = [[simd.splat_f64s(0.0); UNROLL]; N];
            for (x, column) in x.iter_mut().zip(self.block.iter()) {
                x.copy_from_slice(cast_slice(&column[first..first + width]));
            }
            for _ in 0..self.steps {
                step(simd, self.rows, &mut x);
            }
            for (x, column) in x.iter().zip(self.block.iter_mut()) {
                column[first..first + width].copy_from_slice(cast_slice(x));
            }
        }
    }
}

/// One step for one register group.
#[inline(always)]
fn step<S: Simd, const N: usize>(simd: S, rows: &[Row<N>], x: &mut [[S::f64s; UNROLL]; N]) {
    let one = simd.splat_f64s(1.0);
    let mut gradient = [[simd.splat_f64s(0.0); UNROLL]; N];
    for group in rows.chunks(SHARE) {
        let mut factor = [[one; UNROLL]; SHARE];
        let mut product = [[one; UNROLL]; SHARE + 1];
        for (j, row) in group.iter().enumerate() {
            for u in 0..UNROLL {
                let mut z = simd.mul_f64s(simd.splat_f64s(row.exponent[0]), x[0][u]);
                for i in 1..N {
                    z = simd.mul_add_f64s(simd.splat_f64s(row.exponent[i]), x[i][u], z);
                }
                factor[j][u] = one_plus_exp2(simd, z);
                product[j + 1][u] = simd.mul_f64s(product[j][u], factor[j][u]);
            }
        }
        // One division for the group: the reciprocals come from that of the product, last first.
        let mut inverse = product[group.len()].map(|all| simd.div_f64s(one, all));
        for (j, row) in group.iter().enumerate().rev() {
            for u in 0..UNROLL {
                let s = simd.mul_f64s(inverse[u], product[j][u]);
                inverse[u] = simd.mul_f64s(inverse[u], factor[j][u]);
                let slope = simd.sub_f64s(s, simd.mul_f64s(s, s));
                let miss =
                    simd.mul_add_f64s(s, simd.splat_f64s(row.linear), simd.splat_f64s(row.free));
                let c = simd.mul_f64s(slope, miss);
                for i in 0..N {
                    gradient[i][u] =
                        simd.mul_add_f64s(simd.splat_f64s(row.input[i]), c, gradient[i][u]);
                }
            }
        }
    }
    for (x, g) in x.iter_mut().zip(&gradient) {
        for (x, g) in x.iter_mut().zip(g) {
            *x = simd.sub_f64s(*x, *g);
        }
    }
}
