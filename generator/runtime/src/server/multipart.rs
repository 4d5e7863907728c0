//! Multipart bodies: the parts become text pairs and files (RFC 7578; OAS 3.1.2, Encoding Object).

use std::collections::BTreeSet;

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http::header::CONTENT_DISPOSITION;
use multer::{Constraints, Field, Multipart, SizeLimit};

use super::disposition::Disposition;
use super::error::ApiError;
use crate::file::File;
use crate::media::MediaType;
use crate::operation::{Media, Shape};
use crate::style::Pairs;
use crate::violation::Violation;

/// What a body may hold.
#[derive(Debug)]
pub(super) struct Limits {
    pub(super) whole: usize,
    pub(super) part: usize,
    pub(super) count: usize,
}

/// A body taken apart.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) pairs: Pairs,
    pub(super) files: Vec<File>,
    /// Names of parts that say that they are JSON.
    pub(super) json: BTreeSet<String>,
    pub(super) violations: Vec<Violation>,
}

/// Reads all parts, whatever their order.
pub(super) async fn read(
    body: Body,
    boundary: String,
    media: &Media,
    limits: &Limits,
) -> Result<Parts, ApiError> {
    let allowed = SizeLimit::new().whole_stream(as_u64(limits.whole)).per_field(as_u64(limits.part));
    let constraints = Constraints::new().size_limit(allowed);
    let mut multipart = Multipart::with_constraints(body.into_data_stream(), boundary, constraints);
    let (mut parts, mut pairs) = (Parts::default(), Vec::new());
    let mut count = 0;
    while let Some(field) = multipart.next_field().await.map_err(|error| refuse(&error, limits))? {
        count += 1;
        if count > limits.count {
            let detail = format!("the request body has more than the {} parts allowed", limits.count);
            let status = http::StatusCode::PAYLOAD_TOO_LARGE;
            return Err(ApiError::new(status, "PAYLOAD_TOO_LARGE", detail));
        }
        let disposition = field.headers().get(CONTENT_DISPOSITION).map(Disposition::parse);
        let Disposition { name, file_name } = disposition.unwrap_or_default();
        let Some(name) = name else {
            return Err(ApiError::malformed("MALFORMED_BODY", "a part of the request body has no name"));
        };
        let content_type = header(&field, "content-type");
        check_type(media, &name, content_type.as_deref(), &mut parts.violations);
        let bytes = collect(field, limits).await?;
        if is_file(media, &name) {
            pairs.push((name, format!("\0file:{}", parts.files.len())));
            parts.files.push(File { bytes, file_name, content_type });
            continue;
        }
        if content_type.as_deref().and_then(MediaType::parse).is_some_and(|media| media.is_json()) {
            parts.json.insert(name.clone());
        }
        match String::from_utf8(bytes.into()) {
            Ok(text) => pairs.push((name, text)),
            Err(_) => {
                let detail = format!("part {name:?} of the request body is not UTF-8");
                return Err(ApiError::malformed("MALFORMED_BODY", detail));
            }
        }
    }
    parts.pairs = Pairs::parts(pairs);
    Ok(parts)
}

async fn collect(mut field: Field<'_>, limits: &Limits) -> Result<Bytes, ApiError> {
    let mut all = BytesMut::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| refuse(&error, limits))? {
        all.extend_from_slice(&chunk);
    }
    Ok(all.freeze())
}

fn header(field: &Field<'_>, name: &str) -> Option<String> {
    field.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

/// Whether the contract takes the bytes of a part as they are.
fn is_file(media: &Media, name: &str) -> bool {
    fn holds_file(shape: &Shape) -> bool {
        match shape {
            Shape::File => true,
            Shape::Array(item) => holds_file(item),
            Shape::Union(shapes) => shapes.iter().any(holds_file),
            _ => false,
        }
    }
    match &media.shape {
        Shape::Object { members, rest } => members.get(name).or(rest.as_deref()).is_some_and(holds_file),
        _ => false,
    }
}

/// A part that says its type must say one that the encoding lists, unless a style makes the list void.
fn check_type(media: &Media, name: &str, given: Option<&str>, violations: &mut Vec<Violation>) {
    let Some(encoding) = media.encoding(name) else { return };
    let styled = encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved;
    let (Some(allowed), Some(given), false) = (&encoding.content_type, given, styled) else { return };
    let matches = MediaType::parse(given).is_some_and(|given| {
        let mut allowed = allowed.split(',').filter_map(|one| MediaType::parse(one.trim()));
        allowed.any(|one| one.covers(&given) > 0)
    });
    if !matches {
        let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
        violations.push(Violation::new(pointer, "contentType", format!("must be of type {allowed}")));
    }
}

fn refuse(error: &multer::Error, limits: &Limits) -> ApiError {
    match error {
        multer::Error::StreamSizeExceeded { .. } => ApiError::too_large(limits.whole),
        multer::Error::FieldSizeExceeded { .. } => {
            let detail =
                format!("a part of the request body is larger than the {} bytes allowed", limits.part);
            ApiError::new(http::StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", detail)
        }
        _ => ApiError::malformed("MALFORMED_BODY", "the request body is not a correct multipart body"),
    }
}

fn as_u64(limit: usize) -> u64 {
    u64::try_from(limit).unwrap_or(u64::MAX)
}
