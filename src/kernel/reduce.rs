//! Carrying out definitions, substitutions and differentiation. Part of the trusted kernel.

use super::{
    Body, Checked, Definition, Formula, Function, Int, Name, Predicate, Property, Rational,
    Rejection, Term, TooLarge,
};
use super::{NameFault, Premise};
use super::{allow, fails, limits, spend, surface};
use num_traits::Zero;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is to be put for variables.
pub type Substitution = BTreeMap<Name, Term>;

/// A number as a term.
pub fn number(value: i32) -> Term {
    Term::Number(Rational::from_integer(Int::from(value)))
}

fn quotient(above: Term, below: Term) -> Term {
    Term::Quotient(Box::new(above), Box::new(below))
}

/// Substitutes in a reduced term.
///
/// # Errors
/// [`TooLarge`].
pub fn substitute(term: &Term, by: &Substitution) -> Result<Term, TooLarge> {
    spend(1)?;
    let put = match term {
        Term::Variable(name) => by.get(name).unwrap_or(term),
        Term::Number(_) => term,
        _ => return term.map(|part| substitute(part, by)),
    };
    spend(put.size())?;
    Ok(put.clone())
}

/// The formula, unless it is nested too deep to go on with. Whoever made it has counted its parts.
fn flat(formula: Formula) -> Checked<Formula> {
    if formula.depth() > limits::FORMULA_DEPTH {
        Err(Rejection::TooLarge)
    } else {
        Ok(formula)
    }
}

/// The term, unless it is nested too deep to go on with. Whoever made it has counted its parts.
fn shallow(term: Term) -> Checked<Term> {
    if term.depth() > limits::TERM_DEPTH {
        Err(Rejection::TooLarge)
    } else {
        Ok(term)
    }
}

/// Substitutes in a reduced formula.
///
/// # Errors
/// `Rejection` where a quantifier would capture a variable.
pub fn substitute_formula(formula: &Formula, by: &Substitution) -> Checked<Formula> {
    flat(put(formula, by)?)
}

/// Substitutes in a formula, however deep.
fn put(formula: &Formula, by: &Substitution) -> Checked<Formula> {
    let bound = formula.bound();
    spend(bound.len().saturating_add(1))?;
    let mut inner = Cow::Borrowed(by);
    if !bound.is_empty() {
        spend(by.len().saturating_mul(2))?;
        spend(by.values().map(Term::size).fold(0, usize::saturating_add))?;
        let names: BTreeSet<&Name> = bound.iter().collect();
        inner.to_mut().retain(|name, _| !names.contains(name));
        let mut used = BTreeSet::new();
        inner.values().for_each(|term| variables(term, &mut used));
        bound
            .iter()
            .try_for_each(|name| allow(!used.contains(name), NameFault::Captured, name))?;
    }
    formula.map(
        |term| Ok(substitute(term, &inner)?),
        |part| put(part, &inner),
    )
}

/// Collects the variables of a reduced term.
pub fn variables(term: &Term, into: &mut BTreeSet<Name>) {
    if let Term::Variable(name) = term {
        into.insert(name.clone());
    }
    term.each(|part| variables(part, into));
}

/// Definitions, with everything in their bodies carried out.
#[derive(Clone, Debug, Default)]
pub struct Reducer {
    defined: BTreeMap<Name, (Vec<Name>, Body)>,
}

impl Reducer {
    /// Takes in definitions, in order.
    ///
    /// # Errors
    /// The premise that fails.
    pub fn new(definitions: &[Definition]) -> Checked<Self> {
        let mut reducer = Self::default();
        for Definition {
            name,
            parameters,
            body,
        } in definitions
        {
            spend(parameters.len().saturating_mul(2))?;
            let mut scope = BTreeSet::new();
            for parameter in parameters {
                let new = scope.insert(parameter.clone());
                allow(new, NameFault::BoundTwice, parameter)?;
            }
            let reserved = ["d", "at"].contains(&&**name) || Function::named(name).is_some();
            allow(!reserved, NameFault::Reserved, name)?;
            let body = match body {
                Body::Term(term) => Body::Term(reducer.term(term, &scope)?),
                Body::Formula(formula) => Body::Formula(reducer.formula(formula, &scope)?),
                Body::Error(data) => Body::Term(error(data, name, parameters)?),
            };
            let before = reducer
                .defined
                .insert(name.clone(), (parameters.clone(), body));
            allow(before.is_none(), NameFault::DefinedTwice, name)?;
        }
        Ok(reducer)
    }

