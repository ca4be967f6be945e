//! The files of a user: what a command may write over, read, name and remove.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use crate::command;
use command::spurious;
use serde_json::Value;
use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const DATA: &str =
    "x1,x2,threshold,target,count\n-1,-1,1,-1,1\n1,-1,1,1,1\n-1,1,1,1,1\n1,1,1,-1,2\n";
const CLAIMS: &str = "paper own\nclaim own.one \"here\"\n  printed \"one\"\n  show 1 < 2\n  verdict proved\n\
                      claim own.two \"there\"\n  printed \"two\"\n  show 2 < 3\n  verdict proved\n";
const ACCEPTED: &str = "tests/certificates/accepted/absurd.cert";
/// False, and of the right form.
const FORGED: &str = "(certificate 1 (step () (statement () (< 1 0)) (cone () () ())))";

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn said(output: &Output) -> String {
    text(&output.stdout) + &text(&output.stderr)
}

/// A folder with a training set and a claim file.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("data.csv"), DATA).unwrap();
        fs::write(folder.path().join("own.claims"), CLAIMS).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs the program in the folder.
    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spurious"));
        command.current_dir(self.0.path()).args(arguments);
        command
    }

    fn certify(&self, output: &str) -> Output {
        let search = ["certify", "data.csv", "--single", "--starts", "20"];
        self.run(&[&search[..], &["--output", output]].concat())
    }

    /// The certificate that such a run writes.
    fn certificate(&self) -> String {
        assert_eq!(self.certify("expected.cert").status.code(), Some(0));
        fs::read_to_string(self.path("expected.cert")).unwrap()
    }

    fn refused(&self, arguments: &[&str], words: &str) {
        let output = self.run(arguments);
        assert_eq!(
            output.status.code(),
            Some(2),
            "{arguments:?}: {}",
            said(&output)
        );
        assert!(
            text(&output.stderr).contains(words),
            "{arguments:?}: {}",
            said(&output)
        );
        assert!(!said(&output).contains(".tmp"), "{}", said(&output));
    }
}

#[test]
fn a_pipe_is_written_through_and_stays() {
    let folder = Folder::new();
    let expected = folder.certificate();
    let pipe = folder.path("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let reader = {
        let pipe = pipe.clone();
        std::thread::spawn(move || fs::read_to_string(pipe).unwrap())
    };
    let output = folder.certify("pipe");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_eq!(reader.join().unwrap(), expected);
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
}

#[test]
fn a_device_is_written_through_and_stays() {
    let folder = Folder::new();
    // Without the right to make a device there is none that may be risked.
    let made = Command::new("mknod")
        .arg(folder.path("null"))
        .args(["c", "1", "3"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !made {
        return;
    }
    let output = folder.certify("null");
    let still = fs::symlink_metadata(folder.path("null")).unwrap();
    assert!(still.file_type().is_char_device());
    // Some systems let no device of a temporary folder be opened.
    assert!(
        output.status.code() == Some(0) || said(&output).contains("Permission denied"),
        "{}",
        said(&output)
    );
}

#[test]
fn a_full_disk_is_named_with_the_file_of_the_user() {
    let folder = Folder::new();
    symlink("/dev/full", folder.path("full")).unwrap();
    let output = folder.certify("full");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).contains("full: cannot be written: No space left on device"),
        "{}",
        said(&output)
    );
    let link = fs::symlink_metadata(folder.path("full")).unwrap();
    assert!(link.file_type().is_symlink());
}

