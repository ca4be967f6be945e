//! The error of a network on examples, with its derivatives.
//!
//! UNTRUSTED. `E(w) = Σ_j weight_j (f(w, a_j) − b_j)²`; everything here is exact up to rounding, by
//! backpropagation.

use super::example::Examples;
use super::lanes::Layered;
use super::lines::{Line, Lines};
use super::network::{Network, Tape};
use super::number::{Scalar, Tangent, dot};
use super::sigmoid::Sigmoid;
use nalgebra::{DMatrix, DVector};

/// The error that is minimised.
#[derive(Clone, Debug)]
pub struct Objective {
    network: Network,
    examples: Examples,
    /// A single unit's examples by lines, which is the same error at a fraction of the cost.
    lines: Option<Lines>,
    /// The examples in lanes, where there are enough of them.
    layered: Option<Layered>,
}

/// A unit with at most so many lines is as fast without lanes.
const FEW_LINES: usize = 8;

/// What is worth lanes: a network, or a unit with many lines.
fn layered(network: &Network, examples: &Examples, lines: Option<&Lines>) -> Option<Layered> {
    let Some(lines) = lines else {
        return Some(Layered::new(network.clone(), examples));
    };
    if lines.lines.len() <= FEW_LINES {
        return None;
    }
    let mut gathered = Examples::default();
    for line in &lines.lines {
        let Line {
            input,
            target,
            weight,
        } = line.clone();
        gathered.push(input, target, weight);
    }
    let unit = Network::unit(gathered.columns(), Sigmoid::TANH);
    Some(Layered::new(unit, &gathered))
}

impl Objective {
    /// The network on the examples.
    #[must_use]
    pub fn new(network: Network, examples: Examples) -> Self {
        let lines = Lines::gather(&network, &examples);
        let layered = layered(&network, &examples, lines.as_ref());
        Self {
            network,
            examples,
            lines,
            layered,
        }
    }

    /// The network.
    #[must_use]
    pub const fn network(&self) -> &Network {
        &self.network
    }

    /// The examples that it should learn.
    #[must_use]
    pub const fn examples(&self) -> &Examples {
        &self.examples
    }

    /// The examples by lines, for a single bounded unit.
    #[must_use]
    pub const fn lines(&self) -> Option<&Lines> {
        self.lines.as_ref()
    }

