//! From parts to JSON text, files, and what is wrong with them.

use std::borrow::Cow;

use bytes::Bytes;
use http::HeaderMap;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use super::declared;
use super::disposition::Disposition;
use super::split::{RawPart, split};
use crate::decode::{Rejection, judge};
use crate::document::{Document, utf8};
use crate::file::File;
use crate::media::MediaType;
use crate::operation::{Encoding, Layout, Media, MediaKind, Parameter, Shape};
use crate::reader::ATTACHMENT;
use crate::schema::Contract;
use crate::style::{self, Pairs, Refusal, form, write_scalar};
use crate::violation::Violation;

/// What a body may hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How many bytes a part may have.
    pub part: usize,
    /// How many parts there may be, those of parts included.
    pub count: usize,
}

/// Why a body could not be taken apart.
#[derive(Debug)]
pub(crate) enum Refused {
    /// It has more parts than allowed.
    TooMany,
    /// A part of it is larger than allowed.
    TooLarge,
    /// It cannot be read, or not as the contract says.
    Unreadable(Refusal),
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::Unreadable(refusal)
    }
}

/// A body taken apart.
#[derive(Debug)]
pub(crate) struct Parts {
    /// The value, in which each file is a place.
    pub json: Vec<u8>,
    pub files: Vec<File>,
    /// What is wrong with the heads of the parts.
    pub violations: Vec<Violation>,
}

/// Reads all parts. Named ones may come in any order.
pub(crate) fn read(
    contract: &'static Contract,
    media: &Media,
    content_type: Option<&str>,
    body: &Bytes,
    limits: Limits,
) -> Result<Parts, Refused> {
    let mut reading = Reading { contract, limits, count: 0, files: Vec::new(), violations: Vec::new() };
    let json = reading.body(media.layout(), content_type, body, "")?;
    Ok(Parts { json, files: reading.files, violations: reading.violations })
}

struct Reading {
    contract: &'static Contract,
    limits: Limits,
    count: usize,
    files: Vec<File>,
    violations: Vec<Violation>,
}

/// What a part holds.
enum Held {
    Text(String),
    Json(Vec<u8>),
}

impl Reading {
    /// A body, or a part that is one.
    fn body(
        &mut self,
        layout: Layout<'_>,
        content_type: Option<&str>,
        body: &Bytes,
        pointer: &str,
    ) -> Result<Vec<u8>, Refused> {
        let boundary = content_type.and_then(|given| MediaType::parse(given)?.parameter("boundary"));
        let boundary = boundary.ok_or_else(|| malformed("has no boundary in its `Content-Type`"))?;
        let parts = split(body, &boundary).ok_or_else(|| malformed("is not a correct multipart body"))?;
        self.count += parts.len();
        if self.count > self.limits.count {
            return Err(Refused::TooMany);
        }
        if parts.iter().any(|part| part.bytes.len() > self.limits.part) {
            return Err(Refused::TooLarge);
        }
        match layout.shape {
            Shape::Array(_) => self.positional(layout, parts, pointer),
            _ => self.named(layout, parts, pointer),
        }
    }

    /// An array with an item for each part.
    fn positional(
        &mut self,
        layout: Layout<'_>,
        parts: Vec<RawPart>,
        above: &str,
    ) -> Result<Vec<u8>, Refused> {
        let usual = Encoding::default();
        let mut out = vec![b'['];
        for (index, part) in parts.into_iter().enumerate() {
            let encoding = layout.at(index).unwrap_or(&usual);
            let shape = encoding.shape.as_ref().unwrap_or(&Shape::Json);
            let disposition = part.headers.get(CONTENT_DISPOSITION).map(Disposition::parse);
            let file_name = disposition.unwrap_or_default().file_name;
            if index > 0 {
                out.push(b',');
            }
            match self.part(part, Some(encoding), shape, file_name, &format!("{above}/{index}"))? {
                Held::Json(json) => out.extend_from_slice(&json),
                Held::Text(text) if matches!(shape, Shape::Object { .. } | Shape::Array(_)) => {
                    out.extend_from_slice(&Document::json().read(self.contract, text.as_bytes())?);
                }
                Held::Text(text) => write_scalar(&mut out, shape, &text),
            }
        }
        out.push(b']');
        Ok(out)
    }

    /// An object with a member for each name.
    fn named(&mut self, layout: Layout<'_>, parts: Vec<RawPart>, above: &str) -> Result<Vec<u8>, Refused> {
        let mut pairs: Vec<(String, String, bool)> = Vec::with_capacity(parts.len());
        for mut part in parts {
            let disposition = part.headers.remove(CONTENT_DISPOSITION).as_ref().map(Disposition::parse);
            let Disposition { name, file_name } = disposition.unwrap_or_default();
            let name = name.ok_or_else(|| malformed("has a part without a name"))?;
            let encoding = layout.encoding(&name);
            let pointer = format!("{above}/{}", name.replace('~', "~0").replace('/', "~1"));
            if is_single(layout, &name, encoding) && pairs.iter().any(|(known, ..)| *known == name) {
                // What else there is to say of the body is said, too.
                self.repeated(pointer);
                continue;
            }
            if is_dropped(layout, &name) && utf8(&part.bytes).is_err() {
                // Whether it may be there is for the schema to say, but nobody reads it.
                pairs.push((name, String::from_utf8_lossy(&part.bytes).into_owned(), false));
                continue;
            }
            let shape = match layout.member(&name) {
                Shape::Array(item) if !encoding.is_some_and(|one| one.holds_array(item)) => item,
                shape => shape,
            };
            let held = self.part(part, encoding, shape, file_name, &pointer);
            let held = held.map_err(|refused| match refused {
                Refused::Unreadable(refusal) => Refused::Unreadable(refusal.below(&name)),
                refused => refused,
            })?;
            pairs.push(match held {
                Held::Text(text) => (name, text, false),
                // What was made from a text is text.
                Held::Json(json) => (name, String::from_utf8(json).unwrap_or_default(), true),
            });
        }
        Ok(form::read_parts(layout, &Pairs::parts(pairs))?)
    }

