//! Where a command writes: plain files whole or not at all, anything else written through. Untrusted.
//!
//! A new text takes the place of a plain file by a rename, with the mode and the owner of the old one. A file with several names
//! keeps its inode, a symbolic link stays and its file is written, a device or a pipe is opened and written to.

use super::STANDARD_INPUT;
use super::same::{Identity, behind, folder_of, identity};
use std::collections::BTreeMap;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteFault {
    /// A folder has that name.
    #[error("this is a folder; expected a file to write")]
    Folder,
    /// Something else than a folder has the name of the folder.
    #[error("this is no folder; expected a folder to write into")]
    NoFolder,
    /// The folder that it would lie in is not there.
    #[error("there is no folder {}", .0.display())]
    NoParent(PathBuf),
    /// Nothing is named.
    #[error("expected the name of a file")]
    Nameless,
    /// Symbolic links lead round in a circle.
    #[error("its symbolic links lead round in a circle")]
    Links,
    /// The command reads it.
    #[error("this is the input {}, which would be overwritten", .0.display())]
    Input(PathBuf),
    /// The command writes something else there.
    #[error("this is the output {} too, which would be overwritten", .0.display())]
    Twice(PathBuf),
    /// The standard output goes there.
    #[error("the standard output is written there already")]
    StandardOutput,
    /// What the system says.
    #[error("cannot be written: {0}")]
    System(#[from] std::io::Error),
}

/// A file that cannot be written, by the name that the user gave it.
#[derive(Debug, thiserror::Error)]
#[error("{}: {fault}", file.display())]
pub struct WriteError {
    /// The file.
    pub file: PathBuf,
    /// Why.
    pub fault: WriteFault,
}

/// What stands at a path.
enum Target {
    /// Nothing yet; the place is behind symbolic links.
    New(PathBuf),
    /// A plain file with one name.
    Plain(PathBuf, Metadata),
    /// A plain file with several names, or with none.
    Linked,
    /// A device, a pipe, a socket.
    Stream,
}

fn target(path: &Path) -> Result<Target, WriteFault> {
    if path.as_os_str().is_empty() {
        return Err(WriteFault::Nameless);
    }
    match std::fs::metadata(path) {
        Ok(about) if about.is_dir() => Err(WriteFault::Folder),
        Ok(about) if about.is_file() && names(&about) != 1 => Ok(Target::Linked),
        Ok(about) if about.is_file() => Ok(Target::Plain(path.canonicalize()?, about)),
        Ok(_) => Ok(Target::Stream),
        Err(error) if error.kind() == ErrorKind::NotFound => new(path),
        Err(error) => Err(error.into()),
    }
}

fn new(path: &Path) -> Result<Target, WriteFault> {
    if path.as_os_str().as_encoded_bytes().ends_with(b"/") {
        return Err(WriteFault::Folder);
    }
    let place = behind(path).ok_or(WriteFault::Links)?;
    let folder = folder_of(&place);
    if folder.is_dir() {
        Ok(Target::New(place))
    } else {
        Err(WriteFault::NoParent(folder.to_path_buf()))
    }
}

#[cfg(unix)]
fn names(about: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(about)
}

#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    1
}

/// Looks whether the outputs of a command can be written, before it works: each is a file or a place for one, none is an input, no
/// two are one file, none is the file that the standard output goes to.
///
/// # Errors
/// [`WriteError`] for the first that cannot.
pub fn check(outputs: &[&Path], inputs: &[&Path]) -> Result<(), WriteError> {
    let read: BTreeMap<Identity, &Path> = inputs
        .iter()
        .filter_map(|input| Some((identity(source(input))?, *input)))
        .collect();
    let mut written: BTreeMap<Identity, &Path> = BTreeMap::new();
    for output in outputs {
        let fail = |fault| WriteError {
            file: output.to_path_buf(),
            fault,
        };
        let found = target(output).map_err(fail)?;
        if let Some(file) = identity(output) {
            if let Some(input) = read.get(&file) {
                return Err(fail(WriteFault::Input(input.to_path_buf())));
            }
            if let Some(other) = written.get(&file) {
                return Err(fail(WriteFault::Twice(other.to_path_buf())));
            }
            written.insert(file, output);
        }
        let kept = matches!(found, Target::Plain(..) | Target::Linked);
        if kept && identity(Path::new("/dev/stdout")) == identity(output) {
            return Err(fail(WriteFault::StandardOutput));
        }
        // Neither leaves a trace.
        let allowed = match &found {
            Target::New(place) => tempfile::tempfile_in(folder_of(place)).map(drop),
            Target::Plain(..) | Target::Linked => {
                OpenOptions::new().write(true).open(output).map(drop)
            }
            Target::Stream => Ok(()),
        };
        allowed.map_err(|error| fail(plain(&error).into()))?;
    }
    Ok(())
}