#[test]
fn links_stay_and_their_file_is_written() {
    let folder = Folder::new();
    let expected = folder.certificate();
    for target in ["there.cert", "not-yet.cert"] {
        if target == "there.cert" {
            fs::write(folder.path(target), "old").unwrap();
        }
        let link = folder.path(&format!("link-to-{target}"));
        symlink(target, &link).unwrap();
        assert_eq!(
            folder.certify(link.to_str().unwrap()).status.code(),
            Some(0)
        );
        assert!(
            fs::symlink_metadata(&link)
                .unwrap()
                .file_type()
                .is_symlink()
        );
        assert_eq!(fs::read_to_string(folder.path(target)).unwrap(), expected);
    }
    fs::write(folder.path("one"), "x".repeat(1 << 20)).unwrap();
    fs::hard_link(folder.path("one"), folder.path("two")).unwrap();
    let before = fs::metadata(folder.path("one")).unwrap().ino();
    assert_eq!(folder.certify("two").status.code(), Some(0));
    assert_eq!(fs::metadata(folder.path("two")).unwrap().ino(), before);
    assert_eq!(fs::read_to_string(folder.path("one")).unwrap(), expected);
    symlink("circle", folder.path("circle")).unwrap();
    folder.refused(&["certify", "data.csv", "--output", "circle"], "circle: ");
}

#[test]
fn the_mode_of_a_file_is_kept() {
    let folder = Folder::new();
    for mode in [0o600, 0o640, 0o755] {
        fs::write(folder.path("secret"), "old").unwrap();
        fs::set_permissions(folder.path("secret"), Permissions::from_mode(mode)).unwrap();
        assert_eq!(folder.certify("secret").status.code(), Some(0));
        let found = fs::metadata(folder.path("secret")).unwrap().mode();
        assert_eq!(found & 0o7777, mode);
        let output = folder.run(&["train", "data.csv", "--plot", "secret", "--steps", "50"]);
        assert!(
            output.status.code().is_some_and(|code| code < 2),
            "{}",
            said(&output)
        );
        let found = fs::metadata(folder.path("secret")).unwrap().mode();
        assert_eq!(found & 0o7777, mode);
    }
}

#[test]
fn no_output_is_an_input() {
    let folder = Folder::new();
    symlink("data.csv", folder.path("soft.csv")).unwrap();
    fs::hard_link(folder.path("data.csv"), folder.path("hard.csv")).unwrap();
    fs::write(folder.path("starts"), "0,0,0\n").unwrap();
    for output in ["data.csv", "./data.csv", "soft.csv", "hard.csv"] {
        let words = "which would be overwritten";
        folder.refused(&["certify", "data.csv", "--output", output], words);
        folder.refused(&["train", "data.csv", "--plot", output], words);
    }
    let start = [
        "certify", "data.csv", "--start", "starts", "--output", "starts",
    ];
    folder.refused(&start, "this is the input starts");
    let certificate = folder.certificate();
    let export = [
        "export",
        "--to",
        "coq",
        "expected.cert",
        "--output",
        "expected.cert",
    ];
    folder.refused(&export, "this is the input expected.cert");
    // A claim file may have the name of a file of the report.
    fs::create_dir(folder.path("out")).unwrap();
    fs::write(folder.path("out/verify.txt"), CLAIMS).unwrap();
    let verify = ["verify", "out/verify.txt", "--output", "out"];
    folder.refused(&verify, "this is the input");
    symlink("../own.claims", folder.path("out/report.html")).unwrap();
    fs::remove_file(folder.path("out/verify.txt")).unwrap();
    folder.refused(
        &["verify", "own.claims", "--output", "out"],
        "this is the input",
    );

    for (file, content) in [
        ("data.csv", DATA),
        ("own.claims", CLAIMS),
        ("starts", "0,0,0\n"),
        ("expected.cert", &certificate),
    ] {
        assert_eq!(fs::read_to_string(folder.path(file)).unwrap(), content);
    }
    // The standard input and the standard output are files too.
    let output = folder
        .command(&["certify", "-", "--output", "data.csv"])
        .stdin(fs::File::open(folder.path("data.csv")).unwrap())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    let shown = fs::File::create(folder.path("shown")).unwrap();
    let output = folder
        .command(&["certify", "data.csv", "--output", "shown"])
        .stdout(shown)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
}

#[test]
fn two_outputs_are_not_one_file() {
    let folder = Folder::new();
    let (one, other) = (folder.path("one"), folder.path("./one"));
    let twice = spurious::files::target::check(&[&one, &other], &[]);
    assert!(twice.is_err_and(|error| error.to_string().contains("this is the output")));
    symlink("one", folder.path("two")).unwrap();
    let two = folder.path("two");
    assert!(spurious::files::target::check(&[&one, &two], &[]).is_err());
    fs::write(&one, "").unwrap();
    assert!(spurious::files::target::check(&[&two, &one], &[]).is_err());
    assert!(spurious::files::target::check(&[&two], &[]).is_ok());
}

