//! Files that a user names: read within a bound, written whole or not at all. Untrusted.

pub mod record;
pub mod same;
pub mod target;

pub use target::{WriteError, WriteFault};

use std::io::{Error, ErrorKind, Read};
use std::path::Path;

/// What stands for the standard input where a file is read.
pub const STANDARD_INPUT: &str = "-";

/// Opens a file, a pipe, or the standard input for `-`.
///
/// # Errors
/// Those of the file system; a folder is none.
pub fn open(path: &Path) -> std::io::Result<Box<dyn Read>> {
    if path.as_os_str() == STANDARD_INPUT {
        return Ok(Box::new(std::io::stdin()));
    }
    let file = std::fs::File::open(path)?;
    if file.metadata().is_ok_and(|about| about.is_dir()) {
        return Err(Error::new(
            ErrorKind::IsADirectory,
            "this is a folder; expected a file",
        ));
    }
    Ok(Box::new(file))
}

/// Reads a text of at most `limit` bytes, whatever the file is: an endless one is an error after so many bytes.
///
/// # Errors
/// Those of the file system; [`ErrorKind::FileTooLarge`]; [`ErrorKind::InvalidData`] where it is not UTF-8.
pub fn read_text(path: &Path, limit: usize) -> std::io::Result<String> {
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    open(path)?.take(most).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        let message = format!("expected at most {limit} bytes");
        return Err(Error::new(ErrorKind::FileTooLarge, message));
    }
    String::from_utf8(bytes)
        .map_err(|_| Error::new(ErrorKind::InvalidData, "this is no text in UTF-8"))
}
