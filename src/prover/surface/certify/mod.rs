//! What can be certified of a training set, from all methods together. UNTRUSTED, but every statement that it returns has
//! been accepted by the kernel, and the verdict is drawn from those statements alone.

mod accepted;
mod found;
mod verdict;

use super::barrier::{Obstacle, Problem, attempt, prove_exact};
use super::find::{Candidate, descend, search};
use super::floats::float;
use super::{cells, directions, product};
use crate::kernel::number::{Int, Rational};
use crate::kernel::rejection::Rejection;
use crate::kernel::surface::{Cells, Evidence, Limit, Product, Statement, TrainingSet};
use accepted::Accepted;
pub use accepted::Step;
pub use found::Found;
use num_traits::{FromPrimitive, Zero};
pub use verdict::{Certified, Infimum, Verdict, conclude};

/// The remark on targets 0 and 1.
const ZERO_ONE: &str = "every target is 0 or 1, but a tanh unit responds between -1 and 1: perhaps the unit is logistic, or \
                        the targets are -1 and 1";
/// Parts of the least eigenvalue that remain as λ, to be tried in this order.
const SHARES: [f64; 3] = [0.95, 0.5, 0.1];

/// Most rows × weights² of a set whose other critical points are looked for, and all of whose minima may be listed.
const LISTED: usize = 500_000;

/// Most minima that are certified one by one.
const MINIMA: usize = 64;

/// How hard to try, and from where.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Seed of the search.
    pub seed: u64,
    /// Random starts.
    pub starts: usize,
    /// Weights of the user, one list a start, in the order of the columns.
    pub points: Vec<Vec<f64>>,
    /// Whether to look for all minima, the behaviour at infinity included.
    pub complete: bool,
    /// Whether to certify from which ball gradient descent converges to each minimum.
    pub attraction: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 1,
            starts: 200,
            points: Vec::new(),
            complete: true,
            attraction: false,
        }
    }
}

/// Values of β to try, best first: the least corner of infinity, numbers between the lowest minimum and infinity, none.
pub(super) fn floors(problem: &Problem, found: &[Candidate]) -> Vec<Option<Rational>> {
    let corner = cells::least_corner(problem).map(|(value, _)| value);
    let lowest = found
        .iter()
        .find(|candidate| candidate.minimum)
        .map(|candidate| candidate.error);
    let away = found
        .iter()
        .find(|candidate| !candidate.minimum)
        .map(|candidate| candidate.error);
    let mut floors = Vec::new();
    if let Some(corner) = &corner {
        let high = away.unwrap_or(f64::INFINITY).min(float(corner));
        if away.is_none_or(|away| away >= float(corner) - 1e-9) {
            floors.push(Some(corner.clone()));
        }
        if let Some(low) = lowest.filter(|low| *low < high - 1e-9) {
            floors.extend(cells::between(low, high).into_iter().map(Some));
        }
    }
    floors.push(None);
    floors
}

/// Finds and certifies what it can.
#[must_use]
pub fn certify(data: &TrainingSet, options: &Options) -> Certified {
    certify_telling(data, options, &|_| {})
}

/// Finds and certifies what it can; `told` is told of each statement when the kernel has accepted it.
#[must_use]
pub fn certify_telling(data: &TrainingSet, options: &Options, told: &dyn Fn(&Step)) -> Certified {
    let problem = Problem::new(data);
    let complete = options.complete && data.rows().len() * data.width().pow(2) <= LISTED;
    let mut accepted = Accepted::new(told);
    let mut found = search(&problem.floats, options.seed, options.starts);
    let lines = if complete {
        product::prove(data, options.seed, options.starts)
    } else {
        None
    };
    let mut starts: Vec<Vec<f64>> = options
        .points
        .iter()
        .filter(|point| point.len() == data.width())
        .map(|point| problem.to_chart(point))
        .collect();
    if let Some((stated, _)) = &lines {
        starts.extend(product::starts(&problem, stated, MINIMA));
    }
    found.extend(
        starts
            .into_iter()
            .map(|start| descend(&problem.floats, start)),
    );
    found = super::find::distinct(&problem.floats, found);

    let obstacle = certify_minima(&mut accepted, &problem, &found, options.attraction);
    let none = if accepted.steps.is_empty() {
        no_critical_point(&problem, &found)
    } else {
        None
    };
    if let Some(direction) = none {
        let step = (
            Statement::NoCriticalPoint(data.clone()),
            Evidence::Direction(direction.clone()),
        );
        if accepted.add(step.0, step.1).is_ok() {
            add_limit(&mut accepted, data, direction);
        }
    } else {
        if complete {
            certify_critical(&mut accepted, &problem, &found, options);
            certify_all(&mut accepted, &problem, &found, lines, options);
        }
        if accepted.minima().is_empty()
            && let Some(dual) = directions::balanced(data)
        {
            // It only words the verdict.
            let _ = accepted.add(Statement::Balanced(data.clone()), Evidence::Dual(dual));
        }
    }
    let mut certified = conclude(accepted.steps);
    if certified.verdict == Verdict::Unknown {
        let best = found.first();
        certified.found = best.map(|best| Found::new(&problem, best, obstacle.as_ref()));
    }
    if found::zero_one(&problem) {
        certified.remarks.push(ZERO_ONE.to_owned());
    }
    certified
}

fn no_critical_point(problem: &Problem, found: &[Candidate]) -> Option<Vec<Rational>> {
    let guess = found
        .iter()
        .find(|candidate| !candidate.minimum)
        .map(|candidate| rounded_direction(problem, candidate));
    directions::no_critical_point(&problem.data, guess.as_deref())
}

