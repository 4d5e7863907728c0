//! From a value and its files to parts.

use std::borrow::Cow;
use std::fmt::Write;

use bytes::{BufMut, Bytes, BytesMut};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::declared;
use crate::document::Document;
use crate::file::File;
use crate::json::Json;
use crate::operation::{Encoding, Layout, Media, MediaKind, Shape};
use crate::random::random;
use crate::reader::attached;
use crate::schema::Contract;
use crate::style::encode as style;

const TEXT: &str = "text/plain";
const JSON: &str = "application/json";
const BINARY: &str = "application/octet-stream";

/// The file that a string of the encoded value stands for.
pub(crate) fn file<'a>(value: &Json, files: &'a [File]) -> Option<&'a File> {
    attached(value.as_str()?, files)
}

/// The body, and its media type with the boundary.
pub(crate) fn write(
    contract: &'static Contract,
    media: &Media,
    value: &Json,
    files: &[File],
) -> Result<(Bytes, String), String> {
    let (bytes, boundary) = Writing { contract, files }.body(media.layout(), value)?;
    let name = if media.name.contains('*') { "multipart/mixed" } else { &media.name };
    Ok((bytes, format!("{name}; boundary={boundary}")))
}

#[derive(Clone, Copy)]
struct Writing<'f> {
    contract: &'static Contract,
    files: &'f [File],
}

struct Part<'a> {
    /// Of a part with a name; others have no `Content-Disposition` unless they are files with a name.
    name: Option<String>,
    file_name: Option<Cow<'a, str>>,
    content_type: String,
    bytes: Bytes,
    headers: HeaderMap,
}

impl<'f> Writing<'f> {
    /// The parts of an object, one or more a member, or of an array, one an item, and the boundary between them.
    fn body(self, layout: Layout<'_>, value: &Json) -> Result<(Bytes, String), String> {
        let parts = match value {
            Json::Object(members) => {
                let mut parts = Vec::new();
                for (name, value) in members {
                    self.member(layout, name, value, &mut parts)?;
                }
                parts
            }
            Json::Array(items) => {
                let usual = Encoding::default();
                let part = |(index, item): (usize, &Json)| {
                    let encoding = layout.at(index).unwrap_or(&usual);
                    let shape = encoding.shape.as_ref().unwrap_or(&Shape::Json);
                    self.part(None, shape, Some(encoding), item)
                };
                items.iter().enumerate().map(part).collect::<Result<_, _>>()?
            }
            _ => return Err("a multipart body is written from an object or an array".to_owned()),
        };
        Ok(assemble(&parts))
    }

    fn member(
        self,
        layout: Layout<'_>,
        name: &str,
        value: &Json,
        parts: &mut Vec<Part<'f>>,
    ) -> Result<(), String> {
        let encoding = layout.encoding(name);
        if let Some((how, explode, _)) = encoding.and_then(style::styled) {
            let pairs = style::pairs(name, how, explode, style::Codec::Raw, value);
            let pairs = pairs.map_err(|error| error.to_string())?;
            parts.extend(pairs.into_iter().map(|(name, text)| Part::text(Some(name), TEXT, text)));
            return Ok(());
        }
        let shape = layout.member(name);
        let (shape, items) = match (shape, value) {
            (_, Json::Null) => return Ok(()),
            (Shape::Array(item), value) if encoding.is_some_and(|one| one.holds_array(item)) => {
                (shape, std::slice::from_ref(value))
            }
            (Shape::Array(item), Json::Array(items)) => (item.as_ref(), items.as_slice()),
            (shape, Json::Array(items)) => (shape, items.as_slice()),
            (shape, value) => (shape, std::slice::from_ref(value)),
        };
        for item in items {
            parts.push(self.part(Some(name), shape, encoding, item)?);
        }
        Ok(())
    }

