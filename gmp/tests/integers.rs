//! The wrapper's operations against num-bigint's, on generated integers of very different lengths.
#![allow(clippy::unwrap_used, reason = "tests")]

use num_bigint::{BigInt, Sign, ToBigInt};
use num_integer::Integer;
use num_traits::{Euclid, FromPrimitive, Num, One, Pow, Signed, ToPrimitive, Zero};
use proptest::prelude::*;
use spurious_gmp::Int;
use std::hash::{BuildHasher, RandomState};

/// Short and long ones of either sign, and those beside a power of two.
fn any_integer() -> impl Strategy<Value = BigInt> {
    let sign = any::<bool>().prop_map(|minus| if minus { Sign::Minus } else { Sign::Plus });
    let long = (sign, prop::collection::vec(any::<u32>(), 0..12))
        .prop_map(|(sign, digits)| BigInt::new(sign, digits));
    let beside = (0_u32..300, -1_i32..=1, any::<bool>()).prop_map(|(places, more, minus)| {
        let value = (BigInt::one() << places) + more;
        if minus { -value } else { value }
    });
    prop_oneof![
        (-20_i32..20).prop_map(BigInt::from),
        any::<i64>().prop_map(BigInt::from),
        long,
        beside
    ]
}

fn gmp(value: &BigInt) -> Int {
    let read: Int = value.to_string().parse().unwrap();
    assert_eq!(read, Int::from(value.clone()));
    read
}

/// The two are one integer, by their digits and by the way back.
fn same(found: &Int, expected: &BigInt) {
    assert_eq!(found.to_string(), expected.to_string());
    assert_eq!(found.to_bigint().as_ref(), Some(expected));
    assert_eq!(format!("{found:?}"), format!("{expected:?}"));
    assert_eq!(format!("{found:>9}"), format!("{expected:>9}"));
}

/// An operator by value and by reference on either side, and as an assignment.
macro_rules! operator {
    ($op:tt $assign:tt, $a:expr, $b:expr, $x:expr, $y:expr) => {
        let expected = $a $op $b;
        same(&($x $op $y), &expected);
        same(&($x.clone() $op $y), &expected);
        same(&($x $op $y.clone()), &expected);
        same(&($x.clone() $op $y.clone()), &expected);
        let mut found = $x.clone();
        found $assign $y;
        same(&found, &expected);
        found = $x.clone();
        found $assign $y.clone();
        same(&found, &expected);
    };
}

