//! Facts about a whole error surface that one vector shows. Part of the trusted kernel.

use super::super::number::Rational;
use super::super::rejection::{Rejection, compare};
use super::training_set::{Row, TrainingSet, Unit};
use num_traits::{One, Signed, Zero};
use std::cmp::Ordering;

/// lim E(τv) for τ → ∞.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The training set.
    pub data: TrainingSet,
    /// v.
    pub direction: Vec<Rational>,
    /// The limit.
    pub value: Rational,
}

fn dot(a: &[Rational], v: &[Rational]) -> Result<Rational, Rejection> {
    if a.len() != v.len() {
        return Err(Rejection::Count { expected: a.len(), found: v.len() });
    }
    Ok(a.iter().zip(v).fold(Rational::zero(), |sum, (a, v)| sum + a * v))
}

/// The value of the response at ±∞ and at 0.
fn ends(unit: Unit) -> [Rational; 3] {
    let (one, two) = (Rational::one(), Rational::from_integer(2.into()));
    match unit {
        Unit::Tanh => [-one.clone(), Rational::zero(), one],
        Unit::Logistic => [Rational::zero(), one.clone() / two, one],
    }
}

/// The sign of a target: ±1 at the ends of the range, 0 inside.
fn sign(row: &Row, [low, _, high]: &[Rational; 3]) -> Rational {
    let sign = if row.target == *high {
        1
    } else if row.target == *low {
        -1
    } else {
        0
    };
    Rational::from_integer(sign.into())
}

/// Schema (so88, extended to targets inside the range):
///
/// ```text
/// σⱼ⟨aⱼ,ν⟩ ≥ 0 where bⱼ is the end σⱼ of the range, ⟨aⱼ,ν⟩ = 0 elsewhere, not all zero
/// ───────────────────────────────────────────────────────────────────────────────────
/// E decreases strictly along ν everywhere: ∇E vanishes nowhere
/// ```
pub(super) fn check_no_critical_point(data: &TrainingSet, direction: &[Rational]) -> Result<(), Rejection> {
    let (range, mut strict) = (ends(data.unit()), false);
    for (index, row) in data.rows().iter().enumerate() {
        let (along, sign) = (dot(&row.input, direction)?, sign(row, &range));
        let value = &along * &sign;
        if value.is_negative() || (sign.is_zero() && !along.is_zero()) {
            return Err(Rejection::Side { row: index, value: along });
        }
        strict |= value.is_positive();
    }
    if strict { Ok(()) } else { Err(Rejection::NoStrictRow) }
}

/// Schema (Stiemke): Σ λⱼσⱼaⱼ = 0, λⱼ > 0, all targets at the ends σⱼ of the range ⟹ no ν has σⱼ⟨aⱼ,ν⟩ ≥ 0 for all j
/// and > 0 for one.
pub(super) fn check_balanced(data: &TrainingSet, dual: &[Rational]) -> Result<(), Rejection> {
    if dual.len() != data.rows().len() {
        return Err(Rejection::Count { expected: data.rows().len(), found: dual.len() });
    }
    let range = ends(data.unit());
    let mut sum = vec![Rational::zero(); data.width()];
    for (index, (row, lambda)) in data.rows().iter().zip(dual).enumerate() {
        let factor = lambda * sign(row, &range);
        if !lambda.is_positive() || factor.is_zero() {
            return Err(Rejection::Side { row: index, value: lambda.clone() });
        }
        for (total, a) in sum.iter_mut().zip(&row.input) {
            *total += &factor * a;
        }
    }
    match sum.into_iter().find(|total| !total.is_zero()) {
        Some(rest) => Err(Rejection::Unbalanced(rest)),
        None => Ok(()),
    }
}

/// Schema: lim E(τv) = Σ wⱼ (θ(sign⟨aⱼ,v⟩ ∞) − bⱼ)², θ(0) where ⟨aⱼ,v⟩ = 0.
pub(super) fn check_limit(statement: &Limit) -> Result<(), Rejection> {
    let [low, middle, high] = ends(statement.data.unit());
    let mut limit = Rational::zero();
    for row in statement.data.rows() {
        let response = match dot(&row.input, &statement.direction)?.cmp(&Rational::zero()) {
            Ordering::Less => &low,
            Ordering::Equal => &middle,
            Ordering::Greater => &high,
        };
        let residual = response - &row.target;
        limit += &residual * &residual * &row.weight;
    }
    compare(limit == statement.value, Rejection::Limit, &limit, &statement.value)
}
