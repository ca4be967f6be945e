//! Semidefinite feasibility in floating point, by a primal-dual interior point method (HKM direction). UNTRUSTED.
//!
//! Looks for X ⪰ 0, x ≥ 0 and free f with A(X, x) + B f = b, far inside the cone. The problem that is solved is
//! min λ with A(S − λI, s − λ1) + B f = b and tr S + Σ s ≤ R: feasible whatever b is, and bounded. Where λ goes to zero,
//! the iterates go to the analytic centre of the feasible set, which lies in the relative interior of its face.

use super::budget::spend;
use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

/// One linear equation.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Block, row and column, row ≤ column, and the factor of that entry, which counts once.
    pub entries: Vec<(usize, usize, usize, f64)>,
    /// Factors of the free unknowns.
    pub free: Vec<(usize, f64)>,
    /// The right side.
    pub right: f64,
}

/// Sizes of the blocks, how many unknowns are free, and the equations.
#[derive(Clone, Debug, Default)]
pub struct Problem {
    /// The size of each block; a nonnegative number is a block of size one.
    pub blocks: Vec<usize>,
    /// How many unknowns have no sign.
    pub free: usize,
    /// The equations, linearly independent.
    pub rows: Vec<Row>,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Point {
    /// The blocks.
    pub blocks: Vec<DMatrix<f64>>,
    /// The free unknowns.
    pub free: Vec<f64>,
    /// Whether every block is safely positive definite.
    pub interior: bool,
}

/// Most iterations.
const ITERATIONS: usize = 60;

/// Flops for one step of the budget.
const FLOPS: usize = 4_000;

struct Iterate {
    x: Vec<DMatrix<f64>>,
    z: Vec<DMatrix<f64>>,
    y: DVector<f64>,
    free: DVector<f64>,
}

/// A direction.
type Step = Iterate;

/// An equation and its entries in one block.
type Part = (usize, Vec<(usize, usize, f64)>);

/// The problem with λ, the slack of the trace and their two equations' entries, as blocks of size one.
struct Embedded<'p> {
    problem: &'p Problem,
    sizes: Vec<usize>,
    rows: Vec<Row>,
    right: DVector<f64>,
    total: f64,
    flops: usize,
}

impl<'p> Embedded<'p> {
    fn new(problem: &'p Problem, trace: f64) -> Self {
        let own = problem.blocks.len();
        let mut sizes = problem.blocks.clone();
        sizes.extend([1, 1]);
        let mut rows = problem.rows.clone();
        for row in &mut rows {
            let of_identity: f64 = row
                .entries
                .iter()
                .filter(|(_, i, j, _)| i == j)
                .map(|(.., value)| value)
                .sum();
            row.entries.push((own, 0, 0, -of_identity));
        }
        let mut bound = Row {
            right: trace,
            ..Row::default()
        };
        for (block, size) in problem.blocks.iter().enumerate() {
            bound.entries.extend((0..*size).map(|i| (block, i, i, 1.0)));
        }
        bound.entries.push((own + 1, 0, 0, 1.0));
        rows.push(bound);
        let right = DVector::from_iterator(rows.len(), rows.iter().map(|row| row.right));
        let count: usize = sizes.iter().sum();
        let entries: usize = rows.iter().map(|row| row.entries.len()).sum();
        let largest = sizes.iter().copied().max().unwrap_or(1);
        let cubes: usize = sizes.iter().map(|size| size.pow(3)).sum();
        let flops = rows.len().pow(3) / 3
            + rows.len() * entries * 4
            + entries * largest * largest
            + 30 * cubes
            + rows.len() * problem.free * (rows.len() + problem.free);
        Self {
            problem,
            sizes,
            rows,
            right,
            total: to_float(count),
            flops,
        }
    }

    /// The left sides without the free unknowns.
    fn apply(&self, x: &[DMatrix<f64>]) -> DVector<f64> {
        let value = |row: &Row| -> f64 {
            row.entries
                .iter()
                .map(|(block, i, j, value)| {
                    value * 0.5 * (x[*block][(*i, *j)] + x[*block][(*j, *i)])
                })
                .sum()
        };
        DVector::from_iterator(self.rows.len(), self.rows.iter().map(value))
    }

