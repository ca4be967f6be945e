//! The kernel's rules about training sets: accepted, and rejected each for its exact reason.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use proptest::prelude::*;
use spurious::certificate;
use spurious::kernel::number::{Int, Rational};
use spurious::kernel::rejection::Premise;
use spurious::kernel::sexp;
use spurious::kernel::surface::{
    Attraction, Barrier, Cells, Critical, Evidence, Global, Krawczyk, Limit, Minima, Minimum,
    Point, Product, Rejection, Row, Statement, TrainingSet, Tree, Unit, check,
};
use spurious::prover::surface::barrier::{Problem, prove};
use spurious::prover::surface::certify::{Options, certify};
use spurious::prover::surface::floats::float;
use spurious::prover::surface::{cells, critical, directions, find, product, refutation};
use spurious::unit::Reading;

fn set(text: &str) -> TrainingSet {
    let reading = Reading {
        unit: Unit::Tanh,
        threshold: false,
    };
    spurious::unit::TrainingSet::from_csv("test.csv", text.as_bytes(), reading)
        .unwrap()
        .plain()
        .clone()
}

const CORRECTED: &str = include_str!("../../proofs/data/ss89-corrected.csv");
const FIVE: &str = include_str!("../../proofs/data/xor-five.csv");
const MIRRORED: &str = include_str!("../../proofs/data/mirrored.csv");

/// The minimum of the 125 instances with the largest error, and a lower point.
fn minimum() -> (Minimum, Barrier) {
    let problem = Problem::new(&set(CORRECTED));
    let found = find::search(&problem.floats, 1, 100);
    let highest = found.iter().rfind(|candidate| candidate.minimum).unwrap();
    prove(&problem, &highest.point, Some(&found[0].point), 0.95).unwrap()
}

fn judge((minimum, barrier): (Minimum, Barrier)) -> Result<(), Rejection> {
    check(
        &Statement::Minimum(Box::new(minimum)),
        true,
        &Evidence::Barrier(barrier),
    )
}

fn rational(above: i64, below: i64) -> Rational {
    Rational::new(above.into(), below.into())
}

#[test]
fn barrier_accepts() {
    assert_eq!(judge(minimum()), Ok(()));
}

macro_rules! rejected {
    ($($name:ident: |$minimum:ident, $barrier:ident| $change:expr => $premise:ident $places:expr,)*) => {$(
        #[test]
        fn $name() {
            #[allow(unused_mut, unused_variables, reason = "not every change needs both")]
            let (mut $minimum, mut $barrier) = minimum();
            $change;
            let result = judge(($minimum, $barrier));
            assert!(fails(&result, Premise::$premise, &$places), "{result:?}");
        }
    )*};
}

/// Whether it is rejected for this premise, in these places.
fn fails(result: &Result<(), Rejection>, premise: Premise, places: &[usize]) -> bool {
    match result {
        Err(Rejection::Premise(name, at)) => *name == premise && at.starts_with(places),
        Err(Rejection::Compared(name, _)) => *name == premise && places.is_empty(),
        _ => false,
    }
}

fn changed(data: &TrainingSet, change: impl Fn(&mut Vec<Row>)) -> TrainingSet {
    let mut rows = data.rows().to_vec();
    change(&mut rows);
    TrainingSet::new(data.unit(), data.width(), rows).unwrap()
}

rejected! {
    barrier_modulus_zero: |m, b| m.modulus = rational(0, 1) => Modulus [],
    barrier_modulus_too_large: |m, b| m.modulus = rational(3, 4) => Dominant [],
    barrier_half_width_smaller: |m, b| m.half_width = 60 => Dominant [],
    barrier_modulus_too_small: |m, b| m.modulus = rational(1, 1 << 50) => Slope [],
    barrier_half_width_too_large: |m, b| m.half_width = 5 => Box [0],
    barrier_half_width_larger: |m, b| m.half_width = 10 => Dominant [],
    barrier_half_width_absurd: |m, b| m.half_width = 1 << 30 => HalfWidth [],
    barrier_nearer: |m, b| m.near = rational(1, 1 << 60) => Near [],
    barrier_not_exactly: |m, b| m.near = rational(0, 1) => Critical [],
    barrier_error_low: |m, b| m.error.0 += rational(1, 1 << 30) => ErrorBelow [],
    barrier_error_high: |m, b| m.error.1 -= rational(1, 1 << 30) => ErrorAbove [],
    barrier_lower_error: |m, b| m.lower.as_mut().unwrap().error -= rational(1, 1 << 20) => LowerError [],
    barrier_lower_is_not_lower: |m, b| m.lower.as_mut().unwrap().error = rational(199, 1) => Lower [],
    barrier_no_lower: |m, b| m.lower = None => Count [0, 11],
    barrier_lower_without_responses: |m, b| b.lower.clear() => Count [11, 0],
    barrier_lower_elsewhere: |m, b| m.lower.as_mut().unwrap().point = m.centre.clone() => Response [0],
    barrier_centre_elsewhere: |m, b| m.centre = m.lower.clone().unwrap().point => Response [0],
    barrier_centre_negative: |m, b| {
        let Point::Exp { xi, .. } = &mut m.centre else { panic!() };
        xi[2] = Int::from(-5);
    } => Positive [],
    barrier_centre_short: |m, b| {
        let Point::Exp { xi, .. } = &mut m.centre else { panic!() };
        xi.pop();
    } => Count [5, 4],
    barrier_centre_grid: |m, b| {
        let Point::Exp { bits, .. } = &mut m.centre else { panic!() };
        *bits = u32::MAX;
    } => Exponent [0],
    barrier_grid_odd: |m, b| b.grid = 63 => OddGrid [63],
    barrier_grid_other: |m, b| b.grid = 66 => Response [0],
    barrier_grid_absurd: |m, b| b.grid = 1 << 31 => Grid [],
    barrier_response: |m, b| b.centre[3] += 2 => Response [3],
    barrier_response_missing: |m, b| drop(b.centre.pop()) => Count [11, 10],
    barrier_column: |m, b| b.columns[2][1] += Int::from(1) << 30_u32 => Dominant [],
    barrier_column_missing: |m, b| drop(b.columns.pop()) => Count [5, 4],
    barrier_column_short: |m, b| drop(b.columns[4].pop()) => Count [5, 4],
    barrier_row_changed: |m, b| m.data = changed(&m.data, |rows| rows[0].input[0] = rational(-1, 1))
        => Response [0],
    barrier_count_changed: |m, b| m.data = changed(&m.data, |rows| rows[10].weight = rational(46, 1))
        => Dominant [],
    barrier_target_changed: |m, b| m.data = changed(&m.data, |rows| rows[5].target = rational(-1, 1))
        => Dominant [],
    barrier_row_missing: |m, b| m.data = changed(&m.data, |rows| drop(rows.pop()))
        => Count [10, 11],
    barrier_scale: |m, b| m.chart.coordinates[1].scale = rational(1, 2) => Integer [0, 1],
    barrier_scale_negative: |m, b| m.chart.coordinates[1].scale = rational(-1, 1) => Scale [1],
    barrier_column_twice: |m, b| m.chart.coordinates[1].column = 0 => Columns [],
    barrier_column_dropped: |m, b| {
        m.chart.coordinates.pop();
        m.chart.dropped.push(4);
        for coordinate in &mut m.chart.coordinates {
            coordinate.folds.push(rational(1, 1));
        }
    } => Fold [0, 4],
    barrier_folds_missing: |m, b| {
        m.chart.coordinates.pop();
        m.chart.dropped.push(4);
    } => Count [1, 0],
}

