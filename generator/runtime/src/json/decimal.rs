//! Decimal numerals taken apart without copying a digit.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// Exponents are held within this bound, so that sums of them never overflow.
const EXPONENT_BOUND: i64 = 1 << 60;

/// A decimal numeral: `±digits × 10^exponent`, the digits without leading or trailing zeros.
///
/// The digits are the concatenation of `head` and `tail` (before and after the point of the lexeme).
/// Every value has exactly one such form, whatever its lexeme, and zero has no digits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decimal<'a> {
    negative: bool,
    head: &'a [u8],
    tail: &'a [u8],
    exponent: i64,
}

/// Whether a lexeme is the shortest decimal that reads back as the float, which must be finite; in any spelling.
pub(crate) fn is_shortest(lexeme: &str, float: impl zmij::Float) -> bool {
    let mut buffer = zmij::Buffer::new();
    let printed = buffer.format_finite(float);
    printed == lexeme || Decimal::new(printed) == Decimal::new(lexeme)
}

impl<'a> Decimal<'a> {
    /// Takes a lexeme apart that follows the grammar of RFC 8259, section 6.
    pub(crate) fn new(lexeme: &'a str) -> Self {
        let (negative, magnitude) = match lexeme.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, lexeme),
        };
        let (mantissa, exponent) = magnitude.split_once(['e', 'E']).unwrap_or((magnitude, "0"));
        let (head, tail) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let mut head = trim_start(head.as_bytes());
        let mut tail = trim_end(tail.as_bytes());
        let mut exponent = read_exponent(exponent) - length(tail);
        if tail.is_empty() {
            let trimmed = trim_end(head);
            exponent += length(head) - length(trimmed);
            head = trimmed;
        }
        if head.is_empty() {
            tail = trim_start(tail);
        }
        if head.is_empty() && tail.is_empty() {
            return Self { negative: false, head, tail, exponent: 0 };
        }
        Self { negative, head, tail, exponent }
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.head.is_empty() && self.tail.is_empty()
    }

    pub(crate) fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// How many significant digits there are.
    pub(crate) fn precision(&self) -> usize {
        self.head.len() + self.tail.len()
    }

    /// The power of ten just above the value: 2 for 10 to 99, 0 for 0.1 to 0.9.
    pub(crate) fn magnitude(&self) -> i64 {
        length(self.head) + length(self.tail) + self.exponent
    }

    fn digits(&self) -> impl Iterator<Item = u8> + use<'a> {
        self.head.iter().chain(self.tail).map(|digit| digit.wrapping_sub(b'0'))
    }

    /// The digits as a number, when there are few enough of them.
    fn mantissa(&self) -> Option<u128> {
        (self.precision() <= 37).then(|| self.digits().fold(0, |value, digit| value * 10 + u128::from(digit)))
    }

    /// The value, when it is an integer in the range.
    pub(crate) fn to_i128(self) -> Option<i128> {
        if self.is_zero() {
            return Some(0);
        }
        if !self.is_integer() || self.magnitude() > 37 {
            return None;
        }
        let scale = 10i128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        let magnitude = i128::try_from(self.mantissa()?).ok()?.checked_mul(scale)?;
        Some(if self.negative { -magnitude } else { magnitude })
    }

    /// Whether `self` is an integer multiple of `divisor` (JSON Schema Validation, section 6.2.1): exact, and
    /// linear in the number of digits whatever the exponents are.
    pub(crate) fn is_multiple_of(&self, divisor: &Decimal<'_>) -> bool {
        if divisor.is_zero() {
            return false;
        }
        if self.is_zero() {
            return true;
        }
        // The digits do not end in zero, so powers of ten on the divisor's side divide nothing.
        if self.exponent < divisor.exponent {
            return false;
        }
        // Powers of ten only help with factors 2 and 5, of which the divisor has at most log2 many.
        let useful = 4 * i64::try_from(divisor.precision()).unwrap_or(EXPONENT_BOUND);
        let shift = usize::try_from((self.exponent - divisor.exponent).min(useful)).unwrap_or(0);
        let digits = self.digits().chain(std::iter::repeat_n(0, shift));
        match divisor.mantissa() {
            Some(modulus) => match u64::try_from(modulus) {
                Ok(modulus) if modulus < u64::MAX / 16 => {
                    digits.fold(0, |rest, digit| (rest * 10 + u64::from(digit)) % modulus) == 0
                }
                _ => digits.fold(0, |rest, digit| (rest * 10 + u128::from(digit)) % modulus) == 0,
            },
            None => long_division(digits, &divisor.digits().collect::<Vec<u8>>()),
        }
    }

    fn cmp_magnitude(&self, other: &Decimal<'_>) -> Ordering {
        match (self.is_zero(), other.is_zero()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => {
                self.magnitude().cmp(&other.magnitude()).then_with(|| self.digits().cmp(other.digits()))
            }
        }
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.cmp_magnitude(other),
            (true, true) => other.cmp_magnitude(self),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal<'_> {}

impl Hash for Decimal<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.negative.hash(state);
        self.magnitude().hash(state);
        self.digits().for_each(|digit| state.write_u8(digit));
    }
}

