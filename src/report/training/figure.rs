//! The plot of a report.
//!
//! UNTRUSTED.

use super::basin_map::basin_map;
use crate::report::plot::{Axis, Panel, Series, svg};
use crate::train::algorithm::Energies;
use crate::train::experiment::basins::Basins;
use crate::train::experiment::compare::Comparison;
use crate::train::experiment::confirm::Confirmation;
use crate::train::experiment::diffusion::Fluctuation;
use crate::train::experiment::eigenvalues::Eigenvalues;
use crate::train::experiment::ends::Search;
use crate::train::experiment::escape::Escape;
use crate::train::experiment::finding::{Escapes, Finding, TrainReport};
use crate::train::experiment::growth::Growth;
use crate::train::number::real;
use crate::train::run::{Run, Snapshot};
use crate::train::statistics::Share;

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
        Finding::Basins(found) => basins(found),
        Finding::Escape(found) => escape(found),
        Finding::Diffusion(found) => diffusion(found),
        Finding::Growth(found) => growth(found),
        Finding::Search(found) => search(found),
        Finding::Eigenvalues(found) => eigenvalues(found),
        Finding::Comparison(found) => comparison(found),
        Finding::Confirmation(found) => confirmation(found),
        Finding::Estimate(_) => return None,
    };
    Some(svg(&panels))
}

/// Shares of starts by scale.
fn basins(found: &Basins) -> Vec<Panel> {
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

/// Shares of runs by the parameter.
fn escape(found: &Escapes) -> Vec<Panel> {
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

/// Fluctuations by rate.
fn diffusion(found: &[Fluctuation]) -> Vec<Panel> {
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

/// `t dw/dt` of every weight.
fn growth(found: &Growth) -> Vec<Panel> {
    let rates = |i: usize| {
        found
            .times
            .iter()
            .copied()
            .zip(found.rates.iter().map(move |r| r[i]))
            .collect()
    };
    let series = (0..found.slopes.len())
        .map(|i| curve(format!("w{}", i + 1), rates(i)))
        .collect();
    vec![Panel {
        title: "Growth of the weights".into(),
        x: axis("t", true),
        y: axis("t dw/dt", false),
        series,
    }]
}

/// Errors of the minima.
fn search(found: &Search) -> Vec<Panel> {
    let errors = found.minima.iter().map(|minimum| minimum.error);
    let lowest = curve("lowest error seen".into(), vec![(0.0, found.lowest)]);
    let minima = curve("strict minima".into(), numbered(errors));
    vec![panel(
        "Errors of the minima",
        axis("number, by error", false),
        axis("E", false),
        vec![minima, lowest],
    )]
}

/// The spectrum, and the estimates of its end.
fn eigenvalues(found: &Eigenvalues) -> Vec<Panel> {
    let last = real(found.exact.len());
    let at = |name: &str, value: f64| curve(name.into(), vec![(last, value)]);
    let spectrum = curve("exact".into(), numbered(found.exact.iter().copied()));
    let estimates = [
        at("power", found.power),
        at("taylor", found.taylor),
        at("online", found.online),
    ];
    vec![panel(
        "Eigenvalues of the Hessian",
        axis("number, by size", false),
        axis("eigenvalue", false),
        [spectrum].into_iter().chain(estimates).collect(),
    )]
}

/// Errors at the ends.
fn comparison(found: &Comparison) -> Vec<Panel> {
    let sorted = |errors: &[f64]| {
        let mut errors = errors.to_vec();
        errors.sort_by(f64::total_cmp);
        numbered(errors.into_iter())
    };
    let names = found.methods.iter().map(|method| {
        // The legend has room for the name.
        method.split(' ').next().unwrap_or_default().to_string()
    });
    let ends = [sorted(&found.first), sorted(&found.second)];
    let series = names.zip(ends).map(|(name, ends)| curve(name, ends));
    vec![panel(
        "Errors at the end, each sorted",
        axis("start, by error", false),
        axis("E", true),
        series.collect(),
    )]
}

/// Shares of starts by distance.
fn confirmation(found: &Confirmation) -> Vec<Panel> {
    let shells = found
        .around
        .iter()
        .map(|shell| (shell.radii, &shell.captured));
    vec![panel(
        "Starts that end in the certified box",
        axis("distance, in certified radii", true),
        axis("share", false),
        vec![with_bars("on the sphere", shells)],
    )]
}

/// Values with their numbers, from 1 on.
fn numbered(values: impl Iterator<Item = f64>) -> Vec<(f64, f64)> {
    values
        .enumerate()
        .map(|(index, value)| (real(index + 1), value))
        .collect()
}

fn panel(title: &str, x: Axis, y: Axis, series: Vec<Series>) -> Panel {
    Panel {
        title: title.into(),
        x,
        y,
        series,
    }
}

/// Error of every start, weights of the first; energies where there are some.
fn run_panels(runs: &[Run]) -> Vec<Panel> {
    let of = |run: &Run, y: &dyn Fn(&Snapshot) -> f64| {
        run.trajectory.iter().map(|p| (p.time, y(p))).collect()
    };
    let name = |index: usize| format!("start {index}");
    let errors = runs.iter().enumerate();
    let errors = errors.map(|(index, run)| curve(name(index), of(run, &|p| p.error)));
    let mut panels = vec![panel(
        "Error",
        axis("t", true),
        axis("E", true),
        errors.collect(),
    )];
    let Some(run) = runs.first() else {
        return panels;
    };
    let weight = |i: usize| curve(format!("w{}", i + 1), of(run, &|p| p.weights[i]));
    panels.push(panel(
        "Weights from the first start",
        axis("t", true),
        axis("weight", false),
        (0..run.weights.len()).map(weight).collect(),
    ));
    if run.trajectory.iter().any(|p| p.energies.is_some()) {
        let energy = |name: &str, part: fn(&Energies) -> f64| {
            let value = move |p: &Snapshot| p.energies.as_ref().map_or(f64::NAN, part);
            curve(name.into(), of(run, &value))
        };
        panels.push(panel(
            "Energies from the first start",
            axis("t", false),
            axis("energy", false),
            vec![
                energy("kinetic", |e| e.kinetic),
                energy("dissipated", |e| e.dissipated),
                energy("work", |e| e.work),
            ],
        ));
    }
    panels
}
