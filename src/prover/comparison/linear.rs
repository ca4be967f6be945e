//! A goal as a nonnegative combination of given products, by linear programming. UNTRUSTED.

use super::evidence::accepted;
use crate::kernel::context::{Cleared, Context, Hypothesis};
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::poly::{Monomial, Poly};
use crate::kernel::proof::{Cone, Multiple, Proof, Summand};
use crate::kernel::reduce::number;
use crate::kernel::term::{Formula, Relation, Term};
use crate::print::normal::term;
use crate::prover::budget::spend;
use crate::prover::simplex;
use num_traits::{One, Signed, Zero};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A product of hypotheses and squares, or a term times an equation.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Hint {
    /// Indices of hypotheses.
    pub hypotheses: Vec<usize>,
    /// Terms that enter squared.
    pub squares: Vec<Term>,
    /// Other factors, allowed beside one equation.
    pub factors: Vec<Term>,
}

impl Hint {
    /// The hint where hypotheses whose divisors were unknown have come in again.
    #[must_use]
    pub fn settled(&self, context: &Context) -> Self {
        let known = |index: &usize| match context.hypotheses.get(*index) {
            Some(there) if there.known().is_none() => {
                let again = |other: &Rc<Hypothesis>| {
                    other.known().is_some() && other.formula == there.formula
                };
                context.hypotheses.iter().position(again).unwrap_or(*index)
            }
            _ => *index,
        };
        Self {
            hypotheses: self.hypotheses.iter().map(known).collect(),
            ..self.clone()
        }
    }
}

/// Most hypotheses whose products are all tried without hints.
const PAIRS: usize = 12;

/// Most monomials of a goal that is tried without hints.
const MONOMIALS: usize = 400;

/// A column of the linear program.
struct Column {
    poly: Poly,
    strict: bool,
    hint: Hint,
    /// The equation and the sign of its cofactor.
    equation: Option<(usize, Rational)>,
}

fn term_poly(context: &Context, atoms: &mut Atoms, term: &Term) -> Option<Poly> {
    let term = crate::kernel::reduce::Reducer::default()
        .term(term, &context.scope)
        .ok()?;
    let normal = atoms.normal(&term).ok()?;
    let fraction = atoms.combined(&normal.poly).ok()?;
    fraction.divisors.is_empty().then_some(fraction.numerator)
}

fn columns(context: &Context, atoms: &mut Atoms, hint: &Hint) -> Option<Vec<Column>> {
    let (mut poly, mut strict, mut equation) = (
        Poly::constant(Rational::one()),
        hint.squares.is_empty(),
        None,
    );
    for index in &hint.hypotheses {
        let cleared = context.hypotheses.get(*index)?.known()?;
        match cleared.relation {
            Relation::Less => {}
            Relation::AtMost => strict = false,
            Relation::Equal if equation.is_none() => equation = Some(*index),
            Relation::Equal | Relation::Differs => return None,
        }
        poly = poly.times(&cleared.poly).ok()?;
    }
    for square in &hint.squares {
        let root = term_poly(context, atoms, square)?;
        poly = poly.times(&root).ok()?.times(&root).ok()?;
    }
    for factor in &hint.factors {
        poly = poly.times(&term_poly(context, atoms, factor)?).ok()?;
    }
    let column = |sign: Rational, equation| Column {
        poly: poly.scaled(&sign),
        strict,
        hint: hint.clone(),
        equation,
    };
    match equation {
        None if hint.factors.is_empty() => Some(vec![column(Rational::one(), None)]),
        None => None,
        Some(index) => {
            let signs = [Rational::one(), -Rational::one()];
            Some(
                signs
                    .map(|sign| column(sign.clone(), Some((index, sign))))
                    .into_iter()
                    .collect(),
            )
        }
    }
}

/// A proof from the hints, the single hypotheses and, where there are few, their products in pairs.
pub fn prove(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Formula,
    cleared: &Cleared,
) -> Option<Proof> {
    let known = |index: &usize| {
        context.hypotheses[*index]
            .known()
            .is_some_and(|c| c.relation != Relation::Differs)
    };
    let usable: Vec<usize> = (0..context.hypotheses.len()).filter(known).collect();
    if cleared.poly.terms().count() > MONOMIALS {
        return None;
    }
    let mut hints = Vec::new();
    if usable.len() <= PAIRS {
        for (place, first) in usable.iter().enumerate() {
            let pairs = usable.iter().skip(place);
            hints.extend(pairs.map(|second| Hint {
                hypotheses: vec![*first, *second],
                ..Hint::default()
            }));
        }
    }
    prove_with(context, atoms, goal, cleared, &hints, &[])
}

/// The multiplier, and for an equation everything that divides it: which of its factors an equation needs depends on how
/// far its divisors cancel.
#[must_use]
pub fn divisors(multiplier: &[usize], equation: bool) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for index in multiplier.iter().filter(|_| equation) {
        let longer: Vec<Vec<usize>> = all
            .iter()
            .map(|part: &Vec<usize>| [part.as_slice(), &[*index]].concat())
            .collect();
        all.extend(longer);
        all.sort();
        all.dedup();
    }
    if equation {
        all
    } else {
        vec![multiplier.to_vec()]
    }
}

