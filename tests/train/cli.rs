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
    assert_eq!(value["schema"], "spurious.train/3");
    assert_eq!(value["result"]["runs"][0]["outcome"], "converged");
    assert_eq!(value["inputs"].as_array().unwrap().len(), 5);
    let csv = text(&train(&[PROOF, NEAR, "--format", "csv"]));
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("start,step,time,error,w1,w2,w3,w4,w5"));
    assert!(lines.all(|line| line.split(',').count() == 9));
}

/// Each experiment at a size of its own: only with options that it reads.
const EXPERIMENTS: [(&str, &[&str]); 10] = [
    ("run", &["--starts=6", "--steps=300", "--rate=0.003"]),
    ("search", &["--starts=6"]),
    ("basins", &["--starts=6", "--steps=300"]),
    ("map", &["--side=6"]),
    ("escape", &["--starts=6", "--steps=300", "--rates=0.5,0.7"]),
    ("diffusion", &["--starts=3", "--rates=0.5,0.7"]),
    ("growth", &["--steps=300"]),
    ("eigenvalues", &["--steps=300"]),
    ("compare", &["--starts=6", "--steps=300"]),
    ("confirm", &["--starts=6"]),
];

fn experiment(name: &str, size: &[&str], more: &[&str]) -> Output {
    let head = [PROOF, "--experiment", name, "--seed", "9"];
    train(&[&head, size, more].concat())
}

#[test]
fn every_experiment_is_the_same_on_any_number_of_threads() {
    for (name, size) in EXPERIMENTS {
        let with = |threads: &str| {
            let output = experiment(name, size, &["--format=json", "--threads", threads]);
            text(&output)
        };
        let one = with("1");
        assert_eq!(one, with("3"), "{name}");
        serde_json::from_str::<Value>(&one).unwrap();
    }
}

/// What an output says of itself is enough to make it again.
#[test]
fn every_output_says_how_to_repeat_it() {
    let other: [(&str, &[&str]); 4] = [
        (
            "run",
            &[
                "-a",
                "momentum",
                "--online",
                "--order=shuffled",
                "--steps=50",
            ],
        ),
        ("run", &["-a", "damped", "--rate=0.1", "--steps=50"]),
        ("run", &["--hidden=2", "--unit=logistic", "--steps=50"]),
        (
            "compare",
            &["-a", "diagonal", "--anneal=9", "--starts=3", "--steps=20"],
        ),
    ];
    for (name, size) in EXPERIMENTS.into_iter().chain(other) {
        let first = experiment(name, size, &["--format=json"]);
        let value: Value = serde_json::from_slice(&first.stdout).unwrap();
        let repeat = value["repeat"].as_array().unwrap().iter();
        let mut arguments: Vec<&str> = repeat.map(|word| word.as_str().unwrap()).collect();
        arguments.push("--format=json");
        assert_eq!(
            text(&train(&arguments)),
            text(&first),
            "{name} {arguments:?}"
        );
    }
}

