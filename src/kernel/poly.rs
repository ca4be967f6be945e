//! Multivariate polynomials with rational coefficients, as integers over one denominator. Part of the trusted kernel.

use super::{Int, Rational, TooLarge, gcd, length, limits, spend};
use num_traits::{One, Signed, Zero};
use std::collections::BTreeMap;

/// The index of an indeterminate.
pub type Atom = usize;

/// A product of powers of indeterminates: ascending indices, positive exponents.
pub type Monomial = Vec<(Atom, u32)>;

/// A polynomial: nonzero integers by ascending monomial over one positive denominator, not brought to lowest terms by itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[must_use]
pub struct Poly {
    terms: Vec<(Monomial, Int)>,
    denominator: Int,
}

impl Default for Poly {
    fn default() -> Self {
        Self {
            terms: Vec::new(),
            denominator: Int::one(),
        }
    }
}

/// The product of two monomials, in one pass over both.
fn times(left: &Monomial, right: &Monomial) -> Result<Monomial, TooLarge> {
    let (mut product, mut rest) = (
        Monomial::with_capacity(left.len().saturating_add(right.len())),
        right.iter().peekable(),
    );
    for (atom, exponent) in left {
        while let Some(before) = rest.next_if(|(other, _)| other < atom) {
            product.push(*before);
        }
        let more = rest
            .next_if(|(other, _)| other == atom)
            .map_or(0, |(_, exponent)| *exponent);
        let sum = exponent
            .checked_add(more)
            .filter(|sum| *sum <= limits::DEGREE)
            .ok_or(TooLarge)?;
        product.push((*atom, sum));
    }
    product.extend(rest);
    Ok(product)
}

/// A constant and polynomials with exponents, whose product a polynomial is.
pub type Factors = (Rational, Vec<(Poly, u32)>);

impl Poly {
    /// A constant.
    pub fn constant(value: Rational) -> Self {
        Self::monomial(Monomial::default(), value)
    }

    /// A number times a monomial.
    pub fn monomial(monomial: Monomial, value: Rational) -> Self {
        let (value, denominator) = value.into_raw();
        let terms = if value.is_zero() {
            Vec::new()
        } else {
            vec![(monomial, value)]
        };
        Self { terms, denominator }
    }

    /// An indeterminate.
    pub fn atom(atom: Atom) -> Self {
        Self::monomial(vec![(atom, 1)], Rational::one())
    }

    /// The sum of such terms, in any order.
    fn sum(mut terms: Vec<(Monomial, Int)>, denominator: Int) -> Self {
        terms.sort_by(|(left, _), (right, _)| left.cmp(right));
        terms.dedup_by(|(monomial, value), (there, sum)| {
            monomial == there && {
                *sum += &*value;
                true
            }
        });
        terms.retain(|(_, value)| !value.is_zero());
        match terms.len() {
            0 => Self::default(),
            _ => Self { terms, denominator },
        }
    }

    /// The coefficients by monomial.
    pub fn terms(&self) -> impl DoubleEndedIterator<Item = (&Monomial, Rational)> {
        self.terms
            .iter()
            .map(|(monomial, value)| (monomial, self.over(value)))
    }

    fn over(&self, value: &Int) -> Rational {
        if self.denominator.is_one() {
            return Rational::from_integer(value.clone());
        }
        Rational::new(value.clone(), self.denominator.clone())
    }

    fn numbers(&mut self) -> impl Iterator<Item = &mut Int> {
        self.terms.iter_mut().map(|(_, value)| value)
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether every coefficient is positive and every indeterminate is such, and there is a coefficient.
    pub fn is_positive(&self, such: impl Fn(Atom) -> bool) -> bool {
        !self.is_zero()
            && self
                .terms
                .iter()
                .all(|(m, value)| value.is_positive() && m.iter().all(|(atom, _)| such(*atom)))
    }

    /// Whether it is a positive multiple of another polynomial, `Some(false)` for a negative one; `None` for none but 0.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn multiple_of(&self, other: &Self) -> Result<Option<bool>, TooLarge> {
        let lengths = self.length().saturating_mul(other.length()) >> 8u32;
        spend(
            other
                .cost()
                .saturating_add(lengths.saturating_mul(other.terms.len())),
        )?;
        Ok(self.multiple(other))
    }

