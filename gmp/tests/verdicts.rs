//! The same kernel over both arithmetics, in one process: one verdict on every certificate, to the last number in it.
#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The kernel over GMP's integers; `spurious_kernel` is the one over num-bigint's.
#[path = "../../src/kernel/mod.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    missing_docs,
    clippy::all,
    clippy::pedantic,
    reason = "a second compilation"
)]
mod kernel;

/// The certificates in a folder of the repository.
fn certificates(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "cert"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| (path.clone(), std::fs::read_to_string(path).unwrap());
    paths.into_iter().map(read).collect()
}

/// What a kernel says, in words that tell any two answers apart.
fn said<P, R: Debug>(
    verdict: Result<Vec<P>, R>,
    stated: impl Fn(&P) -> String,
) -> Result<Vec<String>, String> {
    verdict
        .map(|proved| proved.iter().map(stated).collect())
        .map_err(|rejection| format!("{rejection:?}"))
}

fn over_bigint(text: &str) -> Result<Vec<String>, String> {
    said(spurious_kernel::verdict::Proved::check_text(text), |p| {
        format!("{:?} {:?}", p.statement(), p.reduced())
    })
}

fn over_gmp(text: &str) -> Result<Vec<String>, String> {
    said(kernel::verdict::Proved::check_text(text), |p| {
        format!("{:?} {:?}", p.statement(), p.reduced())
    })
}

fn agree(folder: &str, accepted: bool) {
    let certificates = certificates(folder);
    assert!(certificates.len() > 5, "{folder}");
    for (path, text) in certificates {
        let verdict = over_gmp(&text);
        assert_eq!(verdict, over_bigint(&text), "{}", path.display());
        assert_eq!(verdict.is_ok(), accepted, "{}", path.display());
    }
}

#[test]
fn the_two_kernels_have_different_integers() {
    use std::any::TypeId;
    let [first, second] = [
        TypeId::of::<spurious_kernel::number::Int>(),
        TypeId::of::<kernel::number::Int>(),
    ];
    assert_eq!(first, TypeId::of::<num_bigint::BigInt>());
    assert_eq!(second, TypeId::of::<spurious_gmp::Int>());
    assert_ne!(first, second);
}

#[test]
fn shipped_certificates() {
    agree("proofs/data", true);
}

#[test]
fn accepted_certificates() {
    agree("tests/certificates/accepted", true);
    agree("tests/certificates/barrier/accepted", true);
}

#[test]
fn rejected_certificates() {
    agree("tests/certificates/rejected", false);
    agree("tests/certificates/barrier/rejected", false);
}

/// Short certificates of every rule, and their words.
static SHORT: LazyLock<Vec<String>> = LazyLock::new(|| {
    let all = [
        "tests/certificates/accepted",
        "tests/certificates/barrier/accepted",
    ]
    .map(certificates);
    let texts = all.into_iter().flatten().map(|(_, text)| text);
    texts.filter(|text| text.len() < 20_000).collect()
});

fn numbers() -> impl Strategy<Value = String> {
    prop_oneof![
        (-3_i64..=300).prop_map(|n| n.to_string()),
        any::<i64>().prop_map(|n| n.to_string()),
        "-?[1-9][0-9]{0,40}",
        "-?[1-9][0-9]{0,20}/[1-9][0-9]{0,20}",
    ]
}

/// A certificate with one of its numbers changed.
fn changed() -> impl Strategy<Value = String> {
    let number = |word: &str| {
        word.trim_start_matches('-')
            .starts_with(|c: char| c.is_ascii_digit())
    };
    (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        numbers(),
    )
        .prop_map(move |(which, place, new)| {
            let text = which.get(&SHORT);
            let spaced = text.replace('(', " ( ").replace(')', " ) ");
            let mut words: Vec<&str> = spaced.split_whitespace().collect();
            // The version of the format is no number to change.
            let places: Vec<usize> = (3..words.len()).filter(|k| number(words[*k])).collect();
            if !places.is_empty() {
                words[*place.get(&places)] = &new;
            }
            words.join(" ")
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_certificates(text in changed()) {
        prop_assert_eq!(over_gmp(&text), over_bigint(&text));
    }
}
