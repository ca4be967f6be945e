//! The rule `only` on forged certificates, each rejected for its own reason, and false neighbours of Theorem 1's readings.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use spurious::kernel::number::Rational;
use spurious::kernel::rejection::Rejection;
use spurious::kernel::verdict::Proved;
use spurious::ledger::source::load;
use spurious::ledger::verify::verify;

/// One instance of target 1/2: E = (tanh x − 1/2)² has one critical point, its minimum, at e^(2x) = 3.
const GOOD: &str = include_str!("certificates/accepted/only.cert");

/// The first formula of the rule for [`GOOD`], as far as its proof repeats it.
const EQUATION: &str = "(= (+ (* 1 1 (/ (* (* 8 (/ (* (^ eta1 1)) (*))) (+ (* 0 (^ (/ (* (^ eta1 1)) (*)) 2)) \
                        (* 1/2 (/ (* (^ eta1 1)) (*))) -3/2)) (^ (+ 1 (/ (* (^ eta1 1)) (*))) 3)))) 0)";

fn forged(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(GOOD.to_string(), |text, (from, to)| {
        assert!(text.contains(from), "{from} is in the certificate");
        text.replace(from, to)
    })
}

fn reason(changes: &[(&str, &str)]) -> Rejection {
    match Proved::check_text(&forged(changes)) {
        Err(rejection) => rejection,
        Ok(proved) => panic!("{changes:?} is accepted: {}", proved.last().unwrap().statement()),
    }
}

/// What is replaced, and by what.
type Change<'c> = (&'c str, String);

#[test]
fn the_certificate_itself_is_accepted() {
    Proved::check_text(GOOD).unwrap();
}

#[test]
fn forgeries_are_rejected_for_their_own_reason() {
    let rows = || Rejection::Only("the rows are not the basis times the rows of the minimum");
    let bounds = || Rejection::Only("the bounds do not lie in the box of the minimum");
    let statement = "(surface (has-spurious (data tanh 1 (((1) 1/2 1)))))";
    let stated = |data: &str| format!("(surface (has-spurious (data {data})))");
    let minimum = "(data tanh 1 (((1) 1/2 1)))\n";
    let table: Vec<(&str, Vec<Change<'_>>, Rejection)> = vec![
        ("lower bound outside the box", vec![("((29/10 31/10))", "((2 31/10))".into())], bounds()),
        ("upper bound outside the box", vec![("((29/10 31/10))", "((29/10 4))".into())], bounds()),
        ("a lower bound of 0", vec![("((29/10 31/10))", "((0 31/10))".into())], bounds()),
        ("bounds of no monomial", vec![("((29/10 31/10))", "()".into())], bounds()),
        ("bounds of two monomials", vec![("((29/10 31/10))", "((29/10 31/10) (29/10 31/10))".into())], bounds()),
        ("no basis", vec![("(only ((1))", "(only ()".into())], rows()),
        (
            "singular basis",
            vec![("(only ((1))", "(only ((0))".into()), (statement, stated("tanh 1 (((0) 1/2 1))"))],
            rows(),
        ),
        ("another basis", vec![("(only ((1))", "(only ((2))".into())], rows()),
        ("another input", vec![(statement, stated("tanh 1 (((2) 1/2 1))"))], rows()),
        ("another target", vec![(statement, stated("tanh 1 (((1) 1/3 1))"))], rows()),
        ("another weight", vec![(statement, stated("tanh 1 (((1) 1/2 2))"))], rows()),
        ("one row more", vec![(statement, stated("tanh 1 (((1) 1/2 1) ((1) 1/2 1))"))], rows()),
        ("a logistic unit", vec![(statement, stated("logistic 1 (((1) 1/2 1))"))], rows()),
        ("the minimum of a logistic unit", vec![(minimum, "(data logistic 1 (((1) 1/2 1)))\n".into())], rows()),
        (
            "a minimum elsewhere",
            vec![("(52776558133248)", "(52776558133249)".into())],
            Rejection::Response { row: 0, claimed: 4_611_686_018_427_387_904_u64.into() },
        ),
        (
            "an input that is no integer",
            vec![(statement, stated("tanh 1 (((1/2) 1/2 1))")), (minimum, "(data tanh 1 (((1/2) 1/2 1)))\n".into())],
            Rejection::NotInteger { row: 0, column: 0, entry: Rational::new(1.into(), 2.into()) },
        ),
        (
            "the first formula without its premise",
            vec![(EQUATION, "(= eta1 3)".into())],
            Rejection::NotTheHypothesis(1),
        ),
    ];
    for (name, changes, expected) in &table {
        let changes: Vec<(&str, &str)> = changes.iter().map(|(from, to)| (*from, to.as_str())).collect();
        assert_eq!(reason(&changes), *expected, "{name}");
    }
}

/// The second formula states the error of the minimum: with a larger one its proof no longer fits.
#[test]
fn a_larger_error_is_not_below_the_error_elsewhere() {
    let larger = [("(-1/72057594037927936 1/72057594037927936)", "(-1/72057594037927936 1)")];
    assert!(matches!(reason(&larger), Rejection::NotTheCombination(_)));
}

/// What is recorded of the false neighbours of Theorem 1's readings does not come out; the contrary may.
#[test]
fn false_neighbours_do_not_come_out() {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/proofs/data");
    let basis = "[[1,1,1,-1,-1],[1,1,-1,1,-1],[1,-1,1,-1,1],[-1,1,1,-1,1],[-1,1,1,1,-1]]";
    let claim = |id: &str, file: &str, rest: &str| {
        format!("claim {id} \"-\" printed \"-\" show spurious(\"{data}/{file}\") {rest}\n")
    };
    let near = |low: &str, high: &str| format!("list(k in 1..5: [{low}, {high}])");
    let refuted = |bounds: &str| format!("verdict refuted proof {{ only {basis}, {bounds} {{ }} {{ }} }}");
    let text = [
        "paper false\n".to_string(),
        claim("spurious-v7", "ss89-v7.csv", "verdict proved"),
        claim("not-spurious-corrected", "ss89-corrected.csv", &refuted(&near("14.9", "15.1"))),
        claim("not-spurious-v11", "ss89-v11.csv", &refuted(&near("14.9", "15.1"))),
        claim("no-script", "ss89-corrected.csv", "verdict refuted"),
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("false.claims");
    std::fs::write(&path, text.concat()).unwrap();
    let ledger = load(&[path]).unwrap();
    let outcomes = verify(&ledger, &|_| {});
    assert_eq!(outcomes.len(), 4);
    for entry in &ledger.entries {
        assert_ne!(outcomes[&entry.claim.id].verdict, entry.claim.verdict, "{}", entry.claim.id);
    }
}
