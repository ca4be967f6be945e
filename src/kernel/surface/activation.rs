//! Enclosures of the unit's response and of the error's derivatives, on a grid 2⁻ᵏ. Part of the trusted kernel.
//!
//! With s = 1/(1+e^{2y}), P = s(1−s), t = tanh y = 1 − 2s and h(y) = (t − b)²:
//! h' = 8 (1 − 2s − b) P, h'' = 16 P (6P − 1 + b(1 − 2s)).

use super::super::interval::Interval;
use super::super::limits;
use super::super::number::{Int, Rational, total};
use super::super::rejection::{Rejection, count};
use super::chart::FrameRow;
use num_traits::{Euclid, One, Signed, Zero};

/// Bits beyond the grid with which e^{2y} is enclosed at a rational point; they decide whether a grid interval contains
/// the enclosure, not its truth.
const EXTRA_BITS: u32 = 24;

/// A point in the coordinates u of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Point {
    /// uᵢ = ½ ln(Xᵢ/2ᵉ): ξᵢ = e^{2uᵢ} is rational.
    Exp {
        /// The exponent e.
        bits: u32,
        /// The numerators Xᵢ > 0.
        xi: Vec<Int>,
    },
    /// uᵢ rational.
    Rational(Vec<Rational>),
}

/// Lower and upper end.
pub(super) type Pair = (Int, Int);

/// ⌊a/b⌋ for b > 0.
pub(super) fn floor_div(a: &Int, b: &Int) -> Int {
    if b.is_one() { a.clone() } else { a.div_euclid(b) }
}

/// Rounds lo/(d 2ˢ) down and hi/(d 2ˢ) up to integers.
pub(super) fn outward((lo, hi): &Pair, d: &Int, shift: u32) -> Pair {
    (floor_div(lo, d) >> shift, -(floor_div(&-hi, d) >> shift))
}

/// What a certificate says of the response of one row at a point: S ≤ 2ᵏ/(1+e^{2y}) ≤ S+1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Response<'a> {
    /// The row.
    pub(super) row: &'a FrameRow,
    /// S.
    pub(super) s: &'a Int,
    /// The grid 2⁻ᵏ.
    pub(super) k: u32,
}

/// Checks S ≤ 2ᵏ/(1+e^{2y}) ≤ S+1 for every row at a point.
pub(super) fn responses<'a>(
    rows: &'a [FrameRow],
    point: &Point,
    k: u32,
    grid: &'a [Int],
) -> Result<Vec<Response<'a>>, Rejection> {
    if !(2..=limits::GRID_BITS).contains(&k) || !k.is_multiple_of(2) {
        return Err(Rejection::Grid(k));
    }
    count(rows.len(), grid.len())?;
    let one = Int::one() << k;
    let mut all = Vec::with_capacity(rows.len());
    for (index, (row, s)) in rows.iter().zip(grid).enumerate() {
        let ((n_lo, d_lo), (n_hi, d_hi)) = exponential(row, point, k, index)?;
        // s decreases with e^{2y}: S (D+N) ≤ 2ᵏ D at the upper end, 2ᵏ D ≤ (S+1)(D+N) at the lower end.
        let below = s * (&d_hi + &n_hi) <= &one * &d_hi;
        let above = &one * &d_lo <= (s + Int::one()) * (d_lo + n_lo);
        if s.is_negative() || *s >= one || !below || !above {
            return Err(Rejection::Response { row: index, claimed: s.clone() });
        }
        all.push(Response { row, s, k });
    }
    Ok(all)
}

/// Fractions N/D, lower and upper, around e^{2y}.
pub(super) fn exponential(row: &FrameRow, point: &Point, k: u32, index: usize) -> Result<(Pair, Pair), Rejection> {
    match point {
        Point::Exp { bits, xi } => {
            count(row.a.len(), xi.len())?;
            let (mut above, mut below, mut up, mut down) = (Int::one(), Int::one(), 0_u32, 0_u32);
            for (x, a) in xi.iter().zip(&row.a) {
                if !x.is_positive() {
                    return Err(Rejection::NotPositive(x.clone()));
                }
                let size = u32::try_from(a.abs()).map_err(|_| Rejection::Exponent(index))?;
                let (side, shift) = if a.is_negative() { (&mut below, &mut up) } else { (&mut above, &mut down) };
                *shift =
                    size.checked_mul(*bits).and_then(|b| shift.checked_add(b)).ok_or(Rejection::Exponent(index))?;
                let digits = x.bits().saturating_mul(size.into());
                if u64::from(*shift).max(digits).max(side.bits()) > limits::POWER_BITS {
                    return Err(Rejection::Exponent(index));
                }
                limits::spend(usize::try_from(digits >> 9_u32).map_err(|_| Rejection::TooLarge)?)?;
                if size > 0 {
                    *side *= x.pow(size);
                }
            }
            let pair = (above << up, below << down);
            Ok((pair.clone(), pair))
        }
        Point::Rational(u) => {
            count(row.a.len(), u.len())?;
            let y2 = total(u.iter().zip(&row.a).map(|(u, a)| u * (a * Int::from(2))))?;
            let bits = k.saturating_add(EXTRA_BITS);
            let power = Interval::new(&y2, &y2, bits).and_then(|y2| y2.exp(bits)).ok_or(Rejection::Exponent(index))?;
            let ends = |end: &Rational| (end.numer().clone(), end.denom().clone());
            Ok((ends(&power.lo()), ends(&power.hi())))
        }
    }
}

