//! The kernel's intervals, enclosures, root counts and matrices against naive oracles and python-flint.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use core::cmp::Ordering;
use num_traits::{One, Pow, Signed, Zero};
use proptest::prelude::*;
use spurious::kernel::interval::Interval;
use spurious::kernel::limits;
use spurious::kernel::matrix::Matrix;
use spurious::kernel::number::{Int, Rational, parse_rational};
use spurious::kernel::proof::Proof;
use spurious::kernel::rejection::{Premise, Rejection};
use spurious::kernel::term::{Formula, Name, Predicate, Statement, Term};
use spurious::kernel::verdict::Proved;
use spurious::prover::roots::points;

fn q(text: &str) -> Rational {
    parse_rational(text).unwrap()
}

fn whole(n: i64) -> Rational {
    Rational::from_integer(n.into())
}

fn two_to(exponent: i64) -> Rational {
    let power = Rational::from_integer(Int::one() << exponent.unsigned_abs());
    if exponent < 0 { power.recip() } else { power }
}

fn contains(x: &Interval, value: &Rational) -> bool {
    x.lo() <= *value && *value <= x.hi()
}

/// Ends that the grid holds exactly.
fn interval(lo: &str, hi: &str) -> Interval {
    Interval::new(&q(lo), &q(hi), 20).unwrap()
}

fn point(x: &Rational, bits: u32) -> Interval {
    Interval::new(x, x, bits).unwrap()
}

fn width(x: &Interval) -> Rational {
    x.hi() - x.lo()
}

/// Numerators and denominators of very different lengths, zero often.
fn rational() -> impl Strategy<Value = Rational> {
    let (small, any) = (-12i64..=12, any::<i64>());
    let above = prop_oneof![small, any];
    let below = prop_oneof![1i64..=12, (0u32..62).prop_map(|n| 1 << n), 1..=i64::MAX];
    (above, below).prop_map(|(n, d)| Rational::new(n.into(), d.into()))
}

fn any_interval() -> impl Strategy<Value = Interval> {
    (rational(), rational(), 0u32..80)
        .prop_map(|(a, b, bits)| Interval::new((&a).min(&b), (&a).max(&b), bits).unwrap())
}

/// Ends and inner points.
fn samples(x: &Interval) -> Vec<Rational> {
    (0..=4)
        .map(|k| x.lo() + width(x) * Rational::new(k.into(), 4.into()))
        .collect()
}

/// The rounded interval contains [lo, hi], each end is on the grid, and less than so many units away.
fn assert_encloses(rounded: &Interval, values: &[Rational], bits: u32, units: i64) {
    let (lo, hi) = (values.iter().min().unwrap(), values.iter().max().unwrap());
    assert!(
        rounded.lo() <= *lo && *hi <= rounded.hi(),
        "[{lo}, {hi}] not in {rounded:?}"
    );
    let unit = two_to(-i64::from(bits));
    for (end, exact) in [(rounded.lo(), lo), (rounded.hi(), hi)] {
        assert!(
            (&end - exact).abs() < &unit * whole(units),
            "{end} is far from {exact}"
        );
        assert!((end / &unit).is_integer());
    }
}

