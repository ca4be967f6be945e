//! The options of `spurious train`, one by one: whether each is given, whether anything reads it,
//! and its value once everything is chosen.
//!
//! An option that nothing reads is refused. The values of those that are read repeat the run.

use super::arguments::TrainArguments;
use super::words::{Algorithm, ExperimentName, Output, Response};
use crate::train::algorithm::schedule::Schedule;
use crate::train::algorithm::{Method, damped, momentum};
use crate::train::experiment::plan::{Plan, Quantity, Start};
use crate::train::named::Named;
use clap::ValueEnum;

/// One option.
pub(super) struct Setting {
    /// Its name.
    pub(super) option: &'static str,
    /// Whether it was given.
    given: bool,
    /// Whether anything reads it.
    read: bool,
    /// Its value once everything is chosen; nothing where it is left out, or a flag.
    value: Option<String>,
}

impl Setting {
    /// Tells whether the option is given and does nothing.
    pub(super) const fn is_idle(&self) -> bool {
        self.given && !self.read
    }

    /// The argument that gives the option, if it is read and has a value or is a given flag.
    fn argument(&self) -> Option<String> {
        let value = self.value.as_ref().filter(|_| self.read)?;
        Some(if value.is_empty() {
            self.option.into()
        } else {
            format!("{}={value}", self.option)
        })
    }
}

fn word<T: ValueEnum>(value: &T) -> String {
    let word = value.to_possible_value();
    word.map_or_else(String::new, |word| word.get_name().to_string())
}

fn list<T: ToString>(values: &[T]) -> String {
    let words: Vec<String> = values.iter().map(ToString::to_string).collect();
    words.join(",")
}

/// A flag, as a value: nothing where it is not given.
fn flag(given: bool) -> Option<String> {
    given.then(String::new)
}

/// What the options depend on.
struct Context<'a> {
    arguments: &'a TrainArguments,
    plan: &'a Plan,
    method: &'a Method,
    example: bool,
}

impl TrainArguments {
    /// The algorithm that is meant.
    pub(super) fn meant(&self) -> Algorithm {
        let usual = match self.experiment {
            ExperimentName::Compare => Algorithm::Online,
            _ => Algorithm::Batch,
        };
        self.algorithm.unwrap_or(usual)
    }

    /// All options; `method` has its rate chosen.
    pub(super) fn settings(
        &self,
        plan: &Plan,
        method: &Method,
        example: Option<&Named>,
    ) -> Vec<Setting> {
        let context = Context {
            arguments: self,
            plan,
            method,
            example: example.is_some(),
        };
        let mut settings = context.model();
        settings.extend(context.algorithm());
        settings.extend(context.dynamics());
        settings.extend(context.experiment());
        settings
    }

    /// The arguments after `spurious train` that repeat what was done.
    pub(super) fn repeat(
        &self,
        plan: &Plan,
        method: &Method,
        example: Option<&Named>,
    ) -> Vec<String> {
        let data = self.data.display().to_string();
        let experiment = format!("--experiment={}", word(&self.experiment));
        let seed = format!("--seed={}", self.seed);
        let settings = self.settings(plan, method, example);
        let settings = settings.iter().filter_map(Setting::argument);
        [data, experiment, seed]
            .into_iter()
            .chain(settings)
            .collect()
    }
}

fn setting(option: &'static str, given: bool, read: bool, value: Option<String>) -> Setting {
    Setting {
        option,
        given,
        read,
        value,
    }
}

