//! Claim files on disk: reading, imports, statements of claims. Untrusted.

use super::experiment::elaborate;
use super::file::parse;
use super::lexer::{Place, SyntaxError};
use super::library::{Library, Names, wrong};
use super::syntax::{Claim, File, Step, StepKind};
use crate::kernel::term::{Formula, Statement};
use crate::prover::budget;
use crate::train::claimed::ClaimedExperiment;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is wrong with a ledger.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// A claim file is wrong at a place.
    #[error("{}:{error}", file.display())]
    Syntax {
        /// The file.
        file: PathBuf,
        /// Where, and what was expected.
        error: SyntaxError,
    },
    /// A file or folder cannot be read.
    #[error("{}: {error}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A path names neither a claim file nor a folder with claim files.
    #[error("{}: no claim file (`*.claims`) here", .0.display())]
    NoClaims(PathBuf),
    /// A file imports itself, directly or not.
    #[error("{}: the imports of this file lead back to it", .0.display())]
    Circular(PathBuf),
}

/// A claim with what it states and the definitions in force.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The claim as written.
    pub claim: Claim,
    /// The key of the paper.
    pub paper: String,
    /// The file that it stands in.
    pub file: PathBuf,
    /// Definitions in force there.
    pub library: Arc<Library>,
    /// What is stated; absent where no kernel statement expresses it.
    pub statement: Option<Statement>,
    /// The experiment that measures it.
    pub experiment: Option<Arc<ClaimedExperiment>>,
    /// Ids of the claims that its proof refers to.
    pub premises: Vec<String>,
}

/// Claims in the order of their files.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The claims.
    pub entries: Vec<Entry>,
    /// The ids of those that were asked for; the others came by imports.
    pub wanted: BTreeSet<String>,
}

struct Loader {
    ledger: Ledger,
    /// Libraries of the files read so far; `None` while one is being read.
    libraries: BTreeMap<PathBuf, Option<Arc<Library>>>,
    places: BTreeMap<String, PathBuf>,
}

/// The ending of claim files.
pub const ENDING: &str = "claims";

/// Reads the claim files that the paths name, folders with everything below them.
///
/// # Errors
/// [`LedgerError`] at the first file that is wrong.
pub fn load(paths: &[PathBuf]) -> Result<Ledger, LedgerError> {
    let mut loader = Loader {
        ledger: Ledger::default(),
        libraries: BTreeMap::new(),
        places: BTreeMap::new(),
    };
    for path in paths {
        let mut files = Vec::new();
        find(path, &mut files)?;
        if files.is_empty() {
            return Err(LedgerError::NoClaims(path.clone()));
        }
        for file in files {
            loader.file(&file)?;
            let inside = loader
                .ledger
                .entries
                .iter()
                .filter(|entry| entry.file == file);
            let ids: Vec<String> = inside.map(|entry| entry.claim.id.clone()).collect();
            loader.ledger.wanted.extend(ids);
        }
    }
    Ok(loader.ledger)
}

fn find(path: &Path, into: &mut Vec<PathBuf>) -> Result<(), LedgerError> {
    let unreadable = |error| LedgerError::Unreadable {
        file: path.to_path_buf(),
        error,
    };
    if !path.is_dir() {
        std::fs::metadata(path).map_err(unreadable)?;
        into.push(normal(path));
        return Ok(());
    }
    let mut inside: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        inside.push(entry.map_err(unreadable)?.path());
    }
    inside.sort();
    for path in inside {
        if path.is_dir() {
            find(&path, into)?;
        } else if path.extension().is_some_and(|ending| ending == ENDING) {
            into.push(normal(&path));
        }
    }
    Ok(())
}

