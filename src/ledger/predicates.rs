//! The predicates of the claim language that have a kernel rule of their own. Untrusted.
//!
//! `roots(p, x, a, b) = n`, `rank(M) = r`, `inertia(M) = [p, n, z]`; `!=` states that the count is another. An end of
//! the interval may be `-infinity` or `infinity`. `spurious("data.csv")`: the error of this training set has a local
//! minimum that is not global.

use super::lexer::Place;
use super::library::{Elaborated, Library, Names, Value, variables, wrong};
use super::syntax::{Expr, Kind};
use crate::kernel::number::Rational;
use crate::kernel::surface;
use crate::kernel::term::{Formula, Predicate, Relation, Term};

type Arguments<'a> = &'a [(Option<String>, Expr)];

/// Whether a name is that of a predicate about training sets.
#[must_use]
pub fn is_predicate(name: &str) -> bool {
    name == "spurious"
}

impl Library {
    /// A predicate about a training set.
    ///
    /// # Errors
    /// A syntax error where it is wrong.
    pub fn predicate(&self, arguments: Arguments<'_>, place: Place) -> Elaborated<Formula> {
        let data = self.data_argument(arguments, place)?;
        Ok(Formula::Holds(
            Predicate::Surface(surface::Statement::Spurious(data)).into(),
            true,
        ))
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
        let predicate = match (name, arguments) {
            ("roots", [(_, polynomial), (_, variable), (_, from), (_, to)]) => {
                let Kind::Name(name) = &variable.kind else {
                    return wrong(variable.place, "expected a variable");
                };
                let (fresh, value) = variables(name, None);
                let Some(variable) = fresh.into_iter().next() else {
                    return wrong(variable.place, "expected a variable");
                };
                let inner = Names::from([(name.clone(), value)]);
                Predicate::Roots {
                    polynomial: Box::new(self.term(polynomial, &inner)?),
                    variable,
                    from: self.end(from, names)?,
                    to: self.end(to, names)?,
                    count: self.index(right, names)?,
                }
            }
            ("rank", [(_, matrix)]) => Predicate::Rank {
                matrix: self.matrix(matrix, names)?,
                rank: self.index(right, names)?,
            },
            ("inertia", [(_, matrix)]) => {
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
            ("roots" | "rank" | "inertia", _) => {
                return wrong(right.place, format!("wrong arguments of `{name}`"));
            }
            _ => return Ok(None),
        };
        match relation {
            Relation::Equal => Ok(Some(Formula::Holds(predicate.into(), true))),
            Relation::Differs => Ok(Some(Formula::Holds(predicate.into(), false))),
            Relation::Less | Relation::AtMost => {
                wrong(right.place, "a count is compared by `=` or `!=`")
            }
        }
    }

    fn end(&self, expr: &Expr, names: &Names) -> Elaborated<Option<Rational>> {
        let infinite = |expr: &Expr| matches!(&expr.kind, Kind::Name(name) if name == "infinity");
        match &expr.kind {
            Kind::Negative(inner) if infinite(inner) => Ok(None),
            _ if infinite(expr) => Ok(None),
            _ => self.rational(expr, names).map(Some),
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