/// A centre is the minimum exactly only where the response there is a number: tanh 1 is irrational, though the lower end
/// of its enclosure is the target.
#[test]
fn barrier_exactly_at_an_enclosure() {
    let text = |target: &str, centre: &str, s: &str| {
        let data = format!("(data tanh 1 (((1) {target} 1)))");
        let minimum = format!(
            "(minimum {data} (chart ((0 1 ())) ()) (point ({centre})) 5 1/10 0 (0 0) none)"
        );
        let stated = format!("(statement () (holds (surface {minimum})))");
        format!("(certificate 3 (step () {stated} (surface (barrier 64 ({s}) ((0)) ()))))")
    };
    let check = spurious::kernel::verdict::Proved::check_text;
    assert!(check(&text("0", "0", "9223372036854775808")).is_ok());
    let result = check(&text("53595287/70372503", "1", "2198905795380358825"));
    let result = result.map(drop).map_err(|rejected| rejected.reason);
    assert!(fails(&result, Premise::Exact, &[0]), "{result:?}");
}

#[test]
fn evidence_of_another_rule_is_rejected() {
    let (minimum, barrier) = minimum();
    let data = minimum.data.clone();
    let other = check(
        &Statement::NoCriticalPoint(data.clone()),
        true,
        &Evidence::Barrier(barrier.clone()),
    );
    assert!(fails(&other, Premise::OtherRule, &[]));
    assert!(fails(
        &check(
            &Statement::Minimum(Box::new(minimum.clone())),
            true,
            &Evidence::Compute
        ),
        Premise::OtherRule,
        &[]
    ));
    let other = set(FIVE);
    let spurious = Evidence::Spurious(Box::new(minimum.clone()), barrier.clone());
    assert_eq!(
        check(&Statement::Spurious(data.clone()), true, &spurious),
        Ok(())
    );
    assert!(fails(
        &check(&Statement::Spurious(other), true, &spurious),
        Premise::Data,
        &[]
    ));
    let alone = Evidence::Spurious(
        Box::new(Minimum {
            lower: None,
            ..minimum
        }),
        Barrier {
            lower: Vec::new(),
            ..barrier
        },
    );
    assert!(fails(
        &check(&Statement::Spurious(data), true, &alone),
        Premise::LowerPoint,
        &[]
    ));
}

#[test]
fn attraction() {
    let (minimum, barrier) = minimum();
    let (stated, columns) =
        spurious::prover::surface::attraction::prove(&Problem::new(&minimum.data), &minimum, 64)
            .unwrap();
    let judge = |stated: &Attraction, columns: &[Vec<Int>]| {
        let evidence = Evidence::Attraction(barrier.clone(), columns.to_vec());
        check(
            &Statement::Attraction(Box::new(stated.clone())),
            true,
            &evidence,
        )
    };
    assert_eq!(judge(&stated, &columns), Ok(()));
    let less = Attraction {
        smoothness: &stated.smoothness * rational(1, 2),
        ..stated.clone()
    };
    assert!(fails(&judge(&less, &columns), Premise::Dominant, &[]));
    let mut wide = stated.clone();
    wide.minimum.near = rational(1, 1 << 13);
    assert!(fails(&judge(&wide, &columns), Premise::Radius, &[]));
    let mut scaled = stated.clone();
    scaled.minimum.data = changed(&scaled.minimum.data, |rows| {
        for row in rows {
            row.input[0] *= rational(1, 2);
        }
    });
    scaled.minimum.chart.coordinates[0].scale = rational(2, 1);
    assert!(fails(&judge(&scaled, &columns), Premise::Scales, &[]));
    assert!(fails(
        &judge(&stated, &columns[1..]),
        Premise::Count,
        &[5, 4]
    ));
    let mut forged = columns.clone();
    forged[2][2] += Int::from(1) << 31_u32;
    assert!(fails(&judge(&stated, &forged), Premise::Dominant, &[]));
}

