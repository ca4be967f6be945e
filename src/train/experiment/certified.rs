//! What the kernel certifies of a minimum, as the experiments use it: the region that attracts, and how high its walls are at least.
//!
//! UNTRUSTED, but for what it hands on from the kernel: every bound here is of a certificate that the kernel has accepted in this process. A [`Wall`]
//! says whether that is about the data as they are. Doubles are rounded to the safe side.

use super::Control;
use super::confirm::{Confirmation, Region, confirm};
use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{
    Attraction, Evidence, Minimum, Row, Statement, TrainingSet, Unit, check,
};
use crate::prover::surface::barrier::{self, Problem, approximate, prove};
use crate::prover::surface::chart::{ChartRow, reduce};
use crate::prover::surface::find::descend;
use crate::prover::surface::floats::{dot, term};
use crate::train::objective::Objective;
use num_traits::{One, Signed, ToPrimitive};
use serde::Serialize;
use std::collections::BTreeMap;

/// The part of the least eigenvalue that the certificate of attraction keeps.
const SHARE: f64 = 0.95;
/// Parts that are tried for the highest wall: a small one allows a wide box, and the wall grows with the square of its width.
const SHARES: [f64; 12] = [
    0.9, 0.75, 0.65, 0.55, 0.5, 0.45, 0.4, 0.35, 0.3, 0.2, 0.1, 0.05,
];
/// Half-widths that are tried, in powers of two.
const WIDTHS: [u32; 4] = [4, 5, 6, 7];
/// Certificates that are tried for the highest wall.
const TRIES: usize = 8;
/// Most weights, and most rows, of data that are put into the coordinates of their lines.
const LARGEST: (usize, usize) = (16, 10_000);

/// The region around the strict minimum near these weights that attracts gradient descent, accepted by the kernel. There is none where the
/// columns of the data are scaled differently, or are dependent.
#[must_use]
pub fn certify(data: &TrainingSet, near: &[f64]) -> Option<Attraction> {
    let problem = Problem::new(data);
    let found = descend(&problem.floats, problem.to_chart(near));
    let (minimum, barrier) = prove(&problem, &found.point, None, SHARE)?;
    let (attraction, columns) = crate::prover::surface::attraction::prove(&problem, &minimum)?;
    let statement = Statement::Attraction(Box::new(attraction.clone()));
    check(&statement, true, &Evidence::Attraction(barrier, columns))
        .is_ok()
        .then_some(attraction)
}

/// A certified lower bound of what every way out of a minimum has to climb.
///
/// `E(u) ≥ E(u*) + (λ/2) ‖u − u*‖²` in the box of half width r around the centre, and `‖u* − c‖ ≤ ρ`: on the boundary of the box the error is
/// at least `(λ/2)(r − ρ)²` above the minimum. The height does not depend on coordinates, the widest box does: besides the weights, the responses `y = Bu` of
/// some lines of the data are tried as coordinates, B chosen among the inputs. What the kernel accepts then is a statement about the inputs `a B⁻¹`, which
/// untrusted code computes: [`About`] says so.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Wall {
    /// The bound, exactly.
    pub exact: String,
    /// The bound, rounded down.
    pub height: f64,
    /// The training set of the statement that the kernel accepted.
    pub about: About,
}

/// Which training set a certified statement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// The data as they are.
    Data,
    /// Other data with the same error, in the responses of some lines as weights. No kernel has compared the two.
    Lines,
}

impl About {
    /// What a reader is told about a bound.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Data => "certified by the kernel",
            Self::Lines => {
                "certified by the kernel for other data, which have the same error by a computation that is not certified"
            }
        }
    }
}

/// The highest wall that a certificate of the strict minimum near these weights shows.
#[must_use]
pub fn wall(data: &TrainingSet, near: &[f64]) -> Option<Wall> {
    let problem = Problem::new(data);
    let point = descend(&problem.floats, problem.to_chart(near)).point;
    let lines = in_lines(&problem, &point).map(|frame| (About::Lines, frame));
    let mut frames = Vec::new();
    for (about, (problem, point)) in [(About::Data, (problem, point))].into_iter().chain(lines) {
        let at = |width: u32| {
            point
                .iter()
                .map(|u| u / f64::from(width))
                .collect::<Vec<f64>>()
        };
        frames.extend(WIDTHS.map(|width| (about, (problem.shrunk(width), at(width)))));
    }
    let mut tries: Vec<(f64, f64, &(About, Frame))> = Vec::new();
    for frame in &frames {
        let one = |share: &f64| {
            Some((
                barrier::wall(&frame.1.0.floats, &frame.1.1, *share)?,
                *share,
                frame,
            ))
        };
        tries.extend(SHARES.iter().filter_map(one));
    }
    tries.sort_by(|first, second| second.0.total_cmp(&first.0));
    let (about, highest) =
        tries
            .iter()
            .take(TRIES)
            .find_map(|(_, share, (about, (problem, point)))| {
                let (minimum, barrier) = prove(problem, point, None, *share)?;
                let statement = Statement::Minimum(Box::new(minimum.clone()));
                check(&statement, true, &Evidence::Barrier(barrier))
                    .is_ok()
                    .then(|| (*about, height(&minimum)))
            })?;
    Some(Wall {
        exact: highest.to_string(),
        height: below(&highest)?,
        about,
    })
}

