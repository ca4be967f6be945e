//! The error, its gradient and Hessian in floats, in the coordinates of a chart. UNTRUSTED.

use super::linear::Square;
use crate::kernel::number::{Int, Rational};
use num_traits::ToPrimitive;

/// Beyond this |y| tanh is 1 to the last bit of a float.
pub(super) const FAR: f64 = 19.0;

/// The nearest float.
#[must_use]
pub fn float(x: &Rational) -> f64 {
    match (x.numer().to_f64(), x.denom().to_f64()) {
        (Some(above), Some(below)) if above.is_finite() && below.is_finite() => above / below,
        _ => {
            let shift = i64::try_from(x.numer().bits()).unwrap_or(0)
                - i64::try_from(x.denom().bits()).unwrap_or(0);
            let up = usize::try_from(shift.max(0)).unwrap_or(0);
            let down = usize::try_from((-shift).max(0)).unwrap_or(0);
            let quotient: Int = ((x.numer() << (down + 64)) / (x.denom() << up)).clone();
            let power = i32::try_from(shift - 64).unwrap_or(0);
            quotient.to_f64().unwrap_or(0.0) * 2_f64.powi(power)
        }
    }
}

/// Rows of a tanh unit, as floats.
#[derive(Clone, Debug)]
pub struct Floats {
    /// Number of coordinates.
    pub n: usize,
    /// Inputs, row by row.
    pub inputs: Vec<f64>,
    /// Targets in [−1, 1].
    pub targets: Vec<f64>,
    /// Weights.
    pub weights: Vec<f64>,
    /// Σ w a², the natural scale of each coordinate.
    pub scale: Vec<f64>,
}

/// Error, gradient and Hessian (lower triangle).
#[derive(Clone, Debug)]
pub struct Derivatives {
    /// E.
    pub error: f64,
    /// ∇E.
    pub gradient: Vec<f64>,
    /// The Hessian.
    pub hessian: Square,
}

impl Floats {
    /// From rows (integer inputs, target, weight) of a tanh unit.
    #[must_use]
    pub fn new(n: usize, rows: &[super::chart::ChartRow]) -> Self {
        let mut inputs = Vec::with_capacity(n * rows.len());
        let mut scale = vec![0.0; n];
        for row in rows {
            let weight = float(&row.weight);
            for (s, a) in scale.iter_mut().zip(&row.a) {
                let a = a.to_f64().unwrap_or(f64::MAX);
                *s += weight * a * a;
                inputs.push(a);
            }
        }
        let targets = rows.iter().map(|row| float(&row.target)).collect();
        let weights = rows.iter().map(|row| float(&row.weight)).collect();
        Self {
            n,
            inputs,
            targets,
            weights,
            scale,
        }
    }

    /// The rows: input, target, weight.
    pub fn rows(&self) -> impl Iterator<Item = (&[f64], f64, f64)> {
        let tail = self.targets.iter().zip(&self.weights);
        self.inputs
            .chunks_exact(self.n.max(1))
            .zip(tail)
            .map(|(a, (b, w))| (a, *b, *w))
    }

    /// E(u), and the largest |y|.
    #[must_use]
    pub fn error(&self, u: &[f64]) -> (f64, f64) {
        let (mut error, mut largest) = (0.0, 0.0_f64);
        for (a, b, w) in self.rows() {
            let y = dot(a, u);
            error += w * if y.abs() > FAR {
                term(y, b).0
            } else {
                (y.tanh() - b).powi(2)
            };
            largest = largest.max(y.abs());
        }
        (error, largest)
    }

    /// E(u), ∇E(u) and the Hessian there.
    #[must_use]
    pub fn derivatives(&self, u: &[f64]) -> Derivatives {
        let mut error = 0.0;
        let mut gradient = vec![0.0; self.n];
        let mut hessian = Square::zero(self.n);
        for (a, b, w) in self.rows() {
            let (h, h1, h2) = term(dot(a, u), b);
            error += w * h;
            for (g, a) in gradient.iter_mut().zip(a) {
                *g += w * h1 * a;
            }
            hessian.add_outer(w * h2, a);
        }
        Derivatives {
            error,
            gradient,
            hessian,
        }
    }
}

/// ⟨a, u⟩.
#[must_use]
pub fn dot(a: &[f64], u: &[f64]) -> f64 {
    a.iter().zip(u).map(|(a, u)| a * u).sum()
}

/// (tanh y − b)² and its two derivatives, accurate in the tails.
#[must_use]
pub fn term(y: f64, b: f64) -> (f64, f64, f64) {
    let q = (-2.0 * y.abs()).exp();
    let rest = 4.0 * q / ((1.0 + q) * (1.0 + q)); // 1 − t²
    let t = ((1.0 - q) / (1.0 + q)).copysign(y);
    let gap = 2.0 * q / (1.0 + q); // 1 − |t|
    let residual = if y > 0.0 {
        (1.0 - b) - gap
    } else {
        gap - (1.0 + b)
    };
    (
        residual * residual,
        2.0 * residual * rest,
        2.0 * rest * (1.0 - 3.0 * t * t + 2.0 * b * t),
    )
}
