//! Coq for tests: the library compiled once in a folder of its own, files checked over it.
#![allow(dead_code, reason = "not every test needs everything")]
#![allow(clippy::print_stderr, reason = "a test says that it was skipped")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Whether there is a `coqc`; says so where there is none.
pub(crate) fn present() -> bool {
    let present = spurious::verify::coqc::present();
    if !present {
        eprintln!("SKIPPED: no coqc here");
    }
    present
}

/// The files that an export needs, compiled.
fn library() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder =
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("coq-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let source = Path::new(ROOT).join("proofs/coq");
        let project = std::fs::read_to_string(source.join("_CoqProject")).unwrap();
        for file in project.lines().filter(|line| {
            Path::new(line)
                .extension()
                .is_some_and(|ending| ending == "v")
        }) {
            std::fs::copy(source.join(file), folder.join(file)).unwrap();
            let output = coqc(&folder, &folder.join(file));
            assert!(
                output.status.success(),
                "{file}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            if file == "Kernel.v" {
                break;
            }
        }
        folder
    })
}

/// Runs in the folder of the file, where Coq leaves what it makes.
fn coqc(library: &Path, file: &Path) -> Output {
    let folder = file.parent().unwrap();
    Command::new("coqc")
        .current_dir(folder)
        .args(["-q", "-Q"])
        .arg(library)
        .arg("Spurious")
        .arg(file)
        .output()
        .unwrap()
}

/// What `coqc` says of a text.
pub(crate) fn check(text: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("Checked.v");
    std::fs::write(&file, text).unwrap();
    coqc(library(), &file)
}

/// The axioms of Coq's standard real numbers.
pub(crate) const AXIOMS: [&str; 3] = [
    "ClassicalDedekindReals.sig_forall_dec",
    "ClassicalDedekindReals.sig_not_dec",
    "FunctionalExtensionality.functional_extensionality_dep",
];

/// The axioms that `Print Assumptions` prints.
pub(crate) fn axioms(printed: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(printed);
    let after = text
        .split_once("Axioms:")
        .map(|(_, after)| after.to_owned())
        .unwrap_or_default();
    let names = after
        .lines()
        .filter(|line| !line.starts_with(' ') && line.contains('.'));
    names
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}
