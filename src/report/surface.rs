//! What was certified of a training set, as JSON and as text. It decides nothing.

use crate::kernel::interval::Interval;
use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{Attraction, Chart, Critical, Minimum, Point};
use crate::print::decimal::bound;
use crate::prover::surface::certify::{Certified, Found, Verdict};
use crate::terminal;
use num_traits::{One, Signed, Zero};
use serde_json::{Value, json};
use std::fmt::Write;

/// Significant digits of displayed numbers.
const DIGITS: u32 = 17;
/// Bits of the logarithms that give a point.
const BITS: u32 = 100;

/// A decimal below (`up`: above) a fraction, with about 17 significant digits; exact where the fraction is that short.
#[must_use]
pub fn decimal(x: &Rational, up: bool) -> String {
    crate::print::decimal::decimal(x, DIGITS, up)
}

fn enclosed(pair: &(Rational, Rational)) -> Value {
    json!([decimal(&pair.0, false), decimal(&pair.1, true)])
}

/// Bounds of each weight at a point of the chart, all within `near` in u; a dropped weight is 0.
fn weights(chart: &Chart, point: &Point, near: &Rational) -> Option<Vec<(Rational, Rational)>> {
    let count = chart.coordinates.len() + chart.dropped.len();
    let mut all = vec![(Rational::zero(), Rational::zero()); count];
    for (index, coordinate) in chart.coordinates.iter().enumerate() {
        let (low, high) = match point {
            Point::Exp { bits, xi } => {
                let value = Rational::new(xi.get(index)?.clone(), Int::one() << *bits);
                let log = Interval::new(&value, &value, BITS)?.log(BITS)?;
                let two = Rational::from_integer(2.into());
                (log.lo() / &two, log.hi() / two)
            }
            Point::Rational(u) => (u.get(index)?.clone(), u.get(index)?.clone()),
        };
        *all.get_mut(coordinate.column)? = (
            (low - near) * &coordinate.scale,
            (high + near) * &coordinate.scale,
        );
    }
    Some(all)
}

/// Exact words for each weight at a point.
fn exact(chart: &Chart, point: &Point) -> Vec<String> {
    let mut all = vec!["0".to_owned(); chart.coordinates.len() + chart.dropped.len()];
    for (index, coordinate) in chart.coordinates.iter().enumerate() {
        let words = match point {
            Point::Exp { bits, xi } => xi.get(index).map(|x| {
                let value = Rational::new(x.clone(), Int::one() << *bits);
                let factor = &coordinate.scale / Rational::from_integer(2.into());
                format!("{factor}*log({value})")
            }),
            Point::Rational(u) => u.get(index).map(|u| (u * &coordinate.scale).to_string()),
        };
        if let (Some(words), Some(place)) = (words, all.get_mut(coordinate.column)) {
            *place = words;
        }
    }
    all
}

fn xi(point: &Point) -> Value {
    match point {
        Point::Exp { bits, xi } => {
            let each = xi
                .iter()
                .map(|x| Rational::new(x.clone(), Int::one() << *bits).to_string());
            each.collect::<Vec<String>>().into()
        }
        Point::Rational(_) => Value::Null,
    }
}

/// Whether a minimum is spurious, where that is certified.
fn spurious(outcome: &Certified, minimum: &Minimum) -> Option<bool> {
    if minimum.lower.is_some() {
        return Some(true);
    }
    let attained = outcome
        .infimum
        .as_ref()
        .is_some_and(|infimum| infimum.attained == Some(true));
    let least = || {
        outcome
            .infimum
            .as_ref()
            .is_some_and(|infimum| infimum.value == minimum.error)
    };
    let others = || outcome.minima.iter().filter(|other| *other != minimum);
    let global = outcome.verdict == Verdict::None
        || (outcome.verdict == Verdict::Tie && least())
        || (attained && outcome.complete && others().all(|other| other.error.0 > minimum.error.1));
    global.then_some(false)
}

fn minimum(outcome: &Certified, minimum: &Minimum) -> Value {
    let chart = &minimum.chart;
    let strict = chart.dropped.is_empty();
    let widest = chart
        .coordinates
        .iter()
        .map(|c| c.scale.clone())
        .max()
        .unwrap_or_else(Rational::one);
    let modulus = &minimum.modulus / Rational::from_integer(2.into()) / (&widest * &widest);
    let scales: Vec<String> = chart
        .coordinates
        .iter()
        .map(|c| format!("{}/2^{}", c.scale, minimum.half_width))
        .collect();
    let region = if strict {
        format!(
            "E(x) >= E(x*) + c*|x - x*|^2 for x in the box with these half-widths around the centre: {}",
            scales.join(", ")
        )
    } else {
        format!(
            "E(u) >= E(u*) + c*|u - u*|^2 in the {} coordinates u of the certificate; in x the minima are an affine \
             subspace of dimension {}, of which `point` is one element",
            chart.coordinates.len(),
            chart.dropped.len()
        )
    };
    let growth = if strict {
        modulus
    } else {
        &minimum.modulus / Rational::from_integer(2.into())
    };
    let point = weights(chart, &minimum.centre, &minimum.near);
    json!({
        "xi": xi(&minimum.centre),
        "point": point.map(|point| point.iter().map(enclosed).collect::<Vec<Value>>()),
        "error": enclosed(&minimum.error),
        "strict": strict,
        "growth": {"modulus": growth.to_string(), "region": region},
        "spurious": spurious(outcome, minimum),
        "attraction": outcome.attraction.iter().find(|stated| same_place(&stated.minimum, minimum)).map(attraction),
    })
}

