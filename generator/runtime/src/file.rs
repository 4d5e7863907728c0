//! Files of multipart bodies.

use bytes::Bytes;
use http::HeaderMap;

use crate::decode::{Decode, Encode};
use crate::json::Json;
use crate::reader::{Reader, Reject};
use crate::writer::Writer;

/// A file that is sent as a part of a multipart body (RFC 7578).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// What it contains.
    pub bytes: Bytes,
    /// The name that the sender gives it; not a path to trust.
    pub file_name: Option<String>,
    /// Its media type, as the sender says.
    pub content_type: Option<String>,
    /// Headers of the part besides `Content-Disposition` and `Content-Type`.
    pub headers: HeaderMap,
}

impl File {
    /// A file without name and type.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self { bytes: bytes.into(), ..Self::default() }
    }

    /// Names the file.
    #[must_use]
    pub fn named(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }

    /// Says what it contains.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }
}

/// A part of a multipart body whose parts are of several kinds.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Bytes as they are.
    File(File),
    /// A part that is text, JSON or something that says the same.
    Value(Json),
}

impl From<File> for Part {
    fn from(file: File) -> Self {
        Self::File(file)
    }
}

impl From<Json> for Part {
    fn from(value: Json) -> Self {
        Self::Value(value)
    }
}

impl Encode for Part {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::File(file) => file.encode(writer),
            Self::Value(value) => value.encode(writer),
        }
    }
}

impl Decode for Part {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Reject> {
        let value = Json::decode(reader)?;
        let file = value.as_str().and_then(|text| reader.attachment(text));
        Ok(file.map_or(Self::Value(value), Self::File))
    }
}
