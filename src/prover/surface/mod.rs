//! Finds certificates. UNTRUSTED: floats, heuristics, random search; whatever it finds returns through the kernel.
//!
//! One file per method, named as the kernel's rule that it feeds.

pub mod attraction;
pub mod barrier;
pub mod cells;
pub mod certify;
pub mod chart;
pub mod critical;
pub mod directions;
pub mod find;
pub mod floats;
pub mod linear;
pub mod product;
pub mod write;

use crate::kernel::number::Rational;
use crate::kernel::only::Only;
use crate::kernel::surface::{Evidence, Row, Statement, TrainingSet, check};
use barrier::{Problem, prove};
use num_traits::Zero;

/// Random starts of the search for a minimum that a claim says is there.
const STARTS: usize = 400;

/// The seed of that search.
const SEED: u64 = 1;

/// The part of the least eigenvalue that a certificate keeps as its modulus.
const SHARE: f64 = 0.95;

/// Evidence for a statement about a training set, if the search finds it.
#[must_use]
pub fn evidence(statement: &Statement) -> Option<Evidence> {
    match statement {
        Statement::Minimum(_)
        | Statement::NoCriticalPoint(_)
        | Statement::Balanced(_)
        | Statement::Limit(_)
        | Statement::Attraction(_)
        | Statement::Minima(_)
        | Statement::Product(_)
        | Statement::Critical(_) => None,
        Statement::Spurious(data) => {
            let problem = Problem::new(data);
            let found = find::search(&problem.floats, SEED, STARTS);
            let lowest = found.first()?;
            let minima = found.iter().filter(|candidate| candidate.minimum).rev();
            minima.map(|candidate| prove(&problem, &candidate.point, Some(&lowest.point), SHARE)).find_map(|proved| {
                let (minimum, barrier) = proved.filter(|(minimum, _)| minimum.lower.is_some())?;
                let evidence = Evidence::Spurious(Box::new(minimum), barrier);
                check(statement, &evidence).is_ok().then_some(evidence)
            })
        }
    }
}

/// The parts of the rule `only` that are found: the training set in the coordinates of a basis, and its minimum within
/// bounds of η, certified on as wide a box as holds the bounds.
#[must_use]
pub fn only(data: &TrainingSet, basis: &[Vec<Rational>], bounds: &[Vec<Rational>]) -> Option<Only> {
    let rows = data.rows().iter().map(|row| {
        let input = coordinates(basis, &row.input)?;
        Some(Row { input, ..row.clone() })
    });
    let inner = TrainingSet::new(data.unit(), data.width(), rows.collect::<Option<_>>()?).ok()?;
    let bounds: Vec<(Rational, Rational)> =
        bounds.iter().map(|pair| Some((pair.first()?.clone(), pair.get(1)?.clone()))).collect::<Option<_>>()?;
    let middle = |(lower, upper): &(Rational, Rational)| 0.25 * (floats::float(lower) * floats::float(upper)).ln();
    let problem = Problem::new(&inner);
    let start = bounds.iter().map(middle).collect();
    let found = find::descend(&problem.floats, start);
    // A smaller modulus holds on a wider box.
    let shares = [0.9, 0.7, 0.5, 0.3, 0.1, 0.03, 0.01];
    shares.into_iter().find_map(|share| {
        let (minimum, barrier) = prove(&problem, &found.point, None, share)?;
        let only = Only { basis: basis.to_vec(), minimum, barrier, bounds: bounds.clone() };
        crate::kernel::only::formulas(data, &only).is_ok().then_some(only)
    })
}

/// r with Σ r_k g_k = a, by elimination.
pub(super) fn coordinates(basis: &[Vec<Rational>], a: &[Rational]) -> Option<Vec<Rational>> {
    let mut rows: Vec<Vec<Rational>> = Vec::new();
    for (i, right) in a.iter().enumerate() {
        let mut row = basis.iter().map(|g| g.get(i).cloned()).collect::<Option<Vec<_>>>()?;
        row.push(right.clone());
        rows.push(row);
    }
    let reduced = chart::reduce(rows);
    let mut solution = vec![Rational::zero(); basis.len()];
    for (pivot, row) in reduced {
        *solution.get_mut(pivot)? = row.last()?.clone();
    }
    Some(solution)
}
