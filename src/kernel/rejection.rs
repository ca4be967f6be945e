//! Why the kernel rejects evidence. Part of the trusted kernel.

use super::{Atom, Atoms, Name, Poly, Rational, ReadError, ReadFault, TooLarge};

/// Why a certificate is rejected, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The step of the certificate, from 0; none for a text that is no list of steps.
    pub step: Option<usize>,
    /// Why.
    pub reason: Rejection,
}

/// Why evidence does not prove its statement: the first premise that fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// The text could not be read.
    Read(ReadError),
    /// The certificate is of this version, which is not the known one.
    Version(String),
    /// Something is beyond [`super::limits`].
    TooLarge,
    /// What is wrong with a name.
    Name(NameFault, Name),
    /// What is not known of a divisor. The indeterminate is its reciprocal.
    Divisor(DivisorFault, Atom),
    /// The combination is not the goal: what is left over.
    Combination(Box<(Atoms, Poly)>),
    /// This premise fails in these places, counted from 0.
    Premise(Premise, Vec<usize>),
    /// This premise, about the number that was found and the one that is claimed or allowed, fails.
    Compared(Premise, Box<[Rational; 2]>),
}

/// A premise of a rule. Its documentation says how it fails; the numbers are its places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Premise {
    /// The boxes of minima n and n are not shown to be disjoint.
    Apart,
    /// A function has another number of arguments.
    Arity,
    /// The cell has no coordinate n.
    Axis,
    /// The multiples of the rows do not add up to zero.
    Balanced,
    /// A leaf does not show that its derivatives have a negative sum; its cell, in units of 2^-62.
    Bend,
    /// The box is too wide for the enclosure of row n.
    Box,
    /// Summand n has a negative coefficient.
    Coefficient,
    /// Kept and dropped columns are not every column once.
    Columns,
    /// What is split is no comparison.
    Comparison,
    /// Expected n items, found n.
    Count,
    /// The gradient at the centre is not zero.
    Critical,
    /// The evidence is about another training set.
    Data,
    /// The enclosure does not decide the comparison.
    Decided,
    /// The congruence leaves an entry in row n, column n, off the diagonal.
    Diagonal,
    /// A function under a derivative has no formal derivative.
    Differentiable,
    /// The goal has no part n.
    Disjunct,
    /// The remainder is not diagonally dominant in row n.
    Dominant,
    /// A column is dropped.
    Dropped,
    /// The multiplier of row n is not positive.
    Dual,
    /// The matrix is empty.
    EmptyMatrix,
    /// No enclosure: a divisor that may vanish, or an argument out of range.
    Enclosure,
    /// The points between which roots are counted do not ascend.
    Ends,
    /// Minimum n is not shown to have the value of the first one.
    Equal,
    /// An equation is no sum of summands.
    Equality,
    /// Hypothesis n is no equation.
    Equation,
    /// The error is above the claimed bound.
    ErrorAbove,
    /// The error is below the claimed bound.
    ErrorBelow,
    /// The response of row n at the centre is enclosed, but not known exactly.
    Exact,
    /// The powers of row n are beyond the limit.
    Exponent,
    /// Hypothesis n does not say that something is positive or zero.
    Factor,
    /// The ray between rays n and n with these shares is not integral.
    Fan,
    /// The bound near infinity is below the least minimum.
    Floor,
    /// In row n, dropped column n is not the stated combination of the kept ones.
    Fold,
    /// The forms are not as wide as the training set, or not as many as the weights of their part.
    FormWidth,
    /// The grid exponent n is too small or too large.
    Grid,
    /// The exponent n of the half-width is too large.
    HalfWidth,
    /// There is no hypothesis n.
    Hypothesis,
    /// The forms are not linearly independent.
    Independent,
    /// The inertia is n positive, n negative, n zero.
    Inertia,
    /// The target of row n is not at an end of the range.
    InnerTarget,
    /// The image of the box leaves it in coordinate n.
    Inside,
    /// A leaf does not lie in the box of its minimum; its cell, in units of 2^-62.
    InsideBox,
    /// In row n, the entry of column n is no integer in the coordinates of the chart.
    Integer,
    /// Rays n and n are to halve a cone that is already cut into cells.
    LateFan,
    /// There is no minimum n for a leaf to lie in the box of.
    Leaf,
    /// The limit is another number.
    Limit,
    /// The error is not shown to be at least the bound near infinity; the cell, in units of 2^-62.
    Low,
    /// The error at the other point is not below that at the minimum.
    Lower,
    /// The error at the other point is above the claimed bound.
    LowerError,
    /// The minimum has no lower point beside it.
    LowerPoint,
    /// The modulus is not positive.
    Modulus,
    /// Hypothesis n does not say that something is positive.
    Multiplier,
    /// The minimum is not known to be as near to the centre as claimed.
    Near,
    /// There is no bound near infinity.
    NoFloor,
    /// A division by the number 0.
    Nonzero,
    /// The goal is not hypothesis n.
    NotTheGoal,
    /// The grid exponent n is odd.
    OddGrid,
    /// Row n has both signs in the cone.
    OneSign,
    /// The congruence has n rows and n columns, which is not the order of the matrix.
    Order,
    /// The rule cannot use hypothesis n.
    OtherForm,
    /// The rule is not about such a goal.
    OtherGoal,
    /// The evidence is for another rule.
    OtherRule,
    /// Row n is not the next one of any part.
    Part,
    /// The roots are of no polynomial in the variable.
    Polynomial,
    /// A coordinate of the point is not positive.
    Positive,
    /// What is stated is not what was computed.
    Predicate,
    /// There is no premise n.
    Premise,
    /// Twice the distance from the centre is not below the half-width.
    Radius,
    /// Row n of the matrix is of another length.
    Ragged,
    /// There are no two different rays n and n of the cone.
    Ray,
    /// A definition, derivative or substitution was not carried out.
    Reduced,
    /// The congruence is singular.
    Regular,
    /// The response of row n at the point is not the stated one.
    Response,
    /// The training set has n rows: none, or more than the limit.
    Rows,
    /// The scale of column n is not positive.
    Scale,
    /// The coordinates are not the columns in their order, with one scale.
    Scales,
    /// The shares of rays n and n are not positive.
    Shares,
    /// Row n has the wrong sign along the direction.
    Side,
    /// The coefficients between two points have n sign changes.
    SignChanges,
    /// Twice the norm of the gradient at the centre is not below the modulus times the half-width.
    Slope,
    /// No summand is positive.
    Strict,
    /// No row is positive along the direction.
    StrictRow,
    /// The matrix is not symmetric in row n, column n.
    Symmetric,
    /// The target of row n is out of range.
    Target,
    /// The weight of row n is not positive.
    Weight,
    /// The training set has n inputs: none, or more than the limit.
    Weights,
    /// Row n is not as wide as the training set.
    Width,
    /// The roots are of the polynomial 0.
    ZeroPolynomial,
}

