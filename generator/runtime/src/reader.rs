//! A pull reader over JSON text: the fast path under every generated decoder.
//!
//! Strict RFC 8259. Beyond it, what I-JSON (RFC 7493) forbids is refused too, because two readers could disagree
//! about it: member names that occur twice, and lone surrogates.

use std::borrow::Cow;
use std::fmt;

use crate::file::File;
use crate::json::Malformed;

mod judge;
mod member;
mod names;
mod number;
pub(crate) mod scan;
mod text;
mod value;

pub use member::{Member, Slot};

/// How deep arrays and objects may nest.
pub const MAX_DEPTH: u32 = 128;

/// A string of this form stands for the attachment of the number that follows it.
pub(crate) const ATTACHMENT: &str = "\0file:";

/// The file that a string stands for.
pub(crate) fn attached<'a>(text: &str, files: &'a [File]) -> Option<&'a File> {
    files.get(text.strip_prefix(ATTACHMENT)?.parse::<usize>().ok()?)
}

/// The fast path says no. It keeps no reason: the slow path finds all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reject;

/// The JSON type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number
    Number,
    /// A string
    String,
    /// An array
    Array,
    /// An object
    Object,
}

impl Kind {
    /// The name of the type in JSON Schema.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "boolean",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Reads JSON text value by value.
///
/// Whoever calls knows which type comes next; [`Reader::peek`] tells when it does not.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    /// The input, up to where it stops being UTF-8.
    text: &'a str,
    at: usize,
    depth: u32,
    /// An array or object was opened and nothing in it was read yet.
    fresh: bool,
    trusted: bool,
    exact: bool,
    files: &'a [File],
    not_utf8: bool,
    fault: Option<Fault>,
}

/// The first syntax error.
#[derive(Clone, Debug)]
struct Fault {
    offset: usize,
    message: Cow<'static, str>,
}

