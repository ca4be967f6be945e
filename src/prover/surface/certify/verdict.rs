//! The verdict, from statements alone that the kernel has accepted.

use super::super::barrier::approximate;
use super::super::floats::float;
use super::accepted::{Step, minima};
use super::found::Found;
use crate::certificate::of_surfaces;
use crate::kernel::number::Rational;
use crate::kernel::surface::{Attraction, Critical, Evidence, Minima, Minimum, Product, Statement};
use crate::kernel::verdict::Proved;
use num_traits::Zero;

/// The first of these that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The gradient vanishes nowhere.
    NoCriticalPoint,
    /// A local minimum with a lower point elsewhere.
    Spurious,
    /// A local minimum whose value is the infimum, which is also approached at infinity.
    Tie,
    /// No finite local minimum is spurious.
    None,
    /// Local minima, strict in the coordinates; whether there is a lower point is not decided.
    Minimum,
    /// No local minimum, and nothing that excludes one.
    Unknown,
}

impl Verdict {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Verdict::NoCriticalPoint => "no-critical-point",
            Verdict::Spurious => "spurious",
            Verdict::Tie => "tie",
            Verdict::None => "none",
            Verdict::Minimum => "minimum",
            Verdict::Unknown => "unknown",
        }
    }
}

/// What is known of inf E.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Infimum {
    /// Lower and upper bound.
    pub value: (Rational, Rational),
    /// Whether it is attained.
    pub attained: Option<bool>,
    /// A direction along which E tends to the upper bound.
    pub direction: Option<Vec<Rational>>,
}

/// Everything that was certified.
#[derive(Clone, Debug)]
pub struct Certified {
    /// The verdict.
    pub verdict: Verdict,
    /// One sentence.
    pub reason: String,
    /// Certified strict local minima (strict in the coordinates u), by error.
    pub minima: Vec<Minimum>,
    /// Certified critical points of other kinds, by error.
    pub others: Vec<Critical>,
    /// Certified attraction, for some of the minima.
    pub attraction: Vec<Attraction>,
    /// Whether these are certified to be all local minima.
    pub complete: bool,
    /// What is known of the infimum.
    pub infimum: Option<Infimum>,
    /// Where nothing is certified: the best point that the search found, in floats, and what failed there.
    pub found: Option<Found>,
    /// What a reader should know besides: sentences.
    pub remarks: Vec<String>,
    /// Every statement that the kernel accepted, with its evidence.
    pub steps: Vec<Step>,
}

impl Certified {
    /// The steps as a certificate has them: what it is for stands last.
    #[must_use]
    pub fn in_order(&self) -> Vec<(&Statement, &Evidence)> {
        let mut steps: Vec<&Step> = self.steps.iter().collect();
        let spurious = self.verdict == Verdict::Spurious;
        steps.sort_by_key(|(statement, _)| match statement {
            Statement::Balanced(_)
            | Statement::Limit(_)
            | Statement::Attraction(_)
            | Statement::Critical(_) => 0,
            Statement::Minimum(minimum) if minimum.lower.is_some() => 3,
            Statement::Minimum(_) => 1,
            Statement::Minima(_) | Statement::Product(_) if spurious => 2,
            Statement::Spurious(_)
            | Statement::NoCriticalPoint(_)
            | Statement::Minima(_)
            | Statement::Product(_) => 4,
        });
        steps
            .into_iter()
            .map(|(statement, evidence)| (statement, evidence))
            .collect()
    }

    /// The text of a certificate that the kernel accepts as a whole, and how many statements are not in it: those that
    /// matter least, where all of them are beyond the budget of one check.
    #[must_use]
    pub fn certificate(&self) -> Option<(String, usize)> {
        let mut steps = self.in_order();
        let all = steps.len();
        while !steps.is_empty() {
            let text = of_surfaces(steps.iter().copied());
            let Err(rejected) = Proved::check_text(&text) else {
                return Some((text, all - steps.len()));
            };
            // So many steps fit, or the text is too long to be read.
            let fit = rejected.step.unwrap_or(steps.len() / 2);
            let most = steps.len().saturating_sub(1).max(1);
            steps.drain(..(steps.len() - fit).clamp(1, most));
        }
        None
    }
}

