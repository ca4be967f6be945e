//! Deliberately false neighbours of the claims of the ledger: none may come out as proved, neither by what is written nor
//! by the search without a script.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use spurious::ledger::source::{Ledger, load};
use spurious::ledger::syntax::Verdict;
use spurious::ledger::verify::verify;
use std::path::PathBuf;

/// The neighbours, each with its imports.
fn neighbours() -> Ledger {
    load(&[PathBuf::from("tests/neighbours")]).expect("the neighbours are well written")
}

/// The ids that stand in the folder itself.
fn wanted(ledger: &Ledger) -> Vec<&str> {
    let ids = ledger.entries.iter().map(|entry| entry.claim.id.as_str());
    ids.filter(|id| ledger.wanted.contains(*id)).collect()
}

#[test]
fn none_is_recorded_as_proved() {
    let ledger = neighbours();
    assert!(wanted(&ledger).len() >= 50);
    for entry in ledger.entries.iter().filter(|entry| ledger.wanted.contains(&entry.claim.id)) {
        assert_ne!(entry.claim.verdict, Verdict::Proved, "{}", entry.claim.id);
    }
}

#[test]
fn each_has_the_recorded_verdict() {
    let ledger = neighbours();
    let outcomes = verify(&ledger, &|_| {});
    for id in wanted(&ledger) {
        let outcome = &outcomes[id];
        let recorded = ledger.entry(id).expect("it stands there").claim.verdict;
        assert_eq!(outcome.verdict, recorded, "{id}: {:?}", outcome.reason);
    }
}

#[test]
fn none_is_proved_by_the_search_alone() {
    let mut ledger = neighbours();
    ledger.entries.retain(|entry| ledger.wanted.contains(&entry.claim.id));
    for entry in &mut ledger.entries {
        entry.claim.verdict = Verdict::Proved;
        entry.claim.script = Vec::new();
        entry.premises = Vec::new();
    }
    let outcomes = verify(&ledger, &|_| {});
    for (id, outcome) in &outcomes {
        assert_ne!(outcome.verdict, Verdict::Proved, "{id} is false");
    }
    assert_eq!(outcomes.len(), ledger.entries.len());
}
