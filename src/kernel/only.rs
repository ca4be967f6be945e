//! The rule `only`: no local minimum of an error surface is spurious. Part of the trusted kernel.
//!
//! In coordinates ω with rows r of integers, ηₖ = e^(2ω_k) > 0 makes e^(2⟨r,ω⟩) the monomial η^r, and with it the error,
//! its gradient and its second derivative are rational functions (ss89 (3.4), (3.5)).

use super::limits::GRID_BITS;
use super::matrix::Matrix;
use super::number::{Int, Rational};
use super::reduce::number;
use super::rejection::Rejection;
use super::surface::{Barrier, Chart, Evidence, Minimum, Point, Row, Statement, TrainingSet, Unit, check};
use super::term::{Formula, Name, Relation, Term};
use num_traits::{One, Signed, ToPrimitive, Zero};

/// What the rule needs besides the proofs of the two formulas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Only {
    /// Rows gₖ of an invertible matrix: ωₖ = ⟨gₖ, x⟩.
    pub basis: Vec<Vec<Rational>>,
    /// A strict local minimum in a box of the coordinates ω.
    pub minimum: Minimum,
    /// Its evidence.
    pub barrier: Barrier,
    /// Positive bounds of η₁, …, ηₙ inside that box.
    pub bounds: Vec<(Rational, Rational)>,
}

fn refuse<T>(condition: &'static str) -> Result<T, Rejection> {
    Err(Rejection::Only(condition))
}

/// The two formulas whose proofs, with the minimum, show that the training set has no spurious minimum.
///
/// ```text
/// a_j = Σ_k r_jk g_k, det g ≠ 0     u* is the one critical point in a box, and the least value there, E(u*) ≤ e (barrier)
/// [a, b] inside the box             ∀η > 0. ∇E = 0 ∧ (∀v. D²E[v] ≥ 0) → η ∈ [a, b]     ∀η > 0. η ∉ [a, b] → e ≤ E
/// ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────
/// no local minimum of E is spurious
/// ```
///
/// # Errors
/// [`Rejection`] naming the premise that fails.
pub fn formulas(data: &TrainingSet, only: &Only) -> Result<[Formula; 2], Rejection> {
    let rows = only.minimum.data.rows();
    if !same_surface(data, only) || Matrix::new(&only.basis)?.rank()? != data.width() {
        return refuse("the rows are not the basis times the rows of the minimum");
    }
    check(&Statement::Minimum(Box::new(only.minimum.clone())), &Evidence::Barrier(only.barrier.clone()))?;
    if !inside(only) {
        return refuse("the bounds do not lie in the box of the minimum");
    }
    let names = |stem: &str| (1..=data.width()).map(|k| Name::from(format!("{stem}{k}"))).collect::<Vec<_>>();
    let (eta, v) = (names("eta"), names("v"));
    let rows = rows.iter().map(|row| Some((row, exponents(row)?))).collect::<Option<Vec<_>>>();
    let Some(rows) = rows else { return refuse("an entry of a row is no small integer") };
    let over = |value: fn(&Row, &Term) -> Term, factor: &dyn Fn(&[i32]) -> Option<Term>| {
        let addend = |(row, exponents): &(&Row, Vec<i32>)| {
            let weight = Term::Number(row.weight.clone());
            Some(Term::Product(vec![weight, factor(exponents)?, value(row, &monomial(exponents, &eta))]))
        };
        Term::Sum(rows.iter().filter_map(addend).collect())
    };
    let entry = |exponents: &[i32], k: usize| exponents.get(k).filter(|entry| **entry != 0).copied().map(number);
    let gradient = (0..data.width()).map(|k| over(slope, &|exponents| entry(exponents, k)));
    let along = |exponents: &[i32]| {
        let addends = v.iter().enumerate();
        let addend =
            |(k, v): (usize, &Name)| Some(Term::Product(vec![entry(exponents, k)?, Term::Variable(v.clone())]));
        Some(Term::Power(Box::new(Term::Sum(addends.filter_map(addend).collect())), 2))
    };
    let zero = || number(0);
    let positive = eta.iter().map(|eta| Formula::Compare(zero(), Relation::Less, Term::Variable(eta.clone())));
    let mut critical: Vec<Formula> = positive.clone().collect();
    critical.extend(gradient.map(|sum| Formula::Compare(sum, Relation::Equal, zero())));
    let second = Formula::Compare(zero(), Relation::AtMost, over(curvature, &along));
    critical.push(Formula::Forall(v.clone(), Box::new(second)));
    let bounds = eta.iter().zip(&only.bounds).flat_map(|(eta, (lower, upper))| {
        let (lower, upper) = (Term::Number(lower.clone()), Term::Number(upper.clone()));
        let eta = Term::Variable(eta.clone());
        [Formula::Compare(lower, Relation::AtMost, eta.clone()), Formula::Compare(eta, Relation::AtMost, upper)]
    });
    let bounds: Vec<Formula> = bounds.collect();
    let mut outside: Vec<Formula> = positive.collect();
    outside.push(Formula::Or(bounds.iter().map(Formula::negation).collect()));
    let least = Term::Number(only.minimum.error.1.clone());
    let higher = Formula::Compare(least, Relation::AtMost, over(error, &|_| Some(number(1))));
    let forall = |premises, conclusion| {
        let body = Formula::Implies(Box::new(Formula::And(premises)), Box::new(conclusion));
        Formula::Forall(eta.clone(), Box::new(body))
    };
    Ok([forall(critical, Formula::And(bounds)), forall(outside, higher)])
}

