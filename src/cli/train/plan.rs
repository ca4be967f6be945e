//! The plan that the options of `spurious train` mean.

use super::arguments::TrainArguments;
use super::words::{Algorithm, ExperimentName, Output, Prepared, Presented, Scaling};
use crate::train::algorithm::presentation::Order;
use crate::train::algorithm::{
    Method, RateScale, batch, damped, diagonal, flow, momentum, newton, online,
};
use crate::train::experiment::defaults::{DIFFUSION_RATES, ESCAPE_RATES, SEARCH_SCALE};
use crate::train::experiment::plan::{Model, Plan, Preparation, Quantity, Rate, Sought, Start};
use crate::train::named::Named;
use crate::train::preparation::Inputs;
use crate::train::run::Limits;
use crate::train::sigmoid::Sigmoid;

impl TrainArguments {
    /// The plan; what was not given is the example's, where the data is one.
    pub(super) fn plan(&self, example: Option<&Named>) -> Plan {
        let model = self.model(example);
        let quantity = self.quantity();
        let start = match (&self.start, self.scale) {
            (Some(weights), _) => Start::At(weights.clone()),
            (None, Some(scale)) => Start::Cube(scale),
            (None, None) => Start::default_for(&model.hidden),
        };
        Plan {
            start,
            model,
            preparation: Preparation {
                inputs: self.inputs(),
                target_scale: self.target_scale,
            },
            method: self.method(),
            rate: Rate::OfMethod,
            limits: Limits {
                steps: self.steps.unwrap_or_else(|| quantity.default_steps()),
                tolerance: self.tolerance,
                ..Limits::DEFAULT
            },
            runs: self.starts.unwrap_or_else(|| quantity.default_runs()),
            seed: self.seed,
            minimum: Sought {
                near: self.minimum.clone(),
                scale: self.scale.unwrap_or(SEARCH_SCALE),
            },
            quantity,
        }
    }

    fn model(&self, example: Option<&Named>) -> Model {
        let tanh = match (self.recommended, example) {
            (true, _) => Sigmoid::RECOMMENDED,
            (false, Some(example)) => example.sigmoid,
            (false, None) => Sigmoid::TANH,
        };
        let sigmoid = tanh.twisted(tanh.twist + self.twist);
        let output = match (self.output_unit, example) {
            (Some(Output::Linear), _) => Sigmoid::LINEAR,
            (None, Some(example)) if !self.recommended => {
                example.output.twisted(example.output.twist + self.twist)
            }
            (Some(Output::Tanh) | None, _) => sigmoid,
        };
        let layers = || example.map(|example| example.hidden.to_vec());
        Model {
            hidden: self.hidden.clone().or_else(layers).unwrap_or_default(),
            sigmoid,
            output,
        }
    }

    fn inputs(&self) -> Inputs {
        match self.inputs {
            Prepared::Raw => Inputs::Raw,
            Prepared::Centred => Inputs::Centred,
            Prepared::Normalised => Inputs::Normalised,
            Prepared::Decorrelated => Inputs::Decorrelated,
        }
    }

    fn quantity(&self) -> Quantity {
        let rates = |usual: &[f64]| self.rates.clone().unwrap_or_else(|| usual.to_vec());
        match self.experiment {
            ExperimentName::Run => Quantity::Runs,
            ExperimentName::Search => Quantity::Minima,
            ExperimentName::Basins => Quantity::Basins {
                scales: self.scales.clone(),
                every: self.algorithm.is_none(),
            },
            ExperimentName::Map => Quantity::Map { side: self.side },
            ExperimentName::Escape => Quantity::Escape {
                rates: rates(&ESCAPE_RATES),
                betas: self.betas.clone(),
                mass: self.mass.as_deref().and_then(<[f64]>::first).copied(),
            },
            ExperimentName::Diffusion => Quantity::Diffusion {
                rates: rates(&DIFFUSION_RATES),
            },
            ExperimentName::Growth => Quantity::Growth,
            ExperimentName::Eigenvalues => Quantity::Eigenvalues,
            ExperimentName::Compare => Quantity::Comparison,
            ExperimentName::Confirm => Quantity::Confirmation,
        }
    }

    fn online(&self, rate: f64, scale: RateScale) -> online::Settings {
        let schedule = match (self.anneal, self.adaptive.as_deref()) {
            (Some(after), _) => online::Schedule::Annealed { after },
            (None, Some(&[alpha, beta, delta])) => {
                online::Schedule::Adaptive { alpha, beta, delta }
            }
            (None, _) => online::Schedule::Constant,
        };
        let order = match self.order {
            Presented::Random => Order::Random,
            Presented::Shuffled => Order::Shuffled,
            Presented::Emphasised => Order::Emphasised,
        };
        online::Settings {
            rate,
            scale,
            schedule,
            order,
        }
    }

    /// The method; a rate that was not given is 0, and chosen from the curvature.
    fn method(&self) -> Method {
        let rate = self.rate.unwrap_or(0.0);
        let scale = match self.rate_scale {
            Scaling::Same => RateScale::Same,
            Scaling::FanIn => RateScale::FanIn,
            Scaling::Curvature => RateScale::Curvature,
        };
        match self.algorithm.unwrap_or(Algorithm::Batch) {
            Algorithm::Batch => Method::Batch(batch::Settings { rate, scale }),
            Algorithm::Online => Method::Online(self.online(rate, scale)),
            Algorithm::Flow => Method::Flow(flow::Settings::FINE),
            Algorithm::Momentum => Method::Momentum(momentum::Settings {
                rate,
                momentum: self.momentum,
                online: self.online,
            }),
            Algorithm::Damped => Method::Damped(damped::Settings {
                beta: self.beta,
                masses: self.mass.clone().unwrap_or_else(|| vec![damped::MASS]),
                interval: self.interval,
                batch: !self.online,
            }),
            Algorithm::Diagonal => Method::Diagonal(diagonal::Settings {
                rate,
                regularisation: self.regularisation,
                memory: diagonal::MEMORY,
            }),
            Algorithm::Newton => Method::Newton(newton::Settings::FULL),
            Algorithm::Conjugate => Method::Conjugate,
            Algorithm::Bfgs => Method::Bfgs,
            Algorithm::GaussNewton => Method::GaussNewton,
            Algorithm::LevenbergMarquardt => Method::LevenbergMarquardt,
        }
    }
}
