//! Why the kernel rejects, in words. It decides nothing: the kernel itself knows only the values.

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
            ReadFault::Length { expected, found } => write!(f, "expected {expected} items, found {found}"),
            ReadFault::Unknown(word) => write!(f, "`{word}` is not known here, or has another number of parts"),
        }
    }
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the premises of the rules about training sets have no words yet")]
impl Display for Rejection {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(f, "{error}"),
            Self::TooLarge => f.write_str("this is beyond the kernel's limits"),
            Self::Undefined(name) => write!(f, "`{name}` is not defined before its use, or is of the other kind"),
            Self::Arguments(name) => write!(f, "`{name}` is used with another number of arguments"),
            Self::Scope(name) => write!(f, "the name `{name}` is captured, bound twice or not at all"),
            Self::NotDifferentiable(function) => write!(f, "`{}` has no formal derivative", function.word()),
            Self::Arity(function) => write!(f, "`{}` has {} arguments", function.word(), function.arity()),
            Self::DivisionByZero => f.write_str("a division by the number 0"),
            Self::NotReduced => f.write_str("a definition, derivative or substitution was not carried out"),
            Self::WrongGoal(rule) => write!(f, "the rule {rule} is not about such a goal"),
            Self::WrongHypothesis(rule, index) => write!(f, "the rule {rule} cannot use hypothesis {index}"),
            Self::NoHypothesis(index) => write!(f, "there is no hypothesis {index}"),
            Self::NoPremise(index) => write!(f, "there is no premise {index}"),
            Self::NoDisjunct(index) => write!(f, "the goal has no part {index}"),
            Self::Count { expected, found } => write!(f, "expected {expected} items, found {found}"),
            Self::NotFresh(name) => write!(f, "the variable `{name}` is already in use"),
            Self::NotTheHypothesis(index) => write!(f, "the goal is not hypothesis {index}"),
            Self::NoLaw(name, count) => write!(f, "there is no law `{name}` about {count} terms"),
            Self::DivisorMayVanish(divisor) => write!(f, "nothing says that the divisor {divisor} is not zero"),
            Self::DivisorSign(divisor) => write!(f, "nothing says what sign the divisor {divisor} has"),
            Self::MultiplierNotPositive(index) => {
                write!(f, "hypothesis {index} does not say that something is positive")
            }
            Self::FactorNotNonnegative(index) => {
                write!(f, "hypothesis {index} does not say that something is positive or zero")
            }
            Self::NegativeCoefficient(place) => write!(f, "summand {place} has a negative coefficient"),
            Self::NotAnEquation(index) => write!(f, "hypothesis {index} is no equation"),
            Self::NotTheCombination(rest) => write!(f, "the combination is not the goal; left over: {rest}"),
            Self::NotStrict => f.write_str("no summand is positive, but the goal is strict"),
            Self::Undecided => f.write_str("the enclosure does not decide the comparison"),
            Self::NoEnclosure => f.write_str(
                "no enclosure: a variable without bounds, a divisor that may vanish, or an argument out of range",
            ),
            Self::Disagrees => f.write_str("what is stated is not what was computed"),
            Self::Undecidable => f.write_str(
                "the roots cannot be counted: no polynomial, no interval, or more than one sign change between points",
            ),
            Self::Ragged(row) => write!(f, "row {row} of the matrix is empty or of another length"),
            Self::NotSymmetric(row, column) => write!(f, "the matrix is not symmetric in row {row}, column {column}"),
            Self::Singular => f.write_str("the congruence is singular or of another order"),
            Self::NotDiagonal(row, column) => {
                write!(f, "the congruence leaves an entry in row {row}, column {column}, off the diagonal")
            }
            premise => write!(f, "the evidence about the training set fails: {premise:?}"),
        }
    }
}
