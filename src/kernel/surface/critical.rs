//! Critical points of any kind, with their inertia: Krawczyk's rule. Part of the trusted kernel.

use super::Premise;
use super::{
    Chart, Checked, Int, Local, Matrix, Point, Rational, Symmetric, TooLarge, TrainingSet,
};
use super::{
    check_error, check_half_width, count, dot, dyadic, ensure, frame, limits, longest, product,
    record, sum,
};
use num_traits::{One, Signed, Zero};

/// In the box |uᵢ − cᵢ| ≤ 2⁻ᵐ there is exactly one critical point u*, inside it; everywhere in the box the Hessian has
/// p positive and n negative eigenvalues, none is 0; E(u*) lies between the given bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Critical {
    /// The training set.
    pub data: TrainingSet,
    /// The coordinates u.
    pub chart: Chart,
    /// The centre c.
    pub centre: Point,
    /// m: the half-width of the box is 2⁻ᵐ.
    pub half_width: u32,
    /// p and n.
    pub inertia: (usize, usize),
    /// Lower and upper bound of E(u*).
    pub error: (Rational, Rational),
}

record!(
    Critical,
    "critical",
    [data, chart, centre, half_width, inertia, error]
);

/// What Krawczyk's rule needs besides the statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Krawczyk {
    /// Even k: the grid is 2⁻ᵏ.
    pub grid: u32,
    /// S for each row at the centre.
    pub centre: Vec<Int>,
    /// P on the grid, symmetric, nearly the inverse of the Hessian.
    pub inverse: Vec<Vec<Int>>,
    /// T with T P Tᵀ diagonal.
    pub congruence: Vec<Vec<Rational>>,
}

record!(Krawczyk, "krawczyk", [grid, centre, inverse, congruence]);

/// Schema:
///
/// ```text
/// wⱼhⱼ'' ∈ [Mⱼ − Rⱼ, Mⱼ + Rⱼ] on the box    P = Pᵀ has the inertia (p, n, 0)
/// |P∇E(c)|ᵢ + 2⁻ᵐ (‖(I − P Σ Mⱼaⱼaⱼᵀ)ᵢ‖₁ + Σ Rⱼ |Paⱼ|ᵢ ‖aⱼ‖₁) < 2⁻ᵐ    (every i)
/// lo ≤ E(c) − δ,  E(c) + δ ≤ hi,  δ = 2⁻ᵐ ‖∇E(c)‖₁ + ½ Σ (|Mⱼ| + Rⱼ)(2⁻ᵐ‖aⱼ‖₁)²
/// ─────────────────────────────────────────────────────────────────────────────
/// the statement of [`Critical`]
/// ```
///
/// u ↦ u − P∇E(u) maps the box into its inside and contracts: it has one fixed point there, and every H on the box has
/// ‖I − PH‖ < 1, so that P and all (1−t)P⁻¹ + tH are regular: H has the inertia of P⁻¹, which is that of P. R. Krawczyk, Computing 4
/// (1969).
pub(super) fn check_critical(statement: &Critical, evidence: &Krawczyk) -> Checked {
    let Critical {
        data,
        chart,
        centre,
        half_width: m,
        inertia,
        error,
    } = statement;
    let (k, inverse) = (evidence.grid, &evidence.inverse);
    check_half_width(*m)?;
    let width = chart.coordinates.len();
    count(width, inverse.len())?;
    let rational = |row: &Vec<Int>| row.iter().cloned().map(Rational::from_integer).collect();
    let rows: Vec<Vec<Rational>> = inverse.iter().map(rational).collect();
    let found = Matrix::new(&rows)?.inertia(&Matrix::new(&evidence.congruence)?)?;
    ensure(found == [inertia.0, inertia.1, 0], Premise::Inertia, found)?;
    let rows = frame(data, chart)?;
    let local = Local::new(&rows, centre, k, &evidence.centre)?;
    // Twice the middle of the Hessian, and twice the radius of each row, on the grid.
    let (mut middle, mut radii, mut bend) = (
        Symmetric::zero(width),
        Vec::with_capacity(rows.len()),
        Int::zero(),
    );
    for (bounds, row) in local.curvatures(*m)? {
        middle.add_outer(&(&bounds.lo + &bounds.hi), &row.a)?;
        bend += bounds.abs().hi * &row.l1 * &row.l1;
        radii.push((bounds.hi - bounds.lo, row));
    }
    let unit = Int::one() << k.saturating_mul(2).saturating_add(1);
    let gradient = longest(
        local
            .gradient
            .iter()
            .flat_map(|entry| [&entry.lo, &entry.hi]),
    );
    for (index, row) in inverse.iter().enumerate() {
        limits::multiply(row.len(), longest(row), gradient)?;
        let step: Int = row
            .iter()
            .zip(&local.gradient)
            .map(|(p, g)| p.abs() * g.abs().hi)
            .sum();
        let middle = middle.0.iter().enumerate().map(|(place, column)| {
            let identity = if place == index {
                unit.clone()
            } else {
                Int::zero()
            };
            Ok((identity - dot(row, column)?).abs())
        });
        let around = radii.iter().map(|(radius, other)| {
            let turned = dot(row, &other.a)?.abs() * &other.l1;
            limits::multiply(1, radius.bits(), turned.bits())?;
            limits::spend((other.a.len() >> 3_u32).saturating_add(1))?;
            Ok(radius * turned)
        });
        let middle = middle.sum::<Result<Int, TooLarge>>()?;
        let image =
            (step << m.saturating_add(1)) + middle + around.sum::<Result<Int, TooLarge>>()?;
        ensure(image < unit, Premise::Inside, [index])?;
    }
    let radius = dyadic(&Int::one(), *m);
    let bend = product(&dyadic(&bend, k.saturating_add(1)), &radius)?;
    let reach = product(&sum(&local.slope(), &bend)?, &radius)?;
    let (least, greatest) = (
        sum(&local.value.lo(), &-&reach)?,
        sum(&local.value.hi(), &reach)?,
    );
    check_error(&least, &greatest, error)
}
