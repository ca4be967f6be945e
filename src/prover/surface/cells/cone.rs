//! A cone in which every row has one sign, and what is known of E on its cells. UNTRUSTED.

use super::bounds::{Ends, factors, least, monomial, quotient, times};
use super::fans::FloatRow;
use super::search::{Search, TIE};
use crate::kernel::surface::{Minimum, Point};
use num_traits::ToPrimitive;

/// A row in a cone.
pub(super) struct ConeRow<'a> {
    pub(super) row: &'a FloatRow,
    pub(super) sign: f64,
    /// Exponents of p.
    pub(super) powers: Vec<i32>,
    /// Which group of rows with the same leading monomial.
    pub(super) group: usize,
}

/// A cone that is being searched.
pub(super) struct Cone<'a> {
    pub(super) search: &'a Search<'a>,
    pub(super) rays: &'a [Vec<i64>],
    pub(super) rows: Vec<ConeRow<'a>>,
    /// The leading monomials.
    pub(super) groups: Vec<Vec<i32>>,
    /// Their order in the kernel.
    order: Vec<usize>,
}

/// The factors of every row on a cell, and the quotients of the groups' monomials.
pub(super) struct Bounds {
    pub(super) first: Vec<Ends>,
    pub(super) second: Vec<Ends>,
    /// For groups m and l, in this order, q^(m−l) where it is bounded.
    pub(super) quotients: Vec<Option<Ends>>,
}

/// ⟨a,v⟩.
pub(super) fn along(row: &FloatRow, v: &[i64]) -> f64 {
    row.a
        .iter()
        .zip(v)
        .map(|(a, v)| a * v)
        .sum::<i64>()
        .to_f64()
        .unwrap_or(0.0)
}

impl<'a> Cone<'a> {
    /// All rows in a cone in which none of them has both signs.
    pub(super) fn new(search: &'a Search<'a>, rays: &'a [Vec<i64>]) -> Self {
        let mut groups: Vec<Vec<i32>> = Vec::new();
        let rows = search.rows.iter().map(|row| {
            let values: Vec<i64> = rays
                .iter()
                .map(|ray| ray.iter().zip(&row.a).map(|(r, a)| r * a).sum())
                .collect();
            let sign = if values.iter().any(|v| *v < 0) {
                -1.0
            } else {
                1.0
            };
            let powers: Vec<i32> = values
                .iter()
                .map(|v| v.unsigned_abs().to_i32().unwrap_or(i32::MAX))
                .collect();
            let twice = if sign * row.b >= 1.0 { 2 } else { 1 };
            let leading: Vec<i32> = powers.iter().map(|m| m * twice).collect();
            let group = groups
                .iter()
                .position(|known| *known == leading)
                .unwrap_or(groups.len());
            if group == groups.len() {
                groups.push(leading);
            }
            ConeRow {
                row,
                sign,
                powers,
                group,
            }
        });
        let rows: Vec<ConeRow<'_>> = rows.collect();
        let mut order: Vec<usize> = (0..groups.len()).collect();
        order.sort_by(|x, y| groups[*x].cmp(&groups[*y]));
        Self {
            search,
            rays,
            rows,
            groups,
            order,
        }
    }

    /// E at the cone's corner of infinity.
    pub(super) fn end(&self) -> f64 {
        self.rows
            .iter()
            .map(|row| row.row.w * (row.sign - row.row.b) * (row.sign - row.row.b))
            .sum()
    }

    pub(super) fn bounds(&self, cell: &[Ends]) -> Bounds {
        let factors = self
            .rows
            .iter()
            .map(|row| factors(row.row, row.sign, monomial(cell, &row.powers)));
        let (first, second) = factors.map(|[_, first, second]| (first, second)).unzip();
        Bounds {
            first,
            second,
            quotients: self.quotients(cell),
        }
    }

    /// For groups m and l, in this order, q^(m−l) where it is bounded.
    fn quotients(&self, cell: &[Ends]) -> Vec<Option<Ends>> {
        let pairs = self
            .groups
            .iter()
            .flat_map(|m| self.groups.iter().map(move |l| (m, l)));
        pairs.map(|(m, l)| quotient(cell, m, l)).collect()
    }

    /// Whether D²E[v] + DE[d] < 0 on the cell, as the kernel decides it.
    pub(super) fn bends(&self, cell: &[Ends], bounds: &Bounds, v: &[i64], d: &[i64]) -> bool {
        let mut sums: Vec<Option<Ends>> = vec![None; self.groups.len()];
        let mut size = 0.0;
        for ((row, first), second) in self.rows.iter().zip(&bounds.first).zip(&bounds.second) {
            let (v, d) = (along(row.row, v), along(row.row, d));
            if v == 0.0 && d == 0.0 {
                continue;
            }
            let slope = if d < 0.0 {
                (first.1 * d, first.0 * d)
            } else {
                (first.0 * d, first.1 * d)
            };
            let term = (second.0 * v * v + slope.0, second.1 * v * v + slope.1);
            size += term.0.abs().max(term.1.abs());
            let sum = sums[row.group].get_or_insert((0.0, 0.0));
            *sum = (sum.0 + term.0, sum.1 + term.1);
        }
        let slack = 1e-13 * size + 1e-15;
        if sums.iter().flatten().all(|sum| sum.1 + slack >= 0.0) {
            return false;
        }
        self.outweighed(&bounds.quotients, |sum| sum.1 + slack, &sums)
            || self.divided(cell, &sums).1 + slack < 0.0
    }

