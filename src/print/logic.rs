//! Terms, formulas and statements as a mathematician writes them. Untrusted.
//!
//! Every print reads back as one statement alone:
//!
//! - a sum, a product or a quotient inside another stands in parentheses, unless it comes first, as in `a*b/c*d`;
//! - a minus belongs to the whole product behind it: `a - b/c` is a and −1 times b/c, `(-b)/c` a quotient;
//! - `sum(…)`, `product(…)`, `all of (…)` and `one of (…)` are those of no item or one;
//! - names in backquotes are names, whatever else the word means.

use super::names::{Names, Quoted};
use crate::certificate;
use crate::kernel::number::Rational;
use crate::kernel::term::{Body, Definition, Formula, Name, Predicate, Relation, Statement, Term};
use num_traits::{One, Signed};
use std::fmt::{self, Display, Formatter};

/// Where a term stands, from loosest to tightest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Between commas, parentheses or signs of comparison.
    Open,
    /// In a sum.
    Addend,
    /// Above a bar.
    Dividend,
    /// In front of a product.
    First,
    /// Further on in a product, or below a bar.
    Factor,
    /// Under an exponent.
    Base,
}

/// Something as it is written where these names occur.
struct In<'a, T: ?Sized>(&'a T, &'a Names);

/// A term in its place.
struct At<'a>(&'a Term, Place, &'a Names);

/// A formula inside another.
struct Inner<'a>(&'a Formula, &'a Names);

/// Writes items with a separator between.
fn joined<T>(
    f: &mut Formatter<'_>,
    items: &[T],
    by: &str,
    mut write: impl FnMut(&mut Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    items.iter().enumerate().try_for_each(|(index, item)| {
        f.write_str(if index == 0 { "" } else { by })?;
        write(f, item)
    })
}

fn terms(f: &mut Formatter<'_>, items: &[Term], names: &Names) -> fmt::Result {
    joined(f, items, ", ", |f, item| write!(f, "{}", In(item, names)))
}

fn variables(f: &mut Formatter<'_>, items: &[Name], names: &Names) -> fmt::Result {
    joined(f, items, ", ", |f, item| {
        write!(f, "{}", names.variable(item))
    })
}

/// Whether it is written with a minus sign in front: what is left of the number, and the factors behind it.
fn signed(term: &Term) -> Option<(Rational, &[Term])> {
    let (number, rest) = match term {
        Term::Number(value) => (value, [].as_slice()),
        Term::Product(items) => match items.as_slice() {
            [Term::Number(value), rest @ ..] if !rest.is_empty() => (value, rest),
            _ => return None,
        },
        _ => return None,
    };
    number.is_negative().then(|| (-number, rest))
}

/// What follows a minus sign; a quotient in front is in parentheses where the minus has nothing before it.
fn opposite(
    f: &mut Formatter<'_>,
    (number, rest): (Rational, &[Term]),
    place: Place,
    names: &Names,
) -> fmt::Result {
    let factors = |f: &mut Formatter<'_>, items: &[Term]| {
        items
            .iter()
            .try_for_each(|item| write!(f, "*{}", At(item, Place::Factor, names)))
    };
    match rest {
        [] => write!(f, "{number}"),
        [first, others @ ..] if number.is_one() && !matches!(first, Term::Number(_)) => {
            write!(f, "{}", At(first, place, names))?;
            factors(f, others)
        }
        _ => {
            write!(f, "{}", At(&Term::Number(number), place, names))?;
            factors(f, rest)
        }
    }
}

impl Display for At<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(term, place, names) = *self;
        let parentheses = match term {
            Term::Sum(items) => items.len() > 1 && place > Place::Open,
            Term::Product(items) => {
                items.len() > 1
                    && (place > Place::Dividend
                        || place == Place::Dividend && signed(term).is_some())
            }
            Term::Number(value) => {
                (value.is_negative() || !value.is_integer()) && place > Place::Addend
            }
            Term::Quotient(..) => place > Place::First,
            Term::Power(..) => place == Place::Base,
            Term::Variable(_)
            | Term::Apply(..)
            | Term::Derivative(..)
            | Term::At(..)
            | Term::Call(..) => false,
        };
        if parentheses {
            write!(f, "({})", In(term, names))
        } else {
            write!(f, "{}", In(term, names))
        }
    }
}