/// The standard input is a file too.
fn source(input: &Path) -> &Path {
    if input.as_os_str() == STANDARD_INPUT {
        Path::new("/dev/stdin")
    } else {
        input
    }
}

/// Writes a text: a plain file whole or not at all, anything else through.
///
/// # Errors
/// [`WriteError`]; a plain file is then as it was.
pub fn write(path: &Path, text: &str) -> Result<(), WriteError> {
    let written = || -> Result<(), WriteFault> {
        match target(path)? {
            Target::New(place) => Ok(replace(&place, None, text)?),
            Target::Plain(place, about) => {
                // The rename needs a right on the folder only: the file itself is asked too.
                OpenOptions::new().write(true).open(&place)?;
                match replace(&place, Some(&about), text) {
                    Err(error) if has_no_room_beside(error.kind()) => Ok(in_place(&place, text)?),
                    replaced => Ok(replaced?),
                }
            }
            Target::Linked => Ok(in_place(path, text)?),
            Target::Stream => {
                let mut stream = OpenOptions::new().write(true).open(path)?;
                stream.write_all(text.as_bytes())?;
                Ok(stream.flush()?)
            }
        }
    };
    written().map_err(|fault| WriteError {
        file: path.to_path_buf(),
        fault,
    })
}

/// Whether no file may be made beside a file, or none moved to its place, although it may be written itself.
fn has_no_room_beside(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::PermissionDenied
            | ErrorKind::ReadOnlyFilesystem
            | ErrorKind::ResourceBusy
            | ErrorKind::CrossesDevices
    )
}

/// Writes beside the place, then moves it there.
fn replace(place: &Path, former: Option<&Metadata>, text: &str) -> std::io::Result<()> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder
        .tempfile_in(folder_of(place))
        .map_err(|error| plain(&error))?;
    file.as_file_mut().write_all(text.as_bytes())?;
    if let Some(former) = former {
        keep(file.as_file(), former)?;
    }
    file.persist(place).map_err(|error| plain(&error.error))?;
    Ok(())
}

/// The error without the name of a temporary file, which the user does not know.
fn plain(error: &std::io::Error) -> std::io::Error {
    error
        .raw_os_error()
        .or_else(|| inner_code(error))
        .map_or(error.kind().into(), std::io::Error::from_raw_os_error)
}

/// The system's code of an error that another one wraps.
fn inner_code(error: &std::io::Error) -> Option<i32> {
    let mut source = std::error::Error::source(error.get_ref()?);
    while let Some(inner) = source {
        if let Some(code) = inner
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::raw_os_error)
        {
            return Some(code);
        }
        source = inner.source();
    }
    None
}

/// Gives a file the owner and the mode of the one whose place it takes.
#[cfg(unix)]
fn keep(file: &File, former: &Metadata) -> std::io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let now = file.metadata()?;
    if (now.uid(), now.gid()) != (former.uid(), former.gid()) {
        fchown(file, Some(former.uid()), Some(former.gid()))?;
    }
    file.set_permissions(former.permissions())
}

#[cfg(not(unix))]
fn keep(file: &File, former: &Metadata) -> std::io::Result<()> {
    file.set_permissions(former.permissions())
}

/// Writes over a file that has to stay the same one; what was there comes back if that fails.
fn in_place(path: &Path, text: &str) -> std::io::Result<()> {
    let mut former = None;
    let mut file = match OpenOptions::new().read(true).write(true).open(path) {
        Ok(mut file) => {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            former = Some(bytes);
            file
        }
        Err(_) => OpenOptions::new().write(true).open(path)?,
    };
    let written = put(&mut file, text.as_bytes());
    if let (Err(_), Some(former)) = (&written, former) {
        let _ = put(&mut file, &former);
    }
    written
}

fn put(file: &mut File, bytes: &[u8]) -> std::io::Result<()> {
    file.rewind()?;
    file.write_all(bytes)?;
    file.set_len(u64::try_from(bytes.len()).unwrap_or(u64::MAX))
}

/// Makes a folder to write into, with those above it.
///
/// # Errors
/// [`WriteError`] where there is something else, or none can be made.
pub fn folder(path: &Path) -> Result<(), WriteError> {
    let fail = |fault| WriteError {
        file: path.to_path_buf(),
        fault,
    };
    if path.as_os_str().is_empty() {
        return Err(fail(WriteFault::Nameless));
    }
    if std::fs::metadata(path).is_ok_and(|about| !about.is_dir()) {
        return Err(fail(WriteFault::NoFolder));
    }
    std::fs::create_dir_all(path).map_err(|error| fail(error.into()))
}
