//! Closed intervals with rational endpoints, rounded outward. Part of the trusted kernel.
//!
//! An operation that takes `bits` contains every exact result for operands in its operands, and rounds each endpoint
//! outward to a dyadic number of about `bits` significant bits: zero stays zero and, above 2^-[`limits::EXPONENT`], no
//! sign is lost. It is `None` beyond the caps [`limits::PRECISION`] and [`limits::EXPONENT`].

use super::limits;
use super::number::{Int, Rational};
use core::cmp::Ordering;
use num_traits::{Euclid, One, Signed, Zero};

/// The set of real numbers x with lo ≤ x ≤ hi; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    lo: Rational,
    hi: Rational,
}

/// A numerator over a positive denominator, not in lowest terms: between rounding and rounding nobody needs a gcd.
type Fraction = (Int, Int);

/// Orders two fractions by one cross-multiplication.
#[must_use]
pub fn compare(a: &Rational, b: &Rational) -> Ordering {
    if a.denom() == b.denom() {
        return a.numer().cmp(b.numer());
    }
    (a.numer() * b.denom()).cmp(&(b.numer() * a.denom()))
}

fn sum(a: &Rational, b: &Rational) -> Fraction {
    if a.denom() == b.denom() {
        return (a.numer() + b.numer(), a.denom().clone());
    }
    (a.numer() * b.denom() + b.numer() * a.denom(), a.denom() * b.denom())
}

fn product(a: &Rational, b: &Rational) -> Fraction {
    (a.numer() * b.numer(), a.denom() * b.denom())
}

/// The greatest integer q ≤ above/below, for below > 0.
fn floor(above: &Int, below: &Int) -> Int {
    match below.trailing_zeros() {
        Some(zeros) if zeros.saturating_add(1) == below.bits() => above >> zeros,
        _ => above.div_euclid(below),
    }
}

/// A dyadic number ≤ above/below, for below > 0: the greatest multiple of a power of two.
///
/// With e the difference of the bit lengths, |above/below| lies in (2^(e-1), 2^(e+1)). The grid 2^(e-bits), no finer
/// than 2^-EXPONENT, makes the error less than 2^(1-bits) of the value.
fn round_down((above, below): &Fraction, bits: u32) -> Option<Rational> {
    let (length, target) = (above.bits(), below.bits().saturating_add(bits.into()));
    if bits > limits::PRECISION || length >= below.bits().saturating_add(limits::EXPONENT) {
        return None;
    }
    let fine = target.saturating_sub(length).min(limits::EXPONENT);
    let coarse = length.saturating_sub(target);
    let quotient = floor(&(above << fine), &(below << coarse));
    let zeros = quotient.trailing_zeros().unwrap_or(fine).min(fine);
    Some(Rational::new_raw((quotient >> zeros) << coarse, Int::one() << fine.saturating_sub(zeros)))
}

/// The interval [lo, hi] rounded outward, for lo ≤ hi.
fn enclose(lo: &Fraction, hi: &Fraction, bits: u32) -> Option<Interval> {
    let above = round_down(&(-&hi.0, hi.1.clone()), bits)?;
    Some(Interval { lo: round_down(lo, bits)?, hi: -above })
}

impl Interval {
    /// The interval [lo, hi]; `None` unless lo ≤ hi. Nothing is rounded.
    #[must_use]
    pub fn new(lo: Rational, hi: Rational) -> Option<Self> {
        compare(&lo, &hi).is_le().then_some(Interval { lo, hi })
    }

    /// The interval [x, x]. Nothing is rounded.
    #[must_use]
    pub fn point(x: Rational) -> Self {
        Interval { lo: x.clone(), hi: x }
    }

    /// The least element.
    #[must_use]
    pub fn lo(&self) -> &Rational {
        &self.lo
    }

    /// The greatest element.
    #[must_use]
    pub fn hi(&self) -> &Rational {
        &self.hi
    }

    /// Whether x is an element.
    #[must_use]
    pub fn contains(&self, x: &Rational) -> bool {
        compare(&self.lo, x).is_le() && compare(x, &self.hi).is_le()
    }

