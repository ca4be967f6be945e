//! What the commands write as JSON is what the published schemas say.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use crate::command;
use boon::{Compiler, Schemas};
use command::spurious;
use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Runs the program in the project's folder; its standard output as JSON.
fn output(arguments: &[&str]) -> Value {
    let program = spurious(arguments);
    serde_json::from_slice(&program.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
}

/// What is wrong with a value by a schema of `src/docs/schemas`; empty if nothing is.
fn faults(schema: &str, value: &Value) -> String {
    let mut schemas = Schemas::new();
    let file = format!("{ROOT}/src/docs/schemas/{schema}.schema.json");
    let index = Compiler::new()
        .compile(&file, &mut schemas)
        .unwrap_or_else(|error| panic!("{error:#}"));
    schemas
        .validate(value, index)
        .err()
        .map(|error| error.to_string())
        .unwrap_or_default()
}

fn conforms(schema: &str, arguments: &[&str]) -> Value {
    let value = output(arguments);
    assert_eq!(faults(schema, &value), "", "{arguments:?}");
    value
}

#[test]
fn prove_with_every_verdict() {
    for (statement, verdict) in [
        ("x^2 >= 0", "proved"),
        ("x^2 > 0", "refuted"),
        ("exists x: sin(x) = 1/2 and cos(x) = 2", "open"),
    ] {
        let value = conforms("prove", &["prove", statement, "--format", "json"]);
        assert_eq!(value["verdict"], verdict, "{statement}");
    }
}

#[test]
fn verify_with_every_verdict() {
    for timing in [
        &["--format", "json"][..],
        &["--format", "json", "--no-timing"],
    ] {
        let files = [
            "verify",
            "proofs/ss89/section1.claims",
            "proofs/ss89/variables.claims",
        ];
        let value = conforms("verify", &[&files[..], timing].concat());
        for verdict in ["proved", "refuted", "open"] {
            assert!(
                value["summary"][verdict].as_u64().unwrap() > 0,
                "no claim of these files is {verdict}"
            );
        }
        for claim in value["claims"].as_array().unwrap() {
            let proves = match (claim["verdict"].as_str().unwrap(), claim["by"].as_str()) {
                ("proved", Some("kernel")) => "claim".into(),
                ("refuted", Some("kernel")) => "negation".into(),
                _ => Value::Null,
            };
            assert_eq!(claim["proves"], proves, "{claim}");
            assert_eq!(
                claim["statement"].is_string(),
                proves.is_string(),
                "{claim}"
            );
            assert!(
                claim["printed"].is_string() != claim["says"].is_string(),
                "{claim}"
            );
        }
    }
}

#[test]
fn check_accepted_and_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = folder.path().join("wrong.cert");
    std::fs::write(&wrong, "(certificate 3)").unwrap();
    let good = "tests/certificates/accepted/absurd.cert";
    let steps = "tests/certificates/accepted/premise.cert";
    let value = conforms(
        "check",
        &[
            "check",
            "--format",
            "json",
            good,
            wrong.to_str().unwrap(),
            steps,
        ],
    );
    let lemmas = |file: usize| value["files"][file]["lemmas"].as_array().unwrap().len();
    assert_eq!((lemmas(0), lemmas(1), lemmas(2)), (0, 0, 1));
    assert_eq!(
        (
            &value["files"][0]["accepted"],
            &value["files"][1]["accepted"]
        ),
        (&true.into(), &false.into())
    );
}

#[test]
fn verify_by_coq() {
    let value = conforms(
        "verify",
        &[
            "verify",
            "proofs/ss89/chain-lemma.claims",
            "--format",
            "json",
            "--no-timing",
        ],
    );
    assert_eq!(value["summary"]["by_coq"], 1);
}

#[test]
fn export_accepted_and_rejected() {
    for certificate in ["accepted/five", "rejected/modulus_larger"] {
        let file = format!("tests/certificates/barrier/{certificate}.cert");
        conforms(
            "export",
            &["export", "--to", "coq", &file, "--format", "json"],
        );
    }
    conforms(
        "error",
        &["export", "--to", "coq", "Cargo.toml", "--format", "json"],
    );
}

#[test]
fn certify_without_a_verdict() {
    let data = "proofs/data/xor-five.csv";
    let arguments = [
        "certify", data, "--format", "json", "--single", "--starts", "0",
    ];
    for start in [&[][..], &["--start", "1e9,1e9,1e9"]] {
        let value = conforms("certify", &[&arguments[..], start].concat());
        assert_eq!(value["verdict"], "unknown");
    }
}

#[test]
fn certify_with_every_verdict() {
    for (file, unit, verdict) in [
        ("and", "tanh", "no-critical-point"),
        ("two-scales-1", "logistic", "spurious"),
        ("xor", "tanh", "tie"),
        ("mirrored", "tanh", "none"),
        ("ss89-printed", "tanh", "none"),
        ("../../tests/neighbours/ss89-p2", "tanh", "minimum"),
    ] {
        let file = format!("proofs/data/{file}.csv");
        for more in [&["--no-timing"][..], &["--attraction"], &["--single"]] {
            let value = conforms(
                "certify",
                &[
                    &["certify", &file, "--unit", unit, "--format", "json"][..],
                    more,
                ]
                .concat(),
            );
            assert!(
                more == ["--single"] || value["verdict"] == verdict,
                "{file}: {}",
                value["verdict"]
            );
        }
    }
}

#[test]
fn explain_and_errors() {
    conforms(
        "explain",
        &[
            "explain",
            "ss89.lemma-3.4",
            "--ledger",
            "proofs/ss89",
            "--format",
            "json",
        ],
    );
    conforms("error", &["explain", "no.such.claim", "--format", "json"]);
    conforms("error", &["verify", "Cargo.toml", "--format", "json"]);
    conforms("error", &["certify", "Cargo.toml", "--format", "json"]);
}

#[test]
fn a_schema_refuses_what_it_does_not_name() {
    let mut value = output(&["explain", "no.such.claim", "--format", "json"]);
    value["error"]["line"] = 0.into();
    assert_ne!(faults("error", &value), "");
    value["error"]["line"] = Value::Null;
    value["other"] = 1.into();
    assert_ne!(faults("error", &value), "");
}