    /// What a name stands for, and what is to be put for its parameters.
    fn call(
        &self,
        name: &Name,
        arguments: &[Term],
        scope: &BTreeSet<Name>,
    ) -> Checked<(Substitution, &Body)> {
        let (parameters, body) = self
            .defined
            .get(name)
            .ok_or_else(|| Rejection::Name(NameFault::Undefined, name.clone()))?;
        let fits = parameters.len() == arguments.len();
        allow(fits, NameFault::Arguments, name)?;
        let put = |(name, term): (&Name, &Term)| Ok((name.clone(), self.term(term, scope)?));
        Ok((
            parameters
                .iter()
                .zip(arguments)
                .map(put)
                .collect::<Checked<_>>()?,
            body,
        ))
    }

    /// The term with definitions, substitutions and derivatives carried out.
    ///
    /// # Errors
    /// `Rejection`, also for a variable that is not in `scope`.
    pub fn term(&self, term: &Term, scope: &BTreeSet<Name>) -> Checked<Term> {
        spend(1)?;
        match term {
            Term::Variable(name) | Term::Derivative(_, name) if !scope.contains(name) => {
                Err(Rejection::Name(NameFault::Unbound, name.clone()))
            }
            Term::Apply(function, items) if items.len() != function.arity() => {
                Err(fails(Premise::Arity, []))
            }
            Term::Derivative(body, name) => {
                shallow(derivative(&self.term(body, scope)?, name)?.unwrap_or_else(|| number(0)))
            }
            Term::At(body, by) => {
                let mut substitution = Substitution::new();
                for (name, put) in by {
                    let new = substitution
                        .insert(name.clone(), self.term(put, scope)?)
                        .is_none();
                    allow(new, NameFault::BoundTwice, name)?;
                }
                spend(scope.len().saturating_add(substitution.len()))?;
                let inner = scope.iter().chain(substitution.keys()).cloned().collect();
                shallow(substitute(&self.term(body, &inner)?, &substitution)?)
            }
            Term::Call(name, arguments) => match self.call(name, arguments, scope)? {
                (by, Body::Term(body)) => shallow(substitute(body, &by)?),
                (_, Body::Formula(_) | Body::Error(_)) => {
                    Err(Rejection::Name(NameFault::OtherKind, name.clone()))
                }
            },
            _ => term.map(|part| self.term(part, scope)),
        }
    }

    /// The formula with definitions, substitutions and derivatives carried out.
    ///
    /// # Errors
    /// `Rejection`, also for a free variable that is not in `scope` and a quantified one that already is.
    pub fn formula(&self, formula: &Formula, scope: &BTreeSet<Name>) -> Checked<Formula> {
        flat(self.carried_out(formula, scope)?)
    }

    fn carried_out(&self, formula: &Formula, scope: &BTreeSet<Name>) -> Checked<Formula> {
        let (mut inner, bound) = (Cow::Borrowed(scope), formula.bound());
        spend(bound.len().saturating_mul(2).saturating_add(1))?;
        if !bound.is_empty() {
            spend(scope.len())?;
        }
        for name in bound {
            let new = inner.to_mut().insert(name.clone());
            allow(new, NameFault::BoundTwice, name)?;
        }
        match formula {
            Formula::Holds(predicate, positive) => {
                Ok(Formula::Holds(self.property(predicate)?, *positive))
            }
            Formula::Call(name, arguments) => match self.call(name, arguments, scope)? {
                (by, Body::Formula(body)) => substitute_formula(body, &by),
                (_, Body::Term(_) | Body::Error(_)) => {
                    Err(Rejection::Name(NameFault::OtherKind, name.clone()))
                }
            },
            _ => formula.map(
                |term| self.term(term, &inner),
                |part| self.carried_out(part, &inner),
            ),
        }
    }

    fn property(&self, property: &Arc<Property>) -> Checked<Arc<Property>> {
        let mut reduced = property.clone();
        if let Predicate::Roots {
            polynomial,
            variable,
            ..
        } = &property.predicate
        {
            let term = self.term(polynomial, &BTreeSet::from([variable.clone()]))?;
            let property = Arc::make_mut(&mut reduced);
            property.size = property.size.saturating_add(term.size());
            if let Predicate::Roots { polynomial, .. } = &mut property.predicate {
                **polynomial = term;
            }
        }
        Ok(reduced)
    }
}

