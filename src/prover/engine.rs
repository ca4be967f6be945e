//! Running proof scripts: each step becomes a rule of the kernel, what is left to a step is found. UNTRUSTED.

use super::arithmetic;
use super::counterexample;
use super::differing;
use super::hypotheses::Assume;
use super::linear::{self, Hint};
use super::subdivide;
use crate::kernel::check::Checker;
use crate::kernel::context::{Cleared, Context, Sign};
use crate::kernel::facts;
use crate::kernel::normal::Atoms;
use crate::kernel::only;
use crate::kernel::poly::Poly;
use crate::kernel::proof::Proof;
use crate::kernel::reduce::{Reducer, Substitution, substitute_formula};
use crate::kernel::surface;
use crate::kernel::term::{Formula, Name, Predicate, Term};
use crate::ledger::lexer::{Place, SyntaxError};
use crate::ledger::library::{Library, Names, Value};
use crate::ledger::syntax::{Expr, Fold, Kind, Operation, Step, StepKind};
use num_traits::One;
use std::collections::BTreeMap;

/// Why a script does not prove its goal: where, and what could not be done.
pub type Failure = SyntaxError;

/// What a script may use: definitions and the claims it refers to.
#[derive(Debug)]
pub struct Engine<'l> {
    library: &'l Library,
    reducer: Reducer,
    atoms: Atoms,
    /// The reduced statements of the premises, by the id of their claim, with their number.
    premises: BTreeMap<String, (usize, Formula)>,
}

/// A goal's surroundings.
#[derive(Clone, Debug, Default)]
struct State {
    context: Context,
    labels: BTreeMap<String, usize>,
    names: Names,
}

fn fail<T>(place: Place, message: impl Into<String>) -> Result<T, Failure> {
    Err(SyntaxError { place, message: message.into() })
}

