//! Statements and evidence from certificate text. Part of the trusted kernel.

use super::super::number::{Int, NumberFault, Rational};
use super::super::sexp::{ReadError, ReadFault, Sexp};
use super::activation::Point;
use super::attraction::Attraction;
use super::barrier::{Barrier, Lower, Minimum};
use super::cells::{Cells, Minima, Tree};
use super::chart::{Chart, Coordinate};
use super::critical::{Critical, Krawczyk};
use super::directions::Limit;
use super::product::{Global, Product};
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

fn rationals(sexp: &Sexp<'_>) -> Result<Vec<Rational>, ReadError> {
    sexp.each(Sexp::rational)
}

/// `(minima data chart (minimum…) none)`, or β in place of `none`
fn minima(sexp: &Sexp<'_>) -> Result<Minima, ReadError> {
    let [set, coordinates, list, floor] = sexp.tagged("minima")?;
    let at_infinity = if matches!(floor, Sexp::Word("none", _)) { None } else { Some(floor.rational()?) };
    Ok(Minima { data: data(set)?, chart: chart(coordinates)?, minima: list.each(Minimum::read)?, at_infinity })
}

/// `(fan i k α β γ tree tree)`, `(cut k tree tree)`, `(bend (v…) (d…))` or `(in i)`
fn tree(sexp: &Sexp<'_>) -> Result<Tree, ReadError> {
    match sexp.form()?.0 {
        "fan" => {
            let [i, k, alpha, beta, gamma, left, right] = sexp.tagged("fan")?;
            let (rays, shares) = ((i.index()?, k.index()?), [small(alpha)?, small(beta)?, small(gamma)?]);
            Ok(Tree::Fan { rays, shares, parts: Box::new((tree(left)?, tree(right)?)) })
        }
        "cut" => {
            let [axis, left, right] = sexp.tagged("cut")?;
            Ok(Tree::Cut(axis.index()?, Box::new((tree(left)?, tree(right)?))))
        }
        "bend" => sexp.tagged("bend").and_then(|[v, d]| Ok(Tree::Bend(ints(v)?, ints(d)?))),
        "in" => sexp.tagged("in").and_then(|[index]| index.index()).map(Tree::Inside),
        _ => Err(sexp.unknown()),
    }
}

/// `(cells (barrier…) (((q…) (q…))…) (tree…))`
fn cells(sexp: &Sexp<'_>) -> Result<Cells, ReadError> {
    let [minima, orthants] = sexp.tagged("cells")?;
    Ok(Cells { minima: minima.each(Barrier::read)?, orthants: orthants.each(tree)? })
}

/// `(product data (((form…) minima)…))`
fn product(sexp: &Sexp<'_>) -> Result<Product, ReadError> {
    let [set, parts] = sexp.tagged("product")?;
    let part = |part: &Sexp<'_>| part.array().and_then(|[forms, part]| Ok((forms.each(rationals)?, minima(part)?)));
    Ok(Product { data: data(set)?, parts: parts.each(part)? })
}

/// `(critical data chart centre m (p n) (lo hi))`
fn critical(sexp: &Sexp<'_>) -> Result<Critical, ReadError> {
    let [set, coordinates, centre, half_width, inertia, error] = sexp.tagged("critical")?;
    let [positive, negative] = inertia.array()?;
    Ok(Critical {
        data: data(set)?,
        chart: chart(coordinates)?,
        centre: point(centre)?,
        half_width: small(half_width)?,
        inertia: (positive.index()?, negative.index()?),
        error: pair(error)?,
    })
}

impl Statement {
    /// Reads `(minimum data chart centre m λ ρ (lo hi) lower)`, `(has-spurious data)`, `(no-critical-point data)`,
    /// `(balanced data)`, `(limit data (v…) value)`, `(attraction minimum L)`, `(minima data chart (minimum…) β)`,
    /// `(product data (((form…) minima)…))` or `(critical data chart centre m (p n) (lo hi))`.
    ///
    /// # Errors
    /// A [`ReadError`] for another shape, or rows that are no training set.
    pub fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        match sexp.form()?.0 {
            "minimum" => Minimum::read(sexp).map(|stated| Statement::Minimum(Box::new(stated))),
            "has-spurious" => sexp.tagged("has-spurious").and_then(|[set]| data(set)).map(Statement::Spurious),
            "no-critical-point" => {
                sexp.tagged("no-critical-point").and_then(|[set]| data(set)).map(Statement::NoCriticalPoint)
            }
            "balanced" => sexp.tagged("balanced").and_then(|[set]| data(set)).map(Statement::Balanced),
            "limit" => {
                let [set, direction, value] = sexp.tagged("limit")?;
                let (data, direction, value) = (data(set)?, rationals(direction)?, value.rational()?);
                Ok(Statement::Limit(Limit { data, direction, value }))
            }
            "attraction" => {
                let [at, smoothness] = sexp.tagged("attraction")?;
                let (minimum, smoothness) = (Minimum::read(at)?, smoothness.rational()?);
                Ok(Statement::Attraction(Box::new(Attraction { minimum, smoothness })))
            }
            "minima" => minima(sexp).map(Statement::Minima),
            "product" => product(sexp).map(Statement::Product),
            "critical" => critical(sexp).map(|stated| Statement::Critical(Box::new(stated))),
            _ => Err(sexp.unknown()),
        }
    }
}

impl Evidence {
    /// Reads `(barrier k (S…) ((L…)…) (S…))`, `(spurious minimum barrier)`, `(direction (v…))`, `(dual (λ…))`,
    /// `(compute)`, `(attraction barrier ((L…)…))`, `(cells (barrier…) (((q…) (q…))…) (tree…))`, `(parts (cells…))`,
    /// `(krawczyk k (S…) ((P…)…) ((T…)…))` or `(global product (cells…) (((j…)…)…))`.
    ///
    /// # Errors
    /// A [`ReadError`] for another shape.
    pub fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        match sexp.form()?.0 {
            "barrier" => Barrier::read(sexp).map(Evidence::Barrier),
            "spurious" => {
                let [at, evidence] = sexp.tagged("spurious")?;
                Ok(Evidence::Spurious(Box::new(Minimum::read(at)?), Barrier::read(evidence)?))
            }
            "direction" => sexp.tagged("direction").and_then(|[v]| rationals(v)).map(Evidence::Direction),
            "dual" => sexp.tagged("dual").and_then(|[v]| rationals(v)).map(Evidence::Dual),
            "compute" => sexp.tagged("compute").map(|[]| Evidence::Compute),
            "attraction" => {
                let [shown, columns] = sexp.tagged("attraction")?;
                Ok(Evidence::Attraction(Barrier::read(shown)?, columns.each(ints)?))
            }
            "cells" => cells(sexp).map(Evidence::Cells),
            "krawczyk" => {
                let [grid, centre, inverse, congruence] = sexp.tagged("krawczyk")?;
                let (grid, centre) = (small(grid)?, ints(centre)?);
                let (inverse, congruence) = (inverse.each(ints)?, congruence.each(rationals)?);
                Ok(Evidence::Krawczyk(Box::new(Krawczyk { grid, centre, inverse, congruence })))
            }
            "global" => {
                let [stated, shown, symmetries] = sexp.tagged("global")?;
                let symmetries = symmetries.each(|part| part.each(ints))?;
                let (product, cells) = (product(stated)?, shown.each(cells)?);
                Ok(Evidence::Global(Box::new(Global { product, cells, symmetries })))
            }
            "parts" => sexp.tagged("parts").and_then(|[parts]| parts.each(cells)).map(Evidence::Parts),
            _ => Err(sexp.unknown()),
        }
    }
}
