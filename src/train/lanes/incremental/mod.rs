//! Steps that follow the slopes of the lines instead of evaluating them anew: for at most eight lines.
//!
//! UNTRUSTED, but bounded. With `z = 2Aw`, the input of each line in `s = 1/(1+e^z)`, and c the slopes, a step is `w ← w + Aᵀc`, so after some steps from a centre,
//! with m the sum of their c, `w = centre + Aᵀm` and `z = centre + 2AAᵀm`. Only m is followed: a step is a product with the Gram matrix and c, for which there is
//! Taylor's series around the centre (`series`). No error adds up, since z is always that of the weights as they are:
//!
//! * the terms of the series that are left out change c by no more than a `tanh` would that is off by `2⁻⁴⁶`;
//! * the product makes at most six roundings, each at most `2⁻⁵³` of the norm of the Gram matrix times the largest m, and periods are chosen by the slopes so that
//!   norm times m stays at 42: then `tanh` is off by at most `2⁻⁴⁶` (`gram`).
//!
//! So c is that of a `tanh` within `2⁻⁴⁵` of its value, apart from a few units of rounding in c itself; the tests measure less.
//!
//! Every lane has a period, a power of two, and is renewed when the number of steps is a multiple of it (`renewal`): by the speed `|2AAᵀc|` of the moment the centre is
//! put where the lane will be after half the period, and the degree is the smallest whose radius suffices for as far. Lanes that leave the radius before that
//! are renewed when they do. A lane that is too fast even for the shortest period has its exponentials evaluated at every step, from z.
//!
//! Coefficients above a lane's degree are 0 and change nothing, and when a lane is renewed depends on the number of steps and on that lane, so a
//! register does what its most demanding lane needs, and the others get the same results as they would alone. Two registers take turns, so that one works while the other waits for its results.

#![allow(
    clippy::inline_always,
    reason = "inlining into the dispatched function is what turns these into vector instructions"
)]
#![allow(
    clippy::needless_range_loop,
    reason = "the inner loops run over two arrays by lane"
)]

mod gram;
mod renewal;
mod series;

use super::BLOCK;
use super::exponential::{TWICE_LOG2_E, one_plus_exp2};
pub(super) use gram::Rows;
use pulp::bytemuck::{cast_slice, cast_slice_mut};
use pulp::{NullaryFnOnce, Simd, WithSimd};
use renewal::Renewal;
use series::Table;
use std::hint::black_box;

/// Steps of one block, stored column by column.
pub(super) struct Descent<'a, const M: usize, const B: usize> {
    pub(super) rows: &'a Rows<M, B>,
    pub(super) steps: u64,
    pub(super) block: &'a mut [f64],
    /// Where to write how far the next step would go.
    pub(super) speeds: &'a mut [f64],
}

impl<const M: usize, const B: usize> WithSimd for Descent<'_, M, B> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self {
            rows,
            steps,
            block,
            speeds,
        } = self;
        for first in (0..BLOCK).step_by(2 * S::F64_LANES) {
            let one = Follower::<S, M>::new(simd, rows, block, first);
            let mut pair = [
                one,
                Follower::<S, M>::new(simd, rows, block, first + S::F64_LANES),
            ];
            let mut time = 0;
            while time < steps {
                simd.vectorize(Renewal {
                    simd,
                    rows,
                    block,
                    followers: &mut pair,
                    time,
                    lost: false,
                });
                let period = pair[0].period.min(pair[1].period);
                let span = (time, steps.min((time | (period - 1)) + 1));
                let wanted = pair[0].table.top.max(pair[1].table.top);
                time = match (pair[0].mixed || pair[1].mixed, wanted) {
                    (true, _) => simd.vectorize(Mixed {
                        simd,
                        rows,
                        pair: &mut pair,
                        span,
                    }),
                    (_, 0..=4) => run::<S, M, B, 4>(simd, rows, &mut pair, span),
                    (_, 5) => run::<S, M, B, 5>(simd, rows, &mut pair, span),
                    (_, 6) => run::<S, M, B, 6>(simd, rows, &mut pair, span),
                    (_, 7) => run::<S, M, B, 7>(simd, rows, &mut pair, span),
                    (_, 8) => run::<S, M, B, 8>(simd, rows, &mut pair, span),
                    _ => run::<S, M, B, 10>(simd, rows, &mut pair, span),
                };
                if time < span.1 {
                    let span = (time, span.1.min(time + CHUNK));
                    simd.vectorize(Guarded {
                        simd,
                        rows,
                        block,
                        pair: &mut pair,
                        span,
                    });
                    time = span.1;
                }
            }
            for follower in &pair {
                follower.gather(simd, rows, block);
                let speed = follower.speed(simd, rows);
                store::<S>(speeds, 0, follower.first, speed);
            }
        }
    }
}

