//! The barrier rule: a strict local minimum, alone in a box. Part of the trusted kernel.
//!
//! Lemma 3.6 of Sontag & Sussmann (1989) made sharp: E lies above its value at the centre on every face at once.

use super::Premise;
use super::{
    Chart, Checked, FrameRow, Int, Interval, Local, Point, Rational, Symmetric, TooLarge,
    TrainingSet,
};
use super::{
    compare, count, dyadic, ensure, exponential, fails, frame, limits, order, product, products,
    ratio, record, sum,
};
use num_traits::{One, Signed, Zero};

/// A point with a certified smaller error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lower {
    /// Where, in the coordinates u.
    pub point: Point,
    /// An upper bound of the error there.
    pub error: Rational,
}

record!(Lower, "below", [point, error]);

/// In the box |uᵢ − cᵢ| ≤ 2⁻ᵐ there is exactly one critical point u*, inside it; E(u) ≥ E(u*) + (λ/2)‖u − u*‖₂² for
/// all u in the box; ‖u* − c‖₂ ≤ ρ (ρ = 0: u* = c, shown exactly); E(u*) lies between the given bounds; and E at the lower point, if any, is smaller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minimum {
    /// The training set.
    pub data: TrainingSet,
    /// The coordinates u.
    pub chart: Chart,
    /// The centre c.
    pub centre: Point,
    /// m: the half-width of the box is 2⁻ᵐ.
    pub half_width: u32,
    /// λ > 0.
    pub modulus: Rational,
    /// ρ ≥ 0.
    pub near: Rational,
    /// Lower and upper bound of E(u*).
    pub error: (Rational, Rational),
    /// A point with a smaller error: with it, the minimum is spurious.
    pub lower: Option<Lower>,
}

record!(
    Minimum,
    "minimum",
    [data, chart, centre, half_width, modulus, near, error, lower]
);

/// What the barrier rule needs besides the statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Barrier {
    /// Even k: the grid is 2⁻ᵏ.
    pub grid: u32,
    /// S for each row at the centre: S ≤ 2ᵏ/(1+e^{2y}) ≤ S+1.
    pub centre: Vec<Int>,
    /// Lower triangle L on the grid 2^(−k/2), with Σ μⱼ aⱼaⱼᵀ − λI ≈ L Lᵀ.
    pub columns: Vec<Vec<Int>>,
    /// S for each row at the lower point; empty if there is none.
    pub lower: Vec<Int>,
}

record!(Barrier, "barrier", [grid, centre, columns, lower]);

/// E at a point where ∇E = 0 exactly: t = (N−D)/(N+D) with N/D = e^{2y}, which must be enclosed by one number.
fn exact_critical_value(rows: &[FrameRow], point: &Point, width: usize) -> Checked<Rational> {
    let (mut value, mut gradient) = (Rational::zero(), vec![Rational::zero(); width]);
    let two = Rational::from_integer(Int::from(2));
    for (index, row) in rows.iter().enumerate() {
        let exact = exponential(row, point, 0, index)?;
        let (n, d) = (exact.0 == exact.1)
            .then_some(exact.0)
            .ok_or(fails(Premise::Exact, [index]))?;
        let t = ratio(&n - &d, n + d)?;
        let residual = sum(&t, &-&row.target)?;
        let rest = sum(&Rational::one(), &-product(&t, &t)?)?;
        let slope = products(&[&rest, &residual, &row.weight, &two])?;
        for (entry, a) in gradient
            .iter_mut()
            .zip(&row.a)
            .filter(|(_, a)| !a.is_zero())
        {
            *entry = sum(entry, &product(&slope, &Rational::from_integer(a.clone()))?)?;
        }
        value = sum(&value, &products(&[&residual, &residual, &row.weight])?)?;
    }
    ensure(gradient.iter().all(Zero::is_zero), Premise::Critical, []).map(|()| value)
}

