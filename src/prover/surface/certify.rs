//! What can be certified of a training set, from all methods together. UNTRUSTED, but every statement that it returns has
//! been accepted by the kernel, and the verdict is drawn from those statements alone.

use super::barrier::{Problem, approximate, prove, prove_exact};
use super::find::{Candidate, descend, search};
use super::floats::float;
use super::{cells, directions, product};
use crate::kernel::number::{Int, Rational};
use crate::kernel::surface::{
    Attraction, Barrier, Cells, Critical, Evidence, Limit, Minima, Minimum, Product, Statement,
    TrainingSet, check,
};
use num_traits::{FromPrimitive, Zero};

/// Most rows × weights² of a set whose other critical points are looked for, and all of whose minima may be listed.
const LISTED: usize = 500_000;

/// Most minima that are certified one by one.
const MINIMA: usize = 64;

/// How hard to try, and from where.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Seed of the search.
    pub seed: u64,
    /// Random starts.
    pub starts: usize,
    /// Weights of the user, one list a start, in the order of the columns.
    pub points: Vec<Vec<f64>>,
    /// Whether to look for all minima, the behaviour at infinity included.
    pub complete: bool,
    /// Whether to certify from which ball gradient descent converges to each minimum.
    pub attraction: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 1,
            starts: 200,
            points: Vec::new(),
            complete: true,
            attraction: false,
        }
    }
}

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
    /// Nothing beyond what is listed.
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
    /// Every statement that the kernel accepted, with its evidence.
    pub steps: Vec<(Statement, Evidence)>,
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
}

/// A statement with its evidence.
pub type Step = (Statement, Evidence);

struct Accepted<'t> {
    steps: Vec<Step>,
    /// Is told of each.
    told: &'t dyn Fn(&Step),
}

impl Accepted<'_> {
    fn add(&mut self, statement: Statement, evidence: Evidence) -> bool {
        let accepted = check(
            &statement,
            !matches!(evidence, Evidence::Global(_)),
            &evidence,
        )
        .is_ok();
        if accepted {
            let step = (statement, evidence);
            (self.told)(&step);
            self.steps.push(step);
        }
        accepted
    }

    /// Adds a minimum and, if asked for, that it attracts.
    fn add_minimum(
        &mut self,
        problem: &Problem,
        minimum: Minimum,
        barrier: Barrier,
        attraction: bool,
    ) -> bool {
        let ball = if attraction {
            super::attraction::prove(problem, &minimum)
        } else {
            None
        };
        let shown = barrier.clone();
        let accepted = self.add(
            Statement::Minimum(Box::new(minimum)),
            Evidence::Barrier(barrier),
        );
        if let Some((stated, columns)) = ball.filter(|_| accepted) {
            self.add(
                Statement::Attraction(Box::new(stated)),
                Evidence::Attraction(shown, columns),
            );
        }
        accepted
    }

    fn minima(&self) -> Vec<Minimum> {
        minima(&self.steps)
    }
}

/// The minima among what was accepted.
fn minima(steps: &[Step]) -> Vec<Minimum> {
    let each = steps.iter().filter_map(|(statement, _)| match statement {
        Statement::Minimum(minimum) => Some((**minimum).clone()),
        Statement::Spurious(_)
        | Statement::NoCriticalPoint(_)
        | Statement::Balanced(_)
        | Statement::Limit(_)
        | Statement::Attraction(_)
        | Statement::Minima(_)
        | Statement::Product(_)
        | Statement::Critical(_) => None,
    });
    each.collect()
}

