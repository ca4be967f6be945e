//! Hypotheses and the variables in scope, with comparisons in polynomial form. Part of the trusted kernel.

use super::limits::spend;
use super::normal::{Atoms, Fraction, NormalFault};
use super::poly::{Atom, Poly};
use super::rejection::Rejection;
use super::term::{Formula, Name, Relation, Term};
use num_traits::{One, Signed};
use std::collections::BTreeSet;
use std::rc::Rc;

/// What is known of a polynomial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It is positive.
    Positive,
    /// It is positive or zero.
    Nonnegative,
    /// It is zero.
    Zero,
    /// It is not zero.
    Nonzero,
}

/// A comparison with the divisors multiplied out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleared {
    /// The polynomial.
    pub poly: Poly,
    /// What the comparison says of it.
    pub sign: Sign,
}

/// A hypothesis. `cleared` is absent where it is no comparison or a divisor's sign was not known when it came in.
#[derive(Debug)]
pub struct Hypothesis {
    /// The hypothesis.
    pub formula: Formula,
    /// Its polynomial form.
    pub cleared: Option<Cleared>,
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
    pub fn assume(&mut self, formula: Formula, atoms: &mut Atoms) {
        if let Formula::And(items) = formula {
            for item in items {
                self.assume(item, atoms);
            }
            return;
        }
        let cleared = match &formula {
            Formula::Compare(left, relation, right) => self.clear(left, *relation, right, atoms).ok(),
            _ => None,
        };
        self.hypotheses.push(Rc::new(Hypothesis { formula, cleared }));
    }

    /// Takes in variables.
    ///
    /// # Errors
    /// [`Rejection::NotFresh`] if one is already in scope.
    pub fn declare(&mut self, names: &[Name]) -> Result<(), Rejection> {
        match names.iter().find(|name| !self.scope.insert((*name).clone())) {
            Some(name) => Err(Rejection::NotFresh(name.clone())),
            None => Ok(()),
        }
    }

    /// The hypothesis with this index.
    ///
    /// # Errors
    /// [`Rejection::NoHypothesis`].
    pub fn hypothesis(&self, index: usize) -> Result<Rc<Hypothesis>, Rejection> {
        self.hypotheses.get(index).cloned().ok_or(Rejection::NoHypothesis(index))
    }

    /// A comparison in polynomial form: all divisors are known not to vanish, and those with odd exponents have known
    /// signs unless the relation is = or ≠.
    ///
    /// # Errors
    /// [`Rejection`] where that is not known.
    pub fn clear(
        &self,
        left: &Term,
        relation: Relation,
        right: &Term,
        atoms: &mut Atoms,
    ) -> Result<Cleared, Rejection> {
        let difference = Term::Sum(vec![right.clone(), Term::Product(vec![super::reduce::number(-1), left.clone()])]);
        let normal = atoms.normal(&difference)?;
        for condition in &normal.conditions {
            self.divisor_sign(*condition, atoms)?;
        }
        let Fraction { numerator, divisors } = atoms.combined(&normal).map_err(NormalFault::from)?;
        let sign = match relation {
            Relation::Equal => return Ok(Cleared { poly: numerator, sign: Sign::Zero }),
            Relation::Differs => return Ok(Cleared { poly: numerator, sign: Sign::Nonzero }),
            Relation::Less => Sign::Positive,
            Relation::AtMost => Sign::Nonnegative,
        };
        let mut poly = numerator;
        for (reciprocal, _) in divisors.iter().filter(|(_, exponent)| *exponent % 2 == 1) {
            match self.divisor_sign(*reciprocal, atoms)? {
                Some(true) => {}
                Some(false) => poly = poly.scaled(&-super::number::Rational::one()),
                None => return Err(Rejection::DivisorSign(atoms.described(*reciprocal))),
            }
        }
        Ok(Cleared { poly, sign })
    }

    /// The sign of what a reciprocal is of, from its form or from a hypothesis about a multiple of it.
    fn divisor_sign(&self, reciprocal: Atom, atoms: &Atoms) -> Result<DivisorSign, Rejection> {
        let may_vanish = || Rejection::DivisorMayVanish(atoms.described(reciprocal));
        let divisor = atoms.divisor(reciprocal).ok_or_else(may_vanish)?;
        spend(self.hypotheses.len().saturating_mul(divisor.cost()))?;
        if atoms.evidently_positive(divisor) {
            return Ok(Some(true));
        }
        let mut found = None;
        for hypothesis in self.hypotheses.iter().filter_map(|hypothesis| hypothesis.cleared.as_ref()) {
            let factor = hypothesis.poly.leading();
            if matches!(hypothesis.sign, Sign::Zero | Sign::Nonnegative) || divisor.scaled(&factor) != hypothesis.poly {
                continue;
            }
            match hypothesis.sign {
                Sign::Positive => return Ok(Some(factor.is_positive())),
                Sign::Nonzero => found = Some(None),
                Sign::Zero | Sign::Nonnegative => {}
            }
        }
        found.ok_or_else(may_vanish)
    }
}
