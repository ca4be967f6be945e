//! What a proof assistant has proved: the record of a run of `coqc`, and whether it is about the files at hand. Untrusted:
//! a record is a remark that such a run took place; `verify --coq check` takes it again.
//!
//! The record `checked.txt` stands beside the Coq files. It holds the version, the logical prefix, the SHA-256 of every
//! file in the order of compilation, and for each theorem its statement as `coqc` prints it and the full names of its axioms.
//! A claim counts as decided by coq only if every file has the recorded digest. Nothing but a new run shows that a record was
//! not written by hand; a verdict that rests on the record alone says "recorded, not rechecked".

use crate::ledger::source::Entry;
use crate::ledger::syntax::CoqRole;
use crate::ledger::theorems;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The file with the record, in the folder of the Coq files.
pub const RECORD: &str = "checked.txt";

/// The axioms of Coq's standard real numbers, and excluded middle, on which the standard library's analysis rests.
pub const AXIOMS: [&str; 4] = [
    "Coq.Reals.ClassicalDedekindReals.sig_forall_dec",
    "Coq.Reals.ClassicalDedekindReals.sig_not_dec",
    "Coq.Logic.FunctionalExtensionality.functional_extensionality_dep",
    "Coq.Logic.Classical_Prop.classic",
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
    /// SHA-256 of the statement without notations and with every implicit argument.
    pub explicit: String,
    /// Whether the statement is a negation, so that it can refute something.
    pub negation: bool,
    /// The full names of the axioms that it rests on, sorted.
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
    /// What they are said to do.
    pub role: CoqRole,
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
                ["file", name, digest] if theorems::is_file_name(name) => {
                    record
                        .files
                        .push(((*name).to_owned(), (*digest).to_owned()));
                }
                [
                    form @ ("theorem" | "negation"),
                    name,
                    file,
                    explicit,
                    axioms @ ..,
                ] if theorems::is_name(name)
                    && theorems::is_file_name(file)
                    && record.theorem(name, file).is_none() =>
                {
                    record.theorems.push(Theorem {
                        name: (*name).to_owned(),
                        file: (*file).to_owned(),
                        statement: String::new(),
                        explicit: (*explicit).to_owned(),
                        negation: *form == "negation",
                        axioms: axioms.iter().map(|axiom| (*axiom).to_owned()).collect(),
                    });
                }
                _ => return Err(wrong),
            }
        }
        Ok(record)
    }

    /// The theorem of this name in this file.
    #[must_use]
    pub fn theorem(&self, name: &str, file: &str) -> Option<&Theorem> {
        self.theorems
            .iter()
            .find(|theorem| theorem.name == name && theorem.file == file)
    }

    /// The record as text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::from(
            "# What coqc and coqchk have checked: digests of the files; of each theorem the digest of its explicit statement, its axioms,\n\
             # and its statement as coqc prints it.\n\
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
            let form = if theorem.negation {
                "negation"
            } else {
                "theorem"
            };
            let _ = writeln!(
                text,
                "\n{form} {} {} {}{axioms}",
                theorem.name, theorem.file, theorem.explicit
            );
            for line in theorem.statement.lines() {
                let _ = writeln!(text, "  {line}");
            }
        }
        text
    }
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
    match &entry.claim.coq {
        Some(cited) => theorems::place(&entry.file, cited),
        None => Err("no theorem of Coq is named".to_owned()),
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
    let Some(cited) = &entry.claim.coq else {
        return Err("the claim names no theorem of Coq".into());
    };
    let mut theorems = Vec::new();
    for name in &cited.theorems {
        let Some(theorem) = record.theorem(name, &file) else {
            return Err(format!("no theorem {name} of {file} is recorded; {again}"));
        };
        if cited.role == CoqRole::Refutes && !theorem.negation {
            return Err(format!(
                "{name} refutes nothing: its statement is no negation `~ …`"
            ));
        }
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
        role: cited.role,
        digest: digest(part.text().as_bytes()),
        theorems: part.theorems,
        rechecked: false,
    })
}
