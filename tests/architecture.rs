//! What the tree promises: a small kernel that stands alone, and dependencies in one direction.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::{Path, PathBuf};

/// The kernel on its own: its paths are relative, so it compiles here as well as in the crate.
#[path = "../src/kernel/mod.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    missing_docs,
    clippy::all,
    clippy::pedantic,
    reason = "a second compilation"
)]
mod kernel;

/// Most lines of code in the kernel.
const KERNEL_LINES: usize = 5000;
/// Most lines of code in a file of the kernel.
const FILE_LINES: usize = 350;

fn files(folder: &str) -> Vec<(PathBuf, String)> {
    fn collect(folder: &Path, into: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, into);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                into.push((path.clone(), std::fs::read_to_string(path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
        &mut found,
    );
    assert!(!found.is_empty(), "{folder}");
    found.sort();
    found
}

/// The lines that are code.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
}

/// The words of a line: runs of letters, digits and underscores.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_')
}

#[test]
fn the_kernel_checks_a_certificate_without_the_rest_of_the_crate() {
    let text = "(certificate 1 (step () (statement () (= (+ 1 1) 2)) (cone () () ())))";
    let proved = kernel::verdict::Proved::check_text(text).unwrap();
    let stated = kernel::sexp::read("(statement () (= (+ 1 1) 2))")
        .unwrap()
        .read();
    assert_eq!(stated.as_ref(), Ok(proved[0].statement()));
}

#[test]
fn the_kernel_is_small() {
    let files = files("src/kernel");
    for (path, text) in &files {
        let lines = code(text).count();
        assert!(lines <= FILE_LINES, "{} has {lines} lines", path.display());
    }
    let lines: usize = files.iter().map(|(_, text)| code(text).count()).sum();
    assert!(lines <= KERNEL_LINES, "{lines} lines of code in the kernel");
}

#[test]
fn the_kernel_words_nothing() {
    for (path, text) in files("src/kernel") {
        let wording =
            code(&text).find(|line| words(line).any(|word| ["Display", "format"].contains(&word)));
        assert!(wording.is_none(), "{}: {wording:?}", path.display());
    }
}

/// The first string in each call of a function.
fn named<'t>(text: &'t str, call: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(call)
        .skip(1)
        .filter_map(|rest| rest.split('"').nth(1))
}

#[test]
fn every_premise_that_can_fail_is_worded() {
    let words = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src/print/rejection.rs"),
    )
    .unwrap();
    // However the table is broken into lines.
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.replace("( \"", "(\"");
    let mut found = 0;
    for (path, text) in files("src/kernel")
        .into_iter()
        .filter(|(path, _)| !path.ends_with("rejection.rs"))
    {
        for premise in [" fails(", "(fails(", " ensure(", " compare("]
            .iter()
            .flat_map(|call| named(&text, call))
        {
            found += 1;
            assert!(
                words.contains(&format!("(\"{premise}\", ")),
                "{}: {premise}",
                path.display()
            );
        }
    }
    assert!(found > 90, "{found}");
}

#[test]
fn the_kernel_imports_numbers_and_itself_only() {
    for (path, text) in files("src/kernel") {
        for line in code(&text) {
            let imported = line
                .strip_prefix("pub use ")
                .or_else(|| line.strip_prefix("use "));
            if let Some(imported) = imported {
                let root = words(imported).next().unwrap();
                let own =
                    path.ends_with("mod.rs") && path.with_file_name(format!("{root}.rs")).exists();
                let known = [
                    "super",
                    "std",
                    "core",
                    "num_traits",
                    "num_bigint",
                    "num_rational",
                ]
                .contains(&root);
                assert!(known || own, "{}: {line}", path.display());
            }
            assert!(
                !line.contains("crate::") && !line.contains("extern "),
                "{}: {line}",
                path.display()
            );
        }
    }
}

#[test]
fn the_kernel_has_no_floats_and_no_way_to_panic() {
    let forbidden = [
        "f32",
        "f64",
        "unsafe",
        "unwrap",
        "expect",
        "panic",
        "unreachable",
        "todo",
        "unimplemented",
        "assert",
        "assert_eq",
        "transmute",
    ];
    for (path, text) in files("src/kernel") {
        let lines = code(&text).filter(|line| !line.starts_with("clippy::"));
        for line in lines {
            let found = words(line).find(|word| forbidden.contains(word));
            assert_eq!(found, None, "{}: {line}", path.display());
            assert!(
                !line.contains("cfg(test)"),
                "{}: tests live in tests/",
                path.display()
            );
        }
    }
}

#[test]
fn only_one_place_makes_a_verdict() {
    for (path, text) in files("src") {
        let makes = code(&text).any(|line| {
            line.contains("Proved {") && !line.contains("struct") && !line.contains("impl")
        });
        let own = path.ends_with("kernel/verdict.rs");
        assert!(!makes, "{} builds a verdict by name", path.display());
        assert!(own || !text.contains("impl Proved"), "{}", path.display());
    }
    let verdict = std::fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src/kernel/verdict.rs"),
    )
    .unwrap();
    assert_eq!(verdict.matches("Ok(Self {").count(), 1, "one constructor");
    assert!(
        !verdict.contains("pub statement:") && !verdict.contains("pub reduced:"),
        "private fields"
    );
}

#[test]
fn nothing_depends_on_the_command_line() {
    for (path, text) in files("src") {
        let own =
            path.components().any(|part| part.as_os_str() == "cli") || path.ends_with("main.rs");
        assert!(
            own || !code(&text).any(|line| line.contains("crate::cli")),
            "{}",
            path.display()
        );
    }
}

#[test]
fn floats_stay_where_evidence_is_searched_or_shown() {
    for (path, text) in files("src") {
        let allowed = ["prover", "train", "report", "cli"];
        let own = path
            .components()
            .any(|part| allowed.iter().any(|name| part.as_os_str() == *name));
        let float = code(&text).find(|line| words(line).any(|word| word == "f64" || word == "f32"));
        assert!(own || float.is_none(), "{}: {float:?}", path.display());
    }
}
