//! Which file a path names, through links too. Untrusted.

use std::path::{Path, PathBuf};

/// What makes two paths one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identity {
    /// Device and inode of a file.
    File(u64, u64),
    /// A place where there is no file yet.
    Place(PathBuf),
}

/// The file that a path names; `None` for devices that have no content to lose, and for what cannot be.
#[must_use]
pub fn identity(path: &Path) -> Option<Identity> {
    if let Ok(about) = std::fs::metadata(path) {
        return file(path, &about);
    }
    let path = behind(path)?;
    let folder = folder_of(&path).canonicalize().ok()?;
    Some(Identity::Place(folder.join(path.file_name()?)))
}

#[cfg(unix)]
fn file(_: &Path, about: &std::fs::Metadata) -> Option<Identity> {
    use std::os::unix::fs::{FileTypeExt, MetadataExt};
    (!about.file_type().is_char_device()).then(|| Identity::File(about.dev(), about.ino()))
}

#[cfg(not(unix))]
fn file(path: &Path, _: &std::fs::Metadata) -> Option<Identity> {
    path.canonicalize().ok().map(Identity::Place)
}

/// Most links that are followed from one path, as the system does.
const LINKS: usize = 40;

/// The path behind symbolic links, be there a file or not; `None` where they lead round in a circle.
pub(super) fn behind(path: &Path) -> Option<PathBuf> {
    let mut path = path.to_path_buf();
    for _ in 0..LINKS {
        match std::fs::read_link(&path) {
            Ok(to) => path = folder_of(&path).join(to),
            Err(_) => return Some(path),
        }
    }
    None
}

/// The folder that a path lies in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}
