//! Two judges, one folder: the kernel and Coq's checker agree on every certificate of a minimum, accepted or forged.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(clippy::print_stderr, reason = "a test says that it was skipped")]

use crate::coqc;
use spurious::export::{ExportError, to_coq};
use spurious::kernel::verdict::Proved;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/certificates/barrier")
}

fn certificates(kind: &str) -> BTreeMap<String, String> {
    let files = std::fs::read_dir(folder().join(kind))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let named = |path: PathBuf| {
        (
            path.file_stem().unwrap().to_str().unwrap().to_owned(),
            std::fs::read_to_string(path).unwrap(),
        )
    };
    files.map(named).collect()
}

/// The forgeries that never reach Coq, because the export finds no theorem in them.
const REFUSED: [&str; 13] = [
    "centre_short",
    "claim_of_other_data",
    "claim_without_lower",
    "column_twice",
    "columns_exchanged",
    "factor_empty",
    "factor_missing",
    "factor_row_short",
    "lower_short",
    "scale_halved",
    "scale_negative",
    "scale_of_another_column",
    "unit_changed",
];

/// The forgeries that are no certificates at all.
const UNREADABLE: [&str; 3] = ["row_longer", "target_out_of_range", "weight_zero"];

#[test]
fn the_kernel_accepts_the_good_ones() {
    for (name, text) in certificates("accepted") {
        assert!(
            Proved::check_text(&text).is_ok(),
            "{name}: {:?}",
            Proved::check_text(&text).err()
        );
    }
}

#[test]
fn the_kernel_rejects_each_forgery_for_its_own_reason() {
    let table = std::fs::read_to_string(folder().join("rejected.txt")).unwrap();
    let table: BTreeMap<&str, &str> = table
        .lines()
        .map(|line| line.split_once(": ").unwrap())
        .collect();
    let forged = certificates("rejected");
    assert!(forged.keys().map(String::as_str).eq(table.keys().copied()));
    for (name, text) in &forged {
        let reason = Proved::check_text(text)
            .err()
            .map(|rejection| rejection.to_string());
        assert_eq!(
            reason.as_deref(),
            table.get(name.as_str()).copied(),
            "{name}"
        );
    }
}

#[test]
fn coq_accepts_what_the_kernel_accepts() {
    if !coqc::present() {
        return;
    }
    for (name, text) in certificates("accepted") {
        let exported = to_coq(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut asked = exported.text.clone();
        let all = exported.theorems.join(", ");
        writeln!(
            asked,
            "Definition all_theorems := ({all}).\nPrint Assumptions all_theorems."
        )
        .unwrap();
        let output = coqc::check(&asked);
        assert!(
            output.status.success(),
            "{name}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let other: Vec<String> = coqc::axioms(&output.stdout)
            .into_iter()
            .filter(|axiom| !coqc::AXIOMS.contains(&axiom.as_str()))
            .collect();
        assert!(other.is_empty(), "{name} rests on {other:?}");
        assert!(!coqc::axioms(&output.stdout).is_empty());
    }
}

/// For every forgery the checker is evaluated to `false`: it fails as a certificate, not as a file.
#[test]
fn coq_rejects_every_forgery() {
    if !coqc::present() {
        return;
    }
    let (mut refused, mut unreadable, mut count) = (Vec::new(), Vec::new(), 0);
    let mut asked = spurious::export::coq::preamble();
    for (name, text) in certificates("rejected") {
        match to_coq(&text) {
            Err(ExportError::Read(_)) => unreadable.push(name),
            Err(ExportError::Refused { .. }) => refused.push(name),
            Ok(exported) => {
                count += 1;
                let (_, body) = exported.text.split_once("Open Scope Z_scope.\n").unwrap();
                let (data, rest) = body.split_once("Lemma accepted_").unwrap();
                let (statement, _) = rest.split_once(" = true.").unwrap();
                let (_, check) = statement.split_once(" : ").unwrap();
                write!(
                    asked,
                    "Module {name}.\n{data}\nLemma rejected : {check} = false.\n"
                )
                .unwrap();
                write!(asked, "Proof. vm_compute. reflexivity. Qed.\nEnd {name}.\n").unwrap();
            }
        }
    }
    assert_eq!(
        (refused.as_slice(), unreadable.as_slice()),
        (
            &REFUSED.map(str::to_owned)[..],
            &UNREADABLE.map(str::to_owned)[..]
        )
    );
    assert!(count >= 50, "{count}");
    let output = coqc::check(&asked);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A forged certificate is no theorem: `coqc` refuses the exported file itself.
#[test]
fn a_forged_file_fails() {
    if !coqc::present() {
        return;
    }
    for name in [
        "response_one_above",
        "modulus_larger",
        "error_most_too_low",
        "lower_is_not_lower",
        "weight_changed",
    ] {
        let exported = to_coq(&certificates("rejected")[name]).unwrap();
        let output = coqc::check(&exported.text);
        assert!(!output.status.success(), "{name}");
        assert!(
            String::from_utf8_lossy(&output.stderr).contains("true = true"),
            "{name}"
        );
    }
}
