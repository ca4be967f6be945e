//! Proofs by cases: classical logic, then the cases of `abs`, `min`, `max`, of `≠` and of divisors. UNTRUSTED.
//!
//! A goal becomes hypotheses until falsehood is left to be proved. Each case is closed as soon as it can be; what is left
//! when nothing more can be split goes to the search for a contradiction between polynomial inequalities.

use super::budget::{spend, spent};
use super::comparison::{differing, nonlinear};
use super::counterexample;
use super::hypotheses::Assume;
use crate::kernel::context::Context;
use crate::kernel::facts;
use crate::kernel::normal::Atoms;
use crate::kernel::proof::Proof;
use crate::kernel::reduce::{Substitution, number, substitute_formula, variables};
use crate::kernel::term::{Formula, Function, Name, Relation, Term};
use std::collections::BTreeSet;

/// Most cases inside one another.
const DEPTH: usize = 9;

/// A proof of the goal by cases.
pub fn prove(context: &Context, atoms: &mut Atoms, goal: &Formula) -> Option<Proof> {
    spend(context.hypotheses.len() + 1)?;
    if let Some(index) = known(context, goal) {
        return Some(Proof::Hypothesis(index));
    }
    match goal {
        Formula::Forall(bound, body) => {
            let (inner, names, body) = opened(context, bound, body)?;
            let next = prove(&inner, atoms, &body)?;
            Some(Proof::Fix(names, Box::new(next)))
        }
        Formula::Implies(premise, conclusion) => {
            let inner = with(context, atoms, premise);
            let next = prove(&inner, atoms, conclusion)?;
            Some(Proof::Assume(Box::new(next)))
        }
        Formula::And(items) => {
            let proofs = items.iter().map(|item| prove(context, atoms, item));
            proofs.collect::<Option<_>>().map(Proof::Each)
        }
        Formula::Or(items) if items.is_empty() => refute(context, atoms, DEPTH),
        Formula::Or(items) => alternatives(context, atoms, items, 0),
        Formula::Exists(..) if context.scope.is_empty() => counterexample::find(goal),
        Formula::Exists(bound, body) => existential(context, atoms, bound, body),
        Formula::Compare(..) => by_contradiction(context, atoms, goal),
        Formula::Holds(..) | Formula::Call(..) => None,
    }
}

/// The index of a formula among the hypotheses.
fn known(context: &Context, formula: &Formula) -> Option<usize> {
    let hypotheses = &context.hypotheses;
    hypotheses
        .iter()
        .position(|there| there.formula == *formula)
}

/// The context with one more hypothesis.
fn with(context: &Context, atoms: &mut Atoms, formula: &Formula) -> Context {
    let mut inner = context.clone();
    inner.assume(formula.clone(), atoms);
    inner
}

/// The body of a quantifier with fresh names, in a context that has them.
fn opened(
    context: &Context,
    bound: &[Name],
    body: &Formula,
) -> Option<(Context, Vec<Name>, Formula)> {
    let mut inner = context.clone();
    let mut names = Vec::new();
    for name in bound {
        let others = (2..).map(|tick: usize| Name::from(format!("{name}_{tick}")));
        let fresh = std::iter::once(name.clone())
            .chain(others)
            .find(|name| !inner.scope.contains(name))?;
        inner.declare(std::slice::from_ref(&fresh)).ok()?;
        names.push(fresh);
    }
    let terms = names.iter().cloned().map(Term::Variable);
    let by: Substitution = bound.iter().cloned().zip(terms).collect();
    let body = substitute_formula(body, &by).ok()?;
    Some((inner, names, body))
}

/// Most candidates for one witness.
const CANDIDATES: usize = 12;

/// An existential goal about one number, by terms near those that it is compared to.
fn existential(
    context: &Context,
    atoms: &mut Atoms,
    bound: &[Name],
    body: &Formula,
) -> Option<Proof> {
    let [name] = bound else {
        return None;
    };
    let mut sides = vec![number(0)];
    compared(body, name, &mut sides);
    let shifted = |term: &Term, by| Term::Sum(vec![term.clone(), number(by)]);
    let mut candidates = sides.clone();
    for (place, left) in sides.iter().enumerate().skip(1) {
        for right in &sides[place + 1..] {
            let sum = Term::Sum(vec![left.clone(), right.clone()]);
            candidates.push(Term::Quotient(Box::new(sum), Box::new(number(2))));
        }
    }
    for by in [1, -1] {
        candidates.extend(sides.iter().map(|side| shifted(side, by)));
    }
    candidates.into_iter().take(CANDIDATES).find_map(|term| {
        let by = Substitution::from([(name.clone(), term.clone())]);
        let goal = substitute_formula(body, &by).ok()?;
        let next = prove(context, atoms, &goal)?;
        Some(Proof::Witness(vec![term], Box::new(next)))
    })
}