fn corners(
    x: &Interval,
    y: &Interval,
    f: impl Fn(&Rational, &Rational) -> Rational,
) -> Vec<Rational> {
    [
        (x.lo(), y.lo()),
        (x.lo(), y.hi()),
        (x.hi(), y.lo()),
        (x.hi(), y.hi()),
    ]
    .map(|(a, b)| f(&a, &b))
    .to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arithmetic_encloses_closely(a in rational(), b in rational(), x in any_interval(), y in any_interval(), bits in 0u32..100) {
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        assert_encloses(&Interval::new(&a, &b, bits).unwrap(), &[a, b], bits, 1);
        assert_encloses(&x.clone().onto(bits).unwrap(), &[x.lo(), x.hi()], bits, 1);
        assert_encloses(&x.plus(&y).onto(bits).unwrap(), &corners(&x, &y, |a, b| a + b), bits, 2);
        assert_encloses(&x.minus(&y).onto(bits).unwrap(), &corners(&x, &y, |a, b| a - b), bits, 2);
        assert_encloses(&x.mul(&y, bits).unwrap(), &corners(&x, &y, |a, b| a * b), bits, 1);
        match x.div(&y, bits) {
            Some(quotient) => assert_encloses(&quotient, &corners(&x, &y, |a, b| a / b), bits, 1),
            None => prop_assert!(contains(&y, &Rational::zero())),
        }
        prop_assert_eq!(contains(&y, &Rational::zero()), x.div(&y, bits).is_none());
    }

    #[test]
    fn arithmetic_contains_samples(x in any_interval(), y in any_interval(), bits in 0u32..40) {
        for a in samples(&x) {
            prop_assert!(contains(&x.abs(), &a.abs()) && contains(&x.neg(), &-&a));
            for b in samples(&y) {
                prop_assert!(contains(&x.plus(&y).onto(bits).unwrap(), &(&a + &b)));
                prop_assert!(contains(&x.mul(&y, bits).unwrap(), &(&a * &b)));
                prop_assert!(contains(&x.min(&y).onto(bits).unwrap(), (&a).min(&b)));
                prop_assert!(contains(&x.max(&y).onto(bits).unwrap(), (&a).max(&b)));
            }
        }
        let ends = |f: fn(Rational, Rational) -> Rational| [f(x.lo(), y.lo()), f(x.hi(), y.hi())];
        assert_encloses(&x.min(&y).onto(bits).unwrap(), &ends(Rational::min), bits, 1);
        assert_encloses(&x.max(&y).onto(bits).unwrap(), &ends(Rational::max), bits, 1);
    }

    #[test]
    fn signs_are_those_of_every_element(x in any_interval()) {
        let zero = Rational::zero();
        prop_assert_eq!(x.is_positive(), x.lo() > zero);
        prop_assert_eq!(x.is_nonnegative(), x.lo() >= zero);
        prop_assert_eq!(x.is_negative(), x.hi() < zero);
        prop_assert_eq!(x.is_zero(), x.lo() == zero && x.hi() == zero);
        let rounded = x.clone().onto(0).unwrap();
        prop_assert!(!rounded.is_positive() || x.is_positive());
        prop_assert!(!rounded.is_negative() || x.is_negative());
        prop_assert_eq!(rounded.is_nonnegative(), x.is_nonnegative());
    }

    #[test]
    fn powers_enclose(x in any_interval(), exponent in 0u32..=9, bits in 8u32..80) {
        let power = x.pow(exponent, bits).unwrap();
        prop_assert!(samples(&x).iter().all(|a| contains(&power, &Pow::pow(a, exponent))));
        prop_assert!(exponent % 2 == 1 || power.is_nonnegative());
        prop_assert!(!power.is_zero() || x.is_zero() || width(&x) < two_to(-2));
    }
}

#[test]
fn intervals_at_the_edges() {
    assert!(Interval::new(&q("1"), &q("1/2"), 5).is_none());
    let same = |found: Option<Interval>, lo: &str, hi: &str| {
        let found = found.unwrap();
        assert_eq!((found.lo(), found.hi()), (q(lo), q(hi)));
    };
    same(Interval::new(&q("1/2"), &q("1/2"), 1), "1/2", "1/2");
    same(Interval::new(&q("1/2"), &q("1/2"), 0), "0", "1");
    same(Interval::new(&q("-1/3"), &q("1/3"), 1), "-1/2", "1/2");
    same(Some(interval("-2", "1").abs()), "0", "2");
    same(Some(interval("-1", "3").abs()), "0", "3");
    same(Some(interval("-3", "-1").abs()), "1", "3");
    same(interval("-3", "2").pow(2, 10), "0", "9");
    same(interval("-3", "-2").pow(3, 10), "-27", "-8");
    same(interval("-3", "2").pow(0, 10), "1", "1");
    same(interval("1", "1").pow(u32::MAX, 10), "1", "1");
    same(
        interval("1", "2").div(&interval("-4", "-2"), 10),
        "-1",
        "-1/4",
    );
    assert_eq!(interval("1", "2").div(&interval("0", "1"), 10), None);
    assert_eq!(interval("1", "2").div(&interval("-1", "0"), 10), None);
    assert_eq!(interval("0", "0").div(&interval("0", "0"), 10), None);
}

#[test]
fn intervals_stay_within_the_caps() {
    let precise = limits::PRECISION;
    let third = q("1/3");
    assert!(Interval::new(&third, &third, precise).is_some());
    for bits in [precise + 1, u32::MAX] {
        assert!(Interval::new(&third, &third, bits).is_none());
        assert!(point(&third, 5).onto(bits).is_none());
        assert!(point(&third, 5).div(&point(&third, 5), bits).is_none());
    }
    let large = two_to(i64::try_from(limits::EXPONENT).unwrap() - 1);
    assert!(Interval::new(&large, &large, 0).is_some());
    assert!(Interval::new(&large, &large, 1).is_none());
    assert!(point(&large, 0).mul(&interval("2", "2"), 0).is_none());
    assert!(interval("2", "2").pow(u32::MAX, 8).is_none());
    assert!(contains(
        &interval("1/2", "1/2").pow(u32::MAX, 8).unwrap(),
        &Rational::zero()
    ));
}

type Enclosure = fn(&Interval, u32) -> Option<Interval>;

