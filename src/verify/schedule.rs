//! Which claim is next: those with the longest way to go first, each after its premises. Untrusted.

use crate::kernel::limits::within;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Stack of a thread that searches: the engine nests as deep as a script is long. A check begins near its top.
const STACK_BYTES: usize = 256 << 20;

/// Jobs numbered so that each comes after those it needs.
pub(super) struct Schedule {
    /// The jobs that need each.
    dependents: Vec<Vec<usize>>,
    /// The weight of the heaviest chain that begins with each.
    height: Vec<u64>,
    state: Mutex<State>,
    change: Condvar,
}

struct State {
    /// How many of the jobs that each needs are not done.
    waiting: Vec<usize>,
    ready: BinaryHeap<(u64, Reverse<usize>)>,
    running: usize,
}

impl Schedule {
    /// Jobs with weights and with the numbers of those they need; a job that needs an unknown one (`None`) is never ready.
    pub(super) fn new(needs: &[Vec<Option<usize>>], weights: Vec<u64>) -> Self {
        let mut dependents = vec![Vec::new(); needs.len()];
        for (job, needed) in needs.iter().enumerate() {
            for needed in needed.iter().flatten().filter(|needed| **needed < job) {
                dependents[*needed].push(job);
            }
        }
        let mut height = weights;
        for job in (0..needs.len()).rev() {
            height[job] += dependents[job]
                .iter()
                .map(|next| height[*next])
                .max()
                .unwrap_or(0);
        }
        let first = (0..needs.len())
            .filter(|job| needs[*job].is_empty())
            .map(|job| (height[job], Reverse(job)));
        let state = State {
            waiting: needs.iter().map(Vec::len).collect(),
            ready: first.collect(),
            running: 0,
        };
        Self {
            dependents,
            height,
            state: Mutex::new(state),
            change: Condvar::new(),
        }
    }

    /// Does all jobs that become ready, on so many threads.
    pub(super) fn run(&self, threads: usize, work: &(dyn Fn(usize) + Sync)) {
        std::thread::scope(|scope| {
            // More threads than jobs would only wait.
            for _ in 0..threads.min(self.height.len()) {
                let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
                // Where the machine has no room for another thread, the others do the work.
                let _ =
                    thread.spawn_scoped(scope, || within(usize::MAX, || while self.next(work) {}));
            }
        });
        while self.next(work) {}
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does the best job at hand; false when none is left that could become ready.
    fn next(&self, work: &dyn Fn(usize)) -> bool {
        let mut state = self.lock();
        let job = loop {
            match state.ready.pop() {
                Some((_, Reverse(job))) => break job,
                None if state.running == 0 => return false,
                None => {
                    state = self
                        .change
                        .wait(state)
                        .unwrap_or_else(PoisonError::into_inner);
                }
            }
        };
        state.running += 1;
        drop(state);
        let running = Running(self);
        work(job);
        let mut state = self.lock();
        for dependent in &self.dependents[job] {
            state.waiting[*dependent] -= 1;
            if state.waiting[*dependent] == 0 {
                state
                    .ready
                    .push((self.height[*dependent], Reverse(*dependent)));
            }
        }
        drop(state);
        drop(running);
        true
    }
}

/// A job under way; its end wakes the other threads, also where it panics.
struct Running<'s>(&'s Schedule);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.lock().running -= 1;
        self.0.change.notify_all();
    }
}

/// The numbers of names in order.
pub(super) fn numbers<'n>(names: impl Iterator<Item = &'n str>) -> BTreeMap<&'n str, usize> {
    names
        .enumerate()
        .map(|(number, name)| (name, number))
        .collect()
}
