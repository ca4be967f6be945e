//! Points between which Descartes' rule of signs counts the roots of a polynomial, for the rule `roots`. UNTRUSTED.

use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::roots::{End, between, coefficients, end};
use crate::kernel::term::{Name, Term};
use num_traits::{One, Signed, Zero};

/// Most halvings of an interval.
const HALVINGS: usize = 120;

/// The points, by halving intervals; `None` where a multiple root keeps the rule from deciding.
#[must_use]
pub fn points(
    polynomial: &Term,
    variable: &Name,
    from: Option<&Rational>,
    to: Option<&Rational>,
) -> Option<Vec<Rational>> {
    let polynomial = coefficients(polynomial, variable, &mut Atoms::default()).ok()?;
    let (from, to) = (end(from, -1), end(to, 1));
    let mut points = Vec::new();
    (&from.0 * &to.1 < &to.0 * &from.1 || from.1.is_zero() && to.1.is_zero()).then_some(())?;
    divide(&polynomial, &from, &to, HALVINGS, &mut points)?;
    Some(points)
}

fn divide(
    polynomial: &[(u32, Rational)],
    a: &End,
    b: &End,
    left: usize,
    points: &mut Vec<Rational>,
) -> Option<()> {
    if between(polynomial, a, b).is_ok() {
        return Some(());
    }
    let left = left.checked_sub(1)?;
    let quarter = Rational::new(1.into(), 4.into());
    let middle = match (a.1.is_zero(), b.1.is_zero()) {
        (false, false) => {
            let quarter = (&b.0 - &a.0) * quarter;
            simplest(&(&a.0 + &quarter), &(&b.0 - &quarter))
        }
        (false, true) => &a.0 + a.0.abs() + Rational::one(),
        (true, false) => &b.0 - b.0.abs() - Rational::one(),
        (true, true) => Rational::zero(),
    };
    let point = (middle.clone(), Rational::one());
    divide(polynomial, a, &point, left, points)?;
    points.push(middle);
    divide(polynomial, &point, b, left, points)
}

/// The number with the least denominator between two: short points, and rational roots among them.
fn simplest(a: &Rational, b: &Rational) -> Rational {
    if a.is_negative() && b.is_negative() {
        return -simplest(&-b, &-a);
    }
    let whole = a.ceil();
    if !a.is_positive() || whole <= *b {
        return if a.is_positive() {
            whole
        } else {
            Rational::zero()
        };
    }
    let below = a.floor();
    &below + simplest(&(b - &below).recip(), &(a - &below).recip()).recip()
}
