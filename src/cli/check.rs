//! `spurious check`: the kernel alone, on certificate files.

use super::{Failure, Format, Status, Streams};
use crate::files;
use crate::kernel::limits::TEXT_BYTES;
use crate::kernel::verdict::Proved;
use crate::report::outline::indent;
use crate::terminal;
use clap::Args;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Let the kernel check certificate files, and print the statements that it accepts
///
/// All files are looked at; each has one line, an accepted one is followed by its statement, set in.
/// Exit status: 0 every file is accepted; 1 some file is rejected; 2 some file cannot be read.
#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// Certificate files; `-` is the standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

/// What came out for one file.
enum Finding {
    /// The kernel accepts it: what it states, and the lemmas on the way.
    Accepted {
        lemmas: Vec<String>,
        statement: String,
    },
    /// The kernel rejects it: why, and in which step, counted from 0, if it came so far.
    Rejected { step: Option<usize>, why: String },
    /// There is nothing to check: why.
    Unreadable(String),
}

impl Finding {
    fn of(file: &Path) -> Self {
        let text = match files::read_text(file, TEXT_BYTES) {
            Ok(text) => text,
            // What is no text is no certificate.
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                return Self::Rejected {
                    step: None,
                    why: error.to_string(),
                };
            }
            Err(error) => return Self::Unreadable(error.to_string()),
        };
        match Proved::check_text(&text) {
            Ok(proved) => {
                let said = proved.iter().map(|step| step.statement().to_string());
                let mut lemmas: Vec<String> = said.collect();
                let statement = lemmas.pop().unwrap_or_default();
                Self::Accepted { lemmas, statement }
            }
            Err(rejected) => Self::Rejected {
                step: rejected.step,
                why: rejected.to_string(),
            },
        }
    }

    /// For people: a line of its own for the file, whatever its name.
    fn text(&self, name: &str) -> String {
        let name = terminal::line(name);
        match self {
            Self::Accepted { lemmas, statement } => {
                let role = match lemmas.len() {
                    0 => String::new(),
                    1 => ", after one lemma, this".to_owned(),
                    count => format!(", after {count} lemmas, this"),
                };
                format!("{name}: accepted{role}\n{}\n", indent(statement))
            }
            Self::Rejected { why, .. } => {
                format!("{name}: rejected: {}\n", terminal::message(why))
            }
            Self::Unreadable(why) => {
                format!("{name}: cannot be read: {}\n", terminal::message(why))
            }
        }
    }

    fn json(&self, name: &str) -> Value {
        let mut object = json!({
            "file": name,
            "accepted": matches!(self, Self::Accepted { .. }),
            "statement": null,
            "lemmas": [],
            "step": null,
            "rejection": null,
            "error": null,
        });
        match self {
            Self::Accepted { lemmas, statement } => {
                object["lemmas"] = json!(lemmas);
                object["statement"] = json!(statement);
            }
            Self::Rejected { step, why } => {
                object["step"] = json!(step);
                object["rejection"] = json!(why);
            }
            Self::Unreadable(why) => object["error"] = json!(why),
        }
        object
    }

    fn status(&self) -> Status {
        match self {
            Self::Accepted { .. } => Status::Success,
            Self::Rejected { .. } => Status::Negative,
            Self::Unreadable(_) => Status::Usage,
        }
    }
}

pub(super) fn run(
    arguments: &CheckArguments,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let mut status = Status::Success;
    let mut reports = Vec::new();
    for file in &arguments.files {
        let name = file.display().to_string();
        let finding = Finding::of(file);
        status = match (status, finding.status()) {
            (Status::Usage, _) | (_, Status::Usage) => Status::Usage,
            (Status::Negative, _) | (_, Status::Negative) => Status::Negative,
            (_, other) => other,
        };
        match arguments.format {
            Format::Text => write!(streams.out, "{}", finding.text(&name))?,
            Format::Json => reports.push(finding.json(&name)),
        }
        if matches!(finding, Finding::Unreadable(_)) {
            write!(streams.err, "spurious: {}", finding.text(&name))?;
        }
    }
    if arguments.format == Format::Json {
        let object = serde_json::json!({"schema": "spurious.check/2", "files": reports});
        writeln!(streams.out, "{object}")?;
    }
    Ok(status)
}

/// The text of a certificate file.
pub(super) fn read(file: &Path) -> Result<String, Failure> {
    files::read_text(file, TEXT_BYTES).map_err(|error| {
        let name = file.display().to_string();
        Failure::Input {
            message: format!("{name}: {error}"),
            file: Some(name),
            place: None,
        }
    })
}
