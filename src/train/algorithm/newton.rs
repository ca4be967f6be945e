//! Newton's method: `w ← w − η H(w)⁻¹ ∇E(w)` (lb98 (40)).
//!
//! UNTRUSTED. Printed without the minus sign for the weight change; the code has it. There is no
//! safeguard, as in the paper: where the Hessian is not positive definite the step may climb, and
//! the run then shows it.

use super::{Algorithm, State, Stuck};
use crate::train::number::add_scaled;
use crate::train::objective::Objective;
use crate::train::seed::Generator;
use nalgebra::{DMatrix, DVector};

/// Parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// The factor η of the step, 1 for the full step.
    pub factor: f64,
}

impl Settings {
    /// The full step.
    pub const FULL: Self = Self { factor: 1.0 };
}

/// A run.
#[derive(Clone, Debug)]
pub struct Newton {
    factor: f64,
}

impl Newton {
    /// Begins.
    #[must_use]
    pub const fn new(settings: &Settings) -> Self {
        Self {
            factor: settings.factor,
        }
    }
}

/// `matrix⁻¹ gradient`, when the matrix can be inverted.
pub(super) fn solve(matrix: DMatrix<f64>, gradient: Vec<f64>) -> Result<DVector<f64>, Stuck> {
    let step = matrix
        .lu()
        .solve(&DVector::from_vec(gradient))
        .ok_or(Stuck::Singular)?;
    if step.iter().all(|entry| entry.is_finite()) {
        Ok(step)
    } else {
        Err(Stuck::Singular)
    }
}

impl Algorithm for Newton {
    fn step(
        &mut self,
        objective: &Objective,
        state: &mut State,
        _: &mut Generator,
    ) -> Result<(), Stuck> {
        let step = solve(
            objective.hessian(&state.weights),
            objective.gradient(&state.weights),
        )?;
        add_scaled(&mut state.weights, -self.factor, step.as_slice());
        state.time += 1.0;
        Ok(())
    }
}