    /// Σ yᵢ Aᵢ.
    fn adjoint(&self, y: &DVector<f64>) -> Vec<DMatrix<f64>> {
        let mut sum = self.diagonal(0.0);
        for (row, factor) in self.rows.iter().zip(y.iter()) {
            for (block, i, j, value) in &row.entries {
                let half = 0.5 * factor * value;
                sum[*block][(*i, *j)] += half;
                sum[*block][(*j, *i)] += half;
            }
        }
        sum
    }

    fn diagonal(&self, value: f64) -> Vec<DMatrix<f64>> {
        let block = |size: &usize| DMatrix::from_diagonal_element(*size, *size, value);
        self.sizes.iter().map(block).collect()
    }

    /// The free unknowns' factors, one row an equation.
    fn free(&self) -> DMatrix<f64> {
        let mut matrix = DMatrix::zeros(self.rows.len(), self.problem.free);
        for (place, row) in self.rows.iter().enumerate() {
            for (unknown, value) in &row.free {
                matrix[(place, *unknown)] += value;
            }
        }
        matrix
    }

    /// The matrix ⟨Aᵢ, X Aⱼ Z⁻¹⟩, made symmetric.
    fn schur(&self, x: &[DMatrix<f64>], inverse: &[DMatrix<f64>]) -> DMatrix<f64> {
        let count = self.rows.len();
        let mut by_block: Vec<Vec<Part>> = vec![Vec::new(); self.sizes.len()];
        for (place, row) in self.rows.iter().enumerate() {
            for (block, i, j, value) in &row.entries {
                let there = &mut by_block[*block];
                if there.last().is_none_or(|(last, _)| *last != place) {
                    there.push((place, Vec::new()));
                }
                if let Some((_, list)) = there.last_mut() {
                    list.push((*i, *j, *value));
                }
            }
        }
        let mut matrix = DMatrix::zeros(count, count);
        for (block, rows) in by_block.iter().enumerate() {
            let (x, inverse, size) = (&x[block], &inverse[block], self.sizes[block]);
            for (place, entries) in rows {
                let mut product = DMatrix::<f64>::zeros(size, size);
                for (i, j, value) in entries {
                    let half = 0.5 * value;
                    for q in 0..size {
                        let (right, left) = (half * inverse[(*j, q)], half * inverse[(*i, q)]);
                        for p in 0..size {
                            product[(p, q)] += x[(p, *i)] * right + x[(p, *j)] * left;
                        }
                    }
                }
                for (other, entries) in rows {
                    let value: f64 = entries
                        .iter()
                        .map(|(i, j, value)| value * 0.5 * (product[(*i, *j)] + product[(*j, *i)]))
                        .sum();
                    matrix[(*other, *place)] += value;
                }
            }
        }
        (&matrix + matrix.transpose()) * 0.5
    }
}

fn to_float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

fn symmetric(matrix: &DMatrix<f64>) -> DMatrix<f64> {
    (matrix + matrix.transpose()) * 0.5
}

fn inner(left: &[DMatrix<f64>], right: &[DMatrix<f64>]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a.dot(b)).sum()
}

/// The longest step, at most one, that stays inside the cone, a little shorter.
fn reach(from: &[DMatrix<f64>], along: &[DMatrix<f64>]) -> Option<f64> {
    let mut longest: f64 = 1.0;
    for (matrix, step) in from.iter().zip(along) {
        let lower = if matrix.nrows() == 1 {
            step[(0, 0)] / matrix[(0, 0)]
        } else {
            let factor = Cholesky::new(matrix.clone())?.l();
            let half = factor.solve_lower_triangular(step)?;
            let both = factor.solve_lower_triangular(&half.transpose())?;
            if !both.iter().all(|value| value.is_finite()) {
                return None;
            }
            symmetric(&both).symmetric_eigenvalues().min()
        };
        if !lower.is_finite() {
            return None;
        }
        if lower < 0.0 {
            longest = longest.min(-0.95 / lower);
        }
    }
    Some(longest)
}

/// The factored equations for a step.
struct System {
    schur: Cholesky<f64, Dyn>,
    free: DMatrix<f64>,
    weight: f64,
    second: Option<(DMatrix<f64>, Cholesky<f64, Dyn>)>,
}