/// The path without `.` and with `..` carried out.
#[must_use]
pub fn normal(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir if result.file_name().is_some() => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

impl Loader {
    fn file(&mut self, path: &Path) -> Result<Arc<Library>, LedgerError> {
        match self.libraries.get(path) {
            Some(Some(library)) => return Ok(Arc::clone(library)),
            Some(None) => return Err(LedgerError::Circular(path.to_path_buf())),
            None => {}
        }
        self.libraries.insert(path.to_path_buf(), None);
        let unreadable = |error| LedgerError::Unreadable {
            file: path.to_path_buf(),
            error,
        };
        let syntax = |error| LedgerError::Syntax {
            file: path.to_path_buf(),
            error,
        };
        let source = std::fs::read_to_string(path).map_err(unreadable)?;
        let file = parse(&source).map_err(syntax)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut library = Library::new(folder);
        for (import, _) in &file.imports {
            let imported = self.file(&normal(&folder.join(import)))?;
            library.extend(&imported);
        }
        for define in &file.definitions {
            let (defined, _) = budget::bounded(|| library.define(define));
            defined.map_err(syntax)?;
        }
        let library = Arc::new(library);
        self.claims(path, &file, &library).map_err(syntax)?;
        self.libraries
            .insert(path.to_path_buf(), Some(Arc::clone(&library)));
        Ok(library)
    }

    fn claims(
        &mut self,
        path: &Path,
        file: &File,
        library: &Arc<Library>,
    ) -> Result<(), SyntaxError> {
        for claim in &file.claims {
            let place = claim.place;
            let Some(paper) = &file.paper else {
                return wrong(place, "the file has no `paper` line");
            };
            let mut premises = BTreeSet::new();
            lemmas(&claim.script, &mut premises);
            if let Some(unknown) = premises.iter().find(|id| !self.places.contains_key(*id)) {
                return wrong(
                    place,
                    format!("the proof refers to {unknown}, which is no claim before this one"),
                );
            }
            if let Some(there) = self.places.insert(claim.id.clone(), path.to_path_buf()) {
                return wrong(
                    place,
                    format!(
                        "the id {} is already taken in {}",
                        claim.id,
                        there.display()
                    ),
                );
            }
            let (statement, _) = budget::bounded(|| statement(claim, library));
            let statement = statement?;
            let experiment = claim
                .experiment
                .as_ref()
                .map(|written| elaborate(written, library))
                .transpose()?;
            self.ledger.entries.push(Entry {
                claim: claim.clone(),
                paper: paper.clone(),
                file: path.to_path_buf(),
                library: Arc::clone(library),
                statement,
                experiment: experiment.map(Arc::new),
                premises: premises.into_iter().collect(),
            });
        }
        Ok(())
    }
}

fn statement(claim: &Claim, library: &Library) -> Result<Option<Statement>, SyntaxError> {
    let Some(show) = &claim.show else {
        return Ok(None);
    };
    let (variables, names, _) = library.bind(&claim.variables, &Names::new())?;
    let mut formula = library.formula(show, &names)?;
    if !claim.hypotheses.is_empty() {
        let hypotheses = claim
            .hypotheses
            .iter()
            .map(|hypothesis| library.formula(hypothesis, &names));
        let premise = Formula::And(hypotheses.collect::<Result<_, _>>()?);
        formula = Formula::Implies(Box::new(premise), Box::new(formula));
    }
    if !variables.is_empty() {
        formula = Formula::Forall(variables, Box::new(formula));
    }
    let statement = library.statement(formula);
    let reducer = crate::kernel::reduce::Reducer::new(&statement.definitions);
    let reduced = reducer.and_then(|reducer| reducer.formula(&statement.formula, &BTreeSet::new()));
    match reduced {
        Ok(_) => Ok(Some(statement)),
        Err(fault) => wrong(
            show.place,
            format!("the kernel cannot carry this out: {fault}"),
        ),
    }
}

/// The claims that a script refers to.
fn lemmas(steps: &[Step], into: &mut BTreeSet<String>) {
    for step in steps {
        match &step.kind {
            StepKind::Lemma(id, ..) => {
                into.insert(id.clone());
            }
            StepKind::Have(_, _, inner) | StepKind::For(_, _, _, inner) => lemmas(inner, into),
            StepKind::Split(_, first, second) => {
                lemmas(first, into);
                lemmas(second, into);
            }
            StepKind::Cases(_, blocks) | StepKind::Each(blocks) => {
                blocks.iter().for_each(|block| lemmas(block, into))
            }
            _ => {}
        }
    }
}

impl Entry {
    /// The ids of claims of the same paper that a paragraph names, in order, each once.
    #[must_use]
    pub fn cited(&self, paragraph: &str) -> Vec<String> {
        let prefix = format!("{}.", self.paper);
        let apart = |c: char| c.is_whitespace() || ",;:()\"".contains(c);
        let words = paragraph
            .split(apart)
            .map(|word| word.trim_end_matches('.'));
        let mut ids: Vec<String> = Vec::new();
        for word in words.filter(|word| word.starts_with(&prefix)) {
            if !ids.iter().any(|id| id == word) {
                ids.push(word.to_string());
            }
        }
        ids
    }
}

impl Ledger {
    /// The claim with an id.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.claim.id == id)
    }

    /// The part of the ledger that claims rest on, themselves included.
    #[must_use]
    pub fn with_premises(&self, ids: &BTreeSet<String>) -> Self {
        let mut needed = ids.clone();
        for entry in self.entries.iter().rev() {
            if needed.contains(&entry.claim.id) {
                needed.extend(entry.premises.iter().cloned());
            }
        }
        let entries = self
            .entries
            .iter()
            .filter(|entry| needed.contains(&entry.claim.id));
        Self {
            entries: entries.cloned().collect(),
            wanted: ids.clone(),
        }
    }

    /// An error about a claim, at its place.
    #[must_use]
    pub fn error(entry: &Entry, place: Place, message: String) -> LedgerError {
        LedgerError::Syntax {
            file: entry.file.clone(),
            error: SyntaxError { place, message },
        }
    }
}
