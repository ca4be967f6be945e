//! Why a job cannot be done.
//!
//! UNTRUSTED.

use thiserror::Error;

/// Why a job cannot be done.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum JobError {
    /// A list of weights has the wrong length.
    #[error("{what} has {found} weights; this network has {expected}")]
    Length {
        /// Which list.
        what: &'static str,
        /// Weights of the network.
        expected: usize,
        /// Weights given.
        found: usize,
    },
    /// The experiment is about a minimum, and none was found.
    #[error("no strict local minimum was found in {0} starts; give one with --minimum")]
    NoMinimum(usize),
    /// The given point does not lead to a strict local minimum.
    #[error("Newton's method from the given point ends in no strict local minimum")]
    NotMinimum,
    /// A certificate is about a single unit on the data as they are.
    #[error(
        "a certificate is about a single unit on the data as they are: no hidden layers, no other sigmoid, no preparation"
    )]
    NotTheData,
    /// The prover finds no certificate that the minimum attracts.
    #[error(
        "no certificate was found that the minimum attracts; there is none where columns are scaled differently, or dependent"
    )]
    NoCertificate,
    /// A number is out of range.
    #[error("{what} must be {range}")]
    Range {
        /// Which number.
        what: &'static str,
        /// What it must be.
        range: &'static str,
    },
}
