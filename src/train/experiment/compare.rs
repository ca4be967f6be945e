//! Two algorithms from the same starts: which ends lower (lb98 §4.1, fi92 §6).
//!
//! UNTRUSTED.

use super::{Control, RUNS, stream};
use crate::train::algorithm::Method;
use crate::train::number::{real64, whole};
use crate::train::objective::Objective;
use crate::train::run::{Limits, run};
use crate::train::seed::generator;
use crate::train::statistics::Share;
use rayon::prelude::*;
use serde::Serialize;

/// The relative difference of two errors that counts as lower: one per cent.
pub const MARGIN: f64 = 0.01;

/// Steps that a method takes in so many passes: one for each example, or one for each pass.
#[must_use]
pub fn presentations(objective: &Objective, method: &Method, passes: u64) -> u64 {
    if method.is_stochastic() {
        whole(real64(passes) * objective.examples().total())
    } else {
        passes
    }
}

/// The result; errors are in the order of the starts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The two algorithms with their parameters, and the steps of each.
    pub methods: [String; 2],
    /// Errors at the end of the first algorithm.
    pub first: Vec<f64>,
    /// Errors at the end of the second algorithm.
    pub second: Vec<f64>,
    /// Starts from which the second ends lower by more than the margin.
    pub second_lower: Share,
    /// Starts from which the first does.
    pub first_lower: Share,
}

/// Runs both from these starts, each with its number of steps; `margin` is relative.
#[must_use]
pub fn compare(
    objective: &Objective,
    methods: [(&Method, u64); 2],
    starts: &[Vec<f64>],
    margin: f64,
    control: Control<'_>,
) -> Comparison {
    let one = |(index, start): (usize, &Vec<f64>)| {
        let ends = methods.map(|(method, steps)| {
            let limits = Limits {
                steps,
                ..Limits::default()
            };
            let mut noise = generator(control.seed, RUNS + stream(index));
            run(objective, method, start, &limits, &mut noise, control.watch).error
        });
        (control.finished)();
        (!control.stopped()).then_some(ends)
    };
    let ends: Vec<[f64; 2]> = starts.par_iter().enumerate().filter_map(one).collect();
    let lower = |a: usize, b: usize| {
        ends.iter()
            .filter(|ends| ends[a] < (1.0 - margin) * ends[b])
            .count()
    };
    let words = |(method, steps): (&Method, u64)| format!("{}, {steps} steps", method.words());
    Comparison {
        methods: methods.map(words),
        first: ends.iter().map(|ends| ends[0]).collect(),
        second: ends.iter().map(|ends| ends[1]).collect(),
        second_lower: Share::new(lower(1, 0), ends.len()),
        first_lower: Share::new(lower(0, 1), ends.len()),
    }
}
