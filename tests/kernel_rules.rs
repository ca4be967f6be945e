//! Every rule of the kernel on certificates that it must accept and on forgeries, each with the reason for which it must fail.

use spurious::kernel::reduce::ReduceFault::*;
use spurious::kernel::rejection::Rejection::{self, *};
use spurious::kernel::verdict::Proved;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/certificates").join(name)
}

fn names(name: &str) -> BTreeSet<String> {
    let files = std::fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| path.file_stem().unwrap().to_str().unwrap().to_string()).collect()
}

fn check(kind: &str, name: &str) -> Result<Vec<Proved>, Rejection> {
    let text = std::fs::read_to_string(folder(kind).join(format!("{name}.cert"))).unwrap();
    Proved::check_text(&text)
}

/// Certificates that are rejected, with the reason.
fn rejected() -> Vec<(&'static str, Rejection)> {
    vec![
        ("at_binds_twice", Reduce(Scope("x".into()))),
        ("definition_named_exp", Reduce(Scope("exp".into()))),
        ("only_wide_basis", Only("the rows are not the basis times the rows of the minimum")),
        ("roots_of_undefined", Undecidable),
    ]
}

#[test]
fn good_certificates_are_accepted() {
    for name in names("accepted") {
        if let Err(rejection) = check("accepted", &name) {
            panic!("{name}: {rejection:?}");
        }
    }
}

#[test]
fn forgeries_are_rejected_for_their_own_reason() {
    let table = rejected();
    for (name, reason) in &table {
        match check("rejected", name) {
            Err(found) => assert_eq!(found, *reason, "{name}"),
            Ok(proved) => panic!("{name} is accepted: {}", proved.last().unwrap().statement()),
        }
    }
    let listed: BTreeSet<String> = table.iter().map(|(name, _)| (*name).to_string()).collect();
    assert_eq!(listed, names("rejected"), "each file stands in the table once");
}

/// What a certificate proves is printed so that it cannot be taken for something else.
#[test]
fn sums_of_one_item_are_printed_with_parentheses() {
    let printed = |formula: &str, evidence: &str| {
        let text = format!("(certificate 1 (step () (statement () {formula}) {evidence}))");
        Proved::check_text(&text).unwrap().last().unwrap().statement().to_string()
    };
    let ring = "(cone () () ())";
    assert_eq!(printed("(= (* (+ (+ 1 2)) 3) 9)", ring), "(1 + 2)*3 = 9");
    assert_eq!(printed("(= (^ (* -2) 2) 4)", ring), "(-2)^2 = 4");
    assert_eq!(printed("(= (/ 12 (* (* 2 3))) 2)", ring), "12/(2*3) = 2");
    assert_eq!(printed("(= (+ 6 (* -1 (+ (+ 1 2)))) 3)", ring), "6 - (1 + 2) = 3");
    assert_eq!(printed("(= (^ (* (/ 4 2)) 2) 4)", ring), "(4/2)^2 = 4");
}