#[test]
fn what_cannot_be_written_is_said_before_the_work() {
    let folder = Folder::new();
    fs::create_dir(folder.path("folder")).unwrap();
    fs::write(folder.path("file"), "").unwrap();
    for (name, words) in [
        (
            "folder",
            "folder: this is a folder; expected a file to write",
        ),
        ("new/", "new/: this is a folder; expected a file to write"),
        ("no/such/file", "no/such/file: there is no folder no/such"),
        (
            "file/below",
            "file/below: cannot be written: Not a directory",
        ),
        ("", "none was supplied"),
    ] {
        // The data file is not there: what is written is looked at first.
        folder.refused(&["certify", "none.csv", "--output", name], words);
        folder.refused(&["train", "none.csv", "--plot", name], words);
        folder.refused(&["export", "--to", "coq", "none", "--output", name], words);
    }
    folder.refused(
        &["verify", "own.claims", "--output", "file"],
        "expected a folder",
    );
}

#[test]
fn a_file_without_the_right_to_write_stays() {
    let folder = Folder::new();
    fs::write(folder.path("fixed"), "old").unwrap();
    fs::set_permissions(folder.path("fixed"), Permissions::from_mode(0o444)).unwrap();
    // Root may write anything.
    if fs::OpenOptions::new()
        .write(true)
        .open(folder.path("fixed"))
        .is_ok()
    {
        return;
    }
    folder.refused(
        &["certify", "data.csv", "--output", "fixed"],
        "fixed: cannot be written: Permission denied",
    );
    assert_eq!(fs::read_to_string(folder.path("fixed")).unwrap(), "old");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let name =
        |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

#[test]
fn certificates_of_a_former_run_are_removed_and_files_of_the_user_stay() {
    let folder = Folder::new();
    let run = ["verify", "own.claims", "--output", "out"];
    let certificates = folder.path("out/certificates");
    assert_eq!(folder.run(&run).status.code(), Some(0));
    assert_eq!(names(&certificates), ["own.one.cert", "own.two.cert"]);

    fs::write(certificates.join("mine.cert"), "mine").unwrap();
    let renamed = CLAIMS.replace("own.one", "own.first");
    fs::write(folder.path("own.claims"), renamed).unwrap();
    assert_eq!(folder.run(&run).status.code(), Some(0));
    assert_eq!(
        names(&certificates),
        ["mine.cert", "own.first.cert", "own.two.cert"]
    );
    // A user's file of the name of a former certificate is the user's.
    fs::write(certificates.join("own.two.cert"), "changed").unwrap();
    let one =
        "paper own\nclaim own.first \"here\"\n  printed \"one\"\n  show 1 < 2\n  verdict proved\n";
    fs::write(folder.path("own.claims"), one).unwrap();
    assert_eq!(folder.run(&run).status.code(), Some(0));
    assert_eq!(
        names(&certificates),
        ["mine.cert", "own.first.cert", "own.two.cert"]
    );
    // A record that names files elsewhere removes nothing.
    fs::write(folder.path("precious"), "").unwrap();
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let precious = folder.path("precious");
    let record = format!("{empty}  ../precious\n{empty}  {}\n", precious.display());
    fs::write(folder.path("out/certificates.sha256"), record).unwrap();
    assert_eq!(folder.run(&run).status.code(), Some(0));
    assert!(precious.exists());
}

#[test]
fn check_looks_at_every_file() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = folder.path().join("wrong.cert");
    fs::write(&wrong, FORGED).unwrap();
    let wrong = wrong.to_str().unwrap();
    for (files, status) in [
        (vec![ACCEPTED, "no/such/file", ACCEPTED], 2),
        (vec!["no/such/file", wrong, ACCEPTED], 2),
        (vec![wrong, ACCEPTED, wrong], 1),
        (vec![ACCEPTED, ACCEPTED], 0),
        (vec![ACCEPTED, "tests"], 2),
    ] {
        let output = spurious(&[&["check"], &files[..]].concat());
        assert_eq!(output.status.code(), Some(status), "{}", said(&output));
        let printed = text(&output.stdout);
        let lines: Vec<&str> = printed
            .lines()
            .filter(|line| !line.starts_with(' '))
            .collect();
        assert_eq!(lines.len(), files.len(), "{printed}");
        for (line, file) in lines.iter().zip(&files) {
            let word = if *file == ACCEPTED {
                "accepted"
            } else if *file == wrong {
                "rejected: "
            } else {
                "cannot be read: "
            };
            assert!(line.starts_with(&format!("{file}: {word}")), "{line}");
        }
    }
}

