//! The witness of a refutation in words: where, and by how much. UNTRUSTED: the kernel has checked the refutation itself.

use crate::kernel::evaluate::enclose;
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::proof::Proof;
use crate::kernel::reduce::{Substitution, substitute_formula};
use crate::kernel::term::{Formula, Relation, Term};
use std::collections::BTreeMap;

/// The values of the variables and both sides of the comparison that fails there; else that the negation is proved.
#[must_use]
pub fn describe(goal: &Formula, proof: &Proof) -> String {
    let (Formula::Exists(names, body), Proof::Witness(terms, _)) = (goal, proof) else {
        return "the negation is proved".into();
    };
    let by: Substitution = names.iter().cloned().zip(terms.iter().cloned()).collect();
    let point: Vec<String> = names
        .iter()
        .zip(terms)
        .map(|(name, term)| format!("{name} = {term}"))
        .collect();
    let at = format!("at {}", point.join(", "));
    match substitute_formula(body, &by).ok().as_ref().and_then(last) {
        Some((left, relation, right)) => format!("{at}: {} {relation} {}", side(left), side(right)),
        None => at,
    }
}

/// Characters beyond which one side of a comparison is shown by its value.
const LONG: usize = 120;

/// One side: its value where that is rational, itself where it is short, else an enclosure.
fn side(term: &Term) -> String {
    let shown = value(term).map_or_else(|| term.to_string(), |value| value.to_string());
    if shown.len() <= LONG {
        return shown;
    }
    match enclose(term, &BTreeMap::new(), 64).and_then(|value| value.onto(24)) {
        Some(value) => format!("[{}, {}]", value.lo(), value.hi()),
        None => shown,
    }
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
