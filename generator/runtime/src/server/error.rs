//! [`ApiError`]: what a handler returns when none of the declared responses fits, and what the server itself answers.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, StatusCode};

use crate::json::{Json, Map};
use crate::violation::Violation;

/// A failure that becomes a problem response.
///
/// Any error converts by `?` into a 500 that hides its cause: the cause goes to the log, never to the client.
pub struct ApiError(Box<Inner>);

pub(super) struct Inner {
    pub(super) status: StatusCode,
    pub(super) code: Cow<'static, str>,
    pub(super) detail: Option<Cow<'static, str>>,
    pub(super) kind: Option<Cow<'static, str>>,
    pub(super) details: Vec<Violation>,
    pub(super) extensions: Map<Json>,
    pub(super) headers: HeaderMap,
    pub(super) cause: Option<Box<dyn Error + Send + Sync>>,
}

impl ApiError {
    /// A failure with a status, a code for programs and a sentence for people. What is not an error status is 500.
    pub fn new(
        status: StatusCode,
        code: impl Into<Cow<'static, str>>,
        detail: impl Into<Cow<'static, str>>,
    ) -> Self {
        let is_error = status.is_client_error() || status.is_server_error();
        Self(Box::new(Inner {
            status: if is_error { status } else { StatusCode::INTERNAL_SERVER_ERROR },
            code: code.into(),
            detail: Some(detail.into()),
            kind: None,
            details: Vec::new(),
            extensions: Map::new(),
            headers: HeaderMap::new(),
            cause: None,
        }))
    }

    /// 400: the request makes no sense.
    pub fn bad_request(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", detail)
    }

    /// 403: the caller is known and may not do this.
    pub fn forbidden(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "FORBIDDEN", detail)
    }

    /// 404: the resource does not exist.
    pub fn not_found(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "RESOURCE_NOT_FOUND", detail)
    }

    /// 409: the state of the resource does not allow it.
    pub fn conflict(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::CONFLICT, "CONFLICT", detail)
    }

    /// 422: the request follows the contract and still cannot be processed.
    pub fn unprocessable(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "UNPROCESSABLE", detail)
    }

    /// 429 with `Retry-After`.
    pub fn too_many_requests(retry_after_seconds: u64) -> Self {
        let detail = "too many requests; try again later";
        Self::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMIT_EXCEEDED", detail)
            .retry_after(retry_after_seconds)
    }

    /// 503 with `Retry-After`.
    pub fn unavailable(retry_after_seconds: u64) -> Self {
        let detail = "the service cannot take this request now";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "OVERLOADED", detail).retry_after(retry_after_seconds)
    }

    /// 500 that hides its cause.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let detail = "the server could not answer this request";
        let error = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL_SERVER_ERROR", detail);
        error.caused_by(cause)
    }

    /// The same failure with another code.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<Cow<'static, str>>) -> Self {
        self.0.code = code.into();
        self
    }

    /// The same failure with a problem type, a URI reference (RFC 9457 section 3.1.1).
    #[must_use]
    pub fn with_type(mut self, kind: impl Into<Cow<'static, str>>) -> Self {
        self.0.kind = Some(kind.into());
        self
    }

    /// The same failure with one more thing that is wrong.
    #[must_use]
    pub fn with_violation(mut self, violation: Violation) -> Self {
        self.0.details.push(violation);
        self
    }

    /// The same failure with an extension member (RFC 9457 section 3.2).
    #[must_use]
    pub fn with_extension(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        self.0.extensions.insert(name.into(), value.into());
        self
    }

    /// The same failure with a response header.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.append(name, value);
        self
    }

    /// The same failure with a cause for the log.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The code for programs.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// What is wrong with the request, place by place.
    pub fn violations(&self) -> &[Violation] {
        &self.0.details
    }

    pub(super) fn with_violations(mut self, violations: Vec<Violation>) -> Self {
        self.0.details = violations;
        self
    }

    pub(super) fn retry_after(self, seconds: u64) -> Self {
        self.with_header(header::RETRY_AFTER, HeaderValue::from(seconds))
    }

    pub(super) fn into_inner(self) -> Inner {
        *self.0
    }

    /// 400: a part of the request cannot be read; `code` is one of the `MALFORMED_…` ones.
    pub(super) fn malformed(code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    /// 413.
    pub(super) fn too_large(limit: usize) -> Self {
        let detail = format!("the request body is larger than the {limit} bytes allowed");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", detail)
    }

    /// 415, with what would be understood (RFC 9110 section 15.5.16).
    pub(super) fn unsupported(detail: impl Into<Cow<'static, str>>, accept: &str) -> Self {
        let error = Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", detail);
        match HeaderValue::from_str(accept) {
            Ok(value) if !accept.is_empty() => error.with_header(header::ACCEPT, value),
            _ => error,
        }
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.0.status)
            .field("code", &self.0.code)
            .field("detail", &self.0.detail)
            .field("details", &self.0.details)
            .field("cause", &self.0.cause)
            .finish()
    }
}

/// For people: status, code and detail.
impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.status.as_u16(), self.0.code)?;
        self.0.detail.as_deref().map_or(Ok(()), |detail| write!(f, ": {detail}"))
    }
}

impl<E: Error + Send + Sync + 'static> From<E> for ApiError {
    fn from(error: E) -> Self {
        let mut at: Option<&(dyn Error + 'static)> = Some(&error);
        while let Some(cause) = at {
            if let Some(fault) = cause.downcast_ref::<RequestFault>() {
                return fault.to_error();
            }
            at = cause.source();
        }
        Self::internal(error)
    }
}

/// A parameter or a body that could not be read; why is kept in the [`Call`](super::Call), and told by
/// [`Call::settle`](super::Call::settle).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invalid;

impl From<Invalid> for ApiError {
    #[cold]
    fn from(_: Invalid) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "VALIDATION_FAILED", "the request violates the contract")
    }
}

/// A fault of the request that shows while its body is streamed to the handler. When the handler passes the error on,
/// it becomes the response that it would have been before.
#[derive(Clone, Debug)]
pub(super) enum RequestFault {
    TooLarge(usize),
    Broken,
    Malformed(String),
    Invalid(StatusCode, Vec<Violation>),
}

impl RequestFault {
    pub(super) fn to_error(&self) -> ApiError {
        match self {
            Self::TooLarge(limit) => ApiError::too_large(*limit),
            Self::Broken => {
                ApiError::malformed("MALFORMED_BODY", "the request body could not be read to its end")
            }
            Self::Malformed(detail) => ApiError::malformed("MALFORMED_BODY", detail.clone()),
            Self::Invalid(status, violations) => {
                ApiError::new(*status, "VALIDATION_FAILED", "the request violates the contract")
                    .with_violations(violations.clone())
            }
        }
    }
}

impl fmt::Display for RequestFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_error().fmt(f)
    }
}

impl Error for RequestFault {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::StreamError;

    #[test]
    fn causes_are_hidden_and_faults_of_the_request_kept() {
        let error = ApiError::from(std::io::Error::other("secret"));
        assert_eq!((error.status().as_u16(), error.code()), (500, "INTERNAL_SERVER_ERROR"));
        assert!(!error.to_string().contains("secret"));
        let wrapped = std::io::Error::other(StreamError::source(RequestFault::TooLarge(7)));
        assert_eq!(ApiError::from(wrapped).status().as_u16(), 413);
        assert_eq!(ApiError::new(StatusCode::OK, "X", "y").status().as_u16(), 500);
    }
}