#[test]
fn an_endless_file_is_read_within_a_bound() {
    let folder = Folder::new();
    symlink("/dev/zero", folder.path("endless")).unwrap();
    let output = folder.run(&["check", "endless"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("expected at most 67108864 bytes"),
        "{}",
        said(&output)
    );
    let output = folder.run(&["certify", "data.csv", "--start", "endless"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said(&output).contains("expected at most"),
        "{}",
        said(&output)
    );
}

#[test]
fn nothing_steers_the_terminal() {
    let folder = Folder::new();
    let steering = "\u{1b}[2Jx\u{9b}31m\u{202e}\u{7}";
    let bad = |c: char| c != '\n' && (c.is_control() || "\u{202e}\u{200b}\u{2028}".contains(c));
    fs::write(
        folder.path("bad.csv"),
        format!("\"{steering}\",\"y\nz\",target\n1,2,1\n2,1,-1\n1,1,0\n"),
    )
    .unwrap();
    fs::write(folder.path("cell.csv"), format!("x,target\n{steering},1\n")).unwrap();
    let forging = format!("none\nok.cert: accepted{steering}");
    fs::write(folder.path(&forging), FORGED).unwrap();
    let number = format!("--seed={steering}");
    for arguments in [
        vec!["certify", "bad.csv", "--single"],
        vec!["certify", "cell.csv"],
        vec!["train", "bad.csv"],
        vec!["train", "bad.csv", "--format", "csv"],
        vec!["check", &forging],
        vec!["explain", &forging],
        vec!["explain", steering, "--ledger", "own.claims"],
        vec!["export", "--to", "coq", &forging],
        vec!["verify", &forging],
        vec!["verify", "own.claims", "--output", "out"],
        vec!["certify", "data.csv", "--output", &forging, "--single"],
        vec!["certify", steering],
        vec!["certify", "data.csv", &number],
        vec!["certify", "data.csv", "--start", steering],
        vec![steering],
    ] {
        let output = folder.run(&arguments);
        let shown = said(&output);
        assert!(!shown.contains(bad), "{arguments:?}: {shown:?}");
        assert!(
            !shown
                .lines()
                .any(|line| line.starts_with("ok.cert: accepted")),
            "{shown}"
        );
    }
    fs::write(folder.path(&forging), FORGED).unwrap();
    let output = folder.run(&["check", &forging]);
    assert_eq!(text(&output.stdout).lines().count(), 1, "{}", said(&output));
    let output = folder.run(&["check", &forging, "--format", "json"]);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["files"][0]["file"], Value::from(forging));
}

#[test]
fn a_forged_certificate_is_not_explained_as_a_proof() {
    let folder = Folder::new();
    let version = FORGED
        .replace("certificate 1", "certificate 7")
        .replace("(< 1 0)", "(< 0 1)");
    let head = FORGED
        .replace("certificate", "recipe")
        .replace("(< 1 0)", "(< 0 1)");
    for forged in [FORGED, &version, &head, "", "nonsense"] {
        fs::write(folder.path("forged.cert"), forged).unwrap();
        let output = folder.run(&["explain", "./forged.cert"]);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        let printed = text(&output.stdout);
        assert!(printed.starts_with("REJECTED: "), "{printed}");
        assert!(!printed.contains("Proof"), "{printed}");
        let output = folder.run(&["explain", "./forged.cert", "--format", "json"]);
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(value["accepted"], false);
        let output = folder.run(&["export", "--to", "coq", "./forged.cert"]);
        assert!(
            output.stdout.is_empty() && output.status.code() != Some(0),
            "{forged}"
        );
    }
    let output = spurious(&["explain", ACCEPTED]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).starts_with("The kernel accepts this certificate."));
    assert!(text(&output.stdout).contains("Proof:"));
}

