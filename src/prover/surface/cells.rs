//! Certificates that list all local minima. UNTRUSTED.
//!
//! Computes as the kernel does, in floats: cones in which every row has one sign, cells in them, a reason for each cell.

use super::barrier::{Problem, prove, prove_exact};
use super::find::{Candidate, descend, distinct};
use super::floats::float;
use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{
    Barrier, Cells, Evidence, Minima, Minimum, Point, Statement, TrainingSet, Tree, Unit, check,
};
use num_traits::{One, Signed, ToPrimitive, Zero};
use rayon::prelude::*;
use std::sync::OnceLock;

/// Most weights.
const MOST_WEIGHTS: usize = 6;
/// Up to this many weights all small directions are tried, and no line needs a bound of its own.
pub(super) const FEW_WEIGHTS: usize = 3;
/// How often new minima are taken in.
const ROUNDS: usize = 4;
/// Most cells of one cone before the search gives up, for few weights and for many.
const CELLS: [usize; 2] = [20_000, 10_000];
/// Deepest nesting of cuts in one cone.
const DEPTH: usize = 300;
/// How often a cone in which the search fails is halved once more.
const FANS: usize = 16;
/// What is equal to within this is taken to be equal; the kernel decides.
const TIE: f64 = 1e-12;
/// Largest exponent that the kernel takes.
const POWER: i64 = 256;
/// Parts of the least eigenvalue that remain as λ in the wide boxes used here, to be tried in this order.
const SHARES: [f64; 3] = [0.02, 0.3, 0.95];
/// Into how many pieces each line is cut to bound what its rows add to E.
const LINE_PIECES: usize = 60;

/// A statement that lists all minima, with its evidence; `floors` are the values to try, in order, for β. Where the search
/// gets stuck it looks for another minimum.
#[must_use]
pub fn list(problem: &Problem, found: &[Candidate], floors: &[Option<Rational>]) -> Option<(Minima, Cells)> {
    let n = problem.floats.n;
    if n > MOST_WEIGHTS || n == 0 {
        return None;
    }
    let rows = float_rows(problem)?;
    let mut found: Vec<Candidate> = found.iter().filter(|candidate| candidate.minimum).cloned().collect();
    for _ in 0..ROUNDS {
        let list = List::new(problem, &rows, &found)?;
        // What cannot be listed at all cannot be listed with a bound at infinity.
        let plain = if n > FEW_WEIGHTS { Some(list.prove(None)) } else { None };
        let all = match plain {
            Some(Err(stuck)) => Err(stuck),
            Some(Ok(plain)) => {
                let better = floors
                    .iter()
                    .rev()
                    .filter(|floor| floor.is_some())
                    .find_map(|floor| list.prove(floor.as_ref()).ok());
                Ok(better.unwrap_or(plain))
            }
            None => {
                let mut stuck = None;
                let proved = floors.iter().find_map(|floor| match list.prove(floor.as_ref()) {
                    Ok(proved) => Some(proved),
                    Err(point) => {
                        stuck = Some(point);
                        None
                    }
                });
                proved.ok_or(stuck.flatten())
            }
        };
        match all {
            Ok(all) => return Some(all),
            Err(stuck) => {
                let count = found.len();
                found.push(descend(&problem.floats, stuck?));
                found = distinct(&problem.floats, found).into_iter().filter(|candidate| candidate.minimum).collect();
                if found.len() == count {
                    return None;
                }
            }
        }
    }
    None
}

/// What is known when all minima are to be listed.
struct List<'a> {
    problem: &'a Problem,
    rows: &'a [FloatRow],
    minima: Vec<Minimum>,
    evidence: Vec<Barrier>,
}

impl<'a> List<'a> {
    fn new(problem: &'a Problem, rows: &'a [FloatRow], found: &[Candidate]) -> Option<Self> {
        let (mut minima, mut evidence) = (Vec::new(), Vec::new());
        for candidate in found {
            let exact = prove_exact(problem, &candidate.point, SHARES[0]);
            let exact = exact.filter(|(minimum, barrier)| holds(minimum, barrier));
            let wide = || SHARES.into_iter().find_map(|share| prove(problem, &candidate.point, None, share));
            let (minimum, barrier) = exact.or_else(wide)?;
            minima.push(minimum);
            evidence.push(barrier);
        }
        Some(Self { problem, rows, minima, evidence })
    }

