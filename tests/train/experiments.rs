//! Defends the experiments: reproducible whatever the threads, right where the answer is known.

#![allow(clippy::unwrap_used, reason = "tests")]

use crate::training;
use nalgebra::DMatrix;
use spurious::kernel::surface::Unit;
use spurious::prover::surface::attraction;
use spurious::train::algorithm::{Method, batch, flow, online};
use spurious::train::example::Examples;
use spurious::train::experiment::{
    Control, basins, certified, compare, confirm, diffusion,
    ends::{Fate, Found, search, settle},
    escape,
    finish::{self, Keep},
    growth,
    models::{self, MODELS},
    pass, plane, runaway,
};
use spurious::train::named::{NAMED, find};
use spurious::train::network::Network;
use spurious::train::objective::Objective;
use spurious::train::preparation::initial_weights;
use spurious::train::run::{Ending, Limits, Watch, run};
use spurious::train::seed::generator;
use spurious::train::sigmoid::Sigmoid;
use spurious::train::statistics::{Mean, MedianTime, Share, difference, median};
use spurious::unit::{Reading, TrainingSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use training::{near_spurious, proof_objective};

static GO: AtomicBool = AtomicBool::new(false);

fn control(seed: u64) -> Control<'static> {
    Control {
        seed,
        watch: &GO,
        finished: &|| {},
    }
}

fn target(objective: &Objective) -> Found {
    let method = Method::Newton(spurious::train::algorithm::newton::Settings { factor: 1.0 });
    let end = run(
        objective,
        &method,
        &near_spurious(),
        &Limits::default(),
        &mut generator(0, 0),
        &GO,
    );
    Found {
        weights: end.weights,
        error: end.error,
        spurious: true,
    }
}

fn batch_of(rate: f64) -> Method {
    Method::Batch(batch::Settings::plain(rate))
}

fn simple(rate: f64) -> Method {
    Method::Online(online::Settings::simple(rate))
}

#[test]
fn wilson_intervals_are_as_tabulated() {
    let share = Share::new(10, 100);
    assert!(
        (share.lower - 0.055_229).abs() < 1e-5 && (share.upper - 0.174_369).abs() < 1e-5,
        "{share:?}"
    );
    assert_eq!(
        (
            Share::new(0, 5).lower.to_bits(),
            Share::new(5, 5).upper.to_bits()
        ),
        (0, 1f64.to_bits())
    );
    assert_eq!(median(vec![3.0, 1.0, 2.0, 10.0]), Some(2.5));
    assert!((Mean::of(&[1.0, 2.0, 3.0]).error - (1f64 / 3.0).sqrt()).abs() < 1e-12);
}

#[test]
fn the_search_finds_the_spurious_minimum() {
    let found = search(&proof_objective(), 200, 3.0, control(1));
    assert!(found.lowest < 20.0);
    let last = found.minima.last().unwrap();
    assert!(last.spurious && (last.error - 198.749_523).abs() < 1e-5);
}

#[test]
fn the_flow_decides_the_basin() {
    let objective = proof_objective();
    let minimum = target(&objective);
    assert_eq!(settle(&objective, &minimum, &[1.3; 5]), Fate::Captured);
    assert_eq!(settle(&objective, &minimum, &[0.0; 5]), Fate::Below);
    assert_eq!(settle(&objective, &minimum, &[f64::NAN; 5]), Fate::Lost);
    assert_eq!(settle(&objective, &minimum, &[60.0; 5]), Fate::Elsewhere);
}

#[test]
fn basins_do_not_depend_on_the_number_of_threads() {
    let objective = proof_objective();
    let plan = basins::BasinSetup {
        minimum: target(&objective),
        methods: vec![(batch_of(0.005), 2_000), (simple(0.1), 2_000)],
        scales: vec![3.0],
        starts: 40,
    };
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| basins::basins(&objective, &plan, control(5)))
    };
    let one = with(1);
    assert_eq!(one, with(4));
    assert!(
        one.cells
            .iter()
            .all(|cell| cell.captured.total == 40 && cell.captured.count > 0)
    );
    assert_ne!(one, basins::basins(&objective, &plan, control(6)));
}

#[test]
fn an_interrupted_experiment_keeps_what_there_is() {
    let objective = proof_objective();
    let stop = AtomicBool::new(true);
    let plan = basins::BasinSetup {
        minimum: target(&objective),
        methods: vec![(simple(0.1), 100)],
        scales: vec![1.0],
        starts: 10,
    };
    let result = basins::basins(
        &objective,
        &plan,
        Control {
            seed: 1,
            watch: &stop,
            finished: &|| {},
        },
    );
    assert!(result.interrupted && result.cells[0].captured.total == 0);
}