/// A proof of the goal times hypotheses from the hints and the single hypotheses.
pub fn prove_with(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Formula,
    cleared: &Cleared,
    hints: &[Hint],
    multiplier: &[usize],
) -> Option<Proof> {
    let mut target = cleared.poly.clone();
    for index in multiplier {
        target = target
            .times(&context.hypotheses.get(*index)?.known()?.poly)
            .ok()?;
    }
    let single = (0..context.hypotheses.len()).map(|index| Hint {
        hypotheses: vec![index],
        ..Hint::default()
    });
    let mut all: Vec<Column> = Vec::new();
    for hint in std::iter::once(Hint::default())
        .chain(single)
        .chain(hints.iter().cloned())
    {
        all.extend(columns(context, atoms, &hint).into_iter().flatten());
    }
    if cleared.relation == Relation::Equal {
        all.retain(|column| column.equation.is_some());
    }
    discard(&target, &mut all)?;
    let chosen = combination(&target, &all, cleared.relation == Relation::Less)?;
    let (mut summands, mut multiples) = (Vec::new(), Vec::new());
    for (column, coefficient) in all
        .iter()
        .zip(chosen)
        .filter(|(_, value)| value.is_positive())
    {
        match &column.equation {
            None => summands.push(Summand {
                coefficient,
                hypotheses: column.hint.hypotheses.clone(),
                squares: column.hint.squares.clone(),
            }),
            Some((equation, sign)) => {
                multiples.push(Multiple {
                    cofactor: cofactor(context, atoms, column, *equation, sign * coefficient)?,
                    hypothesis: *equation,
                });
            }
        }
    }
    let proof = Proof::Cone(Cone {
        multiplier: multiplier.to_vec(),
        summands,
        multiples,
    });
    accepted(context, atoms, goal, &proof).then_some(proof)
}

/// Discards the columns with a monomial that nothing could cancel; `None` if the target has one that none could give.
fn discard(target: &Poly, columns: &mut Vec<Column>) -> Option<()> {
    loop {
        spend(
            columns
                .iter()
                .map(|column| column.poly.terms().count())
                .sum(),
        )?;
        let mut signs: BTreeMap<&Monomial, [bool; 2]> = BTreeMap::new();
        for (monomial, value) in columns.iter().flat_map(|column| column.poly.terms()) {
            signs.entry(monomial).or_default()[usize::from(value.is_positive())] = true;
        }
        let given = |(monomial, value): (&Monomial, Rational)| {
            signs
                .get(monomial)
                .is_some_and(|there| there[usize::from(value.is_positive())])
        };
        if !target.terms().all(given) {
            return None;
        }
        let wanted: BTreeSet<&Monomial> = target.terms().map(|(monomial, _)| monomial).collect();
        let cancels = |monomial: &Monomial| {
            wanted.contains(monomial) || signs.get(monomial) == Some(&[true, true])
        };
        let keep: Vec<bool> = columns
            .iter()
            .map(|column| column.poly.terms().all(|(m, _)| cancels(m)))
            .collect();
        if keep.iter().all(|keep| *keep) {
            return Some(());
        }
        let mut kept = keep.into_iter();
        columns.retain(|_| kept.next().unwrap_or(true));
    }
}

/// Everything in a column but its equation.
fn cofactor(
    context: &Context,
    atoms: &Atoms,
    column: &Column,
    equation: usize,
    value: Rational,
) -> Option<Term> {
    let mut factors = vec![Term::Number(value)];
    for index in column
        .hint
        .hypotheses
        .iter()
        .filter(|index| **index != equation)
    {
        factors.push(term(atoms, &context.hypotheses.get(*index)?.known()?.poly));
    }
    factors.extend(
        column
            .hint
            .squares
            .iter()
            .map(|root| Term::Power(Box::new(root.clone()), 2)),
    );
    factors.extend(column.hint.factors.iter().cloned());
    if factors.len() == 1 {
        factors.push(number(1));
    }
    Some(Term::Product(factors))
}

/// Coefficients ≥ 0 of the columns that add up to the target; with a positive strict one where that is asked for.
fn combination(target: &Poly, columns: &[Column], strict: bool) -> Option<Vec<Rational>> {
    let mut monomials: BTreeSet<&Monomial> = target.terms().map(|(monomial, _)| monomial).collect();
    monomials.extend(
        columns
            .iter()
            .flat_map(|column| column.poly.terms().map(|(monomial, _)| monomial)),
    );
    let row: BTreeMap<&Monomial, usize> = monomials
        .into_iter()
        .enumerate()
        .map(|(row, m)| (m, row))
        .collect();
    let vector = |poly: &Poly| {
        let mut vector = vec![Rational::zero(); row.len() + 2];
        for (monomial, value) in poly.terms() {
            vector[row[monomial]] = value;
        }
        vector
    };
    // Two more rows make the gain e ≤ 1 and e ≤ the sum of the strict coefficients, with slacks.
    let unit = |entries: &[(usize, i32)]| {
        let mut vector = vec![Rational::zero(); row.len() + 2];
        for (place, value) in entries {
            vector[*place] = Rational::from_integer((*value).into());
        }
        vector
    };
    let (sum, cap) = (row.len(), row.len() + 1);
    spend(columns.len().saturating_mul(row.len()))?;
    let mut matrix: Vec<Vec<Rational>> =
        columns.iter().map(|column| vector(&column.poly)).collect();
    for (place, column) in columns.iter().enumerate() {
        if column.strict && column.equation.is_none() {
            matrix[place][sum] = Rational::one();
        }
    }
    matrix.extend([
        unit(&[(sum, -1), (cap, 1)]),
        unit(&[(sum, -1)]),
        unit(&[(cap, 1)]),
    ]);
    let mut gain = vec![Rational::zero(); matrix.len()];
    if strict {
        gain[columns.len()] = Rational::one();
    }
    let mut right = vector(target);
    right[cap] = Rational::one();
    let mut solution = simplex::solve(&matrix, &right, &gain)?;
    solution.truncate(columns.len());
    let positive = |(column, value): (&Column, &Rational)| {
        column.strict && column.equation.is_none() && value.is_positive()
    };
    (!strict || columns.iter().zip(&solution).any(positive)).then_some(solution)
}
