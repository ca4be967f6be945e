//! New centres for the lanes that are due.
//!
//! The speed of a lane, `|2AAᵀc|`, says how far it will come in a period. With a period of at least
//! 8 steps within the widest radius it has a series; periods are also bounded by the slopes,
//! because the sum of all c is rounded in the product (`gram`). A faster lane stays at its centre
//! and has its exponentials evaluated at every step, for at most 8 steps; its slopes times the
//! period are at most four times as large, so `tanh` is then within `2⁻⁴⁴`.
//!
//! Both bounds take the slopes for what they are at the renewal; within a radius they change
//! little.

#![allow(
    clippy::inline_always,
    reason = "inlining into the dispatched function is what turns these into vector instructions"
)]
#![allow(
    clippy::needless_range_loop,
    reason = "the inner loops run over two arrays by lane"
)]

use super::follower::{Follower, any, largest, load, out_of_reach, store, transposed};
use super::gram::Rows;
use super::series::{CLASSES, LIMIT, NUMBERS, SHARE, WIDEST};

use crate::train::lanes::block::BLOCK;
use crate::train::lanes::exponential::TWICE_LOG2_E;
use pulp::{NullaryFnOnce, Simd};

/// Logarithm of the longest period.
const LONGEST: u32 = 8;
/// The shortest period of a lane that has a series.
const SHORTEST: f64 = 8.0;
/// A longer period needs a higher degree. Up to 64 steps that pays in any case, up to 128 and 256
/// only when a lane is not expected to come farther from the centre.
const LONG: [(f64, f64); 3] = [
    (64.0, WIDEST),
    (128.0, 2.0 * 0.0251),
    (256.0, 2.0 * 0.00401),
];
/// The exponent of a number.
const EXPONENT: u64 = 0x7ff0_0000_0000_0000;
/// The width of lanes whose exponentials are evaluated at every step.
const DIRECT_WIDTH: f64 = 1024.0;

/// Renews the lanes that are due at this time or, when some were lost, those out of reach.
pub(super) struct Renewal<'a, S: Simd, const M: usize, const B: usize> {
    pub(super) simd: S,
    pub(super) rows: &'a Rows<M, B>,
    pub(super) block: &'a mut [f64],
    pub(super) followers: &'a mut [Follower<S, M>],
    pub(super) time: u64,
    pub(super) lost: bool,
}

/// The changes to one register of lanes.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Change<S: Simd, const M: usize> {
    /// The slopes now.
    c: [S::f64s; M],
    /// The new period.
    length: S::f64s,
    /// Steps to the centre.
    half: S::f64s,
    /// The new width and degree of the table; degree 0: to be evaluated at every step.
    width: S::f64s,
    degree: S::f64s,
    /// These lanes only.
    due: S::m64s,
    any: bool,
}

impl<S: Simd, const M: usize, const B: usize> NullaryFnOnce for Renewal<'_, S, M, B> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self {
            simd,
            rows,
            block,
            followers,
            time,
            lost,
        } = self;
        let zero = simd.splat_f64s(0.0);
        let due = simd.less_than_f64s(zero, zero);
        let none = Change {
            c: [zero; M],
            length: zero,
            half: zero,
            width: zero,
            degree: zero,
            due,
            any: false,
        };
        // Each part for both registers before the next, so that one fills the other's waits.
        let mut changes = [none; 2];
        for (follower, change) in followers.iter().zip(&mut changes) {
            if lost || time & (follower.period - 1) == 0 {
                measure(simd, rows, follower, change, (!lost).then_some(time));
            }
        }
        for change in &mut changes {
            if change.any {
                pace(simd, rows, change);
            }
        }
        for (follower, change) in followers.iter_mut().zip(&changes) {
            if change.any {
                recentre(simd, rows, block, follower, change);
                settle(simd, follower, change);
            }
        }
        for (follower, change) in followers.iter_mut().zip(&changes) {
            if change.any {
                let s = follower.responses(simd, None);
                follower.table.expand(simd, change.due, &rows.shapes, &s);
            }
        }
    }
}

/// Which lanes are due, and their slopes: by the series where it holds, anew elsewhere.
#[inline(always)]
fn measure<S: Simd, const M: usize, const B: usize>(
    simd: S,
    rows: &Rows<M, B>,
    follower: &Follower<S, M>,
    change: &mut Change<S, M>,
    time: Option<u64>,
) {
    let u = rows.product(simd, &follower.m);
    let out = out_of_reach(simd, &u);
    change.due = match time {
        Some(time) => {
            let longest = f64::from(1u32 << time.trailing_zeros().min(LONGEST));
            simd.less_than_or_equal_f64s(follower.length, simd.splat_f64s(longest))
        }
        None => out,
    };
    change.any = any(simd, change.due);
    change.c = follower.slopes(simd, &u);
    let anew = simd.and_m64s(change.due, simd.or_m64s(out, follower.direct(simd)));
    if any(simd, anew) {
        let s = follower.responses(simd, Some(&u));
        for j in 0..M {
            change.c[j] = simd.select_f64s(anew, rows.shapes[j].slope(simd, s[j]), change.c[j]);
        }
    }
}

