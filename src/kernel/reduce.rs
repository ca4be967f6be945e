//! Carrying out definitions, substitutions and differentiation. Part of the trusted kernel.

use super::limits::{self, TooLarge, spend};
use super::number::{Int, Rational};
use super::surface;
use super::term::{Body, Definition, Formula, Function, Name, Predicate, Term};
use num_traits::{One, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// What is to be put for variables.
pub type Substitution = BTreeMap<Name, Term>;

/// Why a statement cannot be reduced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReduceFault {
    /// A function or predicate that is not defined before its use, or is of the other kind.
    Undefined(Name),
    /// Another number of arguments than the definition has parameters.
    Arguments(Name),
    /// A variable would be captured by a quantifier, or a name is bound twice or not at all.
    Scope(Name),
    /// `abs`, `min` or `max` under a derivative.
    NotDifferentiable(Function),
    /// A function of another number of arguments.
    Arity(Function),
    /// What results is beyond the limits.
    TooLarge,
}

impl From<TooLarge> for ReduceFault {
    fn from(TooLarge: TooLarge) -> Self {
        Self::TooLarge
    }
}

/// A number as a term.
#[must_use]
pub fn number(value: i32) -> Term {
    Term::Number(Rational::from_integer(Int::from(value)))
}

fn quotient(above: Term, below: Term) -> Term {
    Term::Quotient(Box::new(above), Box::new(below))
}

fn apply(function: Function, argument: &Term) -> Term {
    Term::Apply(function, vec![argument.clone()])
}

/// Substitutes in a reduced term.
///
/// # Errors
/// [`TooLarge`].
pub fn substitute(term: &Term, by: &Substitution) -> Result<Term, TooLarge> {
    let all = |items: &[Term]| items.iter().map(|item| substitute(item, by)).collect::<Result<_, _>>();
    spend(1)?;
    Ok(match term {
        Term::Number(_) => term.clone(),
        Term::Variable(name) => {
            let put = by.get(name).unwrap_or(term);
            spend(put.size())?;
            put.clone()
        }
        Term::Sum(items) => Term::Sum(all(items)?),
        Term::Product(items) => Term::Product(all(items)?),
        Term::Quotient(above, below) => quotient(substitute(above, by)?, substitute(below, by)?),
        Term::Power(base, exponent) => Term::Power(Box::new(substitute(base, by)?), *exponent),
        Term::Apply(function, items) => Term::Apply(*function, all(items)?),
        Term::Call(name, items) => Term::Call(name.clone(), all(items)?),
        Term::Derivative(..) | Term::At(..) => term.clone(),
    })
}

/// The term, unless it is nested too deep to go on with.
fn shallow(term: Term) -> Result<Term, TooLarge> {
    spend(term.size())?;
    if term.depth() > limits::TERM_DEPTH { Err(TooLarge) } else { Ok(term) }
}

/// Substitutes in a reduced formula.
///
/// # Errors
/// [`ReduceFault::Scope`] where a quantifier would capture a variable.
pub fn substitute_formula(formula: &Formula, by: &Substitution) -> Result<Formula, ReduceFault> {
    let all = |items: &[Formula]| items.iter().map(|item| substitute_formula(item, by)).collect::<Result<Vec<_>, _>>();
    Ok(match formula {
        Formula::Compare(left, relation, right) => {
            Formula::Compare(substitute(left, by)?, *relation, substitute(right, by)?)
        }
        Formula::And(items) => Formula::And(all(items)?),
        Formula::Or(items) => Formula::Or(all(items)?),
        Formula::Implies(premise, conclusion) => {
            Formula::Implies(Box::new(substitute_formula(premise, by)?), Box::new(substitute_formula(conclusion, by)?))
        }
        Formula::Forall(names, body) => Formula::Forall(names.clone(), Box::new(under(names, body, by)?)),
        Formula::Exists(names, body) => Formula::Exists(names.clone(), Box::new(under(names, body, by)?)),
        Formula::Holds(..) => formula.clone(),
        Formula::Call(name, items) => {
            Formula::Call(name.clone(), items.iter().map(|item| substitute(item, by)).collect::<Result<_, _>>()?)
        }
    })
}

fn under(names: &[Name], body: &Formula, by: &Substitution) -> Result<Formula, ReduceFault> {
    let mut inner = by.clone();
    inner.retain(|name, _| !names.contains(name));
    spend(inner.values().map(Term::size).sum())?;
    let mut used = BTreeSet::new();
    inner.values().for_each(|term| variables(term, &mut used));
    match names.iter().find(|name| used.contains(*name)) {
        Some(name) => Err(ReduceFault::Scope(name.clone())),
        None => substitute_formula(body, &inner),
    }
}

/// Collects the variables of a reduced term.
pub fn variables(term: &Term, into: &mut BTreeSet<Name>) {
    if let Term::Variable(name) = term {
        into.insert(name.clone());
    }
    term.parts().into_iter().for_each(|part| variables(part, into));
}

/// Definitions with everything in their bodies carried out.
#[derive(Clone, Debug, Default)]
pub struct Reducer {
    defined: BTreeMap<Name, (Vec<Name>, Reduced)>,
}