/// Values of β to try, best first: the least corner of infinity, numbers between the lowest minimum and infinity, none.
pub(super) fn floors(problem: &Problem, found: &[Candidate]) -> Vec<Option<Rational>> {
    let corner = cells::least_corner(problem).map(|(value, _)| value);
    let lowest = found
        .iter()
        .find(|candidate| candidate.minimum)
        .map(|candidate| candidate.error);
    let away = found
        .iter()
        .find(|candidate| !candidate.minimum)
        .map(|candidate| candidate.error);
    let mut floors = Vec::new();
    if let Some(corner) = &corner {
        let high = away.unwrap_or(f64::INFINITY).min(float(corner));
        if away.is_none_or(|away| away >= float(corner) - 1e-9) {
            floors.push(Some(corner.clone()));
        }
        if let Some(low) = lowest.filter(|low| *low < high - 1e-9) {
            floors.extend(cells::between(low, high).into_iter().map(Some));
        }
    }
    floors.push(None);
    floors
}

/// Finds and certifies what it can.
#[must_use]
pub fn certify(data: &TrainingSet, options: &Options) -> Certified {
    certify_telling(data, options, &|_| {})
}

/// Finds and certifies what it can; `told` is told of each statement when the kernel has accepted it.
#[must_use]
pub fn certify_telling(data: &TrainingSet, options: &Options, told: &dyn Fn(&Step)) -> Certified {
    let problem = Problem::new(data);
    let complete = options.complete && data.rows().len() * data.width().pow(2) <= LISTED;
    let mut accepted = Accepted {
        steps: Vec::new(),
        told,
    };
    let mut found = search(&problem.floats, options.seed, options.starts);
    let lines = if complete {
        product::prove(data, options.seed, options.starts)
    } else {
        None
    };
    let mut starts: Vec<Vec<f64>> = options
        .points
        .iter()
        .filter(|point| point.len() == data.width())
        .map(|point| problem.to_chart(point))
        .collect();
    if let Some((stated, _)) = &lines {
        starts.extend(product::starts(&problem, stated, MINIMA));
    }
    found.extend(
        starts
            .into_iter()
            .map(|start| descend(&problem.floats, start)),
    );
    found = super::find::distinct(&problem.floats, found);

    certify_minima(&mut accepted, &problem, &found, options.attraction);
    let none = if accepted.steps.is_empty() {
        no_critical_point(&problem, &found)
    } else {
        None
    };
    if let Some(direction) = none {
        accepted.add(
            Statement::NoCriticalPoint(data.clone()),
            Evidence::Direction(direction.clone()),
        );
        add_limit(&mut accepted, data, direction);
    } else {
        if complete {
            certify_critical(&mut accepted, &problem, &found, options);
            certify_all(&mut accepted, &problem, &found, lines, options);
        }
        if accepted.minima().is_empty()
            && let Some(dual) = directions::balanced(data)
        {
            accepted.add(Statement::Balanced(data.clone()), Evidence::Dual(dual));
        }
    }
    conclude(accepted.steps)
}

fn no_critical_point(problem: &Problem, found: &[Candidate]) -> Option<Vec<Rational>> {
    let guess = found
        .iter()
        .find(|candidate| !candidate.minimum)
        .map(|candidate| rounded_direction(problem, candidate));
    directions::no_critical_point(&problem.data, guess.as_deref())
}

/// The direction of a runaway, in weights, with small integer entries.
fn rounded_direction(problem: &Problem, candidate: &Candidate) -> Vec<Rational> {
    let most = candidate
        .point
        .iter()
        .fold(0.0_f64, |m, x| m.max(x.abs()))
        .max(1e-300);
    let mut x = vec![Rational::zero(); problem.data.width()];
    for (coordinate, u) in problem.chart.coordinates.iter().zip(&candidate.point) {
        let entry = Int::from_f64((u / most * 16.0).round()).unwrap_or_default();
        x[coordinate.column] = Rational::from_integer(entry) * &coordinate.scale;
    }
    x
}

fn add_limit(
    accepted: &mut Accepted<'_>,
    data: &TrainingSet,
    direction: Vec<Rational>,
) -> Option<Rational> {
    let value = cells::limit(data, &direction);
    let limit = Limit {
        data: data.clone(),
        direction,
        value: value.clone(),
    };
    accepted
        .add(Statement::Limit(limit), Evidence::Compute)
        .then_some(value)
}

