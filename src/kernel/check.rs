//! The checker: one arm for each rule of [`Proof`]. Part of the trusted kernel.

use super::Premise;
use super::{
    Atoms, Checked, Context, Formula, Matrix, Name, Predicate, Proof, Reducer, Substitution, Term,
};
use super::{
    calculus, cone, count, ensure, evaluate, facts, fails, roots, spend, substitute_formula,
    surface,
};

/// What the rules share: definitions, premises and the table of indeterminates.
#[derive(Debug)]
pub struct Checker<'p> {
    /// Carries out definitions in formulas and terms of the evidence.
    pub reducer: Reducer,
    /// Reduced statements already proved.
    pub premises: &'p [&'p Formula],
    /// The indeterminates met so far.
    pub atoms: Atoms,
}

/// A body with terms for its variables.
fn instantiate(names: &[Name], terms: &[Term], body: &Formula) -> Checked<Formula> {
    count(names.len(), terms.len())?;
    spend(names.len())?;
    spend(terms.iter().map(Term::size).fold(0, usize::saturating_add))?;
    let by: Substitution = names.iter().cloned().zip(terms.iter().cloned()).collect();
    substitute_formula(body, &by)
}

impl Checker<'_> {
    fn terms(&self, context: &Context, terms: &[Term]) -> Checked<Vec<Term>> {
        terms
            .iter()
            .map(|term| self.reducer.term(term, &context.scope))
            .collect()
    }

    /// The body of a quantifier with fresh variables, which come into scope.
    fn open(
        context: &mut Context,
        bound: &[Name],
        fresh: &[Name],
        body: &Formula,
    ) -> Checked<Formula> {
        spend(fresh.len().saturating_mul(2))?;
        context.declare(fresh)?;
        let terms: Vec<Term> = fresh.iter().cloned().map(Term::Variable).collect();
        instantiate(bound, &terms, body)
    }

    /// Checks with one more hypothesis.
    fn with(
        &mut self,
        context: &Context,
        formula: Formula,
        goal: &Formula,
        next: &Proof,
    ) -> Checked {
        spend(formula.size())?;
        let mut inner = context.extended()?;
        inner.suppose(formula);
        self.check(&inner, goal, next)
    }

    /// The rules about predicates: each decides one, or that it does not hold.
    fn decide(&mut self, goal: &Formula, proof: &Proof) -> Checked {
        let Formula::Holds(predicate, holds) = goal else {
            return Err(fails(Premise::OtherGoal, []));
        };
        let found = match (proof, &predicate.predicate) {
            (
                Proof::Roots(points),
                Predicate::Roots {
                    polynomial,
                    variable,
                    from,
                    to,
                    count,
                },
            ) => {
                let polynomial = roots::coefficients(polynomial, variable, &mut self.atoms)?;
                let ends = [roots::end(from.as_ref(), -1), roots::end(to.as_ref(), 1)];
                roots::count(&polynomial, ends, points)? == *count
            }
            (Proof::Rank, Predicate::Rank { matrix, rank }) => {
                Matrix::new(matrix)?.rank()? == *rank
            }
            (Proof::Inertia(congruence), Predicate::Inertia { matrix, counts }) => {
                Matrix::new(matrix)?.inertia(&Matrix::new(congruence)?)? == *counts
            }
            (Proof::Surface(evidence), Predicate::Surface(statement)) => {
                return surface::check(statement, *holds, evidence);
            }
            _ => return Err(fails(Premise::OtherRule, [])),
        };
        ensure(found == *holds, Premise::Predicate, [])
    }

    /// Whether the evidence proves the goal from the hypotheses. The introduction rules:
    ///
    /// ```text
    /// Γ ⊢ A[y], y fresh      Γ, A ⊢ B       Γ ⊢ A   Γ ⊢ B      Γ ⊢ A         Γ ⊢ A[t]
    /// ───────────────── fix  ───────── assume ───────────── each ────────── choose ────────── witness
    /// Γ ⊢ ∀x. A[x]           Γ ⊢ A → B      Γ ⊢ A ∧ B          Γ ⊢ A ∨ B     Γ ⊢ ∃x. A[x]
    /// ```
    ///
    /// # Errors
    /// The first `Rejection`.
    pub fn check(&mut self, context: &Context, goal: &Formula, proof: &Proof) -> Checked {
        match (proof, goal) {
            (Proof::Fix(fresh, next), Formula::Forall(bound, body)) => {
                let mut inner = context.extended()?;
                let body = Self::open(&mut inner, bound, fresh, body)?;
                self.check(&inner, &body, next)
            }
            (Proof::Assume(next), Formula::Implies(premise, conclusion)) => {
                self.with(context, (**premise).clone(), conclusion, next)
            }
            (Proof::Each(proofs), Formula::And(goals)) => {
                count(goals.len(), proofs.len())?;
                goals
                    .iter()
                    .zip(proofs)
                    .try_for_each(|(goal, proof)| self.check(context, goal, proof))
            }
            (Proof::Choose(index, next), Formula::Or(goals)) => {
                let goal = goals
                    .get(*index)
                    .ok_or(fails(Premise::Disjunct, [*index]))?;
                self.check(context, goal, next)
            }
            (Proof::Witness(terms, next), Formula::Exists(bound, body)) => {
                let goal = instantiate(bound, &self.terms(context, terms)?, body)?;
                self.check(context, &goal, next)
            }
            _ => self.extend(context, goal, proof),
        }
    }

    /// The elimination rules, on a hypothesis of the context.
    ///
    /// ```text
    /// Γ ∋ ∀x. A[x]   Γ, A[t] ⊢ G      Γ ∋ A → B   Γ ⊢ A   Γ, B ⊢ G      Γ ∋ A ∨ B   Γ, A ⊢ G   Γ, B ⊢ G
    /// ────────────────────── instance ───────────────────────── apply ────────────────────────────── cases
    /// Γ ⊢ G                           Γ ⊢ G                             Γ ⊢ G
    ///
    /// Γ ∋ ∃x. A[x]   Γ, A[y] ⊢ G, y fresh        Γ ∋ G
    /// ─────────────────────────────── obtain     ───── hypothesis
    /// Γ ⊢ G                                      Γ ⊢ G
    /// ```
    fn eliminate(
        &mut self,
        context: &Context,
        goal: &Formula,
        proof: &Proof,
        index: usize,
    ) -> Checked {
        let hypothesis = context.hypothesis(index)?;
        match (proof, &hypothesis.formula) {
            (Proof::Hypothesis(_), there) => {
                ensure(goal.same(there)?, Premise::NotTheGoal, [index])
            }
            (Proof::Instance(_, terms, next), Formula::Forall(bound, body)) => {
                let instance = instantiate(bound, &self.terms(context, terms)?, body)?;
                self.with(context, instance, goal, next)
            }
            (Proof::Apply(_, first, next), Formula::Implies(premise, conclusion)) => {
                self.check(context, premise, first)?;
                self.with(context, (**conclusion).clone(), goal, next)
            }
            (Proof::Cases(_, proofs), Formula::Or(disjuncts)) => {
                count(disjuncts.len(), proofs.len())?;
                disjuncts
                    .iter()
                    .zip(proofs)
                    .try_for_each(|(part, proof)| self.with(context, part.clone(), goal, proof))
            }
            (Proof::Obtain(_, fresh, next), Formula::Exists(bound, body)) => {
                let mut inner = context.extended()?;
                let body = Self::open(&mut inner, bound, fresh, body)?;
                self.with(&inner, body, goal, next)
            }
            _ => Err(fails(Premise::OtherForm, [index])),
        }
    }

    /// The rules that add a hypothesis, and those about any goal.
    ///
    /// ```text
    /// Γ ⊢ A   Γ, A ⊢ G     Γ, s < t ⊢ G   Γ, t ≤ s ⊢ G     Γ, law(t…) ⊢ G     Γ, P ⊢ G, P proved     Γ ⊢ ⊥
    /// ──────────────── cut ─────────────────────── split   ───────────── law  ────────────── premise  ───── absurd
    /// Γ ⊢ G                Γ ⊢ G                           Γ ⊢ G              Γ ⊢ G                  Γ ⊢ G
    ///
    /// Γ, theorem(f, x, a, b) ⊢ G, x not in scope
    /// ────────────────────────────────────────── calculus
    /// Γ ⊢ G
    /// ```
    fn extend(&mut self, context: &Context, goal: &Formula, proof: &Proof) -> Checked {
        match proof {
            Proof::Cut(lemma, first, next) => {
                let lemma = self.reducer.formula(lemma, &context.scope)?;
                self.check(context, &lemma, first)?;
                self.with(context, lemma, goal, next)
            }
            Proof::Split(comparison, first, second) => {
                let comparison = self.reducer.formula(comparison, &context.scope)?;
                let Formula::Compare(..) = comparison else {
                    return Err(fails(Premise::Comparison, []));
                };
                let negation = comparison.negation();
                self.with(context, comparison, goal, first)?;
                self.with(context, negation, goal, second)
            }
            Proof::Law(law, terms, next) => {
                let terms = self.terms(context, terms)?;
                let instance = facts::instance(law, &terms)?;
                self.with(context, instance, goal, next)
            }
            Proof::Calculus(theorem, function, variable, (a, b), next) => {
                let mut inner = context.extended()?;
                inner.declare(std::slice::from_ref(variable))?;
                let function = self.reducer.term(function, &inner.scope)?;
                let instance = calculus::instance(*theorem, &function, variable, [a, b])?;
                let instance = self.reducer.formula(&instance, &context.scope)?;
                self.with(context, instance, goal, next)
            }
            Proof::Premise(index, next) => {
                let premise = *self
                    .premises
                    .get(*index)
                    .ok_or(fails(Premise::Premise, [*index]))?;
                spend(premise.size())?;
                self.with(context, premise.clone(), goal, next)
            }
            Proof::Absurd(next) => self.check(context, &Formula::FALSE, next),
            Proof::Hypothesis(index)
            | Proof::Instance(index, ..)
            | Proof::Apply(index, ..)
            | Proof::Cases(index, ..)
            | Proof::Obtain(index, ..) => self.eliminate(context, goal, proof, *index),
            Proof::Cone(evidence) => cone::check(context, &mut self.atoms, goal, evidence),
            Proof::Interval(bits) => evaluate::check(context, goal, *bits),
            Proof::Roots(_) | Proof::Rank | Proof::Inertia(_) | Proof::Surface(_) => {
                self.decide(goal, proof)
            }
            _ => Err(fails(Premise::OtherGoal, [])),
        }
    }
}