/// Schema:
///
/// ```text
/// S ≤ 2ᵏ s(yⱼ(c)) ≤ S+1                    (every row)
/// wⱼ hⱼ'' ≥ μⱼ on the box                  (1+d ≤ e^d ≤ 1/(1−d))
/// Σ μⱼ aⱼaⱼᵀ − λI ⪰ 0,  λ > 0              (sum of squares)
/// 2 G < λ 2⁻ᵐ,  G ≥ ‖∇E(c)‖₁,  G ≤ λρ
/// lo ≤ E(c) − G 2⁻ᵐ,  E(c) ≤ hi            E(z) ≤ E_z < lo
/// ──────────────────────────────────────────────────────────
/// the statement of [`Minimum`]
/// ```
///
/// On the box E(u) ≥ E(c) + ⟨g,u−c⟩ + (λ/2)‖u−c‖₂², which exceeds E(c) where ‖u−c‖∞ = 2⁻ᵐ; strict convexity gives
/// uniqueness, ‖g‖₂ ≥ λ‖u*−c‖₂, and E(u*) ≥ E(c) − G 2⁻ᵐ.
pub(super) fn check_barrier(statement: &Minimum, evidence: &Barrier) -> Checked {
    let Minimum {
        data,
        chart,
        centre,
        half_width,
        modulus,
        near,
        error,
        lower,
    } = statement;
    let k = evidence.grid;
    ensure(modulus.is_positive(), Premise::Modulus, [])?;
    check_half_width(*half_width)?;
    let rows = frame(data, chart)?;
    let width = chart.coordinates.len();
    let local = Local::new(&rows, centre, k, &evidence.centre)?;
    let mut curvature = Symmetric::zero(width);
    for (bounds, row) in local.curvatures(*half_width)? {
        curvature.add_outer(&bounds.lo, &row.a)?;
    }
    curvature.add_diagonal(&-Interval::new(modulus, modulus, k).ok_or(TooLarge)?.hi);
    curvature.check_nonnegative(&evidence.columns)?;

    let radius = dyadic(&Int::one(), *half_width);
    let (slope, allowed) = (local.slope(), product(modulus, &radius)?);
    let small = order(&sum(&slope, &slope)?, &allowed)?.is_lt();
    compare(small, Premise::Slope, &slope, &allowed)?;
    let (least, greatest) = if near.is_zero() {
        let value = exact_critical_value(&rows, centre, width)?;
        (value.clone(), value)
    } else {
        let distance = product(&slope, &modulus.recip())?;
        let within = order(&distance, near)?.is_le();
        compare(within, Premise::Near, &distance, near)?;
        let reach = product(&slope, &radius)?;
        (sum(&local.value.lo(), &-reach)?, local.value.hi())
    };
    check_error(&least, &greatest, error)?;
    let Some(Lower {
        point,
        error: claimed,
    }) = lower
    else {
        return count(0, evidence.lower.len());
    };
    let bound = Local::new(&rows, point, k, &evidence.lower)?.value.hi();
    let below = order(&bound, claimed)?.is_le();
    compare(below, Premise::LowerError, &bound, claimed)?;
    let lower = order(claimed, &error.0)?.is_lt();
    compare(lower, Premise::Lower, claimed, &error.0)
}

/// The half-width 2⁻ᵐ is not too small.
pub(super) fn check_half_width(m: u32) -> Checked {
    let place = Vec::from_iter(usize::try_from(m));
    ensure(m <= limits::GRID_BITS, Premise::HalfWidth, place)
}

/// Bounds of an error lie between the claimed ones.
pub(super) fn check_error(
    least: &Rational,
    greatest: &Rational,
    (low, high): &(Rational, Rational),
) -> Checked {
    compare(order(low, least)?.is_le(), Premise::ErrorBelow, least, low)?;
    let below = order(greatest, high)?.is_le();
    compare(below, Premise::ErrorAbove, greatest, high)
}
