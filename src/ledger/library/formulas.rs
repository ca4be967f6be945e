//! Kernel formulas. Untrusted.

use super::calls::inside;
use super::depth::deeper;
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
                let defined = self.defined.get(name);
                defined.is_some_and(|defined| defined.formula) || is_predicate(name)
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
        within_budget(expr.place)?;
        deeper(expr.place, || self.shallow_formula(expr, names))
    }

    fn shallow_formula(&self, expr: &Expr, names: &Names) -> Elaborated<Formula> {
        let all = |items: &[Expr]| {
            items
                .iter()
                .map(|item| self.formula(item, names))
                .collect::<Result<Vec<_>, _>>()
        };
        let boxed = |expr: &Expr| self.formula(expr, names).map(Box::new);
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
                let bounds = (index.as_str(), from.as_ref(), to.as_ref());
                let formula = |inner: &Names| self.formula(body, inner);
                let items = self.range(bounds, expr.place, names, formula)?;
                if *fold == Fold::Every {
                    Formula::And(items)
                } else {
                    Formula::Or(items)
                }
            }
            Kind::Chain(first, rest) => return self.chain(first, rest, names),
            Kind::Call(name, arguments) => {
                if is_predicate(name) {
                    return self.predicate(name, arguments, expr.place);
                }
                let defined = self.callee(name, expr.place, true)?;
                if let Some(body) = &defined.body {
                    let inner = self.put(name, defined, arguments, expr.place, names)?;
                    return inside(name, expr.place, self.formula(body, &inner));
                }
                let terms = self.terms(name, defined, arguments, expr.place, names)?;
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
