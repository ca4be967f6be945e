//! Training sets whose lines are linearly independent: E is a sum of functions of one variable each. UNTRUSTED.

use super::barrier::Problem;
use super::certify::floors;
use super::chart::reduce;
use super::{cells, find};
use crate::kernel::number::Rational;
use crate::kernel::surface::{Cells, Product, Row, TrainingSet};
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