/// Whether the training set is that of the minimum with every row r replaced by Σ rₖ gₖ, for a tanh unit.
fn same_surface(data: &TrainingSet, only: &Only) -> bool {
    let other = &only.minimum.data;
    let image = |row: &Row, i: usize| {
        let addends = row.input.iter().zip(&only.basis);
        addends.map(|(r, g)| r * g.get(i).cloned().unwrap_or_else(Rational::zero)).fold(Rational::zero(), |a, b| a + b)
    };
    let agrees = |(row, original): (&Row, &Row)| {
        let same = row.target == original.target && row.weight == original.weight;
        same && original.input.iter().enumerate().all(|(i, entry)| *entry == image(row, i))
    };
    data.unit() == Unit::Tanh
        && other.unit() == Unit::Tanh
        && other.width() == data.width()
        && only.basis.len() == data.width()
        && only.basis.iter().all(|row| row.len() == data.width())
        && other.rows().len() == data.rows().len()
        && other.rows().iter().zip(data.rows()).all(agrees)
}

/// Whether ξ/(1 + 2r) ≤ a and b ≤ ξ(1 + 2r) for each centre ξ, r the half-width: then a ≤ e^(2ω) ≤ b lies in the box, as
/// 1 + 2r ≤ e^(2r). The coordinates of the minimum must be those of its rows.
fn inside(only: &Only) -> bool {
    let Point::Exp { bits, xi } = &only.minimum.centre else { return false };
    let width = only.minimum.data.width();
    if only.minimum.chart != Chart::plain(width) || *bits > GRID_BITS || xi.len() != width || only.bounds.len() != width
    {
        return false;
    }
    let scale = Rational::from_integer(Int::one() << *bits);
    let stretch = Rational::one() + Rational::new(Int::from(2), Int::one() << only.minimum.half_width);
    only.bounds.iter().zip(xi).all(|((lower, upper), centre)| {
        let centre = Rational::from_integer(centre.clone()) / &scale;
        lower.is_positive() && centre <= lower * &stretch && *upper <= &centre * &stretch
    })
}

fn exponents(row: &Row) -> Option<Vec<i32>> {
    row.input.iter().map(|entry| entry.is_integer().then(|| entry.to_integer().to_i32()).flatten()).collect()
}

/// η^r as a quotient of products of powers.
fn monomial(exponents: &[i32], eta: &[Name]) -> Term {
    let side = |sign: i32| {
        let factors = exponents.iter().zip(eta).filter(|(exponent, _)| exponent.signum() == sign);
        let power = |(exponent, eta): (&i32, &Name)| {
            Term::Power(Box::new(Term::Variable(eta.clone())), exponent.unsigned_abs())
        };
        Term::Product(factors.map(power).collect())
    };
    Term::Quotient(Box::new(side(1)), Box::new(side(-1)))
}

fn one_plus(u: &Term, exponent: u32) -> Term {
    Term::Power(Box::new(Term::Sum(vec![number(1), u.clone()])), exponent)
}

/// c₂u² + c₁u + c₀ over (1 + u)^exponent, times factor.
fn fraction(factor: Term, coefficients: [Rational; 3], u: &Term, exponent: u32) -> Term {
    let [c2, c1, c0] = coefficients.map(Term::Number);
    let square = Term::Product(vec![c2, Term::Power(Box::new(u.clone()), 2)]);
    let sum = Term::Sum(vec![square, Term::Product(vec![c1, u.clone()]), c0]);
    Term::Quotient(Box::new(Term::Product(vec![factor, sum])), Box::new(one_plus(u, exponent)))
}

/// (tanh y − b)² = ((1−b)u − (1+b))²/(1+u)², u = e^(2y).
fn error(row: &Row, u: &Term) -> Term {
    let (minus, plus) = (Rational::one() - &row.target, Rational::one() + &row.target);
    let two = Rational::from_integer(2.into());
    fraction(number(1), [&minus * &minus, -(&two * &minus * &plus), &plus * &plus], u, 2)
}

/// Its derivative by y: 8u((1−b)u − (1+b))/(1+u)³.
fn slope(row: &Row, u: &Term) -> Term {
    let (minus, plus) = (Rational::one() - &row.target, Rational::one() + &row.target);
    fraction(Term::Product(vec![number(8), u.clone()]), [Rational::zero(), minus, -plus], u, 3)
}

/// Its second derivative by y: 16u((b−1)u² + 4u − (1+b))/(1+u)⁴.
fn curvature(row: &Row, u: &Term) -> Term {
    let (minus, plus) = (&row.target - Rational::one(), Rational::one() + &row.target);
    let four = Rational::from_integer(4.into());
    fraction(Term::Product(vec![number(16), u.clone()]), [minus, four, -plus], u, 4)
}
