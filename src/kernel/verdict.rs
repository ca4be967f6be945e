//! What the kernel has proved, and the certificate file. Part of the trusted kernel.

use super::check::Checker;
use super::context::Context;
use super::normal::Atoms;
use super::proof::Proof;
use super::read::statement;
use super::read_proof::proof;
use super::reduce::Reducer;
use super::rejection::Rejection;
use super::sexp;
use super::term::{Formula, Statement};
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
    /// The first [`Rejection`].
    pub fn check(statement: &Statement, premises: &[&Self], proof: &Proof) -> Result<Self, Rejection> {
        let reducer = Reducer::new(&statement.definitions)?;
        let reduced = reducer.formula(&statement.formula, &BTreeSet::new())?;
        let premises: Vec<Formula> = premises.iter().map(|premise| premise.reduced.clone()).collect();
        let mut checker = Checker { reducer, premises: &premises, atoms: Atoms::default() };
        checker.check(&Context::default(), &reduced, proof)?;
        Ok(Self { statement: statement.clone(), reduced })
    }

    /// Checks a certificate text: `(certificate 1 ((statement proof) …))`; each proof may refer to the statements before
    /// it as premises, numbered from 0. Returns what was proved, in order; the last is what the certificate is for.
    ///
    /// # Errors
    /// The first [`Rejection`].
    pub fn check_text(text: &str) -> Result<Vec<Self>, Rejection> {
        let certificate = sexp::read(text)?;
        let [version, steps] = certificate.tagged("certificate")?;
        if version.word()? != "1" {
            return Err(version.unknown().into());
        }
        let mut proved: Vec<Self> = Vec::new();
        for step in steps.list()? {
            let [stated, evidence] = step.array()?;
            let premises: Vec<&Self> = proved.iter().collect();
            let next = Self::check(&statement(stated)?, &premises, &proof(evidence)?)?;
            proved.push(next);
        }
        Ok(proved)
    }

    /// What was proved.
    #[must_use]
    pub fn statement(&self) -> &Statement {
        &self.statement
    }
}
