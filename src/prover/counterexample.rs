//! Looking for values that make a closed existential goal true: counterexamples, where the goal is a negation. UNTRUSTED.
//!
//! Points on a dyadic grid are drawn, the best ones improved by a compass search in floating point on the slack of the
//! worst conjunct, and what looks like a witness is shown exactly.

use super::budget::spend;
use super::comparison;
use super::hypotheses::{Assume, constant};
use super::tableau;
use crate::kernel::context::Context;
use crate::kernel::normal::Atoms;
use crate::kernel::number::{Int, Rational};
use crate::kernel::poly::Poly;
use crate::kernel::proof::Proof;
use crate::kernel::reduce::{Substitution, substitute_formula, variables};
use crate::kernel::term::{Formula, Function, Name, Relation, Term};
use crate::print::normal::term as print;
use num_traits::{Signed, ToPrimitive, Zero};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet};

/// Points drawn, points improved, and rounds of the compass search.
const DRAWN: usize = 2_000;
const IMPROVED: usize = 12;
const ROUNDS: usize = 120;

/// So many parts of a formula are evaluated in floating point for one step of the budget.
const NODES: usize = 64;

/// Bits behind the binary point of a coordinate.
const GRID: i32 = 12;

/// The same where a witness is hard to hit.
const FINE: i32 = 44;

/// Slack above which the search goes on to the finer grid.
const PROMISING: f64 = -1e-3;

/// Values of variables.
pub(super) type Point = BTreeMap<Name, f64>;

/// A proof of `∃ names. body` without free variables, by values that were found.
#[must_use]
pub fn find(goal: &Formula) -> Option<Proof> {
    let Formula::Exists(names, body) = goal else {
        return None;
    };
    let Solved { open, given, rest } = Solved::new(names, body);
    let search = Search::new(&open, &rest);
    let show = |point: &Point| shown(names, body, &given, &search, point);
    let mut random = ChaCha8Rng::seed_from_u64(0);
    let cost = rest.size() / NODES + 1;
    let mut tried = 0;
    let mut drawn: Vec<(f64, Point)> = Vec::new();
    let drawing = if search.equations.is_empty() {
        DRAWN
    } else {
        2 * DRAWN
    };
    for place in 0..drawing {
        if spend(cost).is_none() {
            break;
        }
        let point = search.draw(&mut random, place % 2 == 1);
        let score = slack(&rest, &point);
        if score >= -NEAR && tried < TRIED {
            tried += 1;
            if let Some(proof) = show(&point) {
                return Some(proof);
            }
        }
        if !score.is_nan() {
            drawn.push((score, point));
        }
    }
    drawn.sort_by(|a, b| b.0.total_cmp(&a.0));
    drawn.truncate(IMPROVED);
    drawn
        .into_iter()
        .map(|(score, point)| improved(&rest, score, point))
        .find_map(|point| show(&point))
}

/// Points drawn and improved to see whether hypotheses can hold.
const LOOKED: (usize, usize) = (150, 3);

/// Slack with which hypotheses count as holding together.
const SAFE: f64 = 1e-7;

/// Largest hypotheses, as one formula, for which that is looked at.
const SIZE: usize = 600;

/// Whether a point was found, in floating point, where all hypotheses hold with some room.
#[must_use]
pub fn is_possible(context: &Context) -> bool {
    point(context).is_some()
}

/// Such a point in words.
#[must_use]
pub fn described(context: &Context) -> Option<String> {
    let values: Vec<String> = point(context)?
        .into_iter()
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    Some(values.join(", "))
}

