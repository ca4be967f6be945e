//! How long certifying takes: the 125 instances, many rows, many weights, exact derivatives.
//!
//! `cargo bench --bench surface` prints one line a measurement: name, then the median of several means, in microseconds; then how the
//! kernel's time grows, as a table for `src/docs/limits.md`.
//! `benches/peers/surface.py` does the same work with python-flint.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::as_conversions,
    reason = "a bench"
)]

#[path = "support/exact.rs"]
#[allow(dead_code, reason = "the whole result is computed, and timed")]
mod exact;

use spurious::kernel::number::Rational;
use spurious::kernel::surface::{Evidence, Row, Statement, TrainingSet, Unit, check};
use spurious::prover::surface::barrier::{Problem, prove};
use spurious::prover::surface::certify::{Options, certify};
use spurious::prover::surface::find::{descend, search};
use spurious::report::plot::{Axis, Panel, Series, svg};
use spurious::unit::Reading;
use std::hint::black_box;
use std::time::Instant;

/// How many means the median is of.
const ROUNDS: usize = 7;

fn measure(name: &str, repeat: usize, mut work: impl FnMut()) -> f64 {
    let mut means: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..repeat {
                work();
            }
            start.elapsed().as_secs_f64() / repeat as f64
        })
        .collect();
    means.sort_by(f64::total_cmp);
    let median = means[ROUNDS / 2];
    println!("{name:<50} {:>12.1} µs", median * 1e6);
    median
}

fn corrected() -> TrainingSet {
    let text = include_str!("../proofs/data/ss89-corrected.csv");
    let reading = Reading {
        unit: Unit::Tanh,
        threshold: false,
    };
    spurious::unit::TrainingSet::from_csv("corrected", text.as_bytes(), reading)
        .unwrap()
        .plain()
        .clone()
}

/// Rows of small integers from a fixed linear congruence; every line carries both labels, so that a minimum exists.
fn synthetic(width: usize, rows: usize) -> TrainingSet {
    let mut state = 12345_u64;
    let mut next = move |bound: i64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
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
    let pair = (
        Statement::Minimum(Box::new(minimum)),
        Evidence::Barrier(barrier),
    );
    assert_eq!(check(&pair.0, true, &pair.1), Ok(()));
    pair
}

