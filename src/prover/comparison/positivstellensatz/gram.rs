//! Σ σⱼ pⱼ + Σ qₑ e = 0 with sums of squares σⱼ as a semidefinite problem, and its exact solution. UNTRUSTED.
//!
//! A float solution inside the cone stays there when it is rounded onto the equations. Where the feasible set has no
//! interior, the kernel of the float solution shows the face it lies in: the bases shrink to that face and the problem is
//! solved again (facial reduction).

use super::exact::{Equation, Solved, eliminate, on_grid, simplest, squares};
use crate::kernel::number::Rational;
use crate::kernel::poly::{Monomial, Poly};
use crate::prover::budget::spend;
use crate::prover::sdp::{self, Point, Problem, Row};
use nalgebra::DMatrix;
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// A sum of squares of combinations of a basis, times a polynomial.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// The polynomial.
    pub(super) factor: Poly,
    /// What the product of the hypotheses was multiplied by to give the polynomial.
    pub(super) scale: Rational,
    /// The basis.
    pub(super) basis: Vec<Poly>,
    /// Whether the block is a positive number where the factor is positive: these numbers add up to one.
    pub(super) strict: bool,
    /// The hypotheses.
    pub(super) hypotheses: Vec<usize>,
}

/// A polynomial that an unknown number multiplies: a monomial times an equation.
#[derive(Clone, Debug)]
pub(super) struct Free {
    /// The product.
    pub(super) product: Poly,
    /// The monomial.
    pub(super) cofactor: Poly,
    /// The equation.
    pub(super) hypothesis: usize,
}

/// What adds up to zero.
#[derive(Clone, Debug, Default)]
pub(super) struct Identity {
    pub(super) blocks: Vec<Block>,
    pub(super) free: Vec<Free>,
}

/// The solution: for each block its squares with their factors, and the numbers.
pub(super) struct Solution {
    pub(super) squares: Vec<Vec<(Rational, Poly)>>,
    pub(super) free: Vec<Rational>,
}

/// Most rounds of facial reduction.
const ROUNDS: usize = 6;

/// Most equations of a semidefinite problem.
const EQUATIONS: usize = 260;

/// Most unknowns.
const UNKNOWNS: usize = 2_500;

/// The trace that a solution may have, first and last.
const TRACES: [f64; 2] = [1e3, 1e6];

/// Grids onto which a solution is rounded.
const BITS: [u32; 5] = [4, 10, 20, 32, 44];

/// An unknown: an entry of a block, or a free number.
#[derive(Clone, Copy, Debug)]
enum Unknown {
    Entry(usize, usize, usize),
    Free(usize),
}

/// The equations between the unknowns, one for each monomial and the last for the strict numbers.
struct System {
    unknowns: Vec<Unknown>,
    equations: Vec<Equation>,
}

impl Identity {
    fn system(&self) -> Option<System> {
        let mut rows: BTreeMap<Monomial, BTreeMap<usize, Rational>> = BTreeMap::new();
        let (mut unknowns, mut sum) = (Vec::new(), BTreeMap::new());
        let mut add = |unknown: Unknown, product: &Poly| {
            for (monomial, value) in product.terms() {
                rows.entry(monomial.clone())
                    .or_default()
                    .insert(unknowns.len(), value);
            }
            unknowns.push(unknown);
            unknowns.len() - 1
        };
        for (place, block) in self.blocks.iter().enumerate() {
            for (i, left) in block.basis.iter().enumerate() {
                let left = block.factor.clone().times(left).ok()?;
                for (j, right) in block.basis.iter().enumerate().skip(i) {
                    spend(1)?;
                    let times = Rational::from_integer(if i == j { 1 } else { 2 }.into());
                    let product = left.clone().times(right).ok()?.scaled(&times);
                    let index = add(Unknown::Entry(place, i, j), &product);
                    if block.strict {
                        sum.insert(index, Rational::one());
                    }
                }
            }
        }
        for (place, free) in self.free.iter().enumerate() {
            add(Unknown::Free(place), &free.product);
        }
        let zero = |factors| (factors, Rational::zero());
        let mut equations: Vec<Equation> = rows.into_values().map(zero).collect();
        equations.push((sum, Rational::one()));
        Some(System {
            unknowns,
            equations,
        })
    }

