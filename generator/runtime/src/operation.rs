//! Operations as data: what `operations.jsonl` holds, one operation a line.
//!
//! The server reads requests by them, the client writes requests by them. The member names on the wire are the camel
//! case of the fields here; an absent member is the field's default.

mod encoding;
#[cfg(feature = "client")]
pub(crate) mod path;
mod read;
mod table;

pub use self::encoding::{Encoding, Layout};
pub(crate) use self::table::Operations;

use crate::json::Map;

/// One operation of the contract (OAS 3.1.2, Operation Object), parameters merged and references followed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Operation {
    /// `operationId`, or the name that the generator gave it.
    pub id: String,
    /// HTTP method as sent.
    pub method: String,
    /// Path template, with its fixed query part if it has one.
    pub path: String,
    /// The same taken apart. Not in the table: it follows.
    #[cfg(feature = "client")]
    pub(crate) pieces: path::Pieces,
    /// `deprecated`.
    pub deprecated: bool,
    /// Parameters of the path item and the operation.
    pub parameters: Vec<Parameter>,
    /// The request body, if one is declared.
    pub body: Option<Body>,
    /// Declared responses in document order.
    pub responses: Vec<Response>,
    /// Every media type that any of them declares, as `Accept` has them. Not in the table: it follows.
    pub accepted: String,
    /// Alternatives, each a conjunction; empty = public; an empty alternative = anonymous is fine.
    pub security: Vec<Vec<Requirement>>,
    /// Server URLs, only where the operation overrides the contract's.
    pub servers: Vec<String>,
}

impl Operation {
    /// The parameter of that place and name; header names compare without case.
    pub fn parameter(&self, location: Location, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| {
            parameter.location == location
                && (parameter.name == name
                    || location == Location::Header && parameter.name.eq_ignore_ascii_case(name))
        })
    }

    /// The declared response for a status: exact beats range beats default (OAS 3.1.2, Responses Object).
    pub fn response(&self, status: u16) -> Option<&Response> {
        let find = |wanted: Status| self.responses.iter().find(|response| response.status == wanted);
        find(Status::Code(status))
            .or_else(|| find(Status::Range(u8::try_from(status / 100).unwrap_or(0))))
            .or_else(|| find(Status::Default))
    }

    /// Whether credentials may have a place in a request.
    #[cfg(feature = "client")]
    pub(crate) fn is_guarded(&self) -> bool {
        self.security.iter().any(|alternative| !alternative.is_empty())
    }

    /// Whether a status is a success that is declared, which by `default` each is where no other is declared (OAS
    /// 3.1.2, Responses Object: it covers every status that is not declared).
    #[cfg(feature = "client")]
    pub(crate) fn is_success(&self, status: u16) -> bool {
        match self.response(status).map(|response| response.status) {
            None => false,
            Some(Status::Default) => {
                status / 100 == 2 && !self.responses.iter().any(|response| response.status.is_success())
            }
            Some(declared) => declared.is_success(),
        }
    }
}

/// A parameter, or a response header (OAS 3.1.2, Parameter Object, Header Object).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parameter {
    /// Name on the wire.
    pub name: String,
    /// Where it travels.
    pub location: Location,
    /// How its value is written.
    pub style: Style,
    /// Whether arrays and objects are written as separate pieces.
    pub explode: bool,
    /// Whether it must be there.
    pub required: bool,
    /// `allowEmptyValue`.
    pub allow_empty: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// How text becomes JSON.
    pub shape: Shape,
    /// Index of its root schema.
    pub schema: u32,
    /// Media type of a `content` parameter; `style` and `explode` do not apply then.
    pub content: Option<String>,
    /// The only text that a header of a part can have.
    pub fixed: Option<String>,
    /// Whether its value must not be repeated in messages.
    pub secret: bool,
    /// Whether the Rust type alone decides the schema.
    pub exact: bool,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Location {
    Path,
    #[default]
    Query,
    Header,
    Cookie,
    /// 3.2: the whole query string.
    Querystring,
}

impl Location {
    /// The value of `in`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Querystring => "querystring",
        }
    }
}

/// Serialization styles (OAS 3.1.2, Style Values; `cookie` is 3.2's).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Style {
    Matrix,
    Label,
    Simple,
    #[default]
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Cookie,
}

