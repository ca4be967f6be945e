//! Taylor's series of the slopes.
//!
//! With `b(z) = s(1−s)`, `s = 1/(1+e^z)`, `h = s − ½`: `b′ = 2hb` and `b″ = b − 6b²`, so every even
//! derivative is a polynomial in b, and every odd one such a polynomial times h. The slope of a
//! line with target t is `c = scale (b′ + t b)`.
//!
//! `b(z) = −Σ 1/(z − (2n+1)πi)²` over all integers n, so on the real axis `|b_k| ≤ 2.11
//! (k+1)/π^(k+2)` for the k-th coefficient, k ≥ 1. When `|t| ≤ 1`, the terms of c after the d-th
//! sum up to at most
//!
//! ```text
//! scale · 2.11 ((d+2)(d+3)/π^(d+4) + (d+2)/π^(d+3)) R^(d+1) / (1 − R/2)
//! ```
//!
//! for `|z − centre| ≤ R`. For each degree R is such that this is below `scale · 2⁻⁴⁶`, which the
//! compiler checks: a `tanh` that is off by `2⁻⁴⁶` can do as much to c. For larger targets both
//! grow in proportion.

#![allow(
    clippy::inline_always,
    reason = "inlining into the dispatched function is what turns these into vector instructions"
)]
#![allow(
    clippy::needless_range_loop,
    reason = "the inner loops run over two arrays by lane"
)]

use pulp::Simd;
use std::f64::consts::PI;

/// The highest degree.
pub(super) const TOP: usize = 10;
/// Degrees and twice the radii for which they suffice, widest first.
pub(super) const CLASSES: [(usize, f64); 6] = [
    (10, 2.0 * 0.136),
    (8, 2.0 * 0.0703),
    (7, 2.0 * 0.0448),
    (6, 2.0 * 0.0251),
    (5, 2.0 * 0.0116),
    (4, 2.0 * 0.00401),
];
const _: () = {
    let mut i = 0;
    while i < CLASSES.len() {
        assert!(remainder(CLASSES[i].0, CLASSES[i].1 / 2.0) < 1.0 / 70_368_744_177_664.0);
        i += 1;
    }
};

/// The bound above, without the scale.
const fn remainder(degree: usize, radius: f64) -> f64 {
    let (n, mut power, mut i) = (NUMBERS[degree], 1.0 / (PI * PI), 0);
    while i <= degree {
        power *= radius / PI;
        i += 1;
    }
    2.11 * power * (n + 2.0) * ((n + 3.0) / PI + 1.0) / (1.0 - radius / 2.0)
}

/// The widest.
pub(super) const WIDEST: f64 = CLASSES[0].1;
/// The share of a width, to either side of the centre, that a lane is expected to use.
pub(super) const SHARE: f64 = 15.0 / 32.0;
/// The distance from the centre that a lane may be expected to reach.
pub(super) const LIMIT: f64 = SHARE * WIDEST;

/// `c = scale (b′ + target · b)` is minus the rate times the slope of the line, `scale = 8 · rate ·
/// weight`.
#[derive(Clone, Copy, Default)]
pub(super) struct Shape {
    scale: f64,
    /// The target, and for k ≥ 1 the target over k.
    shares: [f64; TOP + 1],
}

impl Shape {
    pub(super) fn new(scale: f64, target: f64) -> Self {
        let mut shares = [target; TOP + 1];
        for (share, k) in shares.iter_mut().zip(NUMBERS).skip(1) {
            *share /= k;
        }
        Self { scale, shares }
    }

    /// c where s is.
    #[inline(always)]
    pub(super) fn slope<S: Simd>(self, simd: S, s: S::f64s) -> S::f64s {
        let (h, b) = parts(simd, s);
        let miss = simd.mul_add_f64s(simd.splat_f64s(2.0), h, simd.splat_f64s(self.shares[0]));
        simd.mul_f64s(simd.mul_f64s(simd.splat_f64s(self.scale), b), miss)
    }
}

/// The coefficients of one register of lanes, by power and line, in multiples of `width`; those
/// above the lane's degree are 0.
#[repr(C, align(64))]
pub(super) struct Table<S: Simd, const M: usize> {
    pub(super) terms: [[S::f64s; M]; TOP + 1],
    /// Above this all are 0.
    pub(super) top: usize,
    pub(super) degree: S::f64s,
    pub(super) width: S::f64s,
}

impl<S: Simd, const M: usize> Table<S, M> {
    #[inline(always)]
    pub(super) fn new(simd: S) -> Self {
        let (zero, one) = (simd.splat_f64s(0.0), simd.splat_f64s(1.0));
        Self {
            terms: [[zero; M]; TOP + 1],
            top: 1,
            degree: zero,
            width: one,
        }
    }

    /// Allows for degrees up to this.
    #[inline(always)]
    pub(super) fn raise(&mut self, simd: S, top: usize) {
        for k in self.top + 1..=top {
            self.terms[k] = [simd.splat_f64s(0.0); M];
        }
        self.top = top;
    }

