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
            ReadFault::Number(NumberFault::NotCanonical) => f.write_str("the number is not in its canonical form"),
            ReadFault::Number(NumberFault::TooLong) => f.write_str("the number is too long"),
            ReadFault::Expected(what) => write!(f, "expected {what}"),
            ReadFault::Unknown(word) => write!(f, "`{word}` is not known here, or has another number of parts"),
        }
    }
}

/// What each premise of the kernel demands. Its places are named in their order.
const PREMISES: &[(&str, &str)] = &[
    ("apart", "two of the minima have disjoint boxes"),
    ("arity", "a function has its number of arguments"),
    ("balanced", "the multiples of the rows add up to zero"),
    ("box", "the box is narrow enough for the enclosure of the row"),
    ("cell", "the leaf of a cell shows what it claims, and E is not below the bound near infinity"),
    ("coefficient", "the coefficient of the summand is not negative"),
    ("columns", "kept and dropped columns are every column once"),
    ("comparison", "what is split is a comparison"),
    ("count", "a list has the length that is expected (first), not the one that was found (second)"),
    ("critical", "the gradient at the centre is zero"),
    ("data", "the evidence is about the training set of the statement"),
    ("decided", "the enclosure of right minus left decides the comparison"),
    ("diagonal", "the congruence leaves no entry off the diagonal in the row and column"),
    ("differentiable", "what is differentiated has a formal derivative"),
    ("disjunct", "the goal has a part with the index"),
    ("dominant", "the remainder is diagonally dominant in the row"),
    ("enclosure", "every variable has bounds, no divisor may vanish, every argument is in range"),
    ("ends", "points ascend"),
    ("equal", "the minimum (from the second on) has the value of the first one"),
    ("equality", "an equation needs no summand"),
    ("equation", "the hypothesis is an equation"),
    ("exact", "the response of the row at the centre is known exactly"),
    ("exponent", "the powers of the row are within the limit"),
    ("factor", "the hypothesis says that something is positive or zero"),
    ("fan", "the rays and shares halve the cone, and here"),
    ("floor", "there is a bound near infinity"),
    ("fold", "in the row the dropped column is the stated combination of the kept ones"),
    ("form", "the hypothesis has the form that the rule uses"),
    ("goal", "the goal has the form that the rule proves"),
    ("grid", "the grid exponent is even and within the limit"),
    ("half-width", "the exponent of the half-width is within the limit"),
    ("hypothesis", "there is a hypothesis with the index"),
    ("independent", "the forms are linearly independent and of the right width"),
    ("inertia", "the inertia is the stated one"),
    ("inside", "the image of the box stays inside in the coordinate"),
    ("integer", "in the row the column's entry is an integer in the coordinates of the chart"),
    ("lower point", "the minimum has a lower point beside it"),
    ("modulus", "the modulus is positive"),
    ("multiplier", "the hypothesis says that something is positive"),
    ("nonzero", "no division is by the number 0"),
    ("one sign", "the row has one sign in the cone"),
    ("part", "the row is the next one of some part"),
    ("polynomial", "the roots are those of a polynomial in the variable, not 0"),
    ("positive", "the coordinates of the centre are positive"),
    ("predicate", "what is stated is what was computed"),
    ("premise", "there is a premise with the index"),
    ("ragged", "the row of the matrix has the length of the others"),
    ("reduced", "definitions, derivatives and substitutions are carried out"),
    ("regular", "the congruence is regular and of the right order"),
    ("response", "the response of the row at the point is the stated one"),
    ("rule", "the evidence is for the statement's rule"),
    ("scale", "the scale of the column is positive"),
    ("scales", "all coordinates have one scale, and no column is dropped"),
    ("side", "the row has the right sign along the direction, the multiplier is positive"),
    ("sign changes", "the coefficients between two points have at most one sign change"),
    ("strict", "some summand or row is positive"),
    ("symmetric", "the matrix is symmetric in the row and column"),
    ("the goal", "the hypothesis is the goal"),
    ("rows", "a training set has a row, and not more of them than the limit"),
    ("target", "the target of the row is in the range of the unit"),
    ("weight", "the weight of the row is positive"),
    ("weights", "a training set has an input, and not more of them than the limit"),
    ("width", "the row is as wide as the training set"),
    // About two numbers: what was found, and what is claimed or allowed.
    ("error above", "the error is at most the claimed bound"),
    ("error below", "the error is at least the claimed bound"),
    ("limit", "the limit is the claimed one"),
    ("lower", "the error at the other point is below that at the minimum"),
    ("near", "the minimum is as near to the centre as claimed"),
    ("slope", "twice the norm of the gradient at the centre is below the modulus times the half-width"),
    ("lower error", "the error at the other point is at most the claimed bound"),
];

/// What the premise with this name demands.
fn demand(premise: &str) -> &str {
    PREMISES.iter().find(|(name, _)| *name == premise).map_or(premise, |(_, demand)| demand)
}

impl Display for Rejection {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(f, "{error}"),
            Self::TooLarge => f.write_str("this is beyond the kernel's limits"),
            Self::Name("defined", name) => {
                write!(f, "`{name}` is not defined before its use, or is of the other kind")
            }
            Self::Name("arguments", name) => write!(f, "`{name}` is used with another number of arguments"),
            Self::Name("fresh", name) => write!(f, "the variable `{name}` is already in use"),
            Self::Name("law", name) => write!(f, "there is no law `{name}` about so many terms"),
            Self::Name(_, name) => write!(f, "the name `{name}` is captured, bound twice or not at all"),
            Self::Divisor("nonzero", _) => f.write_str("nothing says that some divisor is not zero"),
            Self::Divisor(..) => f.write_str("nothing says what sign some divisor has"),
            Self::Combination(both) => match readable(&both.0, &both.1) {
                Some(rest) => write!(f, "the combination is not the goal; left over: {rest}"),
                None => f.write_str("the combination is not the goal; much is left over"),
            },
            Self::Premise(premise, places) => {
                write!(f, "this premise fails: {}", demand(premise))?;
                places
                    .iter()
                    .enumerate()
                    .try_for_each(|(index, place)| write!(f, "{}{place}", if index == 0 { "; where: " } else { ", " }))
            }
            Self::Compared(premise, both) => {
                let [found, claimed] = &**both;
                write!(f, "this premise fails: {}; found {found}, claimed {claimed}", demand(premise))
            }
        }
    }
}
