//! Terms and formulas about real numbers, and statements made of them. Part of the trusted kernel.
//!
//! Meaning. Every term denotes a real number once its variables do. A quotient by zero, `log` of a number that is not
//! positive and `sqrt` of a negative number have some value about which nothing is known: no rule uses it. A
//! `Derivative` is the formal derivative, which is the derivative wherever no denominator vanishes and every argument
//! of `log` and `sqrt` is positive.

use super::{Items, Rational, Read, ReadError, Sexp, Show, Sink};
use super::{each, form, forms, limits, nothing, record, silent, surface, words};
use std::sync::Arc;

/// The name of a variable or of a definition.
pub type Name = Arc<str>;

words! {
    /// The functions that a term may apply.
    Function {
        /// e to the power of the one argument.
        "exp" Exp,
        /// Natural logarithm.
        "log" Log,
        /// Hyperbolic tangent.
        "tanh" Tanh,
        /// The nonnegative square root.
        "sqrt" Sqrt,
        /// Absolute value.
        "abs" Abs,
        /// The smaller of two arguments.
        "min" Min,
        /// The larger of two arguments.
        "max" Max,
        /// Sine.
        "sin" Sin,
        /// Cosine.
        "cos" Cos,
        /// Inverse of the tangent, between −π/2 and π/2.
        "arctan" Arctan,
    }
}

impl Function {
    /// How many arguments it takes.
    pub fn arity(self) -> usize {
        if matches!(self, Self::Min | Self::Max) {
            2
        } else {
            1
        }
    }
}

forms! {
    /// A real-valued term.
    #[derive(PartialOrd, Ord)]
    Term {
        /// The sum of all items, 0 for none.
        "+" Sum(; items: Term),
        /// The product of all items, 1 for none.
        "*" Product(; items: Term),
        /// Dividend and divisor.
        "/" Quotient(dividend: Box<Term>, divisor: Box<Term>),
        /// A power with a fixed exponent.
        "^" Power(base: Box<Term>, exponent: u32),
        /// The formal derivative by a variable.
        "d" Derivative(body: Box<Term>, variable: Name),
        /// A term with other terms put for some of its variables, all at once.
        "at" At(body: Box<Term>; by: (Name, Term)),
        /// A defined function of its arguments.
        "call" Call(name: Name; arguments: Term),
    } or Term::read_other, Term::show_other {
        /// A rational number.
        Number(Rational),
        /// A variable.
        Variable(Name),
        /// A function of its arguments.
        Apply(Function, Vec<Term>)
    }
}

impl Term {
    fn read_other(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        if let Sexp::Word(word, _) = sexp {
            let numeric = word.starts_with(|c: char| c == '-' || c.is_ascii_digit());
            return if numeric {
                Rational::read(sexp).map(Self::Number)
            } else {
                Name::read(sexp).map(Self::Variable)
            };
        }
        let (word, mut items) = Items::form(sexp)?;
        let function = Function::named(word).ok_or_else(|| sexp.unknown())?;
        Ok(Self::Apply(function, items.all()?))
    }

    fn show_other(&self, sink: &mut dyn Sink) {
        match self {
            Self::Number(value) => value.show(sink),
            Self::Variable(name) => name.show(sink),
            Self::Apply(function, items) => form(sink, function.word(), |sink| each(items, sink)),
            _ => {}
        }
    }
}

words! {
    /// How two terms compare.
    Relation {
        /// Less than.
        "<" Less,
        /// Less than or equal.
        "<=" AtMost,
        /// Equal.
        "=" Equal,
        /// Different.
        "!=" Differs,
    }
}

