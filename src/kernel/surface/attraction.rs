//! The ball around a minimum from which gradient descent converges to it. Part of the trusted kernel.

use super::Premise;
use super::{Barrier, Checked, Int, Interval, Local, Minimum, Rational, Symmetric, TooLarge};
use super::{check_barrier, compare, dyadic, ensure, frame, order, record, sum};
use num_traits::One;

/// The minimum attracts: with the one scale s of all coordinates (x = su), x* = su*, half-width r = 2⁻ᵐ and offset ρ, from
/// every x with ‖x − sc‖₂ ≤ s(r − 2ρ) the gradient flow and gradient descent with any rate 0 < η < 2s²/L stay within
/// ‖x(0) − x*‖₂ of x* and converge to it: ‖x(t) − x*‖₂ ≤ e^{−λt/s²} ‖x(0) − x*‖₂, and each step of descent shrinks the
/// distance at least by the factor max(|1 − ηλ/s²|, |1 − ηL/s²|) < 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attraction {
    /// The minimum, with c, m, λ and ρ.
    pub minimum: Minimum,
    /// L: the Hessian is at most L on the box.
    pub smoothness: Rational,
}

record!(Attraction, "attraction", [minimum, smoothness]);

impl Attraction {
    /// The scale s that all coordinates share, if they do and none is dropped.
    pub fn scale(&self) -> Option<&Rational> {
        let chart = &self.minimum.chart;
        let scale = &chart.coordinates.first()?.scale;
        let plain = chart.dropped.is_empty()
            && chart
                .coordinates
                .iter()
                .enumerate()
                .all(|(i, c)| c.column == i && c.scale == *scale);
        plain.then_some(scale)
    }

    /// r − 2ρ.
    pub fn radius(&self) -> Rational {
        let near = &self.minimum.near;
        dyadic(&Int::one(), self.minimum.half_width) - near - near
    }
}

/// Schema:
///
/// ```text
/// the statement of [`Minimum`]    wⱼ hⱼ'' ≤ Mⱼ on the box    LI − Σ Mⱼ aⱼaⱼᵀ ⪰ 0    2ρ < r
/// ─────────────────────────────────────────────────────────────────────────────────────────
/// the statement of [`Attraction`]
/// ```
///
/// The ball of radius r − ρ around u* lies in the box, where λI ⪯ H ⪯ LI; there ∇E(u) = M(u − u*) with λI ⪯ M ⪯ LI.
pub(super) fn check_attraction(
    statement: &Attraction,
    barrier: &Barrier,
    columns: &[Vec<Int>],
) -> Checked {
    let Attraction {
        minimum,
        smoothness,
    } = statement;
    check_barrier(minimum, barrier)?;
    ensure(minimum.chart.dropped.is_empty(), Premise::Dropped, [])?;
    ensure(statement.scale().is_some(), Premise::Scales, [])?;
    let twice = sum(&minimum.near, &minimum.near)?;
    let radius = dyadic(&Int::one(), minimum.half_width);
    let left = order(&twice, &radius)?.is_lt();
    compare(left, Premise::Radius, &twice, &radius)?;
    let rows = frame(&minimum.data, &minimum.chart)?;
    let local = Local::new(&rows, &minimum.centre, barrier.grid, &barrier.centre)?;
    let mut rest = Symmetric::zero(minimum.chart.coordinates.len());
    for (bounds, row) in local.curvatures(minimum.half_width)? {
        rest.add_outer(&-bounds.hi, &row.a)?;
    }
    rest.add_diagonal(
        &Interval::new(smoothness, smoothness, barrier.grid)
            .ok_or(TooLarge)?
            .lo,
    );
    rest.check_nonnegative(columns)
}