/// An option that would change nothing is an error, and the message names it.
#[test]
fn options_that_do_nothing_are_refused() {
    for (option, arguments) in [
        ("--order", &[PROOF, "--order=shuffled"][..]),
        ("--anneal", &[PROOF, "-a", "momentum", "--anneal=9"]),
        ("--adaptive", &[PROOF, "-a", "damped", "--adaptive=1,1,0.5"]),
        (
            "--rate-scale",
            &[PROOF, "-a", "diagonal", "--rate-scale=fan-in"],
        ),
        ("--rate", &[PROOF, "-a", "bfgs", "--rate=0.1"]),
        ("--momentum", &[PROOF, "--momentum=0.5"]),
        ("--online", &[PROOF, "--online"]),
        ("--beta", &[PROOF, "--beta=0.5"]),
        (
            "--regularisation",
            &[PROOF, "-a", "online", "--regularisation=1"],
        ),
        ("--mass", &[PROOF, "-a", "damped", "--rate=0.1", "--mass=1"]),
        ("--threshold", &["ss89", "--threshold"]),
        ("--unit", &["ss89", "--unit=logistic"]),
        (
            "--recommended",
            &[PROOF, "--unit=logistic", "--recommended"],
        ),
        (
            "--output-unit",
            &[PROOF, "--unit=logistic", "--output-unit=tanh"],
        ),
        ("--twist", &[PROOF, "--output-unit=linear", "--twist=0.1"]),
        ("--algorithm", &[PROOF, "-e", "map", "-a", "online"]),
        ("--rate", &[PROOF, "-e", "basins", "--rate=0.1"]),
        ("--start", &[PROOF, "-e", "escape", "--start=1,1,1,1,1"]),
        ("--starts", &[PROOF, "-e", "growth", "--starts=3"]),
        (
            "--rates",
            &[PROOF, "-e", "escape", "--betas=1", "--mass=1", "--rates=1"],
        ),
        ("--side", &[PROOF, "--side=9"]),
        ("--tolerance", &[PROOF, "-e", "search", "--tolerance=1e-3"]),
    ] {
        let output = train(arguments);
        let message = String::from_utf8(output.stderr.clone()).unwrap();
        assert_eq!(status(&output), 2, "{arguments:?}");
        assert!(
            message.contains(&format!("{option} does nothing here")),
            "{message}"
        );
    }
}

/// Lists that do not fit, and an order for which the weights are no counts.
#[test]
fn numbers_that_do_not_fit_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("half.csv");
    std::fs::write(&file, "x,target,weight\n1,1,1/2\n-1,1,1\n").unwrap();
    let file = file.to_str().unwrap();
    for arguments in [
        &[PROOF, "-a", "damped", "--mass=1,2"][..],
        &[PROOF, "--hidden=0"],
        &[file, "-a", "online", "--order=shuffled"],
    ] {
        assert_eq!(status(&train(arguments)), 2, "{arguments:?}");
    }
}

/// From random starts, with no option: every start ends somewhere, and says where.
#[test]
fn runs_without_options_reach_their_goal() {
    for data in [
        "ss89",
        "proofs/data/xor-five.csv",
        "proofs/data/xor.csv",
        "proofs/data/and.csv",
        "proofs/data/two-scales-2.csv",
    ] {
        let output = train(&[data, "--starts=8", "--format=json"]);
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        for run in value["result"]["runs"].as_array().unwrap() {
            let outcome = run["outcome"].as_str().unwrap();
            assert!(
                ["converged", "runaway"].contains(&outcome),
                "{data}: {outcome}"
            );
            assert_eq!(outcome == "runaway", !run["runaway"].is_null());
        }
        assert_eq!(status(&output), 0, "{data}");
    }
}

#[test]
fn plots_are_well_formed_and_written_whole() {
    let folder = tempfile::tempdir().unwrap();
    for (name, size) in EXPERIMENTS {
        let file = folder.path().join(format!("{name}.svg"));
        experiment(name, size, &["--plot", file.to_str().unwrap()]);
        let svg = std::fs::read_to_string(&file).unwrap();
        assert!(
            svg.starts_with("<svg") && svg.ends_with("</svg>\n") && !svg.contains("NaN"),
            "{name}"
        );
    }
    assert_eq!(
        std::fs::read_dir(&folder).unwrap().count(),
        EXPERIMENTS.len()
    );
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

/// A report is a start: the second run begins where the first ended, to the last bit.
#[test]
fn a_report_can_be_gone_on_from() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("first.json");
    let first = train(&[PROOF, NEAR, "--steps=50", "--format=json"]);
    std::fs::write(&file, &first.stdout).unwrap();
    let ended: Value = serde_json::from_slice(&first.stdout).unwrap();
    let file = file.to_str().unwrap();
    let second = train(&[PROOF, "--start", file, "--steps=1", "--format=json"]);
    let began: Value = serde_json::from_slice(&second.stdout).unwrap();
    assert_eq!(
        began["result"]["runs"][0]["trajectory"][0]["weights"],
        ended["result"]["runs"][0]["weights"]
    );
    assert_eq!(
        status(&train(&[PROOF, "--start", "no-such-report.json"])),
        2
    );
}
