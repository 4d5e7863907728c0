//! Percent-decoding that refuses what it cannot read, and scalars as JSON.

use std::borrow::Cow;

use super::Refusal;
use crate::operation::Shape;
use crate::writer::write_string;

/// How one place of a message writes its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    /// Percent-encoding; `+` is a plus (paths, cookies).
    Percent,
    /// Percent-encoding; `+` is a space (queries, forms).
    Form,
    /// As it stands (headers, 3.2's cookies).
    Plain,
}

impl Coding {
    pub(super) fn decode(self, text: &str) -> Result<Cow<'_, str>, Refusal> {
        match self {
            Self::Percent => decode_percent(text),
            Self::Form => decode_form(text),
            Self::Plain => Ok(Cow::Borrowed(text)),
        }
    }
}

/// Decodes percent-encoded UTF-8; broken triplets and broken UTF-8 are refused, never replaced.
pub fn decode_percent(text: &str) -> Result<Cow<'_, str>, Refusal> {
    if text.bytes().any(|byte| byte == b'%') { decode(text, false) } else { Ok(Cow::Borrowed(text)) }
}

/// Decodes `application/x-www-form-urlencoded` text: as [`decode_percent`], and `+` is a space.
pub fn decode_form(text: &str) -> Result<Cow<'_, str>, Refusal> {
    let coded = text.bytes().any(|byte| byte == b'%' || byte == b'+');
    if coded { decode(text, true) } else { Ok(Cow::Borrowed(text)) }
}

fn decode(text: &str, plus_is_space: bool) -> Result<Cow<'_, str>, Refusal> {
    let mut plain = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        plain.push(match byte {
            b'%' => match (bytes.next().and_then(hex), bytes.next().and_then(hex)) {
                (Some(high), Some(low)) => high << 4 | low,
                _ => return Err(Refusal::Malformed("is not correctly percent-encoded".into())),
            },
            b'+' if plus_is_space => b' ',
            other => other,
        });
    }
    let plain = String::from_utf8(plain);
    plain.map(Cow::Owned).map_err(|_| Refusal::Malformed("is not UTF-8 when percent-decoded".into()))
}

pub(super) fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Writes text as the JSON scalar that the shape asks for; a lexeme that does not fit becomes a string, and the schema
/// says what is wrong with it.
pub fn write_scalar(out: &mut Vec<u8>, shape: &Shape, text: &str) {
    if fits(shape, text) {
        out.extend_from_slice(text.as_bytes());
    } else {
        write_string(out, text);
    }
}

/// Writes the encoded text of a scalar, percent-encoded or as in a form; false where it cannot be decoded.
#[cfg(feature = "server")]
pub(crate) fn scalar(out: &mut Vec<u8>, shape: &Shape, text: &str, is_form: bool) -> bool {
    let decoded = if is_form { decode_form(text) } else { decode_percent(text) };
    decoded.is_ok_and(|text| {
        write_scalar(out, shape, &text);
        true
    })
}

/// Whether the text is a lexeme of a scalar that is not a string.
fn fits(shape: &Shape, text: &str) -> bool {
    match shape {
        Shape::Number => is_number(text),
        Shape::Boolean => matches!(text, "true" | "false"),
        Shape::Null => text == "null",
        // Where a string is possible, the text `null` is that string.
        Shape::Union(shapes) => {
            shapes.iter().any(|shape| fits(shape, text))
                && !(text == "null" && shapes.contains(&Shape::String))
        }
        Shape::String | Shape::File | Shape::Json | Shape::Array(_) | Shape::Object { .. } => false,
    }
}

/// Whether an empty text is a value of the shape.
pub(super) fn takes_empty(shape: &Shape) -> bool {
    match shape {
        Shape::String | Shape::Json | Shape::File => true,
        Shape::Union(shapes) => shapes.iter().any(takes_empty),
        Shape::Array(item) => takes_empty(item),
        Shape::Number | Shape::Boolean | Shape::Null | Shape::Object { .. } => false,
    }
}

/// Whether the text is a JSON number (RFC 8259 section 6).
fn is_number(text: &str) -> bool {
    let digits =
        |text: &str| text.len() - text.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    let text = text.strip_prefix('-').unwrap_or(text);
    let whole = digits(text);
    if whole == 0 || (whole > 1 && text.starts_with('0')) {
        return false;
    }
    let mut rest = text.get(whole..).unwrap_or("");
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = digits(fraction);
        if length == 0 {
            return false;
        }
        rest = fraction.get(length..).unwrap_or("");
    }
    match rest.strip_prefix(['e', 'E']) {
        Some(exponent) => {
            let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            !exponent.is_empty() && digits(exponent) == exponent.len()
        }
        None => rest.is_empty(),
    }
}
