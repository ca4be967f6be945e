//! Confirmation of a certificate: starts in the certified trapping region converge into the
//! certified box, no slower than certified, and the certified bound on the learning rate is
//! compared with where divergence sets in.
//!
//! UNTRUSTED: it confirms nothing that the certificate does not already prove; it shows that the
//! floats agree.

use super::{Control, stream};
use crate::train::algorithm::newton::{Newton, Settings};
use crate::train::algorithm::{Algorithm, State};
use crate::train::lanes::Starts;
use crate::train::number::{add_scaled, distance, dot, norm, real, whole};
use crate::train::objective::Objective;
use crate::train::seed::{Generator, direction, generator};
use crate::train::spectrum::eigenvalues;
use crate::train::statistics::Share;
use rand::RngExt;
use serde::Serialize;

/// A certified region, rounded to doubles on the safe side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Region {
    /// The centre.
    pub centre: Vec<f64>,
    /// Radius of the ball around the centre from which descent provably stays in the box.
    pub radius: f64,
    /// Half width of a box around the centre in which the minimum is.
    pub half_width: f64,
    /// Lower bound `c` of the Hessian there.
    pub lower: f64,
    /// Upper bound `L` of the Hessian there; `2/L` bounds the learning rate.
    pub upper: f64,
}

impl Region {
    /// A start that many radii from the centre, in a random direction; with `fill`, uniform in the
    /// ball of that radius.
    #[must_use]
    pub fn start(&self, radii: f64, fill: bool, noise: &mut Generator) -> Vec<f64> {
        let n = self.centre.len();
        let share = if fill {
            noise.random::<f64>().powf(1.0 / real(n))
        } else {
            1.0
        };
        let mut start = self.centre.clone();
        add_scaled(
            &mut start,
            radii * self.radius * share,
            &direction(noise, n),
        );
        start
    }

    /// Tells whether the point `w` lies in the box.
    #[must_use]
    pub fn holds(&self, w: &[f64]) -> bool {
        w.iter()
            .zip(&self.centre)
            .all(|(w, c)| (w - c).abs() <= self.half_width)
    }

    /// The certified bound of the contraction per step at this learning rate, `max(|1 − ηc|, |1 −
    /// ηL|)`.
    #[must_use]
    pub fn contraction(&self, rate: f64) -> f64 {
        // Four roundings of numbers of at most the larger of 1 and ηL.
        let rounding = 4.0 * f64::EPSILON * (1.0 + rate * self.upper);
        (1.0 - rate * self.lower)
            .abs()
            .max((1.0 - rate * self.upper).abs())
            + rounding
    }

    /// The certified bound of the learning rate, `2/L`, rounded down.
    #[must_use]
    pub fn rate(&self) -> f64 {
        (2.0 / self.upper).next_down()
    }

    /// What rounding can add to a ratio of distances: the minimum itself is known only to the
    /// condition number times the unit roundoff.
    #[must_use]
    pub fn rounding(&self) -> f64 {
        UNIT * (1.0 + norm(&self.centre)) * self.upper / self.lower / (RESOLVED * self.radius)
    }

    /// The minimum itself: Newton's method from the centre.
    #[must_use]
    pub fn minimum(&self, objective: &Objective) -> Vec<f64> {
        polished(objective, self.centre.clone())
    }

    /// The largest contraction per step along batch descent from each of these starts, down to a
    /// hundredth of the radius; `None` if the objective is not a single bounded unit of at most 16
    /// weights.
    #[must_use]
    pub fn contractions(
        &self,
        objective: &Objective,
        rate: f64,
        starts: &[Vec<f64>],
    ) -> Option<Vec<f64>> {
        let lines = objective.lines()?;
        contractions(
            starts,
            &self.minimum(objective),
            RESOLVED * self.radius,
            |starts| {
                let mut batch = Starts::new(starts);
                batch.descend(lines, rate, 1).then(|| batch.all())
            },
        )
    }
}

/// Starts at one distance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shell {
    /// The distance of the starts from the centre, in radii; below 1 they fill the ball.
    pub radii: f64,
    /// Starts that ended in the box.
    pub captured: Share,
}

/// The result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Confirmation {
    /// The seed.
    pub seed: u64,
    /// The certified region.
    pub region: Region,
    /// The learning rate.
    pub rate: f64,
    /// Steps of batch gradient descent from each start.
    pub steps: u64,
    /// Starts in the region: all of them should be captured.
    pub inside: Share,
    /// Starts around it.
    pub around: Vec<Shell>,
    /// Certified bound of the contraction per step, `max(|1 − ηc|, |1 − ηL|)`.
    pub certified_contraction: f64,
    /// The largest contraction per step that was measured over all starts in the region, while the
    /// distance was above rounding.
    pub measured_contraction: f64,
    /// `2/L`, certified.
    pub certified_rate: f64,
    /// The rate at which descent from the edge of the region stops converging, by bisection.
    pub critical_rate: f64,
    /// `2/λ_max` at the minimum (lb98 (38)), for comparison.
    pub linear_rate: f64,
    /// The minimum: where the starts ended on average, polished by Newton's method.
    pub end: Vec<f64>,
    /// True where all of it agrees with the certificate.
    pub agrees: bool,
}

