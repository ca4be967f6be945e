//! The report as one HTML page that needs nothing else.

use super::Verification;
use crate::train::claimed::Measurement;
use minijinja::Environment;
use std::collections::BTreeMap;

/// The report as an HTML page.
///
/// # Errors
/// None in practice: the template is compiled in.
pub fn render(model: &Verification) -> std::io::Result<String> {
    let measured: BTreeMap<String, Measurement> = model
        .claims
        .iter()
        .filter_map(|claim| Some((claim.id.clone(), claim.measured.clone()?)))
        .collect();
    let mut environment = Environment::new();
    environment
        .add_template("report.html", include_str!("report.html"))
        .map_err(std::io::Error::other)?;
    environment.add_filter("experiment", move |id: String| {
        let claim = measured.get(&id);
        claim.map(super::text::experiment).unwrap_or_default()
    });
    environment.add_global(
        "under",
        minijinja::Value::from(minijinja::value::Serde(super::order::hosts(&model.claims))),
    );
    environment.add_global("kinds", super::text::kinds(&model.summary.printed.kinds));
    environment.add_global("version", env!("CARGO_PKG_VERSION"));
    environment.add_global("coq_rechecked", model.coq_rechecked());
    let template = environment
        .get_template("report.html")
        .map_err(std::io::Error::other)?;
    template
        .render(minijinja::value::Serde(model))
        .map_err(std::io::Error::other)
}
