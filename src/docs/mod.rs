//! The handbook, chapter by chapter.

#[doc = include_str!("architecture.md")]
pub mod architecture {}
#[doc = include_str!("bibliography.md")]
pub mod bibliography {}
#[doc = include_str!("certificates.md")]
pub mod certificates {}
#[doc = include_str!("../../proofs/README.md")]
pub mod claim_language {}
#[doc = include_str!("divergences.md")]
pub mod divergences {}
#[doc = include_str!("glossary.md")]
pub mod glossary {}
#[doc = include_str!("json.md")]
pub mod json {}
#[doc = include_str!("limits.md")]
pub mod limits {}
#[doc = include_str!("mathematics.md")]
pub mod mathematics {}
#[doc = include_str!("rules.md")]
pub mod rules {}
#[doc = include_str!("training.md")]
pub mod training {}
#[doc = include_str!("trust.md")]
pub mod trust {}
