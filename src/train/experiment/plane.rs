//! A map of basins on the plane through a minimum, the origin and a lower point.
//!
//! UNTRUSTED.

use super::Control;
use super::ends::{End, Found, gather, place, settle};
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
    /// The minima, by error.
    pub minima: Vec<Found>,
    /// Row by row from the lowest v: the index of the minimum, or −1 where the flow ends in none.
    pub cells: Vec<i64>,
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
        let axes = (0..minimum.len()).map(|i| (0..minimum.len()).map(|j| f64::from(u8::from(i == j))).collect());
        let candidates = std::iter::once(lower.to_vec()).chain(axes).map(|vector: Vec<f64>| across(&vector));
        let second = candidates.into_iter().find(|rest| norm(rest) > 1e-6 * (1.0 + norm(lower)));
        let second = second.unwrap_or_else(|| vec![0.0; minimum.len()]);
        let length = norm(&second).max(f64::MIN_POSITIVE);
        Self { second: scaled(&second, length.recip()), first }
    }

    fn point(&self, u: f64, v: f64) -> Vec<f64> {
        self.first.iter().zip(&self.second).map(|(a, b)| u * a + v * b).collect()
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
pub fn map(objective: &Objective, minimum: &[f64], lower: &[f64], side: usize, control: Control<'_>) -> Map {
    let plane = Plane::through(minimum, lower);
    let marks = vec![plane.coordinates(minimum), plane.coordinates(lower)];
    let reach = 1.5 * marks.iter().map(|(u, v)| u.abs().max(v.abs())).fold(0.0, f64::max);
    let at = |index: usize| (2.0 * (real(index) + 0.5) / real(side) - 1.0) * reach;
    let follow = |index: usize| {
        if control.stopped() {
            return None;
        }
        let end = settle(objective, &plane.point(at(index % side), at(index / side)));
        (control.finished)();
        Some(end)
    };
    let ends: Vec<Option<End>> = (0..side * side).into_par_iter().map(follow).collect();
    let known: Vec<End> = ends.iter().flatten().cloned().collect();
    let minima = gather(&known, objective.error(lower));
    let label = |end: &Option<End>| end.as_ref().and_then(|end| place(&minima, end));
    let cells = ends.iter().map(|end| label(end).and_then(|index| i64::try_from(index).ok()).unwrap_or(-1)).collect();
    Map { plane, marks, reach, side, minima, cells }
}
