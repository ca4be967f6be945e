//! Positivity by nonnegative coefficients after an affine change of variables. UNTRUSTED.
//!
//! Chooses for every indeterminate of the goal a hypothesis that is affine in it, takes the hypotheses' sides as new
//! variables t ≥ 0 and hopes that the goal's coefficients in t are nonnegative.

use super::evidence::products;
use crate::kernel::context::{Cleared, Context, Hypothesis};
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::poly::{Atom, Poly};
use crate::kernel::proof::Proof;
use crate::kernel::reduce::number;
use crate::kernel::term::{Formula, Name, Relation, Term};
use crate::print::normal::term;
use crate::prover::budget::spend;
use num_traits::{One, Signed, Zero};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Most choices of hypotheses that are tried.
const CHOICES: usize = 400;

/// Most monomials of a goal.
const MONOMIALS: usize = 3_000;

/// A hypothesis that is affine in the indeterminates.
#[derive(Clone, Debug)]
struct Affine {
    index: usize,
    strict: bool,
    slope: BTreeMap<Atom, Rational>,
    constant: Rational,
    poly: Poly,
}

fn affine(index: usize, cleared: &Cleared) -> Option<Affine> {
    let strict = match cleared.relation {
        Relation::Less => true,
        Relation::AtMost => false,
        Relation::Equal | Relation::Differs => return None,
    };
    let mut found = Affine {
        index,
        strict,
        slope: BTreeMap::new(),
        constant: Rational::zero(),
        poly: cleared.poly.clone(),
    };
    for (monomial, value) in cleared.poly.terms() {
        match monomial.as_slice() {
            [] => found.constant = value.clone(),
            [(atom, 1)] => {
                found.slope.insert(*atom, value.clone());
            }
            _ => return None,
        }
    }
    (!found.slope.is_empty()).then_some(found)
}

fn atoms_of(poly: &Poly) -> BTreeSet<Atom> {
    poly.terms()
        .flat_map(|(monomial, _)| monomial.iter().map(|(atom, _)| *atom))
        .collect()
}

/// The inverse of a square matrix, if it has one.
fn inverse(mut rows: Vec<Vec<Rational>>) -> Option<Vec<Vec<Rational>>> {
    let size = rows.len();
    for (i, row) in rows.iter_mut().enumerate() {
        row.extend((0..size).map(|j| {
            if i == j {
                Rational::one()
            } else {
                Rational::zero()
            }
        }));
    }
    for column in 0..size {
        let pivot = (column..size).find(|row| !rows[*row][column].is_zero())?;
        rows.swap(column, pivot);
        let scale = rows[column][column].recip();
        rows[column].iter_mut().for_each(|value| *value *= &scale);
        let above = rows[column].clone();
        for (other, row) in rows.iter_mut().enumerate() {
            let factor = row[column].clone();
            if other != column && !factor.is_zero() {
                row.iter_mut()
                    .zip(&above)
                    .for_each(|(value, pivot)| *value -= &factor * pivot);
            }
        }
    }
    Some(rows.into_iter().map(|row| row[size..].to_vec()).collect())
}

/// Puts a polynomial for every indeterminate.
pub(super) fn substitute(poly: &Poly, by: &BTreeMap<Atom, Poly>) -> Option<Poly> {
    let mut powers: BTreeMap<(Atom, u32), Poly> = BTreeMap::new();
    let mut addends = Vec::new();
    for (monomial, value) in poly.terms() {
        let mut product = Poly::constant(value.clone());
        for (atom, exponent) in monomial {
            if let std::collections::btree_map::Entry::Vacant(e) = powers.entry((*atom, *exponent))
            {
                let base = by.get(atom).cloned().unwrap_or_else(|| Poly::atom(*atom));
                e.insert(base.power(*exponent).ok()?);
            }
            product = product.times(powers.get(&(*atom, *exponent))?).ok()?;
        }
        addends.push(product);
    }
    Poly::total(addends).ok()
}

/// The goal in the variables t of the chosen hypotheses, t numbered as they are.
fn transformed(goal: &Poly, unknowns: &[Atom], chosen: &[&Affine]) -> Option<Poly> {
    let entry =
        |row: &Affine, atom: &Atom| row.slope.get(atom).cloned().unwrap_or_else(Rational::zero);
    let matrix = chosen
        .iter()
        .map(|row| unknowns.iter().map(|atom| entry(row, atom)).collect())
        .collect();
    let inverse = inverse(matrix)?;
    let mut by = BTreeMap::new();
    for (atom, row) in unknowns.iter().zip(&inverse) {
        let part = |(place, (factor, hypothesis)): (usize, (&Rational, &&Affine))| {
            [
                Poly::atom(place).scaled(factor),
                Poly::constant(-factor * &hypothesis.constant),
            ]
        };
        by.insert(
            *atom,
            Poly::total(row.iter().zip(chosen).enumerate().flat_map(part).collect()).ok()?,
        );
    }
    substitute(goal, &by)
}

fn suits(goal: &Cleared, poly: &Poly, chosen: &[&Affine]) -> bool {
    let strict = |monomial: &[(Atom, u32)]| {
        monomial
            .iter()
            .all(|(atom, _)| chosen.get(*atom).is_some_and(|h| h.strict))
    };
    poly.terms().all(|(_, value)| value.is_positive())
        && (goal.relation != Relation::Less || poly.terms().any(|(monomial, _)| strict(monomial)))
}

