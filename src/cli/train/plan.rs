//! The plan that the options of `spurious train` mean.

use super::arguments::TrainArguments;
use super::settings::schedule;
use super::words::{Algorithm, ExperimentName, Output, Prepared, Presented, Response, Scaling};
use crate::train::algorithm::conjugate::Factor;
use crate::train::algorithm::presentation::Order;
use crate::train::algorithm::{
    Method, RateScale, batch, damped, diagonal, flow, momentum, newton, online,
};
use crate::train::experiment::defaults::{
    BASIN_SCALES, DIFFUSION_RATES, ESCAPE_RATES, MAP_SIDE, SEARCH_SCALE,
};
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
            (Some(weights), _) => Start::At(weights.0.clone()),
            (None, Some(scale)) => Start::Cube(scale),
            (None, None) => Start::default_for(&model.hidden),
        };
        Plan {
            start,
            model,
            preparation: Preparation {
                inputs: self.inputs(),
                target_scale: self.target_scale.unwrap_or(1.0),
            },
            method: self.method(),
            rate: Rate::OfMethod,
            limits: Limits {
                steps: self.steps.unwrap_or_else(|| quantity.default_steps()),
                tolerance: self.tolerance.unwrap_or(Limits::DEFAULT.tolerance),
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
        let logistic = matches!(self.unit, Some(Response::Logistic));
        let plain = match (self.recommended, example) {
            (true, _) => Sigmoid::RECOMMENDED,
            (false, Some(example)) => example.sigmoid,
            (false, None) if logistic => Sigmoid::LOGISTIC,
            (false, None) => Sigmoid::TANH,
        };
        let twist = self.twist.unwrap_or(0.0);
        let sigmoid = plain.twisted(plain.twist + twist);
        let output = match (self.output_unit, example) {
            (Some(Output::Linear), _) => Sigmoid::LINEAR,
            (None, Some(example)) if !self.recommended => {
                example.output.twisted(example.output.twist + twist)
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
            Some(Prepared::Raw) | None => Inputs::Raw,
            Some(Prepared::Centred) => Inputs::Centred,
            Some(Prepared::Normalised) => Inputs::Normalised,
            Some(Prepared::Decorrelated) => Inputs::Decorrelated,
        }
    }

    fn quantity(&self) -> Quantity {
        let rates = |usual: &[f64]| self.rates.clone().unwrap_or_else(|| usual.to_vec());
        match self.experiment {
            ExperimentName::Run => Quantity::Runs,
            ExperimentName::Search => Quantity::Minima,
            ExperimentName::Basins => Quantity::Basins {
                scales: self.scales.clone().unwrap_or_else(|| BASIN_SCALES.to_vec()),
                every: self.algorithm.is_none(),
            },
            ExperimentName::Map => Quantity::Map {
                side: self.side.unwrap_or(MAP_SIDE),
            },
            ExperimentName::Escape => Quantity::Escape {
                rates: rates(&ESCAPE_RATES),
                betas: self.betas.clone().unwrap_or_default(),
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

    fn order(&self) -> Order {
        match self.order {
            Some(Presented::Random) | None => Order::Random,
            Some(Presented::Shuffled) => Order::Shuffled,
            Some(Presented::Emphasised) => Order::Emphasised,
        }
    }

    fn rate_scale(&self) -> RateScale {
        match self.rate_scale {
            Some(Scaling::Same) | None => RateScale::Same,
            Some(Scaling::FanIn) => RateScale::FanIn,
            Some(Scaling::Curvature) => RateScale::Curvature,
        }
    }

    /// The damped dynamics; a rate stands for the mass `1/(βη)` of its strong limit.
    fn damped(&self) -> damped::Settings {
        let beta = self.beta.unwrap_or(damped::DAMPING);
        let masses = match (self.rate, &self.mass) {
            (Some(rate), _) => vec![1.0 / (beta * rate)],
            (None, Some(masses)) => masses.clone(),
            (None, None) => vec![damped::MASS],
        };
        damped::Settings {
            beta,
            masses,
            interval: self.interval.unwrap_or(damped::INTERVAL),
            batch: !self.online,
            order: self.order(),
        }
    }

    /// The method; a rate that was not given is 0, and chosen from the curvature.
    fn method(&self) -> Method {
        let (rate, scale) = (self.rate.unwrap_or(0.0), self.rate_scale());
        let (order, schedule) = (self.order(), schedule(self));
        match self.meant() {
            Algorithm::Batch => Method::Batch(batch::Settings {
                rate,
                scale,
                guarded: false,
            }),
            Algorithm::Online => Method::Online(online::Settings {
                rate,
                scale,
                schedule,
                order,
            }),
            Algorithm::Flow => Method::Flow(flow::Settings::FINE),
            Algorithm::StiffFlow => Method::Flow(flow::Settings::STIFF),
            Algorithm::Momentum => Method::Momentum(momentum::Settings {
                rate,
                momentum: self.momentum.unwrap_or(momentum::STRENGTH),
                scale,
                online: self.online,
                schedule,
                order,
            }),
            Algorithm::Damped => Method::Damped(self.damped()),
            Algorithm::Diagonal => Method::Diagonal(diagonal::Settings {
                rate,
                regularisation: self.regularisation.unwrap_or(diagonal::REGULARISATION),
                memory: diagonal::MEMORY,
                schedule,
                order,
            }),
            Algorithm::Newton => Method::Newton(newton::Settings {
                factor: self.rate.unwrap_or(1.0),
            }),
            Algorithm::Conjugate => Method::Conjugate(Factor::PolakRibiere),
            Algorithm::FletcherReeves => Method::Conjugate(Factor::FletcherReeves),
            Algorithm::Bfgs => Method::Bfgs,
            Algorithm::GaussNewton => Method::GaussNewton,
            Algorithm::LevenbergMarquardt => Method::LevenbergMarquardt,
        }
    }
}
