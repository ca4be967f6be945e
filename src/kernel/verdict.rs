//! What the kernel has proved, and the certificate file. Part of the trusted kernel.

use super::Premise;
use super::{
    Atoms, Checked, Checker, Context, Formula, Proof, Reducer, Rejected, Rejection, Sexp,
    Statement, bounded, fails, limits, sexp,
};
use std::collections::BTreeSet;

/// A statement that the kernel has proved. [`Proved::check`] is the only way to one.
#[derive(Clone, Debug)]
pub struct Proved {
    statement: Statement,
    reduced: Formula,
}

impl Proved {
    /// Checks evidence for a statement; `premises` are what the evidence may refer to as already proved.
    ///
    /// # Errors
    /// The first `Rejection`.
    pub fn check(statement: &Statement, premises: &[&Self], proof: &Proof) -> Checked<Self> {
        bounded(|| Self::checked(statement.clone(), premises, proof))
    }

    fn checked(statement: Statement, premises: &[&Self], proof: &Proof) -> Checked<Self> {
        let reducer = Reducer::new(&statement.definitions)?;
        let reduced = reducer.formula(&statement.formula, &BTreeSet::new())?;
        let premises: Vec<&Formula> = premises.iter().map(|premise| &premise.reduced).collect();
        let mut checker = Checker {
            reducer,
            premises: &premises,
            atoms: Atoms::default(),
        };
        checker.check(&Context::default(), &reduced, proof)?;
        Ok(Self { statement, reduced })
    }

    /// Checks one step `(step (i …) statement proof)`; the proof's premise k is the statement with the k-th index.
    ///
    /// # Errors
    /// The first `Rejection`.
    pub fn check_step(step: &Sexp<'_>, earlier: &[Self]) -> Checked<Self> {
        bounded(|| Self::checked_step(step, earlier))
    }

    fn checked_step(step: &Sexp<'_>, earlier: &[Self]) -> Checked<Self> {
        let ("step", [indices, stated, evidence]) = step.form()? else {
            return Err(step.unknown().into());
        };
        let premise = |index: usize| earlier.get(index).ok_or(fails(Premise::Premise, [index]));
        let premises: Vec<&Self> = indices
            .read::<Vec<usize>>()?
            .into_iter()
            .map(premise)
            .collect::<Checked<_>>()?;
        Self::checked(stated.read()?, &premises, &evidence.read()?)
    }

    /// Checks a certificate text: `(certificate 3 step …)`; each step may use the statements before it, numbered from 0.
    /// Returns what was proved, in order; the last is what the certificate is for.
    ///
    /// # Errors
    /// The first `Rejection`, with the step in which it is met.
    pub fn check_text(text: &str) -> Result<Vec<Self>, Rejected> {
        bounded(|| Self::checked_text(text))
    }

    fn checked_text(text: &str) -> Result<Vec<Self>, Rejected> {
        let certificate = sexp::read(text)?;
        let ("certificate", [version, first, rest @ ..]) = certificate.form()? else {
            return Err(certificate.unknown().into());
        };
        let found = version.word()?;
        if found != limits::VERSION {
            let found = found.chars().take(40).collect();
            return Err(Rejection::Version(found).into());
        }
        let mut proved = Vec::new();
        for (index, step) in std::iter::once(first).chain(rest).enumerate() {
            let checked = Self::checked_step(step, &proved).map_err(|reason| Rejected {
                step: Some(index),
                reason,
            });
            proved.push(checked?);
        }
        Ok(proved)
    }

    /// The statement with definitions carried out, as a premise of other proofs.
    pub fn reduced(&self) -> &Formula {
        &self.reduced
    }

    /// What was proved.
    pub fn statement(&self) -> &Statement {
        &self.statement
    }
}
