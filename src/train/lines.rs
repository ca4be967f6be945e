//! A unit's error, gathered by lines: examples whose inputs are equal up to sign share one `tanh`.
//!
//! UNTRUSTED. For one line, `Σ_k w_k (tanh y − c_k)² = W (tanh y − m)² + rest` with `W = Σ w_k` and
//! `m = Σ w_k c_k / W`; an opposite input contributes its opposite target. The 125 instances of
//! ss89 are eleven distinct rows on six lines.

use super::example::Examples;
use super::exponential::tanh_and_slope;
use super::network::Network;
use super::number::{Scalar, dot, real};
use nalgebra::{DMatrix, DVector};
use std::collections::HashMap;

/// One line: `weight · (tanh⟨input, w⟩ − target)²`.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The direction, scaled by the gain of the sigmoid.
    pub input: Vec<f64>,
    /// The mean target.
    pub target: f64,
    /// The total weight.
    pub weight: f64,
}

/// `E(w) = rest + Σ weight (tanh⟨input, w⟩ − target)²`.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    /// The lines, in the order of their first examples.
    pub lines: Vec<Line>,
    /// The part of the error that no weights change.
    pub rest: f64,
}

impl Lines {
    /// Gathers the examples of a single unit; `None` for a network with hidden layers or a unit
    /// that is not bounded.
    #[must_use]
    pub fn gather(network: &Network, examples: &Examples) -> Option<Self> {
        let sigmoid = network.as_unit()?;
        if sigmoid.scale == 0.0 || sigmoid.twist != 0.0 {
            return None;
        }
        let mut gathered = Self {
            lines: Vec::new(),
            rest: 0.0,
        };
        let mut places = HashMap::new();
        for (a, b, weight) in examples.rows() {
            let input: Vec<f64> = a.iter().map(|entry| entry * sigmoid.gain).collect();
            gathered.add(
                &mut places,
                input,
                (b - sigmoid.offset) / sigmoid.scale,
                weight * sigmoid.scale * sigmoid.scale,
            );
        }
        Some(gathered)
    }

    /// `E(w)`.
    #[must_use]
    pub fn error(&self, w: &[f64]) -> f64 {
        let square = |line: &Line| {
            line.weight * (tanh_and_slope(dot(&line.input, w)).0 - line.target).powi(2)
        };
        self.rest + self.lines.iter().map(square).sum::<f64>()
    }

    /// A bound of the largest eigenvalue of the Hessian over all weights: descent at a rate up to its
    /// inverse never climbs, wherever it starts.
    ///
    /// The second derivative of `(tanh y − m)²` is `2 (1 − t²)(1 + 2mt − 3t²)` with `t = tanh y`.
    #[must_use]
    pub fn smoothness(&self) -> f64 {
        let n = self.lines.first().map_or(0, |line| line.input.len());
        let mut bound = DMatrix::zeros(n, n);
        for line in &self.lines {
            let input = DVector::from_column_slice(&line.input);
            bound.ger(
                line.weight * steepest_bend(line.target),
                &input,
                &input,
                1.0,
            );
        }
        bound.symmetric_eigenvalues().max()
    }

    /// Writes `∇E(w)` and returns `E(w)`.
    pub fn gradient_into<T: Scalar>(&self, w: &[T], gradient: &mut [T]) -> T {
        gradient.fill(T::constant(0.0));
        let mut error = T::constant(self.rest);
        for line in &self.lines {
            let mut sum = T::constant(0.0);
            for (a, w) in line.input.iter().zip(w) {
                sum += T::constant(*a) * *w;
            }
            let (value, slope) = sum.tanh_and_slope();
            let miss = value - T::constant(line.target);
            error += T::constant(line.weight) * miss * miss;
            let factor = T::constant(2.0 * line.weight) * miss * slope;
            for (g, a) in gradient.iter_mut().zip(&line.input) {
                *g += factor * T::constant(*a);
            }
        }
        error
    }

    fn add(&mut self, places: &mut Places, input: Vec<f64>, target: f64, weight: f64) {
        let new = self.lines.len();
        let (place, turned) = direction(&input).map_or((new, false), |(direction, turned)| {
            let (place, first) = *places.entry(direction).or_insert((new, turned));
            (place, first != turned)
        });
        let Some(line) = self.lines.get_mut(place) else {
            self.lines.push(Line {
                input,
                target,
                weight,
            });
            return;
        };
        let target = if turned { -target } else { target };
        let total = line.weight + weight;
        self.rest += line.weight * weight / total * (line.target - target).powi(2);
        line.target += weight / total * (target - line.target);
        line.weight = total;
    }
}

/// Points at which the second derivative is evaluated, on each side of 0.
const POINTS: usize = 1000;

/// The largest second derivative of `(tanh y − target)²`: on a grid, plus what fits between.
fn steepest_bend(target: f64) -> f64 {
    let bend = |t: f64| 2.0 * (1.0 - t * t) * (1.0 + 2.0 * target * t - 3.0 * t * t);
    let at = |k: usize| real(k) / real(POINTS);
    let largest = (0..=POINTS)
        .flat_map(|k| [bend(at(k)), bend(-at(k))])
        .fold(0.0, f64::max);
    // Its slope is below 16 + 8 |target|, and no point is farther than half a step from the grid.
    largest + (16.0 + 8.0 * target.abs()) / (2.0 * real(POINTS))
}

/// By direction: the number of its line, and whether the input of that line was turned.
type Places = HashMap<Vec<u64>, (usize, bool)>;

/// The bits of an input or of its opposite, whichever has a positive entry first, and whether it is the opposite; `None` where an entry
/// is no finite number.
fn direction(input: &[f64]) -> Option<(Vec<u64>, bool)> {
    let turned = input
        .iter()
        .find(|entry| entry.abs() > 0.0)
        .is_some_and(|entry| *entry < 0.0);
    let sign = if turned { -1.0 } else { 1.0 };
    // Adding 0 makes the two zeros one.
    let bits = |entry: &f64| entry.is_finite().then(|| (sign * entry + 0.0).to_bits());
    Some((input.iter().map(bits).collect::<Option<_>>()?, turned))
}
