//! Positivity on a box by Bernstein coefficients, with subdivision. UNTRUSTED.
//!
//! With t = (x − a)/(b − x) ≥ 0, (1 + t)ⁿ G is a polynomial in t whose coefficients are the Bernstein coefficients of G
//! on [a, b] times binomials; the certificate is G (b − a)ⁿ = Σ c_k (x − a)^k (b − x)^(n−k).

use super::evidence::{products, single};
use crate::kernel::context::{Cleared, Context};
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::poly::{Atom, Poly};
use crate::kernel::proof::Proof;
use crate::kernel::term::{Formula, Relation, Term};
use crate::print::normal::term;
use crate::prover::budget::spend;
use crate::prover::hypotheses::Assume;
use num_traits::{One, Signed, Zero};
use std::collections::BTreeMap;

/// Most halvings along one path.
const DEPTH: usize = 12;

/// Most leaves.
const LEAVES: usize = 400;

/// Most Bernstein coefficients.
const COEFFICIENTS: usize = 400;

/// An indeterminate between numbers, and the hypotheses that say so.
#[derive(Clone, Debug)]
struct Side {
    atom: Atom,
    degree: u32,
    lower: (Rational, usize, bool, Rational),
    upper: (Rational, usize, bool, Rational),
}

/// The best numeric bounds of each indeterminate of the goal. Each is a value, a hypothesis, its strictness and its slope.
fn sides(context: &Context, goal: &Poly) -> Option<Vec<Side>> {
    let mut degrees: BTreeMap<Atom, u32> = BTreeMap::new();
    for (monomial, _) in goal.terms() {
        for (atom, exponent) in monomial {
            let degree = degrees.entry(*atom).or_insert(0);
            *degree = (*degree).max(*exponent);
        }
    }
    let mut found = Vec::new();
    for (atom, degree) in degrees {
        let (mut lower, mut upper) = (None, None);
        for (index, hypothesis) in context.hypotheses.iter().enumerate() {
            let Some((strict, constant, slope)) = bound(hypothesis.known(), atom) else {
                continue;
            };
            let value = -constant / &slope;
            let side: &mut Option<(Rational, usize, bool, Rational)> = if slope.is_positive() {
                &mut lower
            } else {
                &mut upper
            };
            let better = side.as_ref().is_none_or(|(there, _, there_strict, _)| {
                let gain = if slope.is_positive() {
                    &value - there
                } else {
                    there - &value
                };
                gain.is_positive() || (gain.is_zero() && strict && !there_strict)
            });
            if better {
                *side = Some((value, index, strict, slope));
            }
        }
        let (lower, upper) = (lower?, upper?);
        if lower.0 >= upper.0 {
            return None;
        }
        found.push(Side {
            atom,
            degree,
            lower,
            upper,
        });
    }
    Some(found)
}

/// A hypothesis slope·x + constant > 0 or ≥ 0.
fn bound(cleared: Option<&Cleared>, atom: Atom) -> Option<(bool, Rational, Rational)> {
    let cleared = cleared?;
    let strict = match cleared.relation {
        Relation::Less => true,
        Relation::AtMost => false,
        Relation::Equal | Relation::Differs => return None,
    };
    let (mut constant, mut slope) = (Rational::zero(), Rational::zero());
    for (monomial, value) in cleared.poly.terms() {
        match monomial.as_slice() {
            [] => constant = value.clone(),
            [(there, 1)] if *there == atom => slope = value.clone(),
            _ => return None,
        }
    }
    (!slope.is_zero()).then_some((strict, constant, slope))
}

/// G with x = (a + b t)/(1 + t), times (1 + t)ⁿ, for every indeterminate.
fn transformed(goal: &Poly, sides: &[Side]) -> Option<Poly> {
    let mut current = goal.clone();
    for side in sides {
        let t = Poly::atom(side.atom);
        let above = Poly::constant(side.lower.0.clone())
            .plus(t.scaled(&side.upper.0))
            .ok()?;
        let below = Poly::constant(Rational::one()).plus(t).ok()?;
        let mut next = Vec::new();
        for (monomial, value) in current.terms() {
            let exponent = monomial
                .iter()
                .find(|(atom, _)| *atom == side.atom)
                .map_or(0, |(_, exponent)| *exponent);
            let rest = monomial
                .iter()
                .filter(|(atom, _)| *atom != side.atom)
                .copied()
                .collect();
            let change = above
                .power(exponent)
                .ok()?
                .times(&below.power(side.degree - exponent).ok()?)
                .ok()?;
            next.push(Poly::monomial(rest, value.clone()).times(&change).ok()?);
        }
        current = Poly::total(next).ok()?;
    }
    Some(current)
}

