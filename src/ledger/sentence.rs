//! One statement without a file: `x > 0 implies tanh(x) < x`. Untrusted.

use super::lexer::{Token, words};
use super::source::{Ledger, LedgerError, parsed};
use super::words::{is_built_in, is_reserved};
use std::collections::BTreeSet;

/// The id of the claim that states it.
pub const ID: &str = "statement";

/// What messages call the text.
const NAME: &str = "statement";

/// A ledger with the one claim that the formula holds; for all real values of the names that are free in it. `for x: F`
/// at its begin says so explicitly.
///
/// # Errors
/// [`LedgerError`] where the formula is wrong.
pub fn ledger(formula: &str) -> Result<Ledger, LedgerError> {
    let formula = formula.trim();
    let formula = match formula.strip_prefix("for ") {
        Some(rest) => format!("forall {rest}"),
        None => formula.to_owned(),
    };
    let claim = |variables: &str| {
        let text = format!(
            "paper {ID}\nclaim {ID} \"command line\"\n  printed \"as given\"\n{variables}  verdict proved\n  show\n{formula}\n"
        );
        parsed(NAME, &text)
    };
    let free = free(&formula);
    if free.is_empty() {
        return claim("");
    }
    claim(&format!("  for {}\n", free.join(", ")))
}

/// The names that nothing binds and that have no meaning by themselves, in the order in which they come.
fn free(formula: &str) -> Vec<String> {
    let (lexemes, _) = words(formula);
    let tokens: Vec<&Token> = lexemes.iter().map(|lexeme| &lexeme.token).collect();
    let mut bound = BTreeSet::new();
    let mut binding = false;
    for (place, token) in tokens.iter().enumerate() {
        match token {
            Token::Name(word) if word == "forall" || word == "exists" => binding = true,
            Token::Symbol(":") => binding = false,
            Token::Name(word) => {
                let of_fold =
                    matches!(tokens.get(place + 1), Some(Token::Name(next)) if next == "in");
                if binding || of_fold {
                    bound.insert(word.clone());
                }
            }
            _ => {}
        }
    }
    let mut free = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        let Token::Name(word) = token else {
            continue;
        };
        let called = matches!(tokens.get(place + 1), Some(Token::Symbol("(")));
        let known = is_reserved(word) || is_built_in(word) || bound.contains(word);
        if !called && !known && !free.contains(word) {
            free.push(word.clone());
        }
    }
    free
}
