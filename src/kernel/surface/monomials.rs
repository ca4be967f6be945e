//! Sums over the rows as sums of monomials with bounded factors, on a cell that may reach infinity. Part of the trusted
//! kernel.
//!
//! In a cone of rays r₁ … rₙ, u = Σ λₖrₖ with λₖ ≥ 0, put qₖ = e^{−2λₖ} ∈ (0,1]: infinity is where a qₖ is 0. A row whose
//! ⟨a,rₖ⟩ have one sign σ has p = e^{−2|y|} = Π qₖ^|⟨a,rₖ⟩| and t = σ(1−p)/(1+p). With v = 1/(1+p), β = σb, every
//! quantity below is a sum of monomials in q with bounded factors, and its sign is that of the sum divided by the common
//! monomial, even at q = 0:
//!
//! ```text
//!             b ≠ σ                           b = σ
//! h'          p · 8σ v² (2v−1−β)              p² · (−16σ v³)
//! h''         p · 8 v² (1−3τ²+2βτ), τ = 2v−1  p² · 16 v³ (1+3τ)
//! h − h(∞)    p · (−4v)(v−β)                  p² · 4v²
//! ```

use super::super::number::Int;
use super::activation::{Pair, floor_div};
use super::chart::FrameRow;
use num_traits::{One, Pow, Signed, Zero};

/// Cells are computed on the grid 2^-GRID.
pub(super) const GRID: u32 = 64;

/// A row in a cone: σ = ±1 and the exponents |⟨a,rₖ⟩|.
pub(super) struct ConeRow<'a> {
    pub(super) row: &'a FrameRow,
    pub(super) negative: bool,
    pub(super) powers: Vec<u32>,
}

/// coefficient/below · q^powers · factor.
pub(super) struct Monomial {
    pub(super) coefficient: Int,
    pub(super) below: Int,
    pub(super) powers: Vec<u32>,
    pub(super) factor: Pair,
}

/// Which sum over the rows.
#[derive(Clone, Copy)]
pub(super) enum Order {
    /// E − E(∞).
    Value,
    /// The derivative in a direction.
    First,
    /// The second derivative in a direction.
    Second,
}

pub(super) fn one() -> Int {
    Int::one() << GRID
}

/// Product of an interval in [0, ∞) and any interval.
fn times(positive: &Pair, any: &Pair) -> Pair {
    let low = &any.0 * if any.0.is_negative() { &positive.1 } else { &positive.0 };
    let high = &any.1 * if any.1.is_negative() { &positive.0 } else { &positive.1 };
    (low >> GRID, -((-high) >> GRID))
}

/// Π qₖ^mₖ.
pub(super) fn monomial(cell: &[Pair], powers: &[u32]) -> Pair {
    let mut product = (one(), one());
    for (q, m) in cell.iter().zip(powers).filter(|(_, m)| **m > 0) {
        let shift = u64::from(GRID).saturating_mul(u64::from(m.saturating_sub(1)));
        product = times(&(Pow::pow(&q.0, *m) >> shift, -((-Pow::pow(&q.1, *m)) >> shift)), &product);
    }
    product
}

impl ConeRow<'_> {
    /// The row's term in a sum, for p = e^{−2|y|} between the given ends.
    pub(super) fn term(&self, order: Order, along: &Int, p: &Pair) -> Monomial {
        let square = Int::one() << GRID.saturating_mul(2);
        let v = (&square / (one() + &p.1), -floor_div(&-square, &(one() + &p.0)));
        let v2 = times(&v, &v);
        let (b, below) = (self.row.target.numer(), self.row.target.denom());
        let beta = if self.negative { -b } else { b.clone() };
        let reached = beta == *below;
        let sign = Int::from(if self.negative { -1 } else { 1 });
        // The ends of x v + y (over `below`), for integers x ≥ 0 and y on the grid.
        let affine = |x: i32, y: Int| (&v.0 * x * below + &y, &v.1 * x * below + y);
        let level = |x: &Int| x << GRID;
        let (factor, scale, times_p) = match (order, reached) {
            (Order::Value, true) => (times(&v2, &(level(below), level(below))), Int::from(4), 2),
            (Order::Value, false) => (times(&v, &affine(1, -level(&beta))), Int::from(-4), 1),
            (Order::First, true) => (times(&v2, &affine(1, Int::zero())), sign * along * -16, 2),
            (Order::First, false) => (times(&v2, &affine(2, -level(&(below + beta)))), sign * along * 8, 1),
            (Order::Second, true) => {
                let third = times(&v2, &affine(6, -level(&(below * 2))));
                (times(&v, &third), along * along * 16, 2)
            }
            (Order::Second, false) => {
                let tau: Pair = (&v.0 * 2 - one(), &v.1 * 2 - one()); // in [0, 1] up to rounding
                let tau = (tau.0.max(Int::zero()), tau.1);
                let three = times(&tau, &tau);
                let (x, y) = (&beta * 2 * &tau.0, beta * 2 * &tau.1);
                let (low, high) = if x <= y { (x, y) } else { (y, x) };
                let bend = (level(below) - three.1 * 3 * below + low, level(below) - three.0 * 3 * below + high);
                (times(&v2, &bend), along * along * 8, 1)
            }
        };
        let powers = self.powers.iter().map(|m| m.saturating_mul(times_p)).collect();
        let coefficient = scale * self.row.weight.numer();
        Monomial { coefficient, below: self.row.weight.denom() * below, powers, factor }
    }
}

/// Bounds of the sum divided by the greatest monomial that divides every term.
pub(super) fn total(terms: &[Monomial], cell: &[Pair]) -> Pair {
    let mut common: Vec<u32> = vec![u32::MAX; cell.len()];
    for term in terms {
        for (least, m) in common.iter_mut().zip(&term.powers) {
            *least = (*least).min(*m);
        }
    }
    let mut sum = (Int::zero(), Int::zero());
    for Monomial { coefficient, below, powers, factor } in terms {
        let rest: Vec<u32> = powers.iter().zip(&common).map(|(m, least)| m.saturating_sub(*least)).collect();
        let value = times(&monomial(cell, &rest), factor);
        let ends = (value.0 * coefficient, value.1 * coefficient);
        let (low, high) = if coefficient.is_negative() { (ends.1, ends.0) } else { ends };
        sum = (sum.0 + floor_div(&low, below), sum.1 - floor_div(&-high, below));
    }
    sum
}
