//! Batch gradient descent of many starts side by side, one start per lane of the vector registers.
//!
//! UNTRUSTED. The same arithmetic in every lane and on every machine (a fused multiply-add is one rounding everywhere), and no lane looks at another, so the
//! result depends neither on the width of the registers nor on the number of threads.

mod direct;
mod exponential;
mod incremental;

pub use exponential::tanh;

use super::lines::Lines;
use direct::{Descent, Row};
use pulp::Arch;
use rayon::prelude::*;

/// Starts per block: two of the widest registers there are.
const BLOCK: usize = 16;

/// Weights of many starts, stored block by block, column by column.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    columns: usize,
    starts: usize,
    values: Vec<f64>,
}

impl Batch {
    /// Gathers starts of equal length.
    #[must_use]
    pub fn new(starts: &[Vec<f64>]) -> Self {
        let columns = starts.first().map_or(0, Vec::len);
        let mut values = vec![0.0; starts.len().div_ceil(BLOCK) * BLOCK * columns];
        for (index, start) in starts.iter().enumerate() {
            for (column, value) in start.iter().take(columns).enumerate() {
                values[place(columns, index, column)] = *value;
            }
        }
        Self { columns, starts: starts.len(), values }
    }

    /// Where the start with this index is now.
    #[must_use]
    pub fn weights(&self, index: usize) -> Vec<f64> {
        (0..self.columns).map(|column| self.values[place(self.columns, index, column)]).collect()
    }

    /// All of them, in order.
    #[must_use]
    pub fn all(&self) -> Vec<Vec<f64>> {
        (0..self.starts).map(|index| self.weights(index)).collect()
    }

    /// `steps` times `w ← w − rate ∇E(w)` for every start, on all threads of the current pool.
    ///
    /// Returns false, and changes nothing, when there are more than 16 weights and more than eight lines.
    pub fn descend(&mut self, lines: &Lines, rate: f64, steps: u64) -> bool {
        match lines.lines.len() {
            1 => return self.follow::<1>(lines, rate, steps),
            2 => return self.follow::<2>(lines, rate, steps),
            3 => return self.follow::<3>(lines, rate, steps),
            4 => return self.follow::<4>(lines, rate, steps),
            5 => return self.follow::<5>(lines, rate, steps),
            6 => return self.follow::<6>(lines, rate, steps),
            7 => return self.follow::<7>(lines, rate, steps),
            8 => return self.follow::<8>(lines, rate, steps),
            _ => {}
        }
        match self.columns {
            0 => true,
            1..=2 => self.run::<2>(lines, rate, steps),
            3 => self.run::<3>(lines, rate, steps),
            4 => self.run::<4>(lines, rate, steps),
            5 => self.run::<5>(lines, rate, steps),
            6..=8 => self.run::<8>(lines, rate, steps),
            9..=16 => self.run::<16>(lines, rate, steps),
            _ => false,
        }
    }

    /// With at most eight lines: the responses are followed from step to step.
    fn follow<const M: usize>(&mut self, lines: &Lines, rate: f64, steps: u64) -> bool {
        let (columns, arch) = (self.columns, Arch::new());
        let rows = incremental::Rows::<M>::new(lines, rate);
        self.values.par_chunks_mut((BLOCK * columns).max(1)).for_each(|block| {
            arch.dispatch(incremental::Descent { rows: &rows, steps, block });
        });
        true
    }

    fn run<const N: usize>(&mut self, lines: &Lines, rate: f64, steps: u64) -> bool {
        let (columns, rows) = (self.columns, Row::<N>::all(lines, rate));
        let arch = Arch::new();
        self.values.par_chunks_mut(BLOCK * columns).for_each(|block| {
            let mut padded = [[0.0; BLOCK]; N];
            for (column, lanes) in padded.iter_mut().zip(block.chunks(BLOCK)) {
                column.copy_from_slice(lanes);
            }
            arch.dispatch(Descent { rows: &rows, steps, block: &mut padded });
            for (column, lanes) in padded.iter().zip(block.chunks_mut(BLOCK)) {
                lanes.copy_from_slice(column);
            }
        });
        true
    }
}

const fn place(columns: usize, index: usize, column: usize) -> usize {
    (index / BLOCK * columns + column) * BLOCK + index % BLOCK
}
