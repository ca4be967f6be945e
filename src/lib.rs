//! `spurious` decides claims about the error surfaces of sigmoid units, in exact arithmetic.
//!
//! What it calls proved, the [`kernel`] has checked from a certificate; everything else in this crate is untrusted.

pub mod cli;
pub mod docs;
pub mod export;
pub mod files;
pub mod kernel;
pub mod ledger;
pub mod print;
pub mod prover;
pub mod report;
pub mod train;
pub mod unit;
