//! What was typed, read; wrong usage is reported as any wrong input is.

use super::{Arguments, Status, error_object};
use crate::terminal;
use clap::Parser;
use clap::error::ErrorKind;
use std::ffi::OsString;
use std::io::Write;

/// Reads the command line; help and the version go to `out`, wrong usage to `err`, and to `out` too where JSON is asked for.
///
/// # Errors
/// The status with which the program ends where there is nothing to run.
pub fn parse(
    words: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Arguments, Status> {
    let words: Vec<OsString> = words.into_iter().collect();
    Arguments::try_parse_from(&words).map_err(|error| {
        if matches!(
            error.kind(),
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
        ) {
            let _ = error.print();
            return Status::Success;
        }
        let json = wants_json(&words);
        if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && !json {
            let _ = error.print();
            return Status::Usage;
        }
        let said = words_of(&error);
        let _ = writeln!(err, "spurious: {said}");
        if json {
            let _ = writeln!(
                out,
                "{}",
                serde_json::json!({"error": error_object(None, None, &said)})
            );
        }
        let _ = out.flush();
        Status::Usage
    })
}

/// What is wrong, made safe for a terminal.
fn words_of(error: &clap::Error) -> String {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return "expected a command".to_owned();
    }
    let text = error.render().to_string();
    terminal::message(text.strip_prefix("error: ").unwrap_or(&text))
}

/// Whether the words ask for JSON, as far as words can that do not fit together.
fn wants_json(words: &[OsString]) -> bool {
    let mut options = words.iter().take_while(|word| *word != "--");
    let mut json = false;
    while let Some(word) = options.next() {
        json = match word.to_str() {
            Some("--format") => options.next().is_some_and(|value| value == "json"),
            Some("--format=json") => true,
            Some(other) if other.starts_with("--format=") => false,
            _ => json,
        };
    }
    json
}
