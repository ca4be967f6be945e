//! Closed intervals whose ends are integers over a power of two, rounded outward. Part of the trusted kernel.
//!
//! An operation that takes `bits` contains the exact results for all elements of its operands, with ends that are multiples
//! of 2^-bits; the others have the exact results as their ends. `None`: not defined on all elements, or beyond
//! [`limits::PRECISION`] and [`limits::EXPONENT`].

use super::{Int, Rational, dyadic, limits, order, spend};
use num_traits::{Euclid, Signed, Zero};
use std::borrow::Cow;

/// The real numbers from lo/2^bits to hi/2^bits, for lo ≤ hi.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Interval {
    pub(super) lo: Int,
    pub(super) hi: Int,
    pub(super) bits: u32,
}

/// Bits kept beyond those asked for. They decide the width of a result, not its truth.
const GUARD: u32 = 8;

/// Goes on only if this holds.
pub(super) fn only(holds: bool) -> Option<()> {
    holds.then_some(())
}

impl Interval {
    /// The numbers from lo/2^bits to hi/2^bits.
    pub(super) fn of(lo: Int, hi: Int, bits: u32) -> Self {
        Self { lo, hi, bits }
    }

    /// The numbers from lo to hi; `None` also if there is none.
    pub fn new(lo: &Rational, hi: &Rational, bits: u32) -> Option<Self> {
        only(order(lo, hi).ok()?.is_le() && bits <= limits::PRECISION)?;
        let down = |x: &Rational| (x.numer() << bits).div_euclid(x.denom());
        let rounded = Self::of(down(lo), -down(&-hi), bits).capped()?;
        rounded.pay(lo.denom().bits().max(hi.denom().bits()))?;
        Some(rounded)
    }

    /// An integer.
    pub fn integer(value: impl Into<Int>) -> Self {
        Self::dyadic(value.into(), 0)
    }

    /// The number value/2^bits.
    pub fn dyadic(value: Int, bits: u32) -> Self {
        Self::of(value.clone(), value, bits)
    }

    fn capped(self) -> Option<Self> {
        only(
            self.bits <= limits::PRECISION
                && self.lo.bits().max(self.hi.bits()) <= limits::EXPONENT,
        )?;
        Some(self)
    }

    /// Counts the steps of a product with numbers of this length.
    fn pay(&self, other: u64) -> Option<()> {
        let length = self.lo.bits().max(self.hi.bits()) >> 6u32;
        spend(
            usize::try_from(length.saturating_mul(other >> 6u32) >> 4u32)
                .ok()?
                .saturating_add(1),
        )
        .ok()
    }

    /// The same with ends that are multiples of 2^-bits.
    pub fn onto(self, bits: u32) -> Option<Self> {
        only(bits <= limits::PRECISION)?;
        let (finer, coarser) = (
            bits.saturating_sub(self.bits),
            self.bits.saturating_sub(bits),
        );
        let down = |end: Int| (end << finer) >> coarser;
        Self::of(down(self.lo), -down(-self.hi), bits).capped()
    }

    /// The least element.
    pub fn lo(&self) -> Rational {
        dyadic(&self.lo, self.bits)
    }

    /// The greatest element.
    pub fn hi(&self) -> Rational {
        dyadic(&self.hi, self.bits)
    }

    /// Whether every element is > 0.
    pub fn is_positive(&self) -> bool {
        self.lo.is_positive()
    }

    /// Whether every element is ≥ 0.
    pub fn is_nonnegative(&self) -> bool {
        !self.lo.is_negative()
    }

    /// Whether every element is < 0.
    pub fn is_negative(&self) -> bool {
        self.hi.is_negative()
    }

    /// Whether 0 is the one element.
    pub fn is_zero(&self) -> bool {
        self.lo.is_zero() && self.hi.is_zero()
    }

    /// { -x }.
    pub fn neg(&self) -> Self {
        Self::of(-&self.hi, -&self.lo, self.bits)
    }

    /// { |x| }.
    pub fn abs(&self) -> Self {
        let opposite = self.neg();
        let lo = (&self.lo).max(&opposite.lo).max(&Int::zero()).clone();
        Self {
            lo,
            hi: (&self.hi).max(&opposite.hi).clone(),
            bits: self.bits,
        }
    }

