//! The search for a tree of cells in a cone. UNTRUSTED.

use super::super::barrier::Problem;
use super::FEW_WEIGHTS;
use super::bounds::Ends;
use super::cone::{Bounds, Cone};
use super::direction::{MOST_ROWS, steepest};
use super::fans::{FloatRow, Halved, halve_apart, halve_incomparable, halve_mixed};
use crate::kernel::number::Int;
use crate::kernel::surface::{Minimum, Tree};
use num_traits::ToPrimitive;
use std::sync::OnceLock;

/// Most cells of one cone before the search gives up, for few weights and for many.
const CELLS: [usize; 2] = [20_000, 3_000];
/// Deepest nesting of cuts in one cone, for few weights and for many.
const DEPTH: [usize; 2] = [300, 120];
/// How often a cone in which the search fails is halved once more.
pub(super) const FANS: usize = 16;
/// What is equal to within this is taken to be equal; the kernel decides.
pub(super) const TIE: f64 = 1e-12;
/// Directions that worked are tried again, so many of them.
const RECENT: usize = 40;
/// The greatest entries of directions, to be tried in this order.
const SIZES: [f64; 17] = [
    1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0, 128.0, 256.0, 1024.0, 4096.0,
    65536.0,
];

/// What is the same in all cones.
pub(super) struct Search<'a> {
    pub(super) rows: &'a [FloatRow],
    pub(super) minima: &'a [Minimum],
    pub(super) floor: Option<f64>,
    pub(super) problem: &'a Problem,
    /// Where the search gave up first.
    pub(super) stuck: OnceLock<Vec<f64>>,
}

impl Search<'_> {
    fn many(&self) -> bool {
        self.problem.floats.n > FEW_WEIGHTS
    }

    pub(super) fn cone(&self, rays: &[Vec<i64>], fans: usize) -> Option<Tree> {
        let fan = |halved: Halved, fans: usize| {
            let (rays, shares, [left, right]) = halved;
            let parts = Box::new((self.cone(&left, fans)?, self.cone(&right, fans)?));
            Some(Tree::Fan {
                rays,
                shares,
                parts,
            })
        };
        if let Some(halved) = halve_mixed(self.rows, rays).ok()? {
            return fan(halved, fans);
        }
        let cone = Cone::new(self, rays);
        if fans > 0
            && self
                .floor
                .is_some_and(|floor| (cone.end() - floor).abs() <= TIE * floor.abs().max(1.0))
            && let Some(halved) = halve_incomparable(&cone.rows, rays)
        {
            return fan(halved, fans - 1);
        }
        let mut cells = CellSearch::new(&cone);
        let whole = vec![(0.0, 1.0); rays.len()];
        if let Some(tree) = cells.leaf(&whole).or_else(|| cells.cut(&whole, 0)) {
            return Some(tree);
        }
        let stuck = cells.stuck.unwrap_or(whole);
        if fans > 0 {
            if let Some(tree) = self.peel(&cone, &stuck, fans - 1) {
                return Some(tree);
            }
            if !self.many() {
                return fan(halve_incomparable(&cone.rows, rays)?, fans - 1);
            }
        }
        let _ = self.stuck.set(cone.middle(&stuck));
        None
    }

    /// Halves a cone so that one part is a leaf as a whole, where two leading monomials are not comparable on a cell.
    fn peel(&self, cone: &Cone<'_>, cell: &[Ends], fans: usize) -> Option<Tree> {
        let whole = vec![(0.0, 1.0); cone.rays.len()];
        let far: Vec<usize> = (0..cell.len()).filter(|k| cell[*k].0 <= 0.0).collect();
        for (rays, shares, parts) in halve_apart(&cone.groups, cone.rays, &far) {
            let leaf = |part: &[Vec<i64>]| CellSearch::new(&Cone::new(self, part)).leaf(&whole);
            if let Some(left) = leaf(&parts[0]) {
                let parts = Box::new((left, self.cone(&parts[1], fans)?));
                return Some(Tree::Fan {
                    rays,
                    shares,
                    parts,
                });
            }
            if let Some(right) = leaf(&parts[1]) {
                let parts = Box::new((self.cone(&parts[0], fans)?, right));
                return Some(Tree::Fan {
                    rays,
                    shares,
                    parts,
                });
            }
        }
        None
    }
}

