//! Rational enclosures of exp, log, tanh and sqrt. Part of the trusted kernel.
//!
//! Each function takes an interval and `bits`, and contains every exact value on the interval; its ends are within
//! about 2^-bits, relatively, of the exact ends, and dyadic. All four functions increase, so that enclosures at the two
//! ends suffice. Series are summed in integers, in units of 2^-scale, once rounding down and once rounding up. `None`
//! beyond the function's domain or [`limits`], among them [`limits::PRECISION`] for the working precision.

use super::interval::{Interval, compare};
use super::limits;
use super::number::{Int, Rational};
use num_traits::{One, Signed, Zero};

/// Bits kept beyond those asked for. They decide the width of the result, not its truth; and as every scale is at least
/// this, a term that is rounded up falls to 1 and the loops end.
const GUARD: u32 = 16;

/// Encloses { f(t) : t in x } for increasing f, from enclosures at points.
fn increasing(x: &Interval, at: impl Fn(&Rational) -> Option<Interval>) -> Option<Interval> {
    let lowest = at(x.lo())?;
    if x.lo() == x.hi() { Some(lowest) } else { Some(lowest.hull(&at(x.hi())?)) }
}

fn integer(n: impl Into<Int>) -> Interval {
    Interval::point(Rational::from_integer(n.into()))
}

/// The interval from lo to hi in units of 2^-scale.
fn scaled(lo: Int, hi: Int, scale: u32) -> Option<Interval> {
    let unit = integer(Int::one() << scale);
    Interval::new(Rational::from_integer(lo), Rational::from_integer(hi))?.div(&unit, scale.saturating_add(GUARD))
}

/// max(0, ⌊log2 |a|⌋ - ⌊log2 |b|⌋) for integers a and b ≠ 0.
fn excess(a: &Int, b: &Int) -> Option<u32> {
    u32::try_from(a.bits().saturating_sub(b.bits())).ok()
}

fn precision(bits: u32, more: u32) -> Option<u32> {
    bits.checked_add(more)?.checked_add(GUARD).filter(|&sum| sum <= limits::PRECISION)
}

/// A lower, or if `up` an upper, bound of e^t, for 0 ≤ t ≤ 1/2.
///
/// The terms t^n/n! are computed one from the other, each rounded down, or up by adding 1 to the floor. The partial
/// sum is a lower bound, as all terms are ≥ 0. The tail behind the term u = t^n/n! is at most u(t + t² + …) = ut/(1-t) ≤ u.
fn exp_series(t: &Int, scale: u32, up: bool) -> Int {
    let mut term = Int::one() << scale;
    let (mut total, mut n) = (term.clone(), Int::zero());
    while term > Int::one() {
        n += 1u32;
        term = ((term * t) >> scale) / &n + Int::from(up);
        total += &term;
    }
    if up { total + term } else { total }
}

/// Encloses e^x, for |x| ≤ [`limits::EXP_ARGUMENT`].
///
/// For x < 0 it is 1/e^-x. Otherwise t = x/2^k ≤ 2^-8, with k from the bit lengths, and e^x is e^t squared k times.
/// Each squaring doubles the relative error, so that k more bits are carried.
fn exp_at(x: &Rational, bits: u32) -> Option<Interval> {
    if compare(&x.abs(), &Rational::from_integer(limits::EXP_ARGUMENT.into())).is_gt() {
        return None;
    }
    if x.is_zero() {
        return Some(integer(1));
    }
    if x.is_negative() {
        return integer(1).div(&exp_at(&-x, bits.checked_add(2)?)?, bits);
    }
    let halvings = excess(&(x.numer() << 9u32), x.denom())?;
    let scale = precision(bits, halvings)?;
    let t = (x.numer() << scale) / (x.denom() << halvings);
    let (lo, hi) = (exp_series(&t, scale, false), exp_series(&(t + Int::one()), scale, true));
    let mut power = scaled(lo, hi, scale)?;
    for _ in 0..halvings {
        power = power.mul(&power, scale)?;
    }
    power.round_out(bits)
}

/// Encloses { e^t : t in x }; `None` unless |t| ≤ [`limits::EXP_ARGUMENT`] on x.
#[must_use]
pub fn exp(x: &Interval, bits: u32) -> Option<Interval> {
    increasing(x, |end| exp_at(end, bits))
}

/// A lower, or if `up` an upper, bound of atanh z, for 0 ≤ z ≤ 1/2.
///
/// atanh z = Σ z^(2n+1)/(2n+1). The square, each power from the one before, and each term are rounded down, or up by
/// adding 1 to the floor. The partial sum is a lower bound. The tail behind the power p = z^(2n+1) is at most
/// (pz² + pz⁴ + …)/3 = pz²/3(1-z²) ≤ p.
fn atanh_series(z: &Int, scale: u32, up: bool) -> Int {
    let carry = Int::from(up);
    let (mut power, square) = (z.clone(), ((z * z) >> scale) + &carry);
    let (mut total, mut n) = (z.clone(), Int::one());
    while power > Int::one() {
        n += 2u32;
        power = ((power * &square) >> scale) + &carry;
        total += &power / &n + &carry;
    }
    if up { total + power } else { total }
}

