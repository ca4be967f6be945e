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
    let text = "(certificate 3 (step () (statement () (= (+ 1 1) 2)) (cone () () ())))";
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

/// The variants that an enum of the kernel declares.
fn variants(text: &str, name: &str) -> Vec<String> {
    let (_, rest) = text.split_once(&format!("pub enum {name} {{")).unwrap();
    let (body, _) = rest.split_once("\n}").unwrap();
    code(body)
        .map(|line| line.trim_end_matches(',').to_string())
        .collect()
}

#[test]
fn every_premise_is_used_by_a_rule() {
    let files = files("src/kernel");
    let declared = &files
        .iter()
        .find(|(path, _)| path.ends_with("rejection.rs"));
    let declared = &declared.unwrap().1;
    for name in ["Premise", "NameFault", "DivisorFault"] {
        let variants = variants(declared, name);
        assert!(variants.len() > 1, "{name}");
        for variant in variants {
            let used = format!("{name}::{variant}");
            let uses = |(_, text): &(PathBuf, String)| text.contains(&used);
            assert!(files.iter().any(uses), "{used}");
        }
    }
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
fn the_second_arithmetic_is_one_name_in_the_kernel() {
    let mut named = Vec::new();
    for (path, text) in files("src/kernel") {
        let lines: Vec<&str> = code(&text).collect();
        for pair in lines.windows(2) {
            if pair[1].contains("gmp") && !pair[1].starts_with("#[cfg") {
                assert!(path.ends_with("number.rs"), "{}", path.display());
                named.push((pair[0].to_string(), pair[1].to_string()));
            }
        }
    }
    let only = (
        r#"#[cfg(feature = "gmp")]"#.to_string(),
        "pub type Int = spurious_gmp::Int;".to_string(),
    );
    assert_eq!(named, [only]);
    let manifest =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let dependency = manifest
        .lines()
        .find(|line| line.starts_with("spurious-gmp"));
    assert!(dependency.unwrap().contains("optional = true"));
    assert!(
        !manifest.lines().any(|line| line.starts_with("default =")),
        "the default build has no C"
    );
}

#[test]
fn every_dependency_has_its_reason() {
    let mut dependencies = 0;
    for manifest in [
        "Cargo.toml",
        "gmp/Cargo.toml",
        "gmp/kernel/Cargo.toml",
        "fuzz/Cargo.toml",
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(manifest);
        let text = std::fs::read_to_string(path).unwrap();
        let mut inside = false;
        for line in text.lines() {
            if line.starts_with('[') {
                inside = line.contains("dependencies]");
            } else if inside && line.contains(" = ") {
                dependencies += 1;
                let reason = line.rsplit_once(" # ").map_or("", |(_, reason)| reason);
                assert!(reason.len() > 3, "{manifest}: {line}");
            }
        }
    }
    assert!(dependencies > 20, "{dependencies}");
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
            .any(|part| allowed.iter().any(|name| part.as_os_str() == *name))
            // Points from which a search starts are floats.
            || path.ends_with("unit/starts.rs");
        let float = code(&text).find(|line| words(line).any(|word| word == "f64" || word == "f32"));
        assert!(own || float.is_none(), "{}: {float:?}", path.display());
    }
}

