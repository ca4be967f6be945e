//! The witness of a refutation in words: where, and by how much. UNTRUSTED: the kernel has checked the refutation itself.

use crate::kernel::evaluate::enclose;
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::proof::Proof;
use crate::kernel::reduce::{Substitution, substitute_formula};
use crate::kernel::term::{Formula, Relation, Term};
use crate::print::decimal::bound;
use std::collections::BTreeMap;

/// The values of the variables and both sides of the comparison that fails there; else that the negation is proved.
#[must_use]
pub fn describe(goal: &Formula, proof: &Proof) -> String {
    let (Formula::Exists(names, body), Proof::Witness(terms, _)) = (goal, proof) else {
        return "the negation is proved".into();
    };
    let by: Substitution = names.iter().cloned().zip(terms.iter().cloned()).collect();
    let named: Vec<(String, String)> = names
        .iter()
        .zip(terms)
        .map(|(name, term)| (name.to_string(), term.to_string()))
        .collect();
    let at = format!("at {}", point(&named));
    match substitute_formula(body, &by).ok().as_ref().and_then(last) {
        Some((left, relation, right)) => {
            let [left, right] = sides(left, right);
            format!("{at}: {left} {relation} {right}")
        }
        None => at,
    }
}

/// Fewest entries of what is shown as a vector.
const VECTOR: usize = 3;

/// The values by name; x1, x2, x3 in a row as the vector x.
fn point(named: &[(String, String)]) -> String {
    let mut words = Vec::new();
    let mut rest = named;
    while let Some(((name, value), others)) = rest.split_first() {
        let stem = name.strip_suffix('1').unwrap_or_default();
        let entries = (1..)
            .zip(rest)
            .take_while(|(index, (name, _))| *name == format!("{stem}{index}"))
            .count();
        if stem.is_empty() || entries < VECTOR {
            words.push(format!("{name} = {value}"));
            rest = others;
        } else {
            let (vector, after) = rest.split_at(entries);
            let values: Vec<&str> = vector.iter().map(|(_, value)| value.as_str()).collect();
            words.push(format!("{stem} = ({})", values.join(", ")));
            rest = after;
        }
    }
    words.join(", ")
}

/// Characters beyond which one side of a comparison is shown by its value.
const LONG: usize = 120;

/// Most significant digits of a side that is too long to be shown itself.
const DIGITS: u32 = 64;

/// Both sides: each its value where that is rational, itself where it is short, else decimals, so many that they differ.
fn sides(left: &Term, right: &Term) -> [String; 2] {
    let exact =
        |term: &Term| value(term).map_or_else(|| term.to_string(), |value| value.to_string());
    let shown = [left, right].map(exact);
    if shown.iter().all(|side| side.len() <= LONG) {
        return shown;
    }
    let mut digits = 4;
    while digits <= DIGITS {
        if let [Some(a), Some(b)] = [left, right].map(|term| decimals(term, digits))
            && (a.1 < b.0 || b.1 < a.0)
        {
            let words = |[low, high]: [String; 2]| format!("[{low}, {high}]");
            let [first, second] = shown;
            let side =
                |exact: String, words: String| if exact.len() <= LONG { exact } else { words };
            return [side(first, words(a.2)), side(second, words(b.2))];
        }
        digits *= 2;
    }
    let short = |(term, exact): (&Term, String)| match decimals(term, 8) {
        Some((_, _, [low, high])) if exact.len() > LONG => format!("[{low}, {high}]"),
        _ => exact,
    };
    let [first, second] = shown;
    [(left, first), (right, second)].map(short)
}

/// Bounds of a term with so many significant digits, as fractions and in words.
fn decimals(term: &Term, digits: u32) -> Option<(Rational, Rational, [String; 2])> {
    let value = enclose(term, &BTreeMap::new(), 64 + 4 * digits)?;
    let (low, high) = (
        bound(&value.lo(), digits, false),
        bound(&value.hi(), digits, true),
    );
    Some((low.0, high.0, [low.1, high.1]))
}

/// The last comparison of a conjunction: the conclusion's negation.
fn last(formula: &Formula) -> Option<(&Term, Relation, &Term)> {
    match formula {
        Formula::Compare(left, relation, right) => Some((left, *relation, right)),
        Formula::And(items) => items.last().and_then(last),
        _ => None,
    }
}

fn value(term: &Term) -> Option<Rational> {
    let mut atoms = Atoms::default();
    let normal = atoms.normal(term).ok()?;
    let fraction = atoms.combined(&normal.poly).ok()?;
    fraction
        .divisors
        .is_empty()
        .then(|| super::hypotheses::constant(&fraction.numerator))
        .flatten()
}
