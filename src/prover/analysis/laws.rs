//! Laws of functions at the terms that occur in a comparison and its hypotheses. UNTRUSTED.

use super::slope::apply;
use super::{cases, fresh};
use crate::kernel::calculus::Theorem;
use crate::kernel::context::Context;
use crate::kernel::facts;
use crate::kernel::normal::Atoms;
use crate::kernel::number::Rational;
use crate::kernel::proof::{Cone, Multiple, Proof, Summand};
use crate::kernel::reduce::number;
use crate::kernel::term::{Formula, Function, Relation, Term};
use crate::prover::comparison;
use crate::prover::comparison::growing::Growing;
use std::collections::BTreeMap;

/// Most arguments of one function that are compared with each other.
const ARGUMENTS: usize = 6;

/// The arguments of each function, in the order in which they are met.
type Values = BTreeMap<Function, Vec<Term>>;

/// What laws say of the functions in the goal and in the hypotheses.
pub(super) struct Facts {
    growing: Growing,
}

impl Facts {
    /// The context with all of it.
    pub(super) fn context(&self) -> &Context {
        &self.growing.context
    }

    /// A proof in the context without.
    pub(super) fn close(self, proof: Proof) -> Proof {
        self.growing.close(proof)
    }
}

/// Takes in the laws, and with `calculus` which of two values of a function is larger.
pub(super) fn facts(context: &Context, atoms: &mut Atoms, goal: &Formula, calculus: bool) -> Facts {
    let mut facts = Facts {
        growing: Growing::new(context),
    };
    let mut values = Values::new();
    let hypotheses = context
        .hypotheses
        .iter()
        .map(|hypothesis| &hypothesis.formula);
    for formula in [goal].into_iter().chain(hypotheses) {
        if let Formula::Compare(left, _, right) = formula {
            collect(left, &mut values);
            collect(right, &mut values);
        }
    }
    if let (Some(exponents), Some(logs)) = (
        values.get(&Function::Exp).cloned(),
        values.get_mut(&Function::Log),
    ) {
        logs.extend(
            exponents
                .into_iter()
                .map(|t| Term::Apply(Function::Exp, vec![t])),
        );
    }
    for (function, arguments) in &values {
        for argument in arguments.iter().take(ARGUMENTS) {
            facts.about(atoms, *function, argument);
        }
    }
    for (function, arguments) in values.iter().filter(|_| calculus) {
        facts.ordered(atoms, *function, arguments);
    }
    facts
}

fn collect(term: &Term, values: &mut Values) {
    term.each(|part| collect(part, values));
    if let Term::Apply(function, arguments) = term
        && let [argument] = arguments.as_slice()
    {
        let known = values.entry(*function).or_default();
        if !known.contains(argument) {
            known.push(argument.clone());
        }
    }
}

impl Facts {
    /// A law, or the conclusion of one whose premise is proved.
    fn law(&mut self, atoms: &mut Atoms, law: &str, terms: &[Term]) {
        let Ok(instance) = facts::instance(&law.into(), terms) else {
            return;
        };
        let place = self.context().hypotheses.len();
        let (says, rest) = match &instance {
            Formula::Implies(premise, conclusion) => {
                let mut inner = self.context().clone();
                inner.suppose(instance.clone());
                let Some(first) = comparison::prove(&inner, atoms, premise) else {
                    return;
                };
                let parts = parts(conclusion);
                let rest = each(parts, place + 1);
                (
                    conclusion.as_ref().clone(),
                    Proof::Apply(place, Box::new(first), Box::new(rest)),
                )
            }
            Formula::And(items) => (instance.clone(), each(items.len(), place)),
            _ => (instance.clone(), Proof::Hypothesis(place)),
        };
        let proof = Proof::Law(law.into(), terms.to_vec(), Box::new(rest));
        self.growing.cut(says, proof, atoms);
    }

