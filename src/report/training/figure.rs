//! The plot of a report.
//!
//! UNTRUSTED.

use super::basin_map::basin_map;
use crate::report::plot::{Axis, Panel, Series, svg};
use crate::train::experiment::escape::Escape;
use crate::train::experiment::finding::{Finding, TrainReport};
use crate::train::run::{Run, Snapshot};
use crate::train::statistics::Share;

/// Runs that a plot shows.
const SHOWN: usize = 8;

fn axis(label: &str, log: bool) -> Axis {
    Axis {
        label: label.into(),
        log,
    }
}

fn curve(name: String, points: Vec<(f64, f64)>) -> Series {
    Series {
        name,
        points,
        bars: Vec::new(),
    }
}

fn with_bars<'a>(name: &str, shares: impl Iterator<Item = (f64, &'a Share)> + Clone) -> Series {
    Series {
        name: name.into(),
        points: shares
            .clone()
            .map(|(x, share)| (x, share.estimate))
            .collect(),
        bars: shares
            .map(|(_, share)| (share.lower, share.upper))
            .collect(),
    }
}

/// The report as SVG; `None` where there is nothing to draw.
#[must_use]
pub fn figure(report: &TrainReport) -> Option<String> {
    let panels = match &report.result {
        Finding::Runs(runs) => run_panels(runs),
        Finding::Map(map) => return Some(basin_map(map)),
        Finding::Basins(found) => {
            let mut methods: Vec<&str> = found.cells.iter().map(|cell| cell.method).collect();
            methods.dedup();
            let of = |method: &&str| {
                let method = *method;
                let cells = found.cells.iter().filter(move |cell| cell.method == method);
                with_bars(method, cells.map(|cell| (cell.scale, &cell.captured)))
            };
            let series = methods.iter().map(of).collect();
            let (x, y) = (
                axis("half width of the cube of starts", true),
                axis("share", false),
            );
            vec![Panel {
                title: "Starts that end in the minimum".into(),
                x,
                y,
                series,
            }]
        }
        Finding::Escape(found) => {
            let first = found.runs.first().map_or("", |e| e.method);
            let at = |share: fn(&Escape) -> &Share| {
                found
                    .runs
                    .iter()
                    .filter(|e| e.method == first)
                    .map(move |e| (e.parameter.1, share(e)))
            };
            let series = vec![
                with_bars("left the basin", at(|e| &e.escaped)),
                with_bars("ended lower", at(|e| &e.lower)),
            ];
            let x = axis(found.runs.first().map_or("", |e| e.parameter.0), true);
            vec![Panel {
                title: "Escape from the minimum".into(),
                x,
                y: axis("share of runs", false),
                series,
            }]
        }
        Finding::Diffusion(found) => {
            let series = vec![
                curve(
                    "predicted".into(),
                    found.iter().map(|f| (f.rate, f.predicted)).collect(),
                ),
                curve(
                    "measured".into(),
                    found.iter().map(|f| (f.rate, f.measured.mean)).collect(),
                ),
            ];
            let (x, y) = (
                axis("learning rate", true),
                axis("mean square distance", true),
            );
            vec![Panel {
                title: "Fluctuations around the minimum".into(),
                x,
                y,
                series,
            }]
        }
        Finding::Growth(found) => {
            let count = found.slopes.len().min(SHOWN);
            let rates = |i: usize| {
                found
                    .times
                    .iter()
                    .copied()
                    .zip(found.rates.iter().map(move |r| r[i]))
                    .collect()
            };
            let series = (0..count)
                .map(|i| curve(format!("w{}", i + 1), rates(i)))
                .collect();
            vec![Panel {
                title: "Growth of the weights".into(),
                x: axis("t", true),
                y: axis("t dw/dt", false),
                series,
            }]
        }
        Finding::Search(_)
        | Finding::Eigenvalues(_)
        | Finding::Comparison(_)
        | Finding::Confirmation(_)
        | Finding::Estimate(_) => return None,
    };
    Some(svg(&panels))
}

fn run_panels(runs: &[Run]) -> Vec<Panel> {
    let of = |run: &Run, y: &dyn Fn(&Snapshot) -> f64| {
        run.trajectory.iter().map(|p| (p.time, y(p))).collect()
    };
    let errors = runs.iter().take(SHOWN).enumerate();
    let errors = errors
        .map(|(index, run)| curve(format!("start {index}"), of(run, &|p| p.error)))
        .collect();
    let error = Panel {
        title: "Error".into(),
        x: axis("t", true),
        y: axis("E", false),
        series: errors,
    };
    let weights = runs.first().map_or_else(Vec::new, |run| {
        let shown = 0..run.weights.len().min(SHOWN);
        shown
            .map(|i| curve(format!("w{}", i + 1), of(run, &|p| p.weights[i])))
            .collect()
    });
    let title = "Weights from the first start".into();
    vec![
        error,
        Panel {
            title,
            x: axis("t", true),
            y: axis("weight", false),
            series: weights,
        },
    ]
}
