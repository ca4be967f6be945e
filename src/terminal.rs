//! Text from files and command lines made safe for a terminal: what would steer it, or hide or turn text, is shown escaped. Untrusted.

use std::borrow::Cow;
use std::io::Write;

/// Whether a terminal would obey the character, or show the text around it otherwise than it is.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn escaped(text: &str, stays: impl Fn(char) -> bool) -> Cow<'_, str> {
    let bad = |c: char| steers(c) && !stays(c);
    if !text.contains(bad) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if bad(c) {
            safe.extend(c.escape_default());
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

/// A text of several lines.
#[must_use]
pub fn lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| matches!(c, '\n' | '\t'))
}

/// A text on one line, such as the name of a file: line breaks are shown escaped.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    escaped(text, |_| false)
}

/// Most characters of a word that somebody else wrote.
const WORD: usize = 60;

/// The first characters of a text, with `…` where there are more.
#[must_use]
pub fn excerpt(text: &str) -> String {
    match text.char_indices().nth(WORD) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Longest run of characters without a space in a message: paths may be so long.
const RUN: usize = 300;

/// A message in which what has no spaces for long is cut; its further lines are set in, so that none passes for another message.
#[must_use]
pub fn message(text: &str) -> String {
    let mut result = String::new();
    for piece in text.trim_end().split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if word.chars().count() > RUN {
            result.push_str(&excerpt(word));
            result.push_str(piece.get(word.len()..).unwrap_or_default());
        } else {
            result.push_str(piece);
        }
    }
    lines(&result).replace('\n', "\n    ")
}

/// Writes text on, made safe.
#[derive(Debug)]
pub struct Safe<W>(pub W);

impl<W: Write> Write for Safe<W> {
    fn write(&mut self, buffer: &[u8]) -> std::io::Result<usize> {
        for chunk in buffer.utf8_chunks() {
            self.0.write_all(lines(chunk.valid()).as_bytes())?;
            if !chunk.invalid().is_empty() {
                self.0.write_all("\u{fffd}".as_bytes())?;
            }
        }
        Ok(buffer.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}