/// What is wrong with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFault {
    /// A definition that is used before it is made, or never made.
    Undefined,
    /// A function where a predicate is expected, or a predicate where a function is.
    OtherKind,
    /// A definition with another number of parameters.
    Arguments,
    /// A definition by a name that already has one.
    DefinedTwice,
    /// A definition by a word that the language itself uses.
    Reserved,
    /// A variable that is not in scope.
    Unbound,
    /// A variable that is bound where it already is.
    BoundTwice,
    /// A variable of a term that a quantifier would bind.
    Captured,
    /// A variable to be fixed that is in scope.
    Fresh,
    /// A law that there is not.
    Law,
    /// A variable without a lower and an upper bound.
    Unbounded,
}

/// What is not known of a divisor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DivisorFault {
    /// That it is not zero.
    MayVanish,
    /// Whether it is positive or negative.
    Sign,
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
        match error.fault {
            ReadFault::TooLarge => Self::TooLarge,
            _ => Self::Read(error),
        }
    }
}

impl<E: Into<Rejection>> From<E> for Rejected {
    fn from(reason: E) -> Self {
        Self {
            step: None,
            reason: reason.into(),
        }
    }
}

/// The rejection of a premise.
pub(super) fn fails(premise: Premise, places: impl Into<Vec<usize>>) -> Rejection {
    Rejection::Premise(premise, places.into())
}

/// Accepts a premise if it holds.
pub(super) fn ensure(holds: bool, premise: Premise, places: impl Into<Vec<usize>>) -> Checked {
    if holds {
        Ok(())
    } else {
        Err(fails(premise, places))
    }
}

/// Accepts a name if this holds.
pub(super) fn allow(holds: bool, what: NameFault, name: &Name) -> Checked {
    if holds {
        Ok(())
    } else {
        Err(Rejection::Name(what, name.clone()))
    }
}

/// Accepts a list of the length that is expected.
pub(super) fn count(expected: usize, found: usize) -> Checked {
    ensure(expected == found, Premise::Count, [expected, found])
}

/// Accepts a premise about two numbers if it holds.
pub(super) fn compare(
    holds: bool,
    premise: Premise,
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
