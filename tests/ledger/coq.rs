//! Claims that Coq has proved: only against a record of the files that were checked.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(clippy::print_stderr, reason = "a test says that it was skipped")]

use spurious::verify::coq;
use spurious::verify::coqc::{self, SECONDS};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

/// A small library with one lemma, one claim that takes it, and a helper that runs `verify` there.
struct Ledger(tempfile::TempDir);

const DEFINITIONS: &str =
    "Require Import Reals.\nOpen Scope R_scope.\nDefinition twice (x : R) : R := x + x.\n";
const LEMMA: &str = "Require Import Reals Lra.\nRequire Import Own.Definitions.\nOpen Scope R_scope.\n\
                     Theorem twice_positive : forall x, 0 < x -> 0 < twice x.\nProof. unfold twice. intros. lra. Qed.\n";
const CLAIM: &str = "paper own\nclaim own.one \"there\"\n  printed \"twice x is positive\"\n  \
                     coq proves twice_positive in \"coq/Lemma.v\"\n  verdict proved\n";

impl Ledger {
    fn new() -> Self {
        let ledger = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(ledger.0.path().join("coq")).unwrap();
        ledger.write("coq/_CoqProject", "-Q . Own\nDefinitions.v\nLemma.v\n");
        ledger.write("coq/Definitions.v", DEFINITIONS);
        ledger.write("coq/Lemma.v", LEMMA);
        ledger.write("own.claims", CLAIM);
        ledger
    }

    fn write(&self, file: &str, text: &str) {
        std::fs::write(self.0.path().join(file), text).unwrap();
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.0.path().join(file)).unwrap()
    }

    /// A record as `coqc` would make it, made by hand.
    fn record(&self, axioms: &str) {
        self.record_as("theorem", axioms);
    }

    /// Such a record, where the theorem has this form.
    fn record_as(&self, form: &str, axioms: &str) {
        let digest = |file: &str| coq::digest(self.read(file).as_bytes());
        let (first, second) = (digest("coq/Definitions.v"), digest("coq/Lemma.v"));
        let text = format!(
            "coq 8.16.1\nprefix Own\nfile Definitions.v {first}\nfile Lemma.v {second}\n\n\
             {form} twice_positive Lemma.v {first}{axioms}\n  forall x : R, 0 < x -> 0 < Definitions.twice x\n"
        );
        self.write("coq/checked.txt", &text);
    }

    fn verify(&self, more: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_spurious"));
        command
            .current_dir(self.0.path())
            .args(["verify", "own.claims", "--no-timing"])
            .args(more)
            .output()
            .unwrap()
    }

    /// It does not come out as recorded, for this reason.
    fn unexpected(&self, more: &[&str], reason: &str) {
        let output = self.verify(more);
        assert_eq!(output.status.code(), Some(1), "{}", words(&output.stdout));
        let text = words(&output.stdout);
        assert!(
            text.starts_with("open") && text.contains("UNEXPECTED") && text.contains(reason),
            "{reason}: {text}"
        );
    }
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn coqc() -> bool {
    let present = coqc::present();
    if !present {
        eprintln!("SKIPPED: no coqc here");
    }
    present
}

