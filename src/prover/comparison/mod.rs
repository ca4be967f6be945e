//! Comparisons without a script: divisors' signs, then one method after another. UNTRUSTED.

pub mod bernstein;
pub mod differing;
pub mod eliminate;
mod evidence;
pub(super) mod growing;
pub mod linear;
pub mod nonlinear;
mod positivstellensatz;
pub mod shift;
pub mod squares;
pub mod subdivide;

use super::budget::spend;
use super::hypotheses::{Assume, constant};
use crate::kernel::context::{Cleared, Context};
use crate::kernel::facts;
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::poly::{Atom, Poly};
use crate::kernel::proof::{Cone, Multiple, Proof, Summand};
use crate::kernel::reduce::number;
use crate::kernel::rejection::{DivisorFault, Rejection};
use crate::kernel::term::{Formula, Function, Relation, Term};
use crate::print::normal::{divisor, term};
pub(super) use evidence::products;
use evidence::{positive, single};
use growing::Growing;
use num_traits::{One, Signed, Zero};
use std::collections::BTreeSet;

/// How often a divisor's sign may need another's.
const DEPTH: usize = 4;

/// What proves a comparison once the divisors' signs are known.
type Method<'m> = &'m dyn Fn(&Context, &mut Atoms, &Formula, &Cleared) -> Option<Proof>;

/// A proof of a comparison, if one of the methods finds it.
pub fn prove(context: &Context, atoms: &mut Atoms, goal: &Formula) -> Option<Proof> {
    let direct = comparison(context, atoms, goal, DEPTH);
    direct.or_else(|| {
        again(context, atoms, &|_| true, &|inner, atoms| {
            comparison(inner, atoms, goal, DEPTH)
        })
    })
}

/// A proof of a comparison by one method that uses certain hypotheses, after the signs of divisors.
pub fn prove_by(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Formula,
    used: &[usize],
    method: Method<'_>,
) -> Option<Proof> {
    let next = |inner: &Context, atoms: &mut Atoms| settled(inner, atoms, goal, DEPTH, method);
    next(context, atoms).or_else(|| again(context, atoms, &|index| used.contains(&index), &next))
}

/// The next proof in a context that holds hypotheses again, after the signs of their divisors; `None` if none comes in.
fn again(
    context: &Context,
    atoms: &mut Atoms,
    wanted: &dyn Fn(usize) -> bool,
    next: &dyn Fn(&Context, &mut Atoms) -> Option<Proof>,
) -> Option<Proof> {
    let mut growing = Growing::new(context);
    let settle = |inner: &Context, atoms: &mut Atoms, sign: &Formula| {
        comparison(inner, atoms, sign, DEPTH - 1)
    };
    let any = growing.again(atoms, wanted, &settle);
    let proof = if any {
        next(&growing.context, atoms)?
    } else {
        return None;
    };
    Some(growing.close(proof))
}

fn comparison(context: &Context, atoms: &mut Atoms, goal: &Formula, depth: usize) -> Option<Proof> {
    let Formula::Compare(left, relation, right) = goal else {
        return None;
    };
    spend(context.hypotheses.len())?;
    if let Some(index) = context
        .hypotheses
        .iter()
        .position(|hypothesis| hypothesis.formula == *goal)
    {
        return Some(Proof::Hypothesis(index));
    }
    if *relation == Relation::Differs {
        return differs(context, atoms, left, right, depth);
    }
    settled(context, atoms, goal, depth, &with_exponentials)
}

fn settled(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Formula,
    depth: usize,
    method: Method<'_>,
) -> Option<Proof> {
    let Formula::Compare(..) = goal else {
        return None;
    };
    match context.clear(goal, atoms) {
        Ok(cleared) => method(context, atoms, goal, &cleared),
        Err(Rejection::Divisor(DivisorFault::MayVanish, reciprocal)) if depth > 0 => {
            let divisor = divisor(atoms, reciprocal);
            let differs = Formula::Compare(divisor.clone(), Relation::Differs, number(0));
            let signs = [positive(divisor.clone()), negative(divisor), differs];
            with_sign(context, atoms, goal, &signs, depth, method)
        }
        Err(Rejection::Divisor(_, reciprocal)) if depth > 0 => {
            let divisor = divisor(atoms, reciprocal);
            let signs = [positive(divisor.clone()), negative(divisor)];
            with_sign(context, atoms, goal, &signs, depth, method)
        }
        Err(_) => subdivide::prove(context, goal),
    }
}

fn negative(divisor: Term) -> Formula {
    Formula::Compare(divisor, Relation::Less, number(0))
}

