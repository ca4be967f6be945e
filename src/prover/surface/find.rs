//! Searches for local minima and low points, from many starts. UNTRUSTED.

use super::floats::{Derivatives, FAR, Floats, dot};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// Beyond this |y| the kernel encloses no response.
const FARTHEST: f64 = 8000.0;
/// Beyond this |y| a response hardly changes.
const SATURATED: f64 = 4.0;
/// Most further steps of a search that has run away.
const FOLLOWED: usize = 60;
/// Newton's decrement at a minimum, as a part of the weights: rounding, where the Hessian is nearly singular.
const DECREMENT: f64 = 1e-20;
/// Curvature below this part of the natural scale is rounding.
const NOISE: f64 = 1e-13;
/// Most Newton steps from one start.
const STEPS: usize = 300;

/// Where a search from one start ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The point, in the coordinates of the chart.
    pub point: Vec<f64>,
    /// E there.
    pub error: f64,
    /// Whether it looks like a strict local minimum; else the search ran away or did not finish.
    pub minimum: bool,
}

/// Searches from seeded random starts, in parallel; equal minima are reported once, in order of their error.
///
/// The result does not depend on the number of threads.
#[must_use]
pub fn search(set: &Floats, seed: u64, starts: usize) -> Vec<Candidate> {
    let one = |index: u64| descend(set, start(set, seed, index));
    let count = u64::try_from(starts).unwrap_or(u64::MAX);
    let work = set
        .inputs
        .len()
        .saturating_mul(set.n.saturating_add(8))
        .saturating_mul(starts);
    let found: Vec<Candidate> = if work < 200_000 {
        (0..count).map(one).collect()
    } else {
        (0..count).into_par_iter().map(one).collect()
    };
    distinct(set, found)
}

/// A random start: y is of order one to a few, on a random scale.
pub(super) fn start(set: &Floats, seed: u64, index: u64) -> Vec<f64> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(index);
    let total: f64 = set.weights.iter().sum();
    // The first start is the origin; then the radius grows and shrinks.
    let radius = if index == 0 {
        0.0
    } else {
        0.5 * 4_f64.powf(random.random::<f64>() * 2.0 - 0.5)
    };
    let spread = |s: &f64| {
        if *s > 0.0 {
            radius * (total / s).sqrt()
        } else {
            0.0
        }
    };
    set.scale
        .iter()
        .map(|s| spread(s) * normal(&mut random))
        .collect()
}

