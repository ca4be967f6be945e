//! What the options of `spurious train` mean.

use super::arguments::TrainArguments;
use super::words::{Algorithm, Experiment, Output, Prepared, Presented, Scaling};
use crate::train::algorithm::presentation::Order;
use crate::train::algorithm::{
    Method, RateScale, batch, damped, diagonal, flow, momentum, newton, online,
};
use crate::train::job::{Options, Task};
use crate::train::named::Named;
use crate::train::preparation::Inputs;
use crate::train::run::Limits;
use crate::train::sigmoid::Sigmoid;

impl TrainArguments {
    /// The job; what was not given is the example's, where the data is one.
    pub(super) fn options(&self, example: Option<&Named>) -> Options {
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
        let inputs = match self.inputs {
            Prepared::Raw => Inputs::Raw,
            Prepared::Centred => Inputs::Centred,
            Prepared::Normalised => Inputs::Normalised,
            Prepared::Decorrelated => Inputs::Decorrelated,
        };
        let hidden = self
            .hidden
            .clone()
            .or_else(|| example.map(|example| example.hidden.to_vec()));
        let steps = self.steps.unwrap_or_else(|| self.experiment.steps());
        Options {
            hidden: hidden.unwrap_or_default(),
            sigmoid,
            output,
            inputs,
            target_scale: self.target_scale,
            method: self.method(),
            task: self.task(),
            start: self.start.clone(),
            scale: self.scale,
            starts: self
                .starts
                .unwrap_or_else(|| self.experiment.starts(self.algorithm.is_none())),
            minimum: self.minimum.clone(),
            limits: Limits {
                steps,
                tolerance: self.tolerance,
                ..Limits::default()
            },
        }
    }

    fn task(&self) -> Task {
        let rates = self
            .rates
            .clone()
            .unwrap_or_else(|| self.experiment.rates());
        match self.experiment {
            Experiment::Run => Task::Run,
            Experiment::Search => Task::Search,
            Experiment::Basins => Task::Basins {
                scales: self.scales.clone(),
                every: self.algorithm.is_none(),
            },
            Experiment::Map => Task::Map { side: self.side },
            Experiment::Escape => {
                let mass = self.mass.as_deref().and_then(<[f64]>::first).copied();
                Task::Escape {
                    rates,
                    betas: self.betas.clone(),
                    mass,
                }
            }
            Experiment::Diffusion => Task::Diffusion { rates },
            Experiment::Growth => Task::Growth,
            Experiment::Eigenvalues => Task::Eigenvalues,
            Experiment::Compare => Task::Compare,
            Experiment::Confirm => Task::Confirm,
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
            Algorithm::Flow => Method::Flow(flow::Settings { tolerance: 1e-10 }),
            Algorithm::Momentum => Method::Momentum(momentum::Settings {
                rate,
                momentum: self.momentum,
                online: self.online,
            }),
            Algorithm::Damped => Method::Damped(damped::Settings {
                beta: self.beta,
                masses: self.mass.clone().unwrap_or_else(|| vec![1.0]),
                interval: self.interval,
                batch: !self.online,
            }),
            Algorithm::Diagonal => Method::Diagonal(diagonal::Settings {
                rate,
                regularisation: self.regularisation,
                memory: 0.01,
            }),
            Algorithm::Newton => Method::Newton(newton::Settings { factor: 1.0 }),
            Algorithm::Conjugate => Method::Conjugate,
            Algorithm::Bfgs => Method::Bfgs,
            Algorithm::GaussNewton => Method::GaussNewton,
            Algorithm::LevenbergMarquardt => Method::LevenbergMarquardt,
        }
    }
}