/// The text of a file of the repository.
fn read(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// The rooms from the lowest to the highest, as the chapter draws them: one a line.
fn rooms() -> Vec<String> {
    let chapter = read("src/docs/architecture.md");
    let drawing = chapter.split("```").nth(1).unwrap();
    let name = |line: &str| words(line).next().map(str::to_string);
    drawing.lines().skip(1).filter_map(name).collect()
}

/// The room that a source file stands in.
fn room(path: &Path) -> Option<String> {
    let inside = path
        .strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .unwrap();
    let first = inside.components().next()?.as_os_str().to_str()?;
    Some(first.trim_end_matches(".rs").to_string())
}

#[test]
fn the_drawing_of_the_rooms_is_the_tree() {
    let mut drawn = rooms();
    let own = ["docs", "lib", "main"];
    let there = files("src").into_iter().filter_map(|(path, _)| room(&path));
    let mut there: Vec<String> = there.filter(|room| !own.contains(&room.as_str())).collect();
    there.sort();
    there.dedup();
    drawn.sort();
    assert_eq!(drawn, there);
}

#[test]
fn no_room_uses_a_higher_one() {
    let rooms = rooms();
    let level = |name: &str| rooms.iter().position(|room| room == name);
    let mut arrows = 0;
    for (path, text) in files("src") {
        let Some(own) = room(&path).and_then(|name| level(&name)) else {
            continue;
        };
        for line in code(&text) {
            for used in line.split("crate::").skip(1) {
                let name = words(used).next().unwrap_or_default();
                if let Some(used) = level(name) {
                    arrows += 1;
                    assert!(used <= own, "{}: {line}", path.display());
                }
            }
        }
    }
    assert!(arrows > 300, "{arrows}");
}

/// A number as the documents write it: rounded to hundreds, with a comma.
fn rounded(lines: usize) -> String {
    let hundreds = (lines + 50) / 100;
    format!("{},{}00", hundreds / 10, hundreds % 10)
}

#[test]
fn the_documents_know_how_large_the_kernel_is() {
    let lines = |folder: &str| -> usize {
        let files = files(folder);
        files.iter().map(|(_, text)| code(text).count()).sum()
    };
    let surface = lines("src/kernel/surface");
    let logic = lines("src/kernel") - surface;
    println!("{logic} lines of logic, {surface} lines of rules about error surfaces");
    for file in ["README.md", "src/docs/trust.md"] {
        let text = read(file);
        for number in [rounded(logic), rounded(surface)] {
            assert!(text.contains(&number), "{file} lacks {number}");
        }
    }
}

/// The names of the certificates that the kernel's tables list.
fn certificates() -> Vec<String> {
    let names = |table: String| -> Vec<String> {
        let lines = table.lines().filter_map(|line| line.split_once(':'));
        lines.map(|(name, _)| name.to_string()).collect()
    };
    ["accepted", "rejected"]
        .map(|table| names(read(&format!("tests/certificates/{table}.txt"))))
        .concat()
}

/// The words in backquotes.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

#[test]
fn the_table_of_rules_names_functions_and_tests_that_are_there() {
    let table = read("src/docs/rules.md");
    let kernel = files("src/kernel");
    let tests = files("tests");
    let certificates = certificates();
    let mut named = 0;
    for line in table.lines().filter(|line| line.starts_with('|')) {
        for word in quoted(line) {
            if let Some(prefix) = word.strip_suffix('…') {
                let test = format!("fn {prefix}");
                let certificate = |name: &String| name.starts_with(prefix);
                let there = tests.iter().any(|(_, text)| text.contains(&test))
                    || certificates.iter().any(certificate);
                assert!(there, "{word}");
            } else if Path::new(word)
                .extension()
                .is_some_and(|ending| ending == "rs")
            {
                assert!(tests.iter().any(|(path, _)| path.ends_with(word)), "{word}");
            } else if let Some((path, name)) = word.rsplit_once("::") {
                let module = path
                    .split("::")
                    .take_while(|part| !part.starts_with(char::is_uppercase));
                let file: PathBuf = module.collect();
                let of_module = |path: &Path| {
                    path.ends_with(file.with_extension("rs")) || path.ends_with(file.join("mod.rs"))
                };
                let item = [
                    format!("fn {name}"),
                    format!("struct {name}"),
                    format!("enum {name}"),
                    format!("macro_rules! {name}"),
                ];
                let there = |(path, text): &(PathBuf, String)| {
                    of_module(path) && item.iter().any(|item| text.contains(item))
                };
                assert!(kernel.iter().any(there), "{word}");
            } else {
                continue;
            }
            named += 1;
        }
    }
    assert!(named > 60, "{named}");
}
