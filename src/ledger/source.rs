//! Claim files on disk: reading, imports, statements of claims. Untrusted.

use super::experiment::elaborate;
use super::file::{ERRORS, parse};
use super::lexer::{FILE_BYTES, Place, SyntaxError, is_invisible, short};
use super::library::{Library, Names, wrong};
use super::syntax::{Claim, File, Step, StepKind};
use super::theorems::Roles;
use crate::files::{read_regular, readable};
use crate::kernel::term::{Formula, Statement};
use crate::prover::budget;
use crate::train::claimed::ClaimedExperiment;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is wrong with a ledger.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// A claim file is wrong.
    #[error("{}", told(.file, .source_text, .errors))]
    Syntax {
        /// The file.
        file: PathBuf,
        /// Its text.
        source_text: String,
        /// Where, and what was expected; in order, at least one.
        errors: Vec<SyntaxError>,
    },
    /// A file or folder cannot be read.
    #[error("{}: {error}", shown(.file))]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A path names neither a claim file nor a folder with claim files.
    #[error("{}: no claim file (`*.claims`) here", shown(.0))]
    NoClaimFile(PathBuf),
    /// No claim stands in what was named.
    #[error("{}: no claim here", shown(.0))]
    NoClaims(PathBuf),
    /// The machine has no room for a thread with a stack of its own.
    #[error("no room for another thread: {0}")]
    NoThread(std::io::Error),
}

impl LedgerError {
    /// The file that is wrong.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Syntax { file, .. }
            | Self::Unreadable { file, .. }
            | Self::NoClaimFile(file)
            | Self::NoClaims(file) => Some(file),
            Self::NoThread(_) => None,
        }
    }

    /// The places where it is wrong, in order.
    #[must_use]
    pub fn places(&self) -> &[SyntaxError] {
        match self {
            Self::Syntax { errors, .. } => errors,
            _ => &[],
        }
    }

    /// The first error on one line.
    #[must_use]
    pub fn headline(&self) -> String {
        match (self.file(), self.places().first()) {
            (Some(file), Some(error)) => format!("{}:{error}", shown(file)),
            _ => self.to_string(),
        }
    }
}

/// A path without characters that a terminal would obey.
fn shown(path: &Path) -> String {
    let visible = |c: char| if is_invisible(c) { '\u{fffd}' } else { c };
    path.display().to_string().chars().map(visible).collect()
}

/// Longest part of a line that is shown below an error, and how much of it stands before the place.
const LINE: usize = 100;

