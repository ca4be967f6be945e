//! Integer rows for the training set of a minimum, with common denominators. UNTRUSTED.
//!
//! In the coordinates u of the chart a row has integer inputs; targets are B/q and weights w/W with one q and one W. A
//! logistic unit is a tanh unit with half the inputs, targets 2b − 1 and a quarter of the weights.

use super::Refusal;
use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{Chart, TrainingSet, Unit};
use num_traits::{One, Signed};

/// A row of integers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegerRow {
    /// The inputs in the coordinates of the chart.
    pub a: Vec<Int>,
    /// B: the target of the tanh unit is B/q.
    pub target: Int,
    /// w: the weight is w/W.
    pub weight: Int,
}

/// A training set in integers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntegerSet {
    /// The unit.
    pub unit: Unit,
    /// The rows.
    pub rows: Vec<IntegerRow>,
    /// q.
    pub targets_over: Int,
    /// W, before the quarter of a logistic unit.
    pub weights_over: Int,
    /// For each column the unit in which its inputs are integers: the input is a times this.
    pub units: Vec<Rational>,
}

impl IntegerSet {
    /// Whether inputs and weights are integers as they stand.
    #[must_use]
    pub fn plain(&self) -> bool {
        self.unit == Unit::Tanh && self.weights_over.is_one() && self.units.iter().all(One::is_one)
    }

    /// The denominator of the weights of the tanh unit.
    #[must_use]
    pub fn chart_weights_over(&self) -> Int {
        match self.unit {
            Unit::Tanh => self.weights_over.clone(),
            Unit::Logistic => &self.weights_over * Int::from(4),
        }
    }
}

/// The least common multiple of denominators.
fn common<'a>(numbers: impl Iterator<Item = &'a Rational>) -> Int {
    numbers.fold(Int::one(), |product, number| {
        &product * (number * &product).denom()
    })
}

/// Integer rows for a training set in a chart without folds.
///
/// # Errors
/// A [`Refusal`] for a chart that is of another kind.
pub fn integers(data: &TrainingSet, chart: &Chart) -> Result<IntegerSet, Refusal> {
    if let Some(column) = chart.dropped.first() {
        return Err(Refusal::Folded(*column));
    }
    if !chart
        .coordinates
        .iter()
        .map(|coordinate| coordinate.column)
        .eq(0..data.width())
    {
        return Err(Refusal::Order);
    }
    if let Some(wrong) = chart
        .coordinates
        .iter()
        .find(|coordinate| !coordinate.scale.is_positive())
    {
        return Err(Refusal::Scale(wrong.column));
    }
    let two = Rational::from_integer(2.into());
    let half = |scale: &Rational| {
        if data.unit() == Unit::Logistic {
            scale / &two
        } else {
            scale.clone()
        }
    };
    let scales: Vec<Rational> = chart
        .coordinates
        .iter()
        .map(|coordinate| half(&coordinate.scale))
        .collect();
    let targets: Vec<Rational> = match data.unit() {
        Unit::Tanh => data.rows().iter().map(|row| row.target.clone()).collect(),
        Unit::Logistic => data
            .rows()
            .iter()
            .map(|row| &row.target * &two - Rational::one())
            .collect(),
    };
    let targets_over = common(targets.iter());
    let weights_over = common(data.rows().iter().map(|row| &row.weight));
    let mut rows = Vec::with_capacity(targets.len());
    for (index, (row, target)) in data.rows().iter().zip(&targets).enumerate() {
        let scaled = row
            .input
            .iter()
            .zip(&scales)
            .enumerate()
            .map(|(column, (input, scale))| {
                let entry = input * scale;
                let whole = entry.is_integer();
                if whole {
                    Ok(entry.to_integer())
                } else {
                    Err(Refusal::NotInteger { row: index, column })
                }
            });
        let a = scaled.collect::<Result<_, _>>()?;
        let (target, weight) = (
            (target * &targets_over).to_integer(),
            (&row.weight * &weights_over).to_integer(),
        );
        rows.push(IntegerRow { a, target, weight });
    }
    let units = scales.iter().map(Rational::recip).collect();
    Ok(IntegerSet {
        unit: data.unit(),
        rows,
        targets_over,
        weights_over,
        units,
    })
}
