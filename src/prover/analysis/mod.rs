//! Comparisons with functions of analysis: laws at the goal's own terms, then the sign of a derivative. UNTRUSTED.

mod laws;
mod sample;
mod slope;

use super::budget::spend;
use super::comparison;
use super::comparison::growing::Growing;
use crate::kernel::context::Context;
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::proof::Proof;
use crate::kernel::reduce::number;
use crate::kernel::term::{Formula, Function, Name, Relation, Term};
use crate::prover::hypotheses::Assume;
use num_traits::One;

/// How many derivatives may be taken, one of the other.
const ORDER: usize = 5;

/// A proof of a comparison with functions, by laws and theorems of calculus.
pub fn prove(context: &Context, atoms: &mut Atoms, goal: &Formula) -> Option<Proof> {
    if !functions(goal) {
        return None;
    }
    search(context, atoms, goal, ORDER)
}

/// The same with so many derivatives left.
fn search(context: &Context, atoms: &mut Atoms, goal: &Formula, order: usize) -> Option<Proof> {
    spend(1)?;
    if !sample::plausible(context, goal) {
        return None;
    }
    if let Some(proof) = comparison::prove(context, atoms, goal) {
        return Some(proof);
    }
    let Formula::Compare(left, relation, right) = goal else {
        return None;
    };
    if !functions(goal) {
        return None;
    }
    let facts = laws::facts(context, atoms, goal, order > 0);
    if let Some(proof) = comparison::prove(facts.context(), atoms, goal) {
        return Some(facts.close(proof));
    }
    if let Some(proof) = cases(context, atoms, goal, order) {
        return Some(proof);
    }
    match relation {
        Relation::Less | Relation::AtMost if order > 0 => slope::prove(context, atoms, goal, order),
        Relation::Equal if order > 0 => equal(context, atoms, [left, right], order),
        _ => None,
    }
}

/// Whether a function of analysis occurs.
fn functions(goal: &Formula) -> bool {
    fn occurs(term: &Term) -> bool {
        let mut any = matches!(term, Term::Apply(..));
        term.each(|part| any |= occurs(part));
        any
    }
    matches!(goal, Formula::Compare(left, _, right) if occurs(left) || occurs(right))
}

/// A proof of any formula made of comparisons.
fn formula(context: &Context, atoms: &mut Atoms, goal: &Formula, order: usize) -> Option<Proof> {
    match goal {
        Formula::Compare(..) => search(context, atoms, goal, order),
        Formula::And(items) => {
            let proofs = items
                .iter()
                .map(|item| formula(context, atoms, item, order));
            proofs.collect::<Option<_>>().map(Proof::Each)
        }
        Formula::Forall(names, body) if names.iter().all(|name| !context.scope.contains(name)) => {
            let mut inner = context.clone();
            inner.scope.extend(names.iter().cloned());
            let proof = formula(&inner, atoms, body, order)?;
            Some(Proof::Fix(names.clone(), Box::new(proof)))
        }
        Formula::Implies(premise, conclusion) => {
            let mut inner = context.clone();
            inner.assume((**premise).clone(), atoms);
            let proof = formula(&inner, atoms, conclusion, order)?;
            Some(Proof::Assume(Box::new(proof)))
        }
        _ => None,
    }
}

/// An equation from two inequalities.
fn equal(
    context: &Context,
    atoms: &mut Atoms,
    [left, right]: [&Term; 2],
    order: usize,
) -> Option<Proof> {
    let mut growing = Growing::new(context);
    for (less, more) in [(left, right), (right, left)] {
        let side = Formula::Compare(less.clone(), Relation::AtMost, more.clone());
        let proof = search(&growing.context, atoms, &side, order - 1)?;
        growing.cut(side, proof, atoms);
    }
    Some(growing.close(antisymmetry([left, right], context.hypotheses.len())))
}

/// left = right, where the hypotheses from `first` on are left ≤ right and right ≤ left.
fn antisymmetry([left, right]: [&Term; 2], first: usize) -> Proof {
    let absurd = |weak: usize| {
        let sum = comparison::products(vec![
            (Rational::one(), vec![weak]),
            (Rational::one(), vec![first + 3]),
        ]);
        Proof::Absurd(Box::new(sum))
    };
    let cases = vec![
        absurd(first + 1),
        Proof::Hypothesis(first + 3),
        absurd(first),
    ];
    let law = Proof::Cases(first + 2, cases);
    Proof::Law(
        "trichotomy".into(),
        vec![left.clone(), right.clone()],
        Box::new(law),
    )
}

/// By the cases of an absolute value, a minimum or a maximum in the goal, the innermost first.
fn cases(context: &Context, atoms: &mut Atoms, goal: &Formula, order: usize) -> Option<Proof> {
    let Formula::Compare(left, relation, right) = goal else {
        return None;
    };
    let choice = choice(left).or_else(|| choice(right))?;
    let Term::Apply(function, arguments) = &choice else {
        return None;
    };
    let (law, values) = match (function, arguments.as_slice()) {
        (Function::Abs, [t]) => {
            let opposite = Term::Product(vec![number(-1), t.clone()]);
            ("abs_cases", [t.clone(), opposite])
        }
        (Function::Min, [s, t]) => ("min_cases", [s.clone(), t.clone()]),
        (Function::Max, [s, t]) => ("max_cases", [t.clone(), s.clone()]),
        _ => return None,
    };
    let place = context.hypotheses.len();
    let instance = crate::kernel::facts::instance(&law.into(), arguments).ok()?;
    let Formula::Or(sides) = &instance else {
        return None;
    };
    let mut outer = context.clone();
    outer.assume(instance.clone(), atoms);
    let mut proofs = Vec::new();
    for (side, value) in sides.iter().zip(values) {
        let mut inner = outer.clone();
        inner.assume(side.clone(), atoms);
        let put = |term: &Term| replace(term, &choice, &value);
        let simpler = Formula::Compare(put(left), *relation, put(right));
        let proof = search(&inner, atoms, &simpler, order)?;
        let mut growing = Growing::new(&inner);
        growing.cut(simpler, proof, atoms);
        let rest = comparison::prove(&growing.context, atoms, goal)?;
        proofs.push(growing.close(rest));
    }
    let cases = Box::new(Proof::Cases(place, proofs));
    Some(Proof::Law(law.into(), arguments.clone(), cases))
}

/// An absolute value, minimum or maximum that contains none.
fn choice(term: &Term) -> Option<Term> {
    let mut inner = None;
    term.each(|part| {
        if inner.is_none() {
            inner = choice(part);
        }
    });
    let chooses = matches!(
        term,
        Term::Apply(Function::Abs | Function::Min | Function::Max, _)
    );
    inner.or_else(|| chooses.then(|| term.clone()))
}

/// A term with another one in place of a part.
fn replace(term: &Term, part: &Term, by: &Term) -> Term {
    if term == part {
        return by.clone();
    }
    let mapped = term.map(|inner| Ok::<_, std::convert::Infallible>(replace(inner, part, by)));
    mapped.unwrap_or_else(|never| match never {})
}

/// A variable that is not in scope.
fn fresh(context: &Context) -> Name {
    let names = (1..).map(|tick: usize| Name::from(format!("t_{tick}")));
    names
        .into_iter()
        .find(|name| !context.scope.contains(name))
        .unwrap_or_else(|| "t".into())
}
