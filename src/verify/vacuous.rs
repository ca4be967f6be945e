//! Whether the hypotheses of a claim can hold: a claim about nothing is true, whatever it says. Untrusted, but for the
//! kernel's word: it checks the point at which they hold.

use super::coq::digest;
use crate::certificate::StepText;
use crate::kernel::limits::within;
use crate::kernel::number::Rational;
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
const STEPS: usize = 300_000;

/// What is said of a claim with hypotheses that no point is known to fulfil.
pub const REMARK: &str =
    "no point was found at which the hypotheses hold: the claim may be about nothing";

/// The systems of hypotheses looked at so far, by their digest, and whether a point was found.
#[derive(Debug, Default)]
pub(super) struct Hypotheses(Mutex<BTreeMap<String, bool>>);

impl Hypotheses {
    /// A remark on a proved claim unless it has no hypotheses, or the kernel accepts a point at which they hold.
    pub(super) fn remark(&self, entry: &Entry) -> Option<String> {
        let emptied = entry.statement.as_ref().and_then(emptied)?;
        let key = digest(format!("{emptied:?}").as_bytes());
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = lock().get(&key).copied();
        let hold = known.unwrap_or_else(|| hold(entry, &emptied.negation()).is_some());
        lock().insert(key, hold);
        (!hold).then(|| REMARK.to_string())
    }
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
    let step = StepText::new(&entry.library.statement(stated), &proof).step(&[]);
    Proved::check_step(&sexp::read(&step).ok()?, &[]).ok()
}
