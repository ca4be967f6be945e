//! The surroundings of a goal: hypotheses, their labels, and what names stand for. UNTRUSTED.

use super::failure::{Failure, fail, shown};
use crate::kernel::context::Context;
use crate::kernel::reduce::{Substitution, substitute_formula};
use crate::kernel::term::{Formula, Name, Term};
use crate::ledger::lexer::Place;
use crate::ledger::library::{Names, Value};
use std::collections::BTreeMap;

/// A goal's surroundings.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    pub(super) context: Context,
    pub(super) labels: BTreeMap<String, usize>,
    pub(super) names: Names,
}

/// The body of a quantifier at terms.
pub(super) fn instantiate(
    bound: &[Name],
    terms: impl Iterator<Item = Term>,
    body: &Formula,
    place: Place,
) -> Result<Formula, Failure> {
    let terms: Vec<Term> = terms.collect();
    if terms.len() != bound.len() {
        return fail(
            place,
            format!(
                "{} terms are needed here, found {}",
                bound.len(),
                terms.len()
            ),
        );
    }
    let by: Substitution = bound.iter().cloned().zip(terms).collect();
    substitute_formula(body, &by).or_else(|fault| fail(place, format!("{fault}")))
}

impl State {
    /// The index of a formula among the hypotheses.
    pub(super) fn known(&self, formula: &Formula) -> Option<usize> {
        self.context
            .hypotheses
            .iter()
            .position(|there| there.formula == *formula)
    }

    /// Names for bound variables that are not in scope.
    pub(super) fn fresh(&self, bound: &[Name]) -> Vec<Name> {
        let unused = |name: &Name| {
            let others = (2..).map(|tick: usize| Name::from(format!("{name}_{tick}")));
            std::iter::once(name.clone())
                .chain(others)
                .find(|name| !self.context.scope.contains(name))
        };
        bound
            .iter()
            .map(|name| unused(name).unwrap_or_else(|| name.clone()))
            .collect()
    }

    /// Brings variables into scope, single and as vectors, and returns the body with them.
    pub(super) fn open(
        &mut self,
        bound: &[Name],
        fresh: &[Name],
        body: &Formula,
        place: Place,
    ) -> Result<Formula, Failure> {
        self.call(bound, fresh);
        self.declare(bound, fresh, body, place)
    }

    /// Brings variables into scope under their own names.
    pub(super) fn declare(
        &mut self,
        bound: &[Name],
        fresh: &[Name],
        body: &Formula,
        place: Place,
    ) -> Result<Formula, Failure> {
        if self.context.declare(fresh).is_err() {
            return fail(place, "a variable of this name is already in use");
        }
        instantiate(
            bound,
            fresh.iter().cloned().map(Term::Variable),
            body,
            place,
        )
    }

    /// What the names stand for, single and as vectors.
    pub(super) fn call(&mut self, names: &[Name], fresh: &[Name]) {
        let mut vectors: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (name, fresh) in names.iter().zip(fresh) {
            let value = Value::Term(Term::Variable(fresh.clone()));
            self.names.insert(name.to_string(), value.clone());
            let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
            let entries = vectors.entry(stem.to_string()).or_default();
            if name.strip_prefix(stem) == Some(&(entries.len() + 1).to_string()) {
                entries.push(value);
            }
        }
        for (stem, entries) in vectors.into_iter().filter(|(_, entries)| entries.len() > 1) {
            self.names.insert(stem, Value::List(entries));
        }
    }

    /// The hypotheses, for messages.
    pub(super) fn assumptions(&self) -> String {
        let known = self.context.hypotheses.iter().enumerate();
        let known: Vec<String> = known
            .map(|(index, h)| format!("\n    h{}: {}", index + 1, shown(&h.formula)))
            .collect();
        let names: Vec<String> = self
            .labels
            .iter()
            .map(|(label, index)| format!("{label} = h{}", index + 1))
            .collect();
        let names = if names.is_empty() {
            String::new()
        } else {
            format!("\n    ({})", names.join(", "))
        };
        format!("{}{names}", known.concat())
    }
}
