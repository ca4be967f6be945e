//! Rates that nobody gave, and every algorithm at rates of its own.
//!
//! UNTRUSTED.

use crate::train::algorithm::batch::Batch;
use crate::train::algorithm::conjugate::Factor;
use crate::train::algorithm::{
    Algorithm, Method, RateScale, State, batch, damped, diagonal, flow, momentum, newton, online,
};
use crate::train::objective::Objective;
use crate::train::seed::generator;

/// The rate of the diagonal method, and of batch descent where the curvature vanishes.
const CAUTIOUS: f64 = 0.01;
/// Steps of guarded descent after which its rate is taken to fit.
const TRIAL: usize = 2_000;

/// Tells whether the method has a rate that is still to be chosen.
#[must_use]
pub const fn lacks_rate(method: &Method) -> bool {
    let rate = match method {
        Method::Batch(settings) => settings.rate,
        Method::Online(settings) => settings.rate,
        Method::Momentum(settings) => settings.rate,
        Method::Diagonal(settings) => settings.rate,
        Method::Flow(_)
        | Method::Damped(_)
        | Method::Newton(_)
        | Method::Conjugate(_)
        | Method::Bfgs
        | Method::GaussNewton
        | Method::LevenbergMarquardt => return false,
    };
    rate <= 0.0
}

/// The method with its rate chosen, where it is 0.
///
/// Batch descent of a single unit gets the inverse of a bound of the curvature over all weights: it
/// never climbs. Of a network it begins at `1/λ`, λ the largest eigenvalue of the square of the
/// Jacobian at the start (lb98 (39)), and is guarded. Momentum gets the rate at which guarded
/// descent ends. One example at a time gets half of what the steepest example allows.
#[must_use]
pub fn chosen(method: &Method, objective: &Objective, start: &[f64]) -> Method {
    let mut method = method.clone();
    if !lacks_rate(&method) {
        return method;
    }
    let online = || rounded(0.5 / objective.steepest(start).max(f64::MIN_POSITIVE));
    match &mut method {
        Method::Batch(settings) => {
            let safe = safe(objective).filter(|_| settings.scale == RateScale::Same);
            settings.guarded = safe.is_none();
            settings.rate = safe.unwrap_or_else(|| optimal(objective, start));
        }
        Method::Online(settings) => settings.rate = online(),
        Method::Momentum(settings) if settings.online => settings.rate = online(),
        Method::Momentum(settings) => {
            settings.rate = safe(objective)
                .filter(|_| settings.scale == RateScale::Same)
                .unwrap_or_else(|| tried(objective, start, settings.scale));
        }
        Method::Diagonal(settings) => settings.rate = CAUTIOUS,
        Method::Flow(_)
        | Method::Damped(_)
        | Method::Newton(_)
        | Method::Conjugate(_)
        | Method::Bfgs
        | Method::GaussNewton
        | Method::LevenbergMarquardt => {}
    }
    method
}

/// The rate at which descent of a single bounded unit never climbs.
fn safe(objective: &Objective) -> Option<f64> {
    let bound = objective.lines()?.smoothness();
    (bound > 0.0).then(|| rounded(1.0 / bound))
}

/// `1/λ` at the start, lb98 (39).
fn optimal(objective: &Objective, start: &[f64]) -> f64 {
    let largest = objective
        .jacobian_square(start)
        .symmetric_eigenvalues()
        .max();
    if largest > 0.0 {
        rounded(1.0 / largest)
    } else {
        CAUTIOUS
    }
}

/// The rate at which guarded descent from the start ends.
fn tried(objective: &Objective, start: &[f64], scale: RateScale) -> f64 {
    let settings = batch::Settings {
        scale,
        ..batch::Settings::guarded(optimal(objective, start))
    };
    let mut descent = Batch::new(&settings, objective, start);
    let (mut state, mut none) = (State::new(start.to_vec()), generator(0, 0));
    for _ in 0..TRIAL {
        if descent.step(objective, &mut state, &mut none).is_err() {
            break;
        }
    }
    descent.rate()
}

/// To two significant digits, downwards, so that a report can name it.
fn rounded(rate: f64) -> f64 {
    let exponent = rate.log10().floor() - 1.0;
    let digits = (rate / 10f64.powf(exponent)).floor();
    // Read back, so that the rate is the double nearest to what is printed.
    format!("{digits}e{exponent}").parse().unwrap_or(rate)
}

/// Number of algorithms.
pub const EVERY: usize = 12;
/// Most steps of a stochastic algorithm, where every algorithm is run.
const STOCHASTIC_STEPS: u64 = 20_000;
/// Most steps of another algorithm there.
const STEPS: u64 = 10_000;
/// Tolerance of the flow there: its end is settled by another flow anyway.
const FLOW: flow::Settings = flow::Settings::plain(1e-8);

/// Every algorithm with settings of its own, and the steps that it may take, at most `limit`.
#[must_use]
pub fn every(objective: &Objective, start: &[f64], limit: u64) -> Vec<(Method, u64)> {
    let all: [Method; EVERY] = [
        Method::Batch(batch::Settings::plain(0.0)),
        Method::Online(online::Settings::simple(0.0)),
        Method::Flow(FLOW),
        Method::Momentum(momentum::Settings::default()),
        Method::Damped(damped::Settings::default()),
        Method::Diagonal(diagonal::Settings::default()),
        Method::Newton(newton::Settings::FULL),
        Method::Conjugate(Factor::PolakRibiere),
        Method::Conjugate(Factor::FletcherReeves),
        Method::Bfgs,
        Method::GaussNewton,
        Method::LevenbergMarquardt,
    ];
    let sized = |method: &Method| {
        let method = chosen(method, objective, start);
        let steps = if method.is_stochastic() {
            STOCHASTIC_STEPS
        } else {
            STEPS
        };
        (method, steps.min(limit))
    };
    all.iter().map(sized).collect()
}
