//! The report as text: a line for each claim, then a summary.

use super::{ClaimReport, Verification};
use crate::train::claimed::Measurement;
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
        let _ = writeln!(
            text,
            "search {:.2} s, kernel {:.3} s",
            times.search, times.kernel
        );
    }
    text
}

/// How many claims Coq has decided, if any, and whether in this run.
fn by_coq(model: &Verification) -> String {
    let mut rechecked = model
        .claims
        .iter()
        .filter_map(|claim| claim.coq.as_ref())
        .map(|coq| coq.rechecked);
    match model.summary.by_coq {
        0 => String::new(),
        count if rechecked.all(|rechecked| rechecked) => format!(", {count} by coq"),
        count => format!(", {count} by coq (recorded, not rechecked)"),
    }
}

/// Words on one line: line breaks and other controls, also of the direction of writing, are written out, so that no name
/// or text can pass for a line of the report.
#[must_use]
pub fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for c in words.chars() {
        let hidden = matches!(
            c,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
        );
        if c.is_control() || hidden {
            line.extend(c.escape_unicode());
        } else {
            line.push(c);
        }
    }
    line
}

fn line(claim: &ClaimReport, text: &mut String) {
    let _ = writeln!(
        text,
        "{:8} {:28} {}",
        claim.badge(),
        one_line(&claim.id),
        one_line(&claim.cite)
    );
    if let Some(coq) = &claim.coq {
        let rechecked = if coq.rechecked {
            "checked by coqc"
        } else {
            "recorded, not rechecked"
        };
        let _ = writeln!(
            text,
            "    {} by coq: {} in {}, {rechecked}",
            claim.verdict,
            one_line(&coq.theorems.join(", ")),
            one_line(&coq.file)
        );
    }
    if claim.verdict != claim.expected {
        let found = match claim.verdict {
            _ if claim.coq.is_some() => "Coq says otherwise".to_owned(),
            "proved" => "the kernel accepts a proof".to_owned(),
            "refuted" => "the kernel accepts a proof of the negation".to_owned(),
            "measured" => "the experiment decides".to_owned(),
            _ => one_line(claim.reason.as_deref().unwrap_or("nothing was decided")),
        };
        let _ = writeln!(
            text,
            "    UNEXPECTED: the record says {}; {found}",
            claim.expected
        );
    }
    if let Some(witness) = &claim.witness {
        let _ = writeln!(text, "    {}", one_line(witness));
    }
    if let Some(measured) = &claim.measured {
        let _ = writeln!(text, "    {}", one_line(&experiment(measured)));
        if claim.verdict == "open" && claim.verdict == claim.expected {
            let reason = claim.reason.as_deref().unwrap_or_default();
            let _ = writeln!(text, "    {}", one_line(reason));
        }
    }
    if let Some(repair) = &claim.repaired_by {
        let _ = writeln!(text, "    corrected by {repair}");
    }
}

/// An interval with four decimals, rounded outward.
fn outward([low, high]: [f64; 2]) -> [f64; 2] {
    [(low * 1e4).floor() / 1e4, (high * 1e4).ceil() / 1e4]
}

/// What an experiment gave, on one line.
#[must_use]
pub fn experiment(measured: &Measurement) -> String {
    let [low, high] = outward(measured.interval);
    let supports = match measured.supports {
        Some(true) => "supports the claim",
        Some(false) => "contradicts the claim",
        None => "decides nothing",
    };
    let Measurement {
        quantity,
        estimate,
        claimed,
        repetitions,
        full,
        seed,
        experiment,
        ..
    } = measured;
    let reduced = if repetitions < full {
        format!(" of {full} (reduced size)")
    } else {
        String::new()
    };
    format!(
        "{supports}: {quantity} {estimate:.4}, 95 % interval [{low:.4}, {high:.4}], claimed {claimed}; {experiment}; \
         {repetitions} runs{reduced}, seed {seed}"
    )
}