/// The direction of a runaway, in weights, with small integer entries.
fn rounded_direction(problem: &Problem, candidate: &Candidate) -> Vec<Rational> {
    let most = candidate
        .point
        .iter()
        .fold(0.0_f64, |m, x| m.max(x.abs()))
        .max(1e-300);
    let mut x = vec![Rational::zero(); problem.data.width()];
    for (coordinate, u) in problem.chart.coordinates.iter().zip(&candidate.point) {
        let entry = Int::from_f64((u / most * 16.0).round()).unwrap_or_default();
        x[coordinate.column] = Rational::from_integer(entry) * &coordinate.scale;
    }
    x
}

fn add_limit(
    accepted: &mut Accepted<'_>,
    data: &TrainingSet,
    direction: Vec<Rational>,
) -> Option<Rational> {
    let value = cells::limit(data, &direction);
    let limit = Limit {
        data: data.clone(),
        direction,
        value: value.clone(),
    };
    accepted
        .add(Statement::Limit(limit), Evidence::Compute)
        .is_ok()
        .then_some(value)
}

/// Certifies the minima one by one; why the lowest of those that failed did.
fn certify_minima(
    accepted: &mut Accepted<'_>,
    problem: &Problem,
    found: &[Candidate],
    attraction: bool,
) -> Option<Obstacle> {
    let lowest = found.first();
    let minima = found.iter().filter(|candidate| candidate.minimum);
    let mut obstacle = None;
    for candidate in minima.take(MINIMA) {
        let lower = lowest.filter(|lowest| lowest.error < candidate.error);
        let lower = lower.map(|lower| lower.point.as_slice());
        if let Err(why) = certify_minimum(accepted, problem, &candidate.point, lower, attraction) {
            obstacle.get_or_insert(why);
        }
    }
    obstacle
}

/// Certifies a minimum: with a lower point if that succeeds, else exactly, else as it is.
fn certify_minimum(
    accepted: &mut Accepted<'_>,
    problem: &Problem,
    u: &[f64],
    lower: Option<&[f64]>,
    attraction: bool,
) -> Result<(), Obstacle> {
    for share in SHARES.into_iter().filter(|_| lower.is_some()) {
        match attempt(problem, u, lower, share) {
            Ok((minimum, barrier)) if minimum.lower.is_some() => {
                if accepted
                    .add_minimum(problem, minimum, barrier, attraction)
                    .is_ok()
                {
                    return Ok(());
                }
            }
            Ok(_) => break,
            Err(_) => {}
        }
    }
    if let Some((minimum, barrier)) = prove_exact(problem, u, SHARES[0])
        && accepted
            .add_minimum(problem, minimum, barrier, attraction)
            .is_ok()
    {
        return Ok(());
    }
    let mut obstacle = None;
    for share in SHARES {
        match attempt(problem, u, None, share) {
            Ok((minimum, barrier)) => {
                match accepted.add_minimum(problem, minimum, barrier, attraction) {
                    Ok(()) => return Ok(()),
                    Err(why) => {
                        obstacle = Some(Obstacle::Rejected(why.reason.to_string()));
                        // No other share makes it shorter.
                        if why.reason == Rejection::TooLarge {
                            break;
                        }
                    }
                }
            }
            Err(why) => obstacle = Some(why),
        }
    }
    obstacle.map_or(Ok(()), Err)
}

/// Saddle points and maxima that the search meets.
fn certify_critical(
    accepted: &mut Accepted<'_>,
    problem: &Problem,
    found: &[Candidate],
    options: &Options,
) {
    let minima: Vec<Vec<f64>> = found
        .iter()
        .filter(|candidate| candidate.minimum)
        .map(|candidate| candidate.point.clone())
        .collect();
    for point in super::critical::search(&problem.floats, options.seed, options.starts, &minima) {
        if let Some((stated, shown)) = super::critical::prove(problem, &point) {
            let _ = accepted.add(
                Statement::Critical(Box::new(stated)),
                Evidence::Krawczyk(Box::new(shown)),
            );
        }
    }
}

/// All minima, by lines or by cells, the limit that the infimum may be, and that no minimum is spurious.
fn certify_all(
    accepted: &mut Accepted<'_>,
    problem: &Problem,
    found: &[Candidate],
    lines: Option<(Product, Vec<Cells>)>,
    options: &Options,
) {
    let data = &problem.data;
    let n = problem.floats.n;
    let few = n <= cells::FEW_WEIGHTS && problem.chart.dropped.is_empty() || n == 0;
    let listed = match lines {
        Some((stated, shown)) => Some((Statement::Product(stated.clone()), stated, shown)),
        None if few => {
            cells::list(problem, found, &floors(problem, found)).map(|(stated, shown)| {
                (
                    Statement::Minima(stated.clone()),
                    product::whole(&stated),
                    vec![shown],
                )
            })
        }
        None if n > cells::MOST_WEIGHTS => None,
        None => product::along_lines(data, options.seed, options.starts)
            .map(|(stated, shown)| (Statement::Product(stated.clone()), stated, shown)),
    };
    let Some((statement, product, shown)) = listed else {
        return;
    };
    if let Statement::Minima(stated) = &statement
        && let Some((value, direction)) = cells::least_corner(problem)
        && stated.at_infinity == Some(value)
    {
        add_limit(accepted, data, direction);
    }
    if let Some(global) = product::global(&product, &shown)
        && accepted
            .add(
                Statement::Spurious(data.clone()),
                Evidence::Global(Box::new(global)),
            )
            .is_ok()
    {
        return;
    }
    let evidence = match (&statement, shown.as_slice()) {
        (Statement::Minima(_), [cells]) => Evidence::Cells(cells.clone()),
        _ => Evidence::Parts(shown),
    };
    // What else was accepted stands without it.
    let _ = accepted.add(statement, evidence);
}
