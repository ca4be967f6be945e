//! Terms, formulas and statements from certificate text. Part of the trusted kernel.

use super::number::Rational;
use super::sexp::{ReadError, ReadFault, Sexp};
use super::surface;
use super::term::{Body, Definition, Formula, Function, Name, Predicate, Relation, Statement, Term};

/// A name: letters, digits and `_`, not starting with a digit.
///
/// # Errors
/// [`ReadError`].
pub fn name(sexp: &Sexp<'_>) -> Result<Name, ReadError> {
    let word = sexp.word()?;
    let letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    if word.bytes().next().is_some_and(letter) && word.bytes().all(|byte| letter(byte) || byte.is_ascii_digit()) {
        Ok(Name::from(word))
    } else {
        Err(sexp.error(ReadFault::Expected("a name")))
    }
}

/// An index that fits 32 bits.
pub(super) fn small(sexp: &Sexp<'_>) -> Result<u32, ReadError> {
    u32::try_from(sexp.index()?).map_err(|_| sexp.error(ReadFault::Expected("a small number")))
}

/// Rows of numbers.
pub(super) fn matrix(sexp: &Sexp<'_>) -> Result<Vec<Vec<Rational>>, ReadError> {
    sexp.each(|row| row.each(Sexp::rational))
}

/// One item, on the heap.
pub(super) fn boxed<T>(read: impl Fn(&Sexp<'_>) -> Result<T, ReadError>, sexp: &Sexp<'_>) -> Result<Box<T>, ReadError> {
    read(sexp).map(Box::new)
}

/// All items of a slice.
pub(super) fn all<T>(
    read: impl Fn(&Sexp<'_>) -> Result<T, ReadError>,
    items: &[Sexp<'_>],
) -> Result<Vec<T>, ReadError> {
    items.iter().map(read).collect()
}

fn substituted(pair: &Sexp<'_>) -> Result<(Name, Term), ReadError> {
    let [variable, put] = pair.array()?;
    Ok((name(variable)?, term(put)?))
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
    Ok(match sexp.form()? {
        ("+", items) => Term::Sum(all(term, items)?),
        ("*", items) => Term::Product(all(term, items)?),
        ("/", [above, below]) => Term::Quotient(boxed(term, above)?, boxed(term, below)?),
        ("^", [base, exponent]) => Term::Power(boxed(term, base)?, small(exponent)?),
        ("d", [body, variable]) => Term::Derivative(boxed(term, body)?, name(variable)?),
        ("at", [body, by @ ..]) => Term::At(boxed(term, body)?, all(substituted, by)?),
        ("call", [callee, arguments @ ..]) => Term::Call(name(callee)?, all(term, arguments)?),
        (head, items) => match Function::ALL.into_iter().find(|function| function.word() == head) {
            Some(function) => Term::Apply(function, all(term, items)?),
            None => return Err(sexp.unknown()),
        },
    })
}

/// A formula: `(< a b)`, `(<= a b)`, `(= a b)`, `(!= a b)`, `(and …)`, `(or …)`, `(implies f g)`, `(forall (x …) f)`,
/// `(exists (x …) f)`, `(holds p)`, `(fails p)`, `(call p a …)`.
///
/// # Errors
/// [`ReadError`].
pub fn formula(sexp: &Sexp<'_>) -> Result<Formula, ReadError> {
    Ok(match sexp.form()? {
        ("and", items) => Formula::And(all(formula, items)?),
        ("or", items) => Formula::Or(all(formula, items)?),
        ("implies", [premise, conclusion]) => Formula::Implies(boxed(formula, premise)?, boxed(formula, conclusion)?),
        ("forall", [names, body]) => Formula::Forall(names.each(name)?, boxed(formula, body)?),
        ("exists", [names, body]) => Formula::Exists(names.each(name)?, boxed(formula, body)?),
        ("holds", [inner]) => Formula::Holds(predicate(inner)?, true),
        ("fails", [inner]) => Formula::Holds(predicate(inner)?, false),
        ("call", [callee, arguments @ ..]) => Formula::Call(name(callee)?, all(term, arguments)?),
        (head, [left, right]) => match Relation::ALL.into_iter().find(|relation| relation.word() == head) {
            Some(relation) => Formula::Compare(term(left)?, relation, term(right)?),
            None => return Err(sexp.unknown()),
        },
        _ => return Err(sexp.unknown()),
    })
}

fn end(sexp: &Sexp<'_>) -> Result<Option<Rational>, ReadError> {
    if sexp.word()? == "infinite" { Ok(None) } else { sexp.rational().map(Some) }
}

fn predicate(sexp: &Sexp<'_>) -> Result<Predicate, ReadError> {
    Ok(match sexp.form()? {
        ("roots", [polynomial, variable, from, to, count]) => Predicate::Roots {
            polynomial: boxed(term, polynomial)?,
            variable: name(variable)?,
            from: end(from)?,
            to: end(to)?,
            count: count.index()?,
        },
        ("inertia", [rows, positive, negative, zero]) => {
            let counts = [positive.index()?, negative.index()?, zero.index()?];
            Predicate::Inertia { matrix: matrix(rows)?, counts }
        }
        ("rank", [rows, rank]) => Predicate::Rank { matrix: matrix(rows)?, rank: rank.index()? },
        ("surface", [inner]) => Predicate::Surface(surface::Statement::read(inner)?),
        _ => return Err(sexp.unknown()),
    })
}

fn definition(sexp: &Sexp<'_>) -> Result<Definition, ReadError> {
    let (head, [callee, parameters, body]) = sexp.form()? else { return Err(sexp.unknown()) };
    let body = match head {
        "function" => Body::Term(term(body)?),
        "predicate" => Body::Formula(formula(body)?),
        "error" => {
            let fault = |_| body.error(ReadFault::Expected("a training set"));
            Body::Error(surface::TrainingSet::from_sexp(body)?.map_err(fault)?)
        }
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
