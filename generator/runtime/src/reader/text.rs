//! Strings.

use std::borrow::Cow;

use super::{Reader, Reject, scan};

impl<'a> Reader<'a> {
    /// Reads a string; it is borrowed from the input unless it has escapes.
    #[inline]
    pub fn string(&mut self) -> Result<Cow<'a, str>, Reject> {
        if self.blank() == Some(b'"') { self.quoted() } else { Err(Reject) }
    }

    /// Reads the string whose opening quote is the current byte.
    #[inline]
    pub(super) fn quoted(&mut self) -> Result<Cow<'a, str>, Reject> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let end = scan::plain(bytes, start);
        if bytes.get(end) == Some(&b'"') {
            self.at = end + 1;
            return self.text.get(start..end).map(Cow::Borrowed).ok_or(Reject);
        }
        self.escaped(start, end).map(Cow::Owned)
    }

    /// Reads a string with escapes, which is plain from `start` to `end`.
    #[cold]
    fn escaped(&mut self, mut start: usize, mut end: usize) -> Result<String, Reject> {
        let bytes = self.text.as_bytes();
        let mut value = String::with_capacity(scan::string_end(bytes, end).saturating_sub(start));
        loop {
            value.push_str(self.text.get(start..end).ok_or(Reject)?);
            self.at = end;
            match bytes.get(end) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(value);
                }
                Some(b'\\') => {
                    value.push(self.escape()?);
                    start = self.at;
                    end = scan::plain(bytes, start);
                }
                Some(_) => return Err(self.fail("a control character must be escaped")),
                None => return Err(self.unexpected("the end of the string")),
            }
        }
    }

    /// Reads an escape sequence, the backslash being the current byte.
    fn escape(&mut self) -> Result<char, Reject> {
        let start = self.at;
        let simple = match self.text.as_bytes().get(start + 1) {
            Some(quoted @ (b'"' | b'\\' | b'/')) => char::from(*quoted),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return Err(self.fail("not an escape sequence")),
        };
        self.at = start + 2;
        Ok(simple)
    }

    /// Reads `\uXXXX`, or two of them that are a surrogate pair (RFC 8259, section 7).
    fn unicode_escape(&mut self) -> Result<char, Reject> {
        let start = self.at;
        let first = self.code_unit(start)?;
        let (code, length) = match first {
            0xD800..0xDC00 => match self.code_unit(start + 6) {
                Ok(second @ 0xDC00..0xE000) => (0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00), 12),
                _ => (first, 6),
            },
            _ => (first, 6),
        };
        // Only surrogates are no characters.
        let character = char::from_u32(code).ok_or_else(|| self.fail_over(start, "a lone surrogate"))?;
        self.at = start + length;
        Ok(character)
    }

    /// The value of `\uXXXX` at an offset.
    fn code_unit(&mut self, at: usize) -> Result<u32, Reject> {
        let digits = match self.text.as_bytes().get(at..at + 6) {
            Some([b'\\', b'u', digits @ ..]) => digits,
            _ => return Err(self.fail_over(at, "expected `\\u` and four hexadecimal digits")),
        };
        digits.iter().try_fold(0, |value, digit| match char::from(*digit).to_digit(16) {
            Some(digit) => Ok(value * 16 + digit),
            None => Err(self.fail_over(at, "expected four hexadecimal digits")),
        })
    }

    /// Like `fail_at`, but replaces a fault noted inside the escape sequence.
    #[cold]
    fn fail_over(&mut self, offset: usize, message: &'static str) -> Reject {
        self.fault = None;
        self.fail_at(offset, message)
    }
}
