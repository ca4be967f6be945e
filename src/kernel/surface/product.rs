//! Error surfaces that are sums of functions of independent variables, and the rule that no local minimum is spurious. Part
//! of the trusted kernel.

use super::Premise;
use super::{
    Cells, Checked, FrameRow, Int, Interval, Matrix, Minima, Minimum, Rational, Row, TooLarge,
    TrainingSet,
};
use super::{
    check_cells, combination, compare, count, dyadic, ensure, fails, frame, merged, order, product,
    record, spend, sum,
};
use num_traits::{One, Signed, Zero};
use std::cmp::Ordering;

/// A function of the variables z = Dx: the rows of D, and the local minima of the function.
pub type Part = (Vec<Vec<Rational>>, Minima);

/// E(x) = Σ Eₚ(Dₚx), all rows of all Dₚ linearly independent: the local minima of E are the x of which every Dₚx is one of
/// Eₚ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// The training set.
    pub data: TrainingSet,
    /// The Dₚ, and the minima of Eₚ, whose training set has the rows of E in their order, in the variables Dₚx.
    pub parts: Vec<Part>,
}

record!(Product, "product", [data, parts]);

/// What shows that no local minimum is spurious.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Global {
    /// All local minima.
    pub product: Product,
    /// The evidence for each part.
    pub cells: Vec<Cells>,
    /// For each part and each of its minima but the first: a symmetry that maps it to the first one, empty if both have the
    /// same exact value. Entry ±j in place k maps u to a point with uₖ' = ±uⱼ, counted from 1.
    pub symmetries: Vec<Vec<Vec<Int>>>,
}

record!(Global, "global", [product, cells, symmetries]);

/// Whether the row is the image of a row of a part: a = Dᵀr.
fn is_image(row: &Row, forms: &[Vec<Rational>], part: &Row) -> Result<bool, TooLarge> {
    spend((row.input.len().saturating_mul(forms.len()) >> 3_u32).saturating_add(1))?;
    for (i, a) in row.input.iter().enumerate() {
        let pairs = part.input.iter().zip(forms);
        let entry = combination(pairs.filter_map(|(r, form)| Some((r, form.get(i)?))))?;
        if entry != *a {
            return Ok(false);
        }
    }
    Ok(row.target == part.target && row.weight == part.weight)
}

/// Schema: the rows of all D are linearly independent; every row of E is the next row of one part, in its variables; each
/// part has exactly the local minima stated ⟹ the statement of [`Product`].
pub(super) fn check_product(statement: &Product, evidence: &[Cells]) -> Checked {
    let Product { data, parts } = statement;
    count(parts.len(), evidence.len())?;
    let all: Vec<Vec<Rational>> = parts.iter().flat_map(|(forms, _)| forms.clone()).collect();
    let fits = |(forms, minima): &Part| {
        minima.data.width() == forms.len() && minima.data.unit() == data.unit()
    };
    let wide = all.iter().all(|form| form.len() == data.width()) && parts.iter().all(fits);
    ensure(wide, Premise::FormWidth, [])?;
    let independent = Matrix::new(&all)?.rank()? == all.len();
    ensure(independent, Premise::Independent, [])?;
    let mut left: Vec<_> = parts
        .iter()
        .map(|(forms, minima)| (forms, minima.data.rows().iter().peekable()))
        .collect();
    for (index, row) in data.rows().iter().enumerate() {
        let mut taken = false;
        for (forms, rows) in &mut left {
            if let Some(part) = rows.peek()
                && is_image(row, forms, part)?
            {
                taken = true;
                rows.next();
                break;
            }
        }
        ensure(taken, Premise::Part, [index])?;
    }
    let same = left.iter_mut().all(|(_, rows)| rows.peek().is_none());
    ensure(same, Premise::Data, [])?;
    parts
        .iter()
        .zip(evidence)
        .try_for_each(|((_, minima), cells)| check_cells(minima, cells))
}

