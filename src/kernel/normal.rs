//! The normal form of terms: sums of fractions of polynomials. Part of the trusted kernel.
//!
//! The indeterminates are the variables, the exponentials e^(m/d) of monomials m, and the values of `log`, `sqrt`,
//! `abs`, `min` and `max`, about which the normal form knows nothing. Nothing is cancelled, so that every divisor stays
//! on record. Addends over the same divisors are added first: identities between long sums of fractions then never
//! meet the product of all divisors.

use super::limits::{self, TooLarge, spend};
use super::number::{Int, Rational};
use super::poly::{Atom, Monomial, Poly};
use super::term::{Function, Name, Term};
use num_traits::{One, Signed, ToPrimitive};
use std::collections::{BTreeMap, BTreeSet};

/// What an indeterminate stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    Variable(Name),
    /// e^(m/d) for a monomial m and a positive integer d.
    Exponential(Monomial, Int),
    Opaque(Function, Vec<Fraction>),
}

/// The table of indeterminates of one proof.
#[derive(Clone, Debug, Default)]
pub struct Atoms {
    meanings: Vec<Meaning>,
    index: BTreeMap<Meaning, Atom>,
}

/// Divisors with their exponents. Each divisor has leading coefficient 1.
pub type Divisors = BTreeMap<Poly, u32>;

/// A polynomial over a product of powers of divisors.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Fraction {
    /// The dividend.
    pub numerator: Poly,
    /// The divisors.
    pub divisors: Divisors,
}

/// A sum of fractions, one for each set of divisors, and every polynomial by which the term divides anywhere.
#[derive(Clone, Debug, Default)]
pub struct Normal {
    parts: BTreeMap<Vec<Poly>, Fraction>,
    /// What must not vanish for the term to be defined.
    pub conditions: BTreeSet<Poly>,
}

/// Why a term has no normal form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NormalFault {
    /// A polynomial beyond the limits.
    TooLarge,
    /// A division by the number 0.
    DivisionByZero,
    /// A definition, derivative or substitution that was not carried out before.
    NotReduced,
}

impl From<TooLarge> for NormalFault {
    fn from(TooLarge: TooLarge) -> Self {
        Self::TooLarge
    }
}

/// The exponent by which `divisors` falls short of `wanted`, multiplied into `numerator`.
fn raise(fraction: &Fraction, wanted: &Divisors) -> Result<Poly, TooLarge> {
    wanted.iter().try_fold(fraction.numerator.clone(), |product, (divisor, exponent)| {
        let have = fraction.divisors.get(divisor).copied().unwrap_or(0);
        product.times(&divisor.power(exponent.saturating_sub(have))?)
    })
}

fn common(left: &Divisors, right: &Divisors) -> Divisors {
    let mut all = left.clone();
    for (divisor, exponent) in right {
        let entry = all.entry(divisor.clone()).or_insert(0);
        *entry = (*entry).max(*exponent);
    }
    all
}

impl Fraction {
    fn plus(&self, other: &Self) -> Result<Self, TooLarge> {
        let divisors = common(&self.divisors, &other.divisors);
        let numerator = raise(self, &divisors)?.plus(&raise(other, &divisors)?);
        Ok(Self { numerator, divisors })
    }

    fn times(&self, other: &Self) -> Result<Self, TooLarge> {
        spend(self.divisors.keys().chain(other.divisors.keys()).map(Poly::cost).sum())?;
        let mut divisors = self.divisors.clone();
        for (divisor, exponent) in &other.divisors {
            let entry = divisors.entry(divisor.clone()).or_insert(0);
            *entry = entry.checked_add(*exponent).filter(|e| *e <= limits::DEGREE).ok_or(TooLarge)?;
        }
        Ok(Self { numerator: self.numerator.times(&other.numerator)?, divisors })
    }
}

impl Normal {
    fn polynomial(poly: Poly) -> Self {
        let mut normal = Self::default();
        normal.parts.insert(Vec::new(), Fraction { numerator: poly, divisors: Divisors::new() });
        normal
    }

    fn number(value: Rational) -> Self {
        Self::polynomial(Poly::constant(value))
    }

    fn insert(&mut self, part: Fraction) -> Result<(), TooLarge> {
        let key: Vec<Poly> = part.divisors.keys().cloned().collect();
        spend(self.parts.get(&key).map_or(1, |there| there.numerator.cost()))?;
        let sum = match self.parts.get(&key) {
            Some(there) => there.plus(&part)?,
            None => part,
        };
        self.parts.insert(key, sum);
        Ok(())
    }

