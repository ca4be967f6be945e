//! Training sets: rows of exact numbers, validated. Part of the trusted kernel.

use super::super::limits;
use super::super::number::Rational;
use num_traits::{Signed, Zero};

/// The response function of the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// θ(y) = tanh y, targets in [−1, 1].
    Tanh,
    /// θ(y) = 1/(1 + e^(−y)), targets in [0, 1].
    Logistic,
}

impl Unit {
    /// The values of the response at −∞, 0 and ∞.
    #[must_use]
    pub fn range(self) -> [Rational; 3] {
        let [one, two] = [1, 2].map(|value| Rational::from_integer(value.into()));
        match self {
            Self::Tanh => [-&one, Rational::zero(), one],
            Self::Logistic => [Rational::zero(), &one / two, one],
        }
    }
}

/// One row of a training set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The input aⱼ, one entry a weight.
    pub input: Vec<Rational>,
    /// The target bⱼ.
    pub target: Rational,
    /// The weight wⱼ > 0, or how often the row occurs.
    pub weight: Rational,
}

/// A training set: at least one row and one weight, every row of the same width, targets in range, weights positive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainingSet {
    unit: Unit,
    width: usize,
    rows: Vec<Row>,
}

/// Why rows are no training set; rows count from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataRejection {
    /// No row.
    NoRows,
    /// No weight.
    NoWeights,
    /// More rows than [`limits::ROWS`].
    TooManyRows(usize),
    /// More weights than [`limits::WEIGHTS`].
    TooManyWeights(usize),
    /// This row has another width.
    Width {
        /// Which row.
        row: usize,
        /// How many entries it has.
        found: usize,
    },
    /// The target of this row is out of range.
    Target {
        /// Which row.
        row: usize,
        /// The target.
        target: Rational,
    },
    /// The weight of this row is not positive.
    Weight {
        /// Which row.
        row: usize,
        /// The weight.
        weight: Rational,
    },
}

impl TrainingSet {
    /// A validated training set.
    ///
    /// # Errors
    /// [`DataRejection`] that names the first fault.
    pub fn new(unit: Unit, width: usize, rows: Vec<Row>) -> Result<Self, DataRejection> {
        let [low, _, high] = unit.range();
        match (width, rows.len()) {
            (0, _) => return Err(DataRejection::NoWeights),
            (_, 0) => return Err(DataRejection::NoRows),
            (width, _) if width > limits::WEIGHTS => return Err(DataRejection::TooManyWeights(width)),
            (_, count) if count > limits::ROWS => return Err(DataRejection::TooManyRows(count)),
            _ => {}
        }
        for (row, Row { input, target, weight }) in rows.iter().enumerate() {
            if input.len() != width {
                return Err(DataRejection::Width { row, found: input.len() });
            }
            if *target < low || *target > high {
                return Err(DataRejection::Target { row, target: target.clone() });
            }
            if !weight.is_positive() {
                return Err(DataRejection::Weight { row, weight: weight.clone() });
            }
        }
        Ok(Self { unit, width, rows })
    }

    /// The unit.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// Number of weights.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// The rows, in their order.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}