/// Values of the variables with which, in floating point, all hypotheses hold with some room.
fn point(context: &Context) -> Option<Vec<(Name, f64)>> {
    let all = context.hypotheses.iter().map(|there| there.formula.clone());
    let body = Formula::And(all.collect());
    if body.size() > SIZE {
        return None;
    }
    let mut random = ChaCha8Rng::seed_from_u64(0);
    let names: Vec<Name> = context.scope.iter().cloned().collect();
    let Solved { open, given, rest } = Solved::new(&names, &body);
    let search = Search::new(&open, &rest);
    let cost = rest.size() / NODES + 1;
    let mut drawn: Vec<(f64, Point)> = Vec::new();
    for place in 0..LOOKED.0 {
        spend(cost)?;
        let point = search.draw(&mut random, place % 2 == 1);
        let score = slack(&rest, &point);
        if !score.is_nan() {
            drawn.push((score, point));
        }
        if score > SAFE {
            break;
        }
    }
    drawn.sort_by(|a, b| b.0.total_cmp(&a.0));
    drawn.truncate(LOOKED.1);
    let mut found = drawn.into_iter().find_map(|(score, point)| {
        let found = improved(&rest, score, point);
        (slack(&rest, &found) > SAFE).then_some(found)
    })?;
    for (name, term) in given.iter().rev() {
        found.insert(name.clone(), float(term, &found));
    }
    names
        .into_iter()
        .map(|name| Some((name.clone(), *found.get(&name)?)))
        .collect()
}

/// Slack at which it is worth a look whether a point is a witness exactly.
const NEAR: f64 = 1e-9;

/// Most points that are looked at exactly before the best ones are improved.
const TRIED: usize = 60;

/// Where points are drawn.
struct Search<'b> {
    open: &'b [Name],
    body: &'b Formula,
    /// Numbers to which a variable is compared.
    special: BTreeMap<Name, Vec<Rational>>,
    /// Equations that are left, and the variable that is moved to satisfy each.
    equations: Vec<(&'b Term, &'b Term)>,
}

impl<'b> Search<'b> {
    fn new(open: &'b [Name], body: &'b Formula) -> Self {
        let mut search = Self {
            open,
            body,
            special: BTreeMap::new(),
            equations: Vec::new(),
        };
        let items = match body {
            Formula::And(items) => items.as_slice(),
            single => std::slice::from_ref(single),
        };
        for item in items {
            search.note(item);
        }
        search
    }

    fn note(&mut self, item: &'b Formula) {
        let Formula::Compare(left, relation, right) = item else {
            return;
        };
        if let (Term::Number(value), Term::Variable(name))
        | (Term::Variable(name), Term::Number(value)) = (left, right)
        {
            let there = self.special.entry(name.clone()).or_default();
            there.push(value.clone());
        }
        if *relation == Relation::Equal {
            self.equations.push((left, right));
        }
    }

    /// A point, with some coordinates at or between the numbers that they are compared to where that is wanted.
    fn draw(&self, random: &mut impl Rng, near: bool) -> Point {
        let mut point = Point::new();
        for name in self.open {
            let special = self.special.get(name).filter(|_| near);
            let special = special.map_or(&[][..], Vec::as_slice);
            let often = if self.equations.is_empty() { 0.4 } else { 0.1 };
            let value = if !special.is_empty() && random.random_bool(often) {
                let chosen = random.random_range(0..special.len());
                let at = special[chosen].to_f64().unwrap_or(f64::NAN);
                // Beyond the only number that it is compared to lies no other one to look between.
                let beyond = special.len() == 1 && random.random_bool(0.5);
                at + if beyond {
                    on_grid(random.random_range(-1.0..1.0), 4)
                } else {
                    0.0
                }
            } else if self.equations.is_empty() {
                within(draw(random), special)
            } else {
                fraction(random)
            };
            point.insert(name.clone(), value);
        }
        for (left, right) in &self.equations {
            for name in self.open {
                if newton(left, right, name, &mut point) {
                    break;
                }
            }
        }
        settled(self.body, point)
    }

