//! Equations solved for an indeterminate and put into the goal. UNTRUSTED.
//!
//! With e = c(x − r), c a number: G(x) − G(r) = q·(x − r), so G is G(r) plus a multiple of e. Each equation is used once.

use super::shift::substitute;
use crate::kernel::context::{Cleared, Context};
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::poly::{Atom, Poly};
use crate::kernel::proof::{Cone, Multiple, Proof, Summand};
use crate::kernel::reduce::number;
use crate::kernel::term::{Formula, Relation, Term};
use crate::print::normal::term;
use crate::prover::hypotheses::constant;
use num_traits::{One, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// An equation solved for an indeterminate.
struct Solved {
    hypothesis: usize,
    atom: Atom,
    factor: Rational,
    value: Poly,
}

fn occurs(poly: &Poly, atom: Atom) -> bool {
    poly.terms()
        .any(|(monomial, _)| monomial.iter().any(|(there, _)| *there == atom))
}

/// The first equation, not used before, that can be solved for an indeterminate of the goal; the latest one.
fn solved(context: &Context, goal: &Poly, used: &BTreeSet<usize>) -> Option<Solved> {
    let unused = context
        .hypotheses
        .iter()
        .enumerate()
        .filter(|(index, _)| !used.contains(index));
    unused.into_iter().find_map(|(hypothesis, known)| {
        let equation = known
            .known()
            .filter(|cleared| cleared.relation == Relation::Equal)?;
        let solvable = equation.poly.terms().filter_map(|(monomial, factor)| {
            let [(atom, 1)] = monomial.as_slice() else {
                return None;
            };
            let rest = equation
                .poly
                .clone()
                .plus(Poly::monomial(monomial.clone(), -factor.clone()))
                .ok()?;
            let value = rest.scaled(&-factor.recip());
            let usable = occurs(goal, *atom) && !occurs(&value, *atom);
            usable.then(|| Solved {
                hypothesis,
                atom: *atom,
                factor: factor.clone(),
                value,
            })
        });
        solvable.max_by_key(|solved| solved.atom)
    })
}

/// (G(x) − G(r))/(x − r).
fn quotient(goal: &Poly, solved: &Solved) -> Option<Poly> {
    let mut addends = Vec::new();
    for (monomial, factor) in goal.terms() {
        let exponent = monomial
            .iter()
            .find(|(atom, _)| *atom == solved.atom)
            .map_or(0, |(_, exponent)| *exponent);
        let rest = monomial
            .iter()
            .filter(|(atom, _)| *atom != solved.atom)
            .copied()
            .collect();
        let rest = Poly::monomial(rest, factor.clone());
        for lower in 0..exponent {
            let power = Poly::atom(solved.atom)
                .power(lower)
                .ok()?
                .times(&solved.value.power(exponent - 1 - lower).ok()?);
            addends.push(rest.clone().times(&power.ok()?).ok()?);
        }
    }
    Poly::total(addends).ok()
}

/// What proves the comparison that is left.
pub type Rest<'r> = &'r dyn Fn(&Context, &mut Atoms, &Formula, &Cleared) -> Option<Proof>;

/// A proof of a comparison in polynomial form with the help of an equation; `rest` proves what is left.
pub fn prove(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Cleared,
    rest: Rest<'_>,
) -> Option<Proof> {
    with(context, atoms, goal, &mut BTreeSet::new(), rest)
}

fn with(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Cleared,
    used: &mut BTreeSet<usize>,
    go_on: Rest<'_>,
) -> Option<Proof> {
    let solved = solved(context, &goal.poly, used)?;
    used.insert(solved.hypothesis);
    let reduced = substitute(
        &goal.poly,
        &BTreeMap::from([(solved.atom, solved.value.clone())]),
    )?;
    let cofactor = quotient(&goal.poly, &solved)?.scaled(&solved.factor.recip());
    let multiple = Multiple {
        cofactor: as_term(atoms, &cofactor),
        hypothesis: solved.hypothesis,
    };
    let relation = match goal.relation {
        Relation::Less => Relation::Less,
        Relation::AtMost => Relation::AtMost,
        Relation::Equal => Relation::Equal,
        Relation::Differs => return None,
    };
    let simpler = Formula::Compare(number(0), relation, as_term(atoms, &reduced));
    let rest = Cleared {
        poly: reduced,
        relation: goal.relation,
    };
    let first = with(context, atoms, &rest, used, go_on)
        .or_else(|| go_on(context, atoms, &simpler, &rest))?;
    let place = context.hypotheses.len();
    let (summands, more) = if goal.relation == Relation::Equal {
        (
            Vec::new(),
            vec![Multiple {
                cofactor: number(1),
                hypothesis: place,
            }],
        )
    } else {
        (
            vec![Summand {
                coefficient: Rational::one(),
                hypotheses: vec![place],
                squares: Vec::new(),
            }],
            Vec::new(),
        )
    };
    let multiples = std::iter::once(multiple).chain(more).collect();
    let last = Proof::Cone(Cone {
        multiplier: Vec::new(),
        summands,
        multiples,
    });
    Some(Proof::Cut(simpler, Box::new(first), Box::new(last)))
}

fn as_term(atoms: &Atoms, poly: &Poly) -> Term {
    match constant(poly) {
        Some(value) if value.is_zero() => number(0),
        Some(value) => Term::Number(value),
        None => term(atoms, poly),
    }
}
