//! Between bytes and typed items: how each item is judged when it comes, and written when it goes.

use bytes::Bytes;
use futures_core::Stream;
use futures_util::StreamExt;

use super::{BoxError, ByteStream, DEFAULT_ITEM_LIMIT, Event, EventStream, JsonLines, StreamError, sse};
use crate::decode::{Decode, Encode, Rejection, decode_as, decode_judged, encode};
use crate::json::Json;
use crate::operation::{Media, Sequence};
use crate::reader::{Reader, Reject};
use crate::schema::{Contract, SchemaRef};
use crate::writer::Writer;

/// How the items of an incoming stream are judged.
#[derive(Clone, Copy, Debug)]
pub struct ItemRule {
    /// The schema of each item.
    pub schema: SchemaRef,
    /// Whether the item's Rust type alone decides the schema.
    pub exact: bool,
    /// How many bytes an item may have.
    pub limit: usize,
    /// What must hold for all of them together.
    pub whole: Option<(&'static Contract, &'static Sequence)>,
}

impl ItemRule {
    /// Items that the schema of a media type judges.
    pub(crate) fn of(contract: &'static Contract, media: &'static Media) -> Self {
        let schema = media.item_schema.map_or(SchemaRef::ANY, |schema| contract.line(schema));
        let rule = Self::new(schema, media.exact);
        Self { whole: media.sequence.as_deref().map(|sequence| (contract, sequence)), ..rule }
    }

    /// Items that `schema` judges, of the usual size.
    pub fn new(schema: SchemaRef, exact: bool) -> Self {
        Self { schema, exact, limit: DEFAULT_ITEM_LIMIT, whole: None }
    }

    fn decode<T: Decode>(self, json: &[u8]) -> Result<T, Rejection> {
        if self.exact { decode_as(json, self.schema) } else { decode_judged(json, self.schema) }
    }
}

impl<T: Decode> EventStream<T> {
    /// Events in `bytes`; an item is the event as an object with `data`, `event`, `id` and `retry` (OAS 3.2, Server-
    /// Sent Event Streams).
    pub fn from_bytes(bytes: ByteStream, rule: ItemRule) -> Self {
        Self::read(bytes, rule, |event| Ok(encode(&event)?), move |event| Ok(rule.decode(event)?))
    }

    /// Events in `bytes`; an item is the JSON in an event's `data`.
    pub fn data_from_bytes(bytes: ByteStream, rule: ItemRule) -> Self {
        Self::read(bytes, rule, |event| Ok(event.data.into_bytes()), move |data| Ok(rule.decode(data)?))
    }
}

impl<T: Encode + 'static> EventStream<T> {
    /// The wire form; an item is the event as an object with `data`, `event`, `id` and `retry`. Where `data` is no
    /// string, its JSON is sent.
    pub fn into_bytes(self) -> ByteStream {
        written(self, |item| sse::write(&event(json(item)?)?))
    }

    /// The wire form; an item becomes the JSON in an event's `data`.
    pub fn into_data_bytes(self) -> ByteStream {
        written(self, |item| {
            sse::write(&Event::new(String::from_utf8(text(item)?).map_err(StreamError::item)?))
        })
    }
}

impl<T: Decode> JsonLines<T> {
    /// JSON Lines in `bytes`.
    pub fn from_bytes(bytes: ByteStream, rule: ItemRule) -> Self {
        Self::lines(bytes, rule, move |line| Ok(rule.decode(line)?))
    }

    /// A JSON text sequence (RFC 7464) in `bytes`.
    pub fn sequence_from_bytes(bytes: ByteStream, rule: ItemRule) -> Self {
        Self::sequence(bytes, rule, move |line| Ok(rule.decode(line)?))
    }
}

impl<T: Encode + 'static> JsonLines<T> {
    /// JSON Lines: each item and a line feed.
    pub fn into_bytes(self) -> ByteStream {
        written(self, |item| framed(b"", text(item)?))
    }

    /// A JSON text sequence (RFC 7464): each item between RS and a line feed.
    pub fn into_sequence_bytes(self) -> ByteStream {
        written(self, |item| framed(b"\x1e", text(item)?))
    }
}

fn written<T: 'static>(
    items: impl Stream<Item = Result<T, StreamError>> + Send + 'static,
    write: fn(&T) -> Result<Bytes, StreamError>,
) -> ByteStream {
    ByteStream::new(items.map(move |item| item.and_then(|item| write(&item))))
}

fn text<T: Encode>(item: &T) -> Result<Vec<u8>, StreamError> {
    encode(item).map_err(StreamError::item)
}

fn json<T: Encode>(item: &T) -> Result<Json, StreamError> {
    Json::parse(&text(item)?).map_err(StreamError::item)
}

fn framed(before: &[u8], mut text: Vec<u8>) -> Result<Bytes, StreamError> {
    text.splice(0..0, before.iter().copied());
    text.push(b'\n');
    Ok(text.into())
}

/// The event that an object describes.
fn event(item: Json) -> Result<Event, StreamError> {
    let Json::Object(members) = item else { return Err(unfit("an event is written from an object")) };
    let mut event = Event::default();
    for (name, value) in members {
        match (name.as_str(), value) {
            (_, Json::Null) => {}
            ("data", Json::String(text)) => event.data = text,
            ("data", value) => event.data = value.to_string(),
            ("event", Json::String(text)) => event.event = Some(text),
            ("id", Json::String(text)) => event.id = Some(text),
            ("retry", Json::Number(number)) => {
                event.retry =
                    Some(number.as_u64().ok_or_else(|| unfit("`retry` of an event is in milliseconds"))?);
            }
            _ => return Err(unfit("an event has only the members data, event, id and retry")),
        }
    }
    Ok(event)
}

fn unfit(message: &'static str) -> StreamError {
    StreamError::Item(BoxError::from(message))
}

impl Encode for Event {
    fn encode(&self, writer: &mut Writer) {
        writer.open_object();
        writer.required(",\"data\":", &self.data);
        writer.optional(",\"event\":", &self.event);
        writer.optional(",\"id\":", &self.id);
        writer.optional(",\"retry\":", &self.retry);
        writer.close_object();
    }
}

impl Decode for Event {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Reject> {
        let (mut data, mut event, mut id, mut retry) = (None, None, None, None);
        let read = reader.open(&mut [
            ("data", false, &mut data),
            ("event", false, &mut event),
            ("id", false, &mut id),
            ("retry", false, &mut retry),
        ]);
        match (read, data) {
            (true, Some(data)) => Ok(Self { data, event, id, retry }),
            _ => Err(Reject),
        }
    }
}