/// The certified minima are different points: their enclosures are apart.
fn distinct(minima: &[Minimum]) -> bool {
    let centre = |minimum: &Minimum| approximate(&minimum.centre);
    minima.iter().enumerate().all(|(i, a)| {
        minima.iter().take(i).all(|b| {
            let reach = float(&a.near) + float(&b.near) + 1e-9;
            centre(a)
                .iter()
                .zip(centre(b))
                .any(|(x, y)| (x - y).abs() > reach * (1.0 + x.abs()))
        })
    })
}

/// What the list of all minima says, however it was proved.
struct All {
    /// How many local minima there are.
    count: usize,
    /// Bounds of the least error among them.
    least: Option<(Rational, Rational)>,
    /// E ≥ this near infinity.
    floor: Option<Rational>,
}

fn all_of(stated: &Minima) -> All {
    let least = |pick: fn(&Minimum) -> &Rational| stated.minima.iter().map(pick).min().cloned();
    let least = least(|m| &m.error.0).zip(least(|m| &m.error.1));
    All {
        count: stated.minima.len(),
        least,
        floor: stated.at_infinity.clone(),
    }
}

/// E is a sum over the parts: its minima are the products, its infimum the sum of the parts' infima.
fn all_of_parts(stated: &Product) -> All {
    if let [(_, part)] = stated.parts.as_slice() {
        return all_of(part);
    }
    let zero = || Some((Rational::zero(), Rational::zero()));
    let mut all = All {
        count: 1,
        least: zero(),
        floor: None,
    };
    let mut attained = true;
    for part in stated.parts.iter().map(|(_, part)| all_of(part)) {
        all.count *= part.count;
        attained &= part
            .least
            .as_ref()
            .zip(part.floor.as_ref())
            .is_some_and(|(least, floor)| least.1 < *floor);
        all.least = all
            .least
            .zip(part.least)
            .map(|(sum, least)| (sum.0 + least.0, sum.1 + least.1));
    }
    // Each line attains its infimum: then so does E, and outside a bounded set it is no lower.
    if attained {
        all.floor = all
            .least
            .as_ref()
            .map(|least| &least.1 + Rational::from_integer(1.into()));
    }
    all
}

/// Why a verdict is `spurious`: where inputs are dependent, a minimum in the coordinates is a family of them in the weights.
fn spurious_words(minima: &[Minimum]) -> &'static str {
    if minima
        .iter()
        .all(|minimum| minimum.chart.dropped.is_empty())
    {
        "a strict local minimum is certified, and a point with a smaller error elsewhere"
    } else {
        "an affine family of local minima is certified, and a point with a smaller error elsewhere"
    }
}

/// What a verdict `minimum` says: nothing of lower points.
fn minimum_words(minima: &[Minimum]) -> &'static str {
    let strict = |minimum: &Minimum| minimum.chart.dropped.is_empty();
    match (minima.iter().all(strict), minima.len()) {
        (true, 1) => {
            "a strict local minimum is certified; whether there is a lower point is not decided"
        }
        (true, _) => {
            "strict local minima are certified; whether there is a lower point is not decided"
        }
        (false, 1) => {
            "an affine family of local minima is certified; whether there is a lower point is not decided"
        }
        (false, _) => {
            "affine families of local minima are certified; whether there is a lower point is not decided"
        }
    }
}

