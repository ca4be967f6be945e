//! Exact error, gradient and Hessian at a point with rational ξ, over one common denominator.
//!
//! With N/D = e^{2y} and s = N + D: t = (N − D)/s and 1 − t² = 4ND/s². Rows on one line have the
//! same s. Derivatives are by uᵢ = ½ ln ξᵢ, the weights of a tanh unit.

use num_traits::{One, Signed, ToPrimitive, Zero};
use spurious::kernel::number::{Int, Rational};
use spurious::kernel::surface::{Row, TrainingSet, Unit};
use std::collections::BTreeMap;

/// Exact numbers over one denominator, not in lowest terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exact {
    /// The denominator, positive.
    pub(crate) over: Int,
    /// E.
    pub(crate) error: Int,
    /// ∇E.
    pub(crate) gradient: Vec<Int>,
    /// The lower triangle of the Hessian, row by row.
    pub(crate) hessian: Vec<Int>,
}

/// Sums over one line: numerators over s² c, s³ c and s⁴ c.
struct Line {
    value: Int,
    slopes: Vec<Int>,
    curvatures: Vec<Int>,
}

/// E, ∇E and the Hessian of a tanh unit with small integer inputs, at ξ > 0; `None` for other units, inputs or points.
#[must_use]
pub(crate) fn derivatives(data: &TrainingSet, xi: &[Rational]) -> Option<Exact> {
    if data.unit() != Unit::Tanh || xi.len() != data.width() || xi.iter().any(|x| !x.is_positive())
    {
        return None;
    }
    let constant = data.rows().iter().fold(Int::one(), |all, row| {
        multiple(multiple(all, &square(row)), row.weight.denom())
    });
    let n = data.width();
    let mut lines: BTreeMap<Int, Line> = BTreeMap::new();
    for row in data.rows() {
        let a = row.input.iter().map(small).collect::<Option<Vec<i32>>>()?;
        let (above, below) = power(&a, xi);
        let (b, q) = (row.target.numer(), row.target.denom());
        let s = &above + &below;
        let residual = (&above - &below) * q - b * &s; // (t − b) s q
        let rest = &above * &below * 4; // (1 − t²) s²
        let factor = row.weight.numer() * (&constant / (q * q * row.weight.denom())); // w c / q²
        let slope = &residual * &rest * &factor * q * 2;
        // h'' = 2 (1 − t²)(1 − 3t² + 2bt) = 2 (1 − t²)((1 − t²) − 2t(t − b)).
        let t = &above - &below;
        let curvature = &rest * (&rest * q - t * &residual * 2) * &factor * q * 2;
        let line = lines.entry(s).or_insert_with(|| Line {
            value: Int::zero(),
            slopes: vec![Int::zero(); n],
            curvatures: vec![Int::zero(); n * (n + 1) / 2],
        });
        line.value += &residual * &residual * factor;
        let mut cells = line.curvatures.iter_mut();
        for (i, left) in a.iter().enumerate() {
            if let Some(cell) = line.slopes.get_mut(i) {
                *cell += &slope * *left;
            }
            for (right, cell) in a.iter().take(i + 1).zip(&mut cells) {
                *cell += &curvature * (i64::from(*left) * i64::from(*right));
            }
        }
    }
    let fourth = |s: &Int| {
        let square = s * s;
        &square * &square
    };
    let product: Int = lines.keys().fold(Int::one(), |all, s| all * fourth(s));
    let mut exact = Exact {
        over: &product * &constant,
        error: Int::zero(),
        gradient: vec![Int::zero(); n],
        hessian: vec![Int::zero(); n * (n + 1) / 2],
    };
    for (s, line) in &lines {
        let others = &product / fourth(s);
        let with = &others * s;
        exact.error += line.value.clone() * &with * s;
        for (sum, slope) in exact.gradient.iter_mut().zip(&line.slopes) {
            *sum += slope * &with;
        }
        for (sum, curvature) in exact.hessian.iter_mut().zip(&line.curvatures) {
            *sum += curvature * &others;
        }
    }
    Some(exact)
}

fn small(a: &Rational) -> Option<i32> {
    if a.is_integer() {
        a.numer().to_i32().filter(|a| a.abs() <= 1000)
    } else {
        None
    }
}

fn square(row: &Row) -> Int {
    row.target.denom() * row.target.denom()
}

/// A common multiple that is no larger than needed where one divides the other.
fn multiple(all: Int, next: &Int) -> Int {
    if (&all % next).is_zero() {
        all
    } else {
        all * next
    }
}

/// N and D with N/D = Π ξᵢ^aᵢ.
fn power(a: &[i32], xi: &[Rational]) -> (Int, Int) {
    let (mut above, mut below) = (Int::one(), Int::one());
    for (a, x) in a.iter().zip(xi) {
        let (up, down) = if *a < 0 {
            (x.denom(), x.numer())
        } else {
            (x.numer(), x.denom())
        };
        match a.unsigned_abs() {
            0 => {}
            1 => {
                above *= up;
                below *= down;
            }
            m => {
                above *= up.pow(m);
                below *= down.pow(m);
            }
        }
    }
    (above, below)
}
