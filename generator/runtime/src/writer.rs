//! Writing of compact JSON.

use std::fmt;
use std::io::Write as _;

use crate::decode::Encode;
use crate::file::File;
use crate::json::{Json, Map, Number};
use crate::reader::{ATTACHMENT, scan};

mod digits;

/// Writes compact JSON.
///
/// What has no JSON text (NaN, say) is remembered, and [`Writer::finish`] tells.
#[derive(Debug, Default)]
pub struct Writer {
    text: Vec<u8>,
    /// An array or object was opened and nothing was written into it yet.
    fresh: bool,
    files: Vec<File>,
    error: Option<EncodeError>,
}

/// Why a value cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError {
    message: String,
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the value cannot be written as JSON: {}", self.message)
    }
}

impl std::error::Error for EncodeError {}

impl Writer {
    /// Starts with no text.
    pub fn new() -> Self {
        Self { text: Vec::with_capacity(128), ..Self::default() }
    }

    /// Starts with a text that is still empty.
    #[cfg(feature = "server")]
    pub(crate) fn within(text: Vec<u8>) -> Self {
        Self { text, ..Self::default() }
    }

    /// Starts again with no text, in the same room.
    #[cfg(feature = "client")]
    pub(crate) fn restart(&mut self) {
        self.text.clear();
        self.fresh = false;
        self.files.clear();
        self.error = None;
    }

    /// The text so far, unless something could not be written.
    #[cfg(feature = "client")]
    pub(crate) fn text(&self) -> Result<&[u8], &EncodeError> {
        self.error.as_ref().map_or(Ok(&self.text), Err)
    }

    /// The text, unless something could not be written.
    pub fn finish(self) -> Result<Vec<u8>, EncodeError> {
        self.error.map_or(Ok(self.text), Err)
    }

    /// The text and the files that it refers to, for a multipart body.
    pub fn finish_with_attachments(self) -> Result<(Vec<u8>, Vec<File>), EncodeError> {
        match self.error {
            Some(error) => Err(error),
            None => Ok((self.text, self.files)),
        }
    }

    /// What was written, the files that it refers to, and what could not be written.
    pub(crate) fn into_parts(self) -> (Vec<u8>, Vec<File>, Option<EncodeError>) {
        (self.text, self.files, self.error)
    }

    /// Remembers why the value cannot be written.
    pub fn refuse(&mut self, message: impl Into<String>) {
        if self.error.is_none() {
            self.error = Some(EncodeError { message: message.into() });
        }
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.text.extend_from_slice(b"null");
    }

    /// Writes `true` or `false`.
    pub fn bool(&mut self, value: bool) {
        self.text.extend_from_slice(if value { b"true" } else { b"false" });
    }

    /// Writes an integer.
    pub fn i64(&mut self, value: i64) {
        if value < 0 {
            self.text.push(b'-');
        }
        digits::write(&mut self.text, value.unsigned_abs());
    }

    /// Writes an integer.
    pub fn u64(&mut self, value: u64) {
        digits::write(&mut self.text, value);
    }

    /// Writes the shortest text that reads back as the float; infinities and NaN are refused.
    pub fn f64(&mut self, value: f64) {
        self.float(value, value.abs());
    }

    /// Like [`Writer::f64`].
    pub fn f32(&mut self, value: f32) {
        self.float(value, value.abs().into());
    }

    fn float<F: zmij::Float + fmt::Display + fmt::LowerExp>(&mut self, value: F, size: f64) {
        match size {
            _ if !size.is_finite() => {
                self.refuse(format!("{value} is not a JSON number"));
                self.null();
            }
            _ if (1e-5..1e12).contains(&size) => {
                let mut buffer = zmij::Buffer::new();
                let text = buffer.format_finite(value);
                self.lexeme(text.strip_suffix(".0").unwrap_or(text));
            }
            _ if size == 0.0 || (1e-7..1e21).contains(&size) => self.print(format_args!("{value}")),
            _ => self.print(format_args!("{value:e}")),
        }
    }

    /// Writes a number exactly.
    pub fn number(&mut self, value: &Number) {
        self.print(format_args!("{value}"));
    }

    /// Writes a string.
    pub fn string(&mut self, value: &str) {
        write_string(&mut self.text, value);
    }

    /// Writes any JSON value.
    pub fn json(&mut self, value: &Json) {
        self.print(format_args!("{value}"));
    }

    /// Writes JSON text that a literal of generated code holds.
    pub fn lexeme(&mut self, text: &str) {
        self.text.extend_from_slice(text.as_bytes());
    }

    /// Writes the place of a file, which is kept as an attachment.
    pub fn file(&mut self, file: &File) {
        let place = format!("{ATTACHMENT}{}", self.files.len());
        self.files.push(file.clone());
        self.string(&place);
    }

    /// Opens an array; [`Writer::element`] precedes each element.
    pub fn open_array(&mut self) {
        self.text.push(b'[');
        self.fresh = true;
    }

    /// Writes the comma between elements.
    pub fn element(&mut self) {
        if !std::mem::replace(&mut self.fresh, false) {
            self.text.push(b',');
        }
    }

    /// Closes an array.
    pub fn close_array(&mut self) {
        self.text.push(b']');
        self.fresh = false;
    }

    /// Opens an object; [`Writer::key`] precedes each value.
    pub fn open_object(&mut self) {
        self.text.push(b'{');
        self.fresh = true;
    }

    /// Writes a member's name.
    pub fn key(&mut self, name: &str) {
        self.text.reserve(name.len() + 4);
        if !std::mem::replace(&mut self.fresh, false) {
            self.text.push(b',');
        }
        self.text.push(b'"');
        write_characters(&mut self.text, name);
        self.text.extend_from_slice(b"\":");
    }

