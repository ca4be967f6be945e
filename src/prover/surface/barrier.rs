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
/// Powers beyond this many bits go through the enclosures of the exponential instead.
const MOST_POWER_BITS: f64 = 6000.0;
/// The kernel encloses e^x no further than this.
const MOST_ARGUMENT: i32 = 1 << 14;
/// The grid 2^-SIMPLE_BITS of ξ on which exact minima are looked for.
const SIMPLE_BITS: u32 = 10;
/// Bits kept of a centre's ξ.
const CENTRE_BITS: f64 = 44.0;

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

/// e^x 2^bits, to about one unit, for a fraction x.
fn exp_grid(x: &Rational, bits: u32) -> Int {
    let halvings = x.abs().to_integer().bits().to_u32().unwrap_or(0) + 8;
    let scale = bits + 2 * halvings + 32;
    let t = (x.numer() << scale) / (x.denom() << halvings);
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

/// S = ⌊2ᵏ/(1+e^{2y})⌋ for every row at a point.
#[must_use]
pub fn responses(rows: &[ChartRow], point: &Point, k: u32) -> Vec<Int> {
    rows.iter().map(|row| response(&row.a, point, k)).collect()
}

fn response(a: &[Int], point: &Point, k: u32) -> Int {
    let (above, below) = power(a, point, k);
    (&below << k) / (above + below)
}

/// e^{2y} as a fraction, exact for rational ξ, else to well within 2⁻ᵏ.
fn power(a: &[Int], point: &Point, k: u32) -> (Int, Int) {
    let one = Int::one();
    match point {
        Point::Exp { bits, xi } => {
            let (mut above, mut below, mut up, mut down) = (one.clone(), one, 0_usize, 0_usize);
            for (x, a) in xi.iter().zip(a) {
                let size = a.abs().to_u32().unwrap_or(u32::MAX);
                let shift =
                    usize::try_from(*bits).unwrap_or(0) * usize::try_from(size).unwrap_or(0);
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
        Point::Rational(u) => {
            let y: Rational = u.iter().zip(a).map(|(u, a)| u * a).sum();
            let twice = y * Rational::from_integer(2.into());
            if twice.abs() > Rational::from_integer(MOST_ARGUMENT.into()) {
                // Beyond what the kernel takes: it will reject whatever stands here.
                return (Int::one(), Int::one());
            }
            let more = k
                + 64
                + twice
                    .abs()
                    .to_integer()
                    .to_u32()
                    .unwrap_or(0)
                    .saturating_mul(2)
                    .min(1 << 16);
            (exp_grid(&twice, more), Int::one() << more)
        }
    }
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
    let least = set
        .derivatives(u)
        .hessian
        .eigen()
        .0
        .into_iter()
        .fold(f64::INFINITY, f64::min);
    let lambda = share * least;
    if lambda <= 0.0 || !lambda.is_finite() {
        return None;
    }
    (1..=200).find_map(|m| {
        let hessian = hessian_on_box(set, u, m, false)?;
        hessian.cholesky(|_| -lambda).map(|_| (m, lambda, hessian))
    })
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
    around(
        problem,
        u,
        round_point(&problem.floats, u, CENTRE_BITS),
        lower,
        share,
    )
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
    let centre = Point::Exp {
        bits: SIMPLE_BITS,
        xi: u.iter().map(simple).collect::<Option<_>>()?,
    };
    let (mut minimum, barrier) = around(problem, u, centre, None, share)?;
    let mut value = Rational::zero();
    for row in &problem.rows {
        let (above, below) = power(&row.a, &minimum.centre, 0);
        let residual = Rational::new(&above - &below, above + below) - &row.target;
        value += &residual * &residual * &row.weight;
    }
    minimum.near = Rational::zero();
    minimum.error = (value.clone(), value);
    Some((minimum, barrier))
}

fn around(
    problem: &Problem,
    u: &[f64],
    centre: Point,
    lower: Option<&[f64]>,
    share: f64,
) -> Option<(Minimum, Barrier)> {
    let set = &problem.floats;
    let (half_width, lambda, hessian) = widest(set, u, share)?;
    let largest = hessian.entries.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
    let n = set.n.to_f64()?;
    let epsilon = 8.0 * n * (largest.sqrt() * 2_f64.powi(-31) + largest * 1e-14);
    let modulus = three_digits(lambda - epsilon);
    if !modulus.is_positive() {
        return None;
    }
    let shift = super::floats::float(&modulus) + epsilon / 2.0;
    let factor = hessian.cholesky(|_| -shift)?;
    let columns = (0..set.n)
        .map(|i| {
            (0..=i)
                .map(|j| grid_int(factor.at(i, j), GRID / 2))
                .collect()
        })
        .collect();

    let s = responses(&problem.rows, &centre, GRID);
    let sums = sums(set.n, &problem.rows, &s, GRID);
    let grid = |x: Int| Rational::new(x, Int::one() << GRID);
    let slope = grid(sums.gradient.iter().map(Signed::abs).sum::<Int>() + sums.slope_slack);
    let radius = Rational::new(Int::one(), Int::one() << half_width);
    if &slope + &slope >= &modulus * &radius {
        return None;
    }
    let least = rounded(
        &(grid(&sums.value - &sums.value_slack) - &slope * radius),
        56,
        false,
    );
    let greatest = rounded(&grid(sums.value + sums.value_slack), 56, true);
    let near = rounded(&(&slope / &modulus), 56, true);
    let (lower, at_lower) = match lower.and_then(|z| lower_point(problem, z, &least)) {
        Some((lower, s)) => (Some(lower), s),
        None => (None, Vec::new()),
    };
    let statement = Minimum {
        data: problem.data.clone(),
        chart: problem.chart.clone(),
        centre,
        half_width,
        modulus,
        near,
        error: (least, greatest),
        lower,
    };
    Some((
        statement,
        Barrier {
            grid: GRID,
            centre: s,
            columns,
            lower: at_lower,
        },
    ))
}

/// A point with an error certified to be below `least`, and its responses.
fn lower_point(problem: &Problem, z: &[f64], least: &Rational) -> Option<(Lower, Vec<Int>)> {
    let point = round_point(&problem.floats, z, 12.0);
    let s = responses(&problem.rows, &point, GRID);
    let sums = sums(problem.floats.n, &problem.rows, &s, GRID);
    let error = rounded(
        &Rational::new(sums.value + sums.value_slack, Int::one() << GRID),
        40,
        true,
    );
    (error < *least).then_some((Lower { point, error }, s))
}
