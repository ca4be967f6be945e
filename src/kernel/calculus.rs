//! Theorems of calculus about a term f as a function of one variable x. Part of the trusted kernel.

use super::Relation::{AtMost, Equal, Less};
use super::{Checked, Formula, Function, Name, Rejection, Relation, Term, number, spend, words};

words! {
    /// A theorem about f between two numbers a and b.
    Theorem {
        /// Equal arguments have equal values.
        "congruence" Congruence,
        /// A derivative that is nowhere negative: f does not decrease.
        "monotone" Monotone,
        /// A positive derivative: f increases.
        "increasing" Increasing,
        /// A continuous function takes the value 0 where its sign changes.
        "zero" Zero,
    }
}

fn compare(left: &Term, relation: Relation, right: &Term) -> Formula {
    Formula::Compare(left.clone(), relation, right.clone())
}

fn implies(premises: Vec<Formula>, conclusion: Formula) -> Formula {
    Formula::Implies(Box::new(Formula::And(premises)), Box::new(conclusion))
}

/// A theorem about a reduced term, for x in neither a nor b; f(a), f(b) and f' are yet to be carried out.
///
/// ```text
/// congruence   a = b                                                         ⟹ f(a) = f(b)
/// monotone     a ≤ b, ∀x ∈ [a,b]. C(x), ∀x ∈ (a,b). 0 ≤ f'(x) ∧ D(x)         ⟹ f(a) ≤ f(b)
/// increasing   a < b, ∀x ∈ [a,b]. C(x), ∀x ∈ (a,b). 0 < f'(x) ∧ D(x)         ⟹ f(a) < f(b)
/// zero         a ≤ b, ∀x ∈ [a,b]. C(x), f(a) ≤ 0, 0 ≤ f(b)                   ⟹ ∃x. a ≤ x ≤ b ∧ f(x) = 0
/// ```
/// C: no divisor in f vanishes, arguments of `log` are positive, those of `sqrt` not negative; so f is continuous. D: those
/// of `sqrt` are positive too; so f' is the derivative. A term with `abs`, `min` or `max` of x has none. These are the mean
/// value theorem and the intermediate value theorem.
///
/// # Errors
/// [`super::TooLarge`].
pub fn instance(theorem: Theorem, f: &Term, x: &Name, [a, b]: [&Term; 2]) -> Checked<Formula> {
    let sizes = [f, a, b].map(Term::size).into_iter();
    spend(sizes.fold(0, usize::saturating_add).saturating_mul(8))?;
    let (zero, variable) = (&number(0), &Term::Variable(x.clone()));
    let at = |t: &Term| Term::At(Box::new(f.clone()), vec![(x.clone(), t.clone())]);
    let between = |relation| {
        vec![
            compare(a, relation, variable),
            compare(variable, relation, b),
        ]
    };
    let everywhere = |relation, more: Option<Formula>| {
        let mut what = Vec::from_iter(more);
        conditions(f, relation, &mut what)?;
        let inside = implies(between(relation), Formula::And(what));
        Ok::<_, Rejection>(Formula::Forall(vec![x.clone()], Box::new(inside)))
    };
    let grows = |relation| {
        let slope = compare(
            zero,
            relation,
            &Term::Derivative(Box::new(f.clone()), x.clone()),
        );
        let inside = everywhere(Less, Some(slope))?;
        let premises = vec![compare(a, relation, b), everywhere(AtMost, None)?, inside];
        Ok(implies(premises, compare(&at(a), relation, &at(b))))
    };
    match theorem {
        Theorem::Congruence => {
            let premise = vec![compare(a, Equal, b)];
            Ok(implies(premise, compare(&at(a), Equal, &at(b))))
        }
        Theorem::Monotone => grows(AtMost),
        Theorem::Increasing => grows(Less),
        Theorem::Zero => {
            let mut there = between(AtMost);
            there.push(compare(f, Equal, zero));
            let there = Formula::Exists(vec![x.clone()], Box::new(Formula::And(there)));
            let mut premises = vec![compare(a, AtMost, b), everywhere(AtMost, None)?];
            premises.push(compare(&at(a), AtMost, zero));
            premises.push(compare(zero, AtMost, &at(b)));
            Ok(implies(premises, there))
        }
    }
}

/// Collects C for ≤, D for <.
fn conditions(term: &Term, relation: Relation, into: &mut Vec<Formula>) -> Checked {
    spend(term.size())?;
    into.extend(match term {
        Term::Quotient(_, below) => Some(compare(below, Relation::Differs, &number(0))),
        Term::Apply(function @ (Function::Log | Function::Sqrt), arguments) => {
            let relation = if *function == Function::Log {
                Less
            } else {
                relation
            };
            arguments
                .first()
                .map(|argument| compare(&number(0), relation, argument))
        }
        _ => None,
    });
    let mut parts = Vec::new();
    term.each(|part| parts.push(conditions(part, relation, into)));
    parts.into_iter().collect()
}
