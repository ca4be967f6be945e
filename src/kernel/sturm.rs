//! Counts the real roots of a univariate polynomial with integer coefficients. Part of the trusted kernel.
//!
//! A polynomial is the slice of its coefficients, the constant first; zeros at the end are allowed. Roots are counted
//! without multiplicity. Reference: C. Sturm, Mémoire sur la résolution des équations numériques, 1835.

use super::limits;
use super::number::{Int, Rational};
use core::cmp::Ordering;
use core::ops::Bound;
use num_traits::{One, Signed, Zero};

/// The polynomial without zeros at the end, divided by its content: the same roots and the same signs.
fn primitive(mut p: Vec<Int>) -> Vec<Int> {
    while p.pop_if(|last| last.is_zero()).is_some() {}
    let mut content = p.last().map_or_else(Int::one, Signed::abs);
    for c in &p {
        if content.is_one() {
            return p;
        }
        // gcd(c, content) = content / denominator of c/content; the remainder first, as gcd is slow on a long c.
        content = &content / Rational::new(c % &content, content.clone()).denom();
    }
    p.iter().map(|c| c / &content).collect()
}

fn derivative(p: &[Int]) -> Vec<Int> {
    p.iter().enumerate().skip(1).map(|(n, c)| c * n).collect()
}

/// Quotient and remainder with m·p = q·quotient + remainder, for some integer m > 0, and deg remainder < deg q.
///
/// Every step multiplies by |lead q| > 0 and cancels the leading term, so no sign is turned. `q` ends in a nonzero
/// coefficient; `None` if it is empty.
fn divide(p: &[Int], q: &[Int]) -> Option<(Vec<Int>, Vec<Int>)> {
    let (lead, rest) = q.split_last()?;
    let (scale, sign) = (lead.abs(), lead.signum());
    let (mut quotient, mut remainder) = (Vec::new(), p.to_vec());
    while remainder.len() >= q.len() {
        let top = remainder.pop()? * &sign;
        let offset = remainder.len().checked_sub(rest.len())?;
        remainder.iter_mut().chain(&mut quotient).for_each(|c| *c *= &scale);
        remainder.iter_mut().skip(offset).zip(rest).for_each(|(c, d)| *c -= &top * d);
        quotient.push(top);
    }
    quotient.reverse();
    Some((quotient, remainder))
}

/// p, p', and each next one a negative multiple of the remainder of the two before it, up to the last that is not 0,
/// which is a gcd of p and p'. `p` is primitive and not 0.
fn chain_of(p: Vec<Int>) -> Option<Vec<Vec<Int>>> {
    let mut next = primitive(derivative(&p));
    let mut chain = vec![p];
    while !next.is_empty() {
        let (_, remainder) = divide(chain.last()?, &next)?;
        chain.push(next);
        next = primitive(remainder.iter().map(|c| -c).collect());
    }
    Some(chain)
}

/// The sign of p at x = a/b, that of Σ cₙ aⁿ bᵈ⁻ⁿ, as b > 0.
fn sign_at(p: &[Int], x: &Rational) -> Int {
    let (mut value, mut power) = (Int::zero(), Int::one());
    for c in p.iter().rev() {
        value = value * x.numer() + c * &power;
        power *= x.denom();
    }
    value.signum()
}

/// The sign of p(x) for every sufficiently large x, or sufficiently small x if `negative`.
fn sign_at_infinity(p: &[Int], negative: bool) -> Int {
    let lead = p.last().map_or_else(Int::zero, Signed::signum);
    if negative && p.len() & 1 == 0 { -lead } else { lead }
}

fn bits(numbers: &[Int]) -> u64 {
    numbers.iter().map(Int::bits).max().unwrap_or(0)
}

/// Whether so many products of numbers of these lengths are within [`limits::WORK`].
fn fits(products: u64, length: u64, other: u64) -> bool {
    products.saturating_mul(length).saturating_mul(other) <= limits::WORK
}

/// Whether `values` polynomials of `size` coefficients of `length` bits can be evaluated at x.
fn can_evaluate(values: u64, size: u64, length: u64, x: &Rational) -> bool {
    let end = x.numer().bits().max(x.denom().bits());
    fits(values.saturating_mul(size), end.saturating_mul(size).saturating_add(length), end.saturating_add(length))
}