/// The other sides of comparisons with a variable.
fn compared(formula: &Formula, name: &Name, into: &mut Vec<Term>) {
    match formula {
        Formula::Compare(left, _, right) => {
            for (this, other) in [(left, right), (right, left)] {
                let mut inside = BTreeSet::new();
                variables(other, &mut inside);
                if matches!(this, Term::Variable(there) if there == name)
                    && !inside.contains(name)
                    && !into.contains(other)
                {
                    into.push(other.clone());
                }
            }
        }
        Formula::And(items) | Formula::Or(items) => {
            items.iter().for_each(|item| compared(item, name, into));
        }
        Formula::Implies(premise, conclusion) => {
            compared(premise, name, into);
            compared(conclusion, name, into);
        }
        _ => {}
    }
}

/// A comparison, because its negation contradicts the hypotheses.
fn by_contradiction(context: &Context, atoms: &mut Atoms, goal: &Formula) -> Option<Proof> {
    if counterexample::is_possible(&with(context, atoms, &goal.negation())) {
        return None;
    }
    let here = Proof::Hypothesis(context.hypotheses.len());
    let absurd = |inner: &Context, atoms: &mut Atoms| {
        let proof = refute(inner, atoms, DEPTH)?;
        Some(Box::new(Proof::Absurd(Box::new(proof))))
    };
    if let Formula::Compare(left, Relation::Differs, right) = goal {
        let equal = Formula::Compare(left.clone(), Relation::Equal, right.clone());
        let first = absurd(&with(context, atoms, &equal), atoms)?;
        return Some(Proof::Split(equal, first, Box::new(here)));
    }
    let second = absurd(&with(context, atoms, &goal.negation()), atoms)?;
    Some(Proof::Split(goal.clone(), Box::new(here), second))
}

/// One of the alternatives from this one on: the first if it holds, else one of the others.
fn alternatives(
    context: &Context,
    atoms: &mut Atoms,
    items: &[Formula],
    from: usize,
) -> Option<Proof> {
    let item = items.get(from)?;
    if from + 1 == items.len() {
        return Some(Proof::Choose(from, Box::new(prove(context, atoms, item)?)));
    }
    decided(
        context,
        atoms,
        item,
        &|inner, atoms| Some(Proof::Choose(from, Box::new(held(inner, atoms, item)?))),
        &|inner, atoms| alternatives(inner, atoms, items, from + 1),
    )
}

/// A proof of a formula whose comparisons are all decided by the hypotheses.
fn held(context: &Context, atoms: &mut Atoms, formula: &Formula) -> Option<Proof> {
    if let Some(index) = known(context, formula) {
        return Some(Proof::Hypothesis(index));
    }
    match formula {
        Formula::And(items) => {
            let proofs = items.iter().map(|item| held(context, atoms, item));
            proofs.collect::<Option<_>>().map(Proof::Each)
        }
        Formula::Or(items) => items.iter().enumerate().find_map(|(index, item)| {
            Some(Proof::Choose(index, Box::new(held(context, atoms, item)?)))
        }),
        Formula::Implies(premise, conclusion) => {
            let inner = with(context, atoms, premise);
            let next = held(&inner, atoms, conclusion)
                .or_else(|| opposed(&inner).map(|proof| Proof::Absurd(Box::new(proof))))?;
            Some(Proof::Assume(Box::new(next)))
        }
        _ => None,
    }
}

/// Falsehood from a comparison and its negation among the hypotheses.
fn opposed(context: &Context) -> Option<Proof> {
    let mut atoms = Atoms::default();
    nonlinear::quick(context, &mut atoms)
}

/// What follows in a context.
type Rest<'r> = &'r dyn Fn(&Context, &mut Atoms) -> Option<Proof>;

