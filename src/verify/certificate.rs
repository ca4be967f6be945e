//! The whole certificate of a claim: the steps of its premises, theirs first, then its own. Untrusted.

use super::outcome::{Earlier, Outcomes};
use crate::certificate;
use crate::ledger::source::{Entry, Ledger};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// SHA-256 of a step and of the digests of its premises.
pub(super) fn digest(entry: &Entry, step: &str, earlier: Earlier<'_>) -> String {
    let mut hash = Sha256::new();
    hash.update(step);
    for premise in &entry.premises {
        hash.update(
            earlier(premise)
                .and_then(|outcome| outcome.digest.as_deref())
                .unwrap_or_default(),
        );
    }
    hash.finalize()
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The whole certificate of a claim: the steps of its premises, theirs first, then its own.
#[must_use]
pub fn whole_certificate(ledger: &Ledger, outcomes: &Outcomes, id: &str) -> Option<String> {
    let mut order: Vec<String> = Vec::new();
    collect(ledger, id, &mut order);
    let mut steps = Vec::new();
    for id in &order {
        let (entry, outcome) = (ledger.entry(id)?, outcomes.get(id)?);
        let place = |premise: &String| order.iter().position(|there| there == premise);
        let premises: Vec<usize> = entry.premises.iter().filter_map(place).collect();
        steps.push(outcome.body.as_ref()?.step(&premises));
    }
    Some(certificate::file(steps))
}

fn collect(ledger: &Ledger, id: &str, order: &mut Vec<String>) {
    if order.iter().any(|there| there == id) {
        return;
    }
    if let Some(entry) = ledger.entry(id) {
        entry
            .premises
            .iter()
            .for_each(|premise| collect(ledger, premise, order));
    }
    order.push(id.to_string());
}
