//! Defends the algorithms: each ends in the same minimum, and each has the property that its paper states.

#![allow(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::unwrap_used,
    reason = "tests"
)]

use crate::training;
use spurious::train::algorithm::{
    Algorithm, Method, RateScale, State, batch,
    conjugate::Factor,
    damped, diagonal, flow, momentum, newton, online,
    presentation::{Order, Presentation},
    schedule::Schedule,
};
use spurious::train::example::Examples;
use spurious::train::network::Network;
use spurious::train::number::{distance, norm};
use spurious::train::objective::Objective;
use spurious::train::preparation::{Inputs, Transform, initial_weights};
use spurious::train::run::{Ending, Limits, Run, run};
use spurious::train::seed::generator;
use spurious::train::sigmoid::Sigmoid;
use spurious::train::spectrum;
use std::sync::atomic::AtomicBool;
use training::{near_spurious, proof_objective};

fn batch_of(rate: f64) -> Method {
    Method::Batch(batch::Settings::plain(rate))
}

fn online_of(rate: f64, schedule: Schedule, order: Order) -> online::Settings {
    online::Settings {
        rate,
        scale: RateScale::Same,
        schedule,
        order,
    }
}

fn go(objective: &Objective, method: &Method, start: &[f64], steps: u64) -> Run {
    let limits = Limits {
        steps,
        ..Limits::default()
    };
    run(
        objective,
        method,
        start,
        &limits,
        &mut generator(7, 0),
        &AtomicBool::new(false),
    )
}

fn minimum() -> Vec<f64> {
    let mut w = near_spurious();
    let objective = proof_objective();
    let mut newton = newton::Newton::new(&newton::Settings { factor: 1.0 });
    let mut state = State::new(w.clone());
    for _ in 0..20 {
        newton
            .step(&objective, &mut state, &mut generator(0, 0))
            .unwrap();
    }
    w.copy_from_slice(&state.weights);
    w
}

#[test]
fn every_deterministic_algorithm_converges_to_the_spurious_minimum() {
    let objective = proof_objective();
    let mut start = near_spurious();
    start[0] += 0.05;
    let particle = damped::Settings {
        beta: 3.0,
        masses: vec![1.0],
        interval: 0.05,
        ..damped::Settings::default()
    };
    let methods = [
        batch_of(0.01),
        Method::Flow(flow::Settings::plain(1e-10)),
        Method::Momentum(momentum::Settings {
            rate: 0.01,
            momentum: 0.8,
            ..momentum::Settings::default()
        }),
        Method::Damped(particle),
        Method::Newton(newton::Settings { factor: 1.0 }),
        Method::Flow(flow::Settings::STIFF),
        Method::Batch(batch::Settings::guarded(0.1)),
        Method::Conjugate(Factor::PolakRibiere),
        Method::Conjugate(Factor::FletcherReeves),
        Method::Bfgs,
        Method::GaussNewton,
        Method::LevenbergMarquardt,
    ];
    for method in methods {
        let end = go(&objective, &method, &start, 100_000);
        assert_eq!(end.outcome, Ending::Converged, "{}", method.name());
        assert!(
            distance(&end.weights, &minimum()) < 1e-7,
            "{}",
            method.name()
        );
    }
}

#[test]
fn stochastic_algorithms_anneal_into_the_spurious_minimum() {
    let objective = proof_objective();
    let annealed = Schedule::Annealed { after: 5_000.0 };
    for order in [Order::Random, Order::Shuffled] {
        let end = go(
            &objective,
            &Method::Online(online_of(0.2, annealed, order)),
            &near_spurious(),
            400_000,
        );
        assert_eq!(end.outcome, Ending::Limit);
        assert!(
            distance(&end.weights, &minimum()) < 0.2,
            "{order:?} {}",
            distance(&end.weights, &minimum())
        );
    }
    let settings = diagonal::Settings {
        rate: 0.001,
        ..diagonal::Settings::default()
    };
    let end = go(
        &objective,
        &Method::Diagonal(settings),
        &near_spurious(),
        200_000,
    );
    assert!(distance(&end.weights, &minimum()) < 0.2);
}

