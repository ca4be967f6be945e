//! The course of the rate of a stochastic algorithm: constant, annealed, or adapted to the average
//! gradient (lb98 (12), (17)–(19)).
//!
//! UNTRUSTED. As printed, (17) has `w(t+1)` on both sides; the code has `w(t)` on the right.

use crate::train::number::norm;

/// The course of the rate.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Schedule {
    /// Never changed (fi92).
    #[default]
    Constant,
    /// `η_t = η / (1 + t/after)`, which is `c/t` of lb98 (12) with `c = η · after` once t is large.
    Annealed {
        /// Presentations after which the rate is halved.
        after: f64,
    },
    /// `r ← (1 − δ) r + δ ∂U`, `η ← η + α η (β ‖r‖ − η)`, lb98 (18), (19).
    Adaptive {
        /// α of (19).
        alpha: f64,
        /// β of (19).
        beta: f64,
        /// δ of (18), between 0 and 1.
        delta: f64,
    },
}

impl Schedule {
    /// Describes it in words, after the rate at the start.
    #[must_use]
    pub fn describe(self) -> String {
        match self {
            Self::Constant => String::new(),
            Self::Annealed { after } => format!(", annealed after {after}"),
            Self::Adaptive { alpha, beta, delta } => {
                format!(", adapted with {alpha}, {beta}, {delta}")
            }
        }
    }
}

/// A rate on its course.
#[derive(Clone, Debug)]
pub struct Course {
    schedule: Schedule,
    first: f64,
    rate: f64,
    shown: f64,
    average: Vec<f64>,
}

impl Course {
    /// Begins at this rate, for `n` weights.
    #[must_use]
    pub fn new(schedule: Schedule, rate: f64, n: usize) -> Self {
        Self {
            schedule,
            first: rate,
            rate,
            shown: 0.0,
            average: vec![0.0; n],
        }
    }

    /// The rate now.
    #[must_use]
    pub const fn rate(&self) -> f64 {
        self.rate
    }

    /// Goes on after a step along this gradient of one example.
    pub fn advance(&mut self, gradient: &[f64]) {
        self.shown += 1.0;
        match self.schedule {
            Schedule::Constant => {}
            Schedule::Annealed { after } => self.rate = self.first / (1.0 + self.shown / after),
            Schedule::Adaptive { alpha, beta, delta } => {
                for (r, g) in self.average.iter_mut().zip(gradient) {
                    *r = (1.0 - delta) * *r + delta * g;
                }
                self.rate += alpha * self.rate * (beta * norm(&self.average) - self.rate);
            }
        }
    }
}