    /// The sum.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn plus(mut self, other: Self) -> Result<Self, TooLarge> {
        for part in other.parts.into_values() {
            self.insert(part)?;
        }
        self.conditions.extend(other.conditions);
        Ok(self)
    }

    fn times(self, other: &Self) -> Result<Self, TooLarge> {
        spend(other.conditions.len())?;
        let mut product = Self { parts: BTreeMap::new(), conditions: self.conditions };
        product.conditions.extend(other.conditions.iter().cloned());
        for left in self.parts.values() {
            for right in other.parts.values() {
                product.insert(left.times(right)?)?;
            }
        }
        Ok(product)
    }

    /// The quotient by the `exponent`-th power of `other`.
    fn over(self, other: &Self, exponent: u32) -> Result<Self, NormalFault> {
        let divisor = other.combined()?;
        let (factor, bases) = divisor_bases(&divisor.numerator).ok_or(NormalFault::DivisionByZero)?;
        let mut inverse = Fraction { numerator: Poly::constant(factor.recip()), divisors: bases };
        for (base, power) in &divisor.divisors {
            inverse.numerator = inverse.numerator.times(&base.power(*power)?)?;
        }
        let mut reciprocal = Self { parts: BTreeMap::new(), conditions: other.conditions.clone() };
        reciprocal.conditions.extend(inverse.divisors.keys().cloned());
        reciprocal.insert(inverse)?;
        let mut quotient = self;
        for _ in 0..exponent {
            quotient = quotient.times(&reciprocal)?;
        }
        Ok(quotient)
    }

    /// The one fraction that it is equal to wherever it is defined.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn combined(&self) -> Result<Fraction, TooLarge> {
        let mut sum = Fraction::default();
        for part in self.parts.values().filter(|part| !part.numerator.is_zero()) {
            sum = sum.plus(part)?;
        }
        Ok(sum)
    }
}

/// A nonzero polynomial as a number times divisors with leading coefficient 1; a monomial comes apart.
fn divisor_bases(poly: &Poly) -> Option<(Rational, Divisors)> {
    let leading = poly.leading();
    if poly.is_zero() {
        return None;
    }
    let monic = poly.scaled(&leading.recip());
    let bases = match monic.as_monomial() {
        Some(monomial) => monomial.iter().map(|(atom, exponent)| (Poly::atom(*atom), *exponent)).collect(),
        None => Divisors::from([(monic, 1)]),
    };
    Some((leading, bases))
}

impl Atoms {
    fn intern(&mut self, meaning: Meaning) -> Atom {
        if let Some(atom) = self.index.get(&meaning) {
            return *atom;
        }
        let atom = self.meanings.len();
        self.meanings.push(meaning.clone());
        self.index.insert(meaning, atom);
        atom
    }

    /// Whether the polynomial is positive whatever the variables: no constant below it, only positive coefficients, only exponentials.
    #[must_use]
    pub fn evidently_positive(&self, poly: &Poly) -> bool {
        let exponential = |atom: &Atom| matches!(self.meanings.get(*atom), Some(Meaning::Exponential(..)));
        !poly.is_zero()
            && poly.terms().all(|(monomial, value)| value.is_positive() && monomial.iter().all(|(a, _)| exponential(a)))
    }

    /// A polynomial as a term.
    #[must_use]
    pub fn term(&self, poly: &Poly) -> Term {
        let power = |(atom, exponent): &(Atom, u32)| match exponent {
            1 => self.atom(*atom),
            _ => Term::Power(Box::new(self.atom(*atom)), *exponent),
        };
        let addend = |(monomial, value): (&Monomial, &Rational)| {
            let number = (monomial.is_empty() || !value.is_one()).then(|| Term::Number(value.clone()));
            Term::Product(number.into_iter().chain(monomial.iter().map(power)).collect())
        };
        Term::Sum(poly.terms().map(addend).collect())
    }

    fn atom(&self, atom: Atom) -> Term {
        match self.meanings.get(atom) {
            Some(Meaning::Variable(name)) => Term::Variable(name.clone()),
            Some(Meaning::Exponential(monomial, below)) => {
                let value = Rational::new(Int::one(), below.clone());
                Term::Apply(Function::Exp, vec![self.term(&Poly::monomial(monomial.clone(), value))])
            }
            Some(Meaning::Opaque(function, arguments)) => {
                Term::Apply(*function, arguments.iter().map(|argument| self.fraction(argument)).collect())
            }
            None => Term::Product(Vec::new()),
        }
    }

    fn fraction(&self, fraction: &Fraction) -> Term {
        let below = fraction.divisors.iter().map(|(poly, exponent)| Term::Power(Box::new(self.term(poly)), *exponent));
        let below = Term::Product(below.collect());
        Term::Quotient(Box::new(self.term(&fraction.numerator)), Box::new(below))
    }

