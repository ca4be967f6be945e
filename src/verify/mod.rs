//! Verifying a ledger: every claim proved or refuted afresh, every certificate checked by the kernel. Untrusted, but for
//! the kernel's word: a verdict `proved` or `refuted` is made from a [`Proved`] alone,
//! or, named apart, from a record of what Coq has checked.

pub mod coq;
pub mod coqc;
mod schedule;
pub mod script;
pub mod vacuous;

use self::coq::Checked;
use self::schedule::{Schedule, numbers};
use self::script::Engine;
use self::vacuous::{Hypotheses, Known};
use crate::certificate::{self, StepText};
use crate::kernel::reduce::Reducer;
use crate::kernel::sexp;
use crate::kernel::term::{Formula, Statement, Term};
use crate::kernel::verdict::Proved;
use crate::ledger::library::Library;
use crate::ledger::source::{Entry, Ledger};
use crate::ledger::syntax::{self, Claim, Step, Verdict};
use crate::ledger::terms::calls_of_proof;
use crate::prover::witness;
use crate::train::claimed::{self, ClaimedExperiment, Measurement, Size};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// What came out for one claim.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// What the kernel proved: the statement, or its negation.
    pub proved: Option<Proved>,
    /// What Coq has proved instead.
    pub coq: Option<Checked>,
    /// Its step in a certificate; the premises are those of [`Entry::premises`], in this order.
    pub body: Option<StepText>,
    /// SHA-256 of the certificate with its premises, in hexadecimal.
    pub digest: Option<String>,
    /// The rules used.
    pub rules: BTreeSet<&'static str>,
    /// Why it is open.
    pub reason: Option<String>,
    /// Where and by how much a refuted claim fails.
    pub witness: Option<String>,
    /// Whether the hypotheses of a claim that the kernel proved can hold.
    pub hypotheses: Option<Hypotheses>,
    /// What an experiment gave.
    pub measured: Option<Measurement>,
    /// Time to find the certificate.
    pub search: Duration,
    /// Time of the kernel to read and check it.
    pub kernel: Duration,
}

/// The outcomes by id.
pub type Outcomes = BTreeMap<String, Outcome>;

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

/// The outcome of an earlier claim.
type Earlier<'o> = &'o dyn Fn(&str) -> Option<&'o Outcome>;

fn open(reason: String, search: Duration) -> Outcome {
    Outcome {
        verdict: Verdict::Open,
        proved: None,
        coq: None,
        body: None,
        digest: None,
        rules: BTreeSet::new(),
        reason: Some(reason),
        witness: None,
        hypotheses: None,
        measured: None,
        search,
        kernel: Duration::ZERO,
    }
}

/// The verdict that the record has for a claim whose experiments are made in this size.
#[must_use]
pub fn recorded(claim: &Claim, size: Size) -> Verdict {
    if claim.in_full && size == Size::Reduced {
        Verdict::Open
    } else {
        claim.verdict
    }
}

/// Makes the experiment. The verdict is `measured` only if the experiment decides, and the way that is on record; else `open`, with the reason.
fn experiment(entry: &Entry, claimed: &ClaimedExperiment, size: Size) -> Outcome {
    let start = Instant::now();
    let measured = match claimed::measure(claimed, size) {
        Ok(measured) => measured,
        Err(impossible) => return open(impossible.to_string(), start.elapsed()),
    };
    let reduced = measured.repetitions < measured.full;
    let undecided = if reduced {
        "the reduced experiment decides nothing; `--experiments` makes it in full"
    } else {
        "the experiment decides nothing"
    };
    let recorded = Some(!entry.claim.against);
    let (verdict, reason) = match measured.supports {
        None => (Verdict::Open, Some(undecided)),
        supports if supports == recorded => (Verdict::Measured, None),
        Some(true) => (
            Verdict::Open,
            Some("the experiment supports the claim, and the record says that it contradicts it"),
        ),
        Some(false) => (
            Verdict::Open,
            Some("the experiment contradicts the claim, and the record says that it supports it"),
        ),
    };
    let reason = reason.map(str::to_string);
    Outcome {
        verdict,
        measured: Some(measured),
        reason,
        ..open(String::new(), start.elapsed())
    }
}

