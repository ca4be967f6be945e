//! What a claim file says, before names are looked up. Untrusted.

use super::lexer::Place;
use crate::kernel::number::Rational;
use crate::kernel::term::Relation;

/// An expression or formula with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// Where it starts.
    pub place: Place,
    /// What it is.
    pub kind: Kind,
}

/// An operation on two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `^`
    Power,
}

/// What folds over a range of indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// `sum(i in a..b: …)`
    Sum,
    /// `product(i in a..b: …)`
    Product,
    /// `every(i in a..b: …)`, a conjunction
    Every,
    /// `some(i in a..b: …)`, a disjunction
    Some,
    /// `list(i in a..b: …)`
    List,
}

/// A declared variable: a number, or a vector with so many entries.
#[derive(Clone, Debug, PartialEq)]
pub struct Binder {
    /// Its name.
    pub name: String,
    /// The number of entries of a vector.
    pub size: Option<Expr>,
    /// Where.
    pub place: Place,
}

/// The forms of expressions and formulas.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A number.
    Number(Rational),
    /// A variable, constant, parameter or index.
    Name(String),
    /// A text: the name of a file.
    Text(String),
    /// `[a, b, …]`
    List(Vec<Expr>),
    /// `a[i]`
    Entry(Box<Expr>, Box<Expr>),
    /// `f(a, x = b, …)`
    Call(String, Vec<(Option<String>, Expr)>),
    /// Two operands.
    Binary(Operation, Box<Expr>, Box<Expr>),
    /// `-a`
    Negative(Box<Expr>),
    /// A fold over the indices from the first to the second, both included.
    Range(Fold, String, Box<Expr>, Box<Expr>, Box<Expr>),
    /// `a < b <= c`: the first, then relations with what follows (`true`: the other way round, `>`).
    Chain(Box<Expr>, Vec<(Relation, bool, Expr)>),
    /// `not F`
    Not(Box<Expr>),
    /// `F and G`
    And(Vec<Expr>),
    /// `F or G`
    Or(Vec<Expr>),
    /// `F implies G`
    Implies(Box<Expr>, Box<Expr>),
    /// `F iff G`
    Iff(Box<Expr>, Box<Expr>),
    /// `forall x, y[5]: F` (`true`) or `exists …` (`false`)
    Quantified(bool, Vec<Binder>, Box<Expr>),
}

/// What a definition defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefinitionKind {
    /// `define f(x) = …`: a function or predicate that statements keep by name.
    Define,
    /// `macro m(a, i) = …`: put in wherever it is used.
    Macro,
    /// `constant c = …`: put in wherever it is used, without parameters.
    Constant,
    /// `error E(x[5]) = "data.csv"`: the error function of a training set.
    Error,
}

/// A definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Define {
    /// What it defines.
    pub kind: DefinitionKind,
    /// Its name.
    pub name: String,
    /// Its parameters.
    pub parameters: Vec<Binder>,
    /// What it stands for.
    pub body: Expr,
    /// Where.
    pub place: Place,
}

/// One step of a proof script.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Where.
    pub place: Place,
    /// What to do.
    pub kind: StepKind,
}

/// The steps of proof scripts.
#[derive(Clone, Debug, PartialEq)]
pub enum StepKind {
    /// `have name: F by { … }`
    Have(Option<String>, Expr, Vec<Step>),
    /// `witness a, b`
    Witness(Vec<Expr>),
    /// `split F { … } { … }`
    Split(Expr, Vec<Step>, Vec<Step>),
    /// `cases h { … } { … }`
    Cases(Expr, Vec<Vec<Step>>),
    /// `use h(a, b) as name`
    Use(Expr, Vec<Expr>, Option<String>),
    /// `lemma id(a, b) as name`
    Lemma(String, Vec<Expr>, Option<String>),
    /// `law exp_log(a) as name`
    Law(String, Vec<Expr>, Option<String>),
    /// `obtain h(x, y)`
    Obtain(Expr, Vec<String>),
    /// `for i in 1..5 { … }`
    For(String, Expr, Expr, Vec<Step>),
    /// `each { … } { … }`
    Each(Vec<Vec<Step>>),
    /// `choose 2`
    Choose(Expr),
    /// `assume h`: a name for the premise of the goal
    Assume(String),
    /// `absurd`
    Absurd,
    /// `linear p, q*r times m`: a combination of products of hypotheses, with a multiplier.
    Linear(Vec<Expr>, Option<Expr>),
    /// `interval 64, 10000`: bits and most leaves of the subdivision.
    Interval(Vec<Expr>),
    /// `auto`
    Auto,
}

/// What the record says of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The statement is proved.
    Proved,
    /// Its negation is proved.
    Refuted,
    /// Neither.
    Open,
    /// An experiment.
    Measured,
}

/// An experiment as written: names with values, and what is claimed of the estimate.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Experiment {
    /// Where.
    pub place: Place,
    /// The values after each name.
    pub fields: Vec<(String, Place, Vec<Expr>)>,
    /// The claimed lower and upper bound.
    pub claimed: Option<(Option<Expr>, Option<Expr>)>,
}

/// What theorems of Coq do for a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoqRole {
    /// They state what is printed.
    Proves,
    /// They are negations of what is printed.
    Refutes,
}

/// Theorems of Coq that a claim refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoqTheorems {
    /// What they do.
    pub role: CoqRole,
    /// Their names.
    pub theorems: Vec<String>,
    /// The file that they stand in, relative to the claim file.
    pub file: String,
}

