//! Walls: certified lower bounds of what every way out of a minimum has to climb. UNTRUSTED: the
//! kernel accepts the certificate that a wall is read from.
//!
//! `E(u) ≥ E(u*) + (λ/2) ‖u − u*‖²` holds in the box of half-width r around the centre c, and
//! `‖u* − c‖ ≤ ρ`. On the boundary of the box the error is at least `(λ/2)(r − ρ)²` above the
//! minimum.
//!
//! The height does not depend on coordinates, the widest box does. Besides the weights, the
//! responses `y = Bu` of some lines of the data are tried as coordinates, B chosen among the
//! inputs. The kernel then accepts a statement about the inputs `a B⁻¹`, computed exactly here.

use super::barrier::{Problem, prove, widest};
use super::chart::{ChartRow, reduce};
use super::find::descend;
use super::floats::{Floats, dot, term};
use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{Evidence, Minimum, Row, Statement, TrainingSet, Unit, check};
use num_traits::{One, Signed, ToPrimitive};
use serde::Serialize;
use std::collections::BTreeMap;

/// Parts of the least eigenvalue that are tried. A small one allows a wide box, and the wall grows
/// with the square of its width.
const SHARES: [f64; 12] = [
    0.9, 0.75, 0.65, 0.55, 0.5, 0.45, 0.4, 0.35, 0.3, 0.2, 0.1, 0.05,
];
/// Factors by which the coordinates are shrunk, so that half-widths between powers of two are tried.
const WIDTHS: [u32; 4] = [4, 5, 6, 7];
/// Certificates that are tried, from the highest estimate down.
const TRIES: usize = 8;
/// Most weights, and most rows, of data that are put into the coordinates of their lines.
const LARGEST: (usize, usize) = (16, 10_000);

/// An error, and a point, in some coordinates.
type Frame = (Problem, Vec<f64>);

/// Which training set a certified statement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// The data as they are.
    Data,
    /// Other data with the same error, in the responses of some lines as weights. No kernel has
    /// compared the two.
    Lines,
}

impl About {
    /// What a reader is told about a bound.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Data => "certified by the kernel",
            Self::Lines => {
                "certified by the kernel for other data, which have the same error by a \
                 computation that is not certified"
            }
        }
    }
}

/// The highest wall found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highest {
    /// The height.
    pub height: Rational,
    /// The data of the certificate.
    pub about: About,
}

/// The highest wall that a certificate of the strict minimum near the weights `near` shows.
#[must_use]
pub fn highest(data: &TrainingSet, near: &[f64]) -> Option<Highest> {
    let problem = Problem::new(data);
    let point = descend(&problem.floats, problem.to_chart(near)).point;
    let lines = in_lines(&problem, &point).map(|frame| (About::Lines, frame));
    let frames: Vec<(About, Frame)> = [(About::Data, (problem, point))]
        .into_iter()
        .chain(lines)
        .flat_map(|(about, (problem, point))| {
            WIDTHS.map(|width| (about, shrunk(&problem, &point, width)))
        })
        .collect();
    let mut tries: Vec<(f64, f64, &(About, Frame))> = Vec::new();
    for frame in &frames {
        let (problem, point) = &frame.1;
        let one = |share: &f64| Some((estimate(&problem.floats, point, *share)?, *share, frame));
        tries.extend(SHARES.iter().filter_map(one));
    }
    tries.sort_by(|first, second| second.0.total_cmp(&first.0));
    tries
        .iter()
        .take(TRIES)
        .find_map(|(_, share, (about, (problem, point)))| {
            let (minimum, barrier) = prove(problem, point, None, *share)?;
            let statement = Statement::Minimum(Box::new(minimum.clone()));
            check(&statement, true, &Evidence::Barrier(barrier))
                .is_ok()
                .then(|| Highest {
                    height: height(&minimum),
                    about: *about,
                })
        })
}

/// The frame in coordinates `width` times smaller.
fn shrunk(problem: &Problem, point: &[f64], width: u32) -> Frame {
    let point = point.iter().map(|u| u / f64::from(width)).collect();
    (problem.shrunk(width), point)
}

/// The wall `λ/2 · 4⁻ᵐ` of the widest box with this part of the least eigenvalue, in floats.
fn estimate(set: &Floats, u: &[f64], share: f64) -> Option<f64> {
    let (m, lambda, _) = widest(set, u, share)?;
    Some(lambda / 2.0 * 4_f64.powi(-i32::try_from(m).ok()?))
}

/// The frame in the coordinates `y = Bu`.
///
/// The rows of B are the independent inputs with the most curvature. Most rows of the data then
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

/// The height `(λ/2)(r − ρ)²` that a certified minimum shows; 0 where ρ is not below r.
fn height(minimum: &Minimum) -> Rational {
    let radius = Rational::new(Int::one(), Int::one() << minimum.half_width) - &minimum.near;
    let reach = if radius.is_positive() {
        radius
    } else {
        Rational::from_integer(0.into())
    };
    &minimum.modulus * &reach * &reach / Rational::from_integer(2.into())
}
