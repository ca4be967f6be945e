//! The command line on wrong input: a precise message, the right exit status, nothing written.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use crate::command;
use command::spurious;
use std::path::{Path, PathBuf};
use std::process::Output;

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Writes a claim file into a fresh folder.
fn claims(source: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.claims");
    std::fs::write(&file, source).unwrap();
    (folder, file)
}

fn verify(source: &str, more: &[&str]) -> Output {
    let (_folder, file) = claims(source);
    let mut arguments = vec!["verify", file.to_str().unwrap()];
    arguments.extend(more);
    spurious(&arguments)
}

/// Exit status 2, and this place and these words on the error stream.
fn rejected(source: &str, place: &str, words: &str) {
    let output = verify(source, &[]);
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(
        message.contains(&format!("own.claims:{place}:")),
        "{message}"
    );
    assert!(message.contains(words), "{message}");
    assert!(output.stdout.is_empty());
}

const HEAD: &str = "paper own\nclaim own.one \"here\"\n  printed \"one\"\n";

#[test]
fn a_true_claim_of_a_user_is_proved() {
    let output = verify(
        &format!(
            "{HEAD}  for x\n  show x^2 - 2*x + 2 > 0\n  verdict proved\n  proof {{ linear sq(x - 1) }}\n"
        ),
        &[],
    );
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert!(
        text(&output.stdout)
            .contains("1 claims: 1 proved, 0 refuted, 0 open, 0 measured; 0 unexpected")
    );
}

#[test]
fn a_syntax_error_is_shown_at_its_place() {
    rejected(
        &format!("{HEAD}  show 1 < )\n  verdict proved\n"),
        "4:12",
        "expected an expression, found `)`",
    );
}

#[test]
fn an_unknown_name_is_shown_at_its_place() {
    rejected(
        &format!("{HEAD}  for x\n  show x < yy\n  verdict proved\n"),
        "5:12",
        "unknown name `yy`",
    );
}

#[test]
fn a_word_of_the_language_names_nothing() {
    for (claim, place, what) in [
        (
            "  for and\n  show 1 < 2\n  verdict proved\n",
            "4:7",
            "`and` is a word of the language: it cannot be a variable",
        ),
        (
            "  for x, implies[2]\n  show 1 < 2\n  verdict proved\n",
            "4:10",
            "`implies` is a word",
        ),
        (
            "  show forall not: not > 0\n  verdict proved\n",
            "4:15",
            "`not` is a word",
        ),
        (
            "  show exists x, forall: x > 0\n  verdict proved\n",
            "4:18",
            "`forall` is a word",
        ),
        (
            "  show sum(in in 1..2: 1) = 2\n  verdict proved\n",
            "4:12",
            "`in` is a word of the language: it cannot be an index",
        ),
        (
            "  for x\n  show x = or\n  verdict proved\n",
            "5:12",
            "expected an expression, found `or`",
        ),
        (
            "  for x\n  if iff: x > 0\n  show x > 0\n  verdict proved\n",
            "5:6",
            "expected an expression, found `iff`",
        ),
        (
            "  show 1 < 2\n  verdict proved\n  proof { have times: 1 < 2 by auto; auto }\n",
            "6:16",
            "`times` is a word",
        ),
    ] {
        rejected(&format!("{HEAD}{claim}"), place, what);
    }
    for (name, place) in [
        ("implies", "2:8"),
        ("exp", "2:8"),
        ("sum", "2:8"),
        ("d", "2:8"),
    ] {
        let text = format!(
            "paper own\ndefine {name}(x) = x\nclaim own.one \"h\"\n  printed \"o\"\n  verdict open\n  reason \"r\"\n"
        );
        rejected(
            &text,
            place,
            &format!("`{name}` is a word of the language: it cannot be the name that is defined"),
        );
    }
}

#[test]
fn a_division_by_zero_is_shown_at_its_place() {
    rejected(
        &format!("{HEAD}  for x\n  show x/(1 - 1) = x\n  verdict proved\n"),
        "5:8",
        "division by zero",
    );
}

