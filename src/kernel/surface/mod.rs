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
}

/// What is needed besides a statement to check it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// For [`Statement::Minimum`].
    Barrier(Barrier),
}

/// Accepts or rejects the evidence for a statement; has no side effect.
///
/// # Errors
/// [`Rejection`]: the first premise that fails, with its values.
pub fn check(statement: &Statement, evidence: &Evidence) -> Result<(), Rejection> {
    match (statement, evidence) {
        (Statement::Minimum(statement), Evidence::Barrier(evidence)) => barrier::check_barrier(statement, evidence),
    }
}
