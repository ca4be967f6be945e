//! Statements and evidence from certificate text. Part of the trusted kernel.

use super::super::number::{Int, NumberFault, Rational};
use super::super::sexp::{ReadError, ReadFault, Sexp};
use super::activation::Point;
use super::barrier::{Barrier, Lower, Minimum};
use super::chart::{Chart, Coordinate};
use super::training_set::TrainingSet;
use super::{Evidence, Statement};

fn small(sexp: &Sexp<'_>) -> Result<u32, ReadError> {
    u32::try_from(sexp.index()?)
        .map_err(|_| ReadError { at: sexp.at(), fault: ReadFault::Number(NumberFault::TooLong) })
}

fn ints(sexp: &Sexp<'_>) -> Result<Vec<Int>, ReadError> {
    sexp.each(Sexp::int)
}

fn data(sexp: &Sexp<'_>) -> Result<TrainingSet, ReadError> {
    let fault = |_| ReadError { at: sexp.at(), fault: ReadFault::Expected("a training set") };
    TrainingSet::from_sexp(sexp)?.map_err(fault)
}

/// `(chart ((column scale (fold…))…) (dropped…))`
fn chart(sexp: &Sexp<'_>) -> Result<Chart, ReadError> {
    let [coordinates, dropped] = sexp.tagged("chart")?;
    let coordinates = coordinates.each(|item| {
        let [column, scale, folds] = item.array()?;
        Ok(Coordinate { column: column.index()?, scale: scale.rational()?, folds: folds.each(Sexp::rational)? })
    })?;
    Ok(Chart { coordinates, dropped: dropped.each(Sexp::index)? })
}

/// `(exp e (X…))` or `(point (u…))`
fn point(sexp: &Sexp<'_>) -> Result<Point, ReadError> {
    match sexp.form()?.0 {
        "exp" => {
            let [bits, xi] = sexp.tagged("exp")?;
            Ok(Point::Exp { bits: small(bits)?, xi: ints(xi)? })
        }
        "point" => {
            let [u] = sexp.tagged("point")?;
            Ok(Point::Rational(u.each(Sexp::rational)?))
        }
        _ => Err(sexp.unknown()),
    }
}

fn pair(sexp: &Sexp<'_>) -> Result<(Rational, Rational), ReadError> {
    let [lo, hi] = sexp.array()?;
    Ok((lo.rational()?, hi.rational()?))
}

/// `none` or `(below point error)`
fn lower(sexp: &Sexp<'_>) -> Result<Option<Lower>, ReadError> {
    if matches!(sexp, Sexp::Word("none", _)) {
        return Ok(None);
    }
    let [at, error] = sexp.tagged("below")?;
    Ok(Some(Lower { point: point(at)?, error: error.rational()? }))
}

impl Minimum {
    /// Reads `(minimum data chart centre m λ ρ (lo hi) lower)`.
    ///
    /// # Errors
    /// A [`ReadError`] for another shape, or rows that are no training set.
    pub fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        let [set, coordinates, centre, half_width, modulus, near, error, below] = sexp.tagged("minimum")?;
        Ok(Self {
            data: data(set)?,
            chart: chart(coordinates)?,
            centre: point(centre)?,
            half_width: small(half_width)?,
            modulus: modulus.rational()?,
            near: near.rational()?,
            error: pair(error)?,
            lower: lower(below)?,
        })
    }
}

impl Barrier {
    /// Reads `(barrier k (S…) ((L…)…) (S…))`.
    ///
    /// # Errors
    /// A [`ReadError`] for another shape.
    pub fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        let [grid, centre, columns, lower] = sexp.tagged("barrier")?;
        Ok(Self { grid: small(grid)?, centre: ints(centre)?, columns: columns.each(ints)?, lower: ints(lower)? })
    }
}

impl Statement {
    /// Reads `(minimum data chart centre m λ ρ (lo hi) lower)` or `(has-spurious data)`.
    ///
    /// # Errors
    /// A [`ReadError`] for another shape, or rows that are no training set.
    pub fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        match sexp.form()?.0 {
            "minimum" => Minimum::read(sexp).map(Statement::Minimum),
            "has-spurious" => {
                let [set] = sexp.tagged("has-spurious")?;
                data(set).map(Statement::Spurious)
            }
            _ => Err(sexp.unknown()),
        }
    }
}

impl Evidence {
    /// Reads `(barrier k (S…) ((L…)…) (S…))` or `(spurious minimum barrier)`.
    ///
    /// # Errors
    /// A [`ReadError`] for another shape.
    pub fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        match sexp.form()?.0 {
            "barrier" => Barrier::read(sexp).map(Evidence::Barrier),
            "spurious" => {
                let [at, evidence] = sexp.tagged("spurious")?;
                Ok(Evidence::Spurious(Minimum::read(at)?, Barrier::read(evidence)?))
            }
            _ => Err(sexp.unknown()),
        }
    }
}
