//! Reasons why an experiment cannot be made.
//!
//! UNTRUSTED.

use thiserror::Error;

/// A reason why an experiment cannot be made.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Impossible {
    /// The experiment is about a minimum, and none was found.
    #[error("no strict local minimum was found in {0} starts; give one with --minimum")]
    NoMinimum(usize),
    /// The given point does not lead to a strict local minimum.
    #[error("Newton's method from the given point ends in no strict local minimum")]
    NotMinimum,
    /// A certificate is about a single unit on the data as they are.
    #[error(
        "a certificate is about a single unit on the data as they are: no hidden layers, \
         no other sigmoid, no preparation"
    )]
    NotTheData,
    /// The prover finds no certificate that the minimum attracts.
    #[error(
        "no region around the minimum could be certified: none is known to attract; \
         there is none where columns are scaled differently, or dependent"
    )]
    NoRegion,
    /// The experiment needs a rate.
    #[error("this estimate needs simple backpropagation with a constant rate")]
    NoRate,
    /// The two algorithms need steps of constant time.
    #[error("equal time needs steps of constant time: `batch`, `online` or `momentum`")]
    NoClock,
    /// The experiment needs another algorithm to compare with.
    #[error("this estimate needs another algorithm: `against`")]
    NothingAgainst,
    /// A claim is about a number with an interval.
    #[error("a claim is about one number with an interval")]
    NoEstimate,
    /// No run gave a number.
    #[error("no run came to an end")]
    NoRuns,
}
