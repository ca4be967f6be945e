//! Why the kernel rejects, in words. It decides nothing: the kernel itself only names the premise that fails.

use super::normal::readable;
use crate::kernel::limits;
use crate::kernel::number::NumberFault;
use crate::kernel::rejection::{DivisorFault, NameFault, Premise, Rejected, Rejection};
use crate::kernel::sexp::{ReadError, ReadFault};
use std::fmt::{self, Display, Formatter};

impl Display for ReadError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}: ", self.at)?;
        match &self.fault {
            ReadFault::TooLong => f.write_str("the text is too long"),
            ReadFault::TooDeep => f.write_str("lists are nested too deep"),
            ReadFault::LongName => f.write_str("the name is too long"),
            ReadFault::TooLarge => f.write_str("this is beyond the kernel's limits"),
            ReadFault::BadByte(byte) => write!(f, "the byte {byte:#04x} is not allowed here"),
            ReadFault::Truncated => f.write_str("the text ends inside a list"),
            ReadFault::Trailing => f.write_str("something follows the end"),
            ReadFault::Number(NumberFault::Malformed) => f.write_str("expected a number"),
            ReadFault::Number(NumberFault::NotCanonical) => {
                f.write_str("the number is not in its canonical form")
            }
            ReadFault::Number(NumberFault::TooLong) => f.write_str("the number is too long"),
            ReadFault::Expected(what) => write!(f, "expected {what}"),
            ReadFault::Unknown(word) => write!(
                f,
                "`{word}` is not known here, or has another number of parts"
            ),
        }
    }
}

/// What is said where a premise of the kernel fails, with its places in the order of the gaps, the others behind it.
#[allow(clippy::too_many_lines, reason = "one arm for each premise")]
fn said(premise: Premise) -> &'static str {
    match premise {
        Premise::Apart => "the boxes of minima {} and {} are not shown to be disjoint",
        Premise::Arity => "a function has another number of arguments",
        Premise::Axis => "the cell has no coordinate {}",
        Premise::Balanced => "the multiples of the rows do not add up to zero",
        Premise::Bend => {
            "a leaf does not show that its derivatives have a negative sum; its cell, in units of 2^-62"
        }
        Premise::Box => "the box is too wide for the enclosure of row {}",
        Premise::Coefficient => "summand {} has a negative coefficient",
        Premise::Columns => "kept and dropped columns are not every column once",
        Premise::Comparison => "what is split is no comparison",
        Premise::Count => "expected {} items, found {}",
        Premise::Critical => "the gradient at the centre is not zero",
        Premise::Data => "the evidence is about another training set",
        Premise::Decided => "the enclosure does not decide the comparison",
        Premise::Diagonal => {
            "the congruence leaves an entry in row {}, column {}, off the diagonal"
        }
        Premise::Differentiable => "a function under a derivative has no formal derivative",
        Premise::Disjunct => "the goal has no part {}",
        Premise::Dominant => "the remainder is not diagonally dominant in row {}",
        Premise::Dropped => "a column is dropped",
        Premise::Dual => "the multiplier of row {} is not positive",
        Premise::EmptyMatrix => "the matrix is empty",
        Premise::Enclosure => {
            "no enclosure: a divisor that may vanish, or an argument out of range"
        }
        Premise::Ends => "the points between which roots are counted do not ascend",
        Premise::Equal => "minimum {} is not shown to have the value of the first one",
        Premise::Equality => "an equation is no sum of summands",
        Premise::Equation => "hypothesis {} is no equation",
        Premise::ErrorAbove => "the error is above the claimed bound",
        Premise::ErrorBelow => "the error is below the claimed bound",
        Premise::Exact => "the response of row {} at the centre is enclosed, but not known exactly",
        Premise::Exponent => "the powers of row {} are beyond the limit",
        Premise::Factor => "hypothesis {} does not say that something is positive or zero",
        Premise::Fan => "the ray between rays {} and {} with these shares is not integral",
        Premise::Floor => "the bound near infinity is below the least minimum",
        Premise::Fold => {
            "in row {}, dropped column {} is not the stated combination of the kept ones"
        }
        Premise::FormWidth => {
            "the forms are not as wide as the training set, or not as many as the weights of their part"
        }
        Premise::Grid => "the grid exponent {} is too small or too large",
        Premise::HalfWidth => "the exponent {} of the half-width is too large",
        Premise::Hypothesis => "there is no hypothesis {}",
        Premise::Independent => "the forms are not linearly independent",
        Premise::Inertia => "the inertia is {} positive, {} negative, {} zero",
        Premise::InnerTarget => "the target of row {} is not at an end of the range",
        Premise::Inside => "the image of the box leaves it in coordinate {}",
        Premise::InsideBox => {
            "a leaf does not lie in the box of its minimum; its cell, in units of 2^-62"
        }
        Premise::Integer => {
            "in row {}, the entry of column {} is no integer in the coordinates of the chart"
        }
        Premise::LateFan => "rays {} and {} are to halve a cone that is already cut into cells",
        Premise::Leaf => "there is no minimum {} for a leaf to lie in the box of",
        Premise::Limit => "the limit is another number",
        Premise::Low => {
            "the error is not shown to be at least the bound near infinity; the cell, in units of 2^-62"
        }
        Premise::Lower => "the error at the other point is not below that at the minimum",
        Premise::LowerError => "the error at the other point is above the claimed bound",
        Premise::LowerPoint => "the minimum has no lower point beside it",
        Premise::Modulus => "the modulus is not positive",
        Premise::Multiplier => "hypothesis {} does not say that something is positive",
        Premise::Near => "the minimum is not known to be as near to the centre as claimed",
        Premise::NoFloor => "there is no bound near infinity",
        Premise::Nonzero => "a division by the number 0",
        Premise::NotTheGoal => "the goal is not hypothesis {}",
        Premise::OddGrid => "the grid exponent {} is odd",
        Premise::OneSign => "row {} has both signs in the cone",
        Premise::Order => {
            "the congruence has {} rows and {} columns, which is not the order of the matrix"
        }
        Premise::OtherForm => "the rule cannot use hypothesis {}",
        Premise::OtherGoal => "the rule is not about such a goal",
        Premise::OtherRule => "the evidence is for another rule",
        Premise::Part => "row {} is not the next one of any part",
        Premise::Polynomial => "the roots are of no polynomial in the variable",
        Premise::Positive => "a coordinate of the point is not positive",
        Premise::Predicate => "what is stated is not what was computed",
        Premise::Premise => "there is no premise {}",
        Premise::Radius => "twice the distance from the centre is not below the half-width",
        Premise::Ragged => "row {} of the matrix is of another length",
        Premise::Ray => "there are no two different rays {} and {} of the cone",
        Premise::Reduced => "a definition, derivative or substitution was not carried out",
        Premise::Regular => "the congruence is singular",
        Premise::Response => "the response of row {} at the point is not the stated one",
        Premise::Rows => "the training set has {} rows: none, or more than the limit",
        Premise::Scale => "the scale of column {} is not positive",
        Premise::Scales => "the coordinates are not the columns in their order, with one scale",
        Premise::Shares => "the shares of rays {} and {} are not positive",
        Premise::Side => "row {} has the wrong sign along the direction",
        Premise::SignChanges => "the coefficients between two points have {} sign changes",
        Premise::Slope => {
            "twice the norm of the gradient at the centre is not below the modulus times the half-width"
        }
        Premise::Strict => "no summand is positive",
        Premise::StrictRow => "no row is positive along the direction",
        Premise::Symmetric => "the matrix is not symmetric in row {}, column {}",
        Premise::Target => "the target of row {} is out of range",
        Premise::Weight => "the weight of row {} is not positive",
        Premise::Weights => "the training set has {} inputs: none, or more than the limit",
        Premise::Width => "row {} is not as wide as the training set",
        Premise::ZeroPolynomial => "the roots are of the polynomial 0",
    }
}