/// The functions that increase, then sin and cos.
const FUNCTIONS: [(&str, Enclosure); 7] = [
    ("exp", Interval::exp),
    ("log", Interval::log),
    ("tanh", Interval::tanh),
    ("sqrt", Interval::sqrt),
    ("arctan", Interval::arctan),
    ("sin", Interval::sin),
    ("cos", Interval::cos),
];

fn named(function: &str) -> Enclosure {
    FUNCTIONS
        .iter()
        .find(|(name, _)| *name == function)
        .unwrap()
        .1
}

/// The function, its argument and bounds of its value, as python-flint wrote them.
fn table() -> Vec<(&'static str, Rational, [Rational; 2])> {
    let end = |mantissa: &str, exponent: &str| q(mantissa) * two_to(exponent.parse().unwrap());
    let line = |line: &'static str| match line.split(' ').collect::<Vec<_>>()[..] {
        [f, x, m, e, n, g] => (f, q(x), [end(m, e), end(n, g)]),
        _ => panic!("{line}"),
    };
    include_str!("../oracle/enclosures.txt")
        .lines()
        .map(line)
        .collect()
}

/// The bits with which an argument stands on the grid as closely as the result.
fn grid(bits: u32, size: &Rational) -> u32 {
    bits + 40 + u32::try_from(size.numer().bits() + size.denom().bits()).unwrap()
}

#[test]
fn enclosures_agree_with_flint() {
    let table = table();
    assert!(table.len() > 200);
    for (f, x, [lo, hi]) in table.iter().filter(|(_, x, _)| x.denom().bits() < 200) {
        for bits in [2, 20, 53, 64, 128] {
            let found =
                named(f)(&point(x, grid(bits, x)), bits).unwrap_or_else(|| panic!("{f} {x}"));
            assert!(
                found.lo() <= *lo && *hi <= found.hi(),
                "{f} {x} at {bits} bits: {found:?}"
            );
            let size = hi.abs().max(Rational::one());
            assert!(
                width(&found) <= size * two_to(2 - i64::from(bits)),
                "{f} {x} at {bits} bits is wide"
            );
        }
        let found = named(f)(&point(x, grid(250, x)), 250).unwrap();
        assert!(
            found.lo() <= *hi && *lo <= found.hi(),
            "{f} {x} at 250 bits"
        );
    }
}

#[test]
fn enclosures_on_intervals_hold_the_values_at_inner_points() {
    let table = table();
    for (f, function) in FUNCTIONS.into_iter().take(5) {
        let mut rows: Vec<_> = table
            .iter()
            .filter(|row| row.0 == f && row.1.abs() < whole(8000))
            .collect();
        rows.sort_by(|a, b| a.1.cmp(&b.1));
        for window in rows.windows(5) {
            let Some(image) =
                function(&Interval::new(&window[0].1, &window[4].1, 900).unwrap(), 64)
            else {
                panic!("{f} {}", window[0].1);
            };
            assert!(
                window
                    .iter()
                    .all(|row| contains(&image, &row.2[0]) && contains(&image, &row.2[1])),
                "{f}"
            );
            let (least, greatest) = (&window[0].2[0], &window[4].2[1]);
            let scale = greatest.abs() + least.abs() + whole(1);
            assert!(
                width(&image) <= greatest - least + scale * two_to(-62),
                "{f} is wide"
            );
        }
    }
}

#[test]
fn sine_and_cosine_on_intervals_hold_the_values_at_inner_points() {
    let table = table();
    for (f, function) in FUNCTIONS.into_iter().skip(5) {
        let rows: Vec<_> = table
            .iter()
            .filter(|row| row.0 == f && row.1.abs() < whole(8000))
            .collect();
        for (_, x, value) in &rows {
            for radius in [two_to(-30), two_to(-3), whole(1), whole(4)] {
                let around = Interval::new(&(x - &radius), &(x + &radius), 60).unwrap();
                let image = function(&around, 64).unwrap();
                assert!(
                    contains(&image, &value[0]) && contains(&image, &value[1]),
                    "{f} {x}"
                );
                // No value changes faster than its argument, and none is beyond ±1.
                let most = (whole(2) * &radius).min(whole(1)) * whole(2) + two_to(-50);
                assert!(width(&image) <= most, "{f} {x} is wide");
            }
        }
    }
}

#[test]
fn enclosures_where_the_value_is_on_the_grid() {
    let near = |f: &str, x: &str, value: &str| {
        let found = named(f)(&point(&q(x), 64), 64).unwrap();
        assert!(
            contains(&found, &q(value)) && width(&found) <= two_to(-62),
            "{f} {x}: {found:?}"
        );
        found
    };
    drop(near("exp", "0", "1"));
    drop(near("log", "1", "0"));
    drop(near("tanh", "0", "0"));
    for (x, root) in [("0", "0"), ("9/4", "3/2"), ("1000000", "1000")] {
        assert_eq!(width(&near("sqrt", x, root)), whole(0));
    }
}

