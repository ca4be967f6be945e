//! Defends experiments as claims: three outcomes told apart, words refused at their place, the same whatever the threads, never called proved.

#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::Value;
use spurious::ledger::source::load;
use spurious::ledger::syntax::Verdict;
use spurious::report::Verification;
use spurious::train::claimed::Size;
use spurious::verify::{Outcomes, verify, verify_in};
use std::path::PathBuf;

const FIELDS: &str = "data \"ss89\" minimum [1.353, 1.353, 1.353, 1.352, 1.352] start ball(1) steps 300 estimate inside";

/// A claim file with one experiment: fields besides the usual ones, the recorded verdict.
fn file(folder: &tempfile::TempDir, fields: &str, verdict: &str) -> PathBuf {
    let path = folder.path().join("a.claims");
    let text = format!(
        "paper a\nclaim a.b \"c\"\n  printed \"d\"\n  experiment {{\n{fields}\n}}\n  verdict {verdict}\n"
    );
    std::fs::write(&path, text).unwrap();
    path
}

fn report(fields: &str, verdict: &str, size: Size) -> (Outcomes, Verification) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = load(&[file(&folder, &format!("{FIELDS} {fields}"), verdict)]).unwrap();
    let outcomes = verify_in(&ledger, size, &|_| {});
    let model = Verification::new(&ledger, &outcomes, false);
    (outcomes, model)
}

fn error(fields: &str, verdict: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    load(&[file(&folder, fields, verdict)])
        .unwrap_err()
        .to_string()
}

#[test]
fn an_experiment_supports_contradicts_or_decides_nothing() {
    for (fields, verdict, found, supports, unexpected) in [
        (
            "algorithm batch(rate = 1/20) runs 100 claimed >= 0.9",
            "measured",
            "measured",
            Some(true),
            0,
        ),
        (
            "algorithm batch(rate = 1/20) runs 100 claimed <= 0.9",
            "measured against",
            "measured",
            Some(false),
            0,
        ),
        (
            "algorithm batch(rate = 1/20) runs 100 claimed <= 0.9",
            "measured",
            "open",
            Some(false),
            1,
        ),
        (
            "algorithm batch(rate = 1/20) runs 100 claimed >= 0.9",
            "measured against",
            "open",
            Some(true),
            1,
        ),
        (
            "algorithm batch(rate = 1/20) runs 3, 100 claimed >= 0.9",
            "measured in_full",
            "open",
            None,
            0,
        ),
        (
            "algorithm batch(rate = 1/20) runs 3, 100 claimed >= 0.9",
            "measured",
            "open",
            None,
            1,
        ),
        (
            "algorithm batch(of_bound = 6/5) runs 100 claimed between 0, 0.1",
            "measured",
            "measured",
            Some(true),
            0,
        ),
        (
            "algorithm batch(rate = 1/20) against batch(rate = 1) runs 100 claimed >= 0.8",
            "measured",
            "measured",
            Some(true),
            0,
        ),
    ] {
        let (_, model) = report(fields, verdict, Size::Reduced);
        let claim = &model.claims[0];
        assert_eq!(
            (claim.verdict, model.summary.unexpected),
            (found, unexpected),
            "{fields} {verdict}"
        );
        assert_eq!(
            claim.measured.as_ref().unwrap().supports,
            supports,
            "{fields} {verdict}"
        );
        assert!(claim.by.is_none() && claim.certificate.is_none() && claim.statement.is_none());
    }
}

#[test]
fn the_size_is_said_and_decides() {
    let fields = "algorithm batch(rate = 1/20) runs 3, 100 claimed >= 0.9";
    let (_, reduced) = report(fields, "measured in_full", Size::Reduced);
    let (_, full) = report(fields, "measured in_full", Size::Full);
    let text = spurious::report::text::render(&reduced);
    assert!(
        text.contains("3 runs of 100 (reduced size)") && text.contains("--experiments"),
        "{text}"
    );
    assert_eq!(
        (reduced.claims[0].expected, full.claims[0].expected),
        ("open", "measured")
    );
    assert_eq!(
        (full.claims[0].verdict, full.summary.unexpected),
        ("measured", 0)
    );
}

#[test]
fn a_claim_that_the_kernel_must_certify_first_is_open_if_it_does_not() {
    let fields =
        "data \"ss89\" minimum [0, 0, 0] algorithm flow runs 9 estimate inside claimed >= 0.9";
    let folder = tempfile::tempdir().unwrap();
    let ledger = load(&[file(&folder, fields, "measured")]).unwrap();
    let outcomes = verify(&ledger, &|_| {});
    assert_eq!(outcomes["a.b"].verdict, Verdict::Open);
    assert!(
        outcomes["a.b"]
            .reason
            .as_deref()
            .unwrap()
            .contains("certified")
    );
}

#[test]
fn what_is_wrong_is_said_at_its_place() {
    for (fields, verdict, expected) in [
        (
            "algorithm flow",
            "measured",
            "4:14: the experiment lacks `data`",
        ),
        (
            "data \"ss89\" algorithm batch(speed = 2) runs 9 estimate inside claimed >= 1",
            "measured",
            "5:23: `batch` has no number speed",
        ),
        (
            "data \"ss89\" algorithm magic runs 9 estimate inside claimed >= 1",
            "measured",
            "`magic` is none of batch",
        ),
        (
            "data \"ss89\" algorithm flow runs 9 estimate beauty claimed >= 1",
            "measured",
            "`beauty` is none of inside",
        ),
        (
            "data \"ss89\" algorithm flow start here runs 9 estimate inside claimed >= 1",
            "measured",
            "`here` is none of minimum",
        ),
        (
            "data \"ss89\" algorithm flow runs 9, 3 estimate inside claimed >= 1",
            "measured",
            "the larger one",
        ),
        (
            "data \"ss89\" algorithm flow estimate inside claimed >= 1",
            "measured",
            "lacks `runs`",
        ),
        (
            "data \"ss89\" algorithm flow runs 9 estimate inside",
            "measured",
            "lacks `claimed`",
        ),
        (
            "data \"ss89\" data \"ss89\" algorithm flow runs 9 estimate inside claimed >= 1",
            "measured",
            "given twice",
        ),
        (
            "data \"none.csv\" algorithm flow runs 9 estimate inside claimed >= 1",
            "measured",
            "5:6: data file none.csv",
        ),
        (
            "colour 3",
            "measured",
            "5:1: expected `}`, `claimed` or one of data",
        ),
        (
            "data \"ss89\" algorithm flow runs 9 estimate inside claimed >= 1",
            "proved",
            "belong together",
        ),
    ] {
        let message = error(fields, verdict);
        assert!(message.contains(expected), "{fields}: {message}");
    }
}

#[test]
fn experiments_do_not_depend_on_the_number_of_threads() {
    let path = [PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/proofs/ss89/experiments.claims"
    ))];
    let with = |threads: usize| -> Value {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let ledger = load(&path).unwrap();
        let outcomes = pool.install(|| verify(&ledger, &|_| {}));
        serde_json::to_value(Verification::new(&ledger, &outcomes, false)).unwrap()
    };
    let one = with(1);
    assert_eq!(one, with(3));
    assert!(one["claims"][0]["measured"]["supports"].as_bool().unwrap());
}
