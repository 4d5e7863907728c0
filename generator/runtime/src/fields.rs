//! Header fields that other standards define: when an operation goes away (`Deprecation`, RFC 9745; `Sunset`, RFC 8594) and
//! how often it may be called (`RateLimit` and `RateLimit-Policy`, draft-ietf-httpapi-ratelimit-headers-10).
//!
//! What cannot be read is ignored, as these standards ask for. Older forms (`Deprecation: true`, `X-RateLimit-Limit`) are
//! other fields, and are not read.

mod lifecycle;
mod limits;
pub(crate) mod structured;

pub use lifecycle::{Deprecation, Lifecycle, Sunset, SunsetTooEarly};
pub use limits::{RateLimit, RateLimitPolicy};

use http::HeaderMap;

/// The lines of a field as one text (RFC 9110, section 5.2); nothing where it is not there or no text.
fn combined(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines: Option<Vec<&str>> = headers.get_all(name).iter().map(|line| line.to_str().ok()).collect();
    lines.filter(|lines| !lines.is_empty()).map(|lines| lines.join(", "))
}
