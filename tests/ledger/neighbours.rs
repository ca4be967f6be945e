//! Deliberately false neighbours of the claims of the ledger: none may come out as proved, neither by what is written, nor
//! by the search without a script, nor by the script of the true claim.
//!
//! A neighbour is written down in `tests/neighbours/` and says in its place whose neighbour it is, or it is made here: the
//! claim with its conclusion turned into the opposite.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use spurious::kernel::term::{Formula, Statement};
use spurious::ledger::source::{Entry, Ledger, load};
use spurious::ledger::syntax::Verdict;
use spurious::verify::verify;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The neighbours, each with its imports.
fn neighbours() -> Ledger {
    load(&[PathBuf::from("tests/neighbours")]).expect("the neighbours are well written")
}

/// The claims of the ledger that have a statement or Coq; experiments have no neighbours.
fn proofs() -> Ledger {
    let papers =
        ["ss89", "so88", "lb98", "fr14", "fi92"].map(|paper| PathBuf::from("proofs").join(paper));
    let mut ledger = load(&papers).expect("the ledger is well written");
    ledger
        .entries
        .retain(|entry| entry.claim.experiment.is_none());
    ledger
}

/// The neighbours that stand in the folder itself.
fn wanted(ledger: &Ledger) -> impl Iterator<Item = &Entry> {
    ledger
        .entries
        .iter()
        .filter(|entry| ledger.wanted.contains(&entry.claim.id))
}

/// The claims that a neighbour is near to: its citation names them first, `ss89.A.1, ss89.A.2: …`.
fn near(entry: &Entry) -> Vec<String> {
    let names = entry.claim.cite.split(':').next().unwrap();
    names
        .split(',')
        .map(|name| name.trim().to_string())
        .collect()
}

/// The claim with its conclusion turned into the opposite.
fn turned(statement: &Statement) -> Statement {
    fn inside(formula: &Formula) -> Formula {
        match formula {
            Formula::Forall(names, body) => Formula::Forall(names.clone(), Box::new(inside(body))),
            Formula::Implies(premise, conclusion) => {
                Formula::Implies(premise.clone(), Box::new(inside(conclusion)))
            }
            other => other.negation(),
        }
    }
    Statement {
        definitions: statement.definitions.clone(),
        formula: inside(&statement.formula),
    }
}

/// The verdicts of claims, none of which may be `proved`.
fn none_is_proved(ledger: &Ledger, made: &BTreeSet<String>) {
    let outcomes = verify(ledger, &|_| {});
    assert_eq!(outcomes.len(), ledger.entries.len());
    let proved: Vec<&String> = made
        .iter()
        .filter(|id| outcomes[*id].verdict == Verdict::Proved)
        .collect();
    assert!(
        proved.is_empty(),
        "false, and came out as proved: {proved:?}"
    );
}

#[test]
fn none_is_recorded_as_proved() {
    let ledger = neighbours();
    assert!(wanted(&ledger).count() >= 90);
    for entry in wanted(&ledger) {
        assert_ne!(entry.claim.verdict, Verdict::Proved, "{}", entry.claim.id);
    }
}

#[test]
fn each_has_the_recorded_verdict() {
    let ledger = neighbours();
    let outcomes = verify(&ledger, &|_| {});
    for entry in wanted(&ledger) {
        let outcome = &outcomes[&entry.claim.id];
        assert_eq!(
            outcome.verdict, entry.claim.verdict,
            "{}: {:?}",
            entry.claim.id, outcome.reason
        );
    }
}

#[test]
fn each_names_claims_of_the_ledger() {
    let (ledger, proofs) = (neighbours(), proofs());
    for entry in wanted(&ledger) {
        for id in near(entry) {
            assert!(
                proofs.entry(&id).is_some(),
                "{} is said to be near {id}",
                entry.claim.id
            );
        }
    }
}

#[test]
fn none_is_proved_by_the_search_alone() {
    let mut ledger = neighbours();
    ledger
        .entries
        .retain(|entry| ledger.wanted.contains(&entry.claim.id));
    for entry in &mut ledger.entries {
        entry.claim.verdict = Verdict::Proved;
        entry.claim.script = Vec::new();
        entry.premises = Vec::new();
    }
    let made = ledger
        .entries
        .iter()
        .map(|entry| entry.claim.id.clone())
        .collect();
    none_is_proved(&ledger, &made);
}

#[test]
fn none_is_proved_by_the_script_of_the_true_claim() {
    let (mut ledger, neighbours) = (proofs(), neighbours());
    let mut made = BTreeSet::new();
    for neighbour in wanted(&neighbours) {
        for id in near(neighbour) {
            let claim = ledger.entry(&id).unwrap().clone();
            let mut forged = Entry {
                statement: neighbour.statement.clone(),
                ..claim
            };
            forged.claim.id = format!("{} by {id}", neighbour.claim.id);
            forged.claim.verdict = Verdict::Proved;
            made.insert(forged.claim.id.clone());
            ledger.entries.push(forged);
        }
    }
    none_is_proved(&ledger, &made);
}

/// Every claim that is recorded as proved has a neighbour; those without a written one are turned into their opposite,
/// which is false as long as the hypotheses can hold: so this finds claims that hold of nothing, too.
#[test]
fn no_claim_is_proved_with_its_conclusion_turned() {
    let mut ledger = proofs();
    let claims: Vec<Entry> = ledger.entries.clone();
    let mut made = BTreeSet::new();
    let by_kernel =
        |entry: &&Entry| entry.claim.verdict == Verdict::Proved && entry.statement.is_some();
    for claim in claims.iter().filter(by_kernel) {
        let scripts = [
            ("its script", claim.claim.script.clone()),
            ("search", Vec::new()),
        ];
        let different = if claim.claim.script.is_empty() {
            &scripts[1..]
        } else {
            &scripts
        };
        for (how, script) in different.iter().cloned() {
            let mut forged = claim.clone();
            forged.statement = claim.statement.as_ref().map(turned);
            forged.claim.id = format!("{} turned by {how}", claim.claim.id);
            forged.claim.script = script;
            made.insert(forged.claim.id.clone());
            ledger.entries.push(forged);
        }
    }
    assert!(made.len() > 250, "{}", made.len());
    none_is_proved(&ledger, &made);
}
