//! Hypotheses and the variables in scope, with comparisons in polynomial form. Part of the trusted kernel.

use super::{
    Atom, Atoms, Checked, Formula, Fraction, Name, Poly, Rational, Rejection, Relation, allow,
    fails, spend,
};
use super::{DivisorFault, NameFault, Premise};
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

impl Context {
    /// A context that begins with this one.
    ///
    /// # Errors
    /// [`super::TooLarge`].
    pub fn extended(&self) -> Checked<Self> {
        spend(
            self.hypotheses
                .len()
                .saturating_add(self.scope.len())
                .saturating_add(1),
        )?;
        Ok(self.clone())
    }

    /// Takes in a hypothesis; a conjunction comes apart.
    pub fn suppose(&mut self, formula: Formula) {
        match formula {
            Formula::And(items) => items.into_iter().for_each(|item| self.suppose(item)),
            formula => self.hypotheses.push(Rc::new(Hypothesis {
                formula,
                cleared: OnceCell::new(),
            })),
        }
    }

    /// Takes in variables.
    ///
    /// # Errors
    /// `Rejection` if one is already in scope.
    pub fn declare(&mut self, names: &[Name]) -> Checked {
        names
            .iter()
            .try_for_each(|name| allow(self.scope.insert(name.clone()), NameFault::Fresh, name))
    }

    /// The hypothesis with this index.
    ///
    /// # Errors
    /// `Rejection` if there is none.
    pub fn hypothesis(&self, index: usize) -> Checked<Rc<Hypothesis>> {
        self.hypotheses
            .get(index)
            .cloned()
            .ok_or(fails(Premise::Hypothesis, [index]))
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
        let form = self.clear_by(formula, index, atoms).ok();
        cleared.get_or_init(|| form).as_ref()
    }

    /// A comparison in polynomial form, 0 > 0 for falsehood: the first `known` hypotheses say that no divisor vanishes, and give the signs of
    /// those with odd exponents unless the relation is = or ≠.
    ///
    /// # Errors
    /// The premise that fails, where they do not.
    pub fn clear_by(
        &self,
        comparison: &Formula,
        known: usize,
        atoms: &mut Atoms,
    ) -> Checked<Cleared> {
        if *comparison == Formula::FALSE {
            return Ok(Cleared {
                poly: Poly::default(),
                relation: Relation::Less,
            });
        }
        let Formula::Compare(left, relation, right) = comparison else {
            return Err(fails(Premise::OtherGoal, []));
        };
        let relation = *relation;
        // right − left as a polynomial in which the reciprocal of every divisor is an indeterminate.
        let normal = atoms.difference(right, left)?;
        // A reciprocal means something only where its divisor does not vanish.
        normal
            .conditions
            .iter()
            .try_for_each(|on| self.divisor_sign(*on, known, atoms).map(drop))?;
        let Fraction {
            numerator: mut poly,
            divisors,
        } = atoms.combined(&normal.poly)?;
        if matches!(relation, Relation::Equal | Relation::Differs) {
            return Ok(Cleared { poly, relation });
        }
        // From 0 < p/(d₁ᵃ d₂ᵇ …) to 0 < p: an even power is positive; an odd one keeps the order
        // where its divisor is positive, and turns it round where that is negative.
        for (reciprocal, _) in divisors.iter().filter(|(_, exponent)| *exponent % 2 == 1) {
            match self.divisor_sign(*reciprocal, known, atoms)? {
                Some(true) => {}
                Some(false) => poly = poly.scaled(&-Rational::one()),
                None => return Err(Rejection::Divisor(DivisorFault::Sign, *reciprocal)),
            }
        }
        Ok(Cleared { poly, relation })
    }

    /// The sign of what a reciprocal is of, `true` for positive, `None` for not zero, from its form or from one of the first `known` hypotheses, about a multiple of it.
    ///
    /// They are asked in order, so that the polynomial forms of those before are there when the next one needs them.
    fn divisor_sign(
        &self,
        reciprocal: Atom,
        known: usize,
        atoms: &mut Atoms,
    ) -> Checked<Option<bool>> {
        let may_vanish = Rejection::Divisor(DivisorFault::MayVanish, reciprocal);
        let Some(divisor) = atoms.divisor(reciprocal) else {
            return Err(may_vanish);
        };
        spend(divisor.cost())?;
        let divisor = divisor.clone();
        if atoms.evidently_positive(&divisor) {
            return Ok(Some(true));
        }
        spend(known)?;
        // A hypothesis 0 < c·d gives the sign of d, one 0 ≠ c·d only that d does not vanish; a later
        // one may still give the sign.
        let mut found = None;
        for (index, hypothesis) in self.hypotheses.iter().enumerate().take(known) {
            let Formula::Compare(_, Relation::Less | Relation::Differs, _) = hypothesis.formula
            else {
                continue;
            };
            let Some(Cleared { poly, relation }) = self.cleared(index, atoms) else {
                continue;
            };
            match poly.multiple_of(&divisor)? {
                Some(positive) if *relation == Relation::Less => return Ok(Some(positive)),
                Some(_) => found = Some(None),
                None => {}
            }
        }
        found.ok_or(may_vanish)
    }
}