#[test]
fn the_map_shows_the_basin_around_the_minimum() {
    let objective = proof_objective();
    let minimum = target(&objective);
    let map = plane::map(
        &objective,
        &minimum,
        &[0.0, 0.0, 0.0, -3.0, -3.0],
        16,
        control(1),
    );
    let captured = map
        .fates
        .iter()
        .filter(|fate| **fate == Some(Fate::Captured))
        .count();
    assert!(captured > 5 && captured < 200, "{captured}");
    assert!(
        map.plane
            .first
            .iter()
            .zip(&map.plane.second)
            .map(|(a, b)| a * b)
            .sum::<f64>()
            .abs()
            < 1e-12
    );
}

#[test]
fn lyapunov_solutions_solve_their_equation() {
    let h = DMatrix::from_row_slice(3, 3, &[4.0, 1.0, 0.5, 1.0, 3.0, 0.2, 0.5, 0.2, 1.0]);
    let r = DMatrix::from_row_slice(3, 3, &[2.0, 0.3, 0.1, 0.3, 1.0, 0.4, 0.1, 0.4, 5.0]);
    let c = diffusion::lyapunov(h.clone(), &r);
    assert!((&h * &c + &c * &h - r).norm() < 1e-12);
}

/// For a linear unit the process is exactly an autoregression, whose covariance tends to the predicted one as the rate falls.
#[test]
fn fluctuations_of_a_linear_unit_are_as_predicted() {
    let mut examples = Examples::default();
    for (a, b, y) in [
        (1.0, 0.5, 1.0),
        (-0.4, 1.0, 0.3),
        (0.7, -1.2, -1.0),
        (1.5, 1.0, 0.2),
    ] {
        examples.push(vec![a, b], y, 1.0);
    }
    let objective = Objective::new(Network::unit(2, Sigmoid::LINEAR), examples);
    let end = run(
        &objective,
        &Method::GaussNewton,
        &[0.0; 2],
        &Limits::default(),
        &mut generator(0, 0),
        &GO,
    );
    let found =
        diffusion::fluctuations(&objective, &end.weights, &[0.003], (8, 2_000.0), control(3));
    assert!((found[0].ratio - 1.0).abs() < 0.06, "{found:?}");
    assert!(found[0].difference < 0.06, "{found:?}");
}

#[test]
fn simple_backpropagation_escapes_at_a_large_rate_only() {
    let objective = proof_objective();
    let plan = escape::EscapeSetup {
        methods: vec![simple(0.01), simple(1.0)],
        minimum: target(&objective),
        runs: 10,
        steps: 5_000,
        interval: 500,
        safe: 0.3,
    };
    let found = escape::escape(&objective, &plan, control(2));
    assert_eq!((found[0].escaped.count, found[1].escaped.count), (0, 10));
}

/// so88 §3, Figure 5.
#[test]
fn growth_is_a_quarter_of_the_logarithm() {
    let mut examples = Examples::default();
    examples.push(vec![1.0], 1.0, 1.0);
    let objective = Objective::new(Network::unit(1, Sigmoid::TANH), examples);
    let method = Method::Flow(flow::Settings::plain(1e-9));
    let end = run(
        &objective,
        &method,
        &[0.0],
        &Limits::default(),
        &mut generator(0, 0),
        &GO,
    );
    let growth = growth::growth(&objective, &end);
    assert!(
        (growth.slopes[0] - 0.25).abs() < 1e-3 && growth.variation < 1e-2,
        "{:?}",
        growth.slopes
    );
}

/// Counts the steps it is told of, and how often.
#[derive(Default)]
struct Counter {
    steps: AtomicU64,
    calls: AtomicU64,
}

impl Watch for Counter {
    fn stopped(&self) -> bool {
        false
    }