impl CoqTheorems {
    /// What a claim with this verdict lacks, if the verdict is not what the theorems are for.
    #[must_use]
    pub fn disagrees(&self, verdict: Verdict) -> Option<&'static str> {
        match (self.role, verdict) {
            (CoqRole::Proves, Verdict::Proved) | (CoqRole::Refutes, Verdict::Refuted) => None,
            (CoqRole::Proves, _) => Some("`verdict proved`: `coq proves` is for nothing else"),
            (CoqRole::Refutes, _) => Some("`verdict refuted`: `coq refutes` is for nothing else"),
        }
    }
}

/// How far a refuted claim fails. The record says so, and nothing checks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failing {
    /// The statement is false where the paper uses it.
    Wrong,
    /// The statement is false as stated, and true where the paper uses it.
    Domain,
    /// A sign or letter is misprinted: the paper goes on with the right one.
    Misprint,
    /// The text at hand is damaged.
    Text,
}

impl Failing {
    /// All, in the order in which they are counted.
    pub const ALL: [Self; 4] = [Self::Wrong, Self::Domain, Self::Misprint, Self::Text];

    /// The word of the claim language.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Wrong => "wrong",
            Self::Domain => "domain",
            Self::Misprint => "misprint",
            Self::Text => "text",
        }
    }

    /// What the word means.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Wrong => "false where the paper uses it",
            Self::Domain => "false as stated, true where the paper uses it",
            Self::Misprint => "the paper goes on with what is right",
            Self::Text => "the text at hand is damaged",
        }
    }
}

/// Whose statement a claim is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The paper prints it.
    Printed,
    /// The ledger states it beside a printed claim: a correction, a sharper form, another case.
    Variant,
    /// The ledger states it on the way to another claim.
    Helper,
}

impl Role {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Printed => "printed",
            Self::Variant => "variant",
            Self::Helper => "helper",
        }
    }
}

/// A claim of the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Its id, such as `ss89.lemma-3.4`.
    pub id: String,
    /// Where it stands in the paper.
    pub cite: String,
    /// The statement as printed, if the paper prints it.
    pub printed: Option<String>,
    /// The statement in the words of the ledger, if the paper does not print it.
    pub says: Option<String>,
    /// Remarks of the ledger.
    pub notes: Vec<String>,
    /// What `explain` tells of it, paragraph by paragraph, with the ids of the claims that it is about.
    pub story: Vec<String>,
    /// Variables for all values of which it is stated.
    pub variables: Vec<Binder>,
    /// Its hypotheses.
    pub hypotheses: Vec<Expr>,
    /// What is stated; absent where no rule of the kernel can express it.
    pub show: Option<Expr>,
    /// What Coq has proved instead: the statement, or what refutes it.
    pub coq: Option<CoqTheorems>,
    /// The recorded verdict.
    pub verdict: Verdict,
    /// Why it is open: what was tried, how far it came.
    pub reason: Option<String>,
    /// How far it fails, if it is refuted.
    pub failing: Option<Failing>,
    /// The claim that this one is the corrected form of.
    pub repairs: Option<String>,
    /// The claim that this one is a variant of.
    pub varies: Option<String>,
    /// The claim on the way to which this one stands.
    pub serves: Option<String>,
    /// How to prove it, or its negation where it is refuted.
    pub script: Vec<Step>,
    /// The experiment that measures it.
    pub experiment: Option<Experiment>,
    /// Whether the record says that the experiment contradicts the claim.
    pub against: bool,
    /// Whether the record says that only the full experiment decides something.
    pub in_full: bool,
    /// Where.
    pub place: Place,
}

impl Claim {
    /// The statement in words: those of the paper, or else those of the ledger.
    #[must_use]
    pub fn words(&self) -> &str {
        let words = self.printed.as_deref().or(self.says.as_deref());
        words.unwrap_or_default()
    }

    /// Whose statement it is.
    #[must_use]
    pub fn role(&self) -> Role {
        match (&self.printed, &self.serves) {
            (Some(_), _) => Role::Printed,
            (None, None) => Role::Variant,
            (None, Some(_)) => Role::Helper,
        }
    }

    /// The claim that it stands beside, or on the way to.
    #[must_use]
    pub fn beside(&self) -> Option<&str> {
        let beside = self.serves.as_ref().or(self.repairs.as_ref());
        beside.or(self.varies.as_ref()).map(String::as_str)
    }
}

/// A claim file.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct File {
    /// The key of the paper.
    pub paper: Option<String>,
    /// Files whose definitions and claims this one uses, relative to it.
    pub imports: Vec<(String, Place)>,
    /// The claims of the paper in its order, by their ids.
    pub contents: Vec<String>,
    /// Definitions in order.
    pub definitions: Vec<Define>,
    /// Claims in order.
    pub claims: Vec<Claim>,
}

/// How many steps a script has, those inside others included, and one more.
#[must_use]
pub fn weight(steps: &[Step]) -> u64 {
    steps.iter().fold(1, |sum, step| {
        sum + match &step.kind {
            StepKind::Have(_, _, inner) | StepKind::For(_, _, _, inner) => weight(inner),
            StepKind::Split(_, first, second) => weight(first) + weight(second),
            StepKind::Cases(_, blocks) | StepKind::Each(blocks) => {
                blocks.iter().map(|block| weight(block)).sum()
            }
            _ => 1,
        }
    })
}
