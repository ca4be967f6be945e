//! Calls of functions, predicates and macros; derivatives and substitutions. Untrusted.

use super::vectors::{apply, flatten};
use super::{Defined, Elaborated, Library, Names, Value, wrong};
use crate::kernel::term::{Name, Term};
use crate::ledger::lexer::{Place, SyntaxError, short};
use crate::ledger::syntax::Expr;
use crate::ledger::terms::free_variables;
use crate::ledger::words::function;
use std::collections::BTreeSet;

/// Arguments of a call, some with the names of parameters.
type Arguments<'a> = &'a [(Option<String>, Expr)];

impl Library {
    pub(super) fn call(
        &self,
        name: &str,
        arguments: Arguments<'_>,
        place: Place,
        names: &Names,
    ) -> Elaborated<Value> {
        match (name, arguments) {
            ("d", [(None, body), (None, by)]) => {
                let (body, by) = (self.term(body, names)?, self.term(by, names)?);
                let Term::Variable(variable) = by else {
                    return wrong(place, "d(f, x) needs a variable x");
                };
                return Ok(Value::Term(Term::Derivative(Box::new(body), variable)));
            }
            ("d", _) => return wrong(place, "expected d(f, x): a number and a variable"),
            ("at", [(None, body), by @ ..]) => return self.at(body, by, place, names),
            ("at", _) => return wrong(place, "expected at(f, x = a, …)"),
            _ => {}
        }
        if let Some(function) = function(name) {
            let mut terms = Vec::new();
            for argument in unnamed(name, arguments)? {
                flatten(self.value(argument, names)?, &mut terms);
            }
            return apply(function, terms, place).map(Value::Term);
        }
        let defined = self.callee(name, place, false)?;
        if let Some(body) = &defined.body {
            let inner = self.put(name, defined, arguments, place, names)?;
            return inside(name, place, self.value(body, &inner));
        }
        let terms = self.terms(name, defined, arguments, place, names)?;
        Ok(Value::Term(Term::Call(Name::from(name), terms)))
    }

    /// The definition of this kind that a name has.
    pub(super) fn callee(&self, name: &str, place: Place, formula: bool) -> Elaborated<&Defined> {
        let defined = self.defined.get(name);
        if let Some(defined) = defined.filter(|defined| defined.formula == formula) {
            Ok(defined)
        } else {
            let kind = if formula { "predicate" } else { "function" };
            wrong(place, format!("unknown {kind} `{}`", short(name)))
        }
    }

    /// The arguments of a definition that the kernel keeps, vectors entry by entry.
    pub(super) fn terms(
        &self,
        name: &str,
        defined: &Defined,
        arguments: Arguments<'_>,
        place: Place,
        names: &Names,
    ) -> Elaborated<Vec<Term>> {
        let mut terms = Vec::new();
        let arguments = matched(name, defined, arguments, place)?;
        for ((_, size), argument) in defined.parameters.iter().zip(arguments) {
            let value = self.value(argument, names)?;
            let found = match &value {
                Value::Term(_) => None,
                Value::List(items) => Some(items.len()),
            };
            if *size != found {
                return wrong(
                    argument.place,
                    format!("this argument of `{name}` has the wrong number of entries"),
                );
            }
            flatten(value, &mut terms);
        }
        Ok(terms)
    }

    /// The names in force in a macro: its parameters.
    pub(super) fn put(
        &self,
        name: &str,
        defined: &Defined,
        arguments: Arguments<'_>,
        place: Place,
        names: &Names,
    ) -> Elaborated<Names> {
        let arguments = matched(name, defined, arguments, place)?;
        let mut values = Vec::new();
        for ((parameter, _), argument) in defined.parameters.iter().zip(arguments) {
            values.push((parameter.clone(), self.value(argument, names)?));
        }
        Ok(names.instead(values))
    }