fn sum(f: &mut Formatter<'_>, items: &[Term], names: &Names) -> fmt::Result {
    items
        .iter()
        .enumerate()
        .try_for_each(|(index, item)| match signed(item) {
            _ if index == 0 => write!(f, "{}", At(item, Place::Addend, names)),
            Some(left) => {
                f.write_str(" - ")?;
                opposite(f, left, Place::First, names)
            }
            None => write!(f, " + {}", At(item, Place::Addend, names)),
        })
}

fn product(f: &mut Formatter<'_>, items: &[Term], names: &Names) -> fmt::Result {
    items.iter().enumerate().try_for_each(|(index, item)| {
        let place = if index == 0 {
            Place::First
        } else {
            f.write_str("*")?;
            Place::Factor
        };
        write!(f, "{}", At(item, place, names))
    })
}

fn quotient(f: &mut Formatter<'_>, above: &Term, below: &Term, names: &Names) -> fmt::Result {
    // Two numbers with a bar between them are one number.
    if let (Term::Number(_), Term::Number(_)) = (above, below) {
        return write!(f, "({})/({})", In(above, names), In(below, names));
    }
    let [above, below] = [
        At(above, Place::Dividend, names),
        At(below, Place::Factor, names),
    ];
    write!(f, "{above}/{below}")
}

impl Display for In<'_, Term> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(term, names) = *self;
        if let Some(left) = signed(term) {
            f.write_str("-")?;
            return opposite(f, left, Place::Factor, names);
        }
        match term {
            Term::Number(value) => write!(f, "{value}"),
            Term::Variable(name) => write!(f, "{}", names.variable(name)),
            Term::Sum(items) if items.len() > 1 => sum(f, items, names),
            Term::Product(items) if items.len() > 1 => product(f, items, names),
            Term::Sum(items) => call(f, &"sum", items, names),
            Term::Product(items) => call(f, &"product", items, names),
            Term::Quotient(above, below) => quotient(f, above, below, names),
            Term::Power(base, exponent) => {
                write!(f, "{}^{exponent}", At(base, Place::Base, names))
            }
            Term::Apply(function, items) => call(f, &function.word(), items, names),
            Term::Derivative(body, variable) => {
                write!(f, "d({}, {})", In(&**body, names), names.variable(variable))
            }
            Term::At(body, by) => {
                write!(f, "at({}", In(&**body, names))?;
                by.iter().try_for_each(|(name, put)| {
                    write!(f, ", {} = {}", names.variable(name), In(put, names))
                })?;
                f.write_str(")")
            }
            Term::Call(name, items) => call(f, &names.definition(name), items, names),
        }
    }
}

fn call(f: &mut Formatter<'_>, name: &dyn Display, items: &[Term], names: &Names) -> fmt::Result {
    write!(f, "{name}(")?;
    terms(f, items, names)?;
    f.write_str(")")
}

impl Display for Relation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Display for Inner<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(formula, names) = *self;
        match formula {
            Formula::Compare(..) | Formula::Call(..) => write!(f, "{}", In(formula, names)),
            Formula::And(items) | Formula::Or(items) if items.is_empty() => {
                write!(f, "{}", In(formula, names))
            }
            Formula::Holds(predicate, true) => enclosed(f, &predicate.predicate, names),
            _ => write!(f, "({})", In(formula, names)),
        }
    }
}

/// A predicate inside a formula: in parentheses, and if it has several lines, on lines of its own.
fn enclosed(f: &mut Formatter<'_>, predicate: &Predicate, names: &Names) -> fmt::Result {
    let text = In(predicate, names).to_string();
    if !text.contains('\n') {
        return write!(f, "({text})");
    }
    f.write_str("(\n")?;
    text.lines()
        .try_for_each(|line| writeln!(f, "    {line}"))?;
    f.write_str(")")
}

fn quantified(
    f: &mut Formatter<'_>,
    word: &str,
    bound: &[Name],
    body: &Formula,
    names: &Names,
) -> fmt::Result {
    write!(f, "for {word} ")?;
    match bound {
        [] => f.write_str("()")?,
        _ => variables(f, bound, names)?,
    }
    match body {
        Formula::Holds(..) => write!(f, ": {}", Inner(body, names)),
        _ => write!(f, ": {}", In(body, names)),
    }
}