impl System {
    fn new(mut schur: DMatrix<f64>, free: DMatrix<f64>) -> Option<Self> {
        let mut weight = 0.0;
        if free.ncols() > 0 {
            let norm = free.norm_squared();
            weight = if norm > 0.0 {
                schur.trace() / norm
            } else {
                1.0
            };
            schur += weight * (&free * free.transpose());
        }
        let shift = 1e-14 * schur.diagonal().max();
        for i in 0..schur.nrows() {
            schur[(i, i)] += shift;
        }
        let schur = Cholesky::new(schur)?;
        let second = if free.ncols() == 0 {
            None
        } else {
            let solved = schur.solve(&free);
            let mut small = free.transpose() * &solved;
            let shift = 1e-13 * small.diagonal().max();
            for i in 0..small.nrows() {
                small[(i, i)] += shift;
            }
            Some((solved, Cholesky::new(small)?))
        };
        Some(Self {
            schur,
            free,
            weight,
            second,
        })
    }

    /// dy and df with M dy + B df = first and Bᵀ dy = last.
    fn solve(&self, first: &DVector<f64>, last: &DVector<f64>) -> (DVector<f64>, DVector<f64>) {
        let Some((solved, small)) = &self.second else {
            return (self.schur.solve(first), DVector::zeros(0));
        };
        let first = first + self.weight * (&self.free * last);
        let dy = self.schur.solve(&first);
        let df = small.solve(&(self.free.transpose() * &dy - last));
        (dy - solved * &df, df)
    }
}

/// The smallest eigenvalue of all blocks.
fn smallest(blocks: &[DMatrix<f64>]) -> f64 {
    blocks
        .iter()
        .map(|block| {
            if block.nrows() == 1 {
                block[(0, 0)]
            } else {
                block.clone().symmetric_eigenvalues().min()
            }
        })
        .fold(f64::INFINITY, f64::min)
}

/// A point of the feasible set with at most this trace, as far inside as there is; `None` if there seems to be none.
#[must_use]
pub fn solve(problem: &Problem, trace: f64) -> Option<Point> {
    let embedded = Embedded::new(problem, trace);
    let free = embedded.free();
    let own = problem.blocks.len();
    let start = (trace / embedded.total).clamp(1.0, 10.0);
    let mut now = Iterate {
        x: embedded.diagonal(start),
        z: embedded.diagonal(1.0),
        y: DVector::zeros(embedded.rows.len()),
        free: DVector::zeros(problem.free),
    };
    let scale = 1.0 + embedded.right.amax();
    for _ in 0..ITERATIONS {
        spend(embedded.flops / FLOPS + 1)?;
        let primal = &embedded.right - embedded.apply(&now.x) - &free * &now.free;
        let gap = inner(&now.x, &now.z) / embedded.total;
        let lambda = now.x[own][(0, 0)];
        let feasible = primal.amax() < 1e-7 * scale;
        if feasible && lambda < 0.05 * smallest(&now.x[..own]) {
            return Some(point(&now, own, lambda, true));
        }
        let mut dual = embedded.adjoint(&now.y);
        for (block, there) in dual.iter_mut().enumerate() {
            *there = -&*there - &now.z[block];
        }
        dual[own][(0, 0)] += 1.0;
        let infeasibility = dual.iter().map(DMatrix::amax).fold(0.0, f64::max);
        let of_free = -(free.transpose() * &now.y);
        let bound = embedded.right.dot(&now.y);
        if infeasibility < 1e-8 && of_free.amax_or_zero() < 1e-8 && bound > 1e-4 {
            return None;
        }
        if feasible && gap < 1e-11 {
            break;
        }
        let Some(step) = direction(&embedded, &now, &free, gap, (&primal, &dual, &of_free)) else {
            break;
        };
        let (Some(ahead), Some(back)) = (reach(&now.x, &step.x), reach(&now.z, &step.z)) else {
            break;
        };
        if ahead.max(back) < 1e-6 {
            break;
        }
        advance(&mut now, &step, ahead, back);
        if !now
            .x
            .iter()
            .all(|block| block.iter().all(|value| value.is_finite()))
        {
            return None;
        }
    }
    let lambda = now.x[own][(0, 0)];
    let primal = &embedded.right - embedded.apply(&now.x) - &free * &now.free;
    (lambda < 1e-5 && primal.amax() < 1e-5 * scale).then(|| point(&now, own, lambda, false))
}