    /// The same on that grid, if it is finer.
    fn finer(&self, bits: u32) -> Cow<'_, Self> {
        match bits.checked_sub(self.bits) {
            Some(more @ 1..) => Cow::Owned(Self::of(&self.lo << more, &self.hi << more, bits)),
            _ => Cow::Borrowed(self),
        }
    }

    /// { min(x, y) }.
    pub fn min(&self, other: &Self) -> Self {
        let (x, y) = (self.finer(other.bits), other.finer(self.bits));
        Self::of(
            (&x.lo).min(&y.lo).clone(),
            (&x.hi).min(&y.hi).clone(),
            x.bits,
        )
    }

    /// { max(x, y) }.
    pub fn max(&self, other: &Self) -> Self {
        self.neg().min(&other.neg()).neg()
    }

    /// { x + y }.
    pub fn plus(&self, other: &Self) -> Self {
        let (x, y) = (self.finer(other.bits), other.finer(self.bits));
        Self::of(&x.lo + &y.lo, &x.hi + &y.hi, x.bits)
    }

    /// { x - y }.
    pub fn minus(&self, other: &Self) -> Self {
        let (x, y) = (self.finer(other.bits), other.finer(self.bits));
        Self::of(&x.lo - &y.hi, &x.hi - &y.lo, x.bits)
    }

    /// { nx }.
    pub fn scaled(&self, n: &Int) -> Self {
        let (lo, hi) = if n.is_negative() {
            (&self.hi, &self.lo)
        } else {
            (&self.lo, &self.hi)
        };
        Self::of(lo * n, hi * n, self.bits)
    }

    /// { xy }: it is affine in x and in y, so its extrema over the rectangle are at corners.
    pub fn times(&self, other: &Self) -> Option<Self> {
        let bits = self.bits.checked_add(other.bits)?;
        if other.is_nonnegative() && !self.is_nonnegative() {
            return other.times(self);
        }
        if self.is_nonnegative() {
            let lo = &other.lo
                * if other.lo.is_negative() {
                    &self.hi
                } else {
                    &self.lo
                };
            let hi = &other.hi
                * if other.hi.is_negative() {
                    &self.lo
                } else {
                    &self.hi
                };
            return Some(Self::of(lo, hi, bits));
        }
        let mut corners = [
            &self.lo * &other.lo,
            &self.lo * &other.hi,
            &self.hi * &other.lo,
            &self.hi * &other.hi,
        ];
        corners.sort();
        let [lo, _, _, hi] = corners;
        Some(Self::of(lo, hi, bits))
    }

    /// Encloses { xy }.
    pub fn mul(&self, other: &Self, bits: u32) -> Option<Self> {
        self.pay(other.lo.bits().max(other.hi.bits()))?;
        self.times(other)?.onto(bits)
    }

    /// Encloses { x / y }, for y ≠ 0. With y > 0, x/y increases in x; for each x its extrema are at the ends of y.
    pub fn div(&self, other: &Self, bits: u32) -> Option<Self> {
        if other.is_negative() {
            return self.neg().div(&other.neg(), bits);
        }
        only(other.is_positive() && bits <= limits::PRECISION)?;
        self.pay(
            other
                .hi
                .bits()
                .saturating_add(bits.into())
                .saturating_add(other.bits.into()),
        )?;
        let (x, y) = (
            self.finer(bits.checked_add(other.bits)?),
            other.finer(self.bits.saturating_sub(bits)),
        );
        let lo =
            x.lo.div_euclid(if x.lo.is_negative() { &y.lo } else { &y.hi });
        let hi = -(-&x.hi).div_euclid(if x.hi.is_negative() { &y.hi } else { &y.lo });
        Self::of(lo, hi, bits).capped()
    }

    /// Encloses { x^exponent }; an even power is that of |x|.
    pub fn pow(&self, exponent: u32, bits: u32) -> Option<Self> {
        match exponent {
            0 => Self::integer(1).onto(bits),
            1 => self.clone().onto(bits),
            _ => {
                let base = if exponent & 1 == 0 {
                    self.abs()
                } else {
                    self.clone()
                };
                let root = base.pow(exponent >> 1u32, bits)?;
                let square = root.mul(&root, bits)?;
                if exponent & 1 == 1 {
                    square.mul(&base, bits)
                } else {
                    Some(square)
                }
            }
        }
    }

    /// Encloses { e^x }, for |x| ≤ [`limits::EXP_ARGUMENT`], to about 2^-bits, relatively where it is large.
    ///
    /// 1 + d ≤ e^d ≤ 1/(1-d) for d = x/2^k < 1, and e^x is e^d squared k times. With |x| < 2^m the two bounds of e^x
    /// differ by a factor of about 1 + 2^(2m-k); each squaring doubles relative errors, so that k more bits are carried.
    pub fn exp(&self, bits: u32) -> Option<Self> {
        let size = self.abs().hi >> self.bits;
        only(size <= Int::from(limits::EXP_ARGUMENT) && bits <= limits::PRECISION)?;
        let doublings = u32::try_from(size.bits())
            .ok()?
            .saturating_mul(2)
            .checked_add(bits)?
            .checked_add(GUARD)?;
        let (scale, one) = (
            doublings.checked_add(bits)?.checked_add(GUARD)?,
            Self::integer(1),
        );
        let small = Self {
            bits: self.bits.checked_add(doublings)?,
            ..self.clone()
        };
        let (lower, upper) = (
            one.plus(&small).onto(scale)?,
            one.div(&one.minus(&small).onto(scale)?, scale)?,
        );
        let mut power = Self::of(lower.lo, upper.hi, scale);
        for _ in 0..doublings {
            power = power.mul(&power, scale)?;
        }
        power.onto(bits)
    }

    /// Encloses { log x }, for x > 0.
    ///
    /// 1 - 1/z ≤ log z ≤ z - 1 for the 2^k-th root z of x, and log x = 2^k log z. The bounds differ by 2^k (log z)².
    pub fn log(&self, bits: u32) -> Option<Self> {
        let size = self.lo.bits().max(self.hi.bits()).max(self.bits.into());
        let roots = size
            .checked_ilog2()?
            .saturating_mul(2)
            .checked_add(bits)?
            .checked_add(GUARD)?;
        let scale = roots.saturating_mul(2).checked_add(GUARD)?.max(self.bits);
        let (mut root, one) = (self.clone().onto(scale)?, Self::integer(1));
        for _ in 0..roots {
            root = root.sqrt(scale)?;
        }
        let (lower, upper) = (one.minus(&one.div(&root, scale)?), root.minus(&one));
        Self::of(lower.lo, upper.hi, scale.checked_sub(roots)?).onto(bits)
    }

    /// Encloses { tanh x } = { 1 - 2/(e^2x + 1) }.
    pub fn tanh(&self, bits: u32) -> Option<Self> {
        let (one, scale) = (Self::integer(1), bits.checked_add(GUARD)?);
        let power = self.scaled(&Int::from(2)).exp(scale)?;
        one.minus(&Self::integer(2).div(&power.plus(&one), scale)?)
            .onto(bits)
    }

    /// Encloses { cos x }, for |x| ≤ [`limits::EXP_ARGUMENT`].
    ///
    /// 1 − d²/2 ≤ cos d ≤ 1 − d²/2 + d⁴/24 for d = x/2^k, and cos 2d = 2 cos² d − 1, k times. With |x| < 2^m the two
    /// bounds differ by 2^(4m−4k); each doubling takes errors at most times four, so that 2k more bits are carried.
    pub fn cos(&self, bits: u32) -> Option<Self> {
        let size = self.abs().hi >> self.bits;
        only(size <= Int::from(limits::EXP_ARGUMENT) && bits <= limits::PRECISION)?;
        let doublings = u32::try_from(size.bits())
            .ok()?
            .saturating_mul(2)
            .checked_add(bits >> 1u32)?
            .checked_add(GUARD)?;
        let scale = doublings
            .saturating_mul(2)
            .checked_add(bits)?
            .checked_add(GUARD)?;
        let (small, one) = (self.abs().onto(scale)?, Self::integer(1));
        let small = Self {
            bits: scale.checked_add(doublings)?,
            ..small
        };
        let square = small.mul(&small, scale)?;
        let fourth = square.mul(&square, scale)?.div(&Self::integer(24), scale)?;
        let lower = one.minus(&square.div(&Self::integer(2), scale)?);
        let upper = lower.plus(&fourth);
        let mut cosine = Self::of(lower.lo, upper.hi, scale);
        for _ in 0..doublings {
            cosine = cosine.pow(2, scale)?.scaled(&Int::from(2)).minus(&one);
        }
        cosine.onto(bits)
    }

    /// Encloses { sin x } = { cos(x − π/2) }, π/2 = 2 arctan 1.
    pub fn sin(&self, bits: u32) -> Option<Self> {
        let eighth = Self::integer(1).arctan(bits.checked_add(GUARD)?)?;
        self.minus(&eighth.scaled(&Int::from(2))).cos(bits)
    }

    /// Encloses { arctan x }, from its values at both ends: it increases.
    ///
    /// arctan x = 2^k arctan y, if y is x after k times x/(1 + √(1+x²)). arctan y lies between y/(1+y²) and y, which differ by
    /// about |y|³ ≤ 2^(2−3k).
    pub fn arctan(&self, bits: u32) -> Option<Self> {
        let (halvings, one) = ((bits >> 1u32).checked_add(GUARD)?, Self::integer(1));
        let scale = halvings.checked_add(bits)?.checked_add(GUARD)?;
        let at = |end: &Int| {
            let mut y = Self::dyadic(end.clone(), self.bits);
            for _ in 0..halvings {
                let root = y.pow(2, scale)?.plus(&one).sqrt(scale)?;
                y = y.div(&root.plus(&one), scale)?;
            }
            let inner = y.div(&y.pow(2, scale)?.plus(&one), scale)?;
            Some((inner, y))
        };
        let ((inner, y), (above, z)) = (at(&self.lo)?, at(&self.hi)?);
        let ends = Self::of(inner.lo.min(y.lo), above.hi.max(z.hi), scale);
        Self {
            bits: scale.checked_sub(halvings)?,
            ..ends
        }
        .onto(bits)
    }

    /// Encloses { √x }, for x ≥ 0.
    ///
    /// q ≤ √n < q + 1 is checked for the integer root q of n, at the lower end and at the upper end.
    pub fn sqrt(&self, bits: u32) -> Option<Self> {
        let square = self
            .clone()
            .onto(bits.checked_mul(2)?)
            .filter(Self::is_nonnegative)?;
        square.pay(square.hi.bits())?;
        let floor =
            |n: &Int| Some(n.sqrt()).filter(|q| &(q * q) <= n && *n < (q + 1u32) * (q + 1u32));
        let (lo, hi) = (floor(&square.lo)?, floor(&square.hi)?);
        let hi = if &hi * &hi == square.hi {
            hi
        } else {
            hi + 1u32
        };
        Some(Self::of(lo, hi, bits))
    }
}
