//! `2^z` by one polynomial, in plain arithmetic: the same bits on every machine, and the only
//! transcendental of the trainer.
//!
//! UNTRUSTED, but bounded: `k` is the nearest integer to `z`, `f = z − k` is exact and lies in [−½,
//! ½], and the polynomial of degree 11 (Chebyshev interpolation) is within `3.2e-18` of `2^f`
//! before rounding. The tests measure the rest.

/// Adding this number rounds a small double to the nearest integer and leaves that integer in its
/// low bits.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// Coefficients of `2^f` on [−½, ½], constant first.
pub(crate) const COEFFICIENTS: [f64; 12] = [
    1.0,
    std::f64::consts::LN_2,
    0.240_226_506_959_101_58,
    0.055_504_108_664_821_625,
    0.009_618_129_107_587_256,
    0.001_333_355_814_640_647,
    0.000_154_035_304_637_243_53,
    1.525_273_384_155_677_3e-5,
    1.321_543_253_591_237_5e-6,
    1.017_805_708_773_394_1e-7,
    7.074_194_297_288_521e-9,
    4.455_817_908_336_064_5e-10,
];

/// `2^z`, with `z` clamped to [−1000, 1000]; not a number stays not a number.
#[must_use]
pub fn exp2(z: f64) -> f64 {
    let z = z.clamp(-1000.0, 1000.0);
    let k = z + ROUND;
    let f = z - (k - ROUND);
    let p = COEFFICIENTS.iter().rev().fold(0.0, |p, c| p * f + c);
    f64::from_bits(p.to_bits().wrapping_add(k.to_bits() << 52))
}

/// `e^z`; its relative error grows with `|z|`, as `|z| · 2⁻⁵³`.
#[must_use]
pub fn exp(z: f64) -> f64 {
    exp2(z * std::f64::consts::LOG2_E)
}

/// `tanh y` and its slope `1 − tanh² y`, the slope without cancellation when `|y|` is large.
#[must_use]
pub fn tanh_and_slope(y: f64) -> (f64, f64) {
    let e = exp2(-2.0 * std::f64::consts::LOG2_E * y.abs());
    let d = 1.0 / (1.0 + e);
    (((1.0 - e) * d).copysign(y), 4.0 * e * d * d)
}
