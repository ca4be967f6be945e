//! Definitions in force, and the elaboration of expressions into kernel terms and formulas. Untrusted: the kernel prints
//! what comes out, and that is what is proved.

use super::lexer::{Place, SyntaxError};
use super::syntax::{Binder, Define, DefinitionKind, Expr, Fold, Kind, Operation};
use super::terms::{divide, exponent, fold_product, fold_sum, multiply, negate, power};
use crate::kernel::number::Rational;
use crate::kernel::surface;
use crate::kernel::term::{Body, Definition, Formula, Function, Name, Relation, Statement, Term};
use crate::prover::budget;
use num_traits::{ToPrimitive, Zero};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What a name or expression stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Term(Term),
    /// A vector, or a matrix by rows.
    List(Vec<Value>),
}

/// The names in force at one place: variables, indices, parameters of macros.
pub type Names = BTreeMap<String, Value>;

/// An elaborated thing or the place where it is wrong.
pub type Elaborated<T> = Result<T, SyntaxError>;

/// How the ledger reads data files: a tanh unit, every input in a column of its own.
const READING: crate::unit::Reading = crate::unit::Reading { unit: surface::Unit::Tanh, threshold: false };

/// Largest number of items of one fold or vector.
const ITEMS: usize = 10_000;

#[derive(Clone, Debug)]
struct Defined {
    sizes: Vec<Option<usize>>,
    formula: bool,
}

/// The definitions that a claim file sees.
#[derive(Clone, Debug, Default)]
pub struct Library {
    kernel: Vec<Definition>,
    defined: BTreeMap<String, Defined>,
    macros: BTreeMap<String, Define>,
    folder: PathBuf,
}

/// The error at a place.
pub fn wrong<T>(place: Place, message: impl Into<String>) -> Elaborated<T> {
    Err(SyntaxError { place, message: message.into() })
}

/// Counts one expression; macros inside macros may stand for more of them than fit.
fn within_budget(place: Place) -> Elaborated<()> {
    match budget::spend(1) {
        Some(()) => Ok(()),
        None => wrong(place, "this stands for more than fits the budget"),
    }
}

/// The variables of a binder, and what its name stands for.
#[must_use]
pub fn variables(name: &str, size: Option<usize>) -> (Vec<Name>, Value) {
    let variable = |name: &Name| Value::Term(Term::Variable(name.clone()));
    match size {
        None => {
            let name = Name::from(name);
            (vec![name.clone()], variable(&name))
        }
        Some(size) => {
            let names: Vec<Name> = (1..=size).map(|i| Name::from(format!("{name}{i}"))).collect();
            let value = Value::List(names.iter().map(variable).collect());
            (names, value)
        }
    }
}

fn flatten(value: Value, into: &mut Vec<Term>) {
    match value {
        Value::Term(term) => into.push(term),
        Value::List(items) => items.into_iter().for_each(|item| flatten(item, into)),
    }
}