#[test]
fn enclosures_refuse_what_is_outside_the_domain() {
    let cap = i64::from(limits::EXP_ARGUMENT);
    for x in [
        whole(cap + 1),
        whole(-cap - 1),
        two_to(100),
        -two_to(60_000),
    ] {
        assert_eq!(point(&x, 0).exp(53), None, "exp {x}");
    }
    for x in [whole(cap / 2 + 1), whole(-cap / 2 - 1), two_to(100)] {
        assert_eq!(point(&x, 0).tanh(53), None, "tanh {x}");
    }
    assert_eq!(interval("0", "1").log(53), None);
    assert_eq!(interval("0", "0").log(53), None);
    assert_eq!(Interval::integer(0).log(53), None);
    assert_eq!(interval("-1", "1").log(53), None);
    assert_eq!(interval("-2", "-1").log(53), None);
    assert_eq!(interval("-1/1024", "1").sqrt(53), None);
    assert_eq!(interval("-2", "-1").sqrt(53), None);
    for (f, function) in FUNCTIONS {
        for bits in [
            limits::PRECISION,
            limits::PRECISION + 1,
            u32::MAX - 1,
            u32::MAX,
        ] {
            assert_eq!(function(&interval("1/4", "2"), bits), None, "{f}");
        }
        let far = -two_to(100_000);
        assert_eq!(function(&point(&far, 0), 53), None, "{f}");
    }
    assert!(point(&two_to(-1000), 1000).log(53).unwrap().is_negative());
    assert!(point(&whole(-40), 0).exp(64).unwrap().is_positive());
    assert!(contains(
        &point(&whole(1 - cap), 0).exp(53).unwrap(),
        &whole(0)
    ));
    assert!(point(&whole(8191), 0).tanh(53).unwrap().hi() <= Rational::one());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn functional_equations_hold(n in -4000i64..4000, m in -4000i64..4000, d in 1i64..500, bits in 10u32..120) {
        let (x, y) = (Rational::new(n.into(), d.into()), Rational::new(m.into(), 7.into()));
        let overlap = |x: &Interval, y: &Interval| x.lo() <= y.hi() && y.lo() <= x.hi();
        let exp = |t: &Rational| point(t, bits + 20).exp(bits).unwrap();
        prop_assert!(overlap(&exp(&x).mul(&exp(&y), bits).unwrap(), &exp(&(&x + &y))));
        if let Some(log) = exp(&x).log(bits) {
            prop_assert!(contains(&log, &x));
        }
        let tanh = point(&x, bits + 20).tanh(bits).unwrap();
        let (up, down) = (exp(&x), exp(&-&x));
        let ratio = up.minus(&down).div(&up.plus(&down), bits).unwrap();
        prop_assert!(overlap(&tanh, &ratio));
        let root = point(&x.abs(), bits + 20).sqrt(bits).unwrap();
        prop_assert!(root.is_nonnegative() && contains(&root.pow(2, bits).unwrap(), &x.abs()));
    }
}

// Polynomials.

fn times(a: &[Int], b: &[Int]) -> Vec<Int> {
    let mut c = vec![Int::zero(); a.len() + b.len() - 1];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            c[i + j] += x * y;
        }
    }
    c
}

fn ints(numbers: &[i64]) -> Vec<Int> {
    numbers.iter().map(|&n| n.into()).collect()
}

/// A root that can be compared with a rational exactly: n/d, or ±√n for n not a square.
#[derive(Clone, Debug, PartialEq)]
enum Root {
    Ratio(Rational),
    Surd(i64, bool),
}

impl Root {
    fn against(&self, x: &Rational) -> Ordering {
        match self {
            Root::Ratio(root) => root.cmp(x),
            Root::Surd(n, false) => {
                if x.is_negative() {
                    Ordering::Greater
                } else {
                    whole(*n).cmp(&(x * x))
                }
            }
            Root::Surd(n, true) => Root::Surd(*n, false).against(&-x).reverse(),
        }
    }

    fn within(&self, from: Option<&Rational>, to: Option<&Rational>) -> bool {
        from.is_none_or(|a| self.against(a).is_gt()) && to.is_none_or(|b| self.against(b).is_lt())
    }
}