/// Proves one of the signs, the first that it can, then the goal with it and with the hypotheses that it settles.
fn with_sign(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Formula,
    signs: &[Formula],
    depth: usize,
    method: Method<'_>,
) -> Option<Proof> {
    let known = |sign: &&Formula| {
        context
            .hypotheses
            .iter()
            .any(|hypothesis| hypothesis.formula == **sign)
    };
    let mut unknown = signs.iter().filter(|sign| !known(sign));
    let (sign, first) = unknown
        .find_map(|sign| Some((sign.clone(), comparison(context, atoms, sign, depth - 1)?)))?;
    let mut growing = Growing::new(context);
    growing.cut(sign, first, atoms);
    growing.again(atoms, &|_| true, &|_, _, _| None);
    let proof = settled(&growing.context, atoms, goal, depth, method)?;
    Some(growing.close(proof))
}

/// left ≠ right, from left < right or right < left.
fn differs(
    context: &Context,
    atoms: &mut Atoms,
    left: &Term,
    right: &Term,
    depth: usize,
) -> Option<Proof> {
    for (smaller, larger, cofactor) in [(left, right, -1), (right, left, 1)] {
        let order = Formula::Compare(smaller.clone(), Relation::Less, larger.clone());
        let Some(first) = comparison(context, atoms, &order, depth) else {
            continue;
        };
        let place = context.hypotheses.len();
        let contradiction = Proof::Cone(Cone {
            multiplier: Vec::new(),
            summands: vec![Summand {
                coefficient: Rational::one(),
                hypotheses: vec![place],
                squares: Vec::new(),
            }],
            multiples: vec![Multiple {
                cofactor: number(cofactor),
                hypothesis: place + 1,
            }],
        });
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

/// The coefficient of the last monomial in order, 0 for the zero polynomial.
fn leading(poly: &Poly) -> Rational {
    poly.terms()
        .next_back()
        .map_or_else(Rational::zero, |(_, value)| value)
}

/// A hypothesis that says the same in other words, up to a positive factor.
fn from_one(context: &Context, goal: &Cleared) -> Option<Proof> {
    let leading = leading(&goal.poly);
    if leading.is_zero() {
        return None;
    }
    context
        .hypotheses
        .iter()
        .enumerate()
        .find_map(|(index, hypothesis)| {
            let there = hypothesis.known()?;
            if there.poly.is_zero() || there.poly.terms().count() != goal.poly.terms().count() {
                return None;
            }
            let factor = &leading / self::leading(&there.poly);
            let strong = there.relation == Relation::Less
                || (there.relation == Relation::AtMost && goal.relation == Relation::AtMost);
            let same = strong && factor.is_positive() && there.poly.scaled(&factor) == goal.poly;
            same.then(|| products(vec![(factor, vec![index])]))
        })
}

/// The law that exponentials are positive.
const EXP_POSITIVE: &str = "exp_positive";

/// The methods, after the laws that the exponentials in the goal are positive.
fn with_exponentials(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Formula,
    cleared: &Cleared,
) -> Option<Proof> {
    let mut inner = context.clone();
    let mut laws = Vec::new();
    let indeterminates: BTreeSet<Atom> = cleared
        .poly
        .terms()
        .flat_map(|(monomial, _)| monomial.iter().map(|(atom, _)| *atom))
        .collect();
    for atom in indeterminates
        .into_iter()
        .filter(|_| cleared.relation != Relation::Equal)
    {
        let Term::Apply(Function::Exp, arguments) = single(term(atoms, &Poly::atom(atom))) else {
            continue;
        };
        if let Ok(law) = facts::instance(&EXP_POSITIVE.into(), &arguments)
            && !context.hypotheses.iter().any(|there| there.formula == law)
        {
            inner.assume(law, atoms);
            laws.push(arguments);
        }
    }
    let proof = by_methods(&inner, atoms, goal, cleared)?;
    let with = |proof, arguments| Proof::Law(EXP_POSITIVE.into(), arguments, Box::new(proof));
    Some(laws.into_iter().rev().fold(proof, with))
}

fn by_methods(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Formula,
    cleared: &Cleared,
) -> Option<Proof> {
    from_one(context, cleared)
        .or_else(|| eliminate::prove(context, atoms, cleared, &reduced))
        .or_else(|| reduced(context, atoms, goal, cleared))
}

/// A proof without solving equations.
fn reduced(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Formula,
    cleared: &Cleared,
) -> Option<Proof> {
    if let Some(value) = constant(&cleared.poly) {
        let proof = match cleared.relation {
            Relation::Less if value.is_positive() => products(vec![(value, Vec::new())]),
            Relation::AtMost if !value.is_negative() => products(vec![(value, Vec::new())]),
            Relation::Equal if cleared.poly.is_zero() => products(Vec::new()),
            _ => return linear::prove(context, atoms, goal, cleared),
        };
        return Some(proof);
    }
    if cleared.relation == Relation::Equal {
        return linear::prove(context, atoms, goal, cleared);
    }
    squares::prove(atoms, cleared)
        .or_else(|| shift::prove(context, atoms, cleared))
        .or_else(|| bernstein::prove(context, atoms, goal, cleared))
        .or_else(|| linear::prove(context, atoms, goal, cleared))
        .or_else(|| differing::prove(context, atoms, goal))
        .or_else(|| subdivide::prove(context, goal))
}