/// Every way to choose one hypothesis for each unknown, the unknowns of chosen hypotheses included.
fn choose<'h>(
    unknowns: &mut Vec<Atom>,
    hypotheses: &'h [Affine],
    chosen: &mut Vec<&'h Affine>,
    left: &mut usize,
    found: &mut dyn FnMut(&[Atom], &[&Affine]) -> bool,
) -> bool {
    if spend(hypotheses.len()).is_none() {
        return false;
    }
    let Some(atom) = unknowns.get(chosen.len()).copied() else {
        *left = left.saturating_sub(1);
        return found(unknowns, chosen);
    };
    for hypothesis in hypotheses.iter().filter(|h| h.slope.contains_key(&atom)) {
        if *left == 0 || chosen.iter().any(|there| there.index == hypothesis.index) {
            continue;
        }
        let before = unknowns.len();
        let fresh: Vec<Atom> = hypothesis
            .slope
            .keys()
            .filter(|atom| !unknowns.contains(atom))
            .copied()
            .collect();
        unknowns.extend(fresh);
        chosen.push(hypothesis);
        if choose(unknowns, hypotheses, chosen, left, found) {
            return true;
        }
        chosen.pop();
        unknowns.truncate(before);
    }
    false
}

/// The first choice of hypotheses that shows the goal, with the goal in their variables.
fn first_choice(goal: &Cleared, hypotheses: &[Affine]) -> Option<(Poly, Vec<Affine>)> {
    let mut unknowns: Vec<Atom> = atoms_of(&goal.poly).into_iter().collect();
    let (mut result, mut left) = (None, CHOICES);
    let mut found = |unknowns: &[Atom], chosen: &[&Affine]| {
        let poly =
            transformed(&goal.poly, unknowns, chosen).filter(|poly| suits(goal, poly, chosen));
        result = poly.map(|poly| {
            (
                poly,
                chosen.iter().map(|affine| (*affine).clone()).collect(),
            )
        });
        result.is_some()
    };
    choose(
        &mut unknowns,
        hypotheses,
        &mut Vec::new(),
        &mut left,
        &mut found,
    );
    result
}

/// A proof of a comparison in polynomial form.
pub fn prove(context: &Context, atoms: &mut Atoms, goal: &Cleared) -> Option<Proof> {
    if goal.poly.terms().count() > MONOMIALS {
        return None;
    }
    let affine = |(index, hypothesis): (usize, &Rc<Hypothesis>)| affine(index, hypothesis.known()?);
    let mut hypotheses: Vec<Affine> = context
        .hypotheses
        .iter()
        .enumerate()
        .filter_map(affine)
        .collect();
    // The last hypotheses first: those of a case distinction are the sharpest. Then the first ones first.
    hypotheses.reverse();
    let (poly, chosen) = first_choice(goal, &hypotheses).or_else(|| {
        hypotheses.reverse();
        first_choice(goal, &hypotheses)
    })?;
    Some(certificate(context, atoms, goal, &poly, &chosen))
}

/// ∀ t ≥ 0: the transformed goal, by its coefficients; then its instance at the hypotheses' sides.
fn certificate(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Cleared,
    poly: &Poly,
    chosen: &[Affine],
) -> Proof {
    let fresh = |place: usize| {
        let names = (0..).map(|tick: usize| Name::from(format!("t{}_{tick}", place + 1)));
        names
            .into_iter()
            .find(|name| !context.scope.contains(name))
            .unwrap_or_else(|| Name::from("t"))
    };
    let names: Vec<Name> = (0..chosen.len()).map(fresh).collect();
    let variables: BTreeMap<Atom, Poly> = names
        .iter()
        .enumerate()
        .filter_map(|(place, name)| {
            let normal = atoms.normal(&Term::Variable(name.clone())).ok()?;
            Some((place, atoms.combined(&normal.poly).ok()?.numerator))
        })
        .collect();
    let relation = if goal.relation == Relation::Less {
        Relation::Less
    } else {
        Relation::AtMost
    };
    let inner = substitute(poly, &variables).unwrap_or_default();
    let inner_goal = Formula::Compare(number(0), relation, term(atoms, &inner));
    let sides = |strict: bool| {
        if strict {
            Relation::Less
        } else {
            Relation::AtMost
        }
    };
    let side =
        |term: Term, affine: &Affine| Formula::Compare(number(0), sides(affine.strict), term);
    let assumed = names
        .iter()
        .zip(chosen)
        .map(|(name, affine)| side(Term::Variable(name.clone()), affine))
        .collect();
    let lemma = Formula::Forall(
        names.clone(),
        Box::new(Formula::Implies(
            Box::new(Formula::And(assumed)),
            Box::new(inner_goal),
        )),
    );
    let base = context.hypotheses.len();
    let summand = |(monomial, value): (&Vec<(Atom, u32)>, Rational)| {
        let factors = monomial
            .iter()
            .flat_map(|(place, exponent)| (0..*exponent).map(move |_| base + place));
        (value, factors.collect())
    };
    let by_coefficients = products(poly.terms().map(summand).collect());
    let first = Proof::Fix(names, Box::new(Proof::Assume(Box::new(by_coefficients))));
    let terms = chosen
        .iter()
        .map(|affine| term(atoms, &affine.poly))
        .collect();
    let premises = chosen
        .iter()
        .map(|affine| products(vec![(Rational::one(), vec![affine.index])]))
        .collect();
    let last = products(vec![(Rational::one(), vec![base + 2])]);
    let apply = Proof::Apply(base + 1, Box::new(Proof::Each(premises)), Box::new(last));
    Proof::Cut(
        lemma,
        Box::new(first),
        Box::new(Proof::Instance(base, terms, Box::new(apply))),
    )
}