    /// The number that a coordinate stands for.
    fn exact(&self, name: &Name, value: f64, tolerance: f64) -> Option<Rational> {
        let near = tolerance * (1.0 + value.abs());
        let same = |there: &&Rational| {
            there
                .to_f64()
                .is_some_and(|there| (there - value).abs() <= near)
        };
        let special = self.special.get(name).and_then(|all| all.iter().find(same));
        special
            .cloned()
            .or_else(|| simple(value, near))
            .or_else(|| {
                let scaled = value * 2_f64.powi(GRID);
                let bits = if scaled.fract() == 0.0 { GRID } else { FINE };
                let scaled = (value * 2_f64.powi(bits)).round();
                Some(Rational::new(
                    Int::from(scaled.to_i128()?),
                    Int::from(1) << bits.unsigned_abs(),
                ))
            })
    }
}

/// The value, brought between the least and the largest of some numbers if it is far outside.
fn within(value: f64, special: &[Rational]) -> f64 {
    let floats: Vec<f64> = special.iter().filter_map(ToPrimitive::to_f64).collect();
    let (low, high) = (
        floats.iter().copied().fold(f64::INFINITY, f64::min),
        floats.iter().copied().fold(f64::NEG_INFINITY, f64::max),
    );
    if floats.len() < 2 || (low..=high).contains(&value) {
        return value;
    }
    let part = 0.5 + 0.5 * (value / (1.0 + value.abs()));
    let value = low + part * (high - low);
    let coarse = on_grid(value, GRID);
    if low < coarse && coarse < high {
        coarse
    } else {
        value
    }
}

/// Denominators of the rational points of the circle.
const HYPOTENUSES: [i32; 5] = [5, 13, 17, 25, 29];

/// A small integer, or a fraction with a small denominator.
fn fraction(random: &mut impl Rng) -> f64 {
    if random.random_bool(0.5) {
        return f64::from(random.random_range(-5..=13_i32));
    }
    let below = if random.random_bool(0.5) {
        HYPOTENUSES[random.random_range(0..HYPOTENUSES.len())]
    } else {
        random.random_range(1..=30_i32)
    };
    let most = [below, below, 6 * below][random.random_range(0..3)];
    f64::from(random.random_range(-most..=most)) / f64::from(below)
}

/// Moves one variable so that an equation holds, by Newton's method; whether it does.
fn newton(left: &Term, right: &Term, name: &Name, point: &mut Point) -> bool {
    let start = point.get(name).copied().unwrap_or(0.0);
    let mut value = start;
    let mut at = |value: f64| {
        point.insert(name.clone(), value);
        float(left, point) - float(right, point)
    };
    for _ in 0..40 {
        let here = at(value);
        if here == 0.0 {
            break;
        }
        let by = 1e-6 * (1.0 + value.abs());
        let slope = (at(value + by) - at(value - by)) / (2.0 * by);
        let step = here / slope;
        if !step.is_finite() {
            break;
        }
        value -= step;
    }
    let good = at(value).abs() < 1e-9;
    point.insert(name.clone(), if good { value } else { start });
    good
}

/// Largest denominator of a fraction that is guessed from a float.
const DENOMINATOR: f64 = 2_000.0;

/// The simplest fraction that is very near, by its continued fraction.
fn simple(value: f64, near: f64) -> Option<Rational> {
    let (mut rest, mut before, mut now) = (value, (0.0, 1.0), (1.0, 0.0));
    while rest.is_finite() {
        let whole = rest.floor();
        let next: (f64, f64) = (whole * now.0 + before.0, whole * now.1 + before.1);
        if next.1 > DENOMINATOR {
            return None;
        }
        if (next.0 / next.1 - value).abs() <= near {
            let (above, below) = (next.0.to_i64()?, next.1.to_i64()?);
            return Some(Rational::new(Int::from(above), Int::from(below)));
        }
        (before, now) = (now, next);
        rest = (rest - whole).recip();
    }
    None
}

/// The parts of a conjunction of conjunctions.
fn conjuncts(formula: &Formula) -> Vec<Formula> {
    match formula {
        Formula::And(items) => items.iter().flat_map(conjuncts).collect(),
        other => vec![other.clone()],
    }
}

