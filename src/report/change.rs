//! The change of variables ξ = e^{2x} for a training set of one's own: the error as a rational function. It decides nothing.

use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{Row, TrainingSet, Unit};
use crate::terminal;
use num_traits::{One, Signed, Zero};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The text for a training set whose weights have these names.
#[must_use]
pub fn text(data: &TrainingSet, names: &[String]) -> String {
    let scales = scales(data);
    let mut text = String::from("The change of variables makes the error a rational function.\n\n");
    for (index, (name, scale)) in names.iter().zip(&scales).enumerate() {
        let _ = writeln!(
            text,
            "   ξ{} = e^({})",
            index + 1,
            exponent(data.unit(), scale, &terminal::line(name))
        );
    }
    let _ = writeln!(
        text,
        "\nEvery weight runs over the real numbers, and every ξ over the positive numbers, one to one and continuously both\n\
         ways: local minima of E and of ψ correspond, and so do global ones.\n\n   E(weights) = ψ(ξ) =\n"
    );
    let terms = terms(data, &scales);
    for (index, term) in terms.iter().enumerate() {
        let plus = if index == 0 { " " } else { "+" };
        let _ = writeln!(text, "    {plus} {term}");
    }
    text
}

/// For each column the least positive number whose multiples its entries are, as 1 over an integer.
fn scales(data: &TrainingSet) -> Vec<Int> {
    (0..data.width())
        .map(|column| {
            let entries = data.rows().iter().filter_map(|row| row.input.get(column));
            entries.fold(Int::one(), |common, entry| {
                Rational::new(common, entry.denom().clone()).numer() * entry.denom()
            })
        })
        .collect()
}

/// 2x, or x for the logistic unit, over the common denominator of the column.
fn exponent(unit: Unit, scale: &Int, name: &str) -> String {
    let times = match unit {
        Unit::Tanh => "2·",
        Unit::Logistic => "",
    };
    let over = if scale.is_one() {
        String::new()
    } else {
        format!("/{scale}")
    };
    format!("{times}{name}{over}")
}

/// The terms of ψ: rows with the same monomial, or with its inverse, are one term.
fn terms(data: &TrainingSet, scales: &[Int]) -> Vec<String> {
    let mut lines: BTreeMap<Vec<Int>, Vec<(bool, &Row)>> = BTreeMap::new();
    let mut order = Vec::new();
    for row in data.rows() {
        let powers: Vec<Int> = row
            .input
            .iter()
            .zip(scales)
            .map(|(entry, scale)| (entry * Rational::from_integer(scale.clone())).to_integer())
            .collect();
        let first = powers.iter().find(|power| !power.is_zero());
        let inverse = first.is_some_and(Signed::is_negative);
        let key = if inverse {
            powers.iter().map(|power| -power).collect()
        } else {
            powers
        };
        if !lines.contains_key(&key) {
            order.push(key.clone());
        }
        lines.entry(key).or_default().push((inverse, row));
    }
    let each = order.iter().filter_map(|key| Some((key, lines.get(key)?)));
    each.map(|(powers, rows)| term(data.unit(), powers, rows))
        .collect()
}

/// Σ w (θ(y) − b)², with u = e^{2y} or e^y: the sum of w ((1−b)u − (1+b))² or w ((1−b)u − b)², over (1 + u)².
fn term(unit: Unit, powers: &[Int], rows: &[(bool, &Row)]) -> String {
    let mut numerator = [Rational::zero(), Rational::zero(), Rational::zero()];
    for (inverse, row) in rows {
        let one = Rational::one();
        let below = match unit {
            Unit::Tanh => &one + &row.target,
            Unit::Logistic => row.target.clone(),
        };
        let above = &one - &row.target;
        // θ is (u − 1)/(u + 1), or u/(u + 1); with 1/u for u its two coefficients change places.
        let (high, low) = if *inverse {
            (-below, -above)
        } else {
            (above, below)
        };
        numerator[2] += &row.weight * &high * &high;
        numerator[1] -= &row.weight * &high * &low * Rational::from_integer(2.into());
        numerator[0] += &row.weight * &low * &low;
    }
    let monomial = monomial(powers);
    if monomial == "1" {
        let sum = numerator.iter().fold(Rational::zero(), |sum, c| sum + c);
        return (sum / Rational::from_integer(4.into())).to_string();
    }
    let [constant, linear, square] = &numerator;
    let mut sum = Vec::new();
    for (coefficient, power) in [(constant, ""), (linear, "u"), (square, "u²")] {
        if coefficient.is_zero() {
            continue;
        }
        sum.push(match (power, coefficient.is_one()) {
            ("", _) => coefficient.to_string(),
            (_, true) => power.to_owned(),
            (_, false) => format!("{coefficient}·{power}"),
        });
    }
    if sum.is_empty() {
        sum.push("0".to_owned());
    }
    format!(
        "({})/(1 + u)² at u = {monomial}",
        sum.join(" + ").replace("+ -", "- ")
    )
}

/// ξ1²·ξ2/ξ3.
fn monomial(powers: &[Int]) -> String {
    let factors = |positive: bool| -> Vec<String> {
        let each = powers.iter().enumerate();
        each.filter(|(_, power)| !power.is_zero() && power.is_positive() == positive)
            .map(|(index, power)| {
                let name = format!("ξ{}", index + 1);
                if power.abs().is_one() {
                    name
                } else {
                    format!("{name}^{}", power.abs())
                }
            })
            .collect()
    };
    let (above, below) = (factors(true), factors(false));
    let above = if above.is_empty() {
        "1".to_owned()
    } else {
        above.join("·")
    };
    match below.as_slice() {
        [] => above,
        [one] => format!("{above}/{one}"),
        more => format!("{above}/({})", more.join("·")),
    }
}
