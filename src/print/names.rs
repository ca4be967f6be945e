//! Which names stand in backquotes, because a reader may take them for something else. Untrusted.
//!
//! The kernel knows no prose: a certificate may call its variables and definitions `true`, `and` or `exp`.

use crate::kernel::term::{Body, Formula, Function, Name, Predicate, Statement, Term};
use std::collections::BTreeSet;

/// Words of the printed language itself, between terms and formulas.
const WORDS: &[&str] = &[
    "all", "and", "error", "false", "for", "has", "iff", "implies", "in", "infinity", "not", "of",
    "one", "or", "some", "the", "true",
];

/// What the printed language writes before parentheses, besides the functions.
const CALLED: &[&str] = &["at", "d", "product", "sum"];

/// Words that mean something to a mathematician, as the name of a definition, which may define anything.
const FAMILIAR: &[&str] = &[
    "arccos",
    "arcsin",
    "arctan",
    "atan",
    "ceil",
    "cos",
    "cosh",
    "cot",
    "det",
    "e",
    "eight",
    "equal",
    "equals",
    "erf",
    "even",
    "exists",
    "five",
    "floor",
    "forall",
    "four",
    "gamma",
    "greater",
    "half",
    "i",
    "if",
    "inertia",
    "inf",
    "integer",
    "less",
    "lg",
    "lim",
    "ln",
    "logistic",
    "minus",
    "mod",
    "more",
    "nan",
    "negative",
    "nine",
    "nonnegative",
    "nonzero",
    "norm",
    "odd",
    "pi",
    "plus",
    "positive",
    "prime",
    "rank",
    "rational",
    "real",
    "roots",
    "round",
    "seven",
    "sgn",
    "sigmoid",
    "sign",
    "sin",
    "sinh",
    "six",
    "sup",
    "tan",
    "ten",
    "three",
    "times",
    "two",
    "unequal",
    "zero",
];

/// A name as it is written.
pub(super) struct Quoted<'a> {
    pub(super) name: &'a str,
    pub(super) marked: bool,
}

/// The variables of what is printed, and whether it speaks of an error surface, in words with symbols of their own.
#[derive(Default)]
pub(super) struct Names {
    variables: BTreeSet<Name>,
    surface: bool,
}

/// Whether a text is a name in certificates: a word of letters, digits and `_`.
fn is_word(name: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    name.starts_with(letter) && name.chars().all(|c| letter(c) || c.is_ascii_digit())
}

impl Names {
    /// Those of a statement.
    pub(super) fn of(statement: &Statement) -> Self {
        let mut names = Self::default();
        for definition in &statement.definitions {
            names.variables.extend(definition.parameters.clone());
            match &definition.body {
                Body::Term(term) => names.term(term),
                Body::Formula(formula) => names.formula(formula),
                Body::Error(_) => {}
            }
        }
        names.formula(&statement.formula);
        names
    }

    /// A variable, marked where it is a word of the language.
    pub(super) fn variable<'a>(&self, name: &'a Name) -> Quoted<'a> {
        let marked = self.surface || WORDS.contains(&&**name) || !is_word(name);
        Quoted { name, marked }
    }

    /// A definition, marked where it is a word of the language, a familiar one, or a variable too.
    pub(super) fn definition<'a>(&self, name: &'a Name) -> Quoted<'a> {
        let known = |words: &[&str]| words.contains(&&**name);
        let marked = self.surface
            || [WORDS, CALLED, FAMILIAR].into_iter().any(known)
            || Function::named(name).is_some()
            || self.variables.contains(name)
            || !is_word(name);
        Quoted { name, marked }
    }

    /// Adds those of a term.
    pub(super) fn term(&mut self, term: &Term) {
        match term {
            Term::Number(_) => {}
            Term::Variable(name) => {
                self.variables.insert(name.clone());
            }
            Term::Sum(items)
            | Term::Product(items)
            | Term::Apply(_, items)
            | Term::Call(_, items) => items.iter().for_each(|item| self.term(item)),
            Term::Quotient(above, below) => {
                self.term(above);
                self.term(below);
            }
            Term::Power(base, _) => self.term(base),
            Term::Derivative(body, name) => {
                self.variables.insert(name.clone());
                self.term(body);
            }
            Term::At(body, by) => {
                self.term(body);
                by.iter().for_each(|(name, put)| {
                    self.variables.insert(name.clone());
                    self.term(put);
                });
            }
        }
    }

    /// Adds those of a formula.
    pub(super) fn formula(&mut self, formula: &Formula) {
        match formula {
            Formula::Compare(left, _, right) => {
                self.term(left);
                self.term(right);
            }
            Formula::And(items) | Formula::Or(items) => {
                items.iter().for_each(|item| self.formula(item));
            }
            Formula::Implies(premise, conclusion) => {
                self.formula(premise);
                self.formula(conclusion);
            }
            Formula::Forall(bound, body) | Formula::Exists(bound, body) => {
                self.variables.extend(bound.iter().cloned());
                self.formula(body);
            }
            Formula::Call(_, items) => items.iter().for_each(|item| self.term(item)),
            Formula::Holds(predicate, _) => match &predicate.predicate {
                Predicate::Roots {
                    polynomial,
                    variable,
                    ..
                } => {
                    self.variables.insert(variable.clone());
                    self.term(polynomial);
                }
                Predicate::Surface(_) => self.surface = true,
                Predicate::Inertia { .. } | Predicate::Rank { .. } => {}
            },
        }
    }
}
