//! All local minima: every other point is excluded, cell by cell, the neighbourhood of infinity included. Part of the
//! trusted kernel.
//!
//! Rⁿ is the union of the orthants' cones; a cone is halved by a ray between two of its own; in a cone in which every row
//! has one sign, cells of the coordinates q ∈ (0,1]ⁿ are halved.

use super::Premise;
use super::{Barrier, Chart, Checked, ConeRow, FrameRow, GRID, Int, Interval, Minimum, ONE, Order};
use super::{Point, Rational, Sum, TooLarge, TrainingSet};
use super::{
    check_barrier, count, dot, ensure, fails, forms, frame, limits, merged, nothing, record,
    silent, sum,
};
use num_traits::{One, Pow, Signed, Zero};
use std::cell::LazyCell;

/// The grid on which cells are compared with boxes is 2^-FINE.
const FINE: u32 = 512;

/// E has exactly the local minima that are listed, in the coordinates u, and, if β is given, E(u) ≥ β for all u outside
/// a bounded set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minima {
    /// The training set.
    pub data: TrainingSet,
    /// The coordinates u.
    pub chart: Chart,
    /// The local minima: statements about the same data and coordinates.
    pub minima: Vec<Minimum>,
    /// β.
    pub at_infinity: Option<Rational>,
}

record!(Minima, "minima", [data, chart, minima, at_infinity]);

forms! {
    /// A decomposition of a cone, or of a cell of it; indices count from 0.
    Tree {
        /// The cone is halved by the ray (αrᵢ + βrₖ)/γ, which replaces rᵢ in the first part and rₖ in the second.
        "fan" Fan {
            /// i and k.
            rays: (usize, usize),
            /// α, β and γ, positive; the ray has integer entries.
            shares: [u32; 3],
            /// The two parts.
            parts: Box<(Tree, Tree)>,
        },
        /// The cell is halved in qₖ, the smaller q first.
        "cut" Cut(axis: usize, smaller: Box<Tree>, larger: Box<Tree>),
        /// The second derivative of E in direction v and the derivative in direction d have a negative sum.
        "bend" Bend(bend: Vec<Int>, slope: Vec<Int>),
        /// The cell lies in the box of this minimum.
        "in" Inside(minimum: usize),
    } or nothing, silent {}
}

/// What the rule needs besides the statement: for each minimum its evidence, for each orthant a tree. The cone of orthant
/// number o has the rays rₖ = −eₖ where bit k of o is set, eₖ elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells {
    /// Evidence for the minima.
    pub minima: Vec<Barrier>,
    /// The trees of the 2ⁿ orthants.
    pub orthants: Vec<Tree>,
}

record!(Cells, "cells", [minima, orthants]);

/// Schema: every point of Rⁿ lies in a leaf; in a leaf with D²E[v] + DE[d] < 0 there is no local minimum, in a box just
/// the one; E ≥ β in every leaf that reaches infinity ⟹ the statement of [`Minima`].
pub(super) fn check_cells(statement: &Minima, evidence: &Cells) -> Checked {
    let Minima {
        data,
        chart,
        minima,
        at_infinity,
    } = statement;
    count(minima.len(), evidence.minima.len())?;
    for (minimum, barrier) in minima.iter().zip(&evidence.minima) {
        data.pay()?;
        let same = minimum.data == *data && minimum.chart == *chart;
        ensure(same, Premise::Data, [])?;
        check_barrier(minimum, barrier)?;
    }
    for (first, left) in minima.iter().enumerate() {
        limits::spend(minima.len())?;
        for (second, right) in minima.iter().enumerate().skip(first.saturating_add(1)) {
            ensure(apart(left, right), Premise::Apart, [first, second])?;
        }
    }
    let (rows, rest) = merged(frame(data, chart)?)?;
    let floor = at_infinity.as_ref().map(|floor| sum(floor, &-rest));
    let floor = floor.transpose()?;
    let n = chart.coordinates.len();
    let orthants = u32::try_from(n)
        .ok()
        .filter(|n| *n <= limits::CELL_WEIGHTS)
        .map(|n| 1_usize << n);
    count(orthants.ok_or(TooLarge)?, evidence.orthants.len())?;
    for (number, tree) in evidence.orthants.iter().enumerate() {
        let sign = |k: usize| if number >> k & 1 == 1 { -1 } else { 1 };
        let rays = (0..n)
            .map(|k| {
                (0..n)
                    .map(|i| Int::from(if i == k { sign(k) } else { 0 }))
                    .collect()
            })
            .collect();
        cone(&rows, minima, floor.as_ref(), rays, tree)?;
    }
    Ok(())
}

