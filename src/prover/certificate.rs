//! The text of statements and evidence, as the kernel reads it. UNTRUSTED.

use super::surface::write;
use crate::kernel::number::Rational;
use crate::kernel::proof::{Cone, Multiple, Proof, Summand};
use crate::kernel::term::{Body, Definition, Formula, Name, Predicate, Relation, Statement, Term};
use std::collections::BTreeSet;

/// Accumulates lists of words.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
}

impl Writer {
    /// A word, or anything that prints as words and lists.
    pub fn word(&mut self, word: impl std::fmt::Display) {
        if !self.text.is_empty() && !self.text.ends_with('(') {
            self.text.push(' ');
        }
        self.text.push_str(&word.to_string());
    }

    /// A list.
    pub fn list(&mut self, inner: impl FnOnce(&mut Self)) {
        self.word('(');
        inner(self);
        self.text.push(')');
    }

    fn form(&mut self, head: &str, inner: impl FnOnce(&mut Self)) {
        self.list(|writer| {
            writer.word(head);
            inner(writer);
        });
    }

    /// The text so far.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }

    fn all<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.list(|writer| items.iter().for_each(|item| write(writer, item)));
    }

    fn names(&mut self, names: &[Name]) {
        self.all(names, |writer, name| writer.word(name));
    }

    fn terms(&mut self, terms: &[Term]) {
        self.all(terms, Self::term);
    }

    fn indices(&mut self, indices: &[usize]) {
        self.all(indices, |writer, index| writer.word(index));
    }

    fn matrix(&mut self, matrix: &[Vec<Rational>]) {
        self.all(matrix, |writer, row| {
            writer.all(row, |writer, value| writer.word(value))
        });
    }

    /// A term.
    pub fn term(&mut self, term: &Term) {
        let each =
            |writer: &mut Self, items: &[Term]| items.iter().for_each(|item| writer.term(item));
        match term {
            Term::Number(value) => self.word(value),
            Term::Variable(name) => self.word(name),
            Term::Sum(items) => self.form("+", |writer| each(writer, items)),
            Term::Product(items) => self.form("*", |writer| each(writer, items)),
            Term::Quotient(above, below) => self.form("/", |writer| {
                writer.term(above);
                writer.term(below);
            }),
            Term::Power(base, exponent) => self.form("^", |writer| {
                writer.term(base);
                writer.word(exponent);
            }),
            Term::Apply(function, items) => {
                self.form(function.word(), |writer| each(writer, items))
            }
            Term::Derivative(body, variable) => self.form("d", |writer| {
                writer.term(body);
                writer.word(variable);
            }),
            Term::At(body, by) => self.form("at", |writer| {
                writer.term(body);
                for (name, put) in by {
                    writer.list(|writer| {
                        writer.word(name);
                        writer.term(put);
                    });
                }
            }),
            Term::Call(name, items) => self.form("call", |writer| {
                writer.word(name);
                each(writer, items);
            }),
        }
    }

    /// A formula.
    pub fn formula(&mut self, formula: &Formula) {
        let each = |writer: &mut Self, items: &[Formula]| {
            items.iter().for_each(|item| writer.formula(item))
        };
        match formula {
            Formula::Compare(left, relation, right) => {
                let head = match relation {
                    Relation::Less => "<",
                    Relation::AtMost => "<=",
                    Relation::Equal => "=",
                    Relation::Differs => "!=",
                };
                self.form(head, |writer| {
                    writer.term(left);
                    writer.term(right);
                });
            }
            Formula::And(items) => self.form("and", |writer| each(writer, items)),
            Formula::Or(items) => self.form("or", |writer| each(writer, items)),
            Formula::Implies(premise, conclusion) => self.form("implies", |writer| {
                writer.formula(premise);
                writer.formula(conclusion);
            }),
            Formula::Forall(names, body) => self.form("forall", |writer| {
                writer.names(names);
                writer.formula(body);
            }),
            Formula::Exists(names, body) => self.form("exists", |writer| {
                writer.names(names);
                writer.formula(body);
            }),
            Formula::Holds(predicate, positive) => {
                self.form(if *positive { "holds" } else { "fails" }, |writer| {
                    writer.predicate(&predicate.predicate)
                });
            }
            Formula::Call(name, items) => self.form("call", |writer| {
                writer.word(name);
                items.iter().for_each(|item| writer.term(item));
            }),
        }
    }

    fn predicate(&mut self, predicate: &Predicate) {
        match predicate {
            Predicate::Roots {
                polynomial,
                variable,
                from,
                to,
                count,
            } => self.form("roots", |writer| {
                writer.term(polynomial);
                writer.word(variable);
                for end in [from, to] {
                    match end {
                        Some(value) => writer.word(value),
                        None => writer.word("none"),
                    }
                }
                writer.word(count);
            }),
            Predicate::Inertia { matrix, counts } => self.form("inertia", |writer| {
                writer.matrix(matrix);
                writer.word(format!("({} {} {})", counts[0], counts[1], counts[2]));
            }),
            Predicate::Rank { matrix, rank } => self.form("rank", |writer| {
                writer.matrix(matrix);
                writer.word(rank);
            }),
            Predicate::Surface(statement) => {
                self.form("surface", |writer| writer.word(write::statement(statement)));
            }
        }
    }

    fn definition(&mut self, definition: &Definition) {
        let head = match definition.body {
            Body::Term(_) => "function",
            Body::Formula(_) => "predicate",
            Body::Error(_) => "error",
        };
        self.form(head, |writer| {
            writer.word(&definition.name);
            writer.names(&definition.parameters);
            match &definition.body {
                Body::Term(term) => writer.term(term),
                Body::Formula(formula) => writer.formula(formula),
                Body::Error(data) => writer.word(data),
            }
        });
    }

    /// A statement.
    pub fn statement(&mut self, statement: &Statement) {
        self.form("statement", |writer| {
            writer.all(&statement.definitions, Self::definition);
            writer.formula(&statement.formula);
        });
    }

    /// Evidence.
    pub fn proof(&mut self, proof: &Proof) {
        let head = head(proof);
        self.form(head, |writer| writer.evidence(proof));
    }

    fn evidence(&mut self, proof: &Proof) {
        match proof {
            Proof::Fix(names, next) => {
                self.names(names);
                self.proof(next);
            }
            Proof::Assume(next) | Proof::Absurd(next) => self.proof(next),
            Proof::Each(proofs) => proofs.iter().for_each(|proof| self.proof(proof)),
            Proof::Choose(index, next) | Proof::Premise(index, next) => {
                self.word(index);
                self.proof(next);
            }
            Proof::Witness(terms, next) => {
                self.terms(terms);
                self.proof(next);
            }
            Proof::Cut(formula, first, next) | Proof::Split(formula, first, next) => {
                self.formula(formula);
                self.proof(first);
                self.proof(next);
            }
            Proof::Hypothesis(index) => self.word(index),
            Proof::Instance(index, terms, next) => {
                self.word(index);
                self.terms(terms);
                self.proof(next);
            }
            Proof::Apply(index, first, next) => {
                self.word(index);
                self.proof(first);
                self.proof(next);
            }
            Proof::Cases(index, proofs) => {
                self.word(index);
                self.all(proofs, Self::proof);
            }
            Proof::Obtain(index, names, next) => {
                self.word(index);
                self.names(names);
                self.proof(next);
            }
            Proof::Law(law, terms, next) => {
                self.word(law);
                self.terms(terms);
                self.proof(next);
            }
            Proof::Cone(Cone {
                multiplier,
                summands,
                multiples,
            }) => {
                self.indices(multiplier);
                self.all(summands, Self::summand);
                self.all(multiples, Self::multiple);
            }
            Proof::Interval(bits) => self.word(bits),
            Proof::Roots(points) => self.all(points, |writer, point| writer.word(point)),
            Proof::Rank => {}
            Proof::Inertia(congruence) => self.matrix(congruence),
            Proof::Surface(evidence) => self.word(write::evidence(evidence)),
        }
    }

    fn summand(&mut self, summand: &Summand) {
        self.list(|writer| {
            writer.word(&summand.coefficient);
            writer.indices(&summand.hypotheses);
            writer.terms(&summand.squares);
        });
    }

    fn multiple(&mut self, multiple: &Multiple) {
        self.list(|writer| {
            writer.term(&multiple.cofactor);
            writer.word(multiple.hypothesis);
        });
    }
}

