//! Polynomials of the normal form as terms, for rejections. Part of the trusted kernel.

use super::limits::{TooLarge, spend};
use super::normal::{Atoms, Fraction, Meaning};
use super::number::{Int, Rational};
use super::poly::{Atom, Monomial, Poly};
use super::term::{Function, Term};
use num_traits::One;

impl Atoms {
    /// Counts the steps of writing a polynomial as a term, or has [`TooLarge`]: an indeterminate may stand for much.
    #[allow(clippy::missing_errors_doc, reason = "in the first line")]
    pub fn weigh(&self, poly: &Poly) -> Result<(), TooLarge> {
        spend(poly.cost())?;
        poly.atoms().try_for_each(|atom| match self.meanings.get(atom) {
            Some(Meaning::Reciprocal(divisor)) => self.weigh(divisor),
            Some(Meaning::Exponential(part, _)) => self.weigh(&Poly::monomial(part.clone(), Rational::one())),
            Some(Meaning::Opaque(_, fractions)) => fractions.iter().try_for_each(|Fraction { numerator, divisors }| {
                self.weigh(numerator)?;
                divisors.keys().filter_map(|atom| self.divisor(*atom)).try_for_each(|divisor| self.weigh(divisor))
            }),
            Some(Meaning::Variable(_)) | None => Ok(()),
        })
    }

    /// A polynomial as a term.
    #[must_use]
    pub fn term(&self, poly: &Poly) -> Term {
        let power = |(atom, exponent): &(Atom, u32)| match exponent {
            1 => self.atom(*atom),
            _ => Term::Power(Box::new(self.atom(*atom)), *exponent),
        };
        let addend = |(monomial, value): (&Monomial, Rational)| {
            let number = (monomial.is_empty() || !value.is_one()).then_some(Term::Number(value));
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
            Some(Meaning::Reciprocal(divisor)) => {
                Term::Quotient(Box::new(Term::Number(Rational::one())), Box::new(self.term(divisor)))
            }
            Some(Meaning::Opaque(function, arguments)) => {
                Term::Apply(*function, arguments.iter().map(|argument| self.fraction(argument)).collect())
            }
            None => Term::Product(Vec::new()),
        }
    }

    /// What a reciprocal is the reciprocal of, as a term.
    #[must_use]
    pub fn described(&self, reciprocal: Atom) -> Term {
        self.divisor(reciprocal).map_or(Term::Sum(Vec::new()), |divisor| self.term(divisor))
    }

    fn fraction(&self, fraction: &Fraction) -> Term {
        let power = |(divisor, exponent): (&Atom, &u32)| Term::Power(Box::new(self.described(*divisor)), *exponent);
        let below = Term::Product(fraction.divisors.iter().map(power).collect());
        Term::Quotient(Box::new(self.term(&fraction.numerator)), Box::new(below))
    }
}
