//! Bodies by their media type.

use std::borrow::Cow;

use bytes::Bytes;

use crate::document::Document;
use crate::file::File;
use crate::json::Json;
use crate::media::MediaType;
use crate::multipart;
use crate::operation::{Media, MediaKind};
use crate::schema::Contract;
use crate::stream::ByteStream;
use crate::style::encode as style;

/// The body of a request with its media type as declared, a range included.
#[derive(Debug)]
pub(super) enum Body {
    Empty,
    Bytes(Bytes, Cow<'static, str>),
    Stream(ByteStream, Cow<'static, str>),
}

/// Writes `json`, the encoded value, in a media type.
pub(super) fn write(
    contract: &'static Contract,
    media: &'static Media,
    json: Vec<u8>,
    files: &[File],
) -> Result<Body, String> {
    let name = Cow::Borrowed(media.name.as_str());
    if media.kind == MediaKind::Json && files.is_empty() {
        return Ok(Body::Bytes(json.into(), name));
    }
    let value = Json::parse(&json).map_err(|error| error.to_string())?;
    let bytes = match (media.kind, &value) {
        (MediaKind::Multipart, value) => {
            let (bytes, content_type) = multipart::write(contract, media, value, files)?;
            return Ok(Body::Bytes(bytes, content_type.into()));
        }
        (MediaKind::Binary, value) => {
            let file =
                multipart::file(value, files).ok_or("a binary body is sent as bytes, a file or a stream")?;
            let own = file.content_type.clone().filter(|_| name.contains('*'));
            let name = own.map_or(name, Cow::Owned);
            return Ok(Body::Bytes(file.bytes.clone(), name));
        }
        _ if !files.is_empty() => return Err(format!("`{name}` cannot hold files")),
        (MediaKind::Form, value) => style::form(contract, media, value).map_err(|error| error.to_string())?,
        (MediaKind::Text, value) => style::plain(value),
        (MediaKind::Yaml | MediaKind::Xml, value)
        | (MediaKind::JsonLines | MediaKind::JsonSeq, value @ Json::Array(_)) => {
            Document::of(media).write(contract, value)?
        }
        (MediaKind::Json | MediaKind::JsonLines | MediaKind::JsonSeq | MediaKind::Events, _) => {
            return Err(format!("`{name}` is sent as a stream"));
        }
    };
    Ok(Body::Bytes(bytes.into(), name))
}

/// Whether a media type is a JSON text sequence (RFC 7464), by its name.
pub(super) fn is_sequence(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("json-seq")
}

/// The `Content-Type` to send for a declared media type: what the caller says, else what the body says of itself, else
/// the type; a range stands for the plainest type in it.
pub(super) fn content_type(declared: Cow<'static, str>, said: Option<&str>) -> Cow<'static, str> {
    if let Some(said) = said {
        return Cow::Owned(said.to_owned());
    }
    if !declared.contains('*') {
        return declared;
    }
    let text = MediaType::parse("text/*")
        .is_some_and(|text| MediaType::parse(&declared).is_some_and(|declared| text.covers(&declared) > 0));
    Cow::Borrowed(if text { "text/plain" } else { "application/octet-stream" })
}
