//! GMP's integers behind the interface that `spurious` uses of `num-bigint`'s. Trusted where the feature `gmp` is on.
//!
//! A wrapper without logic of its own: each operation is one of `rug`. Conversions from and to floats, which only the
//! untrusted search uses, are those of `num-bigint`, so that the search finds the same. Shifts and powers of absurd size, a
//! division by zero and the root of a negative number panic, as they do there.

use num_bigint::{BigInt, BigUint, Sign, ToBigInt};
use num_traits::{Euclid, FromPrimitive, Num, One, Pow, Signed, ToPrimitive, Zero};
use rug::integer::{Order, ParseIntegerError};
use rug::ops::{DivRounding, RemRounding};
use rug::{Complete, Integer};
use std::cmp::Ordering;
use std::fmt;
use std::iter::{Product, Sum};
use std::ops::{
    Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Shl, ShlAssign, Shr,
    ShrAssign, Sub, SubAssign,
};
use std::str::FromStr;

/// An integer of any size.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Int(Integer);

impl Int {
    /// How many bits the magnitude has, 0 for 0.
    #[must_use]
    pub fn bits(&self) -> u64 {
        self.0.significant_bits().into()
    }

    /// The sign.
    #[must_use]
    pub fn sign(&self) -> Sign {
        match self.0.cmp0() {
            Ordering::Less => Sign::Minus,
            Ordering::Equal => Sign::NoSign,
            Ordering::Greater => Sign::Plus,
        }
    }

    /// The integer part of the square root.
    #[must_use]
    pub fn sqrt(&self) -> Self {
        Self(self.0.sqrt_ref().complete())
    }

    /// How often 2 divides the number; none for 0.
    #[must_use]
    pub fn trailing_zeros(&self) -> Option<u64> {
        self.0.find_one(0).map(u64::from)
    }

    /// The digits in this base.
    #[must_use]
    pub fn to_str_radix(&self, radix: u32) -> String {
        self.0.to_string_radix(i32::try_from(radix).unwrap_or(10))
    }

    /// The power.
    #[must_use]
    pub fn pow(&self, exponent: u32) -> Self {
        Self(rug::ops::Pow::pow(&self.0, exponent).complete())
    }
}

impl fmt::Display for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! operators {
    ($($Op:ident $op:ident $OpAssign:ident $op_assign:ident),+) => {$(
        impl $Op for Int {
            type Output = Self;
            fn $op(self, other: Self) -> Self {
                Self(self.0.$op(other.0))
            }
        }
        impl $Op<&Self> for Int {
            type Output = Self;
            fn $op(self, other: &Self) -> Self {
                Self(self.0.$op(&other.0))
            }
        }
        impl $Op<Int> for &Int {
            type Output = Int;
            fn $op(self, other: Int) -> Int {
                Int((&self.0).$op(other.0))
            }
        }
        impl $Op for &Int {
            type Output = Int;
            fn $op(self, other: Self) -> Int {
                Int((&self.0).$op(&other.0).complete())
            }
        }
        impl $OpAssign for Int {
            fn $op_assign(&mut self, other: Self) {
                self.0.$op_assign(other.0);
            }
        }
        impl $OpAssign<&Self> for Int {
            fn $op_assign(&mut self, other: &Self) {
                self.0.$op_assign(&other.0);
            }
        }
        operators!(small $Op $op $OpAssign $op_assign: i32, u32, i64, u64);
    )+};
    (small $Op:ident $op:ident $OpAssign:ident $op_assign:ident: $($small:ty),+) => {$(
        impl $Op<$small> for Int {
            type Output = Self;
            fn $op(self, other: $small) -> Self {
                Self(self.0.$op(other))
            }
        }
        impl $Op<$small> for &Int {
            type Output = Int;
            fn $op(self, other: $small) -> Int {
                Int((&self.0).$op(other).complete())
            }
        }
        impl $OpAssign<$small> for Int {
            fn $op_assign(&mut self, other: $small) {
                self.0.$op_assign(other);
            }
        }
    )+};
}
operators!(
    Add add AddAssign add_assign,
    Sub sub SubAssign sub_assign,
    Mul mul MulAssign mul_assign,
    Div div DivAssign div_assign,
    Rem rem RemAssign rem_assign
);