    /// Adds the slopes at u to m.
    #[inline(always)]
    pub(super) fn add(&self, simd: S, u: &[S::f64s; M], m: &mut [S::f64s; M]) {
        // Horner's scheme, all lines abreast.
        let mut p = self.terms[self.top];
        for k in (1..self.top).rev() {
            for j in 0..M {
                p[j] = simd.mul_add_f64s(p[j], u[j], self.terms[k][j]);
            }
        }
        for j in 0..M {
            m[j] = simd.mul_add_f64s(p[j], u[j], simd.add_f64s(m[j], self.terms[0][j]));
        }
    }

    /// Adds the slopes at u to m when `T` is the top.
    #[inline(always)]
    pub(super) fn add_to<const T: usize>(&self, simd: S, u: &[S::f64s; M], m: &mut [S::f64s; M]) {
        for j in 0..M {
            let mut p = self.terms[T][j];
            for k in (1..T).rev() {
                p = simd.mul_add_f64s(p, u[j], self.terms[k][j]);
            }
            m[j] = simd.mul_add_f64s(p, u[j], simd.add_f64s(m[j], self.terms[0][j]));
        }
    }

    /// For these lanes, the series around s, up to their degrees; 0 for degree 0.
    #[inline(always)]
    pub(super) fn expand(
        &mut self,
        simd: S,
        lanes: S::m64s,
        shapes: &[Shape; M],
        s: &[S::f64s; M],
    ) {
        let zero = simd.splat_f64s(0.0);
        let (mut h, mut b) = ([zero; M], [zero; M]);
        for j in 0..M {
            (h[j], b[j]) = parts(simd, s[j]);
        }
        // With b_k the coefficients of b, coefficient k of c is (k + 1) b_(k+1) + t b_k.
        let mut before = b;
        for j in 0..M {
            before[j] = simd.mul_f64s(simd.splat_f64s(shapes[j].scale), b[j]);
        }
        let scaled = before;
        let mut power = simd.div_f64s(simd.splat_f64s(1.0), self.width);
        power = simd.select_f64s(simd.greater_than_f64s(self.degree, zero), power, zero);
        for k in 0..=self.top {
            let next = derivative(simd, k + 1, &h, &b, &scaled);
            let wanted = simd.less_than_or_equal_f64s(simd.splat_f64s(NUMBERS[k]), self.degree);
            let factor = simd.select_f64s(wanted, power, zero);
            for j in 0..M {
                let value =
                    simd.mul_add_f64s(simd.splat_f64s(shapes[j].shares[k]), before[j], next[j]);
                self.terms[k][j] =
                    simd.select_f64s(lanes, simd.mul_f64s(value, factor), self.terms[k][j]);
            }
            before = next;
            power = simd.mul_f64s(power, self.width);
        }
    }
}

/// h and b.
#[inline(always)]
fn parts<S: Simd>(simd: S, s: S::f64s) -> (S::f64s, S::f64s) {
    (
        simd.sub_f64s(s, simd.splat_f64s(0.5)),
        simd.negate_mul_add_f64s(s, s, s),
    )
}

/// k times the k-th coefficient of b, scaled.
#[inline(always)]
fn derivative<S: Simd, const M: usize>(
    simd: S,
    k: usize,
    h: &[S::f64s; M],
    b: &[S::f64s; M],
    scaled: &[S::f64s; M],
) -> [S::f64s; M] {
    let (row, degree) = (&POLYNOMIALS[k], k / 2);
    let mut p = [simd.splat_f64s(row[degree]); M];
    for i in (0..degree).rev() {
        for j in 0..M {
            p[j] = simd.mul_add_f64s(p[j], b[j], simd.splat_f64s(row[i]));
        }
    }
    for j in 0..M {
        p[j] = simd.mul_f64s(p[j], scaled[j]);
        if k % 2 == 1 {
            p[j] = simd.mul_f64s(p[j], h[j]);
        }
    }
    p
}

/// 0, 1, 2, …
pub(super) const NUMBERS: [f64; TOP + 3] = [
    0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0,
];
/// For k and the k-th coefficient of b, k times the polynomial in b that it is, divided by b, and
/// for odd k by h.
const POLYNOMIALS: [[f64; TOP]; TOP + 2] = polynomials();

/// `(bⁿ)′ = 2n h bⁿ` and `(bⁿ)″ = n² bⁿ − n(4n+2) bⁿ⁺¹`.
const fn polynomials() -> [[f64; TOP]; TOP + 2] {
    let mut rows = [[0.0; TOP]; TOP + 2];
    rows[0][0] = 1.0;
    let mut k = 0;
    while k < TOP + 2 {
        let mut i = 0;
        while i < TOP {
            let n = NUMBERS[i + 1];
            if k + 1 < TOP + 2 {
                rows[k + 1][i] = 2.0 * n * rows[k][i] / NUMBERS[k + 1];
            }
            if k + 2 < TOP + 2 {
                let lower = if i == 0 {
                    0.0
                } else {
                    (n - 1.0) * (4.0 * n - 2.0) * rows[k][i - 1]
                };
                rows[k + 2][i] = (n * n * rows[k][i] - lower) / (NUMBERS[k + 1] * NUMBERS[k + 2]);
            }
            i += 1;
        }
        k += 2;
    }
    k = 1;
    while k < TOP + 2 {
        let mut i = 0;
        while i < TOP {
            rows[k][i] *= NUMBERS[k];
            i += 1;
        }
        k += 1;
    }
    rows
}
