//! Every reason for which the kernel rejects evidence. Part of the trusted kernel.

use super::limits::TooLarge;
use super::number::{Int, Rational};
use super::sexp::ReadError;
use super::term::{Function, Name, Term};

/// Why evidence does not prove its statement: the premise that fails, with its values. Rows, columns and indices count from 0,
/// grid numbers are in units of 2⁻ᵏ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The text could not be read.
    Read(ReadError),
    /// Something is beyond [`super::limits`].
    TooLarge,
    /// A function or predicate that is not defined before its use, or is of the other kind.
    Undefined(Name),
    /// Another number of arguments than the definition has parameters.
    Arguments(Name),
    /// A variable would be captured by a quantifier, or a name is bound twice or not at all.
    Scope(Name),
    /// `abs`, `min` or `max` under a derivative.
    NotDifferentiable(Function),
    /// A function of another number of arguments.
    Arity(Function),
    /// A division by the number 0.
    DivisionByZero,
    /// A definition, derivative or substitution that was not carried out before.
    NotReduced,
    /// This rule does not apply to a goal of this form.
    WrongGoal(&'static str),
    /// This rule does not apply to the hypothesis with this index.
    WrongHypothesis(&'static str, usize),
    /// No hypothesis has this index.
    NoHypothesis(usize),
    /// No premise has this index.
    NoPremise(usize),
    /// There is no such disjunct.
    NoDisjunct(usize),
    /// A list of another length.
    Count {
        /// How many are needed.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// A variable that should be fresh is in scope.
    NotFresh(Name),
    /// The goal is not that hypothesis.
    NotTheHypothesis(usize),
    /// No law of this name is about so many terms.
    NoLaw(Name, usize),
    /// A divisor is not known to differ from zero.
    DivisorMayVanish(Term),
    /// The sign of a divisor is not known.
    DivisorSign(Term),
    /// A multiplier is not known to be positive.
    MultiplierNotPositive(usize),
    /// A factor of a summand is not known to be nonnegative.
    FactorNotNonnegative(usize),
    /// A coefficient is negative.
    NegativeCoefficient(usize),
    /// A cofactor belongs to a hypothesis that is no equation.
    NotAnEquation(usize),
    /// The combination is not the goal: what is left over.
    NotTheCombination(Term),
    /// No summand is positive, but the goal is strict.
    NotStrict,
    /// The enclosure of right minus left does not decide the comparison.
    Undecided,
    /// The term has no enclosure: a variable without bounds, a divisor that may vanish, an argument out of range.
    NoEnclosure,
    /// What the predicate says is not what was computed.
    Disagrees,
    /// The rule cannot count these roots: no polynomial, no interval, or more than one sign change between two points.
    Undecidable,
    /// A matrix's row with this index is empty or not as long as the first.
    Ragged(usize),
    /// The entry in this row and column differs from its mirror image, or there is none.
    NotSymmetric(usize, usize),
    /// The congruence is singular, or no square matrix of the other's order.
    Singular,
    /// The entry in this row and column, off the diagonal, does not vanish after the congruence.
    NotDiagonal(usize, usize),
    /// The evidence is for another rule.
    OtherRule,
    /// The evidence is about another training set.
    OtherData,
    /// The minimum has no lower point beside it.
    NoLowerPoint,
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
        Self::TooLarge
    }
}

impl From<ReadError> for Rejection {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

/// Accepts a list of the length that is expected.
pub(super) fn count(expected: usize, found: usize) -> Result<(), Rejection> {
    if expected == found { Ok(()) } else { Err(Rejection::Count { expected, found }) }
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