#[test]
fn the_adaptive_rate_falls_as_the_average_gradient_vanishes() {
    let objective = proof_objective();
    let adaptive = Schedule::Adaptive {
        alpha: 0.01,
        beta: 0.2,
        delta: 0.01,
    };
    let settings = online_of(0.1, adaptive, Order::Random);
    let end = go(
        &objective,
        &Method::Online(settings),
        &near_spurious(),
        50_000,
    );
    let constant = go(
        &objective,
        &Method::Online(online_of(0.1, Schedule::Constant, Order::Random)),
        &[1.4; 5],
        50_000,
    );
    assert!(
        end.time < constant.time / 2.0,
        "{} {}",
        end.time,
        constant.time
    );
}

/// lb98 (26), (38): convergence up to `2/λ_max`, divergence beyond.
#[test]
fn batch_descent_loses_the_minimum_beyond_twice_the_optimal_rate() {
    let objective = proof_objective();
    let largest = *spectrum::eigenvalues(&objective, &minimum())
        .last()
        .unwrap();
    let start: Vec<f64> = minimum()
        .iter()
        .zip([1.0, -2.0, 0.5, 3.0, 1.5])
        .map(|(w, d)| w + 1e-4 * d)
        .collect();
    let at = |share: f64| go(&objective, &batch_of(share * 2.0 / largest), &start, 20_000);
    assert_eq!(at(0.98).outcome, Ending::Converged);
    assert!(distance(&at(1.02).weights, &minimum()) > 1e-3);
}

/// fr14, Theorem 3: with strong damping one impulse is one step of online backpropagation of rate `1/(βμ)`.
#[test]
fn strong_damping_is_online_backpropagation() {
    let objective = proof_objective();
    let (beta, mass, interval) = (50.0, 0.4, 1.0);
    let settings = damped::Settings {
        beta,
        masses: vec![mass],
        interval,
        ..damped::Settings::impulses(beta, mass)
    };
    let mut damped = damped::Damped::new(&settings, &objective);
    let simple = online_of(1.0 / (beta * mass), Schedule::Constant, Order::Random);
    let mut simple = online::Online::new(&simple, &objective, &near_spurious());
    let (mut a, mut b) = (State::new(near_spurious()), State::new(near_spurious()));
    let (mut left, mut right) = (generator(1, 0), generator(1, 0));
    for _ in 0..500 {
        damped.step(&objective, &mut a, &mut left).unwrap();
        simple.step(&objective, &mut b, &mut right).unwrap();
    }
    assert!(distance(&a.weights, &b.weights) < 1e-12 * norm(&b.weights));
}

/// fr14 §4, for the potential E: what is lost in E and T has been dissipated.
#[test]
fn damped_dynamics_balance_their_energy() {
    let objective = proof_objective();
    let settings = damped::Settings {
        beta: 0.3,
        masses: vec![1.0, 2.0, 1.0, 1.0, 3.0],
        interval: 1e-4,
        ..damped::Settings::default()
    };
    let mut damped = damped::Damped::new(&settings, &objective);
    let start = vec![0.5, 1.0, 1.5, 1.0, 0.8];
    let mut state = State::new(start.clone());
    for _ in 0..50_000 {
        damped
            .step(&objective, &mut state, &mut generator(0, 0))
            .unwrap();
    }
    let energies = damped.energies().unwrap();
    let lost = objective.error(&start) - objective.error(&state.weights) - energies.kinetic;
    assert!(
        (lost - energies.dissipated).abs() < 1e-2 * energies.dissipated,
        "{lost} {energies:?}"
    );
    let balance = energies.work - energies.dissipated - energies.kinetic;
    assert!(balance.abs() < 1e-9 * energies.work, "{energies:?}");
}

