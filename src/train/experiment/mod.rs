//! Experiments: what the papers say in passing, measured.
//!
//! UNTRUSTED. Every result carries its seed and its number of repetitions; run number k draws from stream k of the seed, so that results depend
//! on neither threads nor order.

pub mod basins;
pub mod certified;
pub mod compare;
pub mod confirm;
pub mod diffusion;
pub mod ends;
pub mod escape;
pub mod finding;
pub mod finish;
pub mod growth;
pub mod models;
pub mod pass;
pub mod plane;

use crate::train::run::Watch;

/// What every experiment is told besides its subject.
#[derive(Clone, Copy)]
pub struct Control<'a> {
    /// The seed of all its randomness.
    pub seed: u64,
    /// May end it early with what there is, and is told of the steps of single runs.
    pub watch: &'a dyn Watch,
    /// Called once for each finished run.
    pub finished: &'a (dyn Fn() + Sync),
}

impl std::fmt::Debug for Control<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control")
            .field("seed", &self.seed)
            .finish_non_exhaustive()
    }
}

impl Control<'_> {
    /// Whether to end early.
    #[must_use]
    pub fn stopped(&self) -> bool {
        self.watch.stopped()
    }
}

/// Streams of the seed below this one are for starts; those of the runs come after.
pub(crate) const RUNS: u64 = 1 << 32;

/// The index of a run as a stream.
pub(crate) fn stream(index: usize) -> u64 {
    u64::try_from(index).unwrap_or(u64::MAX)
}
