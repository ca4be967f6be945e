//! Why the kernel rejects evidence. Part of the trusted kernel.

use super::{Atom, Atoms, Name, Poly, Rational, ReadError, TooLarge};

/// Why evidence does not prove its statement: the first premise that fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The text could not be read.
    Read(ReadError),
    /// Something is beyond [`super::limits`].
    TooLarge,
    /// What is wrong with a name.
    Name(&'static str, Name),
    /// What is not known of a divisor: that it is `nonzero`, or its `sign`. The indeterminate is its reciprocal.
    Divisor(&'static str, Atom),
    /// The combination is not the goal: what is left over.
    Combination(Box<(Atoms, Poly)>),
    /// The premise with this name fails in these places, counted from 0.
    Premise(&'static str, Vec<usize>),
    /// The premise with this name, about the number that was found and the one that is claimed or allowed, fails.
    Compared(&'static str, Box<[Rational; 2]>),
}

/// What a check finds, unless it rejects.
pub type Checked<T = ()> = Result<T, Rejection>;

impl From<TooLarge> for Rejection {
    fn from(TooLarge: TooLarge) -> Self {
        Self::TooLarge
    }
}

impl From<ReadError> for Rejection {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

/// The rejection of a premise.
pub(super) fn fails(premise: &'static str, places: impl Into<Vec<usize>>) -> Rejection {
    Rejection::Premise(premise, places.into())
}

/// Accepts a premise if it holds.
pub(super) fn ensure(holds: bool, premise: &'static str, places: impl Into<Vec<usize>>) -> Checked {
    if holds {
        Ok(())
    } else {
        Err(fails(premise, places))
    }
}

/// Accepts a name if this holds.
pub(super) fn allow(holds: bool, what: &'static str, name: &Name) -> Checked {
    if holds {
        Ok(())
    } else {
        Err(Rejection::Name(what, name.clone()))
    }
}

/// Accepts a list of the length that is expected.
pub(super) fn count(expected: usize, found: usize) -> Checked {
    ensure(expected == found, "count", [expected, found])
}

/// Accepts a premise about two numbers if it holds.
pub(super) fn compare(
    holds: bool,
    premise: &'static str,
    found: &Rational,
    claimed: &Rational,
) -> Checked {
    if holds {
        Ok(())
    } else {
        Err(Rejection::Compared(
            premise,
            Box::new([found.clone(), claimed.clone()]),
        ))
    }
}