fn certify_minima(
    accepted: &mut Accepted<'_>,
    problem: &Problem,
    found: &[Candidate],
    attraction: bool,
) {
    let lowest = found.first();
    for candidate in found
        .iter()
        .filter(|candidate| candidate.minimum)
        .take(MINIMA)
    {
        let lower = lowest
            .filter(|lowest| lowest.error < candidate.error - 1e-9 * candidate.error.max(1e-3));
        if lower.is_none()
            && let Some((minimum, barrier)) = prove_exact(problem, &candidate.point, 0.95)
            && accepted.add_minimum(problem, minimum, barrier, attraction)
        {
            continue;
        }
        for share in [0.95, 0.5, 0.1] {
            if let Some((minimum, barrier)) = prove(
                problem,
                &candidate.point,
                lower.map(|l| l.point.as_slice()),
                share,
            ) && accepted.add_minimum(problem, minimum, barrier, attraction)
            {
                break;
            }
        }
    }
}

/// Saddle points and maxima that the search meets.
fn certify_critical(
    accepted: &mut Accepted<'_>,
    problem: &Problem,
    found: &[Candidate],
    options: &Options,
) {
    let minima: Vec<Vec<f64>> = found
        .iter()
        .filter(|candidate| candidate.minimum)
        .map(|candidate| candidate.point.clone())
        .collect();
    for point in super::critical::search(&problem.floats, options.seed, options.starts, &minima) {
        if let Some((stated, shown)) = super::critical::prove(problem, &point) {
            accepted.add(
                Statement::Critical(Box::new(stated)),
                Evidence::Krawczyk(Box::new(shown)),
            );
        }
    }
}

/// All minima, by lines or by cells, the limit that the infimum may be, and that no minimum is spurious.
fn certify_all(
    accepted: &mut Accepted<'_>,
    problem: &Problem,
    found: &[Candidate],
    lines: Option<(Product, Vec<Cells>)>,
    options: &Options,
) {
    let data = &problem.data;
    let few = problem.floats.n <= cells::FEW_WEIGHTS && problem.chart.dropped.is_empty();
    let listed = match lines {
        Some((stated, shown)) => Some((Statement::Product(stated.clone()), stated, shown)),
        None if few => {
            cells::list(problem, found, &floors(problem, found)).map(|(stated, shown)| {
                (
                    Statement::Minima(stated.clone()),
                    product::whole(&stated),
                    vec![shown],
                )
            })
        }
        None => product::along_lines(data, options.seed, options.starts)
            .map(|(stated, shown)| (Statement::Product(stated.clone()), stated, shown)),
    };
    let Some((statement, product, shown)) = listed else {
        return;
    };
    if let Statement::Minima(stated) = &statement
        && let Some((value, direction)) = cells::least_corner(problem)
        && stated.at_infinity == Some(value)
    {
        add_limit(accepted, data, direction);
    }
    if let Some(global) = product::global(&product, &shown)
        && accepted.add(
            Statement::Spurious(data.clone()),
            Evidence::Global(Box::new(global)),
        )
    {
        return;
    }
    let evidence = match (&statement, shown.as_slice()) {
        (Statement::Minima(_), [cells]) => Evidence::Cells(cells.clone()),
        _ => Evidence::Parts(shown),
    };
    accepted.add(statement, evidence);
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

/// The verdict, from statements alone that the kernel has accepted: from the first few of them as well as from all.
#[must_use]
pub fn conclude(accepted: Vec<Step>) -> Certified {
    let mut minima = minima(&accepted);
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
            Verdict::Unknown,
            "all local minima are listed, but whether each is global is not decided",
        )
    } else if !minima.is_empty() {
        (
            Verdict::Unknown,
            "local minima are certified, but neither a lower point nor that there is none",
        )
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
        _ if least.1 < *floor => Some(Infimum {
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
