//! The growth of weights that diverge (so88 §3): if they grow like `a + b log t`, then `t w'(t)`
//! becomes constant.
//!
//! UNTRUSTED.

use crate::train::algorithm::flow;
use crate::train::number::real;
use crate::train::objective::Objective;
use crate::train::run::Run;
use serde::Serialize;

/// The flow along which growth is followed, over many decades of time.
pub const FLOW: flow::Settings = flow::Settings::stiff(1e-7);

/// Growth is logarithmic when `t w'` varies by at most this part over the last decade.
const CONSTANT: f64 = 0.1;

/// `t w'` along a trajectory of the gradient flow.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Growth {
    /// Times.
    pub times: Vec<f64>,
    /// `t w'(t)` at each time, weight by weight.
    pub rates: Vec<Vec<f64>>,
    /// The mean of `t w'` over the last decade of time, weight by weight: the `b` of `a + b log t`.
    pub slopes: Vec<f64>,
    /// The largest deviation from that mean over the last decade, relative to the largest slope.
    pub variation: f64,
}

impl Growth {
    /// Tells whether `t w'` of each weight varies by at most a tenth of the largest over the last decade.
    #[must_use]
    pub fn is_logarithmic(&self) -> bool {
        self.variation <= CONSTANT
    }
}

/// Measures the growth along a run whose time is that of the flow.
#[must_use]
pub fn growth(objective: &Objective, run: &Run) -> Growth {
    let points: Vec<_> = run
        .trajectory
        .iter()
        .filter(|point| point.time > 0.0)
        .collect();
    let rates: Vec<Vec<f64>> = points
        .iter()
        .map(|point| {
            objective
                .gradient(&point.weights)
                .iter()
                .map(|g| -g * point.time)
                .collect()
        })
        .collect();
    let times: Vec<f64> = points.iter().map(|point| point.time).collect();
    let last = times.partition_point(|time| *time < run.time / 10.0);
    let tail = &rates[last..];
    let slope = |i: usize| tail.iter().map(|rates| rates[i]).sum::<f64>() / real(tail.len());
    let slopes: Vec<f64> = (0..run.weights.len()).map(slope).collect();
    let deviation = tail
        .iter()
        .flat_map(|rates| rates.iter().zip(&slopes))
        .map(|(rate, slope)| (rate - slope).abs());
    let largest = slopes.iter().map(|slope| slope.abs()).fold(0.0, f64::max);
    let variation = deviation.fold(0.0, f64::max) / largest;
    Growth {
        times,
        rates,
        slopes,
        variation,
    }
}
