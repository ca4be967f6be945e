//! `spurious explain`: one claim or certificate, step by step, for a reader.

use super::certify::Response;
use super::{Failure, Format, Status, Streams};
use crate::kernel::verdict::Proved;
use crate::ledger::source::{Entry, Ledger, load};
use crate::ledger::syntax::{CoqRole, Role, Verdict};
use crate::report::{badge, outline, word};
use crate::terminal;
use crate::unit::{Reading, TrainingSet};
use crate::verify::{Outcome, Outcomes, verify};
use clap::Args;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Explain a claim, its proof step by step and what it rests on; a certificate; or the error of a training set
///
/// Of a training set, a file that ends in .csv or .json, the error is shown as a rational function.
/// A word that is the id of a claim is that id; a file is named by a path with a separator, such as ./FILE, or by a name that is no id.
/// The kernel checks a certificate first; of one that it rejects no proof is shown.
/// Exit status: 0 it was explained; 1 the kernel rejects the certificate; 2 there is no such claim.
#[derive(Debug, Args)]
pub(super) struct ExplainArguments {
    /// Id of a claim, a certificate file, or a training set
    #[arg(value_name = "ID|FILE")]
    what: PathBuf,
    /// Of a training set: add the constant input 1 as the last one
    #[arg(long)]
    threshold: bool,
    /// Of a training set: the unit that is trained
    #[arg(long, value_enum, default_value_t = Response::Tanh)]
    unit: Response,
    /// Claim files, or folders with claim files, in which to look
    #[arg(long, default_value = "proofs", value_name = "PATH")]
    ledger: Vec<PathBuf>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

/// What is told, and what the kernel said of a certificate.
struct Explained {
    text: String,
    accepted: Option<bool>,
}

pub(super) fn run(
    arguments: &ExplainArguments,
    streams: &mut Streams<'_>,
) -> Result<Status, Failure> {
    let explained = explain(arguments, streams)?;
    match arguments.format {
        Format::Text => write!(streams.out, "{}", explained.text)?,
        Format::Json => {
            let object = serde_json::json!({
                "schema": "spurious.explain/1",
                "what": arguments.what.display().to_string(),
                "accepted": explained.accepted,
                "text": explained.text,
            });
            writeln!(streams.out, "{object}")?;
        }
    }
    Ok(match explained.accepted {
        Some(false) => Status::Negative,
        Some(true) | None => Status::Success,
    })
}

fn input(message: String) -> Failure {
    Failure::Input {
        file: None,
        place: None,
        message,
    }
}

/// An id is an id, also where a file has the same name.
fn explain(arguments: &ExplainArguments, streams: &mut Streams<'_>) -> Result<Explained, Failure> {
    let what = &arguments.what;
    if what
        .extension()
        .is_some_and(|ending| ending == "csv" || ending == "json")
    {
        return data(arguments);
    }
    let separated = what.components().count() > 1 || what.is_absolute() || what.as_os_str() == "-";
    let dotted = what.starts_with(".") || what.as_os_str().as_encoded_bytes().starts_with(b"./");
    if separated || dotted {
        return certificate(what);
    }
    let exists = what.exists();
    let ledger = match load(&arguments.ledger) {
        Err(_) if exists => return certificate(what),
        ledger => ledger?,
    };
    match what.to_str().and_then(|id| ledger.entry(id)) {
        None if exists => certificate(what),
        None => Err(unknown(what, &ledger)),
        Some(entry) => {
            if exists && !streams.quiet {
                writeln!(
                    streams.err,
                    "spurious: {0} is a claim and a file too; this is the claim, the file is ./{0}",
                    entry.claim.id
                )?;
            }
            Ok(Explained {
                text: claim(&ledger, entry),
                accepted: None,
            })
        }
    }
}

/// The error of a training set as a rational function.
fn data(arguments: &ExplainArguments) -> Result<Explained, Failure> {
    let reading = Reading {
        unit: arguments.unit.unit(),
        threshold: arguments.threshold,
    };
    let set = TrainingSet::read(&arguments.what, reading)?;
    Ok(Explained {
        text: crate::report::change::text(set.plain(), set.names()),
        accepted: None,
    })
}

/// The kernel's word first; a proof is shown only where it was checked.
fn certificate(path: &Path) -> Result<Explained, Failure> {
    let text = super::check::read(path)?;
    let wrong = |error| input(format!("{}: {error}", path.display()));
    match Proved::check_text(&text) {
        Ok(_) => Ok(Explained {
            text: format!(
                "The kernel accepts this certificate. Every step below was checked.\n\n{}",
                outline::certificate(&text).map_err(wrong)?
            ),
            accepted: Some(true),
        }),
        Err(rejection) => Ok(Explained {
            text: format!("REJECTED: {rejection}\nThis certificate proves nothing.\n"),
            accepted: Some(false),
        }),
    }
}

/// There is no such claim; those with a similar id.
fn unknown(what: &Path, ledger: &Ledger) -> Failure {
    let what = what.to_string_lossy();
    let mut near = Vec::new();
    for entry in &ledger.entries {
        let id = entry.claim.id.as_str();
        if near.len() < 5 && id.contains(what.trim_start_matches("ss89.")) {
            near.push(id);
        }
    }
    let hint = if near.is_empty() {
        String::new()
    } else {
        format!("; did you mean {}?", near.join(", "))
    };
    input(format!(
        "no claim and no file is called {}{hint}",
        terminal::excerpt(&what)
    ))
}

fn claim(ledger: &Ledger, entry: &Entry) -> String {
    let cited = entry
        .claim
        .story
        .iter()
        .flat_map(|paragraph| entry.cited(paragraph));
    let outcomes = verify(
        &ledger.with_premises(&cited.chain([entry.claim.id.clone()]).collect()),
        &|_| {},
    );
    let mut text = String::new();
    let mut told = BTreeSet::new();
    tell(ledger, entry, &outcomes, &mut told, &mut text);
    text
}

/// The claim, then those that it rests on, each once.
fn tell(
    ledger: &Ledger,
    entry: &Entry,
    outcomes: &Outcomes,
    told: &mut BTreeSet<String>,
    text: &mut String,
) {
    let Some(outcome) = outcomes.get(&entry.claim.id) else {
        return;
    };
    if !told.insert(entry.claim.id.clone()) {
        return;
    }
    let written = &entry.claim;
    let _ = writeln!(
        text,
        "{} — {}, {}\n",
        written.id,
        entry.paper,
        terminal::line(&written.cite)
    );
    let whose = match written.role() {
        Role::Printed => "As printed",
        Role::Variant | Role::Helper => "Not printed; in words of the ledger",
    };
    let _ = writeln!(text, "{whose}:\n    {}\n", terminal::line(written.words()));
    stated(entry, outcome, text);
    let _ = writeln!(text, "Verdict: {}{}", word(outcome.verdict), by(outcome));
    if let (Some(failing), Verdict::Refuted) = (written.failing, outcome.verdict) {
        let _ = writeln!(text, "Kind: {}: {}", failing.word(), failing.meaning());
    }
    for (label, remark) in [("Witness", &outcome.witness), ("Reason", &outcome.reason)] {
        if let Some(remark) = remark {
            let _ = writeln!(text, "{label}: {}", terminal::line(remark));
        }
    }
    if let Some(measured) = &outcome.measured {
        let _ = writeln!(
            text,
            "Experiment: {}",
            crate::report::text::experiment(measured)
        );
    }
    for note in &written.notes {
        let _ = writeln!(text, "Note: {}", terminal::line(note));
    }
    if let Some(other) = ledger
        .entries
        .iter()
        .find(|other| other.claim.repairs.as_deref() == Some(&written.id))
    {
        let _ = writeln!(
            text,
            "Corrected by: {} ({})",
            other.claim.id,
            terminal::line(&other.claim.cite)
        );
    }
    story(ledger, entry, outcomes, text);
    for (number, premise) in entry.premises.iter().enumerate() {
        let _ = writeln!(text, "Premise {}: {premise}", number + 1);
    }
    if let Some(steps) = outcome
        .body
        .as_ref()
        .and_then(|body| outline::step(&body.step(&[])).ok())
    {
        let _ = writeln!(
            text,
            "\nProof{}:\n{steps}",
            if outcome.verdict == Verdict::Refuted {
                " of the negation"
            } else {
                ""
            }
        );
    }
    for premise in &entry.premises {
        if let Some(entry) = ledger.entry(premise) {
            let _ = writeln!(text, "\n----\n");
            tell(ledger, entry, outcomes, told, text);
        }
    }
}

/// The claim in symbols, and what was proved instead of it or elsewhere.
fn stated(entry: &Entry, outcome: &Outcome, text: &mut String) {
    let mut part = |label: &str, words: String| {
        let _ = writeln!(text, "{label}:\n{}\n", outline::indent(&words));
    };
    if let Some(statement) = &entry.statement {
        let label = match (outcome.verdict, &outcome.proved) {
            (Verdict::Proved, Some(_)) => "Stated, and proved by the kernel",
            (Verdict::Refuted, Some(_)) => "Stated, and refuted by the kernel",
            _ => "Stated, and neither proved nor refuted",
        };
        part(label, statement.to_string());
    }
    if let (Verdict::Refuted, Some(proved)) = (outcome.verdict, &outcome.proved) {
        part(
            "Proved by the kernel: the negation",
            proved.statement().to_string(),
        );
    }
    if let Some(checked) = &outcome.coq {
        let label = match (checked.rechecked, &outcome.proved) {
            (true, None) => "Proved in Coq, not by the kernel",
            (false, None) => "Recorded as proved in Coq; not rechecked, and not by the kernel",
            (true, Some(_)) => "Proved in Coq too",
            (false, Some(_)) => "Recorded as proved in Coq too; not rechecked",
        };
        let role = match checked.role {
            CoqRole::Proves => "for what is printed",
            CoqRole::Refutes => "against what is printed",
        };
        part(&format!("{label}, {role}"), checked.statement());
    }
}

/// The paragraphs of the story, each with the claims that it names and what came out for them just now.
fn story(ledger: &Ledger, entry: &Entry, outcomes: &Outcomes, text: &mut String) {
    for paragraph in &entry.claim.story {
        let _ = writeln!(text, "\n{}", wrapped(&terminal::line(paragraph)));
        for id in entry.cited(paragraph) {
            let (Some(other), Some(outcome)) = (ledger.entry(&id), outcomes.get(&id)) else {
                continue;
            };
            let repair = ledger
                .entries
                .iter()
                .find(|other| other.claim.repairs.as_deref() == Some(&id));
            let repair = repair
                .map(|repair| format!("; corrected: {}", repair.claim.id))
                .unwrap_or_default();
            let _ = writeln!(
                text,
                "    {:8} {id}, {}{repair}{}",
                badge(word(outcome.verdict), outcome.by_coq_alone()),
                terminal::line(&other.claim.cite),
                outcome
                    .coq
                    .as_ref()
                    .map(|checked| format!(
                        "; {} by coq, {}",
                        word(outcome.verdict),
                        checked.remark()
                    ))
                    .unwrap_or_default()
            );
            let short = |witness: &&String| witness.starts_with("at ") && witness.len() <= WIDTH;
            if let Some(witness) = outcome.witness.as_ref().filter(short) {
                let _ = writeln!(text, "             {}", terminal::line(witness));
            }
        }
    }
    if !entry.claim.story.is_empty() {
        text.push('\n');
    }
}

/// Most characters of a line of prose.
const WIDTH: usize = 100;

/// Prose in lines.
fn wrapped(prose: &str) -> String {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in prose.split_whitespace() {
        if !line.is_empty() && line.chars().count() + word.chars().count() >= WIDTH {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines.join("\n")
}

fn by(outcome: &Outcome) -> String {
    match (&outcome.coq, &outcome.proved) {
        (Some(checked), None) => format!(" (by coq, {})", checked.remark()),
        (Some(checked), Some(_)) => {
            format!(" (by the kernel, and by coq, {})", checked.remark())
        }
        (None, Some(_)) => " (by the kernel)".to_owned(),
        (None, None) => String::new(),
    }
}
