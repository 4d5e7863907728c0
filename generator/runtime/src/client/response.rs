//! [`Response`]: what came back, and reading it by the contract.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};

use super::error::{Declared, Error, Failure, Undecodable, Undocumented};
use super::load::Head;
use crate::decode::{Decode, Rejection, decode_either};
use crate::document::Document;
use crate::multipart::{self, Refused};
use crate::operation::{self, Media, MediaKind};
use crate::schema::{Contract, SchemaRef};
use crate::stream::{ByteStream, EventStream, ItemRule, JsonLines};
use crate::style::{self, Pairs, Refusal, write_scalar};
use crate::violation::Violation;

/// How many parts a multipart body may have, those of parts included.
const MAX_PARTS: usize = 1000;

/// A response. Its body was read with it, unless the contract says that it is a stream, or that there is none. What was
/// read is kept, what was taken as a stream is gone.
///
/// Nothing waits here, so that generated code has no `async` bodies: these are what rustc would spend most time on.
pub struct Response {
    pub(super) contract: &'static Contract,
    pub(super) declared: Option<&'static operation::Response>,
    pub(super) success: bool,
    pub(super) media: Option<&'static Media>,
    pub(super) status: StatusCode,
    pub(super) head: Head,
    pub(super) body: Mutex<Body>,
    pub(super) limit: usize,
    pub(super) item_limit: usize,
}

pub(super) enum Body {
    Unread(Box<reqwest::Response>),
    Read(Bytes),
}

impl Response {
    /// The status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The status, as its own type.
    pub fn status_code(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        self.head.headers()
    }

