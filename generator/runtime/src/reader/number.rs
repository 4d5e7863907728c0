//! Numbers as native types.

use std::str::FromStr;

use super::{Reader, Reject};
use crate::json::decimal::is_shortest;
use crate::json::{Integer, Number};

/// So many digits are a `u64`, and so many zeros behind a one.
const MOST_DIGITS: usize = 19;

/// The powers of ten that such digits may be divided by.
const SCALES: [f64; MOST_DIGITS + 1] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19,
];

/// The same as integers.
const POWERS: [u64; MOST_DIGITS + 1] = {
    let mut powers = [1; MOST_DIGITS + 1];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

/// All integers below are floats, and each decimal of fewer digits prints back from its nearest float.
const CERTAIN: u64 = 1_000_000_000_000_000;

impl Reader<'_> {
    /// Reads a number exactly.
    pub fn number(&mut self) -> Result<Number, Reject> {
        self.number_lexeme().map(Number::from_valid)
    }

    /// Reads an integer of any size, in any spelling (`1.0`, `1e2`).
    pub fn integer(&mut self) -> Result<Integer, Reject> {
        match self.short_integer() {
            Some(value) => Ok(Integer::from(value)),
            None => Integer::new(self.number()?).ok_or(Reject),
        }
    }

    /// Reads an integer that fits, in any spelling.
    #[inline]
    pub fn i64(&mut self) -> Result<i64, Reject> {
        match self.short_integer() {
            Some(value) => Ok(value),
            None => self.number()?.as_i64().ok_or(Reject),
        }
    }

    /// Reads an integer that fits, in any spelling.
    #[inline]
    pub fn u64(&mut self) -> Result<u64, Reject> {
        match self.short_integer() {
            Some(value) => u64::try_from(value).map_err(|_| Reject),
            None => self.number()?.as_u64().ok_or(Reject),
        }
    }

    /// Reads a number as the nearest float. Where a check follows, the float must stand for exactly what was read,
    /// lest it passes where the number would not.
    #[inline]
    pub fn f64(&mut self) -> Result<f64, Reject> {
        self.blank();
        let start = self.at;
        match self.short_decimal() {
            Some((value, true)) => Ok(value),
            Some((value, false)) => {
                let lexeme = self.text.get(start..self.at).unwrap_or_default();
                if !self.exact || self.trusted || is_shortest(lexeme, value) {
                    Ok(value)
                } else {
                    Err(Reject)
                }
            }
            None => self.long_f64(),
        }
    }

    fn long_f64(&mut self) -> Result<f64, Reject> {
        let lexeme = self.number_lexeme()?;
        let value = f64::from_str(lexeme).map_err(|_| Reject)?;
        let exact = || is_shortest(lexeme, value);
        if value.is_finite() && (!self.exact || self.trusted || exact()) { Ok(value) } else { Err(Reject) }
    }

    /// Like [`Reader::f64`].
    pub fn f32(&mut self) -> Result<f32, Reject> {
        let lexeme = self.number_lexeme()?;
        let value = f32::from_str(lexeme).map_err(|_| Reject)?;
        let exact = || is_shortest(lexeme, value);
        if value.is_finite() && (!self.exact || self.trusted || exact()) { Ok(value) } else { Err(Reject) }
    }

    /// Reads an integer of up to 18 digits and nothing else; otherwise stays where it is.
    #[inline]
    fn short_integer(&mut self) -> Option<i64> {
        let first = self.blank()?;
        let bytes = self.text.as_bytes();
        let start = self.at + usize::from(first == b'-');
        let (value, at) = digits(bytes, start, 0, 18);
        let leading_zero = bytes.get(start) == Some(&b'0') && at - start > 1;
        if at == start || leading_zero || matches!(bytes.get(at), Some(b'0'..=b'9' | b'.' | b'e' | b'E')) {
            return None;
        }
        self.at = at;
        let value = value.cast_signed();
        Some(if first == b'-' { -value } else { value })
    }

    /// Reads a number of up to 19 digits without exponent, as the nearest float; otherwise stays where it is. Whether
    /// the float is certain to stand for exactly that number comes with it.
    #[inline]
    fn short_decimal(&mut self) -> Option<(f64, bool)> {
        let first = self.blank()?;
        let bytes = self.text.as_bytes();
        let start = self.at + usize::from(first == b'-');
        let (value, point) = digits(bytes, start, 0, MOST_DIGITS);
        let leading_zero = bytes.get(start) == Some(&b'0') && point - start > 1;
        let (value, end, decimals) = if bytes.get(point) == Some(&b'.') {
            let (value, end) = decimals(bytes, point + 1, value, MOST_DIGITS - (point - start));
            (value, end, end - point - 1)
        } else {
            (value, point, 0)
        };
        let bare_point = end > point && decimals == 0;
        if point == start
            || leading_zero
            || bare_point
            || matches!(bytes.get(end), Some(b'0'..=b'9' | b'e' | b'E'))
        {
            return None;
        }
        let certain = value < CERTAIN;
        // Such digits and such powers of ten are floats exactly, so one division rounds right.
        let size = if certain { value as f64 / SCALES.get(decimals)? } else { nearest(value, decimals) };
        self.at = end;
        Some((if first == b'-' { -size } else { size }, certain))
    }
}

