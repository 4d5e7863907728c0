//! The body of a [`Call`]: which declared media type it has, and its value.

use axum::body::HttpBody;
use bytes::Bytes;
use futures_util::TryStreamExt;
use http::{StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::call::{Call, Choice, Whole};
use super::error::{ApiError, Invalid, RequestFault};
use crate::decode::{Decode, Rejection, decode_either};
use crate::document::{Document, utf8};
use crate::file::File;
use crate::media::{self, MediaType};
use crate::multipart::{self, Refused};
use crate::operation::{Media, MediaKind};
use crate::schema::SchemaRef;
use crate::stream::{BoxError, ByteStream, EventStream, ItemRule, JsonLines, StreamError};
use crate::style::{Pairs, Refusal, form, write_scalar};
use crate::violation::Violation;

impl Call {
    /// Whether the request has a body, as far as its head tells.
    pub fn has_body(&self) -> bool {
        // An empty text is a text where somebody says so, and a form without members is empty.
        !self.body.is_empty || matches!(self.media, Choice::Made(Some(media)) if may_be_empty(media))
    }

    /// The declared media type that the body has; empty where there is no body, or its type is not declared.
    pub fn media(&mut self) -> &'static str {
        match self.chosen() {
            Ok(Some(media)) => &media.name,
            _ => "",
        }
    }

    /// Reads the body as a whole, unless it is of a type that is streamed. What is wrong with it is told behind what is
    /// wrong with the parameters, when the body is asked for.
    pub async fn load(&mut self) {
        let Ok(Some(media)) = self.chosen() else { return };
        if !is_stream(media) {
            // A box of its own, so that calls without a body need no room for how one is read.
            Box::pin(self.load_whole(media)).await;
        }
    }

    async fn load_whole(&mut self, media: &'static Media) {
        let before = std::mem::take(&mut self.faults);
        let mut files = Vec::new();
        let json = self.read(media, &mut files).await;
        let faults = std::mem::replace(&mut self.faults, before);
        self.whole = Some(Box::new(Whole { json, files, faults }));
    }

    /// The body, which must be there; it must have been loaded.
    pub fn body<T: Decode>(&mut self) -> Result<T, Invalid> {
        match self.optional_body()? {
            Some(value) => Ok(value),
            None => Err(self.missing()),
        }
    }

    /// The body, if there is one; it must have been loaded.
    pub fn optional_body<T: Decode>(&mut self) -> Result<Option<T>, Invalid> {
        let Some(media) = self.chosen()? else { return Ok(None) };
        let Some(whole) = self.whole.take() else {
            return Err(self.faults.fail(ApiError::internal("the body of the request was not loaded")));
        };
        let Whole { json, files, faults } = *whole;
        self.faults.append(faults);
        let Some(json) = json? else { return Ok(None) };
        let schema = media.schema.map_or(SchemaRef::ANY, |schema| self.contract.line(schema));
        match decode_either(&json, schema, media.exact, &files) {
            Ok(value) => Ok(Some(value)),
            Err(rejection) => Err(self.refuse_body(rejection)),
        }
    }

    /// The body as it comes, which must be there. Reading it fails where it is larger than allowed.
    pub fn body_stream(&mut self) -> Result<ByteStream, Invalid> {
        match self.optional_body_stream()? {
            Some(stream) => Ok(stream),
            None => Err(self.missing()),
        }
    }

    /// The body as it comes, if there is one.
    pub fn optional_body_stream(&mut self) -> Result<Option<ByteStream>, Invalid> {
        Ok(self.chosen()?.and_then(|_| self.take_stream()))
    }

    /// The items of a body of JSON Lines, or of a JSON text sequence, as they come. A body that need not be there and
    /// is not has no items.
    pub fn body_lines<T: Decode + 'static>(&mut self) -> Result<JsonLines<T>, Invalid> {
        let read = |kind, stream, rule| match kind {
            MediaKind::JsonSeq => JsonLines::<T>::sequence_from_bytes(stream, rule),
            _ => JsonLines::<T>::from_bytes(stream, rule),
        };
        let (kind, stream, rule) = self.sequence()?;
        let status = self.served.settings.invalid_status;
        Ok(JsonLines::new(read(kind, stream, rule).map_err(move |error| refused_item(error, status))))
    }

    /// The events of a body, each an object with `data`, `event`, `id` and `retry`, as they come. A body that need not
    /// be there and is not has no events.
    pub fn body_events<T: Decode + 'static>(&mut self) -> Result<EventStream<T>, Invalid> {
        self.events(EventStream::<T>::from_bytes)
    }

    /// The same where an item is the JSON in the `data` of an event.
    pub fn body_event_data<T: Decode + 'static>(&mut self) -> Result<EventStream<T>, Invalid> {
        self.events(EventStream::<T>::data_from_bytes)
    }

    fn events<T: Decode + 'static>(
        &mut self,
        read: fn(ByteStream, ItemRule) -> EventStream<T>,
    ) -> Result<EventStream<T>, Invalid> {
        let (_, stream, rule) = self.sequence()?;
        let status = self.served.settings.invalid_status;
        Ok(EventStream::new(read(stream, rule).map_err(move |error| refused_item(error, status))))
    }

    /// The bytes of a body that is read item by item, and how. There are none where it need not be there and is not.
    fn sequence(&mut self) -> Result<(MediaKind, ByteStream, ItemRule), Invalid> {
        if let Some(media) = self.chosen()?
            && let Some(stream) = self.take_stream()
        {
            let rule = ItemRule { limit: self.served.body_limit, ..ItemRule::of(self.contract, media) };
            return Ok((media.kind, stream, rule));
        }
        match &self.operation.body {
            Some(body) if body.required => Err(self.missing()),
            _ => Ok((MediaKind::JsonLines, Bytes::new().into(), ItemRule::new(SchemaRef::ANY, true))),
        }
    }

    fn take_stream(&mut self) -> Option<ByteStream> {
        let body = self.body.take()?;
        let limit = self.served.body_limit;
        let length = body.size_hint().exact();
        let chunks = Limited::new(body, limit).into_data_stream();
        let stream = ByteStream::new(
            chunks.map_err(move |error| -> BoxError { Box::new(fault(error.as_ref(), limit)) }),
        );
        Some(match length {
            Some(length) => stream.with_length(length),
            None => stream,
        })
    }

    fn missing(&mut self) -> Invalid {
        self.faults.fail(ApiError::malformed("MALFORMED_BODY", "the request body is missing"))
    }

    /// Chooses the declared media type by `Content-Type`, once; `None` where there is no body.
    pub(super) fn chosen(&mut self) -> Result<Option<&'static Media>, Invalid> {
        match self.media {
            Choice::Made(media) => return Ok(media),
            Choice::Failed => return Err(Invalid),
            Choice::Open => {}
        }
        match self.choose() {
            Ok(media) => {
                self.media = Choice::Made(media);
                Ok(media)
            }
            Err(error) => {
                self.media = Choice::Failed;
                Err(self.faults.fail(error))
            }
        }
    }

    fn choose(&self) -> Result<Option<&'static Media>, ApiError> {
        let Some(declared) = &self.operation.body else { return Ok(None) };
        let headers = self.context.headers();
        let given = headers.get(header::CONTENT_TYPE);
        if self.body.is_empty {
            let text = given.and_then(|given| MediaType::parse(given.to_str().ok()?));
            let media = text.and_then(|given| media::choose(&declared.content, &given));
            return Ok(media.filter(|media| may_be_empty(media)));
        }
        let accepted =
            || declared.content.iter().map(|media| media.name.as_str()).collect::<Vec<_>>().join(", ");
        if headers
            .get(header::CONTENT_ENCODING)
            .is_some_and(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"))
        {
            let error = ApiError::unsupported("the content coding of the request body is not supported", "");
            return Err(
                error.with_header(header::ACCEPT_ENCODING, http::HeaderValue::from_static("identity"))
            );
        }
        let Some(given) = given else {
            return match declared.content.as_slice() {
                [only] => Ok(Some(only)),
                _ => Err(ApiError::unsupported("the request does not say what its body is", &accepted())),
            };
        };
        if let Some(named) = media::named(&declared.content, given.as_bytes()) {
            return Ok(Some(named));
        }
        let Some(given) = given.to_str().ok().and_then(MediaType::parse) else {
            let detail = "`Content-Type` is not a media type";
            return Err(ApiError::malformed("MALFORMED_HEADER", detail));
        };
        let Some(media) = media::choose(&declared.content, &given) else {
            let accepted = accepted();
            let detail = format!("this operation takes {accepted}");
            return Err(ApiError::unsupported(detail, &accepted));
        };
        let is_text = !matches!(media.kind, MediaKind::Binary | MediaKind::Multipart);
        if is_text && !given.is_utf8() {
            return Err(ApiError::unsupported("the charset of the request body must be UTF-8", &accepted()));
        }
        Ok(Some(media))
    }

    /// The whole body, no larger than allowed.
    async fn bytes(&mut self) -> Result<Bytes, Invalid> {
        let limit = self.served.body_limit;
        let body = self.body.take().unwrap_or_default();
        if body.size_hint().lower() > u64::try_from(limit).unwrap_or(u64::MAX) {
            return Err(self.faults.fail(ApiError::too_large(limit)));
        }
        let collected = Limited::new(body, limit).collect().await;
        collected
            .map(|body| body.to_bytes())
            .map_err(|error| self.faults.fail(fault(error.as_ref(), limit).to_error()))
    }

    /// The body as JSON text; `None` where it turns out to be empty.
    async fn read(&mut self, media: &'static Media, files: &mut Vec<File>) -> Result<Option<Bytes>, Invalid> {
        if media.kind == MediaKind::Multipart {
            let bytes = self.bytes().await?;
            return self.read_multipart(media, &bytes, files).map(Some);
        }
        let bytes = self.bytes().await?;
        if bytes.is_empty() && !may_be_empty(media) {
            return Ok(None);
        }
        let json = match media.kind {
            MediaKind::Json => return Ok(Some(bytes)),
            MediaKind::Binary => {
                files.push(File::new(bytes));
                return Ok(Some(Bytes::from_static(FIRST_FILE)));
            }
            MediaKind::Yaml | MediaKind::Xml | MediaKind::JsonLines | MediaKind::JsonSeq => {
                Document::of(media).read(self.contract, &bytes)
            }
            MediaKind::Form => {
                utf8(&bytes).and_then(|text| form::read(self.contract, media, &Pairs::form(text)?))
            }
            MediaKind::Text | MediaKind::Events | MediaKind::Multipart => utf8(&bytes).map(|text| {
                let mut out = Vec::with_capacity(text.len() + 2);
                write_scalar(&mut out, &media.shape, text);
                out
            }),
        };
        json.map(|json| Some(Bytes::from(json))).map_err(|refusal| self.refuse_text(refusal))
    }

    fn read_multipart(
        &mut self,
        media: &'static Media,
        bytes: &Bytes,
        files: &mut Vec<File>,
    ) -> Result<Bytes, Invalid> {
        let limits = multipart::Limits {
            part: self.served.settings.part_limit.unwrap_or(self.served.body_limit),
            count: self.served.settings.max_parts,
        };
        let content_type = self.context.headers().get(header::CONTENT_TYPE);
        let content_type = content_type.and_then(|given| given.to_str().ok());
        let too_large = |detail| ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", detail);
        let parts = match multipart::read(self.contract, media, content_type, bytes, limits) {
            Ok(parts) => parts,
            Err(Refused::Unreadable(refusal)) => return Err(self.refuse_text(refusal)),
            Err(Refused::TooMany) => {
                let detail = format!("the request body has more than the {} parts allowed", limits.count);
                return Err(self.faults.fail(too_large(detail)));
            }
            Err(Refused::TooLarge) => {
                let limit = limits.part;
                let detail = format!("a part of the request body is larger than the {limit} bytes allowed");
                return Err(self.faults.fail(too_large(detail)));
            }
        };
        files.extend(parts.files);
        for violation in parts.violations {
            self.faults.violate(violation.located("body", None));
        }
        Ok(Bytes::from(parts.json))
    }

    fn refuse_text(&mut self, refusal: Refusal) -> Invalid {
        match refusal {
            Refusal::Malformed(detail) => {
                self.faults.fail(ApiError::malformed("MALFORMED_BODY", format!("the request body {detail}")))
            }
            Refusal::Violation { pointer, keyword, message } => {
                self.faults.violate(Violation::new(pointer, keyword, message).located("body", None))
            }
        }
    }

    fn refuse_body(&mut self, rejection: Rejection) -> Invalid {
        match rejection {
            Rejection::Malformed(malformed) => {
                let detail = format!("the request body is not JSON: {malformed}");
                self.faults.fail(ApiError::malformed("MALFORMED_BODY", detail))
            }
            Rejection::Invalid(violations) => {
                for violation in violations {
                    self.faults.violate(violation.located("body", None));
                }
                Invalid
            }
        }
    }
}