impl<'a> Reader<'a> {
    /// Starts at the beginning of a text.
    pub fn new(bytes: &'a [u8]) -> Self {
        let (text, not_utf8) = match std::str::from_utf8(bytes) {
            Ok(text) => (text, false),
            Err(_) => (bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid()), true),
        };
        Self {
            text,
            at: 0,
            depth: 0,
            fresh: false,
            trusted: false,
            exact: false,
            files: &[],
            not_utf8,
            fault: None,
        }
    }

    /// Gives the files that the text refers to: a multipart body is read as an object whose files are attached.
    #[must_use]
    pub fn with_attachments(mut self, files: &'a [File]) -> Self {
        self.files = files;
        self
    }

    /// Says that the whole value was judged by its full schema; see [`Reader::trusted`].
    #[must_use]
    pub(crate) fn trust(mut self) -> Self {
        self.trusted = true;
        self
    }

    /// Whether the value was already judged by its full schema: checks are skipped then, and every spelling of a
    /// number that the schema accepts (`1.0`, `1e2`) converts.
    #[inline]
    pub fn trusted(&self) -> bool {
        self.trusted
    }

    /// The type of the value that starts here.
    #[inline]
    pub fn peek(&mut self) -> Result<Kind, Reject> {
        match self.blank() {
            Some(b'"') => Ok(Kind::String),
            Some(b'{') => Ok(Kind::Object),
            Some(b'[') => Ok(Kind::Array),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(b't' | b'f') => Ok(Kind::Bool),
            Some(b'n') => Ok(Kind::Null),
            _ => Err(self.unexpected("a value")),
        }
    }

    /// Reads `null`.
    #[inline]
    pub fn null(&mut self) -> Result<(), Reject> {
        match self.blank() {
            Some(b'n') => self.literal("null"),
            _ => Err(Reject),
        }
    }

    /// Reads `true` or `false`.
    #[inline]
    pub fn bool(&mut self) -> Result<bool, Reject> {
        match self.blank() {
            Some(b't') => self.literal("true").map(|()| true),
            Some(b'f') => self.literal("false").map(|()| false),
            _ => Err(Reject),
        }
    }

    /// Reads a number and returns its text.
    pub fn number_lexeme(&mut self) -> Result<&'a str, Reject> {
        if !matches!(self.blank(), Some(b'-' | b'0'..=b'9')) {
            return Err(Reject);
        }
        let start = self.at;
        match scan::number(self.text.as_bytes(), start) {
            Ok(end) => {
                self.at = end;
                self.text.get(start..end).ok_or(Reject)
            }
            Err((offset, message)) => Err(self.fail_at(offset, message)),
        }
    }

    /// Opens an array; [`Reader::element`] then says whether there is an element.
    #[inline]
    pub fn open_array(&mut self) -> Result<(), Reject> {
        if self.blank() == Some(b'[') { self.enter() } else { Err(Reject) }
    }

    /// Whether another element follows, which the caller then reads; otherwise the array is closed.
    #[inline]
    pub fn element(&mut self) -> Result<bool, Reject> {
        let fresh = std::mem::replace(&mut self.fresh, false);
        match self.blank() {
            Some(b']') => {
                self.leave();
                Ok(false)
            }
            Some(_) if fresh => Ok(true),
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            _ => Err(self.unexpected("`,` or `]`")),
        }
    }

    /// Opens an object; [`Reader::key`] then reads the name of each member.
    #[inline]
    pub fn open_object(&mut self) -> Result<(), Reject> {
        if self.blank() == Some(b'{') { self.enter() } else { Err(Reject) }
    }

    /// The name of the next member, whose value the caller then reads; `None` when the object is closed.
    ///
    /// Whether a name occurs twice is for the caller to see: by a slot that is taken, or by [`Names`].
    #[inline]
    pub fn key(&mut self) -> Result<Option<Cow<'a, str>>, Reject> {
        let fresh = std::mem::replace(&mut self.fresh, false);
        match self.blank() {
            Some(b'}') => {
                self.leave();
                return Ok(None);
            }
            Some(b'"') if fresh => {}
            Some(b',') if !fresh => {
                self.at += 1;
                if self.blank() != Some(b'"') {
                    return Err(self.unexpected("a member name"));
                }
            }
            _ => return Err(self.unexpected(if fresh { "a member name or `}`" } else { "`,` or `}`" })),
        }
        let name = self.quoted()?;
        if self.blank() == Some(b':') {
            self.at += 1;
            Ok(Some(name))
        } else {
            Err(self.unexpected("`:`"))
        }
    }

    /// Moves behind the name of the next member if it is this one, in compact JSON and without escapes; otherwise stays
    /// where it is, and [`Reader::key`] tells.
    #[inline]
    fn key_is(&mut self, name: &str) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let rest = if self.fresh { Some(rest) } else { rest.strip_prefix(b",") };
        let quoted = rest.and_then(|rest| rest.strip_prefix(b"\"")?.strip_prefix(name.as_bytes()));
        match quoted.and_then(|rest| rest.strip_prefix(b"\":")) {
            // A name that needs escapes cannot stand there as it is.
            Some(rest) if scan::plain(name.as_bytes(), 0) == name.len() => {
                self.at = self.text.len() - rest.len();
                self.fresh = false;
                true
            }
            _ => false,
        }
    }

    /// Reads the place of a file and returns the file.
    pub fn file(&mut self) -> Result<File, Reject> {
        let place = self.string()?;
        self.attachment(&place).ok_or(Reject)
    }

    /// The file whose place that text is.
    pub(crate) fn attachment(&self, place: &str) -> Option<File> {
        attached(place, self.files).cloned()
    }

    /// Nothing but white space may follow.
    pub fn end(&mut self) -> Result<(), Reject> {
        match self.blank() {
            None if !self.not_utf8 => Ok(()),
            None => Err(self.unexpected("")),
            Some(_) => Err(self.fail("nothing may follow the value")),
        }
    }

    /// The syntax error that stopped this reader, as far as it was one.
    pub(crate) fn malformed(&self) -> Option<Malformed> {
        let fault = self.fault.as_ref()?;
        Some(Malformed::at(self.text.as_bytes(), fault.offset, fault.message.clone().into_owned()))
    }

    /// The next byte that is not white space, not consumed.
    #[inline]
    fn blank(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    #[inline]
    fn literal(&mut self, word: &'static str) -> Result<(), Reject> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(())
        } else {
            Err(self.unexpected("a value"))
        }
    }

    #[inline]
    fn enter(&mut self) -> Result<(), Reject> {
        if self.depth == MAX_DEPTH {
            return Err(self.fail(format!("nested more than {MAX_DEPTH} levels deep")));
        }
        self.at += 1;
        self.depth += 1;
        self.fresh = true;
        Ok(())
    }

    #[inline]
    fn leave(&mut self) {
        self.at += 1;
        self.depth = self.depth.saturating_sub(1);
    }

    #[cold]
    fn fail(&mut self, message: impl Into<Cow<'static, str>>) -> Reject {
        self.fail_at(self.at, message)
    }

    #[cold]
    fn fail_at(&mut self, offset: usize, message: impl Into<Cow<'static, str>>) -> Reject {
        if self.fault.is_none() {
            self.fault = Some(Fault { offset, message: message.into() });
        }
        Reject
    }

    /// Names what stands where something else is wanted.
    #[cold]
    fn unexpected(&mut self, wanted: &str) -> Reject {
        let message = match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            None if self.not_utf8 => "not UTF-8".to_owned(),
            None => format!("expected {wanted}, found the end of the text"),
            Some('\u{FEFF}') => "a byte order mark may not precede JSON text".to_owned(),
            Some(found) if found.is_control() => format!("expected {wanted}, found {found:?}"),
            Some(found) => format!("expected {wanted}, found `{found}`"),
        };
        self.fail(message)
    }
}

#[cfg(test)]
mod tests;