    /// Number of weights.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.network.weights()
    }

    /// `E(w)`.
    #[must_use]
    pub fn error(&self, w: &[f64]) -> f64 {
        if let Some(layered) = &self.layered {
            return self.rest() + layered.error(w);
        }
        if let Some(lines) = &self.lines {
            return lines.error(w);
        }
        let mut tape = Tape::default();
        let square = |(a, b, weight): (&[f64], f64, f64)| {
            weight * (self.network.forward(w, a, &mut tape) - b).powi(2)
        };
        self.examples.rows().map(square).sum()
    }

    /// The part of the error that no weights change.
    fn rest(&self) -> f64 {
        self.lines.as_ref().map_or(0.0, |lines| lines.rest)
    }

    /// Writes `∇E(w)` and returns `E(w)`.
    pub fn gradient_into(&self, w: &[f64], gradient: &mut [f64]) -> f64 {
        if let Some(layered) = &self.layered {
            return self.rest() + layered.gradient_into(w, gradient);
        }
        self.gradient_over(w, gradient)
    }

    /// Writes `∇E(w)` and returns `E(w)`, over any scalars.
    fn gradient_over<T: Scalar>(&self, w: &[T], gradient: &mut [T]) -> T {
        if let Some(lines) = &self.lines {
            return lines.gradient_into(w, gradient);
        }
        let mut tape = Tape::default();
        gradient.fill(T::constant(0.0));
        let mut error = T::constant(0.0);
        for (a, b, weight) in self.examples.rows() {
            let miss = self.network.forward(w, a, &mut tape) - T::constant(b);
            error += T::constant(weight) * miss * miss;
            self.network
                .backward(w, T::constant(2.0 * weight) * miss, &mut tape, gradient);
        }
        error
    }

    /// `∇E(w)`.
    #[must_use]
    pub fn gradient(&self, w: &[f64]) -> Vec<f64> {
        let mut gradient = vec![0.0; w.len()];
        self.gradient_into(w, &mut gradient);
        gradient
    }

    /// Writes `∂U/∂w` of one example, `U = (f − b)²` without the example's weight (fi92 §2), and
    /// returns `U`.
    pub fn example_gradient(
        &self,
        index: usize,
        w: &[f64],
        tape: &mut Tape<f64>,
        gradient: &mut [f64],
    ) -> f64 {
        let (input, target) = (&self.examples.inputs[index], self.examples.targets[index]);
        if let Some(sigmoid) = self.network.as_unit() {
            let (value, slope) = sigmoid.value_and_slope(dot(w, input));
            for (g, a) in gradient.iter_mut().zip(input) {
                *g = 2.0 * (value - target) * slope * a;
            }
            return (value - target).powi(2);
        }
        gradient.fill(0.0);
        let miss = self.network.forward(w, input, tape) - target;
        self.network.backward(w, 2.0 * miss, tape, gradient);
        miss * miss
    }

    /// Adds the diagonal second derivatives of one example, lb98 (54)–(56), to `diagonal`.
    pub fn example_diagonal(
        &self,
        index: usize,
        w: &[f64],
        tape: &mut Tape<f64>,
        diagonal: &mut [f64],
    ) {
        self.network.forward(w, &self.examples.inputs[index], tape);
        self.network.backward_diagonal(w, 2.0, tape, diagonal);
    }

    /// `H(w) direction`, exactly: the derivative of the gradient along the direction.
    #[must_use]
    pub fn hessian_times(&self, w: &[f64], direction: &[f64]) -> Vec<f64> {
        let along = w.iter().zip(direction);
        let along: Vec<Tangent> = along
            .map(|(&value, &derivative)| Tangent { value, derivative })
            .collect();
        let mut gradient = vec![Tangent::constant(0.0); w.len()];
        self.gradient_over(&along, &mut gradient);
        gradient.iter().map(|entry| entry.derivative).collect()
    }

    /// The Hessian, symmetrised.
    #[must_use]
    pub fn hessian(&self, w: &[f64]) -> DMatrix<f64> {
        let n = w.len();
        let mut hessian = DMatrix::zeros(n, n);
        let mut unit = vec![0.0; n];
        for column in 0..n {
            unit[column] = 1.0;
            hessian.set_column(column, &DVector::from_vec(self.hessian_times(w, &unit)));
            unit[column] = 0.0;
        }
        (&hessian + hessian.transpose()) * 0.5
    }

    /// The square of the Jacobian, `2 Σ weight (∂f/∂w)(∂f/∂w)ᵀ` (lb98 (51), for the error without
    /// ½).
    #[must_use]
    pub fn jacobian_square(&self, w: &[f64]) -> DMatrix<f64> {
        let mut tape = Tape::default();
        let mut square = DMatrix::zeros(w.len(), w.len());
        for (a, _, weight) in self.examples.rows() {
            let mut row = DVector::zeros(w.len());
            self.network.forward(w, a, &mut tape);
            self.network.backward(w, 1.0, &mut tape, row.as_mut_slice());
            square.ger(2.0 * weight, &row, &row, 1.0);
        }
        square
    }

    /// The largest of `2 ‖∂f/∂w‖²` over the examples: beyond `2` over it, one example's step
    /// overshoots that example.
    #[must_use]
    pub fn steepest(&self, w: &[f64]) -> f64 {
        let (mut tape, mut row, mut largest) = (Tape::default(), vec![0.0; w.len()], 0.0_f64);
        for (a, _, _) in self.examples.rows() {
            row.fill(0.0);
            self.network.forward(w, a, &mut tape);
            self.network.backward(w, 1.0, &mut tape, &mut row);
            largest = largest.max(2.0 * dot(&row, &row));
        }
        largest
    }

    /// The covariance `R(w)` of `∂U/∂w` over one example drawn at random by weight (fi92 §4).
    #[must_use]
    pub fn gradient_covariance(&self, w: &[f64]) -> DMatrix<f64> {
        let mut tape = Tape::default();
        let total = self.examples.total();
        let mut second = DMatrix::zeros(w.len(), w.len());
        let mut mean = DVector::zeros(w.len());
        let mut row = DVector::zeros(w.len());
        for (index, weight) in self.examples.weights.iter().enumerate() {
            self.example_gradient(index, w, &mut tape, row.as_mut_slice());
            second.ger(weight / total, &row, &row, 1.0);
            mean += &row * (weight / total);
        }
        second - &mean * mean.transpose()
    }
}
