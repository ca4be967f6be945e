//! `spurious export`: a certificate as a theorem for a proof assistant.

use super::{Failure, Format, Status, Streams};
use crate::export::{ExportError, to_coq};
use crate::files::target;
use crate::kernel::verdict::Proved;
use crate::terminal;
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Write a certificate as a theorem for a proof assistant
///
/// The theorem's statement is plain data over the definitions in proofs/coq; its proof is one evaluation.
/// Exit status: 0 it was written; 1 the kernel rejects the certificate; 2 it is no certificate, or one of a kind that has no
/// counterpart: only strict local minima in a box, spurious or not, have one.
#[derive(Debug, Args)]
pub(super) struct ExportArguments {
    /// Certificate file
    #[arg(value_name = "CERT")]
    file: PathBuf,
    /// For which proof assistant
    #[arg(long, value_enum)]
    to: Assistant,
    /// Write it into this file instead of the standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Translate without asking the kernel: the proof assistant is then the only judge
    #[arg(long)]
    unchecked: bool,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Assistant {
    /// Coq 8.16 or later
    Coq,
}

pub(super) fn run(
    arguments: &ExportArguments,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let Assistant::Coq = arguments.to;
    let name = arguments.file.display().to_string();
    let outputs: Vec<&Path> = arguments.output.iter().map(PathBuf::as_path).collect();
    target::check(&outputs, &[&arguments.file])?;
    let text = super::check::read(&arguments.file)?;
    let exported = to_coq(&text).map_err(|error| input(&name, &text, &error))?;
    if !arguments.unchecked
        && let Err(rejection) = Proved::check_text(&text)
    {
        return rejected(arguments, &name, &rejection.to_string(), streams);
    }
    for (step, refusal) in exported.left_out.iter().filter(|_| !streams.quiet) {
        let said = format!("{name}: step {step} is left out: {refusal}");
        writeln!(streams.err, "{}", terminal::message(&said))?;
    }
    let file = arguments
        .output
        .as_ref()
        .map(|path| path.display().to_string());
    if let Some(path) = &arguments.output {
        target::write(path, &exported.text)?;
    }
    match arguments.format {
        Format::Text if file.is_some() => {}
        Format::Text => write!(streams.out, "{}", exported.text)?,
        Format::Json => {
            let left_out = exported.left_out.iter().map(
                |(step, refusal)| serde_json::json!({"step": step, "reason": refusal.to_string()}),
            );
            let object = serde_json::json!({
                "schema": "spurious.export/1",
                "to": "coq",
                "theorems": exported.theorems,
                "left_out": left_out.collect::<Vec<_>>(),
                "file": file,
                "text": file.is_none().then_some(&exported.text),
            });
            writeln!(streams.out, "{object}")?;
        }
    }
    Ok(Status::Success)
}

/// The kernel does not accept the certificate: nothing is written.
fn rejected(
    arguments: &ExportArguments,
    name: &str,
    reason: &str,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let said = format!("{name}: the kernel rejects this certificate: {reason}");
    writeln!(streams.err, "spurious: {}", terminal::message(&said))?;
    if arguments.format == Format::Json {
        let object =
            serde_json::json!({"schema": "spurious.export/1", "to": "coq", "rejection": reason});
        writeln!(streams.out, "{object}")?;
    }
    Ok(Status::Negative)
}

/// Wrong input; at its place, if the text is no certificate.
fn input(name: &str, text: &str, error: &ExportError) -> Failure {
    let place = match error {
        ExportError::Read(error) => {
            let before = text.get(..error.at).unwrap_or(text);
            let line = before.matches('\n').count() + 1;
            Some((
                line,
                before
                    .rsplit('\n')
                    .next()
                    .unwrap_or_default()
                    .chars()
                    .count()
                    + 1,
            ))
        }
        ExportError::Refused { .. } => None,
    };
    let at = place
        .map(|(line, column)| format!("{line}:{column}: "))
        .unwrap_or_default();
    Failure::Input {
        file: Some(name.to_owned()),
        place,
        message: format!("{name}: {at}{error}"),
    }
}
