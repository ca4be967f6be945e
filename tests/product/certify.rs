//! `spurious certify` and `spurious check` as programs: contract, exit status, files.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use crate::command;
use command::spurious;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Output;

fn data(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("proofs/data")
        .join(name)
        .display()
        .to_string()
}

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("certify");
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_contract() {
    let file = scratch("five.cert");
    let file = file.to_str().unwrap();
    let arguments = [
        "certify",
        &data("xor-five.csv"),
        "--format",
        "json",
        "--no-timing",
        "--attraction",
        "--output",
        file,
    ];
    let output = spurious(&arguments);
    assert_eq!(output.status.code(), Some(0));
    let value = json(&output);
    assert_eq!(value["schema"], "spurious.certify/2");
    assert_eq!(value["verdict"], "spurious");
    assert_eq!(value["complete"], true);
    assert_eq!(value["minima"][0]["strict"], true);
    assert_eq!(value["minima"][0]["spurious"], true);
    assert_eq!(value["minima"][0]["point"].as_array().unwrap().len(), 3);
    assert_eq!(value["infimum"]["value"][0], "4");
    assert_eq!(value["infimum"]["attained"], false);
    assert_eq!(value["certificate"], file);
    assert!(value.get("seconds").is_none());
    assert_eq!(spurious(&arguments).stdout, output.stdout);
    let checked = spurious(&["check", file]);
    assert_eq!(checked.status.code(), Some(0));
    let text = String::from_utf8(checked.stdout).unwrap();
    assert!(
        text.contains("the local minimum is not global, it is spurious"),
        "{text}"
    );
    // A truncated certificate is rejected.
    let whole = std::fs::read_to_string(file).unwrap();
    let broken = scratch("broken.cert");
    std::fs::write(&broken, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(
        spurious(&["check", broken.to_str().unwrap()]).status.code(),
        Some(1)
    );
}

/// Every training set of `proofs/data` with a certificate, its unit and its verdict.
const SHIPPED: [(&str, &str, &str); 15] = [
    ("and", "tanh", "no-critical-point"),
    ("mirrored", "tanh", "none"),
    ("separable-inside", "tanh", "spurious"),
    ("ss89-corrected", "tanh", "spurious"),
    ("ss89-outputs", "tanh", "spurious"),
    ("ss89-printed", "tanh", "none"),
    ("ss89-v11", "tanh", "spurious"),
    ("ss89-v7", "tanh", "none"),
    ("two-scales-1", "logistic", "spurious"),
    ("two-scales-2", "logistic", "spurious"),
    ("two-scales-3", "logistic", "spurious"),
    ("two-scales-4", "logistic", "spurious"),
    ("xor-five", "tanh", "spurious"),
    ("xor-zero-one", "logistic", "tie"),
    ("xor", "tanh", "tie"),
];

#[test]
fn shipped_certificates_are_accepted_and_come_out_again() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("proofs/data");
    let sets = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    assert_eq!(
        sets.filter(|path| path.extension().is_some_and(|ending| ending == "cert"))
            .count(),
        SHIPPED.len()
    );
    for (name, unit, verdict) in SHIPPED {
        let (shipped, fresh) = (
            data(&format!("{name}.cert")),
            scratch(&format!("{name}.cert")),
        );
        assert_eq!(
            spurious(&["check", &shipped]).status.code(),
            Some(0),
            "{name}"
        );
        let csv = data(&format!("{name}.csv"));
        let output = fresh.to_str().unwrap();
        let arguments = [
            "certify",
            &csv,
            "--unit",
            unit,
            "--attraction",
            "--format",
            "json",
            "--output",
            output,
        ];
        assert_eq!(json(&spurious(&arguments))["verdict"], verdict, "{name}");
        let same = std::fs::read(&fresh).unwrap() == std::fs::read(&shipped).unwrap();
        assert!(same, "{name}.cert is not what `certify` writes");
    }
}

#[test]
fn attraction_is_in_the_output() {
    let arguments = [
        "certify",
        &data("two-scales-1.csv"),
        "--unit",
        "logistic",
        "--attraction",
        "--format",
        "json",
    ];
    let value = json(&spurious(&arguments));
    for minimum in value["minima"].as_array().unwrap() {
        let ball = &minimum["attraction"];
        let number = |key: &str| ball[key].as_str().unwrap().parse::<f64>().unwrap();
        assert!(
            number("radius") > 0.0
                && number("lambda") > 0.0
                && number("lambda") < number("smoothness")
        );
        let most: f64 = ball["rates"][1].as_str().unwrap().parse().unwrap();
        assert!((most * number("smoothness") - 2.0).abs() < 1e-9);
        // Gradient descent from the edge of the ball with a rate in the range ends at the minimum.
        let end = |text: &Value| text.as_str().unwrap().parse::<f64>().unwrap();
        let goal = (end(&minimum["point"][0][0]), end(&minimum["point"][0][1]));
        let mut x = goal.0 + number("radius") * 0.99;
        for _ in 0..20_000 {
            let slope = |a: f64| {
                let response = 1.0 / (1.0 + (-a * x).exp());
                2.0 * a * (response - 0.25) * response * (1.0 - response)
            };
            x -= 0.9 * most * (slope(1.0) + slope(10.0));
        }
        assert!((x - goal.0).abs() < 1e-6, "{x} {goal:?}");
    }
    let without = json(&spurious(&[
        "certify",
        &data("two-scales-1.csv"),
        "--unit",
        "logistic",
        "--format",
        "json",
    ]));
    assert!(without["minima"][0]["attraction"].is_null());
}

