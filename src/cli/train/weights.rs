//! Weights on the command line: numbers with commas between, or the file of a report that ends in
//! them.

use crate::files::read_text;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::path::Path;
use std::str::FromStr;

/// The largest report that is read, in bytes.
const LARGEST: usize = 1 << 28;

/// Weights that an option gives.
#[derive(Clone, Debug)]
pub(super) struct Weights(pub(super) Vec<f64>);

impl FromStr for Weights {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers: Result<Vec<f64>, _> = text.split(',').map(|n| n.trim().parse()).collect();
        numbers.map_or_else(|_| reported(Path::new(text)), |numbers| Ok(Self(numbers)))
    }
}

/// The part of a report that is read; each number as its text, so that it is read exactly.
#[derive(Deserialize)]
struct Report {
    result: Finding,
}

#[derive(Deserialize)]
struct Finding {
    runs: Vec<Run>,
}

#[derive(Deserialize)]
struct Run {
    weights: Vec<Box<RawValue>>,
}

/// The weights at the end of the first run of a report in JSON.
fn reported(path: &Path) -> Result<Weights, String> {
    let text = read_text(path, LARGEST)
        .map_err(|error| format!("neither numbers nor a file that can be read: {error}"))?;
    let report: Report = serde_json::from_str(&text)
        .map_err(|error| format!("the file is no report of runs in JSON: {error}"))?;
    let first = report.result.runs.first().map(|run| &run.weights);
    let numbers = first.and_then(|weights| {
        let texts = weights.iter().map(|number| number.get());
        texts.map(|text| text.parse().ok()).collect()
    });
    numbers
        .map(Weights)
        .ok_or_else(|| "the report has no run with finite weights".into())
}
