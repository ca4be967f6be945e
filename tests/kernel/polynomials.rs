//! The kernel's polynomials in one variable against the crate `polynomial`, and against what their values interpolate.
#![allow(clippy::unwrap_used, reason = "tests")]

use num_traits::{One, Zero};
use polynomial::Polynomial;
use proptest::prelude::*;
use spurious::kernel::number::{Int, Rational};
use spurious::kernel::poly::Poly;
use spurious::kernel::rejection::{Premise, Rejection};
use spurious::kernel::roots::{self, End};

type Oracle = Polynomial<Rational>;

fn whole(n: i64) -> Rational {
    Rational::from_integer(n.into())
}

/// Short numbers, long ones, and zero often.
fn coefficient() -> impl Strategy<Value = Rational> {
    let above = prop_oneof![Just(0), -6_i64..=6, any::<i64>()];
    let below = prop_oneof![Just(1_i64), 1_i64..=12, 1..=i64::MAX];
    (above, below).prop_map(|(n, d)| Rational::new(n.into(), d.into()))
}

fn polynomial(length: usize) -> impl Strategy<Value = Oracle> {
    prop::collection::vec(coefficient(), 0..=length).prop_map(Polynomial::new)
}

/// The kernel's polynomial with these coefficients; adding the terms in another order is no other polynomial.
fn kernel(oracle: &Oracle) -> Poly {
    let terms = oracle.data().iter().zip(0_u32..).map(|(value, exponent)| {
        let monomial = if exponent == 0 {
            vec![]
        } else {
            vec![(0, exponent)]
        };
        Poly::monomial(monomial, value.clone())
    });
    let terms: Vec<Poly> = terms.collect();
    let backwards = terms.iter().rev().cloned();
    let sum = backwards.fold(Poly::default(), |sum, term| sum.plus(term).unwrap());
    let total = Poly::total(terms).unwrap();
    assert_eq!(total.clone().reduced(), sum.reduced());
    total
}

/// The coefficients of a polynomial of the kernel in its one indeterminate.
fn coefficients(poly: &Poly) -> Oracle {
    let mut data = Vec::new();
    for (monomial, value) in poly.terms() {
        let exponent = match monomial.as_slice() {
            [] => 0,
            [(0, exponent @ 1..)] => usize::try_from(*exponent).unwrap(),
            other => panic!("{other:?}"),
        };
        assert!(exponent >= data.len() && !value.is_zero());
        data.resize(exponent, Rational::zero());
        data.push(value);
    }
    Polynomial::new(data)
}

/// The polynomial with fewer coefficients than this many points that has these values.
fn interpolated(points: usize, value: impl Fn(Rational) -> Rational) -> Oracle {
    let points = i64::try_from(points).unwrap().max(1);
    let xs: Vec<Rational> = (0..points).map(|k| whole(k - points / 2)).collect();
    let ys: Vec<Rational> = xs.iter().cloned().map(value).collect();
    Polynomial::lagrange(&xs, &ys).unwrap()
}

/// How many coefficients there are, 0 for the zero polynomial.
fn length(p: &Oracle) -> usize {
    p.data().len()
}

/// p(q) by Horner's rule with the kernel's operations.
fn composed(p: &Poly, q: &Poly) -> Poly {
    let p = coefficients(p);
    p.data().iter().rev().fold(Poly::default(), |sum, value| {
        let product = sum.times(q).unwrap();
        product.plus(Poly::constant(value.clone())).unwrap()
    })
}

/// The same with the oracle's.
fn composition(p: &Oracle, q: &Oracle) -> Oracle {
    let constant = |value: &Rational| Polynomial::new(vec![value.clone()]);
    let data = p.data().iter().rev();
    data.fold(Oracle::zero(), |sum, value| &(&sum * q) + &constant(value))
}