#[derive(Clone, Debug)]
enum Reduced {
    Term(Term),
    Formula(Formula),
}

impl Reducer {
    /// Takes in definitions, in order.
    ///
    /// # Errors
    /// [`ReduceFault`].
    pub fn new(definitions: &[Definition]) -> Result<Self, ReduceFault> {
        let mut reducer = Self::default();
        for definition in definitions {
            let scope: BTreeSet<Name> = definition.parameters.iter().cloned().collect();
            let reduced = match &definition.body {
                Body::Term(term) => Reduced::Term(reducer.term(term, &scope)?),
                Body::Formula(formula) => Reduced::Formula(reducer.formula(formula, &scope)?),
                Body::Error(data) => Reduced::Term(error(data, &definition.name, &definition.parameters)?),
            };
            let word = &*definition.name;
            let reserved = matches!(word, "d" | "at") || Function::ALL.iter().any(|function| function.word() == word);
            let repeated = reserved || scope.len() != definition.parameters.len();
            let entry = (definition.parameters.clone(), reduced);
            if repeated || reducer.defined.insert(definition.name.clone(), entry).is_some() {
                return Err(ReduceFault::Scope(definition.name.clone()));
            }
        }
        Ok(reducer)
    }

    fn call(
        &self,
        name: &Name,
        arguments: &[Term],
        scope: &BTreeSet<Name>,
    ) -> Result<(Substitution, &Reduced), ReduceFault> {
        let (parameters, body) = self.defined.get(name).ok_or_else(|| ReduceFault::Undefined(name.clone()))?;
        if parameters.len() != arguments.len() {
            return Err(ReduceFault::Arguments(name.clone()));
        }
        let arguments = self.terms(arguments, scope)?;
        Ok((parameters.iter().cloned().zip(arguments).collect(), body))
    }

    fn terms(&self, items: &[Term], scope: &BTreeSet<Name>) -> Result<Vec<Term>, ReduceFault> {
        items.iter().map(|item| self.term(item, scope)).collect()
    }

    /// The term with definitions, substitutions and derivatives carried out.
    ///
    /// # Errors
    /// [`ReduceFault`], also for a variable that is not in `scope`.
    pub fn term(&self, term: &Term, scope: &BTreeSet<Name>) -> Result<Term, ReduceFault> {
        spend(1)?;
        Ok(match term {
            Term::Number(_) => term.clone(),
            Term::Variable(name) if scope.contains(name) => term.clone(),
            Term::Variable(name) => return Err(ReduceFault::Scope(name.clone())),
            Term::Sum(items) => Term::Sum(self.terms(items, scope)?),
            Term::Product(items) => Term::Product(self.terms(items, scope)?),
            Term::Quotient(above, below) => quotient(self.term(above, scope)?, self.term(below, scope)?),
            Term::Power(base, exponent) => Term::Power(Box::new(self.term(base, scope)?), *exponent),
            Term::Apply(function, items) if items.len() != function.arity() => {
                return Err(ReduceFault::Arity(*function));
            }
            Term::Apply(function, items) => Term::Apply(*function, self.terms(items, scope)?),
            Term::Derivative(body, name) if scope.contains(name) => {
                shallow(derivative(&self.term(body, scope)?, name)?)?
            }
            Term::Derivative(_, name) => return Err(ReduceFault::Scope(name.clone())),
            Term::At(body, by) => {
                let mut substitution = Substitution::new();
                for (name, put) in by {
                    if substitution.insert(name.clone(), self.term(put, scope)?).is_some() {
                        return Err(ReduceFault::Scope(name.clone()));
                    }
                }
                spend(scope.len())?;
                let inner = scope.iter().chain(substitution.keys()).cloned().collect();
                shallow(substitute(&self.term(body, &inner)?, &substitution)?)?
            }
            Term::Call(name, arguments) => match self.call(name, arguments, scope)? {
                (by, Reduced::Term(body)) => shallow(substitute(body, &by)?)?,
                (_, Reduced::Formula(_)) => return Err(ReduceFault::Undefined(name.clone())),
            },
        })
    }

    /// The formula with definitions, substitutions and derivatives carried out.
    ///
    /// # Errors
    /// [`ReduceFault`], also for a free variable that is not in `scope` and a quantified one that already is.
    pub fn formula(&self, formula: &Formula, scope: &BTreeSet<Name>) -> Result<Formula, ReduceFault> {
        let all = |items: &[Formula]| items.iter().map(|item| self.formula(item, scope)).collect::<Result<Vec<_>, _>>();
        Ok(match formula {
            Formula::Compare(left, relation, right) => {
                Formula::Compare(self.term(left, scope)?, *relation, self.term(right, scope)?)
            }
            Formula::And(items) => Formula::And(all(items)?),
            Formula::Or(items) => Formula::Or(all(items)?),
            Formula::Implies(premise, conclusion) => {
                Formula::Implies(Box::new(self.formula(premise, scope)?), Box::new(self.formula(conclusion, scope)?))
            }
            Formula::Forall(names, body) => Formula::Forall(names.clone(), Box::new(self.bound(names, body, scope)?)),
            Formula::Exists(names, body) => Formula::Exists(names.clone(), Box::new(self.bound(names, body, scope)?)),
            Formula::Holds(predicate, positive) => Formula::Holds(self.predicate(predicate)?, *positive),
            Formula::Call(name, arguments) => match self.call(name, arguments, scope)? {
                (by, Reduced::Formula(body)) => substitute_formula(body, &by)?,
                (_, Reduced::Term(_)) => return Err(ReduceFault::Undefined(name.clone())),
            },
        })
    }

