//! What certificate text says, from its lists of words. Part of the trusted kernel.
//!
//! A record is the list of its fields in their order. An enum declares its own text; see `forms`.

use super::{
    Int, Name, NumberFault, Rational, ReadError, ReadFault, Sexp, Sink, limits, parse_int,
    parse_rational,
};

/// What certificate text can say.
pub trait Read: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// [`ReadError`] for another shape.
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError>;
}

/// The items of a list, taken one by one.
pub(super) struct Items<'s, 'a> {
    list: &'s Sexp<'a>,
    rest: &'s [Sexp<'a>],
}

impl<'s, 'a> Items<'s, 'a> {
    /// What is in a list, behind this word if it is not empty.
    pub(super) fn behind(word: &'static str, list: &'s Sexp<'a>) -> Result<Self, ReadError> {
        let rest = match list.form() {
            _ if word.is_empty() => list.list()?,
            Ok((head, rest)) if head == word => rest,
            _ => return Err(list.error(ReadFault::Expected(word))),
        };
        Ok(Self { list, rest })
    }

    /// The word with which a list begins, and what is behind it.
    pub(super) fn form(list: &'s Sexp<'a>) -> Result<(&'a str, Self), ReadError> {
        list.form().map(|(word, rest)| (word, Self { list, rest }))
    }

    pub(super) fn next<T: Read>(&mut self) -> Result<T, ReadError> {
        let (first, rest) = self.rest.split_first().ok_or_else(|| self.list.unknown())?;
        self.rest = rest;
        first.read()
    }

    pub(super) fn all<T: Read>(&mut self) -> Result<Vec<T>, ReadError> {
        every(std::mem::take(&mut self.rest))
    }

    /// What the whole list says.
    pub(super) fn whole<T: Read>(&mut self) -> Result<T, ReadError> {
        self.rest = &[];
        self.list.read()
    }

    /// The value, if nothing is left.
    pub(super) fn end<T>(self, value: T) -> Result<T, ReadError> {
        if self.rest.is_empty() {
            Ok(value)
        } else {
            Err(self.list.unknown())
        }
    }
}

