//! The claim language: what the kernel proves is the claim as written, and what could be read in two ways is an error.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use crate::command;
use command::spurious;
use spurious::ledger::source::{LedgerError, load};
use spurious::ledger::syntax::Verdict;
use spurious::verify::vacuous::{Hypotheses, REMARK};
use spurious::verify::{Outcome, verify};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const HEAD: &str = "paper own\nclaim own.one \"here\"\n  printed \"one\"\n";

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let file = folder.join(name);
    std::fs::write(&file, text).unwrap();
    file
}

fn error_of(text: &str) -> LedgerError {
    let folder = tempfile::tempdir().unwrap();
    let started = Instant::now();
    let read = load(&[write(folder.path(), "own.claims", text)]);
    assert!(
        started.elapsed() < Duration::from_mins(1),
        "{:?}",
        started.elapsed()
    );
    let start: String = text.chars().take(300).collect();
    read.err()
        .unwrap_or_else(|| panic!("this is accepted: {start}"))
}

/// The text is refused, first at this place, with these words.
fn refused(text: &str, place: &str, words: &str) {
    let error = error_of(text);
    let message = error.to_string();
    assert!(
        message.contains(&format!("own.claims:{place}: ")),
        "{place}: {message}"
    );
    assert!(message.contains(words), "{words}: {message}");
    assert!(message.len() < 20_000, "{} characters", message.len());
}

/// Definitions and the parts of a claim are refused so; places are counted in the whole file.
fn refused_claim(definitions: &str, claim: &str, place: &str, words: &str) {
    let text = format!(
        "paper own\n{definitions}\nclaim own.one \"here\"\n  printed \"one\"\n  {claim}\n  verdict proved\n"
    );
    refused(&text, place, words);
}

fn outcome(definitions: &str, claim: &str) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        "paper own\n{definitions}\nclaim own.one \"here\"\n  printed \"one\"\n  {claim}\n  verdict proved\n"
    );
    let file = write(folder.path(), "own.claims", &text);
    let ledger = load(&[file]).unwrap_or_else(|error| panic!("{error}"));
    verify(&ledger, &|_| {}).remove("own.one").unwrap()
}

#[track_caller]
fn comes_out(definitions: &str, claim: &str, verdict: Verdict) {
    let outcome = outcome(definitions, claim);
    assert_eq!(
        outcome.verdict, verdict,
        "{claim}: {:?} {:?}",
        outcome.reason, outcome.witness
    );
}

#[test]
fn entries_of_vectors_are_no_ones_variables() {
    comes_out(
        "",
        "for x1 show at(x[1] + x1, x = [5]) = 10",
        Verdict::Refuted,
    );
    comes_out(
        "",
        "for x1 show at(x[1] + x1, x = [5]) = 5 + x1",
        Verdict::Proved,
    );
    comes_out("", "for x1 show forall x[2]: x[1] = x1", Verdict::Refuted);
    comes_out("", "for x[2], x1 show x[1] = x1", Verdict::Refuted);
    comes_out("", "for x[11], x1[1] show x[11] = x1[1]", Verdict::Refuted);
    comes_out(
        "define f(x[2], x1) = x1 - x[1]",
        "for y show f([y, 0], y) = 0",
        Verdict::Proved,
    );
    comes_out(
        "define f(x[2], x1) = x1 - x[1]",
        "for y show f([y, 0], 1) = 0",
        Verdict::Refuted,
    );
    comes_out(
        "",
        "for x1 show roots(x^2 - 2, x, 0, 2) = 1 and x1 = x1",
        Verdict::Proved,
    );
}

#[test]
fn a_macro_captures_nothing() {
    let at = "macro m(a) = at(a + y, y = 3)";
    comes_out(at, "for y show m(y) = 6", Verdict::Refuted);
    comes_out(at, "for y show m(y) = y + 3", Verdict::Proved);
    let quantified = "macro above(a) = exists y: y > a";
    comes_out(quantified, "for y show above(y)", Verdict::Proved);
    let all = "macro least(a) = forall y: y >= a";
    let below = "for y show not least(y) proof { witness y - 1; auto; }";
    comes_out(all, below, Verdict::Proved);
    comes_out(all, "for y show least(y)", Verdict::Refuted);
    let vector = "macro m(a) = at(a + y[1], y = [3])";
    comes_out(vector, "for y1 show m(y1) = 6", Verdict::Refuted);
    let index = "macro m(a) = sum(i in 1..3: a*i)";
    comes_out(index, "show sum(i in 1..2: m(i)) = 18", Verdict::Proved);
    let roots = "macro m(a) = roots(x - a, x, 0, 2) = 1";
    comes_out(roots, "show m(1) and not m(3)", Verdict::Proved);
    refused_claim(roots, "for x show m(x)", "5:14", "the variable `x`");
    let derivative = "macro slope(f, x, c) = at(d(f, x), x = c)";
    comes_out(
        derivative,
        "for z show slope(z^2, z, 3) = 6",
        Verdict::Proved,
    );
}

