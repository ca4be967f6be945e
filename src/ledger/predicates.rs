//! The predicates of the claim language that have a kernel rule of their own. Untrusted.
//!
//! `roots(p, x, a, b) = n`, `rank(M) = r`, `inertia(M) = [p, n, z]`; `!=` states that the count is another. An end of
//! the interval may be `-infinity` or `infinity`. `spurious("data.csv")`: the error of this training set has a local
//! minimum that is not global. `no_critical_point("data.csv")`: its gradient vanishes nowhere. `balanced("data.csv")`: no
//! vector separates the training set, not even weakly.

use super::lexer::Place;
use super::library::{Elaborated, Library, Names, Value, unnamed, wrong};
use super::syntax::{Expr, Kind};
use crate::kernel::number::Rational;
use crate::kernel::surface;
use crate::kernel::term::{Formula, Name, Predicate, Relation, Term};

type Arguments<'a> = &'a [(Option<String>, Expr)];

/// Whether a name is that of a predicate about training sets.
#[must_use]
pub fn is_predicate(name: &str) -> bool {
    ["spurious", "no_critical_point", "balanced"].contains(&name)
}

/// The sign of an infinite end: `infinity` (`true`) or `-infinity` (`false`).
pub(super) fn infinite(expr: &Expr) -> Option<bool> {
    match &expr.kind {
        Kind::Name(name) => (name == "infinity").then_some(true),
        Kind::Negative(inner) => infinite(inner).map(|above| !above),
        _ => None,
    }
}

/// An end of an interval.
enum End {
    Below,
    At(Rational),
    Above,
}

impl End {
    fn finite(self) -> Option<Rational> {
        match self {
            Self::At(value) => Some(value),
            Self::Below | Self::Above => None,
        }
    }
}

impl Library {
    /// A predicate about a training set.
    ///
    /// # Errors
    /// A syntax error where it is wrong.
    pub fn predicate(
        &self,
        name: &str,
        arguments: Arguments<'_>,
        place: Place,
    ) -> Elaborated<Formula> {
        let data = self.data_argument(arguments, place)?;
        let statement = match name {
            "no_critical_point" => surface::Statement::NoCriticalPoint(data),
            "balanced" => surface::Statement::Balanced(data),
            _ => surface::Statement::Spurious(data),
        };
        Ok(Formula::Holds(Predicate::Surface(statement).into(), true))
    }

    /// A count that is compared with what it should be; `None` if the name is none of a count.
    ///
    /// # Errors
    /// A syntax error where it is wrong.
    pub fn counted(
        &self,
        name: &str,
        arguments: Arguments<'_>,
        relation: Relation,
        right: &Expr,
        names: &Names,
    ) -> Elaborated<Option<Formula>> {
        if !["roots", "rank", "inertia"].contains(&name) {
            return Ok(None);
        }
        let predicate = match (name, unnamed(name, arguments)?.as_slice()) {
            ("roots", [polynomial, variable, from, to]) => {
                let Kind::Name(name) = &variable.kind else {
                    return wrong(variable.place, "expected a variable");
                };
                let (inner, variable) = self.root_variable(name, variable.place, names)?;
                let ends = (self.end(from, names)?, self.end(to, names)?);
                let (from, to) = match ends {
                    (End::Above, _) => return wrong(from.place, "the lower end is `infinity`"),
                    (_, End::Below) => return wrong(to.place, "the upper end is `-infinity`"),
                    (End::At(a), End::At(b)) if a >= b => {
                        return wrong(to.place, "the lower end is not below the upper end");
                    }
                    (from, to) => (from.finite(), to.finite()),
                };
                Predicate::Roots {
                    polynomial: Box::new(self.term(polynomial, &inner)?),
                    variable,
                    from,
                    to,
                    count: self.index(right, names)?,
                }
            }
            ("rank", [matrix]) => Predicate::Rank {
                matrix: self.matrix(matrix, names)?,
                rank: self.index(right, names)?,
            },
            ("inertia", [matrix]) => {
                let Kind::List(counts) = &right.kind else {
                    return wrong(right.place, "expected three counts");
                };
                let counts = counts
                    .iter()
                    .map(|count| self.index(count, names))
                    .collect::<Result<Vec<_>, _>>()?;
                let Ok(counts) = counts.try_into() else {
                    return wrong(right.place, "expected three counts");
                };
                Predicate::Inertia {
                    matrix: self.matrix(matrix, names)?,
                    counts,
                }
            }
            ("roots", _) => return wrong(right.place, "expected roots(p, x, a, b) = n"),
            _ => return wrong(right.place, format!("expected {name}(M) with one matrix M")),
        };
        match relation {
            Relation::Equal => Ok(Some(Formula::Holds(predicate.into(), true))),
            Relation::Differs => Ok(Some(Formula::Holds(predicate.into(), false))),
            Relation::Less | Relation::AtMost => {
                wrong(right.place, "a count is compared by `=` or `!=`")
            }
        }
    }

    /// The variable of a polynomial: one that is in force, or a new one.
    fn root_variable(&self, name: &str, place: Place, names: &Names) -> Elaborated<(Names, Name)> {
        self.no_constant(name, place, names)?;
        let mut inner = names.clone();
        let variable = match names.get(name) {
            Some(Value::Term(Term::Variable(variable))) => Some(variable.clone()),
            Some(_) => None,
            None => inner.bind(name, None, place)?.into_iter().next(),
        };
        match variable {
            Some(variable) => Ok((inner, variable)),
            None => wrong(place, "expected a variable"),
        }
    }

    fn end(&self, expr: &Expr, names: &Names) -> Elaborated<End> {
        match infinite(expr) {
            Some(true) => Ok(End::Above),
            Some(false) => Ok(End::Below),
            None => self.rational(expr, names).map(End::At),
        }
    }

    /// A matrix of numbers known here.
    ///
    /// # Errors
    /// A syntax error where it is none.
    pub fn matrix(&self, expr: &Expr, names: &Names) -> Elaborated<Vec<Vec<Rational>>> {
        let entry = |value: Value| match value {
            Value::Term(Term::Number(value)) => Ok(value),
            Value::Term(_) | Value::List(_) => wrong(expr.place, "expected a matrix of numbers"),
        };
        let Value::List(rows) = self.value(expr, names)? else {
            return wrong(expr.place, "expected a matrix");
        };
        let row = |row: Value| match row {
            Value::List(entries) => entries.into_iter().map(entry).collect(),
            Value::Term(_) => wrong(expr.place, "expected a matrix, a list of rows"),
        };
        rows.into_iter().map(row).collect()
    }
}
