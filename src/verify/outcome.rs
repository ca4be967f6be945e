//! What came out for a claim. Untrusted, but for what the kernel proved: a verdict `proved` or
//! `refuted` is made from a [`Proved`], or, named apart, from a record of what Coq has checked.

use super::coq::Checked;
use super::vacuous::Hypotheses;
use crate::certificate::StepText;
use crate::kernel::verdict::Proved;
use crate::ledger::syntax::{Claim, Verdict};
use crate::train::claimed::{Measurement, Size};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// What came out for one claim.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// What the kernel proved: the statement, or its negation.
    pub proved: Option<Proved>,
    /// What Coq has proved: instead, or too.
    pub coq: Option<Checked>,
    /// Its step in a certificate; the premises are those of [`Entry::premises`](crate::ledger::source::Entry::premises), in this order.
    pub body: Option<StepText>,
    /// SHA-256 of the certificate with its premises, in hexadecimal.
    pub digest: Option<String>,
    /// The rules used.
    pub rules: BTreeSet<&'static str>,
    /// Why it is open.
    pub reason: Option<String>,
    /// Where and by how much a refuted claim fails.
    pub witness: Option<String>,
    /// Whether the hypotheses of a claim that the kernel proved can hold.
    pub hypotheses: Option<Hypotheses>,
    /// What an experiment gave.
    pub measured: Option<Measurement>,
    /// Time to find the certificate.
    pub search: Duration,
    /// Time of the kernel to read and check it.
    pub kernel: Duration,
}

impl Outcome {
    /// Whether Coq alone says so.
    #[must_use]
    pub fn by_coq_alone(&self) -> bool {
        self.coq.is_some() && self.proved.is_none()
    }
}

/// The outcomes by id.
pub type Outcomes = BTreeMap<String, Outcome>;

/// The outcome of an earlier claim.
pub(super) type Earlier<'o> = &'o dyn Fn(&str) -> Option<&'o Outcome>;

/// A claim that is open for this reason, after so long a search.
pub(super) fn open(reason: String, search: Duration) -> Outcome {
    Outcome {
        verdict: Verdict::Open,
        proved: None,
        coq: None,
        body: None,
        digest: None,
        rules: BTreeSet::new(),
        reason: Some(reason),
        witness: None,
        hypotheses: None,
        measured: None,
        search,
        kernel: Duration::ZERO,
    }
}

/// The verdict that the record has for a claim whose experiments are made in this size.
#[must_use]
pub fn recorded(claim: &Claim, size: Size) -> Verdict {
    if claim.in_full && size == Size::Reduced {
        Verdict::Open
    } else {
        claim.verdict
    }
}
