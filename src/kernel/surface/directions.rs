//! Facts about a whole error surface that one vector shows. Part of the trusted kernel.

use super::Premise;
use super::{
    Checked, Int, Rational, Row, TrainingSet, combination, compare, count, ensure, product,
    products, record, sum,
};
use num_traits::{Signed, Zero};
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

record!(Limit, "limit", [data, direction, value]);

/// ⟨aⱼ,v⟩ for every row.
fn along(data: &TrainingSet, v: &[Rational]) -> Checked<Vec<Rational>> {
    count(data.width(), v.len())?;
    data.pay()?;
    data.rows()
        .iter()
        .map(|row| Ok(combination(row.input.iter().zip(v))?))
        .collect()
}

/// The sign of a target: ±1 at the ends of the range, 0 inside.
fn sign(row: &Row, [low, _, high]: &[Rational; 3]) -> Rational {
    let is = |end: &Rational| Rational::from_integer(u8::from(row.target == *end).into());
    is(high) - is(low)
}

/// Schema (so88, extended to targets inside the range):
///
/// ```text
/// σⱼ⟨aⱼ,ν⟩ ≥ 0 where bⱼ is the end σⱼ of the range, ⟨aⱼ,ν⟩ = 0 elsewhere, not all zero
/// ───────────────────────────────────────────────────────────────────────────────────
/// E decreases strictly along ν everywhere: ∇E vanishes nowhere
/// ```
pub(super) fn check_no_critical_point(data: &TrainingSet, direction: &[Rational]) -> Checked {
    let (range, mut strict) = (data.unit().range(), false);
    for (index, (row, along)) in data.rows().iter().zip(along(data, direction)?).enumerate() {
        let sign = sign(row, &range);
        let value = product(&along, &sign)?;
        let right = !value.is_negative() && (!sign.is_zero() || along.is_zero());
        ensure(right, Premise::Side, [index])?;
        strict |= value.is_positive();
    }
    ensure(strict, Premise::StrictRow, [])
}

/// Schema (Stiemke): Σ λⱼσⱼaⱼ = 0, λⱼ > 0, all targets at the ends σⱼ of the range ⟹ no ν has σⱼ⟨aⱼ,ν⟩ ≥ 0 for all j
/// and > 0 for one.
pub(super) fn check_balanced(data: &TrainingSet, dual: &[Rational]) -> Checked {
    count(data.rows().len(), dual.len())?;
    data.pay()?;
    let range = data.unit().range();
    let mut gradient = vec![Rational::zero(); data.width()];
    for (index, (row, lambda)) in data.rows().iter().zip(dual).enumerate() {
        let factor = product(lambda, &sign(row, &range))?;
        ensure(lambda.is_positive(), Premise::Dual, [index])?;
        ensure(!factor.is_zero(), Premise::InnerTarget, [index])?;
        for (entry, a) in gradient.iter_mut().zip(&row.input) {
            *entry = sum(entry, &product(&factor, a)?)?;
        }
    }
    ensure(gradient.iter().all(Zero::is_zero), Premise::Balanced, [])
}

/// Schema: lim E(τv) = Σ wⱼ (θ(sign⟨aⱼ,v⟩ ∞) − bⱼ)², θ(0) where ⟨aⱼ,v⟩ = 0.
pub(super) fn check_limit(statement: &Limit) -> Checked {
    let Limit {
        data,
        direction,
        value,
    } = statement;
    let [low, middle, high] = data.unit().range();
    let mut limit = Rational::zero();
    for (row, along) in data.rows().iter().zip(along(data, direction)?) {
        let response = match along.numer().cmp(&Int::zero()) {
            Ordering::Less => &low,
            Ordering::Equal => &middle,
            Ordering::Greater => &high,
        };
        let residual = sum(response, &-&row.target)?;
        limit = sum(&limit, &products(&[&residual, &residual, &row.weight])?)?;
    }
    compare(limit == *value, Premise::Limit, &limit, value)
}
