//! Claims that Coq has proved: only against a record of the files that were checked.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(clippy::print_stderr, reason = "a test says that it was skipped")]

use std::path::Path;
use std::process::{Command, Output};

/// A small library with one lemma, one claim that takes it, and a helper that runs `verify` there.
struct Ledger(tempfile::TempDir);

const DEFINITIONS: &str =
    "Require Import Reals.\nOpen Scope R_scope.\nDefinition twice (x : R) : R := x + x.\n";
const LEMMA: &str = "Require Import Reals Lra.\nRequire Import Own.Definitions.\nOpen Scope R_scope.\n\
                     Theorem twice_positive : forall x, 0 < x -> 0 < twice x.\nProof. unfold twice. intros. lra. Qed.\n";
const CLAIM: &str = "paper own\nclaim own.one \"there\"\n  printed \"twice x is positive\"\n  \
                     coq twice_positive in \"coq/Lemma.v\"\n  verdict proved\n";

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
        let digest = |file: &str| spurious::ledger::coq::digest(self.read(file).as_bytes());
        let (first, second) = (digest("coq/Definitions.v"), digest("coq/Lemma.v"));
        let text = format!(
            "coq 8.16.1\nprefix Own\nfile Definitions.v {first}\nfile Lemma.v {second}\n\n\
             theorem twice_positive Lemma.v{axioms}\n  forall x : R, 0 < x -> 0 < Definitions.twice x\n"
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
    let present = spurious::ledger::coqc::present();
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
            && text
                .contains("proved by coq: twice_positive in coq/Lemma.v, recorded, not rechecked"),
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
    ledger.record(" Classical_Prop.classic");
    assert_eq!(ledger.verify(&[]).status.code(), Some(0));
    ledger.record(" Own.Lemma.of_course");
    ledger.unexpected(&[], "rests on Own.Lemma.of_course");
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
fn a_claim_has_one_judge() {
    let ledger = Ledger::new();
    ledger.record("");
    for (wrong, reason) in [
        (
            CLAIM.replace("  verdict", "  show 1 < 2\n  verdict"),
            "one judge",
        ),
        (
            CLAIM.replace("verdict proved", "verdict open\n  reason \"none\""),
            "lacks `proved` or `refuted`",
        ),
        (
            CLAIM.replace(" in \"coq/Lemma.v\"", ""),
            "expected `in` and the Coq file",
        ),
        (
            CLAIM.replace("coq twice_positive", "coq \"twice\""),
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
    ledger.unexpected(&["--coq", "check"], "coqc states twice_positive otherwise");
    // A false proof is not recorded.
    ledger.write("coq/Lemma.v", &LEMMA.replace("0 < x -> ", ""));
    let output = ledger.verify(&["--coq", "record"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        words(&output.stderr).contains("Lemma.v"),
        "{}",
        words(&output.stderr)
    );
    // An axiom is recorded, and undoes the claim.
    let axiom = "Axiom of_course : forall x, 0 < twice x.\nTheorem twice_positive : forall x, 0 < x -> 0 < twice x.\nProof. intros. apply of_course. Qed.\n";
    let (head, _) = LEMMA.split_once("Theorem").unwrap();
    ledger.write("coq/Lemma.v", &format!("{head}{axiom}"));
    ledger.unexpected(&["--coq", "record"], "of_course, which is no axiom");
}

/// The record of this project is about the files of this project.
#[test]
fn the_shipped_record_is_about_the_shipped_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("proofs/coq");
    let record = spurious::ledger::coq::Record::parse(
        &std::fs::read_to_string(folder.join("checked.txt")).unwrap(),
    )
    .unwrap();
    assert_eq!(
        record.text(),
        std::fs::read_to_string(folder.join("checked.txt")).unwrap()
    );
    let mut recorded: Vec<String> = record.files.iter().map(|(name, _)| name.clone()).collect();
    for (name, digest) in &record.files {
        let text = std::fs::read(folder.join(name)).unwrap();
        assert_eq!(*digest, spurious::ledger::coq::digest(&text), "{name}");
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
