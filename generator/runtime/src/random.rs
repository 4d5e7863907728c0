//! Randomness that is good enough to tell things apart, and asks the system for none.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

/// A random number. The hasher's keys are the standard library's source of randomness; nothing here needs a better one.
pub(crate) fn random() -> u64 {
    RandomState::new().hash_one(0)
}
