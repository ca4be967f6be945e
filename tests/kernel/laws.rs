//! What laws and theorems of calculus say, against a naive evaluation in floats.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use crate::naive::World;
use spurious::kernel::calculus::{self, Theorem};
use spurious::kernel::facts;
use spurious::kernel::reduce::Reducer;
use spurious::kernel::rejection::{Premise, Rejection};
use spurious::kernel::sexp;
use spurious::kernel::term::{Formula, Name, Term};
use std::collections::{BTreeMap, BTreeSet};

fn term(text: &str) -> Term {
    sexp::read(text).unwrap().read().unwrap()
}

fn formula(text: &str) -> Formula {
    sexp::read(text).unwrap().read().unwrap()
}

#[test]
fn no_law_fails_at_a_point() {
    let samples = [-3.0, -1.25, -0.5, 0.0, 0.75, 1.0, 2.5];
    let names: Vec<Name> = vec!["s".into(), "t".into()];
    let terms = [Term::Variable("s".into()), Term::Variable("t".into())];
    for law in facts::LAWS.into_iter().map(facts::name) {
        let instance = (0..=2)
            .find_map(|count| facts::instance(&law.into(), terms.get(..count)?).ok())
            .unwrap();
        for (s, t) in samples.iter().flat_map(|s| samples.map(|t| (*s, t))) {
            let values = names.iter().cloned().zip([s, t]).collect();
            let world = World {
                definitions: &[],
                values,
            };
            assert_ne!(world.holds(&instance), Some(false), "{law} at {s}, {t}");
        }
    }
}

/// The theorem about f as a function of t between a and b, carried out.
fn theorem(theorem: Theorem, f: &str, a: &str, b: &str) -> Result<Formula, Rejection> {
    let scope: BTreeSet<Name> = ["x".into()].into();
    let instance = calculus::instance(theorem, &term(f), &"t".into(), [&term(a), &term(b)])?;
    Reducer::default().formula(&instance, &scope)
}

#[test]
fn a_theorem_says_what_the_format_chapter_says() {
    let found = theorem(Theorem::Increasing, "(/ (sqrt t) (log t))", "2", "x").unwrap();
    let expected = "(implies (and (< 2 x)
      (forall (t) (implies (and (<= 2 t) (<= t x))
        (and (!= (log t) 0) (<= 0 t) (< 0 t))))
      (forall (t) (implies (and (< 2 t) (< t x))
        (and (< 0 (+ (/ (* (/ 1 (* 2 (sqrt t))) 1) (log t))
                     (/ (* -1 (sqrt t) (* (/ 1 t) 1)) (^ (log t) 2))))
             (!= (log t) 0) (< 0 t) (< 0 t)))))
      (< (/ (sqrt 2) (log 2)) (/ (sqrt x) (log x))))";
    assert_eq!(found, formula(expected));
    let found = theorem(Theorem::Zero, "(+ (^ t 2) -2)", "0", "x").unwrap();
    let expected = "(implies (and (<= 0 x)
      (forall (t) (implies (and (<= 0 t) (<= t x)) (and)))
      (<= (+ (^ 0 2) -2) 0) (<= 0 (+ (^ x 2) -2)))
      (exists (t) (and (<= 0 t) (<= t x) (= (+ (^ t 2) -2) 0))))";
    assert_eq!(found, formula(expected));
    let found = theorem(Theorem::Congruence, "(abs t)", "1", "x").unwrap();
    let expected = "(implies (and (= 1 x)) (= (abs 1) (abs x)))";
    assert_eq!(found, formula(expected));
}

#[test]
fn what_has_no_derivative_does_not_grow() {
    for f in ["(abs t)", "(min t 1)", "(max 0 (* 2 t))"] {
        let rejection = theorem(Theorem::Monotone, f, "0", "x").unwrap_err();
        let expected = Rejection::Premise(Premise::Differentiable, Vec::new());
        assert_eq!(rejection, expected, "{f}");
    }
    assert!(theorem(Theorem::Zero, "(abs t)", "0", "x").is_ok());
}

/// The conclusion holds wherever the samples let the premises hold: no theorem is false for these functions.
#[test]
fn no_theorem_fails_on_samples() {
    let functions = [
        "(exp t)",
        "(* -1 (exp t))",
        "(/ 1 t)",
        "(log (+ 2 t))",
        "(+ (^ t 3) (* -1 t))",
        "(sin t)",
        "(arctan t)",
        "(sqrt (+ 4 t))",
        "(/ (tanh t) (+ 1 (^ t 2)))",
    ];
    // Between these ends lies a point of the samples.
    let ends = [
        ("-1", "x", [0.8, 1.5]),
        ("0", "x", [0.8, 1.5]),
        ("x", "1", [-1.5, 0.25]),
        ("1/2", "2", [0.0, 1.0]),
    ];
    let mut decided = 0;
    for f in functions {
        for (a, b, samples) in ends {
            for which in Theorem::ALL {
                let says = theorem(which, f, a, b).unwrap();
                let Formula::Implies(premise, conclusion) = &says else {
                    panic!("{says}");
                };
                for x in samples {
                    let values = BTreeMap::from([("x".into(), x)]);
                    let world = World {
                        definitions: &[],
                        values,
                    };
                    // A universal premise cannot be shown by samples, only refuted.
                    let refuted = world.holds(premise) == Some(false);
                    let holds = world.holds(conclusion);
                    let existence = which == Theorem::Zero;
                    decided += usize::from(refuted);
                    assert!(
                        refuted || existence || holds != Some(false),
                        "{which:?} of {f} from {a} to {b} at x = {x}"
                    );
                }
            }
        }
    }
    assert!(decided > 50, "{decided}");
}
