//! Reports: one plain model of a verification, one exporter for each format. Untrusted.

pub mod change;
pub mod evidence;
pub mod html;
pub mod json;
pub mod order;
pub mod outline;
pub mod plot;
pub mod separation;
pub mod surface;
pub mod text;
pub mod training;

use crate::files::{WriteError, record, target};
use crate::ledger::source::{Entry, Ledger};
use crate::ledger::syntax::{CoqRole, Failing, Verdict};
use crate::terminal;
use crate::train::claimed::{Measurement, Size};
use crate::verify::coq::Checked;
use crate::verify::vacuous::Hypotheses;
use crate::verify::{Outcome, Outcomes, recorded, whole_certificate};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// A verification of a ledger.
#[derive(Clone, Debug, Serialize)]
pub struct Verification {
    /// Name and version of the format.
    pub schema: &'static str,
    /// How many claims have which verdict.
    pub summary: Summary,
    /// The claims in the order of the papers: variants beside what they vary, helpers under what they serve.
    pub claims: Vec<ClaimReport>,
    /// Whether Ctrl-C ended it: only the claims that were decided until then are here.
    #[serde(skip_serializing_if = "is_false")]
    pub interrupted: bool,
    /// Times of the whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<Times>,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "the form that serde asks for"
)]
fn is_false(value: &bool) -> bool {
    !value
}

/// How long searching and checking took, in seconds, added up over all threads.
#[derive(Clone, Debug, Serialize)]
pub struct Times {
    /// Finding certificates.
    pub search: f64,
    /// The kernel's checking.
    pub kernel: f64,
}

/// How many claims have which verdict, all together and by whose statement they are.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    /// All claims.
    #[serde(flatten)]
    pub all: Count,
    /// Whose verdict is not the recorded one.
    pub unexpected: usize,
    /// Those that a paper prints.
    pub printed: Count,
    /// Those that the ledger states beside them.
    pub variants: Count,
    /// Those that it states on the way.
    pub helpers: Count,
}

/// How many claims have which verdict.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Count {
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
    /// Proved or refuted by Coq alone; counted here alone.
    pub by_coq: usize,
    /// How far those fail that are refuted, by the kernel or by Coq.
    pub kinds: Kinds,
}

/// How far refuted claims fail, as the record has it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Kinds {
    /// False where the paper uses it.
    pub wrong: usize,
    /// False as stated, true where the paper uses it.
    pub domain: usize,
    /// A misprint.
    pub misprint: usize,
    /// Damage to the text.
    pub text: usize,
}

impl Count {
    fn add(&mut self, claim: &ClaimReport) {
        self.claims += 1;
        match claim.verdict {
            _ if claim.by_coq_alone() => self.by_coq += 1,
            "proved" => self.proved += 1,
            "refuted" => self.refuted += 1,
            "measured" => self.measured += 1,
            _ => self.open += 1,
        }
        match claim.kind {
            Some("wrong") => self.kinds.wrong += 1,
            Some("domain") => self.kinds.domain += 1,
            Some("misprint") => self.kinds.misprint += 1,
            Some("text") => self.kinds.text += 1,
            _ => {}
        }
    }
}

impl Summary {
    /// Counts the claims.
    #[must_use]
    pub fn of(claims: &[ClaimReport]) -> Self {
        let mut summary = Self::default();
        for claim in claims {
            summary.all.add(claim);
            let group = match claim.role {
                "printed" => &mut summary.printed,
                "helper" => &mut summary.helpers,
                _ => &mut summary.variants,
            };
            group.add(claim);
            summary.unexpected += usize::from(claim.verdict != claim.expected);
        }
        summary
    }
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
    /// Whose statement it is: `printed`, `variant` or `helper`.
    pub role: &'static str,
    /// The statement as the paper prints it; nothing where the paper does not.
    pub printed: Option<String>,
    /// The statement in the words of the ledger, where the paper does not print it.
    pub says: Option<String>,
    /// What the kernel proved, printed from its own data; nothing where it proved nothing.
    pub statement: Option<String>,
    /// Whether that is the claim or its negation.
    pub proves: Option<&'static str>,
    /// The verdict found.
    pub verdict: &'static str,
    /// How far a refuted claim fails.
    pub kind: Option<&'static str>,
    /// What the word means.
    pub kind_means: Option<&'static str>,
    /// The verdict recorded.
    pub expected: &'static str,
    /// Who says so.
    pub by: Option<&'static str>,
    /// The earlier claims on which the proof rests.
    pub premises: Vec<String>,
    /// What Coq has checked, if it says so, alone or beside the kernel.
    pub coq: Option<CoqReport>,
    /// The kernel rules used.
    pub rules: Vec<&'static str>,
    /// Why it is open.
    pub reason: Option<String>,
    /// Where and by how much it fails.
    pub witness: Option<String>,
    /// Whether its hypotheses `hold` somewhere, `contradict` each other, or neither is known.
    pub hypotheses: Option<&'static str>,
    /// An experiment's numbers.
    pub measured: Option<Measurement>,
    /// The claim whose correction this is.
    pub repairs: Option<String>,
    /// The claim that corrects this one.
    pub repaired_by: Option<String>,
    /// The claim of which this one is a variant.
    pub varies: Option<String>,
    /// The claim on the way to which this one stands.
    pub serves: Option<String>,
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
    /// What they do: `proves` what is printed, or `refutes` it.
    pub role: &'static str,
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
        badge(self.verdict, self.by_coq_alone())
    }

    /// Whether Coq alone says so.
    #[must_use]
    pub fn by_coq_alone(&self) -> bool {
        self.by == Some("coq")
    }
}

