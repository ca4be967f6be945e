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

use super::{FrameRow, Int, Interval, Rational, TooLarge, limits, products, sum};
use num_traits::{One, Signed, Zero};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Cells are computed on the grid 2^-GRID: 1 + p then fits in one word, by which dividing is fast.
pub(super) const GRID: u32 = 62;

/// A row in a cone: σ = ±1, the exponents |⟨a,rₖ⟩|, β and w.
pub(super) struct ConeRow<'a> {
    pub(super) row: &'a FrameRow,
    negative: bool,
    powers: Vec<u32>,
    beta: Interval,
    weight: Interval,
}

/// Σ q^powers · factor.
#[derive(Clone, Default)]
pub(super) struct Sum(BTreeMap<Vec<u32>, Interval>);

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

/// 1, on the grid.
pub(super) static ONE: LazyLock<Interval> =
    LazyLock::new(|| Interval::dyadic(Int::one() << GRID, GRID));

fn times(x: &Interval, y: &Interval) -> Option<Interval> {
    x.times(y)?.onto(GRID)
}

/// Π qₖ^mₖ.
fn monomial(cell: &[Interval], powers: impl Iterator<Item = u32>) -> Option<Interval> {
    let mut product = None;
    for (q, m) in cell.iter().zip(powers).filter(|(_, m)| *m > 0) {
        let factor = if m == 1 {
            Cow::Borrowed(q)
        } else {
            Cow::Owned(q.pow(m, GRID)?)
        };
        product = Some(if let Some(product) = product {
            times(&product, &factor)?
        } else {
            factor.into_owned()
        });
    }
    Some(product.unwrap_or_else(|| ONE.clone()))
}

impl<'a> ConeRow<'a> {
    /// A row with these exponents.
    pub(super) fn new(row: &'a FrameRow, negative: bool, powers: Vec<u32>) -> Option<Self> {
        let number = |x: &Rational| Interval::new(x, x, GRID);
        let (target, weight) = (number(&row.target)?, number(&row.weight)?);
        let fits = weight.hi.bits() <= u64::from(limits::GRID_BITS);
        fits.then_some(Self {
            row,
            negative,
            powers,
            beta: if negative { target.neg() } else { target },
            weight,
        })
    }

    /// w (h(∞)).
    pub(super) fn end(&self) -> Result<Rational, TooLarge> {
        let end = Rational::from_integer(if self.negative { -1 } else { 1 }.into());
        let end = sum(&end, &-&self.row.target)?;
        products(&[&end, &end, &self.row.weight])
    }

    /// v = 1/(1+p).
    pub(super) fn share(&self, cell: &[Interval]) -> Option<Interval> {
        ONE.div(
            &ONE.plus(&monomial(cell, self.powers.iter().copied())?),
            GRID,
        )
    }

    /// w h = w (τ − β)², τ = 2v−1.
    pub(super) fn value(&self, v: &Interval) -> Option<Interval> {
        let residual = v.plus(v).minus(&ONE).minus(&self.beta).abs();
        times(&self.weight, &residual.times(&residual)?)
    }

    /// Adds the row's term for the cell: `factor` is 1 for the value, ⟨a,d⟩ for a derivative, its square for a second one.
    pub(super) fn add(
        &self,
        sum: &mut Sum,
        order: Order,
        factor: &Int,
        v: &Interval,
    ) -> Option<()> {
        if factor.is_zero() {
            return Some(());
        }
        let (beta, v2, tau) = (&self.beta, || times(v, v), || v.plus(v).minus(&ONE));
        let reached = *beta == *ONE;
        let (scale, bounds) = match (order, reached) {
            (Order::Value, true) => (4, v2()?),
            (Order::Value, false) => (4, v.times(&beta.minus(v))?),
            (Order::First, true) => (-16, v2()?.times(v)?),
            (Order::First, false) => (8, v2()?.times(&tau().minus(beta))?),
            (Order::Second, true) => (
                16,
                v2()?
                    .times(v)?
                    .times(&tau().scaled(&Int::from(3)).plus(&ONE))?,
            ),
            (Order::Second, false) => {
                let (square, mixed) = (times(&tau(), &tau())?, times(beta, &tau())?);
                (
                    8,
                    v2()?.times(
                        &ONE.minus(&square.scaled(&Int::from(3)))
                            .plus(&mixed)
                            .plus(&mixed),
                    )?,
                )
            }
        };
        let turned = self.negative && matches!(order, Order::First);
        let factor = if turned { -factor } else { factor.clone() };
        let bounds = times(&bounds, &self.weight.scaled(&(factor * scale)))?;
        let degree = if reached { 2 } else { 1 };
        sum.group(
            self.powers
                .iter()
                .map(|m| m.saturating_mul(degree))
                .collect(),
            &bounds,
        );
        Some(())
    }
}

