//! The command line, one file a subcommand. Nothing uses this module but `main`.

mod certify;
mod check;
mod explain;
mod export;
mod interrupt;
mod prove;
mod train;
mod usage;
mod verify;

pub use usage::parse;

use crate::files::WriteError;
use crate::ledger::lexer::SyntaxError;
use crate::ledger::source::LedgerError;
use crate::terminal::{self, Safe};
use crate::unit::DataError;
use clap::{Parser, Subcommand, ValueEnum};
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

/// Exact verification of claims about the error surfaces of sigmoid units.
#[derive(Debug, Parser)]
#[command(name = "spurious", version, about, max_term_width = 100, after_help = EXIT_STATUS)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Print no progress and no remarks on the standard error stream
    #[arg(long, global = true)]
    quiet: bool,
    /// Number of threads, at most 256; 0 takes one for each core
    #[arg(long, global = true, default_value_t = 0, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=MOST_THREADS))]
    threads: u16,
}

/// Most threads: each that searches has a stack of its own.
const MOST_THREADS: i64 = 256;

const EXIT_STATUS: &str = "Exit status: 0 as expected; 1 a verdict differs, a file is rejected, or nothing could be \
decided; 2 wrong usage or input; 130 interrupted by Ctrl-C, with what was decided until then.";

#[derive(Debug, Subcommand)]
enum Command {
    Verify(verify::VerifyArguments),
    Certify(certify::CertifyArguments),
    Check(check::CheckArguments),
    Prove(prove::ProveArguments),
    Explain(explain::ExplainArguments),
    Export(export::ExportArguments),
    Train(Box<train::TrainArguments>),
}

impl Command {
    /// The form of output and errors.
    fn format(&self) -> Format {
        match self {
            Self::Verify(arguments) => arguments.format,
            Self::Certify(arguments) => arguments.format,
            Self::Check(arguments) => arguments.format,
            Self::Prove(arguments) => arguments.format,
            Self::Explain(arguments) => arguments.format,
            Self::Export(arguments) => arguments.format,
            Self::Train(arguments) => arguments.format.of_errors(),
        }
    }
}

/// The form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// As expected.
    Success,
    /// A verdict differs, a file is rejected, nothing could be decided.
    Negative,
    /// Wrong usage or input.
    Usage,
    /// Ended by Ctrl-C, with what was decided until then.
    Interrupted,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Success => Self::SUCCESS,
            Status::Negative => Self::from(1),
            Status::Usage => Self::from(2),
            Status::Interrupted => Self::from(interrupt::EXIT),
        }
    }
}

/// What went wrong with a command before it had a result.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Wrong input, in words.
    #[error("{message}")]
    Input {
        /// The file, if one is wrong.
        file: Option<String>,
        /// Line and column there, from 1.
        place: Option<(usize, usize)>,
        /// What is wrong and what was expected.
        message: String,
    },
    /// Claim files are wrong.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The result could not be written.
    #[error("cannot write: {0}")]
    Output(#[from] std::io::Error),
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::Input {
            file: Some(error.file.display().to_string()),
            place: None,
            message: error.to_string(),
        }
    }
}

impl From<DataError> for Failure {
    fn from(error: DataError) -> Self {
        let small = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        Self::Input {
            message: error.to_string(),
            place: (error.line > 0).then(|| (small(error.line), small(error.column.max(1)))),
            file: Some(error.file),
        }
    }
}

/// Where a command writes: results, and remarks.
pub struct Streams<'a> {
    /// Results.
    pub out: &'a mut dyn Write,
    /// Progress and remarks.
    pub err: &'a mut dyn Write,
    /// Whether remarks are wanted.
    pub quiet: bool,
}

impl std::fmt::Debug for Streams<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Streams")
            .field("quiet", &self.quiet)
            .finish_non_exhaustive()
    }
}

/// Runs a command. A broken pipe is no error.
///
/// Text is made safe for a terminal here, whatever it was made from; JSON escapes by itself.
pub fn run(arguments: &Arguments, out: &mut dyn Write, err: &mut dyn Write) -> Status {
    let format = arguments.command.format();
    let mut safe_out = Safe(&mut *out);
    let mut streams = Streams {
        out: match format {
            Format::Text => &mut safe_out,
            Format::Json => out,
        },
        err: &mut Safe(err),
        quiet: arguments.quiet,
    };
    let result = threads(arguments.threads).and_then(|()| match &arguments.command {
        Command::Verify(arguments) => verify::run(arguments, &mut streams),
        Command::Certify(arguments) => certify::run(arguments, &mut streams),
        Command::Check(arguments) => check::run(arguments, &mut streams),
        Command::Prove(arguments) => prove::run(arguments, &mut streams),
        Command::Explain(arguments) => explain::run(arguments, &mut streams),
        Command::Export(arguments) => export::run(arguments, &mut streams),
        Command::Train(arguments) => train::run(arguments, &mut streams),
    });
    match result.and_then(|status| Ok(streams.out.flush().map(|()| status)?)) {
        Ok(status) => status,
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => Status::Success,
        Err(failure) => report(&failure, format, &mut streams),
    }
}

/// Sets the number of threads.
fn threads(wanted: u16) -> Result<(), Failure> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = if wanted == 0 { cores } else { wanted.into() };
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build_global()
        .map_err(|error| Failure::Input {
            file: None,
            place: None,
            message: error.to_string(),
        })
}

fn report(failure: &Failure, format: Format, streams: &mut Streams<'_>) -> Status {
    let said = terminal::message(&failure.to_string());
    let _ = writeln!(streams.err, "spurious: {said}");
    if format == Format::Json {
        let error = match failure {
            Failure::Input { file, place, .. } => error_object(file.as_deref(), *place, &said),
            Failure::Ledger(error) => of_claims(error),
            Failure::Output(_) => error_object(None, None, &said),
        };
        let _ = writeln!(streams.out, "{}", serde_json::json!({ "error": error }));
    }
    Status::Usage
}

/// What is wrong, as `error.schema.json` says.
fn error_object(
    file: Option<&str>,
    place: Option<(usize, usize)>,
    message: &str,
) -> serde_json::Value {
    let (line, column) = place.unzip();
    serde_json::json!({"file": file, "line": line, "column": column, "message": message})
}

/// The first error in claim files, with the others of the same file.
fn of_claims(error: &LedgerError) -> serde_json::Value {
    let file = error.file().map(|file| file.display().to_string());
    let place = |error: &SyntaxError| (error.place.line, error.place.column);
    let (line, column) = error.places().first().map(place).unzip();
    let other = |error: &SyntaxError| {
        let (line, column) = place(error);
        serde_json::json!({"line": line, "column": column, "message": error.message})
    };
    let others: Vec<_> = error.places().iter().skip(1).map(other).collect();
    serde_json::json!({
        "file": file,
        "line": line,
        "column": column,
        "message": error.headline(),
        "others": others,
    })
}
