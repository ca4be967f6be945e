//! The mean value theorem: a comparison from its value at a point and the sign of a derivative. UNTRUSTED.

use super::{formula, fresh, sample, search};
use crate::kernel::calculus::{self, Theorem};
use crate::kernel::context::Context;
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::proof::Proof;
use crate::kernel::reduce::{Reducer, Substitution, number, substitute, variables};
use crate::kernel::term::{Formula, Name, Relation, Term};
use crate::print::normal::readable;
use crate::prover::comparison;
use crate::prover::comparison::growing::Growing;
use crate::prover::counterexample::float;
use crate::prover::hypotheses::Assume;
use num_traits::ToPrimitive;
use std::collections::BTreeSet;

/// A comparison, as 0 and a term.
struct Goal<'g> {
    /// The comparison itself.
    formula: &'g Formula,
    relation: Relation,
    /// What is positive, or not negative.
    slack: Term,
}

/// A bound of a variable.
struct Anchor {
    variable: Name,
    at: Term,
    /// Whether the variable is above it.
    below: bool,
    strict: bool,
}

/// A proof of an inequality: from a bound of one of its variables, or on both sides of a point where it is tight.
pub(super) fn prove(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Formula,
    order: usize,
) -> Option<Proof> {
    let Formula::Compare(left, relation, right) = goal else {
        return None;
    };
    let opposite = Term::Product(vec![number(-1), left.clone()]);
    let mut slacks = vec![Term::Sum(vec![right.clone(), opposite])];
    if let Ok(cleared) = context.clear(goal, atoms)
        && let Some(numerator) = readable(atoms, &cleared.poly)
    {
        slacks.push(numerator);
    }
    for slack in slacks {
        let goal = Goal {
            formula: goal,
            relation: *relation,
            slack,
        };
        let mut names = BTreeSet::new();
        variables(&goal.slack, &mut names);
        let anchors = anchors(context, &names);
        let found = anchors
            .iter()
            .find_map(|anchor| from(context, atoms, &goal, anchor, order));
        if found.is_some() {
            return found;
        }
        let found = around(context, atoms, &goal, &names, &anchors, order);
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The bounds of these variables among the hypotheses.
fn anchors(context: &Context, names: &BTreeSet<Name>) -> Vec<Anchor> {
    let mut anchors: Vec<Anchor> = Vec::new();
    for hypothesis in context.hypotheses.iter().rev() {
        let Formula::Compare(left, relation @ (Relation::Less | Relation::AtMost), right) =
            &hypothesis.formula
        else {
            continue;
        };
        for (term, at, below) in [(right, left, true), (left, right, false)] {
            let Term::Variable(variable) = term else {
                continue;
            };
            let mut others = BTreeSet::new();
            variables(at, &mut others);
            if names.contains(variable) && !others.contains(variable) {
                let strict = *relation == Relation::Less;
                let (variable, at) = (variable.clone(), at.clone());
                anchors.push(Anchor {
                    variable,
                    at,
                    below,
                    strict,
                });
            }
        }
    }
    // A number is a better place to start from than another variable.
    anchors.sort_by_key(|anchor| !matches!(anchor.at, Term::Number(_)));
    anchors
}

/// From a bound: what holds at the bound holds beyond it, as the slack grows from there.
fn from(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Goal<'_>,
    anchor: &Anchor,
    order: usize,
) -> Option<Proof> {
    let at = Substitution::from([(anchor.variable.clone(), anchor.at.clone())]);
    let there = substitute(&goal.slack, &at).ok()?;
    let compare = |relation| Formula::Compare(number(0), relation, there.clone());
    // Growth is strict where the bound is, and is then enough for a strict goal.
    let ways: &[(Theorem, Relation)] = match goal.relation {
        Relation::Less if anchor.strict => &[
            (Theorem::Increasing, Relation::AtMost),
            (Theorem::Monotone, Relation::Less),
        ],
        relation => &[(Theorem::Monotone, relation)],
    };
    for (theorem, relation) in ways {
        let start = compare(*relation);
        if !sample::plausible(context, &start) {
            continue;
        }
        let Some(first) = search(context, atoms, &start, order - 1) else {
            continue;
        };
        let mut growing = Growing::new(context);
        growing.cut(start, first, atoms);
        let grown = growth(&growing.context, atoms, goal, anchor, *theorem, order);
        let Some((grows, proof)) = grown else {
            continue;
        };
        growing.cut(grows, proof, atoms);
        if let Some(rest) = comparison::prove(&growing.context, atoms, goal.formula) {
            return Some(growing.close(rest));
        }
    }
    None
}

/// That the slack grows from the bound on, by a theorem.
fn growth(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Goal<'_>,
    anchor: &Anchor,
    theorem: Theorem,
    order: usize,
) -> Option<(Formula, Proof)> {
    let t = fresh(context);
    let put = Substitution::from([(anchor.variable.clone(), Term::Variable(t.clone()))]);
    let slack = substitute(&goal.slack, &put).ok()?;
    let variable = Term::Variable(anchor.variable.clone());
    let (function, a, b) = if anchor.below {
        (slack, anchor.at.clone(), variable)
    } else {
        (
            Term::Product(vec![number(-1), slack]),
            variable,
            anchor.at.clone(),
        )
    };
    apply(context, atoms, theorem, &function, &t, [a, b], order)
}

/// What a theorem gives, once its premises are proved.
pub(super) fn apply(
    context: &Context,
    atoms: &mut Atoms,
    theorem: Theorem,
    function: &Term,
    variable: &Name,
    [a, b]: [Term; 2],
    order: usize,
) -> Option<(Formula, Proof)> {
    let instance = calculus::instance(theorem, function, variable, [&a, &b]).ok()?;
    let instance = Reducer::default().formula(&instance, &context.scope).ok()?;
    let Formula::Implies(premise, conclusion) = &instance else {
        return None;
    };
    let place = context.hypotheses.len();
    let mut inner = context.clone();
    inner.assume(instance.clone(), atoms);
    let first = formula(&inner, atoms, premise, order.checked_sub(1)?)?;
    let then = Box::new(Proof::Hypothesis(place + 1));
    let applied = Box::new(Proof::Apply(place, Box::new(first), then));
    let proof = Proof::Calculus(theorem, function.clone(), variable.clone(), (a, b), applied);
    Some(((**conclusion).clone(), proof))
}

/// On both sides of a value of a variable at which the slack is least, or of another variable.
fn around(
    context: &Context,
    atoms: &mut Atoms,
    goal: &Goal<'_>,
    names: &BTreeSet<Name>,
    anchors: &[Anchor],
    order: usize,
) -> Option<Proof> {
    for name in names {
        let Some(middle) = tight(context, goal, name, names, anchors) else {
            continue;
        };
        let split = Formula::Compare(Term::Variable(name.clone()), Relation::AtMost, middle);
        let mut side = |formula: Formula| {
            let mut inner = context.clone();
            inner.assume(formula, atoms);
            search(&inner, atoms, goal.formula, order - 1).map(Box::new)
        };
        let (Some(below), Some(above)) = (side(split.clone()), side(split.negation())) else {
            continue;
        };
        return Some(Proof::Split(split, below, above));
    }
    None
}

/// Where the slack is least, if that is inside the bounds: a small number, or another variable.
fn tight(
    context: &Context,
    goal: &Goal<'_>,
    name: &Name,
    names: &BTreeSet<Name>,
    anchors: &[Anchor],
) -> Option<Term> {
    let points = sample::points(context, goal.formula);
    let other = names.iter().find(|other| *other != name);
    if let Some(other) = other {
        let bounded = anchors
            .iter()
            .any(|anchor| anchor.at == Term::Variable(other.clone()));
        let touches = points.iter().all(|point| {
            let mut point = point.clone();
            let there = point.get(other).copied().unwrap_or(f64::NAN);
            point.insert(name.clone(), there);
            float(&goal.slack, &point).abs() < 1e-9
        });
        return (touches && !bounded && names.len() == 2).then(|| Term::Variable(other.clone()));
    }
    let value = |x: f64| float(&goal.slack, &[(name.clone(), x)].into());
    let candidates = (-24i32..=24).map(|k| Rational::new(k.into(), 4.into()));
    let inside = |x: &Rational| {
        anchors.iter().all(|anchor| match &anchor.at {
            Term::Number(at) if anchor.variable == *name => {
                if anchor.below {
                    at < x
                } else {
                    x < at
                }
            }
            _ => true,
        })
    };
    let least = candidates
        .filter(inside)
        .filter_map(|x| Some((value(x.to_f64()?), x)))
        .filter(|(slack, _)| slack.is_finite())
        .min_by(|(a, x), (b, y)| a.total_cmp(b).then_with(|| x.denom().cmp(y.denom())))?;
    Some(Term::Number(least.1))
}
