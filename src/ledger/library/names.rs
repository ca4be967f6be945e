//! The names in force at one place, and the variables of the kernel that they stand for. Untrusted.
//!
//! A name that is bound gets a variable of the kernel that no other name in force stands for or contains. So what a macro
//! is given keeps its meaning under the variables that the macro binds, and the entries of a vector are no one else's.

use super::{Elaborated, Value, wrong};
use crate::kernel::number::Rational;
use crate::kernel::term::{Name, Term};
use crate::ledger::lexer::Place;
use crate::ledger::terms::free_variables;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The names in force at one place: variables, indices, parameters of macros.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    values: BTreeMap<String, Arc<Value>>,
    /// The variables of the kernel in force, also those that no name here stands for.
    scope: Arc<BTreeSet<Name>>,
}

impl Names {
    /// No names.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What a name stands for.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name).map(|value| &**value)
    }

    /// Brings a name into force, in place of one that was called so.
    pub fn insert(&mut self, name: String, value: Value) {
        variables_of(&value, Arc::make_mut(&mut self.scope));
        self.values.insert(name, Arc::new(value));
    }

    /// Other names, among the same variables of the kernel.
    pub(super) fn instead(&self, values: Vec<(String, Value)>) -> Self {
        let values = values.into_iter();
        Self {
            values: values
                .map(|(name, value)| (name, Arc::new(value)))
                .collect(),
            scope: Arc::clone(&self.scope),
        }
    }

    /// Binds a name to new variables: one, or one for each entry of a vector.
    ///
    /// # Errors
    /// A syntax error if the name has a meaning here.
    pub fn bind(&mut self, name: &str, size: Option<usize>, place: Place) -> Elaborated<Vec<Name>> {
        self.free(name, place)?;
        // A scope is finite, so some tick makes names that are not in it.
        let fresh = (0..=self.scope.len())
            .map(|tick| variables(name, size, tick))
            .find(|fresh| fresh.iter().all(|name| !self.scope.contains(name)))
            .unwrap_or_default();
        let value = |name: &Name| Value::Term(Term::Variable(name.clone()));
        let value = match size {
            None => fresh.first().map_or(Value::List(Vec::new()), value),
            Some(_) => Value::List(fresh.iter().map(value).collect()),
        };
        self.insert(name.to_string(), value);
        Ok(fresh)
    }

    /// Binds an index to its value.
    ///
    /// # Errors
    /// A syntax error if the name has a meaning here.
    pub fn with_index(&self, index: &str, value: usize, place: Place) -> Elaborated<Self> {
        self.free(index, place)?;
        let mut inner = self.clone();
        let value = Term::Number(Rational::from_integer(value.into()));
        let value = Arc::new(Value::Term(value));
        inner.values.insert(index.to_string(), value);
        Ok(inner)
    }

    fn free(&self, name: &str, place: Place) -> Elaborated<()> {
        if self.values.contains_key(name) {
            wrong(
                place,
                format!("`{name}` has a meaning here already: take another name"),
            )
        } else {
            Ok(())
        }
    }

    /// The variables that a name stands for, if it is one or a vector of them.
    pub(super) fn variables_of(&self, name: &str) -> Option<Vec<Name>> {
        let variable = |value: &Value| match value {
            Value::Term(Term::Variable(name)) => Some(name.clone()),
            Value::Term(_) | Value::List(_) => None,
        };
        match self.get(name)? {
            Value::List(entries) => entries.iter().map(variable).collect(),
            value @ Value::Term(_) => variable(value).map(|name| vec![name]),
        }
    }
}

/// The names of variables for a name: `x`, or `x1`, `x2`, …; for ticks above 0 others.
fn variables(name: &str, size: Option<usize>, tick: usize) -> Vec<Name> {
    match size {
        None if tick == 0 => vec![Name::from(name)],
        None => vec![Name::from(format!("{name}_{}", tick + 1))],
        Some(size) => {
            let stem = format!("{name}{}", "_".repeat(tick));
            (1..=size)
                .map(|i| Name::from(format!("{stem}{i}")))
                .collect()
        }
    }
}

fn variables_of(value: &Value, into: &mut BTreeSet<Name>) {
    match value {
        Value::Term(term) => free_variables(term, into),
        Value::List(items) => items.iter().for_each(|item| variables_of(item, into)),
    }
}
