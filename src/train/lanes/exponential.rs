//! `1 + 2^z` and `tanh` in lanes.
//!
//! UNTRUSTED, but bounded: `tanh` within `2⁻⁵¹`, which the tests measure. `|y|` is clamped to 20.8,
//! where `tanh` is 1 in double precision.

#![allow(
    clippy::inline_always,
    reason = "inlining into the dispatched function is what turns these into vector instructions"
)]

use crate::train::exponential::COEFFICIENTS;
use pulp::bytemuck::cast;
use pulp::{Arch, Simd, WithSimd};

/// Bound on `|2y/ln 2|`; eight factors of at most `2^61` are far from overflow.
const CLAMP: f64 = 60.0;
/// Bound on `|2y/ln 2|` where the slope is wanted too: far from the smallest double.
const LOWEST: f64 = 1000.0;
/// `2/ln 2`.
pub(super) const TWICE_LOG2_E: f64 = 2.0 * std::f64::consts::LOG2_E;

/// `1.5 · 2²⁰ + ½`: adding it to a small `z` leaves the integer nearest to `z` in the low bits of
/// the upper half word.
const HALF_WORD: f64 = 1_572_864.5;
/// The upper half word.
const UPPER: u64 = 0xffff_ffff_0000_0000;

/// `1 + 2^z` for `|z|` clamped to 60.
#[inline(always)]
pub(super) fn one_plus_exp2<S: Simd>(simd: S, z: S::f64s) -> S::f64s {
    let z = simd.max_f64s(
        simd.min_f64s(z, simd.splat_f64s(CLAMP)),
        simd.splat_f64s(-CLAMP),
    );
    simd.add_f64s(exp2(simd, z), simd.splat_f64s(1.0))
}

/// `2^z` for `|z|` at most 1000.
#[inline(always)]
fn exp2<S: Simd>(simd: S, z: S::f64s) -> S::f64s {
    let k = simd.transmute_u64s_f64s(simd.add_f64s(z, simd.splat_f64s(HALF_WORD)));
    let k = simd.and_u64s(k, simd.splat_u64s(UPPER));
    let f = simd.sub_f64s(
        z,
        simd.sub_f64s(
            simd.transmute_f64s_u64s(k),
            simd.splat_f64s(HALF_WORD - 0.5),
        ),
    );
    let mut p = simd.splat_f64s(COEFFICIENTS[11]);
    for i in (0..11).rev() {
        p = simd.mul_add_f64s(p, f, simd.splat_f64s(COEFFICIENTS[i]));
    }
    let power = simd.add_u64s(simd.transmute_u64s_f64s(p), shifted(simd, k));
    simd.transmute_f64s_u64s(power)
}

/// `tanh y` and its slope `1 − tanh² y`, the slope without cancellation when `|y|` is large: `tanh`
/// within `2⁻⁵²`, the slope within `2⁻⁵⁰` times `1 + |y|` of itself.
#[inline(always)]
pub(super) fn tanh_and_slope<S: Simd>(simd: S, y: S::f64s) -> (S::f64s, S::f64s) {
    let one = simd.splat_f64s(1.0);
    let z = simd.mul_f64s(simd.abs_f64s(y), simd.splat_f64s(-TWICE_LOG2_E));
    // In this order of the arguments a number that is none stays none.
    let e = exp2(simd, simd.max_f64s(simd.splat_f64s(-LOWEST), z));
    let d = simd.div_f64s(one, simd.add_f64s(one, e));
    let t = simd.mul_f64s(simd.sub_f64s(one, e), d);
    let sign = simd.and_f64s(y, simd.splat_f64s(-0.0));
    let slope = simd.mul_f64s(simd.mul_f64s(simd.splat_f64s(4.0), e), simd.mul_f64s(d, d));
    (simd.xor_f64s(t, sign), slope)
}

/// The upper half word moved up by 20 bits.
#[inline(always)]
fn shifted<S: Simd>(simd: S, k: S::u64s) -> S::u64s {
    if size_of::<S::u32s>() == size_of::<S::u64s>() {
        return cast(simd.wrapping_dyn_shl_u32s(cast(k), simd.splat_u32s(20)));
    }
    // Without vector instructions, where a register of half words is one half word.
    (0..20).fold(k, |k, _| simd.add_u64s(k, k))
}

/// Replaces each entry by its `tanh`, in lanes: within `2⁻⁵¹` of the true value, which the tests
/// measure.
pub fn tanh(values: &mut [f64]) {
    Arch::new().dispatch(Tanh(values));
}

/// Replaces each entry by its `tanh`, and writes the slopes there beside, in lanes.
pub fn tanh_with_slopes(values: &mut [f64], slopes: &mut [f64]) {
    Arch::new().dispatch(WithSlopes(values, slopes));
}

struct WithSlopes<'a>(&'a mut [f64], &'a mut [f64]);

impl WithSimd for WithSlopes<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (body, tail) = S::as_mut_simd_f64s(self.0);
        let (slopes, last) = S::as_mut_simd_f64s(self.1);
        for (lanes, slope) in body.iter_mut().zip(slopes) {
            (*lanes, *slope) = tanh_and_slope(simd, *lanes);
        }
        if !tail.is_empty() {
            let (lanes, slope) = tanh_and_slope(simd, simd.partial_load_f64s(tail));
            simd.partial_store_f64s(tail, lanes);
            simd.partial_store_f64s(last, slope);
        }
    }
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