#[test]
fn the_ends_of_an_interval_have_their_sign() {
    comes_out("", "show roots(x - 1, x, 0, infinity) = 1", Verdict::Proved);
    comes_out(
        "",
        "show roots(x - 1, x, -infinity, 0) = 0",
        Verdict::Proved,
    );
    comes_out(
        "",
        "show roots(x - 1, x, 0, --infinity) = 1",
        Verdict::Proved,
    );
    for (ends, place) in [
        ("0, -infinity", "5:27"),
        ("infinity, 2", "5:24"),
        ("2, 0", "5:27"),
        ("1, 1", "5:27"),
    ] {
        refused_claim(
            "",
            &format!("show roots(x - 1, x, {ends}) = 0"),
            place,
            "end",
        );
    }
}

#[test]
fn built_in_words_name_nothing() {
    let words = [
        "infinity", "exp", "max", "roots", "at", "d", "sq", "list", "some", "verdict", "claim",
    ];
    for word in words {
        let what = format!("`{word}` is a word of the language");
        refused_claim(&format!("constant {word} = 1"), "show 1 < 2", "2:10", &what);
        refused_claim(
            &format!("define f({word}) = 1"),
            "show 1 < 2",
            "2:10",
            &what,
        );
        refused_claim(&format!("macro f({word}) = 1"), "show 1 < 2", "2:9", &what);
        refused_claim("", &format!("for {word} show 1 < 2"), "5:7", &what);
        refused_claim(
            "",
            &format!("show sum({word} in 1..2: 1) = 2"),
            "5:12",
            &what,
        );
        refused_claim("", &format!("show forall {word}: 1 < 2"), "5:15", &what);
        let label = format!("show 1 < 2 proof {{ have {word}: 1 < 2; }}");
        refused_claim("", &label, "5:27", &what);
    }
    refused_claim(
        "",
        "show 1 < 2 proof { have h2: 1 < 2; }",
        "5:27",
        "hypotheses are called",
    );
}

#[test]
fn named_arguments_are_matched_by_name() {
    let f = "define f(x, y) = x - y\nmacro m(x, y) = x - y\ndefine less(x, y) = x < y";
    comes_out(
        f,
        "show f(y = 1, x = 2) = 1 and m(y = 1, x = 2) = 1",
        Verdict::Proved,
    );
    comes_out(
        f,
        "show f(2, y = 1) = 1 and less(y = 2, x = 1)",
        Verdict::Proved,
    );
    for (claim, words) in [
        ("show f(1, z = 2) = 0", "no parameter called `z`"),
        ("show f(1, x = 2) = 0", "`x` is given twice"),
        ("show f(y = 1, 2) = 0", "without a name"),
        ("show less(x = 1, x = 2)", "`x` is given twice"),
        ("show exp(x = 0) = 1", "no parameter called `x`"),
        (
            "show roots(x - 1, x, to = 0, from = 2) = 0",
            "no parameter called `to`",
        ),
        (
            "show rank(matrix = [[1]]) = 1",
            "no parameter called `matrix`",
        ),
    ] {
        let error = error_of(&format!(
            "paper own\n{f}\n{}  {claim}\n  verdict proved\n",
            &HEAD[10..]
        ));
        assert!(error.to_string().contains(words), "{claim}: {error}");
    }
}

