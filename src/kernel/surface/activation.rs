//! Enclosures of the unit's response and of the error's derivatives, on a grid 2⁻ᵏ. Part of the trusted kernel.
//!
//! With s = 1/(1+e^{2y}), P = s(1−s), t = tanh y = 1 − 2s and h(y) = (t − b)²:
//! h' = 8 (1 − 2s − b) P, h'' = 16 P (6P − 1 + b(1 − 2s)).

use super::Premise;
use super::{Checked, FrameRow, Int, Interval, Rational, TooLarge};
use super::{
    combination, count, ensure, fails, forms, limits, longest, nothing, only, silent, spend,
};
use num_traits::{One, Signed, Zero};

/// Bits beyond the grid with which e^{2y} is enclosed at a rational point; they decide whether a grid interval contains
/// the enclosure, not its truth.
const EXTRA_BITS: u32 = 24;

forms! {
    /// A point in the coordinates u of a chart.
    Point {
        /// uᵢ = ½ ln(Xᵢ/2ᵉ): ξᵢ = e^{2uᵢ} is rational.
        "exp" Exp {
            /// The exponent e.
            bits: u32,
            /// The numerators Xᵢ > 0.
            xi: Vec<Int>,
        },
        /// uᵢ rational.
        "point" Rational(u: Vec<Rational>),
    } or nothing, silent {}
}

impl Point {
    /// The ξ-coordinates, if they are rational.
    pub(super) fn xi(&self) -> Option<Vec<Interval>> {
        let Self::Exp { bits, xi } = self else {
            return None;
        };
        Some(
            xi.iter()
                .map(|x| Interval::dyadic(x.clone(), *bits))
                .collect(),
        )
    }
}

/// Lower and upper end.
pub(super) type Pair = (Int, Int);

/// What a certificate says of the response of one row at a point: S ≤ 2ᵏ/(1+e^{2y}) ≤ S+1.
struct Response<'a> {
    /// The row.
    row: &'a FrameRow,
    /// s between S and S+1 over 2ᵏ, 0 ≤ S < 2ᵏ.
    s: Interval,
}

/// What a certificate says of all rows at a point, checked, and what follows for E there, on the grid 2⁻ᵏ.
pub(super) struct Local<'a> {
    responses: Vec<Response<'a>>,
    /// ∇E, entry by entry.
    pub(super) gradient: Vec<Interval>,
    /// E.
    pub(super) value: Interval,
}

impl<'a> Local<'a> {
    /// Checks S ≤ 2ᵏ/(1+e^{2y}) ≤ S+1 for every row, and sums the rows' bounds.
    pub(super) fn new(rows: &'a [FrameRow], point: &Point, k: u32, grid: &[Int]) -> Checked<Self> {
        let exponent = || Vec::from_iter(usize::try_from(k));
        let in_range = (2..=limits::GRID_BITS).contains(&k);
        ensure(in_range, Premise::Grid, exponent())?;
        ensure(k.is_multiple_of(2), Premise::OddGrid, exponent())?;
        count(rows.len(), grid.len())?;
        let (one, zero) = (Int::one() << k, Interval::integer(0));
        let gradient = vec![zero.clone(); rows.first().map_or(0, |row| row.a.len())];
        let mut local = Self {
            responses: Vec::with_capacity(rows.len()),
            gradient,
            value: zero,
        };
        for (index, (row, lo)) in rows.iter().zip(grid).enumerate() {
            row.pay(k)?;
            let ((n_lo, d_lo), (n_hi, d_hi)) = exponential(row, point, k, index)?;
            limits::multiply(4, k.into(), longest([&n_lo, &d_lo, &n_hi, &d_hi]))?;
            let hi = lo + Int::one();
            // s decreases with e^{2y}: S (D+N) ≤ 2ᵏ D at the upper end, 2ᵏ D ≤ (S+1)(D+N) at the lower end.
            let below = lo * (&d_hi + &n_hi) <= &one * &d_hi;
            let above = &one * &d_lo <= &hi * (d_lo + n_lo);
            let encloses = !lo.is_negative() && hi <= one && below && above;
            ensure(encloses, Premise::Response, [index])?;
            let response = Response {
                row,
                s: Interval::of(lo.clone(), hi, k),
            };
            local.add(&response).ok_or(TooLarge)?;
            local.responses.push(response);
        }
        Ok(local)
    }

    fn add(&mut self, response: &Response<'_>) -> Option<()> {
        self.value = self.value.plus(&response.value()?);
        let slope = response.gradient()?;
        for (sum, a) in self
            .gradient
            .iter_mut()
            .zip(&response.row.a)
            .filter(|(_, a)| !a.is_zero())
        {
            *sum = sum.plus(&slope.scaled(a));
        }
        Some(())
    }

    /// An upper bound of ‖∇E‖₁.
    pub(super) fn slope(&self) -> Rational {
        self.gradient
            .iter()
            .fold(Interval::integer(0), |sum, entry| sum.plus(&entry.abs()))
            .hi()
    }