/// Splits by the comparisons of a formula until it is true or false, and goes on from there.
fn decided(
    context: &Context,
    atoms: &mut Atoms,
    formula: &Formula,
    if_true: Rest<'_>,
    if_false: Rest<'_>,
) -> Option<Proof> {
    match formula {
        Formula::Compare(..) => {
            let (formula, swapped) = positive(formula);
            let (first, second) = if swapped {
                (if_false, if_true)
            } else {
                (if_true, if_false)
            };
            let yes = first(&with(context, atoms, &formula), atoms)?;
            let no = second(&with(context, atoms, &formula.negation()), atoms)?;
            Some(Proof::Split(formula, Box::new(yes), Box::new(no)))
        }
        Formula::And(items) => match items.split_first() {
            None => if_true(context, atoms),
            Some((first, rest)) => {
                let rest = Formula::And(rest.to_vec());
                let next = |inner: &Context, atoms: &mut Atoms| {
                    decided(inner, atoms, &rest, if_true, if_false)
                };
                decided(context, atoms, first, &next, if_false)
            }
        },
        Formula::Or(items) => match items.split_first() {
            None => if_false(context, atoms),
            Some((first, rest)) => {
                let rest = Formula::Or(rest.to_vec());
                let next = |inner: &Context, atoms: &mut Atoms| {
                    decided(inner, atoms, &rest, if_true, if_false)
                };
                decided(context, atoms, first, if_true, &next)
            }
        },
        Formula::Implies(premise, conclusion) => {
            let next = |inner: &Context, atoms: &mut Atoms| {
                decided(inner, atoms, conclusion, if_true, if_false)
            };
            decided(context, atoms, premise, &next, if_true)
        }
        _ => None,
    }
}

/// A comparison that is not ≠, and whether it is the negation.
fn positive(formula: &Formula) -> (Formula, bool) {
    match formula {
        Formula::Compare(_, Relation::Differs, _) => (formula.negation(), true),
        _ => (formula.clone(), false),
    }
}

/// A proof of falsehood.
fn refute(context: &Context, atoms: &mut Atoms, depth: usize) -> Option<Proof> {
    spend(context.hypotheses.len() + 1)?;
    if let Some(proof) = nonlinear::quick(context, atoms) {
        return Some(proof);
    }
    if spent() {
        return None;
    }
    let split = depth.checked_sub(1).ok_or(NoCase);
    match split.and_then(|depth| by_cases(context, atoms, depth)) {
        Ok(found) => found,
        Err(NoCase) => nonlinear::contradiction(context, atoms).or_else(|| {
            let depth = depth.checked_sub(1)?;
            if counterexample::is_possible(context) {
                return None;
            }
            later_cases(context, atoms, depth).or_else(|| boundary(context, atoms, depth))
        }),
    }
}

/// No hypothesis has the form that a rule splits.
struct NoCase;

/// A proof of falsehood, if there is one, after the cases of a hypothesis.
type Cases = Result<Option<Proof>, NoCase>;

/// A proof of falsehood by the cases that a hypothesis has.
fn by_cases(context: &Context, atoms: &mut Atoms, depth: usize) -> Cases {
    existence(context, atoms, depth)
        .or_else(|NoCase| universal(context, atoms, depth))
        .or_else(|NoCase| implication(context, atoms, depth))
        .or_else(|NoCase| disjunction(context, atoms, depth))
        .or_else(|NoCase| function(context, atoms, depth))
}

/// The hypotheses that have not been used.
fn open<'c>(
    context: &'c Context,
    such: impl Fn(&Formula) -> bool + 'c,
) -> impl Iterator<Item = (usize, &'c Formula)> {
    let hypotheses = context.hypotheses.iter().enumerate();
    hypotheses
        .map(|(index, there)| (index, &there.formula))
        .filter(move |(_, formula)| such(formula))
}

/// The context where a hypothesis says nothing any more.
fn without(context: &Context, atoms: &mut Atoms, index: usize) -> Context {
    let mut empty = Context::default();
    empty.assume(
        Formula::Compare(number(0), Relation::Equal, number(0)),
        atoms,
    );
    let mut inner = context.clone();
    if let (Some(there), Some(nothing)) =
        (inner.hypotheses.get_mut(index), empty.hypotheses.first())
    {
        *there = nothing.clone();
    }
    inner
}

fn existence(context: &Context, atoms: &mut Atoms, depth: usize) -> Cases {
    let exists = |formula: &Formula| matches!(formula, Formula::Exists(..));
    let (index, formula) = open(context, exists).next().ok_or(NoCase)?;
    let Formula::Exists(bound, body) = formula else {
        return Err(NoCase);
    };
    let (inner, names, body) =
        opened(&without(context, atoms, index), bound, body).ok_or(NoCase)?;
    let next = refute(&with(&inner, atoms, &body), atoms, depth);
    Ok(next.map(|next| Proof::Obtain(index, names, Box::new(next))))
}

