//! Gauss–Newton and Levenberg–Marquardt: the Hessian replaced by the square of the Jacobian, plus
//! `μ I` (lb98 (46), (47)).
//!
//! UNTRUSTED. Printed without the minus sign for the weight change; the code has it. Gauss–Newton
//! has no safeguard; Levenberg–Marquardt divides μ by ten after a step that lowers the error and
//! multiplies it by ten until one does.

use super::newton::solve;
use super::{Algorithm, State, Stuck};
use crate::train::number::add_scaled;
use crate::train::objective::Objective;
use crate::train::seed::Generator;

/// A run of Gauss–Newton.
#[derive(Clone, Copy, Debug)]
pub struct GaussNewton;

impl Algorithm for GaussNewton {
    fn step(
        &mut self,
        objective: &Objective,
        state: &mut State,
        _: &mut Generator,
    ) -> Result<(), Stuck> {
        let step = solve(
            objective.jacobian_square(&state.weights),
            objective.gradient(&state.weights),
        )?;
        add_scaled(&mut state.weights, -1.0, step.as_slice());
        state.time += 1.0;
        Ok(())
    }
}

/// A run of Levenberg–Marquardt, with the regularisation μ of the next step.
#[derive(Clone, Copy, Debug)]
pub struct LevenbergMarquardt {
    regularisation: f64,
}

impl Default for LevenbergMarquardt {
    fn default() -> Self {
        Self {
            regularisation: 1.0,
        }
    }
}

/// The largest and the smallest μ.
const RANGE: (f64, f64) = (1e-12, 1e16);

impl Algorithm for LevenbergMarquardt {
    fn step(
        &mut self,
        objective: &Objective,
        state: &mut State,
        _: &mut Generator,
    ) -> Result<(), Stuck> {
        let error = objective.error(&state.weights);
        let (square, gradient) = (
            objective.jacobian_square(&state.weights),
            objective.gradient(&state.weights),
        );
        while self.regularisation <= RANGE.1 {
            let mut matrix = square.clone();
            for i in 0..matrix.nrows() {
                matrix[(i, i)] += self.regularisation;
            }
            let mut end = state.weights.clone();
            if let Ok(step) = solve(matrix, gradient.clone()) {
                add_scaled(&mut end, -1.0, step.as_slice());
                if objective.error(&end) <= error {
                    self.regularisation = (self.regularisation / 10.0).max(RANGE.0);
                    state.weights = end;
                    state.time += 1.0;
                    return Ok(());
                }
            }
            self.regularisation *= 10.0;
        }
        self.regularisation = 1.0;
        Err(Stuck::NoDescent)
    }
}
