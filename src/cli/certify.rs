//! `spurious certify`: the minima of a training set's error, certified.

use super::{Failure, Format, Status, Streams, interrupt};
use crate::files::{self, STANDARD_INPUT, target};
use crate::kernel::surface::Unit;
use crate::prover::surface::certify::{Certified, Options, Verdict, certify_telling, conclude};
use crate::report;
use crate::terminal;
use crate::train::named::{self, Named};
use crate::unit::{Reading, TrainingSet, starts};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// Most bytes of a file of starts.
const STARTS_BYTES: usize = 1 << 20;

/// Find the minima of a training set's error, certify them, and say which of them are spurious
///
/// DATA is a CSV file with a header, one column for each input, then `target`, then perhaps `count` or `weight`; or JSON.
/// Exit status: 0 a verdict; 1 the verdict is `unknown`; 2 the file is wrong; 130 Ctrl-C was pressed, and what was certified until then
/// is printed.
#[derive(Debug, Args)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "one for each flag of the command line"
)]
pub(super) struct CertifyArguments {
    /// Training set; `-` is the standard input, and the name of an example of `spurious train` is that example
    #[arg(value_name = "DATA")]
    data: PathBuf,
    /// The response of the unit
    #[arg(long, value_enum, default_value_t = Response::Tanh)]
    unit: Response,
    /// Add the constant input 1 as the last one
    #[arg(long)]
    threshold: bool,
    /// Start here too: weights with commas between, threshold last, or a file with one such line for each start; JSON, an
    /// array of NumPy (.npy) and what `spurious train` prints do as well, and `-` is the standard input
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
pub(super) enum Response {
    Tanh,
    Logistic,
}

impl Response {
    /// The unit of the kernel.
    pub(super) fn unit(self) -> Unit {
        match self {
            Self::Tanh => Unit::Tanh,
            Self::Logistic => Unit::Logistic,
        }
    }
}

pub(super) fn run(
    arguments: &CertifyArguments,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let reading = Reading {
        unit: arguments.unit.unit(),
        threshold: arguments.threshold,
    };
    // The name of an example is that example, also where a file has the same name.
    let example = arguments.data.to_str().and_then(named::find);
    let outputs: Vec<&Path> = arguments.output.iter().map(PathBuf::as_path).collect();
    let starts = arguments.start.iter().map(Path::new);
    let data = example.is_none().then_some(arguments.data.as_path());
    let inputs: Vec<&Path> = starts.chain(data).collect();
    target::check(&outputs, &inputs)?;
    let from_input = |text: &Path| text.as_os_str() == STANDARD_INPUT;
    if inputs.iter().filter(|input| from_input(input)).count() > 1 {
        return Err(Failure::Input {
            file: None,
            place: None,
            message: "the standard input can be read once only: DATA or one --start".to_owned(),
        });
    }
    let set = read_set(&arguments.data, reading, example)?;
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
    let mut outcome = search(&set, options)?;
    let interrupted = interrupt::requested();
    let seconds = (!arguments.no_timing).then(|| begun.elapsed().as_secs_f64());
    let mut file = None;
    if let Some(path) = &arguments.output
        && let Some((text, left_out)) = outcome.certificate()
    {
        target::write(path, &text)?;
        file = Some(path.display().to_string());
        if left_out > 0 {
            outcome.remarks.push(format!(
                "{left_out} of {} statements are not in the certificate, which has a budget of steps",
                outcome.steps.len()
            ));
        }
    }
    match arguments.format {
        Format::Text => {
            let line = |text: &String| terminal::line(text).into_owned();
            let names: Vec<String> = set.names().iter().map(line).collect();
            let file = file.as_ref().map(line);
            if interrupted {
                writeln!(streams.out, "interrupted: what was certified until then")?;
            }
            write!(
                streams.out,
                "{}",
                report::surface::text(&outcome, &names, file.as_deref(), seconds)
            )?;
        }
        Format::Json => {
            let mut value =
                report::surface::json(&outcome, file.as_deref(), arguments.seed, seconds);
            if let Some(object) = value.as_object_mut().filter(|_| interrupted) {
                object.insert("interrupted".to_owned(), true.into());
            }
            let text = serde_json::to_string_pretty(&value).map_err(std::io::Error::other)?;
            writeln!(streams.out, "{text}")?;
        }
    }
    Ok(if interrupted {
        Status::Interrupted
    } else if outcome.verdict == Verdict::Unknown {
        Status::Negative
    } else {
        Status::Success
    })
}

/// What can be certified; what was certified so far, if Ctrl-C is pressed.
fn search(set: &TrainingSet, options: Options) -> Result<Certified, Failure> {
    let accepted = Arc::new(Mutex::new(Vec::new()));
    let finished = {
        let (plain, accepted) = (set.plain().clone(), Arc::clone(&accepted));
        interrupt::unless_requested(move || {
            certify_telling(&plain, &options, &|step| {
                accepted
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(step.clone());
            })
        })?
    };
    Ok(finished.unwrap_or_else(|| {
        let mut accepted = accepted.lock().unwrap_or_else(PoisonError::into_inner);
        conclude(std::mem::take(&mut *accepted))
    }))
}

/// The training set of a file or of an example.
fn read_set(
    path: &Path,
    reading: Reading,
    example: Option<&Named>,
) -> Result<TrainingSet, Failure> {
    let Some(set) = example.and_then(Named::set) else {
        return Ok(TrainingSet::read_or_standard_input(path, reading)?);
    };
    set.reread(reading).map_err(|rejection| Failure::Input {
        file: None,
        place: None,
        message: format!("{}: {rejection}", path.display()),
    })
}

/// Weights from the command line, from a file, or from the standard input.
fn read_starts(text: &str, width: usize) -> Result<Vec<Vec<f64>>, Failure> {
    let path = Path::new(text);
    if text != STANDARD_INPUT && !path.exists() {
        let point = starts::point(text, width).map(|point| vec![point]);
        return point.map_err(|error| Failure::Input {
            file: None,
            place: None,
            message: format!("--start: {error}"),
        });
    }
    let wrong = |place, message: String| Failure::Input {
        file: Some(text.to_owned()),
        place,
        message: format!("--start: {message}"),
    };
    let bytes = files::read_bytes(path, STARTS_BYTES)
        .map_err(|error| wrong(None, format!("{text}: {error}")))?;
    starts::read(&bytes, width).map_err(|error| {
        let place = error
            .place
            .map(|(line, column)| format!(":{line}:{column}"));
        let place = place.unwrap_or_default();
        wrong(error.place, format!("{text}{place}: {error}"))
    })
}
