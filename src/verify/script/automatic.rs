//! A goal without a script: one method for each form of goal. UNTRUSTED.

use super::failure::{Failure, fail, shown};
use super::state::State;
use super::{Ahead, Engine};
use crate::kernel::check::Checker;
use crate::kernel::context::{Cleared, Context};
use crate::kernel::normal::Atoms;
use crate::kernel::poly::Poly;
use crate::kernel::proof::Proof;
use crate::kernel::reduce::Reducer;
use crate::kernel::term::{Formula, Predicate, Relation};
use crate::ledger::lexer::Place;
use crate::prover::comparison::linear::{self, Hint};
use crate::prover::comparison::{self, differing};
use crate::prover::hypotheses::Assume;
use crate::prover::{analysis, congruence, counterexample, roots, surface, tableau};

impl Engine<'_> {
    /// Evidence for a goal, found within the budget.
    pub(super) fn automatic(
        &mut self,
        state: &State,
        goal: &Formula,
        place: Place,
    ) -> Result<Proof, Failure> {
        let searching = self.searching;
        let found = self.search(|engine| engine.find(state, goal, place));
        if found.is_ok() || searching || self.brief {
            return found;
        }
        if let Some(point) = self.search(|engine| engine.against(state, goal)) {
            return fail(
                place,
                format!(
                    "could not prove: {}, which seems to fail at {point}{}",
                    shown(goal),
                    state.assumptions()
                ),
            );
        }
        found.or_else(|failure| {
            let context = &state.context;
            let laws = |engine: &mut Self| {
                let proof = analysis::prove(context, &mut engine.atoms, goal)?;
                accepted(context, &engine.atoms, goal, proof)
            };
            let cases = |engine: &mut Self| tableau::prove(context, &mut engine.atoms, goal);
            let proof = self.search(laws).or_else(|| self.search(cases));
            proof.ok_or(failure)
        })
    }

    /// Where the hypotheses seem to hold and the comparison does not.
    fn against(&mut self, state: &State, goal: &Formula) -> Option<String> {
        let Formula::Compare(..) = goal else {
            return None;
        };
        let mut context = state.context.clone();
        context.assume(goal.negation(), &mut self.atoms);
        counterexample::described(&context)
    }

    fn find(&mut self, state: &State, goal: &Formula, place: Place) -> Result<Proof, Failure> {
        if let Some(index) = state.known(goal) {
            return Ok(Proof::Hypothesis(index));
        }
        let alone = Ahead {
            goal,
            rest: &[],
            place,
        };
        let found = match goal {
            Formula::Forall(..) | Formula::Implies(..) => {
                return self.go_on(state, alone).map(|proof| *proof);
            }
            Formula::And(items) => {
                let proofs = items.iter().map(|item| self.run(state, item, &[], place));
                return proofs.collect::<Result<_, _>>().map(Proof::Each);
            }
            Formula::Or(items) if items.is_empty() => self.contradiction(state, &[], &[]),
            Formula::Or(items) => self.alternative(state, items, place),
            Formula::Exists(..) => match counterexample::find(goal) {
                Some(proof) => Some(proof),
                None => return fail(place, format!("a `witness` is needed for: {}", shown(goal))),
            },
            Formula::Compare(..) => comparison::prove(&state.context, &mut self.atoms, goal),
            Formula::Holds(predicate, holds) => by_rule(state, goal, &predicate.predicate, *holds),
            Formula::Call(..) => None,
        };
        match found {
            Some(proof) => Ok(proof),
            None => fail(
                place,
                format!(
                    "{}could not prove: {}{}",
                    self.remark(),
                    shown(goal),
                    state.assumptions()
                ),
            ),
        }
    }

    /// The alternative that is a hypothesis, or the first that can be proved.
    fn alternative(&mut self, state: &State, items: &[Formula], place: Place) -> Option<Proof> {
        let mut known = items
            .iter()
            .enumerate()
            .filter_map(|(which, item)| Some((which, state.known(item)?)));
        if let Some((which, index)) = known.next() {
            return Some(Proof::Choose(which, Box::new(Proof::Hypothesis(index))));
        }
        let mut all = items.iter().enumerate();
        all.find_map(|(which, item)| {
            Some(Proof::Choose(
                which,
                Box::new(self.run(state, item, &[], place).ok()?),
            ))
        })
    }

    /// Falsehood from the hypotheses, with products where they are given.
    pub(super) fn contradiction(
        &mut self,
        state: &State,
        hints: &[Hint],
        multiplier: &[usize],
    ) -> Option<Proof> {
        let goal = Cleared {
            poly: Poly::default(),
            relation: Relation::Less,
        };
        let (context, atoms) = (&state.context, &mut self.atoms);
        if hints.is_empty() {
            return linear::prove(context, atoms, &Formula::FALSE, &goal)
                .or_else(|| differing::prove(context, atoms, &Formula::FALSE));
        }
        linear::prove_with(context, atoms, &Formula::FALSE, &goal, hints, multiplier)
    }
}

/// Evidence for a predicate that has a rule of its own, or against it.
fn by_rule(state: &State, goal: &Formula, predicate: &Predicate, holds: bool) -> Option<Proof> {
    let proof = match predicate {
        Predicate::Roots {
            polynomial,
            variable,
            from,
            to,
            ..
        } => Proof::Roots(roots::points(
            polynomial,
            variable,
            from.as_ref(),
            to.as_ref(),
        )?),
        Predicate::Rank { .. } => Proof::Rank,
        Predicate::Inertia { matrix, .. } => Proof::Inertia(congruence::diagonalise(matrix)?),
        Predicate::Surface(statement) if holds => Proof::Surface(surface::evidence(statement)?),
        Predicate::Surface(statement) => Proof::Surface(surface::refutation(statement)?),
    };
    accepted(&state.context, &Atoms::default(), goal, proof)
}

/// The proof, if the kernel accepts it; the table is that of the polynomial forms in the context.
fn accepted(context: &Context, atoms: &Atoms, goal: &Formula, proof: Proof) -> Option<Proof> {
    let mut checker = Checker {
        reducer: Reducer::default(),
        premises: &[],
        atoms: atoms.clone(),
    };
    checker
        .check(context, goal, &proof)
        .is_ok()
        .then_some(proof)
}
