//! Decimals that bound a fraction from the side that is asked for. Untrusted.

use crate::kernel::number::{Int, Rational};
use num_traits::{Signed, Zero};

/// A decimal below (`up`: above) a fraction, with about so many significant digits; exact where the fraction is that short.
#[must_use]
pub fn decimal(x: &Rational, digits: u32, up: bool) -> String {
    bound(x, digits, up).1
}

/// That decimal, as a fraction and in words.
#[must_use]
pub fn bound(x: &Rational, digits: u32, up: bool) -> (Rational, String) {
    let places = places(x, digits);
    let scaled = x * power(places);
    let whole = if up { scaled.ceil() } else { scaled.floor() };
    let value = &whole / power(places);
    if value.is_integer() {
        let words = value.to_string();
        return (value, words);
    }
    let sign = if whole.is_negative() { "-" } else { "" };
    let digits = whole.to_integer().abs().to_string();
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (before, after) = padded.split_at(padded.len() - places);
    let after = after.trim_end_matches('0');
    (value, format!("{sign}{before}.{after}"))
}

fn power(places: usize) -> Rational {
    Rational::from_integer(Int::from(10).pow(u32::try_from(places).unwrap_or(0)))
}

/// 10^places · |x| has about so many digits before the point; log₁₀ 2 ≈ 0.30103.
fn places(x: &Rational, digits: u32) -> usize {
    if x.is_zero() {
        return 0;
    }
    let length = |n: &Int| i64::try_from(n.bits()).unwrap_or(0);
    let bits = length(x.numer()) - length(x.denom());
    usize::try_from(i64::from(digits) - bits * 30103 / 100_000).unwrap_or(0)
}
