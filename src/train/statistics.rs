//! Shares, means and median times with confidence intervals, for random ends of runs.
//!
//! UNTRUSTED.

use super::number::{real, whole};
use serde::Serialize;

/// The confidence level of every interval here.
pub const CONFIDENCE: f64 = 0.95;

/// The 97.5 % quantile of the normal distribution.
const QUANTILE: f64 = 1.959_963_984_540_054;

/// A share, with a 95 % confidence interval (Wilson) for the probability behind it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    /// Runs of which it holds.
    pub count: usize,
    /// All runs.
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
            return Self {
                count,
                total,
                estimate: 0.0,
                lower: 0.0,
                upper: 1.0,
            };
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

/// The difference of two independent shares, with a 95 % confidence interval (Newcombe's, from
/// Wilson's intervals).
#[must_use]
pub fn difference(first: Share, second: Share) -> (f64, [f64; 2]) {
    let estimate = first.estimate - second.estimate;
    let below = (first.estimate - first.lower).hypot(second.upper - second.estimate);
    let above = (first.upper - first.estimate).hypot(second.estimate - second.lower);
    (estimate, [estimate - below, estimate + above])
}

/// The 97.5 % quantiles of Student's t for 1, 2, … degrees of freedom.
const STUDENT: [f64; 30] = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
];

/// A mean with the standard error of the mean.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mean {
    /// The mean.
    pub mean: f64,
    /// Its standard error; infinite for fewer than two values.
    pub error: f64,
}

impl Mean {
    /// The mean of `values`.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let n = real(values.len());
        let mean = values.iter().sum::<f64>() / n;
        let square = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>();
        let error = if values.len() < 2 {
            f64::INFINITY
        } else {
            (square / (n - 1.0) / n).sqrt()
        };
        Self { mean, error }
    }

    /// A 95 % confidence interval, by Student's t for `count` values.
    #[must_use]
    pub fn interval(&self, count: usize) -> [f64; 2] {
        // Above 31 values the last quantile of the table is a little too large, never too small.
        let degrees = count.saturating_sub(1).clamp(1, STUDENT.len());
        let half = STUDENT[degrees - 1] * self.error;
        [self.mean - half, self.mean + half]
    }
}

/// A median time with a 95 % confidence interval, from runs some of which never got there.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MedianTime {
    /// The median over all runs; nothing if fewer than half got there.
    pub median: Option<f64>,
    /// Lower end of the interval; nothing if it lies beyond what was seen.
    pub lower: Option<f64>,
    /// Upper end of the interval; nothing if it lies beyond what was seen.
    pub upper: Option<f64>,
}

impl MedianTime {
    /// Of `runs` runs, of which those that got there took these times. The interval is that of the
    /// order statistics: the number of times below the true median is binomial.
    #[must_use]
    pub fn new(mut times: Vec<f64>, runs: usize) -> Self {
        times.sort_by(f64::total_cmp);
        times.resize(runs, f64::INFINITY);
        let at = |index: usize| times.get(index).copied().filter(|time| time.is_finite());
        let skipped = left_out(runs);
        let (lower, upper) = match skipped.checked_sub(1) {
            Some(below) => (at(below), at(runs.saturating_sub(skipped))),
            None => (Some(0.0), None),
        };
        Self {
            median: median(times).filter(|time| time.is_finite()),
            lower,
            upper,
        }
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
    values
        .get(middle.checked_sub(1)?)
        .map(|lower| f64::midpoint(*lower, upper))
}

/// How many order statistics a 95 % interval for the median leaves out on each side: the largest l
/// with P(binomial(n, ½) < l) ≤ 2.5 %.
fn left_out(n: usize) -> usize {
    if n > 500 {
        // Beyond the range of the powers of ½, by the normal approximation.
        return usize::try_from(whole(0.5 * (real(n) - 1.0 - QUANTILE * real(n).sqrt())))
            .unwrap_or(0);
    }
    let (mut tail, mut term, mut left_out) = (0.0, 0.5_f64.powf(real(n)), 0);
    while left_out < n / 2 {
        tail += term;
        if tail > 0.025 {
            break;
        }
        left_out += 1;
        term *= real(n - left_out + 1) / real(left_out);
    }
    left_out
}