/// A factor to a power, and its distinct real roots.
fn factor() -> impl Strategy<Value = (Vec<Int>, Vec<Root>)> {
    let linear = (-6i64..=6, 1i64..=4).prop_map(|(n, d)| {
        (
            ints(&[-n, d]),
            vec![Root::Ratio(Rational::new(n.into(), d.into()))],
        )
    });
    let surd = prop_oneof![Just(2i64), Just(3), Just(5), Just(7)].prop_map(|n| {
        (
            ints(&[-n, 0, 1]),
            vec![Root::Surd(n, false), Root::Surd(n, true)],
        )
    });
    // (2ax + b)² + c, without a real root.
    let none = (1i64..4, -4i64..=4, 1i64..5)
        .prop_map(|(a, b, c)| (ints(&[b * b + c, 4 * a * b, 4 * a * a]), vec![]));
    (prop_oneof![3 => linear, 2 => surd, 1 => none], 1usize..=4).prop_map(
        |((base, roots), power)| {
            (
                (1..power).fold(base.clone(), |product, _| times(&product, &base)),
                roots,
            )
        },
    )
}

/// What the rule makes of the statement that there are so many roots between the ends, with the points of the search.
fn counted(
    polynomial: &[Int],
    from: Option<&Rational>,
    to: Option<&Rational>,
    count: usize,
) -> Option<bool> {
    let x: Name = "x".into();
    let power = |(n, c): (usize, &Int)| {
        let power = Term::Power(
            Box::new(Term::Variable(x.clone())),
            u32::try_from(n).unwrap(),
        );
        Term::Product(vec![Term::Number(Rational::from_integer(c.clone())), power])
    };
    let polynomial = Term::Sum(polynomial.iter().enumerate().map(power).collect());
    let points = points(&polynomial, &x, from, to)?;
    let (polynomial, variable) = (Box::new(polynomial), x);
    let predicate = Predicate::Roots {
        polynomial,
        variable,
        from: from.cloned(),
        to: to.cloned(),
        count,
    };
    let decide = |holds| {
        let formula = Formula::Holds(predicate.clone().into(), holds);
        let statement = Statement {
            definitions: Vec::new(),
            formula,
        };
        Proved::check(&statement, &[], &Proof::Roots(points.clone())).map(drop)
    };
    match decide(true) {
        Ok(()) => Some(true),
        Err(Rejection::Premise(Premise::Predicate, _)) => {
            assert_eq!(decide(false), Ok(()));
            Some(false)
        }
        Err(other) => panic!("{other:?}"),
    }
}

/// Asserts that the rule finds this count and no other.
fn assert_count(polynomial: &[Int], from: Option<&Rational>, to: Option<&Rational>, count: usize) {
    assert_eq!(
        counted(polynomial, from, to, count),
        Some(true),
        "{polynomial:?} {from:?} {to:?} {count}"
    );
    assert_eq!(counted(polynomial, from, to, count + 1), Some(false));
    assert!(count == 0 || counted(polynomial, from, to, count - 1) == Some(false));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn known_roots_are_counted(
        factors in prop::collection::vec(factor(), 0..5),
        lead in prop_oneof![-9i64..=-1, 1i64..=9],
        padding in 0usize..3,
        ends in ((-7i64..=7, 1i64..=4), (-7i64..=7, 1i64..=4)),
        kinds in (prop::bool::ANY, prop::bool::ANY),
    ) {
        let mut polynomial = ints(&[lead]);
        let mut roots: Vec<Root> = Vec::new();
        for (factor, more) in &factors {
            // Multiple roots are for the rule if they are rational, and so can be points.
            if matches!(more.as_slice(), [Root::Surd(..), ..]) && (roots.contains(&more[0]) || factor.len() > 3) {
                continue;
            }
            polynomial = times(&polynomial, factor);
            let fresh: Vec<Root> = more.iter().filter(|root| !roots.contains(root)).cloned().collect();
            roots.extend(fresh);
        }
        polynomial.extend(vec![Int::zero(); padding]);
        assert_count(&polynomial, None, None, roots.len());
        let x = |(n, d): (i64, i64)| Rational::new(n.into(), d.into());
        let (a, b) = (x(ends.0), x(ends.1));
        let (from, to) = (kinds.0.then_some(&a), kinds.1.then_some(&b));
        let expected = roots.iter().filter(|root| root.within(from, to)).count();
        if kinds.0 && kinds.1 && a >= b {
            prop_assert_eq!(counted(&polynomial, from, to, expected), None);
        } else {
            assert_count(&polynomial, from, to, expected);
        }
    }
}