/// One register of lanes, `first` and those after it.
#[repr(C, align(64))]
struct Follower<S: Simd, const M: usize> {
    table: Table<S, M>,
    /// `2y/ln 2` at the centre.
    centre: [S::f64s; M],
    /// The sum of all c since the weights were at the centre, in multiples of the table's width.
    m: [S::f64s; M],
    /// Steps between renewals, a power of two.
    length: S::f64s,
    /// The shortest.
    period: u64,
    /// Whether there are lanes whose exponentials are evaluated at every step.
    mixed: bool,
    first: usize,
}

/// Steps between two looks whether lanes left the reach of their series.
const CHUNK: u64 = 8;

/// Steps until the end of the span, or until the first chunk in which a lane leaves the reach of its series.
#[inline(always)]
fn run<S: Simd, const M: usize, const B: usize, const T: usize>(
    simd: S,
    rows: &Rows<M, B>,
    [one, other]: &mut [Follower<S, M>; 2],
    (mut time, until): (u64, u64),
) -> u64 {
    one.table.raise(simd, T);
    other.table.raise(simd, T);
    // Copies, so that they can stay in registers.
    let (mut m, mut n, gram) = (one.m, other.m, rows.gram);
    while time < until {
        let chunk = (until - time).min(CHUNK);
        let mut bits = simd.splat_u64s(UNIT);
        for _ in 0..chunk {
            // A barrier after each keeps the compiler from mixing the two, for which there are too few registers.
            let u = gram.product(simd, &m);
            bits = simd.and_u64s(bits, inside(simd, &u));
            one.table.add_to::<T>(simd, &u, &mut m);
            black_box(());
            let u = gram.product(simd, &n);
            bits = simd.and_u64s(bits, inside(simd, &u));
            other.table.add_to::<T>(simd, &u, &mut n);
            black_box(());
        }
        if any(simd, simd.less_than_u64s(bits, simd.splat_u64s(UNIT))) {
            break;
        }
        (one.m, other.m) = (m, n);
        time += chunk;
    }
    time
}

/// The same with lanes of either kind.
struct Mixed<'a, S: Simd, const M: usize, const B: usize> {
    simd: S,
    rows: &'a Rows<M, B>,
    pair: &'a mut [Follower<S, M>; 2],
    span: (u64, u64),
}

impl<S: Simd, const M: usize, const B: usize> NullaryFnOnce for Mixed<'_, S, M, B> {
    type Output = u64;

    #[inline(always)]
    fn call(self) -> u64 {
        let Self {
            simd,
            rows,
            pair: [one, other],
            span,
        } = self;
        let (mut m, mut n) = (one.m, other.m);
        for time in span.0..span.1 {
            let u = rows.product(simd, &m);
            let v = rows.product(simd, &n);
            if any(simd, out_of_reach(simd, &u)) || any(simd, out_of_reach(simd, &v)) {
                return time;
            }
            one.advance(simd, rows, &u, &mut m);
            other.advance(simd, rows, &v, &mut n);
            (one.m, other.m) = (m, n);
        }
        span.1
    }
}

/// Steps until the end of the span; lanes that leave the reach of their series are renewed, and so are those that are due after that.
struct Guarded<'a, S: Simd, const M: usize, const B: usize> {
    simd: S,
    rows: &'a Rows<M, B>,
    block: &'a mut [f64],
    pair: &'a mut [Follower<S, M>; 2],
    span: (u64, u64),
}

