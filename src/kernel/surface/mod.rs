//! Statements about the error surface of one unit on a training set, and the rules that prove them. Part of the trusted
//! kernel.
//!
//! The error is E(x) = Σ wⱼ (θ⟨aⱼ,x⟩ − bⱼ)² over the rows (aⱼ, bⱼ, wⱼ), θ = tanh or the logistic function.

mod activation;
mod attraction;
mod barrier;
mod cells;
mod chart;
mod critical;
mod directions;
mod matrix;
mod monomials;
mod product;
mod training_set;

pub use super::rejection::Rejection;
pub use activation::Point;
pub use attraction::Attraction;
pub use barrier::{Barrier, Lower, Minimum};
pub use cells::{Cells, Minima, Tree};
pub use chart::{Chart, Coordinate};
pub use critical::{Critical, Krawczyk};
pub use directions::Limit;
pub use product::{Global, Part, Product};
pub use training_set::{Row, TrainingSet, Unit};

use super::{
    Checked, Premise, combination, compare, count, dot, dyadic, ensure, fails, limits, longest,
    only, order, product, products, ratio, spend, sum,
};
use super::{Int, Interval, Items, Matrix, Rational, Read, ReadError, ReadFault, Sexp, TooLarge};
use super::{Show, Sink, form, forms, nothing, record, silent, words};
use activation::{Local, exponential};
use barrier::{check_barrier, check_error, check_half_width};
use cells::check_cells;
use chart::{FrameRow, frame, merged};
use matrix::Symmetric;
use monomials::{ConeRow, GRID, ONE, Order, Sum};

forms! {
    /// What can be said about an error surface.
    Statement {
        /// A strict local minimum, alone in a box, perhaps with a lower point elsewhere.
        "minimum" Minimum[minimum: Box<Minimum>],
        /// E has a local minimum that is not a global minimum.
        "has-spurious" Spurious(data: TrainingSet),
        /// ∇E vanishes nowhere.
        "no-critical-point" NoCriticalPoint(data: TrainingSet),
        /// No ν has σⱼ⟨aⱼ,ν⟩ ≥ 0 for all j and > 0 for one; every target is at the end σⱼ of the range.
        "balanced" Balanced(data: TrainingSet),
        /// The limit of E along a ray.
        "limit" Limit[limit: Limit],
        /// All local minima.
        "minima" Minima[minima: Minima],
        /// A minimum attracts gradient descent from a ball.
        "attraction" Attraction[attraction: Box<Attraction>],
        /// All local minima, where E is a sum of functions of independent variables.
        "product" Product[product: Product],
        /// A critical point of any kind, alone in a box, with its inertia.
        "critical" Critical[critical: Box<Critical>],
    } or nothing, silent {}
}

forms! {
    /// What is needed besides a statement to check it.
    Evidence {
        /// For [`Statement::Minimum`].
        "barrier" Barrier[barrier: Barrier],
        /// For [`Statement::Spurious`]: a minimum of that training set with a lower point.
        "spurious" Spurious(minimum: Box<Minimum>, barrier: Barrier),
        /// For [`Statement::NoCriticalPoint`], and for the negation of [`Statement::Spurious`]: ν.
        "direction" Direction(direction: Vec<Rational>),
        /// For [`Statement::Balanced`]: the multipliers λⱼ.
        "dual" Dual(multipliers: Vec<Rational>),
        /// For [`Statement::Limit`], which the kernel computes.
        "compute" Compute,
        /// For [`Statement::Attraction`]: for the minimum, and the lower triangle of a factor of what LI exceeds.
        "attraction" Attraction(barrier: Barrier, columns: Vec<Vec<Int>>),
        /// For [`Statement::Minima`].
        "cells" Cells[cells: Cells],
        /// For [`Statement::Product`], one for each part.
        "parts" Parts(parts: Vec<Cells>),
        /// For [`Statement::Critical`].
        "krawczyk" Krawczyk[krawczyk: Box<Krawczyk>],
        /// For the negation of [`Statement::Spurious`].
        "global" Global[global: Box<Global>],
    } or nothing, silent {}
}

/// Accepts or rejects the evidence for a statement, or, unless it `holds`, for its negation. Only the negation of
/// [`Statement::Spurious`] has rules: that of [`Global`], and
///
/// ```text
/// ∇E vanishes nowhere
/// ─────────────────────────────────
/// no local minimum of E is spurious
/// ```
///
/// # Errors
/// The first premise that fails.
pub fn check(statement: &Statement, holds: bool, evidence: &Evidence) -> Checked {
    match (statement, evidence) {
        (Statement::Spurious(data), Evidence::Global(evidence)) if !holds => {
            product::check_global(data, evidence)
        }
        (Statement::Spurious(data), Evidence::Direction(v)) if !holds => {
            directions::check_no_critical_point(data, v)
        }
        _ if !holds => Err(fails(Premise::OtherRule, [])),
        (Statement::Minimum(statement), Evidence::Barrier(evidence)) => {
            check_barrier(statement, evidence)
        }
        (Statement::Spurious(data), Evidence::Spurious(minimum, evidence)) => {
            check_spurious(data, minimum, evidence)
        }
        (Statement::NoCriticalPoint(data), Evidence::Direction(v)) => {
            directions::check_no_critical_point(data, v)
        }
        (Statement::Balanced(data), Evidence::Dual(dual)) => directions::check_balanced(data, dual),
        (Statement::Limit(statement), Evidence::Compute) => directions::check_limit(statement),
        (Statement::Attraction(statement), Evidence::Attraction(barrier, columns)) => {
            attraction::check_attraction(statement, barrier, columns)
        }
        (Statement::Minima(statement), Evidence::Cells(evidence)) => {
            check_cells(statement, evidence)
        }
        (Statement::Product(statement), Evidence::Parts(evidence)) => {
            product::check_product(statement, evidence)
        }
        (Statement::Critical(statement), Evidence::Krawczyk(evidence)) => {
            critical::check_critical(statement, evidence)
        }
        _ => Err(fails(Premise::OtherRule, [])),
    }
}

/// A minimum with a lower point is spurious.
///
/// ```text
/// u* is a local minimum of E    E(z) < E(u*)
/// ──────────────────────────────────────────
/// E has a local minimum that is not global
/// ```
fn check_spurious(data: &TrainingSet, minimum: &Minimum, evidence: &Barrier) -> Checked {
    data.pay()?;
    ensure(minimum.data == *data, Premise::Data, [])?;
    ensure(minimum.lower.is_some(), Premise::LowerPoint, [])?;
    check_barrier(minimum, evidence)
}