impl Sum {
    /// Adds a term.
    pub(super) fn group(&mut self, powers: Vec<u32>, bounds: &Interval) {
        let sum = self.0.entry(powers).or_insert_with(|| Interval::integer(0));
        *sum = sum.plus(bounds);
    }

    /// The sum over q^common.
    fn divided(&self, cell: &[Interval]) -> Option<Interval> {
        let least =
            |x: Vec<u32>, y: &Vec<u32>| x.into_iter().zip(y).map(|(x, y)| x.min(*y)).collect();
        let common = self.0.keys().fold(vec![u32::MAX; cell.len()], least);
        self.0
            .iter()
            .try_fold(Interval::integer(0), |sum, (powers, factor)| {
                let rest = powers
                    .iter()
                    .zip(&common)
                    .map(|(m, least)| m.saturating_sub(*least));
                Some(sum.plus(&times(&monomial(cell, rest)?, factor)?))
            })
    }

    /// Whether the sum is negative wherever all qₖ > 0.
    pub(super) fn is_negative(&self, cell: &[Interval]) -> bool {
        let strict = |most: Vec<Interval>| most.iter().any(Interval::is_negative);
        outweighed(
            self.0
                .iter()
                .map(|(powers, bounds)| (powers, bounds.clone())),
            cell,
        )
        .is_some_and(strict)
            || self.divided(cell).is_some_and(|sum| sum.is_negative())
    }

    /// Whether the sum is at least 0 there.
    pub(super) fn is_nonnegative(&self, cell: &[Interval]) -> bool {
        outweighed(
            self.0.iter().map(|(powers, bounds)| (powers, bounds.neg())),
            cell,
        )
        .is_some()
            || self.divided(cell).is_some_and(|sum| sum.is_nonnegative())
    }
}

/// Bounds of q^(m−l), unless it divides by a qₖ that reaches 0.
fn quotient(m: &[u32], l: &[u32], cell: &[Interval]) -> Option<Interval> {
    let part =
        |m: &[u32], l: &[u32]| monomial(cell, m.iter().zip(l).map(|(m, l)| m.saturating_sub(*l)));
    part(m, l)?.div(&part(l, m)?, GRID)
}

/// Terms q^m F, each that may be positive added to one that is not and outweighs it, if there is one for each:
/// q^m F + q^l G = q^l (q^(m−l) F + G).
fn outweighed<'a>(
    terms: impl Iterator<Item = (&'a Vec<u32>, Interval)>,
    cell: &[Interval],
) -> Option<Vec<Interval>> {
    let (positive, mut rest): (Vec<_>, Vec<_>) =
        terms.partition(|(_, bounds)| bounds.hi.is_positive());
    limits::spend(positive.len().saturating_mul(rest.len()) >> 6_u32).ok()?;
    // The sum of all terms is at most 0 if each term that may be positive is added to another one so
    // that their sum is at most 0: a bracket times a power of q, and q > 0. A term that has taken one
    // up goes on with the sum, and may take up more.
    // q^l (q^(m−l) F + G), where that is at most 0.
    let merged = |m: &[u32], more: &Interval, l: &'a Vec<u32>, other: &Interval| {
        let sum = times(&quotient(m, l, cell)?, more)?.plus(other);
        (!sum.hi.is_positive()).then_some((l, sum))
    };
    for (m, plus) in positive {
        let (place, sum) = rest.iter_mut().find_map(|term| {
            let (l, minus) = &*term;
            let sum = merged(m, &plus, l, minus).or_else(|| merged(l, minus, m, &plus))?;
            Some((term, sum))
        })?;
        *place = sum;
    }
    Some(rest.into_iter().map(|(_, bounds)| bounds).collect())
}