    /// Closes an object.
    pub fn close_object(&mut self) {
        self.text.push(b'}');
        self.fresh = false;
    }

    /// Writes a member.
    pub fn member<T: Encode + ?Sized>(&mut self, name: &str, value: &T) {
        self.key(name);
        value.encode(self);
    }

    /// Writes a member that is always there. Its key is the text that stands behind another member, as in
    /// `,"name":`: a literal, so that nothing is left to be escaped.
    pub fn required<T: Encode + ?Sized>(&mut self, key: &'static str, value: &T) {
        let start = usize::from(std::mem::replace(&mut self.fresh, false));
        self.text.extend_from_slice(key.as_bytes().get(start..).unwrap_or_default());
        value.encode(self);
    }

    /// Writes a member that may be absent; its key is as for [`Writer::required`].
    pub fn optional<T: Encode>(&mut self, key: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(key, value);
        }
    }

    /// Writes the members of a map that holds what no field stands for; it may not hold what one does.
    pub fn rest<T: Encode>(&mut self, rest: &Map<T>, declared: &[&str]) {
        for (name, value) in rest {
            if declared.contains(&name.as_str()) {
                self.refuse(format!("the member `{name}` has a field and is among the others too"));
            }
            self.member(name, value);
        }
    }

    fn print(&mut self, text: fmt::Arguments<'_>) {
        // Printing to a vector cannot fail.
        let _ = self.text.write_fmt(text);
    }
}

/// Writes a string with its quotes.
pub(crate) fn write_string(out: &mut Vec<u8>, text: &str) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    write_characters(out, text);
    out.push(b'"');
}

/// Writes what stands between the quotes.
#[inline]
fn write_characters(out: &mut Vec<u8>, text: &str) {
    let end = scan::plain(text.as_bytes(), 0);
    if end == text.len() {
        out.extend_from_slice(text.as_bytes());
    } else {
        write_escaped(out, text.as_bytes(), end);
    }
}

/// The same where not all is plain, but only up to `end`.
#[cold]
fn write_escaped(out: &mut Vec<u8>, mut rest: &[u8], mut end: usize) {
    loop {
        let (plain, tail) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        out.extend_from_slice(plain);
        let Some((special, after)) = tail.split_first() else { return };
        match special {
            b'\n' => out.extend_from_slice(b"\\n"),
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', *special]),
            // Printing to a vector cannot fail.
            _ => drop(write!(out, "{}", Escaped(*special))),
        }
        rest = after;
        end = scan::plain(rest, 0);
    }
}

/// Writes a string with its quotes, escaping only what RFC 8259, section 7, demands.
pub(crate) fn quote(out: &mut impl fmt::Write, text: &str) -> fmt::Result {
    out.write_str("\"")?;
    let mut rest = text;
    loop {
        let (plain, tail) = rest.split_at_checked(scan::plain(rest.as_bytes(), 0)).unwrap_or((rest, ""));
        out.write_str(plain)?;
        match tail.as_bytes().first() {
            None => return out.write_str("\""),
            Some(special) => write!(out, "{}", Escaped(*special))?,
        }
        rest = tail.get(1..).unwrap_or_default();
    }
}

/// The escape sequence of an ASCII character.
struct Escaped(u8);

impl fmt::Display for Escaped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            b'\n' => f.write_str("\\n"),
            b'\r' => f.write_str("\\r"),
            b'\t' => f.write_str("\\t"),
            control if control < b' ' => write!(f, "\\u{control:04x}"),
            quoted => write!(f, "\\{}", char::from(quoted)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Writer;
    use crate::json::Json;

    fn written(write: impl FnOnce(&mut Writer)) -> String {
        let mut writer = Writer::new();
        write(&mut writer);
        String::from_utf8(writer.finish().unwrap()).unwrap()
    }

    #[test]
    fn commas_stand_between() {
        let text = written(|writer| {
            writer.open_object();
            writer.optional(",\"z\":", &None::<bool>);
            writer.required(",\"a\":", &vec![1, 2]);
            writer.optional(",\"b\":", &None::<bool>);
            writer.optional(",\"c\":", &Some(None::<bool>));
            writer.member("\"", &true);
            writer.key("d");
            writer.open_array();
            writer.element();
            writer.open_object();
            writer.close_object();
            writer.element();
            writer.open_array();
            writer.close_array();
            writer.close_array();
            writer.close_object();
        });
        assert_eq!(text, r#"{"a":[1,2],"c":null,"\"":true,"d":[{},[]]}"#);
    }

    #[test]
    fn floats_are_json() {
        for (value, text) in [
            (1.0, "1"),
            (0.1, "0.1"),
            (1e300, "1e300"),
            (-0.0, "-0"),
            (5e-324, "5e-324"),
            (1e-7, "0.0000001"),
            (1e-5, "0.00001"),
            (-45.0, "-45"),
            (999_999_999_999.0, "999999999999"),
            (1e12, "1000000000000"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e20, "100000000000000000000"),
        ] {
            assert_eq!(written(|writer| writer.f64(value)), text);
            assert_eq!(Json::parse(text.as_bytes()).unwrap().as_f64(), Some(value));
        }
        assert_eq!(written(|writer| writer.f32(0.1)), "0.1");
    }

    #[test]
    fn what_is_no_json_is_refused() {
        let mut writer = Writer::new();
        writer.f64(f64::NAN);
        assert_eq!(
            writer.finish().unwrap_err().to_string(),
            "the value cannot be written as JSON: NaN is not a JSON number"
        );
    }

    #[test]
    fn only_what_must_be_is_escaped() {
        assert_eq!(
            written(|writer| writer.string("a\"b\\c/\n\u{1}é\u{7f}")),
            "\"a\\\"b\\\\c/\\n\\u0001é\u{7f}\""
        );
    }
}
