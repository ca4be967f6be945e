//! Control of an experiment from outside: its seed, an early end, and progress.
//!
//! UNTRUSTED.

use crate::train::run::Watch;

/// Seed, early end and progress: told to every measurement besides its subject.
#[derive(Clone, Copy)]
pub struct Control<'a> {
    /// The seed of all randomness.
    pub seed: u64,
    /// May end the experiment early with what there is; is told of the steps of single runs.
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
    /// Tells whether to end early.
    #[must_use]
    pub fn stopped(&self) -> bool {
        self.watch.stopped()
    }

    /// A copy without progress, for runs that nobody counts.
    #[must_use]
    pub(crate) fn quiet(self) -> Self {
        Self {
            finished: &|| {},
            ..self
        }
    }
}

/// Streams of the seed below this one are for starts; those of the runs come after.
pub(crate) const RUNS: u64 = 1 << 32;

/// The index of a run as a stream.
pub(crate) fn stream(index: usize) -> u64 {
    u64::try_from(index).unwrap_or(u64::MAX)
}
