//! Contradictions between polynomial inequalities: sums of squares times products of them add up to zero. UNTRUSTED.
//!
//! The sums of squares are found in floating point and rounded (see [`gram`]); the degree grows from level to level.

mod exact;
mod gram;

use super::evidence::accepted;
use crate::kernel::context::Context;
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::poly::{Atom, Monomial, Poly};
use crate::kernel::proof::{Cone, Multiple, Proof, Summand};
use crate::kernel::term::{Formula, Relation, Term};
use crate::print::normal::term;
use crate::prover::budget::spend;
use crate::prover::hypotheses::constant;
use gram::{Block, Free, Identity, Solution};
use num_traits::{One, Signed, Zero};
use std::collections::BTreeSet;

/// A hypothesis in polynomial form.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    /// Its index.
    pub(super) index: usize,
    /// The polynomial.
    pub(super) poly: Poly,
    /// How zero compares with it.
    pub(super) relation: Relation,
}

/// What is multiplied at a level.
#[derive(Clone, Copy, Debug)]
struct Level {
    /// The degree of everything.
    degree: u32,
    /// How many hypotheses at most are multiplied.
    factors: usize,
    /// Whether products of several are multiplied by sums of squares too.
    squares: bool,
}

/// Most monomials of a basis.
const BASIS: usize = 60;

/// Largest exponent of a hypothesis that is not one monomial.
const LONG: u32 = 8;

/// The same where it is one.
const MONOMIAL: u32 = 64;

/// Most products of hypotheses.
const PRODUCTS: usize = 80;

/// The degree of a polynomial.
pub(super) fn degree(poly: &Poly) -> u32 {
    let of = |monomial: &Monomial| monomial.iter().map(|(_, exponent)| exponent).sum();
    poly.terms()
        .map(|(monomial, _)| of(monomial))
        .max()
        .unwrap_or(0)
}

/// The degree of everything together, even.
fn even(facts: &[Fact]) -> Option<u32> {
    let most = facts.iter().map(|fact| degree(&fact.poly)).max()?;
    Some(most + most % 2)
}

/// A proof of falsehood from one of the facts and sums of squares alone.
pub(super) fn refute_one(context: &Context, atoms: &mut Atoms, facts: &[Fact]) -> Option<Proof> {
    facts.iter().rev().find_map(|fact| {
        let alone = std::slice::from_ref(fact);
        let level = Level {
            degree: even(alone)?,
            factors: 1,
            squares: false,
        };
        at(context, atoms, alone, level)
    })
}

/// A proof of falsehood from these facts.
pub(super) fn refute(context: &Context, atoms: &mut Atoms, facts: &[Fact]) -> Option<Proof> {
    let even = even(facts)?;
    let level = |degree, factors, squares| Level {
        degree,
        factors,
        squares,
    };
    let levels = [
        level(even, 1, false),
        level(even, 2, true),
        level(even + 2, 2, false),
        level(even + 2, 3, true),
        level(even + 4, 2, true),
    ];
    levels
        .into_iter()
        .find_map(|level| at(context, atoms, facts, level))
}

/// A proof at a level.
fn at(context: &Context, atoms: &mut Atoms, facts: &[Fact], level: Level) -> Option<Proof> {
    let mut identity = identity(facts, level)?;
    let solution = identity.solve()?;
    let proof = Proof::Cone(cone(atoms, &identity, &solution));
    accepted(context, atoms, &Formula::FALSE, &proof).then_some(proof)
}

/// The monomials of at most this degree.
fn monomials(unknowns: &[Atom], degree: u32) -> Option<Vec<Poly>> {
    let mut all: Vec<(Monomial, u32)> = vec![(Monomial::new(), 0)];
    for atom in unknowns {
        let mut longer = Vec::new();
        for (monomial, there) in &all {
            spend(1)?;
            for exponent in 1..=degree - there {
                let mut monomial = monomial.clone();
                monomial.push((*atom, exponent));
                longer.push((monomial, there + exponent));
            }
        }
        all.extend(longer);
        if all.len() > BASIS {
            return None;
        }
    }
    let poly = |(monomial, _)| Poly::monomial(monomial, Rational::one());
    Some(all.into_iter().map(poly).collect())
}

/// The positive number that makes the largest coefficient of a polynomial 1 or −1.
fn scale(poly: &Poly) -> Rational {
    let most = poly.terms().map(|(_, value)| value.abs()).max();
    most.map_or_else(Rational::one, |most| most.recip())
}

/// A product of hypotheses, and whether it is positive.
struct Product {
    hypotheses: Vec<usize>,
    poly: Poly,
    strict: bool,
    /// Place of the last factor among the facts.
    last: usize,
}

