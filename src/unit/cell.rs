//! One cell of a data file, read exactly: `3`, `-0.125`, `1.5e-3`, `-7/4`.

use super::CellFault;
use crate::kernel::number::{Int, Rational};
use num_traits::{Pow, Zero};

/// Most digits of one cell.
pub const MAX_DIGITS: usize = 300;
/// Largest power of ten, either way, that the exponent of one cell may ask for: every double is within it.
pub const MAX_EXPONENT: usize = 330;

/// Reads an integer, a decimal with an optional exponent, or a fraction of two integers, exactly.
///
/// # Errors
/// [`CellFault`] on any other text (`NaN` and `inf` among them) and on texts above the caps.
pub fn parse_cell(text: &str) -> Result<Rational, CellFault> {
    let text = text.trim();
    match text.split_once('/') {
        Some((above, below)) => fraction(above.trim(), below.trim()),
        None => decimal(text),
    }
}

fn fraction(above: &str, below: &str) -> Result<Rational, CellFault> {
    let (above, below) = (integer(above)?, integer(below)?);
    if below.is_zero() {
        Err(CellFault::ZeroDenominator)
    } else {
        Ok(Rational::new(above, below))
    }
}

fn integer(text: &str) -> Result<Int, CellFault> {
    let (negative, digits) = sign(text);
    let value = natural(digits)?;
    Ok(if negative { -value } else { value })
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn natural(digits: &str) -> Result<Int, CellFault> {
    if digits.contains(',') && digits.bytes().all(|b| b.is_ascii_digit() || b == b',') {
        return Err(CellFault::Comma);
    }
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(CellFault::NotANumber);
    }
    if digits.len() > MAX_DIGITS {
        return Err(CellFault::TooManyDigits);
    }
    digits.parse().map_err(|_| CellFault::NotANumber)
}

fn decimal(text: &str) -> Result<Rational, CellFault> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, scale(exponent)?),
        None => (text, 0),
    };
    let (negative, mantissa) = sign(mantissa);
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let value = Rational::from_integer(natural(&format!("{whole}{part}"))?);
    let places = isize::try_from(part.len()).map_err(|_| CellFault::TooManyDigits)?;
    let power = exponent - places;
    let ten = Int::from(10).pow(power.unsigned_abs());
    let value = if power < 0 { value / ten } else { value * ten };
    Ok(if negative { -value } else { value })
}

fn scale(text: &str) -> Result<isize, CellFault> {
    let (negative, digits) = sign(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(CellFault::NotANumber);
    }
    let size: isize = digits.parse().map_err(|_| CellFault::ExponentTooLarge)?;
    if size.unsigned_abs() > MAX_EXPONENT {
        return Err(CellFault::ExponentTooLarge);
    }
    Ok(if negative { -size } else { size })
}
