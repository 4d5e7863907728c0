//! Numbers as native types.

use std::str::FromStr;

use super::{Reader, Reject};
use crate::json::decimal::Decimal;
use crate::json::{Integer, Number};

/// A lexeme of up to this many bytes has at most 15 digits, which always print back from the float they read as.
const CERTAIN: usize = 15;

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
    pub fn f64(&mut self) -> Result<f64, Reject> {
        let lexeme = self.number_lexeme()?;
        let value = f64::from_str(lexeme).map_err(|_| Reject)?;
        let exact = || lexeme.len() <= CERTAIN || Number::try_from(value) == Ok(Number::from_valid(lexeme));
        if value.is_finite() && (!self.exact || self.trusted || exact()) { Ok(value) } else { Err(Reject) }
    }

    /// Like [`Reader::f64`].
    pub fn f32(&mut self) -> Result<f32, Reject> {
        let lexeme = self.number_lexeme()?;
        let value = f32::from_str(lexeme).map_err(|_| Reject)?;
        let exact = || Decimal::new(&format!("{value:e}")) == Decimal::new(lexeme);
        if value.is_finite() && (!self.exact || self.trusted || exact()) { Ok(value) } else { Err(Reject) }
    }

    /// Says that a check follows the next member or value; see [`Reader::f64`]. The argument is for the macros.
    #[doc(hidden)]
    #[inline]
    pub fn exactly(&mut self, _: &str) -> &mut Self {
        self.exact = true;
        self
    }

    /// Reads an integer of up to 18 digits and nothing else; otherwise stays where it is.
    #[inline]
    fn short_integer(&mut self) -> Option<i64> {
        let first = self.blank()?;
        let bytes = self.text.as_bytes();
        let start = self.at + usize::from(first == b'-');
        let mut value = 0i64;
        let mut at = start;
        while let Some(digit @ b'0'..=b'9') = bytes.get(at)
            && at - start < 18
        {
            value = value * 10 + i64::from(digit - b'0');
            at += 1;
        }
        let leading_zero = bytes.get(start) == Some(&b'0') && at - start > 1;
        if at == start || leading_zero || matches!(bytes.get(at), Some(b'0'..=b'9' | b'.' | b'e' | b'E')) {
            return None;
        }
        self.at = at;
        Some(if first == b'-' { -value } else { value })
    }
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
    fn floats_must_be_exact_where_a_check_follows() {
        let checked = |text: &str| Reader::new(text.as_bytes()).exactly("").f64();
        for text in ["0.1", "1e300", "-4.02", "0.30000000000000004", "-12.12345678901234"] {
            assert_eq!(checked(text), text.parse().map_err(|_| Reject), "{text}");
        }
        for text in ["0.10000000000000001", "9007199254740993", "12345678901234567.9"] {
            assert_eq!(checked(text), Err(Reject), "{text}");
            assert!(Reader::new(text.as_bytes()).f64().is_ok());
        }
        assert_eq!(Reader::new(b"1e400").f64(), Err(Reject));
        assert_eq!(Reader::new(b"0.1").exactly("").f32(), Ok(0.1));
        assert_eq!(Reader::new(b"0.1000000001").exactly("").f32(), Err(Reject));
    }
}
