//! The training sets in `proofs/data`: what is certified of each, and that certificate text says the same.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use spurious::certificate::of_surfaces;
use spurious::kernel::number::Rational;
use spurious::kernel::surface::{Evidence, Unit};
use spurious::kernel::verdict::Proved;
use spurious::prover::surface::certify::{Certified, Options, Verdict, certify};
use spurious::unit::{Reading, TrainingSet};
use std::path::Path;

fn load(name: &str, unit: Unit) -> TrainingSet {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("proofs/data")
        .join(name);
    TrainingSet::read(
        &path,
        Reading {
            unit,
            threshold: false,
        },
    )
    .unwrap()
}

fn outcome(name: &str, unit: Unit) -> Certified {
    let set = load(name, unit);
    let outcome = certify(
        set.plain(),
        &Options {
            starts: 100,
            ..Options::default()
        },
    );
    let text = of_surfaces(
        outcome
            .steps
            .iter()
            .map(|(statement, evidence)| (statement, evidence)),
    );
    let proved = Proved::check_text(&text).unwrap();
    assert_eq!(proved.len(), outcome.steps.len());
    outcome
}

fn rational(above: i64, below: i64) -> Rational {
    Rational::new(above.into(), below.into())
}

#[test]
fn xor_is_a_tie() {
    for (name, unit, value) in [
        ("xor.csv", Unit::Tanh, 4),
        ("xor-zero-one.csv", Unit::Logistic, 1),
    ] {
        let outcome = outcome(name, unit);
        assert_eq!(outcome.verdict, Verdict::Tie, "{name}");
        assert!(outcome.complete);
        assert_eq!(outcome.minima.len(), 1);
        assert_eq!(
            outcome.minima[0].error,
            (rational(value, 1), rational(value, 1))
        );
        assert_eq!(outcome.infimum.unwrap().attained, Some(true));
    }
}

#[test]
fn xor_with_one_pattern_twice_is_spurious_and_its_infimum_lies_at_infinity() {
    let outcome = outcome("xor-five.csv", Unit::Tanh);
    assert_eq!(outcome.verdict, Verdict::Spurious);
    assert!(outcome.complete);
    assert_eq!(outcome.minima.len(), 1);
    assert!(outcome.minima[0].error.0 > rational(461_586, 100_000));
    let infimum = outcome.infimum.unwrap();
    assert_eq!(infimum.value, (rational(4, 1), rational(4, 1)));
    assert_eq!(infimum.attained, Some(false));
}

#[test]
fn and_has_no_critical_point() {
    let outcome = outcome("and.csv", Unit::Tanh);
    assert_eq!(outcome.verdict, Verdict::NoCriticalPoint);
    assert!(outcome.complete && outcome.minima.is_empty());
}

#[test]
fn the_125_instances_in_their_four_readings() {
    let count = |name| {
        let outcome = outcome(name, Unit::Tanh);
        let spurious = outcome
            .minima
            .iter()
            .filter(|minimum| minimum.lower.is_some())
            .count();
        (outcome.verdict, outcome.minima.len(), spurious)
    };
    assert_eq!(count("ss89-printed.csv"), (Verdict::None, 1, 0));
    assert_eq!(count("ss89-v7.csv"), (Verdict::None, 1, 0));
    assert_eq!(count("ss89-v11.csv").0, Verdict::Spurious);
    assert_eq!(count("ss89-corrected.csv").0, Verdict::Spurious);
    // Targets inside the range: all four local minima are listed.
    let outputs = outcome("ss89-outputs.csv", Unit::Tanh);
    assert_eq!(
        (outputs.verdict, outputs.minima.len(), outputs.complete),
        (Verdict::Spurious, 4, true)
    );
}

#[test]
fn two_scales_have_two_to_the_d_minima() {
    for d in 1..=4 {
        let outcome = outcome(&format!("two-scales-{d}.csv"), Unit::Logistic);
        assert_eq!(outcome.verdict, Verdict::Spurious);
        assert_eq!(outcome.minima.len(), 1 << d);
        assert!(outcome.complete, "{d}");
    }
}

