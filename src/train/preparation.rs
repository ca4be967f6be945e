//! Preparation as in lb98, before training: centring, normalising and decorrelating the inputs (§4.3),
//! targets (§4.5), first weights (§4.6).
//!
//! UNTRUSTED. A constant column is a threshold and is left alone.

use super::example::Examples;
use super::network::Network;
use super::number::{dot, real};
use super::seed::{Generator, uniform};
use nalgebra::{DMatrix, SymmetricEigen};

/// Stages of the transformation of inputs; each step includes the ones before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Inputs {
    /// Inputs as they are.
    #[default]
    Raw,
    /// With mean zero.
    Centred,
    /// With mean zero and variance one, (13).
    Normalised,
    /// Uncorrelated, with mean zero and variance one (Figure 3).
    Decorrelated,
}

/// An affine map of inputs, `a ↦ matrix (a − mean)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Transform {
    /// Subtracted first.
    pub mean: Vec<f64>,
    /// Rows of the matrix.
    pub matrix: Vec<Vec<f64>>,
}

/// A variance below this share of the largest one is taken for none.
const NO_VARIANCE: f64 = 1e-12;

impl Transform {
    /// The transformation that gives these examples inputs of that kind.
    #[must_use]
    pub fn of(examples: &Examples, inputs: Inputs) -> Self {
        let (n, total) = (examples.columns(), examples.total());
        let average = |f: &dyn Fn(&[f64]) -> f64| {
            examples.rows().map(|(a, _, w)| w * f(a)).sum::<f64>() / total
        };
        let mut mean: Vec<f64> = (0..n).map(|i| average(&|a| a[i])).collect();
        let covariance =
            DMatrix::from_fn(n, n, |i, j| average(&|a| a[i] * a[j]) - mean[i] * mean[j]);
        let largest = covariance.diagonal().max();
        let constant: Vec<bool> = (0..n)
            .map(|i| covariance[(i, i)] <= NO_VARIANCE * largest.max(1.0))
            .collect();
        for (entry, constant) in mean.iter_mut().zip(&constant) {
            if *constant || inputs == Inputs::Raw {
                *entry = 0.0;
            }
        }
        let matrix = match inputs {
            Inputs::Raw | Inputs::Centred => DMatrix::identity(n, n),
            Inputs::Normalised => DMatrix::from_fn(n, n, |i, j| {
                if i == j {
                    scale(covariance[(i, i)], constant[i])
                } else {
                    0.0
                }
            }),
            Inputs::Decorrelated => whitening(covariance, &constant),
        };
        let rows = matrix
            .row_iter()
            .map(|row| row.iter().copied().collect())
            .collect();
        Self { mean, matrix: rows }
    }

    /// One input, transformed.
    #[must_use]
    pub fn apply(&self, input: &[f64]) -> Vec<f64> {
        let centred: Vec<f64> = input.iter().zip(&self.mean).map(|(a, m)| a - m).collect();
        self.matrix.iter().map(|row| dot(row, &centred)).collect()
    }

    /// All inputs, transformed.
    #[must_use]
    pub fn examples(&self, examples: &Examples) -> Examples {
        Examples {
            inputs: examples
                .inputs
                .iter()
                .map(|input| self.apply(input))
                .collect(),
            ..examples.clone()
        }
    }
}

fn scale(variance: f64, constant: bool) -> f64 {
    if constant {
        1.0
    } else {
        variance.sqrt().recip()
    }
}

/// Principal components scaled to variance one; constant columns and directions without variance
/// stay as they are.
fn whitening(mut covariance: DMatrix<f64>, constant: &[bool]) -> DMatrix<f64> {
    for (i, constant) in constant.iter().enumerate() {
        if *constant {
            covariance.fill_row(i, 0.0);
            covariance.fill_column(i, 0.0);
            covariance[(i, i)] = 1.0;
        }
    }
    let largest = covariance.diagonal().max();
    let SymmetricEigen {
        eigenvectors,
        eigenvalues,
    } = SymmetricEigen::new(covariance);
    let scales = eigenvalues.map(|value| scale(value, value <= NO_VARIANCE * largest));
    &eigenvectors * DMatrix::from_diagonal(&scales) * eigenvectors.transpose()
}

/// First weights: uniform with mean zero and standard deviation `m^{−1/2}`, `m` the fan-in (lb98
/// (16)).
pub fn initial_weights(network: &Network, generator: &mut Generator) -> Vec<f64> {
    network
        .fan_in()
        .iter()
        .map(|m| uniform(generator, (3.0 / real(*m)).sqrt()))
        .collect()
}
