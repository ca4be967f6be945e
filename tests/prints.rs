//! The words in which a statement reaches a reader say what it is: every print in the claim language reads back as the
//! statement, different statements have different prints, and the certificate text reads back as what was written.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use spurious::kernel::normal::Atoms;
use spurious::kernel::proof::Proof;
use spurious::kernel::reduce::Reducer;
use spurious::kernel::sexp::{self, Sexp};
use spurious::kernel::term::{Body, Definition, Formula, Statement, Term};
use spurious::ledger::file::parse;
use spurious::ledger::library::{Library, Names};
use spurious::ledger::parser::Parser;
use spurious::ledger::source::{Entry, load};
use spurious::prover::certificate::{Writer, rules, step};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Every claim with a statement, those of the false neighbours too.
fn entries() -> Vec<Entry> {
    let ledgers =
        ["proofs", "tests/neighbours"].map(|folder| load(&[PathBuf::from(folder)]).unwrap());
    let entries = ledgers.into_iter().flat_map(|ledger| ledger.entries);
    entries.filter(|entry| entry.statement.is_some()).collect()
}

/// Every certificate of a folder: its name and its text.
fn certificates(folder: &str) -> Vec<(String, String)> {
    let files = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    let paths = files
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "cert"));
    paths
        .map(|path| {
            (
                path.display().to_string(),
                std::fs::read_to_string(path).unwrap(),
            )
        })
        .collect()
}

/// Whether something in it is printed in plain words, which are not those of the claim language.
fn worded(formula: &Formula) -> bool {
    match formula {
        Formula::Compare(..) | Formula::Call(..) => false,
        Formula::And(items) | Formula::Or(items) => items.is_empty() || items.iter().any(worded),
        Formula::Implies(premise, conclusion) => worded(premise) || worded(conclusion),
        Formula::Forall(_, body) | Formula::Exists(_, body) => worded(body),
        Formula::Holds(..) => true,
    }
}

/// The formula with definitions carried out.
fn reduced(statement: &Statement) -> Formula {
    let reducer = Reducer::new(&statement.definitions).unwrap();
    reducer
        .formula(&statement.formula, &BTreeSet::new())
        .unwrap()
}

/// Whether two terms have one value, and divide by the same, by the kernel's normal form.
fn same_term(left: &Term, right: &Term) -> bool {
    let mut atoms = Atoms::default();
    let conditions = [left, right].map(|term| atoms.normal(term).unwrap().conditions);
    let difference = atoms.difference(left, right).unwrap();
    left == right
        || conditions[0] == conditions[1]
            && atoms
                .combined(&difference.poly)
                .unwrap()
                .numerator
                .is_zero()
}

/// Whether two formulas are the same but for terms of one value, and `and` and `or` of one item.
fn same(left: &Formula, right: &Formula) -> bool {
    let all = |left: &[Formula], right: &[Formula]| {
        left.len() == right.len()
            && left
                .iter()
                .zip(right)
                .all(|(left, right)| same(left, right))
    };
    match (left, right) {
        (Formula::And(items) | Formula::Or(items), other)
        | (other, Formula::And(items) | Formula::Or(items))
            if items.len() == 1 =>
        {
            same(&items[0], other)
        }
        (Formula::Compare(a, relation, b), Formula::Compare(c, other, d)) => {
            relation == other && same_term(a, c) && same_term(b, d)
        }
        (Formula::And(left), Formula::And(right)) | (Formula::Or(left), Formula::Or(right)) => {
            all(left, right)
        }
        (Formula::Implies(premise, then), Formula::Implies(other, follows)) => {
            same(premise, other) && same(then, follows)
        }
        (Formula::Forall(names, body), Formula::Forall(others, other))
        | (Formula::Exists(names, body), Formula::Exists(others, other)) => {
            names == others && same(body, other)
        }
        _ => false,
    }
}