/// A universal hypothesis about one number, at 0, 1, −1 and the variables.
fn universal(context: &Context, atoms: &mut Atoms, depth: usize) -> Cases {
    let one = |formula: &Formula| matches!(formula, Formula::Forall(bound, _) if bound.len() == 1);
    let (index, formula) = open(context, one).next().ok_or(NoCase)?;
    let Formula::Forall(bound, body) = formula else {
        return Err(NoCase);
    };
    let numbers = [0, 1, -1].map(number);
    let variables = context.scope.iter().cloned().map(Term::Variable);
    let mut inner = without(context, atoms, index);
    let mut used = Vec::new();
    for term in numbers.into_iter().chain(variables).take(CANDIDATES) {
        let by = Substitution::from([(bound[0].clone(), term.clone())]);
        if let Ok(instance) = substitute_formula(body, &by) {
            inner.assume(instance, atoms);
            used.push(term);
        }
    }
    let next = refute(&inner, atoms, depth);
    let instance = |next, term| Proof::Instance(index, vec![term], Box::new(next));
    Ok(next.map(|next| used.into_iter().rev().fold(next, instance)))
}

/// An implication: its premise decides whether its conclusion is there.
fn implication(context: &Context, atoms: &mut Atoms, depth: usize) -> Cases {
    let implies = |formula: &Formula| matches!(formula, Formula::Implies(..));
    let (index, formula) = open(context, implies).next().ok_or(NoCase)?;
    let Formula::Implies(premise, conclusion) = formula else {
        return Err(NoCase);
    };
    let fewer = without(context, atoms, index);
    let used = |inner: &Context, atoms: &mut Atoms| {
        let first = held(inner, atoms, premise)?;
        let next = refute(&with(inner, atoms, conclusion), atoms, depth)?;
        Some(Proof::Apply(index, Box::new(first), Box::new(next)))
    };
    let unused = |inner: &Context, atoms: &mut Atoms| refute(inner, atoms, depth);
    Ok(decided(&fewer, atoms, premise, &used, &unused))
}

fn disjunction(context: &Context, atoms: &mut Atoms, depth: usize) -> Cases {
    let several = |formula: &Formula| matches!(formula, Formula::Or(items) if !items.is_empty());
    let (index, formula) = open(context, several).next().ok_or(NoCase)?;
    let Formula::Or(items) = formula else {
        return Err(NoCase);
    };
    let fewer = without(context, atoms, index);
    let proofs = items
        .iter()
        .map(|item| refute(&with(&fewer, atoms, item), atoms, depth));
    Ok(proofs
        .collect::<Option<_>>()
        .map(|proofs| Proof::Cases(index, proofs)))
}

/// The law for the cases of a function.
fn law_of(function: Function) -> Option<&'static str> {
    match function {
        Function::Abs => Some("abs_cases"),
        Function::Min => Some("min_cases"),
        Function::Max => Some("max_cases"),
        _ => None,
    }
}

/// An innermost value of `abs`, `min` or `max` whose cases are not known yet.
fn function(context: &Context, atoms: &mut Atoms, depth: usize) -> Cases {
    let mut found = BTreeSet::new();
    for hypothesis in &context.hypotheses {
        applications(&hypothesis.formula, &mut found);
    }
    let settled = |(law, arguments): &(&'static str, Vec<Term>)| {
        let Ok(Formula::Or(cases)) = facts::instance(&(*law).into(), arguments) else {
            return true;
        };
        cases.iter().any(|case| match case {
            Formula::And(items) => items.iter().all(|item| known(context, item).is_some()),
            _ => true,
        })
    };
    let (law, arguments) = found
        .into_iter()
        .find(|item| !settled(item))
        .ok_or(NoCase)?;
    let instance = facts::instance(&law.into(), &arguments).map_err(|_| NoCase)?;
    let inner = with(context, atoms, &instance);
    let next = disjunction(&inner, atoms, depth)?;
    Ok(next.map(|next| Proof::Law(law.into(), arguments, Box::new(next))))
}