/// An existential goal without the variables that equations give.
struct Solved {
    open: Vec<Name>,
    /// What the others are, each in terms of those that are open and of later ones.
    given: Vec<(Name, Term)>,
    rest: Formula,
}

impl Solved {
    fn new(names: &[Name], body: &Formula) -> Self {
        let mut solved = Self {
            open: names.to_vec(),
            given: Vec::new(),
            rest: Formula::And(conjuncts(body)),
        };
        while let Some((name, term)) = solved.next() {
            let by = Substitution::from([(name.clone(), term.clone())]);
            let Ok(rest) = substitute_formula(&solved.rest, &by) else {
                break;
            };
            solved.rest = rest;
            solved.open.retain(|there| *there != name);
            solved.given.push((name, term));
        }
        solved
    }

    /// A variable that an equation gives.
    fn next(&self) -> Option<(Name, Term)> {
        let items = match &self.rest {
            Formula::And(items) => items.as_slice(),
            single => std::slice::from_ref(single),
        };
        items.iter().find_map(|item| match item {
            Formula::Compare(left, Relation::Equal, right) => self
                .open
                .iter()
                .find_map(|name| Some((name.clone(), solution(left, right, name)?))),
            _ => None,
        })
    }
}

/// The value of a variable that an equation has with a number as its factor.
fn solution(left: &Term, right: &Term, name: &Name) -> Option<Term> {
    let mut atoms = Atoms::default();
    let atom = atoms.variable(name);
    let poly = atoms.difference(left, right).ok()?;
    if !poly.conditions.is_empty() {
        return None;
    }
    let poly = poly.poly;
    // The variable must not stand inside another indeterminate either.
    let hidden = poly.atoms().any(|other| {
        let mut inside = BTreeSet::new();
        variables(&print(&atoms, &Poly::atom(other)), &mut inside);
        other != atom && inside.contains(name)
    });
    if hidden {
        return None;
    }
    let (mut factor, mut rest) = (Vec::new(), Vec::new());
    for (monomial, value) in poly.terms() {
        match monomial.iter().find(|(there, _)| *there == atom) {
            Some((_, 1)) => {
                let others = monomial.iter().filter(|(there, _)| *there != atom);
                factor.push(Poly::monomial(others.copied().collect(), value));
            }
            Some(_) => return None,
            None => rest.push(Poly::monomial(monomial.clone(), -value)),
        }
    }
    let (factor, rest) = (Poly::total(factor).ok()?, Poly::total(rest).ok()?);
    match constant(&factor) {
        Some(value) if !value.is_zero() => Some(print(&atoms, &rest.scaled(&value.recip()))),
        Some(_) | None => None,
    }
}

/// Small numbers often, large ones sometimes, of either sign, on the grid.
fn draw(random: &mut impl Rng) -> f64 {
    let scale = [1.0, 1.0, 4.0, 16.0, 256.0][random.random_range(0..5)];
    let value: f64 = random.random_range(-1.0..1.0) * scale;
    if random.random_bool(0.3) {
        value.round()
    } else {
        on_grid(value, 4)
    }
}

fn on_grid(value: f64, bits: i32) -> f64 {
    let scale = 2_f64.powi(bits);
    (value * scale).round() / scale
}

/// The point, moved so that equations which give a variable hold.
fn settled(body: &Formula, mut point: Point) -> Point {
    if let Formula::And(items) = body {
        for item in items {
            if let Formula::Compare(left, Relation::Equal, right) = item
                && let (Term::Variable(name), value) | (value, Term::Variable(name)) = (left, right)
                && point.contains_key(name)
            {
                point.insert(name.clone(), on_grid(float(value, &point), GRID));
            }
        }
    }
    point
}

