//! Putting a number for an index in expressions and proof steps, for loops in scripts. Untrusted.

use super::syntax::{Binder, Expr, Kind, Step, StepKind};
use crate::kernel::number::Rational;

fn boxed(expr: &Expr, index: &str, value: usize) -> Box<Expr> {
    Box::new(expr.replace(index, value))
}

/// Whether a call binds the index in its first argument: `at(f, i = a)`.
fn binds(name: &str, arguments: &[(Option<String>, Expr)], index: &str) -> bool {
    let named = |(label, _): &(Option<String>, Expr)| label.as_deref() == Some(index);
    name == "at" && arguments.iter().any(named)
}

fn all(exprs: &[Expr], index: &str, value: usize) -> Vec<Expr> {
    exprs
        .iter()
        .map(|expr| expr.replace(index, value))
        .collect()
}

fn steps(steps: &[Step], index: &str, value: usize) -> Vec<Step> {
    steps
        .iter()
        .map(|step| step.replace(index, value))
        .collect()
}

impl Expr {
    /// The expression with a number for an index, except where the index is bound again.
    #[must_use]
    pub fn replace(&self, index: &str, value: usize) -> Self {
        let kind = match &self.kind {
            Kind::Name(name) if name == index => Kind::Number(Rational::from_integer(value.into())),
            Kind::Number(_) | Kind::Name(_) | Kind::Text(_) => self.kind.clone(),
            Kind::List(items) => Kind::List(all(items, index, value)),
            Kind::And(items) => Kind::And(all(items, index, value)),
            Kind::Or(items) => Kind::Or(all(items, index, value)),
            Kind::Entry(list, entry) => {
                Kind::Entry(boxed(list, index, value), boxed(entry, index, value))
            }
            Kind::Call(name, arguments) => {
                let bound = binds(name, arguments, index);
                let arguments = arguments.iter().enumerate();
                let arguments = arguments.map(|(place, (label, argument))| {
                    let argument = if bound && place == 0 {
                        argument.clone()
                    } else {
                        argument.replace(index, value)
                    };
                    (label.clone(), argument)
                });
                Kind::Call(name.clone(), arguments.collect())
            }
            Kind::Binary(operation, left, right) => Kind::Binary(
                *operation,
                boxed(left, index, value),
                boxed(right, index, value),
            ),
            Kind::Negative(inner) => Kind::Negative(boxed(inner, index, value)),
            Kind::Not(inner) => Kind::Not(boxed(inner, index, value)),
            Kind::Range(fold, bound, from, to, body) => {
                let body = if bound == index {
                    body.clone()
                } else {
                    boxed(body, index, value)
                };
                Kind::Range(
                    *fold,
                    bound.clone(),
                    boxed(from, index, value),
                    boxed(to, index, value),
                    body,
                )
            }
            Kind::Chain(first, rest) => {
                let rest = rest.iter().map(|(relation, swapped, right)| {
                    (*relation, *swapped, right.replace(index, value))
                });
                Kind::Chain(boxed(first, index, value), rest.collect())
            }
            Kind::Implies(left, right) => {
                Kind::Implies(boxed(left, index, value), boxed(right, index, value))
            }
            Kind::Iff(left, right) => {
                Kind::Iff(boxed(left, index, value), boxed(right, index, value))
            }
            Kind::Quantified(universal, binders, body) => {
                let body = if binders.iter().any(|binder| binder.name == index) {
                    body.clone()
                } else {
                    boxed(body, index, value)
                };
                let sized = |binder: &Binder| Binder {
                    size: binder.size.as_ref().map(|size| size.replace(index, value)),
                    ..binder.clone()
                };
                Kind::Quantified(*universal, binders.iter().map(sized).collect(), body)
            }
        };
        Self {
            place: self.place,
            kind,
        }
    }
}

impl Step {
    /// The step with a number for an index; a name that it gives becomes `name[number]`.
    #[must_use]
    pub fn replace(&self, index: &str, value: usize) -> Self {
        let label =
            |label: &Option<String>| label.as_ref().map(|label| format!("{label}[{value}]"));
        let one = |expr: &Expr| expr.replace(index, value);
        let many = |exprs: &[Expr]| all(exprs, index, value);
        let block = |block: &[Step]| steps(block, index, value);
        let kind = match &self.kind {
            StepKind::Have(name, formula, by) => {
                StepKind::Have(label(name), one(formula), block(by))
            }
            StepKind::Witness(terms) => StepKind::Witness(many(terms)),
            StepKind::Split(formula, first, second) => {
                StepKind::Split(one(formula), block(first), block(second))
            }
            StepKind::Cases(name, blocks) => {
                StepKind::Cases(one(name), blocks.iter().map(|b| block(b)).collect())
            }
            StepKind::Use(name, terms, as_name) => {
                StepKind::Use(one(name), many(terms), label(as_name))
            }
            StepKind::Lemma(id, terms, as_name) => {
                StepKind::Lemma(id.clone(), many(terms), label(as_name))
            }
            StepKind::Law(law, terms, as_name) => {
                StepKind::Law(law.clone(), many(terms), label(as_name))
            }
            StepKind::Calculus(theorem, terms, as_name) => {
                StepKind::Calculus(theorem.clone(), many(terms), label(as_name))
            }
            StepKind::Obtain(name, variables) => StepKind::Obtain(one(name), variables.clone()),
            StepKind::For(bound, from, to, body) => {
                let body = if bound == index {
                    body.clone()
                } else {
                    block(body)
                };
                StepKind::For(bound.clone(), one(from), one(to), body)
            }
            StepKind::Each(blocks) => StepKind::Each(blocks.iter().map(|b| block(b)).collect()),
            StepKind::Choose(number) => StepKind::Choose(one(number)),
            StepKind::Linear(hints, multiplier) => {
                StepKind::Linear(many(hints), multiplier.as_ref().map(one))
            }
            StepKind::Interval(numbers) => StepKind::Interval(many(numbers)),
            StepKind::Assume(name) => StepKind::Assume(format!("{name}[{value}]")),
            StepKind::Absurd | StepKind::Auto => self.kind.clone(),
        };
        Self {
            place: self.place,
            kind,
        }
    }
}