/// Divides digit by digit, for divisors beyond native integers; whether nothing is left over.
fn long_division(digits: impl Iterator<Item = u8>, divisor: &[u8]) -> bool {
    let mut rest: Vec<u8> = Vec::with_capacity(divisor.len() + 1);
    for digit in digits {
        if !(rest.is_empty() && digit == 0) {
            rest.push(digit);
        }
        while rest.len() > divisor.len() || (rest.len() == divisor.len() && rest.as_slice() >= divisor) {
            subtract(&mut rest, divisor);
        }
    }
    rest.is_empty()
}

/// `rest -= divisor`, both most significant digit first, `rest` the larger; leading zeros are removed.
fn subtract(rest: &mut Vec<u8>, divisor: &[u8]) {
    let mut borrow = 0;
    let padded = divisor.iter().rev().copied().chain(std::iter::repeat(0));
    for (digit, taken) in rest.iter_mut().rev().zip(padded) {
        let needed = taken + borrow;
        borrow = u8::from(*digit < needed);
        *digit = *digit + 10 * borrow - needed;
    }
    let zeros = rest.iter().take_while(|digit| **digit == 0).count();
    rest.drain(..zeros);
}

/// Reads an exponent, held within the bound.
fn read_exponent(text: &str) -> i64 {
    let (negative, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    let magnitude = digits.iter().fold(0i64, |value, digit| {
        (value * 10 + i64::from(digit.wrapping_sub(b'0'))).min(EXPONENT_BOUND / 16)
    });
    if negative { -magnitude } else { magnitude }
}

fn length(digits: &[u8]) -> i64 {
    i64::try_from(digits.len()).unwrap_or(EXPONENT_BOUND)
}

fn trim_start(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
    digits.get(zeros..).unwrap_or_default()
}

fn trim_end(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().rev().take_while(|digit| **digit == b'0').count();
    digits.get(..digits.len() - zeros).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    fn multiple(value: &str, of: &str) -> bool {
        Decimal::new(value).is_multiple_of(&Decimal::new(of))
    }

    #[test]
    fn multiples_are_exact() {
        assert!(multiple("19.99", "0.01"));
        assert!(multiple("4.02", "0.01"));
        assert!(!multiple("19.995", "0.01"));
        assert!(multiple("0.0075", "0.0001"));
        assert!(!multiple("0.00751", "0.0001"));
        assert!(multiple("-9", "3"));
        assert!(multiple("0", "7"));
        assert!(!multiple("7", "0"));
        assert!(multiple("30", "1.5e1"));
        assert!(!multiple("3", "30"));
    }

    #[test]
    fn huge_exponents_take_no_time() {
        assert!(!multiple("1e308", "0.123456789"));
        assert!(multiple("1e1000000000", "0.0001"));
        assert!(multiple("1e1000000000000000000000000000", "1024"));
        assert!(!multiple("1e1000000000", "3"));
        assert!(!multiple("1e-1000000000", "3"));
        assert!(multiple("5", "1e-1000000000"));
    }

    #[test]
    fn long_divisors() {
        let divisor = "123456789012345678901234567890123456789012345678901";
        assert!(multiple("370370367037037036703703703670370370367037037036703", divisor));
        assert!(!multiple("370370367037037036703703703670370370367037037036704", divisor));
        assert!(multiple("1234567890123456789012345678901234567890123456789010000", divisor));
    }

    #[test]
    fn one_order_for_all_spellings() {
        let ascending = ["-1e400", "-2", "-1.5", "0", "1e-400", "0.1", "1", "1.5", "2", "10", "1e400"];
        for (i, a) in ascending.iter().enumerate() {
            for (j, b) in ascending.iter().enumerate() {
                assert_eq!(Decimal::new(a).cmp(&Decimal::new(b)), i.cmp(&j), "{a} {b}");
            }
        }
        assert_eq!(Decimal::new("100"), Decimal::new("1e2"));
        assert_eq!(Decimal::new("0.0010"), Decimal::new("1E-3"));
        assert_eq!(Decimal::new("-0.0"), Decimal::new("0e7"));
    }
}
