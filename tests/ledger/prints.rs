//! The words in which a statement reaches a reader say what it is: every print reads back as the statement, by a reader of
//! its own and, where it is in the claim language, by the parser of that; the certificate text reads back as what was
//! written.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use crate::generate;
use crate::reader;
use proptest::prelude::*;
use spurious::certificate::{self, StepText, rules};
use spurious::kernel::normal::Atoms;
use spurious::kernel::proof::Proof;
use spurious::kernel::read::Read;
use spurious::kernel::reduce::Reducer;
use spurious::kernel::sexp::{self, Sexp};
use spurious::kernel::term::{Body, Definition, Formula, Relation, Statement, Term};
use spurious::ledger::file::parse;
use spurious::ledger::library::{Library, Names};
use spurious::ledger::parser::Parser;
use spurious::ledger::source::{Entry, load};
use spurious::print::parts;
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
            .replace("all of ", "")
            .replace("one of ", "")
            .replace('`', "")
    };
    let (definitions, formula) = parts(stated);
    let mut library = Library::new(Path::new("."));
    let mut errors = BTreeMap::new();
    for (definition, text) in stated.definitions.iter().zip(definitions) {
        let text = text.replace(":iff", ":=");
        let (head, body) = text.split_once(" := ").unwrap();
        let head = head.replace('`', "");
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
            .unwrap_or_else(|error| panic!("{source}: {error:?}"))
            .definitions
        {
            library
                .define(&define)
                .unwrap_or_else(|error| panic!("{source}: {error}"));
        }
    }
    let text = words(formula);
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
            let (mut lines, formula) = parts(stated);
            lines.push(formula);
            assert_eq!(lines.join("\n"), text);
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

/// The print reads back as the statement itself.
fn read_back(stated: &Statement) {
    let print = stated.to_string();
    match reader::statement(&print) {
        Ok(read) => assert_eq!(&read, stated, "{print}"),
        Err(error) => panic!("{error}\n{print}\n{stated:?}"),
    }
}

#[test]
fn every_print_of_the_ledger_and_the_certificates_reads_back_as_the_statement_itself() {
    let folders = [
        "tests/certificates/accepted",
        "tests/certificates/rejected",
        "tests/certificates/barrier/accepted",
        "proofs/data",
    ];
    let ledger = entries().into_iter().map(|entry| entry.statement.unwrap());
    let texts = folders.map(certificates).concat();
    let certified = texts
        .iter()
        .flat_map(|(_, text)| steps(text))
        .map(|(stated, _)| stated);
    let all: Vec<Statement> = ledger.chain(certified).collect();
    assert!(all.len() > 400, "{}", all.len());
    all.iter().for_each(read_back);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn generated_statements_read_back_as_themselves(stated in generate::statement()) {
        read_back(&stated);
    }
}

/// A statement without definitions.
fn plain(formula: Formula) -> Statement {
    Statement {
        definitions: Vec::new(),
        formula,
    }
}

#[test]
fn all_small_terms_and_formulas_have_prints_of_their_own() {
    let mut prints = BTreeMap::new();
    let terms = generate::small_terms();
    let formulas = generate::small_formulas();
    assert!(terms.len() > 20_000 && formulas.len() > 5_000);
    let zero = || Term::Number(generate::number(0, 1));
    let compared = terms
        .into_iter()
        .map(|term| Formula::Compare(term, Relation::Equal, zero()));
    for stated in compared.chain(formulas).map(plain) {
        read_back(&stated);
        if let Some(other) = prints.insert(stated.to_string(), stated.clone()) {
            assert_eq!(other, stated);
        }
    }
}

/// A term or a formula as certificates write it.
fn written<T: Read>(text: &str) -> T {
    sexp::read(text).unwrap().read().unwrap()
}

#[test]
fn statements_that_were_printed_alike_are_told_apart() {
    let terms = [
        ("(/ -1 z)", "(-1)/z"),
        ("(* -1 (/ 1 z))", "-(1/z)"),
        ("(/ (* -1 1) z)", "(-1*1)/z"),
        ("(+ a (/ -1 z))", "a + (-1)/z"),
        ("(+ a (* -1 (/ 1 z)))", "a - 1/z"),
        ("(+ a -3)", "a - 3"),
        ("(+ a (* -1 3))", "a - 1*3"),
        ("(/ 2 5)", "(2)/(5)"),
        ("2/5", "2/5"),
        ("(+ (+ a b) c)", "(a + b) + c"),
        ("(+ a b c)", "a + b + c"),
        ("(* (* a b) c)", "(a*b)*c"),
        ("(+)", "sum()"),
        ("(* a)", "product(a)"),
        ("(^ -2 2)", "(-2)^2"),
        ("(* -1 (^ 2 2))", "-2^2"),
        ("(call true)", "`true`()"),
        ("(call exp x)", "`exp`(x)"),
        ("(call x x)", "`x`(x)"),
        ("(at x)", "at(x)"),
    ];
    for (text, print) in terms {
        assert_eq!(written::<Term>(text).to_string(), print);
    }
    let formulas = [
        ("(forall () (and))", "for all (): true"),
        ("(or (< a b))", "one of (a < b)"),
        ("(and (or))", "all of (false)"),
        ("(forall (and) (< and 1))", "for all `and`: `and` < 1"),
        ("(call less a b)", "`less`(a, b)"),
        (
            "(or (< a b) (holds (rank ((1)) 1)))",
            "a < b or ([[1]] has rank 1)",
        ),
        ("(fails (rank (()) 0))", "not ([[]] has rank 0)"),
        ("(fails (rank () 0))", "not ([] has rank 0)"),
    ];
    for (text, print) in formulas {
        assert_eq!(written::<Formula>(text).to_string(), print);
    }
}

#[test]
fn a_disjunction_does_not_end_like_its_second_half() {
    let text =
        "(statement () (or (< 0 1) (holds (surface (has-spurious (data tanh 1 (((1) 1 1))))))))";
    let print = written::<Statement>(text).to_string();
    assert_eq!(
        print,
        "0 < 1 or (\n    Let E(x) = Σⱼ wⱼ (tanh⟨aⱼ,x⟩ − bⱼ)², x ∈ R^1, with 1 rows aⱼ ; bⱼ ; wⱼ:\n      1 ; 1 ; 1\n    \
         E has a local minimum that is not a global minimum.\n)"
    );
}

#[test]
fn coordinates_of_width_zero_are_not_printed_as_the_weights() {
    let text = "(statement () (holds (surface (minima (data tanh 2 (((0 0) 1 1))) (chart () (0 1)) () none))))";
    let print = written::<Statement>(text).to_string();
    assert!(
        print.contains(
            "In no coordinates: E is constant, and the one point u = () stands for every x"
        ),
        "{print}"
    );
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
        let text = certificate::text(&stated);
        assert_eq!(
            sexp::read(&text).unwrap().read(),
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
            let written = certificate::file([StepText::new(&stated, &evidence).step(&[])]);
            rules(&evidence, &mut heads);
            assert_eq!(steps(&written), [(stated, evidence)], "{name}");
        }
    }
    assert_eq!(heads.len(), 22, "every rule is written: {heads:?}");
}
