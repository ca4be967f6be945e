//! Sums over the rows as sums of monomials with bounded factors, on a cell that may reach infinity. Part of the trusted
//! kernel.
//!
//! In a cone of rays r₁ … rₙ, u = Σ λₖrₖ with λₖ ≥ 0, put qₖ = e^{−2λₖ} ∈ (0,1]: infinity is where a qₖ is 0. A row whose
//! ⟨a,rₖ⟩ have one sign σ has p = e^{−2|y|} = Π qₖ^|⟨a,rₖ⟩| and t = σ(1−p)/(1+p). With v = 1/(1+p), β = σb, every
//! quantity below is a monomial in q times a bounded factor:
//!
//! ```text
//!             b ≠ σ                           b = σ
//! h'          p · 8σ v² (2v−1−β)              p² · (−16σ v³)
//! h''         p · 8 v² (1−3τ²+2βτ), τ = 2v−1  p² · 16 v³ (1+3τ)
//! h − h(∞)    p · (−4v)(v−β)                  p² · 4v²
//! ```

use super::super::number::{Int, Rational};
use super::activation::{Pair, floor_div, outward};
use super::chart::FrameRow;
use num_traits::{One, Pow, Signed, Zero};
use std::collections::BTreeMap;

/// Cells are computed on the grid 2^-GRID.
pub(super) const GRID: u32 = 64;

/// A row in a cone: σ = ±1 and the exponents |⟨a,rₖ⟩|.
pub(super) struct ConeRow<'a> {
    pub(super) row: &'a FrameRow,
    pub(super) negative: bool,
    pub(super) powers: Vec<u32>,
}

/// Σ q^powers · factor, the factors between bounds on the grid.
#[derive(Clone, Default)]
pub(super) struct Sum(BTreeMap<Vec<u32>, Pair>);

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

/// Rounds low/2ˢ down and high/2ˢ up to integers.
fn rounded((low, high): Pair, shift: u32) -> Pair {
    (low >> shift, -(-high >> shift))
}

/// Product of an interval in [0, ∞) and any interval.
fn times(positive: &Pair, any: &Pair) -> Pair {
    let low = &any.0 * if any.0.is_negative() { &positive.1 } else { &positive.0 };
    let high = &any.1 * if any.1.is_negative() { &positive.0 } else { &positive.1 };
    rounded((low, high), GRID)
}

/// Π qₖ^mₖ.
fn monomial<'a>(cell: &[Pair], powers: impl Iterator<Item = &'a u32>) -> Pair {
    let factors = cell.iter().zip(powers).filter(|(_, m)| **m > 0).map(|(q, m)| {
        let shift = GRID.saturating_mul(m.saturating_sub(1));
        if *m == 1 { q.clone() } else { rounded((Pow::pow(&q.0, *m), Pow::pow(&q.1, *m)), shift) }
    });
    factors.reduce(|product, factor| times(&factor, &product)).unwrap_or_else(|| (one(), one()))
}

impl ConeRow<'_> {
    /// w (h(∞)).
    pub(super) fn end(&self) -> Rational {
        let end = Rational::from_integer(if self.negative { -1 } else { 1 }.into()) - &self.row.target;
        &end * &end * &self.row.weight
    }

    /// v = 1/(1+p).
    pub(super) fn share(&self, cell: &[Pair]) -> Pair {
        let p = monomial(cell, self.powers.iter());
        let square = Int::one() << GRID.saturating_mul(2);
        (floor_div(&square, &(one() + &p.1)), -floor_div(&-square, &(one() + &p.0)))
    }

    /// A lower bound of w h = w (τ − β)², τ = 2v−1.
    pub(super) fn least(&self, v: &Pair) -> Int {
        let (b, below) = (self.row.target.numer(), self.row.target.denom());
        let beta = (if self.negative { -b } else { b.clone() }) << GRID;
        let away = |v: &Int| -> Int { (v * 2 - one()) * below - &beta };
        let distance = away(&v.0).max(-away(&v.1)).max(Int::zero());
        let weight = &self.row.weight;
        floor_div(&(&distance * &distance * weight.numer()), &(weight.denom() * below * below)) >> GRID
    }

    /// Adds the row's term for the cell: `factor` is 1 for the value, ⟨a,d⟩ for a derivative, its square for a second one.
    pub(super) fn add(&self, sum: &mut Sum, order: Order, factor: &Int, v: &Pair) {
        if factor.is_zero() {
            return;
        }
        let v2 = times(v, v);
        let (b, below) = (self.row.target.numer(), self.row.target.denom());
        let beta = if self.negative { -b } else { b.clone() };
        let reached = beta == *below;
        let level = |x: Int| x << GRID;
        // x v + y, in units of 1/below, for integers x ≥ 0 and y.
        let affine = |x: i32, y: Int| (&v.0 * x * below + level(y.clone()), &v.1 * x * below + level(y));
        let (bounds, scale, times_p): (Pair, i32, u32) = match (order, reached) {
            (Order::Value, true) => (times(&v2, &affine(0, below.clone())), 4, 2),
            (Order::Value, false) => (times(v, &affine(1, -beta)), -4, 1),
            (Order::First, true) => (times(&v2, &affine(1, Int::zero())), if self.negative { 16 } else { -16 }, 2),
            (Order::First, false) => (times(&v2, &affine(2, -(below + beta))), if self.negative { -8 } else { 8 }, 1),
            (Order::Second, true) => (times(v, &times(&v2, &affine(6, below * -2))), 16, 2),
            (Order::Second, false) => {
                let tau: Pair = (&v.0 * 2 - one(), &v.1 * 2 - one()); // in [0, 1] up to rounding
                let tau = (tau.0.max(Int::zero()), tau.1);
                let three = times(&tau, &tau);
                let (x, y) = (&beta * 2 * &tau.0, beta * 2 * &tau.1);
                let (low, high) = if x <= y { (x, y) } else { (y, x) };
                let flat = level(below.clone());
                (times(&v2, &(&flat - three.1 * 3 * below + low, flat - three.0 * 3 * below + high)), 8, 1)
            }
        };
        let coefficient = factor * scale * self.row.weight.numer();
        let ends = (bounds.0 * &coefficient, bounds.1 * &coefficient);
        let ends = if coefficient.is_negative() { (ends.1, ends.0) } else { ends };
        let powers = self.powers.iter().map(|m| m.saturating_mul(times_p)).collect();
        sum.group(powers, outward(&ends, &(self.row.weight.denom() * below), 0));
    }
}

