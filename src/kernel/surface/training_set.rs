//! Training sets: rows of exact numbers, validated. Part of the trusted kernel.

use super::{Checked, Items, Premise, Rational, Read, ReadError, ReadFault, Sexp, Show, Sink};
use super::{TooLarge, ensure, form, limits, record, words};
use num_traits::{Signed, Zero};

words! {
    /// The response function of the unit.
    Unit {
        /// θ(y) = tanh y, targets in [−1, 1].
        "tanh" Tanh,
        /// θ(y) = 1/(1 + e^(−y)), targets in [0, 1].
        "logistic" Logistic,
    }
}

impl Unit {
    /// The values of the response at −∞, 0 and ∞.
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

record!(Row, "", [input, target, weight]);

/// A training set: at least one row and one weight, every row of the same width, targets in range, weights positive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrainingSet {
    unit: Unit,
    width: usize,
    rows: Vec<Row>,
}

impl TrainingSet {
    /// A validated training set.
    ///
    /// # Errors
    /// `Rejection`: `weights`, `rows`, or `width`, `target` or `weight` of a row.
    pub fn new(unit: Unit, width: usize, rows: Vec<Row>) -> Checked<Self> {
        let [low, _, high] = unit.range();
        let narrow = (1..=limits::WEIGHTS).contains(&width);
        ensure(narrow, Premise::Weights, [width])?;
        let few = (1..=limits::ROWS).contains(&rows.len());
        ensure(few, Premise::Rows, [rows.len()])?;
        for (index, row) in rows.iter().enumerate() {
            ensure(row.input.len() == width, Premise::Width, [index])?;
            let in_range = low <= row.target && row.target <= high;
            ensure(in_range, Premise::Target, [index])?;
            ensure(row.weight.is_positive(), Premise::Weight, [index])?;
        }
        Ok(Self { unit, width, rows })
    }

    /// The unit.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// Counts the steps of a walk over all entries.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn pay(&self) -> Result<(), TooLarge> {
        let entries = self.rows.len().saturating_mul(self.width.saturating_add(8));
        limits::spend((entries >> 3_u32).saturating_add(1))
    }

    /// Number of weights.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The rows, in their order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

/// `(data unit width (((a…) b w)…))`, validated.
impl Read for TrainingSet {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        let mut items = Items::behind("data", sexp)?;
        let data = Self::new(items.next()?, items.next()?, items.next()?);
        items.end(data.map_err(|_| sexp.error(ReadFault::Expected("a training set")))?)
    }
}

impl Show for TrainingSet {
    fn show(&self, sink: &mut dyn Sink) {
        form(sink, "data", |sink| {
            self.unit.show(sink);
            self.width.show(sink);
            self.rows.show(sink);
        });
    }
}