    /// Discards what is zero because nothing cancels it; whether there was anything.
    fn prune(&mut self, system: &System) -> bool {
        let (mut basis, mut free) = (BTreeSet::new(), BTreeSet::new());
        for (factors, right) in &system.equations {
            if !right.is_zero() {
                continue;
            }
            let kind = |index: &usize| system.unknowns[*index];
            if let [index] = factors.keys().collect::<Vec<_>>()[..]
                && let Unknown::Free(place) = kind(index)
            {
                free.insert(place);
            }
            let diagonal = |index: &usize| matches!(kind(index), Unknown::Entry(_, i, j) if i == j);
            let positive = factors.values().filter(|value| value.is_positive()).count();
            if factors.keys().all(diagonal) && (positive == 0 || positive == factors.len()) {
                for index in factors.keys() {
                    if let Unknown::Entry(block, i, _) = kind(index) {
                        basis.insert((block, i));
                    }
                }
            }
        }
        for (place, block) in self.blocks.iter_mut().enumerate() {
            let mut at = 0..;
            block
                .basis
                .retain(|_| !basis.contains(&(place, at.next().unwrap_or(0))));
        }
        let mut at = 0..;
        self.free
            .retain(|_| !free.contains(&at.next().unwrap_or(0)));
        self.blocks.retain(|block| !block.basis.is_empty());
        !basis.is_empty() || !free.is_empty()
    }

    /// The unknowns, if it can be solved; the identity itself shrinks to the face where its solutions are.
    pub(super) fn solve(&mut self) -> Option<Solution> {
        for _ in 0..ROUNDS {
            let system = loop {
                let system = self.system()?;
                if !self.prune(&system) {
                    break system;
                }
            };
            if !self.blocks.iter().any(|block| block.strict)
                || system.unknowns.len() > UNKNOWNS
                || system.equations.len() > EQUATIONS
            {
                return None;
            }
            let solved = eliminate(&system.equations)?;
            let problem = self.problem(&system, &solved);
            let point = TRACES
                .iter()
                .find_map(|trace| sdp::solve(&problem, *trace))?;
            if point.interior {
                return self.rounded(&system, &solved, &point);
            }
            let mut smaller = self.clone();
            if !smaller.shrink(&point) {
                return self.rounded(&system, &solved, &point);
            }
            *self = smaller;
        }
        None
    }

    /// The problem in floats, each equation scaled.
    fn problem(&self, system: &System, solved: &Solved) -> Problem {
        let row = |place: &usize| {
            let (factors, right) = &system.equations[*place];
            let float = |value: &Rational| value.to_f64().unwrap_or(f64::NAN);
            let most = factors
                .values()
                .map(|value| float(value).abs())
                .fold(0.0, f64::max);
            let mut row = Row {
                right: float(right) / most,
                ..Row::default()
            };
            for (index, value) in factors {
                let value = float(value) / most;
                match system.unknowns[*index] {
                    Unknown::Entry(block, i, j) => row.entries.push((block, i, j, value)),
                    Unknown::Free(place) => row.free.push((place, value)),
                }
            }
            row
        };
        Problem {
            blocks: self.blocks.iter().map(|block| block.basis.len()).collect(),
            free: self.free.len(),
            rows: solved.independent.iter().map(row).collect(),
        }
    }

    /// The nearest exact solution on a grid that is one.
    fn rounded(&self, system: &System, solved: &Solved, point: &Point) -> Option<Solution> {
        BITS.iter().find_map(|bits| {
            let value = |unknown: &Unknown| match unknown {
                Unknown::Entry(block, i, j) => point.blocks[*block][(*i, *j)],
                Unknown::Free(place) => point.free[*place],
            };
            let given: Vec<Rational> = system
                .unknowns
                .iter()
                .map(|unknown| on_grid(value(unknown), *bits))
                .collect::<Option<_>>()?;
            let values = solved.complete(&given)?;
            self.exact(system, &values)
        })
    }

