//! `spurious export` as its user meets it: what it writes, and what it says of wrong input.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use crate::command;
use command::spurious;
use std::path::{Path, PathBuf};
use std::process::Output;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn certificate(name: &str) -> String {
    format!("tests/certificates/barrier/{name}.cert")
}

fn export(file: &str) -> Output {
    spurious(&["export", "--to", "coq", file])
}

/// A file with a text, and its folder.
fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.cert");
    std::fs::write(&file, text).unwrap();
    (folder, file)
}

fn good() -> String {
    std::fs::read_to_string(Path::new(ROOT).join(certificate("accepted/five"))).unwrap()
}

#[test]
fn the_statement_is_the_listed_rows() {
    let output = export(&certificate("accepted/five"));
    assert_eq!(output.status.code(), Some(0), "{}", words(&output.stderr));
    let text = words(&output.stdout);
    assert!(
        text.contains("E(x) = sum of w (tanh <a, x> - B)^2 over the rows ZRow a B w."),
        "{text}"
    );
    assert!(
        text.contains("Problem 3 1 [\n  ZRow [-1; -1; 1] (-1) 1;\n  ZRow [1; -1; 1] 1 1;"),
        "{text}"
    );
    assert!(
        text.contains("Theorem spurious_0 : spurious 3 (real_rows data_0)."),
        "{text}"
    );
    assert!(text.contains("vm_cast_no_check"), "{text}");
}

#[test]
fn logistic_units_and_rational_inputs_have_their_own_statements() {
    let logistic = words(&export(&certificate("accepted/logistic")).stdout);
    assert!(
        logistic.contains("E(x) = sum of w (1/(1 + exp (-<a, x>)) - (B + 1)/2)^2"),
        "{logistic}"
    );
    assert!(
        logistic.contains("spurious_logistic 3 (logistic_rows data_0 [(1, 1); (1, 1); (1, 1)] 1)"),
        "{logistic}"
    );
    let rational = words(&export(&certificate("accepted/rational")).stdout);
    assert!(
        rational.contains("E(x) = sum of w/105 (tanh <a, x> - B/4)^2"),
        "{rational}"
    );
    assert!(
        rational
            .contains("has_strict_minimum 3 (rational_rows data_0 [(1, 6); (1, 10); (1, 1)] 105)"),
        "{rational}"
    );
}

#[test]
fn the_output_goes_into_a_file_whole() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("five.v");
    let file = file.to_str().unwrap();
    let output = spurious(&[
        "export",
        "--to",
        "coq",
        &certificate("accepted/five"),
        "--output",
        file,
    ]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
    assert_eq!(
        std::fs::read_to_string(file).unwrap(),
        words(&export(&certificate("accepted/five")).stdout)
    );
}