#[test]
fn no_critical_point() {
    let data = set("x,y,target\n1,1,1\n2,1,1\n-1,3,1\n");
    let direction = directions::no_critical_point(&data, None).unwrap();
    let judge = |data: &TrainingSet, v: Vec<Rational>| {
        check(
            &Statement::NoCriticalPoint(data.clone()),
            true,
            &Evidence::Direction(v),
        )
    };
    assert_eq!(judge(&data, direction.clone()), Ok(()));
    let opposite = direction.iter().map(|v| -v).collect();
    assert!(fails(&judge(&data, opposite), Premise::Side, &[]));
    assert!(fails(
        &judge(&data, vec![rational(0, 1), rational(0, 1)]),
        Premise::StrictRow,
        &[]
    ));
    assert!(fails(
        &judge(&data, vec![rational(1, 1)]),
        Premise::Count,
        &[2, 1]
    ));
    // A target inside the range must not move.
    let inside = set("x,y,target\n1,1,1\n2,1,1/2\n");
    assert!(fails(
        &judge(&inside, vec![rational(1, 1), rational(1, 1)]),
        Premise::Side,
        &[1]
    ));
    assert_eq!(
        judge(&inside, vec![rational(-1, 1), rational(2, 1)]),
        Ok(())
    );
    assert!(directions::no_critical_point(&set(CORRECTED), None).is_none());
}

#[test]
fn none_is_spurious_without_a_critical_point() {
    let data = set("x,y,target\n1,1,1\n2,1,1\n-1,3,1\n");
    let spurious = Statement::Spurious(data.clone());
    let Some(Evidence::Direction(direction)) = refutation(&spurious) else {
        panic!("a direction shows it")
    };
    let judge = |data: &TrainingSet, v: Vec<Rational>| {
        check(
            &Statement::Spurious(data.clone()),
            false,
            &Evidence::Direction(v),
        )
    };
    assert_eq!(judge(&data, direction.clone()), Ok(()));
    assert!(fails(
        &judge(&data, vec![rational(0, 1), rational(0, 1)]),
        Premise::StrictRow,
        &[]
    ));
    assert!(fails(
        &judge(&data, vec![rational(1, 1)]),
        Premise::Count,
        &[2, 1]
    ));
    let turned = changed(&data, |rows| rows[1].target = rational(-1, 1));
    assert!(fails(
        &judge(&turned, direction.clone()),
        Premise::Side,
        &[1]
    ));
    // Data with a spurious minimum: no direction whatever.
    for k in 0..5 {
        let axis = (0..5).map(|i| rational(i64::from(i == k), 1)).collect();
        assert!(fails(&judge(&set(CORRECTED), axis), Premise::Side, &[]));
    }
    let evidence = Evidence::Direction(direction);
    assert!(fails(
        &check(&spurious, true, &evidence),
        Premise::OtherRule,
        &[]
    ));
    assert!(fails(
        &check(&Statement::NoCriticalPoint(data), false, &evidence),
        Premise::OtherRule,
        &[]
    ));
}

#[test]
fn balanced() {
    let data = set(CORRECTED);
    let dual = directions::balanced(&data).unwrap();
    let judge = |dual| {
        check(
            &Statement::Balanced(data.clone()),
            true,
            &Evidence::Dual(dual),
        )
    };
    assert_eq!(judge(dual.clone()), Ok(()));
    let mut forged = dual.clone();
    forged[3] += rational(1, 7);
    assert!(fails(&judge(forged), Premise::Balanced, &[]));
    let zero = vec![rational(0, 1); dual.len()];
    assert!(fails(&judge(zero), Premise::Dual, &[0]));
    assert!(fails(&judge(dual[1..].to_vec()), Premise::Count, &[11, 10]));
    let inside = set("x,target\n1,1/2\n-1,1/2\n");
    let even = Evidence::Dual(vec![rational(1, 1); 2]);
    assert!(fails(
        &check(&Statement::Balanced(inside), true, &even),
        Premise::InnerTarget,
        &[0]
    ));
    assert!(directions::balanced(&set("x,target\n1,1\n")).is_none());
}

#[test]
fn limit() {
    let data = set(FIVE);
    let at = |direction: [i64; 3], value: Rational| {
        let direction = direction.iter().map(|v| rational(*v, 1)).collect();
        check(
            &Statement::Limit(Limit {
                data: data.clone(),
                direction,
                value,
            }),
            true,
            &Evidence::Compute,
        )
    };
    assert_eq!(at([-2, 3, -3], rational(4, 1)), Ok(()));
    assert_eq!(at([0, 0, 0], rational(5, 1)), Ok(()));
    assert!(fails(&at([-2, 3, -3], rational(5, 1)), Premise::Limit, &[]));
}

fn five() -> (Minima, Cells) {
    let problem = Problem::new(&set(FIVE));
    let found = find::search(&problem.floats, 1, 100);
    cells::list(&problem, &found, &[Some(rational(4, 1))]).unwrap()
}

fn judge_cells((stated, shown): (Minima, Cells)) -> Result<(), Rejection> {
    check(&Statement::Minima(stated), true, &Evidence::Cells(shown))
}

/// The first leaf that satisfies `pick`, to be changed.
fn leaf(tree: &mut Tree, pick: fn(&Tree) -> bool) -> Option<&mut Tree> {
    if pick(tree) {
        return Some(tree);
    }
    match tree {
        Tree::Fan { parts, .. } => {
            let (left, right) = &mut **parts;
            leaf(left, pick).or_else(|| leaf(right, pick))
        }
        Tree::Cut(_, left, right) => leaf(left, pick).or_else(|| leaf(right, pick)),
        Tree::Bend(..) | Tree::Inside(_) => None,
    }
}

