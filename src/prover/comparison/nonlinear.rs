//! Contradictions between hypotheses that are comparisons, by everything that is known of polynomials. UNTRUSTED.

use super::evidence::single;
use super::growing::Growing;
use super::positivstellensatz::{self, Fact};
use super::shift::substitute;
use super::{EXP_POSITIVE, comparison, differing, eliminate, linear};
use crate::kernel::context::{Cleared, Context, Hypothesis};
use crate::kernel::facts;
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::poly::{Atom, Poly};
use crate::kernel::proof::{Cone, Multiple, Proof, Summand};
use crate::kernel::reduce::number;
use crate::kernel::rejection::Rejection;
use crate::kernel::term::{Formula, Function, Relation, Term};
use crate::print::normal::{divisor, term};
use crate::prover::counterexample;
use crate::prover::hypotheses::{Assume, constant};
use num_traits::One;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Most hypotheses that are taken into account.
const FACTS: usize = 14;

/// How deep signs of divisors may rest on one another.
const DEPTH: usize = 2;

/// Falsehood as a comparison in polynomial form.
fn falsehood() -> Cleared {
    Cleared {
        poly: Poly::default(),
        relation: Relation::Less,
    }
}

/// A proof of falsehood that needs no search to speak of.
pub fn quick(context: &Context, atoms: &mut Atoms) -> Option<Proof> {
    let known = context
        .hypotheses
        .iter()
        .position(|there| there.formula == Formula::FALSE);
    if let Some(index) = known {
        return Some(Proof::Hypothesis(index));
    }
    let linear = |inner: &Context, atoms: &mut Atoms| {
        linear::prove(inner, atoms, &Formula::FALSE, &falsehood())
    };
    linear(context, atoms)
        .or_else(|| differing::vanishing(context, atoms))
        .or_else(|| substituted(context, atoms, &linear))
}

/// A proof of falsehood.
pub fn contradiction(context: &Context, atoms: &mut Atoms) -> Option<Proof> {
    let mut growing = Growing::new(context);
    let settle =
        |inner: &Context, atoms: &mut Atoms, sign: &Formula| comparison(inner, atoms, sign, DEPTH);
    growing.again(atoms, &|_| true, &settle);
    let inner = growing.context.clone();
    let (inner, laws) = with_exponentials(&inner, atoms);
    let (inner, squares) = differing::with_squares(&inner, atoms);
    let proof = substituted(&inner, atoms, &by_products)?;
    let cut = |rest, (formula, first): (Formula, Proof)| {
        Proof::Cut(formula, Box::new(first), Box::new(rest))
    };
    let proof = squares.into_iter().rev().fold(proof, cut);
    let with = |proof, arguments| Proof::Law(EXP_POSITIVE.into(), arguments, Box::new(proof));
    Some(growing.close(laws.into_iter().rev().fold(proof, with)))
}

/// The context where the exponentials of the hypotheses are positive, and the arguments of the laws.
fn with_exponentials(context: &Context, atoms: &mut Atoms) -> (Context, Vec<Vec<Term>>) {
    let (mut inner, mut laws) = (context.clone(), Vec::new());
    let known = context.hypotheses.iter().filter_map(|there| there.known());
    let unknowns: BTreeSet<Atom> = known.flat_map(|cleared| cleared.poly.atoms()).collect();
    for atom in unknowns {
        let Term::Apply(Function::Exp, arguments) = single(term(atoms, &Poly::atom(atom))) else {
            continue;
        };
        if let Ok(law) = facts::instance(&EXP_POSITIVE.into(), &arguments) {
            inner.assume(law, atoms);
            laws.push(arguments);
        }
    }
    (inner, laws)
}

fn by_products(context: &Context, atoms: &mut Atoms) -> Option<Proof> {
    let facts = facts_of(context);
    if counterexample::is_possible(context) {
        return None;
    }
    let last = facts.len().saturating_sub(1);
    positivstellensatz::refute_one(context, atoms, facts.get(last..)?)
        .or_else(|| linear::prove(context, atoms, &Formula::FALSE, &falsehood()))
        .or_else(|| positivstellensatz::refute(context, atoms, &facts))
}

/// The comparisons with a polynomial form that say something, each once; the latest ones where there are many.
fn facts_of(context: &Context) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    for (index, hypothesis) in context.hypotheses.iter().enumerate().rev() {
        let Some(cleared) = hypothesis.known() else {
            continue;
        };
        let said = facts.iter().any(|fact| {
            fact.relation == cleared.relation
                && fact.poly.multiple_of(&cleared.poly) == Ok(Some(true))
        });
        let empty = constant(&cleared.poly).is_some();
        if !said && !empty && cleared.relation != Relation::Differs && facts.len() < FACTS {
            facts.push(Fact {
                index,
                poly: cleared.poly.clone(),
                relation: cleared.relation,
            });
        }
    }
    facts.reverse();
    facts
}

