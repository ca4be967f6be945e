//! The laws of exp, log, sqrt, abs, min and max that a proof may use. Part of the trusted kernel.
//!
//! Nothing else is assumed about these functions, but for exp(s + t) = exp(s) exp(t), exp(0) = 1 and
//! tanh(t) = (exp(2t) − 1)/(exp(2t) + 1), which the normal form carries out, and the enclosures of the interval rule.

use super::proof::Law;
use super::reduce::number;
use super::term::{Formula, Function, Relation, Term};

fn compare(left: Term, relation: Relation, right: Term) -> Formula {
    Formula::Compare(left, relation, right)
}

fn implies(premise: Formula, conclusion: Formula) -> Formula {
    Formula::Implies(Box::new(premise), Box::new(conclusion))
}

fn apply(function: Function, argument: &Term) -> Term {
    Term::Apply(function, vec![argument.clone()])
}

/// `lower ≤ upper` and the value of the function is `value`.
fn chosen(lower: &Term, upper: &Term, function: Function, value: &Term) -> Formula {
    let applied = Term::Apply(function, vec![lower.clone(), upper.clone()]);
    let swapped = Term::Apply(function, vec![upper.clone(), lower.clone()]);
    Formula::And(vec![
        compare(lower.clone(), Relation::AtMost, upper.clone()),
        compare(applied, Relation::Equal, value.clone()),
        compare(swapped, Relation::Equal, value.clone()),
    ])
}

/// The instance of a law at terms; `None` for another number of terms.
///
/// ```text
/// ─────────────────────────  for all real t₁, …, tₖ
///   law(t₁, …, tₖ)
/// ```
#[must_use]
pub fn instance(law: Law, terms: &[Term]) -> Option<Formula> {
    let zero = number(0);
    Some(match (law, terms) {
        (Law::ExpPositive, [t]) => compare(zero, Relation::Less, apply(Function::Exp, t)),
        (Law::ExpTangent, [t]) => {
            compare(Term::Sum(vec![number(1), t.clone()]), Relation::AtMost, apply(Function::Exp, t))
        }
        (Law::ExpIncreasing, [s, t]) => implies(
            compare(s.clone(), Relation::Less, t.clone()),
            compare(apply(Function::Exp, s), Relation::Less, apply(Function::Exp, t)),
        ),
        (Law::ExpLog, [t]) => implies(
            compare(zero, Relation::Less, t.clone()),
            compare(apply(Function::Exp, &apply(Function::Log, t)), Relation::Equal, t.clone()),
        ),
        (Law::LogExp, [t]) => compare(apply(Function::Log, &apply(Function::Exp, t)), Relation::Equal, t.clone()),
        (Law::SqrtSquare, [t]) => {
            let root = apply(Function::Sqrt, t);
            let square = Term::Power(Box::new(root.clone()), 2);
            implies(
                compare(zero.clone(), Relation::AtMost, t.clone()),
                Formula::And(vec![compare(zero, Relation::AtMost, root), compare(square, Relation::Equal, t.clone())]),
            )
        }
        (Law::AbsCases, [t]) => {
            let value = apply(Function::Abs, t);
            let opposite = Term::Product(vec![number(-1), t.clone()]);
            Formula::Or(vec![
                Formula::And(vec![
                    compare(zero.clone(), Relation::AtMost, t.clone()),
                    compare(value.clone(), Relation::Equal, t.clone()),
                ]),
                Formula::And(vec![
                    compare(t.clone(), Relation::AtMost, zero),
                    compare(value, Relation::Equal, opposite),
                ]),
            ])
        }
        (Law::MinCases, [s, t]) => Formula::Or(vec![chosen(s, t, Function::Min, s), chosen(t, s, Function::Min, t)]),
        (Law::MaxCases, [s, t]) => Formula::Or(vec![chosen(s, t, Function::Max, t), chosen(t, s, Function::Max, s)]),
        _ => return None,
    })
}
