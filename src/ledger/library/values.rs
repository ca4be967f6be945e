//! What expressions stand for: numbers, vectors, matrices. Untrusted.

use super::vectors::{binary, scalar, scale};
use super::{Elaborated, ITEMS, Library, Names, Value, with_index, within_budget, wrong};
use crate::kernel::number::Rational;
use crate::kernel::term::Term;
use crate::ledger::lexer::Place;
use crate::ledger::syntax::{Expr, Fold, Kind};
use crate::ledger::terms::{fold_product, fold_sum, multiply, negate};
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
        let place = expr.place;
        within_budget(place)?;
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
                let items = self.range(index, from, to, names, |inner| self.value(body, inner))?;
                let terms = |items: Vec<Value>| {
                    items
                        .into_iter()
                        .map(|item| scalar(item, place))
                        .collect::<Result<_, _>>()
                };
                match fold {
                    Fold::Sum => Value::Term(fold_sum(terms(items)?)),
                    Fold::Product => Value::Term(fold_product(terms(items)?)),
                    _ => Value::List(items),
                }
            }
            Kind::Call(name, arguments) => return self.call(name, arguments, place, names),
            Kind::Text(_) => return wrong(place, "a text is no number"),
            _ => return wrong(place, "a formula stands where a number is expected"),
        })
    }

    pub(super) fn range<T>(
        &self,
        index: &str,
        from: &Expr,
        to: &Expr,
        names: &Names,
        mut item: impl FnMut(&Names) -> Elaborated<T>,
    ) -> Elaborated<Vec<T>> {
        let (from, to) = (self.index(from, names)?, self.index(to, names)?);
        (from..=to)
            .map(|i| item(&with_index(names, index, i)))
            .collect()
    }

    fn name(&self, name: &str, place: Place, names: &Names) -> Elaborated<Value> {
        if let Some(value) = names.get(name) {
            return Ok(value.clone());
        }
        match self.macros.get(name) {
            Some(define) if define.parameters.is_empty() => self.value(&define.body, &Names::new()),
            _ => wrong(place, format!("unknown name `{name}`")),
        }
    }

    fn entry(&self, list: &Expr, index: &Expr, names: &Names) -> Elaborated<Value> {
        let (place, entry) = (index.place, self.index(index, names)?);
        match self.value(list, names)? {
            Value::List(items) if entry >= 1 && entry <= items.len() => Ok(items
                .into_iter()
                .nth(entry - 1)
                .unwrap_or(Value::List(Vec::new()))),
            Value::List(items) => wrong(
                place,
                format!("index {entry} is not between 1 and {}", items.len()),
            ),
            Value::Term(_) => wrong(list.place, "expected a vector before `[`"),
        }
    }
}
