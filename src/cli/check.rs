//! `spurious check`: the kernel alone, on certificate files.

use super::{Failure, Format, Status, Streams};
use crate::kernel::verdict::Proved;
use clap::Args;
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
        let (accepted, step, words) = match Proved::check_text(&text) {
            Ok(proved) => (
                true,
                None,
                proved
                    .last()
                    .map(|last| last.statement().to_string())
                    .unwrap_or_default(),
            ),
            Err(rejected) => (false, rejected.step, rejected.to_string()),
        };
        if !accepted {
            status = Status::Negative;
        }
        match arguments.format {
            Format::Text if accepted => {
                writeln!(streams.out, "{}: accepted\n{words}", file.display())?;
            }
            Format::Text => writeln!(streams.out, "{}: rejected: {words}", file.display())?,
            Format::Json => reports.push(serde_json::json!({
                "file": file.display().to_string(),
                "accepted": accepted,
                "statement": accepted.then_some(&words),
                "step": step,
                "rejection": (!accepted).then_some(&words),
            })),
        }
    }
    if arguments.format == Format::Json {
        writeln!(
            streams.out,
            "{}",
            serde_json::json!({"schema": "spurious.check/1", "files": reports})
        )?;
    }
    Ok(status)
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
