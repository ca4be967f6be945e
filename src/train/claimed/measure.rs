//! Carrying out an experiment of the ledger.
//!
//! UNTRUSTED. All randomness is of the experiment's seed, one stream for each run; the number of threads changes nothing.

use super::{Estimate, Impossible, Measurement, Plan, Size, Start};
use crate::kernel::number::Rational;
use crate::prover::surface::attraction;
use crate::train::algorithm::{Method, batch, newton};
use crate::train::experiment::confirm::Region;
use crate::train::experiment::ends::{Fate, Found, settle};
use crate::train::experiment::escape::{self, Escape};
use crate::train::experiment::finish::finish;
use crate::train::experiment::{Control, certified, compare, diffusion, growth, stream};
use crate::train::number::{real64, whole};
use crate::train::objective::Objective;
use crate::train::preparation::initial_weights;
use crate::train::run::{Ending, Limits, Run, run, stationary};
use crate::train::seed::{cube, generator};
use crate::train::statistics::{Share, difference};
use num_traits::ToPrimitive;
use rayon::prelude::*;
use std::sync::atomic::AtomicBool;

/// Runs have left the basin when they are found outside at one of this many looks.
const LOOKS: u64 = 20;
/// Nothing is asked in this ball around a minimum.
const SAFE: f64 = 0.1;
/// `t w'` may vary by this part over the last decade.
const CONSTANT: f64 = 0.1;
/// What counts as lower.
const MARGIN: f64 = 0.01;

/// An estimate with its interval, and the runs behind it.
type Estimated = (f64, [f64; 2], usize);

/// What an experiment is about.
struct Subject<'a> {
    plan: &'a Plan,
    objective: Objective,
    region: Option<Region>,
    control: Control<'a>,
    runs: usize,
}

/// Makes the experiment.
///
/// # Errors
/// [`Impossible`] where there is nothing to measure.
pub fn measure(plan: &Plan, size: Size) -> Result<Measurement, Impossible> {
    let stop = AtomicBool::new(false);
    let control = Control {
        seed: plan.seed,
        watch: &stop,
        finished: &|| {},
    };
    let runs = match size {
        Size::Reduced => plan.runs[0],
        Size::Full => plan.runs[1],
    };
    let region = certified_region(plan)?;
    let subject = Subject {
        plan,
        objective: plan.objective(),
        region,
        control,
        runs,
    };
    let method = subject.method()?;
    let (estimate, interval, repetitions) = subject.estimate(&method)?;
    Ok(Measurement {
        quantity: plan.estimate.describe(),
        experiment: subject.describe(&method),
        seed: plan.seed,
        repetitions,
        full: plan.runs[1],
        estimate,
        interval,
        confidence: 0.95,
        claimed: plan.claimed.to_string(),
        supports: plan.claimed.holds(interval),
    })
}

/// What the kernel certifies around the minimum, where the experiment refers to it.
fn certified_region(plan: &Plan) -> Result<Option<Region>, Impossible> {
    let starts = matches!(plan.start, Start::Ball(_) | Start::Sphere(_));
    let needed = starts
        || plan.of_bound.is_some()
        || matches!(plan.estimate, Estimate::Inside | Estimate::Contracts);
    if !needed {
        return Ok(None);
    }
    let near = floats(&plan.minimum)
        .filter(|near| near.len() == plan.set.names().len() && plan.hidden.is_empty());
    let attraction = near
        .and_then(|near| attraction::certify(plan.set.plain(), &near))
        .ok_or(Impossible::NoRegion)?;
    certified::region(&attraction)
        .ok_or(Impossible::NoRegion)
        .map(Some)
}

fn floats(point: &[Rational]) -> Option<Vec<f64>> {
    point.iter().map(ToPrimitive::to_f64).collect()
}

