//! What people train: decimals, floats, columns of many sizes, responses far out, separable classes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use crate::command::spurious;
use serde_json::Value;
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("trained");
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

fn file(name: &str, text: &str) -> String {
    let path = scratch(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

/// The JSON of `certify`, and the exit status.
fn certify(data: &str, more: &[&str]) -> (Value, Option<i32>) {
    let arguments = [&["certify", data, "--format", "json"], more].concat();
    let output = spurious(&arguments);
    let value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    (value, output.status.code())
}

fn number(value: &Value) -> f64 {
    value.as_str().unwrap().parse().unwrap()
}

/// A quasi-random number in (0, 1).
fn uniform(index: u32, base: f64) -> f64 {
    (f64::from(index + 1) * base).fract()
}

/// Two columns of six decimals and a noisy class, standardised more or less.
fn decimals(rows: u32, digits: usize) -> String {
    let mut text = "a,b,target\n".to_owned();
    for index in 0..rows {
        let (x, y) = (
            uniform(index, 0.618_033_988_7),
            uniform(index, 0.754_877_666_2),
        );
        let noise = uniform(index, 0.569_840_290_9);
        let class = if 2.0 * x - y + 1.5 * noise > 1.25 {
            1
        } else {
            -1
        };
        let (x, y) = (3.4 * (x - 0.5), 3.4 * (y - 0.5));
        writeln!(text, "{x:.digits$},{y:.digits$},{class}").unwrap();
    }
    text
}

#[test]
fn six_decimals_with_a_threshold() {
    let data = file("decimals.csv", &decimals(300, 6));
    let written = scratch("decimals.cert");
    let more = [
        "--threshold",
        "--single",
        "--output",
        written.to_str().unwrap(),
    ];
    let (value, status) = certify(&data, &more);
    assert_eq!(status, Some(0), "{value}");
    assert_eq!(value["verdict"], "minimum");
    assert_eq!(value["minima"].as_array().unwrap().len(), 1);
    let checked = spurious(&["check", written.to_str().unwrap()]);
    assert_eq!(checked.status.code(), Some(0), "{checked:?}");
}

/// Floats as `repr` writes them have columns of integers near 10^17; the box is as narrow as with short decimals.
#[test]
fn boxes_of_long_floats_are_narrow() {
    let data = file("floats.csv", &decimals(60, 17));
    let (value, status) = certify(&data, &["--threshold", "--single"]);
    assert_eq!(status, Some(0), "{value}");
    for weight in value["minima"][0]["point"].as_array().unwrap() {
        let (low, high) = (number(&weight[0]), number(&weight[1]));
        assert!(high - low < 1e-9, "{weight}");
    }
}

#[test]
fn minima_where_some_response_is_saturated() {
    for (name, text) in [
        ("far", "x1,target\n1,9/10\n13,9/10\n"),
        ("farther", "x,target,count\n1,1,3\n1,-1,1\n50,1,1\n"),
        ("farthest", "x,target,count\n1,1,3\n1,-1,1\n1000,1,1\n"),
    ] {
        let (value, status) = certify(&file(&format!("{name}.csv"), text), &["--single"]);
        assert_eq!(status, Some(0), "{name}: {value}");
        assert_eq!(value["minima"].as_array().unwrap().len(), 1, "{name}");
    }
}

/// A point at infinity is lower: the way there is saturated long before.
#[test]
fn a_runaway_is_followed_to_its_limit() {
    let text = "x,y,target,count\n1,0,1,2\n1,0,-1,1\n0,1,1,1\n0,1000,1,1\n1,1,-1/2,1\n";
    let (value, status) = certify(&file("runaway.csv", text), &["--single"]);
    assert_eq!(status, Some(0), "{value}");
}

#[test]
fn minima_that_hardly_differ_are_compared() {
    let text = "x1,x2,target,weight\n1,0,-1/2,6\n0,1,-1/2,6.0000000001\n2,-6,0,1\n-6,2,0,1\n";
    let (value, _) = certify(&file("close.csv", text), &["--single"]);
    assert_eq!(value["verdict"], "spurious", "{value}");
}

#[test]
fn one_more_start_far_out_changes_no_verdict() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("proofs/data/xor-five.csv");
    let data = data.to_str().unwrap();
    for start in ["1e9,1e9,-1e9", "30000,-30000,20000"] {
        let (value, _) = certify(data, &["--single", "--start", start]);
        assert_eq!(value["verdict"], "spurious", "{start}: {value}");
    }
}

#[test]
fn an_error_that_no_weight_changes() {
    let text = "x,y,target\n0,0,1\n0,0,-1\n0,0,1\n";
    let (value, status) = certify(&file("constant.csv", text), &[]);
    assert_eq!(status, Some(0), "{value}");
    assert_eq!(value["verdict"], "none");
    assert_eq!(value["infimum"]["attained"], true);
}

#[test]
fn weights_of_many_sizes() {
    let text = "x,y,target,weight\n1,0,1/2,1e6\n0,1,1/3,1\n1,1,-1/5,1e-3\n";
    let (value, status) = certify(&file("weights.csv", text), &["--single"]);
    assert_eq!(status, Some(0), "{value}");
}

/// More rows than an exact linear programme takes; some lie on the plane that separates the classes.
#[test]
fn separable_classes() {
    let mut text = "a,b,c,target\n".to_owned();
    for index in 0..400 {
        let [x, y, z] = [0.618_033_988_7, 0.754_877_666_2, 0.569_840_290_9]
            .map(|base| uniform(index, base) - 0.5);
        let class = if 1.234 * x - 2.5 * y + 0.3 * z > 0.0 {
            1
        } else {
            -1
        };
        writeln!(text, "{x:.6},{y:.6},{z:.6},{class}").unwrap();
    }
    let (value, status) = certify(
        &file("separable.csv", &text),
        &["--single", "--starts", "5"],
    );
    assert_eq!(status, Some(0), "{value}");
    assert_eq!(value["verdict"], "no-critical-point");
    text.push_str("0,0,0,1\n");
    for row in ["25,12.34,0,1", "25,12.34,0,-1"] {
        writeln!(text, "{row}").unwrap();
    }
    let (value, status) = certify(&file("touching.csv", &text), &["--single", "--starts", "5"]);
    assert_eq!(status, Some(0), "{value}");
    assert_eq!(value["verdict"], "no-critical-point");
}

/// Whatever is written passes the checker, however much it is.
#[test]
fn what_is_written_is_accepted() {
    let data = file("many.csv", &decimals(60_000, 6));
    let written = scratch("many.cert");
    let _ = std::fs::remove_file(&written);
    let more = [
        "--threshold",
        "--single",
        "--starts",
        "0",
        "--start",
        "1,-0.5,0.1",
        "--output",
        written.to_str().unwrap(),
    ];
    let (value, status) = certify(&data, &more);
    if status == Some(0) {
        let checked = spurious(&["check", written.to_str().unwrap()]);
        assert_eq!(checked.status.code(), Some(0), "{checked:?}");
    } else {
        assert!(!written.exists());
        let why = value["found"]["obstacle"].as_str().unwrap();
        assert!(why.contains("the kernel rejects"), "{why}");
    }
}

/// A start so far out that nothing moves: the search ends there, and says so.
#[test]
fn unknown_says_what_was_found_and_what_failed() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("proofs/data/xor-five.csv");
    let start = "1e9,1e9,1e9";
    let more = ["--single", "--starts", "0", "--start", start];
    let (value, status) = certify(data.to_str().unwrap(), &more);
    assert_eq!(status, Some(1), "{value}");
    assert_eq!(value["verdict"], "unknown");
    assert_eq!(value["found"]["certified"], false);
    assert_eq!(value["found"]["weights"].as_array().unwrap().len(), 3);
    let why = value["found"]["obstacle"].as_str().unwrap();
    assert!(why.contains("runs away"), "{why}");
    assert!(!value["found"]["advice"].as_array().unwrap().is_empty());
    let output = spurious(&[&["certify", data.to_str().unwrap()][..], &more].concat());
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("not certified"), "{text}");
}

