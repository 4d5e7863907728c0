//! Scanning of bytes: the plain part of strings, and number lexemes.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Where the first quote, backslash or control character at or after `at` is, or the end of input.
///
/// Eight bytes at a time: a byte of a word is found by the borrow that subtracting from it causes.
#[inline]
pub(crate) fn plain(bytes: &[u8], mut at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    for word in rest.as_chunks::<8>().0 {
        let word = u64::from_le_bytes(*word);
        let quote = word ^ (ONES * 0x22);
        let backslash = word ^ (ONES * 0x5C);
        let found = (quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash)
            | (word.wrapping_sub(ONES * 0x20) & !word);
        // The lowest mark is exact; higher ones may be borrows that it caused.
        let marks = found & HIGH;
        if marks != 0 {
            return at + (marks.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while let Some(byte) = bytes.get(at)
        && *byte >= 0x20
        && *byte != b'"'
        && *byte != b'\\'
    {
        at += 1;
    }
    at
}

/// Where the string ends that is plain up to `at`, or the input.
pub(crate) fn string_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at)
        && *byte != b'"'
    {
        // An escaped quote does not end it.
        at = plain(bytes, at + 1 + usize::from(*byte == b'\\'));
    }
    at.min(bytes.len())
}

/// The end of the number that starts at `at` (RFC 8259, section 6), or where it goes wrong and why.
#[inline]
pub(crate) fn number(bytes: &[u8], start: usize) -> Result<usize, (usize, &'static str)> {
    let mut at = start + usize::from(bytes.get(start) == Some(&b'-'));
    match bytes.get(at) {
        Some(b'0') => {
            at += 1;
            if bytes.get(at).is_some_and(u8::is_ascii_digit) {
                return Err((at, "a number may not start with a zero"));
            }
        }
        Some(b'1'..=b'9') => at = digits(bytes, at),
        _ => return Err((at, "expected a digit")),
    }
    if bytes.get(at) == Some(&b'.') {
        at = some_digits(bytes, at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1;
        at += usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
        at = some_digits(bytes, at)?;
    }
    Ok(at)
}

fn some_digits(bytes: &[u8], start: usize) -> Result<usize, (usize, &'static str)> {
    let end = digits(bytes, start);
    if end == start { Err((start, "expected a digit")) } else { Ok(end) }
}

fn digits(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{number, plain};

    #[test]
    fn the_end_of_plain_text_is_found_at_every_offset() {
        for stop in [b'"', b'\\', 0x00, 0x1F, b'\n'] {
            for before in 0..20 {
                for filler in [b'a', 0x80, 0xFF, 0x20, b'!', b'#', b'[', b']', 0x7F, 0xA2, 0xDC] {
                    let mut bytes = vec![filler; before];
                    bytes.push(stop);
                    bytes.extend([stop ^ 1; 9]);
                    assert_eq!(plain(&bytes, 0), before, "{stop} after {before} of {filler}");
                }
            }
        }
        assert_eq!(plain(b"0123456789", 3), 10);
        assert_eq!(plain(b"", 4), 4);
    }

    #[test]
    fn numbers_end_where_their_grammar_ends() {
        assert_eq!(number(b"-12.50e+3,", 0), Ok(9));
        assert_eq!(number(b"[0]", 1), Ok(2));
        assert!(number(b"01", 0).is_err());
        assert!(number(b"1.", 0).is_err());
    }
}
