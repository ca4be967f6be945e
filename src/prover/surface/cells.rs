//! Certificates that list all local minima. UNTRUSTED.
//!
//! Computes as the kernel does, in floats: cones in which every row has one sign, cells in them, a reason for each cell.

use super::barrier::{Problem, prove};
use super::find::Candidate;
use super::floats::float;
use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{Cells, Minima, Minimum, Point, TrainingSet, Tree, Unit};
use num_traits::{One, Signed, ToPrimitive, Zero};
use rayon::prelude::*;

/// Most cells of one cone before the search gives up.
const CELLS: usize = 20_000;
/// Deepest nesting of cuts in one cone.
const DEPTH: usize = 90;
/// How often a cone in which the search fails is halved once more.
const FANS: usize = 16;
/// What is equal to within this is taken to be equal; the kernel decides.
const TIE: f64 = 1e-12;
/// Largest exponent that the kernel takes.
const POWER: i64 = 256;
/// Part of the least eigenvalue that remains as λ in the wide boxes used here.
const SHARE: f64 = 0.02;

/// A statement that lists all minima, with its evidence; `floors` are the values to try, in order, for β.
#[must_use]
pub fn list(problem: &Problem, found: &[Candidate], floors: &[Option<Rational>]) -> Option<(Minima, Cells)> {
    let n = problem.floats.n;
    if n > 3 || n == 0 {
        return None;
    }
    let (mut minima, mut evidence) = (Vec::new(), Vec::new());
    for candidate in found.iter().filter(|candidate| candidate.minimum) {
        let (minimum, barrier) = prove(problem, &candidate.point, None, SHARE)?;
        minima.push(minimum);
        evidence.push(barrier);
    }
    let rows = float_rows(problem)?;
    floors.iter().find_map(|floor| {
        let search = Search { rows: &rows, minima: &minima, floor: floor.as_ref().map(float), problem };
        let orthants: Option<Vec<Tree>> = (0..1_usize << n)
            .into_par_iter()
            .map(|number| {
                let ray = |k: usize| {
                    let mut ray = vec![0; n];
                    ray[k] = if number >> k & 1 == 1 { -1 } else { 1 };
                    ray
                };
                search.cone(&(0..n).map(ray).collect::<Vec<_>>(), FANS)
            })
            .collect();
        let minima = minima.clone();
        let (data, chart) = (problem.data.clone(), problem.chart.clone());
        Some((
            Minima { data, chart, minima, at_infinity: floor.clone() },
            Cells { minima: evidence.clone(), orthants: orthants? },
        ))
    })
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
    if n > 3 || n == 0 {
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

type Halved = ((usize, usize), (u32, u32), [Vec<Vec<i64>>; 2]);

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
    let shares = (u32::try_from(alpha).ok()?, u32::try_from(beta).ok()?);
    let mix = |(x, y): (&i64, &i64)| x * i64::from(shares.0) + y * i64::from(shares.1);
    let ray: Vec<i64> = rays[i].iter().zip(&rays[k]).map(mix).collect();
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
}

/// A row in a cone.
struct ConeRow<'a> {
    row: &'a FloatRow,
    sign: f64,
    powers: Vec<i32>,
}

type Ends = (f64, f64);

fn times(positive: Ends, any: Ends) -> Ends {
    let low = any.0 * if any.0 < 0.0 { positive.1 } else { positive.0 };
    (low, any.1 * if any.1 < 0.0 { positive.0 } else { positive.1 })
}

fn monomial(cell: &[Ends], powers: &[i32]) -> Ends {
    cell.iter().zip(powers).fold((1.0, 1.0), |p, (q, m)| (p.0 * q.0.powi(*m), p.1 * q.1.powi(*m)))
}

#[derive(Clone, Copy)]
enum Order {
    Value,
    First,
    Second,
}

/// Coefficient, exponents, factor.
type Term = (f64, Vec<i32>, Ends);

impl ConeRow<'_> {
    fn term(&self, order: Order, along: f64, cell: &[Ends]) -> Term {
        let p = monomial(cell, &self.powers);
        let v = (1.0 / (1.0 + p.1), 1.0 / (1.0 + p.0));
        let v2 = times(v, v);
        let beta = self.sign * self.row.b;
        let reached = beta >= 1.0;
        let affine = |x: f64, y: f64| (v.0 * x + y, v.1 * x + y);
        let (factor, scale, twice) = match (order, reached) {
            (Order::Value, true) => (v2, 4.0, 2),
            (Order::Value, false) => (times(v, affine(1.0, -beta)), -4.0, 1),
            (Order::First, true) => (times(v2, v), -16.0 * self.sign * along, 2),
            (Order::First, false) => (times(v2, affine(2.0, -1.0 - beta)), 8.0 * self.sign * along, 1),
            (Order::Second, true) => (times(v, times(v2, affine(6.0, -2.0))), 16.0 * along * along, 2),
            (Order::Second, false) => {
                let tau = affine(2.0, -1.0);
                let three = times(tau, tau);
                let (x, y) = (2.0 * beta * tau.0, 2.0 * beta * tau.1);
                let bend = (1.0 - 3.0 * three.1 + x.min(y), 1.0 - 3.0 * three.0 + x.max(y));
                (times(v2, bend), 8.0 * along * along, 1)
            }
        };
        (scale * self.row.w, self.powers.iter().map(|m| m * twice).collect(), factor)
    }
}

