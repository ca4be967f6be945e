//! `spurious certify`: the minima of a training set's error, certified.

use super::{Failure, Format, Status, Streams};
use crate::kernel::surface::{Statement, Unit};
use crate::prover::surface::certify::{Certified, Options, Verdict, certify};
use crate::prover::surface::write::certificate;
use crate::report;
use crate::unit::{DataError, Reading, TrainingSet};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Most bytes of a file of starts.
const STARTS_BYTES: u64 = 1 << 20;

/// Find the minima of a training set's error, certify them, and say which of them are spurious
///
/// DATA is a CSV file with a header, one column for each input, then `target`, then perhaps `count` or `weight`; or JSON.
/// Exit status: 0 a verdict; 1 the verdict is `unknown`; 2 the file is wrong.
#[derive(Debug, Args)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "one for each flag of the command line"
)]
pub(super) struct CertifyArguments {
    /// Training set
    #[arg(value_name = "DATA")]
    data: PathBuf,
    /// The response of the unit
    #[arg(long, value_enum, default_value_t = Response::Tanh)]
    unit: Response,
    /// Add the constant input 1 as the last one
    #[arg(long)]
    threshold: bool,
    /// Start here too: weights with commas between, threshold last, or a file with one such line for each start
    #[arg(long, value_name = "WEIGHTS|FILE", allow_hyphen_values = true)]
    start: Vec<String>,
    /// Number of random starts
    #[arg(long, default_value_t = 200, value_name = "N")]
    starts: usize,
    /// Seed of the search
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// Certify single minima only, do not try to list them all
    #[arg(long)]
    single: bool,
    /// Certify too from which ball around each minimum, and with which rates, gradient descent converges to it
    #[arg(long)]
    attraction: bool,
    /// Write the certificate into this file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// Leave out how long it took
    #[arg(long)]
    no_timing: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Response {
    Tanh,
    Logistic,
}

pub(super) fn run(
    arguments: &CertifyArguments,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let unit = match arguments.unit {
        Response::Tanh => Unit::Tanh,
        Response::Logistic => Unit::Logistic,
    };
    let reading = Reading {
        unit,
        threshold: arguments.threshold,
    };
    let set = TrainingSet::read(&arguments.data, reading).map_err(|error| input(&error))?;
    let mut points = Vec::new();
    for start in &arguments.start {
        points.extend(read_starts(start, set.names().len())?);
    }
    let options = Options {
        seed: arguments.seed,
        starts: arguments.starts.min(1_000_000),
        points,
        complete: !arguments.single,
        attraction: arguments.attraction,
    };
    let begun = Instant::now();
    let outcome = certify(set.plain(), &options);
    let seconds = (!arguments.no_timing).then(|| begun.elapsed().as_secs_f64());
    let mut file = None;
    if let Some(path) = arguments
        .output
        .as_ref()
        .filter(|_| !outcome.steps.is_empty())
    {
        report::write_whole(path, &certificate(in_order(&outcome)))?;
        file = Some(path.display().to_string());
    }
    match arguments.format {
        Format::Text => {
            write!(
                streams.out,
                "{}",
                report::surface::text(&outcome, set.names(), file.as_deref(), seconds)
            )?;
        }
        Format::Json => {
            let value = report::surface::json(&outcome, file.as_deref(), arguments.seed, seconds);
            let text = serde_json::to_string_pretty(&value).map_err(std::io::Error::other)?;
            writeln!(streams.out, "{text}")?;
        }
    }
    Ok(if outcome.verdict == Verdict::Unknown {
        Status::Negative
    } else {
        Status::Success
    })
}

type Step = (Statement, crate::kernel::surface::Evidence);

/// What the certificate is for stands last.
fn in_order(outcome: &Certified) -> Vec<(&Statement, &crate::kernel::surface::Evidence)> {
    let mut steps: Vec<&Step> = outcome.steps.iter().collect();
    let spurious = outcome.verdict == Verdict::Spurious;
    steps.sort_by_key(|(statement, _)| match statement {
        Statement::Balanced(_)
        | Statement::Limit(_)
        | Statement::Attraction(_)
        | Statement::Critical(_) => 0,
        Statement::Minimum(minimum) if minimum.lower.is_some() => 3,
        Statement::Minimum(_) => 1,
        Statement::Minima(_) | Statement::Product(_) if spurious => 2,
        Statement::Spurious(_)
        | Statement::NoCriticalPoint(_)
        | Statement::Minima(_)
        | Statement::Product(_) => 4,
    });
    steps
        .into_iter()
        .map(|(statement, evidence)| (statement, evidence))
        .collect()
}

fn input(error: &DataError) -> Failure {
    let small = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let place = (error.line > 0).then(|| (small(error.line), small(error.column)));
    Failure::Input {
        file: Some(error.file.clone()),
        place,
        message: error.to_string(),
    }
}

/// Weights from the command line or from a file.
fn read_starts(text: &str, width: usize) -> Result<Vec<Vec<f64>>, Failure> {
    let wrong = |file: Option<&str>, place, message: String| Failure::Input {
        file: file.map(str::to_owned),
        place,
        message: format!("--start: {message}"),
    };
    let point = |line: &str| -> Result<Vec<f64>, (usize, String)> {
        let words: Vec<&str> = line
            .split([',', ' ', '\t'])
            .filter(|word| !word.is_empty())
            .collect();
        if words.len() != width {
            return Err((
                words.len(),
                format!("expected {width} weights, found {}", words.len()),
            ));
        }
        let number = |(index, word): (usize, &&str)| {
            let value: Option<f64> = word.parse().ok().filter(|value: &f64| value.is_finite());
            value.ok_or_else(|| {
                (
                    index + 1,
                    format!(
                        "expected a number, found `{}`",
                        word.chars().take(40).collect::<String>()
                    ),
                )
            })
        };
        words.iter().enumerate().map(number).collect()
    };
    if !Path::new(text).is_file() {
        return point(text)
            .map(|point| vec![point])
            .map_err(|(_, message)| wrong(None, None, message));
    }
    let size = std::fs::metadata(text).map(|data| data.len());
    if size.is_ok_and(|size| size > STARTS_BYTES) {
        return Err(wrong(
            Some(text),
            None,
            format!("expected at most {STARTS_BYTES} bytes"),
        ));
    }
    let content = std::fs::read_to_string(text)
        .map_err(|error| wrong(Some(text), None, error.to_string()))?;
    let lines = content
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(line, content)| {
            point(content)
                .map_err(|(column, message)| wrong(Some(text), Some((line + 1, column)), message))
        })
        .collect()
}
