//! Statements about the error surface of one unit on a training set, and the rules that prove them. Part of the trusted
//! kernel.
//!
//! The error is E(x) = Σ wⱼ (θ⟨aⱼ,x⟩ − bⱼ)² over the rows (aⱼ, bⱼ, wⱼ), θ = tanh or the logistic function.

mod activation;
mod barrier;
mod chart;
mod matrix;
mod print;
mod read;
mod rejection;
mod training_set;

use super::limits;

pub use activation::Point;
pub use barrier::{Barrier, Lower, Minimum};
pub use chart::{Chart, Coordinate};
pub use rejection::{Compared, Rejection};
pub use training_set::{DataRejection, Row, TrainingSet, Unit};

/// What can be said about an error surface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// A strict local minimum, alone in a box, perhaps with a lower point elsewhere.
    Minimum(Minimum),
    /// E has a local minimum that is not a global minimum.
    Spurious(TrainingSet),
}

/// What is needed besides a statement to check it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// For [`Statement::Minimum`].
    Barrier(Barrier),
    /// For [`Statement::Spurious`]: a minimum of that training set with a lower point.
    Spurious(Minimum, Barrier),
}

/// Accepts or rejects the evidence for a statement; has no side effect.
///
/// # Errors
/// [`Rejection`]: the first premise that fails, with its values.
pub fn check(statement: &Statement, evidence: &Evidence) -> Result<(), Rejection> {
    match (statement, evidence) {
        (Statement::Minimum(statement), Evidence::Barrier(evidence)) => barrier::check_barrier(statement, evidence),
        (Statement::Spurious(data), Evidence::Spurious(minimum, evidence)) => check_spurious(data, minimum, evidence),
        (Statement::Minimum(_), Evidence::Spurious(..)) | (Statement::Spurious(_), Evidence::Barrier(_)) => {
            Err(Rejection::OtherRule)
        }
    }
}

/// A minimum with a lower point is spurious.
///
/// ```text
/// u* is a local minimum of E    E(z) < E(u*)
/// ──────────────────────────────────────────
/// E has a local minimum that is not global
/// ```
fn check_spurious(data: &TrainingSet, minimum: &Minimum, evidence: &Barrier) -> Result<(), Rejection> {
    if minimum.data != *data {
        return Err(Rejection::OtherData);
    }
    if minimum.lower.is_none() {
        return Err(Rejection::NoLowerPoint);
    }
    barrier::check_barrier(minimum, evidence)
}
