//! Running Coq: the files are compiled afresh in a folder of their own, `coqchk` checks what came out, and a session that only
//! loads it is asked for statements and axioms. Untrusted.
//!
//! Limits: each run has `--coq-seconds` of time (600 if not given), and on Unix 4 GiB of memory and 512 MiB for a file.

mod project;
mod run;
mod session;
mod summary;

use super::Outcomes;
use super::coq::{Checked, RECORD, Record, Theorem, digest, place, read};
use super::outcome::open;
use crate::ledger::source::Ledger;
use project::Project;
use run::Confinement;
use session::Session;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The longest time of a run, in seconds, if no other is asked for.
pub const SECONDS: u64 = 600;

/// Theorems by name and file.
type Names = BTreeSet<(String, String)>;

/// What came out for a folder.
#[derive(Debug)]
pub struct Found {
    /// The record of it.
    pub record: Record,
    /// Why other theorems that were asked for are not in the record.
    pub faults: BTreeMap<(String, String), String>,
}

/// Whether there is a Coq, compiler and checker.
///
/// # Errors
/// In words, what is missing.
pub fn ready() -> Result<(), String> {
    let folder = std::env::temp_dir();
    let place = Confinement {
        folder: &folder,
        home: &folder,
        seconds: SECONDS,
    };
    version(&place)?;
    place.run("coqchk", &["--version"]).map(|_| ())
}

/// Whether there is a Coq, compiler and checker.
#[must_use]
pub fn present() -> bool {
    ready().is_ok()
}

fn version(place: &Confinement<'_>) -> Result<String, String> {
    let printed = place.run("coqc", &["--print-version"])?;
    Ok(printed
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned())
}

/// Compiles the files of a folder afresh, has them checked, and asks for theorems, given by name and file; the optional ones
/// may be gone.
///
/// # Errors
/// What Coq says, where that concerns every theorem.
pub fn check(
    folder: &Path,
    wanted: &Names,
    optional: &Names,
    seconds: u64,
) -> Result<Found, String> {
    let [workshop, questions, home] = [(); 3].map(|()| tempfile::tempdir());
    let io = |error: std::io::Error| error.to_string();
    let (workshop, questions, home) = (
        workshop.map_err(io)?,
        questions.map_err(io)?,
        home.map_err(io)?,
    );
    let place = |folder| Confinement {
        folder,
        home: home.path(),
        seconds,
    };
    let compiling = place(workshop.path());
    let standard = compiling.run("coqc", &["-where"])?;
    let standard = project::compiled(
        &Path::new(standard.lines().next().unwrap_or_default()).join("theories"),
    )?;
    let project = Project::read(folder, &standard)?;
    compile(folder, &project, &compiling)?;
    let session = Session {
        place: place(questions.path()),
        library: workshop.path(),
        prefix: &project.prefix,
        modules: project.modules().collect(),
    };
    let mut found = Found {
        record: Record {
            version: version(&compiling)?,
            prefix: project.prefix.clone(),
            files: project
                .files
                .iter()
                .map(|(name, text)| (name.clone(), digest(text.as_bytes())))
                .collect(),
            theorems: Vec::new(),
        },
        faults: BTreeMap::new(),
    };
    answers(&session, &project, wanted, optional, &mut found)?;
    Ok(found)
}

/// Compiles every file where nothing else is, then has `coqchk` read what was compiled.
fn compile(folder: &Path, project: &Project, workshop: &Confinement<'_>) -> Result<(), String> {
    for (name, text) in &project.files {
        std::fs::write(workshop.folder.join(name), text).map_err(|error| error.to_string())?;
        let arguments = ["-q", "-w", "-all", "-Q", ".", &project.prefix, name];
        workshop
            .run("coqc", &arguments)
            .map_err(|error| format!("{}: {error}", folder.join(name).display()))?;
    }
    let mut arguments = vec!["-silent", "-o", "-Q", ".", &project.prefix];
    let modules: Vec<String> = project.modules().collect();
    for module in &modules {
        arguments.extend(["-norec", module]);
    }
    let within = |error| format!("{}: {error}", folder.display());
    let printed = workshop.run("coqchk", &arguments).map_err(within)?;
    summary::accept(&printed).map_err(within)
}

/// Asks for the theorems and puts them into the record, or why they are not.
fn answers(
    session: &Session<'_>,
    project: &Project,
    wanted: &Names,
    optional: &Names,
    found: &mut Found,
) -> Result<(), String> {
    let asked: Vec<&(String, String)> = wanted
        .union(optional)
        .filter(|(_, file)| project.files.iter().any(|(name, _)| name == file))
        .collect();
    let full = |(name, file): &(String, String)| format!("{}.{name}", project.module(file));
    let names: Vec<String> = asked.iter().map(|key| full(key)).collect();
    let catalogue = session.catalogue(&names)?;
    let there: Vec<&(String, String)> = asked
        .into_iter()
        .zip(&catalogue.there)
        .filter_map(|(key, there)| there.then_some(key))
        .collect();
    let names: Vec<String> = there.iter().map(|key| full(key)).collect();
    let theorems = session.theorems(&names, &catalogue)?;
    for (key, answer) in there.into_iter().zip(theorems) {
        match answer {
            Ok(answer) => found.record.theorems.push(Theorem {
                name: key.0.clone(),
                file: key.1.clone(),
                statement: answer.statement,
                explicit: answer.explicit,
                negation: answer.negation,
                axioms: answer.axioms,
            }),
            Err(fault) => {
                found.faults.insert(key.clone(), fault);
            }
        }
    }
    for key in wanted {
        if found.record.theorem(&key.0, &key.1).is_none() {
            let missing = || format!("{} has no theorem {}", key.1, key.0);
            found.faults.entry(key.clone()).or_insert_with(missing);
        }
    }
    Ok(())
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
/// A folder where anything is wrong keeps its record.
///
/// # Errors
/// What Coq or the file system says.
pub fn record(ledger: &Ledger, seconds: u64) -> Result<(), String> {
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
        let found = check(&folder, &wanted, &former, seconds)?;
        if let Some(fault) = wanted.iter().find_map(|key| found.faults.get(key)) {
            return Err(format!("{}: {fault}", folder.display()));
        }
        crate::files::target::write(&folder.join(RECORD), &found.record.text())
            .map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Checks the claims that have a record again; a claim that does not come out as recorded is open.
pub fn recheck(ledger: &Ledger, outcomes: &mut Outcomes, seconds: u64) {
    for (folder, wanted) in wanted(ledger) {
        let found = check(&folder, &wanted, &Names::new(), seconds);
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
                .and_then(|found| agrees(checked, found));
            match agrees {
                Ok(()) => checked.rechecked = true,
                Err(reason) => {
                    *outcome = open(reason, outcome.search);
                }
            }
        }
    }
}

/// Whether a run says the same as the record; versions of Coq may differ.
fn agrees(checked: &Checked, found: &Found) -> Result<(), String> {
    for theorem in &checked.theorems {
        if let Some(fault) = found
            .faults
            .get(&(theorem.name.clone(), theorem.file.clone()))
        {
            return Err(fault.clone());
        }
        if !found.record.theorems.contains(theorem) {
            return Err(format!(
                "coqc {} states {} otherwise than the record, or with other axioms",
                found.record.version, theorem.name
            ));
        }
    }
    Ok(())
}
