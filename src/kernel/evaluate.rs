//! The rule `interval`: a comparison by interval arithmetic over the box that the hypotheses give. Part of the trusted kernel.

use super::{
    Checked, Context, Formula, Function, Interval, Name, Rational, Relation, Term, TooLarge, allow,
    ensure, fails, order, reduce::variables, spend,
};
use super::{NameFault, Premise};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Lower and upper bound of a variable, where known.
pub type Bounds = (Option<Rational>, Option<Rational>);

/// Decides a comparison by enclosing right minus left.
///
/// ```text
/// bounds of the variables among the hypotheses    enclosure(right − left) ⊂ (0, ∞), [0, ∞), {0} or ∌ 0
/// ────────────────────────────────────────────────────────────────────────────────────────────────
///                        left < right, left ≤ right, left = right or left ≠ right
/// ```
///
/// # Errors
/// The premise that fails.
pub fn check(context: &Context, goal: &Formula, bits: u32) -> Checked {
    let Formula::Compare(left, relation, right) = goal else {
        return Err(fails(Premise::OtherGoal, []));
    };
    spend(context.hypotheses.len())?;
    let bounds = bounds(context)?;
    let mut names = BTreeSet::new();
    [left, right]
        .into_iter()
        .for_each(|term| variables(term, &mut names));
    for name in &names {
        let known = matches!(bounds.get(name), Some((Some(_), Some(_))));
        allow(known, NameFault::Unbounded, name)?;
    }
    let enclosure = |term: &Term| {
        let found = enclose(term, &bounds, bits);
        // Without steps there is no enclosure either.
        spend(usize::from(found.is_none()))?;
        found.ok_or(fails(Premise::Enclosure, []))
    };
    let difference = enclosure(right)?.minus(&enclosure(left)?);
    let decided = match relation {
        Relation::Less => difference.is_positive(),
        Relation::AtMost => difference.is_nonnegative(),
        Relation::Equal => difference.is_zero(),
        Relation::Differs => difference.is_positive() || difference.is_negative(),
    };
    ensure(decided, Premise::Decided, [])
}

/// The bounds that comparisons of one variable with a number give.
fn bounds(context: &Context) -> Result<BTreeMap<Name, Bounds>, TooLarge> {
    let mut bounds: BTreeMap<Name, Bounds> = BTreeMap::new();
    for hypothesis in &context.hypotheses {
        let Formula::Compare(left, relation, right) = &hypothesis.formula else {
            continue;
        };
        let both = *relation == Relation::Equal;
        match (left, relation, right) {
            (_, Relation::Differs, _) => {}
            (Term::Variable(name), _, Term::Number(value)) => {
                tighten(&mut bounds, name, [both, true], value)?;
            }
            (Term::Number(value), _, Term::Variable(name)) => {
                tighten(&mut bounds, name, [true, both], value)?;
            }
            _ => {}
        }
    }
    Ok(bounds)
}

/// Takes in a bound from below, from above or both.
fn tighten(
    bounds: &mut BTreeMap<Name, Bounds>,
    name: &Name,
    [below, above]: [bool; 2],
    value: &Rational,
) -> Result<(), TooLarge> {
    let (lower, upper) = bounds.entry(name.clone()).or_default();
    for (bound, given, looser) in [
        (lower, below, Ordering::Less),
        (upper, above, Ordering::Greater),
    ] {
        let tighter = match &*bound {
            Some(known) if given => order(known, value)? == looser,
            _ => given,
        };
        if tighter {
            *bound = Some(value.clone());
        }
    }
    Ok(())
}

/// An enclosure of a reduced term; `None` if a variable lacks a bound or something is undefined or out of range.
pub fn enclose(term: &Term, bounds: &BTreeMap<Name, Bounds>, bits: u32) -> Option<Interval> {
    spend(1).ok()?;
    let part = |term: &Term| enclose(term, bounds, bits);
    match term {
        Term::Number(value) => Interval::new(value, value, bits),
        Term::Variable(name) => {
            let (lower, upper) = bounds.get(name)?;
            Interval::new(lower.as_ref()?, upper.as_ref()?, bits)
        }
        Term::Sum(items) => items.iter().try_fold(Interval::integer(0), |sum, item| {
            sum.plus(&part(item)?).onto(bits)
        }),
        Term::Product(items) => items.iter().try_fold(Interval::integer(1), |all, item| {
            all.mul(&part(item)?, bits)
        }),
        Term::Quotient(above, below) => part(above)?.div(&part(below)?, bits),
        Term::Power(base, exponent) => part(base)?.pow(*exponent, bits),
        Term::Apply(function, arguments) => {
            let arguments: Vec<Interval> = arguments.iter().map(part).collect::<Option<_>>()?;
            match (function, arguments.as_slice()) {
                (Function::Exp, [t]) => t.exp(bits),
                (Function::Log, [t]) => t.log(bits),
                (Function::Tanh, [t]) => t.tanh(bits),
                (Function::Sqrt, [t]) => t.sqrt(bits),
                (Function::Sin, [t]) => t.sin(bits),
                (Function::Cos, [t]) => t.cos(bits),
                (Function::Arctan, [t]) => t.arctan(bits),
                (Function::Abs, [t]) => Some(t.abs()),
                (Function::Min, [s, t]) => Some(s.min(t)),
                (Function::Max, [s, t]) => Some(s.max(t)),
                _ => None,
            }
        }
        Term::Derivative(..) | Term::At(..) | Term::Call(..) => None,
    }
}
