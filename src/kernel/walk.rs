//! Walks over terms and formulas: their parts, their size, the same with other parts. Part of the trusted kernel.

use super::{Checked, Formula, Name, Term, TooLarge, length, spend};
use std::sync::Arc;

impl Term {
    /// Visits the terms of which it consists.
    pub fn each(&self, mut visit: impl FnMut(&Self)) {
        match self {
            Self::Number(_) | Self::Variable(_) => {}
            Self::Sum(items)
            | Self::Product(items)
            | Self::Apply(_, items)
            | Self::Call(_, items) => {
                items.iter().for_each(visit);
            }
            Self::Quotient(above, below) => [above, below].into_iter().for_each(|part| visit(part)),
            Self::Power(base, _) | Self::Derivative(base, _) => visit(base),
            Self::At(body, by) => std::iter::once(&**body)
                .chain(by.iter().map(|(_, put)| put))
                .for_each(visit),
        }
    }

    /// The same term of other parts.
    ///
    /// # Errors
    /// As `part`.
    pub fn map<E>(&self, mut part: impl FnMut(&Self) -> Result<Self, E>) -> Result<Self, E> {
        let mut all = |items: &[Self]| mapped(items, &mut part);
        Ok(match self {
            Self::Number(_) | Self::Variable(_) => self.clone(),
            Self::Sum(items) => Self::Sum(all(items)?),
            Self::Product(items) => Self::Product(all(items)?),
            Self::Apply(function, items) => Self::Apply(*function, all(items)?),
            Self::Call(name, items) => Self::Call(name.clone(), all(items)?),
            Self::Quotient(above, below) => {
                Self::Quotient(Box::new(part(above)?), Box::new(part(below)?))
            }
            Self::Power(base, exponent) => Self::Power(Box::new(part(base)?), *exponent),
            Self::Derivative(body, name) => Self::Derivative(Box::new(part(body)?), name.clone()),
            Self::At(body, by) => {
                let by = by
                    .iter()
                    .map(|(name, put)| Ok((name.clone(), part(put)?)))
                    .collect::<Result<_, E>>()?;
                Self::At(Box::new(part(body)?), by)
            }
        })
    }

    /// How many terms it is made of, itself included; a number counts as one for each 1024 bits, and a fraction for the
    /// time of a comparison with another one.
    pub fn size(&self) -> usize {
        let mut size = 1usize;
        if let Self::Number(value) = self {
            let [above, below] = [value.numer(), value.denom()].map(length);
            let compared = above.saturating_mul(below) >> 4u32;
            size = (above.max(below) >> 4u32)
                .saturating_add(compared)
                .saturating_add(1);
        }
        self.each(|part| size = size.saturating_add(part.size()));
        size
    }

    /// How deep it is nested.
    pub fn depth(&self) -> usize {
        let mut depth = 0usize;
        self.each(|part| depth = depth.max(part.depth().saturating_add(1)));
        depth
    }
}

/// Other items, in no more room than they need.
fn mapped<T, E>(items: &[T], part: impl FnMut(&T) -> Result<T, E>) -> Result<Vec<T>, E> {
    let mut all = Vec::with_capacity(items.len());
    for item in items.iter().map(part) {
        all.push(item?);
    }
    Ok(all)
}

/// The sum over all items.
fn all<T>(items: &[T], size: fn(&T) -> usize) -> usize {
    items.iter().map(size).fold(1, usize::saturating_add)
}

impl Formula {
    /// The names that it binds.
    pub fn bound(&self) -> &[Name] {
        if let Self::Forall(names, _) | Self::Exists(names, _) = self {
            names
        } else {
            &[]
        }
    }

    /// The same formula of other terms and formulas.
    ///
    /// # Errors
    /// As `term` and `part`.
    pub fn map(
        &self,
        term: impl Fn(&Term) -> Checked<Term>,
        part: impl Fn(&Self) -> Checked<Self>,
    ) -> Checked<Self> {
        let all = |items: &[Self]| mapped(items, &part);
        let boxed = |item: &Self| part(item).map(Box::new);
        Ok(match self {
            Self::Compare(left, relation, right) => {
                Self::Compare(term(left)?, *relation, term(right)?)
            }
            Self::And(items) => Self::And(all(items)?),
            Self::Or(items) => Self::Or(all(items)?),
            Self::Implies(premise, conclusion) => {
                Self::Implies(boxed(premise)?, boxed(conclusion)?)
            }
            Self::Forall(names, body) => Self::Forall(names.clone(), boxed(body)?),
            Self::Exists(names, body) => Self::Exists(names.clone(), boxed(body)?),
            Self::Holds(..) => self.clone(),
            Self::Call(name, items) => Self::Call(name.clone(), mapped(items, term)?),
        })
    }

    /// How many formulas, terms and bound names it is made of, itself included; a predicate counts as one.
    pub fn size(&self) -> usize {
        match self {
            Self::Compare(left, _, right) => left.size().saturating_add(right.size()),
            Self::And(items) | Self::Or(items) => all(items, Self::size),
            Self::Implies(premise, conclusion) => premise
                .size()
                .saturating_add(conclusion.size())
                .saturating_add(1),
            Self::Forall(names, body) | Self::Exists(names, body) => {
                body.size().saturating_add(names.len()).saturating_add(1)
            }
            Self::Holds(..) => 1,
            Self::Call(_, items) => all(items, Term::size),
        }
    }

    /// How deep it is nested, its terms included.
    pub fn depth(&self) -> usize {
        let below = match self {
            Self::Compare(left, _, right) => left.depth().max(right.depth()),
            Self::And(items) | Self::Or(items) => items.iter().map(Self::depth).max().unwrap_or(0),
            Self::Implies(premise, conclusion) => premise.depth().max(conclusion.depth()),
            Self::Forall(_, body) | Self::Exists(_, body) => body.depth(),
            Self::Holds(..) => 0,
            Self::Call(_, items) => items.iter().map(Term::depth).max().unwrap_or(0),
        };
        below.saturating_add(1)
    }

    /// Whether it is the same formula, the steps of the comparison counted.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn same(&self, other: &Self) -> Result<bool, TooLarge> {
        spend(self.size())?;
        self.pay_predicates(other)?;
        Ok(self == other)
    }

    /// Counts the comparisons of predicates that are not one and the same.
    fn pay_predicates(&self, other: &Self) -> Result<(), TooLarge> {
        match (self, other) {
            (Self::Holds(mine, _), Self::Holds(yours, _)) if !Arc::ptr_eq(mine, yours) => {
                spend(mine.size.min(yours.size))
            }
            (Self::And(mine), Self::And(yours)) | (Self::Or(mine), Self::Or(yours)) => {
                let mut pairs = mine.iter().zip(yours);
                pairs.try_for_each(|(mine, yours)| mine.pay_predicates(yours))
            }
            (Self::Implies(a, b), Self::Implies(c, d)) => {
                a.pay_predicates(c)?;
                b.pay_predicates(d)
            }
            (Self::Forall(_, mine), Self::Forall(_, yours))
            | (Self::Exists(_, mine), Self::Exists(_, yours)) => mine.pay_predicates(yours),
            _ => Ok(()),
        }
    }
}