/// What proves falsehood in a context.
type Rest<'r> = &'r dyn Fn(&Context, &mut Atoms) -> Option<Proof>;

/// A proof of falsehood where equations that give an indeterminate have gone into the other hypotheses.
fn substituted(context: &Context, atoms: &mut Atoms, rest: Rest<'_>) -> Option<Proof> {
    let mut gone: BTreeSet<usize> = BTreeSet::new();
    let mut inner = context.clone();
    let mut cuts = Vec::new();
    while let Some((index, solved)) = equation(&inner, &gone) {
        gone.insert(index);
        for place in 0..inner.hypotheses.len() {
            let Some(cleared) = inner.hypotheses[place].known().cloned() else {
                continue;
            };
            if gone.contains(&place) || !cleared.poly.atoms().any(|atom| atom == solved.atom) {
                continue;
            }
            if cleared.relation == Relation::Differs {
                continue;
            }
            let (simpler, proof) = put_in(atoms, &cleared, place, &solved)?;
            gone.insert(place);
            inner.assume(simpler.clone(), atoms);
            cuts.push((simpler, proof));
        }
    }
    if gone.is_empty() {
        return rest(&inner, atoms);
    }
    // The hypotheses keep their places; those that are gone say nothing any more.
    let mut fewer = Context {
        scope: inner.scope.clone(),
        hypotheses: Vec::new(),
    };
    for (index, hypothesis) in inner.hypotheses.iter().enumerate() {
        if gone.contains(&index) {
            fewer.assume(nothing(), atoms);
        } else {
            fewer.hypotheses.push(hypothesis.clone());
        }
    }
    let proof = rest(&fewer, atoms)?;
    let cut = |rest, (formula, first): (Formula, Proof)| {
        Proof::Cut(formula, Box::new(first), Box::new(rest))
    };
    Some(cuts.into_iter().rev().fold(proof, cut))
}

/// A comparison without content.
fn nothing() -> Formula {
    Formula::Compare(number(0), Relation::Equal, number(0))
}

/// An equation that can be solved for an indeterminate which its rest does not have.
fn equation(context: &Context, gone: &BTreeSet<usize>) -> Option<(usize, eliminate::Solved)> {
    let open = context.hypotheses.iter().enumerate();
    open.filter(|(index, _)| !gone.contains(index))
        .find_map(|(index, known)| {
            let cleared = known.known()?;
            (cleared.relation == Relation::Equal)
                .then(|| eliminate::solutions(index, &cleared.poly).max_by_key(|s| s.atom))
                .flatten()
                .map(|solved| (index, solved))
        })
}

/// A comparison with the solution put in, and its proof.
fn put_in(
    atoms: &Atoms,
    cleared: &Cleared,
    place: usize,
    solved: &eliminate::Solved,
) -> Option<(Formula, Proof)> {
    let by = BTreeMap::from([(solved.atom, solved.value.clone())]);
    let simpler = substitute(&cleared.poly, &by)?;
    let cofactor = eliminate::quotient(&cleared.poly, solved)?.scaled(&-solved.factor.recip());
    let multiple = Multiple {
        cofactor: term(atoms, &cofactor),
        hypothesis: solved.hypothesis,
    };
    let formula = Formula::Compare(number(0), cleared.relation, term(atoms, &simpler));
    let (mut summands, mut multiples) = (Vec::new(), Vec::new());
    if cleared.relation == Relation::Equal {
        multiples.push(Multiple {
            cofactor: number(1),
            hypothesis: place,
        });
    } else {
        summands.push(Summand {
            coefficient: Rational::one(),
            hypotheses: vec![place],
            squares: Vec::new(),
        });
    }
    if !cofactor.is_zero() {
        multiples.push(multiple);
    }
    let proof = Proof::Cone(Cone {
        multiplier: Vec::new(),
        summands,
        multiples,
    });
    Some((formula, proof))
}

/// A divisor of a hypothesis whose sign is not known.
pub fn unsettled(context: &Context, atoms: &mut Atoms) -> Option<Term> {
    let open = |hypothesis: &&Rc<Hypothesis>| {
        hypothesis.known().is_none() && matches!(hypothesis.formula, Formula::Compare(..))
    };
    context
        .hypotheses
        .iter()
        .filter(open)
        .find_map(
            |hypothesis| match context.clear(&hypothesis.formula, atoms) {
                Err(Rejection::Divisor(_, reciprocal)) => Some(divisor(atoms, reciprocal)),
                _ => None,
            },
        )
}
