//! The order in which a stochastic algorithm sees the examples (fi92 §3, lb98 §4.2).
//!
//! UNTRUSTED.

use crate::train::example::Examples;
use crate::train::seed::Generator;
use rand::RngExt;
use rand::seq::SliceRandom;

/// The order in which examples come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Each one drawn at random by its weight, independently (fi92).
    #[default]
    Random,
    /// All in a random order, then all in another (lb98 §4.2). An example with count c comes c
    /// times; [`Order::fits`] tells whether the weights are counts. Where they are not, the
    /// examples are drawn at random.
    Shuffled,
    /// Each one drawn at random by its weight times its emphasis: the larger its error was when it
    /// was last seen, beside the errors of the others, the more often (lb98 §4.2, the emphasising
    /// scheme).
    Emphasised,
}

impl Order {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::Shuffled => "shuffled",
            Self::Emphasised => "emphasised",
        }
    }

    /// Tells whether these examples can come in this order: passes need whole weights, together at
    /// most ten million.
    #[must_use]
    pub fn fits(self, examples: &Examples) -> bool {
        self != Self::Shuffled || are_counts(examples)
    }
}

fn are_counts(examples: &Examples) -> bool {
    examples.weights.iter().all(|w| w.fract() <= 0.0) && examples.total() <= LONGEST_PASS
}

/// Emphasis of an example without error, beside that of one with the mean error: so no example is
/// forgotten.
const LEAST_EMPHASIS: f64 = 0.1;

/// The error of an example that was not shown yet: that of the wrong end of the range.
const UNSEEN: f64 = 4.0;
/// The most presentations that one pass may hold.
const LONGEST_PASS: f64 = 1e7;

/// A source of example indices.
#[derive(Clone, Debug)]
pub struct Presentation {
    /// Running sums of the weights, for random draws.
    sums: Vec<f64>,
    /// Weights and last errors of the examples, for emphasis; empty otherwise.
    seen: Vec<(f64, f64)>,
    /// The multiset of indices, for shuffled passes; empty for random draws.
    pass: Vec<usize>,
    next: usize,
}

impl Presentation {
    /// Presents these examples in this order.
    #[must_use]
    pub fn new(order: Order, examples: &Examples) -> Self {
        let sum = |total: &mut f64, weight: &f64| {
            *total += weight;
            Some(*total)
        };
        let sums = examples.weights.iter().scan(0.0, sum).collect();
        let mut pass = Vec::new();
        if order == Order::Shuffled && are_counts(examples) {
            for (index, weight) in examples.weights.iter().enumerate() {
                let mut shown = 0.0;
                while shown < *weight {
                    pass.push(index);
                    shown += 1.0;
                }
            }
        }
        let next = pass.len();
        // What was never seen counts as wrong as can be.
        let emphasised = order == Order::Emphasised;
        let seen = if emphasised {
            examples.weights.iter().map(|w| (*w, UNSEEN)).collect()
        } else {
            Vec::new()
        };
        Self {
            sums,
            seen,
            pass,
            next,
        }
    }

    /// Says what error the example had that was shown last: `(f − b)²`.
    pub fn saw(&mut self, index: usize, error: f64) {
        if let Some(seen) = self.seen.get_mut(index) {
            seen.1 = if error.is_finite() { error } else { UNSEEN };
        }
    }

    fn emphasised(&self, generator: &mut Generator) -> usize {
        let total: f64 = self.seen.iter().map(|(weight, _)| weight).sum();
        let mean = self
            .seen
            .iter()
            .map(|(weight, error)| weight * error)
            .sum::<f64>()
            / total;
        let emphasis = |(weight, error): &(f64, f64)| {
            weight * (LEAST_EMPHASIS * mean.max(f64::MIN_POSITIVE) + error)
        };
        let all: f64 = self.seen.iter().map(emphasis).sum();
        let mut left = generator.random::<f64>() * all;
        let found = self.seen.iter().position(|seen| {
            left -= emphasis(seen);
            left < 0.0
        });
        found.unwrap_or(self.seen.len().saturating_sub(1))
    }

    /// The index of the next example.
    pub fn next(&mut self, generator: &mut Generator) -> usize {
        if !self.seen.is_empty() {
            return self.emphasised(generator);
        }
        if self.pass.is_empty() {
            let total = self.sums.last().copied().unwrap_or(0.0);
            let at = generator.random::<f64>() * total;
            return self
                .sums
                .partition_point(|sum| *sum <= at)
                .min(self.sums.len().saturating_sub(1));
        }
        if self.next == self.pass.len() {
            self.pass.shuffle(generator);
            self.next = 0;
        }
        self.next += 1;
        self.pass[self.next - 1]
    }
}
