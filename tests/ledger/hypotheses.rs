//! The hypotheses of every claim that is recorded as proved can hold: a claim about nothing would be true, whatever it says.
//!
//! With a false conclusion in the place of its own such a claim has to come out refuted, by a point at which the kernel finds that all
//! hypotheses hold. The search finds most points, the others are written down in `tests/hypotheses/points.txt`; what no rational point can
//! show is named here with the reason.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use spurious::kernel::number::Rational;
use spurious::kernel::term::{Formula, Relation, Statement, Term};
use spurious::ledger::lexer::Place;
use spurious::ledger::parser::Parser;
use spurious::ledger::source::{Entry, Ledger, load};
use spurious::ledger::syntax::{Expr, Step, StepKind, Verdict};
use spurious::verify::verify;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Claims whose hypotheses hold at no rational point that could be written down, and why.
const WITHOUT: [(&str, &str); 4] = [
    ("ss89.chain-K-root", "w is the square root of 5"),
    ("ss89.chain-K-repaired-root", "w is the square root of 5"),
    (
        "ss89.sec-1-convex-n2",
        "a hypothesis says that a point is a local minimum: it quantifies over a neighbourhood",
    ),
    ("ss89.wall", "a product of exponentials is 43/5 or 47"),
];

/// The variables, and the statement with a false conclusion, if it has a hypothesis.
fn emptied(statement: &Statement) -> Option<(Vec<String>, Statement)> {
    fn inside(formula: &Formula, variables: &mut Vec<String>) -> Option<Formula> {
        match formula {
            Formula::Forall(names, body) => {
                variables.extend(names.iter().map(ToString::to_string));
                Some(Formula::Forall(
                    names.clone(),
                    Box::new(inside(body, variables)?),
                ))
            }
            Formula::Implies(premise, conclusion) => {
                let [zero, one] = [0, 1].map(|n| Term::Number(Rational::from_integer(n.into())));
                let no = || Formula::Compare(one, Relation::AtMost, zero);
                let conclusion = inside(conclusion, &mut Vec::new()).unwrap_or_else(no);
                Some(Formula::Implies(premise.clone(), Box::new(conclusion)))
            }
            _ => None,
        }
    }
    let mut variables = Vec::new();
    let formula = inside(&statement.formula, &mut variables)?;
    Some((
        variables,
        Statement {
            definitions: statement.definitions.clone(),
            formula,
        },
    ))
}

/// A written point: values by name. A name without its number stands for all entries of a vector that have none of their own.
type Point = BTreeMap<String, Expr>;

fn points() -> BTreeMap<String, Point> {
    let text = std::fs::read_to_string("tests/hypotheses/points.txt").unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let point = |line: &str| {
        let (id, values) = line.split_once(": ").unwrap();
        let values = values.split(", ").map(|value| {
            let (name, value) = value.split_once(" = ").unwrap();
            (name.to_string(), Parser::new(value).unwrap().sum().unwrap())
        });
        (id.to_string(), values.collect())
    };
    lines.map(point).collect()
}

/// The values of the point as a step, if it has all.
fn witness(variables: &[String], point: &Point) -> Option<Vec<Step>> {
    let value = |name: &String| {
        point
            .get(name)
            .or_else(|| point.get(name.trim_end_matches(char::is_numeric)))
            .cloned()
    };
    let values = variables.iter().map(value).collect::<Option<_>>()?;
    Some(vec![Step {
        place: Place::default(),
        kind: StepKind::Witness(values),
    }])
}

/// One claim for each distinct system of hypotheses, to be refuted.
fn forged(entries: &[Entry]) -> Vec<(Vec<String>, Entry)> {
    let mut seen = BTreeSet::new();
    let mut forged = Vec::new();
    for entry in entries
        .iter()
        .filter(|entry| entry.claim.verdict == Verdict::Proved)
    {
        let Some((variables, statement)) = entry.statement.as_ref().and_then(emptied) else {
            continue;
        };
        if !seen.insert(format!("{statement:?}")) {
            continue;
        }
        let mut entry = Entry {
            statement: Some(statement),
            premises: Vec::new(),
            ..entry.clone()
        };
        entry.claim.verdict = Verdict::Refuted;
        entry.claim.script = Vec::new();
        entry.claim.coq = None;
        forged.push((variables, entry));
    }
    forged
}

/// The ids of the claims that come out so.
fn verdicts(ledger: &mut Ledger, entries: Vec<Entry>, verdict: Verdict) -> BTreeSet<String> {
    ledger.entries = entries;
    let outcomes = verify(ledger, &|_| {});
    outcomes
        .into_iter()
        .filter(|(_, outcome)| outcome.verdict == verdict)
        .map(|(id, _)| id)
        .collect()
}

#[test]
fn the_hypotheses_of_every_proved_claim_can_hold() {
    let mut ledger = load(&[PathBuf::from("proofs")]).expect("the ledger is well written");
    let (claims, points) = (forged(&ledger.entries), points());
    let known: BTreeSet<&str> = ledger
        .entries
        .iter()
        .map(|entry| entry.claim.id.as_str())
        .collect();
    assert!(
        points
            .keys()
            .all(|id| id == "ball" || known.contains(id.as_str())),
        "a point for a claim that is gone"
    );
    assert!(claims.len() > 150);
    let entries = claims.iter().map(|(_, entry)| entry.clone()).collect();
    let found = verdicts(&mut ledger, entries, Verdict::Refuted);
    let mut written = Vec::new();
    for (variables, entry) in claims
        .iter()
        .filter(|(_, entry)| !found.contains(&entry.claim.id))
    {
        let point = points.get(&entry.claim.id).unwrap_or(&points["ball"]);
        if let Some(script) = witness(variables, point) {
            let mut entry = entry.clone();
            entry.claim.script = script;
            written.push(entry);
        }
    }
    let shown = verdicts(&mut ledger, written, Verdict::Refuted);
    let left = claims.iter().map(|(_, entry)| entry.claim.id.as_str());
    let left: Vec<&str> = left
        .filter(|id| !found.contains(*id) && !shown.contains(*id))
        .collect();
    let without: Vec<&str> = WITHOUT.iter().map(|(id, _)| *id).collect();
    assert_eq!(
        left.iter().copied().collect::<BTreeSet<_>>(),
        without.into_iter().collect()
    );
}

/// The test above can fail: hypotheses that exclude each other are not shown, whatever the point.
#[test]
fn hypotheses_that_exclude_each_other_are_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("empty.claims");
    let claim = "paper own\nclaim own.empty \"here\"\n  printed \"of nothing\"\n  for x\n  if x > 1, x^2 < x\n  show x = 7\n  verdict proved\n";
    std::fs::write(&file, claim).unwrap();
    let mut ledger = load(&[file]).unwrap();
    let (variables, entry) = forged(&ledger.entries).remove(0);
    let point = Point::from([("x".to_string(), Parser::new("2").unwrap().sum().unwrap())]);
    let mut guided = entry.clone();
    guided.claim.script = witness(&variables, &point).unwrap();
    for entry in [entry, guided] {
        assert!(verdicts(&mut ledger, vec![entry], Verdict::Refuted).is_empty());
    }
}
