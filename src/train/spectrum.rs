//! Estimates of the largest Hessian eigenvalue without the Hessian (lb98 §9.2), and the Hessian's
//! eigenvalues themselves.
//!
//! UNTRUSTED. All three estimates end at the eigenvalue of largest modulus; `1/λ` is then the
//! optimal rate (lb98 (39)) for the error at hand.

use super::network::Tape;
use super::number::{add_scaled, norm};
use super::objective::Objective;
use super::seed::{Generator, direction};
use crate::train::algorithm::presentation::{Order, Presentation};

/// An estimate of the principal eigenvalue and its vector.
#[derive(Clone, Debug, PartialEq)]
pub struct Eigenpair {
    /// The norm of the iterated vector.
    pub eigenvalue: f64,
    /// The iterated vector, of norm 1.
    pub vector: Vec<f64>,
}

/// Parameters of the online estimate (64).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leak {
    /// The length α of the perturbation.
    pub alpha: f64,
    /// The weight γ of the newest example.
    pub gamma: f64,
}

impl Eigenpair {
    fn of(vector: Vec<f64>) -> Self {
        let eigenvalue = norm(&vector);
        Self {
            eigenvalue,
            vector: unit(vector),
        }
    }
}

fn unit(mut vector: Vec<f64>) -> Vec<f64> {
    let length = norm(&vector);
    if length > 0.0 {
        for entry in &mut vector {
            *entry /= length;
        }
    }
    vector
}

/// The power method `Ψ ← H Ψ/‖Ψ‖` (lb98 (60)), with exact products.
#[must_use]
pub fn power(
    objective: &Objective,
    w: &[f64],
    iterations: usize,
    generator: &mut Generator,
) -> Eigenpair {
    let mut vector = direction(generator, w.len());
    for _ in 0..iterations {
        vector = objective.hessian_times(w, &unit(vector));
    }
    Eigenpair::of(vector)
}

/// `Ψ ← (∇E(w + α Ψ/‖Ψ‖) − ∇E(w))/α` (lb98 (63)).
#[must_use]
pub fn taylor(
    objective: &Objective,
    w: &[f64],
    alpha: f64,
    iterations: usize,
    generator: &mut Generator,
) -> Eigenpair {
    let gradient = objective.gradient(w);
    let mut vector = direction(generator, w.len());
    for _ in 0..iterations {
        let mut moved = w.to_vec();
        add_scaled(&mut moved, alpha, &unit(vector));
        vector = objective
            .gradient(&moved)
            .iter()
            .zip(&gradient)
            .map(|(a, b)| (a - b) / alpha)
            .collect();
    }
    Eigenpair::of(vector)
}

/// The running average of (63) over examples drawn at random (lb98 (64)), times the total weight of
/// the examples, so that it estimates the eigenvalue of the Hessian of E.
#[must_use]
pub fn online(
    objective: &Objective,
    w: &[f64],
    leak: Leak,
    presentations: usize,
    generator: &mut Generator,
) -> Eigenpair {
    let mut presentation = Presentation::new(Order::Random, objective.examples());
    let (mut here, mut there, mut tape) = (vec![0.0; w.len()], vec![0.0; w.len()], Tape::default());
    let mut vector = direction(generator, w.len());
    for _ in 0..presentations {
        let index = presentation.next(generator);
        let mut moved = w.to_vec();
        add_scaled(&mut moved, leak.alpha, &unit(vector.clone()));
        objective.example_gradient(index, w, &mut tape, &mut here);
        objective.example_gradient(index, &moved, &mut tape, &mut there);
        for ((v, a), b) in vector.iter_mut().zip(&there).zip(&here) {
            *v = (1.0 - leak.gamma) * *v + leak.gamma / leak.alpha * (a - b);
        }
    }
    let pair = Eigenpair::of(vector);
    Eigenpair {
        eigenvalue: pair.eigenvalue * objective.examples().total(),
        ..pair
    }
}

/// The eigenvalues of the Hessian, smallest first.
#[must_use]
pub fn eigenvalues(objective: &Objective, w: &[f64]) -> Vec<f64> {
    let mut values: Vec<f64> = objective
        .hessian(w)
        .symmetric_eigenvalues()
        .iter()
        .copied()
        .collect();
    values.sort_by(f64::total_cmp);
    values
}