    /// Notes, once, that a member came several times.
    fn repeated(&mut self, pointer: String) {
        let known = |one: &Violation| one.keyword == "duplicate" && one.pointer == pointer;
        if !self.violations.iter().any(known) {
            self.violations.push(Violation::new(pointer, "duplicate", "is given more than once"));
        }
    }

    /// One part by its shape, and by its own media type where the contract leaves it open.
    fn part(
        &mut self,
        mut part: RawPart,
        encoding: Option<&Encoding>,
        shape: &Shape,
        file_name: Option<String>,
        pointer: &str,
    ) -> Result<Held, Refused> {
        let content_type = part.headers.remove(CONTENT_TYPE);
        let given = content_type.as_ref().and_then(|value| value.to_str().ok());
        self.check_type(encoding, given, pointer);
        self.check_headers(encoding, &part.headers, pointer);
        if holds_file(shape) {
            let place = format!("{ATTACHMENT}{}", self.files.len());
            part.headers.remove(CONTENT_DISPOSITION);
            let content_type = given.map(str::to_owned);
            self.files.push(File { bytes: part.bytes, file_name, content_type, headers: part.headers });
            return Ok(Held::Text(place));
        }
        let own = given.and_then(MediaType::parse);
        let listed = declared(encoding);
        let kind = listed.and(own).or(listed).map(|media| media.kind());
        let says_json = kind.is_none()
            && own.is_some_and(|media| media.is_json())
            && !encoding.is_some_and(Encoding::is_styled);
        let document = match (encoding, kind) {
            (_, Some(MediaKind::Json)) => Document::json(),
            _ if is_text(shape) => return Ok(Held::Text(utf8(&part.bytes)?.to_owned())),
            (Some(encoding), Some(MediaKind::Multipart)) => {
                return Ok(Held::Json(self.body(encoding.layout(shape), given, &part.bytes, pointer)?));
            }
            (Some(encoding), Some(kind)) => Document::of_part(encoding, kind),
            _ if says_json => Document::json(),
            // As defaults go: objects and arrays are JSON, the rest is text.
            _ => return Ok(Held::Text(utf8(&part.bytes)?.to_owned())),
        };
        match document.is_known() {
            true => Ok(Held::Json(document.read(self.contract, &part.bytes)?)),
            false => Ok(Held::Text(utf8(&part.bytes)?.to_owned())),
        }
    }

    /// A part that says its type must say one that the encoding lists, unless a style makes the list void.
    fn check_type(&mut self, encoding: Option<&Encoding>, given: Option<&str>, pointer: &str) {
        let listed = encoding.filter(|encoding| !encoding.is_styled());
        let (Some(allowed), Some(given)) =
            (listed.and_then(|encoding| encoding.content_type.as_ref()), given)
        else {
            return;
        };
        let matches = MediaType::parse(given).is_some_and(|given| {
            let mut allowed = allowed.split(',').filter_map(|one| MediaType::parse(one.trim()));
            allowed.any(|one| one.essence().covers(&given) > 0)
        });
        if !matches {
            let message = format!("must be of type {allowed}");
            self.violations.push(Violation::new(pointer.to_owned(), "contentType", message));
        }
    }

    /// The headers that the contract declares for a part.
    fn check_headers(&mut self, encoding: Option<&Encoding>, headers: &HeaderMap, pointer: &str) {
        for header in encoding.into_iter().flat_map(|encoding| &encoding.headers) {
            let about = |(keyword, message): (Cow<'static, str>, String)| {
                let message = format!("header {} of the part: {message}", header.name);
                Violation::new(pointer.to_owned(), keyword, message)
            };
            self.violations.extend(problems(self.contract, header, headers).into_iter().map(about));
        }
    }
}

/// Whether a member can come once only.
fn is_single(layout: Layout<'_>, name: &str, encoding: Option<&Encoding>) -> bool {
    let list = matches!(layout.member(name), Shape::Array(_));
    layout.declares(name) && !list && !encoding.is_some_and(Encoding::is_styled)
}

/// Whether the contract neither names a member nor keeps it.
fn is_dropped(layout: Layout<'_>, name: &str) -> bool {
    matches!(layout.shape, Shape::Object { members, rest: None } if !members.contains_key(name))
        && !layout.declares(name)
}

fn malformed(message: &'static str) -> Refusal {
    Refusal::Malformed(message.into())
}

/// Whether the contract takes the bytes of a part as they are.
fn holds_file(shape: &Shape) -> bool {
    match shape {
        Shape::File => true,
        Shape::Union(shapes) => shapes.iter().any(holds_file),
        _ => false,
    }
}

/// Whether a part is text as it is, whatever its media type.
fn is_text(shape: &Shape) -> bool {
    matches!(shape, Shape::String | Shape::File)
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
    match style::declared_header(header, &lines) {
        Ok(None) if header.required => vec![("required".into(), "is missing".to_owned())],
        Ok(None) => Vec::new(),
        Ok(Some(json)) => match judge(&json, contract.line(header.schema)) {
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
