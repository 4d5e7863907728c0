//! [`ByteStream`]: a body whose bytes come one chunk at a time.

use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use futures_util::{StreamExt, TryStreamExt};

use super::{BoxError, StreamError};

/// A boxed stream that is `Sync` although its source need not be: the lock is never taken, only gone around with
/// `&mut`. Without it a handler could not hold `&request` across an await.
pub(super) struct Boxed<T>(Mutex<Pin<Box<dyn Stream<Item = T> + Send>>>);

impl<T> Boxed<T> {
    pub(super) fn new(stream: impl Stream<Item = T> + Send + 'static) -> Self {
        Self(Mutex::new(Box::pin(stream)))
    }

    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).as_mut().poll_next(cx)
    }
}

impl<T> Boxed<Result<T, StreamError>> {
    /// What a stream of this side yields, with its errors named as such.
    pub(super) fn items(stream: impl Stream<Item = Result<T, impl Into<BoxError>>> + Send + 'static) -> Self {
        Self::new(stream.map(|item| item.map_err(|error| StreamError::source(error))))
    }
}

/// A body as a stream of chunks: what a server receives or returns for a binary media type, and what a client
/// sends or gets.
pub struct ByteStream {
    chunks: Boxed<Result<Bytes, StreamError>>,
    length: Option<u64>,
    content_type: Option<String>,
}

impl ByteStream {
    /// A body that consists of what `stream` yields; an error ends it.
    pub fn new<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<BoxError>,
    {
        let chunks = stream.map(|chunk| chunk.map(Into::into).map_err(|error| StreamError::source(error)));
        Self { chunks: Boxed::new(chunks), length: None, content_type: None }
    }

    /// States how many bytes will come, so that `Content-Length` can be sent.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }

    /// How many bytes the whole body has, where that is known beforehand.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Says what the bytes are, where the contract leaves it open (`image/*`).
    #[must_use]
    pub fn with_content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// What the bytes are, where that is known.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Reads everything, but no more than `limit` bytes.
    pub async fn collect(mut self, limit: usize) -> Result<Bytes, StreamError> {
        let mut all = BytesMut::new();
        while let Some(chunk) = self.try_next().await? {
            if chunk.len() > limit.saturating_sub(all.len()) {
                return Err(StreamError::TooLarge { limit });
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }

    pub(super) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, StreamError>>> {
        self.chunks.poll(cx)
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_chunk(cx)
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream")
            .field("length", &self.length)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}

impl From<Bytes> for ByteStream {
    fn from(bytes: Bytes) -> Self {
        let length = u64::try_from(bytes.len()).ok();
        let chunk = (!bytes.is_empty()).then_some(Ok(bytes));
        Self { chunks: Boxed::new(futures_util::stream::iter(chunk)), length, content_type: None }
    }
}

impl From<Vec<u8>> for ByteStream {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for ByteStream {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static [u8]> for ByteStream {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<&'static str> for ByteStream {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}