impl Display for In<'_, Formula> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(formula, names) = *self;
        let many = |f: &mut Formatter<'_>, items: &[Formula], few: [&str; 2], by: &str| match items
        {
            [] => f.write_str(few[0]),
            [only @ Formula::Holds(_, true)] => write!(f, "{} {}", few[1], Inner(only, names)),
            [only] => write!(f, "{} ({})", few[1], In(only, names)),
            _ => joined(f, items, by, |f, item| write!(f, "{}", Inner(item, names))),
        };
        match formula {
            Formula::Compare(left, relation, right) => {
                write!(f, "{} {relation} {}", In(left, names), In(right, names))
            }
            Formula::And(items) => many(f, items, ["true", "all of"], " and "),
            Formula::Or(items) => many(f, items, ["false", "one of"], " or "),
            Formula::Implies(premise, conclusion) => {
                let [premise, conclusion] = [premise, conclusion].map(|part| Inner(part, names));
                write!(f, "{premise} implies {conclusion}")
            }
            Formula::Forall(bound, body) => quantified(f, "all", bound, body, names),
            Formula::Exists(bound, body) => quantified(f, "some", bound, body, names),
            Formula::Holds(predicate, true) => enclosed(f, &predicate.predicate, names),
            Formula::Holds(predicate, false) => {
                f.write_str("not ")?;
                enclosed(f, &predicate.predicate, names)
            }
            Formula::Call(name, items) => call(f, &names.definition(name), items, names),
        }
    }
}

/// A matrix, row by row.
fn matrix(f: &mut Formatter<'_>, rows: &[Vec<Rational>]) -> fmt::Result {
    f.write_str("[")?;
    joined(f, rows, ", ", |f, row| {
        f.write_str("[")?;
        joined(f, row, ", ", |f, entry| write!(f, "{entry}"))?;
        f.write_str("]")
    })?;
    f.write_str("]")
}

impl Display for In<'_, Predicate> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(predicate, names) = *self;
        match predicate {
            Predicate::Roots {
                polynomial,
                variable,
                from,
                to,
                count,
            } => {
                let end = |end: &Option<Rational>, infinite: &str| {
                    end.as_ref()
                        .map_or(infinite.to_string(), Rational::to_string)
                };
                write!(
                    f,
                    "{} has exactly {count} distinct real roots {} in the open interval ({}, {})",
                    In(&**polynomial, names),
                    names.variable(variable),
                    end(from, "-infinity"),
                    end(to, "infinity")
                )
            }
            Predicate::Inertia {
                matrix: rows,
                counts: [positive, negative, zero],
            } => {
                matrix(f, rows)?;
                write!(
                    f,
                    " has {positive} positive, {negative} negative and {zero} zero eigenvalues"
                )
            }
            Predicate::Rank { matrix: rows, rank } => {
                matrix(f, rows)?;
                write!(f, " has rank {rank}")
            }
            Predicate::Surface(statement) => write!(f, "{statement}"),
        }
    }
}

impl Display for In<'_, Definition> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(definition, names) = *self;
        write!(f, "{}(", names.definition(&definition.name))?;
        variables(f, &definition.parameters, names)?;
        match &definition.body {
            Body::Term(term) => write!(f, ") := {}", In(term, names)),
            Body::Formula(formula) => write!(f, ") :iff {}", In(formula, names)),
            Body::Error(data) => write!(f, ") := the error of {}", certificate::text(data)),
        }
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut names = Names::default();
        names.term(self);
        write!(f, "{}", In(self, &names))
    }
}

impl Display for Formula {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut names = Names::default();
        names.formula(self);
        write!(f, "{}", In(self, &names))
    }
}

impl Display for Statement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let names = Names::of(self);
        self.definitions
            .iter()
            .try_for_each(|definition| writeln!(f, "{}", In(definition, &names)))?;
        match &self.formula {
            // Alone it needs no parentheses.
            Formula::Holds(predicate, true) if self.definitions.is_empty() => {
                write!(f, "{}", In(&predicate.predicate, &names))
            }
            formula => write!(f, "{}", In(formula, &names)),
        }
    }
}

/// The definitions and the formula of a statement, each as it stands in its print.
#[must_use]
pub fn parts(statement: &Statement) -> (Vec<String>, String) {
    let names = Names::of(statement);
    let definitions = statement
        .definitions
        .iter()
        .map(|definition| In(definition, &names).to_string());
    (
        definitions.collect(),
        In(&statement.formula, &names).to_string(),
    )
}

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.marked {
            write!(f, "`{}`", self.name)
        } else {
            f.write_str(self.name)
        }
    }
}