impl<S: Simd, const M: usize, const B: usize> NullaryFnOnce for Guarded<'_, S, M, B> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self {
            simd,
            rows,
            block,
            pair,
            span,
        } = self;
        for time in span.0..span.1 {
            if time > span.0 {
                simd.vectorize(Renewal {
                    simd,
                    rows,
                    block,
                    followers: pair,
                    time,
                    lost: false,
                });
            }
            for follower in pair.iter_mut() {
                let mut u = rows.product(simd, &follower.m);
                if any(simd, out_of_reach(simd, &u)) {
                    let followers = core::slice::from_mut(follower);
                    simd.vectorize(Renewal {
                        simd,
                        rows,
                        block,
                        followers,
                        time,
                        lost: true,
                    });
                    u = rows.product(simd, &follower.m);
                }
                let mut m = follower.m;
                follower.advance(simd, rows, &u, &mut m);
                follower.m = m;
            }
        }
    }
}

/// Sign and exponent of the numbers in (−2, −1].
const UNIT: u64 = 0xbff0_0000_0000_0000;

/// Where not all `|u| < ½`: then not all `u − 3/2` have the bits of `UNIT`. Those of an infinite or undefined u may have them too; that lane is lost anyway.
#[inline(always)]
fn out_of_reach<S: Simd, const M: usize>(simd: S, u: &[S::f64s; M]) -> S::m64s {
    let unit = simd.splat_u64s(UNIT);
    simd.less_than_u64s(simd.and_u64s(inside(simd, u), unit), unit)
}

/// The bits that all `u − 3/2` have.
#[inline(always)]
fn inside<S: Simd, const M: usize>(simd: S, u: &[S::f64s; M]) -> S::u64s {
    let shift = simd.splat_f64s(1.5);
    let mut bits = simd.transmute_u64s_f64s(simd.sub_f64s(u[0], shift));
    for u in &u[1..] {
        bits = simd.and_u64s(bits, simd.transmute_u64s_f64s(simd.sub_f64s(*u, shift)));
    }
    bits
}

#[inline(always)]
fn any<S: Simd>(simd: S, lanes: S::m64s) -> bool {
    simd.first_true_m64s(lanes) < S::F64_LANES
}

impl<S: Simd, const M: usize> Follower<S, M> {
    #[inline(always)]
    fn new<const B: usize>(simd: S, rows: &Rows<M, B>, block: &[f64], first: usize) -> Self {
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
    fn direct(&self, simd: S) -> S::m64s {
        simd.less_than_or_equal_f64s(self.table.degree, simd.splat_f64s(0.0))
    }

    /// s at u, or at the centre.
    #[inline(always)]
    fn responses(&self, simd: S, u: Option<&[S::f64s; M]>) -> [S::f64s; M] {
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
    fn advance<const B: usize>(
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
    fn slopes(&self, simd: S, u: &[S::f64s; M]) -> [S::f64s; M] {
        let mut c = [simd.splat_f64s(0.0); M];
        self.table.add(simd, u, &mut c);
        for c in &mut c {
            *c = simd.mul_f64s(*c, self.table.width);
        }
        c
    }

    /// How far the next step goes.
    #[inline(always)]
    fn speed<const B: usize>(&self, simd: S, rows: &Rows<M, B>) -> S::f64s {
        let c = self.slopes(simd, &rows.product(simd, &self.m));
        largest(simd, &rows.product(simd, &c))
    }

    /// Writes the weights back.
    #[inline(always)]
    fn gather<const B: usize>(&self, simd: S, rows: &Rows<M, B>, block: &mut [f64]) {
        for column in 0..block.len() / BLOCK {
            let w = self.weight(simd, rows, block, column);
            store::<S>(block, column, self.first, w);
        }
    }

    /// Weight number `column`.
    #[inline(always)]
    fn weight<const B: usize>(
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
fn transposed<S: Simd, const M: usize, const B: usize>(
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
fn largest<S: Simd, const M: usize>(simd: S, values: &[S::f64s; M]) -> S::f64s {
    let mut most = simd.splat_f64s(0.0);
    for value in values {
        most = simd.max_f64s(simd.abs_f64s(*value), most);
    }
    most
}

#[inline(always)]
fn load<S: Simd>(block: &[f64], column: usize, first: usize) -> S::f64s {
    let from = column * BLOCK + first;
    let lanes: &[S::f64s] = cast_slice(&block[from..from + S::F64_LANES]);
    lanes[0]
}

#[inline(always)]
fn store<S: Simd>(block: &mut [f64], column: usize, first: usize, w: S::f64s) {
    let from = column * BLOCK + first;
    let lanes: &mut [S::f64s] = cast_slice_mut(&mut block[from..from + S::F64_LANES]);
    lanes[0] = w;
}