macro_rules! shifts {
    ($($Op:ident $op:ident $OpAssign:ident $op_assign:ident for $shift:ty),+) => {$(
        impl $Op<$shift> for Int {
            type Output = Self;
            fn $op(self, places: $shift) -> Self {
                Self(self.0.$op(places))
            }
        }
        impl $Op<$shift> for &Int {
            type Output = Int;
            fn $op(self, places: $shift) -> Int {
                Int((&self.0).$op(places).complete())
            }
        }
        impl $OpAssign<$shift> for Int {
            fn $op_assign(&mut self, places: $shift) {
                self.0.$op_assign(places);
            }
        }
    )+};
}
shifts!(
    Shl shl ShlAssign shl_assign for u32,
    Shr shr ShrAssign shr_assign for u32,
    Shl shl ShlAssign shl_assign for usize,
    Shr shr ShrAssign shr_assign for usize
);

macro_rules! from {
    ($($small:ty),+) => {$(
        impl From<$small> for Int {
            fn from(value: $small) -> Self {
                Self(value.into())
            }
        }
    )+};
}
from!(
    bool, i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize
);

/// The integer does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange;

macro_rules! try_from {
    ($($small:ty: $to:ident),+) => {$(
        impl TryFrom<&Int> for $small {
            type Error = OutOfRange;
            fn try_from(value: &Int) -> Result<Self, OutOfRange> {
                value.0.$to().ok_or(OutOfRange)
            }
        }
        impl TryFrom<Int> for $small {
            type Error = OutOfRange;
            fn try_from(value: Int) -> Result<Self, OutOfRange> {
                Self::try_from(&value)
            }
        }
    )+};
}
try_from!(u32: to_u32, i64: to_i64, u64: to_u64, usize: to_usize);

/// Places or an exponent in the type that `rug` takes. Beyond it, no machine holds the result.
#[allow(clippy::expect_used, reason = "as num-bigint, which panics there")]
fn fitting<T, S: TryFrom<T, Error: fmt::Debug>>(value: T) -> S {
    value.try_into().expect("fits in memory")
}

impl Shl<u64> for Int {
    type Output = Self;
    fn shl(self, places: u64) -> Self {
        self << fitting::<u64, usize>(places)
    }
}

impl Shl<u64> for &Int {
    type Output = Int;
    fn shl(self, places: u64) -> Int {
        self << fitting::<u64, usize>(places)
    }
}

impl Shr<u64> for Int {
    type Output = Self;
    fn shr(self, places: u64) -> Self {
        self >> fitting::<u64, usize>(places)
    }
}

impl Shr<u64> for &Int {
    type Output = Int;
    fn shr(self, places: u64) -> Int {
        self >> fitting::<u64, usize>(places)
    }
}

impl Pow<usize> for Int {
    type Output = Self;
    fn pow(self, exponent: usize) -> Self {
        Pow::pow(self, fitting::<usize, u32>(exponent))
    }
}

impl Neg for Int {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Neg for &Int {
    type Output = Int;
    fn neg(self) -> Int {
        Int((-&self.0).complete())
    }
}

impl Pow<u32> for Int {
    type Output = Self;
    fn pow(self, exponent: u32) -> Self {
        Self(rug::ops::Pow::pow(self.0, exponent))
    }
}

impl Pow<u32> for &Int {
    type Output = Int;
    fn pow(self, exponent: u32) -> Int {
        Int::pow(self, exponent)
    }
}

impl Sum for Int {
    fn sum<I: Iterator<Item = Self>>(addends: I) -> Self {
        addends.fold(Self::zero(), |sum, addend| sum + addend)
    }
}

impl<'a> Sum<&'a Self> for Int {
    fn sum<I: Iterator<Item = &'a Self>>(addends: I) -> Self {
        addends.fold(Self::zero(), |sum, addend| sum + addend)
    }
}

impl Product for Int {
    fn product<I: Iterator<Item = Self>>(factors: I) -> Self {
        factors.fold(Self::one(), |product, factor| product * factor)
    }
}

impl<'a> Product<&'a Self> for Int {
    fn product<I: Iterator<Item = &'a Self>>(factors: I) -> Self {
        factors.fold(Self::one(), |product, factor| product * factor)
    }
}

