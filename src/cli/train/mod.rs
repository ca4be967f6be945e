//! `spurious train`: a unit, or a small network, trained by the papers' algorithms.

mod arguments;
mod plan;
mod refusal;
mod settings;
mod weights;
mod words;

pub(super) use arguments::TrainArguments;

use super::{Failure, Status, Streams, interrupt};
use crate::files::target;
use crate::kernel::surface::Unit;
use crate::report::training::figure::figure;
use crate::report::training::table;
use crate::terminal;
use crate::train::experiment::finding::TrainReport;
use crate::train::experiment::plan::Plan;
use crate::train::experiment::runner;
use crate::train::named::{self, Named};
use crate::train::run::Watch;
use crate::unit::{Reading, TrainingSet};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use words::{Response, TrainFormat};

/// Ends at Ctrl-C; shows the steps of a single run.
struct Onlooker<'a> {
    steps: Option<&'a ProgressBar>,
}

impl Watch for Onlooker<'_> {
    fn stopped(&self) -> bool {
        interrupt::requested()
    }

    fn stepped(&self, steps: u64) {
        if let Some(bar) = self.steps {
            bar.inc(steps);
        }
    }
}

pub(super) fn run(
    arguments: &TrainArguments,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let unit = match arguments.unit {
        Some(Response::Logistic) => Unit::Logistic,
        Some(Response::Tanh) | None => Unit::Tanh,
    };
    // The name of an example is that example, also where a file has the same name.
    let example = arguments.data.to_str().and_then(named::find);
    if example.is_some() && arguments.data.exists() && !streams.quiet {
        let name = arguments.data.display();
        writeln!(
            streams.err,
            "spurious: {name} is an example and a file too; this is the example, the file is ./{name}"
        )?;
    }
    let outputs: Vec<&Path> = arguments.plot.iter().map(PathBuf::as_path).collect();
    let inputs = example.is_none().then_some(arguments.data.as_path());
    target::check(&outputs, inputs.as_slice())?;
    let set = match example.and_then(Named::set) {
        Some(set) => set,
        None => TrainingSet::read_or_standard_input(
            &arguments.data,
            Reading {
                unit,
                threshold: arguments.threshold,
            },
        )?,
    };
    if arguments
        .adaptive
        .as_ref()
        .is_some_and(|constants| constants.len() != 3)
    {
        return Err(Failure::Input {
            file: None,
            place: None,
            message: "--adaptive takes three numbers".into(),
        });
    }
    let plan = arguments.plan(example);
    idle(arguments, &plan, example)?;
    refusal::check(&plan).map_err(|error| input(&error))?;
    let objective = plan.objective(&set);
    refusal::check_lengths(&plan, objective.dimension()).map_err(|error| input(&error))?;
    refusal::check_order(&plan.method, objective.examples()).map_err(|error| input(&error))?;
    interrupt::listen();
    let bar = progress(&plan, streams.quiet);
    let watch = Onlooker {
        steps: plan.counted_steps().is_some().then_some(&bar),
    };
    let finished = || {
        if watch.steps.is_none() {
            bar.inc(1);
        }
    };
    let mut report =
        runner::run(&set, &plan, &watch, &finished).map_err(|impossible| input(&impossible))?;
    report.repeat = arguments.repeat(&plan, &report.method, example);
    bar.finish_and_clear();
    if let Some(path) = &arguments.plot {
        match figure(&report) {
            Some(svg) => target::write(path, &svg)?,
            None => writeln!(
                streams.err,
                "spurious: there is nothing to draw of this experiment"
            )?,
        }
    }
    match arguments.format {
        TrainFormat::Text => {
            write!(streams.out, "{}", heading(&report))?;
            for remark in table::remarks(&report) {
                writeln!(streams.out, "{remark}")?;
            }
            write!(streams.out, "{}", table::readable(&shown(&report)).text())?;
        }
        TrainFormat::Csv => write!(streams.out, "{}", table::complete(&report).csv())?,
        TrainFormat::Json => writeln!(
            streams.out,
            "{}",
            report.json().map_err(std::io::Error::from)?
        )?,
    }
    Ok(if report.interrupted {
        Status::Interrupted
    } else if report.ended_as_asked() {
        Status::Success
    } else {
        Status::Negative
    })
}

/// Refuses options that would do nothing.
fn idle(arguments: &TrainArguments, plan: &Plan, example: Option<&Named>) -> Result<(), Failure> {
    let settings = arguments.settings(plan, &plan.method, example);
    let Some(setting) = settings.iter().find(|setting| setting.is_idle()) else {
        return Ok(());
    };
    let word = |value: Option<PossibleValue>| value.map(|value| value.get_name().to_string());
    Err(input(&refusal::Refusal::Idle {
        option: setting.option,
        experiment: word(arguments.experiment.to_possible_value()).unwrap_or_default(),
        algorithm: arguments
            .algorithm
            .and_then(|a| word(a.to_possible_value())),
    }))
}

/// The report with the names of its inputs on one line each.
fn shown(report: &TrainReport) -> TrainReport {
    let mut report = report.clone();
    for name in &mut report.inputs {
        *name = terminal::line(name).into_owned();
    }
    report
}

fn heading(report: &TrainReport) -> String {
    let ended = if report.interrupted {
        "; interrupted"
    } else {
        ""
    };
    let words = [report.algorithm, report.settings.as_deref()]
        .into_iter()
        .flatten()
        .filter(|word| !word.is_empty());
    let what: Vec<&str> = words.collect();
    let what = if what.is_empty() {
        String::new()
    } else {
        what.join(", ") + "; "
    };
    let repeat: Vec<_> = report
        .repeat
        .iter()
        .map(|word| terminal::line(word))
        .collect();
    format!(
        "{what}seed {}{ended}; measured in floating point, not proved\n\
         repeat: spurious train {}\n",
        report.seed,
        repeat.join(" ")
    )
}

fn input(error: &dyn std::error::Error) -> Failure {
    Failure::Input {
        file: None,
        place: None,
        message: error.to_string(),
    }
}

/// The steps of a single run, or the runs; a single thing that is not counted in steps shows
/// nothing.
fn progress(plan: &Plan, quiet: bool) -> ProgressBar {
    let runs = u64::try_from(plan.counted_runs()).unwrap_or(u64::MAX);
    let (length, what) = plan
        .counted_steps()
        .map_or((runs, "runs"), |steps| (steps, "steps"));
    if quiet || length < 2 || !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let bar = ProgressBar::new(length);
    if let Ok(style) =
        ProgressStyle::with_template(&format!("{{bar:30}} {{pos}}/{{len}} {what}, {{eta}} left"))
    {
        bar.set_style(style);
    }
    bar
}