/// The word of a rule.
fn head(proof: &Proof) -> &'static str {
    match proof {
        Proof::Fix(..) => "fix",
        Proof::Assume(_) => "assume",
        Proof::Each(_) => "each",
        Proof::Choose(..) => "choose",
        Proof::Witness(..) => "witness",
        Proof::Cut(..) => "cut",
        Proof::Split(..) => "split",
        Proof::Absurd(_) => "absurd",
        Proof::Hypothesis(_) => "hypothesis",
        Proof::Instance(..) => "instance",
        Proof::Apply(..) => "apply",
        Proof::Cases(..) => "cases",
        Proof::Obtain(..) => "obtain",
        Proof::Law(..) => "law",
        Proof::Premise(..) => "premise",
        Proof::Cone(_) => "cone",
        Proof::Interval(_) => "interval",
        Proof::Roots(_) => "roots",
        Proof::Rank => "rank",
        Proof::Inertia(_) => "inertia",
        Proof::Surface(_) => "surface",
    }
}

/// The rules that evidence uses.
pub fn rules(proof: &Proof, into: &mut BTreeSet<&'static str>) {
    into.insert(head(proof));
    match proof {
        Proof::Fix(_, next)
        | Proof::Assume(next)
        | Proof::Choose(_, next)
        | Proof::Witness(_, next)
        | Proof::Absurd(next)
        | Proof::Instance(_, _, next)
        | Proof::Obtain(_, _, next)
        | Proof::Law(_, _, next)
        | Proof::Premise(_, next) => rules(next, into),
        Proof::Cut(_, first, next)
        | Proof::Split(_, first, next)
        | Proof::Apply(_, first, next) => {
            rules(first, into);
            rules(next, into);
        }
        Proof::Each(proofs) | Proof::Cases(_, proofs) => {
            proofs.iter().for_each(|proof| rules(proof, into))
        }
        Proof::Hypothesis(_)
        | Proof::Cone(_)
        | Proof::Interval(_)
        | Proof::Roots(_)
        | Proof::Rank
        | Proof::Inertia(_)
        | Proof::Surface(_) => {}
    }
}

/// One step of a certificate, with the numbers of its premises among the steps before it.
#[must_use]
pub fn step(premises: &[usize], statement: &Statement, proof: &Proof) -> String {
    let mut writer = Writer::default();
    writer.form("step", |writer| {
        writer.indices(premises);
        writer.statement(statement);
        writer.proof(proof);
    });
    writer.finish()
}
