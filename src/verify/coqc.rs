//! Running `coqc`: the files are compiled afresh in a folder of their own, then asked for statements and axioms. Untrusted.

use super::Outcomes;
use super::coq::{Checked, RECORD, Record, Theorem, digest, place, plain, read};
use crate::ledger::source::Ledger;
use crate::ledger::syntax::Verdict;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The list of files, in the order of compilation, beside them.
const PROJECT: &str = "_CoqProject";

/// Theorems by name and file.
type Names = BTreeSet<(String, String)>;

/// Whether there is a `coqc`.
#[must_use]
pub fn present() -> bool {
    version().is_ok()
}

fn version() -> Result<String, String> {
    let printed = run(Command::new("coqc").arg("--print-version"))?;
    Ok(printed
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned())
}

/// What the command prints, if it succeeds.
fn run(command: &mut Command) -> Result<String, String> {
    let output = command
        .output()
        .map_err(|error| format!("coqc cannot be run: {error}"))?;
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() {
        Ok(words(&output.stdout))
    } else {
        Err(words(&output.stderr))
    }
}

/// Prefix and files that `_CoqProject` names.
fn project(folder: &Path) -> Result<(String, Vec<String>), String> {
    let text = read(&folder.join(PROJECT))?;
    let words: Vec<&str> = text.split_whitespace().collect();
    let prefix = words
        .iter()
        .position(|word| *word == "-Q")
        .and_then(|at| words.get(at + 2));
    let files = words
        .iter()
        .filter(|word| plain(word))
        .map(|word| (*word).to_owned())
        .collect();
    let prefix = prefix
        .ok_or_else(|| format!("{}: no line `-Q . Prefix`", folder.join(PROJECT).display()))?;
    Ok(((*prefix).to_owned(), files))
}

/// Compiles the files of a folder afresh and asks for theorems, given by name and file; the optional ones may be gone.
///
/// # Errors
/// What `coqc` says.
pub fn check(folder: &Path, wanted: &Names, optional: &Names) -> Result<Record, String> {
    let (prefix, files) = project(folder)?;
    let workshop = tempfile::tempdir().map_err(|error| error.to_string())?;
    let coqc = |file: &str| {
        let mut command = Command::new("coqc");
        command
            .current_dir(workshop.path())
            .args(["-q", "-Q", ".", &prefix, file]);
        run(&mut command).map_err(|error| format!("{}: {error}", folder.join(file).display()))
    };
    let write = |name: &str, text: &str| {
        std::fs::write(workshop.path().join(name), text).map_err(|error| error.to_string())
    };
    let mut record = Record {
        version: version()?,
        prefix: prefix.clone(),
        ..Record::default()
    };
    for name in files {
        let text = read(&folder.join(&name))?;
        write(&name, &text)?;
        coqc(&name)?;
        record.files.push((name, digest(text.as_bytes())));
    }
    for (name, file) in wanted.union(optional) {
        let module = format!("{prefix}.{}", file.trim_end_matches(".v"));
        // Redirect writes what a command prints into a file.
        write(
            "Question.v",
            &format!(
                "Require Import Reals ZArith List.\nRequire {module}.\nOpen Scope R_scope.\nSet Printing Width 110.\n\
                 Redirect \"statement\" Check {module}.{name}.\nRedirect \"axioms\" Print Assumptions {module}.{name}.\n"
            ),
        )?;
        match coqc("Question.v") {
            Err(_) if !wanted.contains(&(name.clone(), file.clone())) => continue,
            answered => answered?,
        };
        let answer = |name: &str| read(&workshop.path().join(name));
        record.theorems.push(Theorem {
            name: name.clone(),
            file: file.clone(),
            statement: statement(&answer("statement.out")?),
            axioms: axioms(&answer("axioms.out")?),
        });
    }
    Ok(record)
}

/// What stands behind the name, without the common indentation.
fn statement(printed: &str) -> String {
    let body = printed.split_once(" : ").map_or(printed, |(_, body)| body);
    let lines: Vec<String> = body
        .lines()
        .map(|line| line.strip_prefix("       ").unwrap_or(line).to_owned())
        .collect();
    lines.join("\n").trim_end().to_owned()
}

/// The names before the colons at the start of a line.
fn axioms(printed: &str) -> Vec<String> {
    let starts = printed
        .lines()
        .skip(1)
        .filter(|line| !line.starts_with(' ') && !line.is_empty());
    starts
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

/// The theorems that the ledger takes from each folder.
fn wanted(ledger: &Ledger) -> BTreeMap<PathBuf, Names> {
    let mut folders: BTreeMap<PathBuf, Names> = BTreeMap::new();
    for entry in &ledger.entries {
        let (Some(cited), Ok((folder, file))) = (&entry.claim.coq, place(entry)) else {
            continue;
        };
        let names = cited
            .theorems
            .iter()
            .map(|name| (name.clone(), file.clone()));
        folders.entry(folder).or_default().extend(names);
    }
    folders
}

/// Checks everything that the ledger takes from Coq and writes the records anew; theorems that other claims take stay.
///
/// # Errors
/// What `coqc` or the file system says.
pub fn record(ledger: &Ledger) -> Result<(), String> {
    for (folder, wanted) in wanted(ledger) {
        let former = read(&folder.join(RECORD))
            .ok()
            .and_then(|text| Record::parse(&text).ok())
            .unwrap_or_default();
        let former = former
            .theorems
            .into_iter()
            .map(|theorem| (theorem.name, theorem.file))
            .collect();
        let record = check(&folder, &wanted, &former)?;
        crate::files::target::write(&folder.join(RECORD), &record.text())
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Checks the claims that have a record again; a claim that does not come out as recorded is open.
pub fn recheck(ledger: &Ledger, outcomes: &mut Outcomes) {
    for (folder, wanted) in wanted(ledger) {
        let found = check(&folder, &wanted, &Names::new());
        for outcome in outcomes.values_mut() {
            let Some(checked) = outcome
                .coq
                .as_mut()
                .filter(|checked| checked.folder == folder)
            else {
                continue;
            };
            let agrees = found
                .as_ref()
                .map_err(Clone::clone)
                .and_then(|record| agrees(checked, record));
            match agrees {
                Ok(()) => checked.rechecked = true,
                Err(reason) => {
                    outcome.coq = None;
                    outcome.verdict = Verdict::Open;
                    outcome.digest = None;
                    outcome.reason = Some(reason);
                }
            }
        }
    }
}

/// Whether a run says the same as the record; versions of Coq may differ.
fn agrees(checked: &Checked, found: &Record) -> Result<(), String> {
    match checked
        .theorems
        .iter()
        .find(|theorem| !found.theorems.contains(theorem))
    {
        Some(theorem) => Err(format!(
            "coqc states {} otherwise than the record, or with other axioms",
            theorem.name
        )),
        None => Ok(()),
    }
}
