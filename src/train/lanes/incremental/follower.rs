//! One register of lanes that follows the slopes: its state, and what can be asked of it.
//!
//! UNTRUSTED.

#![allow(
    clippy::inline_always,
    reason = "inlining into the dispatched function is what turns these into vector instructions"
)]
#![allow(
    clippy::needless_range_loop,
    reason = "the inner loops run over two arrays by lane"
)]

use super::gram::Rows;
use super::series::Table;
use crate::train::lanes::block::BLOCK;
use crate::train::lanes::exponential::{TWICE_LOG2_E, one_plus_exp2};
use pulp::Simd;
use pulp::bytemuck::{cast_slice, cast_slice_mut};

/// One register of lanes, `first` and those after it.
#[repr(C, align(64))]
pub(super) struct Follower<S: Simd, const M: usize> {
    pub(super) table: Table<S, M>,
    /// `2y/ln 2` at the centre.
    pub(super) centre: [S::f64s; M],
    /// The sum of all c since the weights were at the centre, in multiples of the table's width.
    pub(super) m: [S::f64s; M],
    /// Steps between renewals, a power of two.
    pub(super) length: S::f64s,
    /// The shortest.
    pub(super) period: u64,
    /// True where there are lanes whose exponentials are evaluated at every step.
    pub(super) mixed: bool,
    pub(super) first: usize,
}

/// Sign and exponent of the numbers in (−2, −1].
pub(super) const UNIT: u64 = 0xbff0_0000_0000_0000;

/// The lanes in which not all `|u| < ½`: then not all `u − 3/2` have the bits of `UNIT`. Those of an infinite or
/// undefined u may have them too; that lane is lost anyway.
#[inline(always)]
pub(super) fn out_of_reach<S: Simd, const M: usize>(simd: S, u: &[S::f64s; M]) -> S::m64s {
    let unit = simd.splat_u64s(UNIT);
    simd.less_than_u64s(simd.and_u64s(inside(simd, u), unit), unit)
}

/// The bits that all `u − 3/2` have.
#[inline(always)]
pub(super) fn inside<S: Simd, const M: usize>(simd: S, u: &[S::f64s; M]) -> S::u64s {
    let shift = simd.splat_f64s(1.5);
    let mut bits = simd.transmute_u64s_f64s(simd.sub_f64s(u[0], shift));
    for u in &u[1..] {
        bits = simd.and_u64s(bits, simd.transmute_u64s_f64s(simd.sub_f64s(*u, shift)));
    }
    bits
}

#[inline(always)]
pub(super) fn any<S: Simd>(simd: S, lanes: S::m64s) -> bool {
    simd.first_true_m64s(lanes) < S::F64_LANES
}

impl<S: Simd, const M: usize> Follower<S, M> {
    #[inline(always)]
    pub(super) fn new<const B: usize>(
        simd: S,
        rows: &Rows<M, B>,
        block: &[f64],
        first: usize,
    ) -> Self {
        let zero = simd.splat_f64s(0.0);
        let mut centre = [zero; M];
        for column in 0..block.len() / BLOCK {
            let w = load::<S>(block, column, first);
            for j in 0..M {
                centre[j] =
                    simd.mul_add_f64s(simd.splat_f64s(rows.inputs[j][column]), w, centre[j]);
            }
        }
        for centre in &mut centre {
            *centre = simd.mul_f64s(*centre, simd.splat_f64s(TWICE_LOG2_E));
        }
        Self {
            table: Table::new(simd),
            centre,
            m: [zero; M],
            length: zero,
            period: 1,
            mixed: true,
            first,
        }
    }

    /// The lanes whose exponentials are evaluated at every step.
    #[inline(always)]
    pub(super) fn direct(&self, simd: S) -> S::m64s {
        simd.less_than_or_equal_f64s(self.table.degree, simd.splat_f64s(0.0))
    }

