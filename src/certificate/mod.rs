//! The one writer of certificate text. UNTRUSTED: the kernel reads back whatever is written here.
//!
//! The words come from the kernel's own declarations ([`Show`]); this room adds only where lines break, and how steps
//! make a file.

use crate::kernel::proof::Proof;
use crate::kernel::show::{Show, Sink};
use crate::kernel::surface;
use crate::kernel::term::{Formula, Predicate, Statement};
use std::collections::BTreeSet;

pub use crate::kernel::limits::VERSION;

/// A word or list that would begin beyond this column begins a new line.
const COLUMNS: usize = 100;

/// Text with line breaks.
#[derive(Default)]
struct Text {
    text: String,
    /// The column of the next character.
    column: usize,
}

impl Text {
    fn push(&mut self, piece: &str) {
        self.text.push_str(piece);
        self.column += piece.len();
    }

    /// A space or a line break, unless a list has just begun.
    fn apart(&mut self) {
        if self.column > COLUMNS {
            self.text.push('\n');
            self.column = 0;
        } else if !self.text.is_empty() && !self.text.ends_with('(') {
            self.push(" ");
        }
    }
}

impl Sink for Text {
    fn open(&mut self) {
        self.apart();
        self.push("(");
    }

    fn close(&mut self) {
        self.push(")");
    }

    fn word(&mut self, word: &str) {
        self.apart();
        self.push(word);
    }
}

/// The text that the kernel reads as `value`.
#[must_use]
pub fn text(value: &impl Show) -> String {
    let mut text = Text::default();
    value.show(&mut text);
    text.text
}

/// A statement with its evidence, without the numbers of the premises that the evidence may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepText(String);

impl StepText {
    /// The body of a step.
    #[must_use]
    pub fn new(statement: &Statement, proof: &Proof) -> Self {
        Self(format!("{}\n{}", text(statement), text(proof)))
    }

    /// The step, where `premises` are the numbers of the steps that its evidence calls 0, 1, ….
    #[must_use]
    pub fn step(&self, premises: &[usize]) -> String {
        format!("(step {}\n{})", text(&premises.to_vec()), self.0)
    }
}

/// The certificate with these steps.
#[must_use]
pub fn file(steps: impl IntoIterator<Item = String>) -> String {
    let mut text = format!("(certificate {VERSION}");
    for step in steps {
        text.push('\n');
        text.push_str(&step);
    }
    text.push_str(")\n");
    text
}

/// The certificate of statements about training sets, in order. Evidence of the kind `Global` is for a negation.
#[must_use]
pub fn of_surfaces<'a>(
    steps: impl IntoIterator<Item = (&'a surface::Statement, &'a surface::Evidence)>,
) -> String {
    file(steps.into_iter().map(|(statement, evidence)| {
        let holds = !matches!(evidence, surface::Evidence::Global(_));
        let predicate = Predicate::Surface(statement.clone());
        let statement = Statement {
            definitions: Vec::new(),
            formula: Formula::Holds(predicate.into(), holds),
        };
        StepText::new(&statement, &Proof::Surface(evidence.clone())).step(&[])
    }))
}

/// The proofs of which a proof consists.
#[must_use]
pub fn parts(proof: &Proof) -> Vec<&Proof> {
    match proof {
        Proof::Fix(_, next)
        | Proof::Assume(next)
        | Proof::Choose(_, next)
        | Proof::Witness(_, next)
        | Proof::Absurd(next)
        | Proof::Instance(_, _, next)
        | Proof::Obtain(_, _, next)
        | Proof::Law(_, _, next)
        | Proof::Calculus(_, _, _, _, next)
        | Proof::Premise(_, next) => vec![next],
        Proof::Cut(_, first, next)
        | Proof::Split(_, first, next)
        | Proof::Apply(_, first, next) => vec![first, next],
        Proof::Each(proofs) | Proof::Cases(_, proofs) => proofs.iter().collect(),
        Proof::Hypothesis(_)
        | Proof::Cone(_)
        | Proof::Interval(_)
        | Proof::Roots(_)
        | Proof::Rank
        | Proof::Inertia(_)
        | Proof::Surface(_) => Vec::new(),
    }
}

/// Collects the words of the rules that evidence uses.
pub fn rules(proof: &Proof, into: &mut BTreeSet<&'static str>) {
    into.insert(proof.head());
    for part in parts(proof) {
        rules(part, into);
    }
}
