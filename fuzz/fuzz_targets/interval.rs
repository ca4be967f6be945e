//! Interval arithmetic against exact fractions: an enclosure contains the exact values, and by how little it may be wider.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use num_traits::{One, Pow, Signed, Zero};
use spurious::kernel::interval::Interval;
use spurious::kernel::number::{Int, Rational};

#[derive(Arbitrary, Clone, Copy, Debug)]
struct Fraction {
    above: i128,
    below: u64,
    /// The denominator is also divided by this power of two, or multiplied.
    places: i8,
}

impl Fraction {
    fn value(self) -> Rational {
        let value = Rational::new(self.above.into(), Int::from(self.below) + 1);
        let power = Rational::from_integer(Int::one() << u32::from(self.places.unsigned_abs()));
        if self.places < 0 {
            value / power
        } else {
            value * power
        }
    }
}

#[derive(Arbitrary, Debug)]
struct Case {
    x: [Fraction; 2],
    y: [Fraction; 2],
    own: [u8; 2],
    bits: u8,
    exponent: u8,
}

fn interval([a, b]: [Fraction; 2], bits: u8) -> Interval {
    let (a, b) = (a.value(), b.value());
    Interval::new((&a).min(&b), (&a).max(&b), bits.into()).unwrap()
}

/// The least and the greatest of the exact values are enclosed, with ends on the grid and less than so many units off.
fn encloses(found: &Interval, exact: &[Rational], bits: u8, units: u32) {
    let (lo, hi) = (exact.iter().min().unwrap(), exact.iter().max().unwrap());
    assert!(
        found.lo() <= *lo && *hi <= found.hi(),
        "[{lo}, {hi}] not in {found:?}"
    );
    let scale = Rational::from_integer(Int::one() << u32::from(bits));
    for (end, exact) in [(found.lo(), lo), (found.hi(), hi)] {
        assert!(((&end - exact) * &scale).abs() < Rational::from_integer(units.into()));
        assert!((end * &scale).is_integer());
    }
}

fn corners(
    x: &Interval,
    y: &Interval,
    f: impl Fn(Rational, Rational) -> Rational,
) -> Vec<Rational> {
    let ends = |z: &Interval| [z.lo(), z.hi()];
    let pairs = ends(x)
        .into_iter()
        .flat_map(|a| ends(y).map(|b| (a.clone(), b)));
    pairs.map(|(a, b)| f(a, b)).collect()
}

fn has_zero(x: &Interval) -> bool {
    !x.lo().is_positive() && !x.hi().is_negative()
}

/// x is between 2^-bits below the square of lo and above the square of hi, by less than a unit for each root.
fn square_roots(x: &Interval, bits: u8) {
    let Some(root) = x.sqrt(bits.into()) else {
        assert!(x.lo().is_negative());
        return;
    };
    let square = |r: Rational| &r * &r;
    assert!(!root.lo().is_negative());
    assert!(square(root.lo()) <= x.lo() && x.hi() <= square(root.hi()));
    let unit = Rational::new(Int::one(), Int::one() << u32::from(bits));
    let two = Rational::from_integer(2.into());
    assert!(square(root.lo() + &unit * &two) > x.lo());
    assert!(
        root.hi().is_zero() || root.hi() < &unit * &two || square(root.hi() - unit * two) < x.hi()
    );
}

fuzz_target!(|case: Case| {
    let (x, y, bits) = (
        interval(case.x, case.own[0]),
        interval(case.y, case.own[1]),
        case.bits,
    );
    let grid = u32::from(bits);
    let exact = [case.x[0].value(), case.x[1].value()];
    encloses(&x, &exact, case.own[0], 1);
    encloses(&x.clone().onto(grid).unwrap(), &[x.lo(), x.hi()], bits, 1);
    encloses(
        &x.plus(&y).onto(grid).unwrap(),
        &corners(&x, &y, |a, b| a + b),
        bits,
        1,
    );
    encloses(
        &x.minus(&y).onto(grid).unwrap(),
        &corners(&x, &y, |a, b| a - b),
        bits,
        1,
    );
    encloses(
        &x.mul(&y, grid).unwrap(),
        &corners(&x, &y, |a, b| a * b),
        bits,
        1,
    );
    let product = x.times(&y).unwrap();
    let products = corners(&x, &y, |a, b| a * b);
    assert_eq!(Some(&product.lo()), products.iter().min());
    assert_eq!(Some(&product.hi()), products.iter().max());
    match x.div(&y, grid) {
        Some(quotient) => {
            assert!(!has_zero(&y));
            encloses(&quotient, &corners(&x, &y, |a, b| a / b), bits, 1);
        }
        None => assert!(has_zero(&y)),
    }
    let (least, greatest) = (x.min(&y), x.max(&y));
    assert_eq!(
        (least.lo(), least.hi()),
        (x.lo().min(y.lo()), x.hi().min(y.hi()))
    );
    assert_eq!(
        (greatest.lo(), greatest.hi()),
        (x.lo().max(y.lo()), x.hi().max(y.hi()))
    );
    let size = x.abs();
    assert_eq!(size.hi(), x.lo().abs().max(x.hi().abs()));
    let nearest = if has_zero(&x) {
        Rational::zero()
    } else {
        x.lo().abs().min(x.hi().abs())
    };
    assert_eq!(size.lo(), nearest);
    let n = Int::from(case.x[0].above);
    let multiple = x.scaled(&n);
    let by = |end: Rational| end * Rational::from_integer(n.clone());
    assert_eq!(multiple.lo(), by(x.lo()).min(by(x.hi())));
    assert_eq!(multiple.hi(), by(x.lo()).max(by(x.hi())));
    let exponent = u32::from(case.exponent % 8);
    let power = x.pow(exponent, grid).unwrap();
    for point in [
        x.lo(),
        x.hi(),
        (x.lo() + x.hi()) / Rational::from_integer(2.into()),
    ] {
        let exact = Pow::pow(point, exponent);
        assert!(power.lo() <= exact && exact <= power.hi());
    }
    square_roots(&x, bits);
});
