//! Randomness that is good enough to tell things apart, and asks the system for none.

use std::cell::Cell;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

/// The hasher's keys are the standard library's source of randomness; nothing here needs a better one.
fn seed() -> u64 {
    RandomState::new().hash_one(0)
}

thread_local! {
    static STATE: Cell<(u64, u64)> = Cell::new((seed(), seed()));
}

/// A random number: the next one of the thread (xoroshiro128++).
pub(crate) fn random() -> u64 {
    let (first, second) = STATE.get();
    let mixed = first ^ second;
    STATE.set((first.rotate_left(49) ^ mixed ^ (mixed << 21), mixed.rotate_left(28)));
    first.wrapping_add(second).rotate_left(17).wrapping_add(first)
}

#[cfg(test)]
mod tests {
    use super::random;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_differ_in_and_between_threads() {
        let some = || (0..1000).map(|_| random()).collect::<Vec<u64>>();
        let other = std::thread::spawn(some).join().unwrap();
        let all: BTreeSet<u64> = some().into_iter().chain(other).collect();
        assert_eq!(all.len(), 2000);
        let ones: u32 = all.iter().map(|number| number.count_ones()).sum();
        assert!((62_000..66_000).contains(&ones), "{ones}");
    }
}
