//! `spurious prove`: one statement on the command line, without a file.

use super::{Failure, Format, Status, Streams};
use crate::files::target::write;
use crate::ledger::sentence;
use crate::ledger::syntax::Verdict;
use crate::report::{outline, word};
use crate::terminal;
use crate::verify::{verify, whole_certificate};
use clap::Args;
use std::path::PathBuf;

/// Prove or refute one statement: "x > 0 implies tanh(x) < x"
///
/// Names that are free in it stand for all real numbers. The language is that of claim files; a script needs a file.
/// Exit status: 0 the kernel accepts a proof; 1 it accepts a proof of the negation, or nothing was decided; 2 it is no statement.
#[derive(Debug, Args)]
pub(super) struct ProveArguments {
    /// The statement
    #[arg(value_name = "STATEMENT", allow_hyphen_values = true)]
    statement: String,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
    /// Write the certificate into this file, for `spurious check`
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(
    arguments: &ProveArguments,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let ledger = sentence::ledger(&arguments.statement)?;
    let outcomes = verify(&ledger, &|_| {});
    let missing = || Failure::Input {
        file: None,
        place: None,
        message: "there is no statement".into(),
    };
    let (entry, outcome) = ledger
        .entry(sentence::ID)
        .zip(outcomes.get(sentence::ID))
        .ok_or_else(missing)?;
    let certificate = whole_certificate(&ledger, &outcomes, sentence::ID);
    if let (Some(file), Some(certificate)) = (&arguments.output, &certificate) {
        write(file, certificate)?;
    }
    let stated = entry.statement.as_ref().map(ToString::to_string);
    let verdict = word(outcome.verdict);
    match arguments.format {
        Format::Text => {
            let stated = stated.unwrap_or_default();
            writeln!(streams.out, "{verdict}: {}", terminal::line(&stated))?;
            if let Some(witness) = &outcome.witness {
                writeln!(streams.out, "  {}", terminal::line(witness))?;
            }
            if let (Verdict::Open, Some(reason)) = (outcome.verdict, &outcome.reason) {
                writeln!(streams.out, "{}", outline::indent(reason))?;
            }
        }
        Format::Json => {
            let object = serde_json::json!({
                "schema": "spurious.prove/1",
                "statement": stated,
                "verdict": verdict,
                "rules": outcome.rules,
                "witness": outcome.witness,
                "reason": outcome.reason,
                "certificate": certificate,
            });
            writeln!(streams.out, "{object}")?;
        }
    }
    Ok(match outcome.verdict {
        Verdict::Proved => Status::Success,
        Verdict::Refuted | Verdict::Open | Verdict::Measured => Status::Negative,
    })
}