#[test]
fn an_id_is_an_id_where_a_file_has_its_name() {
    let folder = Folder::new();
    fs::write(folder.path("own.one"), FORGED).unwrap();
    fs::write(folder.path("else.cert"), FORGED).unwrap();
    let explain = |what| folder.run(&["explain", what, "--ledger", "own.claims"]);
    let output = explain("own.one");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(text(&output.stdout).starts_with("own.one — own, here"));
    assert!(text(&output.stderr).contains("the file is ./own.one"));
    for file in ["./own.one", "else.cert"] {
        let output = explain(file);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(text(&output.stdout).starts_with("REJECTED"));
    }
    // So with the names of the trainer's examples.
    fs::write(folder.path("so88-xor"), "no data").unwrap();
    let output = folder.run(&["train", "so88-xor", "--steps", "10"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(text(&output.stderr).contains("the file is ./so88-xor"));
}

#[test]
fn wrong_usage_is_json_where_json_is_asked_for() {
    for arguments in [
        &["check", "--format", "json"][..],
        &["--format=json"],
        &["check", "--format=json", "--no-such-option", "x"],
        &["certify", "x", "--seed", "many", "--format", "json"],
        &["train", "x", "--algorithm", "magic", "--format", "json"],
        &["train", "ss89", "--adaptive", "1", "--format", "json"],
        &["train", "ss89", "--starts", "0", "--format", "json"],
        &["explain", "--format", "json", "a", "b"],
        &["export", "x", "--format", "json"],
        &["no-such-command", "--format", "json"],
        &["certify", "no/such/file", "--format", "json"],
        &[
            "certify",
            "proofs/data/xor.csv",
            "--output",
            "no/such/file",
            "--format",
            "json",
        ],
        &["verify", "--threads", "-1", "--format", "json"],
    ] {
        let output = spurious(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let value: Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", said(&output)));
        let message = value["error"]["message"].as_str().unwrap();
        assert!(!message.is_empty() && message.len() < 1000, "{message}");
        for key in ["file", "line", "column"] {
            assert!(value["error"].get(key).is_some());
        }
    }
    for arguments in [&["check"][..], &["check", "--", "--format", "json"]] {
        let output = spurious(arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(serde_json::from_slice::<Value>(&output.stdout).is_err());
    }
}

#[test]
fn what_is_echoed_is_short() {
    let folder = Folder::new();
    let long = "9".repeat(100_000);
    fs::write(folder.path("long.csv"), format!("x,target\n{long},1\n")).unwrap();
    let header = format!("{long},{long},target\n1,1,1\n");
    fs::write(folder.path("header.csv"), header).unwrap();
    fs::write(folder.path("target.csv"), format!("{long},x\n1,1\n")).unwrap();
    fs::write(folder.path("key.json"), format!("{{\"{long}\": 1}}")).unwrap();
    for arguments in [
        vec!["certify", "long.csv"],
        vec!["certify", "header.csv"],
        vec!["certify", "target.csv"],
        vec!["certify", "key.json"],
        vec!["certify", "data.csv", "--seed", &long],
        vec!["certify", "data.csv", "--start", &long],
        vec!["certify", &long],
        vec!["explain", &long, "--ledger", "own.claims"],
        vec![&long],
    ] {
        let output = folder.run(&arguments);
        assert_eq!(output.status.code(), Some(2));
        let shown = said(&output);
        assert!(
            shown.len() < 1500,
            "{}: {}",
            &arguments[0][..3],
            shown.len()
        );
        assert!(!shown.contains(":0:0"), "{shown}");
    }
}

#[test]
fn data_may_come_through_a_pipe() {
    let folder = Folder::new();
    let json = r#"{"inputs": ["x"], "rows": [{"input": [1], "target": "1"}, {"input": [2], "target": -1}]}"#;
    let search = ["--single", "--starts", "20", "--no-timing"];
    let expected = folder.run(&[&["certify", "data.csv"], &search[..]].concat());
    let expected = text(&expected.stdout);
    for (content, expected) in [(DATA, Some(expected.as_str())), (json, None)] {
        for name in ["-", "/dev/stdin"] {
            let mut child = folder
                .command(&[&["certify", name], &search[..]].concat())
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut input = child.stdin.take().unwrap();
            input.write_all(content.as_bytes()).unwrap();
            drop(input);
            let output = child.wait_with_output().unwrap();
            assert!(output.status.code().is_some_and(|code| code < 2));
            assert!(expected.is_none_or(|expected| text(&output.stdout) == expected));
        }
    }
    let mut child = folder
        .command(&["check", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(FORGED.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).starts_with("-: rejected: "));
    folder.refused(
        &["certify", "."],
        ".: this is a folder; expected a data file",
    );
}

#[test]
fn thousands_of_threads_are_refused_and_hundreds_end() {
    for command in ["verify", "certify", "train"] {
        let folder = Folder::new();
        let what = match command {
            "verify" => &["own.claims"][..],
            "certify" => &["data.csv", "--single", "--starts", "20"],
            _ => &["data.csv", "--steps", "100"],
        };
        let output = folder.run(&[&[command, "--threads", "4000"], what].concat());
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("0..=256"), "{}", said(&output));
        let output = folder.run(&[&[command, "--threads", "256"], what].concat());
        assert!(
            output.status.code().is_some_and(|code| code < 2),
            "{}",
            said(&output)
        );
    }
}

/// Starts the program, waits until `ready`, presses Ctrl-C, and tells what came.
fn interrupted(mut command: Command, wait: Duration) -> Output {
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(wait);
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(sent.success());
    let begun = Instant::now();
    let output = child.wait_with_output().unwrap();
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{}",
        said(&output)
    );
    output
}

/// A claim that takes longer than any test.
const LONG: &str = r#"
claim own.long "elsewhere"
  printed "long"
  experiment {
    data "ss89"
    minimum [1.353, 1.353, 1.353, 1.352, 1.352]
    algorithm damped(mass = 10, beta = 1/10)
    steps 100000000
    runs 100000, 100000
    estimate escaped
    claimed >= 1/2
  }
  verdict measured
"#;

#[test]
fn ctrl_c_leaves_what_verify_has_decided() {
    let folder = Folder::new();
    fs::write(folder.path("long.claims"), CLAIMS.to_owned() + LONG).unwrap();
    let arguments = ["verify", "long.claims", "--output", "out"];
    let json = [&arguments[..], &["--format", "json"]].concat();
    let output = interrupted(folder.command(&json), Duration::from_secs(2));
    assert_eq!(output.status.code(), Some(130), "{}", said(&output));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    let ids: Vec<&str> = value["claims"]
        .as_array()
        .unwrap()
        .iter()
        .map(|claim| claim["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        (ids, &value["interrupted"]),
        (vec!["own.one", "own.two"], &true.into())
    );
    assert_eq!(names(&folder.path("out/certificates")).len(), 2);
    let output = interrupted(folder.command(&arguments), Duration::from_secs(2));
    assert_eq!(output.status.code(), Some(130));
    assert!(
        text(&output.stdout).contains("interrupted: "),
        "{}",
        said(&output)
    );
}

#[test]
fn ctrl_c_leaves_what_certify_has_certified() {
    let folder = Folder::new();
    let arguments = [
        "certify",
        "data.csv",
        "--starts",
        "1000000",
        "--format",
        "json",
        "--no-timing",
    ];
    let output = interrupted(folder.command(&arguments), Duration::from_secs(1));
    assert_eq!(output.status.code(), Some(130), "{}", said(&output));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["interrupted"], true);
    let arguments = ["certify", "data.csv", "--starts", "1000000"];
    let output = interrupted(folder.command(&arguments), Duration::from_secs(1));
    assert_eq!(output.status.code(), Some(130));
    assert!(
        text(&output.stdout).starts_with("interrupted"),
        "{}",
        said(&output)
    );
}
