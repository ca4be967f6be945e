//! The search for a tree of cells in a cone. UNTRUSTED.

use super::super::barrier::Problem;
use super::FEW_WEIGHTS;
use super::bounds::{Ends, Lines, factors, monomial, times};
use super::fans::{FloatRow, Halved, halve_incomparable, halve_mixed};
use crate::kernel::number::Int;
use crate::kernel::surface::{Minimum, Point, Tree};
use num_traits::ToPrimitive;
use std::sync::OnceLock;

/// Most cells of one cone before the search gives up, for few weights and for many.
const CELLS: [usize; 2] = [20_000, 10_000];
/// Deepest nesting of cuts in one cone.
const DEPTH: usize = 300;
/// How often a cone in which the search fails is halved once more.
pub(super) const FANS: usize = 16;
/// What is equal to within this is taken to be equal; the kernel decides.
const TIE: f64 = 1e-12;

pub(super) struct Search<'a> {
    pub(super) rows: &'a [FloatRow],
    pub(super) minima: &'a [Minimum],
    pub(super) floor: Option<f64>,
    pub(super) problem: &'a Problem,
    pub(super) lines: &'a Lines,
    /// Where the search gave up first.
    pub(super) stuck: OnceLock<Vec<f64>>,
}

/// A row in a cone.
pub(super) struct ConeRow<'a> {
    pub(super) row: &'a FloatRow,
    pub(super) sign: f64,
    /// Exponents of p.
    pub(super) powers: Vec<i32>,
    /// Which group of rows with the same leading monomial.
    pub(super) group: usize,
}

/// A cone that is being searched.
struct Cone<'a> {
    search: &'a Search<'a>,
    rays: &'a [Vec<i64>],
    rows: Vec<ConeRow<'a>>,
    /// The leading monomials.
    groups: Vec<Vec<i32>>,
    /// Their order in the kernel.
    order: Vec<usize>,
    directions: Vec<Vec<i64>>,
    left: usize,
}

impl Search<'_> {
    pub(super) fn cone(&self, rays: &[Vec<i64>], fans: usize) -> Option<Tree> {
        let fan = |halved: Halved, fans: usize| {
            let (rays, shares, [left, right]) = halved;
            let parts = Box::new((self.cone(&left, fans)?, self.cone(&right, fans)?));
            Some(Tree::Fan { rays, shares, parts })
        };
        if let Some(halved) = halve_mixed(self.rows, rays).ok()? {
            return fan(halved, fans);
        }
        let mut groups: Vec<Vec<i32>> = Vec::new();
        let rows = self.rows.iter().map(|row| {
            let values: Vec<i64> = rays.iter().map(|ray| ray.iter().zip(&row.a).map(|(r, a)| r * a).sum()).collect();
            let sign = if values.iter().any(|v| *v < 0) { -1.0 } else { 1.0 };
            let powers: Vec<i32> = values.iter().map(|v| v.unsigned_abs().to_i32().unwrap_or(i32::MAX)).collect();
            let twice = if sign * row.b >= 1.0 { 2 } else { 1 };
            let leading: Vec<i32> = powers.iter().map(|m| m * twice).collect();
            let group = groups.iter().position(|known| *known == leading).unwrap_or(groups.len());
            if group == groups.len() {
                groups.push(leading);
            }
            ConeRow { row, sign, powers, group }
        });
        let rows: Vec<ConeRow<'_>> = rows.collect();
        if fans > 0
            && self.floor.is_some_and(|floor| (ends(&rows) - floor).abs() <= TIE * floor.abs().max(1.0))
            && let Some(halved) = halve_incomparable(&rows, rays)
        {
            return fan(halved, fans - 1);
        }
        let directions = directions(rays);
        let mut order: Vec<usize> = (0..groups.len()).collect();
        order.sort_by(|x, y| groups[*x].cmp(&groups[*y]));
        let left = CELLS[usize::from(rays.len() > FEW_WEIGHTS)];
        let mut cone = Cone { search: self, rays, rows, groups, order, directions, left };
        let whole = vec![(0.0, 1.0); rays.len()];
        if let Some(tree) = cone.cell(&whole, 0) {
            return Some(tree);
        }
        if fans == 0 || rays.len() > FEW_WEIGHTS {
            return None;
        }
        let halved = halve_incomparable(&cone.rows, rays)?;
        fan(halved, fans - 1)
    }
}