fn with_leaf(pick: fn(&Tree) -> bool, by: Tree) -> Result<(), Rejection> {
    let (stated, mut shown) = five();
    let found = shown
        .orthants
        .iter_mut()
        .find_map(|tree| leaf(tree, pick))
        .unwrap();
    *found = by;
    judge_cells((stated, shown))
}

#[test]
fn cells_accept_and_reject() {
    let (stated, shown) = five();
    assert_eq!(judge_cells((stated.clone(), shown.clone())), Ok(()));
    // A smaller bound is weaker, a larger one false.
    let floor = |value| {
        judge_cells((
            Minima {
                at_infinity: Some(value),
                ..stated.clone()
            },
            shown.clone(),
        ))
    };
    assert_eq!(
        judge_cells((
            Minima {
                at_infinity: None,
                ..stated.clone()
            },
            shown.clone()
        )),
        Ok(())
    );
    assert!(fails(
        &floor(rational(4_000_001, 1_000_000)),
        Premise::Low,
        &[]
    ));
    // Without the minimum the cells around it are not excluded.
    let none = (
        Minima {
            minima: Vec::new(),
            ..stated.clone()
        },
        Cells {
            minima: Vec::new(),
            ..shown.clone()
        },
    );
    assert!(fails(&judge_cells(none), Premise::Leaf, &[]));
    let twice = (
        Minima {
            minima: [stated.minima.clone(), stated.minima.clone()].concat(),
            ..stated.clone()
        },
        Cells {
            minima: [shown.minima.clone(), shown.minima.clone()].concat(),
            ..shown.clone()
        },
    );
    assert!(fails(&judge_cells(twice), Premise::Apart, &[0, 1]));
    let short = (
        stated.clone(),
        Cells {
            orthants: shown.orthants[1..].to_vec(),
            ..shown.clone()
        },
    );
    assert!(fails(&judge_cells(short), Premise::Count, &[8, 7]));
    let mut swapped = shown.clone();
    swapped.orthants.swap(0, 7);
    assert!(judge_cells((stated.clone(), swapped)).is_err());
    let other = changed(&stated.data, |rows| rows[0].weight = rational(2, 1));
    assert!(fails(
        &judge_cells((
            Minima {
                data: other,
                ..stated
            },
            shown
        )),
        Premise::Data,
        &[]
    ));
}

#[test]
fn forged_leaves_are_rejected() {
    let bend = |tree: &Tree| matches!(tree, Tree::Bend(..));
    let slope = |d: &[Int]| Tree::Bend(Vec::new(), d.to_vec());
    let (zero, one) = (vec![Int::from(0); 3], vec![Int::from(1); 3]);
    assert!(fails(&with_leaf(bend, slope(&zero)), Premise::Bend, &[]));
    assert!(fails(
        &with_leaf(bend, Tree::Bend(zero, Vec::new())),
        Premise::Bend,
        &[]
    ));
    assert!(fails(
        &with_leaf(bend, Tree::Inside(0)),
        Premise::InsideBox,
        &[]
    ));
    assert!(fails(&with_leaf(bend, Tree::Inside(1)), Premise::Leaf, &[]));
    let inside = |tree: &Tree| matches!(tree, Tree::Inside(_));
    assert!(fails(&with_leaf(inside, slope(&one)), Premise::Bend, &[]));
    assert!(fails(
        &with_leaf(inside, Tree::Bend(one.clone(), one.clone())),
        Premise::Bend,
        &[]
    ));
    let parts = || Box::new((slope(&[Int::from(1)]), slope(&[Int::from(1)])));
    assert!(fails(
        &with_leaf(bend, Tree::Cut(3, Box::new(parts().0), Box::new(parts().1))),
        Premise::Axis,
        &[]
    ));
    let fan = Tree::Fan {
        rays: (0, 1),
        shares: [1, 1, 1],
        parts: parts(),
    };
    assert!(fails(&with_leaf(bend, fan.clone()), Premise::LateFan, &[]));
    let whole = |tree: &Tree| matches!(tree, Tree::Fan { .. });
    for (rays, shares, premise) in [
        ((0, 0), [1, 1, 1], Premise::Ray),
        ((0, 3), [1, 1, 1], Premise::Ray),
        ((0, 1), [0, 1, 1], Premise::Shares),
        ((0, 1), [1, 0, 1], Premise::Shares),
        ((0, 1), [1, 1, 0], Premise::Shares),
        ((0, 1), [1, 1, 2], Premise::Fan),
    ] {
        let parts = parts();
        let fan = Tree::Fan {
            rays,
            shares,
            parts,
        };
        let result = with_leaf(whole, fan);
        assert!(fails(&result, premise, &[]), "{premise:?}: {result:?}");
    }
    assert!(fails(&with_leaf(whole, slope(&one)), Premise::OneSign, &[]));
}

