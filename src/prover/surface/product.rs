//! All local minima in other variables: one for each line where the lines are independent, else some lines as axes; and
//! that no local minimum is spurious. UNTRUSTED.

use super::barrier::{Problem, approximate};
use super::certify::floors;
use super::chart::{ChartRow, choose, reduce};
use super::floats::{dot, float};
use super::linear::Square;
use super::{cells, find};
use crate::kernel::number::Int;
use crate::kernel::number::Rational;
use crate::kernel::surface::{Cells, Global, Minima, Minimum, Product, Row, TrainingSet, Unit};
use num_traits::{Signed, Zero};

/// Most candidates for a symmetry.
const MAPS: usize = 50_000;
/// Most rows of a training set for which other axes are tried.
const MOST_EXCHANGED: usize = 64;

/// The product statement with its evidence, where the rows lie on few enough independent lines.
#[must_use]
pub fn prove(data: &TrainingSet, seed: u64, starts: usize) -> Option<(Product, Vec<Cells>)> {
    let mut lines: Vec<(Vec<Rational>, Vec<Row>)> = Vec::new();
    for row in data.rows() {
        let full = lines.len() == data.width();
        let found = lines
            .iter_mut()
            .find_map(|(direction, rows)| Some((factor(&row.input, direction)?, rows)));
        let part = |factor| Row {
            input: vec![factor],
            target: row.target.clone(),
            weight: row.weight.clone(),
        };
        match found {
            Some((factor, rows)) => rows.push(part(factor)),
            None if row.input.iter().all(Zero::is_zero) => return None,
            None if full => return None,
            None => lines.push((
                row.input.clone(),
                vec![part(Rational::from_integer(1.into()))],
            )),
        }
    }
    if lines.len() < 2
        || reduce(
            lines
                .iter()
                .map(|(direction, _)| direction.clone())
                .collect(),
        )
        .len()
            < lines.len()
    {
        return None;
    }
    let (mut stated, mut shown) = (Vec::new(), Vec::new());
    for (direction, rows) in lines {
        let part = TrainingSet::new(data.unit(), 1, rows).ok()?;
        let problem = Problem::new(&part);
        let found = find::search(&problem.floats, seed, starts);
        let (minima, cells) = cells::list(&problem, &found, &floors(&problem, &found))?;
        stated.push((vec![direction], minima));
        shown.push(cells);
    }
    Some((
        Product {
            data: data.clone(),
            parts: stated,
        },
        shown,
    ))
}

/// Starts near every combination of the lines' minima, in the coordinates of the chart, as far as there are few.
#[must_use]
pub fn starts(problem: &Problem, product: &Product, most: usize) -> Vec<Vec<f64>> {
    let count: usize = product
        .parts
        .iter()
        .map(|(_, part)| part.minima.len())
        .product();
    if count > most {
        return Vec::new();
    }
    // The weights x = Σ zₗ dₗ with ⟨dₗ,x⟩ = sₗ: the Gram matrix of the directions times z is s.
    let directions: Vec<Vec<f64>> = product
        .parts
        .iter()
        .flat_map(|(d, _)| d)
        .map(|d| d.iter().map(float).collect())
        .collect();
    let mut gram = Square::zero(directions.len());
    for (i, left) in directions.iter().enumerate() {
        for (j, right) in directions.iter().enumerate() {
            *gram.at_mut(i, j) = dot(left, right);
        }
    }
    let Some(factor) = gram.cholesky(|_| 0.0) else {
        return Vec::new();
    };
    let mut all = vec![Vec::new()];
    for (_, part) in &product.parts {
        let values: Vec<f64> = part.minima.iter().filter_map(line_value).collect();
        all = all
            .iter()
            .flat_map(|s: &Vec<f64>| values.iter().map(|v| [s.as_slice(), &[*v]].concat()))
            .collect();
    }
    let point = |s: &Vec<f64>| {
        let z = factor.solve_cholesky(s);
        let x: Vec<f64> = (0..problem.data.width())
            .map(|i| dot(&z, &directions.iter().map(|d| d[i]).collect::<Vec<f64>>()))
            .collect();
        problem.to_chart(&x)
    };
    all.iter().map(point).collect()
}

/// s at a minimum of one line.
fn line_value(minimum: &Minimum) -> Option<f64> {
    let coordinate = minimum.chart.coordinates.first()?;
    Some(approximate(&minimum.centre).first()? * float(&coordinate.scale))
}

