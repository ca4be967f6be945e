//! Evidence as an outline for a reader: one line for each step, deeper steps further in.

use super::evidence;
use crate::kernel::proof::{Cone, Proof};
use crate::kernel::sexp::{self, ReadError, Sexp};
use crate::kernel::surface;
use crate::kernel::term::{Formula, Predicate, Statement, Term};
use std::fmt::{Display, Write};

/// Longest line of an outline.
const WIDTH: usize = 160;

/// The text, four columns further in.
#[must_use]
pub fn indent(text: &str) -> String {
    text.lines()
        .map(|line| format!("    {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The outline of a certificate: for each step what it states and what it gives as proof; the last is what it is for.
///
/// # Errors
/// A [`ReadError`] where the text is no certificate.
pub fn certificate(text: &str) -> Result<String, ReadError> {
    let certificate = sexp::read(text)?;
    let (_, steps) = certificate.form()?;
    let mut result = String::new();
    for (number, step) in steps.iter().skip(1).enumerate() {
        let ("step", [_, stated, evidence]) = step.form()? else {
            return Err(step.unknown());
        };
        let role = if number + 2 == steps.len() {
            "the statement of this certificate"
        } else {
            "a lemma"
        };
        let stated = stated.read::<Statement>()?;
        let _ = writeln!(
            result,
            "Step {number}, {role}, states:\n{}",
            indent(&stated.to_string())
        );
        let _ = writeln!(result, "Proof:\n{}", outline(evidence)?);
        for words in shown(&stated) {
            line(2, &mut result, words);
        }
    }
    Ok(result)
}

/// What is shown of the minimum that a statement is about.
fn shown(stated: &Statement) -> Vec<String> {
    let Formula::Holds(predicate, true) = &stated.formula else {
        return Vec::new();
    };
    match &predicate.predicate {
        Predicate::Surface(surface::Statement::Minimum(minimum)) => evidence::minimum(minimum),
        Predicate::Surface(surface::Statement::Attraction(stated)) => {
            evidence::minimum(&stated.minimum)
        }
        _ => Vec::new(),
    }
}

/// The outline of the evidence of one step.
///
/// # Errors
/// A [`ReadError`] where the text is no step.
pub fn step(text: &str) -> Result<String, ReadError> {
    let step = sexp::read(text)?;
    let ("step", [_, _, evidence]) = step.form()? else {
        return Err(step.unknown());
    };
    outline(evidence)
}

fn outline(evidence: &Sexp<'_>) -> Result<String, ReadError> {
    let mut text = String::new();
    tell(&evidence.read()?, 1, &mut text);
    Ok(text.trim_end().to_string())
}

fn line(depth: usize, text: &mut String, words: impl Display) {
    let words = words.to_string().replace('\n', " ");
    let words = match words.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default()),
        None => words,
    };
    let _ = writeln!(text, "{}{words}", "    ".repeat(depth));
}

fn listed<T: Display>(items: &[T]) -> String {
    items
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

fn tell(proof: &Proof, depth: usize, text: &mut String) {
    let inner = depth + 1;
    match proof {
        Proof::Fix(names, next) => follow(depth, text, format!("let {}", listed(names)), next),
        Proof::Assume(next) => follow(depth, text, "assume the hypotheses".into(), next),
        Proof::Witness(terms, next) => follow(depth, text, format!("take {}", listed(terms)), next),
        Proof::Choose(index, next) => follow(
            depth,
            text,
            format!("prove alternative {}", index + 1),
            next,
        ),
        Proof::Absurd(next) => follow(depth, text, "derive a contradiction".into(), next),
        Proof::Instance(index, terms, next) => {
            follow(
                depth,
                text,
                format!("use h{} at {}", index + 1, listed(terms)),
                next,
            );
        }
        Proof::Obtain(index, names, next) => {
            follow(
                depth,
                text,
                format!("take {} from h{}", listed(names), index + 1),
                next,
            );
        }
        Proof::Law(law, terms, next) => follow(
            depth,
            text,
            format!("by the law {law} at {}", listed(terms)),
            next,
        ),
        Proof::Premise(index, next) => {
            follow(depth, text, format!("use premise {}", index + 1), next);
        }
        Proof::Each(proofs) => {
            line(depth, text, "each part:");
            proofs.iter().for_each(|proof| tell(proof, inner, text));
        }
        Proof::Cases(index, proofs) => {
            line(depth, text, format!("the cases of h{}:", index + 1));
            proofs.iter().for_each(|proof| tell(proof, inner, text));
        }
        Proof::Cut(lemma, first, next) => {
            line(depth, text, format!("have {lemma}"));
            tell(first, inner, text);
            tell(next, depth, text);
        }
        Proof::Split(comparison, first, second) => {
            for (side, proof) in [(comparison.clone(), first), (comparison.negation(), second)] {
                line(depth, text, format!("where {side}:"));
                tell(proof, inner, text);
            }
        }
        Proof::Apply(index, first, next) => {
            line(depth, text, format!("apply h{}", index + 1));
            tell(first, inner, text);
            tell(next, depth, text);
        }
        Proof::Hypothesis(_)
        | Proof::Cone(_)
        | Proof::Interval(_)
        | Proof::Roots(_)
        | Proof::Rank
        | Proof::Inertia(_)
        | Proof::Surface(_) => leaf(proof, depth, text),
    }
}

fn follow(depth: usize, text: &mut String, words: String, next: &Proof) {
    line(depth, text, words);
    tell(next, depth, text);
}

fn leaf(proof: &Proof, depth: usize, text: &mut String) {
    let words = match proof {
        Proof::Surface(shown) => {
            line(depth, text, "by the rule about training sets:");
            for words in evidence::lines(shown) {
                line(depth + 1, text, words);
            }
            return;
        }
        Proof::Hypothesis(index) => format!("this is h{}", index + 1),
        Proof::Cone(Cone {
            multiplier,
            summands,
            multiples,
        }) if summands.is_empty() && multiples.is_empty() => {
            let _ = multiplier;
            "an identity".to_string()
        }
        Proof::Cone(Cone {
            multiplier,
            summands,
            multiples,
        }) => combination(multiplier, summands, multiples),
        Proof::Interval(bits) => format!("by interval arithmetic with {bits} bits"),
        Proof::Roots(points) => {
            let points: Vec<String> = points.iter().map(ToString::to_string).collect();
            format!(
                "by Descartes' rule of signs between the points [{}]",
                points.join(", ")
            )
        }
        Proof::Rank => "by elimination".to_string(),
        Proof::Inertia(_) => "by a congruence to a diagonal matrix".to_string(),
        _ => "by the rule about training sets".to_string(),
    };
    line(depth, text, words);
}

fn combination(
    multiplier: &[usize],
    summands: &[crate::kernel::proof::Summand],
    multiples: &[crate::kernel::proof::Multiple],
) -> String {
    let product = |indices: &[usize]| {
        indices
            .iter()
            .map(|index| format!("h{}", index + 1))
            .collect::<Vec<_>>()
    };
    let times = match multiplier {
        [] => "the difference of the two sides".to_string(),
        indices => format!(
            "the difference of the two sides, times {},",
            product(indices).join("·")
        ),
    };
    let mut addends: Vec<String> = Vec::new();
    for summand in summands {
        let mut factors = product(&summand.hypotheses);
        factors.extend(
            summand
                .squares
                .iter()
                .map(|root: &Term| format!("({root})²")),
        );
        factors.insert(0, summand.coefficient.to_string());
        addends.push(factors.join("·"));
    }
    addends.extend(
        multiples
            .iter()
            .map(|multiple| format!("({})·h{}", multiple.cofactor, multiple.hypothesis + 1)),
    );
    let alone = summands
        .iter()
        .all(|summand| summand.hypotheses.is_empty() && summand.squares.is_empty());
    if multiples.is_empty() && alone {
        return format!("{times} is the number {}", addends.join(" + "));
    }
    format!("{times} is {}", addends.join(" + "))
}
