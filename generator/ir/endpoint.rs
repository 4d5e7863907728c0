//! Operations as the generated server and client see them.

use std::borrow::Cow;

use counterpart_runtime::Json;

use super::{Check, TypeRef};
use crate::source::Span;

/// An operation.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// The operation object.
    pub at: Span,
    /// Its line in `operations.jsonl`.
    pub index: u32,
    /// `operationId`, or words made of method and path.
    pub wish: String,
    /// First tag, for one trait per tag.
    pub tag: Option<String>,
    /// What it hangs below.
    pub site: Site,
    /// HTTP method as sent.
    pub method: String,
    /// Path template as written; for a webhook or a callback, where it is received unless another path is chosen.
    pub path: String,
    /// Summary and description, as Markdown.
    pub docs: String,
    /// `deprecated`.
    pub deprecated: bool,
    /// Parameters in document order.
    pub parameters: Vec<Input>,
    /// The request body.
    pub body: Option<BodyInput>,
    /// Declared responses in document order; where there is none, one for every status and without a body.
    pub outcomes: Vec<Outcome>,
    /// Who may call.
    pub access: Access,
}

/// What an operation hangs below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Site {
    /// A path of the contract's server.
    Path,
    /// A webhook.
    Webhook {
        /// Its name.
        name: String,
    },
    /// A callback of an operation.
    Callback {
        /// Its name.
        name: String,
        /// The runtime expression that its URL comes of.
        url: String,
    },
}

/// Operations that are served together: by whoever provides what the contract describes, or, the other way round, by
/// whoever uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Operations of `paths`.
    Paths,
    /// Operations of `webhooks`.
    Webhooks,
    /// Operations of callbacks.
    Callbacks,
}

impl Family {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Paths, Self::Webhooks, Self::Callbacks];
    /// Those whose operations the provider calls and the user serves.
    pub const HOOKS: [Self; 2] = [Self::Webhooks, Self::Callbacks];
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
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Wire name.
    pub wire: String,
    /// Where it travels.
    pub place: Place,
    /// Type of the value, without the `Option` of optional ones.
    pub ty: TypeRef,
    /// What the type alone does not decide about a parameter.
    pub checks: Vec<Check>,
    /// It must be there.
    pub required: bool,
    /// The schema's `default`, which the server fills in.
    pub default: Option<Box<Json>>,
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
    /// Type of the value (of each item, for sequences); `None` = raw bytes, or text as it is.
    pub ty: Option<TypeRef>,
}

/// How a body is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BodyKind {
    /// JSON (`application/json`, `*+json`).
    Json,
    /// The same values in YAML, or in whichever of several forms the media type says; JSON comes first.
    Document,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/*`.
    Multipart,
    /// `text/*`.
    Text,
    /// Bytes, streamed.
    Binary,
    /// `text/event-stream`; the type is that of the event as an object.
    Events,
    /// `text/event-stream`; the type is that of the JSON in `data`.
    EventData,
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

/// Headers that several responses declare alike.
#[derive(Clone, Debug)]
pub struct HeaderSet {
    /// The name it would like, in words.
    pub wish: String,
    /// The headers, in document order.
    pub headers: Vec<Input>,
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

impl Status {
    /// Whether this is a success and nothing else.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }

    /// Statuses that never have a body, whatever is declared (RFC 9110, sections 15.2, 15.3.5, 15.3.6, 15.4.5).
    pub fn never_has_body(self) -> bool {
        matches!(self, Self::Code(100..=199 | 204 | 205 | 304) | Self::Range(1))
    }

    /// The reason phrase as words in lower case (RFC 9110, section 15, and the IANA registry).
    pub fn words(self) -> Cow<'static, str> {
        let words = match self {
            Self::Default => "default",
            Self::Range(1) => "informational",
            Self::Range(2) => "success",
            Self::Range(3) => "redirection",
            Self::Range(4) => "client error",
            Self::Range(5) => "server error",
            Self::Range(class) => return format!("status {class}xx").into(),
            Self::Code(code) => {
                return reason(code).map_or_else(|| format!("status {code}").into(), Cow::Borrowed);
            }
        };
        Cow::Borrowed(words)
    }
}

fn reason(code: u16) -> Option<&'static str> {
    Some(match code {
        100 => "continue",
        101 => "switching protocols",
        102 => "processing",
        103 => "early hints",
        200 => "ok",
        201 => "created",
        202 => "accepted",
        203 => "non authoritative information",
        204 => "no content",
        205 => "reset content",
        206 => "partial content",
        207 => "multi status",
        208 => "already reported",
        226 => "im used",
        300 => "multiple choices",
        301 => "moved permanently",
        302 => "found",
        303 => "see other",
        304 => "not modified",
        307 => "temporary redirect",
        308 => "permanent redirect",
        400 => "bad request",
        401 => "unauthorized",
        402 => "payment required",
        403 => "forbidden",
        404 => "not found",
        405 => "method not allowed",
        406 => "not acceptable",
        407 => "proxy authentication required",
        408 => "request timeout",
        409 => "conflict",
        410 => "gone",
        411 => "length required",
        412 => "precondition failed",
        413 => "content too large",
        414 => "uri too long",
        415 => "unsupported media type",
        416 => "range not satisfiable",
        417 => "expectation failed",
        418 => "im a teapot",
        421 => "misdirected request",
        422 => "unprocessable content",
        423 => "locked",
        424 => "failed dependency",
        425 => "too early",
        426 => "upgrade required",
        428 => "precondition required",
        429 => "too many requests",
        431 => "request header fields too large",
        451 => "unavailable for legal reasons",
        500 => "internal server error",
        501 => "not implemented",
        502 => "bad gateway",
        503 => "service unavailable",
        504 => "gateway timeout",
        505 => "http version not supported",
        507 => "insufficient storage",
        508 => "loop detected",
        511 => "network authentication required",
        _ => return None,
    })
}
