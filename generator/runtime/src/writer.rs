//! Writing of compact JSON.

use std::fmt;

/// Writes a string with its quotes, escaping only what RFC 8259, section 7, demands.
pub(crate) fn quote(out: &mut impl fmt::Write, text: &str) -> fmt::Result {
    out.write_str("\"")?;
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
        let (plain, tail) = rest.split_at(at);
        out.write_str(plain)?;
        let mut characters = tail.chars();
        match characters.next() {
            Some('\n') => out.write_str("\\n")?,
            Some('\r') => out.write_str("\\r")?,
            Some('\t') => out.write_str("\\t")?,
            Some(control) if control < ' ' => write!(out, "\\u{:04x}", u32::from(control))?,
            Some(quoted) => write!(out, "\\{quoted}")?,
            None => {}
        }
        rest = characters.as_str();
    }
    out.write_str(rest)?;
    out.write_str("\"")
}