#[test]
fn products() {
    let data = set("x,y,target,count\n1,1,1,3\n1,1,-1,2\n1,-1,1,1\n-1,1,1,5\n");
    let (stated, shown) = product::prove(&data, 1, 50).unwrap();
    let judge = |stated: Product, shown: Vec<Cells>| {
        check(&Statement::Product(stated), true, &Evidence::Parts(shown))
    };
    assert_eq!(judge(stated.clone(), shown.clone()), Ok(()));
    let with = |change: &dyn Fn(&mut Product)| {
        let mut forged = stated.clone();
        change(&mut forged);
        judge(forged, shown.clone())
    };
    assert!(fails(
        &with(&|stated| stated.parts[1].0 = stated.parts[0].0.clone()),
        Premise::Independent,
        &[]
    ));
    assert!(fails(
        &with(&|stated| stated.parts[1].0.clear()),
        Premise::FormWidth,
        &[]
    ));
    assert!(fails(
        &with(&|stated| drop(stated.parts[1].0[0].pop())),
        Premise::FormWidth,
        &[]
    ));
    let axis = vec![vec![rational(1, 1), rational(0, 1)]];
    assert!(fails(
        &with(&|stated| stated.parts[1].0 = axis.clone()),
        Premise::Part,
        &[2]
    ));
    let twice = vec![vec![rational(2, 1), rational(-2, 1)]];
    assert!(fails(
        &with(&|stated| stated.parts[1].0 = twice.clone()),
        Premise::Part,
        &[2]
    ));
    assert!(fails(
        &with(&|stated| drop(stated.parts.pop())),
        Premise::Count,
        &[1, 2]
    ));
    let heavier = changed(&data, |rows| rows[0].weight = rational(4, 1));
    assert!(fails(
        &with(&|stated| stated.data = heavier.clone()),
        Premise::Part,
        &[0]
    ));
    let fewer = changed(&data, |rows| drop(rows.pop()));
    assert!(fails(
        &with(&|stated| stated.data = fewer.clone()),
        Premise::Data,
        &[]
    ));
}

/// What `certify` shows a set to have: its evidence that no local minimum is spurious.
fn global(text: &str) -> (TrainingSet, Global) {
    let data = set(text);
    let outcome = certify(&data, &Options::default());
    let found = outcome
        .steps
        .into_iter()
        .find_map(|(_, evidence)| match evidence {
            Evidence::Global(shown) => Some(*shown),
            _ => None,
        });
    (data, found.unwrap())
}

fn judge_global(data: &TrainingSet, shown: &Global) -> Result<(), Rejection> {
    check(
        &Statement::Spurious(data.clone()),
        false,
        &Evidence::Global(Box::new(shown.clone())),
    )
}

#[test]
fn none_is_spurious_by_symmetry() {
    let (data, shown) = global(MIRRORED);
    assert_eq!(judge_global(&data, &shown), Ok(()));
    let with = |change: &dyn Fn(&mut Global)| {
        let mut forged = shown.clone();
        change(&mut forged);
        judge_global(&data, &forged)
    };
    let map = |entries: [i64; 2]| vec![vec![entries.map(Int::from).to_vec()]];
    assert_eq!(shown.symmetries, map([2, 1]));
    for wrong in [[1, 2], [-2, -1], [2, 2], [1, 1], [0, 1], [3, 1], [2, -1]] {
        assert!(
            fails(
                &with(&|forged| forged.symmetries = map(wrong)),
                Premise::Equal,
                &[1]
            ),
            "{wrong:?}"
        );
    }
    assert!(fails(
        &with(&|forged| forged.symmetries[0][0].clear()),
        Premise::Equal,
        &[1]
    ));
    assert!(fails(
        &with(&|forged| forged.symmetries[0].clear()),
        Premise::Count,
        &[1, 0]
    ));
    assert!(fails(
        &with(&|forged| forged.symmetries.clear()),
        Premise::Count,
        &[1, 0]
    ));
    assert!(fails(
        &with(&|forged| forged.product.parts[0].1.at_infinity = None),
        Premise::NoFloor,
        &[]
    ));
    let low = |forged: &mut Global| forged.product.parts[0].1.at_infinity = Some(rational(7, 5));
    assert!(fails(&with(&low), Premise::Floor, &[]));
    let high = |forged: &mut Global| forged.product.parts[0].1.at_infinity = Some(rational(300, 1));
    assert!(fails(&with(&high), Premise::Low, &[]));
    let fewer = |forged: &mut Global| {
        forged.product.parts[0].1.minima.pop();
        forged.cells[0].minima.pop();
        forged.symmetries[0].pop();
    };
    assert!(fails(&with(&fewer), Premise::Leaf, &[]));
    // A map that is a symmetry of other rows only.
    let other = changed(&data, |rows| rows[0].weight = rational(7, 1));
    assert!(fails(&judge_global(&other, &shown), Premise::Data, &[]));
    let evidence = Evidence::Global(Box::new(shown));
    assert!(fails(
        &check(&Statement::Spurious(data.clone()), true, &evidence),
        Premise::OtherRule,
        &[]
    ));
    assert!(fails(
        &check(&Statement::NoCriticalPoint(data), false, &evidence),
        Premise::OtherRule,
        &[]
    ));
}

/// The seventh vector read as printed but for one sign: five weights, no spurious minimum.
#[test]
fn none_is_spurious_in_five_variables() {
    let (data, shown) = global(include_str!("../../proofs/data/ss89-v7.csv"));
    assert_eq!(judge_global(&data, &shown), Ok(()));
    let with = |change: &dyn Fn(&mut Global)| {
        let mut forged = shown.clone();
        change(&mut forged);
        judge_global(&data, &forged)
    };
    // Other variables: the axes are exchanged.
    assert!(fails(
        &with(&|forged| forged.product.parts[0].0.swap(0, 1)),
        Premise::Part,
        &[0]
    ));
    let weighed = |forged: &mut Global| {
        let part = &mut forged.product.parts[0].1;
        part.data = changed(&part.data, |rows| rows[3].weight = rational(16, 1));
    };
    assert!(fails(&with(&weighed), Premise::Part, &[3]));
    // No descent finds anything lower.
    let problem = Problem::new(&data);
    let least = float(&shown.product.parts[0].1.minima[0].error.0);
    let floor = float(shown.product.parts[0].1.at_infinity.as_ref().unwrap());
    assert!(least < floor);
    for candidate in find::search(&problem.floats, 11, 300) {
        assert!(
            candidate.error
                >= if candidate.minimum {
                    least - 1e-9
                } else {
                    floor - 1e-9
                }
        );
    }
}

