//! The kernel's values in words: statements, training sets, rejections. Untrusted: the kernel compares and stores
//! statements, it does not word them.
//!
//! `Display` of the kernel's types makes the prints. `tests/ledger/prints.rs` reads them back.

pub mod decimal;
mod logic;
mod names;
pub mod normal;
mod rejection;
mod surface;

pub use logic::parts;
