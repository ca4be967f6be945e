//! The rule `cone`: a comparison as a nonnegative combination of hypotheses (Positivstellensatz). Part of the trusted kernel.

use super::context::{Cleared, Context, refused};
use super::normal::Atoms;
use super::number::Rational;
use super::poly::Poly;
use super::proof::{Multiple, Summand};
use super::rejection::Rejection;
use super::term::{Formula, Relation, Term};
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
/// [`Rejection`] naming the premise that fails.
pub fn check(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Formula,
    multiplier: &[usize],
    summands: &[Summand],
    multiples: &[Multiple],
) -> Result<(), Rejection> {
    let goal = match goal {
        Formula::Compare(left, relation, right) => {
            context.clear_by(left, *relation, right, context.hypotheses.len(), atoms)?
        }
        Formula::Or(none) if none.is_empty() => Cleared { poly: Poly::default(), relation: Relation::Less },
        _ => return Err(Rejection::WrongGoal("cone")),
    };
    let mut rest = goal.poly;
    let mut sum = Combination { context, atoms, open: Vec::new(), addends: Vec::new() };
    for index in multiplier {
        let factor = sum.known(*index)?;
        let positive = factor.relation == Relation::Less
            || (goal.relation == Relation::Equal && factor.relation == Relation::Differs);
        if !positive {
            return Err(Rejection::MultiplierNotPositive(*index));
        }
        rest = rest.times(&factor.poly)?;
    }
    let mut strict = false;
    for (place, summand) in summands.iter().enumerate() {
        strict |= sum.add(place, summand)?;
    }
    sum.close(0)?;
    for multiple in multiples {
        let equation = sum.known(multiple.hypothesis)?;
        if equation.relation != Relation::Equal {
            return Err(Rejection::NotAnEquation(multiple.hypothesis));
        }
        let product = sum.polynomial(&multiple.cofactor)?.times(&equation.poly)?;
        sum.addends.push(product);
    }
    let rest = rest.plus(Poly::total(sum.addends)?.scaled(&-Rational::one()))?;
    match goal.relation {
        _ if !rest.is_zero() => {
            atoms.weigh(&rest)?;
            Err(Rejection::NotTheCombination(atoms.term(&rest)))
        }
        Relation::Less if !strict => Err(Rejection::NotStrict),
        Relation::Equal if !summands.is_empty() => Err(Rejection::WrongGoal("cone with summands")),
        Relation::Differs => Err(Rejection::WrongGoal("cone")),
        Relation::Less | Relation::AtMost | Relation::Equal => Ok(()),
    }
}

/// A sum of products of hypotheses, by Horner's scheme: what begins alike is multiplied once, after it is added.
struct Combination<'c> {
    context: &'c Context,
    atoms: &'c mut Atoms,
    /// The hypotheses with which the last summand begins, each with what it is yet to multiply.
    open: Vec<(usize, Vec<Poly>)>,
    /// What is complete.
    addends: Vec<Poly>,
}

impl<'c> Combination<'c> {
    fn known(&mut self, index: usize) -> Result<&'c Cleared, Rejection> {
        self.context.hypothesis(index)?;
        self.context.cleared(index, self.atoms).ok_or(Rejection::WrongHypothesis("cone", index))
    }

    fn polynomial(&mut self, term: &Term) -> Result<Poly, Rejection> {
        let term = super::reduce::Reducer::default().term(term, &self.context.scope)?;
        let normal = self.atoms.normal(&term)?;
        let fraction = self.atoms.combined(&normal)?;
        match fraction.divisors.first_key_value() {
            Some((reciprocal, _)) => Err(refused(self.atoms, *reciprocal, Rejection::DivisorSign)),
            None => Ok(fraction.numerator),
        }
    }

    /// Adds a summand; whether it is known to be positive.
    fn add(&mut self, place: usize, summand: &Summand) -> Result<bool, Rejection> {
        let Summand { coefficient, hypotheses, squares } = summand;
        if coefficient.is_negative() {
            return Err(Rejection::NegativeCoefficient(place));
        }
        let mut positive = coefficient.is_positive() && squares.is_empty();
        for index in hypotheses {
            match self.known(*index)?.relation {
                Relation::Less => {}
                Relation::AtMost => positive = false,
                Relation::Equal | Relation::Differs => return Err(Rejection::FactorNotNonnegative(*index)),
            }
        }
        let like = self.open.iter().zip(hypotheses).take_while(|((open, _), index)| open == *index).count();
        self.close(like)?;
        self.open.extend(hypotheses.iter().skip(like).map(|index| (*index, Vec::new())));
        let mut value = Poly::constant(coefficient.clone());
        for square in squares {
            let root = self.polynomial(square)?;
            value = value.times(&root)?.times(&root)?;
        }
        self.last().push(value);
        Ok(positive)
    }

    fn last(&mut self) -> &mut Vec<Poly> {
        self.open.last_mut().map_or(&mut self.addends, |(_, addends)| addends)
    }

    /// Multiplies by all hypotheses but the first so many.
    fn close(&mut self, left: usize) -> Result<(), Rejection> {
        while let Some((index, addends)) = (self.open.len() > left).then(|| self.open.pop()).flatten() {
            let product = Poly::total(addends)?.times(&self.known(index)?.poly)?;
            self.last().push(product);
        }
        Ok(())
    }
}
