//! What the methods share: evidence of simple shape, and signs as comparisons. UNTRUSTED.

use crate::kernel::cone;
use crate::kernel::context::Context;
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::proof::{Cone, Proof, Summand};
use crate::kernel::reduce::number;
use crate::kernel::term::{Formula, Relation, Term};

/// A cone proof without squares: products of hypotheses with coefficients.
#[must_use]
pub(in crate::prover) fn products(summands: Vec<(Rational, Vec<usize>)>) -> Proof {
    let summand = |(coefficient, hypotheses)| Summand {
        coefficient,
        hypotheses,
        squares: Vec::new(),
    };
    Proof::Cone(Cone {
        summands: summands.into_iter().map(summand).collect(),
        ..Cone::default()
    })
}

/// Whether the kernel accepts a cone proof of the goal here.
pub(super) fn accepted(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Formula,
    proof: &Proof,
) -> bool {
    match proof {
        Proof::Cone(evidence) => cone::check(context, atoms, goal, evidence).is_ok(),
        _ => false,
    }
}

/// The comparison 0 < `divisor`.
pub(super) fn positive(divisor: Term) -> Formula {
    Formula::Compare(number(0), Relation::Less, divisor)
}

/// The one term of a sum and product of one.
#[must_use]
pub(super) fn single(term: Term) -> Term {
    match term {
        Term::Sum(mut items) | Term::Product(mut items) if items.len() == 1 => {
            single(items.remove(0))
        }
        other => other,
    }
}
