//! Statements about error surfaces in words and symbols. Untrusted.

use crate::kernel::number::Rational;
use crate::kernel::surface::{
    Attraction, Chart, Critical, Limit, Lower, Minima, Minimum, Point, Product, Statement,
    TrainingSet, Unit,
};
use num_traits::One;
use std::fmt;

/// Opens a statement: the error, the rows, the coordinates.
fn preamble(f: &mut fmt::Formatter<'_>, data: &TrainingSet, chart: Option<&Chart>) -> fmt::Result {
    let response = match data.unit() {
        Unit::Tanh => "tanh⟨aⱼ,x⟩",
        Unit::Logistic => "1/(1 + exp(−⟨aⱼ,x⟩))",
    };
    writeln!(
        f,
        "Let E(x) = Σⱼ wⱼ ({response} − bⱼ)², x ∈ R^{}, with {} rows aⱼ ; bⱼ ; wⱼ:",
        data.width(),
        data.rows().len()
    )?;
    for row in data.rows() {
        write!(f, "  ")?;
        spaced(f, &row.input)?;
        writeln!(f, " ; {} ; {}", row.target, row.weight)?;
    }
    chart.map_or(Ok(()), |chart| coordinates(f, data, chart))
}

/// The coordinates in which a statement is made.
fn coordinates(f: &mut fmt::Formatter<'_>, data: &TrainingSet, chart: &Chart) -> fmt::Result {
    let Chart {
        coordinates,
        dropped,
    } = chart;
    if !fits(data, chart) {
        return misfit(f, chart);
    }
    let plain = coordinates
        .iter()
        .enumerate()
        .all(|(i, c)| c.column == i && c.scale.is_one());
    if dropped.is_empty() && plain {
        return writeln!(f, "In the coordinates u = x:");
    }
    if coordinates.is_empty() {
        write!(f, "In no coordinates: E is constant, ")?;
        write!(
            f,
            "and the one point u = () stands for every x, in the order"
        )?;
        dropped
            .iter()
            .try_for_each(|k| write!(f, " {}", weight(*k)))?;
        return writeln!(f, ":");
    }
    writeln!(
        f,
        "In the coordinates u, {} in number, x1 being the first weight, of which E is a function:",
        coordinates.len()
    )?;
    for (i, c) in coordinates.iter().enumerate() {
        write!(f, "  u{} = ({}", i.saturating_add(1), weight(c.column))?;
        for (fold, column) in c.folds.iter().zip(dropped) {
            write!(f, " + ({fold}) {}", weight(*column))?;
        }
        writeln!(f, ") / ({})", c.scale)?;
    }
    if dropped.is_empty() {
        Ok(())
    } else {
        writeln!(
            f,
            "(u does not determine x: every point u stands for an affine subspace of x, on which E is constant)"
        )
    }
}

/// The name of a weight.
fn weight(column: usize) -> String {
    format!("x{}", column.saturating_add(1))
}

/// Whether every column is kept or dropped, once, and each coordinate has one factor for every dropped column.
fn fits(data: &TrainingSet, chart: &Chart) -> bool {
    let kept = chart.coordinates.iter().map(|c| c.column);
    let mut columns: Vec<usize> = kept.chain(chart.dropped.iter().copied()).collect();
    columns.sort_unstable();
    columns.into_iter().eq(0..data.width())
        && chart
            .coordinates
            .iter()
            .all(|c| c.folds.len() == chart.dropped.len())
}

/// Coordinates that are none: no rule accepts them, but a statement may name them where nothing has to be proved of it.
fn misfit(f: &mut fmt::Formatter<'_>, chart: &Chart) -> fmt::Result {
    write!(
        f,
        "In what is no system of coordinates of these weights: kept"
    )?;
    for c in &chart.coordinates {
        write!(f, " column {} scale {} factors ", c.column, c.scale)?;
        vector(f, &c.folds)?;
    }
    write!(f, " dropped")?;
    chart.dropped.iter().try_for_each(|k| write!(f, " {k}"))?;
    writeln!(f, " (so that nothing is said):")
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Point::Exp { bits, xi } => {
                write!(f, "½ ln(X/2^{bits}), X = (")?;
                spaced(f, xi)?;
            }
            Point::Rational(u) => {
                write!(f, "(")?;
                spaced(f, u)?;
            }
        }
        write!(f, ")")
    }
}

/// What is said of one minimum, behind the preamble.
fn minimum(f: &mut fmt::Formatter<'_>, stated: &Minimum) -> fmt::Result {
    let Minimum {
        centre,
        half_width,
        modulus,
        near,
        error,
        lower,
        ..
    } = stated;
    writeln!(
        f,
        "in the box |uᵢ − cᵢ| ≤ 2^-{half_width} for all i, c = {centre},"
    )?;
    writeln!(
        f,
        "there is exactly one critical point u* of E; it is inside the box, a strict local minimum in u,"
    )?;
    writeln!(
        f,
        "E(u) ≥ E(u*) + ({modulus})/2 ‖u − u*‖₂² for all u in the box,"
    )?;
    writeln!(f, "‖u* − c‖₂ ≤ {near},")?;
    write!(f, "{} ≤ E(u*) ≤ {}", error.0, error.1)?;
    match lower {
        None => write!(f, "."),
        Some(Lower { point, error }) => {
            write!(
                f,
                ";\nat u = z, z = {point},\nE(z) ≤ {error} < E(u*): the local minimum is not global, it is spurious."
            )
        }
    }
}