/// Directions to try: the rays, their sums and differences, the axes and the small integer vectors.
fn directions(rays: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let n = rays.len();
    let mut all: Vec<Vec<i64>> = rays.to_vec();
    if n > FEW_WEIGHTS {
        let axis = |k: usize, sign: i64| (0..n).map(move |i| if i == k { sign } else { 0 }).collect::<Vec<i64>>();
        all.extend((0..n).map(|k| axis(k, 1)));
        for k in 0..n {
            for (l, sign) in (0..k).flat_map(|l| [(l, 1), (l, -1)]) {
                all.push(axis(k, 1).iter().zip(axis(l, sign)).map(|(x, y)| x + y).collect());
            }
        }
        return all;
    }
    let count = 3_usize.pow(u32::try_from(n).unwrap_or(0));
    for code in 0..count {
        let mut rest = code;
        let digits: Vec<i64> = (0..n)
            .map(|_| {
                let digit = rest % 3;
                rest /= 3;
                i64::try_from(digit).unwrap_or(0) - 1
            })
            .collect();
        let mixed = (0..n).map(|i| rays.iter().zip(&digits).map(|(ray, d)| ray[i] * d).sum()).collect();
        for direction in [digits, mixed] {
            let opposite: Vec<i64> = direction.iter().map(|x: &i64| -x).collect();
            if direction.iter().any(|x| *x != 0) && !all.contains(&direction) && !all.contains(&opposite) {
                all.push(direction);
            }
        }
    }
    all
}

