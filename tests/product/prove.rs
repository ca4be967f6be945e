//! `spurious prove`: one statement without a file.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::command::spurious;
use std::process::Output;

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_true_statement_is_proved_for_all_values_of_its_names() {
    for (statement, printed) in [
        (
            "x > 0 implies tanh(x) < x",
            "for all x: 0 < x implies tanh(x) < x",
        ),
        (
            "for x: x > 0 implies 1 + x + x^2/2 < exp(x)",
            "for all x: 0 < x implies",
        ),
        ("0 < x and x <= y implies log(x) <= log(y)", "for all x, y:"),
        (
            "x = y implies log(x) = log(y)",
            "for all x, y: x = y implies log(x) = log(y)",
        ),
        ("x >= 0 implies 1/(1 + exp(-x)) <= 1/2 + x/4", "for all x:"),
        ("(exp(x) + exp(-x))/2 >= 1 + x^2/2", "for all x:"),
        ("x > 0 implies log(x) <= x - 1", "for all x:"),
        (
            "x > 0 and y > 0 implies log(x*y) = log(x) + log(y)",
            "for all x, y:",
        ),
        ("sqrt(x^2) = abs(x)", "for all x: sqrt(x^2) = abs(x)"),
        ("abs(sin(x)) <= 1", "for all x: abs(sin(x)) <= 1"),
        ("x > 0 implies arctan(x) < x", "for all x:"),
    ] {
        let output = spurious(&["prove", statement]);
        let text = said(&output);
        assert_eq!(output.status.code(), Some(0), "{statement}: {text}");
        assert!(text.starts_with(&format!("proved: {printed}")), "{text}");
    }
}

#[test]
fn a_false_neighbour_is_refuted_with_the_values_or_stays_open() {
    let output = spurious(&["prove", "tanh(x) < x"]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text.starts_with("refuted: ") && text.contains("at x = "),
        "{text}"
    );
    for statement in [
        "x > 0 implies x < tanh(x)",
        "x > 0 implies 1 + x + x^2 < exp(x)",
        "x < y implies log(x) < log(y)",
        "log(x*y) = log(x) + log(y)",
        "sqrt(x^2) = x",
        "abs(sin(x)) < 1",
        "x > 0 implies log(x) < x - 1",
        "x = y implies log(x) = log(z)",
    ] {
        let output = spurious(&["prove", statement]);
        let text = said(&output);
        assert_eq!(output.status.code(), Some(1), "{statement}: {text}");
    }
}

#[test]
fn what_is_no_statement_is_wrong_input() {
    for statement in ["", "x +", "2x > 0", "x > 0 verdict proved", "f(x) > 0"] {
        let output = spurious(&["prove", statement]);
        assert_eq!(output.status.code(), Some(2), "{statement}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
}

#[test]
fn the_certificate_passes_the_checker() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("it.cert");
    let file = file.to_str().unwrap();
    let output = spurious(&["prove", "x > 0 implies tanh(x) < x", "--output", file]);
    assert_eq!(output.status.code(), Some(0));
    let checked = spurious(&["check", file]);
    assert_eq!(checked.status.code(), Some(0));
    assert!(said(&checked).contains("tanh(x) < x"));
}
