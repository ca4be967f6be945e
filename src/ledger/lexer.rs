//! Words of the claim language with their places. Untrusted.

use std::borrow::Cow;
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
            Self::Name(word) | Self::Number(word) => write!(f, "`{}`", short(word)),
            Self::Text(_) => f.write_str("a text"),
            Self::Symbol(symbol) => write!(f, "`{symbol}`"),
            Self::End => f.write_str("the end of the file"),
        }
    }
}

/// Most characters of a word of a file that a message repeats.
const ECHOED: usize = 60;

/// A word of a file, cut to what a message may repeat.
#[must_use]
pub fn short(word: &str) -> Cow<'_, str> {
    match word.char_indices().nth(ECHOED) {
        Some((end, _)) => format!("{}…", word.get(..end).unwrap_or_default()).into(),
        None => word.into(),
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

/// Most characters of a name.
const NAME: usize = 100;

/// Symbols of other languages, each with what is written here.
const FOREIGN: [(&str, &str); 18] = [
    ("==", "`=`"),
    ("&&", "`and`"),
    ("**", "`^`"),
    ("=>", "`implies` or `>=`"),
    ("->", "`implies`"),
    ("<>", "`!=`"),
    ("=<", "`<=`"),
    ("!", "`not`"),
    ("&", "`and`"),
    ("\u{2264}", "`<=`"),
    ("\u{2265}", "`>=`"),
    ("\u{2260}", "`!=`"),
    ("\u{2212}", "`-`"),
    ("\u{b7}", "`*`"),
    ("\u{d7}", "`*`"),
    ("\u{221e}", "`infinity`"),
    ("\u{2208}", "`>=` and `<=`, or `in` for an index"),
    ("'", "a text in double quotes"),
];

/// Whether a character shows nothing, or changes how its neighbours are shown.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Splits a file into words. `#` starts a comment.
///
/// # Errors
/// [`SyntaxError`] at every character that starts no word, and at a text without end.
pub fn lex(source: &str) -> Result<Vec<Lexeme>, Vec<SyntaxError>> {
    let (lexemes, errors) = words(source);
    if errors.is_empty() {
        Ok(lexemes)
    } else {
        Err(errors)
    }
}

/// The words of a file, and what in it is none.
pub(super) fn words(source: &str) -> (Vec<Lexeme>, Vec<SyntaxError>) {
    let mut place = Place { line: 1, column: 1 };
    let (mut lexemes, mut errors) = (Vec::new(), Vec::new());
    let mut rest = source;
    if source.len() > FILE_BYTES {
        let message = format!("the file has more than {FILE_BYTES} bytes");
        errors.push(SyntaxError { place, message });
        rest = "";
    }
    while !rest.is_empty() {
        let (token, length) = match word(rest) {
            Ok(found) => found,
            Err((message, length)) => {
                errors.push(SyntaxError { place, message });
                (None, length)
            }
        };
        let start = place;
        let (passed, left) = rest.split_at(length);
        for character in passed.chars() {
            if is_invisible(character) && (token.is_some() || passed.starts_with('#')) {
                errors.push(invisible(place, character));
            }
            place = behind(place, character);
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
    (lexemes, errors)
}

fn behind(place: Place, character: char) -> Place {
    if character == '\n' {
        Place {
            line: place.line + 1,
            column: 1,
        }
    } else {
        Place {
            column: place.column + 1,
            ..place
        }
    }
}

fn invisible(place: Place, character: char) -> SyntaxError {
    let code = u32::from(character);
    let message = format!("the invisible character U+{code:04X} may not stand in a claim file");
    SyntaxError { place, message }
}

/// The word at the start of a text, `None` for space and comments, with its length in bytes; or why there is none, and
/// how much to pass over.
fn word(rest: &str) -> Result<(Option<Token>, usize), (String, usize)> {
    let first = rest.chars().next().unwrap_or(' ');
    let part = |length: usize| rest.get(..length).unwrap_or_default();
    if is_invisible(first) {
        let error = invisible(Place::default(), first);
        Err((error.message, first.len_utf8()))
    } else if first.is_whitespace() {
        Ok((None, first.len_utf8()))
    } else if first == '#' {
        Ok((None, rest.find('\n').unwrap_or(rest.len())))
    } else if first == '"' {
        let inner = rest.get(1..).unwrap_or_default();
        let Some(end) = inner.find('"') else {
            return Err(("this text has no closing quote".into(), rest.len()));
        };
        let words: Vec<&str> = inner
            .get(..end)
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        Ok((Some(Token::Text(words.join(" "))), end + 2))
    } else if first.is_ascii_alphabetic() || first == '_' {
        let length = name_length(rest);
        if length > NAME {
            let shown = short(part(length));
            return Err((
                format!("the name `{shown}` has more than {NAME} characters"),
                length,
            ));
        }
        Ok((Some(Token::Name(part(length).into())), length))
    } else if first.is_ascii_digit() {
        let length = number_length(rest);
        if let Some(exponent) = exponent_length(&rest[length..]) {
            let shown = short(part(length + exponent));
            let message = format!(
                "`{shown}`: write such a number as a decimal or a fraction, 0.001 or 1/1000"
            );
            return Err((message, length + exponent));
        }
        Ok((Some(Token::Number(part(length).into())), length))
    } else if let Some((foreign, own)) = FOREIGN.into_iter().find(|(symbol, _)| {
        rest.starts_with(symbol)
            && !SYMBOLS
                .iter()
                .any(|own| own.len() > symbol.len() && rest.starts_with(own))
    }) {
        let length = foreign.len();
        Err((
            format!("`{foreign}` is no symbol of the language: write {own}"),
            length,
        ))
    } else if let Some(symbol) = SYMBOLS.into_iter().find(|symbol| rest.starts_with(symbol)) {
        Ok((Some(Token::Symbol(symbol)), symbol.len()))
    } else {
        Err((
            format!("the character `{first}` starts no word"),
            first.len_utf8(),
        ))
    }
}

/// The length of an exponent such as `e-3` behind a number.
fn exponent_length(text: &str) -> Option<usize> {
    let digits = text.strip_prefix(['e', 'E'])?;
    let digits = digits.strip_prefix(['+', '-']).unwrap_or(digits);
    let length = number_length(digits);
    (length > 0).then(|| text.len() - digits.len() + length)
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
