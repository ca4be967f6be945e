//! Damped second-order dynamics: `μ w'' + β μ w' + Σ_κ g_κ δ(t − t_κ) = 0` (fr14 (3)).
//!
//! UNTRUSTED. Between the impulses the motion is solved exactly: the velocity decays by `e^{−βΔ}`
//! and the weights drift by `v (1 − e^{−βΔ})/β`; an impulse changes the velocity by `−g/μ`. With
//! `βΔ` large this is online backpropagation of rate `η = 1/(βμ)` (fr14, Theorem 3). With `batch`
//! the impulse is `Δ ∇E(w)`, and as Δ → 0 the motion tends to that of a particle in the potential
//! E.

use super::presentation::{Order, Presentation};
use super::{Algorithm, Energies, State, Stuck};
use crate::train::exponential::exp;
use crate::train::network::Tape;
use crate::train::objective::Objective;
use crate::train::seed::Generator;

/// Parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The damping β ≥ 0.
    pub beta: f64,
    /// The mass μ of every weight, or one for each.
    pub masses: Vec<f64>,
    /// The time Δ between impulses.
    pub interval: f64,
    /// The batch as a continuous force instead of one example at a time.
    pub batch: bool,
    /// Which example comes next.
    pub order: Order,
}

/// The usual damping.
pub const DAMPING: f64 = 1.0;
/// The usual mass of every weight.
pub const MASS: f64 = 1.0;
/// The usual time between impulses: short enough that the batch acts as a continuous force.
pub const INTERVAL: f64 = 0.02;

impl Default for Settings {
    /// The batch as a continuous force.
    fn default() -> Self {
        Self {
            beta: DAMPING,
            masses: vec![MASS],
            interval: INTERVAL,
            batch: true,
            order: Order::Random,
        }
    }
}

impl Settings {
    /// One example in each unit of time, as fr14 has it.
    #[must_use]
    pub fn impulses(beta: f64, mass: f64) -> Self {
        Self {
            beta,
            masses: vec![mass],
            interval: 1.0,
            batch: false,
            order: Order::Random,
        }
    }
}

/// A run; what it dissipates is kept, for the energy balance of fr14 §4.
#[derive(Clone, Debug)]
pub struct Damped {
    settings: Settings,
    presentation: Presentation,
    /// `e^{−βΔ}`.
    decay: f64,
    /// `(1 − e^{−βΔ})/β`.
    drift: f64,
    masses: Vec<f64>,
    velocity: Vec<f64>,
    gradient: Vec<f64>,
    tape: Tape<f64>,
    dissipated: f64,
    work: f64,
}

impl Damped {
    /// Begins at rest.
    #[must_use]
    pub fn new(settings: &Settings, objective: &Objective) -> Self {
        let n = objective.dimension();
        let decay = exp(-settings.beta * settings.interval);
        let drift = if settings.beta > 0.0 {
            (1.0 - decay) / settings.beta
        } else {
            settings.interval
        };
        let masses = (0..n).map(|i| {
            settings
                .masses
                .get(i)
                .or(settings.masses.last())
                .copied()
                .unwrap_or(1.0)
        });
        Self {
            settings: settings.clone(),
            presentation: Presentation::new(settings.order, objective.examples()),
            decay,
            drift,
            masses: masses.collect(),
            velocity: vec![0.0; n],
            gradient: vec![0.0; n],
            tape: Tape::default(),
            dissipated: 0.0,
            work: 0.0,
        }
    }

    /// The kinetic energy `T = ½ Σ μ v²` (fr14 (1)).
    fn kinetic(&self) -> f64 {
        0.5 * self
            .masses
            .iter()
            .zip(&self.velocity)
            .map(|(m, v)| m * v * v)
            .sum::<f64>()
    }

    fn impulse(&mut self, objective: &Objective, w: &[f64], generator: &mut Generator) {
        let strength = if self.settings.batch {
            objective.gradient_into(w, &mut self.gradient);
            self.settings.interval
        } else {
            let index = self.presentation.next(generator);
            let error = objective.example_gradient(index, w, &mut self.tape, &mut self.gradient);
            self.presentation.saw(index, error);
            1.0
        };
        for ((v, g), mass) in self
            .velocity
            .iter_mut()
            .zip(&self.gradient)
            .zip(&self.masses)
        {
            *v -= strength * g / mass;
        }
    }
}

impl Algorithm for Damped {
    fn step(
        &mut self,
        objective: &Objective,
        state: &mut State,
        generator: &mut Generator,
    ) -> Result<(), Stuck> {
        let rest = self.kinetic();
        self.impulse(objective, &state.weights, generator);
        let before = self.kinetic();
        self.work += before - rest;
        for (w, v) in state.weights.iter_mut().zip(&mut self.velocity) {
            *w += self.drift * *v;
            *v *= self.decay;
        }
        self.dissipated += before - self.kinetic();
        state.time += self.settings.interval;
        Ok(())
    }

    fn energies(&self) -> Option<Energies> {
        Some(Energies {
            kinetic: self.kinetic(),
            dissipated: self.dissipated,
            work: self.work,
        })
    }
}
