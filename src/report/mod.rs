//! Reports: one plain model of a verification, one exporter for each format. Untrusted.

pub mod html;
pub mod json;
pub mod outline;
pub mod surface;
pub mod text;

use crate::ledger::coq::Checked;
use crate::ledger::source::{Entry, Ledger};
use crate::ledger::syntax::Verdict;
use crate::ledger::verify::{Outcome, Outcomes, recorded, whole_certificate};
use crate::train::claimed::{Measurement, Size};
use serde::Serialize;
use std::io::Write;
use std::path::Path;

/// A verification of a ledger.
#[derive(Clone, Debug, Serialize)]
pub struct Verification {
    /// Name and version of the format.
    pub schema: &'static str,
    /// How many claims have which verdict.
    pub summary: Summary,
    /// The claims in the order of their files.
    pub claims: Vec<ClaimReport>,
    /// Times of the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<Times>,
}

/// How long searching and checking took, in seconds, added up over all threads.
#[derive(Clone, Debug, Serialize)]
pub struct Times {
    /// Finding certificates.
    pub search: f64,
    /// The kernel's checking.
    pub kernel: f64,
}

/// How many claims have which verdict.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    /// All.
    pub claims: usize,
    /// Proved.
    pub proved: usize,
    /// Refuted.
    pub refuted: usize,
    /// Open.
    pub open: usize,
    /// Measured.
    pub measured: usize,
    /// Proved or refuted by Coq; counted here alone.
    pub by_coq: usize,
    /// Whose verdict is not the recorded one.
    pub unexpected: usize,
}

/// What is said of one claim.
#[derive(Clone, Debug, Serialize)]
pub struct ClaimReport {
    /// Its id.
    pub id: String,
    /// The paper's key.
    pub paper: String,
    /// Where it stands there.
    pub cite: String,
    /// The statement as the paper prints it.
    pub printed: String,
    /// What the kernel proved, printed from its own data; nothing where it proved nothing.
    pub statement: Option<String>,
    /// Whether that is the claim or its negation.
    pub proves: Option<&'static str>,
    /// The verdict found.
    pub verdict: &'static str,
    /// The verdict recorded.
    pub expected: &'static str,
    /// Who says so.
    pub by: Option<&'static str>,
    /// The earlier claims on which the proof rests.
    pub premises: Vec<String>,
    /// What Coq has checked, if it says so.
    pub coq: Option<CoqReport>,
    /// The kernel rules used.
    pub rules: Vec<&'static str>,
    /// Why it is open.
    pub reason: Option<String>,
    /// Where and by how much it fails.
    pub witness: Option<String>,
    /// An experiment's numbers.
    pub measured: Option<Measurement>,
    /// The claim whose correction this is.
    pub repairs: Option<String>,
    /// The claim that corrects this one.
    pub repaired_by: Option<String>,
    /// Remarks of the ledger.
    pub notes: Vec<String>,
    /// The story that the ledger tells of it.
    pub story: Vec<Paragraph>,
    /// Its certificate.
    pub certificate: Option<CertificateReport>,
    /// Time to find and check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
}

/// A paragraph of a story.
#[derive(Clone, Debug, Serialize)]
pub struct Paragraph {
    /// The words.
    pub text: String,
    /// The claims that they name.
    pub claims: Vec<String>,
}

/// What Coq has checked.
#[derive(Clone, Debug, Serialize)]
pub struct CoqReport {
    /// The theorems.
    pub theorems: Vec<String>,
    /// What they state, in Coq's words.
    pub statement: String,
    /// The file that they stand in.
    pub file: String,
    /// The axioms that they rest on.
    pub axioms: Vec<String>,
    /// SHA-256 of the record of the files and statements.
    pub digest: String,
    /// Whether `coqc` has checked them in this run; else this is recorded, not rechecked.
    pub rechecked: bool,
}

/// A certificate.
#[derive(Clone, Debug, Serialize)]
pub struct CertificateReport {
    /// SHA-256 of its steps.
    pub digest: String,
    /// The file that holds it.
    pub file: Option<String>,
}

/// The word for a verdict.
#[must_use]
pub fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Proved => "proved",
        Verdict::Refuted => "refuted",
        Verdict::Open => "open",
        Verdict::Measured => "measured",
    }
}

impl ClaimReport {
    /// The verdict as a badge: what the kernel did not prove does not look like what it proved.
    #[must_use]
    pub fn badge(&self) -> &'static str {
        badge(self.verdict, self.coq.is_some())
    }
}