#[test]
fn roots_of_classical_polynomials() {
    let wilkinson = (1..=20).fold(ints(&[1]), |product, k| times(&product, &ints(&[-k, 1])));
    for k in 1..=20u8 {
        assert_count(
            &wilkinson,
            Some(&whole(0)),
            Some(&whole(i64::from(k))),
            usize::from(k) - 1,
        );
    }
    assert_count(&wilkinson, Some(&whole(3)), Some(&whole(9)), 5);
    // Chebyshev: all n roots within (-1, 1), pairwise symmetric.
    let (mut previous, mut chebyshev) = (ints(&[1]), ints(&[0, 1]));
    for n in 2..=16usize {
        let mut next = times(&chebyshev, &ints(&[0, 2]));
        next.iter_mut().zip(&previous).for_each(|(c, d)| *c -= d);
        previous = core::mem::replace(&mut chebyshev, next);
        assert_count(&chebyshev, Some(&whole(-1)), Some(&whole(1)), n);
        assert_count(&chebyshev, Some(&whole(0)), None, n / 2);
        assert_count(&chebyshev, None, Some(&whole(0)), n / 2);
    }
    // Mignotte: x^9 - 2(10x - 1)^2, two roots within 10^-4.5 of 1/10.
    let mut mignotte = ints(&[-2, 40, -200, 0, 0, 0, 0, 0, 0, 1]);
    assert_count(&mignotte, Some(&q("99/1000")), Some(&q("101/1000")), 2);
    assert_count(&mignotte, Some(&q("99/1000")), Some(&q("1/10")), 1);
    mignotte[9] = (-1).into();
    assert_count(&mignotte, Some(&q("99/1000")), Some(&q("101/1000")), 0);
}

#[test]
fn root_counts_agree_with_flint_on_sparse_polynomials() {
    let mut undecided = 0;
    for line in include_str!("../oracle/roots.txt").lines() {
        let numbers: Vec<i64> = line.split(' ').map(|n| n.parse().unwrap()).collect();
        let polynomial = ints(&numbers[2..]);
        for (from, count) in [(None, numbers[0]), (Some(whole(0)), numbers[1])] {
            let count = usize::try_from(count).unwrap();
            match counted(&polynomial, from.as_ref(), None, count) {
                None => undecided += 1,
                Some(right) => assert!(right, "{line}"),
            }
            assert_ne!(
                counted(&polynomial, from.as_ref(), None, count + 1),
                Some(true),
                "{line}"
            );
        }
    }
    assert!(
        undecided <= 3,
        "{undecided} with a multiple root that is not rational"
    );
}

#[test]
fn root_counts_of_trinomials_agree_with_their_discriminant() {
    // xⁿ + ax + b has its extrema where nxⁿ⁻¹ = -a, of height b ± (n-1)(|a|/n)^(n/(n-1)).
    for (n, a, b) in
        (2u32..=7).flat_map(|n| (-6i64..=6).flat_map(move |a| (-6i64..=6).map(move |b| (n, a, b))))
    {
        let (a_size, b_size) = (Int::from(a.abs()), Int::from(b.abs()));
        let left = b_size.pow(n - 1) * Int::from(n).pow(n);
        let depth = (Int::from(n - 1).pow(n - 1) * a_size.pow(n)).cmp(&left);
        let expected = match (n % 2, depth) {
            (0, _) if b < 0 => 2,
            (0, Ordering::Greater) => 2,
            (0, Ordering::Equal) => 1,
            (0, Ordering::Less) => 0,
            (_, Ordering::Greater) if a < 0 => 3,
            (_, Ordering::Equal) if a < 0 => 2,
            _ => 1,
        };
        let mut polynomial = vec![Int::zero(); usize::try_from(n).unwrap() + 1];
        polynomial[0] += b;
        polynomial[1] += a;
        polynomial[usize::try_from(n).unwrap()] += 1;
        for sign in [1, -1] {
            polynomial.iter_mut().for_each(|c| *c *= sign);
            assert_count(&polynomial, None, None, expected);
        }
    }
}

// Matrices.

type Rows = Vec<Vec<Rational>>;

fn product(a: &Rows, b: &Rows) -> Rows {
    let entry = |row: &Vec<Rational>, j: usize| {
        row.iter()
            .zip(b)
            .map(|(x, other)| x * &other[j])
            .sum::<Rational>()
    };
    a.iter()
        .map(|row| (0..b[0].len()).map(|j| entry(row, j)).collect())
        .collect()
}

fn transposed(a: &Rows) -> Rows {
    (0..a[0].len())
        .map(|j| a.iter().map(|row| row[j].clone()).collect())
        .collect()
}

fn diagonal(d: &[Rational]) -> Rows {
    (0..d.len())
        .map(|i| {
            (0..d.len())
                .map(|j| {
                    if i == j {
                        d[i].clone()
                    } else {
                        Rational::zero()
                    }
                })
                .collect()
        })
        .collect()
}

fn minor(a: &Rows, row: usize, column: usize) -> Rows {
    let strip = |r: &Vec<Rational>| {
        r.iter()
            .enumerate()
            .filter(|(j, _)| *j != column)
            .map(|(_, x)| x.clone())
            .collect()
    };
    a.iter()
        .enumerate()
        .filter(|(i, _)| *i != row)
        .map(|(_, r)| strip(r))
        .collect()
}