    fn multiple(&self, other: &Self) -> Option<bool> {
        let ((_, mine), (_, yours)) = (self.terms.last()?, other.terms.last()?);
        let same = |((m, a), (n, b)): (&(Monomial, Int), &(Monomial, Int))| {
            m == n && a * yours == b * mine
        };
        let all =
            self.terms.len() == other.terms.len() && self.terms.iter().zip(&other.terms).all(same);
        all.then(|| mine.is_positive() == yours.is_positive())
    }

    /// It as a number times powers of polynomials with coprime integer coefficients, the last one positive; a monomial
    /// comes apart. `None` for 0.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn factors(&self) -> Result<Option<Factors>, TooLarge> {
        let Some((monomial, last)) = self.terms.last() else {
            return Ok(None);
        };
        let content = self
            .terms
            .iter()
            .try_fold(Int::zero(), |common, (_, value)| gcd(&common, value))?;
        spend(
            (length(&content).saturating_mul(length(&self.denominator)) >> 2u32).saturating_add(1),
        )?;
        let content = if last.is_negative() {
            -content
        } else {
            content
        };
        let factors = if self.terms.len() == 1 {
            monomial
                .iter()
                .map(|(atom, exponent)| (Self::atom(*atom), *exponent))
                .collect()
        } else {
            let terms = self
                .terms
                .iter()
                .map(|(monomial, value)| (monomial.clone(), value / &content))
                .collect();
            vec![(
                Self {
                    terms,
                    denominator: Int::one(),
                },
                1,
            )]
        };
        Ok(Some((self.over(&content), factors)))
    }

    /// It by the part of each monomial that is made of such indeterminates.
    pub fn grouped(&self, such: impl Fn(Atom) -> bool) -> BTreeMap<Monomial, Self> {
        let mut groups: BTreeMap<Monomial, Vec<(Monomial, Int)>> = BTreeMap::new();
        for (monomial, value) in &self.terms {
            let (part, rest) = monomial.iter().partition(|(atom, _)| such(*atom));
            groups.entry(part).or_default().push((rest, value.clone()));
        }
        groups
            .into_iter()
            .map(|(part, terms)| (part, Self::sum(terms, self.denominator.clone())))
            .collect()
    }

    /// The same without a common divisor of all numbers: equal polynomials are then equally written.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn reduced(mut self) -> Result<Self, TooLarge> {
        let mut values = self.terms.iter().map(|(_, value)| value);
        let common = values.try_fold(self.denominator.clone(), |common, value| match common {
            one if one.is_one() => Ok(one),
            common => gcd(&common, value),
        })?;
        if common.is_one() {
            return Ok(self);
        }
        self.numbers().for_each(|value| *value /= &common);
        self.denominator /= common;
        Ok(self)
    }

    /// It times its denominator.
    pub fn numerators(self) -> Self {
        Self {
            denominator: Int::one(),
            ..self
        }
    }

    /// The indeterminates, as often as there are monomials with them.
    pub fn atoms(&self) -> impl Iterator<Item = Atom> {
        self.terms
            .iter()
            .flat_map(|(monomial, _)| monomial)
            .map(|(atom, _)| *atom)
    }

    /// The sum of both.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn plus(mut self, mut other: Self) -> Result<Self, TooLarge> {
        spend(self.cost_of_adding(&other))?;
        if self.denominator != other.denominator {
            let common = gcd(&self.denominator, &other.denominator)?;
            let (mine, yours) = (&other.denominator / &common, &self.denominator / common);
            self.denominator *= &mine;
            self.numbers().for_each(|value| *value *= &mine);
            other.numbers().for_each(|value| *value *= &yours);
        }
        self.terms.append(&mut other.terms);
        Ok(Self::sum(self.terms, self.denominator))
    }

    /// The sum of all, by halves: so each is added to one of its size.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn total(mut addends: Vec<Self>) -> Result<Self, TooLarge> {
        match addends.len() {
            0 | 1 => Ok(addends.pop().unwrap_or_default()),
            many => {
                let rest = Self::total(addends.split_off(many >> 1u32))?;
                Self::total(addends)?.plus(rest)
            }
        }
    }

    /// The length of the longest coefficient, in units of 64 bits.
    fn length(&self) -> usize {
        let values = self.terms.iter().map(|(_, value)| length(value));
        values.max().unwrap_or(0).max(length(&self.denominator))
    }

    /// How many indeterminates the longest monomial has.
    fn width(&self) -> usize {
        let widths = self.terms.iter().map(|(monomial, _)| monomial.len());
        widths.max().unwrap_or(0)
    }

    /// The steps of adding another to it.
    fn cost_of_adding(&self, other: &Self) -> usize {
        let length = self.length().saturating_add(other.length());
        let same = self.denominator == other.denominator;
        let (each, rescaled) = if same {
            (length, 0)
        } else {
            (length.saturating_mul(length), self.terms.len())
        };
        let all = (each >> 4u32)
            .saturating_add(1)
            .saturating_mul(other.terms.len().saturating_add(rescaled));
        all.saturating_add(
            self.terms
                .len()
                .saturating_mul(self.width().saturating_add(8))
                >> 7u32,
        )
    }

    /// The steps of an addition of it.
    pub fn cost(&self) -> usize {
        Self::default().cost_of_adding(self)
    }

    /// The polynomial times a number.
    pub fn scaled(&self, factor: &Rational) -> Self {
        if factor.is_zero() || self.is_zero() {
            return Self::default();
        }
        let scaled =
            |(monomial, value): &(Monomial, Int)| (monomial.clone(), value * factor.numer());
        Self {
            terms: self.terms.iter().map(scaled).collect(),
            denominator: &self.denominator * factor.denom(),
        }
    }

    /// The product.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn times(mut self, other: &Self) -> Result<Self, TooLarge> {
        let pairs = self.terms.len().saturating_mul(other.terms.len());
        if pairs > limits::MONOMIALS {
            return Err(TooLarge);
        }
        if pairs == 0 {
            return Ok(Self::default());
        }
        let (mine, yours) = (self.length(), other.length());
        let lengths = mine.saturating_mul(yours) >> 4u32;
        // What is stored of a product: 16 bytes an indeterminate, 8 bytes a word.
        let stored = self.width().saturating_add(other.width());
        let stored = stored.saturating_add(mine.saturating_add(yours) >> 1u32);
        let stored = stored.saturating_add(2) >> 2u32;
        spend(pairs.saturating_mul(lengths.saturating_add(stored).saturating_add(1)))?;
        self.denominator *= &other.denominator;
        if let Some((_, factor)) = other
            .terms
            .first()
            .filter(|(m, _)| m.is_empty() && other.terms.len() == 1)
        {
            self.numbers().for_each(|value| *value *= factor);
            return Ok(self);
        }
        let mut terms = Vec::with_capacity(pairs);
        for (left, a) in &self.terms {
            for (right, b) in &other.terms {
                terms.push((times(left, right)?, a * b));
            }
        }
        Ok(Self::sum(terms, self.denominator))
    }

    /// The power.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn power(&self, exponent: u32) -> Result<Self, TooLarge> {
        match exponent {
            0 => Ok(Self::constant(Rational::one())),
            1 => spend(self.cost()).map(|()| self.clone()),
            2..=limits::DEGREE => {
                let root = self.power(exponent >> 1u32)?;
                let square = root.clone().times(&root)?;
                if exponent & 1 == 1 {
                    square.times(self)
                } else {
                    Ok(square)
                }
            }
            _ => Err(TooLarge),
        }
    }
}