/// Schema:
///
/// ```text
/// the statement of [`Product`]; for each part
/// the first minimum has E ≤ e    E ≥ e outside a bounded set    all minima have one value (by symmetry, or exactly)
/// ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────
/// no local minimum of E is spurious
/// ```
///
/// A part without local minima leaves E without any. Else each part attains its infimum, at a local minimum, and all have
/// its value.
pub(super) fn check_global(data: &TrainingSet, evidence: &Global) -> Checked {
    let (product, symmetries) = (&evidence.product, &evidence.symmetries);
    data.pay()?;
    ensure(product.data == *data, Premise::Data, [])?;
    check_product(product, &evidence.cells)?;
    if product.parts.iter().any(|(_, part)| part.minima.is_empty()) {
        return Ok(());
    }
    count(product.parts.len(), symmetries.len())?;
    for ((_, part), maps) in product.parts.iter().zip(symmetries) {
        let Some((first, others)) = part.minima.split_first() else {
            continue;
        };
        let floor = part
            .at_infinity
            .as_ref()
            .ok_or(fails(Premise::NoFloor, []))?;
        let high = &first.error.1;
        compare(order(floor, high)?.is_ge(), Premise::Floor, high, floor)?;
        count(others.len(), maps.len())?;
        let rows = frame(&part.data, &part.chart)?;
        for (index, (other, map)) in others.iter().zip(maps).enumerate() {
            let exact =
                first.near.is_zero() && other.near.is_zero() && first.error.0 == first.error.1;
            let equal = exact && first.error == other.error
                || preserves(&rows, map)? && maps_to(map, other, first)?;
            ensure(equal, Premise::Equal, [index.saturating_add(1)])?;
        }
    }
    Ok(())
}

/// The entries of u at the places of a symmetry, with its signs.
fn image<T: Clone>(map: &[Int], u: &[T], turned: fn(&T) -> T) -> Option<Vec<T>> {
    let entry = |place: &Int| {
        let u = u.get(usize::try_from(place.abs()).ok()?.checked_sub(1)?)?;
        Some(if place.is_negative() {
            turned(u)
        } else {
            u.clone()
        })
    };
    (map.len() == u.len())
        .then(|| map.iter().map(entry).collect())
        .flatten()
}

/// Whether E(u) is E(u') for the signed permutation u ↦ u': it takes the rows to the same rows.
fn preserves(rows: &[FrameRow], map: &[Int]) -> Checked<bool> {
    let mut places: Vec<Int> = map.iter().map(Signed::abs).collect();
    places.sort();
    let turned = |row: &FrameRow| {
        Some(FrameRow {
            a: image(map, &row.a, |a| -a)?,
            ..row.clone()
        })
    };
    let one_to_one = (1..=places.len()).map(Int::from).eq(places);
    let Some(turned) = rows.iter().map(turned).collect::<Option<Vec<_>>>() else {
        return Ok(false);
    };
    let ((turned, rest), (rows, known)) = (merged(turned)?, merged(rows.to_vec())?);
    let same = |x: &Rational, y: &Rational| order(x, y).map(Ordering::is_eq);
    let mut all = one_to_one && turned.len() == rows.len() && same(&rest, &known)?;
    for (x, y) in turned.iter().zip(&rows) {
        all = all && x.a == y.a && same(&x.target, &y.target)? && same(&x.weight, &y.weight)?;
    }
    Ok(all)
}

/// Whether the image of the minimum lies in the box of the first one: ρ ≤ 1 + 2s ≤ e^{2s} for the quotients ρ of the
/// ξ-coordinates and their inverses, s what the radius exceeds `near` by.
fn maps_to(map: &[Int], other: &Minimum, first: &Minimum) -> Result<bool, TooLarge> {
    let (Some(from), Some(to)) = (other.centre.xi(), first.centre.xi()) else {
        return Ok(false);
    };
    let from: Vec<Rational> = from.iter().map(Interval::lo).collect();
    let Some(from) = image(map, &from, Rational::recip) else {
        return Ok(false);
    };
    let spare = sum(&dyadic(&Int::one(), first.half_width), &-&other.near)?;
    let most = sum(&sum(&spare, &spare)?, &Rational::one())?;
    let mut near = !spare.is_negative();
    for (x, y) in from.iter().zip(to.iter().map(Interval::lo)) {
        near = near
            && order(x, &product(&y, &most)?)?.is_le()
            && order(&y, &product(x, &most)?)?.is_le();
    }
    Ok(near)
}
