//! Server-sent events on the wire, by the letter of the WHATWG HTML standard, section 9.2.6.

use std::time::Duration;

use bytes::Bytes;

use super::frames::{Cut, Gather};
use super::{Event, StreamError};

/// The parser of an event stream: lines end with CR, LF or CRLF, an empty line ends an event, and an event that the
/// bytes end in is dropped.
#[derive(Debug)]
pub(super) struct EventParser {
    lines: Gather,
    after_cr: bool,
    first_line: bool,
    data: String,
    event: String,
    id: Option<String>,
    retry: Option<u64>,
    last_id: String,
    reconnect: Option<Duration>,
}

impl EventParser {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            lines: Gather::new(limit),
            after_cr: false,
            first_line: true,
            data: String::new(),
            event: String::new(),
            id: None,
            retry: None,
            last_id: String::new(),
            reconnect: None,
        }
    }

    /// The last event ID string: what `Last-Event-ID` says when reconnecting; empty if none came.
    pub(super) fn last_id(&self) -> &str {
        &self.last_id
    }

    /// The reconnection time the other side asked for.
    pub(super) fn reconnect(&self) -> Option<Duration> {
        self.reconnect
    }

    fn next_line(&mut self) -> Result<Option<Vec<u8>>, StreamError> {
        if self.after_cr && self.lines.peek().is_some() {
            self.after_cr = false;
            if self.lines.peek() == Some(b'\n') {
                self.lines.skip();
            }
        }
        let Some((line, end)) = self.lines.until(|byte| byte == b'\r' || byte == b'\n')? else {
            return Ok(None);
        };
        self.after_cr = end == b'\r';
        Ok(Some(line))
    }

    /// Processes one line; an event if the line completes one.
    fn line(&mut self, line: &[u8]) -> Result<Option<Event>, StreamError> {
        let line = if std::mem::take(&mut self.first_line) {
            line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)
        } else {
            line
        };
        if line.is_empty() {
            return Ok(self.dispatch());
        }
        let line = String::from_utf8_lossy(line);
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        if self.data.len().saturating_add(value.len()) > self.lines.limit() {
            return Err(StreamError::TooLarge { limit: self.lines.limit() });
        }
        self.field(name, value);
        Ok(None)
    }

    fn field(&mut self, name: &str, value: &str) {
        match name {
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "event" => value.clone_into(&mut self.event),
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().or(self.retry);
                self.reconnect = self.retry.map(Duration::from_millis).or(self.reconnect);
            }
            // A comment has an empty name; other fields are ignored by the standard.
            _ => {}
        }
    }

    fn dispatch(&mut self) -> Option<Event> {
        let id = self.id.take();
        if let Some(id) = &id {
            self.last_id.clone_from(id);
        }
        let retry = self.retry.take();
        let event = Some(std::mem::take(&mut self.event)).filter(|name| !name.is_empty());
        let mut data = std::mem::take(&mut self.data);
        data.pop()?; // the last line feed; without one there was no data, and so there is no event
        Some(Event { data, event, id, retry })
    }
}

impl Cut for EventParser {
    type Item = Event;

    fn feed(&mut self, chunk: Bytes) {
        self.lines.feed(chunk);
    }

    fn next(&mut self) -> Option<Result<Event, StreamError>> {
        loop {
            let line = match self.next_line() {
                Ok(line) => line?,
                Err(error) => return Some(Err(error)),
            };
            match self.line(&line) {
                Ok(None) => {}
                Ok(Some(event)) => return Some(Ok(event)),
                Err(error) => return Some(Err(error)),
            }
        }
    }

    fn last(&mut self) -> Option<Result<Event, StreamError>> {
        None
    }
}

/// Writes one event. A line break in `data` becomes a further `data` line; in `event` or `id` it would begin another
/// field, so it is an error there, as is NUL in `id`.
pub(super) fn write(event: &Event) -> Result<Bytes, StreamError> {
    let mut text = String::with_capacity(event.data.len() + 32);
    for (name, value) in [("event", &event.event), ("id", &event.id)] {
        let Some(value) = value else { continue };
        if value.contains(['\r', '\n', '\0']) {
            return Err(StreamError::item(format!("`{name}` of an event holds a line break or NUL")));
        }
        text.push_str(&format!("{name}: {value}\n"));
    }
    if let Some(retry) = event.retry {
        text.push_str(&format!("retry: {retry}\n"));
    }
    // Any of the three line ends would be read as one, so each begins a new line here.
    for line in event.data.replace("\r\n", "\n").split(['\r', '\n']) {
        text.push_str("data: ");
        text.push_str(line);
        text.push('\n');
    }
    text.push('\n');
    Ok(Bytes::from(text))
}
