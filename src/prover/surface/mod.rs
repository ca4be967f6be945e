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
pub mod wall;

use crate::kernel::number::Rational;
use crate::kernel::surface::{Evidence, Statement, check};
use barrier::{Problem, prove};
use num_traits::Zero;

/// Random starts of the search for a minimum that a claim says is there.
const STARTS: usize = 400;

/// The seed of that search.
const SEED: u64 = 1;

/// The part of the least eigenvalue that a certificate keeps as its modulus.
const SHARE: f64 = 0.95;

/// By how much a minimum is seen to be higher.
const HIGHER: f64 = 1e-6;

/// Evidence for a statement about a training set, if the search finds it.
#[must_use]
pub fn evidence(statement: &Statement) -> Option<Evidence> {
    match statement {
        Statement::NoCriticalPoint(data) => {
            directions::no_critical_point(data, None).map(Evidence::Direction)
        }
        Statement::Balanced(data) => directions::balanced(data).map(Evidence::Dual),
        Statement::Minimum(_)
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
            minima
                .map(|candidate| prove(&problem, &candidate.point, Some(&lowest.point), SHARE))
                .find_map(|proved| {
                    let (minimum, barrier) =
                        proved.filter(|(minimum, _)| minimum.lower.is_some())?;
                    let evidence = Evidence::Spurious(Box::new(minimum), barrier);
                    check(statement, true, &evidence)
                        .is_ok()
                        .then_some(evidence)
                })
        }
    }
}

/// Evidence that a training set has no spurious local minimum, if the search finds it.
#[must_use]
pub fn refutation(statement: &Statement) -> Option<Evidence> {
    let Statement::Spurious(data) = statement else {
        return None;
    };
    if let Some(direction) = directions::no_critical_point(data, None) {
        return Some(Evidence::Direction(direction));
    }
    // A minimum above the lowest point found is spurious: there is nothing to look for.
    let found = find::search(&Problem::new(data).floats, SEED, STARTS);
    let lowest = found.first().map_or(0.0, |candidate| candidate.error);
    if found
        .iter()
        .any(|candidate| candidate.minimum && candidate.error > lowest + HIGHER)
    {
        return None;
    }
    let (product, cells) =
        product::prove(data, SEED, STARTS).or_else(|| product::along_lines(data, SEED, STARTS))?;
    let evidence = Evidence::Global(Box::new(product::global(&product, &cells)?));
    check(statement, false, &evidence)
        .is_ok()
        .then_some(evidence)
}

/// r with Σ r_k g_k = a, by elimination.
pub(super) fn coordinates(basis: &[Vec<Rational>], a: &[Rational]) -> Option<Vec<Rational>> {
    let mut rows: Vec<Vec<Rational>> = Vec::new();
    for (i, right) in a.iter().enumerate() {
        let mut row = basis
            .iter()
            .map(|g| g.get(i).cloned())
            .collect::<Option<Vec<_>>>()?;
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
