//! The report as text: a line for each claim, then a summary.

use super::{ClaimReport, Verification};
use std::fmt::Write;

/// The report as text.
#[must_use]
pub fn render(model: &Verification) -> String {
    let mut text = String::new();
    for claim in &model.claims {
        line(claim, &mut text);
    }
    let summary = &model.summary;
    let _ = writeln!(
        text,
        "{} claims: {} proved, {} refuted, {} open, {} measured{}; {} unexpected",
        summary.claims,
        summary.proved,
        summary.refuted,
        summary.open,
        summary.measured,
        by_coq(model),
        summary.unexpected
    );
    if let Some(times) = &model.seconds {
        let _ = writeln!(text, "search {:.2} s, kernel {:.3} s", times.search, times.kernel);
    }
    text
}

/// How many claims Coq has decided, if any, and whether in this run.
fn by_coq(model: &Verification) -> String {
    let mut rechecked = model.claims.iter().filter_map(|claim| claim.coq.as_ref()).map(|coq| coq.rechecked);
    match model.summary.by_coq {
        0 => String::new(),
        count if rechecked.all(|rechecked| rechecked) => format!(", {count} by coq"),
        count => format!(", {count} by coq (recorded, not rechecked)"),
    }
}

fn line(claim: &ClaimReport, text: &mut String) {
    let _ = writeln!(text, "{:8} {:28} {}", claim.verdict, claim.id, claim.cite);
    if let Some(coq) = &claim.coq {
        let rechecked = if coq.rechecked { "checked by coqc" } else { "recorded, not rechecked" };
        let _ = writeln!(text, "    by coq: {} in {}, {rechecked}", coq.theorems.join(", "), coq.file);
    }
    if claim.verdict != claim.expected {
        let found = match claim.verdict {
            "proved" => "the kernel accepts a proof",
            "refuted" => "the kernel accepts a proof of the negation",
            _ => claim.reason.as_deref().unwrap_or("nothing was decided"),
        };
        let _ = writeln!(text, "    UNEXPECTED: the record says {}; {found}", claim.expected);
    }
    if let Some(witness) = &claim.witness {
        let _ = writeln!(text, "    {witness}");
    }
    if let Some(repair) = &claim.repaired_by {
        let _ = writeln!(text, "    corrected by {repair}");
    }
}
