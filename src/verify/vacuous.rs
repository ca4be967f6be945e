//! Whether the hypotheses of a claim can hold: a claim about nothing is true, whatever it says. Untrusted, but for the
//! kernel's word: it checks the point at which they hold.

use super::coq::digest;
use super::script::Engine;
use crate::certificate::StepText;
use crate::kernel::limits::within;
use crate::kernel::number::Rational;
use crate::kernel::proof::Proof;
use crate::kernel::reduce::Reducer;
use crate::kernel::sexp;
use crate::kernel::term::{Formula, Relation, Statement, Term};
use crate::kernel::verdict::Proved;
use crate::ledger::source::Entry;
use crate::prover::counterexample;
use num_traits::{One, Zero};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// Steps of the search for one point.
const STEPS: usize = 30_000;

/// What is said of a claim whose hypotheses contradict each other.
pub const REMARK: &str = "no point fulfils the hypotheses: the claim is about nothing";

/// Whether the hypotheses of a claim can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hypotheses {
    /// The kernel accepts a point at which they hold.
    Hold,
    /// The kernel accepts a proof that they hold nowhere.
    Contradict,
    /// Neither was found.
    Unknown,
}

impl Hypotheses {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Contradict => "contradict",
            Self::Unknown => "unknown",
        }
    }
}

/// The systems of hypotheses looked at so far, by their digest.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<BTreeMap<String, Hypotheses>>);

impl Known {
    /// Whether the hypotheses of a claim can hold, if it has any.
    pub(super) fn hypotheses(&self, entry: &Entry) -> Option<Hypotheses> {
        let emptied = entry.statement.as_ref().and_then(emptied)?;
        let key = digest(format!("{emptied:?}").as_bytes());
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(&key).copied();
        let found = known.unwrap_or_else(|| {
            if hold(entry, &emptied.negation()).is_some() {
                Hypotheses::Hold
            } else if contradict(entry, &emptied).is_some() {
                Hypotheses::Contradict
            } else {
                Hypotheses::Unknown
            }
        });
        lock().insert(key, found);
        Some(found)
    }
}

/// A checked proof, without a script, that the hypotheses hold nowhere.
fn contradict(entry: &Entry, emptied: &Statement) -> Option<Proved> {
    let reducer = Reducer::new(entry.library.kernel_definitions()).ok()?;
    let goal = reducer.formula(&emptied.formula, &BTreeSet::new()).ok()?;
    let mut engine = Engine::new(&entry.library, reducer, BTreeMap::new()).briefly();
    let proof = engine.prove(&goal, &[], entry.claim.place).ok()?;
    checked(entry, emptied.formula.clone(), &proof)
}

fn checked(entry: &Entry, stated: Formula, proof: &Proof) -> Option<Proved> {
    let step = StepText::new(&entry.library.statement(stated), proof).step(&[]);
    Proved::check_step(&sexp::read(&step).ok()?, &[]).ok()
}

/// The statement with a false conclusion, if it has a hypothesis.
fn emptied(statement: &Statement) -> Option<Statement> {
    Some(Statement {
        definitions: statement.definitions.clone(),
        formula: without_conclusion(&statement.formula)?,
    })
}

fn without_conclusion(formula: &Formula) -> Option<Formula> {
    match formula {
        Formula::Forall(names, body) => {
            let body = without_conclusion(body)?;
            Some(Formula::Forall(names.clone(), Box::new(body)))
        }
        Formula::Implies(premise, conclusion) => {
            let [zero, one] = [Rational::zero(), Rational::one()].map(Term::Number);
            let no = || Formula::Compare(one, Relation::AtMost, zero);
            let conclusion = without_conclusion(conclusion).unwrap_or_else(no);
            Some(Formula::Implies(premise.clone(), Box::new(conclusion)))
        }
        _ => None,
    }
}

/// A checked proof that there is a point at which the hypotheses hold.
fn hold(entry: &Entry, there_is: &Statement) -> Option<Proved> {
    let reducer = Reducer::new(entry.library.kernel_definitions()).ok()?;
    let goal = reducer.formula(&there_is.formula, &BTreeSet::new()).ok()?;
    let goal = match goal {
        Formula::Exists(..) => goal,
        closed => Formula::Exists(Vec::new(), Box::new(closed)),
    };
    let stated = match &there_is.formula {
        Formula::Exists(..) => there_is.formula.clone(),
        closed => Formula::Exists(Vec::new(), Box::new(closed.clone())),
    };
    let proof = within(STEPS, || counterexample::find(&goal))?;
    checked(entry, stated, &proof)
}