#[test]
fn what_fails_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("five.v");
    for name in ["rejected/modulus_larger", "rejected/scale_negative"] {
        let output = spurious(&[
            "export",
            "--to",
            "coq",
            &certificate(name),
            "--output",
            file.to_str().unwrap(),
        ]);
        assert_ne!(output.status.code(), Some(0));
        assert!(!file.exists());
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let nowhere = folder.path().join("none/five.v");
    let output = spurious(&[
        "export",
        "--to",
        "coq",
        &certificate("accepted/five"),
        "--output",
        nowhere.to_str().unwrap(),
    ]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn as_json() {
    let output = spurious(&[
        "export",
        "--to",
        "coq",
        &certificate("accepted/hundred"),
        "--format",
        "json",
    ]);
    let object: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(object["schema"], "spurious.export/1");
    let names: Vec<&str> = object["theorems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    assert_eq!(names.len(), 6);
    assert_eq!(names[4..], ["spurious_2", "minimum_2"]);
    assert!(
        object["text"]
            .as_str()
            .unwrap()
            .contains("Theorem spurious_2")
    );
}

#[test]
fn an_unknown_proof_assistant_is_an_error() {
    let output = spurious(&["export", "--to", "isabelle", &certificate("accepted/five")]);
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output.stderr).contains("isabelle"));
    assert_eq!(
        spurious(&["export", &certificate("accepted/five")])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn a_certificate_that_the_kernel_rejects_is_not_exported() {
    let output = export(&certificate("rejected/modulus_larger"));
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert!(
        words(&output.stderr).contains("not diagonally dominant in row 0"),
        "{}",
        words(&output.stderr)
    );
    let output = spurious(&[
        "export",
        "--to",
        "coq",
        "--unchecked",
        &certificate("rejected/modulus_larger"),
    ]);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_truncated_certificate_is_an_error_at_its_place() {
    let whole = good();
    for length in [0, 1, whole.len() / 2, whole.len() - 3] {
        let (_folder, file) = written(&whole[..length]);
        let output = export(file.to_str().unwrap());
        assert_eq!(
            (output.status.code(), output.stdout.len()),
            (Some(2), 0),
            "{length}"
        );
        assert!(
            words(&output.stderr).contains("no certificate"),
            "{}",
            words(&output.stderr)
        );
    }
    let (_folder, file) = written(&whole.replacen("131/25", "131/0", 1));
    let output = spurious(&[
        "export",
        "--to",
        "coq",
        file.to_str().unwrap(),
        "--format",
        "json",
    ]);
    let object: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (output.status.code(), object["error"]["line"].as_u64()),
        (Some(2), Some(8)),
        "{object}"
    );
}

#[test]
fn what_is_no_text_or_not_there_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bytes");
    std::fs::write(&file, [0xff, 0xfe, 0x00]).unwrap();
    assert_eq!(export(file.to_str().unwrap()).status.code(), Some(2));
    assert_eq!(export("no/such/file").status.code(), Some(2));
    assert_eq!(export("proofs").status.code(), Some(2));
}

#[test]
fn a_certificate_of_another_kind_says_which() {
    let output = export("tests/certificates/accepted/absurd.cert");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        words(&output.stderr).contains("a formula over the real numbers"),
        "{}",
        words(&output.stderr)
    );
    let folder = tempfile::tempdir().unwrap();
    for (data, reason) in [
        ("proofs/data/and.csv", "that there is no critical point"),
        ("proofs/data/xor.csv", "that something does not hold"),
    ] {
        let file = folder.path().join("own.cert");
        let file = file.to_str().unwrap();
        spurious(&["certify", data, "--output", file]);
        let output = export(file);
        assert_eq!(output.status.code(), Some(2), "{data}");
        assert!(
            words(&output.stderr).contains(reason),
            "{data}: {}",
            words(&output.stderr)
        );
    }
}

#[test]
fn folded_columns_and_rational_points_say_why() {
    let folder = tempfile::tempdir().unwrap();
    for (rows, reason) in [
        ("x,y,target\n1,1,1/2\n2,2,1/3\n", "drop the column"),
        (
            "x,target\n1000000,1/2\n999999,1/3\n",
            "given by rational weights",
        ),
    ] {
        let (data, file) = (
            folder.path().join("own.csv"),
            folder.path().join("own.cert"),
        );
        std::fs::write(&data, rows).unwrap();
        let (data, file) = (data.to_str().unwrap(), file.to_str().unwrap());
        spurious(&["certify", data, "--single", "--output", file]);
        let output = export(file);
        assert_eq!(output.status.code(), Some(2), "{rows}");
        assert!(
            words(&output.stderr).contains(reason),
            "{rows}: {}",
            words(&output.stderr)
        );
    }
}

#[test]
fn steps_without_a_counterpart_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("all.cert");
    let file = file.to_str().unwrap();
    spurious(&["certify", "proofs/data/xor-five.csv", "--output", file]);
    let output = export(file);
    assert_eq!(output.status.code(), Some(0), "{}", words(&output.stderr));
    assert!(
        words(&output.stderr).contains("is left out"),
        "{}",
        words(&output.stderr)
    );
    assert!(words(&output.stdout).contains("is left out"));
    assert_eq!(words(&export(file).stdout), words(&output.stdout));
}
