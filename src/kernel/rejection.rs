//! Every reason for which the kernel rejects evidence. Part of the trusted kernel.

use super::limits::TooLarge;
use super::sexp::ReadError;
use super::surface;
use super::term::{Function, Name, Term};

/// Why evidence does not prove its statement.
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
    /// Another number of proofs, names or terms.
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
    /// The rule about training sets rejects.
    Surface(surface::Rejection),
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

impl From<surface::Rejection> for Rejection {
    fn from(rejection: surface::Rejection) -> Self {
        Self::Surface(rejection)
    }
}
