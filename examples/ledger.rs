//! A ledger of one's own in a test of another crate: every verdict is the recorded one.
#![allow(clippy::print_stdout, reason = "an example prints")]

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<_> = std::env::args_os().skip(1).map(Into::into).collect();
    let found = spurious::verify(&paths)?;
    for claim in &found.claims {
        println!("{} {}", claim.verdict, claim.id);
    }
    match found.summary.unexpected {
        0 => Ok(()),
        count => Err(format!("{count} verdicts differ from the record").into()),
    }
}
