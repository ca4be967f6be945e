//! A bound on nesting: what a formula stands for, with macros carried out, is as deep as the stack allows. Untrusted.

use super::{Elaborated, wrong};
use crate::ledger::lexer::Place;
use std::cell::Cell;

/// Deepest nesting of expressions, those of macros inside those that call them.
const DEPTH: usize = 1_000;

thread_local! {
    /// How deep the expression at hand is nested.
    static LEVEL: Cell<usize> = const { Cell::new(0) };
}

/// Runs `inner` one level deeper.
///
/// # Errors
/// A syntax error at the greatest depth.
pub(super) fn deeper<T>(place: Place, inner: impl FnOnce() -> Elaborated<T>) -> Elaborated<T> {
    let level = LEVEL.get();
    if level >= DEPTH {
        return wrong(
            place,
            format!("nested deeper than {DEPTH} levels, with macros carried out"),
        );
    }
    LEVEL.set(level + 1);
    let result = inner();
    LEVEL.set(level);
    result
}