/// The parser of the claim language on a part of a print; of an error, the data in its certificate text.
fn parsed(stated: &Statement) -> Statement {
    let words = |text: String| {
        text.replace("for all ", "forall ")
            .replace("for some ", "exists ")
    };
    let mut library = Library::new(Path::new("."));
    let mut errors = BTreeMap::new();
    for definition in &stated.definitions {
        let text = definition.to_string();
        let (head, body) = text.split_once(" := ").unwrap();
        let body = match body.strip_prefix("the error of ") {
            Some(data) => {
                let data = sexp::read(data).unwrap().read().unwrap();
                errors.insert(definition.name.clone(), data);
                "0".to_string()
            }
            None => words(body.to_string()),
        };
        let source = format!("define {head} = {body}");
        for define in parse(&source)
            .unwrap_or_else(|error| panic!("{source}: {error}"))
            .definitions
        {
            library
                .define(&define)
                .unwrap_or_else(|error| panic!("{source}: {error}"));
        }
    }
    let text = words(stated.formula.to_string());
    let formula = Parser::new(&text)
        .unwrap()
        .formula()
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    let formula = library
        .formula(&formula, &Names::new())
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    let mut statement = library.statement(formula);
    for Definition { name, body, .. } in &mut statement.definitions {
        if let Some(data) = errors.remove(name) {
            *body = Body::Error(data);
        }
    }
    statement
}

#[test]
fn prints_in_the_claim_language_read_back_as_the_statement() {
    let mut read = 0;
    for entry in entries() {
        let stated = entry.statement.as_ref().unwrap();
        let bodies = stated
            .definitions
            .iter()
            .any(|d| matches!(&d.body, Body::Formula(formula) if worded(formula)));
        if !worded(&stated.formula) && !bodies {
            let text = stated.to_string();
            let definitions = stated.definitions.iter().map(ToString::to_string);
            assert_eq!(
                definitions
                    .chain([stated.formula.to_string()])
                    .collect::<Vec<_>>()
                    .join("\n"),
                text
            );
            assert!(
                same(&reduced(&parsed(stated)), &reduced(stated)),
                "{}\n{text}",
                entry.claim.id
            );
            read += 1;
        }
    }
    assert!(read > 300, "{read}");
}

#[test]
fn different_statements_have_different_prints() {
    let mut prints: BTreeMap<String, Statement> = BTreeMap::new();
    let ledger = entries().into_iter().map(|entry| entry.statement.unwrap());
    let texts = ["tests/certificates/accepted", "tests/certificates/rejected"]
        .map(certificates)
        .concat();
    let certified = texts
        .iter()
        .flat_map(|(_, text)| steps(text))
        .map(|(stated, _)| stated);
    for stated in ledger.chain(certified) {
        let text = stated.to_string();
        if let Some(other) = prints.insert(text.clone(), stated.clone()) {
            assert!(
                other == stated || same(&reduced(&other), &reduced(&stated)),
                "{text}"
            );
        }
    }
    assert!(prints.len() > 400, "{}", prints.len());
}

/// The statements and the evidence of a certificate text, where they can be read.
fn steps(text: &str) -> Vec<(Statement, Proof)> {
    let Ok(certificate) = sexp::read(text) else {
        return Vec::new();
    };
    let Ok((_, [_, steps @ ..])) = certificate.form() else {
        return Vec::new();
    };
    let read = |step: &Sexp<'_>| match step.form() {
        Ok((_, [_, stated, evidence])) => Some((stated.read().ok()?, evidence.read().ok()?)),
        _ => None,
    };
    steps.iter().filter_map(read).collect()
}

#[test]
fn statements_and_evidence_read_back_as_they_were_written() {
    for entry in entries() {
        let stated = entry.statement.unwrap();
        let mut writer = Writer::default();
        writer.statement(&stated);
        assert_eq!(
            sexp::read(&writer.finish()).unwrap().read(),
            Ok(stated),
            "{}",
            entry.claim.id
        );
    }
    let folders = [
        "tests/certificates/accepted",
        "tests/certificates/rejected",
        "tests/certificates/barrier/accepted",
        "proofs/data",
    ];
    let mut heads = BTreeSet::new();
    for (name, text) in folders.map(certificates).concat() {
        for (stated, evidence) in steps(&text) {
            let written = format!("(certificate 2 {})", step(&[], &stated, &evidence));
            rules(&evidence, &mut heads);
            assert_eq!(steps(&written), [(stated, evidence)], "{name}");
        }
    }
    assert_eq!(heads.len(), 21, "every rule is written: {heads:?}");
}
