//! Why the kernel rejects, in words. It decides nothing: the kernel itself only names the premise that fails.

use super::normal::readable;
use crate::kernel::number::NumberFault;
use crate::kernel::rejection::Rejection;
use crate::kernel::sexp::{ReadError, ReadFault};
use std::fmt::{self, Display, Formatter};

impl Display for ReadError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}: ", self.at)?;
        match &self.fault {
            ReadFault::TooLong => f.write_str("the text is too long"),
            ReadFault::TooDeep => f.write_str("lists are nested too deep"),
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
const FAULTS: &[(&str, &str)] = &[
    (
        "apart",
        "the boxes of minima {} and {} are not shown to be disjoint",
    ),
    ("arity", "a function has another number of arguments"),
    (
        "balanced",
        "the multiples of the rows do not add up to zero",
    ),
    ("box", "the box is too wide for the enclosure of row {}"),
    (
        "cell",
        "a leaf does not show what it claims, or E is too low near infinity; its cell, in units of 2^-62",
    ),
    ("coefficient", "summand {} has a negative coefficient"),
    (
        "columns",
        "kept and dropped columns are not every column once",
    ),
    ("comparison", "what is split is no comparison"),
    ("count", "expected {} items, found {}"),
    ("critical", "the gradient at the centre is not zero"),
    ("data", "the evidence is about another training set"),
    ("decided", "the enclosure does not decide the comparison"),
    (
        "diagonal",
        "the congruence leaves an entry in row {}, column {}, off the diagonal",
    ),
    (
        "differentiable",
        "a function under a derivative has no formal derivative",
    ),
    ("disjunct", "the goal has no part {}"),
    (
        "dominant",
        "the remainder is not diagonally dominant in row {}",
    ),
    (
        "enclosure",
        "no enclosure: a variable without bounds, a divisor that may vanish, or an argument out of range",
    ),
    (
        "ends",
        "the points between which roots are counted do not ascend",
    ),
    (
        "equal",
        "minimum {} is not shown to have the value of the first one",
    ),
    ("equality", "an equation is no sum of summands"),
    ("equation", "hypothesis {} is no equation"),
    (
        "exact",
        "the response of row {} at the centre is enclosed, but not known exactly",
    ),
    ("exponent", "the powers of row {} are beyond the limit"),
    (
        "factor",
        "hypothesis {} does not say that something is positive or zero",
    ),
    (
        "fan",
        "rays {} and {} with these shares do not halve the cone, or not here",
    ),
    (
        "floor",
        "there is no bound near infinity, or it is below the least minimum",
    ),
    (
        "fold",
        "in row {}, dropped column {} is not the stated combination of the kept ones",
    ),
    ("form", "the rule cannot use hypothesis {}"),
    ("goal", "the rule is not about such a goal"),
    (
        "grid",
        "the grid exponent {} is odd, too small or too large",
    ),
    (
        "half-width",
        "the exponent {} of the half-width is too large",
    ),
    ("hypothesis", "there is no hypothesis {}"),
    (
        "independent",
        "the forms are not linearly independent, or of another width",
    ),
    (
        "inertia",
        "the inertia is {} positive, {} negative, {} zero",
    ),
    ("inside", "the image of the box leaves it in coordinate {}"),
    (
        "integer",
        "in row {}, the entry of column {} is no integer in the coordinates of the chart",
    ),
    ("lower point", "the minimum has no lower point beside it"),
    ("modulus", "the modulus is not positive"),
    (
        "multiplier",
        "hypothesis {} does not say that something is positive",
    ),
    ("nonzero", "a division by the number 0"),
    ("one sign", "row {} has both signs in the cone"),
    ("part", "row {} is not the next one of any part"),
    (
        "polynomial",
        "the roots are of no polynomial in the variable, or of 0",
    ),
    ("positive", "a coordinate of the point is not positive"),
    ("predicate", "what is stated is not what was computed"),
    ("premise", "there is no premise {}"),
    (
        "ragged",
        "row {} of the matrix is empty or of another length",
    ),
    (
        "reduced",
        "a definition, derivative or substitution was not carried out",
    ),
    ("regular", "the congruence is singular or of another order"),
    (
        "response",
        "the response of row {} at the point is not the stated one",
    ),
    (
        "rows",
        "the training set has {} rows: none, or more than the limit",
    ),
    ("rule", "the evidence is for another rule"),
    ("scale", "the scale of column {} is not positive"),
    (
        "scales",
        "the coordinates do not all have one scale, or some column is dropped",
    ),
    (
        "side",
        "row {} has the wrong sign along the direction, or its multiplier is not positive",
    ),
    (
        "sign changes",
        "the coefficients between two points have {} sign changes",
    ),
    ("strict", "no summand or row is positive"),
    (
        "symmetric",
        "the matrix is not symmetric in row {}, column {}",
    ),
    ("target", "the target of row {} is out of range"),
    ("the goal", "the goal is not hypothesis {}"),
    ("weight", "the weight of row {} is not positive"),
    (
        "weights",
        "the training set has {} inputs: none, or more than the limit",
    ),
    ("width", "row {} is not as wide as the training set"),
    // About two numbers.
    ("error above", "the error is above the claimed bound"),
    ("error below", "the error is below the claimed bound"),
    ("limit", "the limit is another number"),
    (
        "lower",
        "the error at the other point is not below that at the minimum",
    ),
    (
        "lower error",
        "the error at the other point is above the claimed bound",
    ),
    (
        "near",
        "the minimum is not known to be as near to the centre as claimed",
    ),
    (
        "slope",
        "twice the norm of the gradient at the centre is not below the modulus times the half-width",
    ),
];

/// Says that the premise with this name fails in these places.
fn fault(f: &mut Formatter<'_>, premise: &str, places: &[usize]) -> fmt::Result {
    let said = FAULTS
        .iter()
        .find(|(name, _)| *name == premise)
        .map_or(premise, |(_, said)| said);
    let mut places = places.iter();
    for (index, part) in said.split("{}").enumerate() {
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
            Self::Name("defined", name) => {
                write!(
                    f,
                    "`{name}` is not defined before its use, or is of the other kind"
                )
            }
            Self::Name("arguments", name) => {
                write!(f, "`{name}` is used with another number of arguments")
            }
            Self::Name("fresh", name) => write!(f, "the variable `{name}` is already in use"),
            Self::Name("law", name) => write!(f, "there is no law `{name}` about so many terms"),
            Self::Name(_, name) => write!(
                f,
                "the name `{name}` is captured, bound twice or not at all"
            ),
            Self::Divisor("nonzero", _) => {
                f.write_str("nothing says that some divisor is not zero")
            }
            Self::Divisor(..) => f.write_str("nothing says what sign some divisor has"),
            Self::Combination(both) => match readable(&both.0, &both.1) {
                Some(rest) => write!(f, "the combination is not the goal; left over: {rest}"),
                None => f.write_str("the combination is not the goal; much is left over"),
            },
            Self::Premise(premise, places) => fault(f, premise, places),
            Self::Compared(premise, both) => {
                fault(f, premise, &[])?;
                write!(f, ": found {}, claimed {}", both[0], both[1])
            }
        }
    }
}
