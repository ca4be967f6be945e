//! Kernel formulas. Untrusted.

use super::vectors::flatten;
use super::{Elaborated, Library, Names, within_budget, wrong};
use crate::kernel::term::{Formula, Name, Relation};
use crate::ledger::predicates::is_predicate;
use crate::ledger::syntax::{Expr, Fold, Kind};

impl Library {
    pub(super) fn is_formula(&self, expr: &Expr) -> bool {
        match &expr.kind {
            Kind::Chain(..)
            | Kind::Not(_)
            | Kind::And(_)
            | Kind::Or(_)
            | Kind::Implies(..)
            | Kind::Iff(..)
            | Kind::Quantified(..)
            | Kind::Range(Fold::Every | Fold::Some, ..) => true,
            Kind::Call(name, _) => {
                self.defined
                    .get(name)
                    .is_some_and(|defined| defined.formula)
                    || self
                        .macros
                        .get(name)
                        .is_some_and(|define| self.is_formula(&define.body))
                    || is_predicate(name)
            }
            Kind::Number(_)
            | Kind::Name(_)
            | Kind::Text(_)
            | Kind::List(_)
            | Kind::Entry(..)
            | Kind::Binary(..)
            | Kind::Negative(_)
            | Kind::Range(..) => false,
        }
    }

    /// A kernel formula.
    ///
    /// # Errors
    /// [`SyntaxError`](crate::ledger::lexer::SyntaxError) where the expression is wrong or no formula.
    pub fn formula(&self, expr: &Expr, names: &Names) -> Elaborated<Formula> {
        let all = |items: &[Expr]| {
            items
                .iter()
                .map(|item| self.formula(item, names))
                .collect::<Result<Vec<_>, _>>()
        };
        let boxed = |expr: &Expr| self.formula(expr, names).map(Box::new);
        within_budget(expr.place)?;
        Ok(match &expr.kind {
            Kind::Not(inner) => self.formula(inner, names)?.negation(),
            Kind::And(items) => Formula::And(all(items)?),
            Kind::Or(items) => Formula::Or(all(items)?),
            Kind::Implies(premise, conclusion) => {
                Formula::Implies(boxed(premise)?, boxed(conclusion)?)
            }
            Kind::Iff(left, right) => Formula::And(vec![
                Formula::Implies(boxed(left)?, boxed(right)?),
                Formula::Implies(boxed(right)?, boxed(left)?),
            ]),
            Kind::Quantified(all, binders, body) => {
                let (variables, inner, _) = self.bind(binders, names)?;
                let body = Box::new(self.formula(body, &inner)?);
                if *all {
                    Formula::Forall(variables, body)
                } else {
                    Formula::Exists(variables, body)
                }
            }
            Kind::Range(fold @ (Fold::Every | Fold::Some), index, from, to, body) => {
                let items =
                    self.range(index, from, to, names, |inner| self.formula(body, inner))?;
                if *fold == Fold::Every {
                    Formula::And(items)
                } else {
                    Formula::Or(items)
                }
            }
            Kind::Chain(first, rest) => return self.chain(first, rest, names),
            Kind::Call(name, arguments) => {
                if let Some(define) = self.macros.get(name) {
                    return self.formula(
                        &define.body,
                        &self.macro_names(define, arguments, expr.place, names)?,
                    );
                }
                if is_predicate(name) {
                    return self.predicate(arguments, expr.place);
                }
                self.callee(name, arguments, expr.place, names, true)?;
                let mut terms = Vec::new();
                for (_, argument) in arguments {
                    flatten(self.value(argument, names)?, &mut terms);
                }
                Formula::Call(Name::from(name.as_str()), terms)
            }
            _ => return wrong(expr.place, "expected a formula"),
        })
    }

    fn chain(
        &self,
        first: &Expr,
        rest: &[(Relation, bool, Expr)],
        names: &Names,
    ) -> Elaborated<Formula> {
        if let (Kind::Call(name, arguments), [(relation, false, right)]) = (&first.kind, rest)
            && let Some(formula) = self.counted(name, arguments, *relation, right, names)?
        {
            return Ok(formula);
        }
        let mut formulas = Vec::new();
        let mut left = self.term(first, names)?;
        for (relation, swapped, right) in rest {
            let right = self.term(right, names)?;
            let (smaller, larger) = if *swapped {
                (right.clone(), left)
            } else {
                (left, right.clone())
            };
            formulas.push(Formula::Compare(smaller, *relation, larger));
            left = right;
        }
        Ok(if formulas.len() == 1 {
            formulas.remove(0)
        } else {
            Formula::And(formulas)
        })
    }
}
