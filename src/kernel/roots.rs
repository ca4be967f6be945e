//! The rule `roots`: counts the distinct real roots of a polynomial in an interval. Part of the trusted kernel.
//!
//! References: Descartes' rule of signs; Vincent's theorem, by which subdivision isolates the roots of a polynomial
//! without multiple ones. A multiple root must therefore be one of the points.

use super::Premise;
use super::{
    Atoms, Checked, Fraction, Monomial, Name, Poly, Rational, Term, TooLarge, ensure, fails, order,
};
use num_traits::{One, Signed, Zero};

/// A number as a quotient of two, −∞ as −1/0 and ∞ as 1/0.
pub type End = (Rational, Rational);

/// How many distinct real roots a polynomial has in an open interval, from points c₁ < … < cₘ between the ends.
///
/// ```text
/// a = c₀ < … < cₘ₊₁ = b    vₖ ≤ 1 sign changes in the coefficients of (1+x)ᵈ p((cₖ + cₖ₊₁x)/(1+x))    n = Σ vₖ + #{k : p(cₖ) = 0}
/// ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
/// p has exactly n distinct roots in (a, b)
/// ```
///
/// # Errors
/// The premise that fails.
pub fn count(
    polynomial: &[(u32, Rational)],
    [from, to]: [End; 2],
    points: &[Rational],
) -> Checked<usize> {
    let points = points.iter().map(|point| (point.clone(), Rational::one()));
    let ends: Vec<End> = std::iter::once(from).chain(points).chain([to]).collect();
    let mut found = 0usize;
    for (place, (a, b)) in ends.iter().zip(ends.iter().skip(1)).enumerate() {
        let at_a = place > 0 && transformed(polynomial, a, None)?.is_zero();
        found = found
            .saturating_add(between(polynomial, a, b)?)
            .saturating_add(usize::from(at_a));
    }
    Ok(found)
}

/// The end of an interval: a number, or infinity with this sign.
pub fn end(point: Option<&Rational>, infinite: i32) -> End {
    let integer = |value: i32| Rational::from_integer(value.into());
    point.map_or((integer(infinite), integer(0)), |point| {
        (point.clone(), integer(1))
    })
}

/// The exponents and coefficients of a positive multiple of a polynomial in one variable: integers.
///
/// # Errors
/// `Rejection` unless it is one, and not 0.
pub fn coefficients(
    polynomial: &Term,
    variable: &Name,
    atoms: &mut Atoms,
) -> Checked<Vec<(u32, Rational)>> {
    let (normal, variable) = (atoms.normal(polynomial)?, atoms.variable(variable));
    let Fraction {
        numerator,
        divisors,
    } = atoms.combined(&normal.poly)?;
    let numerator = numerator.numerators();
    let term = |(monomial, value): (&Monomial, Rational)| match monomial.as_slice() {
        [] => Some((0, value)),
        [(atom, exponent)] if *atom == variable => Some((*exponent, value)),
        _ => None,
    };
    let coefficients: Option<Vec<_>> = numerator.terms().map(term).collect();
    ensure(!numerator.is_zero(), Premise::ZeroPolynomial, [])?;
    let defined = normal.conditions.is_empty() && divisors.is_empty();
    coefficients
        .filter(|_| defined)
        .ok_or(fails(Premise::Polynomial, []))
}

/// How many roots lie between two ends, where Descartes' rule decides: by no sign change or one.
///
/// # Errors
/// The premise that fails where it does not, and unless the first end is less than the second and one of them finite.
pub fn between(polynomial: &[(u32, Rational)], a: &End, b: &End) -> Checked<usize> {
    let ascending = match [&a.1, &b.1].map(Zero::is_zero) {
        [false, false] => order(&a.0, &b.0)?.is_lt(),
        [true, false] => a.0.is_negative(),
        [false, true] => b.0.is_positive(),
        [true, true] => false,
    };
    ensure(ascending, Premise::Ends, [])?;
    let image = transformed(polynomial, a, Some(b))?;
    let signs: Vec<bool> = image
        .terms()
        .map(|(_, value)| value.is_positive())
        .collect();
    let changes = signs
        .iter()
        .zip(signs.iter().skip(1))
        .filter(|(s, t)| s != t)
        .count();
    ensure(changes < 2, Premise::SignChanges, [changes]).map(|()| changes)
}

/// (a₁ + b₁x)ᵈ p((a₀ + b₀x)/(a₁ + b₁x)) for the degree d of p; a₁ᵈ p(a₀/a₁) without b. Its terms ascend.
fn transformed(polynomial: &[(u32, Rational)], a: &End, b: Option<&End>) -> Checked<Poly> {
    let (mut above, mut below) = (Poly::constant(a.0.clone()), Poly::constant(a.1.clone()));
    if let Some((more, under)) = b {
        above = above.plus(Poly::atom(0).scaled(more))?;
        below = below.plus(Poly::atom(0).scaled(under))?;
    }
    // Horner's scheme from the largest exponent down. After exponent e, `image` is the sum of
    // c·above^(f−e)·below^(d−f) over the exponents f ≥ e, and `scale` is below^(d−e).
    let mut left = polynomial.last().map_or(0, |(degree, _)| *degree);
    let (mut image, mut scale) = (Poly::default(), Poly::constant(Rational::one()));
    for (exponent, value) in polynomial.iter().rev() {
        let step = left.checked_sub(*exponent).ok_or(TooLarge)?;
        (image, scale) = (
            image.times(&above.power(step)?)?,
            scale.times(&below.power(step)?)?,
        );
        image = image.plus(scale.scaled(value))?;
        left = *exponent;
    }
    Ok(image.times(&above.power(left)?)?)
}
