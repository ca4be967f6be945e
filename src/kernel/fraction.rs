//! Arithmetic of fractions with its steps counted. Part of the trusted kernel.
//!
//! The operators of `num-rational` are for short numbers only: their common divisors and comparisons take a time that
//! grows with the square of the length, and comparisons nest as deep as the numbers are long.

use super::{Int, Rational, TooLarge, gcd, limits};
use num_traits::{One, Zero};
use std::cmp::Ordering;

/// The quotient of an integer and a positive integer.
///
/// # Errors
/// [`TooLarge`].
pub fn ratio(above: Int, below: Int) -> Result<Rational, TooLarge> {
    if below.is_one() {
        return Ok(Rational::from_integer(above));
    }
    let common = gcd(&above, &below)?;
    limits::multiply(2, above.bits().max(below.bits()), common.bits())?;
    Ok(Rational::new_raw(above / &common, below / common))
}

/// The number value/2^bits.
pub fn dyadic(value: &Int, bits: u32) -> Rational {
    let even = value.trailing_zeros().unwrap_or(u64::MAX);
    let left = u64::from(bits).saturating_sub(even);
    Rational::new_raw(value >> u64::from(bits).min(even), Int::one() << left)
}

/// Counts the steps of the products of all parts of two numbers.
fn pay(x: &Rational, y: &Rational) -> Result<(), TooLarge> {
    let longest = |z: &Rational| z.numer().bits().max(z.denom().bits());
    limits::multiply(2, longest(x), longest(y))
}

/// The product.
///
/// # Errors
/// [`TooLarge`].
pub fn product(x: &Rational, y: &Rational) -> Result<Rational, TooLarge> {
    pay(x, y)?;
    ratio(x.numer() * y.numer(), x.denom() * y.denom())
}

/// The product of all.
///
/// # Errors
/// [`TooLarge`].
pub fn products(factors: &[&Rational]) -> Result<Rational, TooLarge> {
    factors
        .iter()
        .try_fold(Rational::one(), |all, factor| product(&all, factor))
}

/// The sum.
///
/// # Errors
/// [`TooLarge`].
pub fn sum(x: &Rational, y: &Rational) -> Result<Rational, TooLarge> {
    pay(x, y)?;
    if x.denom() == y.denom() {
        return ratio(x.numer() + y.numer(), x.denom().clone());
    }
    let above = x.numer() * y.denom() + y.numer() * x.denom();
    ratio(above, x.denom() * y.denom())
}

/// The sum of products of two.
///
/// # Errors
/// [`TooLarge`].
pub fn combination<'x>(
    pairs: impl IntoIterator<Item = (&'x Rational, &'x Rational)>,
) -> Result<Rational, TooLarge> {
    let mut pairs = pairs
        .into_iter()
        .filter(|(x, y)| !x.is_zero() && !y.is_zero());
    pairs.try_fold(Rational::zero(), |all, (x, y)| sum(&all, &product(x, y)?))
}

/// How two numbers compare.
///
/// # Errors
/// [`TooLarge`].
pub fn order(x: &Rational, y: &Rational) -> Result<Ordering, TooLarge> {
    pay(x, y)?;
    if x.denom() == y.denom() {
        return Ok(x.numer().cmp(y.numer()));
    }
    Ok((x.numer() * y.denom()).cmp(&(y.numer() * x.denom())))
}
