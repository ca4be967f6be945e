//! The report as one HTML page that needs nothing else.

use super::Verification;
use minijinja::Environment;

/// The report as an HTML page.
///
/// # Errors
/// None in practice: the template is compiled in.
pub fn render(model: &Verification) -> std::io::Result<String> {
    let mut environment = Environment::new();
    environment
        .add_template("report.html", include_str!("report.html"))
        .map_err(std::io::Error::other)?;
    environment.add_global("version", env!("CARGO_PKG_VERSION"));
    environment.add_global("coq_rechecked", model.coq_rechecked());
    let template = environment
        .get_template("report.html")
        .map_err(std::io::Error::other)?;
    template
        .render(minijinja::value::Serde(model))
        .map_err(std::io::Error::other)
}