#[test]
fn parts_that_may_be_given_once_are_given_once() {
    for (part, word) in [
        ("show 1 < 3", "show"),
        ("printed \"two\"", "printed"),
        ("proof { auto; } proof { auto; }", "proof"),
        ("for y", "for"),
        ("reason \"a\" reason \"b\"", "reason"),
        ("repairs own.two repairs own.three", "repairs"),
        ("varies own.two varies own.three", "varies"),
        ("serves own.two serves own.three", "serves"),
        ("kind wrong kind text", "kind"),
        ("says \"two\" says \"three\"", "says"),
        ("verdict open", "verdict"),
        ("coq proves a in \"A.v\" coq proves b in \"A.v\"", "coq"),
        ("experiment { } experiment { }", "experiment"),
    ] {
        let text = format!("{HEAD}  for x show 1 < 2\n  verdict proved\n  {part}\n");
        let error = error_of(&text).to_string();
        assert!(
            error.contains(&format!("a second `{word}`")),
            "{part}: {error}"
        );
    }
    refused("paper own\npaper other\n", "2:1", "a second `paper`");
    let twice = "experiment { claimed >= 1 claimed >= 0 }";
    refused_claim("", twice, "5:29", "`claimed` is given twice");
    comes_out(
        "",
        "for x if x > 1 note \"a\" note \"b\" if x < 3 show x > 0",
        Verdict::Proved,
    );
}

#[test]
fn imports_that_define_a_name_differently_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(at, "base.claims", "paper own\nconstant one = 1\n");
    let import = "paper own\nimport \"base.claims\"\n";
    write(at, "a.claims", &format!("{import}define f(x) = x\n"));
    write(at, "b.claims", &format!("{import}macro f(x) = x + 1\n"));
    write(at, "c.claims", &format!("{import}macro f(x) = x\n"));
    write(at, "d.claims", import);
    let claim = &HEAD[10..];
    let both = |first: &str, second: &str| {
        let text = format!(
            "paper own\nimport \"{first}.claims\"\nimport \"{second}.claims\"\n{claim}  show one = 1\n  verdict proved\n"
        );
        load(&[write(at, "own.claims", &text)])
    };
    for (first, second) in [("a", "b"), ("b", "a"), ("b", "c")] {
        let error = both(first, second).unwrap_err().to_string();
        assert!(
            error.contains("own.claims:3:8: `f` is defined twice: in "),
            "{error}"
        );
    }
    assert!(both("a", "d").is_ok(), "the same definition by two ways");
}

#[test]
fn connectives_and_comparisons_that_could_be_read_in_two_ways_are_refused() {
    for chain in [
        "1 < 2 implies 1 < 2 iff 1 < 2",
        "1 < 2 implies 1 < 2 implies 1 < 2",
        "1 < 2 iff 1 < 2 iff 1 < 2",
    ] {
        let error = error_of(&format!("{HEAD}  show {chain}\n  verdict proved\n")).to_string();
        assert!(error.contains("do not chain"), "{error}");
    }
    refused_claim("", "show 1 < 2 > 0", "5:14", "goes one way");
    refused_claim("", "show 1 != 2 != 1", "5:15", "goes one way");
    for formula in [
        "-2^2 = -4",
        "2^3^2 = 512",
        "8/4/2 = 1",
        "2 - 3 - 4 = -5",
        "not 1 = 2",
        "1 = 1 = 1",
        "not 1 = 2 and 1 = 1",
        "1 = 1 or 1 = 2 and 1 = 3",
        "1 < 2 <= 2 = 2",
        "3 > 2 >= 2 = 2",
        "1 = 2 implies 1 = 2 or 1 = 1",
        "(1 = 2 implies 1 = 3) implies 1 = 1",
    ] {
        comes_out("", &format!("show {formula}"), Verdict::Proved);
    }
    comes_out("", "show forall x: x > 0 and x^2 >= 0", Verdict::Refuted);
}

