//! The words that the claim language keeps for itself: nothing in a claim file can be called so. Untrusted.

use crate::kernel::term::Function;

/// Words of formulas, proofs and claims.
const RESERVED: [&str; 35] = [
    "and",
    "as",
    "by",
    "claim",
    "constant",
    "contents",
    "coq",
    "define",
    "error",
    "exists",
    "experiment",
    "for",
    "forall",
    "if",
    "iff",
    "implies",
    "import",
    "in",
    "kind",
    "macro",
    "not",
    "note",
    "or",
    "paper",
    "printed",
    "proof",
    "reason",
    "repairs",
    "says",
    "serves",
    "show",
    "story",
    "times",
    "varies",
    "verdict",
];

/// What can be called or written without a definition, apart from the functions of the kernel.
const BUILT_IN: [&str; 15] = [
    "at",
    "balanced",
    "d",
    "every",
    "inertia",
    "infinity",
    "list",
    "no_critical_point",
    "product",
    "rank",
    "roots",
    "some",
    "sq",
    "spurious",
    "sum",
];

/// Whether a word can stand in no expression, whatever is defined.
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

/// Whether a word has a meaning without a definition.
#[must_use]
pub fn is_built_in(word: &str) -> bool {
    BUILT_IN.contains(&word) || function(word).is_some()
}

/// The function of the kernel that a word names.
#[must_use]
pub fn function(word: &str) -> Option<Function> {
    Function::named(word)
}

/// Whether hypotheses are called so by themselves: `h1`, `h2`, …
#[must_use]
pub fn is_hypothesis(word: &str) -> bool {
    word.strip_prefix('h')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}