impl Sum {
    fn group(&mut self, powers: Vec<u32>, (low, high): Pair) {
        let (least, most) = self.0.entry(powers).or_default();
        *least += low;
        *most += high;
    }

    /// Adds a number to a sum in n indeterminates.
    pub(super) fn add_number(&mut self, x: &Rational, n: usize) {
        if !x.is_zero() {
            let numer = x.numer() << GRID;
            self.group(vec![0; n], outward(&(numer.clone(), numer), x.denom(), 0));
        }
    }

    fn divided(&self, cell: &[Pair], common: &[u32]) -> Pair {
        let each = self.0.iter().map(|(powers, factor)| {
            let rest: Vec<u32> = powers.iter().zip(common).map(|(m, least)| m.saturating_sub(*least)).collect();
            times(&monomial(cell, rest.iter()), factor)
        });
        each.fold(Pair::default(), |(low, high), term| (low + term.0, high + term.1))
    }

    /// Whether the sum is negative wherever all qₖ > 0.
    pub(super) fn is_negative(&self, cell: &[Pair]) -> bool {
        let strict = |most: Vec<Int>| most.iter().any(Signed::is_negative);
        outweighed(self.0.iter().map(|(powers, bounds)| (powers, bounds.1.clone())), cell).is_some_and(strict)
            || self.divided(cell, &self.common()).1.is_negative()
    }

    /// Whether the sum is at least 0 there.
    pub(super) fn is_nonnegative(&self, cell: &[Pair]) -> bool {
        outweighed(self.0.iter().map(|(powers, bounds)| (powers, -&bounds.0)), cell).is_some()
            || !self.divided(cell, &self.common()).0.is_negative()
    }

    fn common(&self) -> Vec<u32> {
        let least = |x: Vec<u32>, y: &Vec<u32>| x.into_iter().zip(y).map(|(x, y)| x.min(*y)).collect();
        self.0.keys().next().map_or_else(Vec::new, |first| self.0.keys().fold(first.clone(), least))
    }
}

/// Bounds of q^(m−l), unless it divides by a qₖ that reaches 0.
fn quotient(m: &[u32], l: &[u32], cell: &[Pair]) -> Option<Pair> {
    if cell.iter().zip(m.iter().zip(l)).any(|(q, (m, l))| m < l && !q.0.is_positive()) {
        return None;
    }
    let part = |m: &[u32], l: &[u32]| -> Vec<u32> { m.iter().zip(l).map(|(m, l)| m.saturating_sub(*l)).collect() };
    let (above, below) = (monomial(cell, part(m, l).iter()), monomial(cell, part(l, m).iter()));
    if below.0 == one() {
        return Some(above);
    }
    let (low, high) = (above.0 << GRID, above.1 << GRID);
    below.0.is_positive().then(|| (floor_div(&low, &below.1), -floor_div(&-high, &below.0)))
}

/// Upper bounds F of terms q^m F, each positive one added to a negative one that outweighs it, if there is one for each:
/// q^m F + q^l G = q^l (q^(m−l) F + G).
fn outweighed<'a>(terms: impl Iterator<Item = (&'a Vec<u32>, Int)>, cell: &[Pair]) -> Option<Vec<Int>> {
    let (positive, mut rest): (Vec<_>, Vec<_>) = terms.partition(|(_, most)| most.is_positive());
    super::limits::spend(positive.len().saturating_mul(rest.len()) >> 6_u32).ok()?;
    // q^l (q^(m−l) F + G), where that is at most 0.
    let merged = |m: &[u32], most: &Int, l: &'a Vec<u32>, other: &Int| {
        let sum = times(&quotient(m, l, cell)?, &(most.clone(), most.clone())).1 + other;
        (!sum.is_positive()).then_some((l, sum))
    };
    for (m, plus) in positive {
        let (place, sum) = rest.iter_mut().find_map(|term| {
            let (l, minus) = &*term;
            let sum = merged(m, &plus, l, minus).or_else(|| merged(l, minus, m, &plus))?;
            Some((term, sum))
        })?;
        *place = sum;
    }
    Some(rest.into_iter().map(|(_, most)| most).collect())
}