/// How text becomes JSON for parameters, forms, text bodies and headers.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Shape {
    /// A string.
    String,
    /// A JSON number lexeme.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `null`.
    Null,
    /// A part of a multipart body with its bytes.
    File,
    /// Anything: a string where text is all there is.
    #[default]
    Json,
    /// The first scalar whose lexeme fits, a string last.
    Union(Vec<Shape>),
    /// Items of one shape.
    Array(Box<Shape>),
    /// Members by name, and the shape of all others where they are allowed.
    Object {
        /// Declared members; apart, as most shapes are none of these.
        members: Box<Map<Shape>>,
        /// Shape of undeclared members.
        rest: Option<Box<Shape>>,
    },
}

/// A request body (OAS 3.1.2, Request Body Object).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// Whether it must be there.
    pub required: bool,
    /// Media types in document order.
    pub content: Vec<Media>,
}

/// One entry of `content` (OAS 3.1.2, Media Type Object).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Media {
    /// Media type or range as declared.
    pub name: String,
    /// How it is read and written.
    pub kind: MediaKind,
    /// Root schema of the whole.
    pub schema: Option<u32>,
    /// Root schema of each item of a sequential media type (3.2 `itemSchema`).
    pub item_schema: Option<u32>,
    /// What a sequential media type must be like as a whole.
    pub sequence: Option<Box<Sequence>>,
    /// What the outermost element of an XML document is called where its schema does not say it.
    pub root: Option<String>,
    /// How text becomes JSON.
    pub shape: Shape,
    /// Encoding of form and multipart members.
    pub encoding: Vec<Encoding>,
    /// Encoding of the first parts of a multipart body that is an array.
    pub prefix: Vec<Encoding>,
    /// Encoding of all other parts of it.
    pub item: Option<Box<Encoding>>,
    /// Whether the Rust type alone decides the schema.
    pub exact: bool,
}

impl Media {
    /// How its members, or its parts, are written.
    pub fn layout(&self) -> Layout<'_> {
        let Self { shape, encoding, prefix, item, .. } = self;
        Layout { shape, encoding, prefix, item: item.as_deref() }
    }
}

/// What a schema says of an array as a whole, where the array is a sequence whose items come one by one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sequence {
    /// How many items there must be.
    pub min_items: u64,
    /// How many there may be.
    pub max_items: Option<u64>,
    /// Whether all must differ.
    pub unique_items: bool,
    /// Root schema that some items must follow.
    pub contains: Option<u32>,
    /// How many of these there must be.
    pub min_contains: u64,
    /// How many of these there may be.
    pub max_contains: Option<u64>,
    /// Root schemas of the first items.
    pub prefix: Vec<u32>,
    /// Root schema of all other items, where it is not that of each.
    pub rest: Option<u32>,
}

/// How a media type is read and written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum MediaKind {
    #[default]
    Json,
    Form,
    Multipart,
    Text,
    Binary,
    Events,
    JsonLines,
    JsonSeq,
    Yaml,
    Xml,
}

/// A declared response (OAS 3.1.2, Response Object).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Response {
    /// The status key.
    pub status: Status,
    /// Typed headers.
    pub headers: Vec<Parameter>,
    /// Media types in document order; empty = no body.
    pub content: Vec<Media>,
}

/// A status key of `responses`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// `200`.
    Code(u16),
    /// `2XX`: the first digit.
    Range(u8),
    /// `default`.
    #[default]
    Default,
}

impl Status {
    /// Whether this is a success and nothing else.
    #[cfg(feature = "client")]
    fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}

/// One scheme that an alternative asks for (OAS 3.1.2, Security Requirement Object).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Requirement {
    /// Name of the scheme.
    pub scheme: String,
    /// What it is.
    pub kind: SchemeKind,
    /// Scopes, or roles.
    pub scopes: Vec<String>,
}

/// Kinds of security scheme (OAS 3.1.2, Security Scheme Object).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SchemeKind {
    /// A key in the query, a header or a cookie.
    ApiKey {
        /// Where.
        location: Location,
        /// Under which name.
        name: String,
    },
    /// An HTTP authentication scheme, in lower case: `basic`, `bearer`, ...
    Http(String),
    /// `oauth2`: a bearer token.
    #[default]
    OAuth2,
    /// `openIdConnect`: a bearer token.
    OpenIdConnect,
    /// A client certificate.
    MutualTls,
}
