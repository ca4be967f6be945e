//! Hypotheses and the variables in scope, with comparisons in polynomial form. Part of the trusted kernel.

use super::{Atom, Atoms, Formula, Fraction, Name, Poly, Rejection, Relation, Term, fails, spend};
use num_traits::One;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// A comparison with the divisors multiplied out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleared {
    /// The polynomial.
    pub poly: Poly,
    /// How 0 compares with it.
    pub relation: Relation,
}

/// A hypothesis.
#[derive(Debug)]
pub struct Hypothesis {
    /// The hypothesis.
    pub formula: Formula,
    /// Its polynomial form, once it was asked for; see [`Context::cleared`].
    cleared: OnceCell<Option<Cleared>>,
}

impl Hypothesis {
    /// Its polynomial form, if it was asked for and there is one.
    pub fn known(&self) -> Option<&Cleared> {
        self.cleared.get()?.as_ref()
    }
}

/// What a goal may use.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The variables in scope.
    pub scope: BTreeSet<Name>,
    /// The hypotheses.
    pub hypotheses: Vec<Rc<Hypothesis>>,
}

/// The sign of a divisor: `Some(true)` positive, `Some(false)` negative, `None` only nonzero.
type DivisorSign = Option<bool>;

impl Context {
    /// Takes in a hypothesis; a conjunction comes apart.
    pub fn suppose(&mut self, formula: Formula) {
        match formula {
            Formula::And(items) => items.into_iter().for_each(|item| self.suppose(item)),
            formula => self.hypotheses.push(Rc::new(Hypothesis { formula, cleared: OnceCell::new() })),
        }
    }

    /// Takes in variables.
    ///
    /// # Errors
    /// [`Rejection`] if one is already in scope.
    pub fn declare(&mut self, names: &[Name]) -> Result<(), Rejection> {
        match names.iter().find(|name| !self.scope.insert((*name).clone())) {
            Some(name) => Err(Rejection::Name("fresh", name.clone())),
            None => Ok(()),
        }
    }

    /// The hypothesis with this index.
    ///
    /// # Errors
    /// [`Rejection`] if there is none.
    pub fn hypothesis(&self, index: usize) -> Result<Rc<Hypothesis>, Rejection> {
        self.hypotheses.get(index).cloned().ok_or(fails("hypothesis", [index]))
    }

    /// The polynomial form of a hypothesis; absent where it is no comparison or does not follow from what came before it.
    ///
    /// It is found when it is first needed, from the hypotheses before it alone. So no hypothesis vouches for a divisor
    /// of its own; and as contexts only grow at their end, those before it are the same in every context that shares it.
    pub fn cleared(&self, index: usize, atoms: &mut Atoms) -> Option<&Cleared> {
        let Hypothesis { formula, cleared } = &**self.hypotheses.get(index)?;
        if let Some(known) = cleared.get() {
            return known.as_ref();
        }
        let form = match formula {
            Formula::Compare(left, relation, right) => self.clear_by(left, *relation, right, index, atoms).ok(),
            _ => None,
        };
        cleared.get_or_init(|| form).as_ref()
    }

    /// A comparison in polynomial form: the first `known` hypotheses say that no divisor vanishes, and give the signs of
    /// those with odd exponents unless the relation is = or ≠.
    ///
    /// # Errors
    /// [`Rejection`] where they do not.
    pub fn clear_by(
        &self,
        left: &Term,
        relation: Relation,
        right: &Term,
        known: usize,
        atoms: &mut Atoms,
    ) -> Result<Cleared, Rejection> {
        let normal = atoms.difference(right, left)?;
        for condition in &normal.conditions {
            self.divisor_sign(*condition, known, atoms)?;
        }
        let Fraction { numerator, divisors } = atoms.combined(&normal)?;
        let mut poly = numerator;
        if matches!(relation, Relation::Equal | Relation::Differs) {
            return Ok(Cleared { poly, relation });
        }
        for (reciprocal, _) in divisors.iter().filter(|(_, exponent)| *exponent % 2 == 1) {
            match self.divisor_sign(*reciprocal, known, atoms)? {
                Some(true) => {}
                Some(false) => poly = poly.times(&Poly::constant(-super::number::Rational::one()))?,
                None => return Err(Rejection::Divisor("sign", *reciprocal)),
            }
        }
        Ok(Cleared { poly, relation })
    }

    /// The sign of what a reciprocal is of, from its form or from one of the first `known` hypotheses, about a multiple of it.
    ///
    /// They are asked in order, so that the polynomial forms of those before are there when the next one needs them.
    fn divisor_sign(&self, reciprocal: Atom, known: usize, atoms: &mut Atoms) -> Result<DivisorSign, Rejection> {
        let may_vanish = Rejection::Divisor("nonzero", reciprocal);
        let Some(divisor) = atoms.divisor(reciprocal).cloned() else { return Err(may_vanish) };
        if atoms.evidently_positive(&divisor) {
            return Ok(Some(true));
        }
        spend(known)?;
        let mut found = None;
        for (index, hypothesis) in self.hypotheses.iter().enumerate().take(known) {
            let Formula::Compare(_, Relation::Less | Relation::Differs, _) = hypothesis.formula else { continue };
            let Some(Cleared { poly, relation }) = self.cleared(index, atoms) else { continue };
            spend(divisor.cost())?;
            match poly.multiple_of(&divisor) {
                Some(positive) if *relation == Relation::Less => return Ok(Some(positive)),
                Some(_) => found = Some(None),
                None => {}
            }
        }
        found.ok_or(may_vanish)
    }
}
