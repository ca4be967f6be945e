//! The steps that act on the goal. UNTRUSTED.

use super::failure::{Failure, fail, shown};
use super::state::{State, instantiate};
use super::{Ahead, DEPTH, Engine};
use crate::kernel::proof::Proof;
use crate::kernel::term::Formula;
use crate::ledger::syntax::{Expr, Step, StepKind};

impl Engine<'_> {
    pub(super) fn step(
        &mut self,
        state: &State,
        step: &Step,
        ahead: Ahead<'_>,
    ) -> Result<Proof, Failure> {
        let Ahead { goal, place, .. } = ahead;
        match &step.kind {
            StepKind::Have(label, expr, by) => self.have(state, label.clone(), expr, by, ahead),
            StepKind::Split(expr, first, second) => self.split(state, expr, [first, second], ahead),
            StepKind::Witness(exprs) => self.witness(state, exprs, ahead),
            StepKind::Each(blocks) => self.each(state, blocks, ahead),
            StepKind::Choose(index) => self.choose(state, index, ahead),
            StepKind::Absurd => Ok(Proof::Absurd(self.go_on(
                state,
                Ahead {
                    goal: &Formula::FALSE,
                    ..ahead
                },
            )?)),
            StepKind::For(index, from, to, body) => {
                let (from, to) = (
                    self.library.index(from, &state.names)?,
                    self.library.index(to, &state.names)?,
                );
                let steps: Vec<Step> = (from..=to)
                    .flat_map(|i| body.iter().map(move |step| step.replace(index, i)))
                    .take(DEPTH + 1)
                    .collect();
                self.block(state, &steps, ahead)
            }
            StepKind::Auto => self.automatic(state, goal, place),
            StepKind::Assume(_) => fail(place, format!("the goal has no premise: {}", shown(goal))),
            StepKind::Interval(arguments) => self.interval(state, goal, arguments, place),
            StepKind::Linear(hints, multiplier) => {
                self.linear(state, hints, multiplier.as_ref(), ahead)
            }
            StepKind::Use(name, arguments, label) => {
                self.use_hypothesis(state, name, arguments, label.clone(), ahead)
            }
            StepKind::Lemma(id, arguments, label) => {
                self.lemma(state, id, arguments, label.clone(), ahead)
            }
            StepKind::Law(word, arguments, label) => {
                self.law(state, word, arguments, label.clone(), ahead)
            }
            StepKind::Calculus(word, arguments, label) => {
                self.calculus(state, word, arguments, label.clone(), ahead)
            }
            StepKind::Cases(name, blocks) => self.cases(state, name, blocks, ahead),
            StepKind::Obtain(name, variables) => self.obtain(state, name, variables, ahead),
        }
    }

    fn have(
        &mut self,
        state: &State,
        label: Option<String>,
        expr: &Expr,
        by: &[Step],
        ahead: Ahead<'_>,
    ) -> Result<Proof, Failure> {
        let (formula, reduced) = self.formula(state, expr)?;
        let first = self.run(state, &reduced, by, expr.place)?;
        let inner = self.assuming(state, reduced, label);
        Ok(Proof::Cut(
            formula,
            Box::new(first),
            self.go_on(&inner, ahead)?,
        ))
    }

    fn split(
        &mut self,
        state: &State,
        expr: &Expr,
        [first, second]: [&[Step]; 2],
        ahead: Ahead<'_>,
    ) -> Result<Proof, Failure> {
        let (formula, reduced) = self.formula(state, expr)?;
        let negation = reduced.negation();
        let mut side = |side: Formula, block: &[Step]| {
            let inner = self.assuming(state, side, None);
            self.block(&inner, block, ahead).map(Box::new)
        };
        Ok(Proof::Split(
            formula,
            side(reduced, first)?,
            side(negation, second)?,
        ))
    }

    fn witness(
        &mut self,
        state: &State,
        exprs: &[Expr],
        ahead: Ahead<'_>,
    ) -> Result<Proof, Failure> {
        let Formula::Exists(bound, body) = ahead.goal else {
            return fail(
                ahead.place,
                format!("no witness is asked for: {}", shown(ahead.goal)),
            );
        };
        let terms = self.terms(state, exprs)?;
        let body = instantiate(
            bound,
            terms.iter().map(|(_, reduced)| reduced.clone()),
            body,
            ahead.place,
        )?;
        let terms = terms.into_iter().map(|(term, _)| term).collect();
        Ok(Proof::Witness(
            terms,
            self.go_on(
                state,
                Ahead {
                    goal: &body,
                    ..ahead
                },
            )?,
        ))
    }

    fn each(
        &mut self,
        state: &State,
        blocks: &[Vec<Step>],
        ahead: Ahead<'_>,
    ) -> Result<Proof, Failure> {
        let Ahead { goal, place, .. } = ahead;
        let Formula::And(items) = goal else {
            return fail(place, format!("not several goals: {}", shown(goal)));
        };
        if items.len() != blocks.len() && blocks.len() != 1 {
            return fail(
                place,
                format!(
                    "there are {} goals, found {} blocks",
                    items.len(),
                    blocks.len()
                ),
            );
        }
        let pairs = items.iter().zip(blocks.iter().cycle());
        pairs
            .map(|(item, block)| self.run(state, item, block, place))
            .collect::<Result<_, _>>()
            .map(Proof::Each)
    }

    fn choose(&mut self, state: &State, index: &Expr, ahead: Ahead<'_>) -> Result<Proof, Failure> {
        let index = self.library.index(index, &state.names)?;
        match ahead.goal {
            Formula::Or(items) if (1..=items.len()).contains(&index) => Ok(Proof::Choose(
                index - 1,
                self.go_on(
                    state,
                    Ahead {
                        goal: &items[index - 1],
                        ..ahead
                    },
                )?,
            )),
            goal => fail(
                ahead.place,
                format!("there is no alternative {index}: {}", shown(goal)),
            ),
        }
    }
}
