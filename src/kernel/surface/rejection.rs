//! Why a certificate about an error surface is rejected. Part of the trusted kernel.

use super::super::limits::TooLarge;
use super::super::number::{Int, Rational};
use super::super::rejection::Rejection as Fault;

/// The premise that fails, with its values; rows, columns and indices count from 0, grid numbers are in units of 2⁻ᵏ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The evidence is for another rule.
    OtherRule,
    /// The evidence is about another training set.
    OtherData,
    /// The minimum has no lower point beside it.
    NoLowerPoint,
    /// More steps than [`super::limits::STEPS`].
    TooLarge,
    /// A list of another length.
    Count {
        /// How many were expected.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// The grid exponent k is odd, too small or too large.
    Grid(u32),
    /// The exponent of the half-width is too large.
    HalfWidth(u32),
    /// Kept and dropped columns are not every column once, or folds do not fit the dropped ones.
    Columns(Vec<usize>),
    /// No such column.
    Column(usize),
    /// A dropped column is not the stated combination of the kept ones.
    Fold {
        /// The row in which it differs.
        row: usize,
        /// The dropped column.
        column: usize,
    },
    /// A scale is not positive.
    Scale {
        /// The column.
        column: usize,
        /// Its scale.
        scale: Rational,
    },
    /// An entry is no integer in the coordinates of the chart.
    NotInteger {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
        /// The entry.
        entry: Rational,
    },
    /// A ξ-coordinate is not positive.
    NotPositive(Int),
    /// The powers of this row at the point are beyond the limit.
    Exponent(usize),
    /// The claimed response is not that of the row at the point.
    Response {
        /// The row.
        row: usize,
        /// The claimed S.
        claimed: Int,
    },
    /// The box is too wide for the enclosure of this row.
    BoxTooWide(usize),
    /// These rays or shares do not halve a cone, or not here.
    Fan {
        /// Which rays.
        rays: (usize, usize),
        /// Their shares.
        shares: [u32; 3],
    },
    /// This row has both signs in a cone.
    MixedSigns(usize),
    /// The leaf of this cell, in units of 2⁻⁶⁴, does not show what it claims, or E ≥ β fails there.
    Cell(Vec<(Int, Int)>),
    /// Two of the minima, given by their numbers, are not shown to be different.
    SameMinimum(usize, usize),
    /// This row has the wrong sign along a direction, or this multiplier is not allowed.
    Side {
        /// Which row.
        row: usize,
        /// The value.
        value: Rational,
    },
    /// No row moves strictly along the direction.
    NoStrictRow,
    /// The multipliers do not add up to zero: the first entry that remains.
    Unbalanced(Rational),
    /// The forms are not linearly independent, or have another width than the training set.
    DependentForms,
    /// This row is not the next one of any part.
    NoPart(usize),
    /// No floor at infinity, or it (claimed) is below the least local minimum (found).
    Floor(Option<Box<Compared>>),
    /// This minimum of a part is not shown to be equal to the first one.
    NotEqual(usize),
    /// The matrix that is to be the inverse of the Hessian, or its congruence, is wrong.
    Inverse(Box<Fault>),
    /// The Hessian has another inertia.
    Inertia([usize; 3]),
    /// Krawczyk's operator leaves the box in this coordinate.
    Leaves(usize),
    /// The limit is another number.
    Limit(Box<Compared>),
    /// The gradient at a centre that is claimed to be the minimum is not zero: its first entry that differs.
    NotCritical(Rational),
    /// The response of this row at a centre that is claimed to be the minimum is enclosed, but not known exactly.
    NotExact(usize),
    /// The coordinates do not all have the same scale, or some column is dropped.
    Scales,
    /// λ is not positive.
    Modulus(Rational),
    /// A remainder is not diagonally dominant.
    NotDominant {
        /// Which row of the matrix.
        row: usize,
        /// Its diagonal entry.
        diagonal: Int,
        /// The sum of the other entries' sizes.
        off_diagonal: Int,
    },
    /// Twice the bound of ‖∇E(c)‖₁ (found) is not below what the rule allows (claimed).
    Slope(Box<Compared>),
    /// The minimum is not known to be as near to the centre as claimed.
    Near(Box<Compared>),
    /// A lower bound of an error is above what was found.
    ErrorLow(Box<Compared>),
    /// An upper bound of an error is below what was found.
    ErrorHigh(Box<Compared>),
    /// The error claimed at the other point (found) is not below that at the minimum (claimed).
    NotLower(Box<Compared>),
}

impl From<TooLarge> for Rejection {
    fn from(TooLarge: TooLarge) -> Self {
        Rejection::TooLarge
    }
}

/// What was found beside what was claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// What the kernel found.
    pub found: Rational,
    /// What the statement claims or the rule requires.
    pub claimed: Rational,
}

/// Accepts if `holds`, else rejects with both values.
pub(super) fn compare(
    holds: bool,
    rejection: fn(Box<Compared>) -> Rejection,
    found: &Rational,
    claimed: &Rational,
) -> Result<(), Rejection> {
    if holds { Ok(()) } else { Err(rejection(Box::new(Compared { found: found.clone(), claimed: claimed.clone() }))) }
}
