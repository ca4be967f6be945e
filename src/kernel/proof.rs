//! Evidence: the tree of rule applications that a certificate holds. Part of the trusted kernel.

use super::number::Rational;
use super::only::Only;
use super::surface;
use super::term::{Formula, Name, Term};

/// An instance of a law about the functions of [`super::term::Function`]; see [`super::facts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Law {
    /// 0 < exp(t).
    ExpPositive,
    /// 1 + t ≤ exp(t).
    ExpTangent,
    /// s < t implies exp(s) < exp(t).
    ExpIncreasing,
    /// 0 < t implies exp(log(t)) = t.
    ExpLog,
    /// log(exp(t)) = t.
    LogExp,
    /// 0 ≤ t implies 0 ≤ sqrt(t) and sqrt(t)² = t.
    SqrtSquare,
    /// 0 ≤ t and |t| = t, or t ≤ 0 and |t| = −t.
    AbsCases,
    /// s ≤ t and min(s, t) = s, or t ≤ s and min(s, t) = t.
    MinCases,
    /// s ≤ t and max(s, t) = t, or t ≤ s and max(s, t) = s.
    MaxCases,
}

impl Law {
    /// Every law with its word and the number of terms that it is about.
    pub const ALL: [(Self, &'static str, usize); 9] = [
        (Self::ExpPositive, "exp-positive", 1),
        (Self::ExpTangent, "exp-tangent", 1),
        (Self::ExpIncreasing, "exp-increasing", 2),
        (Self::ExpLog, "exp-log", 1),
        (Self::LogExp, "log-exp", 1),
        (Self::SqrtSquare, "sqrt-square", 1),
        (Self::AbsCases, "abs-cases", 1),
        (Self::MinCases, "min-cases", 2),
        (Self::MaxCases, "max-cases", 2),
    ];
}

/// A nonnegative number times hypotheses times squares, a summand of [`Proof::Cone`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summand {
    /// The number.
    pub coefficient: Rational,
    /// Indices of hypotheses, repeated for powers.
    pub hypotheses: Vec<usize>,
    /// Terms that enter squared.
    pub squares: Vec<Term>,
}

/// A term times a hypothesis that is an equation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Multiple {
    /// The term.
    pub cofactor: Term,
    /// Index of the equation.
    pub hypothesis: usize,
}

/// Evidence for a goal in a context of hypotheses, numbered from 0 in the order in which they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Fix fresh variables for a universal goal.
    Fix(Vec<Name>, Box<Proof>),
    /// Assume the premise of an implication.
    Assume(Box<Proof>),
    /// One proof for each conjunct.
    Each(Vec<Proof>),
    /// Prove the disjunct with this index.
    Choose(usize, Box<Proof>),
    /// Terms for an existential goal.
    Witness(Vec<Term>, Box<Proof>),
    /// Prove a formula, then use it.
    Cut(Formula, Box<Proof>, Box<Proof>),
    /// One proof where the comparison holds, one where its negation does.
    Split(Formula, Box<Proof>, Box<Proof>),
    /// Give up the goal for a contradiction.
    Absurd(Box<Proof>),
    /// The goal is the hypothesis with this index.
    Hypothesis(usize),
    /// Use a universal hypothesis at terms.
    Instance(usize, Vec<Term>, Box<Proof>),
    /// Use an implication: a proof of its premise, then with its conclusion.
    Apply(usize, Box<Proof>, Box<Proof>),
    /// Use a disjunction: one proof for each disjunct.
    Cases(usize, Vec<Proof>),
    /// Use an existential hypothesis with fresh variables.
    Obtain(usize, Vec<Name>, Box<Proof>),
    /// Use an instance of a law.
    Law(Law, Vec<Term>, Box<Proof>),
    /// Use the premise with this index.
    Premise(usize, Box<Proof>),
    /// A comparison by a combination of hypotheses.
    Cone {
        /// Indices of hypotheses that are positive; their product multiplies the goal.
        multiplier: Vec<usize>,
        /// Nonnegative summands.
        summands: Vec<Summand>,
        /// Vanishing summands.
        multiples: Vec<Multiple>,
    },
    /// A comparison by interval arithmetic on the grid of 2^−bits.
    Interval(u32),
    /// A root count by a Sturm sequence, or a rank by elimination.
    Compute,
    /// An inertia by a matrix T with T M Tᵀ diagonal.
    Inertia(Vec<Vec<Rational>>),
    /// A statement about a training set.
    Surface(surface::Evidence),
    /// No spurious minimum: the minimum, then proofs of the two formulas of [`super::only::formulas`].
    Only(Box<Only>, Box<Proof>, Box<Proof>),
}
