//! The steps that use a hypothesis, an earlier claim or a law. UNTRUSTED.

use super::failure::{Failure, fail};
use super::state::{State, instantiate};
use super::{Ahead, Engine};
use crate::kernel::calculus::{self, Theorem};
use crate::kernel::facts;
use crate::kernel::proof::Proof;
use crate::kernel::term::{Formula, Name, Term};
use crate::ledger::syntax::{Expr, Kind, Step};

impl Engine<'_> {
    pub(super) fn use_hypothesis(
        &mut self,
        state: &State,
        name: &Expr,
        arguments: &[Expr],
        label: Option<String>,
        ahead: Ahead<'_>,
    ) -> Result<Proof, Failure> {
        let index = self.hypothesis(state, name)?;
        self.instance(state, index, arguments, label, ahead)
    }

    pub(super) fn lemma(
        &mut self,
        state: &State,
        id: &str,
        arguments: &[Expr],
        label: Option<String>,
        ahead: Ahead<'_>,
    ) -> Result<Proof, Failure> {
        let Some((number, statement)) = self.premises.get(id).cloned() else {
            return fail(
                ahead.place,
                format!("no proved claim `{id}` is at hand here"),
            );
        };
        let index = state.context.hypotheses.len();
        let next = if arguments.is_empty() {
            let inner = self.assuming(state, statement, label);
            *self.go_on(&inner, ahead)?
        } else {
            let inner = self.assuming(state, statement, None);
            self.instance(&inner, index, arguments, label, ahead)?
        };
        Ok(Proof::Premise(number, Box::new(next)))
    }

    pub(super) fn law(
        &mut self,
        state: &State,
        word: &str,
        arguments: &[Expr],
        label: Option<String>,
        ahead: Ahead<'_>,
    ) -> Result<Proof, Failure> {
        let terms = self.terms(state, arguments)?;
        let reduced: Vec<Term> = terms.iter().map(|(_, reduced)| reduced.clone()).collect();
        let Ok(instance) = facts::instance(&word.into(), &reduced) else {
            let known: Vec<&str> = facts::LAWS.into_iter().map(facts::name).collect();
            return fail(
                ahead.place,
                format!(
                    "no such law at so many terms: expected one of {}",
                    known.join(", ")
                ),
            );
        };
        let next = self.concluding(state, instance, label, ahead)?;
        Ok(Proof::Law(
            word.into(),
            terms.into_iter().map(|(term, _)| term).collect(),
            Box::new(next),
        ))
    }

    /// `calculus theorem(f, x, a, b)`: x is bound in f.
    pub(super) fn calculus(
        &mut self,
        state: &State,
        word: &str,
        arguments: &[Expr],
        label: Option<String>,
        ahead: Ahead<'_>,
    ) -> Result<Proof, Failure> {
        let Some(theorem) = Theorem::named(word) else {
            let known = Theorem::ALL.map(Theorem::word).join(", ");
            return fail(
                ahead.place,
                format!("no such theorem: expected one of {known}"),
            );
        };
        let (function, variable, ends) = match arguments {
            [
                function,
                Expr {
                    kind: Kind::Name(variable),
                    ..
                },
                ends @ ..,
            ] if ends.len() == 2 => (function, variable, ends),
            _ => {
                return fail(
                    ahead.place,
                    format!("expected {word}(f, x, a, b) with a variable x"),
                );
            }
        };
        let mut inner = state.clone();
        let bound = inner.names.bind(variable, None, ahead.place)?;
        inner.context.scope.extend(bound.iter().cloned());
        let functions = self.terms(&inner, std::slice::from_ref(function))?;
        let ends = self.terms(state, ends)?;
        let ([(f, reduced)], [(a, _), (b, _)], [x]) = (&*functions, &*ends, &*bound) else {
            return fail(ahead.place, "expected numbers, found a vector");
        };
        let instance = calculus::instance(theorem, reduced, x, [a, b])
            .and_then(|instance| self.reducer.formula(&instance, &state.context.scope));
        let instance = instance.or_else(|fault| fail(ahead.place, format!("{fault}")))?;
        let next = Box::new(self.concluding(state, instance, label, ahead)?);
        let ends = (a.clone(), b.clone());
        Ok(Proof::Calculus(theorem, f.clone(), x.clone(), ends, next))
    }

    pub(super) fn cases(
        &mut self,
        state: &State,
        name: &Expr,
        blocks: &[Vec<Step>],
        ahead: Ahead<'_>,
    ) -> Result<Proof, Failure> {
        let index = self.hypothesis(state, name)?;
        let Formula::Or(items) = state.context.hypotheses[index].formula.clone() else {
            return fail(ahead.place, "this hypothesis has no cases");
        };
        if items.len() != blocks.len() {
            return fail(
                ahead.place,
                format!(
                    "there are {} cases, found {} blocks",
                    items.len(),
                    blocks.len()
                ),
            );
        }
        let mut proofs = Vec::new();
        for (item, block) in items.into_iter().zip(blocks) {
            let inner = self.assuming(state, item, None);
            proofs.push(self.block(&inner, block, ahead)?);
        }
        Ok(Proof::Cases(index, proofs))
    }

    pub(super) fn obtain(
        &mut self,
        state: &State,
        name: &Expr,
        variables: &[String],
        ahead: Ahead<'_>,
    ) -> Result<Proof, Failure> {
        let index = self.hypothesis(state, name)?;
        let Formula::Exists(bound, body) = state.context.hypotheses[index].formula.clone() else {
            return fail(ahead.place, "this hypothesis claims no existence");
        };
        let fresh: Vec<Name> = variables
            .iter()
            .map(|name| Name::from(name.as_str()))
            .collect();
        let mut inner = state.clone();
        inner.call(&fresh, &fresh);
        let body = inner.declare(&bound, &fresh, &body, ahead.place)?;
        let inner = self.assuming(&inner, body, None);
        Ok(Proof::Obtain(index, fresh, self.go_on(&inner, ahead)?))
    }

    /// A universal hypothesis at terms, or the hypothesis itself if it is not universal, then what follows from it.
    fn instance(
        &mut self,
        state: &State,
        index: usize,
        arguments: &[Expr],
        label: Option<String>,
        ahead: Ahead<'_>,
    ) -> Result<Proof, Failure> {
        let Formula::Forall(bound, body) = state.context.hypotheses[index].formula.clone() else {
            return self.conclude(state, index, label, ahead);
        };
        let terms = self.terms(state, arguments)?;
        let instance = instantiate(
            &bound,
            terms.iter().map(|(_, reduced)| reduced.clone()),
            &body,
            ahead.place,
        )?;
        let next = self.concluding(state, instance, label, ahead)?;
        Ok(Proof::Instance(
            index,
            terms.into_iter().map(|(term, _)| term).collect(),
            Box::new(next),
        ))
    }

    /// Takes in a formula and goes on with what follows from it, which the label names.
    fn concluding(
        &mut self,
        state: &State,
        formula: Formula,
        label: Option<String>,
        ahead: Ahead<'_>,
    ) -> Result<Proof, Failure> {
        let index = state.context.hypotheses.len();
        let direct = !matches!(formula, Formula::Implies(..));
        let inner = self.assuming(state, formula, label.clone().filter(|_| direct));
        self.conclude(&inner, index, label, ahead)
    }

    /// Goes on with the conclusion of a hypothesis that is an implication, or with the hypothesis.
    fn conclude(
        &mut self,
        state: &State,
        index: usize,
        label: Option<String>,
        ahead: Ahead<'_>,
    ) -> Result<Proof, Failure> {
        let implication = state
            .context
            .hypotheses
            .get(index)
            .map(|hypothesis| hypothesis.formula.clone());
        let Some(Formula::Implies(premise, conclusion)) = implication else {
            return self.go_on(state, ahead).map(|proof| *proof);
        };
        let first = self.automatic(state, &premise, ahead.place)?;
        let inner = self.assuming(state, *conclusion, label);
        Ok(Proof::Apply(
            index,
            Box::new(first),
            self.go_on(&inner, ahead)?,
        ))
    }

    /// The index of a hypothesis: `h3` is the third, other names are labels.
    pub(super) fn hypothesis(&self, state: &State, expr: &Expr) -> Result<usize, Failure> {
        let label = self.label(state, expr)?;
        if let Some(index) = state.labels.get(&label) {
            return Ok(*index);
        }
        let numbered = label
            .strip_prefix('h')
            .and_then(|digits| digits.parse::<usize>().ok());
        match numbered.and_then(|number| number.checked_sub(1)) {
            Some(index) if index < state.context.hypotheses.len() => Ok(index),
            _ => fail(
                expr.place,
                format!("no hypothesis is called `{label}`{}", state.assumptions()),
            ),
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
}