fn same_place(a: &Minimum, b: &Minimum) -> bool {
    a.chart == b.chart && a.centre == b.centre
}

/// The trapping ball in weights: x = s u.
fn attraction(stated: &Attraction) -> Value {
    let scale = stated.scale().cloned().unwrap_or_else(Rational::one);
    let square = &scale * &scale;
    let (least, most) = (
        &stated.minimum.modulus / &square,
        &stated.smoothness / &square,
    );
    // Whatever follows is about the numbers as they are shown.
    let ((least, lambda), (most, smoothness)) =
        (bound(&least, DIGITS, false), bound(&most, DIGITS, true));
    let two = Rational::from_integer(2.into());
    let (rate, best_rate) = bound(&(&two / (&least + &most)), DIGITS, false);
    let factor = [&least, &most].map(|bound| (Rational::one() - &rate * bound).abs());
    let factor = factor.into_iter().max().unwrap_or_else(Rational::one);
    let centre = exact(&stated.minimum.chart, &stated.minimum.centre);
    json!({
        "centre": centre,
        "radius": decimal(&(stated.radius() * &scale), false),
        "lambda": lambda,
        "smoothness": smoothness,
        "rates": ["0", decimal(&(&two / &most), false)],
        "contraction": {
            "formula": "each step of gradient descent with rate eta shrinks |x - x*| at least by \
                        max(|1 - eta*lambda|, |1 - eta*smoothness|)",
            "best_rate": best_rate,
            "best_factor": decimal(&factor, true),
        },
    })
}

/// A critical point that is no certified minimum.
fn other(stated: &Critical) -> Value {
    let (positive, negative) = stated.inertia;
    let radius = Rational::new(Int::one(), Int::one() << stated.half_width);
    let point = weights(&stated.chart, &stated.centre, &radius);
    json!({
        "kind": kind(stated),
        "inertia": {"positive": positive, "negative": negative, "zero": stated.chart.dropped.len()},
        "point": point.map(|point| point.iter().map(enclosed).collect::<Vec<Value>>()),
        "error": enclosed(&stated.error),
    })
}

fn kind(stated: &Critical) -> &'static str {
    match stated.inertia {
        (_, 0) => "minimum",
        (0, _) => "maximum",
        _ => "saddle",
    }
}

/// The best point of the search, in floats; a number that is not finite is null.
fn found(found: &Found) -> Value {
    json!({
        "certified": false,
        "weights": found.weights,
        "error": found.error,
        "gradient": found.gradient,
        "least_eigenvalue": found.least,
        "condition": found.condition(),
        "largest_input": found.response,
        "obstacle": found.obstacle,
        "advice": found.advice,
    })
}

/// The JSON contract of `certify`.
#[must_use]
pub fn json(
    outcome: &Certified,
    certificate: Option<&str>,
    seed: u64,
    seconds: Option<f64>,
) -> Value {
    let words = |direction: &Vec<Rational>| {
        direction
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<String>>()
    };
    let witness = outcome
        .minima
        .iter()
        .find_map(|minimum| Some((minimum, minimum.lower.as_ref()?)));
    let mut value = json!({
        "schema": "spurious.certify/2",
        "verdict": outcome.verdict.word(),
        "reason": outcome.reason,
        "minima": outcome.minima.iter().map(|each| minimum(outcome, each)).collect::<Vec<Value>>(),
        "complete": outcome.complete,
        "critical_points": outcome.others.iter().map(other).collect::<Vec<Value>>(),
        "infimum": {
            "value": outcome.infimum.as_ref().map(|infimum| enclosed(&infimum.value)),
            "attained": outcome.infimum.as_ref().and_then(|infimum| infimum.attained),
            "direction": outcome.infimum.as_ref().and_then(|infimum| infimum.direction.as_ref().map(words)),
        },
        "witness": witness.map(|(minimum, lower)| json!({
            "point": exact(&minimum.chart, &lower.point),
            "error": ["0", decimal(&lower.error, true)],
        })),
        "separation": super::separation::json(outcome),
        "found": outcome.found.as_ref().map(found),
        "remarks": outcome.remarks,
        "certificate": certificate,
        "seed": seed,
    });
    if let (Some(seconds), Some(object)) = (seconds, value.as_object_mut()) {
        object.insert("seconds".to_owned(), json!(seconds));
    }
    value
}