/// Products of at most so many facts and this degree.
fn products(facts: &[Fact], level: Level) -> Option<Vec<Product>> {
    let mut all = vec![Product {
        hypotheses: Vec::new(),
        poly: Poly::constant(Rational::one()),
        strict: true,
        last: 0,
    }];
    let mut from = 0;
    for count in 0..level.factors {
        let until = all.len();
        for start in from..until {
            for (place, fact) in facts.iter().enumerate().skip(all[start].last) {
                if !matches!(fact.relation, Relation::Less | Relation::AtMost)
                    || all[start].hypotheses.last() == Some(&fact.index)
                {
                    continue;
                }
                let poly = all[start].poly.clone().times(&fact.poly).ok()?;
                if degree(&poly) > level.degree {
                    continue;
                }
                let hypotheses = [all[start].hypotheses.as_slice(), &[fact.index]].concat();
                all.push(Product {
                    hypotheses,
                    poly,
                    strict: all[start].strict && fact.relation == Relation::Less,
                    last: place,
                });
            }
            if all.len() > PRODUCTS {
                if count == 0 {
                    return None;
                }
                all.truncate(until);
                return Some(all);
            }
        }
        from = until;
    }
    all.extend(powers(facts, level)?);
    Some(all)
}

/// Powers of what is positive.
fn powers(facts: &[Fact], level: Level) -> Option<Vec<Product>> {
    let mut all = Vec::new();
    for (last, fact) in facts.iter().enumerate() {
        let most = level.degree / degree(&fact.poly).max(1);
        let longest = if fact.poly.terms().count() > 1 {
            LONG
        } else {
            MONOMIAL
        };
        if fact.relation != Relation::Less || most > longest {
            continue;
        }
        let mut poly = fact.poly.clone();
        for exponent in 2..=most {
            poly = poly.times(&fact.poly).ok()?;
            all.push(Product {
                hypotheses: (0..exponent).map(|_| fact.index).collect(),
                poly: poly.clone(),
                strict: true,
                last,
            });
        }
    }
    Some(all)
}

fn identity(facts: &[Fact], level: Level) -> Option<Identity> {
    let unknowns: BTreeSet<Atom> = facts.iter().flat_map(|fact| fact.poly.atoms()).collect();
    let unknowns: Vec<Atom> = unknowns.into_iter().collect();
    let one = || vec![Poly::constant(Rational::one())];
    let mut identity = Identity::default();
    for product in products(facts, level)? {
        let room = (level.degree - degree(&product.poly)) / 2;
        let scale = scale(&product.poly);
        let block = |basis, strict| Block {
            factor: product.poly.scaled(&scale),
            scale: scale.clone(),
            basis,
            strict,
            hypotheses: product.hypotheses.clone(),
        };
        if product.strict {
            identity.blocks.push(block(one(), true));
        }
        let squares = product.hypotheses.len() <= 1 || level.squares;
        let basis = match (squares, room) {
            (true, 1..) => monomials(&unknowns, room)?,
            _ => one(),
        };
        if basis.len() > 1 || !product.strict {
            identity.blocks.push(block(basis, false));
        }
    }
    for fact in facts.iter().filter(|fact| fact.relation == Relation::Equal) {
        let scale = scale(&fact.poly);
        let equation = fact.poly.scaled(&scale);
        let Some(room) = level.degree.checked_sub(degree(&equation)) else {
            continue;
        };
        for cofactor in monomials(&unknowns, room).unwrap_or_else(one) {
            identity.free.push(Free {
                product: equation.clone().times(&cofactor).ok()?,
                cofactor: cofactor.scaled(&scale),
                hypothesis: fact.index,
            });
        }
    }
    Some(identity)
}

/// What the kernel reads.
fn cone(atoms: &Atoms, identity: &Identity, solution: &Solution) -> Cone {
    let mut summands = Vec::new();
    for (block, squares) in identity.blocks.iter().zip(&solution.squares) {
        for (factor, root) in squares {
            let (coefficient, squares) = match constant(root) {
                Some(value) => (factor * &value * &value, Vec::new()),
                None => (factor.clone(), vec![term(atoms, root)]),
            };
            let coefficient = coefficient * &block.scale;
            if !coefficient.is_zero() {
                summands.push(Summand {
                    coefficient,
                    hypotheses: block.hypotheses.clone(),
                    squares,
                });
            }
        }
    }
    let mut multiples: Vec<Multiple> = Vec::new();
    let numbers = identity.free.iter().zip(&solution.free);
    for (free, value) in numbers.filter(|(_, value)| !value.is_zero()) {
        let cofactor = term(atoms, &free.cofactor.scaled(value));
        match multiples.last_mut() {
            Some(last) if last.hypothesis == free.hypothesis => {
                let before = std::mem::replace(&mut last.cofactor, Term::Sum(Vec::new()));
                last.cofactor = match before {
                    Term::Sum(mut items) => {
                        items.push(cofactor);
                        Term::Sum(items)
                    }
                    other => Term::Sum(vec![other, cofactor]),
                };
            }
            _ => multiples.push(Multiple {
                cofactor,
                hypothesis: free.hypothesis,
            }),
        }
    }
    Cone {
        multiplier: Vec::new(),
        summands,
        multiples,
    }
}
