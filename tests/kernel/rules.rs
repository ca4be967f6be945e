//! Every rule of the kernel on certificates that it must accept and on forgeries, each with the reason for which it must fail.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, reason = "tests")]

use spurious::kernel::verdict::Proved;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/certificates")
}

/// The certificates of a folder by name.
fn certificates(kind: &str) -> BTreeMap<String, String> {
    let files = std::fs::read_dir(folder().join(kind))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let named = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_string();
        (name, std::fs::read_to_string(path).unwrap())
    };
    files.map(named).collect()
}

/// A two-column table: name, then the rest of the line.
fn table(file: &str) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(folder().join(file)).unwrap();
    let lines = text.lines().map(|line| line.split_once(": ").unwrap());
    lines
        .map(|(name, rest)| (name.to_string(), rest.to_string()))
        .collect()
}

/// The lines in which two tables differ.
fn differences(found: &BTreeMap<String, String>, table: &BTreeMap<String, String>) -> Vec<String> {
    let names: BTreeSet<&String> = found.keys().chain(table.keys()).collect();
    let differ = names
        .into_iter()
        .filter(|name| found.get(*name) != table.get(*name));
    differ
        .map(|name| {
            format!(
                "{name}: {:?}, in the table {:?}",
                found.get(name),
                table.get(name)
            )
        })
        .collect()
}

#[test]
fn good_certificates_are_accepted_for_the_statement_that_is_printed() {
    let found =
        certificates("accepted")
            .into_iter()
            .map(|(name, text)| match Proved::check_text(&text) {
                Ok(proved) => (
                    name,
                    proved
                        .last()
                        .unwrap()
                        .statement()
                        .to_string()
                        .replace('\n', "; "),
                ),
                Err(rejection) => panic!("{name}: {rejection:?}"),
            });
    assert_eq!(
        differences(&found.collect(), &table("accepted.txt")),
        [""; 0]
    );
}

#[test]
fn forgeries_are_rejected_for_their_own_reason() {
    let found =
        certificates("rejected")
            .into_iter()
            .map(|(name, text)| match Proved::check_text(&text) {
                Ok(proved) => panic!("{name} is accepted: {}", proved.last().unwrap().statement()),
                Err(rejection) => (name, rejection.to_string()),
            });
    assert_eq!(
        differences(&found.collect(), &table("rejected.txt")),
        [""; 0]
    );
}

#[test]
fn every_rule_has_forgeries() {
    let rules = "fix assume each choose witness cut split absurd hypothesis instance apply cases obtain law calculus premise cone \
                 interval roots rank inertia surface definition";
    let (good, bad) = (certificates("accepted"), certificates("rejected"));
    for rule in rules.split_whitespace() {
        let about = |names: &BTreeMap<String, String>| {
            names.keys().filter(|name| name.starts_with(rule)).count()
        };
        assert!(about(&good) > 0 && about(&bad) >= 1, "{rule}");
    }
    assert!(bad.len() >= good.len());
}

/// What a certificate proves is printed so that it cannot be taken for something else.
#[test]
fn sums_of_one_item_are_not_printed_as_the_item() {
    let printed = |formula: &str, evidence: &str| {
        let text = format!("(certificate 3 (step () (statement () {formula}) {evidence}))");
        Proved::check_text(&text)
            .unwrap()
            .last()
            .unwrap()
            .statement()
            .to_string()
    };
    let ring = "(cone () () ())";
    assert_eq!(printed("(= (* (+ (+ 1 2)) 3) 9)", ring), "sum(1 + 2)*3 = 9");
    assert_eq!(printed("(= (^ (* -2) 2) 4)", ring), "product(-2)^2 = 4");
    assert_eq!(
        printed("(= (/ 12 (* (* 2 3))) 2)", ring),
        "12/product(2*3) = 2"
    );
    assert_eq!(
        printed("(= (+ 6 (* -1 (+ (+ 1 2)))) 3)", ring),
        "6 - sum(1 + 2) = 3"
    );
    assert_eq!(
        printed("(= (^ (* (/ 4 2)) 2) 4)", ring),
        "product((4)/(2))^2 = 4"
    );
}
