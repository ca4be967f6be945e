//! `spurious check`: the kernel alone, on certificate files.

use super::{Failure, Format, Status, Streams};
use crate::kernel::rejection::Checked;
use crate::kernel::verdict::Proved;
use crate::report::text::one_line;
use clap::Args;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Let the kernel check certificate files, and print the statements that it accepts
///
/// Exit status: 0 every file is accepted; 1 some file is rejected; 2 a file cannot be read.
#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// Certificate files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

pub(super) fn run(
    arguments: &CheckArguments,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let mut status = Status::Success;
    let mut reports = Vec::new();
    for file in &arguments.files {
        let text = read(file)?;
        let name = file.display().to_string();
        let checked = Proved::check_text(&text);
        if checked.is_err() {
            status = Status::Negative;
        }
        match arguments.format {
            Format::Text => write!(streams.out, "{}", words(&one_line(&name), &checked))?,
            Format::Json => reports.push(object(&name, &checked)),
        }
    }
    if arguments.format == Format::Json {
        writeln!(
            streams.out,
            "{}",
            json!({"schema": "spurious.check/2", "files": reports})
        )?;
    }
    Ok(status)
}

/// What was found of one file; the last statement is what the certificate is for.
fn words(name: &str, checked: &Checked<Vec<Proved>>) -> String {
    match checked.as_deref() {
        Err(rejection) => format!("{name}: rejected: {rejection}\n"),
        Ok([]) => String::new(),
        Ok([lemmas @ .., last]) => {
            let role = match lemmas.len() {
                0 => String::new(),
                1 => ", after one lemma, this".to_owned(),
                count => format!(", after {count} lemmas, this"),
            };
            format!("{name}: accepted{role}\n{}\n", last.statement())
        }
    }
}

/// The same as JSON.
fn object(name: &str, checked: &Checked<Vec<Proved>>) -> Value {
    let proved = checked.as_deref().unwrap_or_default();
    let mut statements: Vec<String> = proved
        .iter()
        .map(|step| step.statement().to_string())
        .collect();
    let statement = statements.pop();
    json!({
        "file": name,
        "accepted": checked.is_ok(),
        "statement": statement,
        "lemmas": statements,
        "rejection": checked.as_ref().err().map(ToString::to_string),
    })
}

pub(super) fn read(file: &Path) -> Result<String, Failure> {
    let name = file.display().to_string();
    let wrong = |message: String| Failure::Input {
        file: Some(name.clone()),
        place: None,
        message,
    };
    let size = std::fs::metadata(file)
        .map_err(|error| wrong(format!("{name}: {error}")))?
        .len();
    if usize::try_from(size).map_or(true, |size| size > crate::kernel::limits::TEXT_BYTES) {
        return Err(wrong(format!(
            "{name}: a certificate has at most {} bytes",
            crate::kernel::limits::TEXT_BYTES
        )));
    }
    let bytes = std::fs::read(file).map_err(|error| wrong(format!("{name}: {error}")))?;
    String::from_utf8(bytes)
        .map_err(|_| wrong(format!("{name}: this is no text, so no certificate")))
}