macro_rules! small {
    ($op:tt $assign:tt, $a:expr, $x:expr, $s:expr) => {
        let expected = $a $op $s;
        same(&($x $op $s), &expected);
        same(&($x.clone() $op $s), &expected);
        let mut found = $x.clone();
        found $assign $s;
        same(&found, &expected);
    };
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn operators(a in any_integer(), b in any_integer(), s in any::<u32>(), t in any::<i32>(), u in any::<u64>(), v in any::<i64>()) {
        let (x, y) = (&gmp(&a), &gmp(&b));
        operator!(+ +=, &a, &b, x, y);
        operator!(- -=, &a, &b, x, y);
        operator!(* *=, &a, &b, x, y);
        if !b.is_zero() {
            operator!(/ /=, &a, &b, x, y);
            operator!(% %=, &a, &b, x, y);
        }
        small!(+ +=, &a, x, s);
        small!(- -=, &a, x, t);
        small!(* *=, &a, x, u);
        small!(/ /=, &a, x, v | 1);
        small!(% %=, &a, x, v | 1);
        same(&-x, &-&a);
        same(&-x.clone(), &-&a);
        same(&[x.clone(), y.clone()].iter().sum(), &(&a + &b));
        same(&[x.clone(), y.clone()].into_iter().sum(), &(&a + &b));
        same(&[x.clone(), y.clone()].iter().product(), &(&a * &b));
        same(&[x.clone(), y.clone()].into_iter().product(), &(&a * &b));
    }

    #[test]
    fn shifts_round_down(a in any_integer(), places in 0_u32..400) {
        let x = &gmp(&a);
        let (up, down) = (&a << places, &a >> places);
        let wide = usize::try_from(places).unwrap();
        let [mut left, mut right] = [x.clone(), x.clone()];
        left <<= places;
        right >>= places;
        for found in [x << places, x.clone() << places, x << wide, x.clone() << wide, x << u64::from(places), x.clone() << u64::from(places), left] {
            same(&found, &up);
        }
        for found in [x >> places, x.clone() >> places, x >> wide, x.clone() >> wide, x >> u64::from(places), x.clone() >> u64::from(places), right] {
            same(&found, &down);
        }
    }

    #[test]
    fn powers_and_roots(a in any_integer(), exponent in 0_u32..9) {
        let (x, power) = (&gmp(&a), BigInt::pow(&a, exponent));
        same(&Int::pow(x, exponent), &power);
        same(&Pow::pow(x, exponent), &power);
        same(&Pow::pow(x.clone(), exponent), &power);
        same(&Pow::pow(x.clone(), usize::try_from(exponent).unwrap()), &power);
        same(&x.abs().sqrt(), &a.abs().sqrt());
        same(&(x * x).sqrt(), &a.abs());
    }

    #[test]
    fn division_with_remainder(a in any_integer(), b in any_integer()) {
        let (x, y) = (gmp(&a), gmp(&b));
        same(&x.gcd(&y), &a.gcd(&b));
        same(&x.lcm(&y), &a.lcm(&b));
        prop_assert_eq!(x.is_multiple_of(&y), a.is_multiple_of(&b));
        prop_assume!(!b.is_zero());
        same(&x.div_floor(&y), &a.div_floor(&b));
        same(&x.mod_floor(&y), &a.mod_floor(&b));
        same(&x.div_rem(&y).0, &a.div_rem(&b).0);
        same(&x.div_rem(&y).1, &a.div_rem(&b).1);
        same(&x.div_mod_floor(&y).0, &a.div_mod_floor(&b).0);
        same(&x.div_mod_floor(&y).1, &a.div_mod_floor(&b).1);
        same(&x.div_ceil(&y), &a.div_ceil(&b));
        same(&x.div_euclid(&y), &a.div_euclid(&b));
        same(&x.rem_euclid(&y), &a.rem_euclid(&b));
    }

    #[test]
    fn order_sign_and_length(a in any_integer(), b in any_integer()) {
        let (x, y) = (gmp(&a), gmp(&b));
        prop_assert_eq!(x.cmp(&y), a.cmp(&b));
        prop_assert_eq!(x == y, a == b);
        prop_assert_eq!((x.bits(), x.sign()), (a.bits(), a.sign()));
        prop_assert_eq!(x.trailing_zeros(), a.trailing_zeros());
        prop_assert_eq!(x.to_str_radix(10), a.to_str_radix(10));
        prop_assert_eq!((x.is_zero(), x.is_one()), (a.is_zero(), a.is_one()));
        prop_assert_eq!((x.is_positive(), x.is_negative()), (a.is_positive(), a.is_negative()));
        prop_assert_eq!((x.is_even(), x.is_odd()), (a.is_even(), a.is_odd()));
        same(&x.abs(), &a.abs());
        same(&x.signum(), &a.signum());
        same(&x.abs_sub(&y), &a.abs_sub(&b));
        let hasher = RandomState::new();
        prop_assert_eq!(hasher.hash_one(&x), hasher.hash_one((&x + &y) - &y));
    }

    #[test]
    fn conversions(a in any_integer(), f in any::<f64>(), n in any::<i128>()) {
        let x = gmp(&a);
        prop_assert_eq!(x.to_i64(), a.to_i64());
        prop_assert_eq!(x.to_u64(), a.to_u64());
        prop_assert_eq!(x.to_i128(), a.to_i128());
        prop_assert_eq!(x.to_u128(), a.to_u128());
        prop_assert_eq!(x.to_u32(), a.to_u32());
        prop_assert_eq!(x.to_f64().map(f64::to_bits), a.to_f64().map(f64::to_bits));
        prop_assert_eq!(u32::try_from(&x).ok(), u32::try_from(&a).ok());
        prop_assert_eq!(usize::try_from(x.clone()).ok(), usize::try_from(a).ok());
        prop_assert_eq!(Int::from_f64(f).map(|x| x.to_string()), BigInt::from_f64(f).map(|x| x.to_string()));
        same(&Int::from(n), &BigInt::from(n));
    }

    #[test]
    fn texts_are_read_alike(text in "[-+]?[ 0-9]{0,6}[0-9x]?|[-+ ]{0,2}[0-9]{1,30}", radix in 2_u32..=36) {
        let digits = |read: Option<Int>| read.map(|x| x.to_string());
        prop_assert_eq!(digits(text.parse().ok()), text.parse::<BigInt>().ok().map(|x| x.to_string()));
        prop_assert_eq!(
            digits(Int::from_str_radix(&text, radix).ok()),
            BigInt::from_str_radix(&text, radix).ok().map(|x| x.to_string())
        );
    }
}
