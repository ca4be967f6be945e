//! Lemmas of the field without scripts: each comes out as recorded, and none that is false is called proved.
//!
//! One file of `tests/lemmas/` holds one family. A false neighbour has `false` in its id. A lemma that is recorded as open
//! says why.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use spurious::ledger::source::{Ledger, load};
use spurious::ledger::syntax::Verdict;
use spurious::verify::verify;
use std::path::PathBuf;

fn lemmas() -> Ledger {
    load(&[PathBuf::from("tests/lemmas")]).expect("the lemmas are well written")
}

/// Whether the claim is a false neighbour.
fn is_false(id: &str) -> bool {
    id.split('.').any(|part| part == "false")
}

#[test]
fn each_comes_out_as_recorded() {
    let ledger = lemmas();
    assert!(ledger.entries.len() >= 300, "{}", ledger.entries.len());
    let outcomes = verify(&ledger, &|_| {});
    let differing: Vec<String> = ledger
        .entries
        .iter()
        .map(|entry| (&entry.claim, &outcomes[&entry.claim.id]))
        .filter(|(claim, outcome)| claim.verdict != outcome.verdict)
        .map(|(claim, outcome)| format!("{}: {:?} {:?}", claim.id, outcome.verdict, outcome.reason))
        .collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn records_agree_with_the_truth() {
    let ledger = lemmas();
    for entry in &ledger.entries {
        let (id, verdict) = (&entry.claim.id, entry.claim.verdict);
        let wrong = if is_false(id) {
            Verdict::Proved
        } else {
            Verdict::Refuted
        };
        assert_ne!(verdict, wrong, "{id}");
        assert!(entry.claim.script.is_empty(), "{id} has a script");
    }
}

/// As if each were on record as proved: the search for a proof comes first, and must not find one.
#[test]
fn no_false_neighbour_is_proved() {
    let mut ledger = lemmas();
    ledger.entries.retain(|entry| is_false(&entry.claim.id));
    assert!(ledger.entries.len() >= 80, "{}", ledger.entries.len());
    for entry in &mut ledger.entries {
        entry.claim.verdict = Verdict::Proved;
    }
    let outcomes = verify(&ledger, &|_| {});
    let proved: Vec<&String> = outcomes
        .iter()
        .filter(|(_, outcome)| outcome.verdict == Verdict::Proved)
        .map(|(id, _)| id)
        .collect();
    assert!(proved.is_empty(), "false, and proved: {proved:?}");
}
