//! Certificates for the barrier rule. UNTRUSTED.
//!
//! Newton's method in floats, one rounding to the grid, a Cholesky factor of what remains of the Hessian on the box.

use super::chart::{ChartRow, choose};
use super::floats::{Floats, dot};
use super::linear::Square;
use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{Barrier, Chart, Coordinate, Lower, Minimum, Point, TrainingSet};
use num_bigint::Sign;
use num_traits::{FromPrimitive, One, Signed, ToPrimitive, Zero};

/// The grid on which responses are rounded.
pub(super) const GRID: u32 = 64;
/// Finer grids, for Hessians that are nearly singular, with the part of the Hessian that rounding in floats may be.
const FINER: [(u32, f64); 2] = [(96, 2e-15), (160, 4e-16)];
/// The part of the Hessian that rounding in floats may be, on the first grid.
const ROUNDING: f64 = 1e-14;
/// Newton steps with an exact gradient that move a centre onto a finer grid.
const REFINEMENTS: usize = 3;
/// Powers beyond this many bits go through the enclosures of the exponential instead.
const MOST_POWER_BITS: f64 = 6000.0;
/// The kernel encloses e^x no further than this.
const MOST_ARGUMENT: i32 = 1 << 14;
/// The grid 2^-SIMPLE_BITS of ξ on which exact minima are looked for.
const SIMPLE_BITS: u32 = 10;
/// Inputs up to this ‖a‖₁ are short: distances need no more bits than errors do.
const SHORT: f64 = 256.0;
/// Bits of the bounds of an error.
const ERROR_BITS: u32 = 56;
/// Boxes of half-width below 2^-MOST_HALVINGS are not tried.
const MOST_HALVINGS: u32 = 200;
/// Bits kept of a centre's ξ.
const CENTRE_BITS: f64 = 44.0;
/// Bits kept of a lower point's ξ, to be tried in this order.
const LOWER_BITS: [f64; 2] = [12.0, CENTRE_BITS];
/// Bits kept of the error at a lower point, to be tried in this order.
const LOWER_ERROR_BITS: [u32; 2] = [40, 56];
/// How often a lower point is moved half way to the origin, where its responses are out of range.
const SHORTENED: u32 = 8;

/// Why no certificate of a strict local minimum came out.
#[derive(Clone, Debug, PartialEq)]
pub enum Obstacle {
    /// The Hessian is not positive definite beyond rounding: its least and greatest eigenvalue, in floats.
    Curvature {
        /// The least eigenvalue.
        least: f64,
        /// The greatest.
        most: f64,
    },
    /// The gradient at the rounded point is so many times what the box allows.
    Slope {
        /// The gradient over what the box allows.
        excess: f64,
    },
    /// The kernel's words.
    Rejected(String),
}

/// A training set in the coordinates that the prover chose, exact and in floats.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The training set as the kernel holds it.
    pub data: TrainingSet,
    /// The coordinates.
    pub chart: Chart,
    /// The rows in them.
    pub rows: Vec<ChartRow>,
    /// The same in floats.
    pub floats: Floats,
}

impl Problem {
    /// Chooses coordinates for a training set.
    #[must_use]
    pub fn new(data: &TrainingSet) -> Self {
        let (chart, rows) = choose(data);
        let floats = Floats::new(chart.coordinates.len(), &rows);
        Self {
            data: data.clone(),
            chart,
            rows,
            floats,
        }
    }

    /// The same in coordinates so many times smaller: a box of half-width 2⁻ᵐ there is one of that many times 2⁻ᵐ here.
    #[must_use]
    pub fn shrunk(&self, factor: u32) -> Self {
        let (mut chart, mut rows) = (self.chart.clone(), self.rows.clone());
        for coordinate in &mut chart.coordinates {
            coordinate.scale *= Rational::from_integer(factor.into());
        }
        for a in rows.iter_mut().flat_map(|row| &mut row.a) {
            *a *= factor;
        }
        let floats = Floats::new(chart.coordinates.len(), &rows);
        Self {
            data: self.data.clone(),
            chart,
            rows,
            floats,
        }
    }

