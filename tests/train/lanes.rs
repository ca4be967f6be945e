//! Defends the fast lane: its `tanh`, its gradient, its independence of threads and of the neighbours in a block.

#![allow(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::unwrap_used,
    reason = "tests"
)]

use crate::training;
use proptest::prelude::*;
use spurious::train::{
    example::Examples, lanes, network::Network, objective::Objective, sigmoid::Sigmoid,
};
use training::{near_spurious, proof_objective};

proptest! {
    #[test]
    fn tanh_is_within_two_to_the_minus_51(y in proptest::collection::vec(-30.0f64..30.0, 1..40)) {
        let mut t = y.clone();
        lanes::tanh(&mut t);
        for (t, y) in t.iter().zip(y) {
            prop_assert!((t - y.tanh()).abs() <= 2f64.powi(-51), "{y}: {t}");
        }
    }

    #[test]
    fn tanh_with_its_slope_is_within_its_bound(y in proptest::collection::vec(-300.0f64..300.0, 1..40)) {
        let (mut t, mut slopes) = (y.clone(), vec![0.0; y.len()]);
        lanes::tanh_with_slopes(&mut t, &mut slopes);
        for ((t, slope), y) in t.iter().zip(slopes).zip(y) {
            prop_assert!((t - y.tanh()).abs() <= 2f64.powi(-52), "{y}: {t}");
            let expected = y.cosh().powi(-2);
            let bound = 2f64.powi(-50) * (1.0 + y.abs()) * expected;
            prop_assert!((slope - expected).abs() <= bound, "{y}: {slope} {expected}");
        }
    }

    #[test]
    fn lines_have_the_error_of_their_examples(w in proptest::collection::vec(-2.0f64..2.0, 5)) {
        let objective = proof_objective();
        let lines = objective.lines().unwrap().clone();
        prop_assert_eq!(lines.lines.len(), 6);
        let of_line = |line: &lines_module::Line| {
            let y: f64 = line.input.iter().zip(&w).map(|(a, w)| a * w).sum();
            line.weight * (y.tanh() - line.target).powi(2)
        };
        let error = lines.rest + lines.lines.iter().map(of_line).sum::<f64>();
        prop_assert!((error - objective.error(&w)).abs() < 1e-11 * error);
    }

    #[test]
    fn a_step_is_the_gradient_step(
        rows in proptest::collection::vec((proptest::collection::vec(-2.0f64..2.0, 4), -1.0f64..1.0), 1..30),
        w in proptest::collection::vec(-2.0f64..2.0, 4),
        columns in 1usize..5,
        logistic: bool,
    ) {
        let mut examples = Examples::default();
        for (a, b) in rows {
            examples.push(a[..columns].to_vec(), b, 1.5);
        }
        let sigmoid = if logistic { Sigmoid::LOGISTIC } else { Sigmoid::TANH };
        let objective = Objective::new(Network::unit(columns, sigmoid), examples);
        let start = w[..columns].to_vec();
        let mut batch = lanes::Starts::new(&[start.clone(), start.clone()]);
        prop_assert!(batch.descend(objective.lines().unwrap(), 0.01, 1));
        for ((new, old), slope) in batch.weights(1).iter().zip(&start).zip(objective.gradient(&start)) {
            prop_assert!((new - (old - 0.01 * slope)).abs() < 1e-13 * (1.0 + slope.abs()));
        }
    }

    /// One to nine lines, of ±1 or of anything, after any number of steps.
    #[test]
    fn every_step_is_the_gradient_step_of_its_lines(
        rows in proptest::collection::vec((proptest::collection::vec(-1.5f64..1.5, 4), -1.3f64..1.3, 0.1f64..20.0), 1..10),
        starts in proptest::collection::vec(proptest::collection::vec(-2.0f64..2.0, 4), 1..20),
        columns in 1usize..5,
        signs: bool,
        rate in prop_oneof![Just(1e-4), Just(1e-3), Just(1e-2)],
        steps in prop_oneof![1u64..20, 50u64..400],
    ) {
        let line = |(a, target, weight): (Vec<f64>, f64, f64)| {
            let input = a[..columns].iter().map(|a| if signs { a.signum() } else { *a }).collect();
            lines_module::Line { input, target, weight }
        };
        let lines = lines_module::Lines { lines: rows.into_iter().map(line).collect(), rest: 0.0 };
        let starts: Vec<Vec<f64>> = starts.iter().map(|start| start[..columns].to_vec()).collect();
        let mut shorter = lanes::Starts::new(&starts);
        let mut longer = shorter.clone();
        shorter.descend(&lines, rate, steps);
        longer.descend(&lines, rate, steps + 1);
        for index in 0..starts.len() {
            let worst = worst_step(&lines, rate, &shorter.weights(index), &longer.weights(index));
            prop_assert!(worst <= 1.0, "{worst}");
        }
    }
}

use spurious::train::lines as lines_module;