    /// `at(f, x = a)`: a variable in force is meant by its name; another name is bound here.
    fn at(&self, body: &Expr, by: Arguments<'_>, place: Place, names: &Names) -> Elaborated<Value> {
        let (mut inner, mut pairs, mut groups) = (names.clone(), Vec::new(), Vec::new());
        for (at, (name, expr)) in by.iter().enumerate() {
            let Some(name) = name else {
                return wrong(expr.place, "expected `variable = value`");
            };
            if by
                .iter()
                .take(at)
                .any(|(other, _)| other.as_ref() == Some(name))
            {
                return wrong(expr.place, format!("`{name}` is given twice"));
            }
            let value = self.value(expr, names)?;
            let variables = self.substituted(name, &value, expr.place, names, &mut inner)?;
            let mut put = Vec::new();
            flatten(value, &mut put);
            if variables.len() != put.len() {
                let expected = variables.len();
                return wrong(
                    expr.place,
                    format!("`{name}` has {expected} entries, found {}", put.len()),
                );
            }
            groups.push((name, expr.place, variables.clone()));
            pairs.extend(variables.into_iter().zip(put));
        }
        if pairs.is_empty() {
            return wrong(place, "at(f, x = a) needs at least one variable");
        }
        let keys: BTreeSet<&Name> = pairs.iter().map(|(name, _)| name).collect();
        if keys.len() != pairs.len() {
            return wrong(place, "a variable is given two values here");
        }
        let body = self.term(body, &inner)?;
        let mut occurring = BTreeSet::new();
        free_variables(&body, &mut occurring);
        for (name, place, variables) in groups {
            if !variables
                .iter()
                .any(|variable| occurring.contains(variable))
            {
                return wrong(
                    place,
                    format!("`{name}` does not occur in what it is put into"),
                );
            }
        }
        Ok(Value::Term(Term::At(Box::new(body), pairs)))
    }

    /// The variables of the kernel that a name before `=` stands for in `at`.
    fn substituted(
        &self,
        name: &str,
        value: &Value,
        place: Place,
        names: &Names,
        inner: &mut Names,
    ) -> Elaborated<Vec<Name>> {
        let size = match value {
            Value::Term(_) => None,
            Value::List(items) => Some(items.len()),
        };
        self.no_constant(name, place, names)?;
        match names.get(name) {
            None => inner.bind(name, size, place),
            Some(there) => match names.variables_of(name) {
                Some(variables) if matches!(there, Value::List(_)) == size.is_some() => {
                    Ok(variables)
                }
                _ => wrong(place, format!("`{name}` stands for no such variable here")),
            },
        }
    }

    /// Refuses a name that is a constant where a variable is meant.
    pub(in crate::ledger) fn no_constant(
        &self,
        name: &str,
        place: Place,
        names: &Names,
    ) -> Elaborated<()> {
        let constant = |defined: &Defined| defined.body.is_some() && defined.parameters.is_empty();
        if names.get(name).is_none() && self.defined.get(name).is_some_and(constant) {
            wrong(place, format!("`{name}` is a constant, not a variable"))
        } else {
            Ok(())
        }
    }
}

/// What a macro stands for. An error in it is told where it is called: the macro may stand in another file.
pub(super) fn inside<T>(name: &str, place: Place, result: Elaborated<T>) -> Elaborated<T> {
    result.map_err(|error| {
        let message = if error.message.starts_with("in `") {
            error.message
        } else {
            format!("in `{name}`: {}", error.message)
        };
        SyntaxError { place, message }
    })
}

/// Arguments in order, none of which may have a name.
pub(in crate::ledger) fn unnamed<'a>(
    name: &str,
    arguments: Arguments<'a>,
) -> Elaborated<Vec<&'a Expr>> {
    let plain = |(label, argument): &'a (Option<String>, Expr)| match label {
        None => Ok(argument),
        Some(label) => wrong(
            argument.place,
            format!("`{name}` has no parameter called `{}`", short(label)),
        ),
    };
    arguments.iter().map(plain).collect()
}

/// The arguments in the order of the parameters: first those without a name, then those with one.
fn matched<'a>(
    name: &str,
    defined: &Defined,
    arguments: Arguments<'a>,
    place: Place,
) -> Elaborated<Vec<&'a Expr>> {
    let parameters = &defined.parameters;
    if parameters.len() != arguments.len() {
        let (expected, found) = (parameters.len(), arguments.len());
        return wrong(
            place,
            format!("`{name}` takes {expected} arguments, found {found}"),
        );
    }
    let mut slots: Vec<Option<&Expr>> = vec![None; parameters.len()];
    let mut named = false;
    for (at, (label, argument)) in arguments.iter().enumerate() {
        let slot = match label {
            None if named => {
                return wrong(
                    argument.place,
                    "an argument without a name stands behind one with a name",
                );
            }
            None => Some(at),
            Some(label) => parameters
                .iter()
                .position(|(parameter, _)| parameter == label),
        };
        named |= label.is_some();
        let shown = label.as_deref().map(short).unwrap_or_default();
        match slot.and_then(|slot| slots.get_mut(slot)) {
            Some(slot @ None) => *slot = Some(argument),
            Some(Some(_)) => {
                return wrong(
                    argument.place,
                    format!("the argument `{shown}` is given twice"),
                );
            }
            None => {
                let message = format!("`{name}` has no parameter called `{shown}`");
                return wrong(argument.place, message);
            }
        }
    }
    Ok(slots.into_iter().flatten().collect())
}
