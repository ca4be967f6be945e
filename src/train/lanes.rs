//! Batch gradient descent of many starts side by side, one start per lane of the vector registers.
//!
//! UNTRUSTED. The same arithmetic in every lane and on every machine (a fused multiply-add is one rounding everywhere), so the result depends
//! neither on the width of the registers nor on the number of threads. Per step and line: five fused operations for the scalar product when there are
//! five weights, one polynomial of [`super::exponential`], and a share of one division, because up to eight reciprocals
//! `1/(1+e^{2y})` are taken from one of their product. `|y|` is clamped to 20.8, where `tanh` is 1 in double precision.

#![allow(
    clippy::inline_always,
    reason = "inlining into the dispatched function is what turns these into vector instructions"
)]
#![allow(clippy::needless_range_loop, reason = "the inner loops run over two arrays by lane")]

use super::exponential::COEFFICIENTS;
use super::lines::Lines;
use pulp::bytemuck::{cast, cast_slice};
use pulp::{Arch, Simd, WithSimd};
use rayon::prelude::*;

/// Starts per block: two of the widest registers there are.
const BLOCK: usize = 16;
/// Registers that one pass keeps in flight.
const UNROLL: usize = 2;
/// Reciprocals taken from one division.
const SHARE: usize = 8;
/// Bound on `|2y/ln 2|`; eight factors of at most `2^61` are far from overflow.
const CLAMP: f64 = 60.0;
/// `2/ln 2`.
const TWICE_LOG2_E: f64 = 2.0 * std::f64::consts::LOG2_E;

/// Weights of many starts, stored block by block, column by column.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    columns: usize,
    starts: usize,
    values: Vec<f64>,
}

impl Batch {
    /// Gathers starts of equal length.
    #[must_use]
    pub fn new(starts: &[Vec<f64>]) -> Self {
        let columns = starts.first().map_or(0, Vec::len);
        let mut values = vec![0.0; starts.len().div_ceil(BLOCK) * BLOCK * columns];
        for (index, start) in starts.iter().enumerate() {
            for (column, value) in start.iter().take(columns).enumerate() {
                values[place(columns, index, column)] = *value;
            }
        }
        Self { columns, starts: starts.len(), values }
    }

    /// Where the start with this index is now.
    #[must_use]
    pub fn weights(&self, index: usize) -> Vec<f64> {
        (0..self.columns).map(|column| self.values[place(self.columns, index, column)]).collect()
    }

    /// All of them, in order.
    #[must_use]
    pub fn all(&self) -> Vec<Vec<f64>> {
        (0..self.starts).map(|index| self.weights(index)).collect()
    }

    /// `steps` times `w ← w − rate ∇E(w)` for every start, on all threads of the current pool.
    ///
    /// Returns false, and changes nothing, when there are more than 16 weights.
    pub fn descend(&mut self, lines: &Lines, rate: f64, steps: u64) -> bool {
        match self.columns {
            0 => true,
            1..=2 => self.run::<2>(lines, rate, steps),
            3 => self.run::<3>(lines, rate, steps),
            4 => self.run::<4>(lines, rate, steps),
            5 => self.run::<5>(lines, rate, steps),
            6..=8 => self.run::<8>(lines, rate, steps),
            9..=16 => self.run::<16>(lines, rate, steps),
            _ => false,
        }
    }

    fn run<const N: usize>(&mut self, lines: &Lines, rate: f64, steps: u64) -> bool {
        let (columns, rows) = (self.columns, Row::<N>::all(lines, rate));
        let arch = Arch::new();
        self.values.par_chunks_mut(BLOCK * columns).for_each(|block| {
            let mut padded = [[0.0; BLOCK]; N];
            for (column, lanes) in padded.iter_mut().zip(block.chunks(BLOCK)) {
                column.copy_from_slice(lanes);
            }
            arch.dispatch(Descent { rows: &rows, steps, block: &mut padded });
            for (column, lanes) in padded.iter().zip(block.chunks_mut(BLOCK)) {
                lanes.copy_from_slice(column);
            }
        });
        true
    }
}

const fn place(columns: usize, index: usize, column: usize) -> usize {
    (index / BLOCK * columns + column) * BLOCK + index % BLOCK
}