/// Encloses atanh(above/below), for |above/below| ≤ 1/3, to about 2^-scale.
fn atanh_at(above: &Int, below: &Int, scale: u32) -> Option<Interval> {
    let z = (above.abs() << scale) / below;
    let (lo, hi) = (atanh_series(&z, scale, false), atanh_series(&(z + Int::one()), scale, true));
    let value = scaled(lo, hi, scale)?;
    Some(if above.is_negative() { value.neg() } else { value })
}

/// Encloses log x, for x > 0.
///
/// x = m 2^e with e from the bit lengths, so that 1/2 < m < 2, then moved by one so that 2/3 ≤ m ≤ 4/3. Then log x =
/// log m + e log 2, where log m = 2 atanh((m-1)/(m+1)), its argument between -1/5 and 1/7, and log 2 = 2 atanh(1/3).
/// If e = 0, as many bits more are carried as m is close to 1.
fn log_at(x: &Rational, bits: u32) -> Option<Interval> {
    if !x.is_positive() {
        return None;
    }
    let (mut above, mut below) = (x.numer().clone(), x.denom().clone());
    let mut exponent = Int::from(above.bits()) - Int::from(below.bits());
    below <<= excess(&above, &below)?;
    above <<= excess(&below, &above)?;
    if &above * 3u32 < &below * 2u32 {
        above <<= 1u32;
        exponent -= 1u32;
    } else if &above * 3u32 > &below * 4u32 {
        below <<= 1u32;
        exponent += 1u32;
    }
    let (difference, total) = (&above - &below, above + below);
    if exponent.is_zero() {
        if difference.is_zero() {
            return Some(integer(0));
        }
        let scale = precision(bits, excess(&total, &difference)?)?;
        return atanh_at(&difference, &total, scale)?.mul(&integer(2), bits);
    }
    let scale = precision(bits, 0)?;
    let half_log_two = atanh_at(&Int::one(), &Int::from(3), scale)?;
    let half = half_log_two.mul(&integer(exponent), scale)?.add(&atanh_at(&difference, &total, scale)?, scale)?;
    half.mul(&integer(2), bits)
}

/// Encloses { log t : t in x }; `None` unless t > 0 on x.
#[must_use]
pub fn log(x: &Interval, bits: u32) -> Option<Interval> {
    increasing(x, |end| log_at(end, bits))
}

/// Encloses tanh x, for |x| ≤ [`limits::EXP_ARGUMENT`]/2.
///
/// tanh x = 1 - 2/(e^2x + 1). As many bits more are carried as x is close to 0, where the difference cancels.
fn tanh_at(x: &Rational, bits: u32) -> Option<Interval> {
    if x.is_zero() {
        return Some(integer(0));
    }
    let scale = precision(bits, excess(x.denom(), x.numer())?)?;
    let power = exp_at(&(x + x), scale)?;
    integer(1).sub(&integer(2).div(&power.add(&integer(1), scale)?, scale)?, bits)
}

/// Encloses { tanh t : t in x }; `None` unless |t| ≤ [`limits::EXP_ARGUMENT`]/2 on x.
#[must_use]
pub fn tanh(x: &Interval, bits: u32) -> Option<Interval> {
    increasing(x, |end| tanh_at(end, bits))
}

/// Encloses √x, for x = a/b ≥ 0.
///
/// The integer square root q of ⌊4^s a/b⌋ is tried, and taken if b q² ≤ 4^s a < b (q+1)², that is, q ≤ 2^s √x < q+1. If
/// b q² = 4^s a, then √x = q/2^s exactly.
fn sqrt_at(x: &Rational, bits: u32) -> Option<Interval> {
    if x.is_negative() {
        return None;
    }
    let shift = precision(bits, excess(x.denom(), x.numer())?.div_ceil(2))?;
    let (above, below) = (x.numer() << shift << shift, x.denom());
    let root = (&above / below).sqrt();
    let (next, square) = (&root + Int::one(), &root * &root * below);
    if square == above {
        return scaled(root.clone(), root, shift)?.round_out(bits);
    }
    (square < above && above < &next * &next * below).then(|| scaled(root, next, shift))??.round_out(bits)
}

/// Encloses { √t : t in x }; `None` unless t ≥ 0 on x.
#[must_use]
pub fn sqrt(x: &Interval, bits: u32) -> Option<Interval> {
    increasing(x, |end| sqrt_at(end, bits))
}
