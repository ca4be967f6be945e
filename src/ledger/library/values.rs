//! What expressions stand for: numbers, vectors, matrices. Untrusted.

use super::calls::inside;
use super::depth::deeper;
use super::vectors::{binary, folded, scalar, scale};
use super::{Elaborated, ITEMS, Library, Names, Value, spend, within_budget, wrong};
use crate::kernel::number::Rational;
use crate::kernel::term::Term;
use crate::ledger::lexer::{Place, short};
use crate::ledger::syntax::{Expr, Fold, Kind};
use crate::ledger::terms::{multiply, negate};
use num_traits::ToPrimitive;

impl Library {
    /// A whole number from 0 that is known without the values of variables.
    ///
    /// # Errors
    /// [`SyntaxError`](crate::ledger::lexer::SyntaxError) where it is none.
    pub fn index(&self, expr: &Expr, names: &Names) -> Elaborated<usize> {
        match self.term(expr, names)? {
            Term::Number(value) if value.is_integer() => match value.to_integer().to_usize() {
                Some(index) if index <= ITEMS => Ok(index),
                _ => wrong(
                    expr.place,
                    format!("expected a whole number from 0 to {ITEMS}"),
                ),
            },
            _ => wrong(expr.place, "expected a whole number that is known here"),
        }
    }

    /// A number known without the values of variables.
    ///
    /// # Errors
    /// [`SyntaxError`](crate::ledger::lexer::SyntaxError) where it is none.
    pub fn rational(&self, expr: &Expr, names: &Names) -> Elaborated<Rational> {
        match self.term(expr, names)? {
            Term::Number(value) => Ok(value),
            _ => wrong(expr.place, "expected a number that is known here"),
        }
    }

    /// A kernel term.
    ///
    /// # Errors
    /// [`SyntaxError`](crate::ledger::lexer::SyntaxError) where the expression is wrong or a vector.
    pub fn term(&self, expr: &Expr, names: &Names) -> Elaborated<Term> {
        match self.value(expr, names)? {
            Value::Term(term) => Ok(term),
            Value::List(items) => wrong(
                expr.place,
                format!(
                    "expected a number, found a vector of {} entries",
                    items.len()
                ),
            ),
        }
    }

    /// What an expression stands for.
    ///
    /// # Errors
    /// [`SyntaxError`](crate::ledger::lexer::SyntaxError) where the expression is wrong.
    pub fn value(&self, expr: &Expr, names: &Names) -> Elaborated<Value> {
        within_budget(expr.place)?;
        deeper(expr.place, || self.shallow_value(expr, names))
    }

    fn shallow_value(&self, expr: &Expr, names: &Names) -> Elaborated<Value> {
        let place = expr.place;
        Ok(match &expr.kind {
            Kind::Number(value) => Value::Term(Term::Number(value.clone())),
            Kind::Name(name) => return self.name(name, place, names),
            Kind::List(items) => Value::List(
                items
                    .iter()
                    .map(|item| self.value(item, names))
                    .collect::<Result<_, _>>()?,
            ),
            Kind::Entry(list, index) => return self.entry(list, index, names),
            Kind::Negative(inner) => match self.value(inner, names)? {
                Value::Term(term) => Value::Term(negate(term)),
                Value::List(items) => scale(
                    &Term::Number(Rational::from_integer((-1).into())),
                    items,
                    multiply,
                    place,
                )?,
            },
            Kind::Binary(operation, left, right) => {
                let (left, right) = (self.value(left, names)?, self.value(right, names)?);
                return binary(*operation, left, right, place);
            }
            Kind::Range(fold @ (Fold::Sum | Fold::Product | Fold::List), index, from, to, body) => {
                let bounds = (index.as_str(), from.as_ref(), to.as_ref());
                let items = self.range(bounds, place, names, |inner| self.value(body, inner))?;
                if *fold == Fold::List {
                    return Ok(Value::List(items));
                }
                let terms = items.into_iter().map(|item| scalar(item, place));
                let terms = terms.collect::<Result<_, _>>()?;
                return folded(*fold, terms, place);
            }
            Kind::Call(name, arguments) => return self.call(name, arguments, place, names),
            Kind::Text(_) => return wrong(place, "a text is no number"),
            _ => return wrong(place, "a formula stands where a number is expected"),
        })
    }

    pub(super) fn range<T>(
        &self,
        (index, from, to): (&str, &Expr, &Expr),
        place: Place,
        names: &Names,
        mut item: impl FnMut(&Names) -> Elaborated<T>,
    ) -> Elaborated<Vec<T>> {
        let (first, last) = (self.index(from, names)?, self.index(to, names)?);
        if last + 1 < first {
            return wrong(
                to.place,
                format!("the indices run from {first} down to {last}"),
            );
        }
        (first..=last)
            .map(|i| item(&names.with_index(index, i, place)?))
            .collect()
    }

    fn name(&self, name: &str, place: Place, names: &Names) -> Elaborated<Value> {
        if let Some(value) = names.get(name) {
            spend(value.size(), place)?;
            return Ok(value.clone());
        }
        let constant = self
            .defined
            .get(name)
            .filter(|defined| defined.parameters.is_empty());
        match constant.and_then(|defined| defined.body.as_ref()) {
            Some(body) => inside(name, place, self.value(body, &names.instead(Vec::new()))),
            None => wrong(place, format!("unknown name `{}`", short(name))),
        }
    }

    fn entry(&self, list: &Expr, index: &Expr, names: &Names) -> Elaborated<Value> {
        let entry = self.index(index, names)?;
        // A variable's entries are looked at where they are: a long vector is not copied for each.
        if let Kind::Name(name) = &list.kind
            && let Some(Value::List(items)) = names.get(name)
        {
            let item = at(items, entry, index.place)?;
            spend(item.size(), index.place)?;
            return Ok(item.clone());
        }
        match self.value(list, names)? {
            Value::List(items) => at(&items, entry, index.place).cloned(),
            Value::Term(_) => wrong(list.place, "expected a vector before `[`"),
        }
    }
}

/// The entry with a number from 1.
fn at(items: &[Value], entry: usize, place: Place) -> Elaborated<&Value> {
    match entry.checked_sub(1).and_then(|before| items.get(before)) {
        Some(item) => Ok(item),
        None => wrong(
            place,
            format!("index {entry} is not between 1 and {}", items.len()),
        ),
    }
}
