//! Claim files: lexer, parser, elaboration. No panic; the kernel reads each statement back from its certificate text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use spurious::certificate;
use spurious::kernel::sexp;
use spurious::kernel::term::Statement;
use spurious::ledger::{file, source};
use std::path::PathBuf;
use std::sync::LazyLock;

/// A folder without other files: imports and data are not there, unless the claim file names itself.
static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().unwrap());

fuzz_target!(|text: &str| {
    let Ok(file) = file::parse(text) else {
        return;
    };
    // A path out of the folder makes the run depend on the machine.
    if text.contains("../") || text.contains("\"/") || file.claims.is_empty() {
        return;
    }
    let path: PathBuf = FOLDER.path().join("fuzz.claims");
    std::fs::write(&path, text).unwrap();
    let ledger = match source::load(&[path]) {
        Ok(ledger) => ledger,
        Err(error) => {
            let _ = error.to_string();
            return;
        }
    };
    for stated in ledger
        .entries
        .iter()
        .filter_map(|entry| entry.statement.as_ref())
    {
        let text = certificate::text(stated);
        let back: Statement = sexp::read(&text).unwrap().read().unwrap();
        assert_eq!(&back, stated, "{text}");
        assert_eq!(back.to_string(), stated.to_string());
    }
});