    /// The normal form of a reduced term.
    ///
    /// # Errors
    /// [`NormalFault`].
    pub fn normal(&mut self, term: &Term) -> Result<Normal, NormalFault> {
        spend(1)?;
        match term {
            Term::Number(value) => Ok(Normal::number(value.clone())),
            Term::Variable(name) => Ok(Normal::polynomial(Poly::atom(self.intern(Meaning::Variable(name.clone()))))),
            Term::Sum(items) => items.iter().try_fold(Normal::default(), |sum, item| Ok(sum.plus(self.normal(item)?)?)),
            Term::Product(items) => items
                .iter()
                .try_fold(Normal::number(Rational::one()), |product, item| Ok(product.times(&self.normal(item)?)?)),
            Term::Power(base, exponent) => {
                let base = self.normal(base)?;
                if *exponent > limits::DEGREE {
                    return Err(NormalFault::TooLarge);
                }
                (0..*exponent).try_fold(Normal::number(Rational::one()), |product, _| Ok(product.times(&base)?))
            }
            Term::Quotient(dividend, divisor) => {
                let dividend = self.normal(dividend)?;
                self.divide(dividend, divisor, 1)
            }
            Term::Apply(function, arguments) => self.apply(*function, arguments),
            Term::Derivative(..) | Term::At(..) | Term::Call(..) => Err(NormalFault::NotReduced),
        }
    }

    /// Divides by a power of a term; products and powers below the bar stay apart.
    fn divide(&mut self, dividend: Normal, divisor: &Term, exponent: u32) -> Result<Normal, NormalFault> {
        match divisor {
            Term::Product(items) => items.iter().try_fold(dividend, |rest, item| self.divide(rest, item, exponent)),
            Term::Power(base, power) => {
                let exponent = exponent.checked_mul(*power).filter(|e| *e <= limits::DEGREE);
                self.divide(dividend, base, exponent.ok_or(NormalFault::TooLarge)?)
            }
            Term::Number(_)
            | Term::Variable(_)
            | Term::Sum(_)
            | Term::Quotient(..)
            | Term::Apply(..)
            | Term::Derivative(..)
            | Term::At(..)
            | Term::Call(..) => {
                let divisor = self.normal(divisor)?;
                dividend.over(&divisor, exponent)
            }
        }
    }

    fn apply(&mut self, function: Function, arguments: &[Term]) -> Result<Normal, NormalFault> {
        let normals: Vec<Normal> = arguments.iter().map(|term| self.normal(term)).collect::<Result<_, _>>()?;
        let conditions: BTreeSet<Poly> = normals.iter().flat_map(|normal| normal.conditions.iter().cloned()).collect();
        let fractions: Vec<Fraction> = normals.iter().map(Normal::combined).collect::<Result<_, _>>()?;
        let mut value = match (function, fractions.as_slice()) {
            (Function::Exp, [exponent]) if exponent.divisors.is_empty() => self.exponential(&exponent.numerator, 1)?,
            (Function::Tanh, [argument]) if argument.divisors.is_empty() => {
                let square = self.exponential(&argument.numerator, 2)?;
                let above = square.clone().plus(Normal::number(-Rational::one()))?;
                above.over(&square.plus(Normal::number(Rational::one()))?, 1)?
            }
            _ => Normal::polynomial(Poly::atom(self.intern(Meaning::Opaque(function, fractions)))),
        };
        value.conditions.extend(conditions);
        Ok(value)
    }

    /// e to the power `times` a polynomial, as a product of exponentials of its monomials.
    fn exponential(&mut self, exponent: &Poly, times: u32) -> Result<Normal, NormalFault> {
        let mut fraction = Fraction { numerator: Poly::constant(Rational::one()), divisors: Divisors::new() };
        for (monomial, value) in exponent.terms() {
            let value = value * Rational::from_integer(Int::from(times));
            let base = Poly::atom(self.intern(Meaning::Exponential(monomial.clone(), value.denom().clone())));
            let power = value.numer().abs().to_u32().filter(|e| *e <= limits::DEGREE).ok_or(NormalFault::TooLarge)?;
            if value.is_negative() {
                fraction.divisors.insert(base, power);
            } else {
                fraction.numerator = fraction.numerator.times(&base.power(power)?)?;
            }
        }
        let mut normal = Normal::default();
        normal.conditions.extend(fraction.divisors.keys().cloned());
        normal.insert(fraction)?;
        Ok(normal)
    }
}