/// Laplace expansion.
fn naive_determinant(a: &Rows) -> Rational {
    if a.is_empty() {
        return Rational::one();
    }
    let term = |j: usize| {
        let value = &a[0][j] * naive_determinant(&minor(a, 0, j));
        if j.is_multiple_of(2) { value } else { -value }
    };
    (0..a.len()).map(term).sum()
}

/// Whether some minor of this order does not vanish.
fn has_rank(a: &Rows, order: usize) -> bool {
    if a.len() == order && a[0].len() == order {
        return !naive_determinant(a).is_zero();
    }
    if a.len() > order {
        return (0..a.len()).any(|i| {
            has_rank(
                &a.iter()
                    .enumerate()
                    .filter(|(k, _)| *k != i)
                    .map(|(_, r)| r.clone())
                    .collect(),
                order,
            )
        });
    }
    has_rank(&transposed(a), order)
}

fn matrix(rows: &[&[&str]]) -> Matrix {
    Matrix::new(
        &rows
            .iter()
            .map(|row| row.iter().map(|x| q(x)).collect())
            .collect::<Rows>(),
    )
    .unwrap()
}

fn entry() -> impl Strategy<Value = Rational> {
    prop_oneof![
        2 => Just(Rational::zero()),
        3 => (-3i64..=3).prop_map(whole),
        2 => (-9i64..=9, 1i64..=12).prop_map(|(n, d)| Rational::new(n.into(), d.into())),
    ]
}

fn rows(height: usize, length: usize) -> impl Strategy<Value = Rows> {
    prop::collection::vec(prop::collection::vec(entry(), length), height)
}

/// An invertible matrix with its inverse: row operations and a positive or negative scaling.
fn invertible(order: usize) -> impl Strategy<Value = (Rows, Rows)> {
    let operation = (0..order, 0..order, (-5i64..=5, 1i64..=3));
    let scale = prop::collection::vec((prop_oneof![-3i64..=-1, 1i64..=3], 1i64..=3), order);
    (prop::collection::vec(operation, 0..10), scale).prop_map(move |(operations, scale)| {
        let scale: Vec<Rational> = scale
            .into_iter()
            .map(|(n, d)| Rational::new(n.into(), d.into()))
            .collect();
        let (mut forward, mut backward) = (
            diagonal(&scale),
            diagonal(&scale.iter().map(Rational::recip).collect::<Vec<_>>()),
        );
        for (i, j, (n, d)) in operations.into_iter().filter(|(i, j, _)| i != j) {
            let mut step = diagonal(&vec![Rational::one(); order]);
            step[i][j] = Rational::new(n.into(), d.into());
            forward = product(&step, &forward);
            step[i][j] = -step[i][j].clone();
            backward = product(&backward, &step);
        }
        (forward, backward)
    })
}

fn inertia_of(d: &[Rational]) -> [usize; 3] {
    let count = |f: fn(&Rational) -> bool| d.iter().filter(|x| f(x)).count();
    [
        count(Signed::is_positive),
        count(Signed::is_negative),
        count(Zero::is_zero),
    ]
}