/// An error, and a point, in some coordinates.
type Frame = (Problem, Vec<f64>);

/// The same error, and the point, in the coordinates `y = Bu`: the rows of B are the independent inputs with the most curvature, so that most rows of the data
/// bend along one coordinate alone, and their enclosures on a box do not mix.
fn in_lines(problem: &Problem, point: &[f64]) -> Option<Frame> {
    if point.len() > LARGEST.0 || problem.rows.len() > LARGEST.1 {
        return None;
    }
    let mut curvature: BTreeMap<Vec<Int>, f64> = BTreeMap::new();
    let line = |row: &ChartRow| row.a.clone().max(row.a.iter().map(|a| -a).collect());
    for (row, (a, b, weight)) in problem.rows.iter().zip(problem.floats.rows()) {
        *curvature.entry(line(row)).or_default() += weight * term(dot(a, point), b).2 * dot(a, a);
    }
    let size = |row: &ChartRow| curvature.get(&line(row)).copied().map_or(0.0, f64::abs);
    let mut rows: Vec<&ChartRow> = problem.rows.iter().collect();
    rows.sort_by(|first, second| size(second).total_cmp(&size(first)));
    // Column by column the inputs: where the pivots are is B, the entries of a column are its a B⁻¹.
    let entry = |k: usize| {
        rows.iter()
            .map(|row| Rational::from_integer(row.a[k].clone()))
            .collect()
    };
    let reduced = reduce((0..point.len()).map(entry).collect());
    let input = |index: usize| reduced.iter().map(|(_, row)| row[index].clone()).collect();
    let row = |(index, row): (usize, &&ChartRow)| Row {
        input: input(index),
        target: row.target.clone(),
        weight: row.weight.clone(),
    };
    let data = TrainingSet::new(
        Unit::Tanh,
        reduced.len(),
        rows.iter().enumerate().map(row).collect(),
    )
    .ok()?;
    let lines = Problem::new(&data);
    let responses: Vec<f64> = reduced
        .iter()
        .map(|(pivot, _)| {
            rows[*pivot]
                .a
                .iter()
                .zip(point)
                .map(|(a, u)| a.to_f64().unwrap_or(f64::NAN) * u)
                .sum()
        })
        .collect();
    let point = lines.to_chart(&responses);
    (reduced.len() == point.len()).then_some((lines, point))
}

fn height(minimum: &Minimum) -> Rational {
    let radius = Rational::new(Int::one(), Int::one() << minimum.half_width) - &minimum.near;
    let reach = if radius.is_positive() {
        radius
    } else {
        Rational::from_integer(0.into())
    };
    &minimum.modulus * &reach * &reach / Rational::from_integer(2.into())
}

/// A double below a fraction.
fn below(x: &Rational) -> Option<f64> {
    // The nearest double is within half a unit of the exact value.
    x.to_f64().map(f64::next_down)
}

/// A double above a fraction.
fn above(x: &Rational) -> Option<f64> {
    x.to_f64().map(f64::next_up)
}

/// How far rounding may move a centre: each ½ ln ξ by a few units of the larger of it and 1, and the scale as much.
fn blur(centre: &[f64], scale: f64) -> f64 {
    16.0 * f64::EPSILON * centre.iter().fold(0.0, |sum, x| sum + x.abs() + scale)
}

/// The certified region in the weights, rounded to the safe side: a ball within the certified one, a box around the certified one, and bounds of the
/// Hessian beyond the certified ones. `None` where a number in it does not fit into a double.
#[must_use]
pub fn region(attraction: &Attraction) -> Option<Region> {
    let scale = attraction.scale()?;
    let minimum = &attraction.minimum;
    let factor = scale.to_f64()?;
    let centre: Vec<f64> = approximate(&minimum.centre)
        .iter()
        .map(|u| factor * u)
        .collect();
    let blur = blur(&centre, factor);
    let box_radius = Rational::new(Int::one(), Int::one() << minimum.half_width);
    let radius = below(&(attraction.radius() * scale))? - blur;
    let half_width = above(&(box_radius * scale))? + blur;
    let square = scale * scale;
    let lower = below(&(&minimum.modulus / &square))?;
    let upper = above(&(&attraction.smoothness / &square))?;
    let finite = centre
        .iter()
        .chain([&lower, &upper])
        .all(|number| number.is_finite())
        && radius > 0.0;
    finite.then_some(Region {
        centre,
        radius,
        half_width,
        lower,
        upper,
    })
}

/// Confirms a certified region with the rate `1/L`.
#[must_use]
pub fn confirm_region(
    attraction: &Attraction,
    objective: &Objective,
    starts: usize,
    control: Control<'_>,
) -> Option<Confirmation> {
    let region = region(attraction)?;
    confirm(objective, &region, 1.0 / region.upper, starts, control)
}