#[test]
fn a_recorded_theorem_counts_apart_and_says_that_it_was_not_rechecked() {
    let ledger = Ledger::new();
    ledger.record("");
    let output = ledger.verify(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", words(&output.stdout));
    let text = words(&output.stdout);
    assert!(
        text.starts_with("coq ")
            && text.contains(
                "proved by coq: twice_positive in coq/Lemma.v, which proves it, recorded, not rechecked"
            ),
        "{text}"
    );
    assert!(
        text.contains(
            "1 claims: 0 proved, 0 refuted, 0 open, 0 measured, 1 by coq (recorded, not rechecked)"
        ),
        "{text}"
    );
    let output = ledger.verify(&["--format", "json"]);
    let object: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let claim = &object["claims"][0];
    assert_eq!(
        (&claim["by"], &claim["verdict"]),
        (&"coq".into(), &"proved".into())
    );
    assert_eq!(claim["coq"]["rechecked"], false);
    assert_eq!(claim["coq"]["role"], "proves");
    assert_eq!(
        (&claim["statement"], &claim["proves"]),
        (&serde_json::Value::Null, &serde_json::Value::Null),
        "the kernel has proved nothing"
    );
    assert_eq!(
        claim["coq"]["statement"],
        "twice_positive : forall x : R, 0 < x -> 0 < Definitions.twice x"
    );
    assert_eq!(
        (&object["summary"]["proved"], &object["summary"]["by_coq"]),
        (&0.into(), &1.into())
    );
}

#[test]
fn a_changed_file_undoes_the_claim() {
    let ledger = Ledger::new();
    ledger.record("");
    // A definition on which the statement rests, weakened: the statement's text is the same.
    ledger.write("coq/Definitions.v", &DEFINITIONS.replace("x + x", "1"));
    ledger.unexpected(&[], "coq/Definitions.v is not the file that was checked");
    ledger.write("coq/Definitions.v", DEFINITIONS);
    assert_eq!(ledger.verify(&[]).status.code(), Some(0));
    ledger.write("coq/Lemma.v", &LEMMA.replace("0 < x", "1 < x"));
    ledger.unexpected(&[], "coq/Lemma.v is not the file that was checked");
}

#[test]
fn what_is_not_recorded_is_not_proved() {
    let ledger = Ledger::new();
    ledger.unexpected(&[], "without a record");
    ledger.record("");
    ledger.write(
        "own.claims",
        &CLAIM.replace("twice_positive", "thrice_positive"),
    );
    ledger.unexpected(&[], "no theorem thrice_positive");
    ledger.write("own.claims", &CLAIM.replace("Lemma.v", "Definitions.v"));
    ledger.unexpected(&[], "no theorem twice_positive of Definitions.v");
    ledger.write("own.claims", &CLAIM.replace("coq/Lemma.v", "coq/Other.v"));
    ledger.unexpected(&[], "not among the files");
    ledger.write(
        "own.claims",
        &CLAIM.replace("coq/Lemma.v", "coq/checked.txt"),
    );
    ledger.unexpected(&[], "is no Coq file");
    ledger.write("own.claims", CLAIM);
    ledger.write("coq/checked.txt", "nonsense\n");
    ledger.unexpected(&[], "checked.txt:1");
}

#[test]
fn an_axiom_of_its_own_is_no_proof() {
    let ledger = Ledger::new();
    ledger.record(" Coq.Logic.Classical_Prop.classic");
    assert_eq!(ledger.verify(&[]).status.code(), Some(0));
    ledger.record(" Own.Lemma.of_course");
    ledger.unexpected(&[], "rests on Own.Lemma.of_course");
    // The short name could be that of another axiom.
    ledger.record(" Classical_Prop.classic");
    ledger.unexpected(&[], "rests on Classical_Prop.classic");
}

#[test]
fn the_kernel_takes_nothing_from_coq() {
    let ledger = Ledger::new();
    ledger.record("");
    let uses = "claim own.two \"there\"\n  printed \"two\"\n  show 0 < 2\n  verdict proved\n  proof { lemma own.one; }\n";
    ledger.write("own.claims", &format!("{CLAIM}{uses}"));
    let output = ledger.verify(&[]);
    let text = words(&output.stdout);
    assert!(
        text.contains("open     own.two") && text.contains("is not proved by the kernel"),
        "{text}"
    );
}

#[test]
fn a_claim_with_two_judges_needs_both() {
    let ledger = Ledger::new();
    ledger.record("");
    ledger.write(
        "own.claims",
        &CLAIM.replace("  verdict", "  show 1 < 2\n  verdict"),
    );
    let text = words(&ledger.verify(&[]).stdout);
    assert!(
        text.starts_with("proved ") && text.contains("proved by coq: twice_positive"),
        "{text}"
    );
    assert!(text.contains("1 claims: 1 proved, 0 refuted"), "{text}");
    let output = ledger.verify(&["--format", "json"]);
    let object: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let claim = &object["claims"][0];
    assert_eq!(
        (&claim["by"], &claim["proves"]),
        (&"kernel".into(), &"claim".into())
    );
    assert_eq!(claim["coq"]["role"], "proves");
    ledger.record(" Own.Lemma.of_course");
    ledger.unexpected(&[], "rests on Own.Lemma.of_course");
    ledger.record("");
    ledger.write(
        "own.claims",
        &CLAIM.replace("  verdict", "  show 2 < 1\n  verdict"),
    );
    ledger.unexpected(&[], "do not say the same");
}

#[test]
fn a_claim_that_names_theorems_says_what_they_are_for() {
    let ledger = Ledger::new();
    ledger.record("");
    for (wrong, reason) in [
        (
            CLAIM.replace("  verdict", "  proof { auto; }\n  verdict"),
            "lacks `show`: a proof script is for the kernel",
        ),
        (
            CLAIM.replace("verdict proved", "verdict open\n  reason \"none\""),
            "lacks `verdict proved`: `coq proves`",
        ),
        (
            CLAIM.replace("verdict proved", "verdict refuted"),
            "lacks `verdict proved`: `coq proves`",
        ),
        (
            CLAIM.replace("coq proves", "coq refutes"),
            "lacks `verdict refuted`: `coq refutes`",
        ),
        (
            CLAIM.replace("coq proves", "coq"),
            "expected `proves` or `refutes`",
        ),
        (
            CLAIM.replace(
                "  verdict",
                "  coq proves other in \"coq/Lemma.v\"\n  verdict",
            ),
            "a second `coq`: it may be given once",
        ),
        (
            CLAIM.replace("twice_positive", "Lemma.twice_positive"),
            "expected `in` and the Coq file",
        ),
        (
            CLAIM.replace("twice_positive", "\"foo. Admitted\""),
            "expected the name of a Coq theorem",
        ),
        (
            CLAIM.replace(" in \"coq/Lemma.v\"", ""),
            "expected `in` and the Coq file",
        ),
        (
            CLAIM.replace("twice_positive", "\"twice\""),
            "expected the name of a Coq theorem",
        ),
    ] {
        ledger.write("own.claims", &wrong);
        let output = ledger.verify(&[]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(
            words(&output.stderr).contains(reason),
            "{}",
            words(&output.stderr)
        );
    }
}

#[test]
fn coqc_takes_a_record_and_checks_it() {
    if !coqc() {
        return;
    }
    let ledger = Ledger::new();
    let output = ledger.verify(&["--coq", "record"]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        words(&output.stdout),
        words(&output.stderr)
    );
    assert!(
        ledger
            .read("coq/checked.txt")
            .contains("  forall x : R, 0 < x -> 0 < Definitions.twice x")
    );
    let output = ledger.verify(&["--coq", "check"]);
    assert_eq!(output.status.code(), Some(0), "{}", words(&output.stdout));
    assert!(
        words(&output.stdout).contains("checked by coqc")
            && words(&output.stdout).contains("1 by coq;")
    );
    // A record that says more than the file: the digests fit, the statement does not.
    let record = ledger.read("coq/checked.txt");
    ledger.write(
        "coq/checked.txt",
        &record.replace("forall x : R, 0 < x -> ", "forall x : R, "),
    );
    assert_eq!(ledger.verify(&[]).status.code(), Some(0), "recorded only");
    ledger.unexpected(
        &["--coq", "check"],
        "states twice_positive otherwise than the record",
    );
    // A false proof is not recorded.
    ledger.write("coq/Lemma.v", &LEMMA.replace("0 < x -> ", ""));
    let output = ledger.verify(&["--coq", "record"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        words(&output.stderr).contains("Lemma.v"),
        "{}",
        words(&output.stderr)
    );
    // Nor is a statement that rests on an axiom of the file's own; the former record stays.
    let former = ledger.read("coq/checked.txt");
    let axiom = "Axiom of_course : forall x, 0 < twice x.\nTheorem twice_positive : forall x, 0 < x -> 0 < twice x.\nProof. intros. apply of_course. Qed.\n";
    let (head, _) = LEMMA.split_once("Theorem").unwrap();
    ledger.write("coq/Lemma.v", &format!("{head}{axiom}"));
    let output = ledger.verify(&["--coq", "record"]);
    assert_eq!(output.status.code(), Some(2));
    let said = words(&output.stderr);
    assert!(
        said.contains("nothing was recorded") && said.contains("Own.Lemma.of_course"),
        "{said}"
    );
    assert_eq!(ledger.read("coq/checked.txt"), former);
    // Not even where the record was made by hand.
    ledger.record("");
    ledger.unexpected(
        &["--coq", "check"],
        "an axiom of the files' own, Own.Lemma.of_course",
    );
}

/// Names and file of what is asked for.
fn wanted(name: &str, file: &str) -> BTreeSet<(String, String)> {
    BTreeSet::from([(name.to_owned(), file.to_owned())])
}

/// The record of `foo` in a development of one file, or why there is none.
fn checked(folder: &Path, file: &str, seconds: u64) -> Result<coq::Theorem, String> {
    let wanted = wanted("foo", file);
    let found = coqc::check(folder, &wanted, &BTreeSet::new(), seconds)?;
    match found.faults.values().next() {
        Some(fault) => Err(fault.clone()),
        None => Ok(found.record.theorem("foo", file).unwrap().clone()),
    }
}

/// A folder with one file.
fn development(file: &str, text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("_CoqProject"),
        format!("-Q . Own\n{file}\n"),
    )
    .unwrap();
    std::fs::write(folder.path().join(file), text).unwrap();
    folder
}

/// Each development in the folder of cheats is refused, for the reason that its first line gives.
#[test]
fn no_cheat_is_recorded() {
    if !coqc() {
        return;
    }
    let cheats = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/coq/cheats");
    let mut count = 0;
    for entry in std::fs::read_dir(cheats).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        let first = text.lines().next().unwrap();
        let reason = first.strip_prefix("(* refused: ").unwrap();
        let reason = reason.strip_suffix(" *)").unwrap();
        let refused = checked(development(file, &text).path(), file, SECONDS);
        let said = refused.expect_err(file);
        assert!(said.contains(reason), "{file}: {said}");
        count += 1;
    }
    assert!(count >= 39, "{count} cheats");
}

/// What a file redefines is printed by its full name, and what its options would hide is printed.
#[test]
fn a_statement_is_printed_as_what_it_means() {
    if !coqc() {
        return;
    }
    for (text, shown, hidden) in [
        (
            "Require Import Reals.\nOpen Scope R_scope.\nDefinition R := bool.\nDefinition Rlt (x y : R) := True.\n\
             Notation \"0\" := true.\nNotation \"1\" := true.\nNotation \"x < y\" := (Rlt x y).\n\
             Theorem foo : forall x : R, x < 0 -> 1 < 0.\nProof. exact (fun _ _ => I). Qed.\n",
            "forall x : Shadows.R, Shadows.Rlt x true -> Shadows.Rlt true true",
            "<",
        ),
        (
            "Section Given.\nVariable given : False.\nTheorem foo : False. Proof given.\nEnd Given.\n",
            "False -> False",
            "given",
        ),
        (
            "Require Import Reals.\nOpen Scope R_scope.\nDefinition away (x : nat) : R := 5.\nCoercion away : nat >-> R.\n\
             Theorem foo : forall x : nat, (1 < x)%R.\nProof. intros x. unfold away. apply (IZR_lt 1 5). reflexivity. Qed.\n",
            "1 < Shadows.away x",
            "< x",
        ),
        (
            "Global Set Printing Depth 4.\nGlobal Set Printing Width 20.\nGlobal Unset Printing Notations.\n\
             Theorem foo : 0 = 0 /\\ (1 = 1 /\\ (2 = 2 /\\ (3 = 3 /\\ (4 = 4 /\\ (5 = 5 /\\ (6 = 6 /\\ 7 = 7)))))).\n\
             Proof. repeat split. Qed.\n",
            "7%nat = 7%nat",
            "...",
        ),
    ] {
        let folder = development("Shadows.v", text);
        let theorem = checked(folder.path(), "Shadows.v", SECONDS).unwrap();
        let statement = theorem.statement;
        assert!(
            statement.contains(shown) && !statement.contains(hidden),
            "{statement}"
        );
    }
}

/// Compiled files that lie about are not what is checked, and flags are not passed on.
#[test]
fn only_the_listed_sources_take_part() {
    if !coqc() {
        return;
    }
    let folder = development("Lemma.v", "Theorem foo : 1 = 1. Proof eq_refl.\n");
    let compiled = development("Lemma.v", "Axiom foo : 1 = 2.\n");
    let made = Command::new("coqc")
        .current_dir(compiled.path())
        .args(["-q", "-Q", ".", "Own", "Lemma.v"])
        .status()
        .unwrap();
    assert!(made.success());
    for file in ["Lemma.vo", "Lemma.glob"] {
        std::fs::copy(compiled.path().join(file), folder.path().join(file)).unwrap();
    }
    std::fs::write(
        folder.path().join("coqrc"),
        "Axiom from_the_start : False.\n",
    )
    .unwrap();
    let theorem = checked(folder.path(), "Lemma.v", SECONDS).unwrap();
    assert_eq!(theorem.statement, "1%nat = 1%nat");
    assert!(theorem.axioms.is_empty() && !theorem.negation);
    for list in [
        "-Q . Own\n-arg -type-in-type\nLemma.v\n",
        "-Q . Own\n-Q /tmp Other\nLemma.v\n",
        "-R . Own\nLemma.v\n",
        "-Q . Coq\nLemma.v\n",
        "-Q . Own\nLemma.v\nLemma.v\n",
        "-Q . Own\n../Lemma.v\n",
    ] {
        std::fs::write(folder.path().join("_CoqProject"), list).unwrap();
        let said = checked(folder.path(), "Lemma.v", SECONDS).unwrap_err();
        assert!(said.contains("_CoqProject:"), "{list}: {said}");
    }
}

#[test]
fn a_proof_without_end_is_stopped() {
    if !coqc() {
        return;
    }
    let text = "Require Import NArith.\n\
                Theorem foo : N.iter 1000000000000 negb true = true. Proof. vm_compute. reflexivity. Qed.\n";
    let folder = development("Endless.v", text);
    let said = checked(folder.path(), "Endless.v", 3).unwrap_err();
    assert!(
        said.contains("Endless.v: coqc did not end within 3 s"),
        "{said}"
    );
}

/// A record is text that anyone can write: its names are put into no question unless they are names.
#[test]
fn a_record_asks_for_nothing_but_theorems() {
    let line = |name: &str, file: &str| {
        format!("coq 8.16.1\nprefix Own\ntheorem {name} {file} 00\n  True\n")
    };
    assert!(coq::Record::parse(&line("foo", "Lemma.v")).is_ok());
    for (name, file) in [
        ("foo.Admitted", "Lemma.v"),
        ("foo.\"Admitted", "Lemma.v"),
        ("foo", "../Lemma.v"),
        ("foo", "Lemma"),
        ("1", "Lemma.v"),
    ] {
        assert_eq!(coq::Record::parse(&line(name, file)), Err(3), "{name}");
    }
    let twice = line("foo", "Lemma.v") + "theorem foo Lemma.v 00\n  False\n";
    assert_eq!(coq::Record::parse(&twice), Err(5));
}

#[test]
fn a_theorem_refutes_by_a_negation_only() {
    let ledger = Ledger::new();
    let refuted = CLAIM
        .replace("coq proves", "coq refutes")
        .replace("verdict proved", "verdict refuted");
    ledger.write("own.claims", &refuted);
    ledger.record("");
    ledger.unexpected(&[], "twice_positive refutes nothing");
    ledger.record_as("negation", "");
    let output = ledger.verify(&[]);
    assert_eq!(output.status.code(), Some(0), "{}", words(&output.stdout));
    let text = words(&output.stdout);
    assert!(text.contains("refuted by coq: twice_positive"), "{text}");
    assert!(text.contains("which refutes it, recorded"), "{text}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_spurious"));
    command.current_dir(ledger.0.path());
    let told = command.args(["explain", "own.one", "--ledger", "own.claims"]);
    let told = words(&told.output().unwrap().stdout);
    assert!(
        told.contains("not by the kernel, against what is printed:\n")
            && told.contains("forall x : R, 0 < x -> 0 < Definitions.twice x")
            && told.contains("recorded, not rechecked"),
        "{told}"
    );
}

