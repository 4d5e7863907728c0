//! [`JsonLines`]: typed JSON texts, one after the other.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::chunks::Boxed;
use super::frames::{Cut, Frames, Gather};
use super::whole::Course;
use super::{BoxError, ByteStream, ItemRule, StreamError};

/// A stream of JSON texts: JSON Lines (`application/jsonl`, `application/x-ndjson`) or a JSON text sequence
/// (`application/json-seq`, RFC 7464).
///
/// Lines that hold only white space are passed over; the last line needs no line feed. Items that do not follow the
/// contract are errors that the stream survives; see [`StreamError`].
pub struct JsonLines<T> {
    items: Items<T>,
    course: Course,
}

enum Items<T> {
    Own(Boxed<Result<T, StreamError>>),
    Lines { frames: Frames<LineCutter>, read: Read<T> },
    Sequence { frames: Frames<SequenceCutter>, read: Read<T> },
}

type Read<T> = Box<dyn Fn(&[u8]) -> Result<T, BoxError> + Send + Sync>;

impl<T> JsonLines<T> {
    /// Items that `stream` yields; an error ends the stream.
    pub fn new(stream: impl Stream<Item = Result<T, impl Into<BoxError>>> + Send + 'static) -> Self {
        Self { items: Items::Own(Boxed::items(stream)), course: Course::default() }
    }

    /// JSON Lines in `bytes`, as the rule says.
    pub(super) fn lines(
        bytes: ByteStream,
        rule: ItemRule,
        read: impl Fn(&[u8]) -> Result<T, BoxError> + Send + Sync + 'static,
    ) -> Self {
        let frames = Frames::new(bytes, LineCutter(Gather::new(rule.limit)));
        Self { items: Items::Lines { frames, read: Box::new(read) }, course: Course::of(rule) }
    }

    /// A JSON text sequence in `bytes`, as the rule says.
    pub(super) fn sequence(
        bytes: ByteStream,
        rule: ItemRule,
        read: impl Fn(&[u8]) -> Result<T, BoxError> + Send + Sync + 'static,
    ) -> Self {
        let frames = Frames::new(bytes, SequenceCutter { texts: Gather::new(rule.limit), begun: false });
        Self { items: Items::Sequence { frames, read: Box::new(read) }, course: Course::of(rule) }
    }
}

impl<T> Stream for JsonLines<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { items, course } = self.get_mut();
        let (text, read) = match items {
            Items::Own(items) => return items.poll(cx),
            Items::Lines { frames, read } => (frames.poll(cx), read),
            Items::Sequence { frames, read } => (frames.poll(cx), read),
        };
        text.map(|text| match text {
            Some(text) => Some(course.admit(text, read)),
            None => course.end().map(Err),
        })
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").finish_non_exhaustive()
    }
}

/// Lines that end with LF (a CR before it is white space to JSON).
struct LineCutter(Gather);

impl Cut for LineCutter {
    type Item = Vec<u8>;

    fn feed(&mut self, chunk: Bytes) {
        self.0.feed(chunk);
    }

    fn next(&mut self) -> Option<Result<Vec<u8>, StreamError>> {
        loop {
            match self.0.until(|byte| byte == b'\n') {
                Ok(None) => return None,
                Ok(Some((line, _))) if line.trim_ascii().is_empty() => {}
                Ok(Some((line, _))) => return Some(Ok(line)),
                Err(error) => return Some(Err(error)),
            }
        }
    }

    fn last(&mut self) -> Option<Result<Vec<u8>, StreamError>> {
        Some(self.0.rest()).filter(|line| !line.trim_ascii().is_empty()).map(Ok)
    }
}

/// Texts that begin with RS and end with LF. A number, `true`, `false` or `null` without anything after it may have
/// been cut short (RFC 7464 section 2.4), as may any text that does not end in a line feed: those are reported.
struct SequenceCutter {
    texts: Gather,
    begun: bool,
}

const RECORD_SEPARATOR: u8 = 0x1e;

impl SequenceCutter {
    fn complete(text: Vec<u8>) -> Result<Vec<u8>, StreamError> {
        let closed =
            text.ends_with(b"\n") || text.ends_with(b"}") || text.ends_with(b"]") || text.ends_with(b"\"");
        if closed { Ok(text) } else { Err(StreamError::Truncated) }
    }
}

impl Cut for SequenceCutter {
    type Item = Vec<u8>;

    fn feed(&mut self, chunk: Bytes) {
        self.texts.feed(chunk);
    }

    fn next(&mut self) -> Option<Result<Vec<u8>, StreamError>> {
        loop {
            let text = match self.texts.until(|byte| byte == RECORD_SEPARATOR) {
                Ok(None) => return None,
                Ok(Some((text, _))) => text,
                Err(error) => return Some(Err(error)),
            };
            let begun = std::mem::replace(&mut self.begun, true);
            // Several separators in a row delimit nothing; what stands before the first is no text.
            match text.trim_ascii().is_empty() {
                true => {}
                false if begun => return Some(Self::complete(text)),
                false => return Some(Err(StreamError::Truncated)),
            }
        }
    }

    fn last(&mut self) -> Option<Result<Vec<u8>, StreamError>> {
        let text = self.texts.rest();
        let empty = text.trim_ascii().is_empty();
        (!empty).then(|| if self.begun { Self::complete(text) } else { Err(StreamError::Truncated) })
    }
}
