//! Certificates that list all local minima. UNTRUSTED.
//!
//! Computes as the kernel does, in floats: cones in which every row has one sign, cells in them, a reason for each cell.

mod bounds;
mod cone;
mod direction;
mod fans;
mod infinity;
mod search;

use super::barrier::{Problem, prove, prove_exact};
use super::chart::merged;
use super::find::{Candidate, descend, distinct};
use super::floats::float;
use crate::kernel::number::Rational;
use crate::kernel::surface::{Barrier, Cells, Evidence, Minima, Minimum, Statement, Tree, check};
use fans::{FloatRow, float_rows};
pub use infinity::{between, least_corner, limit};
use rayon::prelude::*;
use search::{FANS, Search};
use std::sync::OnceLock;

/// Most weights.
pub(super) const MOST_WEIGHTS: usize = 6;
/// Up to this many weights all small directions are tried.
pub(super) const FEW_WEIGHTS: usize = 3;
/// How often new minima are taken in.
const ROUNDS: usize = 4;
/// Parts of the least eigenvalue that remain as λ in the wide boxes used here, to be tried in this order.
const SHARES: [f64; 3] = [0.02, 0.3, 0.95];

/// A statement that lists all minima, with its evidence; `floors` are the values to try, in order, for β. Where the search
/// gets stuck it looks for another minimum.
#[must_use]
pub fn list(
    problem: &Problem,
    found: &[Candidate],
    floors: &[Option<Rational>],
) -> Option<(Minima, Cells)> {
    let n = problem.floats.n;
    if n == 0 {
        return constant(problem);
    }
    if n > MOST_WEIGHTS {
        return None;
    }
    let (rows, rest) = merged(&problem.rows);
    let rows = float_rows(&rows)?;
    let mut found: Vec<Candidate> = found
        .iter()
        .filter(|candidate| candidate.minimum)
        .cloned()
        .collect();
    for _ in 0..ROUNDS {
        let list = List::new(problem, &rows, &rest, &found)?;
        let all = list.prove_any(floors);
        match all {
            Ok(all) => return Some(all),
            Err(stuck) => {
                let count = found.len();
                found.push(descend(&problem.floats, stuck?));
                found = distinct(&problem.floats, found)
                    .into_iter()
                    .filter(|candidate| candidate.minimum)
                    .collect();
                if found.len() == count {
                    return None;
                }
            }
        }
    }
    None
}

/// Where E does not depend on the weights, the one point of no coordinates is the minimum.
fn constant(problem: &Problem) -> Option<(Minima, Cells)> {
    let (minimum, barrier) = prove_exact(problem, &[], SHARES[0])?;
    let listed = Minima {
        data: problem.data.clone(),
        chart: problem.chart.clone(),
        at_infinity: Some(minimum.error.0.clone()),
        minima: vec![minimum],
    };
    let cells = Cells {
        minima: vec![barrier],
        orthants: vec![Tree::Inside(0)],
    };
    Some((listed, cells))
}

/// What is known when all minima are to be listed.
struct List<'a> {
    problem: &'a Problem,
    rows: &'a [FloatRow],
    /// By how much E is more than the rows say.
    rest: &'a Rational,
    minima: Vec<Minimum>,
    evidence: Vec<Barrier>,
}

impl<'a> List<'a> {
    fn new(
        problem: &'a Problem,
        rows: &'a [FloatRow],
        rest: &'a Rational,
        found: &[Candidate],
    ) -> Option<Self> {
        let (mut minima, mut evidence) = (Vec::new(), Vec::new());
        for candidate in found {
            let exact = prove_exact(problem, &candidate.point, SHARES[0]);
            let exact = exact.filter(|(minimum, barrier)| holds(minimum, barrier));
            let wide = || {
                SHARES
                    .into_iter()
                    .find_map(|share| prove(problem, &candidate.point, None, share))
            };
            let (minimum, barrier) = exact.or_else(wide)?;
            minima.push(minimum);
            evidence.push(barrier);
        }
        Some(Self {
            problem,
            rows,
            rest,
            minima,
            evidence,
        })
    }

    /// The list with one of the bounds, or a point at which the search got stuck. For many weights the lowest bound comes
    /// first, and what cannot be listed without a bound is not tried with another.
    fn prove_any(&self, floors: &[Option<Rational>]) -> Result<(Minima, Cells), Option<Vec<f64>>> {
        let mut order: Vec<Option<&Rational>> = floors.iter().map(Option::as_ref).collect();
        if self.problem.floats.n > FEW_WEIGHTS {
            order = order.into_iter().rev().flatten().map(Some).collect();
            order.insert(order.len().min(1), None);
        }
        let (mut stuck, mut plain) = (None, None);
        for floor in order {
            match self.prove(floor) {
                Ok(proved) if floor.is_some() => return Ok(proved),
                Ok(proved) => plain = Some(proved),
                Err(point) => {
                    stuck = point.or(stuck);
                    if floor.is_none() {
                        break;
                    }
                }
            }
        }
        plain.ok_or(stuck)
    }

    /// The list with this bound at infinity, or a point at which the search got stuck.
    fn prove(&self, floor: Option<&Rational>) -> Result<(Minima, Cells), Option<Vec<f64>>> {
        let n = self.problem.floats.n;
        let search = Search {
            rows: self.rows,
            minima: &self.minima,
            floor: floor.map(|floor| float(&(floor - self.rest))),
            problem: self.problem,
            stuck: OnceLock::new(),
        };
        let orthants: Option<Vec<Tree>> = (0..1_usize << n)
            .into_par_iter()
            .map(|number| {
                let sign = |k: usize| if number >> k & 1 == 1 { -1 } else { 1 };
                let ray = |k: usize| (0..n).map(|i| if i == k { sign(k) } else { 0 }).collect();
                search.cone(&(0..n).map(ray).collect::<Vec<_>>(), FANS)
            })
            .collect();
        let Some(orthants) = orthants else {
            return Err(search.stuck.into_inner());
        };
        let (data, chart) = (self.problem.data.clone(), self.problem.chart.clone());
        Ok((
            Minima {
                data,
                chart,
                minima: self.minima.clone(),
                at_infinity: floor.cloned(),
            },
            Cells {
                minima: self.evidence.clone(),
                orthants,
            },
        ))
    }
}

fn holds(minimum: &Minimum, barrier: &Barrier) -> bool {
    check(
        &Statement::Minimum(Box::new(minimum.clone())),
        true,
        &Evidence::Barrier(barrier.clone()),
    )
    .is_ok()
}
