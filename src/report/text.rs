//! The report as text: a line for each claim, then a summary.

use super::{ClaimReport, Count, Kinds, Verification, order};
use crate::terminal;
use crate::train::claimed::Measurement;
use crate::verify::vacuous::{Hypotheses, REMARK};
use std::fmt::Write;

/// The report as text.
#[must_use]
pub fn render(model: &Verification) -> String {
    let mut text = String::new();
    let hosts = order::hosts(&model.claims);
    let mut folded = 0;
    for claim in &model.claims {
        if hosts.contains_key(&claim.id) && as_proved(claim) {
            folded += 1;
        } else {
            fold(&mut folded, &mut text);
            line(claim, &mut text);
        }
    }
    fold(&mut folded, &mut text);
    let summary = &model.summary;
    if summary.printed.claims < summary.all.claims {
        for (count, of) in [
            (&summary.printed, "printed claims"),
            (&summary.variants, "variants"),
            (&summary.helpers, "helpers"),
        ] {
            let _ = writeln!(text, "{}", counted(count, of, model));
        }
    }
    let all = counted(&summary.all, "claims", model);
    let _ = writeln!(text, "{all}; {} unexpected", summary.unexpected);
    if model.interrupted {
        text.push_str("interrupted: only these claims were decided until then\n");
    }
    if let Some(times) = &model.seconds {
        let _ = writeln!(
            text,
            "search {:.2} s, kernel {:.3} s",
            times.search, times.kernel
        );
    }
    text
}

/// Whether a claim is proved, as recorded, and there is nothing to remark.
fn as_proved(claim: &ClaimReport) -> bool {
    claim.verdict == "proved"
        && claim.expected == "proved"
        && claim.hypotheses != Some(Hypotheses::Contradict.word())
}

/// One line for the helpers under a claim.
fn fold(folded: &mut usize, text: &mut String) {
    let plural = if *folded == 1 { "" } else { "s" };
    if *folded > 0 {
        let _ = writeln!(text, "         with {folded} helper{plural}, proved");
    }
    *folded = 0;
}

/// How many claims have which verdict.
fn counted(count: &Count, of: &str, model: &Verification) -> String {
    format!(
        "{} {of}: {} proved, {} refuted, {} open, {} measured{}{}",
        count.claims,
        count.proved,
        count.refuted,
        count.open,
        count.measured,
        by_coq(count, model),
        match kinds(&count.kinds).as_str() {
            "" => String::new(),
            told => format!("; what is refuted: {told}"),
        }
    )
}

/// How far the refuted claims fail, if the record says so of any.
#[must_use]
pub fn kinds(kinds: &Kinds) -> String {
    let words = [
        (kinds.wrong, "wrong"),
        (kinds.domain, "domain"),
        (kinds.misprint, "misprint"),
        (kinds.text, "text"),
    ];
    let some = words.iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = some
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    told.join(", ")
}

/// How many claims Coq has decided, if any, and whether in this run.
fn by_coq(count: &Count, model: &Verification) -> String {
    match count.by_coq {
        0 => String::new(),
        count if model.coq_rechecked() => format!(", {count} by coq"),
        count => format!(", {count} by coq (recorded, not rechecked)"),
    }
}

fn line(claim: &ClaimReport, text: &mut String) {
    let _ = writeln!(
        text,
        "{:8} {:28} {}",
        claim.badge(),
        terminal::line(&claim.id),
        terminal::line(&claim.cite)
    );
    if let Some(coq) = &claim.coq {
        let rechecked = if coq.rechecked {
            "checked by coqc"
        } else {
            "recorded, not rechecked"
        };
        let _ = writeln!(
            text,
            "    {} by coq: {} in {}, which {} it, {rechecked}",
            claim.verdict,
            terminal::line(&coq.theorems.join(", ")),
            terminal::line(&coq.file),
            // The verb of several theorems has no `s`.
            if coq.theorems.len() > 1 {
                coq.role.trim_end_matches('s')
            } else {
                coq.role
            }
        );
    }
    if claim.verdict != claim.expected {
        let found = match claim.verdict {
            _ if claim.by_coq_alone() => "Coq says otherwise".to_owned(),
            "proved" => "the kernel accepts a proof".to_owned(),
            "refuted" => "the kernel accepts a proof of the negation".to_owned(),
            "measured" => "the experiment decides".to_owned(),
            _ => terminal::line(claim.reason.as_deref().unwrap_or("nothing was decided"))
                .into_owned(),
        };
        let _ = writeln!(
            text,
            "    UNEXPECTED: the record says {}; {found}",
            claim.expected
        );
    }
    if let (Some(kind), Some(means)) = (claim.kind, claim.kind_means) {
        let _ = writeln!(text, "    {kind}: {means}");
    }
    if let Some(witness) = &claim.witness {
        let _ = writeln!(text, "    {}", terminal::line(witness));
    }
    if claim.hypotheses == Some(Hypotheses::Contradict.word()) {
        let _ = writeln!(text, "    REMARK: {REMARK}");
    }
    if let Some(measured) = &claim.measured {
        let _ = writeln!(text, "    {}", terminal::line(&experiment(measured)));
        if claim.verdict == "open" && claim.verdict == claim.expected {
            let reason = claim.reason.as_deref().unwrap_or_default();
            let _ = writeln!(text, "    {}", terminal::line(reason));
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
