//! The minimum that an experiment is about: near a given point, or the highest that a search finds.
//!
//! UNTRUSTED.

use super::Control;
use super::ends::{Found, Search, is_higher, search};
use super::impossible::Impossible;
use super::plan::Sought;
use crate::train::algorithm::{Method, newton};
use crate::train::objective::Objective;
use crate::train::run::{Ending, Limits, run, stationary};
use crate::train::seed::generator;

/// Starts of a search for the minimum and the lowest point. One in eight ends in the spurious
/// minimum of the 125 instances; a minimum as frequent as that is not missed.
const STARTS: usize = 256;

/// A minimum, and the lowest point that is known besides.
#[derive(Clone, Debug, PartialEq)]
pub struct Landscape {
    /// The minimum.
    pub minimum: Found,
    /// The lowest point that a search saw.
    pub lowest: Vec<f64>,
}

/// The strict minimum in which Newton's method from the weights `near` ends. It counts as spurious
/// until somebody knows better.
///
/// # Errors
/// [`Impossible::NotMinimum`] where the method ends elsewhere.
pub fn polished(
    objective: &Objective,
    near: &[f64],
    control: Control<'_>,
) -> Result<Found, Impossible> {
    let method = Method::Newton(newton::Settings::FULL);
    let limits = Limits::DEFAULT;
    // Newton's method draws nothing.
    let mut noise = generator(control.seed, 0);
    let end = run(objective, &method, near, &limits, &mut noise, control.watch);
    let strict = stationary(objective, &end.weights, &limits) == Some(Ending::Converged);
    let found = Found {
        weights: end.weights,
        error: end.error,
        spurious: true,
    };
    strict.then_some(found).ok_or(Impossible::NotMinimum)
}

/// Searches for the lowest point, and for the minimum if none is given.
///
/// # Errors
/// [`Impossible`] where there is no such minimum.
pub fn survey(
    objective: &Objective,
    sought: &Sought,
    control: Control<'_>,
) -> Result<Landscape, Impossible> {
    let Search {
        minima,
        lowest,
        lowest_at,
    } = search(objective, STARTS, sought.scale, control.quiet());
    let minimum = match &sought.near {
        None => minima
            .into_iter()
            .next_back()
            .ok_or(Impossible::NoMinimum(STARTS))?,
        Some(near) => {
            let found = polished(objective, near, control)?;
            Found {
                spurious: is_higher(found.error, lowest),
                ..found
            }
        }
    };
    Ok(Landscape {
        minimum,
        lowest: lowest_at,
    })
}