#[test]
fn a_character_outside_the_language_is_shown_at_its_place() {
    rejected(
        &format!("{HEAD}  show 1 < 2 $\n  verdict proved\n"),
        "4:14",
        "`$` starts no word",
    );
}

#[test]
fn a_text_without_end_is_shown_at_its_place() {
    rejected(
        "paper own\nclaim own.one \"here\n",
        "2:15",
        "no closing quote",
    );
}

#[test]
fn deep_nesting_is_an_error_and_no_overflow() {
    let deep = format!(
        "{HEAD}  show {}1{} < 2\n  verdict proved\n",
        "(".repeat(50_000),
        ")".repeat(50_000)
    );
    let output = verify(&deep, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("nested deeper than"));
}

#[test]
fn a_number_of_a_million_digits_is_an_error() {
    let long = format!(
        "{HEAD}  show 1 < {}\n  verdict proved\n",
        "9".repeat(1_000_000)
    );
    let output = verify(&long, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("digits"));
}

#[test]
fn an_open_claim_needs_a_reason() {
    rejected(&format!("{HEAD}  verdict open\n"), "2:7", "lacks `reason`");
}

#[test]
fn a_claim_that_cannot_be_expressed_cannot_be_recorded_as_proved() {
    rejected(&format!("{HEAD}  verdict proved\n"), "2:7", "lacks `show`");
}

#[test]
fn an_id_may_be_taken_once() {
    let twice = format!(
        "{HEAD}  show 1 < 2\n  verdict proved\nclaim own.one \"again\"\n  printed \"x\"\n  show 1 < 2\n  verdict proved\n"
    );
    rejected(&twice, "6:7", "already taken");
}

