//! Multipart bodies (RFC 7578; OAS 3.1.2, Encoding Object).

use std::fmt::Write;

use bytes::{BufMut, Bytes, BytesMut};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName};

use crate::file::File;
use crate::json::Json;
use crate::operation::{Encoding, Media, Shape};
use crate::random::random;
use crate::reader::ATTACHMENT;
use crate::style::encode as style;

const TEXT: &str = "text/plain";
const JSON: &str = "application/json";
const BINARY: &str = "application/octet-stream";

/// The file that a string of the encoded value stands for.
pub(super) fn file<'a>(value: &Json, files: &'a [File]) -> Option<&'a File> {
    files.get(value.as_str()?.strip_prefix(ATTACHMENT)?.parse::<usize>().ok()?)
}

/// The parts of an object, one or more a member, and the boundary between them.
pub(super) fn write(media: &Media, value: &Json, files: &[File]) -> Result<(Bytes, String), String> {
    let Json::Object(members) = value else {
        return Err("a multipart body is written from an object".to_owned());
    };
    let mut parts = Vec::new();
    for (name, value) in members {
        let encoding = media.encoding(name);
        match encoding.and_then(style::styled) {
            Some((how, explode, _)) => {
                let pairs =
                    style::pairs(name, how, explode, style::Codec::Raw, value).map_err(|e| e.to_string())?;
                parts.extend(pairs.into_iter().map(|(name, text)| Part::text(name, TEXT, text)));
            }
            None => {
                let items = match value {
                    Json::Null => continue,
                    Json::Array(items) => items.as_slice(),
                    value => std::slice::from_ref(value),
                };
                let shape = item_shape(member_shape(&media.shape, name));
                if let Some(missing) = items.iter().find_map(|item| missing(encoding, file(item, files)?)) {
                    return Err(format!("the part `{name}` needs the header {missing}"));
                }
                parts.extend(items.iter().map(|item| part(name, shape, encoding, item, files)));
            }
        }
    }
    Ok(assemble(&parts))
}

struct Part<'a> {
    name: String,
    file_name: Option<&'a str>,
    content_type: String,
    bytes: Bytes,
    headers: Option<&'a HeaderMap>,
}

impl Part<'_> {
    fn text(name: String, content_type: &str, text: String) -> Self {
        // RFC 7578 section 4.6: nothing but US-ASCII can do without a charset.
        let charset = content_type == TEXT && !text.is_ascii();
        let content_type = if charset { "text/plain; charset=utf-8" } else { content_type };
        Self {
            name,
            file_name: None,
            content_type: content_type.to_owned(),
            bytes: text.into(),
            headers: None,
        }
    }
}

/// One part: its type is the encoding's, or the default for the shape.
fn part<'a>(
    name: &'a str,
    shape: &Shape,
    encoding: Option<&Encoding>,
    value: &Json,
    files: &'a [File],
) -> Part<'a> {
    let listed = encoding.and_then(|encoding| encoding.content_type.as_deref()).unwrap_or_default();
    let declared = listed.split(',').map(str::trim).find(|media| !media.is_empty());
    let concrete = declared.filter(|media| !media.contains('*'));
    if let Some(file) = file(value, files) {
        let content_type = file.content_type.as_deref().filter(|own| !own.contains(char::is_control));
        return Part {
            name: name.to_owned(),
            // Receivers tell files by their name, so a file always has one.
            file_name: Some(file.file_name.as_deref().unwrap_or(name)),
            content_type: content_type.or(concrete).unwrap_or(BINARY).to_owned(),
            bytes: file.bytes.clone(),
            headers: Some(&file.headers),
        };
    }
    let default = match (shape, value) {
        (_, Json::Object(_) | Json::Array(_)) => JSON,
        (Shape::Object { .. } | Shape::Array(_), _) => JSON,
        (Shape::Json | Shape::File, _) => BINARY,
        _ => TEXT,
    };
    let default = encoding.and_then(|encoding| encoding.default_type.as_deref()).unwrap_or(default);
    let content_type = concrete.unwrap_or(default);
    let json = content_type == JSON || content_type.ends_with("+json");
    let text = if json { value.to_string() } else { style::plain(value) };
    Part::text(name.to_owned(), content_type, text)
}

fn member_shape<'a>(shape: &'a Shape, name: &str) -> &'a Shape {
    match shape {
        Shape::Object { members, rest } => members.get(name).or(rest.as_deref()).unwrap_or(&Shape::Json),
        _ => &Shape::Json,
    }
}

fn item_shape(shape: &Shape) -> &Shape {
    match shape {
        Shape::Array(item) => item,
        shape => shape,
    }
}

/// A header that a part must have, and the file that is sent as one has not.
fn missing<'e>(encoding: Option<&'e Encoding>, file: &File) -> Option<&'e str> {
    let mut required = encoding?.headers.iter().filter(|header| header.required);
    required.find(|header| !file.headers.contains_key(&header.name)).map(|header| header.name.as_str())
}

/// Writes the parts between boundaries: 128 random bits, which no part contains by chance or on purpose.
fn assemble(parts: &[Part<'_>]) -> (Bytes, String) {
    let boundary = format!("counterpart-{:016x}{:016x}", random(), random());
    let mut out = BytesMut::new();
    for part in parts {
        let mut head =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(&part.name));
        if let Some(name) = part.file_name {
            write!(head, "; filename=\"{}\"", quoted(name)).ok();
        }
        write!(head, "\r\nContent-Type: {}\r\n", part.content_type).ok();
        out.put_slice(head.as_bytes());
        let own = |name: &HeaderName| *name == CONTENT_DISPOSITION || *name == CONTENT_TYPE;
        for (name, value) in part.headers.into_iter().flatten().filter(|(name, _)| !own(name)) {
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