/// The sign of a polynomial at x; `None` beyond [`limits::WORK`].
#[must_use]
pub fn sign(polynomial: &[Int], x: &Rational) -> Option<Ordering> {
    let size = u64::try_from(polynomial.len()).ok()?;
    can_evaluate(1, size, bits(polynomial), x).then(|| sign_at(polynomial, x).cmp(&Int::zero()))
}

/// A Sturm chain of a polynomial without multiple roots.
#[derive(Clone, Debug)]
pub struct Sturm {
    chain: Vec<Vec<Int>>,
}

impl Sturm {
    /// The chain of the polynomial q that has the roots of `polynomial`, each once; `None` if it is 0 or beyond [`limits::WORK`].
    ///
    /// With g a gcd of p and p', q = p/g: a root of p of multiplicity m is one of p' of multiplicity m-1. That no root
    /// of q is multiple is checked: its own chain must end in a constant.
    #[must_use]
    pub fn new(polynomial: &[Int]) -> Option<Self> {
        // The remainders are minors of Sylvester's matrix, of order up to twice the size, and are doubled by a division.
        let size = u64::try_from(polynomial.len()).ok()?;
        let length = bits(polynomial).saturating_mul(size).saturating_mul(4);
        let p = fits(size.saturating_mul(size), length, length).then(|| primitive(polynomial.to_vec()))?;
        if p.is_empty() {
            return None;
        }
        let mut chain = chain_of(p)?;
        if chain.last()?.len() > 1 {
            let (quotient, remainder) = divide(chain.first()?, chain.last()?)?;
            chain = chain_of(primitive(quotient)).filter(|_| remainder.iter().all(Zero::is_zero))?;
        }
        (chain.last()?.len() == 1).then_some(Sturm { chain })
    }

    /// How many distinct real roots lie between two bounds; `None` unless the lower is less than the upper, or beyond [`limits::WORK`].
    ///
    /// Let V(x) be the number of sign changes along the chain at x, zeros left out. Two neighbours in the chain have no
    /// common zero, as a zero of both would be one of all, and so of q and q'. V changes only at roots of q, where
    /// V(x-h) = V(x) + 1 and V(x) = V(x+h) for small h > 0: q and q' have opposite signs before a root, q vanishes and is
    /// left out at it, and they agree after it; a zero further on stands between neighbours of opposite signs, which is
    /// one change however it is counted. So V(a) - V(b) roots lie in (a, b]; the ends are then put right.
    #[must_use]
    pub fn count(&self, from: Bound<&Rational>, to: Bound<&Rational>) -> Option<usize> {
        if let (Bound::Included(a) | Bound::Excluded(a), Bound::Included(b) | Bound::Excluded(b)) = (from, to)
            && super::interval::compare(a, b).is_ge()
        {
            return None;
        }
        let (low, high) = (self.signs(from, true)?, self.signs(to, false)?);
        let half_open = changes(&low).checked_sub(changes(&high))?;
        let at_low = usize::from(matches!(from, Bound::Included(_)) && low.first()?.is_zero());
        let at_high = usize::from(matches!(to, Bound::Excluded(_)) && high.first()?.is_zero());
        half_open.checked_add(at_low)?.checked_sub(at_high)
    }

    fn signs(&self, at: Bound<&Rational>, negative: bool) -> Option<Vec<Int>> {
        let (Bound::Included(x) | Bound::Excluded(x)) = at else {
            return Some(self.chain.iter().map(|p| sign_at_infinity(p, negative)).collect());
        };
        let size = u64::try_from(self.chain.first()?.len()).ok()?;
        let longest = self.chain.iter().map(|p| bits(p)).max()?;
        can_evaluate(size, size, longest, x).then(|| self.chain.iter().map(|p| sign_at(p, x)).collect())
    }
}

fn changes(signs: &[Int]) -> usize {
    let signs: Vec<&Int> = signs.iter().filter(|s| !s.is_zero()).collect();
    signs.windows(2).filter(|pair| pair.first() != pair.last()).count()
}