#[test]
fn a_claim_about_nothing_is_remarked_on() {
    let empty = outcome("", "for x if x > 1, x < 0 show x > 7");
    assert_eq!(empty.verdict, Verdict::Proved, "{:?}", empty.reason);
    assert_eq!(empty.hypotheses, Some(Hypotheses::Contradict));
    for (claim, hypotheses) in [
        ("for x if x > 1 show x^2 > x", Some(Hypotheses::Hold)),
        ("for x show x^2 >= 0", None),
        ("show 1 < 2", None),
    ] {
        let outcome = outcome("", claim);
        let found = (outcome.verdict, outcome.hypotheses);
        assert_eq!(found, (Verdict::Proved, hypotheses), "{claim}");
    }
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{HEAD}  for x\n  if x > 1, x < 0\n  show x > 7\n  verdict proved\n");
    let file = write(folder.path(), "own.claims", &text);
    let file = file.to_str().unwrap();
    let told = |more: &[&str]| {
        let output = spurious(&[&["verify", file], more].concat());
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(told(&[]).contains(&format!("REMARK: {REMARK}")));
    let model: serde_json::Value = serde_json::from_str(&told(&["--format", "json"])).unwrap();
    assert_eq!(model["claims"][0]["hypotheses"], "contradict");
}

#[test]
fn a_file_without_claims_is_an_error() {
    for text in [
        "",
        "paper own\n",
        "# nothing\n",
        "paper own\nconstant a = 1\n",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let file = write(folder.path(), "own.claims", text);
        let output = spurious(&["verify", file.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(2));
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.ends_with("own.claims: no claim here\n"), "{told}");
    }
}

#[cfg(unix)]
#[test]
fn only_files_with_an_end_are_read() {
    let folder = tempfile::tempdir().unwrap();
    for device in ["/dev/null", "/dev/zero"] {
        let output = spurious(&["verify", device]);
        assert_eq!(output.status.code(), Some(2));
        refused(
            &format!("paper own\nimport \"{device}\"\n"),
            "2:8",
            "not a file",
        );
    }
    refused("paper own\nimport \".\"\n", "2:8", "a folder");
    refused("paper own\nimport \"none.claims\"\n", "2:8", "none.claims");
    refused("paper own\nimport \"own.claims\"\n", "2:8", "lead back");
    let own = format!("{HEAD}  show 1 < 2\n  verdict proved\n");
    write(folder.path(), "own.claims", &own);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
    let ledger = load(&[folder.path().to_path_buf()]).unwrap();
    assert_eq!(ledger.entries.len(), 1, "the folder is entered once");
}

#[test]
fn macros_do_not_lead_back_to_themselves() {
    refused_claim(
        "macro m(a) = m(a) + 1",
        "show m(1) = 1",
        "2:14",
        "unknown function",
    );
    refused_claim(
        "macro m(a) = n(a)\nmacro n(a) = m(a)",
        "show m(1) = 1",
        "2:14",
        "unknown",
    );
    let inside = "in `m`: index 3 is not between 1 and 2";
    refused_claim("macro m(a) = a[3]", "show m([1, 2]) = 1", "5:8", inside);
    refused_claim(
        "macro m(a) = a + b",
        "show 1 < 2",
        "2:18",
        "unknown name `b`",
    );
    refused_claim(
        "define f(a) = a + b",
        "show 1 < 2",
        "2:19",
        "unknown name `b`",
    );
    let step = |i: usize| format!("macro m{i}(a) = exp(m{}(a))\n", i - 1);
    let chain = (1..2_000).map(step).collect::<Vec<_>>().concat();
    let deep = format!("macro m0(a) = a\n{chain}");
    refused_claim(&deep, "show m1999(1) > 0", "2005:8", "nested deeper");
}

#[test]
fn long_chains_are_no_deep_trees() {
    let sum = vec!["1"; 30_000].join(" + ");
    comes_out("", &format!("show {sum} = 30000"), Verdict::Proved);
    let signs = format!("{} = 0", vec!["1 - 1"; 200].join(" + "));
    comes_out("", &format!("show {signs}"), Verdict::Proved);
    let product = vec!["1"; 30_000].join("*");
    comes_out("", &format!("show 6*{product}/2*3 = 9"), Verdict::Proved);
    let nots = format!("show {} 1 < 2", "not ".repeat(50_000));
    let indices = format!("for x show x{} = 1", "[1]".repeat(50_000));
    let quotient = format!("show {} = 1", vec!["1"; 50_000].join("/"));
    let smallest = format!("show min({}) = 1", vec!["1"; 50_000].join(", "));
    for (claim, words) in [
        (nots, "nested deeper"),
        (indices, "more than 8 indices"),
        (quotient, "more than 16 divisions"),
        (smallest, "at most 100"),
    ] {
        let error = error_of(&format!("{HEAD}  {claim}\n  verdict proved\n")).to_string();
        assert!(
            error.contains(words),
            "{words}: {}",
            &error[..200.min(error.len())]
        );
    }
}

#[test]
fn numbers_and_folds_are_bounded_where_they_are_written() {
    for (claim, place, words) in [
        (
            "show ((9^4096)^4096)^4096 > 0",
            "5:9",
            "more than 64000 bits",
        ),
        ("show (2^4096)^4096 > 0", "5:8", "more than 64000 bits"),
        ("show product(i in 1..10000: 10) > 0", "5:8", "budget"),
        ("show sum(i in 1..10000: 1/(i^3 + 1)) > 0", "5:8", "budget"),
        (
            "show sum(i in 1..1000: sum(j in 1..1000: 1)) > 0",
            "",
            "budget",
        ),
        (
            "show list(i in 1..9000: list(j in 1..9000: 1))[1][1] = 1",
            "",
            "budget",
        ),
        ("for x[2] show x[10^9] = 1", "5:19", "from 0 to 10000"),
        ("for x[100000000] show x[1] = 1", "5:9", "from 0 to 10000"),
        ("for x[0] show 1 < 2", "5:9", "at least one entry"),
        ("show sum(i in 5..1: i) = 0", "5:20", "run from 5 down to 1"),
    ] {
        let text = format!(
            "paper own\n\nclaim own.one \"here\"\n  printed \"one\"\n  {claim}\n  verdict proved\n"
        );
        let error = error_of(&text).to_string();
        assert!(
            error.contains(&format!("own.claims:{place}")),
            "{claim}: {error}"
        );
        assert!(error.contains(words), "{claim}: {error}");
    }
    comes_out(
        "",
        "show (-1)^4096 = 1 and sum(i in 1..0: i) = 0",
        Verdict::Proved,
    );
    comes_out(
        "",
        "show product(k in 1..3000: k/(k + 1)) = 1/3001",
        Verdict::Proved,
    );
}

#[test]
fn every_error_of_a_file_is_told_with_its_line() {
    let text = "paper own\nclaim own.a \"a\"\n  printed \"a\"\n  show 2x < 3\n  verdict proved\n\
                define f(x = x\nclaim own.b \"b\"\n  printed \"b\"\n  show 1 == 1\n  verdict proved\n";
    let error = error_of(text);
    let places: Vec<String> = error.places().iter().map(|e| e.place.to_string()).collect();
    assert_eq!(places, ["4:9", "6:12", "9:10"]);
    let told = error.to_string();
    assert!(
        told.contains("\n  |   show 2x < 3\n  |         ^"),
        "{told}"
    );
    let wrong = |i: usize| format!("claim own.c{i} )\n");
    let many = (0..50).map(wrong).collect::<Vec<_>>().concat();
    assert_eq!(error_of(&many).places().len(), 20);
    let unknown = "paper own\nclaim own.a \"a\"\n  printed \"a\"\n  show x < 3\n  verdict proved\n\
                   claim own.b \"b\"\n  printed \"b\"\n  show y < 3\n  verdict proved\n";
    assert_eq!(error_of(unknown).places().len(), 2);
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "own.claims", text);
    let output = spurious(&["verify", file.to_str().unwrap(), "--format", "json"]);
    let object: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let error = &object["error"];
    assert_eq!((&error["line"], &error["column"]), (&4.into(), &9.into()));
    assert_eq!(error["others"].as_array().unwrap().len(), 2);
    assert_eq!(error["others"][1]["line"], 9);
}

