//! Reading whole files: regular files and the standard input, up to a limit. Untrusted.
//!
//! A device may have no end, and a named pipe without a writer is waited for without end: both are refused.

use std::fs::{self, File, Metadata};
use std::io::{Error, ErrorKind, Read, Result};
use std::path::Path;

/// The text of a file of at most `limit` bytes.
///
/// # Errors
/// The file cannot be read, is longer, is no UTF-8, or is neither a regular file nor a pipe of this process.
pub fn read_text(path: &Path, limit: u64) -> Result<String> {
    String::from_utf8(read_bytes(path, limit)?).map_err(|error| {
        invalid(format!(
            "byte {} is no UTF-8",
            error.utf8_error().valid_up_to()
        ))
    })
}

/// The bytes of a file of at most `limit` bytes.
///
/// # Errors
/// As [`read_text`], apart from the encoding.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>> {
    let too_long = || invalid(format!("more than {limit} bytes"));
    let metadata = readable(path)?;
    if metadata.len() > limit {
        return Err(too_long());
    }
    let mut bytes = Vec::new();
    File::open(path)?
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)?;
    let longer = u64::try_from(bytes.len()).map_or(true, |length| length > limit);
    if longer { Err(too_long()) } else { Ok(bytes) }
}

/// What is known of a file, if it is of a kind that has an end.
///
/// # Errors
/// The file is not there, or of another kind.
pub fn readable(path: &Path) -> Result<Metadata> {
    let metadata = fs::metadata(path)?;
    if metadata.is_file() || (is_pipe(&metadata) && of_this_process(path)) {
        Ok(metadata)
    } else if metadata.is_dir() {
        Err(invalid("a folder, not a file"))
    } else {
        Err(invalid("a device, a named pipe or a socket, not a file"))
    }
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidInput, message.into())
}

/// Whether the path names something that this process has open already, such as `/dev/stdin`.
fn of_this_process(path: &Path) -> bool {
    ["/dev/stdin", "/dev/fd", "/proc/self/fd"]
        .iter()
        .any(|open| path.starts_with(open))
}

#[cfg(unix)]
fn is_pipe(metadata: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&metadata.file_type())
}

#[cfg(not(unix))]
fn is_pipe(_: &Metadata) -> bool {
    false
}
