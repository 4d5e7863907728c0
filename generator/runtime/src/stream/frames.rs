//! Cutting a stream of bytes into items, whatever the chunk boundaries are.

use std::task::{Context, Poll, ready};

use bytes::Bytes;

use super::{ByteStream, StreamError};

/// Finds the items of one sequential format in bytes that are fed to it chunk by chunk.
pub(super) trait Cut {
    /// What is found.
    type Item;

    /// Takes the next chunk; only called when [`Cut::next`] had nothing left.
    fn feed(&mut self, chunk: Bytes);

    /// The next complete item in what was fed.
    fn next(&mut self) -> Option<Result<Self::Item, StreamError>>;

    /// The bytes have ended: the last item, where the format lets it end so.
    fn last(&mut self) -> Option<Result<Self::Item, StreamError>>;
}

/// The source of a decoded stream: bytes and the cutter over them.
pub(super) struct Frames<C> {
    bytes: ByteStream,
    pub(super) cut: C,
    ended: bool,
}

impl<C: Cut> Frames<C> {
    pub(super) fn new(bytes: ByteStream, cut: C) -> Self {
        Self { bytes, cut, ended: false }
    }

    /// The next item. Nothing comes after the source broke off or an item was too large: where the next one would
    /// begin is not known then.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<C::Item, StreamError>>> {
        loop {
            if self.ended {
                return Poll::Ready(None);
            }
            if let Some(item) = self.cut.next() {
                self.ended = matches!(item, Err(StreamError::TooLarge { .. }));
                return Poll::Ready(Some(item));
            }
            match ready!(self.bytes.poll_chunk(cx)) {
                Some(Ok(chunk)) => self.cut.feed(chunk),
                Some(Err(error)) => {
                    self.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.ended = true;
                    return Poll::Ready(self.cut.last());
                }
            }
        }
    }
}

/// Gathers the bytes of one line or record across chunks.
#[derive(Debug)]
pub(super) struct Gather {
    chunk: Bytes,
    partial: Vec<u8>,
    limit: usize,
}

impl Gather {
    pub(super) fn new(limit: usize) -> Self {
        Self { chunk: Bytes::new(), partial: Vec::new(), limit }
    }

    pub(super) fn feed(&mut self, chunk: Bytes) {
        self.chunk = chunk;
    }

    /// The first byte not looked at yet.
    pub(super) fn peek(&self) -> Option<u8> {
        self.chunk.first().copied()
    }

    /// Passes over the first byte.
    pub(super) fn skip(&mut self) {
        let at = self.chunk.len().min(1);
        self.chunk = self.chunk.split_off(at);
    }

    /// The bytes before the next byte that `ends`, and that byte; `None` if there is none yet.
    pub(super) fn until(&mut self, ends: impl Fn(u8) -> bool) -> Result<Option<(Vec<u8>, u8)>, StreamError> {
        let end = self.chunk.iter().position(|byte| ends(*byte));
        let head = self.chunk.split_to(end.unwrap_or(self.chunk.len()));
        if head.len() > self.limit.saturating_sub(self.partial.len()) {
            return Err(StreamError::TooLarge { limit: self.limit });
        }
        self.partial.extend_from_slice(&head);
        let Some(byte) = self.peek() else { return Ok(None) };
        self.skip();
        Ok(Some((std::mem::take(&mut self.partial), byte)))
    }

    /// What was gathered when the bytes ended.
    pub(super) fn rest(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.partial)
    }

    pub(super) fn limit(&self) -> usize {
        self.limit
    }
}