/// E at the cone's corner of infinity.
fn ends(rows: &[ConeRow<'_>]) -> f64 {
    rows.iter().map(|row| row.row.w * (row.sign - row.row.b) * (row.sign - row.row.b)).sum()
}

/// The factors of every row on a cell, and the quotients of the groups' monomials.
struct Bounds {
    first: Vec<Ends>,
    second: Vec<Ends>,
    quotients: Vec<Option<Ends>>,
}

impl Cone<'_> {
    fn cell(&mut self, cell: &[Ends], depth: usize) -> Option<Tree> {
        let hopeless = self.rays.len() > FEW_WEIGHTS && self.search.stuck.get().is_some();
        if self.left == 0 || depth > DEPTH || hopeless {
            let _ = self.search.stuck.set(self.middle(cell));
            return None;
        }
        self.left -= 1;
        if let Some(leaf) = self.leaf(cell) {
            return Some(leaf);
        }
        let halves = |axis: usize| {
            let middle = f64::midpoint(cell[axis].0, cell[axis].1);
            let (mut low, mut high) = (cell.to_vec(), cell.to_vec());
            low[axis].1 = middle;
            high[axis].0 = middle;
            (low, high)
        };
        let wide = |axis: usize| cell[axis].1 - cell[axis].0 > 1e-17;
        if cell.len() > FEW_WEIGHTS {
            // A half that is a leaf costs nothing.
            for axis in (0..cell.len()).filter(|axis| wide(*axis)) {
                let (low, high) = halves(axis);
                if let Some(leaf) = self.leaf(&high) {
                    return Some(Tree::Cut(axis, Box::new((self.cell(&low, depth + 1)?, leaf))));
                }
                if let Some(leaf) = self.leaf(&low) {
                    return Some(Tree::Cut(axis, Box::new((leaf, self.cell(&high, depth + 1)?))));
                }
            }
        }
        let weight = |k: usize| {
            let most = self.rows.iter().map(|row| row.powers[k]).max().unwrap_or(0);
            (cell[k].1 - cell[k].0) * f64::from(most.max(1))
        };
        let axis = (0..cell.len()).filter(|axis| wide(*axis)).max_by(|i, k| weight(*i).total_cmp(&weight(*k)))?;
        let (low, high) = halves(axis);
        Some(Tree::Cut(axis, Box::new((self.cell(&low, depth + 1)?, self.cell(&high, depth + 1)?))))
    }

    fn leaf(&self, cell: &[Ends]) -> Option<Tree> {
        let far = cell.iter().any(|q| q.0 <= 0.0);
        if far && self.search.floor.is_some_and(|floor| !self.above(cell, floor)) {
            return None;
        }
        let ints = |v: &[i64]| v.iter().map(|x| Int::from(*x)).collect::<Vec<Int>>();
        if let Some(index) = self.search.minima.iter().position(|minimum| self.inside(cell, minimum)) {
            return Some(Tree::Inside(index));
        }
        let factors = self.rows.iter().map(|row| factors(row.row, row.sign, monomial(cell, &row.powers)));
        let (first, second) = factors.map(|[_, first, second]| (first, second)).unzip();
        let bounds = Bounds { first, second, quotients: self.quotients(cell) };
        let none = vec![0; cell.len()];
        let gradient = self.gradient(cell);
        for direction in gradient.iter().chain(&self.directions) {
            let back: Vec<i64> = direction.iter().map(|x| -x).collect();
            for direction in [direction, &back] {
                if self.bends(cell, &bounds, &none, direction) {
                    return Some(Tree::Bend(Vec::new(), ints(direction)));
                }
            }
        }
        let flat = self.directions.iter().find(|direction| self.bends(cell, &bounds, direction, &none));
        flat.map(|direction| Tree::Bend(ints(direction), Vec::new()))
    }

    /// Whether D²E[v] + DE[d] < 0 on the cell, as the kernel decides it.
    fn bends(&self, cell: &[Ends], bounds: &Bounds, v: &[i64], d: &[i64]) -> bool {
        let mut sums: Vec<Option<Ends>> = vec![None; self.groups.len()];
        let mut size = 0.0;
        for ((row, first), second) in self.rows.iter().zip(&bounds.first).zip(&bounds.second) {
            let along = |v: &[i64]| row.row.a.iter().zip(v).map(|(a, v)| a * v).sum::<i64>().to_f64().unwrap_or(0.0);
            let (v, d) = (along(v), along(d));
            if v == 0.0 && d == 0.0 {
                continue;
            }
            let slope = if d < 0.0 { (first.1 * d, first.0 * d) } else { (first.0 * d, first.1 * d) };
            let term = (second.0 * v * v + slope.0, second.1 * v * v + slope.1);
            size += term.0.abs().max(term.1.abs());
            let sum = sums[row.group].get_or_insert((0.0, 0.0));
            *sum = (sum.0 + term.0, sum.1 + term.1);
        }
        let slack = 1e-13 * size + 1e-15;
        if sums.iter().flatten().all(|sum| sum.1 + slack >= 0.0) {
            return false;
        }
        if self.outweighed(&bounds.quotients, |sum| sum.1 + slack, &sums) {
            return true;
        }
        self.divided(cell, &sums).1 + slack < 0.0
    }

    /// For groups m and l, in this order, q^(m−l) where l divides m.
    fn quotients(&self, cell: &[Ends]) -> Vec<Option<Ends>> {
        let pairs = self.groups.iter().flat_map(|m| self.groups.iter().map(move |l| (m, l)));
        let quotient = |(m, l): (&Vec<i32>, &Vec<i32>)| {
            let mut product = (1.0, 1.0);
            for (q, (m, l)) in cell.iter().zip(m.iter().zip(l)) {
                match m - l {
                    0 => {}
                    1 => product = (product.0 * q.0, product.1 * q.1),
                    more if more > 0 => product = (product.0 * q.0.powi(more), product.1 * q.1.powi(more)),
                    _ => return None,
                }
            }
            Some(product)
        };
        pairs.map(quotient).collect()
    }

    /// Whether every positive upper bound of a group is outweighed by a negative one, as the kernel finds it.
    fn outweighed(&self, quotients: &[Option<Ends>], most: impl Fn(&Ends) -> f64, sums: &[Option<Ends>]) -> bool {
        let terms = self.order.iter().filter_map(|group| Some((*group, most(&sums[*group]?))));
        let (positive, mut rest): (Vec<_>, Vec<_>) = terms.partition(|(_, most)| *most > 0.0);
        let quotient = |m: usize, l: usize| quotients[m * self.groups.len() + l];
        let times = |(low, high): Ends, most: f64| most * if most < 0.0 { low } else { high };
        let merged = |(l, most): (usize, f64), m: usize, plus: f64| {
            let below = quotient(m, l).map(|more| (l, times(more, plus) + most));
            below.or_else(|| quotient(l, m).map(|more| (m, times(more, most) + plus))).filter(|(_, sum)| *sum < 0.0)
        };
        !rest.is_empty()
            && positive.into_iter().all(|(m, plus)| {
                let found = rest.iter_mut().find_map(|term| Some((merged(*term, m, plus)?, term)));
                found.map(|(sum, term)| *term = sum).is_some()
            })
    }

    /// The sum of the groups times their monomials, divided by the greatest one that divides all.
    fn divided(&self, cell: &[Ends], sums: &[Option<Ends>]) -> Ends {
        let present = || self.groups.iter().zip(sums).filter_map(|(powers, sum)| sum.map(|sum| (powers, sum)));
        let common: Vec<i32> =
            (0..cell.len()).map(|k| present().map(|(powers, _)| powers[k]).min().unwrap_or(0)).collect();
        let each = present().map(|(powers, sum)| {
            let rest: Vec<i32> = powers.iter().zip(&common).map(|(m, least)| m - least).collect();
            times(monomial(cell, &rest), sum)
        });
        each.fold((0.0, 0.0), |sum, term| (sum.0 + term.0, sum.1 + term.1))
    }

    fn above(&self, cell: &[Ends], floor: f64) -> bool {
        let mut sums: Vec<Option<Ends>> = vec![None; self.groups.len()];
        let mut lines = vec![0.0; self.search.lines.least.len()];
        for (index, row) in self.rows.iter().enumerate() {
            let p = monomial(cell, &row.powers);
            let [value, _, _] = factors(row.row, row.sign, p);
            let sum = sums[row.group].get_or_insert((0.0, 0.0));
            *sum = (sum.0 + value.0, sum.1 + value.1);
            if let Some(line) = self.search.lines.of_row.get(index).and_then(|line| lines.get_mut(*line)) {
                let p = if row.sign * row.row.b >= 1.0 { (p.0 * p.0, p.1 * p.1) } else { p };
                let end = row.sign - row.row.b;
                *line += times(p, value).0 + row.row.w * end * end;
            }
        }
        let rest = ends(&self.rows) - floor;
        let least = lines.iter().zip(&self.search.lines.least).map(|(own, least)| own.max(*least)).sum::<f64>();
        if least > floor + 1e-9 * floor.abs() {
            return true;
        }
        let size: f64 = sums.iter().flatten().map(|sum| sum.0.abs().max(sum.1.abs())).sum();
        let slack = 1e-13 * size + 1e-15;
        if rest.abs() <= TIE * floor.abs().max(1.0) {
            return self.outweighed(&self.quotients(cell), |sum| slack - sum.0, &sums)
                || self.divided(cell, &sums).0 > slack;
        }
        let whole =
            self.groups.iter().zip(&sums).filter_map(|(powers, sum)| Some(times(monomial(cell, powers), (*sum)?).0));
        whole.sum::<f64>() + rest > slack + 1e-13 * floor.abs()
    }

    /// A point in the cell.
    fn middle(&self, cell: &[Ends]) -> Vec<f64> {
        let mut u = vec![0.0; cell.len()];
        for (q, ray) in cell.iter().zip(self.rays) {
            let middle: f64 = if q.0 > 0.0 { (q.0 * q.1).sqrt() } else { q.1 / 2.0 };
            let lambda = -0.5 * middle.ln();
            for (x, r) in u.iter_mut().zip(ray) {
                *x += lambda * r.to_f64().unwrap_or(0.0);
            }
        }
        u
    }

    /// The gradient in the middle of the cell, as a small integer vector.
    fn gradient(&self, cell: &[Ends]) -> Option<Vec<i64>> {
        let gradient = self.search.problem.floats.derivatives(&self.middle(cell)).gradient;
        let most = gradient.iter().fold(0.0_f64, |m, g| m.max(g.abs()));
        (most > 0.0).then(|| gradient.iter().map(|g| (g / most * 8.0).round().to_i64().unwrap_or(0)).collect())
    }

    fn inside(&self, cell: &[Ends], minimum: &Minimum) -> bool {
        let Point::Exp { bits, xi } = &minimum.centre else { return false };
        let (Ok(m), Ok(e)) = (i32::try_from(minimum.half_width), i32::try_from(*bits)) else { return false };
        let width = (1.0 + 2.0 * 2_f64.powi(-m)) * (1.0 - 1e-12);
        xi.iter().enumerate().all(|(i, x)| {
            let xi = x.to_f64().unwrap_or(0.0) * 2_f64.powi(-e);
            let (mut most, mut least) = (1.0, 1.0);
            for (q, ray) in cell.iter().zip(self.rays) {
                let power = -ray[i].to_i32().unwrap_or(0);
                let (x, y) = (q.0.powi(power), q.1.powi(power));
                most *= x.max(y);
                least *= x.min(y);
            }
            most <= xi * width && least * width >= xi
        })
    }
}
