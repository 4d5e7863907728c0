//! [`EventStream`]: typed server-sent events.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use super::chunks::Boxed;
use super::frames::Frames;
use super::sse::EventParser;
use super::whole::Course;
use super::{BoxError, ByteStream, ItemRule, StreamError};

/// One server-sent event as it stands on the wire; as JSON the object that an `itemSchema` of OpenAPI 3.2 describes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// The `data` lines, joined by line feeds.
    pub data: String,
    /// The event's type; a browser calls it `message` where absent.
    pub event: Option<String>,
    /// The event's own id; see [`EventStream::last_event_id`] for the one to resume from.
    pub id: Option<String>,
    /// The reconnection time in milliseconds.
    pub retry: Option<u64>,
}

impl Event {
    /// An event that consists of `data`.
    pub fn new(data: impl Into<String>) -> Self {
        Self { data: data.into(), ..Self::default() }
    }

    /// The same event with a type.
    pub fn event(mut self, name: impl Into<String>) -> Self {
        self.event = Some(name.into());
        self
    }

    /// The same event with an id.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}

/// A stream of server-sent events (`text/event-stream`).
///
/// A server makes one with [`EventStream::new`]; a client gets one as a response. Items that do not follow the
/// contract are errors that the stream survives; see [`StreamError`].
pub struct EventStream<T> {
    items: Items<T>,
}

enum Items<T> {
    Own(Boxed<Result<T, StreamError>>),
    Wire(Box<Wire<T>>),
}

struct Wire<T> {
    frames: Frames<EventParser>,
    course: Course,
    /// The JSON text of the item that an event is, or holds.
    text: fn(Event) -> Result<Vec<u8>, BoxError>,
    read: Read<T>,
}

type Read<T> = Box<dyn Fn(&[u8]) -> Result<T, BoxError> + Send + Sync>;

impl<T> EventStream<T> {
    /// Events that `stream` yields; an error ends the stream.
    pub fn new(stream: impl Stream<Item = Result<T, impl Into<BoxError>>> + Send + 'static) -> Self {
        Self { items: Items::Own(Boxed::items(stream)) }
    }

    /// Events read from `bytes`, as the rule says, each turned into an item by `read`.
    pub(super) fn read(
        bytes: ByteStream,
        rule: ItemRule,
        text: fn(Event) -> Result<Vec<u8>, BoxError>,
        read: impl Fn(&[u8]) -> Result<T, BoxError> + Send + Sync + 'static,
    ) -> Self {
        Self {
            items: Items::Wire(Box::new(Wire {
                frames: Frames::new(bytes, EventParser::new(rule.limit)),
                course: Course::of(rule),
                text,
                read: Box::new(read),
            })),
        }
    }

    /// What to send as `Last-Event-ID` when connecting again: the last id that came, also with an event without data.
    pub fn last_event_id(&self) -> Option<&str> {
        match &self.items {
            Items::Own(_) => None,
            Items::Wire(wire) => Some(wire.frames.cut.last_id()).filter(|id| !id.is_empty()),
        }
    }

    /// How long the other side asks to wait before connecting again.
    pub fn reconnection_time(&self) -> Option<Duration> {
        match &self.items {
            Items::Own(_) => None,
            Items::Wire(wire) => wire.frames.cut.reconnect(),
        }
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match &mut self.get_mut().items {
            Items::Own(items) => items.poll(cx),
            Items::Wire(wire) => {
                let Wire { frames, course, text, read } = wire.as_mut();
                frames.poll(cx).map(|event| match event {
                    Some(event) => {
                        let text = event.and_then(|event| text(event).map_err(StreamError::Item));
                        Some(course.admit(text, read))
                    }
                    None => course.end().map(Err),
                })
            }
        }
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").field("last_event_id", &self.last_event_id()).finish_non_exhaustive()
    }
}
