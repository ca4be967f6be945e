//! Experiments as claims of the ledger: their words, what they claim, and what came out.
//!
//! UNTRUSTED. A measurement supports a claim, contradicts it, or decides nothing; it never proves
//! it. Where an experiment is about a certified minimum, the certificate is made and checked by the
//! kernel first, in the same process.

mod bounds;
mod measurement;
mod words;

pub use bounds::Bounds;
pub use measurement::{ClaimedExperiment, Measurement, Size, measure};
pub use words::{Call, MeaninglessCall, estimand, method, model, point, rate, start};
