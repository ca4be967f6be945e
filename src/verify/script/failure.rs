//! Why a script does not prove its goal. UNTRUSTED.

use crate::kernel::term::Formula;
use crate::ledger::lexer::{Place, SyntaxError};

/// Where, and what could not be done.
pub type Failure = SyntaxError;

/// Longest formula in a message.
const LENGTH: usize = 400;

pub(super) fn fail<T>(place: Place, message: impl Into<String>) -> Result<T, Failure> {
    Err(SyntaxError {
        place,
        message: message.into(),
    })
}

/// A formula on one line, cut to a length that fits one.
pub(super) fn shown(formula: &Formula) -> String {
    let text = formula.to_string();
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
