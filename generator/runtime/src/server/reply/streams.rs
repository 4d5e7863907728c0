//! Replies whose bodies are made while they are sent.

use axum::body::{Body, HttpBody as _};
use http::{HeaderValue, header};

use super::{Reply, concrete};
use crate::decode::Encode;
use crate::operation::{Media, MediaKind};
use crate::server::Response;
use crate::server::error::ApiError;
use crate::stream::{ByteStream, EventStream, JsonLines};

impl Reply<'_> {
    /// A binary body.
    pub fn bytes(mut self, media: &str, body: impl Into<ByteStream>) -> Result<Response, ApiError> {
        self.stream(concrete(media, "application/octet-stream"), body.into())
    }

    /// Server-sent events; each item is the event as an object.
    pub fn events<T: Encode + 'static>(mut self, events: EventStream<T>) -> Result<Response, ApiError> {
        let media = self.best(MediaKind::Events);
        self.event_bytes(media, events.into_bytes())
    }

    /// Server-sent events under that media type; each item is the event as an object.
    pub fn events_as<T: Encode + 'static>(
        mut self,
        media: &str,
        events: EventStream<T>,
    ) -> Result<Response, ApiError> {
        let media = self.media(media);
        self.event_bytes(media, events.into_bytes())
    }

    /// Server-sent events; each item is the JSON of an event's `data`.
    pub fn event_data<T: Encode + 'static>(mut self, events: EventStream<T>) -> Result<Response, ApiError> {
        let media = self.best(MediaKind::Events);
        self.event_bytes(media, events.into_data_bytes())
    }

    /// Server-sent events under that media type; each item is the JSON of an event's `data`.
    pub fn event_data_as<T: Encode + 'static>(
        mut self,
        media: &str,
        events: EventStream<T>,
    ) -> Result<Response, ApiError> {
        let media = self.media(media);
        self.event_bytes(media, events.into_data_bytes())
    }

    fn event_bytes(
        &mut self,
        media: Option<&'static Media>,
        bytes: ByteStream,
    ) -> Result<Response, ApiError> {
        if !self.has_header("cache-control") {
            self.append("cache-control", "no-cache");
        }
        self.stream(media.map_or("text/event-stream", |media| &media.name), bytes)
    }

    /// JSON texts, one after the other: JSON Lines, or a JSON text sequence where that is declared.
    pub fn lines<T: Encode + 'static>(mut self, items: JsonLines<T>) -> Result<Response, ApiError> {
        let media = self.best(MediaKind::JsonLines).or_else(|| self.best(MediaKind::JsonSeq));
        self.lines_of(media, items)
    }

    /// JSON texts under that media type.
    pub fn lines_as<T: Encode + 'static>(
        mut self,
        media: &str,
        items: JsonLines<T>,
    ) -> Result<Response, ApiError> {
        let media = self.media(media);
        self.lines_of(media, items)
    }

    fn lines_of<T: Encode + 'static>(
        &mut self,
        media: Option<&'static Media>,
        items: JsonLines<T>,
    ) -> Result<Response, ApiError> {
        let Some(media) = media else { return Err(self.undeclared("JSON Lines")) };
        let bytes = match media.kind {
            MediaKind::JsonSeq => items.into_sequence_bytes(),
            _ => items.into_bytes(),
        };
        self.stream(&media.name, bytes)
    }

    fn stream(&mut self, media: &str, stream: ByteStream) -> Result<Response, ApiError> {
        let length = stream.length();
        let mut response = self.finish(media, Body::from_stream(stream))?;
        let is_sent = response.body().size_hint().exact().is_none();
        if let Some(length) = length.filter(|_| is_sent) {
            response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        Ok(response)
    }
}
