//! Threads that share the work of a run. They are started once: a new thread often begins on the core that its
//! maker is busy on, and by the time the system has moved it, a short piece of work is over.
//!
//! Not for: walking through folders, for which `ignore` has threads of its own.
//!
//! Invariant: results do not depend on which thread did what.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use rayon_core::ThreadPoolBuilder;

use crate::text::order;

/// How much stack a worker gets, in bytes. The parsers' depth limits need far less.
const STACK: usize = 8 << 20;

/// Calls a function for each number below `count` with up to `threads` threads, this one among them, and gives the
/// results in order. Where the system gives no more threads, this one does all.
///
/// # Panics
/// When the function does.
pub fn parallel<T: Send>(count: usize, threads: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let turn = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return done;
            }
            done.push((index, work(index)));
        }
    };
    let helpers = threads.clamp(1, count.max(1)) - 1;
    if helpers == 0 || !are_there(helpers) {
        return turn().into_iter().map(|(_, result)| result).collect();
    }
    let others = Mutex::new(Vec::new());
    let add = |done: Vec<(usize, T)>| {
        let mut others = others.lock().unwrap_or_else(PoisonError::into_inner);
        others.extend(done);
    };
    let mut results = rayon_core::in_place_scope(|scope| {
        for _ in 0..helpers {
            scope.spawn(|_| add(turn()));
        }
        turn()
    });
    results.extend(others.into_inner().unwrap_or_else(PoisonError::into_inner));
    order::sort_by_key(&mut results, |(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Does two pieces of work at once, if there is another thread for the second.
pub fn both(first: impl FnOnce(), second: impl FnOnce() + Send) {
    if !are_there(1) {
        first();
        second();
        return;
    }
    rayon_core::in_place_scope(|scope| {
        scope.spawn(|_| second());
        first();
    });
}

/// Whether there are workers. The first call starts them: one for each core but the first, or as many as it asks for.
fn are_there(wanted: usize) -> bool {
    static STARTED: OnceLock<bool> = OnceLock::new();
    *STARTED.get_or_init(|| {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let started = ThreadPoolBuilder::new()
            .num_threads(wanted.max(cores - 1).max(1))
            .stack_size(STACK)
            .build_global();
        started.is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_order_whatever_the_threads() {
        for threads in [1, 2, 3, 50] {
            let squares = parallel(1000, threads, |number| number * number);
            let wanted: Vec<usize> = (0..1000).map(|number| number * number).collect();
            assert_eq!(squares, wanted);
        }
        assert_eq!(parallel(0, 4, |number| number), Vec::<usize>::new());
    }

    #[test]
    fn work_may_hand_out_work() {
        let sums = parallel(20, 3, |outer| {
            let inner = parallel(20, 3, |inner| outer * inner);
            inner.into_iter().sum::<usize>()
        });
        let wanted: Vec<usize> = (0..20).map(|outer| outer * 190).collect();
        assert_eq!(sums, wanted);
    }

    #[test]
    fn both_are_done() {
        let (mut first, mut second) = (0, 0);
        both(|| first = 1, || second = 2);
        assert_eq!((first, second), (1, 2));
    }

    #[test]
    fn a_panic_reaches_the_caller() {
        let work = |number: usize| assert_ne!(number, 500);
        let result = std::panic::catch_unwind(|| parallel(1000, 4, work));
        assert!(result.is_err());
    }
}