/// Every error with its line, and a mark below its place.
fn told(file: &Path, source: &str, errors: &[SyntaxError]) -> String {
    let one = |error: &SyntaxError| {
        let message = format!("{}:{error}", shown(file));
        match marked(source, error.place) {
            Some(lines) => format!("{message}\n{lines}"),
            None => message,
        }
    };
    errors.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn marked(source: &str, place: Place) -> Option<String> {
    let line = source.lines().nth(place.line.checked_sub(1)?)?;
    let before = place.column.checked_sub(1)?;
    let from = before.saturating_sub(LINE / 2);
    let visible = |c: char| if is_invisible(c) || c == '\t' { ' ' } else { c };
    let part: String = line.chars().skip(from).take(LINE).map(visible).collect();
    Some(format!(
        "  | {}\n  | {}^",
        part.trim_end(),
        " ".repeat(before - from)
    ))
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
    /// Ids in the order of the papers, where a file says it.
    pub contents: Vec<String>,
}

#[derive(Default)]
struct Loader {
    ledger: Ledger,
    /// Libraries of the files read so far; `None` while one is being read.
    libraries: BTreeMap<PathBuf, Option<Arc<Library>>>,
    /// The ids so far, without regard to case, as the disks of some systems have it: as written, and where.
    places: BTreeMap<String, (String, PathBuf)>,
    /// What the theorems of Coq serve as.
    roles: Roles,
}

/// The ending of claim files.
pub const ENDING: &str = "claims";

/// Deepest chain of imports.
const IMPORTS: usize = 100;

/// Stack of the thread that reads claim files: formulas nest, and so does what they stand for.
const STACK_BYTES: usize = 256 << 20;

/// Reads the claim files that the paths name, folders with everything below them.
///
/// # Errors
/// [`LedgerError`] at the first file that is wrong.
pub fn load(paths: &[PathBuf]) -> Result<Ledger, LedgerError> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
        let reading = thread.spawn_scoped(scope, || read(paths));
        match reading.map_err(LedgerError::NoThread)?.join() {
            Ok(read) => read,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

fn read(paths: &[PathBuf]) -> Result<Ledger, LedgerError> {
    let mut loader = Loader::default();
    for path in paths {
        let mut files = Vec::new();
        find(path, &mut files, &mut BTreeSet::new())?;
        if files.is_empty() {
            return Err(LedgerError::NoClaimFile(path.clone()));
        }
        for file in files {
            loader.file(&file, 0)?;
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

/// Collects claim files. A folder that a link leads back to is not entered again.
fn find(
    path: &Path,
    into: &mut Vec<PathBuf>,
    entered: &mut BTreeSet<PathBuf>,
) -> Result<(), LedgerError> {
    let unreadable = |error| LedgerError::Unreadable {
        file: path.to_path_buf(),
        error,
    };
    if !path.is_dir() {
        readable(path).map_err(unreadable)?;
        into.push(normal(path));
        return Ok(());
    }
    if !entered.insert(path.canonicalize().map_err(unreadable)?) {
        return Ok(());
    }
    let mut inside: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        inside.push(entry.map_err(unreadable)?.path());
    }
    inside.sort();
    for path in inside {
        if path.is_dir() || path.extension().is_some_and(|ending| ending == ENDING) {
            find(&path, into, entered)?;
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
    /// Reads a file with its imports, so many files below the one that was asked for.
    fn file(&mut self, path: &Path, below: usize) -> Result<Arc<Library>, LedgerError> {
        if let Some(Some(library)) = self.libraries.get(path) {
            return Ok(Arc::clone(library));
        }
        self.libraries.insert(path.to_path_buf(), None);
        let source = read_regular(path, FILE_BYTES).map_err(|error| LedgerError::Unreadable {
            file: path.to_path_buf(),
            error,
        })?;
        let syntax = |errors| LedgerError::Syntax {
            file: path.to_path_buf(),
            source_text: source.clone(),
            errors,
        };
        let file = parse(&source).map_err(syntax)?;
        let one = |error| syntax(vec![error]);
        let folder = path.parent().unwrap_or(Path::new(""));
        self.ledger.contents.extend(file.contents.iter().cloned());
        let mut library = Library::new(path);
        for (import, place) in &file.imports {
            let there = normal(&folder.join(import));
            self.importable(&there, *place, below).map_err(one)?;
            let imported = self.file(&there, below + 1)?;
            library.extend(&imported, *place).map_err(one)?;
        }
        for define in &file.definitions {
            let (defined, _) = budget::bounded(|| library.define(define));
            defined.map_err(one)?;
        }
        let library = Arc::new(library);
        let errors = self.claims(path, &file, &library);
        if !errors.is_empty() {
            return Err(syntax(errors));
        }
        self.libraries
            .insert(path.to_path_buf(), Some(Arc::clone(&library)));
        Ok(library)
    }

    /// Whether a file can be imported at a place: it is there, is a file, and is not being read already.
    fn importable(&self, there: &Path, place: Place, below: usize) -> Result<(), SyntaxError> {
        if matches!(self.libraries.get(there), Some(None)) {
            return wrong(place, "the imports of this file lead back to it");
        }
        if below >= IMPORTS {
            return wrong(
                place,
                format!("more than {IMPORTS} imports one inside the other"),
            );
        }
        match readable(there) {
            Ok(()) => Ok(()),
            Err(error) => wrong(place, format!("{}: {error}", short(&shown(there)))),
        }
    }

    /// Takes in the claims of a file; the errors in them, in order.
    fn claims(&mut self, path: &Path, file: &File, library: &Arc<Library>) -> Vec<SyntaxError> {
        let claims = file.claims.iter();
        let taken = claims.map(|claim| self.claim(path, file.paper.as_deref(), claim, library));
        taken.filter_map(Result::err).take(ERRORS).collect()
    }

    fn claim(
        &mut self,
        path: &Path,
        paper: Option<&str>,
        claim: &Claim,
        library: &Arc<Library>,
    ) -> Result<(), SyntaxError> {
        let place = claim.place;
        let Some(paper) = paper else {
            return wrong(place, "the file has no `paper` line");
        };
        let mut premises = BTreeSet::new();
        lemmas(&claim.script, &mut premises);
        let known = |id: &String| {
            let there = self.places.get(&id.to_lowercase());
            there.is_some_and(|(written, _)| written == id)
        };
        if let Some(unknown) = premises.iter().find(|id| !known(id)) {
            return wrong(
                place,
                format!("the proof refers to {unknown}, which is no claim before this one"),
            );
        }
        let (key, here) = (
            claim.id.to_lowercase(),
            (claim.id.clone(), path.to_path_buf()),
        );
        if let Some((there, file)) = self.places.insert(key, here) {
            let file = shown(&file);
            return wrong(
                place,
                if there == claim.id {
                    format!("the id {there} is already taken in {file}")
                } else {
                    format!(
                        "the id {} differs only by case from {there} in {file}",
                        claim.id
                    )
                },
            );
        }
        self.roles.take(path, claim)?;
        let (statement, _) = budget::bounded(|| statement(claim, library));
        let statement = statement?;
        let experiment = claim
            .experiment
            .as_ref()
            .map(|written| budget::bounded(|| elaborate(written, library)).0)
            .transpose()?;
        self.ledger.entries.push(Entry {
            claim: claim.clone(),
            paper: paper.to_string(),
            file: path.to_path_buf(),
            library: Arc::clone(library),
            statement,
            experiment: experiment.map(Arc::new),
            premises: premises.into_iter().collect(),
        });
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
                blocks.iter().for_each(|block| lemmas(block, into));
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
            contents: self.contents.clone(),
        }
    }
}
