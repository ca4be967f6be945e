//! The bounds that a claim sets to an estimate.
//!
//! UNTRUSTED.

use crate::kernel::number::Rational;
use num_traits::ToPrimitive;

/// Bounds between which an estimate is claimed to lie.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bounds {
    /// The lower bound.
    pub lower: Option<Rational>,
    /// The upper bound.
    pub upper: Option<Rational>,
}

impl Bounds {
    /// Tells whether an interval lies between the bounds (true), apart from what lies between them
    /// (false), or neither.
    #[must_use]
    pub fn holds(&self, [low, high]: [f64; 2]) -> Option<bool> {
        let bound = |bound: &Option<Rational>| bound.as_ref().and_then(ToPrimitive::to_f64);
        let (lower, upper) = (
            bound(&self.lower).unwrap_or(f64::NEG_INFINITY),
            bound(&self.upper).unwrap_or(f64::INFINITY),
        );
        if low >= lower && high <= upper {
            Some(true)
        } else if high < lower || low > upper {
            Some(false)
        } else {
            None
        }
    }
}

impl std::fmt::Display for Bounds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.lower, &self.upper) {
            (Some(lower), Some(upper)) => write!(f, "between {lower} and {upper}"),
            (Some(lower), None) => write!(f, "at least {lower}"),
            (None, Some(upper)) => write!(f, "at most {upper}"),
            (None, None) => f.write_str("any number"),
        }
    }
}