    /// Weights, in the coordinates of the chart.
    #[must_use]
    pub fn to_chart(&self, x: &[f64]) -> Vec<f64> {
        let coordinate = |c: &Coordinate| {
            let folds = c
                .folds
                .iter()
                .zip(&self.chart.dropped)
                .map(|(f, k)| super::floats::float(f) * x[*k]);
            (x[c.column] + folds.sum::<f64>()) / super::floats::float(&c.scale)
        };
        self.chart.coordinates.iter().map(coordinate).collect()
    }
}

fn int(x: f64) -> Int {
    Int::from_f64(x.round()).unwrap_or_default()
}

/// A float times 2^bits, rounded, exactly.
pub(super) fn grid_int(x: f64, bits: u32) -> Int {
    let extra = bits.saturating_sub(900);
    let power = i32::try_from(bits - extra).unwrap_or(0);
    int(x * 2_f64.powi(power)) << extra
}

/// The largest ‖a‖₁.
fn longest(set: &Floats) -> f64 {
    set.rows()
        .map(|(a, _, _)| a.iter().copied().map(f64::abs).sum::<f64>())
        .fold(0.0_f64, f64::max)
}

/// The nearest point of which the kernel computes exactly: ξ on a grid, or u on a grid where powers would be too long.
#[must_use]
pub fn round_point(set: &Floats, u: &[f64], kept: f64) -> Point {
    let least = u
        .iter()
        .fold(0.0_f64, |m, x| m.min(2.0 * x / std::f64::consts::LN_2));
    let most = u
        .iter()
        .fold(0.0_f64, |m, x| m.max(2.0 * x / std::f64::consts::LN_2));
    let bits = kept - least.floor();
    let longest = longest(set);
    if (bits + most) * longest <= MOST_POWER_BITS
        && most < 500.0
        && let Some(bits) = bits.to_u32()
    {
        let xi = u
            .iter()
            .map(|u| grid_int((2.0 * u).exp(), bits).max(Int::one()))
            .collect();
        return Point::Exp { bits, xi };
    }
    // Inputs of size ‖a‖ need u to relative precision 1/‖a‖.
    let bits = 50 + longest.max(1.0).log2().ceil().to_u32().unwrap_or(0);
    let unit = Int::one() << bits;
    Point::Rational(
        u.iter()
            .map(|u| Rational::new(grid_int(*u, bits), unit.clone()))
            .collect(),
    )
}

/// The point in floats.
#[must_use]
pub fn approximate(point: &Point) -> Vec<f64> {
    match point {
        Point::Exp { bits, xi } => {
            let unit = Int::one() << *bits;
            xi.iter()
                .map(|x| super::floats::float(&Rational::new(x.clone(), unit.clone())).ln() / 2.0)
                .collect()
        }
        Point::Rational(u) => u.iter().map(super::floats::float).collect(),
    }
}

/// e^x 2^bits, to about one unit, for x = t/2^point.
fn exp_grid(t: &Int, point: u32, bits: u32) -> Int {
    let halvings = (t.abs() >> point).bits().to_u32().unwrap_or(0) + 8;
    let scale = bits + 2 * halvings + 32;
    let t = (t << scale) >> (point + halvings);
    let (mut term, mut sum, mut n) = (Int::one() << scale, Int::one() << scale, 0_u32);
    while !term.is_zero() && n < 10_000 {
        n += 1;
        term = ((term * &t) >> scale) / n;
        sum += &term;
        if term.abs() <= Int::one() {
            break;
        }
    }
    for _ in 0..halvings {
        sum = (&sum * &sum) >> scale;
    }
    sum >> (scale - bits)
}

/// A point in which e^{2y} is computed, its fractions over one power of two.
enum Place<'a> {
    /// ξ over 2^bits.
    Exp(u32, &'a [Int]),
    /// u over 2^bits.
    Dyadic(u32, Vec<Int>),
}

impl<'a> Place<'a> {
    /// Of a point whose fractions have powers of two as denominators.
    fn new(point: &'a Point) -> Self {
        match point {
            Point::Exp { bits, xi } => Self::Exp(*bits, xi),
            Point::Rational(u) => {
                let places = |x: &Rational| x.denom().bits().saturating_sub(1);
                let bits = u.iter().map(places).max().unwrap_or(0);
                let entry = |x: &Rational| x.numer() << (bits - places(x));
                Self::Dyadic(bits.to_u32().unwrap_or(0), u.iter().map(entry).collect())
            }
        }
    }

