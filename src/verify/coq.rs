//! What a proof assistant has proved: the record of a run of `coqc`, and whether it is about the files at hand. Untrusted:
//! a record is a remark that such a run took place; `verify --coq check` takes it again.
//!
//! The record `checked.txt` stands beside the Coq files. It holds the version, the logical prefix, the SHA-256 of every
//! file in the order of compilation, and for each theorem its statement and its axioms as `coqc` prints them. A claim
//! counts as proved by coq only if every file has the recorded digest.

use crate::ledger::source::Entry;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The file with the record, in the folder of the Coq files.
pub const RECORD: &str = "checked.txt";

/// The axioms of Coq's standard real numbers, and excluded middle, on which the standard library's analysis rests.
pub const AXIOMS: [&str; 4] = [
    "ClassicalDedekindReals.sig_forall_dec",
    "ClassicalDedekindReals.sig_not_dec",
    "FunctionalExtensionality.functional_extensionality_dep",
    "Classical_Prop.classic",
];

/// Most bytes of a Coq file or a record.
const FILE_BYTES: u64 = 4 << 20;

/// A theorem as `coqc` prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theorem {
    /// Its name.
    pub name: String,
    /// The file that it stands in, without folder.
    pub file: String,
    /// Its statement.
    pub statement: String,
    /// The axioms that it rests on.
    pub axioms: Vec<String>,
}

/// What a run of `coqc` has checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The version of Coq.
    pub version: String,
    /// The logical prefix of the files.
    pub prefix: String,
    /// Names and digests of the files, in the order of compilation.
    pub files: Vec<(String, String)>,
    /// The theorems that claims refer to.
    pub theorems: Vec<Theorem>,
}

/// What a claim has from Coq.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The folder of the files.
    pub folder: PathBuf,
    /// The theorems.
    pub theorems: Vec<Theorem>,
    /// SHA-256 of the part of the record that they rest on: version, files, statements.
    pub digest: String,
    /// Whether `coqc` has checked them in this run.
    pub rechecked: bool,
}

impl Checked {
    /// The statements, each behind its name.
    #[must_use]
    pub fn statement(&self) -> String {
        let words = |theorem: &Theorem| format!("{} : {}", theorem.name, theorem.statement);
        self.theorems
            .iter()
            .map(words)
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// How far this can be relied on.
    #[must_use]
    pub fn remark(&self) -> &'static str {
        if self.rechecked {
            "checked by coqc in this run"
        } else {
            "recorded, not rechecked"
        }
    }
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

impl Record {
    /// Reads the text that [`Record::text`] writes.
    ///
    /// # Errors
    /// The number of the first line that is wrong, from 1.
    pub fn parse(text: &str) -> Result<Self, usize> {
        let mut record = Self::default();
        for (index, line) in text.lines().enumerate() {
            let wrong = index + 1;
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(statement) = line.strip_prefix("  ") {
                let theorem = record.theorems.last_mut().ok_or(wrong)?;
                let between = if theorem.statement.is_empty() {
                    ""
                } else {
                    "\n"
                };
                let _ = write!(theorem.statement, "{between}{statement}");
                continue;
            }
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                ["coq", version] => (*version).clone_into(&mut record.version),
                ["prefix", prefix] => (*prefix).clone_into(&mut record.prefix),
                ["file", name, digest] if plain(name) => {
                    record
                        .files
                        .push(((*name).to_owned(), (*digest).to_owned()));
                }
                ["theorem", name, file, axioms @ ..] => record.theorems.push(Theorem {
                    name: (*name).to_owned(),
                    file: (*file).to_owned(),
                    statement: String::new(),
                    axioms: axioms.iter().map(|axiom| (*axiom).to_owned()).collect(),
                }),
                _ => return Err(wrong),
            }
        }
        Ok(record)
    }

