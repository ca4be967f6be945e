//! Training sets whose lines are linearly independent: E is a sum of functions of one variable each. UNTRUSTED.

use super::barrier::{Problem, approximate};
use super::certify::floors;
use super::chart::reduce;
use super::floats::{dot, float};
use super::linear::Square;
use super::{cells, find};
use crate::kernel::number::Rational;
use crate::kernel::surface::{Cells, Minimum, Product, Row, TrainingSet};
use num_traits::Zero;

/// The product statement with its evidence, where the rows lie on few enough independent lines.
#[must_use]
pub fn prove(data: &TrainingSet, seed: u64, starts: usize) -> Option<(Product, Vec<Cells>)> {
    let mut lines: Vec<(Vec<Rational>, Vec<Row>)> = Vec::new();
    for row in data.rows() {
        let full = lines.len() == data.width();
        let found = lines.iter_mut().find_map(|(direction, rows)| {
            let (a, d) = row.input.iter().zip(&*direction).find(|(_, d)| !d.is_zero())?;
            let factor = a / d;
            row.input.iter().zip(&*direction).all(|(a, d)| *a == &factor * d).then_some((factor, rows))
        });
        let part = |factor| Row { input: vec![factor], target: row.target.clone(), weight: row.weight.clone() };
        match found {
            Some((factor, rows)) => rows.push(part(factor)),
            None if row.input.iter().all(Zero::is_zero) => return None,
            None if full => return None,
            None => lines.push((row.input.clone(), vec![part(Rational::from_integer(1.into()))])),
        }
    }
    if lines.len() < 2 || reduce(lines.iter().map(|(direction, _)| direction.clone()).collect()).len() < lines.len() {
        return None;
    }
    let (mut stated, mut shown) = (Vec::new(), Vec::new());
    for (direction, rows) in lines {
        let part = TrainingSet::new(data.unit(), 1, rows).ok()?;
        let problem = Problem::new(&part);
        let found = find::search(&problem.floats, seed, starts);
        let (minima, cells) = cells::list(&problem, &found, &floors(&problem, &found))?;
        stated.push((direction, minima));
        shown.push(cells);
    }
    Some((Product { data: data.clone(), lines: stated }, shown))
}

/// Starts near every combination of the lines' minima, in the coordinates of the chart, as far as there are few.
#[must_use]
pub fn starts(problem: &Problem, product: &Product, most: usize) -> Vec<Vec<f64>> {
    let count: usize = product.lines.iter().map(|(_, part)| part.minima.len()).product();
    if count > most {
        return Vec::new();
    }
    // The weights x = Σ zₗ dₗ with ⟨dₗ,x⟩ = sₗ: the Gram matrix of the directions times z is s.
    let directions: Vec<Vec<f64>> = product.lines.iter().map(|(d, _)| d.iter().map(float).collect()).collect();
    let mut gram = Square::zero(directions.len());
    for (i, left) in directions.iter().enumerate() {
        for (j, right) in directions.iter().enumerate() {
            *gram.at_mut(i, j) = dot(left, right);
        }
    }
    let Some(factor) = gram.cholesky(|_| 0.0) else { return Vec::new() };
    let mut all = vec![Vec::new()];
    for (_, part) in &product.lines {
        let values: Vec<f64> = part.minima.iter().filter_map(line_value).collect();
        all = all.iter().flat_map(|s: &Vec<f64>| values.iter().map(|v| [s.as_slice(), &[*v]].concat())).collect();
    }
    let point = |s: &Vec<f64>| {
        let z = factor.solve_cholesky(s);
        let x: Vec<f64> = (0..problem.data.width())
            .map(|i| dot(&z, &directions.iter().map(|d| d[i]).collect::<Vec<f64>>()))
            .collect();
        problem.to_chart(&x)
    };
    all.iter().map(point).collect()
}

/// s at a minimum of one line.
fn line_value(minimum: &Minimum) -> Option<f64> {
    let coordinate = minimum.chart.coordinates.first()?;
    Some(approximate(&minimum.centre).first()? * float(&coordinate.scale))
}
