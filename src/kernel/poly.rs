//! Multivariate polynomials with rational coefficients. Part of the trusted kernel.

use super::limits;
use super::number::Rational;
use num_traits::{One, Zero};
use std::collections::BTreeMap;

/// The index of an indeterminate.
pub type Atom = usize;

/// A product of powers of indeterminates: ascending indices, positive exponents.
pub type Monomial = Vec<(Atom, u32)>;

/// A polynomial: its nonzero coefficients by monomial.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Poly {
    terms: BTreeMap<Monomial, Rational>,
}

/// The polynomial would exceed [`limits::MONOMIALS`] or [`limits::DEGREE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

fn times(left: &Monomial, right: &Monomial) -> Result<Monomial, TooLarge> {
    let mut exponents: BTreeMap<Atom, u32> = left.iter().copied().collect();
    for (atom, exponent) in right {
        let sum = exponents.entry(*atom).or_insert(0);
        *sum = sum.checked_add(*exponent).filter(|e| *e <= limits::DEGREE).ok_or(TooLarge)?;
    }
    Ok(exponents.into_iter().collect())
}

impl Poly {
    /// A constant.
    #[must_use]
    pub fn constant(value: Rational) -> Self {
        Self::monomial(Monomial::new(), value)
    }

    /// A number times a monomial.
    #[must_use]
    pub fn monomial(monomial: Monomial, value: Rational) -> Self {
        let mut poly = Self::default();
        poly.accumulate(monomial, value);
        poly
    }

    /// An indeterminate.
    #[must_use]
    pub fn atom(atom: Atom) -> Self {
        Self::monomial(vec![(atom, 1)], Rational::one())
    }

    /// The coefficients by monomial.
    pub fn terms(&self) -> impl Iterator<Item = (&Monomial, &Rational)> {
        self.terms.iter()
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.terms.is_empty()
    }

    /// Its value, if it has no indeterminate.
    #[must_use]
    pub fn as_constant(&self) -> Option<Rational> {
        match self.terms.first_key_value() {
            None => Some(Rational::zero()),
            Some((monomial, value)) if monomial.is_empty() && self.terms.len() == 1 => Some(value.clone()),
            Some(_) => None,
        }
    }

    /// Its one monomial, if it is a monomial with coefficient 1.
    #[must_use]
    pub fn as_monomial(&self) -> Option<&Monomial> {
        match self.terms.first_key_value() {
            Some((monomial, value)) if self.terms.len() == 1 && value.is_one() => Some(monomial),
            Some(_) | None => None,
        }
    }

    /// The coefficient of the last monomial in order, 0 for the zero polynomial.
    #[must_use]
    pub fn leading(&self) -> Rational {
        self.terms.last_key_value().map_or_else(Rational::zero, |(_, value)| value.clone())
    }

    fn accumulate(&mut self, monomial: Monomial, value: Rational) {
        let sum = self.terms.remove(&monomial).unwrap_or_else(Rational::zero) + value;
        if !sum.is_zero() {
            self.terms.insert(monomial, sum);
        }
    }

    /// Adds `other` times `factor`.
    pub fn add_scaled(&mut self, other: &Self, factor: &Rational) {
        for (monomial, value) in &other.terms {
            self.accumulate(monomial.clone(), value * factor);
        }
    }

    /// The sum.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        sum.add_scaled(other, &Rational::one());
        sum
    }

    /// The difference.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let mut difference = self.clone();
        difference.add_scaled(other, &-Rational::one());
        difference
    }

    /// The polynomial times a number.
    #[must_use]
    pub fn scaled(&self, factor: &Rational) -> Self {
        let mut product = Self::default();
        product.add_scaled(self, factor);
        product
    }

    /// The product.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn times(&self, other: &Self) -> Result<Self, TooLarge> {
        if self.terms.len().saturating_mul(other.terms.len()) > limits::MONOMIALS {
            return Err(TooLarge);
        }
        let mut product = Self::default();
        for (left, a) in &self.terms {
            for (right, b) in &other.terms {
                product.accumulate(times(left, right)?, a * b);
            }
        }
        Ok(product)
    }

    /// The power.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn power(&self, exponent: u32) -> Result<Self, TooLarge> {
        if exponent > limits::DEGREE {
            return Err(TooLarge);
        }
        let mut result = Self::constant(Rational::one());
        for _ in 0..exponent {
            result = result.times(self)?;
        }
        Ok(result)
    }
}
