//! The text of what the kernel holds: the inverse of [`super::read`]. Part of the trusted kernel's files, though no check
//! depends on it: whoever writes a certificate uses the words that are declared for reading it.

use super::{Int, Name, Rational};

/// Receives text, piece by piece.
pub trait Sink {
    /// A list begins.
    fn open(&mut self);
    /// The innermost list ends.
    fn close(&mut self);
    /// A word.
    fn word(&mut self, word: &str);
}

/// What certificate text can say, said.
pub trait Show {
    /// Writes the text that reads as this value.
    fn show(&self, sink: &mut dyn Sink);
}

/// A list with what `inner` writes.
pub(super) fn list(sink: &mut dyn Sink, inner: impl FnOnce(&mut dyn Sink)) {
    sink.open();
    inner(sink);
    sink.close();
}

/// A list that begins with `word`, unless that is empty.
pub(super) fn form(sink: &mut dyn Sink, word: &str, inner: impl FnOnce(&mut dyn Sink)) {
    list(sink, |sink| {
        if !word.is_empty() {
            sink.word(word);
        }
        inner(sink);
    });
}

/// Writes all items, one behind the other.
pub(super) fn each<T: Show>(items: &[T], sink: &mut dyn Sink) {
    items.iter().for_each(|item| item.show(sink));
}

impl Show for Name {
    fn show(&self, sink: &mut dyn Sink) {
        sink.word(self);
    }
}

impl Show for Int {
    fn show(&self, sink: &mut dyn Sink) {
        sink.word(&self.to_str_radix(10));
    }
}

macro_rules! integers {
    ($($integer:ty),+) => {
        $(impl Show for $integer {
            fn show(&self, sink: &mut dyn Sink) {
                Int::from(*self).show(sink);
            }
        })+
    };
}
integers!(usize, u32);

impl Show for Rational {
    fn show(&self, sink: &mut dyn Sink) {
        let mut text = self.numer().to_str_radix(10);
        if !self.is_integer() {
            text.push('/');
            text.push_str(&self.denom().to_str_radix(10));
        }
        sink.word(&text);
    }
}

impl<T: Show> Show for Vec<T> {
    fn show(&self, sink: &mut dyn Sink) {
        list(sink, |sink| each(self, sink));
    }
}

impl<T: Show, const N: usize> Show for [T; N] {
    fn show(&self, sink: &mut dyn Sink) {
        list(sink, |sink| each(self, sink));
    }
}

impl<T: Show, U: Show> Show for (T, U) {
    fn show(&self, sink: &mut dyn Sink) {
        list(sink, |sink| {
            self.0.show(sink);
            self.1.show(sink);
        });
    }
}

impl<T: Show> Show for Box<T> {
    fn show(&self, sink: &mut dyn Sink) {
        (**self).show(sink);
    }
}

impl<T: Show> Show for Option<T> {
    fn show(&self, sink: &mut dyn Sink) {
        match self {
            Some(value) => value.show(sink),
            None => sink.word("none"),
        }
    }
}