    /// What holds of one value.
    fn about(&mut self, atoms: &mut Atoms, function: Function, argument: &Term) {
        let one = std::slice::from_ref(argument);
        match function {
            Function::Exp => {
                self.law(atoms, "exp_positive", one);
                self.law(atoms, "exp_tangent", one);
            }
            Function::Log => {
                self.law(atoms, "exp_log", one);
                self.product(atoms, argument);
                if let Term::Apply(Function::Exp, inner) = argument {
                    self.law(atoms, "log_exp", inner);
                }
            }
            Function::Sqrt => {
                self.law(atoms, "sqrt_square", one);
                self.root_of_square(atoms, argument);
            }
            Function::Sin | Function::Cos => self.circle(atoms, argument),
            Function::Arctan => {
                self.law(atoms, "arctan_range", one);
                self.law(atoms, "tangent_arctan", one);
            }
            Function::Tanh | Function::Abs | Function::Min | Function::Max => {}
        }
    }

    /// sin² + cos² = 1, and so both are between −1 and 1: 1 ± s = ((1 ± s)² + c²)/2 + (1 − s² − c²)/2.
    fn circle(&mut self, atoms: &mut Atoms, argument: &Term) {
        let place = self.context().hypotheses.len();
        self.law(atoms, "sin_cos_square", std::slice::from_ref(argument));
        let [sin, cos] =
            [Function::Sin, Function::Cos].map(|f| Term::Apply(f, vec![argument.clone()]));
        let half = || Rational::new(1.into(), 2.into());
        for (value, other) in [(&sin, &cos), (&cos, &sin)] {
            for sign in [1, -1] {
                let scaled = Term::Product(vec![number(sign), value.clone()]);
                let says = Formula::Compare(scaled, Relation::AtMost, number(1));
                let opposite = Term::Product(vec![number(-sign), value.clone()]);
                let rest = Term::Sum(vec![number(1), opposite]);
                let square = |term: &Term| Summand {
                    coefficient: half(),
                    hypotheses: Vec::new(),
                    squares: vec![term.clone()],
                };
                let multiple = Multiple {
                    cofactor: Term::Number(half()),
                    hypothesis: place,
                };
                let cone = Cone {
                    summands: vec![square(&rest), square(other)],
                    multiples: vec![multiple],
                    ..Cone::default()
                };
                self.growing.cut(says, Proof::Cone(cone), atoms);
            }
        }
    }

    /// Which of two values is larger, for each two, and for each and the value at a usual point.
    fn ordered(&mut self, atoms: &mut Atoms, function: Function, arguments: &[Term]) {
        let usual = match function {
            Function::Exp | Function::Tanh | Function::Arctan | Function::Sqrt => number(0),
            Function::Log => number(1),
            _ => return,
        };
        let mut all: Vec<Term> = arguments.iter().take(ARGUMENTS).cloned().collect();
        if function == Function::Log {
            self.law(atoms, "log_exp", &[number(0)]);
        }
        if !all.contains(&usual) {
            all.push(usual);
        }
        for (place, a) in all.iter().enumerate() {
            for b in all.iter().skip(place + 1) {
                let _ = self.growth(atoms, function, a, b) || self.growth(atoms, function, b, a);
            }
        }
    }

    /// Takes in that the function grows from a to b, where a is less.
    fn growth(&mut self, atoms: &mut Atoms, function: Function, a: &Term, b: &Term) -> bool {
        for (relation, theorem) in [
            (Relation::Equal, Theorem::Congruence),
            (Relation::Less, Theorem::Increasing),
            (Relation::AtMost, Theorem::Monotone),
        ] {
            let order = Formula::Compare(a.clone(), relation, b.clone());
            if comparison::prove(self.context(), atoms, &order).is_none() {
                continue;
            }
            if self.take(atoms, theorem, function, [a.clone(), b.clone()]) {
                return true;
            }
        }
        false
    }

    /// log(Π xᵢ) = Σ log xᵢ, where all xᵢ are positive.
    fn product(&mut self, atoms: &mut Atoms, argument: &Term) {
        let Term::Product(items) = argument else {
            return;
        };
        let log = |term: &Term| Term::Apply(Function::Log, vec![term.clone()]);
        for item in items {
            self.law(atoms, "exp_log", std::slice::from_ref(item));
        }
        let sum = Term::Sum(items.iter().map(log).collect());
        self.law(atoms, "log_exp", std::slice::from_ref(&sum));
        let exp = Term::Apply(Function::Exp, vec![sum]);
        self.take(
            atoms,
            Theorem::Congruence,
            Function::Log,
            [argument.clone(), exp],
        );
    }

