//! The normal form of terms: polynomials in variables, values of functions, and reciprocals. Part of the trusted kernel.
//!
//! The indeterminates are the variables, the exponentials e^(m/d) of monomials m, the reciprocals of divisors, and the
//! values of `log`, `sqrt`, `abs`, `min` and `max`, about which the normal form knows nothing. Nothing is cancelled, so that every
//! divisor stays on record. Addends over the same divisors are added first: identities between long sums of fractions
//! then never meet the product of all divisors.

use super::Premise;
use super::{
    Atom, Checked, Function, Int, Monomial, Name, Poly, Rational, Term, TooLarge, fails, limits,
    spend,
};
use num_traits::{One, Signed, ToPrimitive};
use std::collections::{BTreeMap, BTreeSet};

/// What an indeterminate stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// A variable.
    Variable(Name),
    /// e^(m/d) for a monomial m and a positive integer d.
    Exponential(Monomial, Int),
    /// One over a polynomial with coprime integer coefficients, the last one positive.
    Reciprocal(Poly),
    /// The value of a function about which the normal form knows nothing.
    Opaque(Function, Vec<Fraction>),
}

/// The table of indeterminates of one proof.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Atoms {
    meanings: Vec<Meaning>,
    index: BTreeMap<Meaning, Atom>,
}

/// A polynomial over a product of powers of divisors, which their reciprocals stand for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Fraction {
    /// The dividend, without reciprocals.
    pub numerator: Poly,
    /// The exponents of the divisors.
    pub divisors: BTreeMap<Atom, u32>,
}

/// A polynomial in all indeterminates, and the reciprocal of whatever the term divides by anywhere.
#[derive(Clone, Debug, Default)]
pub struct Normal {
    /// The polynomial.
    pub poly: Poly,
    /// Reciprocals of what must not vanish for the term to be defined.
    pub conditions: Conditions,
}

/// Reciprocals of what must not vanish.
type Conditions = BTreeSet<Atom>;

impl Atoms {
    fn intern(&mut self, meaning: Meaning) -> Atom {
        let Self { meanings, index } = self;
        *index.entry(meaning).or_insert_with_key(|meaning| {
            meanings.push(meaning.clone());
            meanings.len().saturating_sub(1)
        })
    }

    /// The indeterminate of a variable.
    pub fn variable(&mut self, name: &Name) -> Atom {
        self.intern(Meaning::Variable(name.clone()))
    }

    /// What an indeterminate stands for.
    pub fn meaning(&self, atom: Atom) -> Option<&Meaning> {
        self.meanings.get(atom)
    }

    /// What a reciprocal is the reciprocal of.
    pub fn divisor(&self, reciprocal: Atom) -> Option<&Poly> {
        match self.meanings.get(reciprocal) {
            Some(Meaning::Reciprocal(poly)) => Some(poly),
            _ => None,
        }
    }

    /// A dividend over divisors, multiplied up to larger exponents of them.
    fn raised(
        &self,
        numerator: Poly,
        from: &BTreeMap<Atom, u32>,
        to: &BTreeMap<Atom, u32>,
    ) -> Result<Poly, TooLarge> {
        // p/Πdᵉ = p·Πd^(e'−e)/Πd^e': what is missing of each divisor multiplies.
        to.iter()
            .try_fold(numerator, |product, (reciprocal, exponent)| match exponent
                .saturating_sub(from.get(reciprocal).copied().unwrap_or(0))
            {
                0 => Ok(product),
                missing => {
                    product.times(&self.divisor(*reciprocal).ok_or(TooLarge)?.power(missing)?)
                }
            })
    }

    fn sum(&self, left: Fraction, right: Fraction) -> Result<Fraction, TooLarge> {
        let mut divisors = left.divisors.clone();
        for (reciprocal, exponent) in &right.divisors {
            let entry = divisors.entry(*reciprocal).or_insert(0);
            *entry = (*entry).max(*exponent);
        }
        let numerator = self.raised(left.numerator, &left.divisors, &divisors)?;
        let more = self.raised(right.numerator, &right.divisors, &divisors)?;
        Ok(Fraction {
            numerator: numerator.plus(more)?,
            divisors,
        })
    }