/// The boxes are disjoint: ξᵢ/ξ'ᵢ > 1/(1−2(r+r')) ≥ e^{2(r+r')} for some i, or the other way round.
fn apart(left: &Minimum, right: &Minimum) -> bool {
    let (Some(xi), Some(other)) = (left.centre.xi(), right.centre.xi()) else {
        return false;
    };
    let m = left.half_width.min(right.half_width);
    let shrunk = Interval::dyadic((Int::one() << m) - 4, m);
    let above =
        |x: &Interval, y: &Interval| x.times(&shrunk).is_some_and(|x| x.minus(y).is_positive());
    xi.iter()
        .zip(&other)
        .any(|(x, y)| above(x, y) || above(y, x))
}

/// Checks a cone, which a tree decomposes.
fn cone<'a>(
    rows: &'a [FrameRow],
    minima: &'a [Minimum],
    floor: Option<&'a Rational>,
    rays: Vec<Vec<Int>>,
    tree: &Tree,
) -> Checked {
    limits::spend(rows.len())?;
    if let Tree::Fan {
        rays: (i, k),
        shares,
        parts,
    } = tree
    {
        let [alpha, beta, gamma] = *shares;
        let refuse = || fails(Premise::Ray, [*i, *k]);
        let (left, right) = (
            rays.get(*i).ok_or_else(refuse)?,
            rays.get(*k).filter(|_| i != k).ok_or_else(refuse)?,
        );
        let positive = alpha > 0 && beta > 0 && gamma > 0;
        ensure(positive, Premise::Shares, [*i, *k])?;
        let ray: Vec<Int> = left
            .iter()
            .zip(right)
            .map(|(l, r)| l * alpha + r * beta)
            .collect();
        let integral = ray.iter().all(|entry| (entry % gamma).is_zero());
        ensure(integral, Premise::Fan, [*i, *k])?;
        let ray: Vec<Int> = ray.into_iter().map(|entry| entry / gamma).collect();
        let replace = |place: usize| {
            let pick = |(at, old): (usize, &Vec<Int>)| {
                if at == place {
                    ray.clone()
                } else {
                    old.clone()
                }
            };
            rays.iter().enumerate().map(pick).collect()
        };
        cone(rows, minima, floor, replace(*i), &parts.0)?;
        return cone(rows, minima, floor, replace(*k), &parts.1);
    }
    let mut all = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let values = rays.iter().map(|ray| dot(ray, &row.a));
        let values = values.collect::<Result<Vec<_>, _>>()?;
        let negative = values.iter().any(Signed::is_negative);
        let one_sign = !negative || !values.iter().any(Signed::is_positive);
        ensure(one_sign, Premise::OneSign, [index])?;
        let powers = values.iter().map(power).collect::<Option<_>>();
        all.push(
            powers
                .and_then(|powers| ConeRow::new(row, negative, powers))
                .ok_or(fails(Premise::Exponent, [index]))?,
        );
    }
    let mut ends = Rational::zero();
    for row in &all {
        ends = sum(&ends, &row.end()?)?;
    }
    let rest = |floor: &'a Rational| Ok::<_, TooLarge>((floor, sum(&ends, &-floor)?));
    let whole = vec![
        Interval {
            lo: Int::zero(),
            ..ONE.clone()
        };
        rays.len()
    ];
    Cone {
        rays,
        rows: all,
        minima,
        floor: floor.map(rest).transpose()?,
    }
    .check(&whole, tree)
}

/// |x| as an exponent.
fn power(x: &Int) -> Option<u32> {
    u32::try_from(x.abs())
        .ok()
        .filter(|m| *m <= limits::CELL_POWER)
}

/// A cone in which every row has one sign.
struct Cone<'a> {
    rays: Vec<Vec<Int>>,
    rows: Vec<ConeRow<'a>>,
    minima: &'a [Minimum],
    /// β, and how far the limit of E at the corner of infinity is above it.
    floor: Option<(&'a Rational, Rational)>,
}