impl Response<'_> {
    /// P = s(1−s) at the point, between the ends over 4ᵏ.
    fn slope(&self) -> Pair {
        let rest = (Int::one() << self.k) - self.s;
        let next = self.s + Int::one();
        (self.s * (&rest - Int::one()), next * rest)
    }

    /// t − b at the point, between the ends over q 2ᵏ, for b = B/q.
    fn residual(&self) -> Pair {
        let (b, q) = (self.row.target.numer(), self.row.target.denom());
        let high = ((Int::one() << self.k) - self.s * Int::from(2)) * q - (b << self.k);
        (&high - q * Int::from(2), high)
    }

    /// w h at the point, on the grid.
    pub(super) fn value(&self) -> Pair {
        let (q, w) = (self.row.target.denom(), &self.row.weight);
        let (lo, hi) = self.residual();
        let (low, high) = (&lo * &lo, &hi * &hi);
        let least = if lo.is_negative() && hi.is_positive() { Int::zero() } else { low.clone().min(high.clone()) };
        outward(&(least * w.numer(), low.max(high) * w.numer()), &(q * q * w.denom()), self.k)
    }

    /// w h' at the point, on the grid.
    pub(super) fn gradient(&self) -> Pair {
        let (q, w) = (self.row.target.denom(), &self.row.weight);
        let ((lo, hi), (p_lo, p_hi)) = (self.residual(), self.slope());
        let low = &lo * if lo.is_negative() { &p_hi } else { &p_lo };
        let high = &hi * if hi.is_negative() { &p_lo } else { &p_hi };
        let w8 = w.numer() * Int::from(8);
        outward(&(low * &w8, high * w8), &(q * w.denom()), self.k.saturating_mul(2))
    }

    /// w h'' for |y − y₀| ≤ ‖a‖₁ 2⁻ᵐ, on the grid.
    ///
    /// d = 2^{1−m} ‖a‖₁ ≤ 1/4; s and 1−s change by factors between 1−d and 1/(1−d) ≤ 1 + d + 2d².
    pub(super) fn curvature(&self, half_width: u32) -> Option<Pair> {
        let (l, k) = (&self.row.l1, self.k);
        let h = half_width.checked_sub(1).filter(|h| *h <= limits::GRID_BITS)?;
        let unit = Int::one() << h;
        if l * Int::from(4) > unit {
            return None;
        }
        let (h2, wide) = (h.saturating_mul(2), h.saturating_mul(4).saturating_add(k.saturating_mul(2)));
        let shrink = (&unit - l) << h;
        let grow = (&unit << h) + (l << h) + l * l * Int::from(2);
        let rest = (Int::one() << k) - self.s;
        // s between the ends over 2^{k+2h}; P between the ends over 2^{2k+4h}.
        let (s_lo, s_hi) = (self.s * &shrink, (self.s + Int::one()) * &grow);
        let (p_lo, p_hi) = (&s_lo * (&rest - Int::one()) * shrink, &s_hi * rest * grow);
        let (b, q, w) = (self.row.target.numer(), self.row.target.denom(), &self.row.weight);
        let side = k.saturating_add(h2);
        let full = Int::one() << side;
        let ends = (b * (&full - &s_hi * Int::from(2)), b * (&full - &s_lo * Int::from(2)));
        let (t_lo, t_hi) = if ends.0 <= ends.1 { ends } else { (ends.1, ends.0) };
        let minus = q << wide;
        let low = q * &p_lo * Int::from(6) - &minus + (t_lo << side);
        let high = q * &p_hi * Int::from(6) - minus + (t_hi << side);
        let low = &low * if low.is_negative() { &p_hi } else { &p_lo };
        let high = &high * if high.is_negative() { &p_lo } else { &p_hi };
        let w16 = w.numer() * Int::from(16);
        let shift = wide.saturating_mul(2).saturating_sub(k);
        Some(outward(&(low * &w16, high * w16), &(q * w.denom()), shift))
    }
}