forms! {
    /// A property that a rule of its own decides.
    Predicate {
        /// The polynomial has exactly `count` distinct real roots between the ends, both excluded; an absent end is infinite.
        "roots" Roots {
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
        "inertia" Inertia {
            /// The rows.
            matrix: Vec<Vec<Rational>>,
            /// Numbers of positive, negative and zero eigenvalues.
            counts: [usize; 3],
        },
        /// The rational matrix has this rank.
        "rank" Rank {
            /// The rows.
            matrix: Vec<Vec<Rational>>,
            /// Its rank.
            rank: usize,
        },
        /// A statement about the error surface of a training set.
        "surface" Surface(statement: surface::Statement),
    } or nothing, silent {}
}

/// A predicate, and how many steps it takes to read it, which bound those of a comparison.
#[derive(Clone, Debug)]
pub struct Property {
    /// The predicate.
    pub predicate: Predicate,
    pub(super) size: usize,
}

impl PartialEq for Property {
    fn eq(&self, other: &Self) -> bool {
        self.predicate == other.predicate
    }
}

impl Eq for Property {}

impl From<Predicate> for Arc<Property> {
    fn from(predicate: Predicate) -> Self {
        let size = limits::PREDICATE;
        Self::new(Property { predicate, size })
    }
}

forms! {
    /// A formula over the real numbers.
    #[must_use]
    Formula {
        /// All of them; true when there is none.
        "and" And(; items: Formula),
        /// At least one of them; false when there is none.
        "or" Or(; items: Formula),
        /// If the first then the second.
        "implies" Implies(premise: Box<Formula>, conclusion: Box<Formula>),
        /// For all real values of the variables.
        "forall" Forall(names: Vec<Name>, body: Box<Formula>),
        /// For some real values of the variables.
        "exists" Exists(names: Vec<Name>, body: Box<Formula>),
        /// A defined predicate of its arguments.
        "call" Call(name: Name; arguments: Term),
    } or Formula::read_other, Formula::show_other {
        /// A comparison, such as `(< a b)`.
        Compare(Term, Relation, Term),
        /// A predicate `(holds p)` (`true`), or does not, `(fails p)` (`false`).
        Holds(Arc<Property>, bool)
    }
}

impl Formula {
    fn read_other(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        let (word, mut items) = Items::form(sexp)?;
        let formula = match Relation::named(word) {
            Some(relation) => Self::Compare(items.next()?, relation, items.next()?),
            None if ["holds", "fails"].contains(&word) => {
                let (predicate, size) = limits::measured(|| items.next());
                let (predicate, size) = (predicate?, size.unwrap_or(limits::PREDICATE));
                Self::Holds(Arc::new(Property { predicate, size }), word == "holds")
            }
            None => return Err(sexp.unknown()),
        };
        items.end(formula)
    }

    fn show_other(&self, sink: &mut dyn Sink) {
        match self {
            Self::Compare(left, relation, right) => form(sink, relation.word(), |sink| {
                left.show(sink);
                right.show(sink);
            }),
            Self::Holds(predicate, positive) => {
                let word = if *positive { "holds" } else { "fails" };
                form(sink, word, |sink| predicate.predicate.show(sink));
            }
            _ => {}
        }
    }
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

/// `(function f (x …) term)`, `(predicate p (x …) formula)` or `(error E (x …) data)`.
impl Read for Definition {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        let (word, mut items) = Items::form(sexp)?;
        let (name, parameters) = (items.next()?, items.next()?);
        let body = match word {
            "function" => Body::Term(items.next()?),
            "predicate" => Body::Formula(items.next()?),
            "error" => Body::Error(items.next()?),
            _ => return Err(sexp.unknown()),
        };
        items.end(Self {
            name,
            parameters,
            body,
        })
    }
}

impl Show for Definition {
    fn show(&self, sink: &mut dyn Sink) {
        let (word, body): (_, &dyn Show) = match &self.body {
            Body::Term(term) => ("function", term),
            Body::Formula(formula) => ("predicate", formula),
            Body::Error(data) => ("error", data),
        };
        form(sink, word, |sink| {
            self.name.show(sink);
            self.parameters.show(sink);
            body.show(sink);
        });
    }
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

record!(Statement, "statement", [definitions, formula]);

impl Statement {
    /// The statement that this one is false.
    pub fn negation(&self) -> Self {
        Self {
            definitions: self.definitions.clone(),
            formula: self.formula.negation(),
        }
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
            Self::Implies(premise, conclusion) => {
                Self::And(vec![(**premise).clone(), conclusion.negation()])
            }
            Self::Forall(names, body) => Self::Exists(names.clone(), Box::new(body.negation())),
            Self::Exists(names, body) => Self::Forall(names.clone(), Box::new(body.negation())),
            Self::Holds(predicate, positive) => Self::Holds(predicate.clone(), !positive),
            Self::Call(..) => Self::Implies(Box::new(self.clone()), Box::new(Self::FALSE)),
        }
    }
}