/// so88 §3: on one example the weight grows like `¼ log t`, so `t w'` tends to ¼.
#[test]
fn weights_of_one_unattainable_example_grow_logarithmically() {
    let mut examples = Examples::default();
    examples.push(vec![1.0], 1.0, 1.0);
    let objective = Objective::new(Network::unit(1, Sigmoid::TANH), examples);
    let end = go(
        &objective,
        &Method::Flow(flow::Settings::plain(1e-10)),
        &[0.0],
        2_000,
    );
    let growth = -end.time * objective.gradient(&end.weights)[0];
    assert!(
        end.time > 1e6 && (growth - 0.25).abs() < 1e-3,
        "{} {growth}",
        end.time
    );
    assert_eq!(end.outcome, Ending::Flat);
}

#[test]
fn the_flow_is_the_limit_of_small_rates() {
    let objective = proof_objective();
    let start = [0.2, 0.1, -0.3, 0.4, 0.0];
    let mut flow = flow::Flow::new(&flow::Settings::plain(1e-10));
    let mut state = State::new(start.to_vec());
    while state.time < 0.05 {
        flow.step(&objective, &mut state, &mut generator(0, 0))
            .unwrap();
    }
    let rate = state.time / 20_000.0;
    let end = go(&objective, &batch_of(rate), &start, 20_000);
    assert!(distance(&end.weights, &state.weights) < 1e-3);
}

#[test]
fn divergence_and_what_is_not_a_number_have_names() {
    let mut examples = Examples::default();
    examples.push(vec![1.0, 2.0], 1.0, 1.0);
    examples.push(vec![2.0, 1.0], -1.0, 1.0);
    let linear = Objective::new(Network::unit(2, Sigmoid::LINEAR), examples);
    assert_eq!(
        go(&linear, &batch_of(10.0), &[1.0, 0.0], 10_000).outcome,
        Ending::Diverged
    );
    assert_eq!(
        go(&linear, &batch_of(f64::NAN), &[1.0, 0.0], 10_000).outcome,
        Ending::NotANumber
    );
    assert_eq!(
        go(&linear, &batch_of(1e-9), &[1.0, 0.0], 10).outcome,
        Ending::Limit
    );
    assert_eq!(
        go(
            &linear,
            &Method::Newton(newton::Settings { factor: 1.0 }),
            &[9.0, 0.0],
            3
        )
        .outcome,
        Ending::Converged
    );
    let stopped = run(
        &linear,
        &batch_of(0.1),
        &[1.0, 0.0],
        &Limits::default(),
        &mut generator(0, 0),
        &AtomicBool::new(true),
    );
    assert_eq!(stopped.outcome, Ending::Interrupted);
    assert_eq!(
        go(&proof_objective(), &batch_of(1e4), &[1.0; 5], 100).outcome,
        Ending::Flat
    );
}

#[test]
fn trajectories_are_thinned() {
    let end = go(&proof_objective(), &batch_of(1e-7), &[0.3; 5], 200_000);
    assert!(end.trajectory.len() < 1200, "{}", end.trajectory.len());
    assert_eq!(end.trajectory.last().unwrap().step, end.steps);
}

#[test]
fn a_shuffled_pass_shows_every_instance_once() {
    let examples = training::proof_set();
    let mut presentation = Presentation::new(Order::Shuffled, &examples);
    let mut generator = generator(3, 1);
    let mut seen = [0; 11];
    for _ in 0..250 {
        seen[presentation.next(&mut generator)] += 1;
    }
    assert_eq!(seen, [30, 30, 30, 30, 30, 2, 2, 2, 2, 2, 90]);
}

/// lb98 §4.2: what was shown with a large error comes more often, what was shown without error still comes.
#[test]
fn the_emphasising_scheme_shows_large_errors_more_often() {
    let mut examples = Examples::default();
    for _ in 0..4 {
        examples.push(vec![1.0], 1.0, 1.0);
    }
    let mut presentation = Presentation::new(Order::Emphasised, &examples);
    for (index, error) in [0.0, 1.0, 2.0, 1.0].into_iter().enumerate() {
        presentation.saw(index, error);
    }
    let (mut generator, mut seen) = (generator(3, 1), [0_u32; 4]);
    for _ in 0..44_000 {
        seen[presentation.next(&mut generator)] += 1;
    }
    // The mean error is 1: emphasis 0.1, 1.1, 2.1, 1.1 of 4.4 together.
    for (count, expected) in seen
        .into_iter()
        .zip([1_000.0, 11_000.0, 21_000.0, 11_000.0])
    {
        assert!((f64::from(count) - expected).abs() < 450.0, "{seen:?}");
    }
}

