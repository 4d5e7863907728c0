//! Media types, and how the members and parts of their values are written (OAS 3.2.0, Media Type and Encoding Objects).

use super::operation::{Header, Style};
use super::schema::SchemaId;
use crate::source::{NodeId, Span};

/// One entry of `content`.
#[derive(Clone, Debug)]
pub struct MediaType {
    /// The media type object.
    pub at: Span,
    /// Media type or range as written, for example `application/json; charset=utf-8`.
    pub name: String,
    /// Schema of the whole body.
    pub schema: Option<SchemaId>,
    /// 3.2 `itemSchema`: schema of each item of a sequential media type.
    pub item_schema: Option<SchemaId>,
    /// Encoding objects.
    pub encodings: Encodings,
    /// `example`/`examples`: large, and read when they are asked for.
    pub examples: Vec<NodeId>,
}

/// Whether a media type is one of those with parts (RFC 2046, section 5.1).
#[must_use]
pub fn is_multipart(name: &str) -> bool {
    name.trim_start().to_ascii_lowercase().starts_with("multipart/")
}

/// Whether a media type is XML (RFC 7303, section 4.2).
#[must_use]
pub fn is_xml(name: &str) -> bool {
    let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(essence.as_str(), "application/xml" | "text/xml") || essence.ends_with("+xml")
}

/// Encoding objects: by name, or by position (OAS 3.2.0, Encoding Usage and Restrictions).
#[derive(Clone, Debug, Default)]
pub struct Encodings {
    /// `encoding`: by property name.
    pub named: Vec<Encoding>,
    /// `prefixEncoding`: of the first parts.
    pub prefix: Vec<Encoding>,
    /// `itemEncoding`: of all other parts.
    pub item: Option<Box<Encoding>>,
}

impl Encodings {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Encoding> {
        self.named.iter().chain(&self.prefix).chain(self.item.as_deref())
    }

    /// The one for the part at a position.
    pub fn at(&self, index: usize) -> Option<&Encoding> {
        self.prefix.get(index).or(self.item.as_deref())
    }
}

/// How one property or part of a form or multipart body is written (OAS 3.1.2 Encoding Object).
#[derive(Clone, Debug)]
pub struct Encoding {
    /// The encoding object.
    pub at: Span,
    /// Property name; empty where it is found by its position.
    pub name: String,
    /// `contentType`.
    pub content_type: Option<String>,
    /// Headers of the part.
    pub headers: Vec<Header>,
    /// `style`, only where written.
    pub style: Option<Style>,
    /// `explode`, only where written.
    pub explode: Option<bool>,
    /// `allowReserved`, only where written.
    pub allow_reserved: Option<bool>,
    /// Encoding objects of the parts of a part that is a multipart body itself.
    pub nested: Encodings,
}

impl Encoding {
    /// Whether the part is a multipart body itself.
    pub fn is_multipart(&self) -> bool {
        self.content_type.as_deref().is_some_and(is_multipart)
    }
}
