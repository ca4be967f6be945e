//! Closed intervals whose ends are integers over a power of two, rounded outward. Part of the trusted kernel.
//!
//! An operation that takes `bits` contains the exact results for all elements of its operands; its ends are multiples of
//! 2^-bits. It is `None` unless it is defined on all elements, and beyond [`limits::PRECISION`] and [`limits::EXPONENT`].

use super::limits::{self, spend};
use super::number::{Int, Rational};
use num_traits::{Euclid, One, Signed, Zero};

/// The real numbers from lo/2^bits to hi/2^bits, for lo ≤ hi.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    lo: Int,
    hi: Int,
    bits: u32,
}

/// Bits kept beyond those asked for. They decide the width of a result, not its truth.
const GUARD: u32 = 8;

impl Interval {
    /// The numbers from lo to hi; `None` also if there is none.
    #[must_use]
    pub fn new(lo: &Rational, hi: &Rational, bits: u32) -> Option<Self> {
        if lo > hi || bits > limits::PRECISION {
            return None;
        }
        let down = |x: &Rational| (x.numer() << bits).div_euclid(x.denom());
        let rounded = Self { lo: down(lo), hi: -down(&-hi), bits }.capped()?;
        rounded.pay(lo.denom().bits().max(hi.denom().bits()))?;
        Some(rounded)
    }

    /// An integer.
    #[must_use]
    pub fn integer(value: i32) -> Self {
        Self { lo: value.into(), hi: value.into(), bits: 0 }
    }

    fn capped(self) -> Option<Self> {
        let fits = self.bits <= limits::PRECISION && self.lo.bits().max(self.hi.bits()) <= limits::EXPONENT;
        fits.then_some(self)
    }

    /// Counts the steps of a product with numbers of this length.
    fn pay(&self, other: u64) -> Option<()> {
        let length = self.lo.bits().max(self.hi.bits()) >> 6u32;
        spend(usize::try_from(length.saturating_mul(other >> 6u32) >> 4u32).ok()?.saturating_add(1)).ok()
    }

    /// The same with ends that are multiples of 2^-bits.
    #[must_use]
    pub fn onto(&self, bits: u32) -> Option<Self> {
        if bits > limits::PRECISION {
            return None;
        }
        if bits == self.bits {
            return self.clone().capped();
        }
        let (finer, coarser) = (bits.saturating_sub(self.bits), self.bits.saturating_sub(bits));
        let down = |end: &Int| (end << finer) >> coarser;
        Self { lo: down(&self.lo), hi: -down(&-&self.hi), bits }.capped()
    }

    /// The least element.
    #[must_use]
    pub fn lo(&self) -> Rational {
        Rational::new(self.lo.clone(), Int::one() << self.bits)
    }

    /// The greatest element.
    #[must_use]
    pub fn hi(&self) -> Rational {
        Rational::new(self.hi.clone(), Int::one() << self.bits)
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

    /// Whether 0 is the one element.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.lo.is_zero() && self.hi.is_zero()
    }

    /// { -x }, exactly.
    #[must_use]
    pub fn neg(&self) -> Self {
        Self { lo: -&self.hi, hi: -&self.lo, bits: self.bits }
    }

    /// { |x| }, exactly.
    #[must_use]
    pub fn abs(&self) -> Self {
        let opposite = self.neg();
        let lo = (&self.lo).max(&opposite.lo).max(&Int::zero()).clone();
        Self { lo, hi: (&self.hi).max(&opposite.hi).clone(), bits: self.bits }
    }

    /// Encloses { min(x, y) }.
    #[must_use]
    pub fn min(&self, other: &Self, bits: u32) -> Option<Self> {
        let (a, b) = (self.onto(bits)?, other.onto(bits)?);
        Some(Self { lo: a.lo.min(b.lo), hi: a.hi.min(b.hi), bits })
    }

    /// Encloses { max(x, y) }.
    #[must_use]
    pub fn max(&self, other: &Self, bits: u32) -> Option<Self> {
        Some(self.neg().min(&other.neg(), bits)?.neg())
    }

    /// Encloses { x + y }.
    #[must_use]
    pub fn add(&self, other: &Self, bits: u32) -> Option<Self> {
        let (a, b) = (self.onto(bits)?, other.onto(bits)?);
        Self { lo: a.lo + b.lo, hi: a.hi + b.hi, bits }.capped()
    }

    /// Encloses { x - y }.
    #[must_use]
    pub fn sub(&self, other: &Self, bits: u32) -> Option<Self> {
        self.add(&other.neg(), bits)
    }

    /// Encloses { xy }: it is affine in x and in y, so its extrema over the rectangle are at corners.
    #[must_use]
    pub fn mul(&self, other: &Self, bits: u32) -> Option<Self> {
        self.pay(other.lo.bits().max(other.hi.bits()))?;
        let mut corners = [&self.lo * &other.lo, &self.lo * &other.hi, &self.hi * &other.lo, &self.hi * &other.hi];
        corners.sort();
        let [lo, _, _, hi] = corners;
        Self { lo, hi, bits: self.bits.checked_add(other.bits)? }.onto(bits)
    }