/// A verdict as a badge.
#[must_use]
pub fn badge(verdict: &'static str, by_coq: bool) -> &'static str {
    if by_coq { "coq" } else { verdict }
}

impl Verification {
    /// The model of what was found for the claims that were asked for.
    #[must_use]
    pub fn new(ledger: &Ledger, outcomes: &Outcomes, timing: bool) -> Self {
        let wanted = ledger
            .entries
            .iter()
            .filter(|entry| ledger.wanted.contains(&entry.claim.id));
        let known = wanted.filter_map(|entry| Some((entry, outcomes.get(&entry.claim.id)?)));
        let claims: Vec<ClaimReport> = known
            .map(|(entry, outcome)| claim(ledger, entry, outcome, timing))
            .collect();
        let mut summary = Summary {
            claims: claims.len(),
            ..Summary::default()
        };
        for claim in &claims {
            match claim.verdict {
                _ if claim.coq.is_some() => summary.by_coq += 1,
                "proved" => summary.proved += 1,
                "refuted" => summary.refuted += 1,
                "measured" => summary.measured += 1,
                _ => summary.open += 1,
            }
            summary.unexpected += usize::from(claim.verdict != claim.expected);
        }
        let total = |time: fn(&Outcome) -> f64| {
            outcomes
                .values()
                .map(time)
                .fold(0.0, |sum, seconds| sum + seconds)
        };
        let seconds = timing.then(|| Times {
            search: total(|outcome| outcome.search.as_secs_f64()),
            kernel: total(|outcome| outcome.kernel.as_secs_f64()),
        });
        Self {
            schema: "spurious.verify/2",
            summary,
            claims,
            seconds,
        }
    }
}

fn claim(ledger: &Ledger, entry: &Entry, outcome: &Outcome, timing: bool) -> ClaimReport {
    let written = &entry.claim;
    let corrects = |other: &&Entry| other.claim.repairs.as_deref() == Some(&written.id);
    let seconds = (outcome.search + outcome.kernel).as_secs_f64();
    let reduced = outcome
        .measured
        .as_ref()
        .is_none_or(|measured| measured.repetitions < measured.full);
    let size = if reduced { Size::Reduced } else { Size::Full };
    let by_kernel = outcome
        .proved
        .as_ref()
        .map(|proved| proved.statement().to_string());
    let by = by_kernel
        .as_ref()
        .map(|_| "kernel")
        .or(outcome.coq.as_ref().map(|_| "coq"));
    ClaimReport {
        id: written.id.clone(),
        paper: entry.paper.clone(),
        cite: written.cite.clone(),
        printed: written.printed.clone(),
        proves: by_kernel.as_ref().map(|_| match outcome.verdict {
            Verdict::Refuted => "negation",
            Verdict::Proved | Verdict::Open | Verdict::Measured => "claim",
        }),
        statement: by_kernel,
        verdict: word(outcome.verdict),
        expected: word(recorded(written, size)),
        by,
        coq: outcome.coq.as_ref().map(coq),
        premises: outcome
            .proved
            .iter()
            .flat_map(|_| entry.premises.clone())
            .collect(),
        rules: outcome.rules.iter().copied().collect(),
        reason: outcome.reason.clone(),
        witness: outcome.witness.clone(),
        measured: outcome.measured.clone(),
        repairs: written.repairs.clone(),
        repaired_by: ledger
            .entries
            .iter()
            .find(corrects)
            .map(|other| other.claim.id.clone()),
        notes: written.notes.clone(),
        story: written
            .story
            .iter()
            .map(|text| Paragraph {
                text: text.clone(),
                claims: entry.cited(text),
            })
            .collect(),
        certificate: outcome
            .digest
            .clone()
            .filter(|_| outcome.coq.is_none())
            .map(|digest| CertificateReport { digest, file: None }),
        seconds: timing.then_some(seconds),
    }
}

fn coq(checked: &Checked) -> CoqReport {
    let mut axioms: Vec<String> = checked
        .theorems
        .iter()
        .flat_map(|theorem| theorem.axioms.clone())
        .collect();
    axioms.sort();
    axioms.dedup();
    let file = checked
        .theorems
        .first()
        .map(|theorem| checked.folder.join(&theorem.file).display().to_string());
    CoqReport {
        statement: checked.statement(),
        theorems: checked
            .theorems
            .iter()
            .map(|theorem| theorem.name.clone())
            .collect(),
        file: file.unwrap_or_default(),
        axioms,
        digest: checked.digest.clone(),
        rechecked: checked.rechecked,
    }
}

/// Writes the report and the certificates into a folder, each file whole or not at all.
///
/// # Errors
/// Those of the file system.
pub fn write_folder(
    folder: &Path,
    model: &Verification,
    ledger: &Ledger,
    outcomes: &Outcomes,
) -> std::io::Result<()> {
    let certificates = folder.join("certificates");
    std::fs::create_dir_all(&certificates)?;
    let mut model = model.clone();
    for claim in &mut model.claims {
        let Some(certificate) = &mut claim.certificate else {
            continue;
        };
        let Some(text) = whole_certificate(ledger, outcomes, &claim.id) else {
            continue;
        };
        let name = format!("{}.cert", claim.id);
        write_whole(&certificates.join(&name), &text)?;
        certificate.file = Some(format!("certificates/{name}"));
    }
    write_whole(&folder.join("verify.json"), &(json::render(&model)? + "\n"))?;
    write_whole(&folder.join("report.html"), &html::render(&model)?)?;
    write_whole(&folder.join("verify.txt"), &text::render(&model))
}

/// Writes a file whole or not at all, readable as other files are.
///
/// # Errors
/// Those of the file system.
pub fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
