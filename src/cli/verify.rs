//! `spurious verify`: every claim of a ledger derived afresh and compared with the record.

use super::{Failure, Format, Status, Streams};
use crate::ledger::coqc;
use crate::ledger::source::{Ledger, LedgerError, load};
use crate::ledger::verify::{Outcomes, verify_in};
use crate::report;
use crate::train::claimed::Size;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::path::PathBuf;

/// Derive every claim of a ledger afresh, have the kernel check each certificate, compare with the recorded verdicts
///
/// Exit status: 0 every verdict is the recorded one; 1 some verdict differs; 2 a claim file is wrong.
#[derive(Debug, Args)]
pub(super) struct VerifyArguments {
    /// Claim files, or folders with claim files
    #[arg(default_value = "proofs", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// Write the report and every certificate into this folder
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Make experiments in full, not at the reduced size that takes a moment
    #[arg(long)]
    experiments: bool,
    /// Leave out how long it took
    #[arg(long)]
    no_timing: bool,
    /// Run Coq on what the ledger takes from it: check it against the record, or record it anew
    #[arg(long, value_enum, value_name = "WHAT")]
    coq: Option<Coq>,
    /// Longest time of one run of Coq, which compiles one file or answers for one folder
    #[arg(long, value_name = "N", default_value_t = coqc::SECONDS, requires = "coq",
          value_parser = clap::value_parser!(u64).range(1..=86_400))]
    coq_seconds: u64,
}

/// What to do with Coq.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Coq {
    /// Compile the files afresh and compare files, statements and axioms with the record
    Check,
    /// Compile the files afresh, then write the record `checked.txt` beside them
    Record,
}

pub(super) fn run(
    arguments: &VerifyArguments,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let ledger = load(&arguments.paths).map_err(|error| input(&error))?;
    let failure = |message| Failure::Input {
        file: None,
        place: None,
        message,
    };
    if arguments.coq.is_some() {
        coqc::ready().map_err(|missing| {
            failure(format!(
                "--coq needs Coq, its compiler coqc and its checker coqchk: {missing}; without --coq the record counts, not rechecked"
            ))
        })?;
    }
    if arguments.coq == Some(Coq::Record) {
        coqc::record(&ledger, arguments.coq_seconds)
            .map_err(|wrong| failure(format!("nothing was recorded: {wrong}")))?;
    }
    let bar = progress(&ledger, streams.quiet);
    let size = if arguments.experiments {
        Size::Full
    } else {
        Size::Reduced
    };
    let mut outcomes: Outcomes = verify_in(&ledger, size, &|id| {
        bar.set_message(id.to_string());
        bar.inc(1);
    });
    bar.finish_and_clear();
    match arguments.coq {
        None => {}
        Some(Coq::Check) => coqc::recheck(&ledger, &mut outcomes, arguments.coq_seconds),
        Some(Coq::Record) => outcomes
            .values_mut()
            .filter_map(|outcome| outcome.coq.as_mut())
            .for_each(|checked| {
                checked.rechecked = true;
            }),
    }
    let model = report::Verification::new(&ledger, &outcomes, !arguments.no_timing);
    if let Some(folder) = &arguments.output {
        report::write_folder(folder, &model, &ledger, &outcomes)?;
    }
    match arguments.format {
        Format::Text => write!(streams.out, "{}", report::text::render(&model))?,
        Format::Json => writeln!(streams.out, "{}", report::json::render(&model)?)?,
    }
    Ok(if model.summary.unexpected == 0 {
        Status::Success
    } else {
        Status::Negative
    })
}

pub(super) fn input(error: &LedgerError) -> Failure {
    let (file, place) = match error {
        LedgerError::Syntax { file, error } => (file, Some((error.place.line, error.place.column))),
        LedgerError::Unreadable { file, .. }
        | LedgerError::NoClaims(file)
        | LedgerError::Circular(file) => (file, None),
    };
    Failure::Input {
        file: Some(file.display().to_string()),
        place,
        message: error.to_string(),
    }
}

fn progress(ledger: &Ledger, quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let bar = ProgressBar::new(u64::try_from(ledger.entries.len()).unwrap_or(0));
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}") {
        bar.set_style(style);
    }
    bar
}
