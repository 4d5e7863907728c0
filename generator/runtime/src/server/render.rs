//! Failures as responses: one shape, one request id, one line in the log.

use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

use axum::body::Body;
use http::{HeaderValue, StatusCode, header};

use super::Response;
use super::context::{Context, REQUEST_ID};
use super::error::{ApiError, Inner};
use super::settings::ErrorShape;
use crate::json::{Json, Map};
use crate::problem::{PROBLEM_JSON, Problem};

/// The response for a failure. The cause goes to the log, never to the client.
#[cold]
pub(super) fn problem(error: ApiError, shape: ErrorShape, context: &Context) -> Response {
    let inner = error.into_inner();
    if inner.status.is_server_error() {
        log(&inner, context);
    }
    let (status, headers) = (inner.status, inner.headers);
    let problem = Problem {
        kind: inner.kind.as_deref().unwrap_or("about:blank").to_owned(),
        title: status.canonical_reason().map(str::to_owned),
        status: Some(status.as_u16()),
        detail: inner.detail.map(std::borrow::Cow::into_owned),
        instance: None,
        code: Some(inner.code.into_owned()),
        request_id: Some(context.request_id().to_owned()),
        details: inner.details,
        extensions: inner.extensions,
    };
    let (content_type, json) = match shape {
        ErrorShape::Problem => (PROBLEM_JSON, problem.to_json()),
        ErrorShape::Envelope => ("application/json", problem.to_envelope(meta(context))),
    };
    let mut response = Response::new(Body::from(json.to_string()));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}

/// Puts the request id on a response, if anybody knows it.
pub(super) fn identify(response: &mut Response, context: &Context) {
    if let Some(id) = context.request_id_header() {
        response.headers_mut().insert(REQUEST_ID, id);
    }
}

/// The failure that a panic of a handler is.
#[cold]
pub(super) fn panicked(payload: &(dyn std::any::Any + Send)) -> ApiError {
    let message = payload.downcast_ref::<&str>().copied();
    let message = message.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    ApiError::internal(format!("the handler panicked: {}", message.unwrap_or("(no message)")))
}

/// One line; the query is left out, as it may hold secrets.
fn log(inner: &Inner, context: &Context) {
    let mut causes = Vec::new();
    let mut at: Option<&(dyn Error + 'static)> = match &inner.cause {
        Some(cause) => Some(cause.as_ref()),
        None => None,
    };
    while let Some(cause) = at {
        causes.push(cause.to_string());
        at = cause.source();
    }
    let causes = causes.join(": ");
    let elapsed = context.started().elapsed();
    tracing::error!(
        request_id = context.request_id(),
        operation = context.operation().map_or("", |operation| &operation.id),
        method = %context.method(),
        path = context.uri().path(),
        status = inner.status.as_u16(),
        code = %inner.code,
        elapsed_us = u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX),
        cause = if causes.is_empty() { inner.detail.as_deref().unwrap_or("") } else { &causes },
        "request failed"
    );
}

/// `timestamp` and `duration` (in milliseconds) of the envelope.
fn meta(context: &Context) -> Map<Json> {
    let milliseconds = u64::try_from(context.started().elapsed().as_millis()).unwrap_or(u64::MAX);
    let mut meta = Map::new();
    meta.insert("timestamp".to_owned(), timestamp(SystemTime::now()).into());
    meta.insert("duration".to_owned(), milliseconds.into());
    meta
}

/// RFC 3339 in UTC, to the second.
fn timestamp(now: SystemTime) -> String {
    let seconds = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Days since 1 March of year 0, in eras of 400 years.
    let day = days + 719_468;
    let (era, of_era) = (day / 146_097, day % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let (month, day) =
        (if shifted < 10 { shifted + 3 } else { shifted - 9 }, of_year - (153 * shifted + 2) / 5 + 1);
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// 404: no path of the contract.
#[cold]
pub(super) fn route_not_found() -> ApiError {
    ApiError::new(StatusCode::NOT_FOUND, "ROUTE_NOT_FOUND", "there is nothing at this path")
}

/// 405, with the methods that the contract declares.
#[cold]
pub(super) fn method_not_allowed(allow: &str) -> ApiError {
    let detail = format!("this path allows {allow}");
    let error = ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", detail);
    match HeaderValue::from_str(allow) {
        Ok(value) => error.with_header(header::ALLOW, value),
        Err(_) => error,
    }
}

/// 406: nothing that the operation declares is acceptable.
#[cold]
pub(super) fn not_acceptable(offered: &[&str]) -> ApiError {
    let detail = format!("this operation answers with {}", offered.join(", "));
    ApiError::new(StatusCode::NOT_ACCEPTABLE, "NOT_ACCEPTABLE", detail)
}

#[cfg(test)]
mod tests {
    use super::timestamp;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn timestamps() {
        let at = |seconds| timestamp(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(951_827_696), "2000-02-29T12:34:56Z");
        assert_eq!(at(4_102_444_799), "2099-12-31T23:59:59Z");
    }
}
