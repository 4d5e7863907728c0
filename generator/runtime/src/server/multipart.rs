//! Multipart bodies: the parts become text pairs and files (RFC 7578; OAS 3.1.2, Encoding Object).

use std::borrow::Cow;
use std::collections::BTreeSet;

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use multer::{Constraints, Field, Multipart, SizeLimit};

use super::disposition::Disposition;
use super::error::ApiError;
use crate::decode::{Rejection, judge};
use crate::file::File;
use crate::media::MediaType;
use crate::operation::{Media, Parameter, Shape};
use crate::schema::Contract;
use crate::style::{self, Pairs, Refusal, Spec};
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
    contract: &'static Contract,
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
        let mut headers = field.headers().clone();
        headers.remove(CONTENT_DISPOSITION);
        headers.remove(CONTENT_TYPE);
        check_headers(contract, media, &name, &headers, &mut parts.violations);
        let bytes = collect(field, limits).await?;
        if is_file(media, &name) {
            pairs.push((name, format!("\0file:{}", parts.files.len())));
            parts.files.push(File { bytes, file_name, content_type, headers });
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

/// The headers that the contract declares for a part.
fn check_headers(
    contract: &'static Contract,
    media: &Media,
    name: &str,
    headers: &HeaderMap,
    violations: &mut Vec<Violation>,
) {
    let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
    for header in media.encoding(name).into_iter().flat_map(|encoding| &encoding.headers) {
        let about = |(keyword, message): (Cow<'static, str>, String)| {
            Violation::new(pointer.clone(), keyword, format!("header {} of the part: {message}", header.name))
        };
        violations.extend(problems(contract, header, headers).into_iter().map(about));
    }
}

/// What is wrong with a header: keywords, and what they ask for.
fn problems(
    contract: &'static Contract,
    header: &Parameter,
    headers: &HeaderMap,
) -> Vec<(Cow<'static, str>, String)> {
    let lines: Result<Vec<&str>, _> =
        headers.get_all(&header.name).iter().map(|line| std::str::from_utf8(line.as_bytes())).collect();
    let Ok(lines) = lines else { return vec![("charset".into(), "is not UTF-8".to_owned())] };
    let json = match &header.content {
        Some(_) => Ok((!lines.is_empty()).then(|| lines.join(",").into_bytes())),
        None => style::header(&Spec::from(header), &lines),
    };
    match json {
        Ok(None) if header.required => vec![("required".into(), "is missing".to_owned())],
        Ok(None) => Vec::new(),
        Ok(Some(json)) => match judge(&json, contract.schema(header.schema)) {
            Ok(()) => Vec::new(),
            Err(Rejection::Invalid(found)) => {
                found.into_iter().map(|one| (one.keyword, one.message)).collect()
            }
            Err(Rejection::Malformed(malformed)) => vec![("content".into(), malformed.to_string())],
        },
        Err(Refusal::Malformed(message)) => vec![("malformed".into(), message.into_owned())],
        Err(Refusal::Violation { keyword, message, .. }) => vec![(keyword.into(), message)],
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