    /// Whether every element is > 0.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.lo.is_positive()
    }

    /// Whether every element is ≥ 0.
    #[must_use]
    pub fn is_nonnegative(&self) -> bool {
        !self.lo.is_negative()
    }

    /// Whether every element is < 0.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.hi.is_negative()
    }

    /// An interval of short dyadic endpoints that includes this one.
    #[must_use]
    pub fn round_out(&self, bits: u32) -> Option<Self> {
        let parts = |x: &Rational| (x.numer().clone(), x.denom().clone());
        enclose(&parts(&self.lo), &parts(&self.hi), bits)
    }

    /// { -x }, exactly.
    #[must_use]
    pub fn neg(&self) -> Self {
        Interval { lo: -&self.hi, hi: -&self.lo }
    }

    /// { |x| }, exactly.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_nonnegative() {
            self.clone()
        } else if !self.hi.is_positive() {
            self.neg()
        } else {
            Interval { lo: Rational::zero(), hi: self.max(&self.neg()).hi }
        }
    }

    /// { min(x, y) }, exactly.
    #[must_use]
    pub fn min(&self, other: &Interval) -> Self {
        Interval { lo: least(&self.lo, &other.lo).clone(), hi: least(&self.hi, &other.hi).clone() }
    }

    /// { max(x, y) }, exactly.
    #[must_use]
    pub fn max(&self, other: &Interval) -> Self {
        Interval { lo: greatest(&self.lo, &other.lo).clone(), hi: greatest(&self.hi, &other.hi).clone() }
    }

    /// The smallest interval that includes both, exactly.
    #[must_use]
    pub fn hull(&self, other: &Interval) -> Self {
        Interval { lo: least(&self.lo, &other.lo).clone(), hi: greatest(&self.hi, &other.hi).clone() }
    }

    /// Encloses { x + y }.
    #[must_use]
    pub fn add(&self, other: &Interval, bits: u32) -> Option<Self> {
        enclose(&sum(&self.lo, &other.lo), &sum(&self.hi, &other.hi), bits)
    }

    /// Encloses { x - y }.
    #[must_use]
    pub fn sub(&self, other: &Interval, bits: u32) -> Option<Self> {
        self.add(&other.neg(), bits)
    }

    /// Encloses { xy }.
    ///
    /// xy is affine in x and in y, so its extrema over the rectangle are at corners.
    #[must_use]
    pub fn mul(&self, other: &Interval, bits: u32) -> Option<Self> {
        if self.is_nonnegative() && other.is_nonnegative() {
            return enclose(&product(&self.lo, &other.lo), &product(&self.hi, &other.hi), bits);
        }
        let mut corners = [(&self.lo, &other.lo), (&self.lo, &other.hi), (&self.hi, &other.lo), (&self.hi, &other.hi)]
            .map(|(x, y)| product(x, y));
        corners.sort_by(|a, b| (&a.0 * &b.1).cmp(&(&b.0 * &a.1)));
        let [lo, _, _, hi] = &corners;
        enclose(lo, hi, bits)
    }

    /// Encloses { x / y }; `None` if `other` contains 0.
    #[must_use]
    pub fn div(&self, other: &Interval, bits: u32) -> Option<Self> {
        if !other.is_positive() && !other.is_negative() {
            return None;
        }
        self.mul(&Interval { lo: other.hi.recip(), hi: other.lo.recip() }, bits)
    }

    /// Encloses { x^exponent }, with x^0 = 1 for every x; `None` if the exponent is negative and 0 an element.
    ///
    /// An odd power increases; an even power is that of |x|, on which it increases. So the ends decide. The relative
    /// error grows in proportion to the exponent.
    #[must_use]
    pub fn pow(&self, exponent: i32, bits: u32) -> Option<Self> {
        let one = Interval::point(Rational::one());
        if exponent < 0 {
            return one.div(self, bits)?.pow(exponent.checked_neg()?, bits);
        }
        let base = if exponent & 1 == 0 { self.abs() } else { self.clone() };
        let raise = |end: &Rational| -> Option<Interval> {
            let (end, mut power) = (Interval::point(end.clone()), one.clone());
            for digit in
                (0..i32::BITS.saturating_sub(exponent.leading_zeros())).rev().map(|place| exponent >> place & 1)
            {
                power = power.mul(&power, bits)?;
                if digit == 1 {
                    power = power.mul(&end, bits)?;
                }
            }
            Some(power)
        };
        Some(raise(&base.lo)?.hull(&raise(&base.hi)?))
    }
}

fn least<'a>(a: &'a Rational, b: &'a Rational) -> &'a Rational {
    if compare(a, b).is_le() { a } else { b }
}

fn greatest<'a>(a: &'a Rational, b: &'a Rational) -> &'a Rational {
    if compare(a, b).is_ge() { a } else { b }
}
