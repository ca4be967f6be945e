//! The trusted checker: accepts or rejects a certificate for a statement, in exact rational arithmetic.
//!
//! TRUSTED. It has no float, depends on `num-bigint`, `num-rational` and `num-traits` and on nothing else of this
//! crate, and compiles alone. It does not search: whatever is hard to find travels in the certificate.
#![deny(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::panic,
    clippy::unreachable,
    clippy::unwrap_used,
    clippy::expect_used
)]
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "what a rule does not name it refuses; what a walk does not name it walks"
)]

pub mod check;
pub mod cone;
pub mod context;
pub mod evaluate;
pub mod facts;
pub mod interval;
pub mod limits;
pub mod matrix;
pub mod normal;
pub mod number;
pub mod poly;
pub mod proof;
mod read;
mod read_proof;
pub mod reduce;
pub mod rejection;
pub mod roots;
pub mod sexp;
pub mod surface;
pub mod term;
pub mod verdict;
pub mod walk;
