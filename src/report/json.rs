//! The report as JSON (`spurious.verify/2`).

use super::Verification;

/// The report as one JSON object.
///
/// # Errors
/// None in practice: the model has string keys only.
pub fn render(model: &Verification) -> std::io::Result<String> {
    serde_json::to_string_pretty(model).map_err(std::io::Error::other)
}
