//! Files that a user names: read within a bound, written whole or not at all. Untrusted.

pub mod record;
pub mod same;
pub mod target;

pub use target::{WriteError, WriteFault};

use std::fs::Metadata;
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

/// Reads at most `limit` bytes, whatever the file is: an endless one is an error after so many bytes.
///
/// # Errors
/// Those of the file system; [`ErrorKind::FileTooLarge`].
pub fn read_bytes(path: &Path, limit: usize) -> std::io::Result<Vec<u8>> {
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    open(path)?.take(most).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        let message = format!("expected at most {limit} bytes");
        return Err(Error::new(ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

/// Reads a text of at most `limit` bytes, as [`read_bytes`] reads them.
///
/// # Errors
/// As [`read_bytes`]; [`ErrorKind::InvalidData`] where it is not UTF-8.
pub fn read_text(path: &Path, limit: usize) -> std::io::Result<String> {
    String::from_utf8(read_bytes(path, limit)?).map_err(|error| {
        let place = error.utf8_error().valid_up_to();
        Error::new(
            ErrorKind::InvalidData,
            format!("byte {place} is no UTF-8: this is no text"),
        )
    })
}

/// Reads a text of at most `limit` bytes from a file that has an end, as [`readable`] says.
///
/// # Errors
/// As [`read_text`] and [`readable`].
pub fn read_regular(path: &Path, limit: usize) -> std::io::Result<String> {
    readable(path)?;
    read_text(path, limit)
}

/// Whether a file has an end: a regular file, or a pipe that this process has open already, such as
/// `/dev/stdin`. A device may have none, and a named pipe without a writer is waited for for ever.
///
/// # Errors
/// The file is not there, or of another kind.
pub fn readable(path: &Path) -> std::io::Result<()> {
    let about = std::fs::metadata(path)?;
    let kind = if about.is_file() || (is_pipe(&about) && of_this_process(path)) {
        return Ok(());
    } else if about.is_dir() {
        "a folder, not a file"
    } else {
        "a device, a named pipe or a socket, not a file"
    };
    Err(Error::new(ErrorKind::InvalidInput, kind))
}

/// Whether the path names something that this process has open already.
fn of_this_process(path: &Path) -> bool {
    ["/dev/stdin", "/dev/fd", "/proc/self/fd"]
        .iter()
        .any(|open| path.starts_with(open))
}

#[cfg(unix)]
fn is_pipe(about: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&about.file_type())
}

#[cfg(not(unix))]
fn is_pipe(_: &Metadata) -> bool {
    false
}
