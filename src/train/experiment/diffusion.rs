//! The fluctuations of simple backpropagation around a minimum: predicted by fi92's Theorem 4.1,
//! and measured.
//!
//! UNTRUSTED. At a minimum of `h̄ = E/total`, with Hessian `H̄` and gradient covariance `R`, the
//! theorem's linear equation has the stationary covariance `C` of `H̄ C + C H̄ = R`, and `√η` times
//! its solution approximates the weights: their covariance is `η C`. The stationary limit is not
//! part of the theorem (it holds on bounded times); the measurement tests both.

use super::{Control, RUNS, stream};
use crate::train::algorithm::online::{Online, Settings};
use crate::train::algorithm::{Algorithm, State};
use crate::train::number::{real, real64, whole};
use crate::train::objective::Objective;
use crate::train::seed::generator;
use crate::train::spectrum::eigenvalues;
use crate::train::statistics::Mean;
use nalgebra::{DMatrix, DVector, SymmetricEigen};
use rayon::prelude::*;
use serde::Serialize;

/// One presentation in so many is measured.
const SKIP: u64 = 10;

/// Length of each run, in memories of the slowest direction: enough for a mean within a few per
/// cent.
pub const MEMORIES: f64 = 50.0;
/// Memories of the slowest direction that pass before anything is measured.
const SETTLING: f64 = 5.0;

/// The solution of `H C + C H = R` for symmetric `H` with positive eigenvalues, by diagonalising
/// `H`.
#[must_use]
pub fn lyapunov(h: DMatrix<f64>, r: &DMatrix<f64>) -> DMatrix<f64> {
    let SymmetricEigen {
        eigenvectors: q,
        eigenvalues,
    } = SymmetricEigen::new(h);
    let mut c = q.transpose() * r * &q;
    for i in 0..c.nrows() {
        for j in 0..c.ncols() {
            c[(i, j)] /= eigenvalues[i] + eigenvalues[j];
        }
    }
    &q * c * q.transpose()
}

/// The stationary covariance of `(w − w*)/√η` that Theorem 4.1 suggests at the minimum `w*`.
#[must_use]
pub fn predicted(objective: &Objective, minimum: &[f64]) -> DMatrix<f64> {
    let h = objective.hessian(minimum) / objective.examples().total();
    lyapunov(h, &objective.gradient_covariance(minimum))
}

/// One learning rate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fluctuation {
    /// The learning rate η.
    pub rate: f64,
    /// `tr(η C)`, predicted.
    pub predicted: f64,
    /// The mean of `‖w − w̄‖²` over time, averaged over the runs; w̄ is the mean of all runs.
    pub measured: Mean,
    /// Measured over predicted.
    pub ratio: f64,
    /// Norm of the difference of the two covariances, over the norm of the predicted one.
    pub difference: f64,
    /// `‖w̄ − w*‖²`: how far the mean is shifted from the minimum, which is of higher order in η
    /// and no part of the theorem.
    pub shift: f64,
}

/// First and second moments of `w − w*` over the time of a run.
struct Moments {
    first: DVector<f64>,
    second: DMatrix<f64>,
}

impl Moments {
    fn none(n: usize) -> Self {
        Self {
            first: DVector::zeros(n),
            second: DMatrix::zeros(n, n),
        }
    }

    /// The mean square distance from `centre`, which is given from w*.
    fn around(&self, centre: &DVector<f64>) -> f64 {
        self.second.trace() - 2.0 * self.first.dot(centre) + centre.norm_squared()
    }
}

/// The time in which the slowest direction forgets, in presentations at rate 1: `1/λ_min(H̄)`.
#[must_use]
pub fn memory(objective: &Objective, minimum: &[f64]) -> f64 {
    let smallest = eigenvalues(objective, minimum)
        .first()
        .copied()
        .unwrap_or(f64::NAN);
    objective.examples().total() / smallest
}

/// Measures the covariance around the mean, and the shift of the mean, at each rate: `runs` runs, each over `memories`
/// times [`memory`] after five to settle.
#[must_use]
pub fn fluctuations(
    objective: &Objective,
    minimum: &[f64],
    rates: &[f64],
    (runs, memories): (usize, f64),
    control: Control<'_>,
) -> Vec<Fluctuation> {
    let c = predicted(objective, minimum);
    let memory = memory(objective, minimum);
    let one = |rate: &f64| {
        let [settle, steps] = [SETTLING, memories].map(|memories| whole(memories * memory / rate));
        let moments: Vec<Moments> = (0..runs)
            .into_par_iter()
            .filter(|_| !control.stopped())
            .map(|index| {
                let stream = (control.seed, RUNS + stream(index));
                let moments = moments(objective, minimum, *rate, (settle, steps), stream);
                (control.finished)();
                moments
            })
            .collect();
        summary(&moments, &c, *rate)
    };
    rates.iter().map(one).collect()
}

/// The moments of all runs beside the prediction `c` for rate 1.
fn summary(moments: &[Moments], c: &DMatrix<f64>, rate: f64) -> Fluctuation {
    let mut mean = Moments::none(c.nrows());
    for run in moments {
        mean.first += &run.first / real(moments.len());
        mean.second += &run.second / real(moments.len());
    }
    let around = |run: &Moments| run.around(&mean.first);
    let measured = Mean::of(&moments.iter().map(around).collect::<Vec<_>>());
    let covariance = &mean.second - &mean.first * mean.first.transpose();
    let expected = c * rate;
    let predicted = expected.trace();
    Fluctuation {
        rate,
        predicted,
        measured,
        ratio: measured.mean / predicted,
        difference: (covariance - &expected).norm() / expected.norm(),
        shift: mean.first.norm_squared(),
    }
}

fn moments(
    objective: &Objective,
    minimum: &[f64],
    rate: f64,
    (settle, steps): (u64, u64),
    (seed, stream): (u64, u64),
) -> Moments {
    let mut online = Online::new(&Settings::simple(rate), objective, minimum);
    let (mut state, mut noise) = (State::new(minimum.to_vec()), generator(seed, stream));
    let centre = DVector::from_column_slice(minimum);
    let mut sums = Moments::none(minimum.len());
    for step in 0..settle + steps {
        if online.step(objective, &mut state, &mut noise).is_err() {
            break;
        }
        if step >= settle && (step - settle) % SKIP == 0 {
            let away = DVector::from_column_slice(&state.weights) - &centre;
            sums.second.ger(1.0, &away, &away, 1.0);
            sums.first += away;
        }
    }
    let count = real64(steps.div_ceil(SKIP).max(1));
    Moments {
        first: sums.first / count,
        second: sums.second / count,
    }
}
