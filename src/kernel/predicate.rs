//! The rules about root counts, inertia and rank. Part of the trusted kernel.

use super::limits::{ELIMINATION, spend};
use super::matrix::Matrix;
use super::normal::Atoms;
use super::number::{Int, Rational};
use super::poly::Poly;
use super::rejection::Rejection;
use super::sturm::Sturm;
use super::term::{Formula, Name, Predicate, Term};
use num_traits::{One, ToPrimitive, Zero};
use std::ops::Bound;

/// Decides a root count or a rank, or that it is another, by computing it.
///
/// ```text
/// V(a) − V(b) = n (Sturm)                        elimination leaves r pivots
/// ──────────────────────────────────────── roots ─────────────────────────── rank
/// p has exactly n distinct roots in (a, b)       M has rank r
/// ```
///
/// # Errors
/// [`Rejection::Undecidable`], [`Rejection::Disagrees`].
pub fn check(goal: &Formula, atoms: &mut Atoms) -> Result<(), Rejection> {
    let Formula::Holds(predicate, positive) = goal else { return Err(Rejection::WrongGoal("compute")) };
    spend(ELIMINATION)?;
    let holds = match predicate {
        Predicate::Roots { polynomial, variable, from, to, count } => {
            let chain = Sturm::new(&coefficients(polynomial, variable, atoms)?).ok_or(Rejection::Undecidable)?;
            let open = |end: &Option<Rational>| end.clone().map_or(Bound::Unbounded, Bound::Excluded);
            chain.count(open(from).as_ref(), open(to).as_ref()).ok_or(Rejection::Undecidable)? == *count
        }
        Predicate::Rank { matrix, rank } => Matrix::new(matrix).map_err(|_| Rejection::Undecidable)?.rank() == *rank,
        Predicate::Inertia { .. } | Predicate::Surface(_) => return Err(Rejection::WrongGoal("compute")),
    };
    if holds == *positive { Ok(()) } else { Err(Rejection::Disagrees) }
}

/// Decides an inertia, or that it is another, from a congruence to a diagonal matrix.
///
/// ```text
/// det T ≠ 0    T M Tᵀ = diag d    d has p, n, z positive, negative, zero entries
/// ─────────────────────────────────────────────────────────────────────────────── inertia
/// M has p, n, z positive, negative, zero eigenvalues
/// ```
///
/// # Errors
/// [`Rejection::Undecidable`], [`Rejection::Disagrees`].
pub fn check_inertia(goal: &Formula, congruence: &[Vec<Rational>]) -> Result<(), Rejection> {
    let Formula::Holds(Predicate::Inertia { matrix, counts }, positive) = goal else {
        return Err(Rejection::WrongGoal("inertia"));
    };
    spend(ELIMINATION)?;
    let [matrix, congruence] = [matrix, congruence].map(Matrix::new);
    let inertia = matrix.and_then(|matrix| matrix.inertia(&congruence?)).map_err(|_| Rejection::Undecidable)?;
    let holds = [inertia.positive, inertia.negative, inertia.zero] == *counts;
    if holds == *positive { Ok(()) } else { Err(Rejection::Disagrees) }
}

/// Integer coefficients, from the constant one up, of a positive multiple of a polynomial in one variable.
fn coefficients(polynomial: &Term, variable: &Name, atoms: &mut Atoms) -> Result<Vec<Int>, Rejection> {
    let normal = atoms.normal(polynomial)?;
    let fraction = atoms.combined(&normal)?;
    let unknown = atoms.normal(&Term::Variable(variable.clone()))?;
    let unknown = atoms.combined(&unknown)?.numerator;
    if !normal.conditions.is_empty() || !fraction.divisors.is_empty() {
        return Err(Rejection::Undecidable);
    }
    univariate(&fraction.numerator, &unknown).ok_or(Rejection::Undecidable)
}

fn univariate(poly: &Poly, unknown: &Poly) -> Option<Vec<Int>> {
    let atom = unknown.as_monomial()?.first()?.0;
    let scale = poly.terms().fold(Int::one(), |scale, (_, value)| &scale * (value * &scale).denom());
    let mut coefficients: Vec<Int> = Vec::new();
    for (monomial, value) in poly.terms() {
        let exponent = match monomial.as_slice() {
            [] => 0,
            [(there, exponent)] if *there == atom => exponent.to_usize()?,
            _ => return None,
        };
        if coefficients.len() <= exponent {
            coefficients.resize(exponent.checked_add(1)?, Int::zero());
        }
        *coefficients.get_mut(exponent)? = (value * &scale).to_integer();
    }
    Some(coefficients)
}
