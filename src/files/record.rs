//! Which files a run wrote into a folder, so that the next run can remove those that it does not write again. Untrusted.
//!
//! The record has the form of `sha256sum`. A file is removed only while its content is the recorded one: what a user put or
//! changed there stays.

use super::target::{WriteError, WriteFault, write};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::io::Read;
use std::path::{Component, Path};

/// The name of the record in the folder.
pub const RECORD: &str = "certificates.sha256";
/// Most bytes of a record.
const RECORD_BYTES: usize = 64 << 20;

/// Digests and names of files, names relative to the folder.
type Entries = BTreeSet<(String, String)>;

/// SHA-256 of what a reader gives, in hexadecimal.
fn digest(mut source: impl Read) -> std::io::Result<String> {
    let (mut hash, mut buffer) = (Sha256::new(), [0; 8192]);
    loop {
        match source.read(&mut buffer)? {
            0 => break,
            count => hash.update(buffer.get(..count).unwrap_or_default()),
        }
    }
    let mut text = String::new();
    for byte in hash.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}

fn parse(text: &str) -> Entries {
    let entry = |line: &str| {
        let (digest, name) = line.split_once("  ")?;
        Some((digest.to_owned(), name.to_owned()))
    };
    text.lines().filter_map(entry).collect()
}

fn render(entries: &Entries) -> String {
    let mut text = String::new();
    for (digest, name) in entries {
        let _ = writeln!(text, "{digest}  {name}");
    }
    text
}

/// Writes these files, given by name and text, below the folder, and removes those that a former run wrote and this one does not.
///
/// # Errors
/// [`WriteError`] at the first file that cannot be written or removed.
pub fn write_all(folder: &Path, files: &[(String, String)]) -> Result<(), WriteError> {
    let record = folder.join(RECORD);
    let former = super::read_text(&record, RECORD_BYTES)
        .map_or_else(|_| Entries::new(), |text| parse(&text));
    let mut now = Entries::new();
    for (name, text) in files {
        let digest = digest(text.as_bytes()).map_err(|error| WriteError {
            file: folder.join(name),
            fault: error.into(),
        })?;
        now.insert((digest, name.clone()));
    }
    // A run that is ended between two files leaves none that the next one does not know.
    write(&record, &render(&former.union(&now).cloned().collect()))?;
    let names: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for (recorded, name) in former
        .iter()
        .filter(|(_, name)| !names.contains(name.as_str()))
    {
        remove(folder, name, recorded)?;
    }
    for (name, text) in files {
        write(&folder.join(name), text)?;
    }
    write(&record, &render(&now))
}

/// Removes a plain file below the folder if its content is the recorded one.
fn remove(folder: &Path, name: &str, recorded: &str) -> Result<(), WriteError> {
    let below = Path::new(name)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    let file = folder.join(name);
    if !below || !std::fs::symlink_metadata(&file).is_ok_and(|about| about.is_file()) {
        return Ok(());
    }
    let found = std::fs::File::open(&file).and_then(digest);
    if found.is_ok_and(|found| found == recorded) {
        std::fs::remove_file(&file).map_err(|error| WriteError {
            file,
            fault: WriteFault::System(error),
        })?;
    }
    Ok(())
}
