//! Terms, formulas and statements as a mathematician writes them. Untrusted.

use crate::certificate;
use crate::kernel::number::Rational;
use crate::kernel::term::{Body, Definition, Formula, Predicate, Relation, Statement, Term};
use num_traits::{One, Signed};
use std::fmt::{self, Display, Formatter};

/// How tightly the surrounding text binds: 0 a list, 1 a sum, 2 a product, 3 a power.
struct Tight<'a>(&'a Term, u8);

/// The items with a separator between.
fn joined<T: Display>(items: &[T], by: &str) -> String {
    items
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(by)
}

/// The term without the sums and products of one item around it, which are not written.
fn plain(term: &Term) -> &Term {
    match term {
        Term::Sum(items) | Term::Product(items) => match items.as_slice() {
            [only] => plain(only),
            _ => term,
        },
        _ => term,
    }
}

/// Whether a factor would be read as part of a dividend behind another one: a·(b/c) is not (a·b)/c where c vanishes.
fn starts_with_quotient(term: &Term) -> bool {
    match plain(term) {
        Term::Quotient(..) => true,
        Term::Product(items) => items.first().is_some_and(starts_with_quotient),
        _ => false,
    }
}

/// A factor in its place in a product.
fn factor((place, item): (usize, &Term)) -> Tight<'_> {
    Tight(
        item,
        if place > 0 && starts_with_quotient(item) {
            2
        } else {
            1
        },
    )
}

/// Whether an addend is written with a minus sign, and what is left of it.
fn negative(term: &Term) -> Option<Term> {
    match plain(term) {
        Term::Number(value) if value.is_negative() => Some(Term::Number(-value.clone())),
        Term::Product(items) => match items.split_first() {
            Some((Term::Number(value), rest)) if (-value).is_one() => {
                Some(Term::Product(rest.to_vec()))
            }
            Some((first, rest)) => {
                let mut items = vec![negative(first)?];
                items.extend_from_slice(rest);
                Some(Term::Product(items))
            }
            None => None,
        },
        Term::Quotient(above, below) => {
            Some(Term::Quotient(Box::new(negative(above)?), below.clone()))
        }
        _ => None,
    }
}

impl Display for Tight<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let binding = match plain(self.0) {
            Term::Sum(items) if !items.is_empty() => 1,
            Term::Product(items) if !items.is_empty() => 2,
            Term::Quotient(..) => 2,
            Term::Number(value) if value.is_negative() || !value.is_integer() => 1,
            Term::Power(..) => 3,
            _ => 4,
        };
        if binding <= self.1 {
            write!(f, "({})", self.0)
        } else {
            write!(f, "{}", self.0)
        }
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match plain(self) {
            Self::Number(value) => write!(f, "{value}"),
            Self::Variable(name) => f.write_str(name),
            Self::Sum(items) => match items.split_first() {
                None => f.write_str("0"),
                Some((first, rest)) => {
                    write!(f, "{first}")?;
                    rest.iter().try_for_each(|item| match negative(item) {
                        Some(opposite) => write!(f, " - {}", Tight(&opposite, 1)),
                        None => write!(f, " + {item}"),
                    })
                }
            },
            Self::Product(items) if items.is_empty() => f.write_str("1"),
            Self::Product(items) => match negative(self) {
                Some(opposite) => write!(f, "-{}", Tight(&opposite, 1)),
                None => f.write_str(&joined(
                    &items.iter().enumerate().map(factor).collect::<Vec<_>>(),
                    "*",
                )),
            },
            Self::Quotient(above, below) => write!(f, "{}/{}", Tight(above, 1), Tight(below, 2)),
            Self::Power(base, exponent) => write!(f, "{}^{exponent}", Tight(base, 3)),
            Self::Apply(function, items) => {
                write!(f, "{}({})", function.word(), joined(items, ", "))
            }
            Self::Derivative(body, variable) => write!(f, "d({body}, {variable})"),
            Self::At(body, by) => {
                write!(f, "at({body}")?;
                by.iter()
                    .try_for_each(|(name, put)| write!(f, ", {name} = {put}"))?;
                f.write_str(")")
            }
            Self::Call(name, items) => write!(f, "{name}({})", joined(items, ", ")),
        }
    }
}

impl Display for Relation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A formula inside another: comparisons and calls stand alone, the rest in parentheses.
struct Inner<'a>(&'a Formula);

impl Display for Inner<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Formula::Compare(..) | Formula::Call(..) | Formula::Holds(_, true) => {
                write!(f, "{}", self.0)
            }
            _ => write!(f, "({})", self.0),
        }
    }
}

impl Display for Formula {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let all = |items: &[Self], by| joined(&items.iter().map(Inner).collect::<Vec<_>>(), by);
        match self {
            Self::Compare(left, relation, right) => write!(f, "{left} {relation} {right}"),
            Self::And(items) if items.is_empty() => f.write_str("true"),
            Self::Or(items) if items.is_empty() => f.write_str("false"),
            Self::And(items) => f.write_str(&all(items, " and ")),
            Self::Or(items) => f.write_str(&all(items, " or ")),
            Self::Implies(premise, conclusion) => {
                write!(f, "{} implies {}", Inner(premise), Inner(conclusion))
            }
            Self::Forall(names, body) => write!(f, "for all {}: {body}", joined(names, ", ")),
            Self::Exists(names, body) => write!(f, "for some {}: {body}", joined(names, ", ")),
            Self::Holds(predicate, true) => write!(f, "{}", predicate.predicate),
            Self::Holds(predicate, false) => write!(f, "not: {}", predicate.predicate),
            Self::Call(name, items) => write!(f, "{name}({})", joined(items, ", ")),
        }
    }
}

fn rows(matrix: &[Vec<Rational>]) -> String {
    format!(
        "[{}]",
        joined(
            &matrix
                .iter()
                .map(|row| joined(row, ", "))
                .collect::<Vec<_>>(),
            "; "
        )
    )
}

impl Display for Predicate {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Roots {
                polynomial,
                variable,
                from,
                to,
                count,
            } => {
                let end = |end: &Option<Rational>, sign| {
                    end.as_ref()
                        .map_or(format!("{sign}infinity"), Rational::to_string)
                };
                write!(
                    f,
                    "{polynomial} has exactly {count} distinct real roots {variable} in the open interval ({}, {})",
                    end(from, "-"),
                    end(to, "")
                )
            }
            Self::Inertia {
                matrix,
                counts: [positive, negative, zero],
            } => {
                write!(
                    f,
                    "{} has {positive} positive, {negative} negative and {zero} zero eigenvalues",
                    rows(matrix)
                )
            }
            Self::Rank { matrix, rank } => write!(f, "{} has rank {rank}", rows(matrix)),
            Self::Surface(statement) => write!(f, "{statement}"),
        }
    }
}

impl Display for Definition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}({}) := ", self.name, joined(&self.parameters, ", "))?;
        match &self.body {
            Body::Term(term) => write!(f, "{term}"),
            Body::Formula(formula) => write!(f, "{formula}"),
            Body::Error(data) => write!(f, "the error of {}", certificate::text(data)),
        }
    }
}

impl Display for Statement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.definitions
            .iter()
            .try_for_each(|definition| writeln!(f, "{definition}"))?;
        write!(f, "{}", self.formula)
    }
}