impl Library {
    /// An empty library; data files are looked up in `folder`.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf(), ..Self::default() }
    }

    /// The folder in which data files are looked up.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Takes over the definitions of another file.
    pub fn extend(&mut self, other: &Self) {
        for definition in &other.kernel {
            if !self.defined.contains_key(&*definition.name) {
                self.kernel.push(definition.clone());
            }
        }
        self.defined.extend(other.defined.clone());
        self.macros.extend(other.macros.clone());
    }

    /// Adds a definition.
    ///
    /// # Errors
    /// [`SyntaxError`] where it is wrong or its name is taken.
    pub fn define(&mut self, define: &Define) -> Elaborated<()> {
        if self.defined.contains_key(&define.name) || self.macros.contains_key(&define.name) {
            return wrong(define.place, format!("`{}` is already defined", define.name));
        }
        if define.kind == DefinitionKind::Macro {
            self.macros.insert(define.name.clone(), define.clone());
            return Ok(());
        }
        let (names, scope, sizes) = self.bind(&define.parameters, &Names::new())?;
        let body = match (&define.kind, &define.body.kind) {
            (DefinitionKind::Error, Kind::Text(file)) => Body::Error(self.data(file, define.body.place)?),
            (DefinitionKind::Error, _) => {
                return wrong(define.body.place, "expected the name of a data file in quotes");
            }
            _ if self.is_formula(&define.body) => Body::Formula(self.formula(&define.body, &scope)?),
            _ => Body::Term(self.term(&define.body, &scope)?),
        };
        let formula = matches!(body, Body::Formula(_));
        self.defined.insert(define.name.clone(), Defined { sizes, formula });
        self.kernel.push(Definition { name: Name::from(define.name.as_str()), parameters: names, body });
        Ok(())
    }

    /// The training set in a data file.
    fn data(&self, file: &str, place: Place) -> Elaborated<surface::TrainingSet> {
        let path = self.folder.join(file);
        let read = crate::unit::TrainingSet::read(&path, READING).map_err(|error| error.to_string());
        match read.map(|data| data.plain().clone()) {
            Ok(data) => Ok(data),
            Err(error) => wrong(place, format!("data file {file}: {error}")),
        }
    }

    /// Binders as kernel variables, with the names that they bring into force.
    ///
    /// # Errors
    /// [`SyntaxError`] where a size is wrong or a name bound twice.
    pub fn bind(&self, binders: &[Binder], names: &Names) -> Elaborated<(Vec<Name>, Names, Vec<Option<usize>>)> {
        let (mut all, mut inner, mut sizes) = (Vec::new(), names.clone(), Vec::new());
        for binder in binders {
            let size = match &binder.size {
                Some(size) => Some(self.index(size, names)?),
                None => None,
            };
            let (fresh, value) = variables(&binder.name, size);
            if all.iter().any(|name| fresh.contains(name)) {
                return wrong(binder.place, format!("`{}` is bound twice", binder.name));
            }
            all.extend(fresh);
            inner.insert(binder.name.clone(), value);
            sizes.push(size);
        }
        Ok((all, inner, sizes))
    }

    fn is_formula(&self, expr: &Expr) -> bool {
        match &expr.kind {
            Kind::Chain(..) | Kind::Not(_) | Kind::And(_) | Kind::Or(_) | Kind::Implies(..) | Kind::Iff(..) => true,
            Kind::Quantified(..) | Kind::Range(Fold::Every | Fold::Some, ..) => true,
            Kind::Call(name, _) => {
                self.defined.get(name).is_some_and(|defined| defined.formula)
                    || self.macros.get(name).is_some_and(|define| self.is_formula(&define.body))
                    || super::predicates::is_predicate(name)
            }
            Kind::Number(_) | Kind::Name(_) | Kind::Text(_) | Kind::List(_) | Kind::Entry(..) => false,
            Kind::Binary(..) | Kind::Negative(_) | Kind::Range(..) => false,
        }
    }

    /// A whole number from 0 that is known without the values of variables.
    ///
    /// # Errors
    /// [`SyntaxError`] where it is none.
    pub fn index(&self, expr: &Expr, names: &Names) -> Elaborated<usize> {
        match self.term(expr, names)? {
            Term::Number(value) if value.is_integer() => match value.to_integer().to_usize() {
                Some(index) if index <= ITEMS => Ok(index),
                _ => wrong(expr.place, format!("expected a whole number from 0 to {ITEMS}")),
            },
            _ => wrong(expr.place, "expected a whole number that is known here"),
        }
    }

    /// A number known without the values of variables.
    ///
    /// # Errors
    /// [`SyntaxError`] where it is none.
    pub fn rational(&self, expr: &Expr, names: &Names) -> Elaborated<Rational> {
        match self.term(expr, names)? {
            Term::Number(value) => Ok(value),
            _ => wrong(expr.place, "expected a number that is known here"),
        }
    }

    /// A kernel term.
    ///
    /// # Errors
    /// [`SyntaxError`] where the expression is wrong or a vector.
    pub fn term(&self, expr: &Expr, names: &Names) -> Elaborated<Term> {
        match self.value(expr, names)? {
            Value::Term(term) => Ok(term),
            Value::List(items) => {
                wrong(expr.place, format!("expected a number, found a vector of {} entries", items.len()))
            }
        }
    }

    /// What an expression stands for.
    ///
    /// # Errors
    /// [`SyntaxError`] where the expression is wrong.
    pub fn value(&self, expr: &Expr, names: &Names) -> Elaborated<Value> {
        let place = expr.place;
        within_budget(place)?;
        Ok(match &expr.kind {
            Kind::Number(value) => Value::Term(Term::Number(value.clone())),
            Kind::Name(name) => return self.name(name, place, names),
            Kind::List(items) => {
                Value::List(items.iter().map(|item| self.value(item, names)).collect::<Result<_, _>>()?)
            }
            Kind::Entry(list, index) => return self.entry(list, index, names),
            Kind::Negative(inner) => match self.value(inner, names)? {
                Value::Term(term) => Value::Term(negate(term)),
                Value::List(items) => {
                    scale(&Term::Number(Rational::from_integer((-1).into())), items, multiply, place)?
                }
            },
            Kind::Binary(operation, left, right) => {
                let (left, right) = (self.value(left, names)?, self.value(right, names)?);
                return binary(*operation, left, right, place);
            }
            Kind::Range(fold @ (Fold::Sum | Fold::Product | Fold::List), index, from, to, body) => {
                let items = self.range(index, from, to, names, |inner| self.value(body, inner))?;
                let terms =
                    |items: Vec<Value>| items.into_iter().map(|item| scalar(item, place)).collect::<Result<_, _>>();
                match fold {
                    Fold::Sum => Value::Term(fold_sum(terms(items)?)),
                    Fold::Product => Value::Term(fold_product(terms(items)?)),
                    _ => Value::List(items),
                }
            }
            Kind::Call(name, arguments) => return self.call(name, arguments, place, names),
            Kind::Text(_) => return wrong(place, "a text is no number"),
            _ => return wrong(place, "a formula stands where a number is expected"),
        })
    }

    fn range<T>(
        &self,
        index: &str,
        from: &Expr,
        to: &Expr,
        names: &Names,
        mut item: impl FnMut(&Names) -> Elaborated<T>,
    ) -> Elaborated<Vec<T>> {
        let (from, to) = (self.index(from, names)?, self.index(to, names)?);
        (from..=to).map(|i| item(&with_index(names, index, i))).collect()
    }

    fn name(&self, name: &str, place: Place, names: &Names) -> Elaborated<Value> {
        if let Some(value) = names.get(name) {
            return Ok(value.clone());
        }
        match self.macros.get(name) {
            Some(define) if define.parameters.is_empty() => self.value(&define.body, &Names::new()),
            _ => wrong(place, format!("unknown name `{name}`")),
        }
    }

    fn entry(&self, list: &Expr, index: &Expr, names: &Names) -> Elaborated<Value> {
        let (place, entry) = (index.place, self.index(index, names)?);
        match self.value(list, names)? {
            Value::List(items) if entry >= 1 && entry <= items.len() => {
                Ok(items.into_iter().nth(entry - 1).unwrap_or(Value::List(Vec::new())))
            }
            Value::List(items) => wrong(place, format!("index {entry} is not between 1 and {}", items.len())),
            Value::Term(_) => wrong(list.place, "expected a vector before `[`"),
        }
    }

    fn call(&self, name: &str, arguments: &[(Option<String>, Expr)], place: Place, names: &Names) -> Elaborated<Value> {
        match (name, arguments) {
            ("d", [(None, body), (None, by)]) => {
                let (body, by) = (self.term(body, names)?, self.term(by, names)?);
                let Term::Variable(variable) = by else { return wrong(place, "d(f, x) needs a variable x") };
                return Ok(Value::Term(Term::Derivative(Box::new(body), variable)));
            }
            ("at", [(None, body), by @ ..]) => return self.at(body, by, place, names),
            _ => {}
        }
        if let Some(define) = self.macros.get(name) {
            return self.value(&define.body, &self.macro_names(define, arguments, place, names)?);
        }
        let mut terms = Vec::new();
        for (_, argument) in arguments {
            flatten(self.value(argument, names)?, &mut terms);
        }
        if let Some(function) = Function::ALL.into_iter().find(|function| function.word() == name) {
            return apply(function, terms, place).map(Value::Term);
        }
        self.callee(name, arguments, place, names, false)?;
        Ok(Value::Term(Term::Call(Name::from(name), terms)))
    }

    /// Checks that a definition of this kind takes these arguments.
    fn callee(
        &self,
        name: &str,
        arguments: &[(Option<String>, Expr)],
        place: Place,
        names: &Names,
        formula: bool,
    ) -> Elaborated<()> {
        let Some(defined) = self.defined.get(name).filter(|defined| defined.formula == formula) else {
            return wrong(place, format!("unknown {} `{name}`", if formula { "predicate" } else { "function" }));
        };
        if defined.sizes.len() != arguments.len() {
            let expected = defined.sizes.len();
            return wrong(place, format!("`{name}` takes {expected} arguments, found {}", arguments.len()));
        }
        for (size, (_, argument)) in defined.sizes.iter().zip(arguments) {
            let found = match self.value(argument, names)? {
                Value::Term(_) => None,
                Value::List(items) => Some(items.len()),
            };
            if *size != found {
                return wrong(argument.place, format!("this argument of `{name}` has the wrong number of entries"));
            }
        }
        Ok(())
    }

    fn macro_names(
        &self,
        define: &Define,
        arguments: &[(Option<String>, Expr)],
        place: Place,
        names: &Names,
    ) -> Elaborated<Names> {
        if define.parameters.len() != arguments.len() {
            let (name, expected) = (&define.name, define.parameters.len());
            return wrong(place, format!("`{name}` takes {expected} arguments, found {}", arguments.len()));
        }
        let values = define.parameters.iter().zip(arguments);
        values.map(|(parameter, (_, argument))| Ok((parameter.name.clone(), self.value(argument, names)?))).collect()
    }

    fn at(&self, body: &Expr, by: &[(Option<String>, Expr)], place: Place, names: &Names) -> Elaborated<Value> {
        let (mut inner, mut pairs) = (names.clone(), Vec::new());
        for (name, value) in by {
            let Some(name) = name else { return wrong(value.place, "expected `variable = value`") };
            let value = self.value(value, names)?;
            let size = match &value {
                Value::Term(_) => None,
                Value::List(items) => Some(items.len()),
            };
            let (variables, stands) = variables(name, size);
            inner.insert(name.clone(), stands);
            let mut put = Vec::new();
            flatten(value, &mut put);
            pairs.extend(variables.into_iter().zip(put));
        }
        if pairs.is_empty() {
            return wrong(place, "at(f, x = a) needs at least one variable");
        }
        Ok(Value::Term(Term::At(Box::new(self.term(body, &inner)?), pairs)))
    }

    /// A kernel formula.
    ///
    /// # Errors
    /// [`SyntaxError`] where the expression is wrong or no formula.
    pub fn formula(&self, expr: &Expr, names: &Names) -> Elaborated<Formula> {
        let all = |items: &[Expr]| items.iter().map(|item| self.formula(item, names)).collect::<Result<Vec<_>, _>>();
        let boxed = |expr: &Expr| self.formula(expr, names).map(Box::new);
        within_budget(expr.place)?;
        Ok(match &expr.kind {
            Kind::Not(inner) => self.formula(inner, names)?.negation(),
            Kind::And(items) => Formula::And(all(items)?),
            Kind::Or(items) => Formula::Or(all(items)?),
            Kind::Implies(premise, conclusion) => Formula::Implies(boxed(premise)?, boxed(conclusion)?),
            Kind::Iff(left, right) => Formula::And(vec![
                Formula::Implies(boxed(left)?, boxed(right)?),
                Formula::Implies(boxed(right)?, boxed(left)?),
            ]),
            Kind::Quantified(all, binders, body) => {
                let (variables, inner, _) = self.bind(binders, names)?;
                let body = Box::new(self.formula(body, &inner)?);
                if *all { Formula::Forall(variables, body) } else { Formula::Exists(variables, body) }
            }
            Kind::Range(fold @ (Fold::Every | Fold::Some), index, from, to, body) => {
                let items = self.range(index, from, to, names, |inner| self.formula(body, inner))?;
                if *fold == Fold::Every { Formula::And(items) } else { Formula::Or(items) }
            }
            Kind::Chain(first, rest) => return self.chain(first, rest, names),
            Kind::Call(name, arguments) => {
                if let Some(define) = self.macros.get(name) {
                    return self.formula(&define.body, &self.macro_names(define, arguments, expr.place, names)?);
                }
                if super::predicates::is_predicate(name) {
                    return self.predicate(arguments, expr.place);
                }
                self.callee(name, arguments, expr.place, names, true)?;
                let mut terms = Vec::new();
                for (_, argument) in arguments {
                    flatten(self.value(argument, names)?, &mut terms);
                }
                Formula::Call(Name::from(name.as_str()), terms)
            }
            _ => return wrong(expr.place, "expected a formula"),
        })
    }

    fn chain(&self, first: &Expr, rest: &[(Relation, bool, Expr)], names: &Names) -> Elaborated<Formula> {
        if let (Kind::Call(name, arguments), [(relation, false, right)]) = (&first.kind, rest)
            && let Some(formula) = self.counted(name, arguments, *relation, right, names)?
        {
            return Ok(formula);
        }
        let mut formulas = Vec::new();
        let mut left = self.term(first, names)?;
        for (relation, swapped, right) in rest {
            let right = self.term(right, names)?;
            let (smaller, larger) = if *swapped { (right.clone(), left) } else { (left, right.clone()) };
            formulas.push(Formula::Compare(smaller, *relation, larger));
            left = right;
        }
        Ok(if formulas.len() == 1 { formulas.remove(0) } else { Formula::And(formulas) })
    }

    /// The training set that a predicate is about.
    ///
    /// # Errors
    /// [`SyntaxError`] unless the one argument names a data file.
    pub fn data_argument(
        &self,
        arguments: &[(Option<String>, Expr)],
        place: Place,
    ) -> Elaborated<surface::TrainingSet> {
        match arguments {
            [(None, Expr { place, kind: Kind::Text(file) })] => self.data(file, *place),
            _ => wrong(place, "expected the name of a data file in quotes"),
        }
    }

    /// A formula with the definitions that it uses.
    #[must_use]
    pub fn statement(&self, formula: Formula) -> Statement {
        let mut used = BTreeSet::new();
        super::terms::calls_of_formula(&formula, &mut used);
        let mut definitions = Vec::new();
        for definition in self.kernel.iter().rev() {
            if used.contains(&definition.name) {
                match &definition.body {
                    Body::Term(term) => super::terms::calls(term, &mut used),
                    Body::Formula(formula) => super::terms::calls_of_formula(formula, &mut used),
                    Body::Error(_) => {}
                }
                definitions.push(definition.clone());
            }
        }
        definitions.reverse();
        Statement { definitions, formula }
    }

    /// Every definition that the kernel keeps by name, in order.
    #[must_use]
    pub fn kernel_definitions(&self) -> &[Definition] {
        &self.kernel
    }
}