/// Σ w (θ⟨a,x⟩ − b)² as a term (ss89 (1.2)).
fn error(data: &surface::TrainingSet, name: &Name, weights: &[Name]) -> Checked<Term> {
    allow(weights.len() == data.width(), NameFault::Arguments, name)?;
    spend(
        data.rows()
            .len()
            .saturating_mul(data.width().saturating_mul(2).saturating_add(12)),
    )?;
    let row = |row: &surface::Row| {
        let inner = row.input.iter().zip(weights).filter(|(a, _)| !a.is_zero());
        let inner = inner
            .map(|(a, x)| Term::Product(vec![Term::Number(a.clone()), Term::Variable(x.clone())]));
        let argument = Term::Sum(inner.collect());
        let output = match data.unit() {
            surface::Unit::Tanh => Term::Apply(Function::Tanh, vec![argument]),
            surface::Unit::Logistic => {
                let power = Term::Apply(
                    Function::Exp,
                    vec![Term::Product(vec![number(-1), argument])],
                );
                quotient(number(1), Term::Sum(vec![number(1), power]))
            }
        };
        let residual = Term::Sum(vec![output, Term::Number(-row.target.clone())]);
        Term::Product(vec![
            Term::Number(row.weight.clone()),
            Term::Power(Box::new(residual), 2),
        ])
    };
    Ok(Term::Sum(data.rows().iter().map(row).collect()))
}

/// The formal derivative of a reduced term, which is 0 where there is none: the variable does not occur. Parts without one add nothing.
fn derivative(term: &Term, by: &Name) -> Checked<Option<Term>> {
    spend(1)?;
    let mut parts = Vec::new();
    term.each(|part| parts.push(derivative(part, by)));
    let parts = parts.into_iter().collect::<Result<Vec<_>, _>>()?;
    if parts.iter().all(Option::is_none) {
        return Ok(matches!(term, Term::Variable(name) if name == by).then(|| number(1)));
    }
    let copies = if let Term::Product(items) = term {
        items.len()
    } else {
        1
    };
    spend(term.size().saturating_mul(copies))?;
    let mut addends = Vec::new();
    for (place, part) in parts.into_iter().enumerate() {
        let Some(part) = part else { continue };
        addends.push(match term {
            Term::Product(items) => {
                let (before, after) = (
                    items.iter().take(place),
                    items.iter().skip(place.saturating_add(1)),
                );
                Term::Product(
                    before
                        .cloned()
                        .chain([part])
                        .chain(after.cloned())
                        .collect(),
                )
            }
            Term::Quotient(_, below) if place == 0 => quotient(part, (**below).clone()),
            Term::Quotient(above, below) => {
                let above = Term::Product(vec![number(-1), (**above).clone(), part]);
                quotient(above, Term::Power(below.clone(), 2))
            }
            Term::Power(base, exponent) => {
                let factor = Term::Number(Rational::from_integer(Int::from(*exponent)));
                Term::Product(vec![
                    factor,
                    Term::Power(base.clone(), exponent.saturating_sub(1)),
                    part,
                ])
            }
            Term::Apply(function, items) => {
                Term::Product(vec![outer(term, *function, items)?, part])
            }
            Term::Sum(_) => part,
            _ => return Err(fails(Premise::Reduced, [])),
        });
    }
    Ok(Some(match <[Term; 1]>::try_from(addends) {
        Ok([addend]) => addend,
        Err(addends) => Term::Sum(addends),
    }))
}

/// The derivative of a function of one argument, at that argument.
fn outer(term: &Term, function: Function, items: &[Term]) -> Checked<Term> {
    let [argument] = items else {
        return Err(fails(Premise::Differentiable, []));
    };
    let square = || Term::Power(Box::new(term.clone()), 2);
    match function {
        Function::Exp => Ok(term.clone()),
        Function::Log => Ok(quotient(number(1), argument.clone())),
        Function::Tanh => Ok(Term::Sum(vec![
            number(1),
            Term::Product(vec![number(-1), square()]),
        ])),
        Function::Sin => Ok(Term::Apply(Function::Cos, items.to_vec())),
        Function::Cos => Ok(Term::Product(vec![
            number(-1),
            Term::Apply(Function::Sin, items.to_vec()),
        ])),
        Function::Arctan => {
            let square = Term::Power(Box::new(argument.clone()), 2);
            Ok(quotient(number(1), Term::Sum(vec![number(1), square])))
        }
        Function::Sqrt => Ok(quotient(
            number(1),
            Term::Product(vec![number(2), term.clone()]),
        )),
        Function::Abs | Function::Min | Function::Max => Err(fails(Premise::Differentiable, [])),
    }
}