    /// The one fraction that a polynomial is equal to wherever no divisor vanishes.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn combined(&self, poly: &Poly) -> Result<Fraction, TooLarge> {
        if poly.atoms().all(|atom| self.divisor(atom).is_none()) {
            return Ok(Fraction {
                numerator: poly.clone().reduced()?,
                divisors: BTreeMap::new(),
            });
        }
        // First the sums of what has the same divisors, whatever their exponents, then the sum of
        // these: so few numerators are multiplied by divisors that they do not have.
        let mut same: BTreeMap<Vec<Atom>, Fraction> = BTreeMap::new();
        for (below, numerator) in poly.grouped(|atom| self.divisor(atom).is_some()) {
            let part = Fraction {
                numerator,
                divisors: below.iter().copied().collect(),
            };
            let key = below.into_iter().map(|(atom, _)| atom).collect();
            let there = same.remove(&key).unwrap_or_default();
            same.insert(key, self.sum(there, part)?);
        }
        let parts = same.into_values().filter(|part| !part.numerator.is_zero());
        let sum = parts
            .into_iter()
            .try_fold(Fraction::default(), |sum, part| self.sum(sum, part))?;
        Ok(Fraction {
            numerator: sum.numerator.reduced()?,
            ..sum
        })
    }

    /// The quotient by the `exponent`-th power of a polynomial, and on what condition.
    fn over(
        &mut self,
        dividend: Poly,
        divisor: &Poly,
        exponent: u32,
        on: &mut Conditions,
    ) -> Checked<Poly> {
        let Fraction {
            numerator,
            divisors,
        } = self.combined(divisor)?;
        // The divisor is c·Πbᵖ/Πdᵉ, so its reciprocal is (1/c)·Πdᵉ·Π(1/b)ᵖ. It exists where no b
        // vanishes; that no d does is on record already.
        let (factor, bases) = numerator.factors()?.ok_or(fails(Premise::Nonzero, []))?;
        let mut inverse =
            self.raised(Poly::constant(factor.recip()), &BTreeMap::new(), &divisors)?;
        for (base, power) in bases {
            let reciprocal = self.intern(Meaning::Reciprocal(base));
            inverse = inverse.times(&Poly::atom(reciprocal).power(power)?)?;
            on.insert(reciprocal);
        }
        (0..exponent).try_fold(dividend, |quotient, _| Ok(quotient.times(&inverse)?))
    }

    /// Whether the polynomial is positive whatever the variables: no constant below it, only positive coefficients, only exponentials.
    pub fn evidently_positive(&self, poly: &Poly) -> bool {
        poly.is_positive(|atom| matches!(self.meanings.get(atom), Some(Meaning::Exponential(..))))
    }

    /// The normal form of a reduced term.
    ///
    /// # Errors
    /// The premise that fails.
    pub fn normal(&mut self, term: &Term) -> Checked<Normal> {
        let mut conditions = Conditions::new();
        Ok(Normal {
            poly: self.poly(term, &mut conditions)?,
            conditions,
        })
    }

    /// The normal form of the first term minus the second.
    ///
    /// # Errors
    /// The premise that fails.
    pub fn difference(&mut self, left: &Term, right: &Term) -> Checked<Normal> {
        let mut conditions = Conditions::new();
        let (left, right) = (
            self.poly(left, &mut conditions)?,
            self.poly(right, &mut conditions)?,
        );
        Ok(Normal {
            poly: left.plus(right.scaled(&-Rational::one()))?,
            conditions,
        })
    }

    fn poly(&mut self, term: &Term, on: &mut Conditions) -> Checked<Poly> {
        spend(1)?;
        match term {
            Term::Number(value) => Ok(Poly::constant(value.clone())),
            Term::Variable(name) => Ok(Poly::atom(self.variable(name))),
            Term::Sum(items) => {
                let addends = items
                    .iter()
                    .map(|item| self.poly(item, on))
                    .collect::<Checked<_>>()?;
                Ok(Poly::total(addends)?)
            }
            Term::Product(items) => {
                let mut rest = items.iter();
                let first = rest.next().map_or_else(
                    || Ok(Poly::constant(Rational::one())),
                    |item| self.poly(item, on),
                );
                rest.try_fold(first?, |product, item| {
                    Ok(product.times(&self.poly(item, on)?)?)
                })
            }
            Term::Power(base, exponent) => Ok(self.poly(base, on)?.power(*exponent)?),
            Term::Quotient(dividend, divisor) => {
                let dividend = self.poly(dividend, on)?;
                self.divide(dividend, divisor, 1, on)
            }
            Term::Apply(function, arguments) => self.apply(*function, arguments, on),
            Term::Derivative(..) | Term::At(..) | Term::Call(..) => {
                Err(fails(Premise::Reduced, []))
            }
        }
    }

    /// Divides by a power of a term; products and powers below the bar stay apart.
    fn divide(
        &mut self,
        dividend: Poly,
        divisor: &Term,
        exponent: u32,
        on: &mut Conditions,
    ) -> Checked<Poly> {
        match divisor {
            Term::Product(items) => items
                .iter()
                .try_fold(dividend, |rest, item| self.divide(rest, item, exponent, on)),
            Term::Power(base, power) => {
                let exponent = exponent
                    .checked_mul(*power)
                    .filter(|e| *e <= limits::DEGREE)
                    .ok_or(TooLarge)?;
                self.divide(dividend, base, exponent, on)
            }
            _ => {
                let divisor = self.poly(divisor, on)?;
                self.over(dividend, &divisor, exponent, on)
            }
        }
    }

    fn apply(
        &mut self,
        function: Function,
        arguments: &[Term],
        on: &mut Conditions,
    ) -> Checked<Poly> {
        let fraction = |term| {
            self.poly(term, on)
                .and_then(|poly| Ok(self.combined(&poly)?))
        };
        let fractions: Vec<Fraction> = arguments.iter().map(fraction).collect::<Checked<_>>()?;
        match (function, fractions.as_slice()) {
            (Function::Exp, [exponent]) if exponent.divisors.is_empty() => {
                self.exponential(&exponent.numerator, 1, on)
            }
            (Function::Tanh, [argument]) if argument.divisors.is_empty() => {
                let (square, one) = (
                    self.exponential(&argument.numerator, 2, on)?,
                    Poly::constant(Rational::one()),
                );
                let above = square.clone().plus(one.scaled(&-Rational::one()))?;
                self.over(above, &square.plus(one)?, 1, on)
            }
            _ => Ok(Poly::atom(
                self.intern(Meaning::Opaque(function, fractions)),
            )),
        }
    }

    /// e to the power `times` a polynomial, as a product of exponentials of its monomials.
    fn exponential(&mut self, exponent: &Poly, times: u32, on: &mut Conditions) -> Checked<Poly> {
        let mut product = Poly::constant(Rational::one());
        spend(exponent.cost())?;
        for (monomial, value) in exponent.terms() {
            let value = value * Rational::from_integer(Int::from(times));
            let base = Poly::atom(self.intern(Meaning::Exponential(
                monomial.clone(),
                value.denom().clone(),
            )));
            let power = value
                .numer()
                .abs()
                .to_u32()
                .filter(|e| *e <= limits::DEGREE)
                .ok_or(TooLarge)?;
            product = if value.is_negative() {
                self.over(product, &base, power, on)?
            } else {
                product.times(&base.power(power)?)?
            };
        }
        Ok(product)
    }
}
