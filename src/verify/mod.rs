//! Verifying a ledger: every claim proved or refuted afresh, every certificate checked by the kernel.
//! Untrusted, but for the kernel's word.

mod certificate;
pub mod coq;
pub mod coqc;
mod judge;
mod outcome;
mod schedule;
pub mod script;
pub mod vacuous;

pub use certificate::whole_certificate;
pub use outcome::{Outcome, Outcomes, recorded};

use crate::ledger::source::Ledger;
use crate::ledger::syntax::{self, Verdict};
use crate::train::claimed::Size;
use judge::{decide, experiment};
use outcome::open;
use schedule::{Schedule, numbers};
use std::sync::OnceLock;
use std::time::Duration;
use vacuous::Known;

/// Verifies all claims, experiments at the reduced size; `done` is called after each.
pub fn verify(ledger: &Ledger, done: &(dyn Fn(&str) + Sync)) -> Outcomes {
    verify_in(ledger, Size::Reduced, done)
}

/// Verifies all claims, experiments at this size; `done` is called after each.
pub fn verify_in(ledger: &Ledger, size: Size, done: &(dyn Fn(&str) + Sync)) -> Outcomes {
    verify_telling(ledger, size, &|id, _| done(id))
}

/// Verifies all claims, experiments at this size; `done` is told of each what came out, when it is decided.
pub fn verify_telling(
    ledger: &Ledger,
    size: Size,
    done: &(dyn Fn(&str, &Outcome) + Sync),
) -> Outcomes {
    let entries = &ledger.entries;
    let number = numbers(entries.iter().map(|entry| entry.claim.id.as_str()));
    let needs = entries.iter().map(|entry| {
        entry
            .premises
            .iter()
            .map(|id| number.get(id.as_str()).copied())
            .collect()
    });
    let weights = entries
        .iter()
        .map(|entry| syntax::weight(&entry.claim.script));
    let known = Known::default();
    let found: Vec<OnceLock<Outcome>> = entries.iter().map(|_| OnceLock::new()).collect();
    Schedule::new(&needs.collect::<Vec<_>>(), weights.collect()).run(
        rayon::current_num_threads(),
        &|job| {
            let entry = &entries[job];
            let mut outcome = match &entry.experiment {
                Some(claimed) => experiment(entry, claimed, size),
                None => decide(entry, &|id| found[*number.get(id)?].get()),
            };
            let by_kernel = outcome.verdict == Verdict::Proved && outcome.proved.is_some();
            if by_kernel && ledger.wanted.contains(&entry.claim.id) {
                outcome.hypotheses = known.hypotheses(entry);
            }
            done(&entry.claim.id, found[job].get_or_init(|| outcome));
        },
    );
    let missing = || {
        open(
            "the claims on which the proof rests are not in the ledger".into(),
            Duration::ZERO,
        )
    };
    let outcome = |cell: OnceLock<Outcome>| cell.into_inner().unwrap_or_else(missing);
    entries
        .iter()
        .map(|entry| entry.claim.id.clone())
        .zip(found.into_iter().map(outcome))
        .collect()
}