    fn stepped(&self, steps: u64) {
        self.steps.fetch_add(steps, Ordering::Relaxed);
        self.calls.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn a_run_tells_its_steps_now_and_then_and_does_not_change() {
    let objective = proof_objective();
    let newton = Method::Newton(spurious::train::algorithm::newton::Settings { factor: 1.0 });
    for (method, steps, ends_early) in [
        (simple(0.01), 10_000, false),
        (simple(0.01), 8_192, false),
        (newton, 5_000, true),
    ] {
        let limits = Limits {
            steps,
            ..Limits::default()
        };
        let (counter, start) = (Counter::default(), near_spurious());
        let watched = run(
            &objective,
            &method,
            &start,
            &limits,
            &mut generator(3, 0),
            &counter,
        );
        assert_eq!(
            watched,
            run(
                &objective,
                &method,
                &start,
                &limits,
                &mut generator(3, 0),
                &GO
            )
        );
        assert_eq!(
            (counter.steps.into_inner(), watched.steps < steps),
            (watched.steps, ends_early),
            "{}",
            method.name()
        );
        assert!((1..=80).contains(&counter.calls.into_inner()));
    }
}

#[test]
fn every_run_counts_once_abreast_or_not() {
    let objective = proof_objective();
    let starts = vec![near_spurious(); 37];
    for (method, steps) in [
        (batch_of(0.01), 10_000),
        (batch_of(0.01), 50),
        (simple(0.01), 50),
    ] {
        let count = AtomicU64::new(0);
        let limits = Limits {
            steps,
            ..Limits::DEFAULT
        };
        let finished = || {
            count.fetch_add(1, Ordering::Relaxed);
        };
        let control = Control {
            seed: 1,
            watch: &GO,
            finished: &finished,
        };
        assert_eq!(
            finish::finish(&objective, (&method, &limits), &starts, Keep::End, control).len(),
            37
        );
        assert_eq!(count.load(Ordering::Relaxed), 37, "{}", method.name());
    }
}

#[test]
fn the_certified_region_attracts() {
    let objective = proof_objective();
    let centre = target(&objective).weights;
    let side = 2f64.powi(-10);
    let region = confirm::Region {
        centre,
        radius: 0.99 * side,
        half_width: side,
        lower: 0.685,
        upper: 18.6,
    };
    let found = confirm::confirm(&objective, &region, 0.05, 32, control(1)).unwrap();
    assert!(found.agrees, "{found:?}");
    assert!((found.critical_rate / found.linear_rate - 1.0).abs() < 0.01);
    assert!(found.critical_rate > found.certified_rate);
    let false_claim = confirm::Region {
        lower: 2.0,
        ..region
    };
    assert!(
        !confirm::confirm(&objective, &false_claim, 0.05, 32, control(1))
            .unwrap()
            .agrees
    );
}

#[test]
fn the_models_of_finnoff_train_a_network() {
    for model in MODELS {
        let examples = model.examples(60, 4);
        let objective = Objective::new(
            Network::layered(10, &[10], Sigmoid::TANH, Sigmoid::LINEAR),
            examples,
        );
        let slow = batch_of(1e-4);
        let start = |index| initial_weights(objective.network(), &mut generator(1, index));
        let starts: Vec<Vec<f64>> = (0..3).map(start).collect();
        let found = compare::compare(
            &objective,
            [(&slow, 20), (&simple(0.01), 1_200)],
            &starts,
            0.01,
            control(1),
        );
        assert_eq!(found.first.len(), 3);
        assert!(
            found.second.iter().zip(&found.first).all(|(a, b)| a < b),
            "{model:?} {found:?}"
        );
    }
}

#[test]
fn gaussian_classes_have_their_means() {
    let examples = models::classes(&[0.4, 0.8], 0.3, 2_000, 1);
    let mean = examples.rows().map(|(a, b, _)| a[1] * b).sum::<f64>() / 4_000.0;
    assert!((mean - 0.8).abs() < 0.02);
}

/// From the data file through prover and kernel to the trainer.
#[test]
fn the_125_instance_minimum_is_certified_and_attracts() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/proofs/data/ss89-corrected.csv"
    );
    let reading = Reading {
        unit: Unit::Tanh,
        threshold: false,
    };
    let set = TrainingSet::read(std::path::Path::new(path), reading).unwrap();
    let attraction = attraction::certify(set.plain(), &near_spurious()).unwrap();
    let found = certified::confirm_region(&attraction, &proof_objective(), 64, control(1)).unwrap();
    assert!(found.agrees && found.inside.count == 64, "{found:?}");
    assert!(
        found.region.half_width >= 2f64.powi(-13) && found.region.radius <= found.region.half_width
    );
    assert!(
        found.certified_rate / found.linear_rate > 0.9
            && found.certified_rate < found.critical_rate,
        "{found:?}"
    );
    let wall = certified::wall(set.plain(), &near_spurious()).unwrap();
    let about = serde_json::to_value(&wall).unwrap()["about"].clone();
    assert!(about == "data" || about == "lines", "{wall:?}");
    let pass = pass::pass(
        &proof_objective(),
        &target(&proof_objective()),
        &[0.0, 0.0, 0.0, -3.0, -3.0],
    )
    .unwrap();
    assert!(
        1e-4 < wall.height && wall.height < pass.height,
        "{wall:?} {pass:?}"
    );
}

