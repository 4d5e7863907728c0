//! Operations and what they consist of, references followed and path-level parts merged in.

use super::{MediaType, SchemaId};
use crate::source::{NodeId, Span};

/// One operation: a method on a path, or a webhook.
#[derive(Debug)]
pub struct Operation {
    /// The operation object.
    pub at: Span,
    /// Where it hangs: below `paths`, `webhooks` or a callback.
    pub origin: Origin,
    /// HTTP method as sent.
    pub method: Method,
    /// Parsed path template (for a webhook or callback: the key as one literal).
    pub path: PathTemplate,
    /// `operationId`.
    pub id: Option<String>,
    /// Tags in order.
    pub tags: Vec<String>,
    /// `summary`, the operation's own or its path item's.
    pub summary: Option<String>,
    /// `description`, the operation's own or its path item's.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// Path item and operation parameters merged by (name, in); ignored ones (`Accept`, ...) left out.
    pub parameters: Vec<Parameter>,
    /// The request body, if any.
    pub request_body: Option<RequestBody>,
    /// Declared responses in document order.
    pub responses: Vec<Response>,
    /// Effective security: alternatives of conjunctions; empty = public.
    pub security: Vec<Vec<Requirement>>,
    /// Servers of the operation or its path item; empty = the contract's.
    pub servers: Vec<Server>,
    /// Callbacks: name and the operations below it.
    pub callbacks: Vec<Callback>,
}

/// What an operation belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `paths`, with the key as written.
    Path(String),
    /// `webhooks`, with the key.
    Webhook(String),
    /// A callback: its name and its runtime expression.
    Callback(String, String),
}

/// HTTP methods of a path item (3.2 adds `QUERY` and free ones).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    Query,
    /// 3.2 `additionalOperations`; case is kept.
    Other(String),
}

impl Method {
    /// The method as it stands on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
            Self::Other(name) => name,
        }
    }
}

/// A path template split into segments; each segment is literals and variables. The query part of a key such as
/// `/a?beta=true` is kept apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTemplate {
    /// The key as written.
    pub text: String,
    /// Segments after the leading slash; `/` has one empty segment.
    pub segments: Vec<Vec<PathPart>>,
    /// Fixed query string after `?` in the key, if any.
    pub query: Option<String>,
}

/// A piece of a path segment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PathPart {
    /// Text that must be there literally.
    Literal(String),
    /// A template variable by its name.
    Variable(String),
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
    /// 3.2: the whole query string.
    Querystring,
}

/// Serialization styles of OAS 3.1.2 Parameter Object, and 3.2's `cookie`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Style {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Cookie,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The parameter object.
    pub at: Span,
    /// What it is called where operations share it: its key below `components.parameters`, or path and name.
    pub shared: Option<String>,
    /// Wire name.
    pub name: String,
    /// Where it travels.
    pub location: Location,
    /// Description, if any.
    pub description: Option<String>,
    /// `required` (always true for path parameters).
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `allowEmptyValue`.
    pub allow_empty: bool,
    /// Schema with style, or content.
    pub kind: ParameterKind,
    /// `example`/`examples`: large, and read when they are asked for.
    pub examples: Vec<NodeId>,
}

/// The two ways to describe a parameter's (or header's) value.
#[derive(Clone, Debug)]
pub enum ParameterKind {
    /// `schema` with serialization rules, defaults filled in.
    Schema {
        /// The value's schema.
        schema: SchemaId,
        /// Style, the location's default where absent.
        style: Style,
        /// Explode, the style's default where absent.
        explode: bool,
        /// `allowReserved`.
        allow_reserved: bool,
    },
    /// `content` with its one entry.
    Content(Box<MediaType>),
}

/// A response header; same shape as a parameter without its place.
#[derive(Clone, Debug)]
pub struct Header {
    /// The header object.
    pub at: Span,
    /// The name below `components.headers` it was referred to by, if any.
    pub component: Option<String>,
    /// Header name as written.
    pub name: String,
    /// Description, if any.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// Schema (style is always simple) or content.
    pub kind: ParameterKind,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct RequestBody {
    /// The request body object.
    pub at: Span,
    /// Description, if any.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// Media types in document order.
    pub content: Vec<MediaType>,
    /// The name below `components.requestBodies` it was referred to by, if any.
    pub component: Option<String>,
}

/// A declared response.
#[derive(Clone, Debug)]
pub struct Response {
    /// The response object.
    pub at: Span,
    /// The status key.
    pub status: StatusPattern,
    /// Description.
    pub description: String,
    /// Headers; `Content-Type` is left out (ignored by the standard).
    pub headers: Vec<Header>,
    /// Media types in document order; empty = no body.
    pub content: Vec<MediaType>,
    /// Links in document order.
    pub links: Vec<Link>,
    /// The name below `components.responses` it was referred to by, if any.
    pub component: Option<String>,
}

/// A status key: exact beats range beats default (OAS 3.1.2 Responses Object).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatusPattern {
    /// `200`.
    Code(u16),
    /// `2XX`: the first digit.
    Range(u8),
    /// `default`.
    Default,
}

/// A link of a response.
#[derive(Clone, Debug)]
pub struct Link {
    /// The link object.
    pub at: Span,
    /// Its name.
    pub name: String,
    /// Description, if any.
    pub description: Option<String>,
    /// `operationId` it points to.
    pub operation_id: Option<String>,
    /// Where each of its parameters stands, its name, and its value if that is an expression.
    pub parameters: Vec<(Span, String, Option<String>)>,
}

/// A callback of an operation.
#[derive(Debug)]
pub struct Callback {
    /// The callback object.
    pub at: Span,
    /// Its name.
    pub name: String,
    /// The operations that the other side must serve.
    pub operations: Vec<Operation>,
}

/// One scheme that an alternative of a security requirement asks for.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Scheme name; it exists in [`super::Contract::security_schemes`].
    pub scheme: String,
    /// Scopes (OAuth2, OpenID Connect) or roles.
    pub scopes: Vec<String>,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// The scheme object.
    pub at: Span,
    /// Its name below `components.securitySchemes`.
    pub name: String,
    /// Description, if any.
    pub description: Option<String>,
    /// What it is.
    pub kind: SchemeKind,
}

/// Kinds of security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `apiKey`: the place (query, header or cookie) and the name there.
    ApiKey(Location, String),
    /// `http` with its scheme in lower case (`bearer`, `basic`, ...).
    Http(String),
    /// `oauth2`: a bearer token.
    OAuth2,
    /// `openIdConnect`: a bearer token.
    OpenIdConnect,
    /// `mutualTLS`.
    MutualTls,
}

/// A server.
#[derive(Clone, Debug)]
pub struct Server {
    /// The server object.
    pub at: Span,
    /// URL template as written.
    pub url: String,
    /// Description, if any.
    pub description: Option<String>,
    /// Variables in document order.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server URL.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name.
    pub name: String,
    /// Value that is sent unless another is chosen.
    pub default: String,
    /// Allowed values; empty = any.
    pub values: Vec<String>,
    /// Description, if any.
    pub description: Option<String>,
}