/// The data as printed: five weights, one very flat minimum, four rates that compete near infinity.
#[test]
fn none_is_spurious_in_the_data_as_printed() {
    let (data, shown) = global(include_str!("../../proofs/data/ss89-printed.csv"));
    assert_eq!(judge_global(&data, &shown), Ok(()));
    let with = |change: &dyn Fn(&mut Global)| {
        let mut forged = shown.clone();
        change(&mut forged);
        judge_global(&data, &forged)
    };
    // The infimum at infinity is 19, hardly above the minimum.
    let high = |forged: &mut Global| {
        forged.product.parts[0].1.at_infinity = Some(rational(19_000_001, 1_000_000));
    };
    assert!(fails(&with(&high), Premise::Low, &[]));
    let low = |forged: &mut Global| {
        forged.product.parts[0].1.at_infinity = Some(rational(18_999_994, 1_000_000));
    };
    assert!(fails(&with(&low), Premise::Floor, &[]));
    let fans = |forged: &mut Global| {
        let found = forged.cells[0]
            .orthants
            .iter_mut()
            .find_map(|tree| leaf(tree, |tree| matches!(tree, Tree::Bend(..))));
        *found.unwrap() = Tree::Inside(0);
    };
    assert!(fails(&with(&fans), Premise::InsideBox, &[]));
    // Without one of the rows that compete.
    let fewer = changed(&data, |rows| drop(rows.remove(6)));
    assert!(fails(&judge_global(&fewer, &shown), Premise::Data, &[]));
}

/// 12 (t − 1)² + 4 (−t − 1)² = 16 (t − 1/2)² + 12: between 12, where t is 1/2, and its limits 16 and 48, which it does not reach.
#[test]
fn rows_of_one_input_are_one_row() {
    let data = set("x,target,count\n1,1,12\n-1,1,4\n");
    let problem = Problem::new(&data);
    let found = find::search(&problem.floats, 1, 100);
    let (stated, shown) = cells::list(&problem, &found, &[Some(rational(15, 1))]).unwrap();
    assert_eq!(stated.at_infinity, Some(rational(15, 1)));
    assert_eq!(stated.minima.len(), 1);
    assert_eq!(stated.minima[0].error, (rational(12, 1), rational(12, 1)));
    let with = |floor| {
        judge_cells((
            Minima {
                at_infinity: Some(floor),
                ..stated.clone()
            },
            shown.clone(),
        ))
    };
    assert_eq!(with(rational(15, 1)), Ok(()));
    assert!(fails(&with(rational(16, 1)), Premise::Low, &[]));
    // The same leaves do not do where the rows differ in a target.
    let other = changed(&data, |rows| rows[1].target = rational(1, 2));
    let chart = stated.chart.clone();
    let moved = Minima {
        data: other,
        chart,
        minima: Vec::new(),
        at_infinity: None,
    };
    assert!(fails(
        &judge_cells((
            moved,
            Cells {
                minima: Vec::new(),
                ..shown
            }
        )),
        Premise::Bend,
        &[]
    ));
}

/// The slope along (1, 1) is at most 12 q₁ − 200 q₂² where q₁ ≤ 1/2, and q₁/q₂² is bounded where q₂ is not 0.
#[test]
fn quotients_of_monomials_are_bounded_away_from_infinity() {
    let data = set("x,y,target,count\n1,0,-1/2,1\n0,1,1,100\n");
    let chart = Problem::new(&data).chart;
    let stated = Minima {
        data,
        chart,
        minima: Vec::new(),
        at_infinity: None,
    };
    let leaf = |d: [i64; 2]| Tree::Bend(Vec::new(), d.map(Int::from).to_vec());
    let judge = |far: [i64; 2], near: [i64; 2]| {
        let near = Tree::Cut(0, Box::new(leaf(near)), Box::new(leaf([0, 1])));
        let first = Tree::Cut(1, Box::new(leaf(far)), Box::new(near));
        let orthants = [vec![first], vec![leaf([0, 1]); 3]].concat();
        judge_cells((
            stated.clone(),
            Cells {
                minima: Vec::new(),
                orthants,
            },
        ))
    };
    assert_eq!(judge([0, 1], [0, 1]), Ok(()));
    assert_eq!(judge([0, 1], [1, 1]), Ok(()));
    let (half, one) = (1 << 61, 1 << 62);
    assert!(fails(
        &judge([1, 1], [1, 1]),
        Premise::Bend,
        &[0, one, 0, half]
    ));
    assert!(fails(
        &judge([0, 1], [1, 0]),
        Premise::Bend,
        &[0, half, half, one]
    ));
}

/// A saddle of XOR.
fn saddle() -> (Critical, Krawczyk) {
    let outcome = certify(
        &set(include_str!("../../proofs/data/xor.csv")),
        &Options::default(),
    );
    let found = outcome.steps.into_iter().find_map(|step| match step {
        (Statement::Critical(stated), Evidence::Krawczyk(shown)) => Some((*stated, *shown)),
        _ => None,
    });
    found.unwrap()
}

fn judge_critical(stated: &Critical, shown: &Krawczyk) -> Result<(), Rejection> {
    check(
        &Statement::Critical(Box::new(stated.clone())),
        true,
        &Evidence::Krawczyk(Box::new(shown.clone())),
    )
}

