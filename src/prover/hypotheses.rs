//! Hypotheses with their polynomial forms at hand, as the search needs them all. UNTRUSTED.

use crate::kernel::context::{Cleared, Context};
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::poly::Poly;
use crate::kernel::rejection::Rejection;
use crate::kernel::term::Formula;
use num_traits::Zero;

/// A context that works out polynomial forms as hypotheses come in.
pub trait Assume {
    /// Takes in a hypothesis and works out its polynomial form.
    fn assume(&mut self, formula: Formula, atoms: &mut Atoms);

    /// The polynomial form of a comparison, from all hypotheses.
    ///
    /// # Errors
    /// [`Rejection`] where the sign of a divisor is not known.
    fn clear(&self, comparison: &Formula, atoms: &mut Atoms) -> Result<Cleared, Rejection>;
}

impl Assume for Context {
    fn assume(&mut self, formula: Formula, atoms: &mut Atoms) {
        let first = self.hypotheses.len();
        self.suppose(formula);
        for index in first..self.hypotheses.len() {
            self.cleared(index, atoms);
        }
    }

    fn clear(&self, comparison: &Formula, atoms: &mut Atoms) -> Result<Cleared, Rejection> {
        self.clear_by(comparison, self.hypotheses.len(), atoms)
    }
}

/// The value of a polynomial without indeterminates.
#[must_use]
pub fn constant(poly: &Poly) -> Option<Rational> {
    let mut terms = poly.terms();
    match (terms.next(), terms.next()) {
        (None, _) => Some(Rational::zero()),
        (Some((monomial, value)), None) if monomial.is_empty() => Some(value),
        (Some(_), _) => None,
    }
}
