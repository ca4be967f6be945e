//! Integer coordinates for a training set, and points in them. Part of the trusted kernel.
//!
//! A logistic unit is a tanh unit after rescaling: σ(y) = (1 + tanh(y/2))/2, so w (σ⟨a,x⟩ − b)² is
//! (w/4) (tanh⟨a/2,x⟩ − (2b − 1))².

use super::Premise;
use super::{
    Checked, Int, Rational, TooLarge, TrainingSet, Unit, combination, count, ensure, fails, limits,
    product, products, record, spend, sum,
};
use num_traits::{One, Signed, Zero};
use std::collections::BTreeMap;

/// One coordinate: u = (x + Σₖ fₖ xₖ)/d for the weight x of a kept column, its scale d and folds fₖ over the dropped columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coordinate {
    /// The kept column, from 0.
    pub column: usize,
    /// The scale d > 0.
    pub scale: Rational,
    /// One coefficient for each dropped column, in their order.
    pub folds: Vec<Rational>,
}

record!(Coordinate, "", [column, scale, folds]);

/// Linear coordinates u = Qx, Q of full row rank, in which every row of the training set has integer entries.
///
/// A dropped column is a combination of the kept ones: E is constant along the fibres of x ↦ u.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// The coordinates.
    pub coordinates: Vec<Coordinate>,
    /// The dropped columns, increasing.
    pub dropped: Vec<usize>,
}

record!(Chart, "chart", [coordinates, dropped]);

/// A row in integer coordinates of a tanh unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FrameRow {
    /// Integer entries.
    pub(super) a: Vec<Int>,
    /// Σ |aᵢ|.
    pub(super) l1: Int,
    /// Target in [−1, 1].
    pub(super) target: Rational,
    /// Weight > 0.
    pub(super) weight: Rational,
}

impl FrameRow {
    /// Counts the steps of what is computed of it on a grid of so many bits.
    pub(super) fn pay(&self, bits: u32) -> Result<(), TooLarge> {
        let numbers = [&self.target, &self.weight].map(|x| x.numer().bits().max(x.denom().bits()));
        let longest = u64::from(bits).saturating_mul(4);
        let longest = numbers.into_iter().fold(longest, u64::saturating_add);
        limits::multiply(8, longest, longest)?;
        limits::multiply(self.a.len(), longest, self.l1.bits())?;
        spend((self.a.len() >> 3u32).saturating_add(1))
    }
}

/// Schema: every dropped column is Σ fᵢ (kept column i), every kept entry times its scale is an integer
/// ⟹ E(x) = Σ wⱼ (tanh⟨aⱼ,u⟩ − bⱼ)² with the rows returned.
pub(super) fn frame(data: &TrainingSet, chart: &Chart) -> Checked<Vec<FrameRow>> {
    check_columns(data.width(), chart)?;
    data.pay()?;
    let (half, two) = (
        Rational::new(Int::one(), Int::from(2)),
        Rational::from_integer(Int::from(2)),
    );
    let quarter = &half * &half;
    let mut rows = Vec::with_capacity(data.rows().len());
    for (index, row) in data.rows().iter().enumerate() {
        for (fold, column) in chart.dropped.iter().enumerate() {
            let addends = chart
                .coordinates
                .iter()
                .filter_map(|c| Some((c.folds.get(fold)?, row.input.get(c.column)?)));
            let folds = row.input.get(*column) == Some(&combination(addends)?);
            ensure(folds, Premise::Fold, [index, *column])?;
        }
        let mut a = Vec::with_capacity(chart.coordinates.len());
        for Coordinate { column, scale, .. } in &chart.coordinates {
            let input = row
                .input
                .get(*column)
                .ok_or(fails(Premise::Columns, [*column]))?;
            let mut entry = product(input, scale)?;
            if data.unit() == Unit::Logistic {
                entry = product(&entry, &half)?;
            }
            ensure(entry.is_integer(), Premise::Integer, [index, *column])?;
            a.push(entry.to_integer());
        }
        let (target, weight) = match data.unit() {
            Unit::Tanh => (row.target.clone(), row.weight.clone()),
            Unit::Logistic => {
                let doubled = product(&row.target, &two)?;
                (
                    sum(&doubled, &-Rational::one())?,
                    product(&row.weight, &quarter)?,
                )
            }
        };
        let l1 = a.iter().map(Signed::abs).sum();
        rows.push(FrameRow {
            a,
            l1,
            target,
            weight,
        });
    }
    Ok(rows)
}

/// Every column is kept or dropped, once; scales are positive; one fold for each dropped column.
fn check_columns(width: usize, chart: &Chart) -> Checked {
    let mut columns: Vec<usize> = chart
        .coordinates
        .iter()
        .map(|c| c.column)
        .chain(chart.dropped.clone())
        .collect();
    columns.sort_unstable();
    let each_once = columns.iter().copied().eq(0..width);
    ensure(each_once, Premise::Columns, columns)?;
    chart.coordinates.iter().try_for_each(|coordinate| {
        let positive = coordinate.scale.is_positive();
        ensure(positive, Premise::Scale, [coordinate.column])?;
        count(chart.dropped.len(), coordinate.folds.len())
    })
}

/// Schema: Σ wᵢ (t − bᵢ)² = W (t − b)² + Σ wᵢ bᵢ² − W b² for W = Σ wᵢ and W b = Σ wᵢ bᵢ, and tanh is odd ⟹ the rows of one
/// input, up to its sign, are one row and a number. Returns the rows, by ascending input, and the sum of the numbers.
pub(super) fn merged(rows: Vec<FrameRow>) -> Checked<(Vec<FrameRow>, Rational)> {
    let square = |row: &FrameRow| products(&[&row.target, &row.target, &row.weight]);
    let (mut places, mut rest) = (BTreeMap::<Vec<Int>, FrameRow>::new(), Rational::zero());
    for mut row in rows {
        spend((row.a.len() >> 2u32).saturating_add(1))?;
        rest = sum(&rest, &square(&row)?)?;
        if row
            .a
            .iter()
            .find(|a| !a.is_zero())
            .is_some_and(Signed::is_negative)
        {
            row.a = row.a.iter().map(|a| -a).collect();
            row.target = -row.target;
        }
        if let Some(known) = places.get_mut(&row.a) {
            let weight = sum(&known.weight, &row.weight)?;
            let both = [(&known.target, &known.weight), (&row.target, &row.weight)];
            known.target = product(&combination(both)?, &weight.recip())?;
            known.weight = weight;
        } else {
            places.insert(row.a.clone(), row);
        }
    }
    let all: Vec<FrameRow> = places.into_values().collect();
    for row in &all {
        rest = sum(&rest, &-square(row)?)?;
    }
    Ok((all, rest))
}
