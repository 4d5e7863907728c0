//! Between JSON text and Rust values: fast when right, complete when wrong.

use std::fmt;

use crate::file::File;
use crate::json::{Json, Malformed};
use crate::reader::{Reader, Reject};
use crate::schema::{Limits, SchemaRef};
use crate::violation::Violation;
use crate::writer::{EncodeError, Writer};

mod impls;

/// A value that is read from JSON text.
///
/// The fast path must never accept what the schema rejects; what it rejects the full schema judges.
pub trait Decode: Sized {
    /// Reads the value that starts here.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Reject>;
}

/// A value that is written as JSON text.
pub trait Encode {
    /// Writes the value.
    fn encode(&self, writer: &mut Writer);
}

/// A type whose JSON has a schema.
pub trait Typed: Decode + Encode {
    /// The full schema.
    fn schema() -> SchemaRef;
}

/// Why JSON text is not a value of the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// It is not JSON.
    Malformed(Malformed),
    /// It is JSON that violates the schema; never empty.
    Invalid(Vec<Violation>),
}

impl Rejection {
    /// What the value violates; empty when it is no JSON at all.
    pub fn violations(&self) -> &[Violation] {
        match self {
            Self::Malformed(_) => &[],
            Self::Invalid(violations) => violations,
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(malformed) => write!(f, "malformed JSON: {malformed}"),
            Self::Invalid(violations) => {
                for (index, violation) in violations.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { "; " })?;
                    violation.fmt(f)?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Rejection {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Malformed(malformed) => Some(malformed),
            Self::Invalid(_) => None,
        }
    }
}

/// Reads a value; when that fails, with every violation of its schema.
pub fn decode<T: Typed>(bytes: &[u8]) -> Result<T, Rejection> {
    decode_as(bytes, T::schema())
}

/// Reads a value whose type decides `schema` exactly.
pub fn decode_as<T: Decode>(bytes: &[u8], schema: SchemaRef) -> Result<T, Rejection> {
    decode_as_with(bytes, schema, &[])
}

/// Like [`decode_as`], with the files that the text refers to.
pub fn decode_as_with<T: Decode>(bytes: &[u8], schema: SchemaRef, files: &[File]) -> Result<T, Rejection> {
    decode_either(bytes, schema, true, files)
}

/// Reads a value; the full schema is asked first unless the type decides it. For each type rustc makes this once more, so
/// there is one for both cases, and what need not be generic is elsewhere.
pub(crate) fn decode_either<T: Decode>(
    bytes: &[u8],
    schema: SchemaRef,
    exact: bool,
    files: &[File],
) -> Result<T, Rejection> {
    if exact && let Ok(value) = whole(&mut Reader::new(bytes).with_attachments(files)) {
        return Ok(value);
    }
    match judge(bytes, schema) {
        Ok(()) => match whole(&mut Reader::new(bytes).with_attachments(files).trust()) {
            Ok(value) => Ok(value),
            Err(Reject) => Err(unrepresentable()),
        },
        Err(rejection) => Err(rejection),
    }
}

/// Reads a value whose type, together with a check, decides `schema` exactly.
#[cfg(feature = "server")]
pub(crate) fn decode_checked<T: Decode>(
    bytes: &[u8],
    schema: SchemaRef,
    holds: impl FnOnce(&T) -> bool,
) -> Result<T, Rejection> {
    let mut reader = Reader::new(bytes);
    reader.exactly();
    match whole(&mut reader) {
        Ok(value) if holds(&value) => Ok(value),
        _ => decode_judged(bytes, schema),
    }
}

/// Reads a value whose type does not decide `schema`: the full schema is asked first.
pub fn decode_judged<T: Decode>(bytes: &[u8], schema: SchemaRef) -> Result<T, Rejection> {
    decode_judged_with(bytes, schema, &[])
}

/// Like [`decode_judged`], with the files that the text refers to.
pub fn decode_judged_with<T: Decode>(
    bytes: &[u8],
    schema: SchemaRef,
    files: &[File],
) -> Result<T, Rejection> {
    decode_either(bytes, schema, false, files)
}

/// Writes a value as compact JSON.
pub fn encode<T: Encode + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::new();
    value.encode(&mut writer);
    writer.finish()
}

/// Writes a value as compact JSON, into a text that is still empty.
#[cfg(feature = "server")]
pub(crate) fn encode_into<T: Encode + ?Sized>(text: Vec<u8>, value: &T) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::within(text);
    value.encode(&mut writer);
    writer.finish()
}

/// Writes a value as compact JSON, with the files that it refers to.
pub fn encode_with_attachments<T: Encode + ?Sized>(value: &T) -> Result<(Vec<u8>, Vec<File>), EncodeError> {
    let mut writer = Writer::new();
    value.encode(&mut writer);
    writer.finish_with_attachments()
}

fn whole<T: Decode>(reader: &mut Reader<'_>) -> Result<T, Reject> {
    match T::decode(reader) {
        Ok(value) if reader.end().is_ok() => Ok(value),
        _ => Err(Reject),
    }
}

/// The slow path; not generic, so that it is compiled once.
#[cold]
pub(crate) fn judge(bytes: &[u8], schema: SchemaRef) -> Result<(), Rejection> {
    let value = Json::parse(bytes).map_err(Rejection::Malformed)?;
    let violations = schema.evaluate(&value, &Limits::default());
    if violations.is_empty() { Ok(()) } else { Err(Rejection::Invalid(violations)) }
}

/// The schema accepts the value, and its Rust type cannot hold it: an integer beyond 64 bits, say.
fn unrepresentable() -> Rejection {
    let message = "the value is valid but outside of what this service can represent";
    Rejection::Invalid(vec![Violation::new("", "representation", message)])
}

#[cfg(test)]
mod tests;
