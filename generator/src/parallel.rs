//! The same work for many things, on all cores, with the results in the order of the things.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Deep documents make deep trees, and unoptimised code large frames.
const STACK: usize = 32 * 1024 * 1024;

/// `work` for each of `things`. The result does not depend on the number of cores.
pub(crate) fn map<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, usize::from).min(things.len());
    let next = AtomicUsize::new(0);
    // Whoever is free takes the next thing: some take far longer than others.
    let run = || {
        let mut done = Vec::new();
        while let Some((index, thing)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|i| Some((i, things.get(i)?)))
        {
            done.push((index, work(thing)));
        }
        done
    };
    let mut results: Vec<(usize, R)> = thread::scope(|scope| {
        let helpers: Vec<_> =
            (1..cores).filter_map(|_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run).ok()).collect();
        let mut results = run();
        for helper in helpers {
            match helper.join() {
                Ok(done) => results.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        results
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_keep_the_order_of_things() {
        let things: Vec<usize> = (0..1000).collect();
        assert_eq!(super::map(&things, |thing| thing * 2), things.iter().map(|thing| thing * 2).collect::<Vec<_>>());
        assert!(super::map(&[] as &[usize], |thing| *thing).is_empty());
    }
}
