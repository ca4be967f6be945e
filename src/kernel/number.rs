//! Integers, fractions and their one canonical text form. Part of the trusted kernel.
//!
//! `-7/4` is canonical; `-14/8`, `+1`, `007`, `-0`, `4/1` and `1.5` are not, and are rejected.

use super::{TooLarge, limits, spend};
use num_traits::{One, Signed, Zero};
use std::str::FromStr;

/// An integer of any size.
#[cfg(not(feature = "gmp"))]
pub type Int = num_bigint::BigInt;
/// An integer of any size, by GMP.
#[cfg(feature = "gmp")]
pub type Int = spurious_gmp::Int;
/// A fraction in lowest terms, positive denominator.
pub type Rational = num_rational::Ratio<Int>;

/// Why a text is not a canonical number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFault {
    /// Not an optional `-` and digits, with an optional `/` and digits.
    Malformed,
    /// A leading zero, `-0`, a denominator below 2, or a fraction not in lowest terms.
    NotCanonical,
    /// More than [`limits::DIGITS`] digits.
    TooLong,
}

/// Reads a canonical integer such as `0`, `42` or `-7`.
///
/// # Errors
/// [`NumberFault`] on any other text, and if it does not fit the type.
pub fn parse_int<T: FromStr>(text: &str) -> Result<T, NumberFault> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NumberFault::Malformed);
    }
    if digits.len() > limits::DIGITS {
        return Err(NumberFault::TooLong);
    }
    if digits.starts_with('0') && text != "0" {
        return Err(NumberFault::NotCanonical);
    }
    text.parse().map_err(|_| NumberFault::TooLong)
}

/// Reads a canonical fraction such as `3`, `-7/4`.
///
/// # Errors
/// [`NumberFault`] on any other text.
pub fn parse_rational(text: &str) -> Result<Rational, NumberFault> {
    let Some((above, below)) = text.split_once('/') else {
        return parse_int(text).map(Rational::from_integer);
    };
    let (above, below): (Int, Int) = (parse_int(above)?, parse_int(below)?);
    if below <= Int::one() {
        return Err(NumberFault::NotCanonical);
    }
    if euclid(&above, &below).is_one() {
        Ok(Rational::new_raw(above, below))
    } else {
        Err(NumberFault::NotCanonical)
    }
}

/// Σ xᵢyᵢ over the places that both have, its steps counted.
///
/// # Errors
/// [`TooLarge`].
pub fn dot(x: &[Int], y: &[Int]) -> Result<Int, TooLarge> {
    limits::multiply(x.len().min(y.len()), longest(x), longest(y))?;
    Ok(x.iter().zip(y).map(|(x, y)| x * y).sum())
}

/// The bits of the longest number.
pub fn longest<'n>(numbers: impl IntoIterator<Item = &'n Int>) -> u64 {
    numbers.into_iter().map(Int::bits).max().unwrap_or(0)
}

/// The length of a number in units of 64 bits.
pub fn length(value: &Int) -> usize {
    usize::try_from(value.bits() >> 6u32).unwrap_or(usize::MAX)
}

/// The greatest common divisor, 0 for two zeros, its steps counted.
///
/// # Errors
/// [`TooLarge`].
pub fn gcd(a: &Int, b: &Int) -> Result<Int, TooLarge> {
    spend((length(a).saturating_mul(length(b)) >> 1u32).saturating_add(1))?;
    Ok(euclid(a, b))
}

/// The greatest common divisor by Euclid's algorithm.
fn euclid(a: &Int, b: &Int) -> Int {
    let (mut a, mut b) = (a.clone(), b.clone());
    while !b.is_zero() {
        a %= &b;
        std::mem::swap(&mut a, &mut b);
    }
    a.abs()
}