#[test]
fn messages_say_what_to_write() {
    for (formula, words) in [
        ("2x < 3", "write `2*x`"),
        ("x in [0, 1]", "`a <= x, x <= b`"),
        ("x < 1e-3", "0.001 or 1/1000"),
        ("x == 1", "write `=`"),
        ("x > 0 && x < 1", "write `and`"),
        ("x \u{2264} 1", "write `<=`"),
        ("x \u{2265} 1", "write `>=`"),
        ("!x = 1", "write `not`"),
        ("x**2 = 1", "write `^`"),
        ("max(x 1) = 1", "operator or a comma"),
    ] {
        let error = error_of(&format!(
            "{HEAD}  for x\n  show {formula}\n  verdict proved\n"
        ));
        assert!(error.to_string().contains(words), "{formula}: {error}");
    }
    let text = format!("{HEAD}  for x y\n  show 1 < 2\n  verdict proved\n");
    refused(&text, "4:9", "operator or a comma between `x` and `y`");
}

#[test]
fn messages_do_not_repeat_what_is_long() {
    let digits = "9".repeat(1_000_000);
    let row = format!("[{}]", vec!["1234567"; 200].join(", "));
    let matrix = format!("[{}]", vec![row; 200].join(", "));
    for claim in [
        format!("show {digits} > 0"),
        format!("show {matrix} > 0"),
        format!("show 1 < 2 {digits}"),
        format!("show x{digits} > 0"),
        format!("show rank({matrix}) = 2 {matrix}"),
    ] {
        let told = error_of(&format!("{HEAD}  {claim}\n  verdict proved\n")).to_string();
        assert!(told.len() < 1_000, "{} characters", told.len());
    }
}