/// Distances of the shells, in radii.
const SHELLS: [f64; 7] = [1.0, 4.0, 16.0, 64.0, 256.0, 1024.0, 4096.0];
/// Bisections of the learning rate.
const BISECTIONS: usize = 40;
/// Contraction is measured down to this part of the radius.
const RESOLVED: f64 = 0.01;
/// A few units of rounding.
const UNIT: f64 = 1e-15;
/// Newton steps to the minimum.
const NEWTON: usize = 10;
/// Steps from the edge of the region, in the steepest direction, before it is asked whether it is
/// nearer.
const EDGE_STEPS: u64 = 4_000;
/// The least number of steps and the most.
const STEPS: (f64, f64) = (1_000.0, 200_000.0);

/// Runs `starts` starts for each distance with learning rate `rate`; `None` if the objective is not
/// a single bounded unit of at most 16 weights.
#[must_use]
pub fn confirm(
    objective: &Objective,
    region: &Region,
    rate: f64,
    starts: usize,
    control: Control<'_>,
) -> Option<Confirmation> {
    let lines = objective.lines()?;
    let contraction = region.contraction(rate);
    let needed = (30.0 / -contraction.min(1.0 - 1e-9).ln()).clamp(STEPS.0, STEPS.1);
    let steps = whole(needed);
    let descend = |starts: &[Vec<f64>], rate: f64, steps: u64| {
        let mut batch = Starts::new(starts);
        batch.descend(lines, rate, steps).then(|| batch.all())
    };
    let shell = |radii: f64, fill: bool, index: usize| -> Vec<Vec<f64>> {
        let mut noise = generator(control.seed, stream(index));
        (0..starts)
            .map(|_| region.start(radii, fill, &mut noise))
            .collect()
    };
    let captured = |ends: &[Vec<f64>]| {
        Share::new(
            ends.iter().filter(|end| region.holds(end)).count(),
            ends.len(),
        )
    };

    let first = shell(1.0, true, 0);
    let ends = descend(&first, rate, steps)?;
    let end = polished(objective, mean(&ends));
    let measured = contractions(&first, &end, RESOLVED * region.radius, |starts| {
        descend(starts, rate, 1)
    })?;
    let measured = measured.into_iter().fold(0.0, f64::max);
    let around = SHELLS.iter().enumerate().map(|(index, radii)| {
        (control.finished)();
        let ends = descend(&shell(*radii, false, index + 1), rate, steps)?;
        Some(Shell {
            radii: *radii,
            captured: captured(&ends),
        })
    });
    let around = around.collect::<Option<Vec<_>>>()?;
    let linear_rate = 2.0
        / eigenvalues(objective, &end)
            .last()
            .copied()
            .unwrap_or(f64::NAN);
    let edge = edge(objective, region, &end);
    let nearer = |ends: Vec<Vec<f64>>| {
        ends.iter()
            .all(|w| distance(w, &end) < 0.5 * distance(&edge, &end))
    };
    let converges =
        |rate: f64| descend(std::slice::from_ref(&edge), rate, EDGE_STEPS).is_some_and(nearer);
    let critical_rate = bisect(linear_rate, converges);
    let inside = captured(&ends);
    let certified_rate = region.rate();
    let attracts = inside.count == inside.total && converges(certified_rate * (1.0 - 1e-3));
    let agrees = attracts && measured <= contraction + region.rounding();
    Some(Confirmation {
        seed: control.seed,
        region: region.clone(),
        rate,
        steps,
        inside,
        around,
        certified_contraction: contraction,
        measured_contraction: measured,
        certified_rate,
        critical_rate,
        linear_rate,
        end,
        agrees,
    })
}

/// The end of Newton's method from `w`.
fn polished(objective: &Objective, w: Vec<f64>) -> Vec<f64> {
    let (mut newton, mut state) = (Newton::new(&Settings { factor: 1.0 }), State::new(w));
    for _ in 0..NEWTON {
        if newton
            .step(objective, &mut state, &mut generator(0, 0))
            .is_err()
        {
            break;
        }
    }
    state.weights
}

fn mean(points: &[Vec<f64>]) -> Vec<f64> {
    let mut mean = vec![0.0; points.first().map_or(0, Vec::len)];
    for point in points {
        add_scaled(&mut mean, 1.0 / real(points.len()), point);
    }
    mean
}

/// For each start the largest ratio of successive distances to the end along descent.
fn contractions(
    starts: &[Vec<f64>],
    end: &[f64],
    resolved: f64,
    step: impl Fn(&[Vec<f64>]) -> Option<Vec<Vec<f64>>>,
) -> Option<Vec<f64>> {
    let (mut points, mut largest) = (starts.to_vec(), vec![0.0_f64; starts.len()]);
    for _ in 0..200 {
        let next = step(&points)?;
        for ((before, after), largest) in points.iter().zip(&next).zip(&mut largest) {
            let from = distance(before, end);
            if from > resolved {
                *largest = largest.max(distance(after, end) / from);
            }
        }
        points = next;
    }
    Some(largest)
}

/// On the edge of the region, in the steepest direction, as seen from the minimum.
fn edge(objective: &Objective, region: &Region, minimum: &[f64]) -> Vec<f64> {
    let eigen = objective.hessian(minimum).symmetric_eigen();
    let steepest = eigen.eigenvalues.imax();
    let vector: Vec<f64> = eigen
        .eigenvectors
        .column(steepest)
        .iter()
        .copied()
        .collect();
    let mut edge = minimum.to_vec();
    add_scaled(
        &mut edge,
        region.radius / dot(&vector, &vector).sqrt(),
        &vector,
    );
    edge
}

/// The rate at which `converges` turns false, between 0 and four times `scale`.
fn bisect(scale: f64, converges: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 4.0 * scale);
    for _ in 0..BISECTIONS {
        let middle = f64::midpoint(low, high);
        if converges(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}
