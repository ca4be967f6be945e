//! `spurious verify`: every claim of a ledger derived afresh and compared with the record.

use super::{Failure, Format, Status, Streams, interrupt};
use crate::ledger::source::{Ledger, LedgerError, load};
use crate::report;
use crate::terminal;
use crate::train::claimed::Size;
use crate::verify::coqc;
use crate::verify::{Outcomes, verify_telling};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Derive every claim of a ledger afresh, have the kernel check each certificate, compare with the recorded verdicts
///
/// Exit status: 0 every verdict is the recorded one; 1 some verdict differs; 2 a claim file is wrong;
/// 130 Ctrl-C was pressed, and what was decided until then is printed.
#[derive(Debug, Args)]
pub(super) struct VerifyArguments {
    /// Claim files, or folders with claim files
    #[arg(default_value = "proofs", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// Write the report and every certificate into this folder; certificates that a former run wrote there are removed
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
    let ledger = Arc::new(load(&arguments.paths)?);
    if let (true, Some(path)) = (ledger.wanted.is_empty(), arguments.paths.first()) {
        return Err(LedgerError::NoClaims(path.clone()).into());
    }
    if let Some(folder) = &arguments.output {
        let inputs: BTreeSet<&Path> = ledger
            .entries
            .iter()
            .map(|entry| entry.file.as_path())
            .collect();
        report::check_folder(folder, &ledger, &inputs.into_iter().collect::<Vec<_>>())?;
    }
    let failure = |message| Failure::Input {
        file: None,
        place: None,
        message,
    };
    if arguments.coq.is_some() {
        coqc::ready().map_err(|missing| {
            failure(format!(
                "--coq needs Coq, its compiler coqc and its checker coqchk: {missing}; \
                 without --coq the record counts, not rechecked"
            ))
        })?;
    }
    if arguments.coq == Some(Coq::Record) {
        coqc::record(&ledger, arguments.coq_seconds)
            .map_err(|wrong| failure(format!("nothing was recorded: {wrong}")))?;
    }
    let size = if arguments.experiments {
        Size::Full
    } else {
        Size::Reduced
    };
    let outcomes = derive(&ledger, size, streams.quiet)?;
    let outcomes = match arguments.coq {
        Some(coq) => by_coq(&ledger, coq, arguments.coq_seconds, outcomes)?,
        None => outcomes,
    };
    let mut model = report::Verification::new(&ledger, &outcomes, !arguments.no_timing);
    model.interrupted = interrupt::requested();
    if let Some(folder) = &arguments.output {
        report::write_folder(folder, &model, &ledger, &outcomes)?;
    }
    match arguments.format {
        Format::Text => write!(streams.out, "{}", report::text::render(&model))?,
        Format::Json => writeln!(streams.out, "{}", report::json::render(&model)?)?,
    }
    Ok(if model.interrupted {
        Status::Interrupted
    } else if model.summary.unexpected == 0 {
        Status::Success
    } else {
        Status::Negative
    })
}

/// Decides the claims; those decided so far, if Ctrl-C is pressed.
fn derive(ledger: &Arc<Ledger>, size: Size, quiet: bool) -> Result<Outcomes, Failure> {
    let bar = progress(ledger, quiet);
    let decided = Arc::new(Mutex::new(Outcomes::new()));
    let finished = {
        let (ledger, bar, decided) = (Arc::clone(ledger), bar.clone(), Arc::clone(&decided));
        interrupt::unless_requested(move || {
            verify_telling(&ledger, size, &|id, outcome| {
                bar.set_message(terminal::line(id).into_owned());
                bar.inc(1);
                decided
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .insert(id.to_owned(), outcome.clone());
            })
        })?
    };
    bar.finish_and_clear();
    Ok(finished.unwrap_or_else(|| {
        let mut decided = decided.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *decided)
    }))
}

/// The outcomes once `coqc` was run; as they were recorded, if Ctrl-C is pressed.
fn by_coq(
    ledger: &Arc<Ledger>,
    coq: Coq,
    seconds: u64,
    mut outcomes: Outcomes,
) -> Result<Outcomes, Failure> {
    match coq {
        Coq::Check => {
            let (ledger, mut checked) = (Arc::clone(ledger), outcomes.clone());
            let finished = interrupt::unless_requested(move || {
                coqc::recheck(&ledger, &mut checked, seconds);
                checked
            })?;
            // An interrupt ends `coqc` too: what that run says of the claims counts for nothing.
            return Ok(finished
                .filter(|_| !interrupt::requested())
                .unwrap_or(outcomes));
        }
        Coq::Record => outcomes
            .values_mut()
            .filter_map(|outcome| outcome.coq.as_mut())
            .for_each(|checked| checked.rechecked = true),
    }
    Ok(outcomes)
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
