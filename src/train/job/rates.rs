//! Rates and sizes that nobody gave.
//!
//! UNTRUSTED.

use crate::train::algorithm::presentation::Order;
use crate::train::algorithm::{
    Method, RateScale, batch, damped, diagonal, flow, momentum, newton, online,
};
use crate::train::objective::Objective;

/// The method with every rate that is not positive chosen: `1/λ` for the batch, with λ the largest eigenvalue of the square of the Jacobian
/// at the start (lb98 (39)); for one example at a time half of what the steepest example allows.
pub(super) fn chosen(method: &Method, objective: &Objective, start: &[f64]) -> Method {
    let largest = objective
        .jacobian_square(start)
        .symmetric_eigenvalues()
        .max();
    let batch = if largest > 0.0 {
        rounded(1.0 / largest)
    } else {
        0.01
    };
    let online = rounded(0.5 / objective.steepest(start).max(f64::MIN_POSITIVE));
    let or = |rate: f64, chosen: f64| if rate > 0.0 { rate } else { chosen };
    let mut method = method.clone();
    match &mut method {
        Method::Batch(settings) => settings.rate = or(settings.rate, batch),
        Method::Online(settings) => settings.rate = or(settings.rate, online),
        Method::Momentum(settings) => {
            settings.rate = or(settings.rate, if settings.online { online } else { batch })
        }
        Method::Diagonal(settings) => settings.rate = or(settings.rate, 0.01),
        Method::Flow(_)
        | Method::Damped(_)
        | Method::Newton(_)
        | Method::Conjugate
        | Method::Bfgs
        | Method::GaussNewton
        | Method::LevenbergMarquardt => {}
    }
    method
}

/// To two significant digits, downwards, so that a report can name it.
fn rounded(rate: f64) -> f64 {
    let exponent = rate.log10().floor() - 1.0;
    let digits = (rate / 10f64.powf(exponent)).floor();
    // Read back, so that the rate is the double nearest to what is printed.
    format!("{digits}e{exponent}").parse().unwrap_or(rate)
}

/// How many algorithms there are.
pub(super) const EVERY: usize = 11;
/// Most steps of a stochastic algorithm and of another, where every algorithm is run.
const STEPS: [u64; 2] = [20_000, 10_000];

/// Every algorithm with settings of its own, and the steps that it may take, at most `limit`.
pub(super) fn every(objective: &Objective, start: &[f64], limit: u64) -> Vec<(Method, u64)> {
    let scale = RateScale::Same;
    let schedule = online::Schedule::Constant;
    let all: [Method; EVERY] = [
        Method::Batch(batch::Settings { rate: 0.0, scale }),
        Method::Online(online::Settings {
            rate: 0.0,
            scale,
            schedule,
            order: Order::Random,
        }),
        Method::Flow(flow::Settings { tolerance: 1e-8 }),
        Method::Momentum(momentum::Settings {
            rate: 0.0,
            momentum: 0.9,
            online: false,
        }),
        Method::Damped(damped::Settings {
            beta: 1.0,
            masses: vec![1.0],
            interval: 0.02,
            batch: true,
        }),
        Method::Diagonal(diagonal::Settings {
            rate: 0.0,
            regularisation: 0.1,
            memory: 0.01,
        }),
        Method::Newton(newton::Settings { factor: 1.0 }),
        Method::Conjugate,
        Method::Bfgs,
        Method::GaussNewton,
        Method::LevenbergMarquardt,
    ];
    let sized = |method: &Method| {
        let method = chosen(method, objective, start);
        let steps = STEPS[usize::from(!method.is_stochastic())].min(limit);
        (method, steps)
    };
    all.iter().map(sized).collect()
}