#[test]
fn the_three_estimates_find_the_largest_eigenvalue() {
    let objective = proof_objective();
    let w = minimum();
    let largest = *spectrum::eigenvalues(&objective, &w).last().unwrap();
    let power = spectrum::power(&objective, &w, 200, &mut generator(0, 0));
    assert!((power.eigenvalue / largest - 1.0).abs() < 1e-6);
    let taylor = spectrum::taylor(&objective, &w, 1e-5, 200, &mut generator(0, 1));
    assert!((taylor.eigenvalue / largest - 1.0).abs() < 1e-3);
    let leak = spectrum::Leak {
        alpha: 1e-4,
        gamma: 0.001,
    };
    let online = spectrum::online(&objective, &w, leak, 50_000, &mut generator(0, 2));
    assert!(
        (online.eigenvalue / largest - 1.0).abs() < 0.3,
        "{} {largest}",
        online.eigenvalue
    );
}

#[test]
fn prepared_inputs_are_centred_normalised_and_uncorrelated() {
    let mut examples = Examples::default();
    for (a, b) in [(1.0, 2.0), (2.0, 5.0), (4.0, 6.0), (7.0, 13.0)] {
        examples.push(vec![a, b, 1.0], 1.0, 2.0);
    }
    let prepared = Transform::of(&examples, Inputs::Decorrelated).examples(&examples);
    let average =
        |i: usize, j: usize| prepared.inputs.iter().map(|a| a[i] * a[j]).sum::<f64>() / 4.0;
    for (i, j, expected) in [
        (0, 0, 1.0),
        (1, 1, 1.0),
        (0, 1, 0.0),
        (0, 2, 0.0),
        (1, 2, 0.0),
        (2, 2, 1.0),
    ] {
        assert!((average(i, j) - expected).abs() < 1e-12, "{i} {j}");
    }
    let normalised = Transform::of(&examples, Inputs::Normalised).examples(&examples);
    assert!((normalised.inputs.iter().map(|a| a[1] * a[1]).sum::<f64>() / 4.0 - 1.0).abs() < 1e-12);
    assert_eq!(
        Transform::of(&examples, Inputs::Raw).examples(&examples),
        examples
    );
}

#[test]
fn first_weights_have_the_standard_deviation_of_the_fan_in() {
    let network = Network::layered(99, &[200], Sigmoid::RECOMMENDED, Sigmoid::RECOMMENDED);
    let w = initial_weights(&network, &mut generator(5, 0));
    let variance = w[..20_000].iter().map(|w| w * w).sum::<f64>() / 20_000.0;
    assert!((variance * 100.0 - 1.0).abs() < 0.05);
}

/// A linear unit with n inputs: its error is a quadratic of any condition.
fn quadratic(n: usize) -> Objective {
    let mut examples = Examples::default();
    for i in 0..n {
        let input = (0..n).map(|j| {
            if j <= i {
                1.0 + (i * j % 3) as f64
            } else {
                0.0
            }
        });
        examples.push(input.collect(), (i as f64).sin(), 1.0);
    }
    Objective::new(Network::unit(n, Sigmoid::LINEAR), examples)
}

/// lb98 §6.2: on a quadratic in n weights n steps end in the minimum.
#[test]
fn conjugate_gradients_end_on_a_quadratic_after_as_many_steps_as_weights() {
    for factor in [Factor::PolakRibiere, Factor::FletcherReeves] {
        let end = go(&quadratic(4), &Method::Conjugate(factor), &[1.0; 4], 8);
        assert_eq!(
            end.outcome,
            Ending::Converged,
            "{factor:?} {}",
            end.gradient
        );
        assert!(end.steps <= 5, "{factor:?} {}", end.steps);
    }
}

