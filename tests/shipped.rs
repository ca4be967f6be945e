//! Every shipped claim file is a test of its own: each of its claims comes out as recorded.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use libtest_mimic::{Arguments, Failed, Trial};
use spurious::ledger::source::load;
use spurious::report::Verification;
use spurious::verify::verify;
use std::path::{Path, PathBuf};

fn main() {
    let mut files = Vec::new();
    find(Path::new("proofs"), &mut files);
    assert!(!files.is_empty(), "there are claim files");
    let trial = |file: PathBuf| Trial::test(file.display().to_string(), move || as_recorded(&file));
    libtest_mimic::run(
        &Arguments::from_args(),
        files.into_iter().map(trial).collect(),
    )
    .exit();
}

fn find(folder: &Path, into: &mut Vec<PathBuf>) {
    let mut inside: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    inside.sort();
    for path in inside {
        if path.is_dir() {
            find(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "claims") {
            into.push(path);
        }
    }
}

fn as_recorded(file: &Path) -> Result<(), Failed> {
    let ledger = load(&[file.to_path_buf()])?;
    let outcomes = verify(&ledger, &|_| {});
    let model = Verification::new(&ledger, &outcomes, false);
    let differing: Vec<String> = model
        .claims
        .iter()
        .filter(|claim| claim.verdict != claim.expected)
        .map(|claim| {
            format!(
                "{}: {} instead of {}: {:?}",
                claim.id, claim.verdict, claim.expected, claim.reason
            )
        })
        .collect();
    if differing.is_empty() {
        Ok(())
    } else {
        Err(differing.join("\n").into())
    }
}
