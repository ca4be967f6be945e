//! Every kernel statement beside its printed text, under snapshot: a weakened encoding is seen in review.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use spurious::ledger::source::load;
use spurious::report::word;
use spurious::verify::coq::recorded;
use std::fmt::Write;
use std::path::PathBuf;

#[test]
fn the_kernel_statement_of_every_claim_stands_beside_its_printed_text() {
    let ledger = load(&[PathBuf::from("proofs")]).unwrap();
    let mut text = String::new();
    for entry in &ledger.entries {
        let claim = &entry.claim;
        writeln!(
            text,
            "{} [{}] {}",
            claim.id,
            word(claim.verdict),
            claim.cite
        )
        .unwrap();
        let whose = match &claim.printed {
            Some(_) => "printed",
            None => "says",
        };
        writeln!(text, "  {:8} {}", format!("{whose}:"), claim.words()).unwrap();
        match &entry.statement {
            Some(statement) => writeln!(text, "  kernel:  {}\n", statement.formula).unwrap(),
            None if claim.coq.is_some() => {
                let checked =
                    recorded(entry).unwrap_or_else(|error| panic!("{}: {error}", claim.id));
                let words: Vec<String> = checked
                    .statement()
                    .split_whitespace()
                    .map(str::to_owned)
                    .collect();
                writeln!(text, "  coq:     {}\n", words.join(" ")).unwrap();
            }
            None => writeln!(text, "  kernel:  none\n").unwrap(),
        }
    }
    insta::assert_snapshot!(text);
}

#[test]
fn every_corrected_claim_is_one_of_the_ledger() {
    let ledger = load(&[PathBuf::from("proofs")]).unwrap();
    for entry in &ledger.entries {
        if let Some(id) = &entry.claim.repairs {
            let corrected = ledger
                .entry(id)
                .unwrap_or_else(|| panic!("{} repairs {id}", entry.claim.id));
            assert_ne!(
                word(corrected.claim.verdict),
                "proved",
                "{id} is proved and needs no repair"
            );
        }
    }
}

#[test]
fn every_claim_that_is_cited_in_the_ledger_exists() {
    let ledger = load(&[PathBuf::from("proofs")]).unwrap();
    assert!(
        ledger
            .entries
            .iter()
            .any(|entry| !entry.claim.story.is_empty()),
        "some claim has a story"
    );
    for entry in &ledger.entries {
        let claim = &entry.claim;
        for text in claim.story.iter().chain(&claim.notes).chain(&claim.reason) {
            for id in entry.cited(text) {
                assert!(
                    ledger.entry(&id).is_some(),
                    "{} cites {id}, which is no claim",
                    claim.id
                );
            }
        }
    }
}

#[test]
fn the_story_of_theorem_1_names_every_false_link_with_its_repair() {
    let ledger = load(&[PathBuf::from("proofs/ss89")]).unwrap();
    let theorem = ledger.entry("ss89.theorem-1").unwrap();
    let told: Vec<String> = theorem
        .claim
        .story
        .iter()
        .flat_map(|paragraph| theorem.cited(paragraph))
        .collect();
    for entry in ledger
        .entries
        .iter()
        .filter(|entry| entry.claim.id.starts_with("ss89.eq-3."))
    {
        let plain = entry
            .claim
            .id
            .split('-')
            .take(2)
            .collect::<Vec<_>>()
            .join("-");
        assert!(
            told.iter().any(|id| id.starts_with(&plain)),
            "the story passes over {plain}"
        );
    }
}