/// SciPy's `minimize` takes 24 iterations from here with `CG`, and 16 with `BFGS`, to a gradient no smaller.
#[test]
fn line_searches_do_not_reflect() {
    for (method, theirs) in [
        (Method::Conjugate(Factor::PolakRibiere), 24),
        (Method::Bfgs, 16),
    ] {
        let end = go(&proof_objective(), &method, &[1.0, 1.4, 1.2, 1.5, 1.1], 60);
        assert_eq!(end.outcome, Ending::Converged, "{}", method.name());
        assert!(
            5 * end.steps <= 6 * theirs,
            "{} {}",
            method.name(),
            end.steps
        );
    }
}

/// (40): a factor below 1 shortens every step of Newton's method.
#[test]
fn the_factor_of_newton_shortens_its_step() {
    let end = go(
        &quadratic(3),
        &Method::Newton(newton::Settings { factor: 0.5 }),
        &[1.0; 3],
        1,
    );
    let full = go(
        &quadratic(3),
        &Method::Newton(newton::Settings::FULL),
        &[1.0; 3],
        1,
    );
    for (half, full) in end.weights.iter().zip(&full.weights) {
        assert!((half - f64::midpoint(1.0, *full)).abs() < 1e-9);
    }
}

#[test]
fn a_guarded_rate_is_halved_until_no_step_climbs() {
    let objective = quadratic(4);
    let end = go(
        &objective,
        &Method::Batch(batch::Settings::guarded(100.0)),
        &[1.0; 4],
        100_000,
    );
    assert_eq!(end.outcome, Ending::Converged);
    let errors: Vec<f64> = end.trajectory.iter().map(|point| point.error).collect();
    assert!(
        errors
            .windows(2)
            .all(|pair| pair[1] <= pair[0] * (1.0 + 1e-12))
    );
}

/// The Hessian of a unit is nowhere larger than its bound, and reaches most of it somewhere.
#[test]
fn the_bound_of_the_curvature_holds() {
    let objective = proof_objective();
    let bound = objective.lines().unwrap().smoothness();
    let largest = (0..2_000).map(|k| {
        let w: Vec<f64> = (0..5)
            .map(|i| (f64::from(k) * 0.37 + f64::from(i) * 1.3).sin())
            .collect();
        *spectrum::eigenvalues(&objective, &w).last().unwrap()
    });
    let largest = largest.fold(0.0, f64::max);
    assert!(
        largest <= bound && largest > 0.5 * bound,
        "{largest} {bound}"
    );
}

/// The stiff integrator follows the explicit one, and goes on where that one no longer can.
#[test]
fn the_stiff_flow_is_the_flow() {
    let objective = proof_objective();
    let start = [0.2, 0.1, -0.3, 0.4, 0.0];
    let ends = [flow::Settings::plain(1e-11), flow::Settings::stiff(1e-9)].map(|settings| {
        let mut flow = flow::Flow::new(&settings);
        let mut state = State::new(start.to_vec());
        let mut points = vec![(0.0, start.to_vec())];
        while state.time < 0.5 {
            flow.step(&objective, &mut state, &mut generator(0, 0))
                .unwrap();
            points.push((state.time, state.weights.clone()));
        }
        points
    });
    // At each time of the second, the first is near one of its points, to the order of a step.
    let (time, weights) = ends[1].iter().rfind(|(time, _)| *time < 0.4).unwrap();
    let after = ends[0].iter().position(|(t, _)| t > time).unwrap();
    let ((a, from), (b, to)) = (&ends[0][after - 1], &ends[0][after]);
    let share = (time - a) / (b - a);
    let between: Vec<f64> = from
        .iter()
        .zip(to)
        .map(|(x, y)| x + share * (y - x))
        .collect();
    assert!(
        distance(&between, weights) < 1e-4,
        "{between:?} {weights:?}"
    );
}
