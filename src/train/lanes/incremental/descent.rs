//! The steps of one block: both registers from renewal to renewal.
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

use super::follower::{Follower, UNIT, any, inside, out_of_reach, store};
use super::gram::Rows;
use super::renewal::Renewal;
use crate::train::lanes::block::BLOCK;
use pulp::{NullaryFnOnce, Simd, WithSimd};
use std::hint::black_box;

/// Steps of one block, stored column by column.
pub(in super::super) struct Descent<'a, const M: usize, const B: usize> {
    pub(in super::super) rows: &'a Rows<M, B>,
    pub(in super::super) steps: u64,
    pub(in super::super) block: &'a mut [f64],
    /// Receives the length of the next step, lane by lane.
    pub(in super::super) speeds: &'a mut [f64],
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

/// Steps between two looks whether lanes left the reach of their series.
const CHUNK: u64 = 8;

/// Steps until the end of the span, or until the first chunk in which a lane leaves the reach of
/// its series.
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
            // A barrier after each keeps the compiler from mixing the two, for which there are too
            // few registers.
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

/// Steps of lanes of either kind, until the end of the span or until a lane leaves its reach.
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

/// Steps until the end of the span; lanes that leave the reach of their series are renewed, and so
/// are those that are due after that.
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