/// All local minima in variables that are lines of the training set, as many as it has dimensions.
#[must_use]
pub fn along_lines(data: &TrainingSet, seed: u64, starts: usize) -> Option<(Product, Vec<Cells>)> {
    let (forms, part) = axes(data)?;
    let problem = Problem::new(&part);
    let found = find::search(&problem.floats, seed, starts);
    let (minima, cells) = cells::list(&problem, &found, &floors(&problem, &found))?;
    Some((
        Product {
            data: data.clone(),
            parts: vec![(forms, minima)],
        },
        vec![cells],
    ))
}

/// The weights themselves as the variables of one part.
#[must_use]
pub fn whole(minima: &Minima) -> Product {
    let one = |i: usize, k: usize| Rational::from_integer(i32::from(i == k).into());
    let width = minima.data.width();
    let forms = (0..width)
        .map(|i| (0..width).map(|k| one(i, k)).collect())
        .collect();
    Product {
        data: minima.data.clone(),
        parts: vec![(forms, minima.clone())],
    }
}

/// Independent directions of rows, those first that carry both labels and much weight, exchanged so that the rows become
/// small; and the training set in them.
fn axes(data: &TrainingSet) -> Option<(Vec<Vec<Rational>>, TrainingSet)> {
    let mut lines: Vec<(Vec<Rational>, [Rational; 2])> = Vec::new();
    for row in data
        .rows()
        .iter()
        .filter(|row| row.input.iter().any(|a| !a.is_zero()))
    {
        let place = lines
            .iter()
            .position(|(direction, _)| factor(&row.input, direction).is_some());
        let place = place.unwrap_or_else(|| {
            lines.push((row.input.clone(), [Rational::zero(), Rational::zero()]));
            lines.len() - 1
        });
        let (direction, pulls) = &mut lines[place];
        let middle = match data.unit() {
            Unit::Tanh => Rational::zero(),
            Unit::Logistic => Rational::new(1.into(), 2.into()),
        };
        let up = factor(&row.input, direction)?.is_positive() == (row.target > middle);
        pulls[usize::from(up)] += &row.weight;
    }
    lines.sort_by(|(_, a), (_, b)| {
        let key = |[x, y]: &[Rational; 2]| (x.is_zero() || y.is_zero(), -(x + y));
        key(a).cmp(&key(b))
    });
    let both = |[x, y]: &[Rational; 2]| !x.is_zero() && !y.is_zero();
    let lines: Vec<(Vec<Rational>, bool)> = lines
        .into_iter()
        .map(|(line, pulls)| (line, both(&pulls)))
        .collect();
    let mut chosen: Vec<usize> = Vec::new();
    for place in 0..lines.len() {
        if independent(&lines, &[chosen.as_slice(), &[place]].concat()) {
            chosen.push(place);
        }
    }
    let mut best = in_axes(data, &lines, &chosen)?;
    if data.rows().len() > MOST_EXCHANGED {
        return Some((best.0, best.1));
    }
    // An axis for another one of its kind, as long as the rows become smaller.
    while let Some((better, axes)) = exchanges(&lines, &chosen).into_iter().find_map(|axes| {
        let better = in_axes(data, &lines, &axes).filter(|better| better.2 < best.2)?;
        Some((better, axes))
    }) {
        (best, chosen) = (better, axes);
    }
    Some((best.0, best.1))
}

fn independent(lines: &[(Vec<Rational>, bool)], chosen: &[usize]) -> bool {
    reduce(chosen.iter().map(|place| lines[*place].0.clone()).collect()).len() == chosen.len()
}

/// All independent choices that differ in one axis, of the same kind.
fn exchanges(lines: &[(Vec<Rational>, bool)], chosen: &[usize]) -> Vec<Vec<usize>> {
    let others = (0..lines.len()).filter(|place| !chosen.contains(place));
    let each = others.flat_map(|new| {
        let alike = (0..chosen.len()).filter(move |at| lines[chosen[*at]].1 == lines[new].1);
        alike.map(move |at| {
            (0..chosen.len())
                .map(|k| if k == at { new } else { chosen[k] })
                .collect::<Vec<usize>>()
        })
    });
    each.filter(|axes| independent(lines, axes)).collect()
}

