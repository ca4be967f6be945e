//! Walks over terms and formulas: their parts, their size, the same with other parts. Part of the trusted kernel.

use super::{Checked, Formula, Name, Term, limits};

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
        let mut all = |items: &[Self]| items.iter().map(&mut part).collect::<Result<Vec<_>, E>>();
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

    /// How many terms it is made of, itself included; a number counts as one for each 1024 bits.
    pub fn size(&self) -> usize {
        let digits = if let Self::Number(value) = self {
            value.numer().bits().max(value.denom().bits())
        } else {
            0
        };
        let mut size = usize::try_from(digits >> 10u32)
            .unwrap_or(usize::MAX)
            .saturating_add(1);
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
        let all = |items: &[Self]| items.iter().map(&part).collect::<Checked<Vec<_>>>();
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
            Self::Call(name, items) => Self::Call(
                name.clone(),
                items.iter().map(term).collect::<Checked<_>>()?,
            ),
        })
    }

    /// How many formulas and terms it is made of, itself included; a predicate counts as [`limits::PREDICATE`].
    pub fn size(&self) -> usize {
        match self {
            Self::Compare(left, _, right) => left.size().saturating_add(right.size()),
            Self::And(items) | Self::Or(items) => {
                items.iter().map(Self::size).fold(1, usize::saturating_add)
            }
            Self::Implies(premise, conclusion) => premise.size().saturating_add(conclusion.size()),
            Self::Forall(_, body) | Self::Exists(_, body) => body.size().saturating_add(1),
            Self::Holds(..) => limits::PREDICATE,
            Self::Call(_, items) => items.iter().map(Term::size).fold(1, usize::saturating_add),
        }
    }
}
