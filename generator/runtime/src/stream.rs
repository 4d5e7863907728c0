//! Bodies that arrive or leave piece by piece: raw bytes, server-sent events, JSON Lines and JSON sequences.
//!
//! A server returns these types, a client receives them; what is between the two is a [`ByteStream`].

mod chunks;
mod events;
mod frames;
mod lines;
mod sse;
mod typed;
mod whole;

use std::fmt;

pub use self::chunks::ByteStream;
pub use self::events::{Event, EventStream};
pub use self::lines::JsonLines;
pub use self::typed::ItemRule;

/// Any error, as streams carry it.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// An item of a stream may be this large unless the reader says otherwise: 1 MiB.
pub const DEFAULT_ITEM_LIMIT: usize = 1024 * 1024;

/// Why a stream has no further item, or why one of its items could not be read or written.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// The other side, or the source of the items, broke off.
    Source(BoxError),
    /// An item, or a collected body, is larger than allowed; the stream ends here.
    TooLarge {
        /// How many bytes would have been allowed.
        limit: usize,
    },
    /// An item does not follow the contract; the stream goes on with the next.
    Item(BoxError),
    /// A JSON text of a sequence was cut short (RFC 7464 section 2.4); the stream goes on with the next.
    Truncated,
}

impl StreamError {
    /// Wraps an error of the source of a stream.
    pub fn source(error: impl Into<BoxError>) -> Self {
        Self::Source(error.into())
    }

    pub(crate) fn item(error: impl Into<BoxError>) -> Self {
        Self::Item(error.into())
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(error) => write!(f, "the stream broke off: {error}"),
            Self::TooLarge { limit } => write!(f, "larger than the {limit} bytes allowed"),
            Self::Item(error) => write!(f, "an item of the stream does not follow the contract: {error}"),
            Self::Truncated => f.write_str("a JSON text of the sequence was cut short"),
        }
    }
}

impl std::error::Error for StreamError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Source(error) | Self::Item(error) => Some(error.as_ref()),
            Self::TooLarge { .. } | Self::Truncated => None,
        }
    }
}

#[cfg(test)]
mod tests;
