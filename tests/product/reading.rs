//! Whole files are read up to a limit, and only those that have an end.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use spurious::files::read_regular;
use std::path::Path;

fn refused(path: &Path, limit: usize) -> String {
    read_regular(path, limit).unwrap_err().to_string()
}

#[test]
fn a_file_is_read_up_to_its_limit() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("five");
    std::fs::write(&file, "12345").unwrap();
    assert_eq!(read_regular(&file, 5).unwrap(), "12345");
    assert_eq!(refused(&file, 4), "expected at most 4 bytes");
}

#[test]
fn what_has_no_end_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .unwrap();
    assert!(made.success());
    for endless in [Path::new("/dev/zero"), Path::new("/dev/null"), &pipe] {
        assert_eq!(
            refused(endless, 10),
            "a device, a named pipe or a socket, not a file"
        );
    }
    assert_eq!(refused(folder.path(), 10), "a folder, not a file");
}

#[test]
fn a_link_to_itself_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("loop");
    std::os::unix::fs::symlink(&link, &link).unwrap();
    assert!(read_regular(&link, 10).is_err());
}

#[test]
fn bytes_that_are_no_text_have_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bytes");
    std::fs::write(&file, b"ab\xff").unwrap();
    assert_eq!(refused(&file, 10), "byte 2 is no UTF-8: this is no text");
}