/// What is said of a name, put for the gap.
fn about(fault: NameFault) -> &'static str {
    match fault {
        NameFault::Undefined => "`{}` is not defined before its use",
        NameFault::OtherKind => "`{}` is a function instead of a predicate, or the other way round",
        NameFault::Arguments => "`{}` is used with another number of arguments",
        NameFault::DefinedTwice => "`{}` is defined twice",
        NameFault::Reserved => "`{}` is a word of the language and cannot be defined",
        NameFault::Unbound => "the variable `{}` is not in scope",
        NameFault::BoundTwice => "the variable `{}` is bound twice",
        NameFault::Captured => "the variable `{}` of a term is captured by a quantifier",
        NameFault::Fresh => "the variable `{}` is already in use",
        NameFault::Law => "there is no law `{}`",
        NameFault::Unbounded => "the variable `{}` has no lower or no upper bound",
    }
}

/// Says that the premise with this name fails in these places.
fn fault(f: &mut Formatter<'_>, premise: Premise, places: &[usize]) -> fmt::Result {
    let mut places = places.iter();
    for (index, part) in said(premise).split("{}").enumerate() {
        if index > 0 {
            places.next().map_or(Ok(()), |place| write!(f, "{place}"))?;
        }
        f.write_str(part)?;
    }
    places
        .enumerate()
        .try_for_each(|(index, place)| write!(f, "{}{place}", if index == 0 { ": " } else { ", " }))
}

impl Display for Rejection {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(f, "{error}"),
            Self::TooLarge => f.write_str("this is beyond the kernel's limits"),
            Self::Version(found) => write!(
                f,
                "the certificate is of version {found}, and only version {} is known",
                limits::VERSION
            ),
            Self::Name(fault, name) => f.write_str(&about(*fault).replace("{}", name)),
            Self::Divisor(DivisorFault::MayVanish, _) => {
                f.write_str("nothing says that some divisor is not zero")
            }
            Self::Divisor(DivisorFault::Sign, _) => {
                f.write_str("nothing says what sign some divisor has")
            }
            Self::Combination(both) => match readable(&both.0, &both.1) {
                Some(rest) => write!(f, "the combination is not the goal; left over: {rest}"),
                None => f.write_str("the combination is not the goal; much is left over"),
            },
            Self::Premise(premise, places) => fault(f, *premise, places),
            Self::Compared(premise, both) => {
                fault(f, *premise, &[])?;
                write!(f, ": found {}, claimed {}", both[0], both[1])
            }
        }
    }
}

impl Display for Rejected {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(step) = self.step {
            write!(f, "step {step}: ")?;
        }
        write!(f, "{}", self.reason)
    }
}

impl std::error::Error for Rejection {}

impl std::error::Error for Rejected {}
