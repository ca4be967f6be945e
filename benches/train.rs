//! The trainer's speed on one core and on all, against `NumPy` and `PyTorch` in the same run, and against its own `tanh` alone.
//!
//! `NumPy` uses one core whatever there is; `PyTorch` is measured on one and on all.
//!
//! `cargo bench --bench train`; peers that are not installed are left out.

#![allow(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::cast_lossless,
    clippy::unwrap_used,
    reason = "a bench"
)]
#![allow(clippy::print_stdout, reason = "its output")]

#[path = "../tests/support/training.rs"]
mod training;

use rayon::prelude::*;
use spurious::train::experiment::models::MODELS;
use spurious::train::lanes;
use spurious::train::network::Network;
use spurious::train::number::add_scaled;
use spurious::train::objective::Objective;
use spurious::train::preparation::initial_weights;
use spurious::train::seed::generator;
use spurious::train::sigmoid::Sigmoid;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

/// Starts side by side, and steps of each: from random starts into the minimum or far on the way to infinity.
const STARTS: usize = 256;
const STEPS: u32 = 20_000;
const REPETITIONS: usize = 81;

/// The median of short measurements, and the fastest: on a machine with other work the second is the fairer one.
fn rates(mut measure: impl FnMut() -> f64) -> [f64; 2] {
    let mut all: Vec<f64> = (0..REPETITIONS).map(|_| measure()).collect();
    all.sort_by(f64::total_cmp);
    [all[REPETITIONS / 2], all[REPETITIONS - 1]]
}

fn starts() -> Vec<Vec<f64>> {
    (0..STARTS)
        .map(|k| {
            (0..5)
                .map(|i| (k as f64 * 1.7 + i as f64).sin() * 2.0)
                .collect()
        })
        .collect()
}

fn descent() -> [f64; 2] {
    let lines = training::proof_objective().lines().unwrap().clone();
    rates(|| {
        let mut batch = lanes::Starts::new(&starts());
        let begin = Instant::now();
        black_box(batch.descend(&lines, 0.005, u64::from(STEPS)));
        STARTS as f64 * f64::from(STEPS) / begin.elapsed().as_secs_f64()
    })
}

/// `tanh` evaluations a second, values in the first cache.
fn tanh_alone() -> [f64; 2] {
    let mut values = vec![0.5; 1024];
    rates(|| {
        let begin = Instant::now();
        for _ in 0..STEPS {
            lanes::tanh(black_box(&mut values));
        }
        values.len() as f64 * f64::from(STEPS) / begin.elapsed().as_secs_f64()
    })
}

/// Starts of the network side by side, and steps of each.
const NETWORKS: usize = 64;
const NETWORK_STEPS: u32 = 200;

/// Batch steps a second of a 10-10-1 network on 200 examples, from so many starts on all threads.
fn network(starts: usize) -> [f64; 2] {
    let objective = Objective::new(
        Network::layered(10, &[10], Sigmoid::TANH, Sigmoid::TANH),
        MODELS[0].examples(200, 1),
    );
    rates(|| {
        let begin = Instant::now();
        (0..starts).into_par_iter().for_each(|start| {
            let mut w = initial_weights(objective.network(), &mut generator(1, start as u64));
            let mut gradient = vec![0.0; w.len()];
            for _ in 0..NETWORK_STEPS {
                objective.gradient_into(&w, &mut gradient);
                add_scaled(&mut w, -1e-4, &gradient);
            }
            black_box(w);
        });
        starts as f64 * f64::from(NETWORK_STEPS) / begin.elapsed().as_secs_f64()
    })
}

fn networks(cores: usize) {
    println!("batch gradient descent of a 10-10-1 network on 200 examples");
    let ours = [
        ("spurious, one start", on(1, || network(1))),
        ("spurious, 64 starts, one core", on(1, || network(NETWORKS))),
        (
            "spurious, 64 starts, all cores",
            on(cores, || network(NETWORKS)),
        ),
    ];
    let theirs = peer("network_numpy.py");
    let theirs = theirs.iter().map(|(name, rates)| (name.as_str(), *rates));
    for (name, [median, fastest]) in ours.into_iter().chain(theirs) {
        println!("{name:<32}{median:>12.3e}{fastest:>12.3e} steps/s");
    }
}

fn peer(file: &str) -> BTreeMap<String, [f64; 2]> {
    let path = format!("{}/benches/peers/{file}", env!("CARGO_MANIFEST_DIR"));
    let output = Command::new("python3").arg(path).output();
    let text = output
        .ok()
        .filter(|output| output.status.success())
        .map(|output| output.stdout);
    text.and_then(|text| serde_json::from_slice(&text).ok())
        .unwrap_or_default()
}

fn on<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap()
        .install(work)
}

fn main() {
    let cores = std::thread::available_parallelism().unwrap().get();
    let (one, all, tanh) = (on(1, descent), on(cores, descent), on(1, tanh_alone));
    println!(
        "batch gradient descent, 5 weights, 125 instances on 6 lines; median and fastest of short runs"
    );
    println!(
        "{:<26}{:>12.3e}{:>12.3e} steps/s",
        "spurious, one core", one[0], one[1]
    );
    println!(
        "{:<26}{:>12.3e}{:>12.3e} steps/s",
        format!("spurious, {cores} cores"),
        all[0],
        all[1]
    );
    println!(
        "{:<26}{:>12.3e}{:>12.3e} a second",
        "tanh alone, one core", tanh[0], tanh[1]
    );
    let share = [0, 1].map(|i| one[i] / (tanh[i] / 6.0));
    println!(
        "{:<26}{:>12.2}{:>12.2} of what six tanh a step would allow",
        "", share[0], share[1]
    );
    for file in ["train_numpy.py", "train_torch.py"] {
        for (name, theirs) in peer(file) {
            let ratio = |ours: [f64; 2]| ours[0] / theirs[0];
            let rates = format!("{:>12.3e}{:>12.3e} steps/s", theirs[0], theirs[1]);
            println!(
                "{name:<26}{rates}, ratio of medians: one core {:.1}, {cores} cores {:.1}",
                ratio(one),
                ratio(all)
            );
        }
    }
    networks(cores);
}
