//! The best point that the search found, measured in floats, and why nothing is certified there.

use super::super::barrier::{Obstacle, Problem};
use super::super::find::Candidate;
use super::super::floats::float;
use super::super::linear::Square;
use crate::kernel::number::Rational;
use crate::kernel::surface::Unit;
use num_traits::{One, Signed};

/// Conditions beyond this are told apart from a Hessian that is merely not definite.
const ILL_CONDITIONED: f64 = 1e9;

/// A point of the search. These are measurements in floats: nothing here is certified.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The weights; those of dropped columns are 0.
    pub weights: Vec<f64>,
    /// The error.
    pub error: f64,
    /// The largest entry of the gradient, by the weights of the kept columns.
    pub gradient: f64,
    /// The least eigenvalue of the Hessian, by the weights of the kept columns.
    pub least: f64,
    /// The greatest.
    pub most: f64,
    /// The largest input of the unit, |⟨a,x⟩|, over the rows.
    pub response: f64,
    /// Which step failed, and by how much.
    pub obstacle: String,
    /// What to try.
    pub advice: Vec<&'static str>,
}

impl Found {
    /// Measures a point at which the search ended.
    pub(super) fn new(
        problem: &Problem,
        candidate: &Candidate,
        obstacle: Option<&Obstacle>,
    ) -> Self {
        let set = &problem.floats;
        let scales: Vec<f64> = problem
            .chart
            .coordinates
            .iter()
            .map(|c| float(&c.scale))
            .collect();
        let here = set.derivatives(&candidate.point);
        let mut hessian = Square::zero(set.n);
        for i in 0..set.n {
            for j in 0..=i {
                *hessian.at_mut(i, j) = here.hessian.at(i, j) / (scales[i] * scales[j]);
            }
        }
        let values = hessian.eigen().0;
        let gradient = here
            .gradient
            .iter()
            .zip(&scales)
            .map(|(g, s)| (g / s).abs());
        let mut weights = vec![0.0; problem.data.width()];
        for (coordinate, u) in problem.chart.coordinates.iter().zip(&candidate.point) {
            weights[coordinate.column] = u * float(&coordinate.scale);
        }
        let input = match problem.data.unit() {
            Unit::Tanh => 1.0,
            Unit::Logistic => 2.0,
        };
        let mut found = Self {
            weights,
            error: candidate.error,
            gradient: gradient.fold(0.0, f64::max),
            least: values.iter().copied().fold(f64::INFINITY, f64::min),
            most: values.iter().copied().fold(0.0, f64::max),
            response: set.error(&candidate.point).1 * input,
            obstacle: String::new(),
            advice: Vec::new(),
        };
        found.explain(candidate.minimum, obstacle);
        found
    }

    /// The greatest eigenvalue over the least, where both are positive.
    #[must_use]
    pub fn condition(&self) -> Option<f64> {
        (self.least > 0.0).then(|| self.most / self.least)
    }

    fn explain(&mut self, minimum: bool, obstacle: Option<&Obstacle>) {
        let singular = self.condition().is_none_or(|size| size > ILL_CONDITIONED);
        self.obstacle = match obstacle {
            Some(Obstacle::Curvature { least, most }) => format!(
                "the Hessian is not positive definite beyond rounding: its least eigenvalue is {least:.1e}, its greatest \
                 {most:.1e}, in the coordinates of the certificate"
            ),
            Some(Obstacle::Slope { excess }) => {
                format!("the gradient is {excess:.1e} times what the box around the point allows")
            }
            Some(Obstacle::Rejected(why)) => format!("the kernel rejects the certificate: {why}"),
            None if minimum => "the point was not tried".to_owned(),
            None if self.response > 15.0 => {
                "the search runs away: the error still falls where responses are saturated"
                    .to_owned()
            }
            None => "the search ended where the Hessian is not positive definite".to_owned(),
        };
        if !minimum && obstacle.is_none() {
            self.advice
                .push("the infimum may lie at infinity: give the weights where training stopped by --start");
            self.advice
                .push("try more starts by --starts, or another --seed");
        }
        if singular {
            self.advice.push(
                "drop columns that are nearly combinations of others, or bring the columns to one scale",
            );
        }
        if matches!(obstacle, Some(Obstacle::Rejected(_))) {
            self.advice.push(
                "give inputs with fewer digits, or fewer rows: a certificate has a budget of steps",
            );
        }
    }
}

/// Whether targets are all 0 or 1, of a unit whose responses lie between -1 and 1.
pub(super) fn zero_one(problem: &Problem) -> bool {
    let rows = problem.data.rows();
    let known = |target: &Rational| target.is_one() || *target == Rational::from_integer(0.into());
    problem.data.unit() == Unit::Tanh
        && rows.iter().all(|row| known(&row.target))
        && rows.iter().any(|row| row.target.is_positive())
        && rows.iter().any(|row| !row.target.is_positive())
}
