//! Defends `spurious train` as scripts see it: exit status, formats, reproducibility, whole files, Ctrl-C.

#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::Value;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const PROOF: &str = "proofs/data/ss89-corrected.csv";
const NEAR: &str = "--start=1.3,1.3,1.3,1.3,1.3";

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spurious"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .arg("train")
        .args(arguments);
    command
}

fn train(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_run_that_converges_exits_with_0() {
    let output = train(&[PROOF, NEAR]);
    assert_eq!(status(&output), 0);
    assert!(
        text(&output).contains("converged to a strict local minimum")
            && text(&output).contains("not proved")
    );
}

#[test]
fn limits_and_divergence_exit_with_1() {
    assert_eq!(status(&train(&[PROOF, NEAR, "--steps", "3"])), 1);
    assert_eq!(status(&train(&[PROOF, NEAR, "--rate", "1000"])), 1);
    let linear = [
        "proofs/data/xor.csv",
        "--hidden",
        "2",
        "--output-unit",
        "linear",
        "--rate",
        "100",
    ];
    let output = train(&linear);
    assert_eq!(status(&output), 1);
    assert!(
        text(&output).contains("diverged") || text(&output).contains("not a number"),
        "{}",
        text(&output)
    );
}

#[test]
fn wrong_input_exits_with_2_and_says_where() {
    for arguments in [
        &["no-such-file.csv"][..],
        &[PROOF, "--start", "1,2"],
        &[PROOF, "--rate", "nan"],
        &[PROOF, "--scale", "-1"],
        &[PROOF, "--experiment", "diffusion", "--rates", "0"],
        &[PROOF, "--algorithm", "damped", "--mass", "0"],
        &[PROOF, "--experiment", "map", "--minimum", "0,0,0,0,0"],
    ] {
        let output = train(arguments);
        assert_eq!(status(&output), 2, "{arguments:?}");
        assert!(
            !output.stderr.is_empty() && output.stdout.is_empty(),
            "{arguments:?}"
        );
    }
    let output = train(&["no-such-file.csv", "--format", "json"]);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["error"]["file"], "no-such-file.csv");
}

#[test]
fn json_has_its_schema_and_csv_its_rows() {
    let output = train(&[PROOF, NEAR, "--format", "json"]);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["schema"], "spurious.train/2");
    assert_eq!(value["result"]["runs"][0]["outcome"], "converged");
    assert_eq!(value["inputs"].as_array().unwrap().len(), 5);
    let csv = text(&train(&[PROOF, NEAR, "--format", "csv"]));
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("start,step,time,error,w1,w2,w3,w4,w5"));
    assert!(lines.all(|line| line.split(',').count() == 9));
}

#[test]
fn every_experiment_is_the_same_on_any_number_of_threads() {
    for experiment in [
        "run",
        "search",
        "basins",
        "map",
        "escape",
        "diffusion",
        "growth",
        "eigenvalues",
        "compare",
    ] {
        let with = |threads: &str| {
            let size = [
                "--starts", "6", "--side", "6", "--steps", "300", "--rates", "0.5", "--seed", "9",
            ];
            let mut arguments = vec![
                PROOF,
                "--experiment",
                experiment,
                "--format",
                "json",
                "--threads",
                threads,
            ];
            arguments.extend(size);
            train(&arguments)
        };
        let (one, three) = (with("1"), with("3"));
        assert_eq!(text(&one), text(&three), "{experiment}");
        serde_json::from_slice::<Value>(&one.stdout).unwrap();
    }
}

#[test]
fn plots_are_well_formed_and_written_whole() {
    let folder = tempfile::tempdir().unwrap();
    for experiment in ["run", "basins", "map", "escape", "diffusion", "growth"] {
        let file = folder.path().join(format!("{experiment}.svg"));
        let size = [
            "--starts", "3", "--side", "5", "--steps", "200", "--rates", "0.5,0.7", "--plot",
        ];
        let mut arguments = vec![PROOF, "--experiment", experiment];
        arguments.extend(size);
        train(&[&arguments[..], &[file.to_str().unwrap()]].concat());
        let svg = std::fs::read_to_string(&file).unwrap();
        assert!(
            svg.starts_with("<svg") && svg.ends_with("</svg>\n") && !svg.contains("NaN"),
            "{experiment}"
        );
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 6);
    let nowhere = folder.path().join("no/such/folder.svg");
    assert_eq!(
        status(&train(&[PROOF, NEAR, "--plot", nowhere.to_str().unwrap()])),
        2
    );
}

#[test]
fn every_algorithm_has_a_name_on_the_command_line() {
    let deterministic = [
        "batch",
        "flow",
        "momentum",
        "damped",
        "newton",
        "conjugate",
        "bfgs",
        "gauss-newton",
    ];
    for algorithm in deterministic.into_iter().chain(["levenberg-marquardt"]) {
        assert_eq!(
            status(&train(&[PROOF, NEAR, "--algorithm", algorithm])),
            0,
            "{algorithm}"
        );
    }
    for algorithm in ["online", "diagonal"] {
        assert_eq!(
            status(&train(&[
                PROOF,
                NEAR,
                "--algorithm",
                algorithm,
                "--steps",
                "1000"
            ])),
            1,
            "{algorithm}"
        );
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_with_what_there_is() {
    let arguments = [
        PROOF,
        "--algorithm",
        "online",
        "--steps",
        "1000000000000",
        "--format",
        "json",
    ];
    let child = command(&arguments).stdout(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    let begin = Instant::now();
    Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(begin.elapsed() < Duration::from_secs(20));
    assert_eq!(status(&output), 130);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (
            &value["interrupted"],
            &value["result"]["runs"][0]["outcome"]
        ),
        (&true.into(), &"interrupted".into())
    );
}