#[test]
fn critical_points() {
    let (stated, shown) = saddle();
    assert_eq!(judge_critical(&stated, &shown), Ok(()));
    assert_eq!(stated.inertia, (2, 1));
    let with = |change: &dyn Fn(&mut Critical, &mut Krawczyk)| {
        let (mut stated, mut shown) = (stated.clone(), shown.clone());
        change(&mut stated, &mut shown);
        judge_critical(&stated, &shown)
    };
    assert!(fails(
        &with(&|stated, _| stated.inertia = (3, 0)),
        Premise::Inertia,
        &[2, 1, 0]
    ));
    assert!(fails(
        &with(&|stated, _| stated.inertia = (1, 2)),
        Premise::Inertia,
        &[2, 1, 0]
    ));
    assert!(fails(
        &with(&|stated, _| stated.half_width = 1 << 30),
        Premise::HalfWidth,
        &[1 << 30]
    ));
    assert!(fails(
        &with(&|stated, _| stated.half_width = 0),
        Premise::Box,
        &[0]
    ));
    assert!(fails(
        &with(&|stated, _| stated.half_width = 5),
        Premise::Inside,
        &[]
    ));
    assert!(fails(
        &with(&|stated, _| stated.half_width = 63),
        Premise::Inside,
        &[]
    ));
    let tiny = rational(1, 1 << 40);
    assert!(fails(
        &with(&|stated, _| stated.error.0 += rational(1, 1 << 20)),
        Premise::ErrorBelow,
        &[]
    ));
    assert!(fails(
        &with(&|stated, _| stated.error.1 -= rational(1, 1 << 20)),
        Premise::ErrorAbove,
        &[]
    ));
    assert_eq!(with(&|stated, _| stated.error.1 += &tiny), Ok(()));
    assert!(fails(
        &with(&|_, shown| shown.inverse[1][0] += 1),
        Premise::Symmetric,
        &[0, 1]
    ));
    assert!(fails(
        &with(&|_, shown| shown.congruence[2][0] += rational(1, 1)),
        Premise::Diagonal,
        &[0, 2]
    ));
    assert!(fails(
        &with(&|_, shown| shown.congruence[2] = shown.congruence[1].clone()),
        Premise::Regular,
        &[]
    ));
    assert!(fails(
        &with(&|_, shown| drop(shown.congruence.pop())),
        Premise::Order,
        &[]
    ));
    assert!(fails(
        &with(&|_, shown| drop(shown.inverse.pop())),
        Premise::Count,
        &[3, 2]
    ));
    let twice = |_: &mut Critical, shown: &mut Krawczyk| {
        shown.inverse.iter_mut().flatten().for_each(|p| *p *= 2);
    };
    assert!(fails(&with(&twice), Premise::Inside, &[0]));
    assert!(fails(
        &with(&|_, shown| shown.centre[1] += 3),
        Premise::Response,
        &[1]
    ));
    assert!(fails(
        &with(&|_, shown| shown.grid = 63),
        Premise::OddGrid,
        &[63]
    ));
    let heavier = |stated: &mut Critical, _: &mut Krawczyk| {
        stated.data = changed(&stated.data, |rows| rows[0].weight = rational(2, 1));
    };
    assert!(fails(&with(&heavier), Premise::Inside, &[]));
}

/// E, the size of a Newton step and the least eigenvalue at a centre, in floats, from the statement's own data.
fn oracle(minimum: &Minimum) -> Option<(f64, f64, f64)> {
    let Point::Exp { bits, xi } = &minimum.centre else {
        return None;
    };
    let c: Vec<f64> = xi
        .iter()
        .map(|x| float(&Rational::new(x.clone(), Int::from(1) << *bits)).ln() / 2.0)
        .collect();
    let problem = Problem::new(&minimum.data);
    if problem.chart != minimum.chart {
        return None;
    }
    let at = problem.floats.derivatives(&c);
    let step = at.hessian.cholesky(|_| 0.0)?.solve_cholesky(&at.gradient);
    let size = step.iter().map(|d| d * d).sum::<f64>().sqrt();
    Some((
        at.error,
        size,
        at.hessian
            .eigen()
            .0
            .into_iter()
            .fold(f64::INFINITY, f64::min),
    ))
}

