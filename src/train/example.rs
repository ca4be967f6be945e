//! Training sets in floating point.
//!
//! UNTRUSTED: made from an exact training set by rounding each entry to the nearest double.

use crate::kernel::number::Rational;
use crate::unit::TrainingSet;
use num_traits::ToPrimitive;

/// Examples with one target each; `weight` is the number of times that the example occurs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Examples {
    /// One row per example.
    pub inputs: Vec<Vec<f64>>,
    /// The desired outputs.
    pub targets: Vec<f64>,
    /// The weights of the examples in the error, positive.
    pub weights: Vec<f64>,
}

impl From<&TrainingSet> for Examples {
    fn from(set: &TrainingSet) -> Self {
        let float = |value: &Rational| value.to_f64().unwrap_or(f64::NAN);
        let mut examples = Self::default();
        for row in set.rows() {
            examples.push(
                row.input.iter().map(float).collect(),
                float(&row.target),
                float(&row.weight),
            );
        }
        examples
    }
}

impl Examples {
    /// Adds one example.
    pub fn push(&mut self, input: Vec<f64>, target: f64, weight: f64) {
        self.inputs.push(input);
        self.targets.push(target);
        self.weights.push(weight);
    }

    /// Number of inputs of each example.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.inputs.first().map_or(0, Vec::len)
    }

    /// Number of distinct rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inputs.len()
    }

    /// No examples at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inputs.is_empty()
    }

    /// Sum of the weights: the number of examples when the weights are counts.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.weights.iter().sum()
    }

    /// Input, target and weight, row by row.
    pub fn rows(&self) -> impl Iterator<Item = (&[f64], f64, f64)> {
        self.inputs
            .iter()
            .zip(&self.targets)
            .zip(&self.weights)
            .map(|((input, t), w)| (input.as_slice(), *t, *w))
    }
}
