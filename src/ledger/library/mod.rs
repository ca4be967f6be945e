//! Definitions in force, and the elaboration of expressions into kernel terms and formulas. Untrusted: what comes out is
//! what is proved, and is printed.

mod calls;
mod closed;
mod depth;
mod formulas;
mod names;
mod values;
mod vectors;

use crate::kernel::surface;
use crate::kernel::term::{Body, Definition, Formula, Name, Statement, Term};
use crate::ledger::lexer::{Place, SyntaxError, short};
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

pub(super) use calls::unnamed;
pub use names::Names;

impl Value {
    /// How many parts it has.
    fn size(&self) -> usize {
        match self {
            Self::Term(term) => term.size(),
            Self::List(items) => items.iter().map(Self::size).sum(),
        }
    }
}

/// An elaborated thing or the place where it is wrong.
pub type Elaborated<T> = Result<T, SyntaxError>;

/// How the ledger reads data files: a tanh unit, every input in a column of its own.
const READING: crate::unit::Reading = crate::unit::Reading {
    unit: surface::Unit::Tanh,
    threshold: false,
};

/// Largest number of items of one fold or vector.
const ITEMS: usize = 10_000;

/// Where a definition stands.
type Origin = (PathBuf, Place);

/// What a call is checked against.
#[derive(Clone, Debug)]
struct Defined {
    /// The parameters; those that are vectors with their sizes.
    parameters: Vec<(String, Option<usize>)>,
    formula: bool,
    origin: Origin,
    /// What is put in, of a macro or constant.
    body: Option<Expr>,
}

/// The definitions that a claim file sees.
#[derive(Clone, Debug, Default)]
pub struct Library {
    kernel: Vec<Definition>,
    defined: BTreeMap<String, Defined>,
    file: PathBuf,
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
    spend(1, place)
}

fn spend(steps: usize, place: Place) -> Elaborated<()> {
    match budget::spend(steps) {
        Some(()) => Ok(()),
        None => wrong(place, "this stands for more than fits the budget"),
    }
}

impl Library {
    /// An empty library of a claim file; data files are looked up in its folder.
    #[must_use]
    pub fn new(file: &Path) -> Self {
        Self {
            file: file.to_path_buf(),
            folder: file.parent().unwrap_or(Path::new("")).to_path_buf(),
            ..Self::default()
        }
    }

    /// The folder in which data files are looked up.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Takes over the definitions of another file, imported at a place.
    ///
    /// # Errors
    /// [`SyntaxError`] if a name is defined otherwise there.
    pub fn extend(&mut self, other: &Self, place: Place) -> Elaborated<()> {
        for (name, there) in &other.defined {
            let Some(here) = self.defined.get(name) else {
                continue;
            };
            if here.origin != there.origin {
                let at = |(file, place): &Origin| format!("{}:{place}", file.display());
                let (here, there) = (at(&here.origin), at(&there.origin));
                return wrong(
                    place,
                    format!(
                        "`{name}` is defined twice: in {here} and in {there}, which is imported here"
                    ),
                );
            }
        }
        for definition in &other.kernel {
            if !self.defined.contains_key(&*definition.name) {
                self.kernel.push(definition.clone());
            }
        }
        self.defined.extend(other.defined.clone());
        Ok(())
    }

    /// Adds a definition.
    ///
    /// # Errors
    /// [`SyntaxError`] where it is wrong or its name is taken.
    pub fn define(&mut self, define: &Define) -> Elaborated<()> {
        if let Some(there) = self.defined.get(&define.name) {
            let (file, place) = &there.origin;
            return wrong(
                define.place,
                format!(
                    "`{}` is already defined in {}:{place}",
                    define.name,
                    file.display()
                ),
            );
        }
        let (names, scope, sizes) = self.bind(&define.parameters, &Names::new())?;
        let parameters = define.parameters.iter().zip(sizes);
        let mut defined = Defined {
            parameters: parameters
                .map(|(binder, size)| (binder.name.clone(), size))
                .collect(),
            formula: self.is_formula(&define.body),
            origin: (self.file.clone(), define.place),
            body: None,
        };
        match define.kind {
            DefinitionKind::Constant | DefinitionKind::Macro => {
                self.check_macro(define)?;
                defined.body = Some(define.body.clone());
            }
            DefinitionKind::Define | DefinitionKind::Error => self.kernel.push(Definition {
                name: Name::from(define.name.as_str()),
                parameters: names,
                body: self.body(define, &scope)?,
            }),
        }
        self.defined.insert(define.name.clone(), defined);
        Ok(())
    }

    /// What the kernel keeps of a definition.
    fn body(&self, define: &Define, scope: &Names) -> Elaborated<Body> {
        match (&define.kind, &define.body.kind) {
            (DefinitionKind::Error, Kind::Text(file)) => {
                Ok(Body::Error(self.data(file, define.body.place)?))
            }
            (DefinitionKind::Error, _) => wrong(
                define.body.place,
                "expected the name of a data file in quotes",
            ),
            _ if self.is_formula(&define.body) => {
                Ok(Body::Formula(self.formula(&define.body, scope)?))
            }
            _ => Ok(Body::Term(self.term(&define.body, scope)?)),
        }
    }

    /// The training set in a data file.
    fn data(&self, file: &str, place: Place) -> Elaborated<surface::TrainingSet> {
        let path = self.folder.join(file);
        let read =
            crate::unit::TrainingSet::read(&path, READING).map_err(|error| error.to_string());
        match read.map(|data| data.plain().clone()) {
            Ok(data) => Ok(data),
            Err(error) => wrong(place, format!("data file {}: {error}", short(file))),
        }
    }

    /// Binders as kernel variables, with the names that they bring into force.
    ///
    /// # Errors
    /// [`SyntaxError`] where a size is wrong, a name has a meaning already, or two would be one variable of the kernel.
    pub fn bind(
        &self,
        binders: &[Binder],
        names: &Names,
    ) -> Elaborated<(Vec<Name>, Names, Vec<Option<usize>>)> {
        let (mut all, mut inner, mut sizes) = (Vec::new(), names.clone(), Vec::new());
        for (at, binder) in binders.iter().enumerate() {
            let (name, place) = (&binder.name, binder.place);
            if binders.iter().take(at).any(|other| other.name == *name) {
                return wrong(place, format!("`{name}` is bound twice"));
            }
            let size = match &binder.size {
                Some(size) => match self.index(size, names)? {
                    0 => return wrong(size.place, "a vector has at least one entry"),
                    entries => Some(entries),
                },
                None => None,
            };
            let fresh = inner.bind(name, size, place)?;
            spend(fresh.len(), place)?;
            all.extend(fresh);
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
                        crate::ledger::terms::calls_of_formula(formula, &mut used);
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
