//! Multivariate polynomials with rational coefficients. Part of the trusted kernel.

use super::limits::{self, TooLarge, spend};
use super::number::Rational;
use num_traits::{One, Zero};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The index of an indeterminate.
pub type Atom = usize;

/// A product of powers of indeterminates: ascending indices, positive exponents.
pub type Monomial = Vec<(Atom, u32)>;

/// A polynomial: its nonzero coefficients by monomial.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Poly {
    terms: BTreeMap<Monomial, Rational>,
}

fn times(left: &Monomial, right: &Monomial) -> Result<Monomial, TooLarge> {
    let (mut product, mut rest) =
        (Monomial::with_capacity(left.len().saturating_add(right.len())), right.iter().peekable());
    for (atom, exponent) in left {
        while let Some(before) = rest.next_if(|(other, _)| other < atom) {
            product.push(*before);
        }
        let more = rest.next_if(|(other, _)| other == atom).map_or(0, |(_, exponent)| *exponent);
        let sum = exponent.checked_add(more).filter(|sum| *sum <= limits::DEGREE).ok_or(TooLarge)?;
        product.push((*atom, sum));
    }
    product.extend(rest);
    Ok(product)
}

/// The length of a number in units of 64 bits.
fn length(value: &Rational) -> usize {
    usize::try_from(value.numer().bits().max(value.denom().bits()) >> 6u32).unwrap_or(usize::MAX)
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
        match self.terms.entry(monomial) {
            Entry::Vacant(place) if !value.is_zero() => {
                place.insert(value);
            }
            Entry::Vacant(_) => {}
            Entry::Occupied(mut there) => {
                *there.get_mut() += value;
                if there.get().is_zero() {
                    there.remove();
                }
            }
        }
    }

    /// Adds `other` times `factor`.
    pub fn add_scaled(&mut self, other: &Self, factor: &Rational) {
        for (monomial, value) in &other.terms {
            self.accumulate(monomial.clone(), value * factor);
        }
    }

    /// The length of the longest coefficient, in units of 64 bits.
    fn length(&self) -> usize {
        self.terms.values().map(length).max().unwrap_or(0)
    }

    /// The steps of adding another to it.
    #[must_use]
    pub fn cost_of_adding(&self, other: &Self) -> usize {
        let costs = other.terms.iter().map(|(monomial, value)| {
            let length = self.terms.get(monomial).map_or(0, length).saturating_add(length(value));
            (length.saturating_mul(length) >> 4u32).saturating_add(1)
        });
        costs.fold(0, usize::saturating_add)
    }

    /// The steps of an addition of it.
    #[must_use]
    pub fn cost(&self) -> usize {
        Self::default().cost_of_adding(self)
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
        let pairs = self.terms.len().saturating_mul(other.terms.len());
        if pairs > limits::MONOMIALS {
            return Err(TooLarge);
        }
        let lengths = self.length().saturating_mul(other.length());
        spend(pairs.saturating_mul((lengths >> 4u32).saturating_add(1)))?;
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
        let (mut result, mut square, mut left) = (Self::constant(Rational::one()), self.clone(), exponent);
        while left > 0 {
            if left & 1 == 1 {
                result = result.times(&square)?;
            }
            left >>= 1u32;
            if left > 0 {
                square = square.times(&square)?;
            }
        }
        Ok(result)
    }
}
