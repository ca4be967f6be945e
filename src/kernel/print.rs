//! The text of a statement, for a reader. Part of the trusted kernel: it says what was proved.

use super::term::{Body, Definition, Formula, Function, Predicate, Relation, Statement, Term};
use num_traits::{One, Signed};
use std::fmt::{self, Display, Formatter};

/// How tightly the surrounding text binds: 0 a list, 1 a sum, 2 a product, 3 a power.
struct Tight<'a>(&'a Term, u8);

fn separated<T: Display>(f: &mut Formatter<'_>, items: &[T], by: &str) -> fmt::Result {
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            f.write_str(by)?;
        }
        write!(f, "{item}")?;
    }
    Ok(())
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

/// Whether an addend is written with a minus sign, and what is left of it.
fn negative(term: &Term) -> Option<Term> {
    match plain(term) {
        Term::Number(value) if value.is_negative() => Some(Term::Number(-value.clone())),
        Term::Product(items) => match items.split_first() {
            Some((Term::Number(value), [only])) if (-value).is_one() => Some(only.clone()),
            Some((Term::Number(value), rest)) if (-value).is_one() => Some(Term::Product(rest.to_vec())),
            Some((first, rest)) => {
                let mut items = vec![negative(first)?];
                items.extend_from_slice(rest);
                Some(Term::Product(items))
            }
            None => None,
        },
        Term::Quotient(above, below) => Some(Term::Quotient(Box::new(negative(above)?), below.clone())),
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
        if binding <= self.1 { write!(f, "({})", self.0) } else { write!(f, "{}", self.0) }
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match plain(self) {
            Self::Number(value) => write!(f, "{value}"),
            Self::Variable(name) => f.write_str(name),
            Self::Sum(items) if items.is_empty() => f.write_str("0"),
            Self::Product(items) if items.is_empty() => f.write_str("1"),
            Self::Sum(items) => {
                for (place, item) in items.iter().enumerate() {
                    match (place, negative(item)) {
                        (0, _) => write!(f, "{item}")?,
                        (_, Some(rest)) => write!(f, " - {}", Tight(&rest, 1))?,
                        (_, None) => write!(f, " + {item}")?,
                    }
                }
                Ok(())
            }
            Self::Product(items) => match negative(self) {
                Some(rest) => write!(f, "-{}", Tight(&rest, 1)),
                None => separated(f, &items.iter().map(|item| Tight(item, 1)).collect::<Vec<_>>(), "*"),
            },
            Self::Quotient(above, below) => write!(f, "{}/{}", Tight(above, 1), Tight(below, 2)),
            Self::Power(base, exponent) => write!(f, "{}^{exponent}", Tight(base, 3)),
            Self::Apply(function, items) => {
                write!(f, "{}(", Function::word(*function))?;
                separated(f, items, ", ")?;
                f.write_str(")")
            }
            Self::Derivative(body, variable) => write!(f, "d({body}, {variable})"),
            Self::At(body, by) => {
                write!(f, "at({body}")?;
                by.iter().try_for_each(|(name, put)| write!(f, ", {name} = {put}"))?;
                f.write_str(")")
            }
            Self::Call(name, items) => {
                write!(f, "{name}(")?;
                separated(f, items, ", ")?;
                f.write_str(")")
            }
        }
    }
}

impl Display for Relation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::Differs => "!=",
        })
    }
}

/// A formula inside another: comparisons and calls stand alone, the rest in parentheses.
struct Inner<'a>(&'a Formula);

impl Display for Inner<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Formula::Compare(..) | Formula::Call(..) | Formula::Holds(_, true) => write!(f, "{}", self.0),
            _ => write!(f, "({})", self.0),
        }
    }
}

fn inner(items: &[Formula]) -> Vec<Inner<'_>> {
    items.iter().map(Inner).collect()
}

impl Display for Formula {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Compare(left, relation, right) => write!(f, "{left} {relation} {right}"),
            Self::And(items) if items.is_empty() => f.write_str("true"),
            Self::Or(items) if items.is_empty() => f.write_str("false"),
            Self::And(items) => separated(f, &inner(items), " and "),
            Self::Or(items) => separated(f, &inner(items), " or "),
            Self::Implies(premise, conclusion) => write!(f, "{} implies {}", Inner(premise), Inner(conclusion)),
            Self::Forall(names, body) => {
                f.write_str("for all ")?;
                separated(f, names, ", ")?;
                write!(f, ": {body}")
            }
            Self::Exists(names, body) => {
                f.write_str("for some ")?;
                separated(f, names, ", ")?;
                write!(f, ": {body}")
            }
            Self::Holds(predicate, true) => write!(f, "{predicate}"),
            Self::Holds(predicate, false) => write!(f, "not: {predicate}"),
            Self::Call(name, items) => {
                write!(f, "{name}(")?;
                separated(f, items, ", ")?;
                f.write_str(")")
            }
        }
    }
}

fn rows(f: &mut Formatter<'_>, matrix: &[Vec<super::number::Rational>]) -> fmt::Result {
    f.write_str("[")?;
    for (place, row) in matrix.iter().enumerate() {
        f.write_str(if place > 0 { "; " } else { "" })?;
        separated(f, row, ", ")?;
    }
    f.write_str("]")
}

impl Display for Predicate {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Roots { polynomial, variable, from, to, count } => {
                let end = |end: &Option<super::number::Rational>, infinite: &str| {
                    end.as_ref().map_or(infinite.to_string(), ToString::to_string)
                };
                let (from, to) = (end(from, "-infinity"), end(to, "infinity"));
                write!(
                    f,
                    "{polynomial} has exactly {count} distinct real roots {variable} in the open interval ({from}, {to})"
                )
            }
            Self::Inertia { matrix, counts: [positive, negative, zero] } => {
                rows(f, matrix)?;
                write!(f, " has {positive} positive, {negative} negative and {zero} zero eigenvalues")
            }
            Self::Rank { matrix, rank } => {
                rows(f, matrix)?;
                write!(f, " has rank {rank}")
            }
            Self::Surface(statement) => write!(f, "{statement}"),
        }
    }
}

impl Display for Definition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.name)?;
        separated(f, &self.parameters, ", ")?;
        f.write_str(") := ")?;
        match &self.body {
            Body::Term(term) => write!(f, "{term}"),
            Body::Formula(formula) => write!(f, "{formula}"),
            Body::Error(data) => write!(f, "the error of {data}"),
        }
    }
}

impl Display for Statement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.definitions.iter().try_for_each(|definition| writeln!(f, "{definition}"))?;
        write!(f, "{}", self.formula)
    }
}