/// An item that does not follow the contract, as the answer to the request says it.
fn refused_item(error: StreamError, invalid_status: http::StatusCode) -> BoxError {
    let StreamError::Item(item) = &error else { return error.into() };
    match item.downcast_ref::<Rejection>() {
        Some(Rejection::Invalid(violations)) => {
            Box::new(RequestFault::Invalid(invalid_status, violations.clone()))
        }
        Some(Rejection::Malformed(malformed)) => Box::new(RequestFault::Malformed(malformed.to_string())),
        None => error.into(),
    }
}

/// Whether no bytes are a value.
fn may_be_empty(media: &Media) -> bool {
    matches!(media.kind, MediaKind::Text | MediaKind::Form)
}

/// Whether bodies of that type are read as they come.
fn is_stream(media: &Media) -> bool {
    let streams = [MediaKind::Binary, MediaKind::Events, MediaKind::JsonLines, MediaKind::JsonSeq];
    streams.contains(&media.kind) && media.schema.is_none()
}

/// The JSON string that stands for the first file.
const FIRST_FILE: &[u8] = b"\"\\u0000file:0\"";

/// Why a body could not be read to its end.
fn fault(error: &(dyn std::error::Error + 'static), limit: usize) -> RequestFault {
    let mut at = Some(error);
    while let Some(cause) = at {
        if cause.is::<LengthLimitError>() {
            return RequestFault::TooLarge(limit);
        }
        at = cause.source();
    }
    RequestFault::Broken
}
