//! Random numbers that are the same for the same seed, on any machine and with any version of anything.

/// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators).
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    /// A sequence of its own for one of several things, so that none depends on how many numbers another takes.
    pub fn of(seed: u64, thing: u64) -> Self {
        let mut random = Self(seed ^ thing.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Less than the bound; 0 if that is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).unwrap_or(u64::MAX);
        usize::try_from(self.next().checked_rem(bound).unwrap_or(0)).unwrap_or(0)
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// One of several things.
    pub fn pick<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        things.get(self.below(things.len()))
    }

    /// One of several things, by their weights.
    pub fn weighted<T: Copy>(&mut self, things: &[(usize, T)]) -> Option<T> {
        let mut at = self.below(things.iter().map(|(weight, _)| weight).sum());
        for (weight, thing) in things {
            match at.checked_sub(*weight) {
                Some(rest) => at = rest,
                None => return Some(*thing),
            }
        }
        None
    }

    /// Some of several things, in their order.
    pub fn some<T: Clone>(&mut self, things: &[T], chance: usize) -> Vec<T> {
        things.iter().filter(|_| self.percent(chance)).cloned().collect()
    }
}