impl Cone<'_> {
    fn check(&self, cell: &[Interval], tree: &Tree) -> Checked {
        limits::spend(self.rows.len())?;
        let ends = || {
            cell.iter()
                .flat_map(|q| [&q.lo, &q.hi])
                .flat_map(usize::try_from)
        };
        let refuse = |premise| fails(premise, ends().collect::<Vec<_>>());
        let shares = LazyCell::new(|| self.shares(cell));
        let (holds, premise) = match tree {
            Tree::Fan { rays: (i, k), .. } => return Err(fails(Premise::LateFan, [*i, *k])),
            Tree::Cut(axis, smaller, larger) => {
                let (mut low, mut high) = (cell.to_vec(), cell.to_vec());
                let (Some(below), Some(above)) = (low.get_mut(*axis), high.get_mut(*axis)) else {
                    return Err(fails(Premise::Axis, [*axis]));
                };
                let middle: Int = (&below.lo + &below.hi) >> 1_u32;
                below.hi.clone_from(&middle);
                above.lo = middle;
                self.check(&low, smaller)?;
                return self.check(&high, larger);
            }
            Tree::Bend(bend, slope) => (
                self.bends(cell, shares.as_deref(), bend, slope),
                Premise::Bend,
            ),
            Tree::Inside(index) => {
                let minimum = self
                    .minima
                    .get(*index)
                    .ok_or(fails(Premise::Leaf, [*index]))?;
                (self.inside(cell, minimum), Premise::InsideBox)
            }
        };
        if holds.is_none() {
            limits::spend(1)?;
        }
        let far = cell.iter().any(|q| !q.is_positive());
        let above = || self.above(cell, shares.as_deref()) == Some(true);
        (holds == Some(true))
            .then_some(())
            .ok_or_else(|| refuse(premise))?;
        (!far || above())
            .then_some(())
            .ok_or_else(|| refuse(Premise::Low))
    }

    /// The shares of the rows.
    fn shares(&self, cell: &[Interval]) -> Option<Vec<Interval>> {
        self.rows.iter().map(|row| row.share(cell)).collect()
    }

    /// D²E[v] + DE[d] < 0 on the cell.
    fn bends(
        &self,
        cell: &[Interval],
        shares: Option<&[Interval]>,
        v: &[Int],
        d: &[Int],
    ) -> Option<bool> {
        let mut sum = Sum::default();
        for (row, share) in self.rows.iter().zip(shares?) {
            row.add(
                &mut sum,
                Order::Second,
                &Pow::pow(dot(&row.row.a, v).ok()?, 2_u32),
                share,
            )?;
            row.add(&mut sum, Order::First, &dot(&row.row.a, d).ok()?, share)?;
        }
        Some(sum.is_negative(cell))
    }

    /// E ≥ β on the cell, if there is a β, from all rows together or one by one.
    fn above(&self, cell: &[Interval], shares: Option<&[Interval]>) -> Option<bool> {
        let Some((floor, rest)) = &self.floor else {
            return Some(true);
        };
        let shares = shares?;
        let rows = || self.rows.iter().zip(shares);
        let value = rows().try_fold(Interval::integer(0), |sum, (row, share)| {
            Some(sum.plus(&row.value(share)?))
        })?;
        if &value.lo * floor.denom() >= floor.numer() << value.bits {
            return Some(true);
        }
        let mut all = Sum::default();
        if !rest.is_zero() {
            all.group(vec![0; cell.len()], &Interval::new(rest, rest, GRID)?);
        }
        for (row, share) in rows() {
            row.add(&mut all, Order::Value, &Int::one(), share)?;
        }
        Some(all.is_nonnegative(cell))
    }

    /// |uᵢ − cᵢ| ≤ r on the cell, from ξᵢ/(1+2r) ≤ e^{2uᵢ} = Π qₖ^{−rₖᵢ} ≤ ξᵢ(1+2r) and 1+2r ≤ e^{2r}.
    fn inside(&self, cell: &[Interval], minimum: &Minimum) -> Option<bool> {
        let Point::Exp { bits, xi } = &minimum.centre else {
            return None;
        };
        let most = Interval::dyadic((Int::one() << minimum.half_width) + 2, minimum.half_width);
        let mut within = true;
        for (i, x) in xi.iter().enumerate() {
            let mut xi = Interval::integer(1);
            for (q, ray) in cell.iter().zip(&self.rays) {
                let entry = ray.get(i)?;
                let factor = q.pow(power(entry)?, FINE)?;
                xi = if entry.is_negative() {
                    xi.mul(&factor, FINE)?
                } else {
                    xi.div(&factor, FINE)?
                };
            }
            let length = x.bits().saturating_add((*bits).into()) >> 9_u32;
            limits::spend(usize::try_from(length).ok()?).ok()?;
            let centre = Interval::dyadic(x.clone(), *bits);
            within &= centre.times(&most)?.minus(&xi).is_nonnegative()
                && xi.times(&most)?.minus(&centre).is_nonnegative();
        }
        Some(within)
    }
}