/// (a₁ + b₁x)ᵈ p((a₀ + b₀x)/(a₁ + b₁x)) for the degree d of p.
fn image(p: &Oracle, [a, b]: [&End; 2]) -> Oracle {
    let line = |a: &Rational, b: &Rational| Polynomial::new(vec![a.clone(), b.clone()]);
    let (above, below) = (line(&a.0, &b.0), line(&a.1, &b.1));
    let power = |p: &Oracle, k: usize| (0..k).fold(Oracle::one(), |power, _| &power * p);
    let degree = length(p) - 1;
    let terms = p
        .data()
        .iter()
        .take(degree + 1)
        .enumerate()
        .map(|(k, value)| {
            let product = &power(&above, k) * &power(&below, degree - k);
            &product * &Polynomial::new(vec![value.clone()])
        });
    terms.fold(Oracle::zero(), |sum, term| &sum + &term)
}

fn sign_changes(p: &Oracle) -> usize {
    let signs: Vec<bool> = p
        .data()
        .iter()
        .filter(|x| !x.is_zero())
        .map(|x| *x > Rational::zero())
        .collect();
    signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// The exponents and coefficients as the rule `roots` has them.
fn sparse(p: &Oracle) -> Vec<(u32, Rational)> {
    let terms = (0_u32..).zip(p.data().iter().cloned());
    terms.filter(|(_, value)| !value.is_zero()).collect()
}

/// −∞, a number, ∞.
fn end() -> impl Strategy<Value = End> {
    let number = (-9_i64..=9, 1_i64..=4).prop_map(|(n, d)| Rational::new(n.into(), d.into()));
    prop_oneof![
        1 => Just(roots::end(None, -1)),
        1 => Just(roots::end(None, 1)),
        8 => number.prop_map(|number| roots::end(Some(&number), 0)),
    ]
}

/// Small coefficients, so that roots lie between small numbers, and often at one.
fn with_roots() -> impl Strategy<Value = Oracle> {
    let factor =
        (-4_i64..=4, 1_i64..=2).prop_map(|(n, d)| Polynomial::new(vec![whole(-n), whole(d)]));
    let linear = prop::collection::vec(factor, 0..4);
    let other = prop::collection::vec((-5_i64..=5).prop_map(whole), 1..4).prop_map(Polynomial::new);
    (linear, other)
        .prop_map(|(factors, other)| {
            factors
                .iter()
                .fold(other, |product, factor| &product * factor)
        })
        .prop_filter("not zero", |p| length(p) > 0)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sums_and_multiples(p in polynomial(12), q in polynomial(12), factor in coefficient()) {
        let (f, g) = (kernel(&p), kernel(&q));
        prop_assert_eq!(coefficients(&f.clone().plus(g.clone()).unwrap()), &p + &q);
        let minus = g.scaled(&whole(-1));
        prop_assert_eq!(coefficients(&f.clone().plus(minus).unwrap()), &p - &q);
        let multiple = &p * &Polynomial::new(vec![factor.clone()]);
        prop_assert_eq!(coefficients(&f.scaled(&factor)), multiple);
        prop_assert!(f.clone().plus(f.scaled(&whole(-1))).unwrap().is_zero());
    }

    #[test]
    fn products(p in polynomial(9), q in polynomial(9)) {
        let product = kernel(&p).times(&kernel(&q)).unwrap();
        let found = coefficients(&product);
        prop_assert_eq!(&found, &(&p * &q));
        let values = interpolated(length(&p) + length(&q), |x| p.eval(x.clone()) * q.eval(x));
        prop_assert_eq!(found, values);
        prop_assert_eq!(coefficients(&product.reduced().unwrap()), &p * &q);
    }

    #[test]
    fn powers(p in polynomial(4), exponent in 0_u32..6) {
        let found = coefficients(&kernel(&p).power(exponent).unwrap());
        let product = (0..exponent).fold(Oracle::one(), |power, _| &power * &p);
        prop_assert_eq!(&found, &product);
        let times = usize::try_from(exponent).unwrap();
        let values = interpolated(length(&p) * times + 1, |x| {
            let value = p.eval(x);
            (0..exponent).fold(Rational::one(), |power, _| power * &value)
        });
        prop_assert_eq!(found, values);
    }

    #[test]
    fn compositions(p in polynomial(4), q in polynomial(4)) {
        let found = coefficients(&composed(&kernel(&p), &kernel(&q)));
        prop_assert_eq!(&found, &composition(&p, &q));
        let values = interpolated(length(&p) * length(&q) + 1, |x| p.eval(q.eval(x)));
        prop_assert_eq!(found, values);
    }

    #[test]
    fn values(p in polynomial(9), x in coefficient()) {
        let value = composed(&kernel(&p), &Poly::constant(x.clone()));
        prop_assert_eq!(coefficients(&value), Polynomial::new(vec![p.eval(x)]));
    }

    /// The number times the factors is the polynomial again, and the factors have coprime integers as coefficients.
    #[test]
    fn factors(p in polynomial(9)) {
        let Some((number, factors)) = kernel(&p).factors().unwrap() else {
            prop_assert_eq!(length(&p), 0);
            return Ok(());
        };
        let mut product = Polynomial::new(vec![number]);
        for (factor, exponent) in factors {
            let factor = coefficients(&factor);
            prop_assert!(factor.data().iter().all(Rational::is_integer));
            let common = factor.data().iter().fold(Int::zero(), |common, x| common_divisor(&common, x.numer()));
            prop_assert!(common.is_one() && *factor.data().last().unwrap() > Rational::zero());
            product = (0..exponent).fold(product, |product, _| &product * &factor);
        }
        prop_assert_eq!(product, p);
    }

    /// What the rule `roots` sees between two ends: the sign changes of the substituted polynomial.
    #[test]
    fn substitutions_of_the_rule_roots(p in with_roots(), a in end(), b in end()) {
        let found = roots::between(&sparse(&p), &a, &b);
        if &a.0 * &b.1 >= &b.0 * &a.1 {
            prop_assert_eq!(found, Err(Rejection::Premise(Premise::Ends, vec![])));
            return Ok(());
        }
        let image = image(&p, [&a, &b]);
        let degree = i32::try_from(length(&p) - 1).unwrap();
        let values = interpolated(length(&p), |x| {
            let (above, below) = (&a.0 + &b.0 * &x, &a.1 + &b.1 * &x);
            if below.is_zero() {
                return image.eval(x);
            }
            p.eval(above / &below) * below.pow(degree)
        });
        prop_assert_eq!(&image, &values);
        match sign_changes(&image) {
            changes @ 0..=1 => prop_assert_eq!(found, Ok(changes)),
            changes => prop_assert_eq!(found, Err(Rejection::Premise(Premise::SignChanges, vec![changes]))),
        }
    }

    /// A point of the rule counts exactly if the polynomial vanishes there.
    #[test]
    fn points_of_the_rule_roots(p in with_roots(), point in (-9_i64..=9, 1_i64..=2), a in end(), b in end()) {
        let point = Rational::new(point.0.into(), point.1.into());
        let middle = roots::end(Some(&point), 0);
        let parts = [(&a, &middle), (&middle, &b)].map(|(a, b)| roots::between(&sparse(&p), a, b));
        let found = roots::count(&sparse(&p), [a.clone(), b.clone()], std::slice::from_ref(&point));
        let [Ok(left), Ok(right)] = parts else {
            prop_assert!(found.is_err());
            return Ok(());
        };
        prop_assert_eq!(found, Ok(left + right + usize::from(p.eval(point).is_zero())));
    }
}

/// The greatest common divisor, apart from the kernel's.
fn common_divisor(a: &Int, b: &Int) -> Int {
    let (mut a, mut b) = (a.clone(), b.clone());
    while !b.is_zero() {
        let rest = &a % &b;
        a = b;
        b = rest;
    }
    if a < Int::zero() { -a } else { a }
}