fn leaf(goal: &Cleared, sides: &[Side]) -> Option<Proof> {
    let poly = transformed(&goal.poly, sides)?;
    let mut positive = false;
    let mut summands = Vec::new();
    let width =
        |side: &Side| (&side.upper.0 - &side.lower.0).pow(i32::try_from(side.degree).unwrap_or(0));
    let scale: Rational = sides
        .iter()
        .map(width)
        .fold(Rational::one(), |product, factor| product * factor);
    for (monomial, value) in poly.terms() {
        if value.is_negative() {
            return None;
        }
        let (mut coefficient, mut factors, mut strict) = (value / &scale, Vec::new(), true);
        for side in sides {
            let k = monomial
                .iter()
                .find(|(atom, _)| *atom == side.atom)
                .map_or(0, |(_, exponent)| *exponent);
            for (bound, count) in [(&side.lower, k), (&side.upper, side.degree - k)] {
                let (_, index, bound_strict, slope) = bound;
                factors.extend((0..count).map(|_| *index));
                strict = strict && (count == 0 || *bound_strict);
                coefficient /= slope.abs().pow(i32::try_from(count).ok()?);
            }
        }
        positive = positive || strict;
        summands.push((coefficient, factors));
    }
    (goal.relation != Relation::Less || positive).then(|| products(summands))
}

/// A proof of a comparison in polynomial form whose indeterminates lie between numbers.
pub fn prove(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Formula,
    cleared: &Cleared,
) -> Option<Proof> {
    let sides = sides(context, &cleared.poly)?;
    let coefficients = sides
        .iter()
        .map(|side| usize::try_from(side.degree).unwrap_or(0) + 1);
    if sides.is_empty() || coefficients.fold(1_usize, usize::saturating_mul) > COEFFICIENTS {
        return None;
    }
    let mut leaves = LEAVES;
    subdivide(context, atoms, goal, cleared, DEPTH, &mut leaves)
}

#[allow(
    clippy::only_used_in_recursion,
    reason = "the goal belongs to the position"
)]
fn subdivide(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Formula,
    cleared: &Cleared,
    depth: usize,
    leaves: &mut usize,
) -> Option<Proof> {
    spend(
        context
            .hypotheses
            .len()
            .saturating_add(cleared.poly.terms().count()),
    )?;
    let sides = sides(context, &cleared.poly)?;
    if let Some(proof) = leaf(cleared, &sides) {
        return Some(proof);
    }
    *leaves = leaves.checked_sub(1)?;
    let widest = sides.iter().max_by(|left, right| {
        let width = |side: &Side| &side.upper.0 - &side.lower.0;
        width(left).cmp(&width(right))
    })?;
    let depth = depth.checked_sub(1)?;
    let middle = (&widest.lower.0 + &widest.upper.0) / Rational::from_integer(2.into());
    let unknown = term(atoms, &Poly::atom(widest.atom));
    halves(context, atoms, unknown, middle, |context, atoms| {
        subdivide(context, atoms, goal, cleared, depth, leaves)
    })
}

/// A proof for each side of a number.
pub(super) fn halves(
    context: &Context,
    atoms: &mut Atoms,
    unknown: Term,
    middle: Rational,
    mut half: impl FnMut(&Context, &mut Atoms) -> Option<Proof>,
) -> Option<Proof> {
    let comparison = Formula::Compare(single(unknown), Relation::AtMost, Term::Number(middle));
    let mut proofs = Vec::new();
    for side in [comparison.clone(), comparison.negation()] {
        let mut inner = context.clone();
        inner.assume(side, atoms);
        proofs.push(half(&inner, atoms)?);
    }
    let (second, first) = (proofs.pop()?, proofs.pop()?);
    Some(Proof::Split(comparison, Box::new(first), Box::new(second)))
}