proptest! {
    #[test]
    fn rank_is_the_largest_nonzero_minor(a in (1usize..=4, 1usize..=5).prop_flat_map(|(m, n)| rows(m, n))) {
        let rank = (0..=a.len().min(a[0].len())).rev().find(|r| *r == 0 || has_rank(&a, *r));
        prop_assert_eq!(Matrix::new(&a).unwrap().rank().ok(), rank);
        prop_assert_eq!(Matrix::new(&transposed(&a)).unwrap().rank().ok(), rank);
    }

    #[test]
    fn rank_of_a_product_is_its_inner_dimension(
        (left, right, r) in (1usize..=6).prop_flat_map(|n| (invertible(n), invertible(n), 0..=n))
    ) {
        let n = left.0.len();
        let middle: Vec<Rational> = (0..n).map(|i| whole(i64::from(i < r))).collect();
        let a = product(&product(&left.0, &diagonal(&middle)), &right.0);
        prop_assert_eq!(Matrix::new(&a).unwrap().rank(), Ok(r));
    }

    #[test]
    fn inertia_is_that_of_the_diagonal(
        (d, (t, inverse)) in (1usize..=6).prop_flat_map(|n| (prop::collection::vec(entry(), n), invertible(n)))
    ) {
        let m = product(&product(&inverse, &diagonal(&d)), &transposed(&inverse));
        let (m, t) = (Matrix::new(&m).unwrap(), Matrix::new(&t).unwrap());
        let inertia = m.inertia(&t).unwrap();
        prop_assert_eq!(inertia, inertia_of(&d));
        prop_assert_eq!(m.rank(), Ok(inertia[0] + inertia[1]));
    }

    #[test]
    fn a_changed_congruence_is_accepted_only_if_still_exact(
        (d, (t, inverse), i, j, by) in (2usize..=4).prop_flat_map(|n| (prop::collection::vec(entry(), n), invertible(n), 0..n, 0..n, entry()))
    ) {
        let m = product(&product(&inverse, &diagonal(&d)), &transposed(&inverse));
        let mut forged = t;
        forged[i][j] += by;
        let image = product(&product(&forged, &m), &transposed(&forged));
        let found = Matrix::new(&m).unwrap().inertia(&Matrix::new(&forged).unwrap());
        let singular = naive_determinant(&forged).is_zero();
        let off = (0..d.len()).flat_map(|i| (0..d.len()).map(move |j| (i, j))).find(|&(i, j)| i != j && !image[i][j].is_zero());
        let expected = match off {
            _ if singular => Err(Rejection::Premise(Premise::Regular, vec![])),
            Some((i, j)) => Err(Rejection::Premise(Premise::Diagonal, vec![i, j])),
            None => Ok(inertia_of(&d)),
        };
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn inertia_where_no_pivot_stands_on_the_diagonal() {
    let hyperbolic = matrix(&[&["0", "1"], &["1", "0"]]);
    let saddle = [1, 1, 0];
    assert_eq!(
        hyperbolic.inertia(&matrix(&[&["1", "1"], &["1", "-1"]])),
        Ok(saddle)
    );
    assert_eq!(
        hyperbolic.inertia(&matrix(&[&["1/3", "1/3"], &["1/7", "-1/7"]])),
        Ok(saddle)
    );
}

#[test]
fn forged_congruences_are_rejected_each_for_its_reason() {
    let m = matrix(&[&["2", "1"], &["1", "-3"]]);
    let identity = matrix(&[&["1", "0"], &["0", "1"]]);
    assert_eq!(
        m.inertia(&identity),
        Err(Rejection::Premise(Premise::Diagonal, vec![0, 1]))
    );
    // A singular congruence would make every matrix look semidefinite.
    assert_eq!(
        m.inertia(&matrix(&[&["0", "0"], &["0", "0"]])),
        Err(Rejection::Premise(Premise::Regular, vec![]))
    );
    assert_eq!(
        m.inertia(&matrix(&[&["1", "0"], &["0", "0"]])),
        Err(Rejection::Premise(Premise::Regular, vec![]))
    );
    assert_eq!(
        m.inertia(&matrix(&[&["1", "0"], &["2", "0"]])),
        Err(Rejection::Premise(Premise::Regular, vec![]))
    );
    assert_eq!(
        m.inertia(&matrix(&[&["1"]])),
        Err(Rejection::Premise(Premise::Order, vec![1, 1]))
    );
    assert_eq!(
        m.inertia(&matrix(&[&["1", "0"]])),
        Err(Rejection::Premise(Premise::Order, vec![1, 2]))
    );
    assert_eq!(
        m.inertia(&matrix(&[&["1", "0"], &["0", "1"], &["0", "0"]])),
        Err(Rejection::Premise(Premise::Order, vec![3, 2]))
    );
    assert_eq!(
        m.inertia(&matrix(&[&["1", "0", "0"], &["0", "1", "0"]])),
        Err(Rejection::Premise(Premise::Order, vec![2, 3]))
    );
    // Diagonal below, not above: a product with a nonsymmetric matrix must not pass.
    assert_eq!(
        matrix(&[&["1", "0"], &["5", "1"]]).inertia(&identity),
        Err(Rejection::Premise(Premise::Symmetric, vec![0, 1]))
    );
    assert_eq!(
        matrix(&[&["1", "5"], &["0", "1"]]).inertia(&identity),
        Err(Rejection::Premise(Premise::Symmetric, vec![0, 1]))
    );
    assert_eq!(
        matrix(&[&["1", "5"]]).inertia(&identity),
        Err(Rejection::Premise(Premise::Symmetric, vec![0, 1]))
    );
}

#[test]
fn malformed_matrices_are_rejected_each_for_its_reason() {
    assert_eq!(
        Matrix::new(&[]).unwrap_err(),
        Rejection::Premise(Premise::EmptyMatrix, vec![])
    );
    assert_eq!(
        Matrix::new(&[vec![], vec![]]).unwrap_err(),
        Rejection::Premise(Premise::EmptyMatrix, vec![])
    );
    assert_eq!(
        Matrix::new(&[vec![whole(1)], vec![whole(1)], vec![]]).unwrap_err(),
        Rejection::Premise(Premise::Ragged, vec![2])
    );
    assert_eq!(
        Matrix::new(&[vec![whole(1)], vec![whole(1), whole(2)]]).unwrap_err(),
        Rejection::Premise(Premise::Ragged, vec![1])
    );
    assert!(Matrix::new(&vec![vec![whole(i64::MAX); 20]; 1001]).is_ok());
}