/// The verdict, from statements alone that the kernel has accepted: from the first few of them as well as from all.
#[must_use]
pub fn conclude(accepted: Vec<Step>) -> Certified {
    let mut minima = minima(&accepted);
    // Where E is constant no point is a strict minimum in the weights.
    minima.retain(|minimum| !minimum.chart.coordinates.is_empty());
    minima.sort_by(|a, b| a.error.cmp(&b.error));
    let (mut all, mut limit, mut critical, mut balanced, mut global) =
        (None, None, true, false, false);
    for (statement, evidence) in &accepted {
        if let Evidence::Global(shown) = evidence {
            (global, all) = (true, Some(all_of_parts(&shown.product)));
        }
        match statement {
            Statement::NoCriticalPoint(_) => critical = false,
            Statement::Balanced(_) => balanced = true,
            Statement::Limit(stated) => {
                limit = Some((stated.value.clone(), stated.direction.clone()));
            }
            Statement::Minima(stated) => all = Some(all_of(stated)),
            Statement::Product(stated) => all = Some(all_of_parts(stated)),
            Statement::Minimum(_)
            | Statement::Attraction(_)
            | Statement::Spurious(_)
            | Statement::Critical(_) => {}
        }
    }
    let infimum = infimum(critical, all.as_ref(), limit, &minima);
    let complete = !critical
        || all
            .as_ref()
            .is_some_and(|all| all.count == minima.len() && distinct(&minima));
    let spurious = minima.iter().any(|minimum| minimum.lower.is_some());
    let attained = infimum.as_ref().and_then(|infimum| infimum.attained);
    let tie = attained == Some(true)
        && infimum
            .as_ref()
            .is_some_and(|inf| inf.direction.is_some() && inf.value.0 == inf.value.1)
        && minima
            .iter()
            .any(|m| infimum.as_ref().is_some_and(|inf| m.error == inf.value));
    let (verdict, reason) = if !critical {
        (
            Verdict::NoCriticalPoint,
            "one direction lowers the error everywhere: the gradient vanishes nowhere",
        )
    } else if spurious {
        (Verdict::Spurious, spurious_words(&minima))
    } else if tie {
        (
            Verdict::Tie,
            "a local minimum has exactly the value of the infimum, which is also approached at infinity",
        )
    } else if all.as_ref().is_some_and(|all| all.count == 0) {
        (Verdict::None, "there is no local minimum")
    } else if global {
        (Verdict::None, "every local minimum is global")
    } else if all.is_some() {
        (
            Verdict::Minimum,
            "all local minima are listed, but whether each is global is not decided",
        )
    } else if !minima.is_empty() {
        (Verdict::Minimum, minimum_words(&minima))
    } else if balanced {
        (
            Verdict::Unknown,
            "no direction lowers the error everywhere, and no local minimum is certified",
        )
    } else {
        (Verdict::Unknown, "nothing is certified")
    };
    let (mut others, mut attraction) = (Vec::new(), Vec::new());
    for (statement, _) in &accepted {
        match statement {
            Statement::Critical(stated) => others.push((**stated).clone()),
            Statement::Attraction(stated) => attraction.push((**stated).clone()),
            _ => {}
        }
    }
    others.sort_by(|a, b| a.error.cmp(&b.error));
    let reason = reason.to_owned();
    Certified {
        verdict,
        reason,
        minima,
        others,
        attraction,
        complete,
        infimum,
        found: None,
        remarks: Vec::new(),
        steps: accepted,
    }
}

fn infimum(
    critical: bool,
    all: Option<&All>,
    limit: Option<(Rational, Vec<Rational>)>,
    minima: &[Minimum],
) -> Option<Infimum> {
    if !critical {
        // E ≥ 0 always; not attained, as there is no critical point.
        let (value, direction) = limit?;
        return Some(Infimum {
            value: (Rational::zero(), value),
            attained: Some(false),
            direction: Some(direction),
        });
    }
    let all = all?;
    let floor = all.floor.as_ref()?;
    let exact = minima
        .iter()
        .find(|m| m.near.is_zero() && all.count == 1)
        .map(|m| m.error.clone());
    let Some(least) = exact.or_else(|| all.least.clone()) else {
        let (value, direction) = limit.filter(|(value, _)| value == floor)?;
        return Some(Infimum {
            value: (value.clone(), value),
            attained: Some(false),
            direction: Some(direction),
        });
    };
    match limit.filter(|(value, _)| value == floor) {
        Some((value, direction)) if value < least.0 => Some(Infimum {
            value: (value.clone(), value),
            attained: Some(false),
            direction: Some(direction),
        }),
        Some((value, direction)) if value == least.0 && value == least.1 => Some(Infimum {
            value: least,
            attained: Some(true),
            direction: Some(direction),
        }),
        _ if least.1 < *floor || least.0 == least.1 && least.1 == *floor => Some(Infimum {
            value: least,
            attained: Some(true),
            direction: None,
        }),
        _ => Some(Infimum {
            value: (least.0.min(floor.clone()), least.1),
            attained: None,
            direction: None,
        }),
    }
}
