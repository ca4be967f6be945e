//! The training sets of the papers' experiments, by name, with the networks that they are for.
//!
//! UNTRUSTED. What a paper leaves open is chosen in [`super::experiment::models`]; coordinates are
//! rounded to multiples of 2⁻²⁰, targets of fi92 are scaled into [−0.9, 0.9], where a tanh output
//! reaches them.

use super::example::Examples;
use super::experiment::models::{MODELS, Model, classes};
use super::sigmoid::Sigmoid;
use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{Row, Unit};
use crate::unit::{Reading, TrainingSet};
use num_traits::{FromPrimitive, One};

/// A training set with the network that it is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Named {
    /// The name.
    pub name: &'static str,
    /// One line about it.
    pub about: &'static str,
    /// Sizes of hidden layers.
    pub hidden: &'static [usize],
    /// The sigmoid of the hidden units.
    pub sigmoid: Sigmoid,
    /// The sigmoid of the output.
    pub output: Sigmoid,
    data: Data,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Data {
    File(&'static str),
    Model(Model),
    Classes {
        means: &'static [f64],
        deviation: f64,
        count: usize,
        /// With the constant input 1, for a unit that has no threshold of its own.
        bias: bool,
    },
}

const fn tanh(
    name: &'static str,
    about: &'static str,
    hidden: &'static [usize],
    data: Data,
) -> Named {
    Named {
        name,
        about,
        hidden,
        sigmoid: Sigmoid::TANH,
        output: Sigmoid::TANH,
        data,
    }
}

/// Exclusive or; the network has thresholds of its own.
const XOR: &str = "x1,x2,target\n-1,-1,-1\n-1,1,1\n1,-1,1\n1,1,-1\n";

/// All named examples.
pub const NAMED: [Named; 8] = [
    tanh(
        "ss89",
        "ss89's 125 instances, as the proof uses them",
        &[],
        Data::File(include_str!("../../proofs/data/ss89-corrected.csv")),
    ),
    tanh(
        "so88-xor",
        "so88's Figure 5: exclusive or, two hidden units",
        &[2],
        Data::File(XOR),
    ),
    tanh(
        "fi92-additive",
        "fi92 §6, first model: 200 examples, ten hidden units",
        &[10],
        Data::Model(MODELS[0]),
    ),
    tanh(
        "fi92-product",
        "fi92 §6, second model",
        &[10],
        Data::Model(MODELS[1]),
    ),
    tanh(
        "fi92-radial",
        "fi92 §6, third model",
        &[10],
        Data::Model(MODELS[2]),
    ),
    tanh(
        "fi92-network",
        "fi92 §6, fourth model",
        &[10],
        Data::Model(MODELS[3]),
    ),
    Named {
        name: "lb98-classes",
        about: "lb98 §5.2: two Gaussian classes of 50, a linear unit with a bias",
        hidden: &[],
        sigmoid: Sigmoid::LINEAR,
        output: Sigmoid::LINEAR,
        data: Data::Classes {
            means: &[0.4, 0.8],
            deviation: 0.2,
            count: 50,
            bias: true,
        },
    },
    Named {
        name: "lb98-net",
        about: "lb98 §5.2: the 1-1-1 network, two classes of 10",
        hidden: &[1],
        sigmoid: Sigmoid::RECOMMENDED,
        output: Sigmoid::RECOMMENDED,
        data: Data::Classes {
            means: &[1.0],
            deviation: 0.4,
            count: 10,
            bias: false,
        },
    },
];

/// The example with the name `name`.
#[must_use]
pub fn find(name: &str) -> Option<&'static Named> {
    NAMED.iter().find(|named| named.name == name)
}

/// Examples of fi92's models, and the seed of all that is drawn here.
const EXAMPLES: usize = 200;
const SEED: u64 = 1992;
/// The largest target after scaling.
const REACH: f64 = 0.9;

impl Named {
    /// The training set; there always is one, which the tests show.
    #[must_use]
    pub fn set(&self) -> Option<TrainingSet> {
        let examples = match self.data {
            Data::File(text) => {
                let reading = Reading {
                    unit: Unit::Tanh,
                    threshold: false,
                };
                return TrainingSet::from_csv(self.name, text.as_bytes(), reading).ok();
            }
            Data::Model(model) => scaled(model.examples(EXAMPLES, SEED)),
            Data::Classes {
                means,
                deviation,
                count,
                bias,
            } => {
                let mut examples = classes(means, deviation, count, SEED);
                for input in &mut examples.inputs {
                    input.extend(bias.then_some(1.0));
                }
                examples
            }
        };
        of(&examples)
    }
}

fn scaled(mut examples: Examples) -> Examples {
    let largest = examples
        .targets
        .iter()
        .fold(0.0_f64, |largest, target| largest.max(target.abs()));
    for target in &mut examples.targets {
        *target *= REACH / largest;
    }
    examples
}

fn of(examples: &Examples) -> Option<TrainingSet> {
    let unit = Int::one() << 20_u32;
    let exact = |x: &f64| {
        Rational::new(
            Int::from_f64((x * 1_048_576.0).round()).unwrap_or_default(),
            unit.clone(),
        )
    };
    let row = |(input, target, weight): (&[f64], f64, f64)| Row {
        input: input.iter().map(exact).collect(),
        target: exact(&target),
        weight: exact(&weight),
    };
    let names: Vec<String> = (1..=examples.columns()).map(|i| format!("x{i}")).collect();
    let rows = examples.rows().map(row).collect();
    TrainingSet::new(Unit::Tanh, names, rows).ok()
}