/// The float that is nearest to digits, not less than [`CERTAIN`], with so many decimals, up to 19.
fn nearest(digits: u64, decimals: usize) -> f64 {
    let bits = |value: u64| 64 - value.leading_zeros();
    let divisor = POWERS.get(decimals).copied().unwrap_or(1);
    // A quotient of 56 bits or more has at least three below those of the float. The last of them also stands for all
    // that the division left over, so that converting it rounds right.
    let shift = (56 + bits(divisor)).saturating_sub(bits(digits));
    let dividend = u128::from(digits) << shift;
    let quotient = dividend / u128::from(divisor);
    let rest = dividend - quotient * u128::from(divisor);
    (quotient | u128::from(rest != 0)) as u64 as f64 / (1_u128 << shift) as f64
}

/// Reads up to `most` digits on top of a value; their end comes with it.
#[inline]
fn digits(bytes: &[u8], start: usize, mut value: u64, most: usize) -> (u64, usize) {
    let mut at = start;
    while let Some(digit @ b'0'..=b'9') = bytes.get(at)
        && at - start < most
    {
        value = value * 10 + u64::from(digit - b'0');
        at += 1;
    }
    (value, at)
}

/// Like [`digits`], by eight at once as long as there are so many: for decimals, of which there may be many.
#[inline]
fn decimals(bytes: &[u8], start: usize, mut value: u64, most: usize) -> (u64, usize) {
    let mut at = start;
    // Most are short: one look at where the eighth would be tells.
    while at + 8 <= start + most
        && bytes.get(at + 7).is_some_and(u8::is_ascii_digit)
        && let Some(eight) =
            bytes.get(at..).and_then(|rest| rest.first_chunk()).copied().and_then(eight_digits)
    {
        value = value * 100_000_000 + eight;
        at += 8;
    }
    digits(bytes, at, value, most - (at - start))
}

