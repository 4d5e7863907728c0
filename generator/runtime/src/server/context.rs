//! [`Context`]: what a handler can know about a request beyond its typed parts.

use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use axum::extract::ConnectInfo;
use http::header::ACCEPT;
use http::request::Parts;
use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, Uri};

use super::trace::TraceParent;
use crate::media::Accept;
use crate::operation::Operation;
use crate::random::{UUID_LENGTH, uuid};

/// The header that carries the request id, in and out.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A longer id from outside is not taken over.
const MAX_ID_LENGTH: usize = 128;

/// What is known about a request; cheap to clone.
#[derive(Clone)]
pub struct Context(Arc<Shared>);

/// Kept as it came, or as it was made.
enum RequestId {
    Given(HeaderValue),
    Made([u8; UUID_LENGTH]),
}

struct Shared {
    parts: Parts,
    /// Found or made when it is first needed: in many calls nobody asks.
    request_id: OnceLock<RequestId>,
    operation: Option<&'static Operation>,
    /// Read when it is first needed.
    accept: OnceLock<Accept>,
    /// Read or made when it is first needed, which is seldom.
    trace: OnceLock<Box<TraceParent>>,
    started: Instant,
}

impl Context {
    pub(super) fn new(parts: Parts, started: Instant, operation: Option<&'static Operation>) -> Self {
        let (request_id, accept, trace) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self(Arc::new(Shared { parts, request_id, operation, accept, trace, started }))
    }

    /// The id of the request: the one that came in `x-request-id`, if it is printable and not too long, or a new one.
    /// Failures tell it, and so does any other response to a request that brought one or whose handler asked for it.
    pub fn request_id(&self) -> &str {
        let text = match self.id() {
            RequestId::Given(value) => value.as_bytes(),
            RequestId::Made(text) => text,
        };
        std::str::from_utf8(text).unwrap_or_default()
    }

    /// The id for the response, unless the request has none and nobody has asked for it, so that nobody knows it.
    pub(super) fn request_id_header(&self) -> Option<HeaderValue> {
        if self.0.request_id.get().is_none() && !self.headers().keys().any(|name| *name == REQUEST_ID) {
            return None;
        }
        match self.id() {
            RequestId::Given(value) => Some(value.clone()),
            RequestId::Made(text) => HeaderValue::from_bytes(text).ok(),
        }
    }

    fn id(&self) -> &RequestId {
        self.0.request_id.get_or_init(|| RequestId::of(self.headers()))
    }

    /// The operation, unless none was found.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// The method as sent.
    pub fn method(&self) -> &Method {
        &self.0.parts.method
    }

    /// The URI as the router sees it: a prefix that the router is nested under is cut off.
    pub fn uri(&self) -> &Uri {
        &self.0.parts.uri
    }

    /// All headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.parts.headers
    }

    /// Where the request stands in a trace: what `traceparent` says, or the beginning of a new trace where it is
    /// missing, there twice or not valid (W3C Trace Context).
    pub fn trace(&self) -> TraceParent {
        **self.0.trace.get_or_init(|| Box::new(self.sent_trace().unwrap_or_else(TraceParent::begin)))
    }

    /// What `tracestate` says, its lines joined; nothing where `traceparent` is not valid.
    pub fn trace_state(&self) -> Option<String> {
        self.sent_trace()?;
        let lines = self.headers().get_all("tracestate").iter();
        let lines: Vec<&str> = lines.map(|line| line.to_str().ok()).collect::<Option<_>>()?;
        (!lines.is_empty()).then(|| lines.join(","))
    }

    fn sent_trace(&self) -> Option<TraceParent> {
        let mut lines = self.headers().get_all("traceparent").iter();
        let only = lines.next().filter(|_| lines.next().is_none())?;
        TraceParent::parse(only.to_str().ok()?)
    }

    /// What layers have attached to the request.
    pub fn extensions(&self) -> &Extensions {
        &self.0.parts.extensions
    }

    /// What the client accepts.
    pub fn accept(&self) -> &Accept {
        self.0.accept.get_or_init(|| {
            let lines = self.headers().get_all(ACCEPT).iter();
            Accept::new(lines.filter_map(|line| line.to_str().ok()))
        })
    }

    /// Whether the client accepts anything, or this media type alone and as it is written here: told without reading what
    /// it says.
    pub(super) fn plainly_accepts(&self, name: &str) -> bool {
        let headers = self.headers();
        // To look at a few names costs less than to hash one.
        let mut lines = headers.iter().filter(|(name, _)| *name == ACCEPT);
        match (lines.next().map(|(_, line)| line.as_bytes()), lines.next()) {
            (None, _) => true,
            (Some(b"*/*"), None) => true,
            (Some(only), None) => only == name.as_bytes(),
            (Some(_), Some(_)) => false,
        }
    }

    /// The address of the other side, if the service was made with `into_make_service_with_connect_info`.
    pub fn peer(&self) -> Option<SocketAddr> {
        self.0.parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0)
    }

    /// When the request arrived.
    pub fn started(&self) -> Instant {
        self.0.started
    }
}

/// What is known about a request that no server has received: for tests that call a handler.
impl From<Parts> for Context {
    fn from(parts: Parts) -> Self {
        Self::new(parts, Instant::now(), None)
    }
}

/// A `GET /` without headers.
impl Default for Context {
    fn default() -> Self {
        Self::from(http::Request::new(()).into_parts().0)
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Headers and query may hold secrets.
        f.debug_struct("Context")
            .field("request_id", &self.request_id())
            .field("method", self.method())
            .field("path", &self.uri().path())
            .finish_non_exhaustive()
    }
}

impl RequestId {
    /// The id from outside, if it is fit to be logged and echoed, or a new one.
    fn of(headers: &HeaderMap) -> Self {
        if let Some(given) = headers.get(REQUEST_ID) {
            let bytes = given.as_bytes();
            if (1..=MAX_ID_LENGTH).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_graphic) {
                return Self::Given(given.clone());
            }
        }
        Self::Made(uuid())
    }
}