/// The search in one cone.
struct CellSearch<'a> {
    cone: &'a Cone<'a>,
    /// Directions to be tried in each cell.
    fixed: Vec<Vec<i64>>,
    /// Directions that worked, the latest one first.
    recent: Vec<Vec<i64>>,
    /// How many cells may still be cut.
    left: usize,
    /// Where it gave up.
    stuck: Option<Vec<Ends>>,
}

impl<'a> CellSearch<'a> {
    fn new(cone: &'a Cone<'a>) -> Self {
        let many = usize::from(cone.search.many());
        Self {
            cone,
            fixed: directions(cone),
            recent: Vec::new(),
            left: CELLS[many],
            stuck: None,
        }
    }

    /// A tree for a cell that is no leaf.
    fn cut(&mut self, cell: &[Ends], depth: usize) -> Option<Tree> {
        let many = self.cone.search.many();
        let hopeless = many && self.cone.search.stuck.get().is_some();
        if self.left == 0 || depth > DEPTH[usize::from(many)] || hopeless {
            self.stuck.get_or_insert_with(|| cell.to_vec());
            return None;
        }
        self.left -= 1;
        let weight = |k: usize| {
            let most = self
                .cone
                .rows
                .iter()
                .map(|row| row.powers[k])
                .max()
                .unwrap_or(0);
            (cell[k].1 - cell[k].0) * f64::from(most.max(1))
        };
        let mut axes: Vec<usize> = (0..cell.len())
            .filter(|k| cell[*k].1 - cell[*k].0 > 1e-17)
            .collect();
        axes.sort_by(|i, k| weight(*k).total_cmp(&weight(*i)));
        let widest = *axes.first()?;
        // For few weights only the widest axis is tried: to try another costs more than it saves.
        axes.truncate(if many { axes.len() } else { 1 });
        for axis in axes {
            let (low, high) = halves(cell, axis);
            // A half that is a leaf costs nothing.
            let parts = match (self.leaf(&low), self.leaf(&high)) {
                (Some(low), Some(high)) => (low, high),
                (Some(leaf), None) => (leaf, self.cut(&high, depth + 1)?),
                (None, Some(leaf)) => (self.cut(&low, depth + 1)?, leaf),
                (None, None) => continue,
            };
            return Some(Tree::Cut(axis, Box::new(parts.0), Box::new(parts.1)));
        }
        let (low, high) = halves(cell, widest);
        Some(Tree::Cut(
            widest,
            Box::new(self.cut(&low, depth + 1)?),
            Box::new(self.cut(&high, depth + 1)?),
        ))
    }

    /// The cell as a leaf, if a reason is found.
    fn leaf(&mut self, cell: &[Ends]) -> Option<Tree> {
        let (cone, search) = (self.cone, self.cone.search);
        let far = cell.iter().any(|q| q.0 <= 0.0);
        if far && search.floor.is_some_and(|floor| !cone.above(cell, floor)) {
            return None;
        }
        if let Some(index) = search
            .minima
            .iter()
            .position(|minimum| cone.inside(cell, minimum))
        {
            return Some(Tree::Inside(index));
        }
        let bounds = cone.bounds(cell);
        let none = vec![0; cell.len()];
        if let Some(place) = self
            .recent
            .iter()
            .position(|d| cone.bends(cell, &bounds, &none, d))
        {
            let d = self.recent.remove(place);
            return Some(self.downwards(d));
        }
        let gradient = self.gradient(cell);
        let back = |d: &Vec<i64>| d.iter().map(|x| -x).collect::<Vec<i64>>();
        let mut signed = gradient
            .iter()
            .chain(&self.fixed)
            .flat_map(|d| [d.clone(), back(d)]);
        if let Some(d) = signed.find(|d| cone.bends(cell, &bounds, &none, d)) {
            return Some(self.downwards(d));
        }
        let axes = (0..cell.len()).map(|k| {
            (0..cell.len())
                .map(|i| i64::from(i == k))
                .collect::<Vec<i64>>()
        });
        let flat = self
            .fixed
            .iter()
            .cloned()
            .chain(axes)
            .find(|v| cone.bends(cell, &bounds, v, &none));
        if let Some(v) = flat {
            return Some(Tree::Bend(ints(&v), Vec::new()));
        }
        if cone.rows.len() > MOST_ROWS {
            return None;
        }
        if let Some((d, _)) = steepest(cone, &bounds, None) {
            let most = d.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
            let sizes = SIZES.into_iter().map(|size| rounded(&d, size / most));
            let found = sizes
                .into_iter()
                .find(|d| cone.bends(cell, &bounds, &none, d));
            return found.map(|d| self.downwards(d));
        }
        self.curved(cell, &bounds)
    }

