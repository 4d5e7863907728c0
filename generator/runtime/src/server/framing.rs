//! Headers by which HTTP itself tells where a message ends, where a contract declares them as any other.

use axum::body::HttpBody as _;
use http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use http::{HeaderValue, Method, StatusCode};

use super::Response;

/// Sets right what a handler says of the length: if it were not that of the body, the connection would be lost. Its word
/// counts where the length is not known, or where the body that it is about is not sent.
pub(super) fn settle(response: &mut Response, method: &Method) {
    let known = response.body().size_hint().exact();
    let status = response.status();
    let headers = response.headers_mut();
    headers.remove(TRANSFER_ENCODING);
    if !headers.contains_key(CONTENT_LENGTH) {
        return;
    }
    let is_unsent = *method == Method::HEAD || status == StatusCode::NOT_MODIFIED;
    match known {
        None => {}
        Some(0) if is_unsent => {}
        Some(length) => {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
        }
    }
}