/// A standard normal number, by Box and Muller.
fn normal(random: &mut ChaCha8Rng) -> f64 {
    let (u, v): (f64, f64) = (random.random(), random.random());
    (-2.0 * (1.0 - u).ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}

/// Newton's method, regularised so that the error never grows. What runs away is followed to its limit, or to a minimum
/// far out.
#[must_use]
pub fn descend(set: &Floats, point: Vec<f64>) -> Candidate {
    let (point, far) = walk(set, point, STEPS, FAR);
    if far <= FAR {
        return finish(set, point);
    }
    let (error, _) = set.error(&point);
    let near = Candidate {
        point: point.clone(),
        error,
        minimum: false,
    };
    let (mut end, far) = walk(set, point, FOLLOWED, FARTHEST);
    if far <= FAR {
        end = walk(set, end, STEPS, FARTHEST).0;
    }
    let followed = finish(set, end);
    let lower = followed.error < error - 1e-9 * error.max(1e-3);
    if followed.minimum || lower {
        followed
    } else {
        near
    }
}

/// At most so many steps, until some |y| exceeds `most`; the point, and the largest |y| there.
fn walk(set: &Floats, mut point: Vec<f64>, steps: usize, most: f64) -> (Vec<f64>, f64) {
    let mut here = set.derivatives(&point);
    let mut mu = 1e-2;
    let mut last = 0.0;
    for _ in 0..steps {
        let Some(Step { next, gain, far }) = step(set, &point, &here, &mut mu, most) else {
            break;
        };
        (point, last) = (next, far);
        if gain <= 1e-15 * here.error.max(1e-12) && mu < 1e-9 || far > most {
            break;
        }
        here = set.derivatives(&point);
    }
    (point, last)
}

/// One accepted step.
struct Step {
    next: Vec<f64>,
    /// The gain that was expected of it.
    gain: f64,
    /// The largest |y| there.
    far: f64,
}

/// One accepted step; `None` if nothing is gained any more.
fn step(set: &Floats, point: &[f64], here: &Derivatives, mu: &mut f64, most: f64) -> Option<Step> {
    loop {
        if *mu > 1e12 {
            return None;
        }
        let Some(factor) = here.hessian.cholesky(|i| *mu * set.scale[i] + 1e-300) else {
            *mu = (*mu * 10.0).max(1e-9);
            continue;
        };
        let d = factor.solve_cholesky(&here.gradient);
        let gain: f64 = 0.5 * dot(&d, &here.gradient);
        let scale = shortened(set, point, &d, most);
        let next: Vec<f64> = point.iter().zip(&d).map(|(x, d)| x - scale * d).collect();
        let (error, far) = set.error(&next);
        if error <= here.error || gain <= 1e-14 * here.error {
            *mu /= 8.0;
            if *mu < 1e-12 {
                *mu = 0.0;
            }
            return Some(Step { next, gain, far });
        }
        *mu = (*mu * 6.0).max(1e-9);
    }
}

/// The part of the step −d in which no response moves by more than about 2; a response that is saturated may move further,
/// once such a search goes on.
fn shortened(set: &Floats, point: &[f64], d: &[f64], most: f64) -> f64 {
    let part = |(a, _, _): (&[f64], f64, f64)| {
        let (y, move_) = (dot(a, point), -dot(a, d));
        let free = if most <= FAR || y.abs() <= SATURATED {
            0.0
        } else if y * move_ > 0.0 {
            f64::INFINITY
        } else {
            y.abs() - SATURATED
        };
        (2.0 + free) / move_.abs()
    };
    set.rows().map(part).fold(1.0, f64::min)
}

/// Polishes the point and says whether it looks like a strict minimum.
fn finish(set: &Floats, mut point: Vec<f64>) -> Candidate {
    let (error, far) = set.error(&point);
    let runaway = Candidate {
        point: point.clone(),
        error,
        minimum: false,
    };
    if far > FARTHEST {
        return runaway;
    }
    let (mut last, mut decrement) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..4 {
        let here = set.derivatives(&point);
        // A pivot that is all rounding is no sign of a minimum.
        let Some(factor) = here.hessian.cholesky(|i| -NOISE * set.scale[i]) else {
            return runaway;
        };
        let d = factor.solve_cholesky(&here.gradient);
        let size = d
            .iter()
            .zip(&set.scale)
            .map(|(d, s)| d * d * s)
            .sum::<f64>();
        if size >= last {
            break;
        }
        (last, decrement) = (size, dot(&d, &here.gradient));
        for (x, d) in point.iter_mut().zip(&d) {
            *x -= d;
        }
    }
    let total: f64 = set.weights.iter().sum();
    let (error, far) = set.error(&point);
    Candidate {
        minimum: (last <= 1e-16 * total || decrement <= DECREMENT * total) && far <= FARTHEST,
        point,
        error,
    }
}

/// Keeps one of each group of equal minima, and the lowest of the runaways.
pub(super) fn distinct(set: &Floats, mut found: Vec<Candidate>) -> Vec<Candidate> {
    found.retain(|c| c.error.is_finite());
    found.sort_by(|a, b| {
        a.error
            .total_cmp(&b.error)
            .then_with(|| order(&a.point, &b.point))
    });
    let total: f64 = set.weights.iter().sum();
    let mut kept: Vec<Candidate> = Vec::new();
    let mut runaway = false;
    for candidate in found {
        if !candidate.minimum {
            if !runaway {
                runaway = true;
                kept.push(candidate);
            }
            continue;
        }
        let near = |other: &Candidate| {
            let gap = other.point.iter().zip(&candidate.point).zip(&set.scale);
            other.minimum
                && gap.map(|((x, y), s)| (x - y) * (x - y) * s).sum::<f64>() < 1e-8 * total
        };
        if !kept.iter().any(near) {
            kept.push(candidate);
        }
    }
    kept
}

fn order(a: &[f64], b: &[f64]) -> std::cmp::Ordering {
    let pairs = a.iter().zip(b).map(|(x, y)| x.total_cmp(y));
    pairs.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
}