    /// ⌊2ᵏ/(1+e^{2y})⌋ for a row; nothing where 2y is beyond what the kernel takes.
    fn response(&self, a: &[Int], k: u32) -> Option<Int> {
        let (above, below) = self.power(a, k)?;
        Some((&below << k) / (above + below))
    }

    /// e^{2y} as a fraction, exact for rational ξ, else to well within 2⁻ᵏ.
    fn power(&self, a: &[Int], k: u32) -> Option<(Int, Int)> {
        let (bits, u) = match self {
            Self::Exp(bits, xi) => return Some(powers(a, *bits, xi)),
            Self::Dyadic(bits, u) => (*bits, u),
        };
        let twice: Int = u.iter().zip(a).map(|(u, a)| u * a).sum::<Int>() << 1_u32;
        let size = twice.abs() >> bits;
        if size >= Int::from(MOST_ARGUMENT) {
            return None;
        }
        let more = k + 64 + 2 * size.to_u32()?;
        Some((exp_grid(&twice, bits, more), Int::one() << more))
    }
}

/// S = ⌊2ᵏ/(1+e^{2y})⌋ for every row at a point; nothing where some y is beyond what the kernel takes.
#[must_use]
pub fn responses(rows: &[ChartRow], point: &Point, k: u32) -> Option<Vec<Int>> {
    let place = Place::new(point);
    rows.iter().map(|row| place.response(&row.a, k)).collect()
}

/// ∏ ξᵢ^{aᵢ} as a fraction, for ξ over 2^bits.
fn powers(a: &[Int], bits: u32, xi: &[Int]) -> (Int, Int) {
    let one = Int::one();
    let (mut above, mut below, mut up, mut down) = (one.clone(), one, 0_usize, 0_usize);
    for (x, a) in xi.iter().zip(a) {
        let size = a.abs().to_u32().unwrap_or(u32::MAX);
        let shift = usize::try_from(bits).unwrap_or(0) * usize::try_from(size).unwrap_or(0);
        match a.sign() {
            Sign::Minus => {
                below *= x.pow(size);
                up += shift;
            }
            Sign::Plus => {
                above *= x.pow(size);
                down += shift;
            }
            Sign::NoSign => {}
        }
    }
    (above << up, below << down)
}

/// E and ∇E in fixed point from the responses, with bounds of what rounding adds to each.
pub(super) struct Sums {
    pub(super) value: Int,
    pub(super) gradient: Vec<Int>,
    pub(super) value_slack: Int,
    pub(super) slope_slack: Int,
}

pub(super) fn sums(n: usize, rows: &[ChartRow], s: &[Int], k: u32) -> Sums {
    let one = Int::one() << k;
    let mut sums = Sums {
        value: Int::zero(),
        gradient: vec![Int::zero(); n],
        value_slack: Int::one(),
        slope_slack: Int::one(),
    };
    for (row, s) in rows.iter().zip(s) {
        let (b, q) = (row.target.numer(), row.target.denom());
        let (above, below) = (row.weight.numer(), row.weight.denom());
        let residual = &one - s * 2 - 1 - (b << k) / q;
        let slope: Int = (s * (&one - s)) >> k;
        sums.value += ((&residual * &residual) >> k) * above / below;
        let own: Int = ((residual * slope) >> k) * above * 8 / below;
        let size = above / below + 1;
        let mut l1 = Int::zero();
        for (g, a) in sums.gradient.iter_mut().zip(&row.a) {
            *g += &own * a;
            l1 += a.abs();
        }
        sums.value_slack += &size * 16;
        sums.slope_slack += size * 64 * l1;
    }
    sums
}

