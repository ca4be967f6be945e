//! What evidence about a training set shows, in lines for a reader. Untrusted: the kernel has checked the evidence itself.

use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{
    Cells, Evidence, Global, Lower, Minima, Minimum, Point, TrainingSet, Tree, Unit,
};
use crate::print::decimal::decimal;
use num_traits::{One, ToPrimitive};

/// Significant digits of what is shown.
const DIGITS: u32 = 8;

/// The lines that tell what the evidence shows.
#[must_use]
pub fn lines(evidence: &Evidence) -> Vec<String> {
    match evidence {
        Evidence::Spurious(stated, _) => {
            let mut lines = vec!["a local minimum and a lower point:".to_owned()];
            lines.extend(minimum(stated));
            lines
        }
        Evidence::Direction(direction) => vec![format!(
            "along v = {} the error falls everywhere",
            vector(direction.iter().map(ToString::to_string))
        )],
        Evidence::Dual(multipliers) => vec![format!(
            "the rows, each times its target and its multiplier, add up to 0; multipliers {}",
            vector(multipliers.iter().map(ToString::to_string))
        )],
        Evidence::Global(shown) => global(shown),
        Evidence::Cells(cells) => counted(std::slice::from_ref(cells)),
        Evidence::Parts(parts) => counted(parts),
        Evidence::Barrier(_) => {
            vec!["by the barrier rule: a sum of squares bounds the Hessian on the box".to_owned()]
        }
        Evidence::Attraction(..) => {
            vec!["by the barrier rule, and a sum of squares below the upper bound".to_owned()]
        }
        Evidence::Compute => vec!["by computing the limit".to_owned()],
        Evidence::Krawczyk(_) => {
            vec!["by Krawczyk's test on the box, and the inertia of the Hessian there".to_owned()]
        }
    }
}

fn vector(entries: impl Iterator<Item = String>) -> String {
    format!("({})", entries.collect::<Vec<_>>().join(", "))
}

/// A number to some digits, which are not all of it.
fn near(x: &Rational) -> String {
    decimal(x, DIGITS, false)
}

fn interval((low, high): &(Rational, Rational)) -> String {
    format!(
        "[{}, {}]",
        decimal(low, 2 * DIGITS, false),
        decimal(high, 2 * DIGITS, true)
    )
}

/// A point, by its ξ where it has them.
fn place(point: &Point) -> String {
    match point {
        Point::Exp { bits, xi } => {
            let below = Int::one() << *bits;
            let each = xi
                .iter()
                .map(|x| near(&Rational::new(x.clone(), below.clone())));
            format!("½ log ξ, ξ ≈ {}", vector(each))
        }
        Point::Rational(u) => format!("about {}", vector(u.iter().map(near))),
    }
}

/// The box, its centre, λ, the bounds of the error, the lower point, and by how much each premise holds.
#[must_use]
pub fn minimum(stated: &Minimum) -> Vec<String> {
    let Minimum {
        centre,
        half_width,
        modulus,
        error,
        lower,
        ..
    } = stated;
    let mut lines = vec![
        format!(
            "the box has half-width 2^-{half_width} around the centre {}",
            place(centre)
        ),
        format!(
            "on the box the Hessian is at least λ ≈ {}, shown by a sum of squares",
            near(modulus)
        ),
    ];
    if let Some(slope) = slope(stated) {
        let half = modulus.to_f64().unwrap_or(0.0) * (-f64::from(*half_width) - 1.0).exp2();
        lines.push(format!(
            "at the centre |∇E|₁ ≈ {slope:.2e}, below λ times half the half-width ≈ {half:.2e}: the error is higher on every face"
        ));
    }
    lines.push(format!(
        "at the minimum the error lies in {}",
        interval(error)
    ));
    if let Some(Lower { point, error: low }) = lower {
        lines.push(format!("the lower point is {}", place(point)));
        lines.push(format!(
            "there the error is at most {}, lower by at least {}",
            decimal(low, DIGITS, true),
            near(&(&error.0 - low))
        ));
    }
    lines
}

/// |∇E(c)|₁ in the coordinates u, in floating point, where these are the weights themselves up to factors.
fn slope(stated: &Minimum) -> Option<f64> {
    let Minimum {
        data,
        chart,
        centre,
        ..
    } = stated;
    let count = chart.coordinates.len();
    if !chart.dropped.is_empty() || count != data.width() {
        return None;
    }
    let u = coordinates(centre)?;
    let mut x = vec![0.0; count];
    for (coordinate, u) in chart.coordinates.iter().zip(u) {
        *x.get_mut(coordinate.column)? = u * coordinate.scale.to_f64()?;
    }
    let gradient = gradient(data, &x)?;
    let each = chart.coordinates.iter().map(|coordinate| {
        Some((gradient.get(coordinate.column)? * coordinate.scale.to_f64()?).abs())
    });
    each.sum()
}