#[test]
fn one_theorem_does_not_both_prove_and_refute() {
    let ledger = Ledger::new();
    ledger.record_as("negation", "");
    let other = "claim own.two \"there\"\n  printed \"twice x is not positive\"\n  \
                 coq refutes twice_positive in \"coq/Lemma.v\"\n  verdict refuted\n";
    ledger.write("own.claims", &format!("{CLAIM}{other}"));
    let output = ledger.verify(&[]);
    assert_eq!(output.status.code(), Some(2), "{}", words(&output.stdout));
    let said = words(&output.stderr);
    assert!(
        said.contains("own.claims:6:7")
            && said.contains("twice_positive cannot both prove and refute")
            && said.contains("own.one"),
        "{said}"
    );
}

/// A path with a newline names no file, so it adds no line to what is printed.
#[test]
fn a_path_is_one_line() {
    let ledger = Ledger::new();
    ledger.record("");
    let strange = CLAIM.replace("coq/Lemma.v", "coq/a\u{1b}[1m/../Lemma.v");
    ledger.write("own.claims", &strange);
    let output = ledger.verify(&[]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(!words(&output.stderr).contains('\u{1b}'), "{output:?}");
    ledger.write(
        "own.claims",
        &CLAIM.replace("coq/Lemma.v", "no such/../coq/Lemma.v"),
    );
    assert_eq!(ledger.verify(&[]).status.code(), Some(0));
}

/// The script that looks after exported certificates refuses an axiom under a borrowed name too.
#[test]
fn the_script_compares_axioms_by_name_and_type() {
    if !coqc() {
        return;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("proofs/coq/axioms.sh");
    let good = "Require Import ClassicalDedekindReals.\nDefinition foo := sig_not_dec.\n";
    let classical = "Require Import Classical_Prop.\nDefinition foo := classic.\n";
    let alike = "Module Classical_Prop. Axiom classic : forall P : Prop, P. End Classical_Prop.\n\
                 Definition foo := Classical_Prop.classic False.\n";
    for (text, kind, accepted) in [
        (good, "reals", true),
        (classical, "classical", true),
        (classical, "reals", false),
        (alike, "classical", false),
    ] {
        let folder = development("Made.v", text);
        let made = Command::new("coqc")
            .current_dir(folder.path())
            .args(["-q", "-Q", ".", "Own", "Made.v"])
            .status()
            .unwrap();
        assert!(made.success());
        let output = Command::new(&script)
            .arg(kind)
            .arg(folder.path())
            .args(["Own", "Own.Made", "Own.Made.foo"])
            .output()
            .unwrap();
        assert_eq!(
            output.status.success(),
            accepted,
            "{text}: {}",
            words(&output.stderr)
        );
    }
}

/// The record of this project is about the files of this project.
#[test]
fn the_shipped_record_is_about_the_shipped_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("proofs/coq");
    let record =
        coq::Record::parse(&std::fs::read_to_string(folder.join("checked.txt")).unwrap()).unwrap();
    assert_eq!(
        record.text(),
        std::fs::read_to_string(folder.join("checked.txt")).unwrap()
    );
    let mut recorded: Vec<String> = record.files.iter().map(|(name, _)| name.clone()).collect();
    for (name, digest) in &record.files {
        let text = std::fs::read(folder.join(name)).unwrap();
        assert_eq!(*digest, coq::digest(&text), "{name}");
    }
    let inside = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<String> = inside
        .filter(|name| {
            Path::new(name)
                .extension()
                .is_some_and(|ending| ending == "v")
        })
        .collect();
    recorded.sort();
    files.sort();
    assert_eq!(recorded, files);
}