    /// The list with this bound at infinity, or a point at which the search got stuck.
    fn prove(&self, floor: Option<&Rational>) -> Result<(Minima, Cells), Option<Vec<f64>>> {
        let n = self.problem.floats.n;
        let lines = if n > FEW_WEIGHTS && floor.is_some() { Lines::new(self.rows) } else { Lines::default() };
        let search = Search {
            rows: self.rows,
            minima: &self.minima,
            floor: floor.map(float),
            problem: self.problem,
            lines: &lines,
            stuck: OnceLock::new(),
        };
        let orthants: Option<Vec<Tree>> = (0..1_usize << n)
            .into_par_iter()
            .map(|number| {
                let sign = |k: usize| if number >> k & 1 == 1 { -1 } else { 1 };
                let ray = |k: usize| (0..n).map(|i| if i == k { sign(k) } else { 0 }).collect();
                search.cone(&(0..n).map(ray).collect::<Vec<_>>(), FANS)
            })
            .collect();
        let Some(orthants) = orthants else { return Err(search.stuck.into_inner()) };
        let (data, chart) = (self.problem.data.clone(), self.problem.chart.clone());
        Ok((
            Minima { data, chart, minima: self.minima.clone(), at_infinity: floor.cloned() },
            Cells { minima: self.evidence.clone(), lines: lines.cuts(), orthants },
        ))
    }
}

fn holds(minimum: &Minimum, barrier: &Barrier) -> bool {
    check(&Statement::Minimum(Box::new(minimum.clone())), &Evidence::Barrier(barrier.clone())).is_ok()
}

/// A row in floats, with its integer entries.
struct FloatRow {
    a: Vec<i64>,
    b: f64,
    w: f64,
}

fn float_rows(problem: &Problem) -> Option<Vec<FloatRow>> {
    let rows = problem.rows.iter().map(|row| {
        let a = row.a.iter().map(ToPrimitive::to_i64).collect::<Option<Vec<i64>>>()?;
        let fits = a.iter().all(|a| a.abs() <= POWER);
        fits.then(|| FloatRow { a, b: float(&row.target), w: float(&row.weight) })
    });
    rows.collect()
}

/// The least value of E at the corners of infinity, exactly: every row saturated, signs as in the cones.
#[must_use]
pub fn least_corner(problem: &Problem) -> Option<(Rational, Vec<Rational>)> {
    let n = problem.floats.n;
    if n > MOST_WEIGHTS || n == 0 {
        return None;
    }
    let rows = float_rows(problem)?;
    let mut best: Option<(Rational, Vec<i64>)> = None;
    for number in 0..1_usize << n {
        let ray =
            |k: usize| (0..n).map(|i| if i == k { if number >> k & 1 == 1 { -1 } else { 1 } } else { 0 }).collect();
        let mut cones: Vec<Vec<Vec<i64>>> = vec![(0..n).map(ray).collect()];
        while let Some(rays) = cones.pop() {
            if let Some((_, _, parts)) = halve_mixed(&rows, &rays).ok()? {
                cones.extend(parts);
                continue;
            }
            let sum: Vec<i64> = (0..n).map(|i| rays.iter().map(|ray| ray[i]).sum()).collect();
            let value = problem.rows.iter().zip(&rows).map(|(row, float)| {
                let y: i64 = float.a.iter().zip(&sum).map(|(a, s)| a * s).sum();
                let end = Rational::from_integer(y.signum().into()) - &row.target;
                &end * &end * &row.weight
            });
            let value = value.fold(Rational::zero(), |total: Rational, term| total + term);
            if best.as_ref().is_none_or(|(least, _)| value < *least) {
                best = Some((value, sum));
            }
        }
    }
    // Back to weights: the kept column's x is d·u, the dropped ones stay 0.
    let (value, u) = best?;
    let mut x = vec![Rational::zero(); problem.data.width()];
    for (coordinate, u) in problem.chart.coordinates.iter().zip(u) {
        x[coordinate.column] = &coordinate.scale * Rational::from_integer(u.into());
    }
    Some((value, x))
}

/// The limit of E(τv) for τ → ∞.
#[must_use]
pub fn limit(data: &TrainingSet, direction: &[Rational]) -> Rational {
    let two = Rational::from_integer(2.into());
    let terms = data.rows().iter().map(|row| {
        let along = row.input.iter().zip(direction).map(|(a, v)| a * v).fold(Rational::zero(), |x, y| x + y);
        let end = match data.unit() {
            Unit::Tanh => along.signum(),
            Unit::Logistic => (along.signum() + Rational::one()) / &two,
        };
        let residual = end - &row.target;
        &residual * &residual * &row.weight
    });
    terms.fold(Rational::zero(), |x, y| x + y)
}

type Halved = ((usize, usize), [u32; 3], [Vec<Vec<i64>>; 2]);

/// Numbers became too large for the kernel.
struct TooLarge;