impl Context<'_> {
    fn is(&self, experiments: &[ExperimentName]) -> bool {
        experiments.contains(&self.arguments.experiment)
    }

    /// Whether the experiment runs the given algorithm.
    fn trains(&self) -> bool {
        use ExperimentName::{Basins, Compare, Eigenvalues, Run};
        self.is(&[Run, Eigenvalues, Compare])
            || self.is(&[Basins]) && self.arguments.algorithm.is_some()
    }

    /// Whether it is one of these algorithms that runs.
    fn runs(&self, algorithms: &[Algorithm]) -> bool {
        self.trains() && algorithms.contains(&self.arguments.meant())
    }

    fn model(&self) -> Vec<Setting> {
        let a = self.arguments;
        let logistic = matches!(a.unit, Some(Response::Logistic));
        let linear = matches!(a.output_unit, Some(Output::Linear));
        // A linear unit without hidden ones has no sigmoid.
        let curved = !(linear && self.plan.model.hidden.is_empty());
        let factor = a.target_scale.map(|factor| factor.to_string());
        let hidden = a.hidden.as_deref();
        vec![
            setting(
                "--unit",
                a.unit.is_some(),
                !self.example && curved,
                a.unit.as_ref().map(word),
            ),
            setting("--threshold", a.threshold, !self.example, flag(a.threshold)),
            setting("--hidden", hidden.is_some(), true, hidden.map(list)),
            setting(
                "--output-unit",
                a.output_unit.is_some(),
                linear || !logistic,
                a.output_unit.as_ref().map(word),
            ),
            setting(
                "--recommended",
                a.recommended,
                !logistic && curved,
                flag(a.recommended),
            ),
            setting(
                "--twist",
                a.twist.is_some(),
                curved,
                a.twist.map(|twist| twist.to_string()),
            ),
            setting(
                "--inputs",
                a.inputs.is_some(),
                true,
                a.inputs.as_ref().map(word),
            ),
            setting("--target-scale", factor.is_some(), true, factor),
        ]
    }

    fn algorithm(&self) -> Vec<Setting> {
        use Algorithm::{Batch, Damped, Diagonal, Momentum, Newton, Online};
        let a = self.arguments;
        let one_by_one =
            self.runs(&[Online, Diagonal]) || a.online && self.runs(&[Momentum, Damped]);
        let scheduled = one_by_one && !self.runs(&[Damped]);
        let constants = a.adaptive.as_deref();
        let all_algorithms = self.trains() || self.is(&[ExperimentName::Basins]);
        let algorithm = self.trains().then(|| word(&a.meant()));
        vec![
            setting(
                "--algorithm",
                a.algorithm.is_some(),
                all_algorithms,
                algorithm,
            ),
            setting(
                "--rate",
                a.rate.is_some(),
                self.runs(&[Batch, Online, Momentum, Diagonal, Newton, Damped]),
                self.rate(),
            ),
            setting(
                "--rate-scale",
                a.rate_scale.is_some(),
                self.runs(&[Batch, Online, Momentum]),
                a.rate_scale.as_ref().map(word),
            ),
            setting(
                "--order",
                a.order.is_some(),
                one_by_one,
                a.order.as_ref().map(word),
            ),
            setting(
                "--anneal",
                a.anneal.is_some(),
                scheduled,
                a.anneal.map(|after| after.to_string()),
            ),
            setting(
                "--adaptive",
                constants.is_some(),
                scheduled,
                constants.map(list),
            ),
        ]
    }

    /// What only one algorithm has.
    fn dynamics(&self) -> Vec<Setting> {
        use Algorithm::{Damped, Diagonal, Momentum};
        let a = self.arguments;
        let damped = match self.method {
            Method::Damped(settings) => Some(settings),
            _ => None,
        };
        let of_damped = |value: fn(&damped::Settings) -> String| damped.map(value);
        let masses = match (damped, &self.plan.quantity) {
            (Some(settings), _) => Some(list(&settings.masses)),
            (None, Quantity::Escape { mass, .. }) => mass.map(|mass| mass.to_string()),
            (None, _) => None,
        };
        let strength = match self.method {
            Method::Momentum(momentum::Settings { momentum, .. }) => Some(momentum.to_string()),
            _ => None,
        };
        let regularisation = match self.method {
            Method::Diagonal(settings) => Some(settings.regularisation.to_string()),
            _ => None,
        };
        vec![
            setting(
                "--momentum",
                a.momentum.is_some(),
                self.runs(&[Momentum]),
                strength,
            ),
            setting(
                "--online",
                a.online,
                self.runs(&[Momentum, Damped]),
                flag(a.online),
            ),
            setting(
                "--beta",
                a.beta.is_some(),
                self.runs(&[Damped]),
                of_damped(|s| s.beta.to_string()),
            ),
            setting(
                "--mass",
                a.mass.is_some(),
                self.runs(&[Damped]) && a.rate.is_none() || self.dampings(),
                masses.filter(|_| a.rate.is_none()),
            ),
            setting(
                "--interval",
                a.interval.is_some(),
                self.runs(&[Damped]),
                of_damped(|s| s.interval.to_string()),
            ),
            setting(
                "--regularisation",
                a.regularisation.is_some(),
                self.runs(&[Diagonal]),
                regularisation,
            ),
        ]
    }

    /// Whether escape is measured at several dampings.
    fn dampings(&self) -> bool {
        self.is(&[ExperimentName::Escape]) && self.arguments.betas.is_some()
    }

    /// The rate that repeats the run; nothing where a guarded run chooses its rate again.
    fn rate(&self) -> Option<String> {
        let rate = match self.method {
            Method::Batch(s) if s.guarded => return None,
            Method::Batch(s) => s.rate,
            Method::Online(s) => s.rate,
            Method::Momentum(s) => s.rate,
            Method::Diagonal(s) => s.rate,
            Method::Newton(s) => s.factor,
            Method::Damped(_)
            | Method::Flow(_)
            | Method::Conjugate(_)
            | Method::Bfgs
            | Method::GaussNewton
            | Method::LevenbergMarquardt => self.arguments.rate?,
        };
        Some(rate.to_string())
    }

    fn experiment(&self) -> Vec<Setting> {
        use ExperimentName::{
            Basins, Compare, Confirm, Diffusion, Eigenvalues, Escape, Growth, Map, Run, Search,
        };
        let a = self.arguments;
        let begins = self.is(&[Run, Growth, Eigenvalues, Compare]);
        let about = self.is(&[Basins, Map, Escape, Diffusion, Confirm]);
        let (scale, given) = (a.scale.map(|s| s.to_string()), a.scale.is_some());
        let scale = match self.plan.start {
            Start::Cube(scale) if begins => Some(scale.to_string()),
            _ if self.is(&[Search]) => Some(self.plan.minimum.scale.to_string()),
            _ => scale,
        };
        let scales = match &self.plan.quantity {
            Quantity::Basins { scales, .. } => Some(list(scales)),
            _ => None,
        };
        let rates = match &self.plan.quantity {
            Quantity::Escape { rates, .. } | Quantity::Diffusion { rates } => Some(list(rates)),
            _ => None,
        };
        let side = match self.plan.quantity {
            Quantity::Map { side } => Some(side.to_string()),
            _ => None,
        };
        let (start, minimum) = (
            a.start.as_ref().map(|weights| weights.0.as_slice()),
            a.minimum.as_deref(),
        );
        let masses = self.dampings() && a.mass.is_some();
        vec![
            setting("--start", start.is_some(), begins, start.map(list)),
            setting("--scale", given, !begins || start.is_none(), scale),
            setting(
                "--starts",
                a.starts.is_some(),
                self.is(&[Run, Search, Basins, Escape, Diffusion, Compare, Confirm]),
                Some(self.plan.runs.to_string()),
            ),
            setting("--minimum", minimum.is_some(), about, minimum.map(list)),
            setting("--scales", a.scales.is_some(), self.is(&[Basins]), scales),
            setting(
                "--rates",
                a.rates.is_some(),
                self.is(&[Escape, Diffusion]) && !masses,
                rates,
            ),
            setting(
                "--betas",
                a.betas.is_some(),
                self.is(&[Escape]),
                a.betas.as_deref().map(list),
            ),
            setting("--side", a.side.is_some(), self.is(&[Map]), side),
            setting(
                "--steps",
                a.steps.is_some(),
                begins || self.is(&[Basins, Escape]),
                Some(self.plan.limits.steps.to_string()),
            ),
            setting(
                "--tolerance",
                a.tolerance.is_some(),
                self.is(&[Run, Growth, Eigenvalues]),
                Some(self.plan.limits.tolerance.to_string()),
            ),
        ]
    }
}

/// The course of the rate that the options mean.
pub(super) fn schedule(arguments: &TrainArguments) -> Schedule {
    match (arguments.anneal, arguments.adaptive.as_deref()) {
        (Some(after), _) => Schedule::Annealed { after },
        (None, Some(&[alpha, beta, delta])) => Schedule::Adaptive { alpha, beta, delta },
        (None, _) => Schedule::Constant,
    }
}
