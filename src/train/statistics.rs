//! What the experiments report of random outcomes.
//!
//! UNTRUSTED.

use super::number::real;
use serde::Serialize;

/// The 97.5 % quantile of the normal distribution.
const QUANTILE: f64 = 1.959_963_984_540_054;

/// How many of how many, with a 95 % confidence interval (Wilson) for the probability behind it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    /// How many.
    pub count: usize,
    /// Of how many.
    pub total: usize,
    /// Their ratio; 0 of nothing.
    pub estimate: f64,
    /// Lower end of the interval.
    pub lower: f64,
    /// Upper end of the interval.
    pub upper: f64,
}

impl Share {
    /// `count` of `total`.
    #[must_use]
    pub fn new(count: usize, total: usize) -> Self {
        if total == 0 {
            return Self { count, total, estimate: 0.0, lower: 0.0, upper: 1.0 };
        }
        let (n, z2) = (real(total), QUANTILE * QUANTILE);
        let p = real(count) / n;
        let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = QUANTILE / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
        let (lower, upper) = ((centre - half).max(0.0), (centre + half).min(1.0));
        Self {
            count,
            total,
            estimate: p,
            lower: if count == 0 { 0.0 } else { lower },
            upper: if count == total { 1.0 } else { upper },
        }
    }
}

/// A mean with the standard error of the mean.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mean {
    /// The mean.
    pub mean: f64,
    /// Its standard error; infinite for fewer than two values.
    pub error: f64,
}

impl Mean {
    /// Of these values.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let n = real(values.len());
        let mean = values.iter().sum::<f64>() / n;
        let square = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>();
        let error = if values.len() < 2 { f64::INFINITY } else { (square / (n - 1.0) / n).sqrt() };
        Self { mean, error }
    }
}

/// The median; `None` of nothing.
#[must_use]
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    values.get(middle.checked_sub(1)?).map(|lower| f64::midpoint(*lower, upper))
}
