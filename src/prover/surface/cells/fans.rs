//! Cones, and how they are halved. UNTRUSTED.

use super::super::chart::ChartRow;
use super::super::floats::float;
use super::cone::ConeRow;
use num_traits::ToPrimitive;

/// Largest exponent that the kernel takes.
const POWER: i64 = 256;

/// A row in floats, with its integer entries.
pub(super) struct FloatRow {
    pub(super) a: Vec<i64>,
    pub(super) b: f64,
    pub(super) w: f64,
}

/// Nothing if an entry is too large for the kernel.
pub(super) fn float_rows(rows: &[ChartRow]) -> Option<Vec<FloatRow>> {
    let rows = rows.iter().map(|row| {
        let a = row
            .a
            .iter()
            .map(ToPrimitive::to_i64)
            .collect::<Option<Vec<i64>>>()?;
        let fits = a.iter().all(|a| a.abs() <= POWER);
        fits.then(|| FloatRow {
            a,
            b: float(&row.target),
            w: float(&row.weight),
        })
    });
    rows.collect()
}

pub(super) type Halved = ((usize, usize), [u32; 3], [Vec<Vec<i64>>; 2]);

/// Numbers became too large for the kernel.
pub(super) struct TooLarge;

/// Halves a cone at a row that has both signs in it.
pub(super) fn halve_mixed(
    rows: &[FloatRow],
    rays: &[Vec<i64>],
) -> Result<Option<Halved>, TooLarge> {
    for row in rows {
        let values: Vec<i64> = rays
            .iter()
            .map(|ray| ray.iter().zip(&row.a).map(|(r, a)| r * a).sum())
            .collect();
        if values.iter().any(|v| v.abs() > POWER) {
            return Err(TooLarge);
        }
        if let Some(halved) = halve_at(rays, &values) {
            return Ok(Some(halved));
        }
    }
    Ok(None)
}

/// Halves a cone where a linear form vanishes that has these values on its rays, if it has both signs.
fn halve_at(rays: &[Vec<i64>], values: &[i64]) -> Option<Halved> {
    let (i, k) = (
        values.iter().position(|v| *v > 0)?,
        values.iter().position(|v| *v < 0)?,
    );
    let (alpha, beta) = (values[k].unsigned_abs(), values[i].unsigned_abs());
    let common = gcd(alpha, beta);
    halve(rays, i, k, alpha / common, beta / common)
}

/// Halves a cone where the leading monomials of E − E(∞) are not comparable: of two that no other one divides.
pub(super) fn halve_incomparable(rows: &[ConeRow<'_>], rays: &[Vec<i64>]) -> Option<Halved> {
    let leading = rows
        .iter()
        .filter(|row| row.powers.iter().any(|m| *m > 0))
        .map(|row| {
            let twice = if row.sign * row.row.b >= 1.0 { 2 } else { 1 };
            row.powers
                .iter()
                .map(|m| i64::from(m * twice))
                .collect::<Vec<i64>>()
        });
    let all: Vec<Vec<i64>> = leading.collect();
    let divides = |x: &[i64], y: &[i64]| x.iter().zip(y).all(|(x, y)| x <= y);
    let least: Vec<&Vec<i64>> = all
        .iter()
        .filter(|y| !all.iter().any(|x| x != *y && divides(x, y)))
        .collect();
    let other = least.iter().find(|x| **x != least[0])?;
    let difference: Vec<i64> = least[0]
        .iter()
        .zip(other.iter())
        .map(|(x, y)| x - y)
        .collect();
    halve_at(rays, &difference)
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn halve(rays: &[Vec<i64>], i: usize, k: usize, alpha: u64, beta: u64) -> Option<Halved> {
    let (alpha, beta) = (u32::try_from(alpha).ok()?, u32::try_from(beta).ok()?);
    let mix = |(x, y): (&i64, &i64)| x * i64::from(alpha) + y * i64::from(beta);
    let ray: Vec<i64> = rays[i].iter().zip(&rays[k]).map(mix).collect();
    let content = ray
        .iter()
        .fold(0, |all, x| gcd(all, x.unsigned_abs()))
        .max(1);
    let shares = [alpha, beta, u32::try_from(content).ok()?];
    let ray: Vec<i64> = ray
        .iter()
        .map(|x| x / i64::try_from(content).unwrap_or(1))
        .collect();
    let mut parts = [rays.to_vec(), rays.to_vec()];
    parts[0][i].clone_from(&ray);
    parts[1][k] = ray;
    Some(((i, k), shares, parts))
}

/// The cones halved where two of the monomials that are not comparable in these places are equal there.
pub(super) fn halve_apart(
    monomials: &[Vec<i32>],
    rays: &[Vec<i64>],
    places: &[usize],
) -> Vec<Halved> {
    let mut known: Vec<((usize, usize), [u32; 3])> = Vec::new();
    let mut all = Vec::new();
    for (index, m) in monomials.iter().enumerate() {
        for l in &monomials[..index] {
            for (&i, &k) in places
                .iter()
                .flat_map(|i| places.iter().map(move |k| (i, k)))
            {
                let (more, less) = (m[i] - l[i], l[k] - m[k]);
                if i != k && more > 0 && less > 0 {
                    let (more, less) = (
                        u64::from(more.unsigned_abs()),
                        u64::from(less.unsigned_abs()),
                    );
                    let common = gcd(more, less);
                    let (more, less) = (more / common, less / common);
                    let halved = if i < k {
                        halve(rays, i, k, less, more)
                    } else {
                        halve(rays, k, i, more, less)
                    };
                    if let Some(halved) =
                        halved.filter(|(rays, shares, _)| !known.contains(&(*rays, *shares)))
                    {
                        known.push((halved.0, halved.1));
                        all.push(halved);
                    }
                }
            }
        }
    }
    all
}
