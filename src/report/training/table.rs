//! A report as rows of cells: CSV, and aligned text.
//!
//! UNTRUSTED.

use crate::print::decimal::decimal;
use crate::train::experiment::basins::Basins;
use crate::train::experiment::compare::Comparison;
use crate::train::experiment::confirm::Confirmation;
use crate::train::experiment::diffusion::Fluctuation;
use crate::train::experiment::eigenvalues::Eigenvalues;
use crate::train::experiment::ends::{Fate, Search};
use crate::train::experiment::estimate::Estimate;
use crate::train::experiment::finding::{Escapes, Finding, TrainReport};
use crate::train::experiment::growth::Growth;
use crate::train::experiment::plane::Map;
use crate::train::number::exact;
use crate::train::run::Run;
use crate::train::statistics::{MedianTime, Share};

/// Rows under headings.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The headings.
    pub headings: Vec<String>,
    /// The rows, each as long as the headings.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    fn new(headings: &[&str]) -> Self {
        Self {
            headings: headings.iter().map(ToString::to_string).collect(),
            rows: Vec::new(),
        }
    }

    /// As CSV.
    #[must_use]
    pub fn csv(&self) -> String {
        let quoted = |cell: &String| {
            if cell.contains([',', '"', '\n']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        };
        let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n";
        std::iter::once(&self.headings)
            .chain(&self.rows)
            .map(line)
            .collect()
    }

    /// Aligned for reading.
    #[must_use]
    pub fn text(&self) -> String {
        let all = || std::iter::once(&self.headings).chain(&self.rows);
        let width = |column: usize| {
            all()
                .filter_map(|row| row.get(column))
                .map(|c| c.chars().count())
                .max()
        };
        let widths: Vec<usize> = (0..self.headings.len())
            .map(|column| width(column).unwrap_or(0))
            .collect();
        let line = |row: &Vec<String>| {
            let cells = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:<width$}"));
            format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
        };
        all().map(line).collect()
    }
}

fn weights(w: &[f64]) -> String {
    w.iter()
        .map(|w| format!("{w:.6}"))
        .collect::<Vec<_>>()
        .join(" ")
}

fn share(share: Share) -> String {
    format!(
        "{:.4} [{:.4}, {:.4}]",
        share.estimate, share.lower, share.upper
    )
}

fn time(time: MedianTime) -> String {
    let number = |end: Option<f64>| end.map_or_else(|| "…".into(), |end| end.to_string());
    if time.median.is_none() && time.lower.is_none() {
        return "-".into();
    }
    format!(
        "{} [{}, {}]",
        number(time.median),
        number(time.lower),
        number(time.upper)
    )
}

/// Share, lower and upper end, in three cells.
fn cells(share: Share) -> [String; 3] {
    [share.estimate, share.lower, share.upper].map(|v| v.to_string())
}

/// What a reader wants to know besides the table, line by line.
#[must_use]
pub fn remarks(report: &TrainReport) -> Vec<String> {
    let found = match &report.result {
        Finding::Escape(found) => found,
        Finding::Runs(runs) => return runs.iter().enumerate().filter_map(away).collect(),
        _ => return Vec::new(),
    };
    let wall = found.wall.as_ref();
    let wall = wall.map(|wall| {
        format!(
            "every way out climbs at least {} ({}; rounded down)",
            bound(wall.height, false),
            wall.about.words()
        )
    });
    let pass = found.pass.as_ref().map(|pass| {
        format!(
            "the lowest way out that was found climbs {:.6} (measured)",
            pass.height
        )
    });
    wall.into_iter().chain(pass).collect()
}

/// Where the weights of a run go that has no end.
fn away((index, run): (usize, &Run)) -> Option<String> {
    let runaway = run.runaway.as_ref()?;
    Some(format!(
        "start {index}: the error tends to {:.9} as the weights grow along {}",
        runaway.limit,
        weights(&runaway.direction)
    ))
}

/// The table that a reader wants.
#[must_use]
pub fn readable(report: &TrainReport) -> Table {
    match &report.result {
        Finding::Runs(found) => runs(found),
        Finding::Search(found) => search(found),
        Finding::Basins(found) => basins(found),
        Finding::Map(found) => map(found),
        Finding::Escape(found) => escapes(found),
        Finding::Diffusion(found) => diffusion(found),
        Finding::Growth(found) => growth(found),
        Finding::Eigenvalues(found) => eigenvalues(found),
        Finding::Comparison(found) => comparison(found),
        Finding::Confirmation(found) => confirmation(found),
        Finding::Estimate(found) => estimate(found),
    }
}