    /// Whether every positive upper bound of a group is outweighed by a negative one, as the kernel finds it.
    fn outweighed(
        &self,
        quotients: &[Option<Ends>],
        most: impl Fn(&Ends) -> f64,
        sums: &[Option<Ends>],
    ) -> bool {
        let terms = self
            .order
            .iter()
            .filter_map(|group| Some((*group, most(&sums[*group]?))));
        let (positive, mut rest): (Vec<_>, Vec<_>) = terms.partition(|(_, most)| *most > 0.0);
        // q^l (q^(m−l) F + G), where that is negative.
        let merged = |m: usize, most: f64, l: usize, other: f64| {
            let (low, high) = quotients[m * self.groups.len() + l]?;
            let sum = most * if most < 0.0 { low } else { high } + other;
            (sum < 0.0).then_some((l, sum))
        };
        !rest.is_empty()
            && positive.into_iter().all(|(m, plus)| {
                let found = rest.iter_mut().find_map(|term| {
                    let (l, minus) = *term;
                    Some((
                        merged(m, plus, l, minus).or_else(|| merged(l, minus, m, plus))?,
                        term,
                    ))
                });
                found.map(|(sum, term)| *term = sum).is_some()
            })
    }

    /// The sum of the groups times their monomials, divided by the greatest one that divides all.
    fn divided(&self, cell: &[Ends], sums: &[Option<Ends>]) -> Ends {
        let present = || {
            self.groups
                .iter()
                .zip(sums)
                .filter_map(|(powers, sum)| sum.map(|sum| (powers, sum)))
        };
        let common: Vec<i32> = (0..cell.len())
            .map(|k| present().map(|(powers, _)| powers[k]).min().unwrap_or(0))
            .collect();
        let each = present().map(|(powers, sum)| {
            let rest: Vec<i32> = powers
                .iter()
                .zip(&common)
                .map(|(m, least)| m - least)
                .collect();
            times(monomial(cell, &rest), sum)
        });
        each.fold((0.0, 0.0), |sum, term| (sum.0 + term.0, sum.1 + term.1))
    }

    /// Whether E ≥ floor on the cell, as the kernel decides it.
    pub(super) fn above(&self, cell: &[Ends], floor: f64) -> bool {
        let mut sums: Vec<Option<Ends>> = vec![None; self.groups.len()];
        let mut lower = 0.0;
        for row in &self.rows {
            let p = monomial(cell, &row.powers);
            let [value, _, _] = factors(row.row, row.sign, p);
            let sum = sums[row.group].get_or_insert((0.0, 0.0));
            *sum = (sum.0 + value.0, sum.1 + value.1);
            lower += least(row.row, row.sign, p);
        }
        if lower > floor + 1e-9 * floor.abs() {
            return true;
        }
        let rest = self.end() - floor;
        let size: f64 = sums
            .iter()
            .flatten()
            .map(|sum| sum.0.abs().max(sum.1.abs()))
            .sum();
        let slack = 1e-13 * size + 1e-15;
        if rest.abs() <= TIE * floor.abs().max(1.0) {
            return self.outweighed(&self.quotients(cell), |sum| slack - sum.0, &sums)
                || self.divided(cell, &sums).0 > slack;
        }
        let whole = self
            .groups
            .iter()
            .zip(&sums)
            .filter_map(|(powers, sum)| Some(times(monomial(cell, powers), (*sum)?).0));
        whole.sum::<f64>() + rest > slack + 1e-13 * floor.abs()
    }

    /// A point in the cell.
    pub(super) fn middle(&self, cell: &[Ends]) -> Vec<f64> {
        let mut u = vec![0.0; cell.len()];
        for (q, ray) in cell.iter().zip(self.rays) {
            let middle: f64 = if q.0 > 0.0 {
                (q.0 * q.1).sqrt()
            } else {
                q.1 / 2.0
            };
            let lambda = -0.5 * middle.ln();
            for (x, r) in u.iter_mut().zip(ray) {
                *x += lambda * r.to_f64().unwrap_or(0.0);
            }
        }
        u
    }

    pub(super) fn inside(&self, cell: &[Ends], minimum: &Minimum) -> bool {
        let Point::Exp { bits, xi } = &minimum.centre else {
            return false;
        };
        let (Ok(m), Ok(e)) = (i32::try_from(minimum.half_width), i32::try_from(*bits)) else {
            return false;
        };
        let width = (1.0 + 2.0 * 2_f64.powi(-m)) * (1.0 - 1e-12);
        xi.iter().enumerate().all(|(i, x)| {
            let xi = x.to_f64().unwrap_or(0.0) * 2_f64.powi(-e);
            let (mut most, mut least) = (1.0, 1.0);
            for (q, ray) in cell.iter().zip(self.rays) {
                let power = -ray[i].to_i32().unwrap_or(0);
                let (x, y) = (q.0.powi(power), q.1.powi(power));
                most *= x.max(y);
                least *= x.min(y);
            }
            most <= xi * width && least * width >= xi
        })
    }
}
