//! Statements in words and symbols, printed from the kernel's own data. Part of the trusted kernel.

use super::activation::Point;
use super::barrier::Minimum;
use super::chart::Chart;
use super::training_set::{TrainingSet, Unit, spaced};
use super::{Lower, Statement};
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
    let Some(chart) = chart else { return Ok(()) };
    let plain = chart.dropped.is_empty()
        && chart
            .coordinates
            .iter()
            .enumerate()
            .all(|(i, c)| c.column == i && c.scale.is_integer() && *c.scale.numer() == 1.into());
    if plain {
        return writeln!(f, "In the coordinates u = x:");
    }
    writeln!(f, "In the coordinates u, x₁ being the first weight, of which E is a function:")?;
    for (i, c) in chart.coordinates.iter().enumerate() {
        write!(f, "  u{} = (x{}", i.saturating_add(1), c.column.saturating_add(1))?;
        for (fold, column) in c.folds.iter().zip(&chart.dropped) {
            write!(f, " + ({fold}) x{}", column.saturating_add(1))?;
        }
        writeln!(f, ") / ({})", c.scale)?;
    }
    if chart.dropped.is_empty() {
        Ok(())
    } else {
        writeln!(
            f,
            "(u does not determine x: every point u stands for an affine subspace of x, on which E is constant)"
        )
    }
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

impl fmt::Display for Minimum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        preamble(f, &self.data, Some(&self.chart))?;
        let Self { centre, half_width, modulus, near, error, lower, .. } = self;
        writeln!(f, "in the box |uᵢ − cᵢ| ≤ 2^-{half_width} for all i, c = {centre},")?;
        writeln!(f, "there is exactly one critical point u* of E; it is inside the box, a strict local minimum in u,")?;
        writeln!(f, "E(u) ≥ E(u*) + ({modulus}/2) ‖u − u*‖₂² for all u in the box,")?;
        writeln!(f, "‖u* − c‖₂ ≤ {near},")?;
        write!(f, "{} ≤ E(u*) ≤ {}", error.0, error.1)?;
        match lower {
            None => write!(f, "."),
            Some(Lower { point, error }) => write!(
                f,
                ";\nat u = z, z = {point},\nE(z) ≤ {error} < E(u*): the local minimum is not global, it is spurious."
            ),
        }
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Statement::Minimum(statement) => statement.fmt(f),
            Statement::Spurious(data) => {
                preamble(f, data, None)?;
                write!(f, "E has a local minimum that is not a global minimum.")
            }
        }
    }
}