/// The names with an index added.
#[must_use]
pub fn with_index(names: &Names, index: &str, value: usize) -> Names {
    let mut inner = names.clone();
    inner.insert(index.to_string(), Value::Term(Term::Number(Rational::from_integer(value.into()))));
    inner
}

fn scalar(value: Value, place: Place) -> Elaborated<Term> {
    match value {
        Value::Term(term) => Ok(term),
        Value::List(_) => wrong(place, "expected a number, found a vector"),
    }
}

fn scale(by: &Term, items: Vec<Value>, operation: fn(Term, Term) -> Term, place: Place) -> Elaborated<Value> {
    let items = items.into_iter().map(|item| Ok(Value::Term(operation(scalar(item, place)?, by.clone()))));
    items.collect::<Result<_, _>>().map(Value::List)
}

fn binary(operation: Operation, left: Value, right: Value, place: Place) -> Elaborated<Value> {
    let subtract = |left, right| fold_sum(vec![left, negate(right)]);
    match (operation, left, right) {
        (Operation::Add, Value::Term(left), Value::Term(right)) => Ok(Value::Term(fold_sum(vec![left, right]))),
        (Operation::Subtract, Value::Term(left), Value::Term(right)) => Ok(Value::Term(subtract(left, right))),
        (Operation::Multiply, Value::Term(left), Value::Term(right)) => Ok(Value::Term(multiply(left, right))),
        (Operation::Divide, _, Value::Term(Term::Number(zero))) if zero.is_zero() => wrong(place, "division by zero"),
        (Operation::Divide, Value::Term(left), Value::Term(right)) => Ok(Value::Term(divide(left, right))),
        (Operation::Power, Value::Term(base), Value::Term(Term::Number(value))) => match exponent(&value) {
            Some(value) => Ok(Value::Term(power(base, value))),
            None => wrong(place, "an exponent must be a whole number between -4096 and 4096"),
        },
        (Operation::Power, ..) => wrong(place, "an exponent must be a whole number that is known here"),
        (Operation::Add | Operation::Subtract, Value::List(left), Value::List(right)) if left.len() == right.len() => {
            let pairs = left.into_iter().zip(right);
            let items = pairs.map(|(left, right)| binary(operation, left, right, place));
            items.collect::<Result<_, _>>().map(Value::List)
        }
        (Operation::Multiply, Value::Term(by), Value::List(items))
        | (Operation::Multiply, Value::List(items), Value::Term(by)) => scale(&by, items, multiply, place),
        (Operation::Divide, Value::List(items), Value::Term(by)) => scale(&by, items, divide, place),
        _ => wrong(place, "this operation is not defined for these operands"),
    }
}

fn apply(function: Function, terms: Vec<Term>, place: Place) -> Elaborated<Term> {
    let count = terms.len();
    let mut terms = terms.into_iter();
    match (function.arity(), terms.next()) {
        (1, Some(first)) if count == 1 => Ok(Term::Apply(function, vec![first])),
        (2, Some(first)) if count >= 2 => Ok(terms.fold(first, |left, right| Term::Apply(function, vec![left, right]))),
        _ => wrong(place, format!("`{}` takes another number of arguments than {count}", function.word())),
    }
}
