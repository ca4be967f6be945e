//! A ledger of one's own in a test of another crate: every verdict is the recorded one.
#![allow(clippy::print_stdout, reason = "an example prints")]

fn main() -> Result<(), spurious::LedgerError> {
    let paths: Vec<_> = std::env::args_os().skip(1).map(Into::into).collect();
    let found = spurious::verify(&paths)?;
    for claim in &found.claims {
        println!("{} {}", claim.verdict, claim.id);
    }
    assert_eq!(
        found.summary.unexpected, 0,
        "a verdict differs from the record"
    );
    Ok(())
}
