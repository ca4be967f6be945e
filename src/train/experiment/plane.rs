//! A map of basins on the plane through a minimum, the origin and a lower point.
//!
//! UNTRUSTED.

use super::Control;
use super::ends::{Fate, Found, settle};
use crate::train::number::{add_scaled, dot, norm, real};
use crate::train::objective::Objective;
use rayon::prelude::*;
use serde::Serialize;

/// A plane `origin + u · first + v · second` with orthonormal axes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plane {
    /// The direction of u.
    pub first: Vec<f64>,
    /// The direction of v.
    pub second: Vec<f64>,
}

/// The result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Map {
    /// The plane.
    pub plane: Plane,
    /// Coordinates of the minimum and of the lower point.
    pub marks: Vec<(f64, f64)>,
    /// Half width of the map: u and v run from −reach to reach.
    pub reach: f64,
    /// Cells on each side.
    pub side: usize,
    /// The error at the centre of each cell, row by row from the lowest v.
    pub errors: Vec<f64>,
    /// The fate of the flow from there; nothing where the map was ended early.
    pub fates: Vec<Option<Fate>>,
}

impl Plane {
    /// Through the origin and these two points; an arbitrary second axis if they lie on one line.
    #[must_use]
    pub fn through(minimum: &[f64], lower: &[f64]) -> Self {
        let first = scaled(minimum, norm(minimum).recip());
        let across = |vector: &[f64]| {
            let mut rest = vector.to_vec();
            add_scaled(&mut rest, -dot(&first, vector), &first);
            rest
        };
        let axes = (0..minimum.len()).map(|i| {
            (0..minimum.len())
                .map(|j| f64::from(u8::from(i == j)))
                .collect()
        });
        let candidates = std::iter::once(lower.to_vec())
            .chain(axes)
            .map(|vector: Vec<f64>| across(&vector));
        let second = candidates
            .into_iter()
            .find(|rest| norm(rest) > 1e-6 * (1.0 + norm(lower)));
        let second = second.unwrap_or_else(|| vec![0.0; minimum.len()]);
        let length = norm(&second).max(f64::MIN_POSITIVE);
        Self {
            second: scaled(&second, length.recip()),
            first,
        }
    }

    fn point(&self, u: f64, v: f64) -> Vec<f64> {
        self.first
            .iter()
            .zip(&self.second)
            .map(|(a, b)| u * a + v * b)
            .collect()
    }

    fn coordinates(&self, w: &[f64]) -> (f64, f64) {
        (dot(&self.first, w), dot(&self.second, w))
    }
}

fn scaled(vector: &[f64], factor: f64) -> Vec<f64> {
    vector.iter().map(|entry| entry * factor).collect()
}

/// Follows the flow from `side × side` points.
#[must_use]
pub fn map(
    objective: &Objective,
    minimum: &Found,
    lower: &[f64],
    side: usize,
    control: Control<'_>,
) -> Map {
    let plane = Plane::through(&minimum.weights, lower);
    let marks = vec![
        plane.coordinates(&minimum.weights),
        plane.coordinates(lower),
    ];
    let reach = 1.5
        * marks
            .iter()
            .map(|(u, v)| u.abs().max(v.abs()))
            .fold(0.0, f64::max);
    let at = |index: usize| (2.0 * (real(index) + 0.5) / real(side) - 1.0) * reach;
    let centre = |index: usize| plane.point(at(index % side), at(index / side));
    let follow = |index: usize| {
        let fate = (!control.stopped()).then(|| settle(objective, minimum, &centre(index)));
        (control.finished)();
        fate
    };
    let fates = (0..side * side).into_par_iter().map(follow).collect();
    let errors = (0..side * side)
        .map(|index| objective.error(&centre(index)))
        .collect();
    Map {
        plane,
        marks,
        reach,
        side,
        errors,
        fates,
    }
}
