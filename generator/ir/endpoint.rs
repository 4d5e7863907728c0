//! Operations as the generated server and client see them.

use counterpart_runtime::Json;

use super::TypeRef;
use crate::source::Span;

/// An operation.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// The operation object.
    pub at: Span,
    /// Its line in `operations.jsonl`.
    pub index: u32,
    /// `operationId`, or method and path.
    pub wish: String,
    /// First tag, for one trait per tag.
    pub tag: Option<String>,
    /// HTTP method as sent.
    pub method: String,
    /// Path template as written.
    pub path: String,
    /// Summary and description, as Markdown.
    pub docs: String,
    /// `deprecated`.
    pub deprecated: bool,
    /// Parameters in document order.
    pub parameters: Vec<Input>,
    /// The request body.
    pub body: Option<BodyInput>,
    /// Declared responses in document order.
    pub outcomes: Vec<Outcome>,
    /// Who may call.
    pub access: Access,
}

/// Who may call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone; no authentication code runs.
    Public,
    /// Anyone; credentials that are sent must be good.
    Optional,
    /// Only with credentials.
    Required,
}

/// Where an input comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Place {
    Path,
    Query,
    Header,
    Cookie,
    Querystring,
}

/// A parameter or a response header.
#[derive(Clone, Debug)]
pub struct Input {
    /// Wire name.
    pub wire: String,
    /// Where it travels.
    pub place: Place,
    /// Type of the value.
    pub ty: TypeRef,
    /// It must be there.
    pub required: bool,
    /// The schema's `default`, which the server fills in.
    pub default: Option<Json>,
    /// Description.
    pub docs: String,
    /// `deprecated`.
    pub deprecated: bool,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct BodyInput {
    /// It must be there.
    pub required: bool,
    /// Description.
    pub docs: String,
    /// The media types, grouped where type and kind agree.
    pub variants: Vec<BodyVariant>,
}

/// One kind of body.
#[derive(Clone, Debug)]
pub struct BodyVariant {
    /// Media types as declared.
    pub media: Vec<String>,
    /// How it is read and written.
    pub kind: BodyKind,
    /// Type of the value (of each item, for sequences); `None` = raw bytes.
    pub ty: Option<TypeRef>,
}

/// How a body is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BodyKind {
    /// JSON (`application/json`, `*+json`).
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/*`.
    Multipart,
    /// `text/*`.
    Text,
    /// Bytes, streamed.
    Binary,
    /// `text/event-stream`.
    Events,
    /// `application/jsonl`, `application/x-ndjson`.
    JsonLines,
    /// `application/json-seq`.
    JsonSeq,
}

/// A declared response.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Which statuses.
    pub status: Status,
    /// Description.
    pub docs: String,
    /// Declared headers.
    pub headers: Vec<Input>,
    /// Kinds of body; empty = none.
    pub bodies: Vec<BodyVariant>,
}

/// A status pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Code(u16),
    /// `4XX`: the first digit.
    Range(u8),
    /// Every other.
    Default,
}
