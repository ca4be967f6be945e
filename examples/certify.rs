//! Certifies the minima of a training set: `cargo run --example certify -- DATA.csv`.
#![allow(clippy::print_stdout, reason = "an example prints")]

use spurious::kernel::surface::Unit;
use spurious::{Reading, Search, TrainingSet, certify};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("expected a data file")?;
    let reading = Reading {
        unit: Unit::Tanh,
        threshold: false,
    };
    let data = TrainingSet::read(Path::new(&file), reading)?;
    let found = certify(&data, &Search::default());
    println!("{}", found.reason);
    for minimum in &found.minima {
        let (low, high) = &minimum.error;
        println!("a strict local minimum, its error between {low} and {high}");
    }
    Ok(())
}