fn total(terms: &[Term], cell: &[Ends]) -> Ends {
    let common: Vec<i32> = (0..cell.len()).map(|k| terms.iter().map(|term| term.1[k]).min().unwrap_or(0)).collect();
    let (mut sum, mut size) = ((0.0, 0.0), 0.0);
    for (coefficient, powers, factor) in terms {
        let rest: Vec<i32> = powers.iter().zip(&common).map(|(m, least)| m - least).collect();
        let value = times(monomial(cell, &rest), *factor);
        let (x, y) = (value.0 * coefficient, value.1 * coefficient);
        sum = (sum.0 + x.min(y), sum.1 + x.max(y));
        size += x.abs().max(y.abs());
    }
    // What the kernel's grid may lose, generously.
    let slack = 1e-13 * size + 1e-15 * terms.len().to_f64().unwrap_or(0.0);
    (sum.0 - slack, sum.1 + slack)
}

/// A cone that is being searched.
struct Cone<'a> {
    search: &'a Search<'a>,
    rays: &'a [Vec<i64>],
    rows: Vec<ConeRow<'a>>,
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
        let row = |row: &'_ FloatRow| -> Vec<i64> {
            rays.iter().map(|ray| ray.iter().zip(&row.a).map(|(r, a)| r * a).sum()).collect()
        };
        let rows = self.rows.iter().map(|float| {
            let values = row(float);
            let sign = if values.iter().any(|v| *v < 0) { -1.0 } else { 1.0 };
            let powers = values.iter().map(|v| v.unsigned_abs().to_i32().unwrap_or(i32::MAX)).collect();
            ConeRow { row: float, sign, powers }
        });
        let rows: Vec<ConeRow<'_>> = rows.collect();
        if fans > 0
            && self.floor.is_some_and(|floor| (ends(&rows) - floor).abs() <= TIE * floor.abs().max(1.0))
            && let Some(halved) = halve_incomparable(&rows, rays)
        {
            return fan(halved, fans - 1);
        }
        let directions = directions(rays);
        let mut cone = Cone { search: self, rays, rows, directions, left: CELLS };
        let whole = vec![(0.0, 1.0); rays.len()];
        if let Some(tree) = cone.cell(&whole, 0) {
            return Some(tree);
        }
        if fans == 0 {
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

impl Cone<'_> {
    fn cell(&mut self, cell: &[Ends], depth: usize) -> Option<Tree> {
        if self.left == 0 || depth > DEPTH {
            return None;
        }
        self.left -= 1;
        let far = cell.iter().any(|q| q.0 <= 0.0);
        let floor = if far { self.search.floor } else { None };
        if floor.is_none_or(|floor| self.above(cell, floor))
            && let Some(leaf) = self.leaf(cell)
        {
            return Some(leaf);
        }
        let weight = |k: usize| {
            let most = self.rows.iter().map(|row| row.powers[k]).max().unwrap_or(0);
            (cell[k].1 - cell[k].0) * f64::from(most.max(1))
        };
        let axis = (0..cell.len()).max_by(|i, k| weight(*i).total_cmp(&weight(*k)))?;
        let middle = f64::midpoint(cell[axis].0, cell[axis].1);
        let (mut low, mut high) = (cell.to_vec(), cell.to_vec());
        low[axis].1 = middle;
        high[axis].0 = middle;
        Some(Tree::Cut(axis, Box::new((self.cell(&low, depth + 1)?, self.cell(&high, depth + 1)?))))
    }

    fn leaf(&mut self, cell: &[Ends]) -> Option<Tree> {
        let ints = |v: &[i64]| v.iter().map(|x| Int::from(*x)).collect();
        if let Some(index) = self.search.minima.iter().position(|minimum| self.inside(cell, minimum)) {
            return Some(Tree::Inside(index));
        }
        let gradient = self.gradient(cell);
        for direction in gradient.iter().chain(&self.directions) {
            let (low, high) = self.sum(Order::First, direction, cell);
            if low > 0.0 || high < 0.0 {
                return Some(Tree::Slope(ints(direction)));
            }
        }
        for direction in &self.directions {
            if self.sum(Order::Second, direction, cell).1 < 0.0 {
                return Some(Tree::Bend(ints(direction)));
            }
        }
        None
    }

    fn sum(&self, order: Order, direction: &[i64], cell: &[Ends]) -> Ends {
        let terms = self.rows.iter().filter_map(|row| {
            let along: i64 = row.row.a.iter().zip(direction).map(|(a, d)| a * d).sum();
            (along != 0).then(|| row.term(order, along.to_f64().unwrap_or(0.0), cell))
        });
        total(&terms.collect::<Vec<Term>>(), cell)
    }

    fn above(&self, cell: &[Ends], floor: f64) -> bool {
        let mut terms: Vec<Term> = self.rows.iter().map(|row| row.term(Order::Value, 0.0, cell)).collect();
        let rest = ends(&self.rows) - floor;
        if rest.abs() > TIE * floor.abs().max(1.0) {
            terms.push((rest, vec![0; cell.len()], (1.0, 1.0)));
        }
        total(&terms, cell).0 > 0.0
    }

    /// The gradient at the middle of the cell, as a small integer vector.
    fn gradient(&self, cell: &[Ends]) -> Option<Vec<i64>> {
        let n = cell.len();
        let mut u = vec![0.0; n];
        for (q, ray) in cell.iter().zip(self.rays) {
            let middle: f64 = if q.0 > 0.0 { (q.0 * q.1).sqrt() } else { q.1 / 2.0 };
            let lambda = -0.5 * middle.ln();
            for (x, r) in u.iter_mut().zip(ray) {
                *x += lambda * r.to_f64().unwrap_or(0.0);
            }
        }
        let gradient = self.search.problem.floats.derivatives(&u).gradient;
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
            if candidate > low + 0.25 * (value - low) && candidate < high {
                return Some(Rational::new(Int::from((candidate * unit.to_f64()?).to_i64()?), Int::one() * unit));
            }
            unit *= 2;
        }
        None
    };
    [0.5, 0.1].into_iter().filter_map(pick).collect()
}
