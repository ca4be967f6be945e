//! The command line: parse, run, exit status.

use clap::Parser;
use spurious::cli::Arguments;
use std::io::{stderr, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    spurious::cli::run(&arguments, &mut stdout().lock(), &mut stderr()).into()
}
