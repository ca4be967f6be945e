//! How far a refuted claim fails, whose statement a claim is, and the order of a report.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use crate::command;
use command::spurious;
use spurious::ledger::source::load;
use spurious::ledger::syntax::{Failing, Role, Verdict};
use std::path::PathBuf;

const OWN: &str = "paper own
contents own.second, own.first
claim own.helper \"used\"
  says \"on the way\"
  serves own.second-corrected
  show 0 < 1
  verdict proved
claim own.first \"page 1\"
  printed \"the first\"
  show 1 < 2
  verdict proved
claim own.second-corrected \"page 2\"
  says \"the second, corrected\"
  repairs own.second
  show 2 < 3
  verdict proved
  proof { lemma own.helper; }
claim own.second \"page 2\"
  printed \"the second\"
  show 3 < 2
  verdict refuted
  kind misprint
";

fn verified(text: &str, format: &str) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.claims");
    std::fs::write(&file, text).unwrap();
    let output = spurious(&[
        "verify",
        "--no-timing",
        "--format",
        format,
        file.to_str().unwrap(),
    ]);
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        words(&output.stdout),
        words(&output.stderr),
    )
}

#[test]
fn printed_claims_are_counted_apart_and_helpers_are_folded_in_the_order_of_the_paper() {
    let (status, text, error) = verified(OWN, "text");
    assert_eq!(status, Some(0), "{text}{error}");
    assert_eq!(
        text.lines().collect::<Vec<_>>(),
        [
            "refuted  own.second                   page 2",
            "    misprint: the paper goes on with what is right",
            "    the negation is proved",
            "    corrected by own.second-corrected",
            "proved   own.second-corrected         page 2",
            "         with 1 helper, proved",
            "proved   own.first                    page 1",
            "2 printed claims: 1 proved, 1 refuted, 0 open, 0 measured; what is refuted: 1 misprint",
            "1 variants: 1 proved, 0 refuted, 0 open, 0 measured",
            "1 helpers: 1 proved, 0 refuted, 0 open, 0 measured",
            "4 claims: 3 proved, 1 refuted, 0 open, 0 measured; what is refuted: 1 misprint; 0 unexpected",
        ]
    );
    let (_, json, _) = verified(OWN, "json");
    let object: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(object["summary"]["printed"]["kinds"]["misprint"], 1);
    assert_eq!(object["summary"]["printed"]["claims"], 2);
    assert_eq!(object["summary"]["helpers"]["proved"], 1);
    let claim = &object["claims"][0];
    assert_eq!(
        (&claim["id"], &claim["kind"]),
        (&"own.second".into(), &"misprint".into())
    );
    assert_eq!(
        (&claim["role"], &claim["says"]),
        (&"printed".into(), &serde_json::Value::Null)
    );
    assert_eq!(object["claims"][2]["serves"], "own.second-corrected");
}

#[test]
fn a_helper_that_is_not_proved_is_not_folded() {
    let text = OWN.replace(
        "show 0 < 1\n  verdict proved",
        "show 1 < 0\n  verdict proved",
    );
    let (status, text, _) = verified(&text, "text");
    assert_eq!(status, Some(1));
    assert!(text.contains("refuted  own.helper"), "{text}");
    assert!(!text.contains("with 1 helper"), "{text}");
}

#[test]
fn a_kind_that_is_not_found_again_is_not_shown() {
    let text = OWN.replace("show 3 < 2", "show 2 < 3");
    let (status, text, _) = verified(&text, "text");
    assert_eq!(status, Some(1));
    assert!(!text.contains("misprint"), "{text}");
}

#[test]
fn what_contradicts_itself_is_refused() {
    for (from, to, words) in [
        (
            "kind misprint",
            "kind typo",
            "expected `wrong`, `domain`, `misprint` or `text`",
        ),
        (
            "show 1 < 2\n",
            "show 1 < 2\n  kind wrong\n",
            "lacks `verdict refuted`: `kind`",
        ),
        (
            "printed \"the first\"",
            "printed \"the first\"\n  says \"x\"",
            "both `printed` and `says`",
        ),
        (
            "printed \"the first\"",
            "printed \"the first\"\n  serves own.second",
            "lacks `says`",
        ),
        (
            "  printed \"the first\"\n",
            "",
            "lacks the statement as printed, or what it `says`",
        ),
    ] {
        assert!(OWN.contains(from), "{from}");
        let (status, _, error) = verified(&OWN.replace(from, to), "text");
        assert_eq!(status, Some(2), "{to}");
        assert!(error.contains(words), "{words}: {error}");
    }
}

/// The verdicts of the shipped ledger are fair: a printed claim that is refuted says how far it fails, and what is said
/// to hold where the paper uses it has a proof.
#[test]
fn every_refuted_claim_of_the_papers_says_how_far_it_fails() {
    let ledger = load(&[PathBuf::from("proofs")]).unwrap();
    let refuted = ledger.entries.iter().filter(|entry| {
        entry.claim.verdict == Verdict::Refuted && entry.claim.role() == Role::Printed
    });
    let mut domain = 0;
    for entry in refuted {
        let claim = &entry.claim;
        let failing = claim
            .failing
            .unwrap_or_else(|| panic!("{} has no kind", claim.id));
        if failing == Failing::Domain {
            domain += 1;
            let repaired = ledger.entries.iter().any(|other| {
                other.claim.repairs.as_ref() == Some(&claim.id)
                    && other.claim.verdict == Verdict::Proved
            });
            assert!(repaired, "nothing proves {} where it is used", claim.id);
        }
    }
    assert!(domain >= 10, "{domain}");
}

#[test]
fn every_claim_that_another_stands_beside_is_one_of_the_ledger() {
    let ledger = load(&[PathBuf::from("proofs")]).unwrap();
    let mut contents = std::collections::BTreeSet::new();
    for id in &ledger.contents {
        let entry = ledger
            .entry(id)
            .unwrap_or_else(|| panic!("{id} is no claim"));
        assert_eq!(entry.claim.role(), Role::Printed, "{id}");
        assert!(contents.insert(id), "{id} is listed twice");
    }
    for entry in &ledger.entries {
        let claim = &entry.claim;
        if let Some(id) = claim.beside() {
            let beside = ledger.entry(id);
            let beside = beside.unwrap_or_else(|| panic!("{} stands beside {id}", claim.id));
            assert_ne!(
                beside.claim.role(),
                Role::Helper,
                "{} stands beside {id}",
                claim.id
            );
        }
        if entry.paper == "ss89" {
            let listed = contents.contains(&claim.id) || claim.role() != Role::Printed;
            assert!(listed, "{} is printed and not in the contents", claim.id);
        }
    }
}
