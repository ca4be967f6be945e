//! Calls of functions, predicates and macros; derivatives and substitutions. Untrusted.

use super::vectors::{apply, flatten};
use super::{Elaborated, Library, Names, Value, variables, wrong};
use crate::kernel::term::{Function, Name, Term};
use crate::ledger::lexer::Place;
use crate::ledger::syntax::{Define, Expr};

impl Library {
    pub(super) fn call(
        &self,
        name: &str,
        arguments: &[(Option<String>, Expr)],
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
            ("at", [(None, body), by @ ..]) => return self.at(body, by, place, names),
            _ => {}
        }
        if let Some(define) = self.macros.get(name) {
            return self.value(
                &define.body,
                &self.macro_names(define, arguments, place, names)?,
            );
        }
        let mut terms = Vec::new();
        for (_, argument) in arguments {
            flatten(self.value(argument, names)?, &mut terms);
        }
        if let Some(function) = Function::ALL
            .into_iter()
            .find(|function| function.word() == name)
        {
            return apply(function, terms, place).map(Value::Term);
        }
        self.callee(name, arguments, place, names, false)?;
        Ok(Value::Term(Term::Call(Name::from(name), terms)))
    }

    /// Checks that a definition of this kind takes these arguments.
    pub(super) fn callee(
        &self,
        name: &str,
        arguments: &[(Option<String>, Expr)],
        place: Place,
        names: &Names,
        formula: bool,
    ) -> Elaborated<()> {
        let Some(defined) = self
            .defined
            .get(name)
            .filter(|defined| defined.formula == formula)
        else {
            return wrong(
                place,
                format!(
                    "unknown {} `{name}`",
                    if formula { "predicate" } else { "function" }
                ),
            );
        };
        if defined.sizes.len() != arguments.len() {
            let expected = defined.sizes.len();
            return wrong(
                place,
                format!(
                    "`{name}` takes {expected} arguments, found {}",
                    arguments.len()
                ),
            );
        }
        for (size, (_, argument)) in defined.sizes.iter().zip(arguments) {
            let found = match self.value(argument, names)? {
                Value::Term(_) => None,
                Value::List(items) => Some(items.len()),
            };
            if *size != found {
                return wrong(
                    argument.place,
                    format!("this argument of `{name}` has the wrong number of entries"),
                );
            }
        }
        Ok(())
    }

    pub(super) fn macro_names(
        &self,
        define: &Define,
        arguments: &[(Option<String>, Expr)],
        place: Place,
        names: &Names,
    ) -> Elaborated<Names> {
        if define.parameters.len() != arguments.len() {
            let (name, expected) = (&define.name, define.parameters.len());
            return wrong(
                place,
                format!(
                    "`{name}` takes {expected} arguments, found {}",
                    arguments.len()
                ),
            );
        }
        let values = define.parameters.iter().zip(arguments);
        values
            .map(|(parameter, (_, argument))| {
                Ok((parameter.name.clone(), self.value(argument, names)?))
            })
            .collect()
    }

    fn at(
        &self,
        body: &Expr,
        by: &[(Option<String>, Expr)],
        place: Place,
        names: &Names,
    ) -> Elaborated<Value> {
        let (mut inner, mut pairs) = (names.clone(), Vec::new());
        for (name, value) in by {
            let Some(name) = name else {
                return wrong(value.place, "expected `variable = value`");
            };
            let value = self.value(value, names)?;
            let size = match &value {
                Value::Term(_) => None,
                Value::List(items) => Some(items.len()),
            };
            let (variables, stands) = variables(name, size);
            inner.insert(name.clone(), stands);
            let mut put = Vec::new();
            flatten(value, &mut put);
            pairs.extend(variables.into_iter().zip(put));
        }
        if pairs.is_empty() {
            return wrong(place, "at(f, x = a) needs at least one variable");
        }
        Ok(Value::Term(Term::At(
            Box::new(self.term(body, &inner)?),
            pairs,
        )))
    }
}
