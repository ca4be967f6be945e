//! The command line: parse, run, exit status.

use std::io::{stderr, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let (mut out, mut err) = (stdout().lock(), stderr());
    match spurious::cli::parse(std::env::args_os(), &mut out, &mut err) {
        Ok(arguments) => spurious::cli::run(&arguments, &mut out, &mut err).into(),
        Err(status) => status.into(),
    }
}