/// The largest magnitude of a vector that may be empty.
trait Magnitude {
    fn amax_or_zero(&self) -> f64;
}

impl Magnitude for DVector<f64> {
    fn amax_or_zero(&self) -> f64 {
        self.iter().fold(0.0, |most, value| most.max(value.abs()))
    }
}

fn point(now: &Iterate, own: usize, lambda: f64, interior: bool) -> Point {
    let shifted = |block: &DMatrix<f64>| {
        let size = block.nrows();
        block - DMatrix::from_diagonal_element(size, size, lambda)
    };
    Point {
        blocks: now.x[..own].iter().map(shifted).collect(),
        free: now.free.iter().copied().collect(),
        interior,
    }
}

fn advance(now: &mut Iterate, step: &Step, ahead: f64, back: f64) {
    for (block, by) in now.x.iter_mut().zip(&step.x) {
        *block += ahead * by;
    }
    for (block, by) in now.z.iter_mut().zip(&step.z) {
        *block += back * by;
    }
    now.free += ahead * &step.free;
    now.y += back * &step.y;
}

/// What is left of the equations: primal, dual, and dual of the free unknowns.
type Residuals<'r> = (&'r DVector<f64>, &'r [DMatrix<f64>], &'r DVector<f64>);

/// Mehrotra's predictor and corrector.
fn direction(
    embedded: &Embedded<'_>,
    now: &Iterate,
    free: &DMatrix<f64>,
    gap: f64,
    residuals: Residuals<'_>,
) -> Option<Step> {
    let inverse: Vec<DMatrix<f64>> = now
        .z
        .iter()
        .map(|block| Cholesky::new(block.clone()).map(|factor| factor.inverse()))
        .collect::<Option<_>>()?;
    let system = System::new(embedded.schur(&now.x, &inverse), free.clone())?;
    let predictor = towards(embedded, now, &inverse, &system, residuals, 0.0, None);
    let (ahead, back) = (reach(&now.x, &predictor.x)?, reach(&now.z, &predictor.z)?);
    let mut trial = Iterate {
        x: now.x.clone(),
        z: now.z.clone(),
        y: now.y.clone(),
        free: now.free.clone(),
    };
    advance(&mut trial, &predictor, ahead, back);
    let after = inner(&trial.x, &trial.z) / embedded.total;
    let centring = (after / gap).powi(3).clamp(1e-6, 0.5);
    let aim = centring * gap;
    Some(towards(
        embedded,
        now,
        &inverse,
        &system,
        residuals,
        aim,
        Some(&predictor),
    ))
}

fn towards(
    embedded: &Embedded<'_>,
    now: &Iterate,
    inverse: &[DMatrix<f64>],
    system: &System,
    (primal, dual, of_free): Residuals<'_>,
    aim: f64,
    predictor: Option<&Step>,
) -> Step {
    let blocks = 0..now.x.len();
    // H = aim Z⁻¹ − X − X Rd Z⁻¹ − dXa dZa Z⁻¹, so that dX = H + X A*(dy) Z⁻¹.
    let base: Vec<DMatrix<f64>> = blocks
        .clone()
        .map(|block| {
            let mut middle = &now.x[block] * &dual[block];
            if let Some(step) = predictor {
                middle += &step.x[block] * &step.z[block];
            }
            &inverse[block] * aim - &now.x[block] - middle * &inverse[block]
        })
        .collect();
    let first = primal - embedded.apply(&base);
    let (dy, df) = system.solve(&first, of_free);
    let adjoint = embedded.adjoint(&dy);
    let x = blocks
        .clone()
        .map(|block| symmetric(&(&base[block] + &now.x[block] * &adjoint[block] * &inverse[block])))
        .collect();
    let z = blocks.map(|block| &dual[block] - &adjoint[block]).collect();
    Step {
        x,
        z,
        y: dy,
        free: df,
    }
}