#[test]
fn ids_name_files() {
    let long = "x".repeat(90);
    for (id, words) in [
        (format!("own.{long}.{long}"), "more than 100 characters"),
        ("own.a.".to_string(), "ends with a mark"),
    ] {
        let text = format!(
            "paper own\nclaim {id} \"a\"\n  printed \"a\"\n  show 1 < 2\n  verdict proved\n"
        );
        refused(&text, "2:7", words);
    }
    let claim =
        |id: &str| format!("claim {id} \"a\"\n  printed \"a\"\n  show 1 < 2\n  verdict proved\n");
    let text = format!("paper own\n{}{}", claim("me.X"), claim("me.x"));
    refused(&text, "6:7", "differs only by case from me.X");
}

#[test]
fn invisible_characters_are_refused_at_their_place() {
    for (c, code) in [
        ('\u{1b}', "U+001B"),
        ('\u{7}', "U+0007"),
        ('\u{9b}', "U+009B"),
        ('\u{202e}', "U+202E"),
        ('\u{200b}', "U+200B"),
        ('\u{2066}', "U+2066"),
        ('\u{feff}', "U+FEFF"),
    ] {
        for text in [
            format!("paper own\nclaim o{c}.a \"a\"\n"),
            format!("paper own\nimport \"{c}\"\n"),
            format!("paper own\n# {c}\n"),
        ] {
            let error = error_of(&text);
            let told = error.to_string();
            assert!(told.contains(code) && !told.contains(c), "{told:?}");
            assert_eq!(error.places()[0].place.line, 2);
        }
    }
    comes_out(
        "",
        "note \"\u{3be} \u{2265} \u{e9} \u{4e2d}\" show 1 < 2",
        Verdict::Proved,
    );
}

#[test]
fn a_name_has_one_meaning_at_a_time() {
    for (definitions, claim, words) in [
        ("define f(x, x) = x", "show 1 < 2", "`x` is bound twice"),
        ("macro f(x, x) = x", "show 1 < 2", "`x` is bound twice"),
        ("", "for x, x show 1 < 2", "`x` is bound twice"),
        ("", "for x, x[2] show 1 < 2", "`x` is bound twice"),
        (
            "",
            "show forall x: forall x: x = x",
            "has a meaning here already",
        ),
        (
            "",
            "for x show exists x: x > 0",
            "has a meaning here already",
        ),
        (
            "",
            "for x show sum(x in 1..2: x) = 3",
            "has a meaning here already",
        ),
        (
            "define f(x) = sum(x in 1..2: x)",
            "show 1 < 2",
            "has a meaning here already",
        ),
        (
            "",
            "for x show sum(i in 1..2: sum(i in 1..2: x)) = 4*x",
            "has a meaning",
        ),
        ("", "for x show d(x, 1) = 0", "needs a variable"),
        ("", "for x[2] show d(x[1], x) = 0", "expected a number"),
        (
            "",
            "for x show at(x, x = 1, x = 2) = 1",
            "`x` is given twice",
        ),
        ("", "for x show at(x, y = 1) = x", "`y` does not occur"),
        ("", "for x, y show at(x, y = 1) = x", "`y` does not occur"),
        ("", "for x show at(x, 1) = x", "expected `variable = value`"),
        (
            "constant c = 2",
            "show at(c, c = 1) = 1",
            "`c` is a constant",
        ),
        (
            "",
            "show sum(i in 1..2: at(i + 1, i = 5)) = 1",
            "stands for no such variable",
        ),
        (
            "constant c(x) = x",
            "show 1 < 2",
            "a constant has no parameters",
        ),
        ("macro m(x[2]) = x[1]", "show 1 < 2", "no size"),
        (
            "define f(x) = x\nmacro f(x) = x",
            "show 1 < 2",
            "already defined",
        ),
    ] {
        let text = format!(
            "paper own\n{definitions}\n{}  {claim}\n  verdict proved\n",
            &HEAD[10..]
        );
        let error = error_of(&text).to_string();
        assert!(error.contains(words), "{definitions} {claim}: {error}");
    }
}