/// A line as the inner loop wants it: with `s = 1/(1+e^{2y})`, `tanh y = 1 − 2s` and
/// `rate · W d/dy (tanh y − m)² = 8 · rate · W (s − s²)(1 − m − 2s) = (s − s²)(free + linear · s)`.
struct Row<const N: usize> {
    /// The input times `2/ln 2`.
    exponent: [f64; N],
    /// The input.
    input: [f64; N],
    free: f64,
    linear: f64,
}

impl<const N: usize> Row<N> {
    fn all(lines: &Lines, rate: f64) -> Vec<Self> {
        let row = |line: &super::lines::Line| {
            let mut input = [0.0; N];
            for (to, from) in input.iter_mut().zip(&line.input) {
                *to = *from;
            }
            let scale = 8.0 * rate * line.weight;
            let exponent = input.map(|entry| entry * TWICE_LOG2_E);
            Self { exponent, input, free: scale * (1.0 - line.target), linear: -2.0 * scale }
        };
        lines.lines.iter().map(row).collect()
    }
}

struct Descent<'a, const N: usize> {
    rows: &'a [Row<N>],
    steps: u64,
    block: &'a mut [[f64; BLOCK]; N],
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
        let mut inverse = product[group.len()].map(|all| simd.div_f64s(one, all));
        for (j, row) in group.iter().enumerate().rev() {
            for u in 0..UNROLL {
                let s = simd.mul_f64s(inverse[u], product[j][u]);
                inverse[u] = simd.mul_f64s(inverse[u], factor[j][u]);
                let slope = simd.sub_f64s(s, simd.mul_f64s(s, s));
                let miss = simd.mul_add_f64s(s, simd.splat_f64s(row.linear), simd.splat_f64s(row.free));
                let c = simd.mul_f64s(slope, miss);
                for i in 0..N {
                    gradient[i][u] = simd.mul_add_f64s(simd.splat_f64s(row.input[i]), c, gradient[i][u]);
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

/// `1.5 · 2²⁰ + ½`: adding it to a small `z` leaves the integer nearest to `z` in the low bits of the upper half word.
const HALF_WORD: f64 = 1_572_864.5;
/// The upper half word.
const UPPER: u64 = 0xffff_ffff_0000_0000;

/// `1 + 2^z` for `|z|` clamped to [`CLAMP`].
#[inline(always)]
fn one_plus_exp2<S: Simd>(simd: S, z: S::f64s) -> S::f64s {
    let z = simd.max_f64s(simd.min_f64s(z, simd.splat_f64s(CLAMP)), simd.splat_f64s(-CLAMP));
    let k = simd.transmute_u64s_f64s(simd.add_f64s(z, simd.splat_f64s(HALF_WORD)));
    let k = simd.and_u64s(k, simd.splat_u64s(UPPER));
    let f = simd.sub_f64s(z, simd.sub_f64s(simd.transmute_f64s_u64s(k), simd.splat_f64s(HALF_WORD - 0.5)));
    let mut p = simd.splat_f64s(COEFFICIENTS[11]);
    for i in (0..11).rev() {
        p = simd.mul_add_f64s(p, f, simd.splat_f64s(COEFFICIENTS[i]));
    }
    let exponent = simd.wrapping_dyn_shl_u32s(cast(k), simd.splat_u32s(20));
    let power = simd.add_u64s(simd.transmute_u64s_f64s(p), cast(exponent));
    simd.add_f64s(simd.transmute_f64s_u64s(power), simd.splat_f64s(1.0))
}

/// Replaces each entry by its `tanh`, in lanes: within `2⁻⁵¹` of the true value, which the tests measure.
pub fn tanh(values: &mut [f64]) {
    Arch::new().dispatch(Tanh(values));
}

struct Tanh<'a>(&'a mut [f64]);

impl WithSimd for Tanh<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (body, tail) = S::as_mut_simd_f64s(self.0);
        for lanes in body {
            *lanes = tanh_lanes(simd, *lanes);
        }
        if !tail.is_empty() {
            let lanes = tanh_lanes(simd, simd.partial_load_f64s(tail));
            simd.partial_store_f64s(tail, lanes);
        }
    }
}

#[inline(always)]
fn tanh_lanes<S: Simd>(simd: S, y: S::f64s) -> S::f64s {
    let d = one_plus_exp2(simd, simd.mul_f64s(y, simd.splat_f64s(TWICE_LOG2_E)));
    let s = simd.div_f64s(simd.splat_f64s(2.0), d);
    simd.sub_f64s(simd.splat_f64s(1.0), s)
}