/// Tries what the record says, with its script, then the opposite without one.
fn decide(entry: &Entry, earlier: Earlier<'_>) -> Outcome {
    let start = Instant::now();
    if entry.claim.coq.is_some() {
        return by_coq(entry);
    }
    let Some(statement) = &entry.statement else {
        return open(
            entry.claim.reason.clone().unwrap_or_default(),
            start.elapsed(),
        );
    };
    let negation = statement.negation();
    let (proof, refutation) = ((Verdict::Proved, statement), (Verdict::Refuted, &negation));
    let attempts = match entry.claim.verdict {
        Verdict::Refuted => [refutation, proof],
        Verdict::Proved | Verdict::Open | Verdict::Measured => [proof, refutation],
    };
    let mut reason = None;
    for ((verdict, target), script) in attempts.into_iter().zip([&entry.claim.script[..], &[]]) {
        match attempt(entry, target, verdict, script, earlier) {
            Ok(outcome) => return outcome,
            Err(failure) => reason = reason.or(Some(failure)),
        }
    }
    if entry.claim.verdict == Verdict::Open {
        reason.clone_from(&entry.claim.reason);
    }
    open(reason.unwrap_or_default(), start.elapsed())
}

/// What the record of Coq says, if it is about the files at hand.
fn by_coq(entry: &Entry) -> Outcome {
    let start = Instant::now();
    match coq::recorded(entry) {
        Ok(checked) => Outcome {
            verdict: match checked.role {
                syntax::CoqRole::Proves => Verdict::Proved,
                syntax::CoqRole::Refutes => Verdict::Refuted,
            },
            digest: Some(checked.digest.clone()),
            coq: Some(checked),
            reason: None,
            ..open(String::new(), start.elapsed())
        },
        Err(reason) => open(reason, start.elapsed()),
    }
}

/// Finds evidence for the target and has the kernel check it.
fn attempt(
    entry: &Entry,
    target: &Statement,
    verdict: Verdict,
    script: &[Step],
    earlier: Earlier<'_>,
) -> Result<Outcome, String> {
    let start = Instant::now();
    let mut proved = Vec::new();
    for premise in &entry.premises {
        match earlier(premise).and_then(|outcome| outcome.proved.clone()) {
            Some(there) => proved.push(there),
            None => {
                return Err(format!(
                    "the claim {premise}, on which the proof rests, is not proved by the kernel"
                ));
            }
        }
    }
    let definitions = entry.library.kernel_definitions();
    let reducer = Reducer::new(definitions).map_err(|fault| fault.to_string())?;
    let goal = reducer
        .formula(&target.formula, &BTreeSet::new())
        .map_err(|fault| fault.to_string())?;
    let premises = entry.premises.iter().zip(&proved).enumerate();
    let premises = premises
        .map(|(index, (id, there))| (id.clone(), (index, there.reduced().clone())))
        .collect();
    let mut engine = Engine::new(&entry.library, reducer, premises);
    let proof = engine
        .prove(&goal, script, entry.claim.place)
        .map_err(|failure| format!("{}:{failure}", entry.file.display()))?;
    let target = with_definitions(target, &proof, &entry.library);
    let indices: Vec<usize> = (0..proved.len()).collect();
    let body = StepText::new(&target, &proof);
    let step = body.step(&indices);
    let search = start.elapsed();
    let start = Instant::now();
    let proved = sexp::read(&step)
        .map_err(Into::into)
        .and_then(|sexp| Proved::check_step(&sexp, &proved))
        .map_err(|rejection| format!("the kernel rejects the certificate: {rejection}"))?;
    let kernel = start.elapsed();
    let mut rules = BTreeSet::new();
    certificate::rules(&proof, &mut rules);
    Ok(Outcome {
        verdict,
        digest: Some(digest(entry, &step, earlier)),
        proved: Some(proved),
        coq: None,
        body: Some(body),
        rules,
        reason: None,
        witness: (verdict == Verdict::Refuted).then(|| witness::describe(&goal, &proof)),
        hypotheses: None,
        measured: None,
        search,
        kernel,
    })
}

/// The target with every definition that the evidence calls.
fn with_definitions(
    target: &Statement,
    proof: &crate::kernel::proof::Proof,
    library: &Library,
) -> Statement {
    let mut called = BTreeSet::new();
    calls_of_proof(proof, &mut called);
    let calls = called.into_iter().map(|name| {
        let number = Term::Call(name, Vec::new());
        Formula::Compare(number.clone(), crate::kernel::term::Relation::Equal, number)
    });
    let mut all: Vec<Formula> = calls.collect();
    all.push(target.formula.clone());
    let with_all = library.statement(Formula::And(all));
    Statement {
        definitions: with_all.definitions,
        formula: target.formula.clone(),
    }
}

/// SHA-256 of a step and of the digests of its premises.
fn digest(entry: &Entry, step: &str, earlier: Earlier<'_>) -> String {
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
