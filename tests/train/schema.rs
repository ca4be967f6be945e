//! What `spurious train --format json` writes is what the published schema says, for every experiment and every example.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::Value;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn output(arguments: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spurious"));
    let output = command
        .current_dir(ROOT)
        .arg("train")
        .args(arguments)
        .args(["--format", "json"])
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
}

fn schema(schemas: &mut Schemas) -> SchemaIndex {
    let file = format!("{ROOT}/src/docs/schemas/train.schema.json");
    Compiler::new()
        .compile(&file, schemas)
        .unwrap_or_else(|error| panic!("{error:#}"))
}

#[test]
fn every_experiment_has_its_schema() {
    let mut schemas = Schemas::new();
    let index = schema(&mut schemas);
    let mut cases: Vec<Vec<&str>> = [
        &["search", "--starts=3"][..],
        &["basins", "--starts=3", "--steps=200"],
        &["map", "--side=4"],
        &["escape", "--starts=3", "--steps=200", "--rates=0.5"],
        &["diffusion", "--starts=3", "--rates=0.5"],
        &["growth", "--steps=200"],
        &["eigenvalues", "--steps=200"],
        &["compare", "--starts=3", "--steps=200"],
        &["confirm", "--starts=3"],
    ]
    .map(|case| [&["ss89", "-e"], case].concat())
    .to_vec();
    cases.push(vec!["ss89", "-a", "damped", "--steps=20"]);
    cases.push(vec!["ss89", "--start=1.3,1.3,1.3,1.3,1.3"]);
    cases.push(vec!["ss89", "--rate", "1000"]);
    cases.push(vec![
        "proofs/data/xor.csv",
        "--hidden",
        "2",
        "--output-unit",
        "linear",
        "--rate",
        "100",
    ]);
    let escape = ["ss89", "-e", "escape", "--starts=3", "--steps=200"];
    cases.push([&escape[..], &["--betas=0.1", "--rates=0.5"]].concat());
    let basins = ["ss89", "-e", "basins", "--starts=3", "--steps=200"];
    cases.push([&basins[..], &["-a", "online"]].concat());
    cases.push(vec!["lb98-net", "-e", "search", "--starts=3"]);
    for case in cases {
        let value = output(&case);
        let faults = schemas
            .validate(&value, index)
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default();
        assert_eq!(faults, "", "{case:?}");
    }
}

#[test]
fn the_schema_refuses_what_it_does_not_name() {
    let mut schemas = Schemas::new();
    let index = schema(&mut schemas);
    let mut value = output(&["ss89", "--steps", "3"]);
    value["result"]["runs"][0]["outcome"] = "perfect".into();
    assert!(schemas.validate(&value, index).is_err());
}

#[test]
fn every_named_example_trains_in_its_network() {
    for (name, weights) in [
        ("ss89", 5),
        ("so88-xor", 9),
        ("fi92-additive", 121),
        ("fi92-product", 121),
        ("fi92-radial", 121),
        ("fi92-network", 121),
        ("lb98-classes", 3),
        ("lb98-net", 4),
    ] {
        let value = output(&[name, "--steps", "20"]);
        assert_eq!(
            value["result"]["runs"][0]["weights"]
                .as_array()
                .unwrap()
                .len(),
            weights,
            "{name}"
        );
    }
}

#[test]
fn escape_shows_a_certified_wall_below_a_measured_pass() {
    let value = output(&[
        "ss89", "-e", "escape", "--starts", "2", "--steps", "200", "--rates", "0.1",
    ]);
    let found = &value["result"]["escape"];
    let (wall, pass) = (
        found["wall"]["height"].as_f64().unwrap(),
        found["pass"]["height"].as_f64().unwrap(),
    );
    assert!(0.0 < wall && wall < pass, "{wall} {pass}");
    let [above, below] = [0, 1].map(|i| {
        let exact = found["wall"]["exact"].as_str().unwrap();
        exact.split('/').nth(i).unwrap().parse::<f64>().unwrap()
    });
    assert!((wall / (above / below) - 1.0).abs() < 1e-12 && wall <= above / below);
}
