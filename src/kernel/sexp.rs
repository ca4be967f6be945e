//! The strict reader of certificate text: lists of words. Part of the trusted kernel.
//!
//! A word is a run of printable ASCII other than parentheses, quotes, backslash and semicolon; ASCII white space separates; there are no comments
//! and nothing may follow the one list that a text holds.

use super::{NumberFault, Read, TooLarge, limits, spend};

/// A word or a list, with the byte offset where it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sexp<'a> {
    /// A word.
    Word(&'a str, usize),
    /// A list.
    List(Vec<Sexp<'a>>, usize),
}

/// Why a text could not be read, and at which byte offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// Offset of the offending byte, word or list.
    pub at: usize,
    /// What is wrong there.
    pub fault: ReadFault,
}

/// What can be wrong with a certificate text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadFault {
    /// Longer than [`limits::TEXT_BYTES`].
    TooLong,
    /// Nested deeper than [`limits::DEPTH`].
    TooDeep,
    /// A name longer than [`limits::NAME_BYTES`].
    LongName,
    /// Beyond [`limits::STEPS`].
    TooLarge,
    /// A byte that no word may contain.
    BadByte(u8),
    /// The text ends inside a list, or is empty.
    Truncated,
    /// Something follows the end, or a list is closed that was not opened.
    Trailing,
    /// Not a canonical number.
    Number(NumberFault),
    /// Another shape was expected here: which.
    Expected(&'static str),
    /// A word that is not one of those known here, or heads a list of another length.
    Unknown(String),
}

fn fail<T>(at: usize, fault: ReadFault) -> Result<T, ReadError> {
    Err(ReadError { at, fault })
}

/// Counts a list, or four items of one.
fn count(at: usize) -> Result<(), ReadError> {
    spend(1).or_else(|TooLarge| fail(at, ReadFault::TooLarge))
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'(' | b')' | b'"' | b'\'' | b'`' | b'\\' | b';')
}

/// Reads the one expression that `text` holds.
///
/// # Errors
/// [`ReadError`] with the offset of the first fault.
pub fn read(text: &str) -> Result<Sexp<'_>, ReadError> {
    if text.len() > limits::TEXT_BYTES {
        return fail(limits::TEXT_BYTES, ReadFault::TooLong);
    }
    let mut open: Vec<(Vec<Sexp<'_>>, usize)> = Vec::new();
    let mut done: Option<Sexp<'_>> = None;
    let mut bytes = text.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        if byte.is_ascii_whitespace() {
            continue;
        }
        if done.is_some() {
            return fail(at, ReadFault::Trailing);
        }
        let item = match byte {
            b'(' if open.len() >= limits::DEPTH => return fail(at, ReadFault::TooDeep),
            b'(' => {
                open.push((Vec::new(), at));
                continue;
            }
            b')' => match open.pop() {
                Some((mut items, start)) => {
                    count(at)?;
                    items.shrink_to_fit();
                    Sexp::List(items, start)
                }
                None => return fail(at, ReadFault::Trailing),
            },
            _ if is_word_byte(byte) => {
                let mut end = at.saturating_add(1);
                while let Some((next, _)) = bytes.next_if(|(_, b)| is_word_byte(*b)) {
                    end = next.saturating_add(1);
                }
                Sexp::Word(text.get(at..end).unwrap_or_default(), at)
            }
            _ => return fail(at, ReadFault::BadByte(byte)),
        };
        match open.last_mut() {
            Some((items, _)) => {
                items.push(item);
                if items.len().is_multiple_of(4) {
                    count(at)?;
                }
            }
            None => done = Some(item),
        }
    }
    done.ok_or(ReadError {
        at: text.len(),
        fault: ReadFault::Truncated,
    })
}

impl<'a> Sexp<'a> {
    /// A fault of it.
    pub fn error(&self, fault: ReadFault) -> ReadError {
        ReadError {
            at: self.at(),
            fault,
        }
    }

    /// Offset of the first byte.
    pub fn at(&self) -> usize {
        let (Sexp::Word(_, at) | Sexp::List(_, at)) = self;
        *at
    }

    /// The word, where one is expected.
    ///
    /// # Errors
    /// [`ReadFault::Expected`] on a list.
    pub fn word(&self) -> Result<&'a str, ReadError> {
        match self {
            Sexp::Word(word, _) => Ok(word),
            Sexp::List(_, at) => fail(*at, ReadFault::Expected("a word")),
        }
    }

    /// The items, where a list is expected.
    ///
    /// # Errors
    /// [`ReadFault::Expected`] on a word.
    pub fn list(&self) -> Result<&[Sexp<'a>], ReadError> {
        match self {
            Sexp::List(items, _) => Ok(items),
            Sexp::Word(_, at) => fail(*at, ReadFault::Expected("a list")),
        }
    }

    /// Head word and arguments of a list such as `(head x y)`.
    ///
    /// # Errors
    /// [`ReadFault::Expected`] unless it is a list that starts with a word.
    pub fn form(&self) -> Result<(&'a str, &[Sexp<'a>]), ReadError> {
        match self.list()?.split_first() {
            Some((head, rest)) => Ok((head.word()?, rest)),
            None => fail(
                self.at(),
                ReadFault::Expected("a list that starts with a word"),
            ),
        }
    }

    /// What it says.
    ///
    /// # Errors
    /// [`ReadError`] where it says no such thing.
    pub fn read<T: Read>(&self) -> Result<T, ReadError> {
        self.pay(1)?;
        T::read(self)
    }

    /// Counts the steps of reading it.
    pub(super) fn pay(&self, steps: usize) -> Result<(), ReadError> {
        spend(steps).map_err(|TooLarge| self.error(ReadFault::TooLarge))
    }

    /// The error that this word, or a list of this length with this head, is not one of those known here.
    pub fn unknown(&self) -> ReadError {
        let word = match self {
            Sexp::Word(word, _) => word,
            Sexp::List(items, _) => items.first().and_then(|s| s.word().ok()).unwrap_or(""),
        };
        self.error(ReadFault::Unknown(word.chars().take(40).collect()))
    }
}
