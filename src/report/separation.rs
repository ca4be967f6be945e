//! What a separating vector, or the multipliers that exclude one, says of a training set. It decides nothing.
//!
//! The kernel proves that the gradient vanishes nowhere. That no trajectory of the gradient flow stays bounded is a
//! theorem of Coq about such data: `tanh_separable` of `proofs/coq/Sontag88.v`.

use crate::kernel::number::Rational;
use crate::kernel::surface::{Evidence, Statement, TrainingSet, Unit};
use crate::prover::surface::certify::Certified;
use num_traits::{One, Signed, Zero};
use serde_json::{Value, json};
use std::fmt::Write;

/// The theorem that carries the step from the vector to the trajectories.
const THEOREM: &str = "tanh_separable in proofs/coq/Sontag88.v";

/// ν, and how many of the rows it separates.
struct Separation<'a> {
    data: &'a TrainingSet,
    direction: &'a [Rational],
}

/// What was accepted about separation: a vector, or multipliers λ of Stiemke's alternative.
enum Found<'a> {
    Vector(Separation<'a>),
    Multipliers(&'a [Rational]),
}

fn found(outcome: &Certified) -> Option<Found<'_>> {
    outcome.steps.iter().find_map(|step| match step {
        (Statement::NoCriticalPoint(data), Evidence::Direction(direction)) => {
            Some(Found::Vector(Separation { data, direction }))
        }
        (Statement::Balanced(_), Evidence::Dual(multipliers)) => {
            Some(Found::Multipliers(multipliers))
        }
        _ => None,
    })
}

impl Separation<'_> {
    /// How many rows have ⟨aⱼ,ν⟩ ≠ 0; on the side of their target, as the kernel has checked.
    fn separated(&self) -> usize {
        let along = |input: &[Rational]| {
            let terms = input.iter().zip(self.direction).map(|(a, v)| a * v);
            terms.fold(Rational::zero(), |sum, term| sum + term)
        };
        let rows = self.data.rows().iter();
        rows.filter(|row| !along(&row.input).is_zero()).count()
    }

    /// Why the theorem of Coq says nothing of these data, if so.
    fn outside(&self) -> Option<&'static str> {
        let ends = |target: &Rational| target.abs().is_one();
        if !matches!(self.data.unit(), Unit::Tanh) {
            Some("the theorem is about the tanh unit")
        } else if self.data.rows().iter().all(|row| ends(&row.target)) {
            None
        } else {
            Some("the theorem is about targets 1 and -1")
        }
    }
}

fn words(numbers: &[Rational]) -> Vec<String> {
    numbers.iter().map(ToString::to_string).collect()
}

/// What is known of separation, for the JSON of `certify`.
#[must_use]
pub fn json(outcome: &Certified) -> Value {
    match found(outcome) {
        None => Value::Null,
        Some(Found::Multipliers(multipliers)) => json!({
            "separable": false,
            "multipliers": words(multipliers),
        }),
        Some(Found::Vector(separation)) => {
            let (separated, rows) = (separation.separated(), separation.data.rows().len());
            let outside = separation.outside();
            json!({
                "separable": true,
                "vector": words(separation.direction),
                "separated_rows": separated,
                "rows": rows,
                "strict": separated == rows,
                "gradient_vanishes": false,
                "bounded_trajectories": outside.is_none().then_some(false),
                "theorem": outside.is_none().then_some(THEOREM),
            })
        }
    }
}

/// The same for people, with the names of the weights.
#[must_use]
pub fn text(outcome: &Certified, names: &[String]) -> String {
    let mut text = String::new();
    match found(outcome) {
        None => {}
        Some(Found::Multipliers(multipliers)) => {
            let _ = writeln!(
                text,
                "No vector separates the data, not even weakly: with the multipliers {} the rows, each times its\n   \
                 target, add up to 0. Critical points are neither excluded by this nor implied.",
                words(multipliers).join(", ")
            );
        }
        Some(Found::Vector(separation)) => tell(&separation, names, &mut text),
    }
    text
}

fn tell(separation: &Separation<'_>, names: &[String], text: &mut String) {
    let (separated, rows) = (separation.separated(), separation.data.rows().len());
    let how = if separated == rows {
        "separates the data"
    } else {
        "separates the data weakly"
    };
    let _ = writeln!(
        text,
        "A vector v {how}, {separated} of {rows} rows strictly:"
    );
    for (name, entry) in names.iter().zip(separation.direction) {
        let _ = writeln!(text, "   {name} = {entry}");
    }
    let _ = writeln!(
        text,
        "   The error falls along v everywhere, so its gradient vanishes nowhere (by the kernel)."
    );
    let trajectories = match separation.outside() {
        None => format!("No trajectory of the gradient flow stays bounded (by Coq: {THEOREM})."),
        Some(why) => {
            format!("Whether a trajectory of the gradient flow stays bounded is not said: {why}.")
        }
    };
    let _ = writeln!(text, "   {trajectories}");
    if separated < rows {
        let _ = writeln!(
            text,
            "   The separation is weak: {} stay undecided along v, and the error need not tend to 0.",
            rows - separated
        );
    }
}
