//! Many starts of one unit, in blocks of lanes, and their descent on all threads.
//!
//! UNTRUSTED.

use super::block::{BLOCK, place};
use super::direct::{Descent, Row};
use super::incremental;
use crate::train::lines::Lines;
use pulp::Arch;
use rayon::prelude::*;

/// Steps before starts are grouped by speed; again after half as many more each time, since most
/// become slower like one over the number of steps.
const PHASE: u64 = 64;
/// Blocks among which starts are sorted, at most.
const LARGEST_GROUP: usize = 64;

/// Weights of many starts, stored block by block, column by column.
#[derive(Clone, Debug, PartialEq)]
pub struct Starts {
    columns: usize,
    count: usize,
    values: Vec<f64>,
}

impl Starts {
    /// Tells whether starts of a unit with these lines can descend: at most eight lines, or at most
    /// 16 weights.
    #[must_use]
    pub fn fit(lines: &Lines) -> bool {
        let columns = lines.lines.first().map_or(0, |line| line.input.len());
        (1..=8).contains(&lines.lines.len()) || (1..=16).contains(&columns)
    }

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
        Self {
            columns,
            count: starts.len(),
            values,
        }
    }

    /// The weights of start `index` now.
    #[must_use]
    pub fn weights(&self, index: usize) -> Vec<f64> {
        (0..self.columns)
            .map(|column| self.values[place(self.columns, index, column)])
            .collect()
    }

    /// All of them, in order.
    #[must_use]
    pub fn all(&self) -> Vec<Vec<f64>> {
        (0..self.count).map(|index| self.weights(index)).collect()
    }

    /// `steps` times `w ← w − rate ∇E(w)` for every start, on all threads of the current pool.
    ///
    /// Returns false, and changes nothing, when there are more than 16 weights and more than eight
    /// lines.
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

    /// With at most eight lines: the slopes are followed from step to step.
    fn follow<const M: usize>(&mut self, lines: &Lines, rate: f64, steps: u64) -> bool {
        if let Some(rows) = incremental::Rows::<M, 1>::new(lines, rate) {
            self.advance(&rows, steps);
        } else if let Some(rows) = incremental::Rows::<M, M>::new(lines, rate) {
            self.advance(&rows, steps);
        }
        true
    }

    /// Works in groups, more of them than threads; each sorts its own starts, so that threads wait for
    /// each other only once.
    fn advance<const M: usize, const B: usize>(
        &mut self,
        rows: &incremental::Rows<M, B>,
        steps: u64,
    ) {
        let columns = self.columns.max(1);
        let blocks = self
            .count
            .div_ceil(BLOCK)
            .div_ceil(2 * rayon::current_num_threads())
            .clamp(1, LARGEST_GROUP);
        let starts = (0..self.count)
            .step_by(blocks * BLOCK)
            .map(|first| (self.count - first).min(blocks * BLOCK));
        let groups = self.values.chunks_mut(blocks * BLOCK * columns).zip(starts);
        let groups: Vec<Group<'_>> = groups
            .map(|(values, starts)| Group {
                columns,
                starts,
                values,
            })
            .collect();
        groups
            .into_par_iter()
            .for_each(|mut group| group.advance(rows, steps));
    }

    fn run<const N: usize>(&mut self, lines: &Lines, rate: f64, steps: u64) -> bool {
        let (columns, rows) = (self.columns, Row::<N>::all(lines, rate));
        let arch = Arch::new();
        self.values
            .par_chunks_mut(BLOCK * columns)
            .for_each(|block| {
                let mut padded = [[0.0; BLOCK]; N];
                for (column, lanes) in padded.iter_mut().zip(block.chunks(BLOCK)) {
                    column.copy_from_slice(lanes);
                }
                arch.dispatch(Descent {
                    rows: &rows,
                    steps,
                    block: &mut padded,
                });
                for (column, lanes) in padded.iter().zip(block.chunks_mut(BLOCK)) {
                    lanes.copy_from_slice(column);
                }
            });
        true
    }
}

/// Some blocks that are worked off one after the other.
struct Group<'a> {
    columns: usize,
    starts: usize,
    values: &'a mut [f64],
}

impl Group<'_> {
    fn advance<const M: usize, const B: usize>(
        &mut self,
        rows: &incremental::Rows<M, B>,
        steps: u64,
    ) {
        let arch = Arch::new();
        let mut order: Vec<usize> = (0..self.starts).collect();
        let mut speeds = vec![0.0; self.starts.div_ceil(BLOCK) * BLOCK];
        let (mut done, mut phase) = (0, PHASE);
        while done < steps {
            if done > 0 {
                self.regroup(&mut order, &speeds);
            }
            let count = phase.min(steps - done);
            let blocks = self.values.chunks_mut(BLOCK * self.columns);
            for (block, speeds) in blocks.zip(speeds.chunks_mut(BLOCK)) {
                arch.dispatch(incremental::Descent {
                    rows,
                    steps: count,
                    block,
                    speeds,
                });
            }
            done += count;
            phase = (done / 2).next_multiple_of(PHASE);
        }
        self.rearrange(order.into_iter().enumerate());
    }

    /// Sorts the starts by speed, the fastest first; `order` are their indices.
    fn regroup(&mut self, order: &mut Vec<usize>, speeds: &[f64]) {
        let mut places: Vec<usize> = (0..self.starts).collect();
        places.sort_by(|a, b| speeds[*b].total_cmp(&speeds[*a]));
        *order = places.iter().map(|place| order[*place]).collect();
        self.rearrange(places.into_iter().enumerate().map(|(to, from)| (from, to)));
    }

    /// Moves every start from the first place to the second.
    fn rearrange(&mut self, moves: impl Iterator<Item = (usize, usize)>) {
        let old = self.values.to_vec();
        for (from, to) in moves {
            for column in 0..self.columns {
                self.values[place(self.columns, to, column)] =
                    old[place(self.columns, from, column)];
            }
        }
    }
}
