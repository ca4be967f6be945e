//! Evidence: the tree of rule applications that a certificate holds. Part of the trusted kernel.

use super::{Formula, Name, Rational, Term, Theorem, forms, nothing, record, silent, surface};

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

record!(Summand, "", [coefficient, hypotheses, squares]);

/// A term times a hypothesis that is an equation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Multiple {
    /// The term.
    pub cofactor: Term,
    /// Index of the equation.
    pub hypothesis: usize,
}

record!(Multiple, "", [cofactor, hypothesis]);

/// A comparison as a combination of hypotheses; see [`super::cone`].
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Cone {
    /// Indices of hypotheses that are positive; their product multiplies the goal.
    pub multiplier: Vec<usize>,
    /// Nonnegative summands.
    pub summands: Vec<Summand>,
    /// Vanishing summands.
    pub multiples: Vec<Multiple>,
}

record!(Cone, "cone", [multiplier, summands, multiples]);

forms! {
    /// Evidence for a goal in a context of hypotheses, numbered from 0 in the order in which they came.
    Proof {
        /// Fix fresh variables for a universal goal.
        "fix" Fix(names: Vec<Name>, next: Box<Proof>),
        /// Assume the premise of an implication.
        "assume" Assume(next: Box<Proof>),
        /// One proof for each conjunct.
        "each" Each(; proofs: Proof),
        /// Prove the disjunct with this index.
        "choose" Choose(index: usize, next: Box<Proof>),
        /// Terms for an existential goal.
        "witness" Witness(terms: Vec<Term>, next: Box<Proof>),
        /// Prove a formula, then use it.
        "cut" Cut(lemma: Formula, first: Box<Proof>, next: Box<Proof>),
        /// One proof where the comparison holds, one where its negation does.
        "split" Split(comparison: Formula, first: Box<Proof>, second: Box<Proof>),
        /// Give up the goal for a contradiction.
        "absurd" Absurd(next: Box<Proof>),
        /// The goal is the hypothesis with this index.
        "hypothesis" Hypothesis(index: usize),
        /// Use a universal hypothesis at terms.
        "instance" Instance(index: usize, terms: Vec<Term>, next: Box<Proof>),
        /// Use an implication: a proof of its premise, then with its conclusion.
        "apply" Apply(index: usize, first: Box<Proof>, next: Box<Proof>),
        /// Use a disjunction: one proof for each disjunct.
        "cases" Cases(index: usize, proofs: Vec<Proof>),
        /// Use an existential hypothesis with fresh variables.
        "obtain" Obtain(index: usize, names: Vec<Name>, next: Box<Proof>),
        /// Use an instance of the law with this name; see [`super::facts`].
        "law" Law(law: Name, terms: Vec<Term>, next: Box<Proof>),
        /// Use a theorem about a term as a function of a variable, between two terms; see [`super::calculus`].
        "calculus" Calculus(theorem: Theorem, function: Term, variable: Name, ends: (Term, Term), next: Box<Proof>),
        /// Use the premise with this index.
        "premise" Premise(index: usize, next: Box<Proof>),
        /// A comparison by a combination of hypotheses.
        "cone" Cone[cone: Cone],
        /// A comparison by interval arithmetic on the grid of 2^−bits.
        "interval" Interval(bits: u32),
        /// A root count by points between which Descartes' rule decides.
        "roots" Roots(points: Vec<Rational>),
        /// A rank by elimination.
        "rank" Rank,
        /// An inertia by a matrix T with T M Tᵀ diagonal.
        "inertia" Inertia(congruence: Vec<Vec<Rational>>),
        /// A statement about a training set.
        "surface" Surface(evidence: surface::Evidence),
    } or nothing, silent {}
}
