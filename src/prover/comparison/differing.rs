//! What follows because something is not zero: its square is positive. UNTRUSTED.

use super::eliminate;
use super::evidence::products;
use super::linear::{self, Hint};
use crate::kernel::context::{Cleared, Context};
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::poly::{Monomial, Poly};
use crate::kernel::proof::{Cone, Multiple, Proof, Summand};
use crate::kernel::reduce::number;
use crate::kernel::term::{Formula, Name, Relation, Term};
use crate::print::normal::term as print;
use crate::prover::hypotheses::Assume;
use num_traits::One;

fn minus(left: Term, right: Term) -> Term {
    Term::Sum(vec![left, Term::Product(vec![number(-1), right])])
}

fn square_is_positive(term: &Term) -> Formula {
    Formula::Compare(
        number(0),
        Relation::Less,
        Term::Power(Box::new(term.clone()), 2),
    )
}

/// A context with the squares of all that is known not to vanish, and the cuts by which it grew.
pub(super) fn with_squares(
    context: &Context,
    atoms: &mut Atoms,
) -> (Context, Vec<(Formula, Proof)>) {
    let (mut inner, mut cuts) = (context.clone(), Vec::new());
    for (index, hypothesis) in context.hypotheses.iter().enumerate() {
        let Formula::Compare(left, Relation::Differs, right) = &hypothesis.formula else {
            continue;
        };
        let Some(cleared) = hypothesis.known() else {
            continue;
        };
        let term = minus(left.clone(), right.clone());
        let square = square_is_positive(&term);
        let evidence = from_factors(&inner, atoms, &term, &cleared.poly, index);
        cuts.push((square.clone(), evidence));
        inner.assume(square, atoms);
    }
    (inner, cuts)
}

/// Falsehood from something that does not vanish and equations because of which it does.
pub(super) fn vanishing(context: &Context, atoms: &mut Atoms) -> Option<Proof> {
    let hypotheses = context.hypotheses.iter().enumerate();
    let mut different = hypotheses.filter_map(|(index, there)| {
        let cleared = there.known()?;
        (cleared.relation == Relation::Differs).then(|| (index, cleared.poly.clone()))
    });
    different.find_map(|(index, poly)| {
        let multiples = eliminate::combination(context, atoms, &poly)?;
        Some(impossible(context, index, multiples))
    })
}

/// Falsehood from t ≠ 0 and multiples of equations that add up to t: they show that 1 is 0.
fn impossible(context: &Context, differs: usize, multiples: Vec<Multiple>) -> Proof {
    let equal = Formula::Compare(number(0), Relation::Equal, number(1));
    let first = Proof::Cone(Cone {
        multiplier: vec![differs],
        summands: Vec::new(),
        multiples,
    });
    let absurd = Proof::Cone(Cone {
        multiplier: Vec::new(),
        summands: vec![Summand {
            coefficient: Rational::one(),
            hypotheses: Vec::new(),
            squares: Vec::new(),
        }],
        multiples: vec![Multiple {
            cofactor: number(-1),
            hypothesis: context.hypotheses.len(),
        }],
    });
    Proof::Cut(equal, Box::new(first), Box::new(absurd))
}

/// 0 < t² for a term t ≠ 0; a monomial is not zero because none of its factors is.
fn from_factors(
    context: &Context,
    atoms: &mut Atoms,
    term: &Term,
    poly: &Poly,
    differs: usize,
) -> Proof {
    let factors: Vec<(Monomial, Rational)> = poly
        .terms()
        .map(|(monomial, value)| (monomial.clone(), value))
        .collect();
    let [(monomial, value)] = factors.as_slice() else {
        return from_reciprocal(context, term);
    };
    if monomial.len() < 2 && monomial.iter().all(|(_, exponent)| *exponent == 1) {
        return from_reciprocal(context, term);
    }
    let mut inner = context.clone();
    let mut splits = Vec::new();
    for (atom, exponent) in monomial {
        let root = print(atoms, &Poly::atom(*atom));
        let zero = Formula::Compare(root, Relation::Equal, number(0));
        let rest: Monomial = monomial
            .iter()
            .map(|(other, power)| (*other, if other == atom { exponent - 1 } else { *power }))
            .filter(|(_, power)| *power > 0)
            .collect();
        // The polynomial of `root = 0` is −root.
        let cofactor = print(atoms, &Poly::monomial(rest, -value.clone()));
        let mut there = inner.clone();
        there.assume(zero.clone(), atoms);
        let multiple = Multiple {
            cofactor,
            hypothesis: inner.hypotheses.len(),
        };
        let absurd = impossible(&there, differs, vec![multiple]);
        inner.assume(zero.negation(), atoms);
        splits.push((zero, Proof::Absurd(Box::new(absurd))));
    }
    let proof = from_reciprocal(&inner, term);
    let split = |rest, (zero, absurd)| Proof::Split(zero, Box::new(absurd), Box::new(rest));
    splits.into_iter().rev().fold(proof, split)
}