/// The values of such functions in a formula without quantifiers.
fn applications(formula: &Formula, into: &mut BTreeSet<(&'static str, Vec<Term>)>) {
    match formula {
        Formula::Compare(left, _, right) => {
            inside(left, into);
            inside(right, into);
        }
        Formula::And(items) | Formula::Or(items) => {
            items.iter().for_each(|item| applications(item, into));
        }
        Formula::Implies(premise, conclusion) => {
            applications(premise, into);
            applications(conclusion, into);
        }
        _ => {}
    }
}

fn inside(term: &Term, into: &mut BTreeSet<(&'static str, Vec<Term>)>) {
    match term {
        Term::Sum(items) | Term::Product(items) => items.iter().for_each(|item| inside(item, into)),
        Term::Quotient(above, below) => {
            inside(above, into);
            inside(below, into);
        }
        Term::Power(base, _) => inside(base, into),
        Term::Apply(function, arguments) => {
            arguments.iter().for_each(|argument| inside(argument, into));
            if let Some(law) = law_of(*function) {
                into.insert((law, arguments.clone()));
            }
        }
        Term::Number(_)
        | Term::Variable(_)
        | Term::Derivative(..)
        | Term::At(..)
        | Term::Call(..) => {}
    }
}

/// The case where a variable is at its bound, and the case where it is beyond.
fn boundary(context: &Context, atoms: &mut Atoms, depth: usize) -> Option<Proof> {
    let bound = |formula: &Formula| {
        let Formula::Compare(left, Relation::AtMost, right) = formula else {
            return None;
        };
        let ((Term::Variable(_), Term::Number(_)) | (Term::Number(_), Term::Variable(_))) =
            (left, right)
        else {
            return None;
        };
        let equal = Formula::Compare(left.clone(), Relation::Equal, right.clone());
        let beyond = Formula::Compare(left.clone(), Relation::Less, right.clone());
        (known(context, &beyond).is_none() && known(context, &equal.negation()).is_none())
            .then_some((equal, beyond))
    };
    let mut all = context.hypotheses.iter();
    let (equal, beyond) = all.find_map(|there| bound(&there.formula))?;
    if spent() {
        return None;
    }
    // Beyond first: it is the case where the search may fail.
    let rest = with(context, atoms, &equal.negation());
    let strict = by_contradiction(&rest, atoms, &beyond)?;
    let second = refute(&with(&rest, atoms, &beyond), atoms, depth)?;
    let first = refute(&with(context, atoms, &equal), atoms, depth)?;
    let second = Proof::Cut(beyond, Box::new(strict), Box::new(second));
    Some(Proof::Split(equal, Box::new(first), Box::new(second)))
}

/// Cases that cost much: which side of ≠ it is, and the sign of a divisor.
fn later_cases(context: &Context, atoms: &mut Atoms, depth: usize) -> Option<Proof> {
    if spent() {
        return None;
    }
    let differs = |formula: &Formula| matches!(formula, Formula::Compare(_, Relation::Differs, _));
    let sides = open(context, differs).find_map(|(index, formula)| match formula {
        Formula::Compare(left, _, right) => Some((Some(index), left.clone(), right.clone())),
        _ => None,
    });
    let sign = |divisor| (None, number(0), divisor);
    let (index, left, right) = sides.or_else(|| nonlinear::unsettled(context, atoms).map(sign))?;
    let less = Formula::Compare(left.clone(), Relation::Less, right.clone());
    let greater = Formula::Compare(right, Relation::Less, left);
    if known(context, &less).is_some() || known(context, &greater).is_some() {
        return None;
    }
    let fewer = match index {
        Some(index) => without(context, atoms, index),
        None => context.clone(),
    };
    let side = |inner: &Context, atoms: &mut Atoms| match index {
        Some(_) => refute(inner, atoms, depth),
        None => again(context, inner, atoms, depth),
    };
    let first = side(&with(&fewer, atoms, &less), atoms)?;
    let rest = with(&fewer, atoms, &less.negation());
    let second = side(&with(&rest, atoms, &greater), atoms)?;
    let mut neither = with(&rest, atoms, &greater.negation());
    let third = match index {
        // Neither contradicts the hypothesis that the sides differ, which is needed again.
        Some(index) => {
            neither.hypotheses[index] = context.hypotheses[index].clone();
            differing::prove(&neither, atoms, &Formula::FALSE)?
        }
        None => refute(&neither, atoms, 0)?,
    };
    let inner = Proof::Split(greater, Box::new(second), Box::new(third));
    Some(Proof::Split(less, Box::new(first), Box::new(inner)))
}

/// A proof of falsehood where the hypotheses without a polynomial form come in once more.
fn again(before: &Context, context: &Context, atoms: &mut Atoms, depth: usize) -> Option<Proof> {
    let mut inner = context.clone();
    let mut cuts = Vec::new();
    for (place, there) in before.hypotheses.iter().enumerate() {
        if there.known().is_none() && matches!(there.formula, Formula::Compare(..)) {
            inner.assume(there.formula.clone(), atoms);
            cuts.push((there.formula.clone(), place));
        }
    }
    let proof = refute(&inner, atoms, depth)?;
    let cut = |rest, (formula, place)| {
        Proof::Cut(formula, Box::new(Proof::Hypothesis(place)), Box::new(rest))
    };
    Some(cuts.into_iter().rev().fold(proof, cut))
}