/// Steps along the coordinates while the slack grows, halved when it does not.
fn improved(body: &Formula, mut score: f64, mut point: Point) -> Point {
    let names: Vec<Name> = point.keys().cloned().collect();
    let mut step = 4.0;
    for _ in 0..ROUNDS {
        if spend(2 * names.len() * (body.size() / NODES + 1)).is_none()
            || score > 0.0
            || step < 2_f64.powi(if score > PROMISING { -FINE } else { -GRID })
        {
            break;
        }
        let moves = names.iter().flat_map(|name| [(name, step), (name, -step)]);
        let better = moves
            .map(|(name, by)| {
                let mut moved = point.clone();
                moved.entry(name.clone()).and_modify(|value| *value += by);
                let moved = settled(body, moved);
                (slack(body, &moved), moved)
            })
            .filter(|(reached, _)| *reached > score)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        match better {
            Some(found) => {
                (score, point) = found;
                step *= 2.0;
            }
            None => step /= 2.0,
        }
    }
    point
}

/// A proof that the values of the point serve, if they do.
fn shown(
    names: &[Name],
    body: &Formula,
    given: &[(Name, Term)],
    search: &Search<'_>,
    point: &Point,
) -> Option<Proof> {
    if slack(search.body, point) < -NEAR {
        return None;
    }
    let mut tolerances = TOLERANCES.into_iter();
    tolerances.find_map(|tolerance| shown_at(names, body, given, search, (point, tolerance)))
}

/// How near a fraction must be to stand for a float: first that float itself, then one that was not reached.
const TOLERANCES: [f64; 2] = [1e-11, 1e-6];

fn shown_at(
    names: &[Name],
    body: &Formula,
    given: &[(Name, Term)],
    search: &Search<'_>,
    (point, tolerance): (&Point, f64),
) -> Option<Proof> {
    let mut values: Substitution = BTreeMap::new();
    for name in search.open {
        let value = search.exact(name, *point.get(name)?, tolerance)?;
        values.insert(name.clone(), Term::Number(value));
    }
    for (name, term) in given.iter().rev() {
        let value = valued(&substitute_term(term, &values)?);
        values.insert(name.clone(), value);
    }
    let terms: Vec<Term> = names
        .iter()
        .map(|name| values.get(name).cloned())
        .collect::<Option<_>>()?;
    let body = substitute_formula(body, &values).ok()?;
    Some(Proof::Witness(terms, Box::new(closed(&body)?)))
}

/// A term with values for its variables.
fn substitute_term(term: &Term, by: &Substitution) -> Option<Term> {
    let same = Formula::Compare(term.clone(), Relation::Equal, term.clone());
    match substitute_formula(&same, by).ok()? {
        Formula::Compare(term, ..) => Some(term),
        _ => None,
    }
}

/// The number that a term without variables is, or the term.
fn valued(term: &Term) -> Term {
    let mut atoms = Atoms::default();
    let value = atoms.normal(term).ok().and_then(|normal| {
        let fraction = atoms.combined(&normal.poly).ok()?;
        fraction
            .divisors
            .is_empty()
            .then(|| constant(&fraction.numerator))
            .flatten()
    });
    if let Some(value) = value {
        return Term::Number(value);
    }
    let Term::Apply(function, arguments) = term else {
        return term.clone();
    };
    let arguments: Vec<Term> = arguments.iter().map(valued).collect();
    match (function, arguments.as_slice()) {
        (Function::Abs, [Term::Number(value)]) => Term::Number(value.abs()),
        (Function::Min, [Term::Number(a), Term::Number(b)]) => Term::Number(a.min(b).clone()),
        (Function::Max, [Term::Number(a), Term::Number(b)]) => Term::Number(a.max(b).clone()),
        _ => term.clone(),
    }
}