impl Subject<'_> {
    fn method(&self) -> Result<Method, Impossible> {
        match (&self.plan.method, self.plan.of_bound) {
            (Method::Batch(settings), Some(part)) => {
                let bound = 2.0 / self.region()?.upper;
                Ok(Method::Batch(batch::Settings {
                    rate: part * bound,
                    ..*settings
                }))
            }
            (method, _) => Ok(method.clone()),
        }
    }

    fn region(&self) -> Result<&Region, Impossible> {
        self.region.as_ref().ok_or(Impossible::NoRegion)
    }

    /// The minimum that the experiment is about: Newton's method from the given point.
    fn minimum(&self) -> Result<Found, Impossible> {
        let near =
            floats(&self.plan.minimum).filter(|near| near.len() == self.objective.dimension());
        let newton = Method::Newton(newton::Settings { factor: 1.0 });
        let (limits, mut noise) = (Limits::default(), generator(self.plan.seed, 0));
        let near = near.ok_or(Impossible::NoMinimum)?;
        let end = run(
            &self.objective,
            &newton,
            &near,
            &limits,
            &mut noise,
            self.control.watch,
        );
        let strict = stationary(&self.objective, &end.weights, &limits) == Some(Ending::Converged);
        let found = Found {
            weights: end.weights,
            error: end.error,
            spurious: true,
        };
        strict.then_some(found).ok_or(Impossible::NoMinimum)
    }

    fn starts(&self) -> Result<Vec<Vec<f64>>, Impossible> {
        let one = |index: usize| {
            let mut noise = generator(self.plan.seed, stream(index));
            Ok(match self.plan.start {
                Start::Minimum => self.minimum()?.weights,
                Start::Ball(radii) => self.region()?.start(radii, true, &mut noise),
                Start::Sphere(radii) => self.region()?.start(radii, false, &mut noise),
                Start::Cube(scale) => cube(&mut noise, self.objective.dimension(), scale),
                Start::FanIn => initial_weights(self.objective.network(), &mut noise),
            })
        };
        (0..self.runs).map(one).collect()
    }

    fn estimate(&self, method: &Method) -> Result<Estimated, Impossible> {
        match self.plan.estimate {
            Estimate::Fluctuation => self.fluctuation(method),
            Estimate::Lower => {
                let against = self
                    .plan
                    .against
                    .as_ref()
                    .ok_or(Impossible::NothingAgainst)?;
                let methods = [(against, self.plan.steps), (method, self.plan.steps)];
                let methods =
                    methods.map(|(method, steps)| (method, self.presentations(method, steps)));
                let found =
                    compare::compare(&self.objective, methods, self.runs, MARGIN, self.control);
                Ok(estimated(found.second_lower))
            }
            Estimate::Inside
            | Estimate::Contracts
            | Estimate::Captured
            | Estimate::Below
            | Estimate::Escaped
            | Estimate::Logarithmic => {
                let share = self.share(method)?;
                let Some(against) = &self.plan.against else {
                    return Ok(estimated(share));
                };
                let (estimate, interval) = difference(share, self.share(against)?);
                Ok((estimate, interval, share.total))
            }
        }
    }

    /// Steps of a comparison are passes through the data.
    fn presentations(&self, method: &Method, passes: u64) -> u64 {
        let total = whole(self.objective.examples().total());
        if method.is_stochastic() {
            passes.saturating_mul(total)
        } else {
            passes
        }
    }

    fn share(&self, method: &Method) -> Result<Share, Impossible> {
        let ends = || -> Result<Vec<Run>, Impossible> {
            Ok(finish(
                &self.objective,
                (method, self.plan.steps),
                &self.starts()?,
                self.control,
            ))
        };
        let settled = |wanted: Fate| -> Result<Share, Impossible> {
            let (ends, minimum) = (ends()?, self.minimum()?);
            let belongs = |end: &&Run| settle(&self.objective, &minimum, &end.weights) == wanted;
            Ok(Share::new(
                ends.par_iter().filter(belongs).count(),
                ends.len(),
            ))
        };
        match self.plan.estimate {
            Estimate::Captured => settled(Fate::Captured),
            Estimate::Below => settled(Fate::Below),
            Estimate::Escaped => Ok(self.escape(method)?.escaped),
            Estimate::Contracts => {
                let (Method::Batch(settings), region) = (method, self.region()?) else {
                    return Err(Impossible::NoRate);
                };
                let bound = region.contraction(settings.rate) + region.rounding();
                let found = region.contractions(&self.objective, settings.rate, &self.starts()?);
                let found = found.ok_or(Impossible::NoRegion)?;
                Ok(Share::new(
                    found
                        .iter()
                        .filter(|contraction| **contraction <= bound)
                        .count(),
                    found.len(),
                ))
            }
            Estimate::Logarithmic => {
                let ends = ends()?;
                let grows = |end: &&Run| growth::growth(&self.objective, end).variation <= CONSTANT;
                Ok(Share::new(ends.iter().filter(grows).count(), ends.len()))
            }
            Estimate::Inside | Estimate::Fluctuation | Estimate::Lower => {
                let (ends, region) = (ends()?, self.region()?);
                Ok(Share::new(
                    ends.iter().filter(|end| region.holds(&end.weights)).count(),
                    ends.len(),
                ))
            }
        }
    }

    fn escape(&self, method: &Method) -> Result<Escape, Impossible> {
        let plan = escape::EscapeSetup {
            methods: vec![method.clone()],
            minimum: self.minimum()?,
            runs: self.runs,
            steps: self.plan.steps,
            interval: (self.plan.steps / LOOKS).max(1),
            safe: SAFE,
        };
        escape::escape(&self.objective, &plan, self.control)
            .into_iter()
            .next()
            .ok_or(Impossible::NoRuns)
    }

    fn fluctuation(&self, method: &Method) -> Result<Estimated, Impossible> {
        let Method::Online(settings) = method else {
            return Err(Impossible::NoRate);
        };
        let minimum = self.minimum()?.weights;
        // As many presentations as the experiment says, in memories of the slowest direction.
        let memory = diffusion::memory(&self.objective, &minimum) / settings.rate;
        let size = (self.runs, real64(self.plan.steps) / memory);
        let found = diffusion::fluctuations(
            &self.objective,
            &minimum,
            &[settings.rate],
            size,
            self.control,
        );
        let found = found.first().ok_or(Impossible::NoRuns)?;
        let interval = found
            .measured
            .interval(self.runs)
            .map(|end| end / found.predicted);
        Ok((found.ratio, interval, self.runs))
    }

    fn describe(&self, method: &Method) -> String {
        let one = |method: &Method| {
            let settings = method.settings();
            if settings.is_empty() {
                method.name().to_string()
            } else {
                format!("{} ({settings})", method.name())
            }
        };
        let against = self
            .plan
            .against
            .as_ref()
            .map(|other| format!(" against {}", one(other)))
            .unwrap_or_default();
        let unit = if self.plan.estimate == Estimate::Lower {
            "passes"
        } else {
            "steps"
        };
        let length = match self.plan.estimate {
            Estimate::Fluctuation => format!("{} steps after settling", self.plan.steps),
            _ => format!("at most {} {unit}", self.plan.steps),
        };
        format!(
            "{}{against}, {length}, from {}",
            one(method),
            self.plan.start.describe()
        )
    }
}

fn estimated(share: Share) -> Estimated {
    (share.estimate, [share.lower, share.upper], share.total)
}