/// 39 of 100 tosses or fewer come up heads with probability 1.76 %, 40 or fewer with 2.84 %: the interval is from the 40th to the 61st.
#[test]
fn the_interval_of_a_median_time_is_that_of_the_order_statistics() {
    let times = |count: u32| (1..=count).map(f64::from).collect::<Vec<_>>();
    let all = MedianTime::new(times(100), 100);
    assert_eq!(
        (all.median, all.lower, all.upper),
        (Some(50.5), Some(40.0), Some(61.0))
    );
    let half = MedianTime::new(times(55), 100);
    assert_eq!(
        (half.median, half.lower, half.upper),
        (Some(50.5), Some(40.0), None)
    );
    let few = MedianTime::new(times(3), 100);
    assert_eq!((few.median, few.lower, few.upper), (None, None, None));
    let many = MedianTime::new(times(1000), 1000);
    assert!(many.lower.unwrap() > 460.0 && many.upper.unwrap() < 540.0);
}

/// Newcombe (1998), Statistics in Medicine 17, Table II, example (a): 56/70 − 48/80.
#[test]
fn the_interval_of_a_difference_of_shares_is_as_published() {
    let (estimate, [lower, upper]) = difference(Share::new(56, 70), Share::new(48, 80));
    assert!(
        (estimate - 0.2).abs() < 1e-12
            && (lower - 0.0524).abs() < 5e-5
            && (upper - 0.3339).abs() < 5e-5
    );
}

#[test]
fn every_named_example_is_a_training_set_for_its_network() {
    for named in NAMED {
        let set = named.set().unwrap();
        assert!(!set.rows().is_empty(), "{}", named.name);
        assert_eq!(find(named.name).unwrap(), &named);
    }
    assert_eq!(
        find("fi92-additive").unwrap().set().unwrap().rows().len(),
        200
    );
    assert!(find("no-such-name").is_none());
}

/// A start is the same run alone, and beside others; every one says how it ended.
#[test]
fn starts_side_by_side_are_the_starts_alone() {
    let objective = proof_objective();
    let mut starts: Vec<Vec<f64>> = (0..20_u32)
        .map(|k| (0..5).map(|i| f64::from(k * 5 + i).sin()).collect())
        .collect();
    starts[7] = vec![1.3; 5];
    let (method, limits) = (batch_of(0.003), Limits::DEFAULT);
    let together = finish::finish(
        &objective,
        (&method, &limits),
        &starts,
        Keep::Way,
        control(1),
    );
    for index in [0, 7, 19] {
        let alone = &starts[index..=index];
        let alone = finish::finish(&objective, (&method, &limits), alone, Keep::Way, control(1));
        assert_eq!(alone[0], together[index]);
    }
    assert!(together.iter().any(|run| run.outcome == Ending::Converged));
}

/// Weights on the way to infinity: their direction, and what the error tends to.
#[test]
fn a_run_without_a_minimum_runs_away() {
    // The first line tends to its target, the second to the middle of two: E tends to 2 · (1/2)².
    let mut examples = Examples::default();
    examples.push(vec![1.0, 0.0], 1.0, 3.0);
    examples.push(vec![0.0, 1.0], 0.5, 1.0);
    examples.push(vec![0.0, 1.0], -0.5, 1.0);
    let objective = Objective::new(Network::unit(2, Sigmoid::TANH), examples);
    let found = runaway::runaway(&objective, &[0.3, 0.4]).unwrap();
    assert!((found.direction[0] - 1.0).abs() < 1e-6 && found.direction[1].abs() < 1e-3);
    assert!((found.limit - 0.5).abs() < 1e-7, "{}", found.limit);
    assert_eq!(runaway::runaway(&proof_objective(), &near_spurious()), None);
}

/// lb98 §5.2 prints the eigenvalues 0.84 and 0.036 of the covariance, whose largest bounds the rate.
#[test]
fn the_classes_have_the_eigenvalues_of_the_paper() {
    let examples = Examples::from(&find("lb98-classes").unwrap().set().unwrap());
    assert_eq!(examples.columns(), 3);
    let of = |i: usize, j: usize| {
        let mean = |k: usize| examples.inputs.iter().map(|a| a[k]).sum::<f64>() / 100.0;
        examples.inputs.iter().map(|a| a[i] * a[j]).sum::<f64>() / 100.0 - mean(i) * mean(j)
    };
    let values = DMatrix::from_fn(2, 2, of).symmetric_eigenvalues();
    assert!((values.max() - 0.84).abs() < 0.06 && (values.min() - 0.036).abs() < 0.01);
}