/// Bounds of h'' for |y − y₀| ≤ d/2, computed as the kernel does it, in floats.
fn curvature(y: f64, b: f64, d: f64) -> (f64, f64) {
    let q = (-2.0 * y.abs()).exp();
    let (small, large) = (q / (1.0 + q), 1.0 / (1.0 + q));
    let (s, rest) = if y >= 0.0 {
        (small, large)
    } else {
        (large, small)
    };
    let (shrink, grow) = (1.0 - d, 1.0 + d + 2.0 * d * d);
    let (lo, hi) = (s * rest * shrink * shrink, s * rest * grow * grow);
    let ends = (b * (1.0 - 2.0 * s * shrink), b * (1.0 - 2.0 * s * grow));
    let least = 6.0 * lo - 1.0 + ends.0.min(ends.1);
    let most = 6.0 * hi - 1.0 + ends.0.max(ends.1);
    (
        16.0 * least * if least >= 0.0 { lo } else { hi },
        16.0 * most * if most >= 0.0 { hi } else { lo },
    )
}

/// A lower (`most`: upper) bound of the Hessian on the box of half-width 2⁻ᵐ, or nothing if the box is too wide for the
/// rule.
pub(super) fn hessian_on_box(set: &Floats, u: &[f64], m: u32, most: bool) -> Option<Square> {
    let r = 2_f64.powi(-i32::try_from(m).ok()?);
    let mut hessian = Square::zero(set.n);
    for (a, b, w) in set.rows() {
        let d = 2.0 * r * a.iter().copied().map(f64::abs).sum::<f64>();
        if d > 0.25 {
            return None;
        }
        let (low, high) = curvature(dot(a, u), b, d);
        hessian.add_outer(w * if most { high } else { low }, a);
    }
    Some(hessian)
}

/// x rounded down to three significant decimal digits, exactly.
pub(super) fn three_digits(x: f64) -> Rational {
    let power = 2 - x.log10().floor().to_i32().unwrap_or(0);
    let digits = int((x * 10_f64.powi(power)).floor());
    let ten = Int::from(10).pow(power.unsigned_abs());
    if power >= 0 {
        Rational::new(digits, ten)
    } else {
        Rational::from_integer(digits * ten)
    }
}

/// x rounded to the grid 2^-bits, down or up.
fn rounded(x: &Rational, bits: u32, up: bool) -> Rational {
    let scaled = x * Rational::from_integer(Int::one() << bits);
    let whole = if up { scaled.ceil() } else { scaled.floor() };
    whole / Rational::from_integer(Int::one() << bits)
}

/// The largest box, as m, on which λ = share times the least eigenvalue at u remains, with the bound of the Hessian there.
pub(super) fn widest(set: &Floats, u: &[f64], share: f64) -> Option<(u32, f64, Square)> {
    widest_or(set, u, share).ok()
}

fn widest_or(set: &Floats, u: &[f64], share: f64) -> Result<(u32, f64, Square), Obstacle> {
    let values = set.derivatives(u).hessian.eigen().0;
    if values.is_empty() {
        // E is constant: any modulus will do.
        return Ok((1, 1.0, Square::zero(0)));
    }
    let (least, most) = (
        values.iter().copied().fold(f64::INFINITY, f64::min),
        values.iter().copied().fold(0.0, f64::max),
    );
    let (obstacle, lambda) = (Obstacle::Curvature { least, most }, share * least);
    if lambda <= 0.0 || !lambda.is_finite() {
        return Err(obstacle);
    }
    let fits = |m: u32| {
        let hessian = hessian_on_box(set, u, m, false)?;
        hessian.cholesky(|_| -lambda).map(|_| hessian)
    };
    // The smaller the box, the tighter the bound: gallop, then bisect.
    let (mut wide, mut step) = (0, 1);
    let mut best = loop {
        let m = wide + step;
        match fits(m) {
            Some(hessian) => break (m, hessian),
            None if m > MOST_HALVINGS => return Err(obstacle),
            None => (wide, step) = (m, 2 * step),
        }
    };
    while best.0 - wide > 1 {
        let middle = wide.midpoint(best.0);
        match fits(middle) {
            Some(hessian) => best = (middle, hessian),
            None => wide = middle,
        }
    }
    Ok((best.0, lambda, best.1))
}

