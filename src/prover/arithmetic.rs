//! Comparisons without a script: divisors' signs, then one method after another. UNTRUSTED.

use super::{bernstein, linear, shift, subdivide};
use crate::kernel::context::{Cleared, Context, Sign};
use crate::kernel::cone;
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::proof::{Multiple, Proof, Summand};
use crate::kernel::reduce::number;
use crate::kernel::rejection::Rejection;
use crate::kernel::term::{Formula, Relation, Term};
use num_traits::{One, Signed};

/// How often a divisor's sign may need another's.
const DEPTH: usize = 4;

/// A cone proof without squares: products of hypotheses with coefficients.
#[must_use]
pub fn products(summands: Vec<(Rational, Vec<usize>)>) -> Proof {
    let summand = |(coefficient, hypotheses)| Summand { coefficient, hypotheses, squares: Vec::new() };
    Proof::Cone {
        multiplier: Vec::new(),
        summands: summands.into_iter().map(summand).collect(),
        multiples: Vec::new(),
    }
}

/// Whether the kernel accepts a cone proof of the goal here.
pub fn accepted(context: &Context, atoms: &mut Atoms, goal: &Formula, proof: &Proof) -> bool {
    match proof {
        Proof::Cone { multiplier, summands, multiples } => {
            cone::check(context, atoms, goal, multiplier, summands, multiples).is_ok()
        }
        _ => false,
    }
}

/// What proves a comparison once the divisors' signs are known.
type Method<'m> = &'m dyn Fn(&Context, &mut Atoms, &Formula, &Cleared) -> Option<Proof>;

/// A proof of a comparison, if one of the methods finds it.
pub fn prove(context: &Context, atoms: &mut Atoms, goal: &Formula) -> Option<Proof> {
    comparison(context, atoms, goal, DEPTH)
}

fn comparison(context: &Context, atoms: &mut Atoms, goal: &Formula, depth: usize) -> Option<Proof> {
    let Formula::Compare(left, relation, right) = goal else { return None };
    if let Some(index) = context.hypotheses.iter().position(|hypothesis| hypothesis.formula == *goal) {
        return Some(Proof::Hypothesis(index));
    }
    if *relation == Relation::Differs {
        return differs(context, atoms, left, right, depth);
    }
    settled(context, atoms, goal, depth, &by_methods)
}

/// A proof of a comparison by one method, after the signs of divisors.
pub fn prove_by(context: &Context, atoms: &mut Atoms, goal: &Formula, method: Method<'_>) -> Option<Proof> {
    settled(context, atoms, goal, DEPTH, method)
}

fn settled(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Formula,
    depth: usize,
    method: Method<'_>,
) -> Option<Proof> {
    let Formula::Compare(left, relation, right) = goal else { return None };
    match context.clear(left, *relation, right, atoms) {
        Ok(cleared) => method(context, atoms, goal, &cleared),
        Err(Rejection::DivisorMayVanish(divisor)) if depth > 0 => {
            let zero = number(0);
            let signs = [
                Formula::Compare(zero.clone(), Relation::Less, divisor.clone()),
                Formula::Compare(divisor.clone(), Relation::Less, zero.clone()),
                Formula::Compare(divisor, Relation::Differs, zero),
            ];
            signs.into_iter().find_map(|sign| with(context, atoms, goal, sign, depth, method))
        }
        Err(Rejection::DivisorSign(divisor)) if depth > 0 => {
            let zero = number(0);
            let signs = [
                Formula::Compare(zero.clone(), Relation::Less, divisor.clone()),
                Formula::Compare(divisor, Relation::Less, zero),
            ];
            signs.into_iter().find_map(|sign| with(context, atoms, goal, sign, depth, method))
        }
        Err(_) => subdivide::prove(context, goal),
    }
}

/// Proves a sign first, then the goal with it. The hypotheses whose divisors it settles come in again.
fn with(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Formula,
    sign: Formula,
    depth: usize,
    method: Method<'_>,
) -> Option<Proof> {
    if context.hypotheses.iter().any(|hypothesis| hypothesis.formula == sign) {
        return None;
    }
    let first = comparison(context, atoms, &sign, depth - 1)?;
    let mut inner = context.clone();
    inner.assume(sign.clone(), atoms);
    let unsettled: Vec<(usize, Formula)> = context
        .hypotheses
        .iter()
        .enumerate()
        .filter(|(_, hypothesis)| hypothesis.cleared.is_none() && matches!(hypothesis.formula, Formula::Compare(..)))
        .map(|(index, hypothesis)| (index, hypothesis.formula.clone()))
        .collect();
    for (_, formula) in &unsettled {
        inner.assume(formula.clone(), atoms);
    }
    let mut next = settled(&inner, atoms, goal, depth, method)?;
    for (index, formula) in unsettled.into_iter().rev() {
        next = Proof::Cut(formula, Box::new(Proof::Hypothesis(index)), Box::new(next));
    }
    Some(Proof::Cut(sign, Box::new(first), Box::new(next)))
}

/// left ≠ right, from left < right or right < left.
fn differs(context: &Context, atoms: &mut Atoms, left: &Term, right: &Term, depth: usize) -> Option<Proof> {
    for (smaller, larger, cofactor) in [(left, right, -1), (right, left, 1)] {
        let order = Formula::Compare(smaller.clone(), Relation::Less, larger.clone());
        let Some(first) = comparison(context, atoms, &order, depth) else { continue };
        let place = context.hypotheses.len();
        let contradiction = Proof::Cone {
            multiplier: Vec::new(),
            summands: vec![Summand { coefficient: Rational::one(), hypotheses: vec![place], squares: Vec::new() }],
            multiples: vec![Multiple { cofactor: number(cofactor), hypothesis: place + 1 }],
        };
        let equal = Formula::Compare(left.clone(), Relation::Equal, right.clone());
        let split = Proof::Split(
            equal,
            Box::new(Proof::Absurd(Box::new(contradiction))),
            Box::new(Proof::Hypothesis(place + 1)),
        );
        return Some(Proof::Cut(order, Box::new(first), Box::new(split)));
    }
    None
}

fn by_methods(context: &Context, atoms: &mut Atoms, goal: &Formula, cleared: &Cleared) -> Option<Proof> {
    if let Some(value) = cleared.poly.as_constant() {
        let proof = match cleared.sign {
            Sign::Positive if value.is_positive() => products(vec![(value, Vec::new())]),
            Sign::Nonnegative if !value.is_negative() => products(vec![(value, Vec::new())]),
            Sign::Zero if cleared.poly.is_zero() => products(Vec::new()),
            _ => return linear::prove(context, atoms, goal, cleared),
        };
        return Some(proof);
    }
    if cleared.sign == Sign::Zero {
        return linear::prove(context, atoms, goal, cleared);
    }
    shift::prove(context, atoms, cleared)
        .or_else(|| bernstein::prove(context, atoms, goal, cleared))
        .or_else(|| linear::prove(context, atoms, goal, cleared))
        .or_else(|| subdivide::prove(context, goal))
}