/// The goal, or falsehood, by contradiction, with the squares of all that is known not to vanish.
pub fn prove(context: &Context, atoms: &mut Atoms, goal: &Formula) -> Option<Proof> {
    let (inner, cuts) = with_squares(context, atoms);
    let mut hints = Vec::new();
    for hypothesis in &context.hypotheses {
        let Formula::Compare(left, Relation::Differs, right) = &hypothesis.formula else {
            continue;
        };
        if hypothesis.known().is_none() {
            continue;
        }
        let term = minus(left.clone(), right.clone());
        let equations = (0..context.hypotheses.len())
            .filter(|index| sign(context, *index) == Some(Relation::Equal));
        hints.extend(equations.map(|equation| Hint {
            hypotheses: vec![equation],
            factors: vec![term.clone()],
            ..Hint::default()
        }));
    }
    if cuts.is_empty() {
        return None;
    }
    let mut proof = match goal {
        Formula::Compare(_, Relation::Less | Relation::AtMost, _) => {
            let place = inner.hypotheses.len();
            let mut opposite = inner.clone();
            opposite.assume(goal.negation(), atoms);
            let absurd = contradiction(&opposite, atoms, &hints)?;
            Proof::Split(
                goal.clone(),
                Box::new(Proof::Hypothesis(place)),
                Box::new(Proof::Absurd(Box::new(absurd))),
            )
        }
        _ => contradiction(&inner, atoms, &hints)?,
    };
    for (square, evidence) in cuts.into_iter().rev() {
        proof = Proof::Cut(square, Box::new(evidence), Box::new(proof));
    }
    Some(proof)
}

fn sign(context: &Context, index: usize) -> Option<Relation> {
    context
        .hypotheses
        .get(index)?
        .known()
        .map(|cleared| cleared.relation)
}

fn contradiction(context: &Context, atoms: &mut Atoms, hints: &[Hint]) -> Option<Proof> {
    let goal = Cleared {
        poly: Poly::default(),
        relation: Relation::Less,
    };
    linear::prove(context, atoms, &Formula::FALSE, &goal)
        .or_else(|| linear::prove_with(context, atoms, &Formula::FALSE, &goal, hints, &[]))
}

/// 0 < t² for a term t ≠ 0: some z has t z = 1, and t² ≤ 0 would make 1 = t² z² ≤ 0.
fn from_reciprocal(context: &Context, term: &Term) -> Proof {
    let fresh = (1..).map(|tick: usize| Name::from(format!("reciprocal_{tick}")));
    let name = fresh
        .into_iter()
        .find(|name| !context.scope.contains(name))
        .unwrap_or_else(|| Name::from("z"));
    let unknown = Term::Variable(name.clone());
    let product = Term::Product(vec![term.clone(), unknown.clone()]);
    let reciprocal = Term::Quotient(Box::new(number(1)), Box::new(term.clone()));
    let exists = Formula::Exists(
        vec![name.clone()],
        Box::new(Formula::Compare(
            product.clone(),
            Relation::Equal,
            number(1),
        )),
    );
    let place = context.hypotheses.len();
    let summand = |hypotheses, squares| Summand {
        coefficient: Rational::one(),
        hypotheses,
        squares,
    };
    let absurd = Proof::Cone(Cone {
        multiplier: Vec::new(),
        summands: vec![
            summand(Vec::new(), Vec::new()),
            summand(vec![place + 2], vec![unknown]),
        ],
        multiples: vec![Multiple {
            cofactor: Term::Product(vec![number(-1), Term::Sum(vec![number(1), product])]),
            hypothesis: place + 1,
        }],
    });
    let split = Proof::Split(
        square_is_positive(term),
        Box::new(Proof::Hypothesis(place + 2)),
        Box::new(Proof::Absurd(Box::new(absurd))),
    );
    let witness = Proof::Witness(vec![reciprocal], Box::new(products(Vec::new())));
    Proof::Cut(
        exists,
        Box::new(witness),
        Box::new(Proof::Obtain(place, vec![name], Box::new(split))),
    )
}
