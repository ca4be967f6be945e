//! Good certificates with one word changed: each is rejected, or proves the statement as it was, or one that is true.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_cmp,
    reason = "tests"
)]

use crate::naive;
use spurious::kernel::verdict::Proved;
use std::collections::BTreeSet;
use std::path::Path;

/// A certificate as words and parentheses.
fn words(text: &str) -> Vec<String> {
    text.replace('(', " ( ")
        .replace(')', " ) ")
        .split_whitespace()
        .map(str::to_string)
        .collect()
}

/// Where the list that starts at this word ends.
fn end(words: &[String], start: usize) -> usize {
    let mut depth = 0;
    for (place, word) in words.iter().enumerate().skip(start) {
        match word.as_str() {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return place;
        }
    }
    words.len() - 1
}

/// The word with other numbers and names.
fn others(word: &str, names: &BTreeSet<String>) -> Vec<String> {
    if let Some((above, below)) = word.split_once('/').filter(|(above, _)| !above.is_empty()) {
        return vec![
            format!("{above}1/{below}"),
            above.to_string(),
            format!("-{word}").replace("--", ""),
        ];
    }
    if let Ok(number) = word.parse::<i64>() {
        return [number + 1, number - 1, -number, 0, 4_000_000_000]
            .iter()
            .map(ToString::to_string)
            .collect();
    }
    let groups: [&[&str]; 6] = [
        &["<", "<=", "=", "!="],
        &["and", "or", "implies"],
        &["forall", "exists"],
        &["+", "*", "/"],
        &["holds", "fails"],
        &["exp", "log", "tanh", "sqrt", "abs"],
    ];
    let group = groups.iter().find(|group| group.contains(&word));
    match group {
        Some(group) => group
            .iter()
            .filter(|other| **other != word)
            .map(ToString::to_string)
            .collect(),
        None if names.contains(word) => {
            names.iter().filter(|name| *name != word).cloned().collect()
        }
        None => Vec::new(),
    }
}

fn mutants(text: &str) -> Vec<String> {
    let words = words(text);
    let is_name = |word: &&String| word.len() == 1 && word.chars().all(char::is_alphabetic);
    let names: BTreeSet<String> = words.iter().filter(is_name).cloned().collect();
    let mut mutants = Vec::new();
    for (place, word) in words.iter().enumerate() {
        if word == ")" {
            continue;
        }
        for other in others(word, &names) {
            let mut changed = words.clone();
            changed[place] = other;
            mutants.push(changed.join(" "));
        }
        let last = end(&words, place);
        let item = &words[place..=last];
        mutants.push([&words[..place], &words[last + 1..]].concat().join(" "));
        mutants.push([&words[..place], item, &words[place..]].concat().join(" "));
        if last + 1 < words.len() && words[last + 1] != ")" {
            let next = end(&words, last + 1);
            mutants.push(
                [
                    &words[..place],
                    &words[last + 1..=next],
                    item,
                    &words[next + 1..],
                ]
                .concat()
                .join(" "),
            );
        }
    }
    mutants
}

#[test]
fn changed_certificates_prove_nothing_false() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/certificates/accepted");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let (mut tried, mut other_statements, mut confirmed) = (0, 0, 0);
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let original = Proved::check_text(&text)
            .unwrap()
            .last()
            .unwrap()
            .statement()
            .clone();
        for mutant in mutants(&text) {
            tried += 1;
            let Ok(proved) = Proved::check_text(&mutant) else {
                continue;
            };
            for proved in proved {
                let statement = proved.statement();
                if *statement == original {
                    continue;
                }
                other_statements += 1;
                let truth = naive::holds(statement);
                assert_ne!(
                    truth,
                    Some(false),
                    "{} proves falsely {statement}\n{mutant}",
                    path.display()
                );
                confirmed += usize::from(truth == Some(true));
            }
        }
    }
    assert!(
        tried > 5000 && other_statements > 100 && confirmed > 20,
        "{tried} {other_statements} {confirmed}"
    );
}

#[test]
fn the_oracle_refutes_what_is_false() {
    let read = |formula: &str| {
        let text = format!("(statement () {formula})");
        spurious::kernel::sexp::read(&text).unwrap().read().unwrap()
    };
    for formula in [
        "(forall (x) (< 0 (^ x 3)))",
        "(forall (x) (= (d (tanh x) x) (tanh x)))",
        "(forall (x) (implies (<= 0 x) (= (sqrt x) x)))",
        "(holds (rank ((1 2) (2 4)) 2))",
        "(holds (roots (+ (^ x 2) -2) x -2 2 1))",
        "(fails (inertia ((0 1) (1 0)) (1 1 0)))",
        "(forall (x) (implies (< (min x 1) 1) (< (max x 1) 0)))",
    ] {
        assert_eq!(naive::holds(&read(formula)), Some(false), "{formula}");
    }
    assert_eq!(
        naive::holds(&read(
            "(forall (x) (= (tanh (+ x x)) (/ (* 2 (tanh x)) (+ 1 (^ (tanh x) 2)))))"
        )),
        None
    );
}