#[test]
fn a_minimum_alone_is_a_verdict() {
    let two = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/neighbours/ss89-p2.csv")
        .display()
        .to_string();
    let output = spurious(&["certify", &two, "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let value = json(&output);
    assert_eq!(value["verdict"], "minimum");
    assert!(value["minima"][0]["spurious"].is_null());
    assert!(value["infimum"]["value"].is_null());
}

#[test]
fn starts_of_the_user() {
    let start = "-0.12,-0.13,-0.12";
    let output = spurious(&[
        "certify",
        &data("xor-five.csv"),
        "--starts",
        "0",
        "--start",
        start,
        "--single",
    ]);
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("4.6158674154")
    );
    let file = scratch("starts.txt");
    std::fs::write(&file, "0 0 0\n\n-0.12, -0.13, -0.12\n").unwrap();
    let arguments = [
        "certify",
        &data("xor-five.csv"),
        "--starts",
        "0",
        "--start",
        file.to_str().unwrap(),
        "--single",
    ];
    assert!(
        String::from_utf8(spurious(&arguments).stdout)
            .unwrap()
            .contains("4.6158674154")
    );
    for start in ["1,2", "1,2,x", "1,2,NaN", "1,2,inf", ""] {
        let output = spurious(&["certify", &data("xor-five.csv"), "--start", start]);
        assert_eq!(output.status.code(), Some(2), "{start}");
    }
}

#[test]
fn wrong_input_is_exit_status_two_and_leaves_no_file() {
    let wrong = scratch("wrong.csv");
    std::fs::write(&wrong, "x,target\n1,1\nNaN,1\n").unwrap();
    let certificate = scratch("never.cert");
    let arguments = [
        "certify",
        wrong.to_str().unwrap(),
        "--format",
        "json",
        "--output",
        certificate.to_str().unwrap(),
    ];
    let output = spurious(&arguments);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(json(&output)["error"]["line"], 3);
    assert_eq!(json(&output)["error"]["column"], 1);
    assert!(!certificate.exists());
    assert_eq!(
        spurious(&["certify", "no/such/file.csv"]).status.code(),
        Some(2)
    );
    let unwritable = spurious(&[
        "certify",
        &data("and.csv"),
        "--output",
        "no/such/folder/x.cert",
    ]);
    assert_eq!(unwritable.status.code(), Some(2));
}

#[test]
fn hostile_sets_end_in_an_honest_verdict() {
    for (name, text) in [
        ("zero", "x,y,target\n0,0,1\n0,0,-1\n"),
        ("contradiction", "x,target\n1,1\n1,-1\n"),
        ("tiny", "x,target\n1e-300,1\n1e-300,-1\n"),
        ("huge", "x,y,target\n1e300,1,1\n-1e300,1,1/2\n3,1,-1\n"),
        (
            "long",
            "x,target\n123456789123456789/1000000007,1/3\n-3/998244353,1/7\n",
        ),
        ("weights", "x,target,weight\n1,1,1e-200\n1,-1,1e200\n"),
        ("one", "x,target\n1,0\n"),
    ] {
        let file = scratch(&format!("{name}.csv"));
        std::fs::write(&file, text).unwrap();
        for unit in ["tanh", "logistic"] {
            let output = spurious(&[
                "certify",
                file.to_str().unwrap(),
                "--unit",
                unit,
                "--format",
                "json",
            ]);
            let range = unit == "logistic" && text.contains("-1\n") || text.contains(",-1,");
            let code = output.status.code();
            assert!(
                matches!(code, Some(0 | 1)) || range && code == Some(2),
                "{name} {unit}: {code:?} {output:?}"
            );
        }
    }
}

/// The divergence lemma on data: logical and is separated strictly, (1, 0) and (0, 1) against (0, 1) weakly, exclusive or
/// not at all.
#[test]
fn separable_data_are_told_what_the_divergence_lemma_says() {
    let output = spurious(&[
        "certify",
        &data("and.csv"),
        "--format",
        "json",
        "--no-timing",
    ]);
    let value = json(&output);
    assert_eq!(value["verdict"], "no-critical-point");
    let separation = &value["separation"];
    assert_eq!(separation["separable"], true);
    assert_eq!(separation["gradient_vanishes"], false);
    assert_eq!(separation["bounded_trajectories"], false);
    assert!(
        separation["theorem"]
            .as_str()
            .unwrap()
            .contains("tanh_separable")
    );
    let vector: Vec<f64> = separation["vector"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry.as_str().unwrap().parse().unwrap())
        .collect();
    let rows = [
        [-1.0, -1.0, 1.0],
        [1.0, -1.0, 1.0],
        [-1.0, 1.0, 1.0],
        [1.0, 1.0, 1.0],
    ];
    let sides = rows
        .iter()
        .zip([-1.0, -1.0, -1.0, 1.0])
        .map(|(row, target)| target * row.iter().zip(&vector).map(|(a, v)| a * v).sum::<f64>());
    let sides: Vec<f64> = sides.collect();
    assert!(sides.iter().all(|side| *side >= 0.0), "{sides:?}");
    let strictly = sides.iter().filter(|side| **side > 0.0).count();
    assert_eq!(separation["separated_rows"], strictly);
    assert_eq!(separation["strict"], strictly == 4);
    let text = String::from_utf8(spurious(&["certify", &data("and.csv")]).stdout).unwrap();
    assert!(
        text.contains("its gradient vanishes nowhere (by the kernel)"),
        "{text}"
    );
    assert!(
        text.contains("No trajectory of the gradient flow stays bounded (by Coq"),
        "{text}"
    );
}

#[test]
fn weak_separation_says_what_does_not_follow() {
    let file = scratch("weak.csv");
    std::fs::write(&file, "x,y,target\n1,0,1\n0,1,1\n0,1,-1\n").unwrap();
    let file = file.to_str().unwrap();
    let value = json(&spurious(&[
        "certify",
        file,
        "--format",
        "json",
        "--no-timing",
    ]));
    let separation = &value["separation"];
    assert_eq!(
        (&separation["strict"], &separation["separated_rows"]),
        (&false.into(), &1.into())
    );
    assert_eq!(separation["bounded_trajectories"], false);
    let text = String::from_utf8(spurious(&["certify", file]).stdout).unwrap();
    assert!(text.contains("weakly, 1 of 3 rows strictly"), "{text}");
    assert!(text.contains("the error need not tend to 0"), "{text}");
}

/// The theorem of Coq is about tanh and targets 1 and -1: of other data it is not cited.
#[test]
fn a_theorem_about_other_data_is_not_cited() {
    let inner = scratch("inner.csv");
    std::fs::write(&inner, "x,y,target\n1,0,1\n0,1,1/2\n").unwrap();
    let inner = inner.to_str().unwrap();
    let value = json(&spurious(&[
        "certify",
        inner,
        "--format",
        "json",
        "--no-timing",
    ]));
    if value["verdict"] == "no-critical-point" {
        assert_eq!(value["separation"]["bounded_trajectories"], Value::Null);
        assert_eq!(value["separation"]["theorem"], Value::Null);
    } else {
        panic!("{value}");
    }
    let logistic = scratch("zero-one.csv");
    std::fs::write(&logistic, "x,target\n1,1\n-1,0\n").unwrap();
    let logistic = logistic.to_str().unwrap();
    let arguments = [
        "certify", logistic, "--unit", "logistic", "--format", "json",
    ];
    let value = json(&spurious(&arguments));
    assert_eq!(value["verdict"], "no-critical-point");
    assert_eq!(value["separation"]["bounded_trajectories"], Value::Null);
}

#[test]
fn data_are_explained_by_their_rational_function() {
    let file = scratch("explained.csv");
    std::fs::write(
        &file,
        "x,y,target,count\n1,1/2,1,3\n-1,-1/2,1,2\n0,1,-1,1\n1,0,0,1\n",
    )
    .unwrap();
    let output = spurious(&["explain", file.to_str().unwrap()]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    for line in [
        "ξ1 = e^(2·x)",
        "ξ2 = e^(2·y/2)",
        "  (12 + 8·u²)/(1 + u)² at u = ξ1·ξ2\n",
        "+ (4·u²)/(1 + u)² at u = ξ2^2\n",
        "+ (1 - 2·u + u²)/(1 + u)² at u = ξ1\n",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn a_certificate_is_explained_by_what_it_shows() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("proofs/data/ss89-corrected.cert");
    let text = String::from_utf8(spurious(&["explain", file.to_str().unwrap()]).stdout).unwrap();
    for words in [
        "the box has half-width 2^-",
        "on the box the Hessian is at least λ ≈ ",
        "at the centre |∇E|₁ ≈ ",
        "at the minimum the error lies in [",
        "lower by at least ",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}
