//! Terms and formulas about real numbers, and statements made of them. Part of the trusted kernel.
//!
//! Meaning. Every term denotes a real number once its variables do. A quotient by zero, `log` of a number that is not
//! positive and `sqrt` of a negative number have some value about which nothing is known: no rule uses it. A
//! `Derivative` is the formal derivative, which is the derivative wherever no denominator vanishes and every argument
//! of `log` and `sqrt` is positive.

use super::{Rational, surface};
use std::sync::Arc;

/// The name of a variable or of a definition.
pub type Name = Arc<str>;

/// The functions that a term may apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Function {
    /// e to the power of the one argument.
    Exp,
    /// Natural logarithm.
    Log,
    /// Hyperbolic tangent.
    Tanh,
    /// The nonnegative square root.
    Sqrt,
    /// Absolute value.
    Abs,
    /// The smaller of two arguments.
    Min,
    /// The larger of two arguments.
    Max,
}

impl Function {
    /// Every function, in the order of declaration.
    pub const ALL: [Self; 7] = [Self::Exp, Self::Log, Self::Tanh, Self::Sqrt, Self::Abs, Self::Min, Self::Max];

    /// The word for it in every text.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exp => "exp",
            Self::Log => "log",
            Self::Tanh => "tanh",
            Self::Sqrt => "sqrt",
            Self::Abs => "abs",
            Self::Min => "min",
            Self::Max => "max",
        }
    }

    /// How many arguments it takes.
    pub fn arity(self) -> usize {
        if matches!(self, Self::Min | Self::Max) { 2 } else { 1 }
    }
}

/// A real-valued term.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// A rational number.
    Number(Rational),
    /// A variable.
    Variable(Name),
    /// The sum of all items, 0 for none.
    Sum(Vec<Term>),
    /// The product of all items, 1 for none.
    Product(Vec<Term>),
    /// Dividend and divisor.
    Quotient(Box<Term>, Box<Term>),
    /// A power with a fixed exponent.
    Power(Box<Term>, u32),
    /// A function of its arguments.
    Apply(Function, Vec<Term>),
    /// The formal derivative by a variable.
    Derivative(Box<Term>, Name),
    /// A term with other terms put for some of its variables, all at once.
    At(Box<Term>, Vec<(Name, Term)>),
    /// A defined function of its arguments.
    Call(Name, Vec<Term>),
}

/// How two terms compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Less than.
    Less,
    /// Less than or equal.
    AtMost,
    /// Equal.
    Equal,
    /// Different.
    Differs,
}

impl Relation {
    /// Every relation, in the order of declaration.
    pub const ALL: [Self; 4] = [Self::Less, Self::AtMost, Self::Equal, Self::Differs];

    /// The word for it in every text.
    pub fn word(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::Differs => "!=",
        }
    }
}

/// A property that a rule of its own decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Predicate {
    /// The polynomial has exactly `count` distinct real roots between the ends, both excluded; an absent end is infinite.
    Roots {
        /// A polynomial in `variable` with rational coefficients.
        polynomial: Box<Term>,
        /// Its variable.
        variable: Name,
        /// The lower end.
        from: Option<Rational>,
        /// The upper end.
        to: Option<Rational>,
        /// The number of roots.
        count: usize,
    },
    /// The symmetric rational matrix has so many positive, negative and zero eigenvalues, with multiplicity.
    Inertia {
        /// The rows.
        matrix: Vec<Vec<Rational>>,
        /// Numbers of positive, negative and zero eigenvalues.
        counts: [usize; 3],
    },
    /// The rational matrix has this rank.
    Rank {
        /// The rows.
        matrix: Vec<Vec<Rational>>,
        /// Its rank.
        rank: usize,
    },
    /// A statement about the error surface of a training set.
    Surface(surface::Statement),
}

/// A formula over the real numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Formula {
    /// A comparison.
    Compare(Term, Relation, Term),
    /// All of them; true when there is none.
    And(Vec<Formula>),
    /// At least one of them; false when there is none.
    Or(Vec<Formula>),
    /// If the first then the second.
    Implies(Box<Formula>, Box<Formula>),
    /// For all real values of the variables.
    Forall(Vec<Name>, Box<Formula>),
    /// For some real values of the variables.
    Exists(Vec<Name>, Box<Formula>),
    /// A predicate holds (`true`) or does not (`false`).
    Holds(Arc<Predicate>, bool),
    /// A defined predicate of its arguments.
    Call(Name, Vec<Term>),
}

/// What a definition stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A function.
    Term(Term),
    /// A predicate.
    Formula(Formula),
    /// The error function of a training set; its parameters are the weights.
    Error(surface::TrainingSet),
}

/// A named function or predicate of real parameters. The body has no other free variable and calls earlier definitions only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The name.
    pub name: Name,
    /// The parameters.
    pub parameters: Vec<Name>,
    /// What it stands for.
    pub body: Body,
}

/// A closed formula with the definitions that it uses.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Statement {
    /// Definitions, each before its first use.
    pub definitions: Vec<Definition>,
    /// What is stated.
    pub formula: Formula,
}

impl Statement {
    /// The statement that this one is false.
    pub fn negation(&self) -> Self {
        Self { definitions: self.definitions.clone(), formula: self.formula.negation() }
    }
}

impl Formula {
    /// The formula that is never true.
    pub const FALSE: Self = Self::Or(Vec::new());

    /// The formula that is true exactly where this one is false, with negation pushed to the comparisons. A defined
    /// predicate becomes an implication of falsehood.
    pub fn negation(&self) -> Self {
        match self {
            Self::Compare(left, relation, right) => {
                let (left, right) = (left.clone(), right.clone());
                match relation {
                    Relation::Less => Self::Compare(right, Relation::AtMost, left),
                    Relation::AtMost => Self::Compare(right, Relation::Less, left),
                    Relation::Equal => Self::Compare(left, Relation::Differs, right),
                    Relation::Differs => Self::Compare(left, Relation::Equal, right),
                }
            }
            Self::And(all) => Self::Or(all.iter().map(Self::negation).collect()),
            Self::Or(any) => Self::And(any.iter().map(Self::negation).collect()),
            Self::Implies(premise, conclusion) => Self::And(vec![(**premise).clone(), conclusion.negation()]),
            Self::Forall(names, body) => Self::Exists(names.clone(), Box::new(body.negation())),
            Self::Exists(names, body) => Self::Forall(names.clone(), Box::new(body.negation())),
            Self::Holds(predicate, positive) => Self::Holds(predicate.clone(), !positive),
            Self::Call(..) => Self::Implies(Box::new(self.clone()), Box::new(Self::FALSE)),
        }
    }
}
