//! The gradient flow `w' = −∇E(w)` (so88 §3), by the embedded Runge–Kutta pair of Dormand and
//! Prince, orders 5 and 4, or by the method of [`super::stiff`].
//!
//! UNTRUSTED. One step is one accepted step of the integrator; its length follows the tolerance.

use super::stiff::Here;
use super::{Algorithm, State, Stuck};
use crate::train::number::add_scaled;
use crate::train::objective::Objective;
use crate::train::seed::Generator;

/// Parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Local error allowed per step, in each weight, relative to `1 + |w|`.
    pub tolerance: f64,
    /// Integrated with the Hessian, for flows that are stiff.
    pub stiff: bool,
}

impl Settings {
    /// The tolerance of a run that is itself the subject.
    pub const FINE: Self = Self::plain(1e-10);
    /// The tolerance of a stiff run that is itself the subject: a lower order takes shorter steps.
    pub const STIFF: Self = Self::stiff(1e-7);

    /// Dormand and Prince's pair.
    #[must_use]
    pub const fn plain(tolerance: f64) -> Self {
        Self {
            tolerance,
            stiff: false,
        }
    }

    /// Rosenbrock's method.
    #[must_use]
    pub const fn stiff(tolerance: f64) -> Self {
        Self {
            tolerance,
            stiff: true,
        }
    }
}

/// A run.
#[derive(Clone, Debug)]
pub struct Flow {
    settings: Settings,
    length: f64,
    /// What a refused stiff step need not compute anew.
    here: Option<Here>,
}

const STAGES: [[f64; 6]; 6] = [
    [1.0 / 5.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [3.0 / 40.0, 9.0 / 40.0, 0.0, 0.0, 0.0, 0.0],
    [44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0, 0.0, 0.0, 0.0],
    [
        19372.0 / 6561.0,
        -25360.0 / 2187.0,
        64448.0 / 6561.0,
        -212.0 / 729.0,
        0.0,
        0.0,
    ],
    [
        9017.0 / 3168.0,
        -355.0 / 33.0,
        46732.0 / 5247.0,
        49.0 / 176.0,
        -5103.0 / 18656.0,
        0.0,
    ],
    [
        35.0 / 384.0,
        0.0,
        500.0 / 1113.0,
        125.0 / 192.0,
        -2187.0 / 6784.0,
        11.0 / 84.0,
    ],
];
/// Order five minus order four.
const DIFFERENCE: [f64; 7] = [
    71.0 / 57600.0,
    0.0,
    -71.0 / 16695.0,
    71.0 / 1920.0,
    -17253.0 / 339_200.0,
    22.0 / 525.0,
    -1.0 / 40.0,
];
/// Steps are refused at most this often in a row.
const ATTEMPTS: usize = 60;

impl Flow {
    /// Begins with a short step.
    #[must_use]
    pub const fn new(settings: &Settings) -> Self {
        Self {
            settings: *settings,
            length: 1e-6,
            here: None,
        }
    }

    /// The end of a step of the present length, and its estimated error in units of the tolerance.
    fn attempt(&mut self, objective: &Objective, w: &[f64]) -> (Vec<f64>, f64) {
        let (end, difference) = if self.settings.stiff {
            self.rosenbrock(objective, w)
        } else {
            self.explicit(objective, w)
        };
        let scaled = difference
            .iter()
            .zip(w)
            .map(|(d, w)| d.abs() / (self.settings.tolerance * (1.0 + w.abs())));
        // The largest, where one that is not a number counts as infinite.
        let error = scaled.fold(0.0_f64, |most, d| if d <= most { most } else { d });
        (end, if error.is_nan() { f64::INFINITY } else { error })
    }

    fn rosenbrock(&mut self, objective: &Objective, w: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let here = self.here.take().filter(|here| here.is_at(w));
        let here = here.unwrap_or_else(|| Here::new(objective, w));
        let found = here.step(objective, self.length);
        self.here = Some(here);
        found.unwrap_or_else(|| (w.to_vec(), vec![f64::INFINITY; w.len()]))
    }

    /// The end of a step, and the difference of the two orders.
    fn explicit(&self, objective: &Objective, w: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let mut slopes: Vec<Vec<f64>> = vec![objective.gradient(w)];
        let mut end = w.to_vec();
        for stage in STAGES {
            end.copy_from_slice(w);
            for (factor, slope) in stage.iter().zip(&slopes) {
                add_scaled(&mut end, -self.length * factor, slope);
            }
            slopes.push(objective.gradient(&end));
        }
        let mut difference = vec![0.0; w.len()];
        for (factor, slope) in DIFFERENCE.iter().zip(&slopes) {
            add_scaled(&mut difference, self.length * factor, slope);
        }
        (end, difference)
    }
}

impl Algorithm for Flow {
    fn step(
        &mut self,
        objective: &Objective,
        state: &mut State,
        _: &mut Generator,
    ) -> Result<(), Stuck> {
        for _ in 0..ATTEMPTS {
            let (end, error) = self.attempt(objective, &state.weights);
            let taken = self.length;
            let order = if self.settings.stiff { 3.0 } else { 5.0 };
            self.length *= (0.9 * error.max(1e-10).powf(-1.0 / order)).clamp(0.2, 5.0);
            if error <= 1.0 {
                state.weights = end;
                state.time += taken;
                return Ok(());
            }
        }
        Err(Stuck::NoDescent)
    }
}
