//! Words of the claim language with their places. Untrusted.

use std::fmt;

/// A place in a file, both numbers from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// One word of the language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A name such as `p`, `Psi_star`, or a claim's id such as `ss89.lemma-3.4` (only where an id is expected).
    Name(String),
    /// A number: digits, with an optional decimal part.
    Number(String),
    /// Text in double quotes.
    Text(String),
    /// A symbol such as `<=` or `(`.
    Symbol(&'static str),
    /// The end of the file.
    End,
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(word) | Self::Number(word) => write!(f, "`{word}`"),
            Self::Text(_) => f.write_str("a text"),
            Self::Symbol(symbol) => write!(f, "`{symbol}`"),
            Self::End => f.write_str("the end of the file"),
        }
    }
}

/// A token, where it starts, and where it ends.
#[derive(Clone, Debug)]
pub struct Lexeme {
    /// The word.
    pub token: Token,
    /// Where it starts.
    pub place: Place,
    /// The place behind it.
    pub end: Place,
}

/// What is wrong with a claim file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct SyntaxError {
    /// Where.
    pub place: Place,
    /// What was found and what was expected there.
    pub message: String,
}

/// Most bytes of a claim file.
pub const FILE_BYTES: usize = 4 << 20;

const SYMBOLS: [&str; 23] = [
    "..", "<=", ">=", "!=", "(", ")", "[", "]", "{", "}", ",", ":", ";", "=", "<", ">", "+", "-",
    "*", "/", "^", "|", ".",
];

/// Splits a file into words. `#` starts a comment.
///
/// # Errors
/// [`SyntaxError`] at a character that starts no word, or a text without end.
pub fn lex(source: &str) -> Result<Vec<Lexeme>, SyntaxError> {
    let mut place = Place { line: 1, column: 1 };
    let error = |place, message: String| Err(SyntaxError { place, message });
    if source.len() > FILE_BYTES {
        return error(place, format!("the file has more than {FILE_BYTES} bytes"));
    }
    let mut lexemes = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let (token, length) = if first.is_whitespace() {
            (None, first.len_utf8())
        } else if first == '#' {
            (None, rest.find('\n').unwrap_or(rest.len()))
        } else if first == '"' {
            let inner = rest.get(1..).unwrap_or_default();
            let Some(end) = inner.find('"') else {
                return error(place, "this text has no closing quote".into());
            };
            let words: Vec<&str> = inner
                .get(..end)
                .unwrap_or_default()
                .split_whitespace()
                .collect();
            (Some(Token::Text(words.join(" "))), end + 2)
        } else if first.is_ascii_alphabetic() || first == '_' {
            let length = name_length(rest);
            (
                Some(Token::Name(
                    rest.get(..length).unwrap_or_default().to_string(),
                )),
                length,
            )
        } else if first.is_ascii_digit() {
            let length = number_length(rest);
            (
                Some(Token::Number(
                    rest.get(..length).unwrap_or_default().to_string(),
                )),
                length,
            )
        } else if let Some(symbol) = SYMBOLS.into_iter().find(|symbol| rest.starts_with(symbol)) {
            (Some(Token::Symbol(symbol)), symbol.len())
        } else {
            return error(place, format!("the character `{first}` starts no word"));
        };
        let start = place;
        let (passed, left) = rest.split_at(length);
        for character in passed.chars() {
            place = match character {
                '\n' => Place {
                    line: place.line + 1,
                    column: 1,
                },
                _ => Place {
                    line: place.line,
                    column: place.column + 1,
                },
            };
        }
        if let Some(token) = token {
            lexemes.push(Lexeme {
                token,
                place: start,
                end: place,
            });
        }
        rest = left;
    }
    lexemes.push(Lexeme {
        token: Token::End,
        place,
        end: place,
    });
    Ok(lexemes)
}

fn name_length(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(text.len())
}

/// Digits, then a decimal part unless the dot belongs to `..`.
fn number_length(text: &str) -> usize {
    let digits = |text: &str| {
        text.find(|c: char| !c.is_ascii_digit())
            .unwrap_or(text.len())
    };
    let whole = digits(text);
    match text.get(whole..).and_then(|tail| tail.strip_prefix('.')) {
        Some(decimals) if digits(decimals) > 0 => whole + 1 + digits(decimals),
        Some(_) | None => whole,
    }
}