fn runs(runs: &[Run]) -> Table {
    let mut table = Table::new(&[
        "start", "outcome", "steps", "time", "error", "gradient", "weights",
    ]);
    for (index, run) in runs.iter().enumerate() {
        let numbers = [run.time, run.error, run.gradient].map(|v| format!("{v:.6e}"));
        let [time, error, gradient] = numbers;
        let outcome = run.outcome.describe().to_string();
        table.rows.push(vec![
            index.to_string(),
            outcome,
            run.steps.to_string(),
            time,
            error,
            gradient,
            weights(&run.weights),
        ]);
    }
    table
}

fn basins(found: &Basins) -> Table {
    let headings = [
        "algorithm",
        "settings",
        "scale",
        "runs",
        "captured (95 %)",
        "below",
        "elsewhere",
        "lost",
    ];
    let mut table = Table::new(&headings);
    for c in &found.cells {
        let rest = [c.below, c.elsewhere, c.lost].map(|s| format!("{:.4}", s.estimate));
        let mut row = vec![
            c.method.to_string(),
            c.settings.clone(),
            c.scale.to_string(),
        ];
        row.extend([c.captured.total.to_string(), share(c.captured)]);
        row.extend(rest);
        table.rows.push(row);
    }
    table
}

fn map(map: &Map) -> Table {
    let mut table = Table::new(&["fate", "cells"]);
    for fate in Fate::ALL {
        let count = map.fates.iter().filter(|f| **f == Some(fate)).count();
        table.rows.push(vec![fate.word().into(), count.to_string()]);
    }
    table
}

fn escapes(found: &Escapes) -> Table {
    let mut table = Table::new(&[
        "algorithm",
        "settings",
        "runs",
        "escaped (95 %)",
        "median steps (95 %)",
        "ended lower (95 %)",
    ]);
    for e in &found.runs {
        let (method, runs) = (e.method.to_string(), e.escaped.total.to_string());
        table.rows.push(vec![
            method,
            e.settings.clone(),
            runs,
            share(e.escaped),
            time(e.time),
            share(e.lower),
        ]);
    }
    table
}

fn diffusion(found: &[Fluctuation]) -> Table {
    let mut table = Table::new(&[
        "rate",
        "predicted",
        "measured",
        "± error",
        "ratio",
        "difference",
        "shift²",
    ]);
    for f in found {
        let numbers = [
            f.predicted,
            f.measured.mean,
            f.measured.error,
            f.ratio,
            f.difference,
            f.shift,
        ];
        let mut row = vec![f.rate.to_string()];
        row.extend(numbers.map(|v| format!("{v:.5}")));
        table.rows.push(row);
    }
    table
}

fn growth(found: &Growth) -> Table {
    let mut table = Table::new(&["weight", "t dw/dt, last decade"]);
    for (index, slope) in found.slopes.iter().enumerate() {
        table
            .rows
            .push(vec![(index + 1).to_string(), format!("{slope:.6}")]);
    }
    table
        .rows
        .push(vec!["variation".into(), format!("{:.6}", found.variation)]);
    table
}

fn eigenvalues(found: &Eigenvalues) -> Table {
    let mut table = Table::new(&["estimate", "largest eigenvalue", "1/λ"]);
    let exact = found.exact.last().copied().unwrap_or(f64::NAN);
    let all = [
        ("exact", exact),
        ("power", found.power),
        ("taylor", found.taylor),
        ("online", found.online),
    ];
    for (name, value) in all {
        table.rows.push(vec![
            name.into(),
            format!("{value:.6}"),
            format!("{:.6}", value.recip()),
        ]);
    }
    table
}

fn comparison(found: &Comparison) -> Table {
    let mut table = Table::new(&["", "share of starts (95 %)"]);
    let [first, second] = &found.methods;
    for (method, lower) in [(second, found.second_lower), (first, found.first_lower)] {
        table
            .rows
            .push(vec![format!("{method} ends lower"), share(lower)]);
    }
    table
}

fn search(found: &Search) -> Table {
    let mut table = Table::new(&["error", "spurious", "weights"]);
    for m in &found.minima {
        table.rows.push(vec![
            format!("{:.9}", m.error),
            m.spurious.to_string(),
            weights(&m.weights),
        ]);
    }
    let lowest = format!("{:.9}", found.lowest);
    table.rows.push(vec![
        lowest,
        "lowest seen".into(),
        weights(&found.lowest_at),
    ]);
    table
}

fn estimate(found: &Estimate) -> Table {
    let mut table = Table::new(&["estimate", "lower", "upper", "runs"]);
    let numbers = [found.value, found.interval[0], found.interval[1]];
    let mut row = numbers.map(|v| v.to_string()).to_vec();
    row.push(found.repetitions.to_string());
    table.rows.push(row);
    table
}

