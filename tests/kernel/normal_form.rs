//! The normal form and the formal derivative against naive evaluation, and against `SymPy`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use crate::naive;
use num_traits::{One, Pow};
use proptest::prelude::*;
use spurious::kernel::normal::{Atoms, Normal};
use spurious::kernel::number::{Rational, parse_rational};
use spurious::kernel::reduce::Reducer;
use spurious::kernel::sexp;
use spurious::kernel::term::{Name, Term};
use spurious::kernel::verdict::Proved;
use spurious::print::normal::{divisor, term as written};
use std::collections::{BTreeMap, BTreeSet};

fn term(depth: u32) -> impl Strategy<Value = Term> {
    let number =
        (-5i64..6, 1i64..4).prop_map(|(a, b)| Term::Number(Rational::new(a.into(), b.into())));
    let variable =
        prop::sample::select(vec!["x", "y", "z"]).prop_map(|name| Term::Variable(name.into()));
    prop_oneof![number, variable].prop_recursive(depth, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Term::Sum),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Term::Product),
            (inner.clone(), inner.clone())
                .prop_map(|(a, b)| Term::Quotient(Box::new(a), Box::new(b))),
            (inner, 0u32..4).prop_map(|(a, n)| Term::Power(Box::new(a), n)),
        ]
    })
}

fn point() -> impl Strategy<Value = BTreeMap<Name, Rational>> {
    prop::collection::vec((-7i64..8, 1i64..5), 3).prop_map(|values| {
        let values = values
            .into_iter()
            .map(|(a, b)| Rational::new(a.into(), b.into()));
        ["x", "y", "z"]
            .iter()
            .map(|name| Name::from(*name))
            .zip(values)
            .collect()
    })
}

/// The value of a normal form; nothing where one of its conditions vanishes.
fn value(normal: &Normal, atoms: &Atoms, at: &BTreeMap<Name, Rational>) -> Option<Rational> {
    let exact = |term: &Term| naive::exact(term, at).unwrap();
    let zero = Rational::new(0.into(), 1.into());
    if normal
        .conditions
        .iter()
        .any(|condition| exact(&divisor(atoms, *condition)) == zero)
    {
        return None;
    }
    let fraction = atoms.combined(&normal.poly).unwrap();
    let below = fraction
        .divisors
        .iter()
        .fold(Rational::one(), |product, (below, exponent)| {
            product * Pow::pow(exact(&divisor(atoms, *below)), *exponent)
        });
    Some(exact(&written(atoms, &fraction.numerator)) / below)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_normal_form_has_the_value_of_the_term(term in term(4), at in point()) {
        let mut atoms = Atoms::default();
        if let Ok(normal) = atoms.normal(&term) {
            // A term to the power 0 is 1, so the normal form may be defined where the term divides by zero.
            if let (Some(found), Some(expected)) = (value(&normal, &atoms, &at), naive::exact(&term, &at)) {
                prop_assert_eq!(found, expected);
            }
        }
    }

    #[test]
    fn no_condition_is_forgotten(term in term(4), at in point()) {
        let mut atoms = Atoms::default();
        let defined = naive::exact(&Term::Quotient(Box::new(Term::Number(Rational::one())), Box::new(Term::Sum(vec![
            Term::Number(Rational::one()), Term::Power(Box::new(term.clone()), 2)]))), &at);
        if let Ok(normal) = atoms.normal(&term) && defined.is_none() && !zeroth_power(&term) {
            prop_assert!(value(&normal, &atoms, &at).is_none());
        }
    }

    #[test]
    fn an_identity_is_proved_only_where_values_agree(left in term(3), right in term(3), at in point()) {
        let (text, evidence) = (writing(&left, &right), "(fix (x y z) (cone () () ()))");
        let text = format!("(certificate 3 (step () (statement () {text}) {evidence}))");
        if Proved::check_text(&text).is_ok() {
            prop_assert_eq!(naive::exact(&left, &at).unwrap(), naive::exact(&right, &at).unwrap());
        }
    }
}

fn zeroth_power(term: &Term) -> bool {
    let mut found = matches!(term, Term::Power(_, 0));
    term.each(|part| found |= zeroth_power(part));
    found
}

fn writing(left: &Term, right: &Term) -> String {
    let equal = spurious::kernel::term::Formula::Compare(
        left.clone(),
        spurious::kernel::term::Relation::Equal,
        right.clone(),
    );
    let names = ["x", "y", "z"]
        .iter()
        .map(|name| Name::from(*name))
        .collect();
    spurious::certificate::text(&spurious::kernel::term::Formula::Forall(
        names,
        Box::new(equal),
    ))
}

#[test]
fn formal_derivatives_are_those_of_sympy() {
    let names: BTreeSet<Name> = BTreeSet::from(["x".into(), "y".into()]);
    for line in include_str!("../oracle/derivatives.txt").lines() {
        let [text, x, y, expected] = line.split("; ").collect::<Vec<_>>().try_into().unwrap();
        let term = sexp::read(text).unwrap().read().unwrap();
        let derivative = Term::Derivative(Box::new(term), "x".into());
        let reduced = Reducer::default().term(&derivative, &names).unwrap();
        let float =
            |text: &str| num_traits::ToPrimitive::to_f64(&parse_rational(text).unwrap()).unwrap();
        let values = BTreeMap::from([("x".into(), float(x)), ("y".into(), float(y))]);
        let found = naive::World {
            definitions: &[],
            values,
        }
        .value(&reduced)
        .unwrap();
        let expected: f64 = expected.parse().unwrap();
        assert!(
            (found - expected).abs() < 1e-9 * expected.abs().max(1.0),
            "{text}: {found} {expected}"
        );
    }
}