    /// One part: its type is the encoding's, or the default for the shape.
    fn part(
        self,
        name: Option<&str>,
        shape: &Shape,
        encoding: Option<&Encoding>,
        value: &Json,
    ) -> Result<Part<'f>, String> {
        let listed = encoding.and_then(|encoding| encoding.content_type.as_deref()).unwrap_or_default();
        let listed = listed.split(',').map(str::trim).find(|media| !media.is_empty());
        let concrete = listed.filter(|media| !media.contains('*'));
        let mut part = match file(value, self.files) {
            Some(file) => Part::file(name, concrete, file),
            None => self.value(name, shape, encoding, concrete, value)?,
        };
        for header in encoding.into_iter().flat_map(|encoding| &encoding.headers) {
            let header_name = HeaderName::try_from(&header.name).map_err(|error| error.to_string())?;
            let fixed =
                header.fixed.as_deref().and_then(|text| HeaderValue::from_bytes(text.as_bytes()).ok());
            match fixed {
                Some(fixed) => drop(part.headers.entry(header_name).or_insert(fixed)),
                None if header.required && !part.headers.contains_key(&header_name) => {
                    let part = name.map_or("a part".to_owned(), |name| format!("the part `{name}`"));
                    return Err(format!("{part} needs the header {}", header.name));
                }
                None => {}
            }
        }
        Ok(part)
    }

    /// A part that is no file.
    fn value(
        self,
        name: Option<&str>,
        shape: &Shape,
        encoding: Option<&Encoding>,
        concrete: Option<&str>,
        value: &Json,
    ) -> Result<Part<'f>, String> {
        let default = match (shape, value) {
            (_, Json::Object(_) | Json::Array(_)) => JSON,
            (Shape::Object { .. } | Shape::Array(_), _) => JSON,
            (Shape::Json | Shape::File, _) => BINARY,
            _ => TEXT,
        };
        let default = encoding.and_then(|encoding| encoding.default_type.as_deref()).unwrap_or(default);
        let content_type = concrete.unwrap_or(default);
        let kind = declared(encoding).filter(|_| concrete.is_some()).map(|media| media.kind());
        let is_text = value.as_str().is_some() && matches!(shape, Shape::String | Shape::File);
        let name = name.map(str::to_owned);
        let text = match (kind, encoding) {
            (Some(MediaKind::Multipart), Some(encoding)) => {
                let (bytes, boundary) = self.body(encoding.layout(shape), value)?;
                let content_type = format!("{content_type}; boundary={boundary}");
                return Ok(Part { bytes, content_type, ..Part::text(name, TEXT, String::new()) });
            }
            (Some(kind), Some(encoding)) if !is_text && Document::of_part(encoding, kind).is_other() => {
                Document::of_part(encoding, kind).write(self.contract, value)?
            }
            (Some(MediaKind::Json), _) => value.to_string(),
            _ if content_type == JSON => value.to_string(),
            _ => style::plain(value),
        };
        Ok(Part::text(name, content_type, text))
    }
}

impl<'f> Part<'f> {
    fn text(name: Option<String>, content_type: &str, text: String) -> Self {
        // RFC 7578 section 4.6: nothing but US-ASCII can do without a charset.
        let charset = content_type == TEXT && !text.is_ascii();
        let content_type = if charset { "text/plain; charset=utf-8" } else { content_type }.to_owned();
        Self { name, file_name: None, content_type, bytes: text.into(), headers: HeaderMap::new() }
    }

    fn file(name: Option<&str>, concrete: Option<&str>, file: &'f File) -> Self {
        let content_type = file.content_type.as_deref().filter(|own| !own.contains(char::is_control));
        let mut headers = file.headers.clone();
        headers.remove(CONTENT_TYPE);
        headers.remove(CONTENT_DISPOSITION);
        // Receivers tell files in forms by their name, so there a file always has one.
        let file_name = file.file_name.as_deref().map(Cow::Borrowed);
        Self {
            name: name.map(str::to_owned),
            file_name: file_name.or(name.map(|name| Cow::Owned(name.to_owned()))),
            content_type: content_type.or(concrete).unwrap_or(BINARY).to_owned(),
            bytes: file.bytes.clone(),
            headers,
        }
    }

    /// `Content-Disposition`, unless the contract says what it is.
    fn disposition(&self) -> Option<String> {
        if self.headers.contains_key(CONTENT_DISPOSITION) {
            return None;
        }
        let mut text = match &self.name {
            Some(name) => format!("form-data; name=\"{}\"", quoted(name)),
            None => self.file_name.as_ref().map(|_| "attachment".to_owned())?,
        };
        if let Some(name) = &self.file_name {
            write!(text, "; filename=\"{}\"", quoted(name)).ok();
        }
        Some(text)
    }
}

/// Writes the parts between boundaries: 128 random bits, which no part contains by chance or on purpose.
fn assemble(parts: &[Part<'_>]) -> (Bytes, String) {
    let boundary = format!("counterpart-{:016x}{:016x}", random(), random());
    let mut out = BytesMut::new();
    for part in parts {
        out.put_slice(format!("--{boundary}\r\n").as_bytes());
        if let Some(disposition) = part.disposition() {
            out.put_slice(format!("Content-Disposition: {disposition}\r\n").as_bytes());
        }
        out.put_slice(format!("Content-Type: {}\r\n", part.content_type).as_bytes());
        for (name, value) in &part.headers {
            out.put_slice(name.as_str().as_bytes());
            out.put_slice(b": ");
            out.put_slice(value.as_bytes());
            out.put_slice(b"\r\n");
        }
        out.put_slice(b"\r\n");
        out.put_slice(&part.bytes);
        out.put_slice(b"\r\n");
    }
    out.put_slice(format!("--{boundary}--\r\n").as_bytes());
    (out.freeze(), boundary)
}

/// Names as the WHATWG's multipart/form-data algorithm writes them, and backslashes as in every quoted string
/// (RFC 9110 section 5.6.4): else one at the end would hide where the name ends.
fn quoted(name: &str) -> String {
    name.replace('\\', "\\\\").replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}
