//! Theorems of Coq that claims cite: where they stand, and that none serves two opposite verdicts. Untrusted.

use super::lexer::SyntaxError;
use super::library::wrong;
use super::source::normal;
use super::syntax::{Claim, CoqRole, CoqTheorems};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Whether it can be the name of a theorem: one word, so that it asks for nothing else where it is put into a question.
pub(crate) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether it is the name of a Coq file without any folder.
pub(crate) fn is_file_name(name: &str) -> bool {
    name.strip_suffix(".v").is_some_and(is_name)
}

/// Folder and file name of the Coq file that a claim in the claim file `claims` cites.
///
/// # Errors
/// In words, where it is no Coq file.
pub fn place(claims: &Path, cited: &CoqTheorems) -> Result<(PathBuf, String), String> {
    let file = cited.file.as_str();
    if file.chars().any(char::is_control) {
        return Err(format!("{file:?} is no Coq file"));
    }
    let path = normal(&claims.parent().unwrap_or(Path::new("")).join(file));
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .filter(|name| is_file_name(name));
    match (path.parent(), name) {
        (Some(folder), Some(name)) => Ok((folder.to_path_buf(), name.to_owned())),
        _ => Err(format!("{} is no Coq file", path.display())),
    }
}

/// A theorem, with its folder and file.
type Theorem = (PathBuf, String, String);

/// What the theorems cited so far serve as, and for which claim.
#[derive(Debug, Default)]
pub(super) struct Roles(BTreeMap<Theorem, (CoqRole, String)>);

impl Roles {
    /// Takes in the theorems of a claim.
    ///
    /// # Errors
    /// A theorem that an earlier claim takes for the opposite.
    pub(super) fn take(&mut self, claims: &Path, claim: &Claim) -> Result<(), SyntaxError> {
        let Some(cited) = &claim.coq else {
            return Ok(());
        };
        let Ok((folder, file)) = place(claims, cited) else {
            return Ok(());
        };
        for name in &cited.theorems {
            let key = (folder.clone(), file.clone(), name.clone());
            let new = (cited.role, claim.id.clone());
            let (role, id) = self.0.entry(key).or_insert(new);
            if *role != cited.role {
                return wrong(
                    claim.place,
                    format!(
                        "the theorem {name} cannot both prove and refute: {id} takes it the other \
                         way; state a corollary for one of them"
                    ),
                );
            }
        }
        Ok(())
    }
}
