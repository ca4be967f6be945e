//! Terms, formulas and statements from certificate text. Part of the trusted kernel.

use super::number::Rational;
use super::sexp::{ReadError, ReadFault, Sexp};
use super::surface;
use super::term::{Body, Definition, Formula, Function, Name, Predicate, Relation, Statement, Term};

/// A name: letters, digits, `_` and `'`-free, not starting with a digit or sign.
///
/// # Errors
/// [`ReadError`].
pub fn name(sexp: &Sexp<'_>) -> Result<Name, ReadError> {
    let word = sexp.word()?;
    let mut bytes = word.bytes();
    let starts = bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_');
    if starts && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_') {
        Ok(Name::from(word))
    } else {
        Err(ReadError { at: sexp.at(), fault: ReadFault::Expected("a name") })
    }
}

fn exactly<'s, 'a, const N: usize>(sexp: &Sexp<'a>, items: &'s [Sexp<'a>]) -> Result<&'s [Sexp<'a>; N], ReadError> {
    let found = items.len();
    items.try_into().map_err(|_| ReadError { at: sexp.at(), fault: ReadFault::Length { expected: N, found } })
}

fn boxed(sexp: &Sexp<'_>) -> Result<Box<Term>, ReadError> {
    term(sexp).map(Box::new)
}

fn terms(items: &[Sexp<'_>]) -> Result<Vec<Term>, ReadError> {
    items.iter().map(term).collect()
}

/// A term: `3/2`, `x`, `(+ …)`, `(* …)`, `(/ a b)`, `(^ a 3)`, `(exp a)`, `(d a x)`, `(at a (x b) …)`, `(call f a …)`.
///
/// # Errors
/// [`ReadError`].
pub fn term(sexp: &Sexp<'_>) -> Result<Term, ReadError> {
    if let Sexp::Word(word, _) = sexp {
        let numeric = word.starts_with(|c: char| c == '-' || c.is_ascii_digit());
        return if numeric { sexp.rational().map(Term::Number) } else { name(sexp).map(Term::Variable) };
    }
    let (head, rest) = sexp.form()?;
    if let Some(function) = Function::ALL.into_iter().find(|function| function.word() == head) {
        return Ok(Term::Apply(function, terms(rest)?));
    }
    match head {
        "+" => Ok(Term::Sum(terms(rest)?)),
        "*" => Ok(Term::Product(terms(rest)?)),
        "/" => {
            let [above, below] = exactly(sexp, rest)?;
            Ok(Term::Quotient(boxed(above)?, boxed(below)?))
        }
        "^" => {
            let [base, exponent] = exactly(sexp, rest)?;
            let fault = || ReadError { at: exponent.at(), fault: ReadFault::Expected("a small exponent") };
            Ok(Term::Power(boxed(base)?, u32::try_from(exponent.index()?).map_err(|_| fault())?))
        }
        "d" => {
            let [body, variable] = exactly(sexp, rest)?;
            Ok(Term::Derivative(boxed(body)?, name(variable)?))
        }
        "at" => {
            let (body, by) =
                rest.split_first().ok_or(ReadError { at: sexp.at(), fault: ReadFault::Expected("a term") })?;
            let by = by.iter().map(|pair| {
                let [variable, put] = pair.array()?;
                Ok((name(variable)?, term(put)?))
            });
            Ok(Term::At(boxed(body)?, by.collect::<Result<_, _>>()?))
        }
        "call" => {
            let (callee, arguments) =
                rest.split_first().ok_or(ReadError { at: sexp.at(), fault: ReadFault::Expected("a name") })?;
            Ok(Term::Call(name(callee)?, terms(arguments)?))
        }
        _ => Err(sexp.unknown()),
    }
}

fn formulas(items: &[Sexp<'_>]) -> Result<Vec<Formula>, ReadError> {
    items.iter().map(formula).collect()
}

/// A formula: `(< a b)`, `(<= a b)`, `(= a b)`, `(!= a b)`, `(and …)`, `(or …)`, `(implies f g)`, `(forall (x …) f)`,
/// `(exists (x …) f)`, `(holds p)`, `(fails p)`, `(call p a …)`.
///
/// # Errors
/// [`ReadError`].
pub fn formula(sexp: &Sexp<'_>) -> Result<Formula, ReadError> {
    let (head, rest) = sexp.form()?;
    let relation = match head {
        "<" => Some(Relation::Less),
        "<=" => Some(Relation::AtMost),
        "=" => Some(Relation::Equal),
        "!=" => Some(Relation::Differs),
        _ => None,
    };
    if let Some(relation) = relation {
        let [left, right] = exactly(sexp, rest)?;
        return Ok(Formula::Compare(term(left)?, relation, term(right)?));
    }
    match head {
        "and" => formulas(rest).map(Formula::And),
        "or" => formulas(rest).map(Formula::Or),
        "implies" => {
            let [premise, conclusion] = exactly(sexp, rest)?;
            Ok(Formula::Implies(Box::new(formula(premise)?), Box::new(formula(conclusion)?)))
        }
        "forall" => {
            let [names, body] = exactly(sexp, rest)?;
            Ok(Formula::Forall(names.each(name)?, Box::new(formula(body)?)))
        }
        "exists" => {
            let [names, body] = exactly(sexp, rest)?;
            Ok(Formula::Exists(names.each(name)?, Box::new(formula(body)?)))
        }
        "holds" | "fails" => {
            let [inner] = exactly(sexp, rest)?;
            Ok(Formula::Holds(predicate(inner)?, head == "holds"))
        }
        "call" => {
            let (callee, arguments) =
                rest.split_first().ok_or(ReadError { at: sexp.at(), fault: ReadFault::Expected("a name") })?;
            Ok(Formula::Call(name(callee)?, terms(arguments)?))
        }
        _ => Err(sexp.unknown()),
    }
}

fn end(sexp: &Sexp<'_>) -> Result<Option<Rational>, ReadError> {
    if sexp.word()? == "infinite" { Ok(None) } else { sexp.rational().map(Some) }
}

fn matrix(sexp: &Sexp<'_>) -> Result<Vec<Vec<Rational>>, ReadError> {
    sexp.each(|row| row.each(Sexp::rational))
}

fn predicate(sexp: &Sexp<'_>) -> Result<Predicate, ReadError> {
    let (head, rest) = sexp.form()?;
    match head {
        "roots" => {
            let [polynomial, variable, from, to, count] = exactly(sexp, rest)?;
            Ok(Predicate::Roots {
                polynomial: boxed(polynomial)?,
                variable: name(variable)?,
                from: end(from)?,
                to: end(to)?,
                count: count.index()?,
            })
        }
        "inertia" => {
            let [rows, positive, negative, zero] = exactly(sexp, rest)?;
            Ok(Predicate::Inertia {
                matrix: matrix(rows)?,
                counts: [positive.index()?, negative.index()?, zero.index()?],
            })
        }
        "rank" => {
            let [rows, rank] = exactly(sexp, rest)?;
            Ok(Predicate::Rank { matrix: matrix(rows)?, rank: rank.index()? })
        }
        "surface" => {
            let [inner] = exactly(sexp, rest)?;
            surface::Statement::read(inner).map(Predicate::Surface)
        }
        _ => Err(sexp.unknown()),
    }
}

fn data(sexp: &Sexp<'_>) -> Result<surface::TrainingSet, ReadError> {
    let fault = |_| ReadError { at: sexp.at(), fault: ReadFault::Expected("a training set") };
    surface::TrainingSet::from_sexp(sexp)?.map_err(fault)
}

fn definition(sexp: &Sexp<'_>) -> Result<Definition, ReadError> {
    let (head, rest) = sexp.form()?;
    let [callee, parameters, body] = exactly(sexp, rest)?;
    let body = match head {
        "function" => Body::Term(term(body)?),
        "predicate" => Body::Formula(formula(body)?),
        "error" => Body::Error(data(body)?),
        _ => return Err(sexp.unknown()),
    };
    Ok(Definition { name: name(callee)?, parameters: parameters.each(name)?, body })
}

/// A statement: `(statement (definition …) formula)`.
///
/// # Errors
/// [`ReadError`].
pub fn statement(sexp: &Sexp<'_>) -> Result<Statement, ReadError> {
    let [definitions, body] = sexp.tagged("statement")?;
    Ok(Statement { definitions: definitions.each(definition)?, formula: formula(body)? })
}