    fn exact(&self, system: &System, values: &[Rational]) -> Option<Solution> {
        let mut matrices: Vec<Vec<Vec<Rational>>> = self
            .blocks
            .iter()
            .map(|block| vec![vec![Rational::zero(); block.basis.len()]; block.basis.len()])
            .collect();
        let mut free = vec![Rational::zero(); self.free.len()];
        for (unknown, value) in system.unknowns.iter().zip(values) {
            match unknown {
                Unknown::Entry(block, i, j) => {
                    matrices[*block][*i][*j] = value.clone();
                    matrices[*block][*j][*i] = value.clone();
                }
                Unknown::Free(place) => free[*place] = value.clone(),
            }
        }
        let squares = self
            .blocks
            .iter()
            .zip(matrices)
            .map(|(block, matrix)| {
                squares(matrix)?
                    .into_iter()
                    .map(|(factor, line)| Some((factor, combined(&block.basis, &line)?)))
                    .collect::<Option<Vec<_>>>()
            })
            .collect::<Option<_>>()?;
        Some(Solution { squares, free })
    }

    /// Shrinks the bases to the face that the point shows; whether any did.
    fn shrink(&mut self, point: &Point) -> bool {
        let largest = point.blocks.iter().map(DMatrix::amax).fold(1.0, f64::max);
        let mut any = false;
        for (block, matrix) in self.blocks.iter_mut().zip(&point.blocks) {
            if let Some(basis) = face(&block.basis, matrix, largest) {
                any |= basis.len() < block.basis.len();
                block.basis = basis;
            }
        }
        self.blocks.retain(|block| !block.basis.is_empty());
        any
    }
}

/// Σ lᵢ bᵢ.
fn combined(basis: &[Poly], line: &[Rational]) -> Option<Poly> {
    let parts = basis.iter().zip(line).filter(|(_, value)| !value.is_zero());
    Poly::total(parts.map(|(poly, value)| poly.scaled(value)).collect()).ok()
}

/// Eigenvalues below this part of the largest are taken for zero.
const ZERO: f64 = 2e-5;

/// How far a guessed fraction may be from its float.
const GUESS: f64 = 4e-3;

/// A basis of what is orthogonal to the kernel of a nonnegative matrix, if the kernel looks rational.
fn face(basis: &[Poly], matrix: &DMatrix<f64>, largest: f64) -> Option<Vec<Poly>> {
    let size = basis.len();
    let eigen = matrix.clone().symmetric_eigen();
    let small: Vec<usize> = (0..size)
        .filter(|place| eigen.eigenvalues[*place] < ZERO * largest)
        .collect();
    if small.len() == size {
        return Some(Vec::new());
    }
    let mut rows: Vec<Vec<f64>> = small
        .iter()
        .map(|place| eigen.eigenvectors.column(*place).iter().copied().collect())
        .collect();
    let mut pivots = Vec::new();
    for row in 0..rows.len() {
        let (at, column) = (row..rows.len())
            .flat_map(|at| (0..size).map(move |column| (at, column)))
            .max_by(|a, b| rows[a.0][a.1].abs().total_cmp(&rows[b.0][b.1].abs()))?;
        rows.swap(row, at);
        let scale = rows[row][column];
        rows[row].iter_mut().for_each(|value| *value /= scale);
        let above = rows[row].clone();
        for (other, line) in rows.iter_mut().enumerate().filter(|(o, _)| *o != row) {
            let _ = other;
            let factor = line[column];
            line.iter_mut()
                .zip(&above)
                .for_each(|(value, there)| *value -= factor * there);
        }
        pivots.push(column);
    }
    let mut kept = Vec::new();
    for column in (0..size).filter(|column| !pivots.contains(column)) {
        let mut parts = vec![basis[column].clone()];
        for (row, pivot) in rows.iter().zip(&pivots) {
            let factor = simplest(row[column], GUESS)?;
            parts.push(basis[*pivot].scaled(&-factor));
        }
        kept.push(Poly::total(parts).ok()?);
    }
    Some(kept)
}
