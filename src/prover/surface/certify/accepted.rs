//! What the kernel has accepted, statement by statement.

use super::super::attraction;
use super::super::barrier::Problem;
use crate::certificate::of_surfaces;
use crate::kernel::rejection::Rejected;
use crate::kernel::surface::{Barrier, Evidence, Minimum, Statement};
use crate::kernel::verdict::Proved;

/// A statement with its evidence.
pub type Step = (Statement, Evidence);

/// Statements with their evidence, in the order in which the kernel has accepted them.
pub(super) struct Accepted<'t> {
    pub(super) steps: Vec<Step>,
    /// Is told of each.
    told: &'t dyn Fn(&Step),
}

impl<'t> Accepted<'t> {
    pub(super) fn new(told: &'t dyn Fn(&Step)) -> Self {
        Self {
            steps: Vec::new(),
            told,
        }
    }

    /// Adds a statement that the kernel accepts when it reads the text, with the budget of a check.
    pub(super) fn add(&mut self, statement: Statement, evidence: Evidence) -> Result<(), Rejected> {
        Proved::check_text(&of_surfaces([(&statement, &evidence)]))?;
        let step = (statement, evidence);
        (self.told)(&step);
        self.steps.push(step);
        Ok(())
    }

    /// Adds a minimum and, if asked for, that it attracts.
    pub(super) fn add_minimum(
        &mut self,
        problem: &Problem,
        minimum: Minimum,
        barrier: Barrier,
        attraction: bool,
    ) -> Result<(), Rejected> {
        let ball = attraction.then(|| attraction::prove(problem, &minimum, barrier.grid));
        let shown = barrier.clone();
        self.add(
            Statement::Minimum(Box::new(minimum)),
            Evidence::Barrier(barrier),
        )?;
        if let Some((stated, columns)) = ball.flatten() {
            // A minimum need not attract: whether this is accepted decides nothing else.
            let _ = self.add(
                Statement::Attraction(Box::new(stated)),
                Evidence::Attraction(shown, columns),
            );
        }
        Ok(())
    }

    pub(super) fn minima(&self) -> Vec<Minimum> {
        minima(&self.steps)
    }
}

/// The minima among what was accepted.
pub(super) fn minima(steps: &[Step]) -> Vec<Minimum> {
    let each = steps.iter().filter_map(|(statement, _)| match statement {
        Statement::Minimum(minimum) => Some((**minimum).clone()),
        Statement::Spurious(_)
        | Statement::NoCriticalPoint(_)
        | Statement::Balanced(_)
        | Statement::Limit(_)
        | Statement::Attraction(_)
        | Statement::Minima(_)
        | Statement::Product(_)
        | Statement::Critical(_) => None,
    });
    each.collect()
}