/// The value of eight digits: neighbours are joined into numbers of two digits, of four, and of eight.
#[inline]
fn eight_digits(bytes: [u8; 8]) -> Option<u64> {
    let text = u64::from_le_bytes(bytes);
    let ones = text.wrapping_sub(0x3030_3030_3030_3030);
    // A byte above `9` overflows into its highest bit in the one, a byte below `0` in the other.
    if (text.wrapping_add(0x4646_4646_4646_4646) | ones) & 0x8080_8080_8080_8080 != 0 {
        return None;
    }
    let twos = (ones * 10 + (ones >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (twos * 100 + (twos >> 16)) & 0x0000_ffff_0000_ffff;
    Some((fours * 10_000 + (fours >> 32)) & 0xffff_ffff)
}

#[cfg(test)]
mod tests {
    use super::{Reader, Reject};

    #[test]
    fn integers_in_every_spelling() {
        let read = |text: &str| Reader::new(text.as_bytes()).i64();
        for (text, value) in [
            ("0", 0),
            ("-0", 0),
            (" 7 ", 7),
            ("-12", -12),
            ("1.0", 1),
            ("1e2", 100),
            ("9223372036854775807", i64::MAX),
            ("-9223372036854775808", i64::MIN),
            ("999999999999999999", 999_999_999_999_999_999),
        ] {
            assert_eq!(read(text), Ok(value), "{text}");
        }
        for text in ["1.5", "9223372036854775808", "01", "-", "\"1\"", "true", "1e", "-01", "1e100", ""] {
            assert_eq!(read(text), Err(Reject), "{text}");
        }
        assert_eq!(Reader::new(b"18446744073709551615").u64(), Ok(u64::MAX));
        assert_eq!(Reader::new(b"-1").u64(), Err(Reject));
    }

    #[test]
    fn eight_digits_at_once() {
        for text in ["00000000", "12345678", "99999999", "90000009", "00000001"] {
            let bytes = text.as_bytes().try_into().unwrap();
            assert_eq!(super::eight_digits(bytes), text.parse().ok(), "{text}");
        }
        for at in 0..8 {
            for byte in (0..=u8::MAX).filter(|byte| !byte.is_ascii_digit()) {
                let mut bytes = *b"12345678";
                bytes[at] = byte;
                assert_eq!(super::eight_digits(bytes), None, "{bytes:?}");
            }
        }
        let text = b"x1234567890123456789,";
        for (most, expected) in
            [(0, (7, 1)), (3, (7123, 4)), (8, (712_345_678, 9)), (18, (7_123_456_789_012_345_678, 19))]
        {
            assert_eq!(super::decimals(text, 1, 7, most), expected);
        }
    }

    #[test]
    fn long_decimals_are_read_as_the_nearest_float() {
        let mut state = 1_u64;
        let mut random = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state ^ (state >> 29)
        };
        let mut texts: Vec<String> = [
            "9007199254740993",
            "9007199254740992.5",
            "9007199254740993.001",
            "0.1000000000000000055",
            "1.0000000000000000",
            "4503599627370497.5",
            "4503599627370496.501",
            "9999999999999999999",
            "0.9999999999999999999",
            "999999999999999.9999",
            "0.0000100000000000001",
        ]
        .map(str::to_owned)
        .into();
        for _ in 0..20_000 {
            let digits = (random() % 10_000_000_000_000_000_000).to_string();
            let length = 14 + usize::try_from(random() % 6).unwrap();
            let digits = &digits[..length.min(digits.len())];
            let point = usize::try_from(random()).unwrap() % digits.len();
            let whole = if point == 0 { "0" } else { &digits[..point] };
            texts.push(format!("{whole}.{}", &digits[point..]));
        }
        for text in texts {
            assert_eq!(Reader::new(text.as_bytes()).f64(), text.parse().map_err(|_| Reject), "{text}");
            let negative = format!("-{text}");
            assert_eq!(Reader::new(negative.as_bytes()).f64(), negative.parse().map_err(|_| Reject));
        }
    }

    #[test]
    fn floats_must_be_exact_where_a_check_follows() {
        fn exact(text: &str) -> Reader<'_> {
            Reader { exact: true, ..Reader::new(text.as_bytes()) }
        }
        let checked = |text: &str| exact(text).f64();
        for text in ["0.1", "1e300", "-4.02", "0.30000000000000004", "-12.12345678901234"] {
            assert_eq!(checked(text), text.parse().map_err(|_| Reject), "{text}");
        }
        for text in ["0.10000000000000001", "9007199254740993", "12345678901234567.9"] {
            assert_eq!(checked(text), Err(Reject), "{text}");
            assert!(Reader::new(text.as_bytes()).f64().is_ok());
        }
        for text in ["1.5.", "1.", "01.5", "-", ".5", "-.5", "1e400"] {
            let mut reader = Reader::new(text.as_bytes());
            assert_eq!(reader.f64().and_then(|_| reader.end()), Err(Reject), "{text}");
        }
        assert_eq!(Reader::new(b"-0.0").f64().map(f64::to_bits), Ok((-0.0f64).to_bits()));
        assert_eq!(exact("0.1").f32(), Ok(0.1));
        assert_eq!(exact("0.1000000001").f32(), Err(Reject));
    }
}