/// The same for people.
#[must_use]
pub fn text(
    outcome: &Certified,
    names: &[String],
    certificate: Option<&str>,
    seconds: Option<f64>,
) -> String {
    let names: Vec<String> = names
        .iter()
        .map(|name| terminal::line(name).into_owned())
        .collect();
    let mut text = format!("{}: {}\n", outcome.verdict.word(), outcome.reason);
    for (index, each) in outcome.minima.iter().enumerate() {
        tell_minimum(outcome, index, each, &names, &mut text);
    }
    if outcome.complete {
        let none = if outcome.minima.is_empty() {
            "There is no local minimum."
        } else {
            "These are all local minima."
        };
        let _ = writeln!(text, "{none}");
    }
    for stated in &outcome.others {
        tell_critical(stated, &names, &mut text);
    }
    text.push_str(&super::separation::text(outcome, &names));
    if let Some(infimum) = &outcome.infimum {
        let attained = match infimum.attained {
            Some(true) => "attained",
            Some(false) => "not attained",
            None => "attained or not",
        };
        let value = interval(&infimum.value);
        let _ = writeln!(text, "Infimum of the error: in {value}, {attained}.");
    }
    if let Some(found) = &outcome.found {
        tell_found(found, &names, &mut text);
    }
    for remark in &outcome.remarks {
        let _ = writeln!(text, "Remark: {remark}.");
    }
    if let Some(certificate) = certificate {
        let _ = writeln!(text, "Certificate: {}", terminal::line(certificate));
    }
    if let Some(seconds) = seconds {
        let _ = writeln!(text, "{seconds:.3} s");
    }
    text
}

/// Bounds, rounded outward.
fn interval((low, high): &(Rational, Rational)) -> String {
    format!("[{}, {}]", decimal(low, false), decimal(high, true))
}

/// One line for each weight.
fn tell_weights(point: Option<Vec<(Rational, Rational)>>, names: &[String], text: &mut String) {
    for (name, bounds) in names.iter().zip(point.unwrap_or_default()) {
        let _ = writeln!(text, "   {name} in {}", interval(&bounds));
    }
}

fn tell_minimum(
    outcome: &Certified,
    index: usize,
    each: &Minimum,
    names: &[String],
    text: &mut String,
) {
    let kind = match spurious(outcome, each) {
        Some(true) => ", spurious",
        Some(false) => ", global",
        None => "",
    };
    let strict = if each.chart.dropped.is_empty() {
        "strict local minimum"
    } else if each.chart.coordinates.is_empty() {
        "every point, as the error does not depend on the weights"
    } else {
        "local minimum (affine family)"
    };
    let _ = writeln!(
        text,
        "{}. {strict}{kind}: error in {}",
        index + 1,
        interval(&each.error)
    );
    tell_weights(weights(&each.chart, &each.centre, &each.near), names, text);
    let attracts = |stated: &&Attraction| same_place(&stated.minimum, each);
    if let Some(stated) = outcome.attraction.iter().find(attracts) {
        tell_attraction(&attraction(stated), text);
    }
    if let Some(lower) = &each.lower {
        let error = decimal(&lower.error, true);
        let _ = writeln!(text, "   lower, error at most {error}, at:");
        for (name, words) in names.iter().zip(exact(&each.chart, &lower.point)) {
            let _ = writeln!(text, "   {name} = {words}");
        }
    }
}

/// The best point of the search, which nothing certifies.
fn tell_found(found: &Found, names: &[String], text: &mut String) {
    let _ = writeln!(text, "Best point of the search, in floats, not certified:");
    for (name, weight) in names.iter().zip(&found.weights) {
        let _ = writeln!(text, "   {name} = {weight}");
    }
    let condition = found.condition().map_or_else(
        || "not positive definite".to_owned(),
        |condition| format!("condition {condition:.1e}"),
    );
    let _ = writeln!(
        text,
        "   error {}, gradient at most {:.1e}, least eigenvalue {:.1e}, {condition}, largest input of the unit {:.3}",
        found.error, found.gradient, found.least, found.response
    );
    let _ = writeln!(text, "   What failed: {}.", found.obstacle);
    for advice in &found.advice {
        let _ = writeln!(text, "   Try: {advice}.");
    }
}

fn tell_attraction(value: &Value, text: &mut String) {
    let word = |path: &str| value.pointer(path).and_then(Value::as_str).unwrap_or("?");
    let _ = writeln!(
        text,
        "   attracts gradient descent with any rate below {} from the ball of radius {}",
        word("/rates/1"),
        word("/radius")
    );
    let _ = writeln!(
        text,
        "   around the centre; {} <= Hessian <= {} there",
        word("/lambda"),
        word("/smoothness")
    );
}

fn tell_critical(stated: &Critical, names: &[String], text: &mut String) {
    let (positive, negative) = stated.inertia;
    let _ = writeln!(
        text,
        "A {}, inertia ({positive}, {negative}): error in {}",
        kind(stated),
        interval(&stated.error)
    );
    let radius = Rational::new(Int::one(), Int::one() << stated.half_width);
    tell_weights(weights(&stated.chart, &stated.centre, &radius), names, text);
}
