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
pub(super) struct Solved {
    pub(super) hypothesis: usize,
    pub(super) atom: Atom,
    pub(super) factor: Rational,
    pub(super) value: Poly,
}

/// The equation solved for each indeterminate that only one of its monomials has, alone.
pub(super) fn solutions(hypothesis: usize, equation: &Poly) -> impl Iterator<Item = Solved> {
    equation.terms().filter_map(move |(monomial, factor)| {
        let [(atom, 1)] = monomial.as_slice() else {
            return None;
        };
        let rest = equation
            .clone()
            .plus(Poly::monomial(monomial.clone(), -factor.clone()))
            .ok()?;
        let value = rest.scaled(&-factor.recip());
        (!occurs(&value, *atom)).then_some(Solved {
            hypothesis,
            atom: *atom,
            factor,
            value,
        })
    })
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
        let solvable =
            solutions(hypothesis, &equation.poly).filter(|solved| occurs(goal, solved.atom));
        solvable.max_by_key(|solved| solved.atom)
    })
}

/// (G(x) − G(r))/(x − r).
pub(super) fn quotient(goal: &Poly, solved: &Solved) -> Option<Poly> {
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

/// Multiples of equations that add up to a polynomial, each equation solved and put in once.
pub(super) fn combination(context: &Context, atoms: &Atoms, poly: &Poly) -> Option<Vec<Multiple>> {
    let (mut rest, mut used, mut multiples) = (poly.clone(), BTreeSet::new(), Vec::new());
    while !rest.is_zero() {
        let solved = solved(context, &rest, &used)?;
        used.insert(solved.hypothesis);
        let cofactor = quotient(&rest, &solved)?.scaled(&solved.factor.recip());
        multiples.push(Multiple {
            cofactor: as_term(atoms, &cofactor),
            hypothesis: solved.hypothesis,
        });
        rest = substitute(&rest, &BTreeMap::from([(solved.atom, solved.value)]))?;
    }
    Some(multiples)
}

fn as_term(atoms: &Atoms, poly: &Poly) -> Term {
    match constant(poly) {
        Some(value) if value.is_zero() => number(0),
        Some(value) => Term::Number(value),
        None => term(atoms, poly),
    }
}
