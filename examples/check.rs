//! Checks certificate files: `cargo run --example check -- FILE…`.
#![allow(clippy::print_stdout, reason = "an example prints")]

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for file in std::env::args().skip(1) {
        let proved = spurious::check(&std::fs::read_to_string(&file)?)?;
        if let Some(last) = proved.last() {
            println!("{file} proves: {}", last.statement());
        }
    }
    Ok(())
}