#[test]
fn targets_zero_and_one_are_questioned() {
    let text = "x,target\n1,0\n2,1\n3,0\n4,1\n";
    let data = file("zero-one.csv", text);
    let remarks = |unit: &str| {
        let (value, _) = certify(&data, &["--single", "--unit", unit]);
        value["remarks"].as_array().unwrap().len()
    };
    assert_eq!((remarks("tanh"), remarks("logistic")), (1, 0));
}

fn npy(order: char, values: &[f64]) -> Vec<u8> {
    let header = format!(
        "{{'descr': '{order}f8', 'fortran_order': False, 'shape': (1, {}), }}\n",
        values.len()
    );
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend(u16::try_from(header.len()).unwrap().to_le_bytes());
    bytes.extend(header.bytes());
    for value in values {
        let both = (value.to_le_bytes(), value.to_be_bytes());
        bytes.extend(if order == '<' { both.0 } else { both.1 });
    }
    bytes
}

#[test]
fn starts_in_every_form() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("proofs/data/xor-five.csv");
    let data = data.to_str().unwrap();
    let point = [-0.12, -0.13, -0.12];
    let forms: [(&str, Vec<u8>); 7] = [
        ("named.csv", b"a,b,c\n-0.12,-0.13,-0.12\n".to_vec()),
        ("list.json", b"[-0.12, -0.13, -0.12]".to_vec()),
        ("lists.json", b"[[0, 0, 0], [-0.12, -0.13, -0.12]]".to_vec()),
        (
            "runs.json",
            b"{\"runs\": [{\"trajectory\": [{\"weights\": [9]}], \"weights\": [-0.12, -0.13, -0.12]}]}".to_vec(),
        ),
        ("little.npy", npy('<', &point)),
        ("big.npy", npy('>', &point)),
        (
            "table.txt",
            b"batch\nstart  outcome  weights\n0      rest  1.0  -0.12 -0.13 -0.12\n".to_vec(),
        ),
    ];
    for (name, bytes) in forms {
        let path = scratch(name);
        std::fs::write(&path, bytes).unwrap();
        let more = [
            "--starts",
            "0",
            "--single",
            "--start",
            path.to_str().unwrap(),
        ];
        let (value, _) = certify(data, &more);
        assert!(
            !value["minima"].as_array().unwrap().is_empty(),
            "{name}: {value}"
        );
    }
    for (name, bytes) in [
        ("short.npy", npy('<', &point)[..80].to_vec()),
        ("narrow.npy", npy('<', &point[..2])),
        ("nan.npy", npy('<', &[f64::NAN, 0.0, 0.0])),
        ("narrow.json", b"[1, 2]".to_vec()),
        ("words.json", b"[\"a\", 1, 2]".to_vec()),
        ("empty.json", b"{}".to_vec()),
    ] {
        let path = scratch(name);
        std::fs::write(&path, bytes).unwrap();
        let output = spurious(&["certify", data, "--start", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2), "{name}: {output:?}");
    }
}

#[test]
fn a_named_example_is_certified() {
    let (value, status) = certify("so88-xor", &["--threshold", "--single"]);
    assert_eq!(status, Some(0), "{value}");
    let output = spurious(&["certify", "-", "--start", "-"]);
    assert_eq!(output.status.code(), Some(2));
}