    /// The record as text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::from(
            "# What coqc has checked: digests of the files, statements and axioms as it prints them.\n\
             # Written by `spurious verify --coq record`; any other change of a file or of this one undoes the claims.\n",
        );
        let _ = write!(text, "coq {}\nprefix {}\n", self.version, self.prefix);
        for (name, digest) in &self.files {
            let _ = writeln!(text, "file {name} {digest}");
        }
        for theorem in &self.theorems {
            let axioms = theorem
                .axioms
                .iter()
                .fold(String::new(), |words, axiom| words + " " + axiom);
            let _ = writeln!(text, "\ntheorem {} {}{axioms}", theorem.name, theorem.file);
            for line in theorem.statement.lines() {
                let _ = writeln!(text, "  {line}");
            }
        }
        text
    }
}

/// Whether it is the name of a Coq file without any folder.
pub(super) fn plain(name: &str) -> bool {
    let stem = name.strip_suffix(".v").unwrap_or_default();
    !stem.is_empty() && stem.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// A file as text, if it is not too long.
pub(super) fn read(path: &Path) -> Result<String, String> {
    let wrong = |error: std::io::Error| format!("{}: {error}", path.display());
    if std::fs::metadata(path).map_err(wrong)?.len() > FILE_BYTES {
        return Err(format!(
            "{}: a Coq file has at most {FILE_BYTES} bytes",
            path.display()
        ));
    }
    std::fs::read_to_string(path).map_err(wrong)
}

/// Folder and file name of the Coq file that a claim names.
///
/// # Errors
/// In words, where it is no Coq file.
pub fn place(entry: &Entry) -> Result<(PathBuf, String), String> {
    let file = entry
        .claim
        .coq
        .as_ref()
        .map(|cited| cited.file.as_str())
        .unwrap_or_default();
    let path =
        crate::ledger::source::normal(&entry.file.parent().unwrap_or(Path::new("")).join(file));
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .filter(|name| plain(name));
    match (path.parent(), name) {
        (Some(folder), Some(name)) => Ok((folder.to_path_buf(), name.to_owned())),
        _ => Err(format!("{} is no Coq file", path.display())),
    }
}

/// What the record says for a claim, provided that it is about the files at hand.
///
/// # Errors
/// In words, why the record does not hold.
pub fn recorded(entry: &Entry) -> Result<Checked, String> {
    let (folder, file) = place(entry)?;
    let path = folder.join(RECORD);
    let again = "`spurious verify --coq record` checks the files and records them";
    let text =
        read(&path).map_err(|error| format!("Coq files without a record: {error}; {again}"))?;
    let record = Record::parse(&text)
        .map_err(|line| format!("{}:{line}: this is no line of a record", path.display()))?;
    let mut named = false;
    for (name, recorded) in &record.files {
        let found = read(&folder.join(name))?;
        if digest(found.as_bytes()) != *recorded {
            let path = folder.join(name);
            return Err(format!(
                "{} is not the file that was checked; {again}",
                path.display()
            ));
        }
        named |= *name == file;
    }
    if !named {
        return Err(format!(
            "{} is not among the files that were checked; {again}",
            folder.join(&file).display()
        ));
    }
    let names = entry.claim.coq.iter().flat_map(|cited| &cited.theorems);
    let mut theorems = Vec::new();
    for name in names {
        let known = record
            .theorems
            .iter()
            .find(|theorem| theorem.name == *name && theorem.file == file);
        let Some(theorem) = known else {
            return Err(format!("no theorem {name} of {file} is recorded; {again}"));
        };
        if theorem.statement.is_empty() {
            return Err(format!("the record has no statement for {name}; {again}"));
        }
        if let Some(axiom) = theorem
            .axioms
            .iter()
            .find(|axiom| !AXIOMS.contains(&axiom.as_str()))
        {
            return Err(format!(
                "{name} rests on {axiom}, which is no axiom of the standard real numbers"
            ));
        }
        theorems.push(theorem.clone());
    }
    let part = Record { theorems, ..record };
    Ok(Checked {
        folder,
        digest: digest(part.text().as_bytes()),
        theorems: part.theorems,
        rechecked: false,
    })
}
