//! Judging one claim: what the record says, with its script, then the opposite without one. Untrusted;
//! each attempt ends with the kernel, which reads and checks the certificate.

use super::certificate::digest;
use super::coq;
use super::outcome::{Earlier, Outcome, open};
use super::script::Engine;
use crate::certificate::{self, StepText};
use crate::kernel::proof::Proof;
use crate::kernel::reduce::Reducer;
use crate::kernel::sexp;
use crate::kernel::term::{Formula, Relation, Statement, Term};
use crate::kernel::verdict::Proved;
use crate::ledger::library::Library;
use crate::ledger::source::Entry;
use crate::ledger::syntax::{CoqRole, Step, Verdict};
use crate::ledger::terms::calls_of_proof;
use crate::prover::witness;
use crate::train::claimed::{self, ClaimedExperiment, Size};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// Makes the experiment. The verdict is `measured` only if the experiment decides, and the way that is on record; else `open`, with the reason.
pub(super) fn experiment(entry: &Entry, claimed: &ClaimedExperiment, size: Size) -> Outcome {
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

/// Judges a claim: by the kernel, by Coq, or by both.
pub(super) fn decide(entry: &Entry, earlier: Earlier<'_>) -> Outcome {
    match (&entry.statement, &entry.claim.coq) {
        (Some(statement), None) => by_kernel(entry, statement, earlier),
        (Some(statement), Some(_)) => by_both(by_kernel(entry, statement, earlier), by_coq(entry)),
        (None, Some(_)) => by_coq(entry),
        (None, None) => open(
            entry.claim.reason.clone().unwrap_or_default(),
            Duration::ZERO,
        ),
    }
}

/// The kernel's word, with that of Coq beside it. A claim that names two judges needs both.
fn by_both(kernel: Outcome, coq: Outcome) -> Outcome {
    if kernel.verdict == coq.verdict && coq.coq.is_some() {
        return Outcome {
            coq: coq.coq,
            ..kernel
        };
    }
    let opposite = || "the kernel and Coq do not say the same".to_owned();
    let reason = kernel.reason.or(coq.reason).unwrap_or_else(opposite);
    open(reason, kernel.search)
}

/// Has the kernel judge what the record says, with its script, then the opposite without one.
fn by_kernel(entry: &Entry, statement: &Statement, earlier: Earlier<'_>) -> Outcome {
    let start = Instant::now();
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
                CoqRole::Proves => Verdict::Proved,
                CoqRole::Refutes => Verdict::Refuted,
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
fn with_definitions(target: &Statement, proof: &Proof, library: &Library) -> Statement {
    let mut called = BTreeSet::new();
    calls_of_proof(proof, &mut called);
    let calls = called.into_iter().map(|name| {
        let number = Term::Call(name, Vec::new());
        Formula::Compare(number.clone(), Relation::Equal, number)
    });
    let mut all: Vec<Formula> = calls.collect();
    all.push(target.formula.clone());
    let with_all = library.statement(Formula::And(all));
    Statement {
        definitions: with_all.definitions,
        formula: target.formula.clone(),
    }
}