#[test]
fn separable_data_with_targets_inside_have_a_spurious_minimum() {
    let outcome = outcome("separable-inside.csv", Unit::Tanh);
    assert_eq!(outcome.verdict, Verdict::Spurious);
    assert!(outcome.complete);
    assert_eq!(outcome.minima.len(), 2);
    assert_eq!(outcome.infimum.unwrap().attained, Some(true));
}

#[test]
fn two_global_minima_that_are_mirror_images() {
    let outcome = outcome("mirrored.csv", Unit::Tanh);
    assert_eq!(outcome.verdict, Verdict::None);
    assert!(outcome.complete);
    assert_eq!(outcome.minima.len(), 2);
    assert_eq!(
        outcome
            .others
            .iter()
            .map(|other| other.inertia)
            .collect::<Vec<_>>(),
        [(1, 1)]
    );
}

#[test]
fn saddles_between_minima() {
    let xor = outcome("xor.csv", Unit::Tanh);
    assert_eq!(xor.others.len(), 4);
    for other in &xor.others {
        assert_eq!(other.inertia, (2, 1));
        assert!(other.error.0 > rational(45175, 10000) && other.error.1 < rational(45176, 10000));
    }
    assert!(
        outcome("two-scales-1.csv", Unit::Logistic)
            .others
            .iter()
            .all(|other| other.inertia == (0, 1))
    );
}

/// A list of rows as CSV text, tanh.
fn of(text: &str) -> Certified {
    let reading = Reading {
        unit: Unit::Tanh,
        threshold: false,
    };
    let set = TrainingSet::from_csv("test.csv", text.as_bytes(), reading).unwrap();
    certify(set.plain(), &Options::default())
}

#[test]
fn one_line_with_both_labels_has_one_global_minimum() {
    let outcome = of("x,target,count\n1,1,3\n1,-1,2\n");
    assert_eq!(outcome.verdict, Verdict::None);
    assert!(outcome.complete);
}

#[test]
fn independent_lines_split() {
    let outcome = of("x,y,target,count\n1,1,1,3\n1,1,-1,2\n1,-1,1,1\n-1,1,1,5\n");
    assert_eq!(outcome.verdict, Verdict::None);
    let parts = outcome
        .steps
        .iter()
        .find_map(|(_, evidence)| match evidence {
            Evidence::Global(shown) => Some(shown.product.parts.len()),
            _ => None,
        });
    assert_eq!(parts, Some(2));
    assert!(outcome.complete);
}

#[test]
fn rank_deficient_data_are_decided_on_their_image() {
    let outcome = of("x,y,z,target,count\n1,2,3,1,3\n1,2,3,-1,2\n2,4,7,1,1\n2,4,7,-1,1\n");
    assert_eq!(outcome.verdict, Verdict::None);
    assert_eq!(outcome.minima.len(), 1);
    assert_eq!(outcome.minima[0].chart.dropped, [1]);
}

#[test]
fn a_continuum_of_minima_is_never_called_strict() {
    // The zero row says nothing of x.
    let outcome = of("x,y,target\n0,0,1\n");
    assert!(outcome.minima.is_empty());
    assert_eq!(outcome.verdict, Verdict::None);
}

#[test]
fn the_result_depends_on_the_seed_alone() {
    let set = load("ss89-corrected.csv", Unit::Tanh);
    let text = || {
        let outcome = certify(set.plain(), &Options::default());
        of_surfaces(
            outcome
                .steps
                .iter()
                .map(|(statement, evidence)| (statement, evidence)),
        )
    };
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    assert_eq!(one.install(text), text());
}

#[test]
fn long_inputs_go_through_the_exponential() {
    let outcome = of("x,y,target,count\n1000,3,1,3\n1000,3,-1,2\n7,-1000,1/2,1\n7,-1000,-1/3,4\n");
    assert_eq!(outcome.minima.len(), 1);
}