/// A statement and its evidence for the strict local minimum near u, with a lower point if one is given; `share` is the
/// part of the least eigenvalue that is to remain as λ.
#[must_use]
pub fn prove(
    problem: &Problem,
    u: &[f64],
    lower: Option<&[f64]>,
    share: f64,
) -> Option<(Minimum, Barrier)> {
    attempt(problem, u, lower, share).ok()
}

/// The same, or why there is none.
///
/// # Errors
/// [`Obstacle`]: what the last attempt failed by.
pub fn attempt(
    problem: &Problem,
    u: &[f64],
    lower: Option<&[f64]>,
    share: f64,
) -> Result<(Minimum, Barrier), Obstacle> {
    let set = &problem.floats;
    let region = widest_or(set, u, share)?;
    let centre = round_point(set, u, CENTRE_BITS);
    let mut found = around(problem, &region, centre, (GRID, ROUNDING), lower);
    for precision in FINER {
        if found.is_ok() {
            break;
        }
        let Some(centre) = refined(problem, u, precision.0) else {
            break;
        };
        found = around(problem, &region, centre, precision, lower);
    }
    found
}

/// The point after Newton steps whose gradient is computed on the grid.
fn refined(problem: &Problem, u: &[f64], grid: u32) -> Option<Point> {
    let set = &problem.floats;
    let factor = set.derivatives(u).hessian.cholesky(|_| 0.0)?;
    let bits = grid + longest(set).max(1.0).log2().ceil().to_u32()?;
    let unit = Int::one() << bits;
    let mut centre: Vec<Int> = u.iter().map(|u| grid_int(*u, bits)).collect();
    let point = |centre: &[Int]| {
        let entry = |u: &Int| Rational::new(u.clone(), unit.clone());
        Point::Rational(centre.iter().map(entry).collect())
    };
    for _ in 0..REFINEMENTS {
        let s = responses(&problem.rows, &point(&centre), grid)?;
        let gradient = sums(set.n, &problem.rows, &s, grid).gradient;
        let gradient: Vec<f64> = gradient.iter().map(|g| dyadic_float(g, grid)).collect();
        let step = factor.solve_cholesky(&gradient);
        for (u, step) in centre.iter_mut().zip(step) {
            *u -= grid_int(step, bits);
        }
    }
    Some(point(&centre))
}

/// x/2^bits.
fn dyadic_float(x: &Int, bits: u32) -> f64 {
    let spare = x.bits().saturating_sub(64);
    let power = i32::try_from(spare).unwrap_or(i32::MAX) - i32::try_from(bits).unwrap_or(0);
    (x >> spare).to_f64().unwrap_or(0.0) * 2_f64.powi(power)
}

/// The same for a minimum that is exactly at a point with simple ξ, if there is one: u* = c.
#[must_use]
pub fn prove_exact(problem: &Problem, u: &[f64], share: f64) -> Option<(Minimum, Barrier)> {
    if longest(&problem.floats) * 40.0 > MOST_POWER_BITS {
        return None;
    }
    let simple = |u: &f64| {
        let xi = (2.0 * u).exp() * 2_f64.powi(i32::try_from(SIMPLE_BITS).ok()?);
        ((xi - xi.round()).abs() < 1e-6 && (0.5..1e9).contains(&xi)).then(|| int(xi))
    };
    let xi: Vec<Int> = u.iter().map(simple).collect::<Option<_>>()?;
    let region = widest(&problem.floats, u, share)?;
    let centre = Point::Exp {
        bits: SIMPLE_BITS,
        xi: xi.clone(),
    };
    let (mut minimum, barrier) = around(problem, &region, centre, (GRID, ROUNDING), None).ok()?;
    let mut value = Rational::zero();
    for row in &problem.rows {
        let (above, below) = powers(&row.a, SIMPLE_BITS, &xi);
        let residual = Rational::new(&above - &below, above + below) - &row.target;
        value += &residual * &residual * &row.weight;
    }
    minimum.near = Rational::zero();
    minimum.error = (value.clone(), value);
    Some((minimum, barrier))
}

