//! The command line, one file a subcommand. Nothing uses this module but `main`.

mod certify;
mod check;
mod explain;
mod export;
mod train;
mod verify;

use crate::ledger::lexer::SyntaxError;
use crate::ledger::source::LedgerError;
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
    /// Number of threads; 0 takes one for each core
    #[arg(long, global = true, default_value_t = 0, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=MOST_THREADS))]
    threads: u16,
}

/// Most threads: each that searches has a stack of its own.
const MOST_THREADS: i64 = 256;

const EXIT_STATUS: &str = "Exit status: 0 as expected; 1 a verdict differs, a file is rejected, or nothing could be \
decided; 2 wrong usage or input.";

#[derive(Debug, Subcommand)]
enum Command {
    Verify(verify::VerifyArguments),
    Certify(certify::CertifyArguments),
    Check(check::CheckArguments),
    Explain(explain::ExplainArguments),
    Export(export::ExportArguments),
    Train(Box<train::TrainArguments>),
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
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Success => Self::SUCCESS,
            Status::Negative => Self::from(1),
            Status::Usage => Self::from(2),
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
pub fn run(arguments: &Arguments, out: &mut dyn Write, err: &mut dyn Write) -> Status {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(arguments.threads.into())
        .build_global();
    if let Err(error) = pool {
        let _ = writeln!(err, "spurious: {error}");
        return Status::Usage;
    }
    let mut streams = Streams {
        out,
        err,
        quiet: arguments.quiet,
    };
    let (result, format) = match &arguments.command {
        Command::Verify(arguments) => (verify::run(arguments, &mut streams), arguments.format),
        Command::Certify(arguments) => (certify::run(arguments, &mut streams), arguments.format),
        Command::Check(arguments) => (check::run(arguments, &mut streams), arguments.format),
        Command::Explain(arguments) => (explain::run(arguments, &mut streams), arguments.format),
        Command::Export(arguments) => (export::run(arguments, &mut streams), arguments.format),
        Command::Train(arguments) => (
            train::run(arguments, &mut streams),
            arguments.format.of_errors(),
        ),
    };
    match result.and_then(|status| Ok(streams.out.flush().map(|()| status)?)) {
        Ok(status) => status,
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => Status::Success,
        Err(failure) => report(&failure, format, &mut streams),
    }
}

fn report(failure: &Failure, format: Format, streams: &mut Streams<'_>) -> Status {
    let _ = writeln!(streams.err, "spurious: {failure}");
    let error = match failure {
        Failure::Input {
            file,
            place,
            message,
        } => {
            let (line, column) = place.unzip();
            Some(
                serde_json::json!({"file": file, "line": line, "column": column, "message": message}),
            )
        }
        Failure::Ledger(error) => Some(of_claims(error)),
        Failure::Output(_) => None,
    };
    if let (Format::Json, Some(error)) = (format, error) {
        let _ = writeln!(streams.out, "{}", serde_json::json!({ "error": error }));
    }
    Status::Usage
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
