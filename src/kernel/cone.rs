//! The rule `cone`: a comparison as a nonnegative combination of hypotheses (Positivstellensatz). Part of the trusted kernel.

use super::{
    Atoms, Checked, Cleared, Cone, Context, Formula, Poly, Rational, Rejection, Relation, Summand,
    Term,
};
use super::{DivisorFault, Premise};
use super::{ensure, fails};
use num_traits::{One, Signed};

/// Decides a comparison, or falsehood, from the polynomial forms of the hypotheses.
///
/// ```text
/// m·G = Σ c · Π hᵢ · Π s²  +  Σ q·e    m: product of hypotheses > 0    hᵢ: hypotheses ≥ 0 or > 0
///                                      c ≥ 0                           e: hypotheses = 0
/// ─────────────────────────────────────────────────────────────────────────────────────────────
///                              G ≥ 0
/// ```
/// `G > 0` needs in addition a summand with c > 0, no square and every hᵢ > 0; `G = 0` needs no summand at all, and m
/// may then use hypotheses ≠ 0. Falsehood is 0 > 0.
///
/// # Errors
/// The premise that fails.
pub fn check(context: &Context, atoms: &mut Atoms, goal: &Formula, evidence: &Cone) -> Checked {
    let goal = context.clear_by(goal, context.hypotheses.len(), atoms)?;
    let (mut rest, relation) = (goal.poly, goal.relation);
    let mut sum = Combination {
        context,
        atoms,
        open: Vec::new(),
        addends: Vec::new(),
    };
    for index in &evidence.multiplier {
        let factor = sum.known(*index)?;
        let nonzero = relation == Relation::Equal && factor.relation == Relation::Differs;
        let positive = nonzero || factor.relation == Relation::Less;
        ensure(positive, Premise::Multiplier, [*index])?;
        rest = rest.times(&factor.poly)?;
    }
    let mut strict = false;
    for (place, summand) in evidence.summands.iter().enumerate() {
        strict |= sum.add(place, summand)?;
    }
    sum.close(0)?;
    for multiple in &evidence.multiples {
        let equation = sum.known(multiple.hypothesis)?;
        let is_equation = equation.relation == Relation::Equal;
        ensure(is_equation, Premise::Equation, [multiple.hypothesis])?;
        let product = sum.polynomial(&multiple.cofactor)?.times(&equation.poly)?;
        sum.addends.push(product);
    }
    let rest = rest.plus(Poly::total(sum.addends)?.scaled(&-Rational::one()))?;
    if !rest.is_zero() {
        return Err(Rejection::Combination(Box::new((atoms.clone(), rest))));
    }
    match relation {
        Relation::Less => ensure(strict, Premise::Strict, []),
        Relation::AtMost => Ok(()),
        Relation::Equal => ensure(evidence.summands.is_empty(), Premise::Equality, []),
        Relation::Differs => Err(fails(Premise::OtherGoal, [])),
    }
}

/// A sum of products of hypotheses, by Horner's scheme: what begins alike is multiplied once, after it is added.
///
/// For example h₁h₂a + h₁h₂b + h₁c is computed as h₁(h₂(a + b) + c). `open` is the path of factors
/// that the last summand begins with, here h₁, h₂; each collects what it is yet to multiply.
struct Combination<'c> {
    context: &'c Context,
    atoms: &'c mut Atoms,
    /// The hypotheses with which the last summand begins, each with what it is yet to multiply.
    open: Vec<(usize, Vec<Poly>)>,
    /// What is complete.
    addends: Vec<Poly>,
}

impl<'c> Combination<'c> {
    fn known(&mut self, index: usize) -> Checked<&'c Cleared> {
        self.context.hypothesis(index)?;
        self.context
            .cleared(index, self.atoms)
            .ok_or(fails(Premise::OtherForm, [index]))
    }

    fn polynomial(&mut self, term: &Term) -> Checked<Poly> {
        let term = super::reduce::Reducer::default().term(term, &self.context.scope)?;
        let normal = self.atoms.normal(&term)?;
        let fraction = self.atoms.combined(&normal.poly)?;
        match fraction.divisors.first_key_value() {
            Some((reciprocal, _)) => Err(Rejection::Divisor(DivisorFault::Sign, *reciprocal)),
            None => Ok(fraction.numerator),
        }
    }

    /// Adds a summand; whether it is known to be positive.
    fn add(&mut self, place: usize, summand: &Summand) -> Checked<bool> {
        let (coefficient, hypotheses) = (&summand.coefficient, &summand.hypotheses);
        ensure(!coefficient.is_negative(), Premise::Coefficient, [place])?;
        let mut positive = coefficient.is_positive() && summand.squares.is_empty();
        for index in hypotheses {
            match self.known(*index)?.relation {
                Relation::Less => {}
                Relation::AtMost => positive = false,
                Relation::Equal | Relation::Differs => {
                    return Err(fails(Premise::Factor, [*index]));
                }
            }
        }
        let like = self
            .open
            .iter()
            .zip(hypotheses)
            .take_while(|((open, _), index)| open == *index)
            .count();
        self.close(like)?;
        self.open.extend(
            hypotheses
                .iter()
                .skip(like)
                .map(|index| (*index, Vec::new())),
        );
        let mut value = Poly::constant(coefficient.clone());
        for square in &summand.squares {
            let root = self.polynomial(square)?;
            value = value.times(&root)?.times(&root)?;
        }
        self.last().push(value);
        Ok(positive)
    }

    fn last(&mut self) -> &mut Vec<Poly> {
        self.open
            .last_mut()
            .map_or(&mut self.addends, |(_, addends)| addends)
    }

    /// Multiplies by all hypotheses but the first so many.
    fn close(&mut self, left: usize) -> Checked {
        while let Some((index, addends)) =
            (self.open.len() > left).then(|| self.open.pop()).flatten()
        {
            let product = Poly::total(addends)?.times(&self.known(index)?.poly)?;
            self.last().push(product);
        }
        Ok(())
    }
}
