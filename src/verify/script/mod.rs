//! Running proof scripts: each step becomes a rule of the kernel, what is left to a step is found. UNTRUSTED.
//!
//! Every search has a budget of steps ([`crate::prover::budget`]), so a script ends: proved, or with the step that does not work.

mod automatic;
mod failure;
mod hints;
mod hypotheses;
mod state;
mod steps;

use crate::kernel::normal::Atoms;
use crate::kernel::proof::Proof;
use crate::kernel::reduce::Reducer;
use crate::kernel::term::{Formula, Term};
use crate::ledger::lexer::Place;
use crate::ledger::library::{Library, Value};
use crate::ledger::syntax::{Expr, Step, StepKind};
use crate::prover::budget;
use crate::prover::hypotheses::Assume;
use failure::fail;
use state::State;
use std::collections::BTreeMap;

pub use failure::Failure;

/// Most steps of a script one after the other: each nests the certificate deeper, which has its own limit.
const DEPTH: usize = 300;

/// What a script may use: definitions and the claims it refers to.
#[derive(Debug)]
pub struct Engine<'l> {
    library: &'l Library,
    reducer: Reducer,
    atoms: Atoms,
    /// The reduced statements of the premises, by the id of their claim, with their number.
    premises: BTreeMap<String, (usize, Formula)>,
    /// Whether a search with its budget is under way.
    searching: bool,
    /// Whether one has spent its budget.
    spent: bool,
    /// How many steps the one at hand is inside of or after.
    depth: usize,
    /// Whether only the quick methods are tried.
    brief: bool,
}

/// What is left to do at a step: its goal, the steps after it, and where it stands.
#[derive(Clone, Copy)]
struct Ahead<'a> {
    goal: &'a Formula,
    rest: &'a [Step],
    place: Place,
}

impl<'l> Engine<'l> {
    /// An engine with definitions and premises.
    #[must_use]
    pub fn new(
        library: &'l Library,
        reducer: Reducer,
        premises: BTreeMap<String, (usize, Formula)>,
    ) -> Self {
        Self {
            library,
            reducer,
            atoms: Atoms::default(),
            premises,
            searching: false,
            spent: false,
            depth: 0,
            brief: false,
        }
    }

    /// The engine with the quick methods alone.
    #[must_use]
    pub fn briefly(self) -> Self {
        Self {
            brief: true,
            ..self
        }
    }

    /// Evidence for a reduced closed goal.
    ///
    /// # Errors
    /// [`Failure`] where a step does not work or the goal is not reached.
    pub fn prove(
        &mut self,
        goal: &Formula,
        steps: &[Step],
        place: Place,
    ) -> Result<Proof, Failure> {
        self.run(&State::default(), goal, steps, place)
    }

    fn run(
        &mut self,
        state: &State,
        goal: &Formula,
        steps: &[Step],
        place: Place,
    ) -> Result<Proof, Failure> {
        if let (true, Some(index)) = (steps.is_empty(), state.known(goal)) {
            return Ok(Proof::Hypothesis(index));
        }
        match goal {
            Formula::Forall(bound, body) => {
                let mut inner = state.clone();
                let names = inner.fresh(bound);
                let body = inner.open(bound, &names, body, place)?;
                Ok(Proof::Fix(
                    names,
                    Box::new(self.run(&inner, &body, steps, place)?),
                ))
            }
            Formula::Implies(premise, conclusion) => {
                let (label, steps) = match steps.split_first() {
                    Some((
                        Step {
                            kind: StepKind::Assume(name),
                            ..
                        },
                        rest,
                    )) => (Some(name.clone()), rest),
                    _ => (None, steps),
                };
                let inner = self.assuming(state, (**premise).clone(), label);
                Ok(Proof::Assume(Box::new(
                    self.run(&inner, conclusion, steps, place)?,
                )))
            }
            _ => match steps.split_first() {
                None => self.automatic(state, goal, place),
                Some((step, _)) if self.depth >= DEPTH => fail(
                    step.place,
                    format!(
                        "more than {DEPTH} steps one after the other: state some as claims of their own"
                    ),
                ),
                Some((step, rest)) => {
                    self.depth += 1;
                    let proof = self.step(
                        state,
                        step,
                        Ahead {
                            goal,
                            rest,
                            place: step.place,
                        },
                    );
                    self.depth -= 1;
                    proof
                }
            },
        }
    }

    /// The goal ahead in these surroundings.
    fn go_on(&mut self, state: &State, ahead: Ahead<'_>) -> Result<Box<Proof>, Failure> {
        self.run(state, ahead.goal, ahead.rest, ahead.place)
            .map(Box::new)
    }

    /// The steps of a block, then those ahead.
    fn block(&mut self, state: &State, block: &[Step], ahead: Ahead<'_>) -> Result<Proof, Failure> {
        let steps: Vec<Step> = block.iter().chain(ahead.rest).cloned().collect();
        self.run(state, ahead.goal, &steps, ahead.place)
    }

    fn assuming(&mut self, state: &State, formula: Formula, label: Option<String>) -> State {
        let mut inner = state.clone();
        if let Some(label) = label {
            inner.labels.insert(label, inner.context.hypotheses.len());
        }
        self.search(|engine| inner.context.assume(formula, &mut engine.atoms));
        inner
    }

    /// A search within the budget; a search inside another shares its budget.
    fn search<T>(&mut self, search: impl FnOnce(&mut Self) -> T) -> T {
        if self.searching {
            return search(self);
        }
        self.searching = true;
        let (result, spent) = budget::bounded(|| search(self));
        (self.searching, self.spent) = (false, spent);
        result
    }

    /// What a failed search has to say of its budget.
    fn remark(&self) -> String {
        if self.spent || (self.searching && budget::spent()) {
            "search budget spent; ".into()
        } else {
            String::new()
        }
    }

    fn formula(&mut self, state: &State, expr: &Expr) -> Result<(Formula, Formula), Failure> {
        let library = self.library;
        let formula = self.search(|_| library.formula(expr, &state.names))?;
        match self.search(|engine| engine.reducer.formula(&formula, &state.context.scope)) {
            Ok(reduced) => Ok((formula, reduced)),
            Err(fault) => fail(expr.place, format!("{fault}")),
        }
    }

    fn terms(&mut self, state: &State, exprs: &[Expr]) -> Result<Vec<(Term, Term)>, Failure> {
        let mut terms = Vec::new();
        for expr in exprs {
            let mut flat = Vec::new();
            let library = self.library;
            flatten(
                self.search(|_| library.value(expr, &state.names))?,
                &mut flat,
            );
            for term in flat {
                match self.search(|engine| engine.reducer.term(&term, &state.context.scope)) {
                    Ok(reduced) => terms.push((term, reduced)),
                    Err(fault) => return fail(expr.place, format!("{fault}")),
                }
            }
        }
        Ok(terms)
    }
}

fn flatten(value: Value, into: &mut Vec<Term>) {
    match value {
        Value::Term(term) => into.push(term),
        Value::List(items) => items.into_iter().for_each(|item| flatten(item, into)),
    }
}
