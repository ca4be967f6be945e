//! `spurious` verifies claims about the error surfaces of sigmoid units, in exact arithmetic.
//!
//! The [`kernel`] makes every verdict, from a certificate that it has read back; everything else in
//! this crate is untrusted. The chapters of [`docs`] are the handbook.
//!
//! ```
//! // A certificate of 0 < x → 0 < 2x, as a file holds it.
//! let text = "(certificate 2
//!   (step () (statement () (forall (x) (implies (< 0 x) (< 0 (* 2 x)))))
//!     (fix (x) (assume (cone () ((2 (0) ())) ())))))";
//! let proved = spurious::check(text)?;
//! let statement = proved[0].statement().to_string();
//! assert_eq!(statement, "for all x: 0 < x implies 0 < 2*x");
//!
//! // A forged one: the kernel says which step fails, and why.
//! let forged = text.replace("(* 2 x)", "(* -2 x)");
//! let rejected = spurious::check(&forged).unwrap_err();
//! assert_eq!(rejected.step, Some(0));
//! # Ok::<(), spurious::Rejected>(())
//! ```
//!
//! A consumer may rely on what this page shows: [`check`], [`certify`], [`verify`] and the types in
//! their signatures. Rooms that the page does not show may change at any time.

#[doc(hidden)]
pub mod certificate;
#[doc(hidden)]
pub mod cli;
pub mod docs;
#[doc(hidden)]
pub mod export;
#[doc(hidden)]
pub mod files;
pub mod kernel;
#[doc(hidden)]
pub mod ledger;
#[doc(hidden)]
pub mod print;
#[doc(hidden)]
pub mod prover;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod terminal;
pub mod train;
#[doc(hidden)]
pub mod unit;
#[doc(hidden)]
pub mod verify;

pub use kernel::rejection::Rejected;
pub use kernel::verdict::Proved;
pub use ledger::source::LedgerError;
pub use prover::surface::certify::{Certified, Options as Search, Verdict};
pub use report::Verification;
pub use unit::{DataError, Reading, TrainingSet};

use std::path::PathBuf;

/// Has the kernel check the text of a certificate. The last statement is what it is for; those
/// before are lemmas.
///
/// # Errors
/// [`Rejected`]: the first premise that fails, and in which step.
pub fn check(text: &str) -> Result<Vec<Proved>, Rejected> {
    Proved::check_text(text)
}

/// Looks for the minima of the error of a training set and certifies what it can.
///
/// The error is Σ w (θ⟨a, x⟩ − b)² over the rows, θ = tanh or the logistic function. Everything in
/// the result was accepted by the kernel; the same `search` gives the same result.
///
/// ```
/// use spurious::{Reading, Search, TrainingSet, Verdict, certify};
/// use spurious::kernel::surface::Unit;
///
/// let csv = "x,y,target,count\n-1,-1,-1,1\n1,-1,1,1\n-1,1,1,1\n1,1,-1,2\n";
/// let reading = Reading { unit: Unit::Tanh, threshold: true };
/// let data = TrainingSet::from_csv("xor", csv.as_bytes(), reading)?;
/// let search = Search { complete: false, ..Search::default() };
/// assert_eq!(certify(&data, &search).verdict, Verdict::Spurious);
/// # Ok::<(), spurious::DataError>(())
/// ```
#[must_use]
pub fn certify(data: &TrainingSet, search: &Search) -> Certified {
    prover::surface::certify::certify(data.plain(), search)
}

/// Derives every claim of claim files, folders with everything below them, and compares each verdict
/// with the record. Experiments are made at the reduced size.
///
/// ```
/// let folder = std::env::temp_dir().join("spurious-example");
/// std::fs::create_dir_all(&folder).unwrap();
/// let file = folder.join("mine.claims");
/// std::fs::write(&file, "paper mine\nclaim mine.one \"p. 1\"\n  printed \"x² is no less than 0\"
///   for x\n  show x^2 >= 0\n  verdict proved\n").unwrap();
/// let found = spurious::verify(&[file])?;
/// assert_eq!((found.summary.all.proved, found.summary.unexpected), (1, 0));
/// # Ok::<(), spurious::LedgerError>(())
/// ```
///
/// # Errors
/// [`LedgerError`], with file, line and column.
pub fn verify(paths: &[PathBuf]) -> Result<Verification, LedgerError> {
    let ledger = ledger::source::load(paths)?;
    let outcomes = verify::verify(&ledger, &|_| {});
    Ok(Verification::new(&ledger, &outcomes, true))
}
