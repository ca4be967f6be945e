//! One budget for the search: steps, not seconds, so that the same goal ends in the same way on every machine. UNTRUSTED.
//!
//! The kernel's own counter does the counting: a search spends what its polynomials and enclosures would cost a check,
//! and its own loops spend through [`spend`]. When nothing is left, whatever is tried next fails at once.

use crate::kernel::limits::{self, within};

/// The steps of the search for one goal without a script, or of one step of a script.
pub const STEPS: usize = 1_000_000;

/// Counts steps of the search before they are taken; `None` when the budget is spent.
#[must_use]
pub fn spend(steps: usize) -> Option<()> {
    limits::spend(steps).ok()
}

/// Whether the budget of the search on this thread is spent.
#[must_use]
pub fn spent() -> bool {
    limits::spend(1).is_err()
}

/// A search with a budget of its own, and whether it was spent.
pub fn bounded<T>(search: impl FnOnce() -> T) -> (T, bool) {
    within(STEPS, || (search(), spent()))
}