/// A statement about the box of this width around the centre, on a grid, where floats round by that part of the Hessian.
fn around(
    problem: &Problem,
    (half_width, lambda, hessian): &(u32, f64, Square),
    centre: Point,
    (k, rounding): (u32, f64),
    lower: Option<&[f64]>,
) -> Result<(Minimum, Barrier), Obstacle> {
    let set = &problem.floats;
    let largest = hessian.entries.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
    let curvature = || Obstacle::Curvature {
        least: *lambda,
        most: largest,
    };
    let n = set.n.to_f64().unwrap_or(f64::INFINITY);
    let root = 2_f64.powi(1 - i32::try_from(k / 2).unwrap_or(0));
    let epsilon = 8.0 * n * (largest.sqrt() * root + largest * rounding);
    let modulus = three_digits(lambda - epsilon);
    if !modulus.is_positive() {
        return Err(curvature());
    }
    let shift = super::floats::float(&modulus) + epsilon / 2.0;
    let factor = hessian.cholesky(|_| -shift).ok_or_else(curvature)?;
    let row = |i| (0..=i).map(|j| grid_int(factor.at(i, j), k / 2)).collect();
    let columns = (0..set.n).map(row).collect();

    let s = responses(&problem.rows, &centre, k).ok_or(Obstacle::Slope {
        excess: f64::INFINITY,
    })?;
    let sums = sums(set.n, &problem.rows, &s, k);
    let grid = |x: Int| Rational::new(x, Int::one() << k);
    let slope = grid(sums.gradient.iter().map(Signed::abs).sum::<Int>() + sums.slope_slack);
    let radius = Rational::new(Int::one(), Int::one() << *half_width);
    let allowed = &modulus * &radius / Rational::from_integer(2.into());
    if set.n > 0 && slope >= allowed {
        return Err(Obstacle::Slope {
            excess: super::floats::float(&(slope / allowed)),
        });
    }
    let least = rounded(
        &(grid(&sums.value - &sums.value_slack) - &slope * radius),
        ERROR_BITS,
        false,
    );
    let greatest = rounded(&grid(sums.value + sums.value_slack), ERROR_BITS, true);
    let near = rounded(&(&slope / &modulus), near_bits(set), true);
    let (lower, at_lower) = match lower.and_then(|z| lower_point(problem, z, k, &least)) {
        Some((lower, s)) => (Some(lower), s),
        None => (None, Vec::new()),
    };
    let statement = Minimum {
        data: problem.data.clone(),
        chart: problem.chart.clone(),
        centre,
        half_width: *half_width,
        modulus,
        near,
        error: (least, greatest),
        lower,
    };
    Ok((
        statement,
        Barrier {
            grid: k,
            centre: s,
            columns,
            lower: at_lower,
        },
    ))
}

/// Bits of the distance between centre and minimum: relative to the coordinates, which long inputs make short.
fn near_bits(set: &Floats) -> u32 {
    let longest = longest(set);
    let more = if longest > SHORT {
        longest.log2().ceil().to_u32().unwrap_or(0)
    } else {
        0
    };
    ERROR_BITS + more
}

/// A point with an error certified to be below `least`, and its responses on the grid 2⁻ᵏ.
fn lower_point(
    problem: &Problem,
    z: &[f64],
    k: u32,
    least: &Rational,
) -> Option<(Lower, Vec<Int>)> {
    let shorter = |times: u32| -> Vec<f64> {
        let factor = 0.5_f64.powi(i32::try_from(times).unwrap_or(0));
        z.iter().map(|z| z * factor).collect()
    };
    let in_range =
        |point: &Vec<f64>| 2.0 * problem.floats.error(point).1 < f64::from(MOST_ARGUMENT);
    let z = (0..=SHORTENED).map(shorter).find(in_range)?;
    LOWER_BITS.into_iter().find_map(|kept| {
        let point = round_point(&problem.floats, &z, kept);
        let s = responses(&problem.rows, &point, k)?;
        let sums = sums(problem.floats.n, &problem.rows, &s, k);
        let value = Rational::new(sums.value + sums.value_slack, Int::one() << k);
        let mut errors = LOWER_ERROR_BITS
            .into_iter()
            .map(|bits| rounded(&value, bits, true));
        let error = errors.find(|error| error < least)?;
        Some((Lower { point, error }, s))
    })
}
