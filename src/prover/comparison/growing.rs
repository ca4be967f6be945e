//! A context that grows by cuts: signs of divisors, and hypotheses once more when those are known. UNTRUSTED.
//!
//! A hypothesis over a divisor whose sign was not known when it came in has no polynomial form; it has one when it comes in
//! again after that sign.

use super::evidence::positive;
use crate::kernel::context::{Context, Hypothesis};
use crate::kernel::normal::Atoms;
use crate::kernel::proof::Proof;
use crate::kernel::rejection::Rejection;
use crate::kernel::term::Formula;
use crate::print::normal::divisor;
use crate::prover::hypotheses::Assume;
use std::rc::Rc;

/// Largest hypothesis that comes in again; `have` it in parts where that is needed.
const SIZE: usize = 800;

/// A context, and the cuts by which it grew.
pub(in crate::prover) struct Growing {
    pub(in crate::prover) context: Context,
    cuts: Vec<(Formula, Proof)>,
}

/// Whether a divisor that a comparison needs positive can be shown so.
pub(super) type Settle<'s> = &'s dyn Fn(&Context, &mut Atoms, &Formula) -> Option<Proof>;

impl Growing {
    pub(in crate::prover) fn new(context: &Context) -> Self {
        Self {
            context: context.clone(),
            cuts: Vec::new(),
        }
    }

    /// Takes in what was proved here.
    pub(in crate::prover) fn cut(&mut self, formula: Formula, proof: Proof, atoms: &mut Atoms) {
        self.context.assume(formula.clone(), atoms);
        self.cuts.push((formula, proof));
    }

    /// Takes in again those wanted hypotheses that get a polynomial form by that, after the signs of their divisors as far
    /// as they can be shown; whether there is one.
    pub(super) fn again(
        &mut self,
        atoms: &mut Atoms,
        wanted: &dyn Fn(usize) -> bool,
        settle: Settle<'_>,
    ) -> bool {
        let known = self.context.hypotheses.clone();
        let cleared = |hypothesis: &Rc<Hypothesis>| hypothesis.known().is_some();
        let mut any = false;
        for (index, hypothesis) in known.iter().enumerate() {
            let Formula::Compare(..) = hypothesis.formula else {
                continue;
            };
            let there =
                |other: &Rc<Hypothesis>| cleared(other) && other.formula == hypothesis.formula;
            if cleared(hypothesis)
                || !wanted(index)
                || hypothesis.formula.size() > SIZE
                || known.iter().any(there)
            {
                continue;
            }
            if self.settled(atoms, &hypothesis.formula, settle) {
                self.cut(hypothesis.formula.clone(), Proof::Hypothesis(index), atoms);
                any = true;
            }
        }
        any
    }

    /// Whether a comparison has a polynomial form here, once the signs of its divisors are taken in.
    fn settled(&mut self, atoms: &mut Atoms, comparison: &Formula, settle: Settle<'_>) -> bool {
        loop {
            match self.context.clear(comparison, atoms) {
                Ok(_) => return true,
                Err(Rejection::Divisor(_, reciprocal)) => {
                    let sign = positive(divisor(atoms, reciprocal));
                    let Some(proof) = settle(&self.context, atoms, &sign) else {
                        return false;
                    };
                    self.cut(sign, proof, atoms);
                }
                Err(_) => return false,
            }
        }
    }

    /// A proof in the context that it grew from.
    pub(in crate::prover) fn close(self, proof: Proof) -> Proof {
        let cut = |rest, (formula, first)| Proof::Cut(formula, Box::new(first), Box::new(rest));
        self.cuts.into_iter().rev().fold(proof, cut)
    }
}
