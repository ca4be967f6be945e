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
    /// Run coqc on what the ledger takes from Coq: check it against the record, or record it anew
    #[arg(long, value_enum, value_name = "WHAT")]
    coq: Option<Coq>,
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
    let ledger = load(&arguments.paths)?;
    if let (true, Some(path)) = (ledger.wanted.is_empty(), arguments.paths.first()) {
        return Err(LedgerError::NoClaims(path.clone()).into());
    }
    if arguments.coq.is_some() && !coqc::present() {
        return Err(Failure::Input {
            file: None,
            place: None,
            message: "--coq: there is no coqc here".into(),
        });
    }
    if arguments.coq == Some(Coq::Record) {
        coqc::record(&ledger).map_err(|message| Failure::Input {
            file: None,
            place: None,
            message,
        })?;
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
        Some(Coq::Check) => coqc::recheck(&ledger, &mut outcomes),
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
