//! The rule `cone`: a comparison as a nonnegative combination of hypotheses (Positivstellensatz). Part of the trusted kernel.

use super::context::{Cleared, Context, refused};
use super::limits::spend;
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
    for index in multiplier {
        let factor = known(context, atoms, *index)?;
        let positive = factor.relation == Relation::Less
            || (goal.relation == Relation::Equal && factor.relation == Relation::Differs);
        if !positive {
            return Err(Rejection::MultiplierNotPositive(*index));
        }
        rest = rest.times(&factor.poly)?;
    }
    let (mut strict, mut partial) = (false, Vec::new());
    for (place, summand) in summands.iter().enumerate() {
        let (value, positive) = expand(context, atoms, summand, place, &mut partial)?;
        spend(rest.cost_of_adding(&value))?;
        rest.add_scaled(&value, &-Rational::one());
        strict = strict || positive;
    }
    for multiple in multiples {
        let equation = known(context, atoms, multiple.hypothesis)?;
        if equation.relation != Relation::Equal {
            return Err(Rejection::NotAnEquation(multiple.hypothesis));
        }
        let cofactor = polynomial(context, atoms, &multiple.cofactor)?;
        let product = cofactor.times(&equation.poly)?;
        spend(rest.cost_of_adding(&product))?;
        rest.add_scaled(&product, &-Rational::one());
    }
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

fn known<'c>(context: &'c Context, atoms: &mut Atoms, index: usize) -> Result<&'c Cleared, Rejection> {
    context.hypothesis(index)?;
    context.cleared(index, atoms).ok_or(Rejection::WrongHypothesis("cone", index))
}

/// A product of hypotheses that ends with this one, and whether it is known to be positive.
type Partial = (usize, Poly, bool);

/// The value of a summand, and whether it is known to be positive. What its hypotheses begin with, like those of the summand before, is
/// multiplied out already.
fn expand(
    context: &Context,
    atoms: &mut Atoms,
    summand: &Summand,
    place: usize,
    partial: &mut Vec<Partial>,
) -> Result<(Poly, bool), Rejection> {
    if summand.coefficient.is_negative() {
        return Err(Rejection::NegativeCoefficient(place));
    }
    let like = partial.iter().zip(&summand.hypotheses).take_while(|((known, ..), index)| known == *index).count();
    partial.truncate(like);
    for index in summand.hypotheses.iter().skip(like) {
        let factor = known(context, atoms, *index)?;
        let positive = match factor.relation {
            Relation::Less => true,
            Relation::AtMost => false,
            Relation::Equal | Relation::Differs => return Err(Rejection::FactorNotNonnegative(*index)),
        };
        let (before, all) = partial
            .last()
            .map_or_else(|| (Poly::constant(Rational::one()), true), |(_, poly, all)| (poly.clone(), *all));
        partial.push((*index, before.times(&factor.poly)?, all && positive));
    }
    let mut value = Poly::constant(summand.coefficient.clone());
    let mut strict = summand.coefficient.is_positive() && summand.squares.is_empty();
    if let Some((_, product, positive)) = partial.last() {
        value = product.clone().times(&value)?;
        strict = strict && *positive;
    }
    for square in &summand.squares {
        let root = polynomial(context, atoms, square)?;
        value = value.times(&root)?.times(&root)?;
    }
    Ok((value, strict))
}

fn polynomial(context: &Context, atoms: &mut Atoms, term: &Term) -> Result<Poly, Rejection> {
    let term = super::reduce::Reducer::default().term(term, &context.scope)?;
    let normal = atoms.normal(&term)?;
    let fraction = atoms.combined(&normal)?;
    match fraction.divisors.first_key_value() {
        Some((reciprocal, _)) => Err(refused(atoms, *reciprocal, Rejection::DivisorSign)),
        None => Ok(fraction.numerator),
    }
}
