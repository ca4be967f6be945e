//! The steps `linear` and `interval`, which say how to decide a comparison. UNTRUSTED.

use super::failure::{Failure, fail, shown};
use super::state::State;
use super::{Ahead, Engine};
use crate::kernel::proof::Proof;
use crate::kernel::term::{Formula, Relation};
use crate::ledger::lexer::Place;
use crate::ledger::syntax::{Expr, Fold, Kind, Operation};
use crate::prover::comparison::linear::{self, Hint};
use crate::prover::comparison::{self, subdivide};
use num_traits::One;

impl Engine<'_> {
    pub(super) fn interval(
        &mut self,
        state: &State,
        goal: &Formula,
        arguments: &[Expr],
        place: Place,
    ) -> Result<Proof, Failure> {
        let numbers: Vec<usize> = arguments
            .iter()
            .map(|argument| self.library.index(argument, &state.names))
            .collect::<Result<_, _>>()?;
        let bits = numbers
            .first()
            .and_then(|bits| u32::try_from(*bits).ok())
            .unwrap_or(64);
        let leaves = numbers.get(1).copied().unwrap_or(20_000);
        match self.search(|_| subdivide::prove_with(&state.context, goal, bits, leaves)) {
            Some(proof) => Ok(proof),
            None => fail(
                place,
                format!(
                    "{}interval arithmetic does not decide: {}",
                    self.remark(),
                    shown(goal)
                ),
            ),
        }
    }

    pub(super) fn linear(
        &mut self,
        state: &State,
        hints: &[Expr],
        multiplier: Option<&Expr>,
        ahead: Ahead<'_>,
    ) -> Result<Proof, Failure> {
        let hints: Vec<Hint> = self.hints(state, hints)?;
        let multiplier = match multiplier {
            Some(expr) => self.hint(state, expr)?.hypotheses,
            None => Vec::new(),
        };
        if let Some(proof) =
            self.search(|engine| engine.combination(state, ahead.goal, &hints, &multiplier))
        {
            return Ok(proof);
        }
        let (remark, goal) = (self.remark(), shown(ahead.goal));
        fail(
            ahead.place,
            format!(
                "{remark}no combination proves: {goal}{}",
                state.assumptions()
            ),
        )
    }

    fn combination(
        &mut self,
        state: &State,
        goal: &Formula,
        hints: &[Hint],
        multiplier: &[usize],
    ) -> Option<Proof> {
        match goal {
            Formula::Or(items) if items.is_empty() => self.contradiction(state, hints, multiplier),
            Formula::Compare(..) => {
                let used: Vec<usize> = hints
                    .iter()
                    .flat_map(|hint| hint.hypotheses.iter().copied())
                    .collect();
                comparison::prove_by(
                    &state.context,
                    &mut self.atoms,
                    goal,
                    &used,
                    &|inner, atoms, goal, cleared| {
                        let hints: Vec<Hint> =
                            hints.iter().map(|hint| hint.settled(inner)).collect();
                        let multipliers =
                            linear::divisors(multiplier, cleared.relation == Relation::Equal);
                        multipliers.iter().find_map(|multiplier| {
                            linear::prove_with(inner, atoms, goal, cleared, &hints, multiplier)
                        })
                    },
                )
            }
            _ => None,
        }
    }

    /// Products; `list(i in 1..5: …)` stands for one for each i.
    fn hints(&mut self, state: &State, exprs: &[Expr]) -> Result<Vec<Hint>, Failure> {
        let mut hints = Vec::new();
        for expr in exprs {
            match &expr.kind {
                Kind::Range(Fold::List, index, from, to, body) => {
                    let (from, to) = (
                        self.library.index(from, &state.names)?,
                        self.library.index(to, &state.names)?,
                    );
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
    fn hint(&mut self, state: &State, expr: &Expr) -> Result<Hint, Failure> {
        let mut hint = Hint::default();
        self.collect(state, expr, 1, &mut hint)?;
        Ok(hint)
    }

    fn collect(
        &mut self,
        state: &State,
        expr: &Expr,
        times: usize,
        hint: &mut Hint,
    ) -> Result<(), Failure> {
        match &expr.kind {
            Kind::Binary(Operation::Multiply, left, right) => {
                self.collect(state, left, times, hint)?;
                self.collect(state, right, times, hint)
            }
            Kind::Binary(Operation::Power, base, exponent)
                if self.hypothesis(state, base).is_ok() =>
            {
                let exponent = self.library.index(exponent, &state.names)?;
                self.collect(state, base, times * exponent, hint)
            }
            Kind::Call(name, arguments) if name == "sq" && arguments.len() == 1 => {
                let terms = self.terms(state, &[arguments[0].1.clone()])?;
                hint.squares
                    .extend(terms.into_iter().map(|(_, reduced)| reduced));
                Ok(())
            }
            Kind::Number(value) if value.is_one() => Ok(()),
            _ => {
                match self.hypothesis(state, expr) {
                    Ok(index) => hint.hypotheses.extend(std::iter::repeat_n(index, times)),
                    Err(failure) => {
                        let Ok(terms) = self.terms(state, std::slice::from_ref(expr)) else {
                            return Err(failure);
                        };
                        hint.factors
                            .extend(terms.into_iter().map(|(_, reduced)| reduced));
                    }
                }
                Ok(())
            }
        }
    }
}
