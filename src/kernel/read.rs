//! Terms, formulas and statements from certificate text. Part of the trusted kernel.

use super::{
    Body, Definition, Formula, Function, Name, Predicate, Rational, Read, ReadError, ReadFault, Relation, Sexp,
    Statement, Term, all, record,
};

/// A name: letters, digits and `_`, not starting with a digit.
impl Read for Name {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        let word = sexp.word()?;
        let letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
        if word.bytes().next().is_some_and(letter) && word.bytes().all(|byte| letter(byte) || byte.is_ascii_digit()) {
            Ok(Name::from(word))
        } else {
            Err(sexp.error(ReadFault::Expected("a name")))
        }
    }
}

/// A term: `3/2`, `x`, `(+ …)`, `(* …)`, `(/ a b)`, `(^ a 3)`, `(exp a)`, `(d a x)`, `(at a (x b) …)`, `(call f a …)`.
impl Read for Term {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        if let Sexp::Word(word, _) = sexp {
            let numeric = word.starts_with(|c: char| c == '-' || c.is_ascii_digit());
            return if numeric { sexp.read().map(Self::Number) } else { sexp.read().map(Self::Variable) };
        }
        Ok(match sexp.form()? {
            ("+", items) => Self::Sum(all(items)?),
            ("*", items) => Self::Product(all(items)?),
            ("/", [above, below]) => Self::Quotient(above.read()?, below.read()?),
            ("^", [base, exponent]) => Self::Power(base.read()?, exponent.read()?),
            ("d", [body, variable]) => Self::Derivative(body.read()?, variable.read()?),
            ("at", [body, by @ ..]) => Self::At(body.read()?, all(by)?),
            ("call", [name, arguments @ ..]) => Self::Call(name.read()?, all(arguments)?),
            (head, items) => match Function::ALL.into_iter().find(|function| function.word() == head) {
                Some(function) => Self::Apply(function, all(items)?),
                None => return Err(sexp.unknown()),
            },
        })
    }
}

/// A formula: `(< a b)`, `(<= a b)`, `(= a b)`, `(!= a b)`, `(and …)`, `(or …)`, `(implies f g)`, `(forall (x …) f)`,
/// `(exists (x …) f)`, `(holds p)`, `(fails p)`, `(call p a …)`.
impl Read for Formula {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        Ok(match sexp.form()? {
            ("and", items) => Self::And(all(items)?),
            ("or", items) => Self::Or(all(items)?),
            ("implies", [premise, conclusion]) => Self::Implies(premise.read()?, conclusion.read()?),
            ("forall", [names, body]) => Self::Forall(names.read()?, body.read()?),
            ("exists", [names, body]) => Self::Exists(names.read()?, body.read()?),
            ("holds", [predicate]) => Self::Holds(predicate.read()?, true),
            ("fails", [predicate]) => Self::Holds(predicate.read()?, false),
            ("call", [name, arguments @ ..]) => Self::Call(name.read()?, all(arguments)?),
            (head, [left, right]) => match Relation::ALL.into_iter().find(|relation| relation.word() == head) {
                Some(relation) => Self::Compare(left.read()?, relation, right.read()?),
                None => return Err(sexp.unknown()),
            },
            _ => return Err(sexp.unknown()),
        })
    }
}

fn end(sexp: &Sexp<'_>) -> Result<Option<Rational>, ReadError> {
    if sexp.word()? == "infinite" { Ok(None) } else { sexp.read().map(Some) }
}

/// A predicate: `(roots p x from to n)`, `(inertia M p n z)`, `(rank M r)`, `(surface …)`.
impl Read for Predicate {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        Ok(match sexp.form()? {
            ("roots", [polynomial, variable, from, to, count]) => Self::Roots {
                polynomial: polynomial.read()?,
                variable: variable.read()?,
                from: end(from)?,
                to: end(to)?,
                count: count.read()?,
            },
            ("inertia", [matrix, positive, negative, zero]) => {
                let counts = [positive.read()?, negative.read()?, zero.read()?];
                Self::Inertia { matrix: matrix.read()?, counts }
            }
            ("rank", [matrix, rank]) => Self::Rank { matrix: matrix.read()?, rank: rank.read()? },
            ("surface", [statement]) => Self::Surface(statement.read()?),
            _ => return Err(sexp.unknown()),
        })
    }
}

/// A definition: `(function f (x …) term)`, `(predicate p (x …) formula)`, `(error E (x …) data)`.
impl Read for Definition {
    fn read(sexp: &Sexp<'_>) -> Result<Self, ReadError> {
        let (head, [name, parameters, body]) = sexp.form()? else { return Err(sexp.unknown()) };
        let body = match head {
            "function" => Body::Term(body.read()?),
            "predicate" => Body::Formula(body.read()?),
            "error" => Body::Error(body.read()?),
            _ => return Err(sexp.unknown()),
        };
        Ok(Self { name: name.read()?, parameters: parameters.read()?, body })
    }
}

record!(Statement, tagged("statement"), [definitions, formula]);
