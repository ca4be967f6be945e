//! Certificates as theorems for a proof assistant. UNTRUSTED: what it writes is judged by the proof assistant, and a
//! reader compares the statement, which is data and plain definitions.
//!
//! [`integers`] finds integer rows for a minimum, [`coq`] writes them.

pub mod coq;
pub mod integers;

use crate::kernel::limits;
use crate::kernel::proof::Proof;
use crate::kernel::sexp::{self, ReadError};
use crate::kernel::surface::{Barrier, Evidence, Minimum, Statement};
use crate::kernel::term::{self, Formula, Predicate};
use std::fmt::Write;
use std::sync::Arc;

/// One minimum with its evidence.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The number of its step, from 0.
    pub step: usize,
    /// What is stated.
    pub minimum: Minimum,
    /// What shows it.
    pub barrier: Barrier,
}

/// What a certificate is turned into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The text for the proof assistant.
    pub text: String,
    /// The names of its theorems.
    pub theorems: Vec<String>,
    /// The steps that it leaves out, and why.
    pub left_out: Vec<(usize, Refusal)>,
}

/// Why a step cannot be exported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It says something else than that there is a minimum.
    #[error(
        "it states {0}; only a strict local minimum in a box, spurious or not, has a counterpart"
    )]
    Kind(&'static str),
    /// Its evidence is of another kind than its statement.
    #[error("its evidence is not that of the barrier rule")]
    Evidence,
    /// A spurious minimum is claimed, and only a minimum shown.
    #[error("it claims a spurious minimum, but its evidence has no lower point")]
    NoLower,
    /// Columns are folded: the minimum is not strict.
    #[error("its coordinates drop the column {0}, so the minimum is not strict in the weights")]
    Folded(usize),
    /// The coordinates are in another order than the columns.
    #[error("its coordinates are not the columns in their order")]
    Order,
    /// A point is not given by rational ξ.
    #[error(
        "{0} is given by rational weights, whose exponentials Coq would have to enclose; rational xi are needed"
    )]
    Point(&'static str),
    /// A list has another length than the training set asks for.
    #[error("the list of {what} has {found} entries instead of {expected}")]
    Length {
        /// Which list.
        what: &'static str,
        /// How many it should have.
        expected: usize,
        /// How many it has.
        found: usize,
    },
    /// An entry in the coordinates of the chart is no integer.
    #[error("in its coordinates the entry {row}, {column} is no integer")]
    NotInteger {
        /// The row, from 0.
        row: usize,
        /// The column, from 0.
        column: usize,
    },
    /// A scale is not positive.
    #[error("the scale of the column {0} is not positive")]
    Scale(usize),
}

/// Why a certificate cannot be exported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// It is no certificate.
    #[error("this is no certificate: {0:?}")]
    Read(ReadError),
    /// What it is for has no counterpart.
    #[error("step {step} cannot be exported: {refusal}")]
    Refused {
        /// Which step.
        step: usize,
        /// Why.
        refusal: Refusal,
    },
}

impl From<ReadError> for ExportError {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

/// Turns a certificate into theorems of Coq, one for each step that states a minimum.
///
/// # Errors
/// [`ExportError`] where the text is no certificate, or its last step, which it is for, has no counterpart.
pub fn to_coq(certificate: &str) -> Result<Exported, ExportError> {
    let steps = steps(certificate)?;
    let last = steps.len();
    let mut exported = Exported {
        text: coq::preamble(),
        theorems: Vec::new(),
        left_out: Vec::new(),
    };
    for (step, found) in steps.into_iter().enumerate() {
        let written = found.and_then(|(minimum, barrier)| {
            coq::theorems(&Claim {
                step,
                minimum,
                barrier,
            })
        });
        match written {
            Ok((text, names)) => {
                exported.text.push_str(&text);
                exported.theorems.extend(names);
            }
            Err(refusal) if step + 1 == last => return Err(ExportError::Refused { step, refusal }),
            Err(refusal) => {
                let words = refusal.to_string().replace("*)", "* )");
                let _ = write!(exported.text, "\n(* Step {step} is left out: {words}. *)\n");
                exported.left_out.push((step, refusal));
            }
        }
    }
    Ok(exported)
}

type Found = Result<(Minimum, Barrier), Refusal>;

/// The minimum of each step, or why there is none.
fn steps(certificate: &str) -> Result<Vec<Found>, ExportError> {
    let read = sexp::read(certificate)?;
    let ("certificate", [version, steps @ ..]) = read.form()? else {
        return Err(read.unknown().into());
    };
    if version.word()? != limits::VERSION || steps.is_empty() {
        return Err(version.unknown().into());
    }
    let each = steps.iter().map(|step| {
        let ("step", [_, stated, evidence]) = step.form()? else {
            return Err(step.unknown().into());
        };
        Ok(minimum_of(
            stated.read::<term::Statement>()?.formula,
            evidence.read()?,
        ))
    });
    each.collect()
}

fn minimum_of(formula: Formula, proof: Proof) -> Found {
    let Formula::Holds(predicate, positive) = formula else {
        return Err(Refusal::Kind("a formula over the real numbers"));
    };
    let Predicate::Surface(stated) = Arc::unwrap_or_clone(predicate).predicate else {
        return Err(Refusal::Kind("a root count, a rank or an inertia"));
    };
    let evidence = if let Proof::Surface(evidence) = proof {
        Some(evidence)
    } else {
        None
    };
    match (stated, evidence) {
        (_, _) if !positive => Err(Refusal::Kind("that something does not hold")),
        (Statement::Minimum(minimum), Some(Evidence::Barrier(barrier))) => Ok((*minimum, barrier)),
        (Statement::Spurious(data), Some(Evidence::Spurious(minimum, barrier)))
            if minimum.data == data =>
        {
            if minimum.lower.is_some() {
                Ok((*minimum, barrier))
            } else {
                Err(Refusal::NoLower)
            }
        }
        (Statement::Minimum(_) | Statement::Spurious(_), _) => Err(Refusal::Evidence),
        (Statement::NoCriticalPoint(_), _) => Err(Refusal::Kind("that there is no critical point")),
        (Statement::Balanced(_), _) => Err(Refusal::Kind("that no direction lowers every error")),
        (Statement::Critical(_), _) => Err(Refusal::Kind("a critical point with its inertia")),
        (Statement::Limit(_), _) => Err(Refusal::Kind("a limit along a ray")),
        (Statement::Minima(_), _) => Err(Refusal::Kind("which local minima there are")),
        (Statement::Attraction(_), _) => Err(Refusal::Kind("that a minimum attracts")),
        (Statement::Product(_), _) => Err(Refusal::Kind("the local minima line by line")),
    }
}
