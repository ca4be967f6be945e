//! The quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno (lb98 §6.3).
//!
//! UNTRUSTED. The printed (44) multiplies where it must add: the code has `M + (1 + φᵀMφ/δᵀφ)
//! δδᵀ/δᵀφ − (δφᵀM + Mφδᵀ)/δᵀφ`, with `φ` the change of the gradient and `δ` that of the weights.

use super::line_search::{Ray, WolfePoint, search};
use super::{Algorithm, State, Stuck};
use crate::train::objective::Objective;
use crate::train::seed::Generator;
use nalgebra::{DMatrix, DVector};

/// The share of the slope that may remain after a line search.
const CURVATURE: f64 = 0.5;

/// A run: the estimate `M` of the inverse Hessian.
#[derive(Clone, Debug, Default)]
pub struct Bfgs {
    inverse: Option<DMatrix<f64>>,
}

/// The update (44), repaired.
fn update(m: &DMatrix<f64>, delta: &DVector<f64>, phi: &DVector<f64>) -> DMatrix<f64> {
    let (product, m_phi) = (delta.dot(phi), m * phi);
    let outer = delta * delta.transpose() * ((1.0 + phi.dot(&m_phi) / product) / product);
    let cross = delta * m_phi.transpose();
    m + outer - (&cross + cross.transpose()) / product
}

impl Bfgs {
    /// A search from here along `−M∇E`, first at this length.
    fn attempt(
        objective: &Objective,
        (w, gradient): (&[f64], &DVector<f64>),
        m: &DMatrix<f64>,
        length: f64,
    ) -> Result<WolfePoint, Stuck> {
        let direction = -(m * gradient);
        let ray = Ray {
            weights: w,
            gradient: gradient.as_slice(),
            direction: direction.as_slice(),
        };
        search(objective, ray, length, CURVATURE)
    }
}

impl Algorithm for Bfgs {
    fn step(
        &mut self,
        objective: &Objective,
        state: &mut State,
        _: &mut Generator,
    ) -> Result<(), Stuck> {
        let n = state.weights.len();
        let gradient = DVector::from_vec(objective.gradient(&state.weights));
        let here = (state.weights.as_slice(), &gradient);
        let learnt = self.inverse.take();
        let known = learnt.and_then(|m| Some((Self::attempt(objective, here, &m, 1.0).ok()?, m)));
        // Where the estimate leads nowhere, the search starts anew along the gradient.
        let (found, m) = if let Some(known) = known {
            known
        } else {
            let (m, length) = (DMatrix::identity(n, n), gradient.norm().max(1.0).recip());
            (Self::attempt(objective, here, &m, length)?, m)
        };
        let delta =
            DVector::from_column_slice(&found.weights) - DVector::from_column_slice(&state.weights);
        let phi = DVector::from_vec(found.gradient) - gradient;
        self.inverse = Some(if delta.dot(&phi) > 0.0 {
            update(&m, &delta, &phi)
        } else {
            m
        });
        state.weights = found.weights;
        state.time += 1.0;
        Ok(())
    }
}