/// A proof of a formula without variables.
fn closed(formula: &Formula) -> Option<Proof> {
    match formula {
        Formula::And(items) => items
            .iter()
            .map(closed)
            .collect::<Option<_>>()
            .map(Proof::Each),
        Formula::Or(items) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(index, item)| Some(Proof::Choose(index, Box::new(closed(item)?))))
        }
        Formula::Compare(..) if is_false(formula) => None,
        Formula::Compare(..) => {
            let (context, mut atoms) = (Context::default(), Atoms::default());
            comparison::prove(&context, &mut atoms, formula)
                .or_else(|| tableau::prove(&context, &mut atoms, formula))
        }
        Formula::Exists(..) => find(formula),
        _ => tableau::prove(&Context::default(), &mut Atoms::default(), formula),
    }
}

/// Whether a comparison of rational numbers fails.
fn is_false(formula: &Formula) -> bool {
    let cleared = Context::default().clear(formula, &mut Atoms::default());
    let value = cleared
        .ok()
        .and_then(|cleared| Some((constant(&cleared.poly)?, cleared.relation)));
    value.is_some_and(|(value, relation)| match relation {
        Relation::Less => !value.is_positive(),
        Relation::AtMost => value.is_negative(),
        Relation::Equal => !value.is_zero(),
        Relation::Differs => value.is_zero(),
    })
}

/// By how much the formula holds at the point, relative to its terms: negative where it fails, not a number where this
/// search has nothing to say.
fn slack(formula: &Formula, point: &Point) -> f64 {
    match formula {
        Formula::Compare(left, relation, right) => {
            let (left, right) = (float(left, point), float(right, point));
            let difference = (right - left) / (1.0 + left.abs() + right.abs());
            match relation {
                Relation::Less if difference == 0.0 => -f64::MIN_POSITIVE,
                Relation::Less | Relation::AtMost => difference,
                Relation::Equal => -difference.abs(),
                Relation::Differs if difference == 0.0 => -1.0,
                Relation::Differs => difference.abs(),
            }
        }
        Formula::And(items) => items
            .iter()
            .map(|item| slack(item, point))
            .fold(f64::INFINITY, least),
        Formula::Or(items) => items
            .iter()
            .map(|item| slack(item, point))
            .fold(f64::NEG_INFINITY, f64::max),
        Formula::Implies(premise, conclusion) => {
            let fails = slack(&premise.negation(), point);
            fails.max(slack(conclusion, point))
        }
        Formula::Exists(..) | Formula::Forall(..) => 0.0,
        Formula::Holds(..) | Formula::Call(..) => f64::NAN,
    }
}

/// The smaller of two, or the one that is no number.
fn least(a: f64, b: f64) -> f64 {
    if a.is_nan() || a < b { a } else { b }
}

/// The value of a reduced term.
pub(super) fn float(term: &Term, point: &Point) -> f64 {
    match term {
        Term::Number(value) => value.to_f64().unwrap_or(f64::NAN),
        Term::Variable(name) => point.get(name).copied().unwrap_or(f64::NAN),
        Term::Sum(items) => items.iter().map(|item| float(item, point)).sum(),
        Term::Product(items) => items.iter().map(|item| float(item, point)).product(),
        Term::Quotient(above, below) => float(above, point) / float(below, point),
        Term::Power(base, exponent) => {
            float(base, point).powi(i32::try_from(*exponent).unwrap_or(i32::MAX))
        }
        Term::Apply(function, arguments) => {
            let value = |index: usize| {
                arguments
                    .get(index)
                    .map_or(f64::NAN, |term| float(term, point))
            };
            match function {
                Function::Exp => value(0).exp(),
                Function::Log => value(0).ln(),
                Function::Tanh => value(0).tanh(),
                Function::Sin => value(0).sin(),
                Function::Cos => value(0).cos(),
                Function::Arctan => value(0).atan(),
                Function::Sqrt => value(0).sqrt(),
                Function::Abs => value(0).abs(),
                Function::Min => value(0).min(value(1)),
                Function::Max => value(0).max(value(1)),
            }
        }
        Term::Derivative(..) | Term::At(..) | Term::Call(..) => f64::NAN,
    }
}
