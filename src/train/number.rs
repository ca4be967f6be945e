//! The scalars that backpropagation runs on, and the few vector operations that the algorithms
//! share.
//!
//! UNTRUSTED. Besides `f64` there is [`Tangent`], a number with a derivative: backpropagation over
//! tangents is an exact product of the Hessian and a vector (what lb98 (59) approximates by a
//! difference).

use super::exponential::tanh_and_slope;
use crate::kernel::number::{Int, Rational};
use num_traits::One;
use num_traits::float::FloatCore;
use std::ops::{Add, AddAssign, Mul, Sub};

/// A number that backpropagation can run on.
pub trait Scalar:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + AddAssign
{
    /// A constant.
    fn constant(value: f64) -> Self;
    /// `tanh` and its slope `1 − tanh²`.
    fn tanh_and_slope(self) -> (Self, Self);
}

impl Scalar for f64 {
    fn constant(value: f64) -> Self {
        value
    }
    fn tanh_and_slope(self) -> (Self, Self) {
        tanh_and_slope(self)
    }
}

/// A value and its derivative along one direction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tangent {
    /// The value.
    pub value: f64,
    /// The derivative.
    pub derivative: f64,
}

impl Add for Tangent {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            value: self.value + other.value,
            derivative: self.derivative + other.derivative,
        }
    }
}

impl Sub for Tangent {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self {
            value: self.value - other.value,
            derivative: self.derivative - other.derivative,
        }
    }
}

impl Mul for Tangent {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let derivative = self.derivative * other.value + self.value * other.derivative;
        Self {
            value: self.value * other.value,
            derivative,
        }
    }
}

impl AddAssign for Tangent {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Scalar for Tangent {
    fn constant(value: f64) -> Self {
        Self {
            value,
            derivative: 0.0,
        }
    }
    fn tanh_and_slope(self) -> (Self, Self) {
        let (value, slope) = tanh_and_slope(self.value);
        let bend = -2.0 * value * slope;
        (
            Self {
                value,
                derivative: slope * self.derivative,
            },
            Self {
                value: slope,
                derivative: bend * self.derivative,
            },
        )
    }
}

/// An integer as a double.
#[must_use]
#[allow(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "counts here stay far below 2^53"
)]
pub const fn real(count: usize) -> f64 {
    count as f64
}

/// A step count as a double.
#[must_use]
#[allow(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "counts here stay far below 2^53"
)]
pub const fn real64(count: u64) -> f64 {
    count as f64
}

/// A step count from a double, rounded down; 0 for what is negative or not a number.
#[must_use]
#[allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the cast saturates"
)]
pub const fn whole(value: f64) -> u64 {
    value as u64
}

/// The scalar product.
#[must_use]
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The Euclidean norm.
#[must_use]
pub fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

/// The Euclidean distance.
#[must_use]
pub fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter()
        .zip(b)
        .map(|(a, b)| (a - b) * (a - b))
        .sum::<f64>()
        .sqrt()
}

/// `target += factor · direction`.
pub fn add_scaled(target: &mut [f64], factor: f64, direction: &[f64]) {
    for (t, d) in target.iter_mut().zip(direction) {
        *t += factor * d;
    }
}

/// The fraction that a finite double is.
#[must_use]
pub fn exact(value: f64) -> Option<Rational> {
    if !value.is_finite() {
        return None;
    }
    let (mantissa, exponent, sign) = value.integer_decode();
    let whole = Int::from(mantissa) * Int::from(sign);
    let power = Int::one() << u32::from(exponent.unsigned_abs());
    Some(if exponent < 0 {
        Rational::new(whole, power)
    } else {
        Rational::from_integer(whole * power)
    })
}
