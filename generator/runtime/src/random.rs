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

/// How long the text of a UUID is.
#[cfg(feature = "server")]
pub(crate) const UUID_LENGTH: usize = 36;

#[cfg(feature = "server")]
const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The text of a random UUID (RFC 9562 section 5.4).
#[cfg(feature = "server")]
pub(crate) fn uuid() -> [u8; UUID_LENGTH] {
    let (version, variant) = (4, 0b10);
    let high = random() & !0xF000 | version << 12;
    let low = random() & !(0b11 << 62) | variant << 62;
    let mut text = [b'-'; UUID_LENGTH];
    for (places, digits) in
        [(0..8, high >> 32), (9..13, high >> 16), (14..18, high), (19..23, low >> 48), (24..36, low)]
    {
        hexadecimal(text.get_mut(places).unwrap_or_default(), digits);
    }
    text
}

/// Writes the lowest digits of a number, as many as there are places.
#[cfg(feature = "server")]
#[inline(never)]
fn hexadecimal(places: &mut [u8], mut digits: u64) {
    for place in places.iter_mut().rev() {
        *place = *DIGITS.get((digits & 0xF) as usize).unwrap_or(&b'0');
        digits >>= 4;
    }
}

#[cfg(test)]
mod tests {
    use super::random;
    #[cfg(feature = "server")]
    use super::uuid;
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

    #[cfg(feature = "server")]
    #[test]
    fn uuids_are_of_version_4() {
        let mut seen = BTreeSet::new();
        for _ in 0..100 {
            let text = String::from_utf8(uuid().to_vec()).unwrap();
            assert!(text.bytes().enumerate().all(|(at, byte)| match at {
                8 | 13 | 18 | 23 => byte == b'-',
                14 => byte == b'4',
                19 => matches!(byte, b'8' | b'9' | b'a' | b'b'),
                _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            }));
            assert!(seen.insert(text));
        }
    }
}
