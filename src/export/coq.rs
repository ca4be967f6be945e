//! Minima as theorems for Coq, over the library in `proofs/coq`. UNTRUSTED.
//!
//! The definitions are the rows as they stand, the kernel's statement and the kernel's evidence, number by number; the
//! proof is one evaluation of `check_barrier`, which mirrors the kernel's function of that name.

use super::integers::{IntegerSet, integers};
use super::{Claim, Refusal};
use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{Barrier, Lower, Minimum, Point, Unit};
use num_traits::{One, Signed};
use std::fmt::{Display, Write};

/// What stands before the theorems.
#[must_use]
pub fn preamble() -> String {
    "(* Written by `spurious export --to coq`. With the library of proofs/coq compiled:\n   \
     coqc -Q proofs/coq Spurious THIS_FILE\n   \
     The definitions that a statement uses are in proofs/coq: Surface.v, Rational.v, Logistic.v, Kernel.v. *)\n\
     Require Import ZArith List.\nRequire Import Spurious.Surface Spurious.Rational Spurious.Logistic Spurious.Kernel.\nImport ListNotations.\nOpen Scope Z_scope.\n"
        .to_owned()
}

/// An argument: a negative number in parentheses.
fn argument(number: &Int) -> String {
    if number.is_negative() {
        format!("({number})")
    } else {
        number.to_string()
    }
}

fn list<T: Display>(items: impl IntoIterator<Item = T>, between: &str) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    format!("[{}]", items.join(between))
}

fn fraction(number: &Rational) -> String {
    format!("({}, {})", number.numer(), number.denom())
}

fn coordinates<'a>(
    point: &'a Point,
    what: &'static str,
    width: usize,
) -> Result<(u32, &'a [Int]), Refusal> {
    let Point::Exp { bits, xi } = point else {
        return Err(Refusal::Point(what));
    };
    if xi.len() == width {
        Ok((*bits, xi))
    } else {
        Err(Refusal::Length {
            what: "coordinates of a point",
            expected: width,
            found: xi.len(),
        })
    }
}

/// The columns of the lower triangle, zeros above it included.
fn columns(triangle: &[Vec<Int>], width: usize) -> Result<Vec<Vec<Int>>, Refusal> {
    let wrong = |what, expected, found| {
        Err(Refusal::Length {
            what,
            expected,
            found,
        })
    };
    if triangle.len() != width {
        return wrong("rows of the factor", width, triangle.len());
    }
    if let Some((index, row)) = triangle
        .iter()
        .enumerate()
        .find(|(index, row)| row.len() != index + 1)
    {
        return wrong("entries of a row of the factor", index + 1, row.len());
    }
    let column = |j: usize| {
        triangle
            .iter()
            .map(|row| row.get(j).cloned().unwrap_or_default())
            .collect()
    };
    Ok((0..width).map(column).collect())
}

fn rows(set: &IntegerSet) -> String {
    let row = |row: &super::integers::IntegerRow| {
        format!(
            "\n  ZRow {} {} {}",
            list(&row.a, "; "),
            argument(&row.target),
            row.weight
        )
    };
    list(set.rows.iter().map(row), ";")
}

fn stated(minimum: &Minimum, width: usize) -> Result<String, Refusal> {
    let (bits, xi) = coordinates(&minimum.centre, "the centre", width)?;
    let lower = match &minimum.lower {
        None => "None".to_owned(),
        Some(Lower { point, error }) => {
            let (bits, z) = coordinates(point, "the lower point", width)?;
            format!(
                "(Some (Below {bits} {} {}))",
                list(z, "; "),
                fraction(error)
            )
        }
    };
    Ok(format!(
        "Minimum\n  {bits} {}\n  {} {} {}\n  {} {}\n  {lower}",
        list(xi, "; "),
        minimum.half_width,
        fraction(&minimum.modulus),
        fraction(&minimum.near),
        fraction(&minimum.error.0),
        fraction(&minimum.error.1)
    ))
}

fn shown(barrier: &Barrier, width: usize) -> Result<String, Refusal> {
    let columns = columns(&barrier.columns, width)?;
    let columns = list(columns.iter().map(|column| list(column, "; ")), ";\n   ");
    let (centre, lower) = (list(&barrier.centre, "; "), list(&barrier.lower, "; "));
    Ok(format!(
        "Shown {}\n  {centre}\n  {columns}\n  {lower}",
        barrier.grid
    ))
}

