//! The files of a development: which they are, and that nothing else takes part when they are compiled. Untrusted.
//!
//! A record names files by digests, so nothing outside them may have a say: no flag of `_CoqProject`, no file of the name of a
//! module of the standard library, no command that reads or writes other files.

use super::super::coq::read;
use crate::ledger::theorems::is_file_name;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The list of files, in the order of compilation, beside them.
const PROJECT: &str = "_CoqProject";

/// Words of commands that reach beyond the files at hand, and what they do.
const BEYOND: [(&str, &str); 8] = [
    ("Load", "reads another file"),
    ("LoadPath", "reads other folders"),
    ("ML", "loads code into Coq"),
    ("Cd", "leaves the folder"),
    ("Redirect", "writes a file"),
    ("Extraction", "writes a file"),
    ("Universes", "can write a file"),
    ("Dump", "writes a file"),
];

/// The files of a development.
#[derive(Debug)]
pub(super) struct Project {
    /// Their logical prefix.
    pub(super) prefix: String,
    /// Names and texts, in the order of compilation.
    pub(super) files: Vec<(String, String)>,
}

impl Project {
    /// Reads the files that `_CoqProject` lists; `standard` has the names of the standard library's modules.
    ///
    /// # Errors
    /// In words, where the list or a file is not admissible.
    pub(super) fn read(folder: &Path, standard: &BTreeSet<String>) -> Result<Self, String> {
        let path = folder.join(PROJECT);
        let (prefix, names) =
            listed(&read(&path)?).map_err(|wrong| format!("{}{wrong}", path.display()))?;
        let mut files = Vec::new();
        for name in names {
            let path = folder.join(&name);
            if standard.contains(stem(&name)) {
                return Err(format!(
                    "{} has the name of a module of Coq's standard library, for which it could be mistaken: give it another",
                    path.display()
                ));
            }
            let text = read(&path)?;
            if let Some((line, word, does)) = beyond(&text) {
                return Err(format!(
                    "{}:{line}: `{word}` {does}; a recorded proof depends on the recorded files alone",
                    path.display()
                ));
            }
            files.push((name, text));
        }
        Ok(Self { prefix, files })
    }

    /// The logical names of the files.
    pub(super) fn modules(&self) -> impl Iterator<Item = String> {
        self.files.iter().map(|(name, _)| self.module(name))
    }

    /// The logical name of a file.
    pub(super) fn module(&self, name: &str) -> String {
        format!("{}.{}", self.prefix, stem(name))
    }
}

/// The name without its ending.
fn stem(name: &str) -> &str {
    name.strip_suffix(".v").unwrap_or(name)
}

/// Prefix and files that the text of `_CoqProject` lists; what is wrong, behind the name of the file.
fn listed(text: &str) -> Result<(String, Vec<String>), String> {
    let (mut prefix, mut files) = (None, Vec::new());
    for (index, line) in text.lines().enumerate() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [] => {}
            [first, ..] if first.starts_with('#') => {}
            ["-Q", ".", name] if prefix.is_none() && is_prefix(name) => {
                prefix = Some((*name).to_owned());
            }
            [file] if is_file_name(file) && !files.iter().any(|other| other == file) => {
                files.push((*file).to_owned());
            }
            _ => {
                return Err(format!(
                    ":{}: expected one line `-Q . Prefix` and a line with each file, once; no other flag is passed to Coq",
                    index + 1
                ));
            }
        }
    }
    match prefix {
        Some(prefix) => Ok((prefix, files)),
        None => Err(": no line `-Q . Prefix`".into()),
    }
}

/// Whether it can be the prefix of a development: one name, but not that of the standard library.
fn is_prefix(name: &str) -> bool {
    name != "Coq"
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The first word of a command that reaches beyond the files, with its line and what it does.
fn beyond(text: &str) -> Option<(usize, &'static str, &'static str)> {
    let bare = bare(text);
    // A digit may stand right before a command, as in `Timeout 1Load`.
    let within = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '\'';
    for (line, text) in bare.lines().enumerate() {
        for (word, does) in BEYOND {
            let mut places = text.match_indices(word);
            let found = places.any(|(start, _)| {
                let before = text.get(..start).and_then(|text| text.chars().next_back());
                let behind = text.get(start + word.len()..);
                let behind = behind.and_then(|text| text.chars().next());
                !before.is_some_and(within)
                    && !behind.is_some_and(|c| within(c) || c.is_ascii_digit())
            });
            if found {
                return Some((line + 1, word, does));
            }
        }
    }
    None
}

/// The text with blanks for comments and strings, as Coq reads them: comments nest, strings within comments count.
fn bare(text: &str) -> String {
    let (mut depth, mut quoted) = (0_usize, false);
    let mut result = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let mut hidden = depth > 0 || quoted;
        match (c, characters.peek()) {
            ('"', _) => quoted = !quoted,
            ('(', Some('*')) if !quoted => {
                characters.next();
                depth += 1;
                hidden = true;
            }
            ('*', Some(')')) if !quoted && depth > 0 => {
                characters.next();
                depth -= 1;
            }
            _ => {}
        }
        result.push(match c {
            '\n' => '\n',
            _ if hidden => ' ',
            other => other,
        });
    }
    result
}

/// The names of the modules below a folder of compiled files.
///
/// # Errors
/// In words, if a folder cannot be read or nothing is there.
pub(super) fn compiled(folder: &Path) -> Result<BTreeSet<String>, String> {
    let (mut names, mut folders): (BTreeSet<String>, Vec<PathBuf>) =
        (BTreeSet::new(), vec![folder.to_path_buf()]);
    while let Some(folder) = folders.pop() {
        let wrong = |error: std::io::Error| format!("{}: {error}", folder.display());
        for entry in std::fs::read_dir(&folder).map_err(wrong)? {
            let path = entry.map_err(wrong)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "vo") {
                let stem = path.file_stem().and_then(|stem| stem.to_str());
                names.extend(stem.map(str::to_owned));
            }
        }
    }
    if names.is_empty() {
        return Err(format!("{}: no standard library", folder.display()));
    }
    Ok(names)
}