impl Zero for Int {
    fn zero() -> Self {
        Self(Integer::new())
    }

    fn is_zero(&self) -> bool {
        self.0.cmp0().is_eq()
    }
}

impl One for Int {
    fn one() -> Self {
        1.into()
    }

    fn is_one(&self) -> bool {
        self.0 == 1
    }
}

impl Num for Int {
    type FromStrRadixErr = ParseIntegerError;

    /// Refuses the white space that `rug` passes over.
    fn from_str_radix(text: &str, radix: u32) -> Result<Self, ParseIntegerError> {
        let radix = i32::try_from(radix).unwrap_or(0);
        let spaced = text.bytes().any(|byte| byte.is_ascii_whitespace());
        Integer::from_str_radix(if spaced { "" } else { text }, radix).map(Self)
    }
}

impl FromStr for Int {
    type Err = ParseIntegerError;

    fn from_str(text: &str) -> Result<Self, ParseIntegerError> {
        Self::from_str_radix(text, 10)
    }
}

impl Signed for Int {
    fn abs(&self) -> Self {
        Self(self.0.abs_ref().complete())
    }

    fn abs_sub(&self, other: &Self) -> Self {
        Self((&self.0 - &other.0).complete().max(Integer::new()))
    }

    fn signum(&self) -> Self {
        Self(self.0.signum_ref().complete())
    }

    fn is_positive(&self) -> bool {
        self.0.cmp0().is_gt()
    }

    fn is_negative(&self) -> bool {
        self.0.cmp0().is_lt()
    }
}

impl Euclid for Int {
    fn div_euclid(&self, other: &Self) -> Self {
        Self(Integer::from((&self.0).div_euc(&other.0)))
    }

    fn rem_euclid(&self, other: &Self) -> Self {
        Self(Integer::from((&self.0).rem_euc(&other.0)))
    }
}

impl num_integer::Integer for Int {
    fn div_floor(&self, other: &Self) -> Self {
        Self(Integer::from((&self.0).div_floor(&other.0)))
    }

    fn mod_floor(&self, other: &Self) -> Self {
        Self(Integer::from((&self.0).rem_floor(&other.0)))
    }

    fn gcd(&self, other: &Self) -> Self {
        Self(self.0.gcd_ref(&other.0).complete())
    }

    fn lcm(&self, other: &Self) -> Self {
        Self(self.0.lcm_ref(&other.0).complete())
    }

    fn is_multiple_of(&self, other: &Self) -> bool {
        self.0.is_divisible(&other.0)
    }

    fn is_even(&self) -> bool {
        self.0.is_even()
    }

    fn is_odd(&self) -> bool {
        self.0.is_odd()
    }

    fn div_rem(&self, other: &Self) -> (Self, Self) {
        let (quotient, remainder) = self.0.div_rem_ref(&other.0).complete();
        (Self(quotient), Self(remainder))
    }
}

impl ToBigInt for Int {
    fn to_bigint(&self) -> Option<BigInt> {
        let magnitude = BigUint::new(self.0.to_digits(Order::Lsf));
        Some(BigInt::from_biguint(self.sign(), magnitude))
    }
}

impl From<BigInt> for Int {
    fn from(value: BigInt) -> Self {
        let (sign, digits) = value.to_u64_digits();
        let magnitude = Self(Integer::from_digits(&digits, Order::Lsf));
        if sign == Sign::Minus {
            -magnitude
        } else {
            magnitude
        }
    }
}

impl ToPrimitive for Int {
    fn to_i64(&self) -> Option<i64> {
        self.0.to_i64()
    }

    fn to_u64(&self) -> Option<u64> {
        self.0.to_u64()
    }

    fn to_i128(&self) -> Option<i128> {
        self.0.to_i128()
    }

    fn to_u128(&self) -> Option<u128> {
        self.0.to_u128()
    }

    fn to_f64(&self) -> Option<f64> {
        self.to_bigint()?.to_f64()
    }
}

impl FromPrimitive for Int {
    fn from_i64(value: i64) -> Option<Self> {
        Some(value.into())
    }

    fn from_u64(value: u64) -> Option<Self> {
        Some(value.into())
    }

    fn from_f64(value: f64) -> Option<Self> {
        BigInt::from_f64(value).map(Self::from)
    }
}