#[test]
fn a_lemma_must_stand_before_its_use() {
    let circular = format!("{HEAD}  show 1 < 2\n  verdict proved\n  proof {{ lemma own.one }}\n");
    let output = verify(&circular, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
}

#[test]
fn a_false_claim_recorded_as_proved_is_refuted_and_unexpected() {
    let output = verify(
        &format!("{HEAD}  for x\n  show x^2 > 0\n  verdict proved\n"),
        &["--no-timing"],
    );
    assert_eq!(output.status.code(), Some(1));
    let printed = text(&output.stdout);
    assert!(printed.contains("refuted  own.one"), "{printed}");
    assert!(
        printed.contains(
            "UNEXPECTED: the record says proved; the kernel accepts a proof of the negation"
        ),
        "{printed}"
    );
    assert!(printed.contains("at x = 0: 0 <= 0"), "{printed}");
    assert!(printed.contains("1 unexpected"), "{printed}");
}

/// Counterexamples that a search in floating point finds and the kernel confirms; a script is not needed.
#[test]
fn counterexamples_are_found() {
    for (hypotheses, shown) in [
        ("for x, y", "x^2 + y^2 >= 3*x*y"),
        ("for x\n  if x >= 100, x <= 101", "exp(x/100) < 2.74"),
        ("for x, y\n  if y = 2*x, x > 1", "2*tanh(x) < tanh(y)"),
        (
            "for x[3]\n  if x[1] > 5, x[2] < -300",
            "sum(k in 1..3: x[k]^2) >= 90050",
        ),
        (
            "for x, y\n  if x > 0, y > 0",
            "sqrt(x + y) >= (sqrt(x) + sqrt(y))*3/4",
        ),
    ] {
        let output = verify(
            &format!("{HEAD}  {hypotheses}\n  show {shown}\n  verdict refuted\n"),
            &[],
        );
        assert_eq!(
            output.status.code(),
            Some(0),
            "{shown}: {}{}",
            text(&output.stdout),
            text(&output.stderr)
        );
    }
    let output = verify(
        &format!("{HEAD}  for x, y\n  show x^2 + y^2 >= 2*x*y\n  verdict refuted\n"),
        &[],
    );
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
}

#[test]
fn a_true_claim_recorded_as_open_is_unexpected() {
    let output = verify(
        &format!("{HEAD}  show 1 < 2\n  verdict open\n  reason \"not tried\"\n"),
        &[],
    );
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn errors_are_json_where_json_is_asked_for() {
    let output = verify(
        &format!("{HEAD}  show 1 < )\n  verdict proved\n"),
        &["--format", "json"],
    );
    let object: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        (
            object["error"]["line"].as_u64(),
            object["error"]["column"].as_u64()
        ),
        (Some(4), Some(12))
    );
}

#[test]
fn a_file_that_is_not_there_is_an_input_error() {
    for command in ["verify", "check"] {
        let output = spurious(&[command, "no/such/file"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains("no/such/file"));
    }
}

#[test]
fn wrong_usage_exits_with_two() {
    assert_eq!(
        spurious(&["verify", "--format", "xml"]).status.code(),
        Some(2)
    );
    assert_eq!(spurious(&[]).status.code(), Some(2));
}

/// A certificate of a small claim with a premise, made by `verify --output`.
fn certificate(folder: &Path) -> String {
    let file = folder.join("own.claims");
    let source = format!(
        "{HEAD}  for x\n  if x >= 1\n  show x^2 >= 1\n  verdict proved\nclaim own.two \"there\"\n  printed \"two\"\n  show 3^2 >= 1\n  verdict proved\n  proof {{ lemma own.one(3) }}\n"
    );
    std::fs::write(&file, source).unwrap();
    let output = folder.join("out");
    let run = spurious(&[
        "verify",
        file.to_str().unwrap(),
        "--output",
        output.to_str().unwrap(),
    ]);
    assert_eq!(
        run.status.code(),
        Some(0),
        "{}{}",
        text(&run.stdout),
        text(&run.stderr)
    );
    std::fs::read_to_string(output.join("certificates/own.two.cert")).unwrap()
}

fn check(folder: &Path, certificate: &str) -> Output {
    let file = folder.join("changed.cert");
    std::fs::write(&file, certificate).unwrap();
    spurious(&["check", file.to_str().unwrap()])
}

#[test]
fn a_certificate_is_checked_and_its_statement_printed() {
    let folder = tempfile::tempdir().unwrap();
    let whole = certificate(folder.path());
    let output = check(folder.path(), &whole);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        text(&output.stdout).contains("1 <= 9"),
        "{}",
        text(&output.stdout)
    );
}

#[test]
fn a_truncated_or_altered_certificate_is_rejected() {
    let folder = tempfile::tempdir().unwrap();
    let whole = certificate(folder.path());
    for (changed, reason) in [
        (
            whole[..whole.len() / 2].to_string(),
            "the text ends inside a list",
        ),
        (
            whole.replacen("(<= 1 x)", "(<= 0 x)", 1),
            "the combination is not the goal",
        ),
        (
            whole.replacen("(certificate 3", "(certificate 1", 1),
            "the certificate is of version 1, and only version 3 is known",
        ),
        (
            whole.replacen("(step (0)", "(step (1)", 1),
            "there is no premise 1",
        ),
        (whole.clone() + "x", "something follows the end"),
    ] {
        let output = check(folder.path(), &changed);
        assert_eq!(output.status.code(), Some(1), "{reason}");
        assert!(
            text(&output.stdout).contains("rejected"),
            "{}",
            text(&output.stdout)
        );
        assert!(
            text(&output.stdout).contains(reason),
            "{reason}: {}",
            text(&output.stdout)
        );
    }
}

#[test]
fn an_enormous_certificate_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("huge.cert");
    std::fs::File::create(&file)
        .unwrap()
        .set_len(1 << 40)
        .unwrap();
    let output = spurious(&["check", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("at most"));
}

#[test]
fn the_output_is_the_same_for_any_number_of_threads() {
    let (_folder, file) = claims(&format!(
        "{HEAD}  for x\n  if x >= 1\n  show x^3 >= x\n  verdict proved\n"
    ));
    let run = |threads| {
        let path = file.to_str().unwrap();
        spurious(&[
            "verify",
            path,
            "--format",
            "json",
            "--no-timing",
            "--threads",
            threads,
        ])
        .stdout
    };
    assert_eq!(run("1"), run("4"));
}
