//! Comparisons by interval arithmetic on a subdivided box. UNTRUSTED.

use super::bernstein::halves;
use crate::kernel::context::Context;
use crate::kernel::evaluate;
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::proof::Proof;
use crate::kernel::reduce::variables;
use crate::kernel::term::{Formula, Name, Relation, Term};
use crate::prover::budget::spend;
use std::collections::{BTreeMap, BTreeSet};

/// Bits of precision and most leaves where the script says nothing.
const USUAL: (u32, usize) = (64, 1_500);

/// The same for numbers so large or small that the usual grid is too coarse for them.
const FINE: (u32, usize) = (512, 4);

/// Most halvings along one path.
const DEPTH: usize = 60;

/// A proof with the usual precision and effort.
#[must_use]
pub fn prove(context: &Context, goal: &Formula) -> Option<Proof> {
    let [usual, fine] =
        [USUAL, FINE].map(|(bits, leaves)| move || prove_with(context, goal, bits, leaves));
    usual().or_else(fine)
}

/// A proof with so many bits and at most so many leaves.
#[must_use]
pub fn prove_with(context: &Context, goal: &Formula, bits: u32, leaves: usize) -> Option<Proof> {
    let Formula::Compare(left, _, right) = goal else {
        return None;
    };
    let mut used = BTreeSet::new();
    variables(left, &mut used);
    variables(right, &mut used);
    let mut left = leaves;
    subdivide(
        context,
        &mut Atoms::default(),
        goal,
        bits,
        &used,
        DEPTH,
        &mut left,
    )
}

fn subdivide(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Formula,
    bits: u32,
    used: &BTreeSet<Name>,
    depth: usize,
    leaves: &mut usize,
) -> Option<Proof> {
    spend(context.hypotheses.len())?;
    if evaluate::check(context, goal, bits).is_ok() {
        return Some(Proof::Interval(bits));
    }
    *leaves = leaves.checked_sub(1)?;
    let depth = depth.checked_sub(1)?;
    let (name, middle) = widest(context, used)?;
    halves(
        context,
        atoms,
        Term::Variable(name),
        middle,
        |inner, atoms| subdivide(inner, atoms, goal, bits, used, depth, leaves),
    )
}

/// The variable with the widest bounds and the middle between them; `None` if one has no bounds or all are points.
fn widest(context: &Context, used: &BTreeSet<Name>) -> Option<(Name, Rational)> {
    let mut bounds: BTreeMap<Name, (Option<Rational>, Option<Rational>)> = BTreeMap::new();
    for hypothesis in &context.hypotheses {
        let Formula::Compare(left, relation, right) = &hypothesis.formula else {
            continue;
        };
        match (left, relation, right) {
            (_, Relation::Differs, _) => {}
            (Term::Number(value), _, Term::Variable(name)) => {
                let lower = &mut bounds.entry(name.clone()).or_default().0;
                *lower = Some(
                    lower
                        .take()
                        .map_or(value.clone(), |there| there.max(value.clone())),
                );
            }
            (Term::Variable(name), _, Term::Number(value)) => {
                let upper = &mut bounds.entry(name.clone()).or_default().1;
                *upper = Some(
                    upper
                        .take()
                        .map_or(value.clone(), |there| there.min(value.clone())),
                );
            }
            _ => {}
        }
    }
    let mut best: Option<(Rational, Name, Rational)> = None;
    for name in used {
        let (Some(lower), Some(upper)) = bounds.get(name)? else {
            return None;
        };
        let width = upper - lower;
        if best.as_ref().is_none_or(|(there, ..)| *there < width) {
            best = Some((
                width,
                name.clone(),
                (lower + upper) / Rational::from_integer(2.into()),
            ));
        }
    }
    let (width, name, middle) = best?;
    (width > Rational::from_integer(0.into())).then_some((name, middle))
}