/// The longest period within the widest radius, and the smallest degree for that.
#[inline(always)]
fn pace<S: Simd, const M: usize, const B: usize>(
    simd: S,
    rows: &Rows<M, B>,
    change: &mut Change<S, M>,
) {
    let zero = simd.splat_f64s(0.0);
    let speed = largest(simd, &rows.product(simd, &change.c));
    // Slopes are bounded like speeds, because the sum of all c is rounded in the product.
    let strong = simd.mul_f64s(simd.splat_f64s(rows.grain), largest(simd, &change.c));
    let hurry = simd.max_f64s(strong, speed);
    let moves = simd.less_than_or_equal_f64s(hurry, simd.splat_f64s(2.0 * LIMIT / SHORTEST));
    let mut length = simd.splat_f64s(SHORTEST);
    // The longest period in which the lane stays within half a width on either side.
    for (most, width) in LONG {
        length = simd.max_f64s(length, power_below(simd, 2.0 * SHARE * width, hurry, most));
    }
    let direct = simd.max_f64s(
        simd.splat_f64s(1.0),
        power_below(simd, 4.0 * LIMIT, strong, SHORTEST),
    );
    change.length = simd.select_f64s(moves, length, direct);
    change.half = simd.select_f64s(moves, simd.mul_f64s(length, simd.splat_f64s(0.5)), zero);
    let far = simd.mul_f64s(speed, change.half);
    (change.width, change.degree) = (simd.splat_f64s(DIRECT_WIDTH), zero);
    // Widest first: the last class that fits has the smallest degree.
    for (degree, width) in CLASSES {
        let fits = simd.and_m64s(
            moves,
            simd.less_than_or_equal_f64s(far, simd.splat_f64s(SHARE * width)),
        );
        change.width = simd.select_f64s(fits, simd.splat_f64s(width), change.width);
        change.degree = simd.select_f64s(fits, simd.splat_f64s(NUMBERS[degree]), change.degree);
    }
}

/// The largest power of two not above `distance / speed`, and not above `most`.
#[inline(always)]
fn power_below<S: Simd>(simd: S, distance: f64, speed: S::f64s, most: f64) -> S::f64s {
    let steps = simd.div_f64s(simd.splat_f64s(distance), speed);
    let power = simd.and_u64s(simd.transmute_u64s_f64s(steps), simd.splat_u64s(EXPONENT));
    simd.min_f64s(simd.transmute_f64s_u64s(power), simd.splat_f64s(most))
}

/// Puts the weights where they will be after half a period.
#[inline(always)]
fn recentre<S: Simd, const M: usize, const B: usize>(
    simd: S,
    rows: &Rows<M, B>,
    block: &mut [f64],
    follower: &mut Follower<S, M>,
    change: &Change<S, M>,
) {
    let mut y = [simd.splat_f64s(0.0); M];
    for column in 0..block.len() / BLOCK {
        let now = follower.weight(simd, rows, block, column);
        let centre = simd.mul_add_f64s(change.half, transposed(simd, rows, column, &change.c), now);
        let old = load::<S>(block, column, follower.first);
        let w = simd.select_f64s(change.due, centre, old);
        store::<S>(block, column, follower.first, w);
        for j in 0..M {
            y[j] = simd.mul_add_f64s(simd.splat_f64s(rows.inputs[j][column]), w, y[j]);
        }
    }
    // The weights are now half a period ahead: m starts as far back.
    let back = simd.div_f64s(simd.neg_f64s(change.half), change.width);
    for j in 0..M {
        let exponent = simd.mul_f64s(y[j], simd.splat_f64s(TWICE_LOG2_E));
        follower.centre[j] = simd.select_f64s(change.due, exponent, follower.centre[j]);
        follower.m[j] =
            simd.select_f64s(change.due, simd.mul_f64s(change.c[j], back), follower.m[j]);
    }
}

/// Writes down periods and degrees.
#[inline(always)]
fn settle<S: Simd, const M: usize>(simd: S, follower: &mut Follower<S, M>, change: &Change<S, M>) {
    let table = &mut follower.table;
    follower.length = simd.select_f64s(change.due, change.length, follower.length);
    table.width = simd.select_f64s(change.due, change.width, table.width);
    table.degree = simd.select_f64s(change.due, change.degree, table.degree);
    let shortest = -simd.reduce_max_f64s(simd.neg_f64s(follower.length));
    follower.period = (0..=LONGEST)
        .find(|q| shortest <= f64::from(1u32 << q))
        .map_or(1, |q| 1 << q);
    let most = simd.reduce_max_f64s(table.degree);
    table.raise(
        simd,
        CLASSES
            .iter()
            .map(|class| class.0)
            .find(|d| NUMBERS[*d] <= most)
            .unwrap_or(1),
    );
    follower.mixed = any(simd, follower.direct(simd));
}