/// A formula on one line, cut to a length that fits one.
fn shown(formula: &Formula) -> String {
    let text = formula.to_string();
    match text.char_indices().nth(400) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

impl<'l> Engine<'l> {
    /// An engine with definitions and premises.
    #[must_use]
    pub fn new(library: &'l Library, reducer: Reducer, premises: BTreeMap<String, (usize, Formula)>) -> Self {
        Self { library, reducer, atoms: Atoms::default(), premises }
    }

    /// Evidence for a reduced closed goal.
    ///
    /// # Errors
    /// [`Failure`] where a step does not work or the goal is not reached.
    pub fn prove(&mut self, goal: &Formula, steps: &[Step], place: Place) -> Result<Proof, Failure> {
        self.run(&State::default(), goal, steps, place)
    }

    fn run(&mut self, state: &State, goal: &Formula, steps: &[Step], place: Place) -> Result<Proof, Failure> {
        if let (true, Some(index)) = (steps.is_empty(), state.known(goal)) {
            return Ok(Proof::Hypothesis(index));
        }
        match goal {
            Formula::Forall(bound, body) => {
                let mut inner = state.clone();
                let names = inner.fresh(bound);
                let body = inner.open(bound, &names, body, place)?;
                Ok(Proof::Fix(names, Box::new(self.run(&inner, &body, steps, place)?)))
            }
            Formula::Implies(premise, conclusion) => {
                let (label, steps) = match steps.split_first() {
                    Some((Step { kind: StepKind::Assume(name), .. }, rest)) => (Some(name.clone()), rest),
                    _ => (None, steps),
                };
                let inner = self.assuming(state, (**premise).clone(), label);
                Ok(Proof::Assume(Box::new(self.run(&inner, conclusion, steps, place)?)))
            }
            _ => match steps.split_first() {
                None => self.automatic(state, goal, place),
                Some((step, rest)) => self.step(state, goal, step, rest),
            },
        }
    }

    fn assuming(&mut self, state: &State, formula: Formula, label: Option<String>) -> State {
        let mut inner = state.clone();
        if let Some(label) = label {
            inner.labels.insert(label, inner.context.hypotheses.len());
        }
        inner.context.assume(formula, &mut self.atoms);
        inner
    }

    fn automatic(&mut self, state: &State, goal: &Formula, place: Place) -> Result<Proof, Failure> {
        if let Some(index) = state.known(goal) {
            return Ok(Proof::Hypothesis(index));
        }
        if let Formula::Or(items) = goal
            && let Some((place, index)) = items.iter().enumerate().find_map(|(place, i)| Some((place, state.known(i)?)))
        {
            return Ok(Proof::Choose(place, Box::new(Proof::Hypothesis(index))));
        }
        let found = match goal {
            Formula::Forall(..) | Formula::Implies(..) => return self.run(state, goal, &[], place),
            Formula::And(items) => {
                let proofs = items.iter().map(|item| self.run(state, item, &[], place));
                return proofs.collect::<Result<_, _>>().map(Proof::Each);
            }
            Formula::Or(items) if !items.is_empty() => {
                let mut proofs = items.iter().enumerate();
                proofs.find_map(|(index, item)| {
                    Some(Proof::Choose(index, Box::new(self.run(state, item, &[], place).ok()?)))
                })
            }
            Formula::Or(_) => self.contradiction(state, &[], &[]),
            Formula::Exists(..) => match counterexample::find(goal) {
                Some(proof) => Some(proof),
                None => return fail(place, format!("a `witness` is needed for: {}", shown(goal))),
            },
            Formula::Compare(..) => arithmetic::prove(&state.context, &mut self.atoms, goal),
            Formula::Holds(predicate, _) => self.predicate(state, goal, predicate),
            Formula::Call(..) => None,
        };
        match found {
            Some(proof) => Ok(proof),
            None => fail(place, format!("could not prove: {}{}", shown(goal), state.assumptions())),
        }
    }

    fn contradiction(&mut self, state: &State, hints: &[Hint], multiplier: &[usize]) -> Option<Proof> {
        let goal = Cleared { poly: Poly::default(), sign: Sign::Positive };
        if hints.is_empty() {
            return linear::prove(&state.context, &mut self.atoms, &Formula::FALSE, &goal)
                .or_else(|| differing::prove(&state.context, &mut self.atoms, &Formula::FALSE));
        }
        linear::prove_with(&state.context, &mut self.atoms, &Formula::FALSE, &goal, hints, multiplier)
    }

    #[allow(clippy::unused_self, reason = "one method for each form of goal")]
    fn predicate(&mut self, state: &State, goal: &Formula, predicate: &Predicate) -> Option<Proof> {
        let proof = match predicate {
            Predicate::Roots { polynomial, variable, from, to, .. } => {
                Proof::Roots(super::roots::points(polynomial, variable, from.as_ref(), to.as_ref())?)
            }
            Predicate::Rank { .. } => Proof::Rank,
            Predicate::Inertia { matrix, .. } => Proof::Inertia(super::congruence::diagonalise(matrix)?),
            Predicate::Surface(statement) => Proof::Surface(super::surface::evidence(statement)?),
        };
        let mut checker = Checker { reducer: Reducer::default(), premises: &[], atoms: Atoms::default() };
        checker.check(&state.context, goal, &proof).is_ok().then_some(proof)
    }

    fn formula(&self, state: &State, expr: &Expr) -> Result<(Formula, Formula), Failure> {
        let formula = self.library.formula(expr, &state.names)?;
        match self.reducer.formula(&formula, &state.context.scope) {
            Ok(reduced) => Ok((formula, reduced)),
            Err(fault) => fail(expr.place, format!("{fault:?}")),
        }
    }

    fn terms(&self, state: &State, exprs: &[Expr]) -> Result<Vec<(Term, Term)>, Failure> {
        let mut terms = Vec::new();
        for expr in exprs {
            let mut flat = Vec::new();
            flatten(self.library.value(expr, &state.names)?, &mut flat);
            for term in flat {
                match self.reducer.term(&term, &state.context.scope) {
                    Ok(reduced) => terms.push((term, reduced)),
                    Err(fault) => return fail(expr.place, format!("{fault:?}")),
                }
            }
        }
        Ok(terms)
    }

    fn step(&mut self, state: &State, goal: &Formula, step: &Step, rest: &[Step]) -> Result<Proof, Failure> {
        let place = step.place;
        match &step.kind {
            StepKind::Have(label, expr, by) => {
                let (formula, reduced) = self.formula(state, expr)?;
                let first = self.run(state, &reduced, by, expr.place)?;
                let inner = self.assuming(state, reduced, label.clone());
                let next = self.run(&inner, goal, rest, place)?;
                Ok(Proof::Cut(formula, Box::new(first), Box::new(next)))
            }
            StepKind::Split(expr, first, second) => {
                let (formula, reduced) = self.formula(state, expr)?;
                let side = |engine: &mut Self, side: Formula, steps: &[Step]| {
                    let inner = engine.assuming(state, side, None);
                    let all: Vec<Step> = steps.iter().chain(rest).cloned().collect();
                    engine.run(&inner, goal, &all, place).map(Box::new)
                };
                let negation = reduced.negation();
                Ok(Proof::Split(formula, side(self, reduced, first)?, side(self, negation, second)?))
            }
            StepKind::Witness(exprs) => {
                let Formula::Exists(bound, body) = goal else {
                    return fail(place, format!("no witness is asked for: {}", shown(goal)));
                };
                let terms = self.terms(state, exprs)?;
                let body = instantiate(bound, terms.iter().map(|(_, reduced)| reduced.clone()), body, place)?;
                let terms = terms.into_iter().map(|(term, _)| term).collect();
                Ok(Proof::Witness(terms, Box::new(self.run(state, &body, rest, place)?)))
            }
            StepKind::Each(blocks) => self.each(state, goal, blocks, place),
            StepKind::Choose(index) => {
                let index = self.library.index(index, &state.names)?;
                match goal {
                    Formula::Or(items) if (1..=items.len()).contains(&index) => {
                        let next = self.run(state, &items[index - 1], rest, place)?;
                        Ok(Proof::Choose(index - 1, Box::new(next)))
                    }
                    _ => fail(place, format!("there is no alternative {index}: {}", shown(goal))),
                }
            }
            StepKind::Absurd => Ok(Proof::Absurd(Box::new(self.run(state, &Formula::FALSE, rest, place)?))),
            StepKind::For(index, from, to, body) => {
                let (from, to) = (self.library.index(from, &state.names)?, self.library.index(to, &state.names)?);
                let steps: Vec<Step> =
                    (from..=to).flat_map(|i| body.iter().map(move |step| step.replace(index, i))).collect();
                let steps: Vec<Step> = steps.into_iter().chain(rest.iter().cloned()).collect();
                self.run(state, goal, &steps, place)
            }
            StepKind::Only(basis, bounds, critical, outside) => {
                self.only(state, goal, [basis, bounds], [critical, outside], place)
            }
            StepKind::Auto => self.automatic(state, goal, place),
            StepKind::Assume(_) => fail(place, format!("the goal has no premise: {}", shown(goal))),
            StepKind::Interval(arguments) => self.interval(state, goal, arguments, place),
            StepKind::Linear(hints, multiplier) => self.linear(state, goal, hints, multiplier.as_ref(), place),
            StepKind::Use(..)
            | StepKind::Lemma(..)
            | StepKind::Law(..)
            | StepKind::Cases(..)
            | StepKind::Obtain(..) => self.eliminate(state, goal, step, rest),
        }
    }

    /// The coordinates, the minimum within the bounds, then the two formulas of the rule `only`.
    fn only(
        &mut self,
        state: &State,
        goal: &Formula,
        [basis, bounds]: [&Expr; 2],
        [critical, outside]: [&[Step]; 2],
        place: Place,
    ) -> Result<Proof, Failure> {
        let Formula::Holds(Predicate::Surface(surface::Statement::Spurious(data)), false) = goal else {
            return fail(
                place,
                format!("the rule `only` is about training sets without spurious minimum: {}", shown(goal)),
            );
        };
        let (basis, bounds) = (self.library.matrix(basis, &state.names)?, self.library.matrix(bounds, &state.names)?);
        let Some(only) = super::surface::only(data, &basis, &bounds) else {
            return fail(place, "no minimum could be certified within these bounds");
        };
        let formulas = only::formulas(data, &only);
        let [first, second] = formulas.or_else(|rejection| fail(place, format!("{rejection:?}")))?;
        let first = self.run(&State::default(), &first, critical, place)?;
        let second = self.run(&State::default(), &second, outside, place)?;
        Ok(Proof::Only(Box::new(only), Box::new(first), Box::new(second)))
    }

    fn each(&mut self, state: &State, goal: &Formula, blocks: &[Vec<Step>], place: Place) -> Result<Proof, Failure> {
        let Formula::And(items) = goal else { return fail(place, format!("not several goals: {}", shown(goal))) };
        if items.len() != blocks.len() && blocks.len() != 1 {
            return fail(place, format!("there are {} goals, found {} blocks", items.len(), blocks.len()));
        }
        let pairs = items.iter().zip(blocks.iter().cycle());
        pairs.map(|(item, block)| self.run(state, item, block, place)).collect::<Result<_, _>>().map(Proof::Each)
    }

    fn eliminate(&mut self, state: &State, goal: &Formula, step: &Step, rest: &[Step]) -> Result<Proof, Failure> {
        let place = step.place;
        match &step.kind {
            StepKind::Use(name, arguments, label) => {
                let index = self.hypothesis(state, name)?;
                self.use_hypothesis(state, goal, index, arguments, label.clone(), rest, place)
            }
            StepKind::Lemma(id, arguments, label) => {
                let Some((number, statement)) = self.premises.get(id).cloned() else {
                    return fail(place, format!("no proved claim `{id}` is at hand here"));
                };
                let index = state.context.hypotheses.len();
                let next = if arguments.is_empty() {
                    let inner = self.assuming(state, statement, label.clone());
                    self.run(&inner, goal, rest, place)?
                } else {
                    let inner = self.assuming(state, statement, None);
                    self.use_hypothesis(&inner, goal, index, arguments, label.clone(), rest, place)?
                };
                Ok(Proof::Premise(number, Box::new(next)))
            }
            StepKind::Law(word, arguments, label) => {
                let terms = self.terms(state, arguments)?;
                let reduced: Vec<Term> = terms.iter().map(|(_, reduced)| reduced.clone()).collect();
                let Some(instance) = facts::instance(word, &reduced) else {
                    let known: Vec<String> =
                        facts::LAWS.iter().map(|(law, names, _)| format!("{law}({})", names.join(", "))).collect();
                    return fail(place, format!("no such law: expected one of {}", known.join(", ")));
                };
                let index = state.context.hypotheses.len();
                let direct = !matches!(instance, Formula::Implies(..));
                let inner = self.assuming(state, instance, label.clone().filter(|_| direct));
                let next = self.conclude(&inner, goal, index, label.clone(), rest, place)?;
                Ok(Proof::Law(word.as_str().into(), terms.into_iter().map(|(term, _)| term).collect(), Box::new(next)))
            }
            StepKind::Cases(name, blocks) => {
                let index = self.hypothesis(state, name)?;
                let Formula::Or(items) = state.context.hypotheses[index].formula.clone() else {
                    return fail(place, "this hypothesis has no cases");
                };
                if items.len() != blocks.len() {
                    return fail(place, format!("there are {} cases, found {} blocks", items.len(), blocks.len()));
                }
                let mut proofs = Vec::new();
                for (item, block) in items.into_iter().zip(blocks) {
                    let inner = self.assuming(state, item, None);
                    let all: Vec<Step> = block.iter().chain(rest).cloned().collect();
                    proofs.push(self.run(&inner, goal, &all, place)?);
                }
                Ok(Proof::Cases(index, proofs))
            }
            StepKind::Obtain(name, variables) => {
                let index = self.hypothesis(state, name)?;
                let Formula::Exists(bound, body) = state.context.hypotheses[index].formula.clone() else {
                    return fail(place, "this hypothesis claims no existence");
                };
                let fresh: Vec<Name> = variables.iter().map(|name| Name::from(name.as_str())).collect();
                let mut inner = state.clone();
                inner.call(&fresh, &fresh);
                let body = inner.declare(&bound, &fresh, &body, place)?;
                let inner = self.assuming(&inner, body, None);
                Ok(Proof::Obtain(index, fresh, Box::new(self.run(&inner, goal, rest, place)?)))
            }
            _ => fail(place, "this step uses no hypothesis"),
        }
    }

    /// Instantiates a universal hypothesis, then proves the premise of what comes out.
    #[allow(clippy::too_many_arguments, reason = "the parts of one step")]
    fn use_hypothesis(
        &mut self,
        state: &State,
        goal: &Formula,
        index: usize,
        arguments: &[Expr],
        label: Option<String>,
        rest: &[Step],
        place: Place,
    ) -> Result<Proof, Failure> {
        let formula = state.context.hypotheses[index].formula.clone();
        let Formula::Forall(bound, body) = formula else {
            return self.conclude(state, goal, index, label, rest, place);
        };
        let terms = self.terms(state, arguments)?;
        let instance = instantiate(&bound, terms.iter().map(|(_, reduced)| reduced.clone()), &body, place)?;
        let next = state.context.hypotheses.len();
        let direct = !matches!(instance, Formula::Implies(..));
        let inner = self.assuming(state, instance, label.clone().filter(|_| direct));
        let proof = self.conclude(&inner, goal, next, label, rest, place)?;
        Ok(Proof::Instance(index, terms.into_iter().map(|(term, _)| term).collect(), Box::new(proof)))
    }

    /// Goes on with the conclusion of a hypothesis that is an implication, or with the hypothesis.
    fn conclude(
        &mut self,
        state: &State,
        goal: &Formula,
        index: usize,
        label: Option<String>,
        rest: &[Step],
        place: Place,
    ) -> Result<Proof, Failure> {
        let implication = state.context.hypotheses.get(index).map(|hypothesis| hypothesis.formula.clone());
        let Some(Formula::Implies(premise, conclusion)) = implication else {
            return self.run(state, goal, rest, place);
        };
        let first = self.automatic(state, &premise, place)?;
        let inner = self.assuming(state, *conclusion, label);
        Ok(Proof::Apply(index, Box::new(first), Box::new(self.run(&inner, goal, rest, place)?)))
    }

    /// The index of a hypothesis: `h3` is the third, other names are labels.
    fn hypothesis(&self, state: &State, expr: &Expr) -> Result<usize, Failure> {
        let label = self.label(state, expr)?;
        if let Some(index) = state.labels.get(&label) {
            return Ok(*index);
        }
        let numbered = label.strip_prefix('h').and_then(|digits| digits.parse::<usize>().ok());
        match numbered.and_then(|number| number.checked_sub(1)) {
            Some(index) if index < state.context.hypotheses.len() => Ok(index),
            _ => fail(expr.place, format!("no hypothesis is called `{label}`{}", state.assumptions())),
        }
    }

    fn label(&self, state: &State, expr: &Expr) -> Result<String, Failure> {
        match &expr.kind {
            Kind::Name(name) => Ok(name.clone()),
            Kind::Entry(list, index) => {
                let index = self.library.index(index, &state.names)?;
                Ok(format!("{}[{index}]", self.label(state, list)?))
            }
            _ => fail(expr.place, "expected the name of a hypothesis"),
        }
    }

    fn interval(&mut self, state: &State, goal: &Formula, arguments: &[Expr], place: Place) -> Result<Proof, Failure> {
        let numbers: Vec<usize> =
            arguments.iter().map(|argument| self.library.index(argument, &state.names)).collect::<Result<_, _>>()?;
        let bits = numbers.first().and_then(|bits| u32::try_from(*bits).ok()).unwrap_or(64);
        let leaves = numbers.get(1).copied().unwrap_or(20_000);
        match subdivide::prove_with(&state.context, goal, bits, leaves) {
            Some(proof) => Ok(proof),
            None => fail(place, format!("interval arithmetic does not decide: {}", shown(goal))),
        }
    }

    fn linear(
        &mut self,
        state: &State,
        goal: &Formula,
        hints: &[Expr],
        multiplier: Option<&Expr>,
        place: Place,
    ) -> Result<Proof, Failure> {
        let hints: Vec<Hint> = self.hints(state, hints)?;
        let multiplier = match multiplier {
            Some(expr) => self.hint(state, expr)?.hypotheses,
            None => Vec::new(),
        };
        let found = match goal {
            Formula::Or(items) if items.is_empty() => self.contradiction(state, &hints, &multiplier),
            Formula::Compare(..) => {
                let used: Vec<usize> = hints.iter().flat_map(|hint| hint.hypotheses.iter().copied()).collect();
                arithmetic::prove_by(&state.context, &mut self.atoms, goal, &used, &|inner, atoms, goal, cleared| {
                    let hints: Vec<Hint> = hints.iter().map(|hint| hint.settled(inner)).collect();
                    let multipliers = linear::divisors(&multiplier, cleared.sign == Sign::Zero);
                    multipliers
                        .iter()
                        .find_map(|multiplier| linear::prove_with(inner, atoms, goal, cleared, &hints, multiplier))
                })
            }
            _ => None,
        };
        match found {
            Some(proof) => Ok(proof),
            None => fail(place, format!("no combination proves: {}{}", shown(goal), state.assumptions())),
        }
    }

    /// Products; `list(i in 1..5: …)` stands for one for each i.
    fn hints(&self, state: &State, exprs: &[Expr]) -> Result<Vec<Hint>, Failure> {
        let mut hints = Vec::new();
        for expr in exprs {
            match &expr.kind {
                Kind::Range(Fold::List, index, from, to, body) => {
                    let (from, to) = (self.library.index(from, &state.names)?, self.library.index(to, &state.names)?);
                    for value in from..=to {
                        hints.extend(self.hints(state, &[body.replace(index, value)])?);
                    }
                }
                _ => hints.push(self.hint(state, expr)?),
            }
        }
        Ok(hints)
    }

    /// A product such as `h1*low[2]^3*sq(x - y)`.
    fn hint(&self, state: &State, expr: &Expr) -> Result<Hint, Failure> {
        let mut hint = Hint::default();
        self.collect(state, expr, 1, &mut hint)?;
        Ok(hint)
    }

    fn collect(&self, state: &State, expr: &Expr, times: usize, hint: &mut Hint) -> Result<(), Failure> {
        match &expr.kind {
            Kind::Binary(Operation::Multiply, left, right) => {
                self.collect(state, left, times, hint)?;
                self.collect(state, right, times, hint)
            }
            Kind::Binary(Operation::Power, base, exponent) if self.hypothesis(state, base).is_ok() => {
                let exponent = self.library.index(exponent, &state.names)?;
                self.collect(state, base, times * exponent, hint)
            }
            Kind::Call(name, arguments) if name == "sq" && arguments.len() == 1 => {
                let terms = self.terms(state, &[arguments[0].1.clone()])?;
                hint.squares.extend(terms.into_iter().map(|(_, reduced)| reduced));
                Ok(())
            }
            Kind::Number(value) if value.is_one() => Ok(()),
            _ => {
                match self.hypothesis(state, expr) {
                    Ok(index) => hint.hypotheses.extend(std::iter::repeat_n(index, times)),
                    Err(failure) => {
                        let Ok(terms) = self.terms(state, std::slice::from_ref(expr)) else { return Err(failure) };
                        hint.factors.extend(terms.into_iter().map(|(_, reduced)| reduced));
                    }
                }
                Ok(())
            }
        }
    }
}

fn flatten(value: Value, into: &mut Vec<Term>) {
    match value {
        Value::Term(term) => into.push(term),
        Value::List(items) => items.into_iter().for_each(|item| flatten(item, into)),
    }
}

fn instantiate(
    bound: &[Name],
    terms: impl Iterator<Item = Term>,
    body: &Formula,
    place: Place,
) -> Result<Formula, Failure> {
    let terms: Vec<Term> = terms.collect();
    if terms.len() != bound.len() {
        return fail(place, format!("{} terms are needed here, found {}", bound.len(), terms.len()));
    }
    let by: Substitution = bound.iter().cloned().zip(terms).collect();
    substitute_formula(body, &by).or_else(|fault| fail(place, format!("{fault:?}")))
}

impl State {
    /// The index of a formula among the hypotheses.
    fn known(&self, formula: &Formula) -> Option<usize> {
        self.context.hypotheses.iter().position(|there| there.formula == *formula)
    }

    /// Names for bound variables that are not in scope.
    fn fresh(&self, bound: &[Name]) -> Vec<Name> {
        let unused = |name: &Name| {
            let others = (2..).map(|tick: usize| Name::from(format!("{name}_{tick}")));
            std::iter::once(name.clone()).chain(others).find(|name| !self.context.scope.contains(name))
        };
        bound.iter().map(|name| unused(name).unwrap_or_else(|| name.clone())).collect()
    }

    /// Brings variables into scope, single and as vectors, and returns the body with them.
    fn open(&mut self, bound: &[Name], fresh: &[Name], body: &Formula, place: Place) -> Result<Formula, Failure> {
        self.call(bound, fresh);
        self.declare(bound, fresh, body, place)
    }

    /// Brings variables into scope under their own names.
    fn declare(&mut self, bound: &[Name], fresh: &[Name], body: &Formula, place: Place) -> Result<Formula, Failure> {
        if self.context.declare(fresh).is_err() {
            return fail(place, "a variable of this name is already in use");
        }
        instantiate(bound, fresh.iter().cloned().map(Term::Variable), body, place)
    }

    /// What the names stand for, single and as vectors.
    fn call(&mut self, names: &[Name], fresh: &[Name]) {
        let mut vectors: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for (name, fresh) in names.iter().zip(fresh) {
            let value = Value::Term(Term::Variable(fresh.clone()));
            self.names.insert(name.to_string(), value.clone());
            let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
            let entries = vectors.entry(stem.to_string()).or_default();
            if name.strip_prefix(stem) == Some(&(entries.len() + 1).to_string()) {
                entries.push(value);
            }
        }
        for (stem, entries) in vectors.into_iter().filter(|(_, entries)| entries.len() > 1) {
            self.names.insert(stem, Value::List(entries));
        }
    }

    /// The last hypotheses, for messages.
    fn assumptions(&self) -> String {
        let known = self.context.hypotheses.iter().enumerate();
        let known: Vec<String> =
            known.map(|(index, h)| format!("\n    h{}: {}", index + 1, shown(&h.formula))).collect();
        let names: Vec<String> = self.labels.iter().map(|(label, index)| format!("{label} = h{}", index + 1)).collect();
        let names = if names.is_empty() { String::new() } else { format!("\n    ({})", names.join(", ")) };
        format!("{}{names}", known.concat())
    }
}
