//! What a macro may contain: its parameters, what it binds itself, and what is defined before it. Untrusted.
//!
//! A macro is carried out only where it is used. Whether its names have a meaning is found out where it is written, so
//! that it means the same in every file that imports it, and never leads back to itself.

use super::{Elaborated, Library, wrong};
use crate::ledger::lexer::{Place, short};
use crate::ledger::predicates;
use crate::ledger::syntax::{Define, DefinitionKind, Expr, Kind};
use crate::ledger::words::is_built_in;

impl Library {
    pub(super) fn check_macro(&self, define: &Define) -> Elaborated<()> {
        let mut bound = Vec::new();
        for parameter in &define.parameters {
            if define.kind == DefinitionKind::Constant {
                return wrong(parameter.place, "a constant has no parameters: `macro` has");
            }
            if parameter.size.is_some() {
                return wrong(
                    parameter.place,
                    "a parameter of a macro has no size: it may be anything",
                );
            }
            bound.push(parameter.name.as_str());
        }
        self.closed(&define.body, &bound)
    }

    fn closed(&self, expr: &Expr, bound: &[&str]) -> Elaborated<()> {
        let each = |items: &[Expr]| items.iter().try_for_each(|item| self.closed(item, bound));
        match &expr.kind {
            Kind::Number(_) | Kind::Text(_) => Ok(()),
            Kind::Name(name) => self.meant(name, expr.place, bound),
            Kind::List(items) | Kind::And(items) | Kind::Or(items) => each(items),
            Kind::Negative(inner) | Kind::Not(inner) => self.closed(inner, bound),
            Kind::Entry(left, right)
            | Kind::Binary(_, left, right)
            | Kind::Implies(left, right)
            | Kind::Iff(left, right) => {
                self.closed(left, bound)?;
                self.closed(right, bound)
            }
            Kind::Chain(first, rest) => {
                self.closed(first, bound)?;
                rest.iter()
                    .try_for_each(|(_, _, item)| self.closed(item, bound))
            }
            Kind::Range(_, index, from, to, body) => {
                self.closed(from, bound)?;
                self.closed(to, bound)?;
                self.closed(body, &with(bound, [index.as_str()]))
            }
            Kind::Quantified(_, binders, body) => {
                let sizes = binders.iter().filter_map(|binder| binder.size.as_ref());
                sizes
                    .into_iter()
                    .try_for_each(|size| self.closed(size, bound))?;
                let names = binders.iter().map(|binder| binder.name.as_str());
                self.closed(body, &with(bound, names))
            }
            Kind::Call(name, arguments) => self.closed_call(name, arguments, expr.place, bound),
        }
    }

    fn closed_call(
        &self,
        name: &str,
        arguments: &[(Option<String>, Expr)],
        place: Place,
        bound: &[&str],
    ) -> Elaborated<()> {
        if !is_built_in(name) && !self.defined.contains_key(name) {
            return wrong(
                place,
                format!("unknown function or predicate `{}`", short(name)),
            );
        }
        let own: Vec<&str> = match (name, arguments) {
            ("at", [_, by @ ..]) => by.iter().filter_map(|(name, _)| name.as_deref()).collect(),
            (
                "roots",
                [
                    _,
                    (
                        _,
                        Expr {
                            kind: Kind::Name(variable),
                            ..
                        },
                    ),
                    ..,
                ],
            ) => vec![variable],
            _ => Vec::new(),
        };
        let inner = with(bound, own.iter().copied());
        let is_end = |expr: &Expr| predicates::infinite(expr).is_some();
        for (at, (_, argument)) in arguments.iter().enumerate() {
            match (name, at) {
                ("at" | "roots", 0) | ("roots", 1) => self.closed(argument, &inner)?,
                ("roots", _) if is_end(argument) => {}
                _ => self.closed(argument, bound)?,
            }
        }
        Ok(())
    }

    fn meant(&self, name: &str, place: Place, bound: &[&str]) -> Elaborated<()> {
        let constant = || {
            let defined = self.defined.get(name);
            defined.is_some_and(|defined| defined.body.is_some() && defined.parameters.is_empty())
        };
        if bound.contains(&name) || constant() {
            Ok(())
        } else {
            wrong(place, format!("unknown name `{}`", short(name)))
        }
    }
}

fn with<'a>(bound: &[&'a str], more: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    bound.iter().copied().chain(more).collect()
}