    /// s at u, or at the centre.
    #[inline(always)]
    pub(super) fn responses(&self, simd: S, u: Option<&[S::f64s; M]>) -> [S::f64s; M] {
        let scale = simd.mul_f64s(self.table.width, simd.splat_f64s(core::f64::consts::LOG2_E));
        let mut s = self.centre;
        for j in 0..M {
            if let Some(u) = u {
                s[j] = simd.mul_add_f64s(scale, u[j], s[j]);
            }
            s[j] = simd.div_f64s(simd.splat_f64s(1.0), one_plus_exp2(simd, s[j]));
        }
        s
    }

    /// A step of lanes of either kind.
    #[inline(always)]
    pub(super) fn advance<const B: usize>(
        &self,
        simd: S,
        rows: &Rows<M, B>,
        u: &[S::f64s; M],
        m: &mut [S::f64s; M],
    ) {
        self.table.add(simd, u, m);
        if self.mixed {
            let narrow = simd.div_f64s(simd.splat_f64s(1.0), self.table.width);
            let narrow = simd.select_f64s(self.direct(simd), narrow, simd.splat_f64s(0.0));
            let s = self.responses(simd, Some(u));
            for j in 0..M {
                m[j] = simd.mul_add_f64s(narrow, rows.shapes[j].slope(simd, s[j]), m[j]);
            }
        }
    }

    /// The slopes by the series.
    #[inline(always)]
    pub(super) fn slopes(&self, simd: S, u: &[S::f64s; M]) -> [S::f64s; M] {
        let mut c = [simd.splat_f64s(0.0); M];
        self.table.add(simd, u, &mut c);
        for c in &mut c {
            *c = simd.mul_f64s(*c, self.table.width);
        }
        c
    }

    /// The length of the next step.
    #[inline(always)]
    pub(super) fn speed<const B: usize>(&self, simd: S, rows: &Rows<M, B>) -> S::f64s {
        let c = self.slopes(simd, &rows.product(simd, &self.m));
        largest(simd, &rows.product(simd, &c))
    }

    /// Writes the weights back.
    #[inline(always)]
    pub(super) fn gather<const B: usize>(&self, simd: S, rows: &Rows<M, B>, block: &mut [f64]) {
        for column in 0..block.len() / BLOCK {
            let w = self.weight(simd, rows, block, column);
            store::<S>(block, column, self.first, w);
        }
    }

    /// Weight number `column`.
    #[inline(always)]
    pub(super) fn weight<const B: usize>(
        &self,
        simd: S,
        rows: &Rows<M, B>,
        block: &[f64],
        column: usize,
    ) -> S::f64s {
        let sum = transposed(simd, rows, column, &self.m);
        simd.mul_add_f64s(self.table.width, sum, load::<S>(block, column, self.first))
    }
}

/// Component `column` of `Aᵀ m`.
#[inline(always)]
pub(super) fn transposed<S: Simd, const M: usize, const B: usize>(
    simd: S,
    rows: &Rows<M, B>,
    column: usize,
    m: &[S::f64s; M],
) -> S::f64s {
    let mut sum = simd.splat_f64s(0.0);
    for (input, m) in rows.inputs.iter().zip(m) {
        sum = simd.mul_add_f64s(simd.splat_f64s(input[column]), *m, sum);
    }
    sum
}

/// The largest absolute value.
#[inline(always)]
pub(super) fn largest<S: Simd, const M: usize>(simd: S, values: &[S::f64s; M]) -> S::f64s {
    let mut most = simd.splat_f64s(0.0);
    for value in values {
        most = simd.max_f64s(simd.abs_f64s(*value), most);
    }
    most
}

#[inline(always)]
pub(super) fn load<S: Simd>(block: &[f64], column: usize, first: usize) -> S::f64s {
    let from = column * BLOCK + first;
    let lanes: &[S::f64s] = cast_slice(&block[from..from + S::F64_LANES]);
    lanes[0]
}

#[inline(always)]
pub(super) fn store<S: Simd>(block: &mut [f64], column: usize, first: usize, w: S::f64s) {
    let from = column * BLOCK + first;
    let lanes: &mut [S::f64s] = cast_slice_mut(&mut block[from..from + S::F64_LANES]);
    lanes[0] = w;
}