/// What every item says.
fn every<T: Read>(items: &[Sexp<'_>]) -> Result<Vec<T>, ReadError> {
    let mut all = Vec::with_capacity(items.len());
    for item in items {
        all.push(item.read()?);
    }
    Ok(all)
}

/// A record is the list of its fields, behind a word or not.
macro_rules! record {
    ($record:ident, $word:literal, [$($field:ident),+]) => {
        impl super::Read for $record {
            fn read(sexp: &super::Sexp<'_>) -> Result<Self, super::ReadError> {
                let mut items = super::Items::behind($word, sexp)?;
                let record = Self { $($field: items.next()?),+ };
                items.end(record)
            }
        }

        impl super::Show for $record {
            fn show(&self, sink: &mut dyn super::Sink) {
                super::form(sink, $word, |sink| {
                    $(super::Show::show(&self.$field, sink);)+
                });
            }
        }
    };
}
pub(super) use record;

/// Declares an enum of words.
macro_rules! words {
    (
        $(#[$about:meta])*
        $enum:ident {$($(#[$doc:meta])* $word:literal $variant:ident),+ $(,)?}
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $enum {$($(#[$doc])* $variant,)+}

        impl $enum {
            /// Every one, in the order of declaration.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant),+];

            /// The word for it in every text.
            pub fn word(self) -> &'static str {
                match self {$(Self::$variant => $word,)+}
            }

            /// What a word stands for.
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|known| known.word() == word)
            }
        }

        impl super::Read for $enum {
            fn read(sexp: &super::Sexp<'_>) -> Result<Self, super::ReadError> {
                Self::named(sexp.word()?).ok_or_else(|| sexp.unknown())
            }
        }

        impl super::Show for $enum {
            fn show(&self, sink: &mut dyn super::Sink) {
                sink.word(self.word());
            }
        }
    };
}
pub(super) use words;

/// Declares an enum together with its text. Each variant is the list of its word and its fields; a field behind `;` is all
/// that is left, one in brackets the whole list. The functions behind `or` read and write whatever else there is.
macro_rules! forms {
    (
        $(#[$about:meta])*
        $enum:ident {$(
            $(#[$doc:meta])*
            $word:literal $variant:ident
                $(($($field:ident: $kind:ty),* $(; $rest:ident: $item:ty)?))?
                $([$whole:ident: $record:ty])?
                $({$($(#[$note:meta])* $part:ident: $type:ty),+ $(,)?})?
        ),+ $(,)?}
        or $read:path, $show:path {$($(#[$remark:meta])* $extra:ident($($inner:ty),+)),*}
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $enum {
            $($(#[$doc])* #[doc = concat!("\n\nIn text: `(", $word, " …)`.")]
            $variant $(($($kind,)* $(Vec<$item>)?))? $(($record))? $({$($(#[$note])* $part: $type),+})?,)+
            $($(#[$remark])* $extra($($inner),+),)*
        }

        impl super::Read for $enum {
            fn read(sexp: &super::Sexp<'_>) -> Result<Self, super::ReadError> {
                let Ok((word, mut items)) = super::Items::form(sexp) else { return $read(sexp) };
                let value = match word {
                    $($word => Self::$variant
                        $(($(items.next::<$kind>()?,)* $(items.all::<$item>()?)?))?
                        $((items.whole::<$record>()?))?
                        $({$($part: items.next()?),+})?,)+
                    _ => return $read(sexp),
                };
                items.end(value)
            }
        }

        impl super::Show for $enum {
            #[allow(unreachable_patterns, reason = "some enums have no other variants")]
            fn show(&self, sink: &mut dyn super::Sink) {
                match self {
                    $(Self::$variant $(($($field,)* $($rest)?))? $(($whole))? $({$($part),+})? => {
                        let whole: &[&str] = &[$(stringify!($whole))?];
                        let fields = |sink: &mut dyn super::Sink| {
                            let _ = &sink;
                            $($(super::Show::show($field, sink);)* $(super::each($rest, sink);)?)?
                            $(super::Show::show($whole, sink);)?
                            $($(super::Show::show($part, sink);)+)?
                        };
                        if whole.is_empty() { super::form(sink, $word, fields) } else { fields(sink) }
                    })+
                    _ => $show(self, sink),
                }
            }
        }

        impl $enum {
            /// The word with which its text begins; none for a variant without a word of its own.
            #[allow(unreachable_patterns, reason = "some enums have no other variants")]
            pub fn head(&self) -> &'static str {
                match self {
                    $(Self::$variant {..} => $word,)+
                    _ => "",
                }
            }
        }
    };
}
pub(super) use forms;

/// Nothing is written but the forms.
pub(super) fn silent<T>(_: &T, _: &mut dyn Sink) {}

/// Nothing is read but the forms.
pub(super) fn nothing<T>(sexp: &Sexp<'_>) -> Result<T, ReadError> {
    Err(sexp.unknown())
}

/// A name: letters, digits and `_`, not starting with a digit.
impl Read for Name {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        let word = sexp.word()?;
        if word.len() > limits::NAME_BYTES {
            return Err(sexp.error(ReadFault::LongName));
        }
        let letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
        if word.bytes().next().is_some_and(letter)
            && word
                .bytes()
                .all(|byte| letter(byte) || byte.is_ascii_digit())
        {
            Ok(Name::from(word))
        } else {
            Err(sexp.error(ReadFault::Expected("a name")))
        }
    }
}

/// Reads a number of so many digits, so many of them below the bar, for the steps that this takes.
fn number<T>(
    sexp: &Sexp<'_>,
    [digits, more]: [usize; 2],
    parse: fn(&str) -> Result<T, NumberFault>,
) -> Result<T, ReadError> {
    let word = sexp.word()?;
    // A word of a number has 19 digits. To read and to divide takes a time of the square of their number.
    let [words, more] = [digits, more].map(|digits| digits.min(limits::DIGITS) / 19);
    sexp.pay((words.saturating_mul(words) >> 9_u32).saturating_add(words >> 4_u32))?;
    sexp.pay(words.saturating_mul(more) >> 1_u32)?;
    parse(word).map_err(|fault| sexp.error(ReadFault::Number(fault)))
}

macro_rules! integers {
    ($($integer:ty),+) => {
        $(impl Read for $integer {
            fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
                number(sexp, [sexp.word()?.len(), 0], parse_int)
            }
        })+
    };
}
integers!(Int, usize, u32);

impl Read for Rational {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        let word = sexp.word()?;
        let below = word.split_once('/').map_or(0, |(_, below)| below.len());
        number(sexp, [word.len(), below], parse_rational)
    }
}

/// Every item.
impl<T: Read> Read for Vec<T> {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        every(sexp.list()?)
    }
}

impl<T: Read, const N: usize> Read for [T; N] {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        sexp.read::<Vec<T>>()?
            .try_into()
            .map_err(|_| sexp.unknown())
    }
}

impl<T: Read, U: Read> Read for (T, U) {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        let mut items = Items::behind("", sexp)?;
        let pair = (items.next()?, items.next()?);
        items.end(pair)
    }
}

impl<T: Read> Read for Box<T> {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        T::read(sexp).map(Self::new)
    }
}

/// `none`, or what there is.
impl<T: Read> Read for Option<T> {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        if matches!(sexp, Sexp::Word("none", _)) {
            Ok(None)
        } else {
            T::read(sexp).map(Some)
        }
    }
}
