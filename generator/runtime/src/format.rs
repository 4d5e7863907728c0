//! The formats of JSON Schema Validation 2020-12 section 7.3 and of the OpenAPI format registry, each by the letter of
//! the document that defines it.

mod host;
mod idna;
#[cfg(test)]
mod tests;
mod time;
mod types;
mod uri;

pub use host::{is_email, is_hostname, is_idn_email, is_idn_hostname, is_ipv4, is_ipv6};
pub use time::{is_date, is_date_time, is_duration, is_time};
pub use types::{Base64, Date, DateTime, FormatError, Time, Uuid};
pub use uri::{
    is_iri, is_iri_reference, is_json_pointer, is_relative_json_pointer, is_uri, is_uri_reference,
    is_uri_template,
};

use base64::Engine;

use crate::Number;

/// The check of a format for strings; `None` for an unknown format and for those that allow every string.
pub fn check(name: &str) -> Option<fn(&str) -> bool> {
    Some(match name {
        "date-time" => is_date_time,
        "date" => is_date,
        "time" => is_time,
        "duration" => is_duration,
        "email" => is_email,
        "idn-email" => is_idn_email,
        "hostname" => is_hostname,
        "idn-hostname" => is_idn_hostname,
        "ipv4" => is_ipv4,
        "ipv6" => is_ipv6,
        "uri" => is_uri,
        "uri-reference" => is_uri_reference,
        "iri" => is_iri,
        "iri-reference" => is_iri_reference,
        "uuid" => is_uuid,
        "uri-template" => is_uri_template,
        "json-pointer" => is_json_pointer,
        "relative-json-pointer" => is_relative_json_pointer,
        "regex" => is_regex,
        "byte" => is_base64,
        _ => return None,
    })
}

/// `uuid`: RFC 4122 section 3.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// `regex`: ECMA-262 with the `u` flag.
pub fn is_regex(text: &str) -> bool {
    crate::pattern::check(text).is_ok()
}

/// `byte`: RFC 4648 section 4 in its canonical form, padded.
pub fn is_base64(text: &str) -> bool {
    base64::engine::general_purpose::STANDARD.decode(text).is_ok()
}

/// The check of a format for numbers; `None` for a format that says nothing of them.
pub fn check_number(name: &str) -> Option<fn(&Number) -> bool> {
    macro_rules! range {
        ($native:ident) => {
            |number| number.as_i128().is_some_and(|value| $native::try_from(value).is_ok())
        };
    }
    Some(match name {
        "int8" => range!(i8),
        "int16" => range!(i16),
        "int32" => range!(i32),
        "int64" => range!(i64),
        "uint8" => range!(u8),
        "uint16" => range!(u16),
        "uint32" => range!(u32),
        "uint64" => range!(u64),
        // The nearest `f32` of anything beyond its range is infinite.
        "float" => |number| (number.as_f64() as f32).is_finite(),
        "double" => |number| number.as_f64().is_finite(),
        _ => return None,
    })
}