/// How far a step is from the exact gradient's, in multiples of what `tanh` off by `2⁻⁴⁵` and the rounding of the weights may do.
fn worst_step(lines: &lines_module::Lines, rate: f64, w: &[f64], next: &[f64]) -> f64 {
    let mut slope = vec![0.0; w.len()];
    lines.gradient_into(w, &mut slope);
    let off = |i: usize| {
        // A response that is off by e moves its slope by at most 3.5 · 8 rate W e.
        let of_line = |line: &lines_module::Line| {
            line.weight * line.input[i].abs() * line.target.abs().max(1.0)
        };
        let weight: f64 = lines.lines.iter().map(of_line).sum();
        let bound = 28.0 * rate * weight * 2f64.powi(-46) + 4.0 * f64::EPSILON * (1.0 + w[i].abs());
        (w[i] - next[i] - rate * slope[i]).abs() / bound
    };
    (0..w.len()).map(off).fold(0.0, f64::max)
}

fn starts(count: usize) -> Vec<Vec<f64>> {
    (0..count)
        .map(|k| (0..5).map(|i| ((k * 5 + i) as f64).sin() * 2.0).collect())
        .collect()
}

#[test]
fn the_result_depends_on_neither_threads_nor_neighbours() {
    let lines = proof_objective().lines().unwrap().clone();
    let run = |threads: usize, starts: &[Vec<f64>], rate: f64| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let mut batch = lanes::Starts::new(starts);
        pool.install(|| batch.descend(&lines, rate, 1_500));
        batch.all()
    };
    let starts = starts(50);
    for rate in [1e-3, 4e-3, 1e-2, 2e-2, 5e-2, 1e-1] {
        let all = run(1, &starts, rate);
        assert_eq!(all, run(3, &starts, rate));
        for (index, start) in starts.iter().enumerate() {
            assert_eq!(
                run(1, std::slice::from_ref(start), rate)[0],
                all[index],
                "rate {rate}"
            );
        }
    }
}

/// Every step is the exact gradient's, with `tanh` off by at most `2⁻⁴⁵`, however far from the last renewal.
#[test]
fn followed_slopes_stay_within_their_bound() {
    let lines = proof_objective().lines().unwrap().clone();
    for rate in [1e-6, 1e-4, 1e-3, 5e-3, 2e-2, 1e-1] {
        for before in [0, 200, 5_000] {
            for steps in [6, 62, 126, 255] {
                let mut batch = lanes::Starts::new(&starts(64));
                batch.descend(&lines, rate, before);
                let mut shorter = batch.clone();
                shorter.descend(&lines, rate, steps);
                batch.descend(&lines, rate, steps + 1);
                for index in 0..64 {
                    let worst =
                        worst_step(&lines, rate, &shorter.weights(index), &batch.weights(index));
                    assert!(worst <= 1.0, "rate {rate}, {steps} after {before}: {worst}");
                }
            }
        }
    }
}

/// Descent one start at a time, with exponentials at every step.
#[test]
fn many_steps_lead_where_the_scalar_steps_lead() {
    let lines = proof_objective().lines().unwrap().clone();
    let starts = starts(24);
    let mut batch = lanes::Starts::new(&starts);
    batch.descend(&lines, 5e-3, 3_000);
    for (index, mut w) in starts.into_iter().enumerate() {
        let mut slope = vec![0.0; 5];
        for _ in 0..3_000 {
            lines.gradient_into(&w, &mut slope);
            for (w, slope) in w.iter_mut().zip(&slope) {
                *w -= 5e-3 * slope;
            }
        }
        for (w, lane) in w.iter().zip(batch.weights(index)) {
            assert!((w - lane).abs() < 1e-9, "start {index}: {w} {lane}");
        }
    }
}

#[test]
fn a_diverging_rate_stays_a_number_or_is_none() {
    let lines = proof_objective().lines().unwrap().clone();
    let mut batch = lanes::Starts::new(&starts(9));
    batch.descend(&lines, 1e300, 100);
    assert!(
        batch
            .all()
            .iter()
            .flatten()
            .all(|w| w.is_nan() || w.abs() > 1e200)
    );
    let mut lost = lanes::Starts::new(&[vec![f64::NAN; 5], vec![0.1; 5]]);
    lost.descend(&lines, 0.01, 100);
    assert!(
        lost.weights(0).iter().all(|w| w.is_nan()) && lost.weights(1).iter().all(|w| w.is_finite())
    );
}

#[test]
fn descent_finds_the_spurious_minimum() {
    let objective = proof_objective();
    let mut batch = lanes::Starts::new(&[near_spurious()]);
    assert!(batch.descend(objective.lines().unwrap(), 0.01, 20_000));
    let end = batch.weights(0);
    assert!(objective.gradient(&end).iter().all(|g| g.abs() < 1e-12));
    assert!(objective.error(&end) > objective.error(&[0.0; 5]));
}

#[test]
fn more_weights_than_lanes_hold_are_refused() {
    let objective = Objective::new(Network::unit(17, Sigmoid::TANH), Examples::default());
    let lines = objective.lines().unwrap().clone();
    assert!(!lanes::Starts::new(&[vec![0.0; 17]]).descend(&lines, 0.1, 1));
}
