//! Networks with one output, and backpropagation through them.
//!
//! UNTRUSTED. A single unit is the network without hidden layers and without thresholds of its own
//! (a threshold is a constant input there, as in the training sets). A layered network has a
//! threshold in every unit, stored last: with h inputs and q hidden units it has `(q + 1) + q (h +
//! 1)` weights (fi92 §2 with one output).

use super::number::Scalar;
use super::sigmoid::Sigmoid;

/// The shape of a network; the weights live apart, layer by layer, unit by unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    layers: Vec<Layer>,
    threshold: bool,
}

/// Activations and slopes of a forward pass, kept for the backward one.
#[derive(Clone, Debug)]
pub struct Tape<T> {
    values: Vec<T>,
    slopes: Vec<T>,
    deltas: Vec<T>,
}

impl<T> Default for Tape<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            slopes: Vec::new(),
            deltas: Vec::new(),
        }
    }
}

/// One layer's place in the weight vector and on the tape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Layer {
    pub(super) inputs: usize,
    pub(super) units: usize,
    pub(super) stride: usize,
    pub(super) weights: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) sigmoid: Sigmoid,
}

impl Network {
    /// One unit: `f(w, a) = sigmoid(⟨w, a⟩)`.
    #[must_use]
    pub fn unit(inputs: usize, sigmoid: Sigmoid) -> Self {
        Self::new(&[inputs, 1], sigmoid, sigmoid, false)
    }

    /// Hidden layers of the given sizes below one output unit, with a threshold in every unit.
    #[must_use]
    pub fn layered(inputs: usize, hidden: &[usize], sigmoid: Sigmoid, output: Sigmoid) -> Self {
        Self::new(&[&[inputs], hidden, &[1]].concat(), sigmoid, output, true)
    }

    fn new(sizes: &[usize], hidden: Sigmoid, output: Sigmoid, threshold: bool) -> Self {
        let (mut weights, mut from, mut layers) = (0, 0, Vec::new());
        for pair in sizes.windows(2) {
            let (inputs, units, stride) = (pair[0], pair[1], pair[0] + usize::from(threshold));
            layers.push(Layer {
                inputs,
                units,
                stride,
                weights,
                from,
                to: from + inputs,
                sigmoid: hidden,
            });
            weights += units * stride;
            from += inputs;
        }
        if let Some(last) = layers.last_mut() {
            last.sigmoid = output;
        }
        Self { layers, threshold }
    }

    /// Number of inputs.
    #[must_use]
    pub fn inputs(&self) -> usize {
        self.layers.first().map_or(0, |layer| layer.inputs)
    }

    /// The sigmoid, if the network is a single unit without a threshold of its own.
    #[must_use]
    pub fn as_unit(&self) -> Option<Sigmoid> {
        match self.layers.as_slice() {
            [only] if !self.threshold => Some(only.sigmoid),
            _ => None,
        }
    }

    /// The layers, the one next to the inputs first.
    pub(super) fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Whether every unit has a threshold of its own.
    pub(super) const fn has_thresholds(&self) -> bool {
        self.threshold
    }

    /// Inputs and units together.
    pub(super) fn nodes(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.to + layer.units)
    }

    /// Number of weights, thresholds included.
    #[must_use]
    pub fn weights(&self) -> usize {
        self.layers
            .iter()
            .map(|layer| layer.units * layer.stride)
            .sum()
    }

    /// The number of connections feeding each weight's unit (the `m` of lb98 (16)), weight by
    /// weight.
    #[must_use]
    pub fn fan_in(&self) -> Vec<usize> {
        let layers = self.layers.iter();
        layers
            .flat_map(|layer| std::iter::repeat_n(layer.stride, layer.units * layer.stride))
            .collect()
    }

    /// Runs the network forward and returns its output; the tape then holds what
    /// [`Network::backward`] needs.
    pub fn forward<T: Scalar>(&self, weights: &[T], input: &[f64], tape: &mut Tape<T>) -> T {
        tape.values.clear();
        tape.slopes.clear();
        tape.values
            .extend(input.iter().map(|value| T::constant(*value)));
        tape.slopes.extend(input.iter().map(|_| T::constant(0.0)));
        for layer in &self.layers {
            for row in weights[layer.weights..]
                .chunks(layer.stride)
                .take(layer.units)
            {
                let mut sum = if self.threshold {
                    row[layer.inputs]
                } else {
                    T::constant(0.0)
                };
                for (weight, value) in row.iter().zip(&tape.values[layer.from..layer.to]) {
                    sum += *weight * *value;
                }
                let (value, slope) = layer.sigmoid.value_and_slope(sum);
                tape.values.push(value);
                tape.slopes.push(slope);
            }
        }
        tape.values.last().copied().unwrap_or(T::constant(0.0))
    }

    /// Adds `seed · ∂f/∂w` to `gradient`, from the tape of the last forward pass (lb98 (5)–(9)).
    pub fn backward<T: Scalar>(
        &self,
        weights: &[T],
        seed: T,
        tape: &mut Tape<T>,
        gradient: &mut [T],
    ) {
        self.sweep(weights, seed, tape, gradient, |factor| factor);
    }

    /// Adds `seed · ∂²` of lb98 (54)–(56) to `diagonal`: backpropagation with slopes, weights and
    /// inputs squared, the second derivatives of the sigmoids left out.
    pub fn backward_diagonal(
        &self,
        weights: &[f64],
        seed: f64,
        tape: &mut Tape<f64>,
        diagonal: &mut [f64],
    ) {
        self.sweep(weights, seed, tape, diagonal, |factor| factor * factor);
    }

    /// Goes backward through the layers with `power` of each slope, input and weight.
    fn sweep<T: Scalar>(
        &self,
        weights: &[T],
        seed: T,
        tape: &mut Tape<T>,
        result: &mut [T],
        power: impl Fn(T) -> T,
    ) {
        let Tape {
            values,
            slopes,
            deltas,
        } = tape;
        deltas.clear();
        deltas.resize(values.len(), T::constant(0.0));
        if let Some(last) = deltas.last_mut() {
            *last = seed;
        }
        for layer in self.layers.iter().rev() {
            for unit in 0..layer.units {
                let delta = deltas[layer.to + unit] * power(slopes[layer.to + unit]);
                let start = layer.weights + unit * layer.stride;
                for i in 0..layer.inputs {
                    result[start + i] += delta * power(values[layer.from + i]);
                    deltas[layer.from + i] += delta * power(weights[start + i]);
                }
                if self.threshold {
                    result[start + layer.inputs] += delta;
                }
            }
        }
    }
}