fn coordinates(point: &Point) -> Option<Vec<f64>> {
    match point {
        Point::Exp { bits, xi } => xi
            .iter()
            .map(|x| {
                let value = Rational::new(x.clone(), Int::one() << *bits);
                Some(value.to_f64()?.ln() / 2.0)
            })
            .collect(),
        Point::Rational(u) => u.iter().map(ToPrimitive::to_f64).collect(),
    }
}

fn gradient(data: &TrainingSet, x: &[f64]) -> Option<Vec<f64>> {
    let mut sum = vec![0.0; x.len()];
    for row in data.rows() {
        let input: Vec<f64> = row
            .input
            .iter()
            .map(ToPrimitive::to_f64)
            .collect::<Option<_>>()?;
        let y: f64 = input.iter().zip(x).map(|(a, x)| a * x).sum();
        let (response, rise) = match data.unit() {
            Unit::Tanh => (y.tanh(), 1.0 - y.tanh() * y.tanh()),
            Unit::Logistic => {
                let s = 1.0 / (1.0 + (-y).exp());
                (s, s * (1.0 - s))
            }
        };
        let factor = 2.0 * row.weight.to_f64()? * (response - row.target.to_f64()?) * rise;
        for (entry, a) in sum.iter_mut().zip(&input) {
            *entry += factor * a;
        }
    }
    Some(sum)
}

/// All local minima, and how the rest of space is excluded.
fn global(shown: &Global) -> Vec<String> {
    let parts = &shown.product.parts;
    let mut lines = vec![if parts.len() == 1 {
        "all local minima are known, and none is above another:".to_owned()
    } else {
        format!(
            "the error is a sum of {} functions of independent variables; all local minima of each are known, and none is above another:",
            parts.len()
        )
    }];
    for (_, found) in parts {
        lines.extend(found_minima(found));
    }
    lines.extend(counted(&shown.cells));
    lines
}

fn found_minima(found: &Minima) -> Vec<String> {
    let each = found.minima.iter().flat_map(|minimum| {
        [
            format!(
                "a minimum in the box of half-width 2^-{} around {}",
                minimum.half_width,
                place(&minimum.centre)
            ),
            format!("its error lies in {}", interval(&minimum.error)),
        ]
    });
    let floor = found.at_infinity.as_ref();
    let floor = floor.map(|floor| {
        format!(
            "outside a bounded set the error is at least {}",
            near(floor)
        )
    });
    let none = found
        .minima
        .is_empty()
        .then(|| "there is no local minimum".to_owned());
    each.chain(none).chain(floor).collect()
}

/// How many regions of space there are, by how they are excluded.
#[derive(Default)]
struct Count {
    fans: usize,
    cuts: usize,
    slopes: usize,
    bends: usize,
    boxes: usize,
}

impl Count {
    fn add(&mut self, tree: &Tree) {
        match tree {
            Tree::Fan { parts, .. } => {
                self.fans += 1;
                self.add(&parts.0);
                self.add(&parts.1);
            }
            Tree::Cut(_, smaller, larger) => {
                self.cuts += 1;
                self.add(smaller);
                self.add(larger);
            }
            Tree::Bend(bend, _) if bend.iter().all(|entry| entry.bits() == 0) => self.slopes += 1,
            Tree::Bend(..) => self.bends += 1,
            Tree::Inside(_) => self.boxes += 1,
        }
    }
}

fn counted(cells: &[Cells]) -> Vec<String> {
    let mut count = Count::default();
    let trees = cells.iter().flat_map(|cells| &cells.orthants);
    let orthants = trees.map(|tree| count.add(tree)).count();
    let Count {
        fans,
        cuts,
        slopes,
        bends,
        boxes,
    } = count;
    vec![
        format!(
            "{orthants} orthants, halved {fans} times as cones and {cuts} times as cells: {} regions",
            slopes + bends + boxes
        ),
        format!(
            "{slopes} excluded by a direction in which the error falls, {bends} by one in which it bends down, \
             {boxes} in the box of a minimum"
        ),
    ]
}
