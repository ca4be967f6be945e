//! Definitions in force, and the elaboration of expressions into kernel terms and formulas. Untrusted: what comes out is
//! what is proved, and is printed.

mod calls;
mod formulas;
mod values;
mod vectors;

use crate::kernel::number::Rational;
use crate::kernel::surface;
use crate::kernel::term::{Body, Definition, Formula, Function, Name, Statement, Term};
use crate::ledger::lexer::{Place, SyntaxError};
use crate::ledger::syntax::{Binder, Define, DefinitionKind, Expr, Kind};
use crate::prover::budget;
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

/// What the language calls itself; a definition with such a name would stand for something else than it says.
const CALLED: [&str; 11] = [
    "at", "d", "every", "inertia", "list", "product", "rank", "roots", "some", "spurious", "sum",
];

/// The names in force at one place: variables, indices, parameters of macros.
pub type Names = BTreeMap<String, Value>;

/// An elaborated thing or the place where it is wrong.
pub type Elaborated<T> = Result<T, SyntaxError>;

/// How the ledger reads data files: a tanh unit, every input in a column of its own.
const READING: crate::unit::Reading = crate::unit::Reading {
    unit: surface::Unit::Tanh,
    threshold: false,
};

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
///
/// # Errors
/// Always.
pub fn wrong<T>(place: Place, message: impl Into<String>) -> Elaborated<T> {
    Err(SyntaxError {
        place,
        message: message.into(),
    })
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
            let names: Vec<Name> = (1..=size)
                .map(|i| Name::from(format!("{name}{i}")))
                .collect();
            let value = Value::List(names.iter().map(variable).collect());
            (names, value)
        }
    }
}

impl Library {
    /// An empty library; data files are looked up in `folder`.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
            ..Self::default()
        }
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
        let function = Function::ALL
            .into_iter()
            .any(|function| function.word() == define.name);
        if function || CALLED.contains(&define.name.as_str()) {
            let message = format!(
                "`{}` is a word of the language: it cannot be the name that is defined",
                define.name
            );
            return wrong(define.place, message);
        }
        if self.defined.contains_key(&define.name) || self.macros.contains_key(&define.name) {
            return wrong(
                define.place,
                format!("`{}` is already defined", define.name),
            );
        }
        if define.kind == DefinitionKind::Macro {
            self.macros.insert(define.name.clone(), define.clone());
            return Ok(());
        }
        let (names, scope, sizes) = self.bind(&define.parameters, &Names::new())?;
        let body = match (&define.kind, &define.body.kind) {
            (DefinitionKind::Error, Kind::Text(file)) => {
                Body::Error(self.data(file, define.body.place)?)
            }
            (DefinitionKind::Error, _) => {
                return wrong(
                    define.body.place,
                    "expected the name of a data file in quotes",
                );
            }
            _ if self.is_formula(&define.body) => {
                Body::Formula(self.formula(&define.body, &scope)?)
            }
            _ => Body::Term(self.term(&define.body, &scope)?),
        };
        let formula = matches!(body, Body::Formula(_));
        self.defined
            .insert(define.name.clone(), Defined { sizes, formula });
        self.kernel.push(Definition {
            name: Name::from(define.name.as_str()),
            parameters: names,
            body,
        });
        Ok(())
    }

    /// The training set in a data file.
    fn data(&self, file: &str, place: Place) -> Elaborated<surface::TrainingSet> {
        let path = self.folder.join(file);
        let read =
            crate::unit::TrainingSet::read(&path, READING).map_err(|error| error.to_string());
        match read.map(|data| data.plain().clone()) {
            Ok(data) => Ok(data),
            Err(error) => wrong(place, format!("data file {file}: {error}")),
        }
    }

    /// Binders as kernel variables, with the names that they bring into force.
    ///
    /// # Errors
    /// [`SyntaxError`] where a size is wrong or a name bound twice.
    pub fn bind(
        &self,
        binders: &[Binder],
        names: &Names,
    ) -> Elaborated<(Vec<Name>, Names, Vec<Option<usize>>)> {
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
            [
                (
                    None,
                    Expr {
                        place,
                        kind: Kind::Text(file),
                    },
                ),
            ] => self.data(file, *place),
            _ => wrong(place, "expected the name of a data file in quotes"),
        }
    }

    /// A formula with the definitions that it uses.
    pub fn statement(&self, formula: Formula) -> Statement {
        let mut used = BTreeSet::new();
        crate::ledger::terms::calls_of_formula(&formula, &mut used);
        let mut definitions = Vec::new();
        for definition in self.kernel.iter().rev() {
            if used.contains(&definition.name) {
                match &definition.body {
                    Body::Term(term) => crate::ledger::terms::calls(term, &mut used),
                    Body::Formula(formula) => {
                        crate::ledger::terms::calls_of_formula(formula, &mut used)
                    }
                    Body::Error(_) => {}
                }
                definitions.push(definition.clone());
            }
        }
        definitions.reverse();
        Statement {
            definitions,
            formula,
        }
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
    inner.insert(
        index.to_string(),
        Value::Term(Term::Number(Rational::from_integer(value.into()))),
    );
    inner
}