/// A certified bound with six digits, rounded down or `up`.
fn bound(value: f64, up: bool) -> String {
    exact(value).map_or_else(|| "-".into(), |value| decimal(&value, 6, up))
}

fn confirmation(found: &Confirmation) -> Table {
    let mut table = Table::new(&["what", "certified", "measured"]);
    let mut row = |what: &str, certified: String, measured: String| {
        table.rows.push(vec![what.into(), certified, measured]);
    };
    let number = |v: f64| format!("{v:.6}");
    row(
        "radius of the region",
        bound(found.region.radius, false),
        "-".into(),
    );
    row(
        "half width of the box",
        bound(found.region.half_width, true),
        "-".into(),
    );
    row(
        "curvature, from (λ) to (L)",
        format!(
            "{} to {}",
            bound(found.region.lower, false),
            bound(found.region.upper, true)
        ),
        "-".into(),
    );
    row(
        "starts in the region that end in the box",
        "all".into(),
        share(found.inside),
    );
    for shell in &found.around {
        row(
            &format!("starts at {} radii that do", shell.radii),
            "-".into(),
            share(shell.captured),
        );
    }
    row(
        "contraction per step, at most",
        bound(found.certified_contraction, true),
        number(found.measured_contraction),
    );
    row(
        "learning rate, up to",
        bound(found.certified_rate, false),
        number(found.critical_rate),
    );
    row(
        "2/λ_max at the minimum",
        "-".into(),
        number(found.linear_rate),
    );
    row("agrees", "-".into(), found.agrees.to_string());
    table
}

/// The table that a program wants: full precision, trajectories included.
#[must_use]
pub fn complete(report: &TrainReport) -> Table {
    match &report.result {
        Finding::Runs(runs) => trajectories(runs),
        Finding::Basins(found) => {
            let mut table = Table::new(&[
                "algorithm",
                "settings",
                "scale",
                "runs",
                "captured",
                "lower",
                "upper",
                "below",
            ]);
            for c in &found.cells {
                let mut row = vec![
                    c.method.to_string(),
                    c.settings.clone(),
                    c.scale.to_string(),
                ];
                row.push(c.captured.total.to_string());
                row.extend(cells(c.captured));
                row.push(c.below.estimate.to_string());
                table.rows.push(row);
            }
            table
        }
        Finding::Map(map) => {
            let mut table = Table::new(&["column", "row", "error", "fate"]);
            for (index, (error, fate)) in map.errors.iter().zip(&map.fates).enumerate() {
                let fate = fate.map_or("", Fate::word).to_string();
                let (column, row) = (index % map.side, index / map.side);
                table.rows.push(vec![
                    column.to_string(),
                    row.to_string(),
                    error.to_string(),
                    fate,
                ]);
            }
            table
        }
        Finding::Growth(found) => {
            let mut table = Table::new(&["time", "weight", "t dw/dt"]);
            for (time, rates) in found.times.iter().zip(&found.rates) {
                for (index, rate) in rates.iter().enumerate() {
                    table.rows.push(vec![
                        time.to_string(),
                        (index + 1).to_string(),
                        rate.to_string(),
                    ]);
                }
            }
            table
        }
        Finding::Comparison(found) => {
            let mut table = Table::new(&["start", "first", "second"]);
            for (index, (a, b)) in found.first.iter().zip(&found.second).enumerate() {
                table
                    .rows
                    .push(vec![index.to_string(), a.to_string(), b.to_string()]);
            }
            table
        }
        Finding::Search(_)
        | Finding::Escape(_)
        | Finding::Diffusion(_)
        | Finding::Eigenvalues(_)
        | Finding::Confirmation(_)
        | Finding::Estimate(_) => readable(report),
    }
}

/// Headings of the energies of the damped dynamics.
const ENERGIES: [&str; 3] = ["kinetic", "dissipated", "work"];

fn trajectories(runs: &[Run]) -> Table {
    let mut table = Table::new(&["start", "step", "time", "error"]);
    let count = runs.first().map_or(0, |run| run.weights.len());
    table.headings.extend((1..=count).map(|i| format!("w{i}")));
    let points = || runs.iter().flat_map(|run| &run.trajectory);
    if points().any(|p| p.energies.is_some()) {
        table.headings.extend(ENERGIES.map(String::from));
    }
    for (index, run) in runs.iter().enumerate() {
        for p in &run.trajectory {
            let mut row = vec![
                index.to_string(),
                p.step.to_string(),
                p.time.to_string(),
                p.error.to_string(),
            ];
            row.extend(p.weights.iter().map(ToString::to_string));
            if let Some(e) = p.energies {
                row.extend([e.kinetic, e.dissipated, e.work].map(|v| v.to_string()));
            }
            table.rows.push(row);
        }
    }
    table
}