    fn downwards(&mut self, d: Vec<i64>) -> Tree {
        let leaf = Tree::Bend(Vec::new(), ints(&d));
        self.recent.insert(0, d);
        self.recent.truncate(RECENT);
        leaf
    }

    /// A leaf for a cell near a point where the gradient vanishes.
    fn curved(&self, cell: &[Ends], bounds: &Bounds) -> Option<Tree> {
        let hessian = self
            .cone
            .search
            .problem
            .floats
            .derivatives(&self.cone.middle(cell))
            .hessian;
        let (values, vectors) = hessian.eigen();
        let least = (0..cell.len())
            .min_by(|i, k| values[*i].total_cmp(&values[*k]))
            .filter(|k| values[*k] < 0.0)?;
        let w: Vec<f64> = (0..cell.len()).map(|i| vectors.at(i, least)).collect();
        let most = w.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
        [1, 2, 4, 8].into_iter().find_map(|size| {
            let v = rounded(&w, f64::from(size) / most);
            let (d, share) =
                steepest(self.cone, bounds, Some(&v)).filter(|(_, share)| *share > 1e-9)?;
            [1, 2, 4, 8, 16].into_iter().find_map(|size: i32| {
                let v: Vec<i64> = v.iter().map(|x| x * i64::from(size)).collect();
                let d = rounded(&d, f64::from(size * size) / share);
                self.cone
                    .bends(cell, bounds, &v, &d)
                    .then(|| Tree::Bend(ints(&v), ints(&d)))
            })
        })
    }

    /// The gradient in the middle of the cell, as a small integer vector.
    fn gradient(&self, cell: &[Ends]) -> Option<Vec<i64>> {
        let gradient = self
            .cone
            .search
            .problem
            .floats
            .derivatives(&self.cone.middle(cell))
            .gradient;
        let most = gradient.iter().fold(0.0_f64, |m, g| m.max(g.abs()));
        (most > 0.0).then(|| rounded(&gradient, 8.0 / most))
    }
}

fn halves(cell: &[Ends], axis: usize) -> (Vec<Ends>, Vec<Ends>) {
    let middle = f64::midpoint(cell[axis].0, cell[axis].1);
    let (mut low, mut high) = (cell.to_vec(), cell.to_vec());
    low[axis].1 = middle;
    high[axis].0 = middle;
    (low, high)
}

fn rounded(x: &[f64], factor: f64) -> Vec<i64> {
    x.iter()
        .map(|x| (x * factor).round().to_i64().unwrap_or(0))
        .collect()
}

fn ints(v: &[i64]) -> Vec<Int> {
    v.iter().map(|x| Int::from(*x)).collect()
}

/// Directions to try where no programs are solved, or for few weights: the rays, the axes, sums and differences, small
/// vectors.
fn directions(cone: &Cone<'_>) -> Vec<Vec<i64>> {
    let (rays, n) = (cone.rays, cone.rays.len());
    if cone.search.many() && cone.rows.len() <= MOST_ROWS {
        return Vec::new();
    }
    let mut all: Vec<Vec<i64>> = rays.to_vec();
    if n > FEW_WEIGHTS {
        let axis = |k: usize, sign: i64| {
            (0..n)
                .map(move |i| if i == k { sign } else { 0 })
                .collect::<Vec<i64>>()
        };
        all.extend((0..n).map(|k| axis(k, 1)));
        for k in 0..n {
            for (l, sign) in (0..k).flat_map(|l| [(l, 1), (l, -1)]) {
                all.push(
                    axis(k, 1)
                        .iter()
                        .zip(axis(l, sign))
                        .map(|(x, y)| x + y)
                        .collect(),
                );
            }
        }
        return all;
    }
    let count = 3_usize.pow(u32::try_from(n).unwrap_or(0));
    for code in 0..count {
        let mut rest = code;
        let digits: Vec<i64> = (0..n)
            .map(|_| {
                let digit = rest % 3;
                rest /= 3;
                i64::try_from(digit).unwrap_or(0) - 1
            })
            .collect();
        let mixed = (0..n)
            .map(|i| rays.iter().zip(&digits).map(|(ray, d)| ray[i] * d).sum())
            .collect();
        for direction in [digits, mixed] {
            let opposite: Vec<i64> = direction.iter().map(|x: &i64| -x).collect();
            if direction.iter().any(|x| *x != 0)
                && !all.contains(&direction)
                && !all.contains(&opposite)
            {
                all.push(direction);
            }
        }
    }
    all
}
