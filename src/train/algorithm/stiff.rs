//! One step of the gradient flow where it is stiff: Rosenbrock's method RODAS3, of order 3 with an
//! error estimate of order 2.
//!
//! UNTRUSTED. Its steps are as long as the solution is smooth, also where the Hessian has large
//! eigenvalues: weights that grow like log t are followed over any number of decades. Each step
//! takes the Hessian once and solves with `1/(hγ) + H` four times (Sandu and others, 1997).

use crate::train::number::add_scaled;
use crate::train::objective::Objective;
use nalgebra::{DMatrix, DVector, Dyn, LU};

/// The weights, the gradient and the Hessian at the beginning of a step.
#[derive(Clone, Debug)]
pub struct Here {
    weights: Vec<f64>,
    gradient: Vec<f64>,
    hessian: DMatrix<f64>,
}

/// γ of the method.
const GAMMA: f64 = 0.5;

impl Here {
    /// At these weights.
    #[must_use]
    pub fn new(objective: &Objective, weights: &[f64]) -> Self {
        Self {
            weights: weights.to_vec(),
            gradient: objective.gradient(weights),
            hessian: objective.hessian(weights),
        }
    }

    /// Tells whether these are the weights.
    #[must_use]
    pub fn is_at(&self, weights: &[f64]) -> bool {
        self.weights == weights
    }

    /// The end of a step of this length, and its estimated error in each weight.
    #[must_use]
    pub fn step(&self, objective: &Objective, length: f64) -> Option<(Vec<f64>, Vec<f64>)> {
        let mut matrix = self.hessian.clone();
        for i in 0..matrix.nrows() {
            matrix[(i, i)] += 1.0 / (length * GAMMA);
        }
        let stages = Stages {
            matrix: matrix.lu(),
            length,
        };
        let first = stages.solve(&self.gradient, &[])?;
        let second = stages.solve(&self.gradient, &[(4.0, &first)])?;
        let mut end = self.weights.clone();
        add_scaled(&mut end, 2.0, &first);
        let between = [(1.0, first.as_slice()), (-1.0, second.as_slice())];
        let third = stages.solve(&objective.gradient(&end), &between)?;
        add_scaled(&mut end, 1.0, &third);
        let all = [between[0], between[1], (-8.0 / 3.0, third.as_slice())];
        let last = stages.solve(&objective.gradient(&end), &all)?;
        add_scaled(&mut end, 1.0, &last);
        Some((end, last))
    }
}

struct Stages {
    matrix: LU<f64, Dyn, Dyn>,
    length: f64,
}

impl Stages {
    /// The stage with this gradient and these multiples of earlier stages.
    fn solve(&self, gradient: &[f64], earlier: &[(f64, &[f64])]) -> Option<Vec<f64>> {
        let mut right: Vec<f64> = gradient.iter().map(|g| -g).collect();
        for (factor, stage) in earlier {
            add_scaled(&mut right, factor / self.length, stage);
        }
        let stage = self.matrix.solve(&DVector::from_vec(right))?;
        let stage: Vec<f64> = stage.iter().copied().collect();
        stage.iter().all(|entry| entry.is_finite()).then_some(stage)
    }
}