#[allow(clippy::too_many_lines, reason = "one measurement after the other")]
fn main() {
    let data = corrected();
    let problem = Problem::new(&data);
    let found = search(&problem.floats, 1, 200);
    let near: Vec<f64> = vec![1.353; 5];
    let lowest = found[0].point.clone();
    let options = Options {
        starts: 12,
        complete: false,
        ..Options::default()
    };
    measure(
        "125 instances: find, certify, check (12 starts)",
        50,
        || {
            let outcome = certify(black_box(&data), &options);
            assert!(outcome.minima.iter().any(|minimum| minimum.lower.is_some()));
        },
    );
    measure(
        "125 instances: find one, certify, check (6 starts)",
        50,
        || {
            let problem = Problem::new(black_box(&data));
            let found = search(&problem.floats, 1, 6);
            let highest = found.iter().rfind(|candidate| candidate.minimum).unwrap();
            let (minimum, barrier) =
                prove(&problem, &highest.point, Some(&found[0].point), 0.95).unwrap();
            assert!(minimum.lower.is_some());
            assert!(
                check(
                    &Statement::Minimum(Box::new(minimum)),
                    true,
                    &Evidence::Barrier(barrier)
                )
                .is_ok()
            );
        },
    );
    measure("125 instances: coordinates alone", 200, || {
        black_box(Problem::new(black_box(&data)));
    });
    measure("125 instances: search alone (6 starts)", 50, || {
        black_box(search(&problem.floats, 1, 6));
    });
    let polished = descend(&problem.floats, near.clone()).point;
    let (minimum, barrier) = prove(&problem, &polished, Some(&lowest), 0.95).unwrap();
    let pair = (
        Statement::Minimum(Box::new(minimum)),
        Evidence::Barrier(barrier),
    );
    measure("125 instances: from an approximate minimum", 200, || {
        let problem = Problem::new(black_box(&data));
        let polished = descend(&problem.floats, near.clone()).point;
        let (minimum, barrier) = prove(&problem, &polished, Some(&lowest), 0.95).unwrap();
        assert!(
            check(
                &Statement::Minimum(Box::new(minimum)),
                true,
                &Evidence::Barrier(barrier)
            )
            .is_ok()
        );
    });
    measure("125 instances: kernel check", 500, || {
        assert!(check(black_box(&pair.0), true, &pair.1).is_ok());
    });
    let xi: Vec<Rational> = [15_728_641, 15_728_655, 15_728_663, 15_728_681, 15_728_689]
        .iter()
        .map(|n| Rational::new((*n).into(), 1_048_573.into()))
        .collect();
    measure("125 instances: exact E, gradient, Hessian", 200, || {
        black_box(exact::derivatives(black_box(&data), &xi).unwrap());
    });
    let mut table = Vec::new();
    for (width, rows) in [
        (20, 1001),
        (4, 1000),
        (8, 1000),
        (16, 1000),
        (32, 1000),
        (12, 100),
        (12, 1000),
        (12, 10_000),
        (12, 100_000),
    ] {
        let data = synthetic(width, rows);
        let problem = Problem::new(&data);
        let found = descend(&problem.floats, vec![0.0; width]);
        let pair = checked(&data, &found.point);
        let repeat = (5_000 / rows).max(1);
        let prove = measure(
            &format!("{width} weights, {rows} rows: prove and check"),
            repeat,
            || {
                black_box(checked(&data, &found.point));
            },
        );
        let kernel = measure(
            &format!("{width} weights, {rows} rows: kernel check"),
            repeat,
            || {
                assert!(check(black_box(&pair.0), true, &pair.1).is_ok());
            },
        );
        table.push((width, rows, prove, kernel));
    }
    println!(
        "\n| weights | distinct rows | prove and check, ms | kernel check, ms | kernel, µs a row |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: |");
    for (width, rows, prove, kernel) in &table {
        println!(
            "| {width} | {rows} | {:.1} | {:.1} | {:.1} |",
            prove * 1e3,
            kernel * 1e3,
            kernel * 1e6 / *rows as f64
        );
    }
    plot(&table);
}

/// Weights, distinct rows, and seconds to prove and check, and to check.
type Growth = (usize, usize, f64, f64);

/// Draws both growths into `src/docs/growth.svg`, with lines of slope 1 and 3 to compare.
fn plot(table: &[Growth]) {
    let axis = |label: &str| Axis {
        label: label.into(),
        log: true,
    };
    let panel = |title: &str, label: &str, power: i32, points: Vec<(f64, &Growth)>| {
        let series = |name: &str, pick: fn(&Growth) -> f64| Series {
            name: name.into(),
            points: points
                .iter()
                .map(|(x, growth)| (*x, pick(growth) * 1e3))
                .collect(),
            bars: Vec::new(),
        };
        let (first, at_first) = (points[0].0, points[0].1.3 * 1e3);
        let slope = Series {
            name: format!("slope {power}"),
            points: points
                .iter()
                .map(|(x, _)| (*x, at_first * (x / first).powi(power)))
                .collect(),
            bars: Vec::new(),
        };
        let series = vec![
            series("prove and check", |row| row.2),
            series("kernel check", |row| row.3),
            slope,
        ];
        Panel {
            title: title.into(),
            x: axis(label),
            y: axis("ms"),
            series,
        }
    };
    let rows = table
        .iter()
        .filter(|row| row.0 == 12)
        .map(|row| (row.1 as f64, row))
        .collect();
    let weights = table
        .iter()
        .filter(|row| row.1 == 1000 && row.0 != 12)
        .map(|row| (row.0 as f64, row))
        .collect();
    let panels = [
        panel("12 weights", "distinct rows", 1, rows),
        panel("1000 distinct rows", "weights", 3, weights),
    ];
    std::fs::write(
        concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/growth.svg"),
        svg(&panels),
    )
    .unwrap();
}
