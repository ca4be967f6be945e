//! The context summary of `coqchk`: that the compiled files declare nothing without proof. Untrusted.
//!
//! `coqchk` reads the compiled files again and checks them with a kernel of its own, whatever `coqc` was told while it compiled.

/// Headings with the one content that is accepted.
const HEADINGS: [&str; 4] = [
    "* Theory: Set is predicative",
    "* Constants/Inductives relying on type-in-type: <none>",
    "* Constants/Inductives relying on unsafe (co)fixpoints: <none>",
    "* Inductives whose positivity is assumed: <none>",
];
/// The heading above the axioms.
const AXIOMS: &str = "* Axioms:";

/// Whether only the standard library has axioms, and nothing relies on a check that was switched off.
///
/// # Errors
/// In words, what the files declare without proof.
pub(super) fn accept(printed: &str) -> Result<(), String> {
    let (_, summary) = printed
        .split_once("CONTEXT SUMMARY")
        .ok_or("coqchk prints no summary")?;
    let (mut seen, mut heading) = (Vec::new(), "");
    for line in summary.lines() {
        let word = line.trim();
        if line.starts_with('*') {
            heading = word
                .strip_suffix(" <none>")
                .map_or(word, |bare| if bare == AXIOMS { AXIOMS } else { word });
            seen.push(heading);
            if heading != AXIOMS && !HEADINGS.contains(&heading) && !word.ends_with(':') {
                return Err(format!("coqchk says: {}", word.trim_start_matches("* ")));
            }
        } else if word.is_empty() || word.chars().all(|c| c == '=') {
        } else if heading != AXIOMS {
            let relies = heading.trim_start_matches("* ").trim_end_matches(':');
            return Err(format!("coqchk lists {word} under \"{relies}\""));
        } else if !word.starts_with("Coq.") {
            return Err(format!(
                "coqchk finds an axiom of the files' own, {word}: it is declared, not proved"
            ));
        }
    }
    let missing = HEADINGS.iter().chain([&AXIOMS]);
    match missing.into_iter().find(|heading| !seen.contains(heading)) {
        Some(heading) => Err(format!("coqchk does not say \"{heading}\"")),
        None => Ok(()),
    }
}
