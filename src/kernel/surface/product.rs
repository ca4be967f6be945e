//! Error surfaces that are sums of functions of independent variables, and the rule that no local minimum is spurious. Part
//! of the trusted kernel.

use super::{
    Cells, Checked, FrameRow, Int, Interval, Matrix, Minima, Minimum, Rational, Row, TrainingSet,
};
use super::{check_cells, compare, count, ensure, fails, frame, merged, record, total};
use num_traits::{One, Signed, Zero};

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
fn is_image(row: &Row, forms: &[Vec<Rational>], part: &Row) -> bool {
    let entry = |i: usize| {
        let addends = part.input.iter().zip(forms).filter(|(r, _)| !r.is_zero());
        total(addends.filter_map(|(r, form)| form.get(i).map(|d| r * d)))
    };
    let same = row.target == part.target && row.weight == part.weight;
    same && row
        .input
        .iter()
        .enumerate()
        .all(|(i, a)| entry(i).as_ref() == Ok(a))
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
    let independent =
        wide && Matrix::new(&all).and_then(|matrix| Ok(matrix.rank()?)) == Ok(all.len());
    ensure(independent, "independent", [])?;
    let mut left: Vec<_> = parts
        .iter()
        .map(|(forms, minima)| (forms, minima.data.rows().iter().peekable()))
        .collect();
    for (index, row) in data.rows().iter().enumerate() {
        let taken = left
            .iter_mut()
            .any(|(forms, rows)| rows.next_if(|part| is_image(row, forms, part)).is_some());
        ensure(taken, "part", [index])?;
    }
    ensure(
        left.iter_mut().all(|(_, rows)| rows.peek().is_none()),
        "data",
        [],
    )?;
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
    let Global {
        product,
        cells,
        symmetries,
    } = evidence;
    ensure(product.data == *data, "data", [])?;
    check_product(product, cells)?;
    if product.parts.iter().any(|(_, part)| part.minima.is_empty()) {
        return Ok(());
    }
    count(product.parts.len(), symmetries.len())?;
    for ((_, part), maps) in product.parts.iter().zip(symmetries) {
        let Some((first, others)) = part.minima.split_first() else {
            continue;
        };
        let floor = part.at_infinity.as_ref().ok_or(fails("floor", []))?;
        compare(*floor >= first.error.1, "floor", &first.error.1, floor)?;
        count(others.len(), maps.len())?;
        let rows = frame(&part.data, &part.chart)?;
        for (index, (other, map)) in others.iter().zip(maps).enumerate() {
            let exact =
                first.near.is_zero() && other.near.is_zero() && first.error.0 == first.error.1;
            let equal = exact && first.error == other.error
                || preserves(&rows, map)? && maps_to(map, other, first);
            ensure(equal, "equal", [index.saturating_add(1)])?;
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
    let turned = rows.iter().map(turned).collect::<Option<Vec<_>>>();
    let one_to_one = (1..=places.len()).map(Int::from).eq(places);
    Ok(one_to_one && turned.map(merged).transpose()? == Some(merged(rows.to_vec())?))
}

/// Whether the image of the minimum lies in the box of the first one: ρ ≤ 1 + 2s ≤ e^{2s} for the quotients ρ of the
/// ξ-coordinates and their inverses, s what the radius exceeds `near` by.
fn maps_to(map: &[Int], other: &Minimum, first: &Minimum) -> bool {
    let (Some(from), Some(to)) = (other.centre.xi(), first.centre.xi()) else {
        return false;
    };
    let from: Vec<Rational> = from.iter().map(Interval::lo).collect();
    let Some(from) = image(map, &from, Rational::recip) else {
        return false;
    };
    let spare = Rational::new(Int::one(), Int::one() << first.half_width) - &other.near;
    let most = &spare + &spare + Rational::one();
    !spare.is_negative()
        && from
            .iter()
            .zip(&to)
            .all(|(x, y)| *x <= y.lo() * &most && y.lo() <= x * &most)
}
