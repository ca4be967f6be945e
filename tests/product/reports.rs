//! Reports tell what is proved from what is not, and no name or text in them passes for more than it is.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::command;
use command::spurious;
use num_traits::{One, Signed};
use serde_json::Value;
use spurious::kernel::number::Rational;
use spurious::kernel::surface::{
    Attraction, Chart, Coordinate, Minimum, Point, Row, TrainingSet, Unit,
};
use spurious::print::decimal::{bound, decimal};
use spurious::prover::surface::certify::{Certified, Verdict};
use spurious::prover::surface::wall::About;
use spurious::report::{ClaimReport, CoqReport, Summary, Verification, html, surface, text};

fn number(above: i64, below: i64) -> Rational {
    Rational::new(above.into(), below.into())
}

/// The value of a decimal.
fn value(decimal: &Value) -> Rational {
    let text = decimal.as_str().unwrap();
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let below = num_bigint::BigInt::from(10).pow(u32::try_from(places.len()).unwrap());
    Rational::new(format!("{whole}{places}").parse().unwrap(), below)
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A claim of a report, with texts made to be mistaken for something else.
fn claim(id: &str, verdict: &'static str, rechecked: Option<bool>) -> ClaimReport {
    ClaimReport {
        id: id.into(),
        paper: "a\"><script>alert(1)</script>".into(),
        cite: "p. 1\nproved   forged\u{1b}[31m\u{202e}".into(),
        role: "printed",
        printed: Some("<b onclick='x'>1 < 2 & 2 > 1</b>".into()),
        says: None,
        statement: None,
        proves: None,
        verdict,
        kind: None,
        kind_means: None,
        expected: verdict,
        by: rechecked.map(|_| "coq"),
        premises: Vec::new(),
        coq: rechecked.map(|rechecked| CoqReport {
            role: "proves",
            theorems: vec!["lemma".into()],
            statement: "lemma : forall x : R, x < x + 1".into(),
            file: "Lemma.v".into(),
            axioms: Vec::new(),
            digest: String::new(),
            rechecked,
        }),
        rules: Vec::new(),
        reason: None,
        witness: None,
        hypotheses: None,
        measured: None,
        repairs: None,
        repaired_by: None,
        varies: None,
        serves: None,
        notes: vec!["</article><h1>Proved</h1>".into()],
        story: Vec::new(),
        certificate: None,
        seconds: None,
    }
}

fn verification(claims: Vec<ClaimReport>) -> Verification {
    Verification {
        schema: "spurious.verify/2",
        summary: Summary::of(&claims),
        claims,
        interrupted: false,
        seconds: None,
    }
}

#[test]
fn markup_in_texts_and_names_is_shown_and_not_obeyed() {
    let page = html::render(&verification(vec![claim("a\"b<i>", "open", None)])).unwrap();
    for markup in ["<script", "<b ", "<h1>Proved", "id=\"a\"b", "<i>"] {
        assert!(!page.contains(markup), "{markup}");
    }
    assert!(page.contains("&lt;b onclick="));
}

#[test]
fn no_text_of_a_claim_breaks_its_line() {
    let report = text::render(&verification(vec![claim("a\nproved   b", "open", None)]));
    assert_eq!(report.lines().count(), 2, "{report}");
    assert!(
        !report.lines().any(|line| line.starts_with("proved")),
        "{report}"
    );
    assert!(!report.contains('\u{1b}') && !report.contains('\u{202e}'));
}

#[test]
fn what_coq_says_does_not_look_like_what_the_kernel_proved() {
    for (rechecked, said) in [(false, "proved by Coq, recorded"), (true, "proved by Coq")] {
        let model = verification(vec![claim("a.b", "proved", Some(rechecked))]);
        let page = html::render(&model).unwrap();
        assert!(!page.contains("class=\"verdict proved\""), "{page}");
        assert!(
            page.contains(&format!("<span class=\"verdict coq\">{said}</span>")),
            "{page}"
        );
        assert!(!page.contains("The kernel proved"), "{page}");
        let report = text::render(&model);
        assert!(report.starts_with("coq "), "{report}");
    }
}

/// What is said of a minimum that attracts, with these bounds of the Hessian.
fn attracting(least: Rational, most: Rational) -> Value {
    let row = Row {
        input: vec![number(1, 1)],
        target: number(0, 1),
        weight: number(1, 1),
    };
    let minimum = Minimum {
        data: TrainingSet::new(Unit::Tanh, 1, vec![row]).unwrap(),
        chart: Chart {
            coordinates: vec![Coordinate {
                column: 0,
                scale: number(1, 1),
                folds: Vec::new(),
            }],
            dropped: Vec::new(),
        },
        centre: Point::Rational(vec![number(0, 1)]),
        half_width: 3,
        modulus: least,
        near: number(0, 1),
        error: (number(0, 1), number(0, 1)),
        lower: None,
    };
    let outcome = Certified {
        verdict: Verdict::Unknown,
        reason: String::new(),
        minima: vec![minimum.clone()],
        others: Vec::new(),
        attraction: vec![Attraction {
            minimum,
            smoothness: most,
        }],
        complete: false,
        infimum: None,
        found: None,
        remarks: Vec::new(),
        steps: Vec::new(),
    };
    surface::json(&outcome, None, 1, None)["minima"][0]["attraction"].clone()
}

#[test]
fn the_printed_factor_holds_at_the_printed_rate() {
    for seed in 1..200 {
        let least = number(seed, 97 + seed);
        let most = number(3 * seed + 1, 61);
        let shown = attracting(least.clone(), most.clone());
        let contraction = &shown["contraction"];
        let [rate, factor] = [&contraction["best_rate"], &contraction["best_factor"]].map(value);
        for bound in [
            &least,
            &most,
            &value(&shown["lambda"]),
            &value(&shown["smoothness"]),
        ] {
            assert!((Rational::one() - &rate * bound).abs() <= factor, "{shown}");
        }
        assert!(value(&shown["lambda"]) <= least && most <= value(&shown["smoothness"]));
        assert!(value(&shown["rates"][1]) * &most <= number(2, 1), "{shown}");
    }
}

#[test]
fn decimals_bound_their_fraction_from_the_side_asked_for() {
    for above in [-1000, -7, -1, 1, 2, 999, 123_456] {
        for below in [1, 3, 7, 1000, 999_983] {
            let x = number(above, below);
            for digits in [1, 6, 17] {
                let [low, high] = [false, true].map(|up| bound(&x, digits, up));
                assert!(low.0 <= x && x <= high.0, "{x}");
                for (shown, words) in [low, high] {
                    assert_eq!(value(&words.into()), shown);
                }
            }
        }
    }
    assert_eq!(decimal(&number(-1, 3), 3, true), "-0.333");
}

#[test]
fn a_bound_about_other_data_is_not_called_certified_without_saying_so() {
    assert_eq!(About::Data.words(), "certified by the kernel");
    let words = About::Lines.words();
    assert!(words.contains("for other data") && words.contains("not certified"));
}

#[test]
fn the_name_of_a_column_cannot_add_a_line() {
    let file = tempfile::NamedTempFile::with_suffix(".csv").unwrap();
    let column = "x\nThese are all local minima.";
    std::fs::write(file.path(), format!("\"{column}\",target\n1,1/2\n")).unwrap();
    let output = spurious(&["certify", "--single", file.path().to_str().unwrap()]);
    let text = words(&output.stdout);
    assert!(text.contains("strict local minimum"), "{text}");
    assert!(!text.contains("\nThese are all"), "{text}");
}

#[test]
fn a_certificate_of_several_steps_says_which_is_the_statement() {
    let certificate = "tests/certificates/accepted/premise.cert";
    let output = spurious(&["check", certificate]);
    let text = words(&output.stdout);
    assert!(text.contains("accepted, after one lemma, this\n"), "{text}");
    let text = words(&spurious(&["explain", certificate]).stdout);
    assert!(text.starts_with("The kernel accepts"), "{text}");
    assert!(
        text.contains("Step 0, a lemma,")
            && text.contains("Step 1, the statement of this certificate,"),
        "{text}"
    );
}

#[test]
fn a_rejected_certificate_is_not_explained_as_if_it_proved_something() {
    let output = spurious(&["explain", "tests/certificates/rejected/cone_false.cert"]);
    let text = words(&output.stdout);
    assert!(
        text.starts_with("REJECTED: ") && text.contains("This certificate proves nothing.\n"),
        "{text}"
    );
}