    /// For every row the bounds of w h'' on the box of half-width 2⁻ᵐ around the point, on the grid.
    pub(super) fn curvatures(&self, half_width: u32) -> Checked<Vec<(Interval, &FrameRow)>> {
        let bounds = |(index, response): (usize, &Response<'a>)| {
            response
                .row
                .pay(half_width.saturating_add(response.s.bits))?;
            Ok((
                response
                    .curvature(half_width)
                    .ok_or(fails(Premise::Box, [index]))?,
                response.row,
            ))
        };
        self.responses.iter().enumerate().map(bounds).collect()
    }
}

/// Fractions N/D, lower and upper, around e^{2y}.
pub(super) fn exponential(
    row: &FrameRow,
    point: &Point,
    k: u32,
    index: usize,
) -> Checked<(Pair, Pair)> {
    match point {
        Point::Exp { bits, xi } => {
            count(row.a.len(), xi.len())?;
            ensure(xi.iter().all(Signed::is_positive), Premise::Positive, [])?;
            let (mut above, mut below, mut up, mut down) = (Int::one(), Int::one(), 0_u64, 0_u64);
            for (x, a) in xi.iter().zip(&row.a).filter(|(_, a)| !a.is_zero()) {
                let size = u32::try_from(a.abs()).map_err(|_| fails(Premise::Exponent, [index]))?;
                let (side, shift) = if a.is_negative() {
                    (&mut below, &mut up)
                } else {
                    (&mut above, &mut down)
                };
                *shift = u64::from(size)
                    .saturating_mul((*bits).into())
                    .saturating_add(*shift);
                let digits = x.bits().saturating_mul(size.into());
                let short = digits.max(*shift).max(side.bits()) <= limits::POWER_BITS;
                ensure(short, Premise::Exponent, [index])?;
                limits::multiply(1, digits, digits)?;
                limits::multiply(1, digits, side.bits())?;
                spend(1)?;
                *side *= x.pow(size);
            }
            spend(usize::try_from(up.saturating_add(down) >> 11_u32).map_err(|_| TooLarge)?)?;
            let pair = (above << up, below << down);
            Ok((pair.clone(), pair))
        }
        Point::Rational(u) => {
            count(row.a.len(), u.len())?;
            let doubled: Vec<Rational> = row
                .a
                .iter()
                .map(|a| Rational::from_integer(a * 2))
                .collect();
            let y2 = combination(u.iter().zip(&doubled))?;
            let bits = k.saturating_add(EXTRA_BITS);
            let power = Interval::new(&y2, &y2, bits)
                .and_then(|y2| y2.exp(bits))
                .ok_or(fails(Premise::Exponent, [index]))?;
            let ends = |end: &Rational| (end.numer().clone(), end.denom().clone());
            Ok((ends(&power.lo()), ends(&power.hi())))
        }
    }
}

impl Response<'_> {
    /// t − b at the point, times the denominator of b.
    fn residual(&self) -> Interval {
        let (b, q) = (self.row.target.numer(), self.row.target.denom());
        Interval::integer(q - b).minus(&self.s.scaled(&(q * Int::from(2))))
    }

    /// n w x/d on the grid, for d > 0.
    fn weighted(&self, n: i32, x: &Interval, d: Int) -> Option<Interval> {
        let (above, below) = (self.row.weight.numer() * n, self.row.weight.denom() * d);
        let x = x.scaled(&above);
        if below.is_one() {
            x.onto(self.s.bits)
        } else {
            x.div(&Interval::integer(below), self.s.bits)
        }
    }

    /// w h at the point, on the grid.
    fn value(&self) -> Option<Interval> {
        let (residual, q) = (self.residual().abs(), self.row.target.denom());
        self.weighted(1, &residual.times(&residual)?, q * q)
    }

    /// w h' at the point, on the grid.
    fn gradient(&self) -> Option<Interval> {
        let slope = self.s.times(&Interval::integer(1).minus(&self.s))?;
        self.weighted(
            8,
            &slope.times(&self.residual())?,
            self.row.target.denom().clone(),
        )
    }

    /// w h'' for |y − y₀| ≤ ‖a‖₁ 2⁻ᵐ, on the grid.
    ///
    /// d = 2^{1−m} ‖a‖₁ ≤ 1/4; s and 1−s change by factors between 1−d and 1/(1−d) ≤ 1 + d + 2d².
    fn curvature(&self, half_width: u32) -> Option<Interval> {
        let (one, two, six) = (Interval::integer(1), Int::from(2), Int::from(6));
        let bits = half_width
            .checked_sub(1)
            .filter(|bits| *bits <= limits::GRID_BITS)?;
        let d = Interval::dyadic(self.row.l1.clone(), bits);
        only(&self.row.l1 * Int::from(4) <= Int::one() << bits)?;
        let (least, most) = (one.minus(&d), one.plus(&d).plus(&d.times(&d)?.scaled(&two)));
        let factor = Interval::of(least.lo << bits, most.hi, most.bits);
        let (s, rest) = (self.s.times(&factor)?, one.minus(&self.s).times(&factor)?);
        let slope = s.times(&rest)?;
        let (b, q) = (self.row.target.numer(), self.row.target.denom());
        let bend = slope
            .scaled(&six)
            .minus(&one)
            .scaled(q)
            .plus(&one.minus(&s.scaled(&two)).scaled(b));
        self.weighted(16, &slope.times(&bend)?, q.clone())
    }
}