fn minima(f: &mut fmt::Formatter<'_>, stated: &Minima) -> fmt::Result {
    preamble(f, &stated.data, Some(&stated.chart))?;
    write!(f, "E has exactly {} local minima in u", stated.minima.len())?;
    for one in &stated.minima {
        writeln!(f, ";")?;
        if (&one.data, &one.chart) != (&stated.data, &stated.chart) {
            writeln!(f, "and this one of something else:")?;
            preamble(f, &one.data, Some(&one.chart))?;
        }
        minimum(f, one)?;
    }
    match &stated.at_infinity {
        None => write!(f, "."),
        Some(floor) => write!(f, ".\nE(u) ≥ {floor} for all u outside some bounded set."),
    }
}

fn attraction(f: &mut fmt::Formatter<'_>, stated: &Attraction) -> fmt::Result {
    preamble(f, &stated.minimum.data, Some(&stated.minimum.chart))?;
    minimum(f, &stated.minimum)?;
    let (most, least) = (&stated.smoothness, &stated.minimum.modulus);
    let Some(scale) = stated.scale() else {
        return write!(
            f,
            "\nNo scale s has x = su, so that nothing more is said with L = {most}."
        );
    };
    writeln!(
        f,
        "\nWith s = {scale}, L = {most}, λ = {least}, x* = su* and any start x₀ with ‖x₀ − sc‖₂ ≤ ({}) s:",
        stated.radius()
    )?;
    writeln!(
        f,
        "the gradient flow of E in x has ‖x(t) − x*‖₂ ≤ exp(−λt/s²) ‖x₀ − x*‖₂ for all t ≥ 0;"
    )?;
    write!(
        f,
        "gradient descent in x with a rate 0 < η < 2s²/L has ‖xₖ − x*‖₂ ≤ κᵏ ‖x₀ − x*‖₂ for all k ≥ 0, "
    )?;
    write!(f, "κ = max(|1 − ηλ/s²|, |1 − ηL/s²|) < 1.")
}

fn critical(f: &mut fmt::Formatter<'_>, stated: &Critical) -> fmt::Result {
    let Critical {
        data,
        chart,
        centre,
        half_width,
        inertia: (positive, negative),
        error,
    } = stated;
    preamble(f, data, Some(chart))?;
    writeln!(
        f,
        "in the box |uᵢ − cᵢ| ≤ 2^-{half_width} for all i, c = {centre},"
    )?;
    writeln!(
        f,
        "there is exactly one critical point u* of E; it is inside the box;"
    )?;
    writeln!(
        f,
        "everywhere in the box the Hessian has {positive} positive and {negative} negative eigenvalues, none is 0;"
    )?;
    write!(f, "{} ≤ E(u*) ≤ {}.", error.0, error.1)
}

fn vector(f: &mut fmt::Formatter<'_>, entries: &[Rational]) -> fmt::Result {
    write!(f, "(")?;
    spaced(f, entries)?;
    write!(f, ")")
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Statement::Minimum(stated) => {
                preamble(f, &stated.data, Some(&stated.chart))?;
                minimum(f, stated)
            }
            Statement::Spurious(data) => {
                preamble(f, data, None)?;
                write!(f, "E has a local minimum that is not a global minimum.")
            }
            Statement::NoCriticalPoint(data) => {
                preamble(f, data, None)?;
                write!(
                    f,
                    "∇E(x) ≠ 0 for every x: E has no critical point, and so no local minimum."
                )
            }
            Statement::Balanced(data) => {
                preamble(f, data, None)?;
                write!(
                    f,
                    "With σⱼ = 1 where bⱼ is the upper end of the unit's range and −1 where it is the lower end, "
                )?;
                write!(
                    f,
                    "every bⱼ is one of them, and no ν has σⱼ⟨aⱼ,ν⟩ ≥ 0 for all j and > 0 for some j."
                )
            }
            Statement::Limit(Limit {
                data,
                direction,
                value,
            }) => {
                preamble(f, data, None)?;
                write!(f, "E(τv) → {value} for τ → ∞, v = ")?;
                vector(f, direction)
            }
            Statement::Attraction(stated) => attraction(f, stated),
            Statement::Minima(stated) => minima(f, stated),
            Statement::Critical(stated) => critical(f, stated),
            Statement::Product(Product { data, parts }) => {
                preamble(f, data, None)?;
                writeln!(
                    f,
                    "E(x) = Σₚ Eₚ(Dₚx) with {} matrices Dₚ, all rows of all of them linearly independent;",
                    parts.len()
                )?;
                write!(
                    f,
                    "the local minima of E are the x of which every Dₚx is a local minimum of Eₚ."
                )?;
                for (index, (forms, part)) in parts.iter().enumerate() {
                    write!(f, "\nPart {}, D = ", index.saturating_add(1))?;
                    forms.iter().try_for_each(|form| vector(f, form))?;
                    writeln!(
                        f,
                        ", Eₚ being the function called E of its own training set:"
                    )?;
                    minima(f, part)?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Writes numbers with a space between.
fn spaced<T: fmt::Display>(f: &mut fmt::Formatter<'_>, items: &[T]) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        write!(f, "{}{item}", if index == 0 { "" } else { " " })?;
    }
    Ok(())
}