/// Halves a cone at a row that has both signs in it.
fn halve_mixed(rows: &[FloatRow], rays: &[Vec<i64>]) -> Result<Option<Halved>, TooLarge> {
    for row in rows {
        let values: Vec<i64> = rays.iter().map(|ray| ray.iter().zip(&row.a).map(|(r, a)| r * a).sum()).collect();
        if values.iter().any(|v| v.abs() > POWER) {
            return Err(TooLarge);
        }
        if let Some(halved) = halve_at(rays, &values) {
            return Ok(Some(halved));
        }
    }
    Ok(None)
}

/// Halves a cone where a linear form vanishes that has these values on its rays, if it has both signs.
fn halve_at(rays: &[Vec<i64>], values: &[i64]) -> Option<Halved> {
    let (i, k) = (values.iter().position(|v| *v > 0)?, values.iter().position(|v| *v < 0)?);
    let (alpha, beta) = (values[k].unsigned_abs(), values[i].unsigned_abs());
    let common = gcd(alpha, beta);
    halve(rays, i, k, alpha / common, beta / common)
}

/// Halves a cone where the leading monomials of E − E(∞) are not comparable: of two that no other one divides.
fn halve_incomparable(rows: &[ConeRow<'_>], rays: &[Vec<i64>]) -> Option<Halved> {
    let leading = rows.iter().filter(|row| row.powers.iter().any(|m| *m > 0)).map(|row| {
        let twice = if row.sign * row.row.b >= 1.0 { 2 } else { 1 };
        row.powers.iter().map(|m| i64::from(m * twice)).collect::<Vec<i64>>()
    });
    let all: Vec<Vec<i64>> = leading.collect();
    let divides = |x: &[i64], y: &[i64]| x.iter().zip(y).all(|(x, y)| x <= y);
    let least: Vec<&Vec<i64>> = all.iter().filter(|y| !all.iter().any(|x| x != *y && divides(x, y))).collect();
    let other = least.iter().find(|x| **x != least[0])?;
    let difference: Vec<i64> = least[0].iter().zip(other.iter()).map(|(x, y)| x - y).collect();
    halve_at(rays, &difference)
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn halve(rays: &[Vec<i64>], i: usize, k: usize, alpha: u64, beta: u64) -> Option<Halved> {
    let (alpha, beta) = (u32::try_from(alpha).ok()?, u32::try_from(beta).ok()?);
    let mix = |(x, y): (&i64, &i64)| x * i64::from(alpha) + y * i64::from(beta);
    let ray: Vec<i64> = rays[i].iter().zip(&rays[k]).map(mix).collect();
    let content = ray.iter().fold(0, |all, x| gcd(all, x.unsigned_abs())).max(1);
    let shares = [alpha, beta, u32::try_from(content).ok()?];
    let ray: Vec<i64> = ray.iter().map(|x| x / i64::try_from(content).unwrap_or(1)).collect();
    let mut parts = [rays.to_vec(), rays.to_vec()];
    parts[0][i].clone_from(&ray);
    parts[1][k] = ray;
    Some(((i, k), shares, parts))
}

struct Search<'a> {
    rows: &'a [FloatRow],
    minima: &'a [Minimum],
    floor: Option<f64>,
    problem: &'a Problem,
    lines: &'a Lines,
    /// Where the search gave up first.
    stuck: OnceLock<Vec<f64>>,
}

type Ends = (f64, f64);

fn times(positive: Ends, any: Ends) -> Ends {
    let low = any.0 * if any.0 < 0.0 { positive.1 } else { positive.0 };
    (low, any.1 * if any.1 < 0.0 { positive.0 } else { positive.1 })
}

fn monomial(cell: &[Ends], powers: &[i32]) -> Ends {
    cell.iter().zip(powers).fold((1.0, 1.0), |p, (q, m)| (p.0 * q.0.powi(*m), p.1 * q.1.powi(*m)))
}

/// What bounds the terms of a row with p = e^{−2|y|} between two ends: h − h(∞), h' and h'', over p or p².
fn factors(row: &FloatRow, sign: f64, p: Ends) -> [Ends; 3] {
    let v = (1.0 / (1.0 + p.1), 1.0 / (1.0 + p.0));
    let v2 = times(v, v);
    let beta = sign * row.b;
    let affine = |x: f64, y: f64| (v.0 * x + y, v.1 * x + y);
    let scaled = |(x, y): Ends, by: f64| {
        if by < 0.0 { (y * by * row.w, x * by * row.w) } else { (x * by * row.w, y * by * row.w) }
    };
    if beta >= 1.0 {
        let third = times(v2, affine(6.0, -2.0));
        return [scaled(v2, 4.0), scaled(times(v2, v), -16.0 * sign), scaled(times(v, third), 16.0)];
    }
    let tau = affine(2.0, -1.0);
    let three = times(tau, tau);
    let (x, y) = (2.0 * beta * tau.0, 2.0 * beta * tau.1);
    let bend = (1.0 - 3.0 * three.1 + x.min(y), 1.0 - 3.0 * three.0 + x.max(y));
    [
        scaled(times(v, affine(1.0, -beta)), -4.0),
        scaled(times(v2, affine(2.0, -1.0 - beta)), 8.0 * sign),
        scaled(times(v2, bend), 8.0),
    ]
}

/// Cuts of the two half-lines of each line, with the bound that they give, and the line of each row.
#[derive(Default)]
struct Lines {
    of_row: Vec<usize>,
    pieces: Vec<[Vec<Ends>; 2]>,
    least: Vec<f64>,
}

impl Lines {
    fn new(rows: &[FloatRow]) -> Self {
        let mut lines = Lines::default();
        let mut firsts: Vec<&FloatRow> = Vec::new();
        for row in rows {
            let parallel = |first: &&FloatRow| {
                first.a.iter().zip(&row.a).all(|(x, y)| first.a.iter().zip(&row.a).all(|(u, v)| x * v == y * u))
            };
            let known = firsts.iter().position(|first| parallel(first) && row.a.iter().any(|a| *a != 0));
            lines.of_row.push(known.unwrap_or(firsts.len()));
            if known.is_none() {
                firsts.push(row);
            }
        }
        for (line, first) in firsts.iter().enumerate() {
            let on: Vec<&FloatRow> =
                rows.iter().zip(&lines.of_row).filter(|(_, of)| **of == line).map(|(row, _)| row).collect();
            let place = first.a.iter().position(|a| *a != 0).unwrap_or(0);
            let mut pieces = [vec![(0.0, 1.0)], vec![(0.0, 1.0)]];
            let value = |right: usize, piece: Ends| line_value(&on, place, right == 1, piece);
            // Halve the piece with the least bound, again and again.
            for _ in 0..LINE_PIECES {
                let all = (0..2).flat_map(|side| (0..pieces[side].len()).map(move |at| (side, at)));
                let lowest = all.min_by(|x, y| value(x.0, pieces[x.0][x.1]).total_cmp(&value(y.0, pieces[y.0][y.1])));
                let Some((side, at)) = lowest else { break };
                let (low, high) = pieces[side][at];
                let middle = f64::midpoint(low, high);
                pieces[side][at] = (low, middle);
                pieces[side].insert(at + 1, (middle, high));
            }
            let least = (0..2).flat_map(|side| pieces[side].iter().map(move |piece| value(side, *piece)));
            lines.least.push(least.fold(f64::INFINITY, f64::min).max(0.0));
            lines.pieces.push(pieces);
        }
        lines
    }

    fn cuts(&self) -> Vec<[Vec<Int>; 2]> {
        let cut = |piece: &Ends| super::barrier::grid_int(piece.0, 64);
        self.pieces.iter().map(|sides| sides.each_ref().map(|side| side.iter().skip(1).map(cut).collect())).collect()
    }
}

/// A lower bound of what rows on a line add to E on a piece of a half-line.
fn line_value(rows: &[&FloatRow], place: usize, right: bool, piece: Ends) -> f64 {
    let each = rows.iter().map(|row| {
        let power = i32::try_from(row.a[place].abs()).unwrap_or(i32::MAX);
        let sign = if (row.a[place] < 0) == right { -1.0 } else { 1.0 };
        let p = (piece.0.powi(power), piece.1.powi(power));
        let [value, _, _] = factors(row, sign, p);
        let reached = sign * row.b >= 1.0;
        let p = if reached { (p.0 * p.0, p.1 * p.1) } else { p };
        times(p, value).0 + row.w * (sign - row.b) * (sign - row.b)
    });
    let sum: f64 = each.sum();
    sum - 1e-13 * sum.abs()
}

/// A row in a cone.
struct ConeRow<'a> {
    row: &'a FloatRow,
    sign: f64,
    /// Exponents of p.
    powers: Vec<i32>,
    /// Which group of rows with the same leading monomial.
    group: usize,
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
    fn cone(&self, rays: &[Vec<i64>], fans: usize) -> Option<Tree> {
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

/// Simple rationals between two floats, to be tried as β.
#[must_use]
pub fn between(low: f64, high: f64) -> Vec<Rational> {
    let pick = |part: f64| {
        let value = low + part * (high - low);
        let mut unit = 1_i64;
        while unit < 1 << 40 {
            let candidate = (value * unit.to_f64()?).round() / unit.to_f64()?;
            if (candidate - value).abs() < 0.5 * (value - low) && candidate < high {
                return Some(Rational::new(Int::from((candidate * unit.to_f64()?).to_i64()?), Int::one() * unit));
            }
            unit *= 2;
        }
        None
    };
    [0.5, 0.1, 0.02].into_iter().filter_map(pick).collect()
}
