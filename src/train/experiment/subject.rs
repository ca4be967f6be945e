//! The subject of an experiment at work: its plan, its objective, and what several parts ask for.
//!
//! UNTRUSTED.

use super::Control;
use super::certified;
use super::confirm::Region;
use super::ends::Found;
use super::impossible::Impossible;
use super::minimum::{Landscape, polished, survey};
use super::plan::{Plan, Rate, Start};
use super::rates::{chosen, lacks_rate};
use super::stream;
use crate::prover::surface::attraction;
use crate::train::algorithm::{Method, batch};
use crate::train::objective::Objective;
use crate::train::preparation::initial_weights;
use crate::train::seed::{cube, generator};
use crate::unit::TrainingSet;
use std::sync::OnceLock;

/// A plan with its training set; minimum and certified region are computed at most once.
pub(super) struct Subject<'a> {
    /// The training set.
    pub(super) set: &'a TrainingSet,
    /// The plan.
    pub(super) plan: &'a Plan,
    /// The error that is trained.
    pub(super) objective: Objective,
    /// Seed, early end and progress.
    pub(super) control: Control<'a>,
    minimum: OnceLock<Result<Found, Impossible>>,
    region: OnceLock<Result<Region, Impossible>>,
}

impl<'a> Subject<'a> {
    /// The plan on the training set.
    pub(super) fn new(set: &'a TrainingSet, plan: &'a Plan, control: Control<'a>) -> Self {
        Self {
            set,
            plan,
            objective: plan.objective(set),
            control,
            minimum: OnceLock::new(),
            region: OnceLock::new(),
        }
    }

    /// The method, its rate chosen.
    pub(super) fn method(&self) -> Result<Method, Impossible> {
        match (self.plan.rate, &self.plan.method) {
            (Rate::OfBound(part), Method::Batch(settings)) => {
                let bound = 2.0 / self.region()?.upper;
                Ok(Method::Batch(batch::Settings {
                    rate: part * bound,
                    ..*settings
                }))
            }
            (_, method) if lacks_rate(method) => {
                Ok(chosen(method, &self.objective, &self.start(0)?))
            }
            (_, method) => Ok(method.clone()),
        }
    }

    /// The start of run number `index`.
    pub(super) fn start(&self, index: usize) -> Result<Vec<f64>, Impossible> {
        let mut noise = generator(self.control.seed, stream(index));
        Ok(match &self.plan.start {
            Start::At(weights) => weights.clone(),
            Start::Minimum => self.minimum()?.weights.clone(),
            Start::Ball(radii) => self.region()?.start(*radii, true, &mut noise),
            Start::Sphere(radii) => self.region()?.start(*radii, false, &mut noise),
            Start::Cube(scale) => cube(&mut noise, self.objective.dimension(), *scale),
            Start::FanIn => initial_weights(self.objective.network(), &mut noise),
        })
    }

    /// The starts of all runs.
    pub(super) fn starts(&self) -> Result<Vec<Vec<f64>>, Impossible> {
        (0..self.plan.runs).map(|index| self.start(index)).collect()
    }

    /// The strict minimum near the given point.
    pub(super) fn minimum(&self) -> Result<&Found, Impossible> {
        let find = || polished(&self.objective, self.given()?, self.control);
        self.minimum.get_or_init(find).as_ref().map_err(|why| *why)
    }

    /// The minimum, given or found, with the lowest point that a search sees.
    pub(super) fn landscape(&self) -> Result<Landscape, Impossible> {
        survey(&self.objective, &self.plan.minimum, self.control)
    }

    /// The region that is certified around the given point.
    pub(super) fn region(&self) -> Result<&Region, Impossible> {
        let find = || {
            let near = self.given().map_err(|_| Impossible::NoRegion)?;
            self.region_near(near)
        };
        self.region.get_or_init(find).as_ref().map_err(|why| *why)
    }

    /// The region around the minimum near `near` that attracts, certified by the kernel.
    pub(super) fn region_near(&self, near: &[f64]) -> Result<Region, Impossible> {
        if !self.plan.is_plain() {
            return Err(Impossible::NotTheData);
        }
        attraction::certify(self.set.plain(), near)
            .as_ref()
            .and_then(certified::region)
            .ok_or(Impossible::NoRegion)
    }

    /// The given point near a minimum, if it has a number for each weight.
    fn given(&self) -> Result<&[f64], Impossible> {
        let near = self.plan.minimum.near.as_deref();
        near.filter(|near| near.len() == self.objective.dimension())
            .ok_or(Impossible::NotMinimum)
    }
}