    /// Takes in what a theorem says of a function between two terms, if its premises can be proved.
    fn take(
        &mut self,
        atoms: &mut Atoms,
        theorem: Theorem,
        function: Function,
        ends: [Term; 2],
    ) -> bool {
        let variable = fresh(self.context());
        let value = Term::Apply(function, vec![Term::Variable(variable.clone())]);
        let found = apply(self.context(), atoms, theorem, &value, &variable, ends, 1);
        let Some((says, proof)) = found else {
            return false;
        };
        self.growing.cut(says, proof, atoms);
        true
    }

    /// √(w²) = |w|: neither is less, as both are nonnegative and have the square w².
    fn root_of_square(&mut self, atoms: &mut Atoms, argument: &Term) {
        let Term::Power(base, 2) = argument else {
            return;
        };
        let root = Term::Apply(Function::Sqrt, vec![argument.clone()]);
        let size = Term::Apply(Function::Abs, vec![(**base).clone()]);
        let square = |term: &Term| Term::Power(Box::new(term.clone()), 2);
        let sign = Formula::Compare(number(0), Relation::AtMost, size.clone());
        let value = Formula::Compare(square(&size), Relation::Equal, argument.clone());
        for fact in [sign.clone(), value.clone()] {
            let Some(proof) = cases(self.context(), atoms, &fact, 0) else {
                return;
            };
            self.growing.cut(fact, proof, atoms);
        }
        let of_root = [
            Formula::Compare(number(0), Relation::AtMost, root.clone()),
            Formula::Compare(square(&root), Relation::Equal, argument.clone()),
        ];
        let [Some(sign), Some(value), Some(root_sign), Some(root_value)] =
            [&sign, &value, &of_root[0], &of_root[1]].map(|fact| self.place(fact))
        else {
            return;
        };
        let case = self.context().hypotheses.len() + 1;
        let less = absurd(case, [root_sign, value, root_value]);
        let more = absurd(case, [sign, root_value, value]);
        let equal = Formula::Compare(root.clone(), Relation::Equal, size.clone());
        let each = vec![less, Proof::Hypothesis(case), more];
        let split = Box::new(Proof::Cases(case - 1, each));
        let proof = Proof::Law("trichotomy".into(), vec![root, size], split);
        self.growing.cut(equal, proof, atoms);
    }

    /// Where a formula stands among the hypotheses.
    fn place(&self, formula: &Formula) -> Option<usize> {
        let mut all = self.context().hypotheses.iter();
        all.position(|hypothesis| hypothesis.formula == *formula)
    }
}

/// That p < q is absurd for 0 ≤ p, q² = w, p² = w: (q − p)² + 2 (q − p) p = q² − p² = 0.
fn absurd(less: usize, [sign, larger, smaller]: [usize; 3]) -> Proof {
    let summand = |coefficient: i32, hypotheses| Summand {
        coefficient: Rational::from_integer(coefficient.into()),
        hypotheses,
        squares: Vec::new(),
    };
    let multiple = |cofactor, hypothesis| Multiple {
        cofactor: number(cofactor),
        hypothesis,
    };
    let cone = Cone {
        summands: vec![summand(1, vec![less, less]), summand(2, vec![less, sign])],
        multiples: vec![multiple(1, larger), multiple(-1, smaller)],
        ..Cone::default()
    };
    Proof::Absurd(Box::new(Proof::Cone(cone)))
}

/// How many hypotheses a formula comes in as.
fn parts(formula: &Formula) -> usize {
    match formula {
        Formula::And(items) => items.len(),
        _ => 0,
    }
}

/// The hypotheses from `first` on as a conjunction, or the one for none.
fn each(parts: usize, first: usize) -> Proof {
    match parts {
        0 => Proof::Hypothesis(first),
        _ => Proof::Each((first..first + parts).map(Proof::Hypothesis).collect()),
    }
}
