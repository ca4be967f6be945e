//! The rules about inertia and rank. Part of the trusted kernel.

use super::limits::{ELIMINATION, spend};
use super::matrix::Matrix;
use super::number::Rational;
use super::rejection::Rejection;
use super::term::{Formula, Predicate};

/// Decides a rank, or that it is another, by computing it.
///
/// ```text
/// elimination leaves r pivots
/// ─────────────────────────── rank
/// M has rank r
/// ```
///
/// # Errors
/// [`Rejection::Undecidable`], [`Rejection::Disagrees`].
pub fn check_rank(goal: &Formula) -> Result<(), Rejection> {
    let Formula::Holds(Predicate::Rank { matrix, rank }, positive) = goal else {
        return Err(Rejection::WrongGoal("rank"));
    };
    spend(ELIMINATION)?;
    let found = Matrix::new(matrix).map_err(|_| Rejection::Undecidable)?.rank();
    if (found == *rank) == *positive { Ok(()) } else { Err(Rejection::Disagrees) }
}

/// Decides an inertia, or that it is another, from a congruence to a diagonal matrix.
///
/// ```text
/// det T ≠ 0    T M Tᵀ = diag d    d has p, n, z positive, negative, zero entries
/// ─────────────────────────────────────────────────────────────────────────────── inertia
/// M has p, n, z positive, negative, zero eigenvalues
/// ```
///
/// # Errors
/// [`Rejection::Undecidable`], [`Rejection::Disagrees`].
pub fn check_inertia(goal: &Formula, congruence: &[Vec<Rational>]) -> Result<(), Rejection> {
    let Formula::Holds(Predicate::Inertia { matrix, counts }, positive) = goal else {
        return Err(Rejection::WrongGoal("inertia"));
    };
    spend(ELIMINATION)?;
    let [matrix, congruence] = [matrix, congruence].map(Matrix::new);
    let found = matrix.and_then(|matrix| matrix.inertia(&congruence?)).map_err(|_| Rejection::Undecidable)?;
    if (found == *counts) == *positive { Ok(()) } else { Err(Rejection::Disagrees) }
}