    /// The declared media type that `Content-Type` matches, as declared; empty if it matches none.
    pub fn media(&self) -> &'static str {
        self.media.map_or("", |media| &media.name)
    }

    /// A header that the contract declares; `None` if it did not come.
    pub fn header<T: Decode>(&self, name: &str) -> Result<Option<T>, Failure> {
        let known = |declared: &'static operation::Response| {
            declared.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))
        };
        let Some(header) = self.declared.and_then(known) else { return Ok(None) };
        let lines: Result<Vec<&str>, _> =
            self.headers().get_all(name).iter().map(|line| std::str::from_utf8(line.as_bytes())).collect();
        let refused = |violation: Violation| self.undecodable(name, Rejection::Invalid(vec![violation]));
        let lines = lines.map_err(|_| refused(Violation::new("", "charset", "is not UTF-8")))?;
        let json = style::declared_header(header, &lines).map_err(|refusal| refused(violation(refusal)))?;
        let Some(json) = json else { return Ok(None) };
        let value = decode_either(&json, self.contract.line(header.schema), header.exact, &[]);
        value.map(Some).map_err(|rejection| self.undecodable(name, rejection))
    }

    /// A header that the contract says is always there.
    pub fn required_header<T: Decode>(&self, name: &str) -> Result<T, Failure> {
        let missing = || Rejection::Invalid(vec![Violation::new("", "required", "the header is missing")]);
        self.header(name)?.ok_or_else(|| self.undecodable(name, missing()))
    }

    /// The body, read as JSON and judged by its schema.
    pub fn json<T: Decode>(&self) -> Result<T, Failure> {
        self.typed(&self.bytes(), self.json_media())
    }

    /// The body, read as its media type says: JSON, YAML, XML, a form, multipart or text.
    pub fn decoded<T: Decode>(&self) -> Result<T, Failure> {
        match self.media {
            Some(media) if media.kind == MediaKind::Text => {
                let mut json = Vec::new();
                write_scalar(&mut json, &media.shape, &self.text()?);
                self.typed(&json, Some(media))
            }
            Some(media) if media.kind == MediaKind::Form => {
                let read = |pairs| style::form::read(self.contract, media, &pairs);
                let json = Pairs::form(self.text()?).and_then(read);
                let json = json.map_err(|refusal| self.unreadable(refusal))?;
                self.typed(&json, Some(media))
            }
            Some(media) if media.kind == MediaKind::Multipart => self.parts(media),
            Some(media) if Document::of(media).is_other() => {
                let json = Document::of(media).read(self.contract, &self.bytes());
                let json = json.map_err(|refusal| self.unreadable(refusal))?;
                self.typed(&json, Some(media))
            }
            _ => self.json(),
        }
    }

    /// A multipart body: its parts, files among them.
    fn parts<T: Decode>(&self, media: &'static Media) -> Result<T, Failure> {
        let limits = multipart::Limits { part: self.limit, count: MAX_PARTS };
        let content_type = self.text_header(CONTENT_TYPE.as_str());
        let parts = multipart::read(self.contract, media, content_type, &self.bytes(), limits);
        let parts = parts.map_err(|refused| match refused {
            Refused::Unreadable(refusal) => self.unreadable(refusal),
            Refused::TooMany | Refused::TooLarge => {
                let message = format!("the body has more than {MAX_PARTS} parts");
                self.rejected(Rejection::Invalid(vec![Violation::new("", "parts", message)]))
            }
        })?;
        if !parts.violations.is_empty() {
            return Err(self.rejected(Rejection::Invalid(parts.violations)));
        }
        let schema = media.schema.map_or(SchemaRef::ANY, |schema| self.contract.line(schema));
        decode_either(&parts.json, schema, media.exact, &parts.files)
            .map_err(|rejection| self.rejected(rejection))
    }

    /// The body as text; it must be UTF-8.
    pub fn text(&self) -> Result<String, Failure> {
        let broken = || Rejection::Invalid(vec![Violation::new("", "charset", "the body is not UTF-8")]);
        match std::str::from_utf8(&self.bytes()) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err(self.rejected(broken())),
        }
    }

    /// The body as it was read.
    pub fn bytes(&self) -> Bytes {
        match &*self.lock() {
            Body::Read(bytes) => bytes.clone(),
            Body::Unread(_) => Bytes::new(),
        }
    }

    /// The body as a stream, which the client's time limit does not end. An error if it is of a type that the contract
    /// does not declare.
    pub fn stream(&self) -> Result<ByteStream, Failure> {
        let given = self.text_header(CONTENT_TYPE.as_str());
        if let (Some(given), None) = (given, self.media) {
            let violation = Violation::new("", "contentType", format!("`{given}` is not declared"));
            return Err(self.undecodable(CONTENT_TYPE.as_str(), Rejection::Invalid(vec![violation])));
        }
        let stream = match self.take() {
            Body::Unread(response) => ByteStream::new(response.bytes_stream()),
            Body::Read(bytes) => ByteStream::from(bytes),
        };
        let length = self.text_header(CONTENT_LENGTH.as_str()).and_then(|text| text.parse().ok());
        let stream = length.into_iter().fold(stream, ByteStream::with_length);
        Ok(given.into_iter().fold(stream, ByteStream::with_content_type))
    }

    /// The body as events, each an object with `data`, `event`, `id` and `retry`.
    pub fn events<T: Decode>(&self) -> Result<EventStream<T>, Failure> {
        Ok(EventStream::from_bytes(self.stream()?, self.rule()))
    }

    /// The body as events whose `data` is the JSON of an item.
    pub fn event_data<T: Decode>(&self) -> Result<EventStream<T>, Failure> {
        Ok(EventStream::data_from_bytes(self.stream()?, self.rule()))
    }

    /// The body as JSON texts: JSON Lines, or a JSON text sequence where the media type says so.
    pub fn lines<T: Decode>(&self) -> Result<JsonLines<T>, Failure> {
        let (stream, rule) = (self.stream()?, self.rule());
        Ok(match self.media.is_some_and(|media| media.kind == MediaKind::JsonSeq) {
            true => JsonLines::sequence_from_bytes(stream, rule),
            false => JsonLines::from_bytes(stream, rule),
        })
    }

    /// Of a body that is not read, or that there is not.
    pub fn nothing(&self) -> Result<(), Failure> {
        Ok(())
    }

    /// The body together with the status, where the contract declares several statuses at once.
    pub fn with_status<B, T>(
        &self,
        read: fn(&Self) -> Result<B, Failure>,
        make: fn(StatusCode, B) -> T,
    ) -> Result<T, Failure> {
        Ok(make(self.status, read(self)?))
    }

    /// The failure for a status that the contract does not declare.
    pub fn undocumented(&self) -> Failure {
        let (status, headers, url) = (self.status, self.headers().clone(), self.head.url().clone());
        Failure::Undocumented(Box::new(Undocumented { status, headers, body: self.bytes(), url }))
    }

    /// The error for a failure that the contract declares.
    pub(super) fn declared<E>(&self, error: E) -> Error<E> {
        let (status, headers, url) = (self.status, self.headers().clone(), self.head.url().clone());
        Error::Declared(Box::new(Declared { status, headers, body: self.bytes(), url, error }))
    }

    /// Whether the contract says that this is a success: any 2XX is one by `default`, where no other is declared.
    pub(super) fn is_success(&self) -> bool {
        self.success
    }

    fn typed<T: Decode>(&self, json: &[u8], media: Option<&'static Media>) -> Result<T, Failure> {
        let (schema, exact) = self.judge_of(media);
        match decode_either(json, schema, exact, &[]) {
            Ok(value) => Ok(value),
            Err(rejection) => Err(self.rejected(rejection)),
        }
    }

    /// The schema of a body, and whether its type alone decides it. Not generic, like all that need not be.
    fn judge_of(&self, media: Option<&'static Media>) -> (SchemaRef, bool) {
        let schema = media.and_then(|media| media.schema);
        let schema = schema.map_or(SchemaRef::ANY, |schema| self.contract.line(schema));
        (schema, media.is_none_or(|media| media.exact))
    }

    /// The media type that a JSON body is judged by: the matching one, or the one that would have been right.
    fn json_media(&self) -> Option<&'static Media> {
        let json = |media: &&'static Media| media.kind == MediaKind::Json;
        let declared = || self.declared.into_iter().flat_map(|declared| &declared.content).find(json);
        self.media.filter(json).or_else(declared)
    }

    /// How the items of a sequential body are judged.
    fn rule(&self) -> ItemRule {
        let media = self.media.or_else(|| self.declared.and_then(|declared| declared.content.first()));
        let rule = match media {
            Some(media) => ItemRule::of(self.contract, media),
            None => ItemRule::new(SchemaRef::ANY, true),
        };
        ItemRule { limit: self.item_limit, ..rule }
    }

    fn text_header(&self, name: &str) -> Option<&str> {
        self.headers().get(name)?.to_str().ok()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Body> {
        self.body.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Body {
        std::mem::replace(&mut *self.lock(), Body::Read(Bytes::new()))
    }

    fn rejected(&self, rejection: Rejection) -> Failure {
        let (status, headers, url) = (self.status, self.headers().clone(), self.head.url().clone());
        Failure::Decode(Box::new(Undecodable { status, headers, body: self.bytes(), url, rejection }))
    }

    fn unreadable(&self, refusal: Refusal) -> Failure {
        self.rejected(Rejection::Invalid(vec![violation(refusal)]))
    }

    fn undecodable(&self, header: &str, rejection: Rejection) -> Failure {
        let located = |violation: Violation| violation.located("header", Some(header));
        let rejection = match rejection {
            Rejection::Invalid(all) => Rejection::Invalid(all.into_iter().map(located).collect()),
            malformed => malformed,
        };
        self.rejected(rejection)
    }
}

fn violation(refusal: Refusal) -> Violation {
    match refusal {
        Refusal::Malformed(message) => Violation::new("", "malformed", message),
        Refusal::Violation { pointer, keyword, message } => Violation::new(pointer, keyword, message),
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("media", &self.media())
            .finish_non_exhaustive()
    }
}