    /// Encloses { x / y }, for y ≠ 0. With y > 0, x/y increases in x; for each x its extrema are at the ends of y.
    #[must_use]
    pub fn div(&self, other: &Self, bits: u32) -> Option<Self> {
        if other.is_negative() {
            return self.neg().div(&other.neg(), bits);
        }
        if !other.is_positive() || bits > limits::PRECISION {
            return None;
        }
        self.pay(other.hi.bits().saturating_add(bits.into()).saturating_add(other.bits.into()))?;
        let down = |x: &Int| {
            let x = x << bits << other.bits;
            let [first, second] = [&other.lo, &other.hi].map(|y| x.div_euclid(&(y << self.bits)));
            first.min(second)
        };
        Self { lo: down(&self.lo), hi: -down(&-&self.hi), bits }.capped()
    }

    /// Encloses { x^exponent }; an even power is that of |x|.
    #[must_use]
    pub fn pow(&self, exponent: u32, bits: u32) -> Option<Self> {
        let base = if exponent & 1 == 0 { self.abs() } else { self.clone() };
        let mut power = Self::integer(1).onto(bits)?;
        for place in (0..u32::BITS.saturating_sub(exponent.leading_zeros())).rev() {
            power = power.mul(&power, bits)?;
            if (exponent >> place) & 1 == 1 {
                power = power.mul(&base, bits)?;
            }
        }
        Some(power)
    }

    /// Encloses { e^x }, for |x| ≤ [`limits::EXP_ARGUMENT`], to about 2^-bits, relatively where it is large.
    ///
    /// 1 + d ≤ e^d ≤ 1/(1-d) for d = x/2^k < 1, and e^x is e^d squared k times. With |x| < 2^m the two bounds of e^x
    /// differ by a factor of about 1 + 2^(2m-k); each squaring doubles relative errors, so that k more bits are carried.
    #[must_use]
    pub fn exp(&self, bits: u32) -> Option<Self> {
        let size = self.abs().hi >> self.bits;
        if size > Int::from(limits::EXP_ARGUMENT) {
            return None;
        }
        let doublings = u32::try_from(size.bits()).ok()?.saturating_mul(2).checked_add(bits)?.checked_add(GUARD)?;
        let (scale, one) = (doublings.checked_add(bits)?.checked_add(GUARD)?, Self::integer(1));
        let small = Self { bits: self.bits.checked_add(doublings)?, ..self.clone() };
        let (lower, upper) = (one.add(&small, scale)?, one.div(&one.sub(&small, scale)?, scale)?);
        let mut power = Self { lo: lower.lo, hi: upper.hi, bits: scale };
        for _ in 0..doublings {
            power = power.mul(&power, scale)?;
        }
        power.onto(bits)
    }

    /// Encloses { log x }, for x > 0.
    ///
    /// 1 - 1/z ≤ log z ≤ z - 1 for the 2^k-th root z of x, and log x = 2^k log z. The bounds differ by 2^k (log z)².
    #[must_use]
    pub fn log(&self, bits: u32) -> Option<Self> {
        let size = self.lo.bits().max(self.hi.bits()).max(self.bits.into());
        let roots = size.checked_ilog2()?.saturating_mul(2).checked_add(bits)?.checked_add(GUARD)?;
        let scale = roots.saturating_mul(2).checked_add(GUARD)?.max(self.bits);
        let (mut root, one) = (self.onto(scale)?, Self::integer(1));
        for _ in 0..roots {
            root = root.sqrt(scale)?;
        }
        let (lower, upper) = (one.sub(&one.div(&root, scale)?, scale)?, root.sub(&one, scale)?);
        Self { lo: lower.lo, hi: upper.hi, bits: scale.checked_sub(roots)? }.onto(bits)
    }

    /// Encloses { tanh x } = { 1 - 2/(e^2x + 1) }.
    #[must_use]
    pub fn tanh(&self, bits: u32) -> Option<Self> {
        let (one, scale) = (Self::integer(1), bits.checked_add(GUARD)?);
        let power = Self { lo: &self.lo << 1u32, hi: &self.hi << 1u32, bits: self.bits }.exp(scale)?;
        one.sub(&Self::integer(2).div(&power.add(&one, scale)?, scale)?, bits)
    }

    /// Encloses { √x }, for x ≥ 0.
    ///
    /// q ≤ √n < q + 1 is checked for the integer root q of n, at the lower end and at the upper end.
    #[must_use]
    pub fn sqrt(&self, bits: u32) -> Option<Self> {
        let square = self.onto(bits.checked_mul(2)?).filter(Self::is_nonnegative)?;
        square.pay(square.hi.bits())?;
        let floor = |n: &Int| Some(n.sqrt()).filter(|q| &(q * q) <= n && *n < (q + 1u32) * (q + 1u32));
        let (lo, hi) = (floor(&square.lo)?, floor(&square.hi)?);
        let hi = if &hi * &hi == square.hi { hi } else { hi + 1u32 };
        Some(Self { lo, hi, bits })
    }
}