/// The training set in these lines as axes, and how large its rows are in integer coordinates.
fn in_axes(
    data: &TrainingSet,
    lines: &[(Vec<Rational>, bool)],
    chosen: &[usize],
) -> Option<(Vec<Vec<Rational>>, TrainingSet, Int)> {
    let forms: Vec<Vec<Rational>> = chosen.iter().map(|place| lines[*place].0.clone()).collect();
    let rows = data.rows().iter().map(|row| {
        let input = super::coordinates(&forms, &row.input)?;
        Some(Row {
            input,
            ..row.clone()
        })
    });
    let part = TrainingSet::new(data.unit(), forms.len(), rows.collect::<Option<_>>()?).ok()?;
    let size = choose(&part).1.iter().map(ChartRow::l1).sum();
    Some((forms, part, size))
}

/// The factor by which a is a multiple of d.
fn factor(a: &[Rational], d: &[Rational]) -> Option<Rational> {
    let (x, y) = a.iter().zip(d).find(|(_, d)| !d.is_zero())?;
    let factor = x / y;
    a.iter()
        .zip(d)
        .all(|(a, d)| *a == &factor * d)
        .then_some(factor)
}

/// Evidence that no local minimum is spurious, from the list of all.
#[must_use]
pub fn global(product: &Product, cells: &[Cells]) -> Option<Global> {
    let all = product.parts.iter().map(|(_, part)| {
        let Some((first, others)) = part.minima.split_first() else {
            return Some(Vec::new());
        };
        let rows: Vec<_> = Problem::new(&part.data).rows;
        others
            .iter()
            .map(|other| symmetry(&rows, other, first))
            .collect()
    });
    let empty = product.parts.iter().any(|(_, part)| part.minima.is_empty());
    let symmetries = if empty {
        Vec::new()
    } else {
        all.collect::<Option<_>>()?
    };
    Some(Global {
        product: product.clone(),
        cells: cells.to_vec(),
        symmetries,
    })
}

/// A signed permutation of the coordinates that maps one minimum to another and may preserve the rows; empty if both are
/// exact.
fn symmetry(rows: &[ChartRow], from: &Minimum, to: &Minimum) -> Option<Vec<Int>> {
    if from.near.is_zero() && to.near.is_zero() && from.error == to.error {
        return Some(Vec::new());
    }
    let (u, goal) = (approximate(&from.centre), approximate(&to.centre));
    let mut maps: Vec<Vec<i64>> = vec![Vec::new()];
    for target in &goal {
        let extended = maps.iter().flat_map(|map| {
            let free = (0..u.len()).filter(|j| {
                map.iter()
                    .all(|used| used.unsigned_abs() != place(*j).unsigned_abs())
            });
            let fits = free
                .flat_map(|j| [(j, 1.0), (j, -1.0)])
                .filter(|(j, sign)| (sign * u[*j] - target).abs() < 1e-6);
            fits.map(|(j, sign)| {
                [
                    map.as_slice(),
                    &[if sign > 0.0 { place(j) } else { -place(j) }],
                ]
                .concat()
            })
        });
        maps = extended.take(MAPS).collect();
    }
    let image = |map: &[i64], a: &[Int]| {
        let mut all = vec![Int::zero(); a.len()];
        for (to, a) in map.iter().zip(a) {
            let at = usize::try_from(to.unsigned_abs()).unwrap_or(1) - 1;
            all[at] = if *to < 0 { -a } else { a.clone() };
        }
        all
    };
    let folded = |a: Vec<Int>, row: &ChartRow| {
        if a.iter()
            .find(|a| !a.is_zero())
            .is_some_and(Signed::is_negative)
        {
            (
                a.into_iter().map(|a| -a).collect(),
                -&row.target,
                row.weight.clone(),
            )
        } else {
            (a, row.target.clone(), row.weight.clone())
        }
    };
    let set = |map: Option<&[i64]>| {
        let mut all: Vec<(Vec<Int>, Rational, Rational)> = rows
            .iter()
            .map(|row| {
                folded(
                    map.map_or_else(|| row.a.clone(), |map| image(map, &row.a)),
                    row,
                )
            })
            .collect();
        all.sort();
        all
    };
    let original = set(None);
    let found = maps.into_iter().find(|map| set(Some(map)) == original)?;
    Some(found.into_iter().map(Int::from).collect())
}

/// The number, from 1, of a coordinate.
fn place(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(0) + 1
}
