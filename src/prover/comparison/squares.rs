//! Quadratic polynomials as sums of squares, by completing one square after another. UNTRUSTED.

use crate::kernel::context::Cleared;
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::poly::{Atom, Poly};
use crate::kernel::proof::{Cone, Proof, Summand};
use crate::kernel::term::Relation;
use crate::print::normal::term;
use num_traits::Signed;
use std::collections::BTreeSet;

/// A proof of a comparison whose polynomial is quadratic and, but for a constant, a sum of squares.
#[must_use]
pub fn prove(atoms: &Atoms, goal: &Cleared) -> Option<Proof> {
    let degree =
        |monomial: &[(Atom, u32)]| monomial.iter().map(|(_, exponent)| exponent).sum::<u32>();
    if goal.poly.terms().any(|(monomial, _)| degree(monomial) > 2) {
        return None;
    }
    let unknowns: BTreeSet<Atom> = goal
        .poly
        .terms()
        .flat_map(|(m, _)| m.iter().map(|(atom, _)| *atom))
        .collect();
    let (mut rest, mut summands) = (goal.poly.clone(), Vec::new());
    for atom in unknowns {
        let (factor, root) = match square(&rest, atom) {
            Taken::Square(factor, root) => (factor, root),
            Taken::Absent => continue,
            Taken::Impossible => return None,
        };
        rest = rest
            .plus(root.clone().times(&root).ok()?.scaled(&-factor.clone()))
            .ok()?;
        summands.push(Summand {
            coefficient: factor,
            hypotheses: Vec::new(),
            squares: vec![term(atoms, &root)],
        });
    }
    let constant = crate::prover::hypotheses::constant(&rest)?;
    if constant.is_negative() || (goal.relation == Relation::Less && !constant.is_positive()) {
        return None;
    }
    summands.push(Summand {
        coefficient: constant,
        hypotheses: Vec::new(),
        squares: Vec::new(),
    });
    Some(Proof::Cone(Cone {
        summands,
        ..Cone::default()
    }))
}

/// How an atom is taken out by a square.
enum Taken {
    /// By this factor times the square of this root.
    Square(Rational, Poly),
    /// It does not occur.
    Absent,
    /// No square does it.
    Impossible,
}

fn square(poly: &Poly, atom: Atom) -> Taken {
    let (mut factor, mut linear) = (None, Vec::new());
    for (monomial, value) in poly
        .terms()
        .filter(|(m, _)| m.iter().any(|(there, _)| *there == atom))
    {
        if monomial.as_slice() == [(atom, 2)] {
            factor = Some(value.clone());
        } else {
            let others = monomial
                .iter()
                .filter(|(there, _)| *there != atom)
                .copied()
                .collect();
            linear.push(Poly::monomial(others, value.clone()));
        }
    }
    match factor {
        None if linear.is_empty() => Taken::Absent,
        Some(factor) if factor.is_positive() => {
            let half = (Rational::from_integer(2.into()) * &factor).recip();
            let linear = Poly::total(linear).map(|linear| linear.scaled(&half));
            let root = linear.and_then(|linear| Poly::atom(atom).plus(linear));
            root.map_or(Taken::Impossible, |root| Taken::Square(factor, root))
        }
        None | Some(_) => Taken::Impossible,
    }
}
