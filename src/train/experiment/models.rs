//! Data of the papers' experiments, made anew: fi92 §6's four models and lb98 §5.2's Gaussian
//! classes.
//!
//! UNTRUSTED. What the papers leave open (the number of examples, the coefficients, the noise) is
//! chosen here and said.

use crate::train::example::Examples;
use crate::train::exponential::exp;
use crate::train::network::{Network, Tape};
use crate::train::seed::{Generator, cube, generator, normal, uniform};
use crate::train::sigmoid::Sigmoid;

/// The models of fi92 §6: `y = g(x¹, …, x^j) + u` on `[−1, 1]^10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// `Σ_{k≤5} sin(α_k x_k)`, with α uniform in [−3, 3].
    Additive,
    /// `Π_{k≤3} x_k^{α_k}`, with exponents 1, 2, 3 (a real exponent of a negative number means
    /// nothing).
    Product,
    /// `Σ_{i≤8} (−1)^i exp(−‖α_i − x‖²/(2σ²))` over five coordinates, with centres uniform in [−1,
    /// 1]^5 and σ = ½.
    Radial,
    /// A network of the same shape, with weights uniform in [−2, 2].
    Network,
}

/// All four.
pub const MODELS: [Model; 4] = [
    Model::Additive,
    Model::Product,
    Model::Radial,
    Model::Network,
];

/// A function of several variables.
type Function = dyn Fn(&[f64]) -> f64;

/// Number of inputs.
const INPUTS: usize = 10;
/// Standard deviation of the noise u.
const NOISE: f64 = 0.05;
/// The width σ of the radial model.
const SIGMA: f64 = 0.5;

impl Model {
    /// `count` examples under this seed.
    #[must_use]
    pub fn examples(self, count: usize, seed: u64) -> Examples {
        let mut generator = generator(seed, 0);
        let g = self.function(&mut generator);
        let mut examples = Examples::default();
        for _ in 0..count {
            let x = cube(&mut generator, INPUTS, 1.0);
            let y = g(&x) + NOISE * normal(&mut generator);
            examples.push(x, y, 1.0);
        }
        examples
    }

    fn function(self, generator: &mut Generator) -> Box<Function> {
        match self {
            Self::Additive => {
                let alpha = cube(generator, 5, 3.0);
                Box::new(move |x| x.iter().zip(&alpha).map(|(x, a)| (a * x).sin()).sum())
            }
            Self::Product => Box::new(|x| x[0] * x[1].powi(2) * x[2].powi(3)),
            Self::Radial => {
                let centres: Vec<Vec<f64>> = (0..8).map(|_| cube(generator, 5, 1.0)).collect();
                Box::new(move |x| {
                    let term = |c: &Vec<f64>| {
                        let square: f64 = c.iter().zip(x).map(|(c, x)| (c - x).powi(2)).sum();
                        exp(-square / (2.0 * SIGMA * SIGMA))
                    };
                    centres
                        .iter()
                        .enumerate()
                        .map(|(i, c)| if i % 2 == 0 { -term(c) } else { term(c) })
                        .sum()
                })
            }
            Self::Network => {
                let network = Network::layered(INPUTS, &[10], Sigmoid::TANH, Sigmoid::TANH);
                let w: Vec<f64> = (0..network.weights())
                    .map(|_| uniform(generator, 2.0))
                    .collect();
                Box::new(move |x| network.forward(&w, x, &mut Tape::default()))
            }
        }
    }
}

/// Two Gaussian classes with targets ∓1 (lb98 §5.2): `count` examples each, means ∓`mean`, the same
/// standard deviation in every direction.
#[must_use]
pub fn classes(mean: &[f64], deviation: f64, count: usize, seed: u64) -> Examples {
    let mut generator = generator(seed, 0);
    let mut examples = Examples::default();
    for target in [-1.0, 1.0] {
        for _ in 0..count {
            let input = mean
                .iter()
                .map(|m| target * m + deviation * normal(&mut generator))
                .collect();
            examples.push(input, target, 1.0);
        }
    }
    examples
}