/// A verdict as a badge.
#[must_use]
pub fn badge(verdict: &'static str, by_coq: bool) -> &'static str {
    if by_coq { "coq" } else { verdict }
}

impl Verification {
    /// Whether Coq has checked in this run everything that it decides.
    #[must_use]
    pub fn coq_rechecked(&self) -> bool {
        let mut by_coq = self.claims.iter().filter_map(|claim| claim.coq.as_ref());
        by_coq.all(|coq| coq.rechecked)
    }

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
        let claims = order::arranged(&claims, &ledger.contents);
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
            summary: Summary::of(&claims),
            claims,
            interrupted: false,
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
    let failing = written
        .failing
        .filter(|_| outcome.verdict == Verdict::Refuted);
    ClaimReport {
        id: written.id.clone(),
        paper: entry.paper.clone(),
        cite: written.cite.clone(),
        role: written.role().word(),
        printed: written.printed.clone(),
        says: written.says.clone(),
        proves: by_kernel.as_ref().map(|_| match outcome.verdict {
            Verdict::Refuted => "negation",
            Verdict::Proved | Verdict::Open | Verdict::Measured => "claim",
        }),
        statement: by_kernel,
        verdict: word(outcome.verdict),
        kind: failing.map(Failing::word),
        kind_means: failing.map(Failing::meaning),
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
        hypotheses: outcome.hypotheses.map(Hypotheses::word),
        measured: outcome.measured.clone(),
        repairs: written.repairs.clone(),
        repaired_by: ledger
            .entries
            .iter()
            .find(corrects)
            .map(|other| other.claim.id.clone()),
        varies: written.varies.clone(),
        serves: written.serves.clone(),
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
            .filter(|_| outcome.proved.is_some())
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
        role: match checked.role {
            CoqRole::Proves => "proves",
            CoqRole::Refutes => "refutes",
        },
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

/// The files of a report beside the certificates.
const FILES: [&str; 3] = ["verify.json", "report.html", "verify.txt"];
/// The folder of the certificates in that of the report.
const CERTIFICATES: &str = "certificates";

/// The certificate of a claim, relative to the folder of the report.
fn certificate_file(id: &str) -> String {
    format!("{CERTIFICATES}/{id}.cert")
}

/// Looks whether a report of the ledger can be written into a folder without writing over an input.
///
/// # Errors
/// [`WriteError`] for the first file that cannot be written.
pub fn check_folder(folder: &Path, ledger: &Ledger, inputs: &[&Path]) -> Result<(), WriteError> {
    target::folder(folder)?;
    target::folder(&folder.join(CERTIFICATES))?;
    let names = FILES.iter().map(|name| (*name).to_owned());
    let certificates = ledger
        .wanted
        .iter()
        .map(|id| certificate_file(id))
        .filter(|name| folder.join(name).exists());
    let files: Vec<PathBuf> = names
        .chain([record::RECORD.to_owned()])
        .chain(certificates)
        .map(|name| folder.join(name))
        .collect();
    let outputs: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    target::check(&outputs, inputs)
}

/// Writes the report and the certificates into a folder, each file whole or not at all. Certificates that a former run wrote
/// there, and that this run has none of, are removed.
///
/// # Errors
/// [`WriteError`] at the first file that cannot be written.
pub fn write_folder(
    folder: &Path,
    model: &Verification,
    ledger: &Ledger,
    outcomes: &Outcomes,
) -> Result<(), WriteError> {
    target::folder(&folder.join(CERTIFICATES))?;
    let mut model = model.clone();
    let mut certificates = Vec::new();
    for claim in &mut model.claims {
        let Some(certificate) = &mut claim.certificate else {
            continue;
        };
        let Some(text) = whole_certificate(ledger, outcomes, &claim.id) else {
            continue;
        };
        let name = certificate_file(&claim.id);
        certificates.push((name.clone(), text));
        certificate.file = Some(name);
    }
    record::write_all(folder, &certificates)?;
    let rendered = |name, text: std::io::Result<String>| {
        let file = folder.join(name);
        match text {
            Ok(text) => target::write(&file, &text),
            Err(error) => Err(WriteError {
                file,
                fault: error.into(),
            }),
        }
    };
    let [json, html, text] = FILES;
    rendered(json, json::render(&model).map(|text| text + "\n"))?;
    rendered(html, html::render(&model))?;
    // People read it on a terminal.
    rendered(
        text,
        Ok(terminal::lines(&text::render(&model)).into_owned()),
    )
}