/// The words before a training set.
fn legend(set: &IntegerSet) -> String {
    let (q, w) = (&set.targets_over, &set.weights_over);
    let over = |number: &Int| {
        if number.is_one() {
            String::new()
        } else {
            format!("/{number}")
        }
    };
    let plain = set.units.iter().all(One::is_one);
    let units = set.units.iter().map(|unit| format!("1 = {unit}"));
    let units = if plain {
        String::new()
    } else {
        format!(" Inputs in units, by column: {}.", list(units, ", "))
    };
    match set.unit {
        Unit::Tanh => {
            format!(
                "E(x) = sum of w{} (tanh <a, x> - B{})^2 over the rows ZRow a B w.{units}",
                over(w),
                over(q)
            )
        }
        Unit::Logistic => format!(
            "E(x) = sum of w{} (1/(1 + exp (-<a, x>)) - (B + {q})/{})^2 over the rows ZRow a B w.{units}",
            over(w),
            q * Int::from(2)
        ),
    }
}

/// The theorems of one minimum, and their names.
///
/// # Errors
/// A [`Refusal`] where there is no counterpart.
pub fn theorems(claim: &Claim) -> Result<(String, Vec<String>), Refusal> {
    let Claim {
        step,
        minimum,
        barrier,
    } = claim;
    let width = minimum.data.width();
    let set = integers(&minimum.data, &minimum.chart)?;
    let (stated, shown) = (stated(minimum, width)?, shown(barrier, width)?);
    let over = set.chart_weights_over();
    let mut text = String::new();
    let _ = write!(text, "\n(* Step {step}. {} *)\n", legend(&set));
    let _ = write!(
        text,
        "Definition data_{step} : problem := Problem {width} {} {}.\n\n",
        set.targets_over,
        rows(&set)
    );
    let _ = write!(text, "Definition stated_{step} : minimum := {stated}.\n\n");
    let _ = write!(text, "Definition shown_{step} : shown := {shown}.\n\n");
    let evidence = format!("data_{step} {over} stated_{step} shown_{step}");
    let _ = write!(
        text,
        "Lemma accepted_{step} : check_barrier {evidence} = true.\n\
         Proof. vm_cast_no_check (@eq_refl bool true). Qed.\n\n"
    );
    let (name, goal, proof) = theorem(&set, *step, width, minimum.lower.is_some());
    let _ = write!(
        text,
        "Theorem {name} : {goal}.\nProof. exact ({proof}). Qed.\n\n"
    );
    let _ = write!(
        text,
        "(* The whole statement of the kernel, in its coordinates. *)\n\
         Theorem minimum_{step} : minimum_holds data_{step} {over} stated_{step}.\n\
         Proof. exact (check_barrier_sound {evidence} accepted_{step}). Qed.\n"
    );
    Ok((text, vec![name, format!("minimum_{step}")]))
}

/// Name, statement and proof term of the theorem in plain words.
fn theorem(set: &IntegerSet, step: usize, width: usize, lower: bool) -> (String, String, String) {
    let name = if lower {
        format!("spurious_{step}")
    } else {
        format!("strict_minimum_{step}")
    };
    let (kind, has_lower) = if lower {
        ("spurious", " eq_refl")
    } else {
        ("minimum", "")
    };
    let predicate = if lower {
        "spurious"
    } else {
        "has_strict_minimum"
    };
    let evidence = format!("stated_{step} shown_{step}");
    if set.plain() {
        let goal = format!("{predicate} {width} (real_rows data_{step})");
        return (
            name,
            goal,
            format!("{kind}_sound data_{step} {evidence} accepted_{step}{has_lower}"),
        );
    }
    let units = list(set.units.iter().map(fraction), "; ");
    let arguments = format!("data_{step} {units} {}", set.weights_over);
    let (suffix, rows, rule) = match set.unit {
        Unit::Tanh => ("", "rational_rows", "rational"),
        Unit::Logistic => ("_logistic", "logistic_rows", "logistic"),
    };
    let goal = format!("{predicate}{suffix} {width} ({rows} {arguments})");
    (
        name,
        goal,
        format!("{kind}_{rule}_sound {arguments} {evidence} eq_refl accepted_{step}{has_lower}"),
    )
}