    fn bound(&self, names: &[Name], body: &Formula, scope: &BTreeSet<Name>) -> Result<Formula, ReduceFault> {
        spend(scope.len())?;
        let mut inner = scope.clone();
        match names.iter().find(|name| !inner.insert((*name).clone())) {
            Some(name) => Err(ReduceFault::Scope(name.clone())),
            None => self.formula(body, &inner),
        }
    }

    fn predicate(&self, predicate: &Predicate) -> Result<Predicate, ReduceFault> {
        let mut predicate = predicate.clone();
        if let Predicate::Roots { polynomial, variable, .. } = &mut predicate {
            let scope = BTreeSet::from([variable.clone()]);
            **polynomial = self.term(polynomial, &scope)?;
        }
        Ok(predicate)
    }
}

/// Σ w (θ⟨a,x⟩ − b)² as a term (ss89 (1.2)).
fn error(data: &surface::TrainingSet, name: &Name, weights: &[Name]) -> Result<Term, ReduceFault> {
    if weights.len() != data.width() {
        return Err(ReduceFault::Arguments(name.clone()));
    }
    let row = |row: &surface::Row| {
        let inner = row.input.iter().zip(weights);
        let inner = inner.filter(|(a, _)| !a.is_zero());
        let inner = inner.map(|(a, x)| Term::Product(vec![Term::Number(a.clone()), Term::Variable(x.clone())]));
        let argument = Term::Sum(inner.collect());
        let output = match data.unit() {
            surface::Unit::Tanh => apply(Function::Tanh, &argument),
            surface::Unit::Logistic => {
                let negated = Term::Product(vec![number(-1), argument]);
                quotient(number(1), Term::Sum(vec![number(1), apply(Function::Exp, &negated)]))
            }
        };
        let residual = Term::Sum(vec![output, Term::Number(-row.target.clone())]);
        Term::Product(vec![Term::Number(row.weight.clone()), Term::Power(Box::new(residual), 2)])
    };
    Ok(Term::Sum(data.rows().iter().map(row).collect()))
}

/// The formal derivative of a reduced term.
fn derivative(term: &Term, by: &Name) -> Result<Term, ReduceFault> {
    let mut used = BTreeSet::new();
    spend(term.size())?;
    variables(term, &mut used);
    if !used.contains(by) {
        return Ok(Term::Number(Rational::zero()));
    }
    Ok(match term {
        Term::Number(_) | Term::Derivative(..) | Term::At(..) | Term::Call(..) => Term::Number(Rational::zero()),
        Term::Variable(_) => Term::Number(Rational::one()),
        Term::Sum(items) => Term::Sum(items.iter().map(|item| derivative(item, by)).collect::<Result<_, _>>()?),
        Term::Product(items) => {
            spend(term.size().saturating_mul(items.len()))?;
            let mut sum = Vec::new();
            for (place, item) in items.iter().enumerate() {
                let mut factors = items.clone();
                if let Some(factor) = factors.get_mut(place) {
                    *factor = derivative(item, by)?;
                }
                sum.push(Term::Product(factors));
            }
            Term::Sum(sum)
        }
        Term::Quotient(above, below) => {
            let first = quotient(derivative(above, by)?, (**below).clone());
            let second = Term::Product(vec![number(-1), (**above).clone(), derivative(below, by)?]);
            Term::Sum(vec![first, quotient(second, Term::Power(below.clone(), 2))])
        }
        Term::Power(_, 0) => Term::Number(Rational::zero()),
        Term::Power(base, exponent) => {
            let factor = Term::Number(Rational::from_integer(Int::from(*exponent)));
            let lower = Term::Power(base.clone(), exponent.saturating_sub(1));
            Term::Product(vec![factor, lower, derivative(base, by)?])
        }
        Term::Apply(function, items) => {
            let [argument] = items.as_slice() else { return Err(ReduceFault::NotDifferentiable(*function)) };
            let inner = derivative(argument, by)?;
            let outer = match function {
                Function::Exp => term.clone(),
                Function::Log => quotient(number(1), argument.clone()),
                Function::Tanh => {
                    Term::Sum(vec![number(1), Term::Product(vec![number(-1), Term::Power(Box::new(term.clone()), 2)])])
                }
                Function::Sqrt => quotient(number(1), Term::Product(vec![number(2), term.clone()])),
                Function::Abs | Function::Min | Function::Max => {
                    return Err(ReduceFault::NotDifferentiable(*function));
                }
            };
            Term::Product(vec![outer, inner])
        }
    })
}
