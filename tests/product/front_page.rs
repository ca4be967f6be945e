//! The front page and the handbook say what the program does.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn read(file: &str) -> String {
    std::fs::read_to_string(Path::new(ROOT).join(file)).unwrap()
}

/// The fenced blocks of a page with this info string.
fn blocks(page: &str, info: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(opened) = line.strip_prefix("```") {
            let body: Vec<&str> = lines
                .by_ref()
                .take_while(|line| !line.starts_with("```"))
                .collect();
            if opened == info {
                found.push(body.join("\n") + "\n");
            }
        }
    }
    found
}

/// The one block that contains these words.
fn block(page: &str, info: &str, words: &str) -> String {
    let mut matching: Vec<String> = blocks(page, info)
        .into_iter()
        .filter(|block| block.contains(words))
        .collect();
    assert_eq!(matching.len(), 1, "blocks with {words:?}");
    matching.remove(0)
}

/// Runs a command line of the page in a folder; a pattern `…/*.cert` stands for the files there.
fn run(line: &str, folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spurious"));
    command.current_dir(folder);
    for word in line.split('#').next().unwrap().split_whitespace().skip(1) {
        match word.strip_suffix("/*.cert") {
            Some(inside) => {
                let files = std::fs::read_dir(folder.join(inside)).unwrap();
                command.args(files.map(|file| file.unwrap().path()));
            }
            None => {
                command.arg(word);
            }
        }
    }
    command.output().unwrap()
}

#[test]
fn the_commands_of_the_front_page_work_and_print_what_it_shows() {
    let page = read("README.md");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("mine.claims"),
        block(&page, "text", "claim mine.tangent"),
    )
    .unwrap();
    std::fs::write(folder.path().join("data.csv"), block(&page, "csv", "x1,x2")).unwrap();
    let commands: Vec<String> = blocks(&page, "sh")
        .iter()
        .flat_map(|block| block.lines().map(String::from).collect::<Vec<_>>())
        .collect();
    let commands: Vec<&String> = commands
        .iter()
        .filter(|line| line.starts_with("spurious "))
        .collect();
    assert!(commands.len() >= 7, "{commands:?}");
    for line in commands {
        let output = run(line, folder.path());
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(
            output.status.code(),
            Some(0),
            "{line}\n{printed}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        if line.contains("certify") {
            let shown = block(&page, "text", "These are all local minima");
            assert!(printed.starts_with(shown.trim_end()), "{line}\n{printed}");
        }
    }
    for file in ["report/report.html", "report/verify.json", "data.cert"] {
        assert!(folder.path().join(file).is_file(), "{file}");
    }
}

#[test]
fn the_two_commands_are_what_the_gate_runs() {
    let page = read("README.md");
    let gate = read(".ci/run");
    for command in ["cargo test", "verify"] {
        assert!(
            block(&page, "sh", "cargo test").contains(command) && gate.contains(command),
            "{command}"
        );
    }
}

/// The ids of claims that a text names.
fn ids(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || ".-_".contains(c)));
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words
        .filter(|word| word.starts_with("ss89.") && !word.ends_with("claims"))
        .map(String::from)
        .collect()
}

#[test]
fn every_claim_that_the_handbook_or_the_ledger_names_exists() {
    let mut known = BTreeSet::new();
    let mut named = ids(&read("README.md"));
    for folder in ["src/docs", "proofs/ss89"] {
        for file in std::fs::read_dir(Path::new(ROOT).join(folder)).unwrap() {
            let path = file.unwrap().path();
            if !path.is_file() {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let claims = text.lines().filter_map(|line| line.strip_prefix("claim "));
            known.extend(
                claims
                    .filter_map(|line| line.split_whitespace().next())
                    .map(String::from),
            );
            named.extend(ids(&text));
        }
    }
    let missing: Vec<&String> = named.difference(&known).collect();
    assert!(known.len() > 200 && missing.is_empty(), "{missing:?}");
}