/// Every number of a certificate changed, one at a time: it is rejected, or what it then states is true.
#[test]
fn every_changed_number_is_rejected_or_true() {
    let (stated, shown) = minimum();
    let statement = certificate::text(&Statement::Minimum(Box::new(stated)));
    let evidence = certificate::text(&Evidence::Barrier(shown));
    let numbers = |text: &str| {
        let mut spans = Vec::new();
        let mut start = None;
        for (at, byte) in text.bytes().enumerate().chain([(text.len(), b' ')]) {
            let inside = byte.is_ascii_digit() || byte == b'-' || byte == b'/';
            match (inside, start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    spans.push(from..at);
                    start = None;
                }
                _ => {}
            }
        }
        spans
    };
    let parse = |text: &str| sexp::read(text).unwrap().read::<Statement>();
    let original = parse(&statement).unwrap();
    let (mut rejected, mut accepted) = (0, 0);
    for span in numbers(&statement) {
        let old: Rational =
            spurious::kernel::number::parse_rational(&statement[span.clone()]).unwrap();
        for new in [
            &old + rational(1, 1),
            &old - rational(1, 1),
            &old * rational(2, 1),
            -&old,
            rational(0, 1),
        ] {
            let text = format!(
                "{}{new}{}",
                &statement[..span.start],
                &statement[span.end..]
            );
            let Ok(changed) = parse(&text) else {
                rejected += 1;
                continue;
            };
            if changed == original {
                continue;
            }
            let evidence = sexp::read(&evidence).unwrap().read().unwrap();
            if check(&changed, true, &evidence).is_err() {
                rejected += 1;
                continue;
            }
            accepted += 1;
            let Statement::Minimum(minimum) = &changed else {
                panic!()
            };
            let (error, step, least) =
                oracle(minimum).expect("an accepted statement that the oracle does not know");
            assert!(
                float(&minimum.error.0) <= error + 1e-9 && error - 1e-9 <= float(&minimum.error.1),
                "{text}"
            );
            assert!(
                step <= float(&minimum.near) + 1e-9 && least >= float(&minimum.modulus),
                "{text}"
            );
        }
    }
    assert!(
        rejected > 300 && accepted < 60,
        "{rejected} rejected, {accepted} accepted"
    );
    // Changed evidence never changes the statement: it is rejected or needless.
    for span in numbers(&evidence) {
        let old: Int = evidence[span.clone()].parse().unwrap();
        let text = format!(
            "{}{}{}",
            &evidence[..span.start],
            old * 2 + 1,
            &evidence[span.end..]
        );
        let _ = sexp::read(&text)
            .unwrap()
            .read()
            .map(|evidence| check(&original, true, &evidence));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Random small sets: what is accepted agrees with floats, inputs and targets being fractions.
    #[test]
    fn accepted_minima_agree_with_floats(
        rows in prop::collection::vec((prop::collection::vec(-6_i64..7, 3), -4_i64..5, 1_i64..9), 3..9),
        logistic in any::<bool>(),
    ) {
        let rows: Vec<Row> = rows
            .iter()
            .map(|(input, target, weight)| Row {
                input: input.iter().map(|a| rational(*a, 2)).collect(),
                target: if logistic { rational(target + 4, 8) } else { rational(*target, 4) },
                weight: rational(*weight, 3),
            })
            .collect();
        let unit = if logistic { Unit::Logistic } else { Unit::Tanh };
        let data = TrainingSet::new(unit, 3, rows).unwrap();
        let problem = Problem::new(&data);
        for candidate in find::search(&problem.floats, 7, 20).iter().filter(|candidate| candidate.minimum) {
            let Some((minimum, barrier)) = prove(&problem, &candidate.point, None, 0.9) else { continue };
            prop_assert_eq!(judge((minimum.clone(), barrier)), Ok(()));
            if let Some((error, step, least)) = oracle(&minimum) {
                prop_assert!(float(&minimum.error.0) <= error + 1e-9 && error - 1e-9 <= float(&minimum.error.1));
                prop_assert!(step <= float(&minimum.near) + 1e-9);
                prop_assert!(least >= float(&minimum.modulus));
            }
            // E itself, from the definition.
            let x: Vec<f64> = candidate.point.clone();
            let direct: f64 = data
                .rows()
                .iter()
                .map(|row| {
                    let y: f64 = problem
                        .chart
                        .coordinates
                        .iter()
                        .zip(&x)
                        .map(|(c, u)| float(&row.input[c.column]) * float(&c.scale) * u)
                        .sum();
                    let response = if logistic { 1.0 / (1.0 + (-y).exp()) } else { y.tanh() };
                    float(&row.weight) * (response - float(&row.target)).powi(2)
                })
                .sum();
            prop_assert!((direct - candidate.error).abs() < 1e-9 * (1.0 + direct));
        }
    }

    /// Saddle points and maxima have the inertia that floats see, and the error.
    #[test]
    fn critical_points_agree_with_floats(
        rows in prop::collection::vec((prop::collection::vec(-3_i64..4, 2), -4_i64..5, 1_i64..4), 2..7),
    ) {
        let rows: Vec<Row> = rows
            .iter()
            .map(|(input, target, weight)| Row {
                input: input.iter().map(|a| rational(*a, 2)).collect(),
                target: rational(*target, 4),
                weight: rational(*weight, 1),
            })
            .collect();
        let data = TrainingSet::new(Unit::Tanh, 2, rows).unwrap();
        let problem = Problem::new(&data);
        for point in critical::search(&problem.floats, 3, 20, &[]) {
            let Some((stated, shown)) = critical::prove(&problem, &point) else { continue };
            if judge_critical(&stated, &shown).is_ok() {
                let here = problem.floats.derivatives(&point);
                let negative = here.hessian.eigen().0.into_iter().filter(|value| *value < 0.0).count();
                prop_assert_eq!(stated.inertia.1, negative);
                prop_assert!(float(&stated.error.0) <= here.error + 1e-9 && here.error - 1e-9 <= float(&stated.error.1));
            }
        }
    }

    /// Whatever the list of all minima claims, random descents find no other minimum and nothing lower.
    #[test]
    fn lists_of_all_minima_agree_with_descents(
        rows in prop::collection::vec((prop::collection::vec(-3_i64..4, 2), -2_i64..3, 1_i64..4), 2..6),
    ) {
        let rows: Vec<Row> = rows
            .iter()
            .map(|(input, target, weight)| Row {
                input: input.iter().map(|a| rational(*a, 1)).collect(),
                target: rational(*target, 2),
                weight: rational(*weight, 1),
            })
            .collect();
        let data = TrainingSet::new(Unit::Tanh, 2, rows).unwrap();
        let problem = Problem::new(&data);
        let found = find::search(&problem.floats, 1, 40);
        let Some((stated, shown)) = cells::list(&problem, &found, &[cells::least_corner(&problem).map(|c| c.0), None])
        else {
            return Ok(());
        };
        let count = stated.minima.len();
        let floor = stated.at_infinity.as_ref().map(float);
        let least = stated.minima.iter().map(|m| float(&m.error.0)).fold(f64::INFINITY, f64::min);
        if judge_cells((stated, shown)).is_err() {
            return Ok(());
        }
        let more = find::search(&problem.floats, 99, 100);
        let certified = |candidate: &&find::Candidate| {
            candidate.minimum && prove(&problem, &candidate.point, None, 0.5).is_some_and(|pair| judge(pair).is_ok())
        };
        let strict = more.iter().filter(certified).count();
        prop_assert!(strict <= count, "{strict} minima, {count} listed");
        if let Some(floor) = floor {
            prop_assert!(more.iter().all(|candidate| candidate.error >= floor.min(least) - 1e-9));
        }
    }
}
