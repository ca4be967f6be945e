//! Facts about a whole error surface that one vector shows. Part of the trusted kernel.

use super::{Checked, Rational, Row, TrainingSet, compare, count, ensure, record, total};
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
    data.rows()
        .iter()
        .map(|row| Ok(total(row.input.iter().zip(v).map(|(a, v)| a * v))?))
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
        let value = &along * &sign;
        ensure(
            !value.is_negative() && (!sign.is_zero() || along.is_zero()),
            "side",
            [index],
        )?;
        strict |= value.is_positive();
    }
    ensure(strict, "strict", [])
}

/// Schema (Stiemke): Σ λⱼσⱼaⱼ = 0, λⱼ > 0, all targets at the ends σⱼ of the range ⟹ no ν has σⱼ⟨aⱼ,ν⟩ ≥ 0 for all j
/// and > 0 for one.
pub(super) fn check_balanced(data: &TrainingSet, dual: &[Rational]) -> Checked {
    count(data.rows().len(), dual.len())?;
    let range = data.unit().range();
    let mut sum = vec![Rational::zero(); data.width()];
    for (index, (row, lambda)) in data.rows().iter().zip(dual).enumerate() {
        let factor = lambda * sign(row, &range);
        ensure(lambda.is_positive() && !factor.is_zero(), "side", [index])?;
        for (entry, a) in sum.iter_mut().zip(&row.input) {
            *entry = total([std::mem::take(entry), &factor * a])?;
        }
    }
    ensure(sum.iter().all(Zero::is_zero), "balanced", [])
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
        let response = match along.cmp(&Rational::zero()) {
            Ordering::Less => &low,
            Ordering::Equal => &middle,
            Ordering::Greater => &high,
        };
        let residual = response - &row.target;
        limit = total([limit, &residual * &residual * &row.weight])?;
    }
    compare(limit == *value, "limit", &limit, value)
}
