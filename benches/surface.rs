//! How long certifying takes: the 125 instances, many rows, many weights, exact derivatives.
//!
//! `cargo bench --bench surface` prints one line a measurement: name, then the least of several means, in microseconds.
//! `benches/peers/surface.py` does the same work with python-flint.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::as_conversions,
    reason = "a bench"
)]

use spurious::kernel::number::Rational;
use spurious::kernel::surface::{Evidence, Row, Statement, TrainingSet, Unit, check};
use spurious::prover::surface::barrier::{Problem, prove};
use spurious::prover::surface::certify::{Options, certify};
use spurious::prover::surface::find::{descend, search};
use spurious::unit::{Reading, exact};
use std::hint::black_box;
use std::time::Instant;

fn measure(name: &str, repeat: usize, mut work: impl FnMut()) {
    let mut least = f64::INFINITY;
    for _ in 0..5 {
        let start = Instant::now();
        for _ in 0..repeat {
            work();
        }
        least = least.min(start.elapsed().as_secs_f64() / repeat as f64);
    }
    println!("{name:<50} {:>12.1} µs", least * 1e6);
}

fn corrected() -> TrainingSet {
    let text = include_str!("../proofs/data/ss89-corrected.csv");
    let reading = Reading { unit: Unit::Tanh, threshold: false };
    spurious::unit::TrainingSet::from_csv("corrected", text.as_bytes(), reading).unwrap().plain().clone()
}

/// Rows of small integers from a fixed linear congruence; every line carries both labels, so that a minimum exists.
fn synthetic(width: usize, rows: usize) -> TrainingSet {
    let mut state = 12345_u64;
    let mut next = move |bound: i64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(state >> 33).unwrap() % bound
    };
    let rational = |n: i64| Rational::from_integer(n.into());
    let row = |_| Row {
        input: (0..width).map(|_| rational(next(3) - 1)).collect(),
        target: rational(next(2) * 2 - 1),
        weight: rational(next(5) + 1),
    };
    TrainingSet::new(Unit::Tanh, width, (0..rows).map(row).collect()).unwrap()
}

fn checked(data: &TrainingSet, u: &[f64]) -> (Statement, Evidence) {
    let problem = Problem::new(data);
    let (minimum, barrier) = prove(&problem, u, None, 0.9).unwrap();
    let pair = (Statement::Minimum(Box::new(minimum)), Evidence::Barrier(barrier));
    assert_eq!(check(&pair.0, &pair.1), Ok(()));
    pair
}

fn main() {
    let data = corrected();
    let problem = Problem::new(&data);
    let found = search(&problem.floats, 1, 200);
    let near: Vec<f64> = vec![1.353; 5];
    let lowest = found[0].point.clone();
    let options = Options { starts: 12, complete: false, ..Options::default() };
    measure("125 instances: find, certify, check (12 starts)", 50, || {
        let outcome = certify(black_box(&data), &options);
        assert!(outcome.minima.iter().any(|minimum| minimum.lower.is_some()));
    });
    measure("125 instances: find one, certify, check (6 starts)", 50, || {
        let problem = Problem::new(black_box(&data));
        let found = search(&problem.floats, 1, 6);
        let highest = found.iter().rfind(|candidate| candidate.minimum).unwrap();
        let (minimum, barrier) = prove(&problem, &highest.point, Some(&found[0].point), 0.95).unwrap();
        assert!(minimum.lower.is_some());
        assert!(check(&Statement::Minimum(Box::new(minimum)), &Evidence::Barrier(barrier)).is_ok());
    });
    measure("125 instances: coordinates alone", 200, || {
        black_box(Problem::new(black_box(&data)));
    });
    measure("125 instances: search alone (6 starts)", 50, || {
        black_box(search(&problem.floats, 1, 6));
    });
    let polished = descend(&problem.floats, near.clone()).point;
    let (minimum, barrier) = prove(&problem, &polished, Some(&lowest), 0.95).unwrap();
    let pair = (Statement::Minimum(Box::new(minimum)), Evidence::Barrier(barrier));
    measure("125 instances: from an approximate minimum", 200, || {
        let problem = Problem::new(black_box(&data));
        let polished = descend(&problem.floats, near.clone()).point;
        let (minimum, barrier) = prove(&problem, &polished, Some(&lowest), 0.95).unwrap();
        assert!(check(&Statement::Minimum(Box::new(minimum)), &Evidence::Barrier(barrier)).is_ok());
    });
    measure("125 instances: kernel check", 500, || assert!(check(black_box(&pair.0), &pair.1).is_ok()));
    let xi: Vec<Rational> = [15_728_641, 15_728_655, 15_728_663, 15_728_681, 15_728_689]
        .iter()
        .map(|n| Rational::new((*n).into(), 1_048_573.into()))
        .collect();
    measure("125 instances: exact E, gradient, Hessian", 200, || {
        black_box(exact::derivatives(black_box(&data), &xi).unwrap());
    });
    for (width, rows) in
        [(20, 1001), (4, 1000), (8, 1000), (12, 1000), (16, 1000), (12, 100), (12, 10_000), (12, 100_000)]
    {
        let data = synthetic(width, rows);
        let problem = Problem::new(&data);
        let found = descend(&problem.floats, vec![0.0; width]);
        let pair = checked(&data, &found.point);
        let repeat = (20_000 / rows).max(1);
        measure(&format!("{width} weights, {rows} rows: prove"), repeat, || {
            black_box(checked(&data, &found.point));
        });
        measure(&format!("{width} weights, {rows} rows: kernel check"), repeat, || {
            assert!(check(black_box(&pair.0), &pair.1).is_ok());
        });
    }
}
