//! From what came over the wire to a [`Response`]: its body is read with it, unless it is a stream.

use std::pin::pin;
use std::sync::Mutex;

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use reqwest::Url;

use super::error::Failure;
use super::limit::Limit;
use super::request::Making;
use super::response::{Body, Response};
use crate::media::{MediaType, choose, named};
use crate::operation::{Media, MediaKind, Operation};

/// What comes before a body.
pub(super) enum Head {
    /// Where it came, its body behind it.
    Whole(reqwest::Response),
    /// Apart from a body that is a stream.
    Apart(Box<(HeaderMap, Url)>),
}

impl Head {
    pub(super) fn headers(&self) -> &HeaderMap {
        match self {
            Self::Whole(response) => response.headers(),
            Self::Apart(apart) => &apart.0,
        }
    }

    pub(super) fn url(&self) -> &Url {
        match self {
            Self::Whole(response) => response.url(),
            Self::Apart(apart) => &apart.1,
        }
    }
}

impl Response {
    /// What came for a request, its body not yet read. It is large, and made where it stays.
    pub(super) fn boxed(
        request: &Making,
        operation: &'static Operation,
        outcome: reqwest::Response,
    ) -> Box<Self> {
        let status = outcome.status();
        let declared = operation.response(status.as_u16());
        Box::new(Self {
            contract: request.contract,
            declared,
            success: operation.is_success(status.as_u16()),
            media: declared.and_then(|declared| matching(&declared.content, outcome.headers())),
            status,
            limit: request.client.0.body_limit,
            item_limit: request.client.0.item_limit,
            body: Mutex::new(Body::Read(Bytes::new())),
            head: Head::Whole(outcome),
        })
    }

    /// Reads the body, as far as the client's limit goes, unless nobody will ask for it or it is a stream.
    pub(super) async fn load(&mut self, operation: &Operation, mut time: Limit) -> Result<(), Failure> {
        // These have no body, whatever the contract or Content-Length say (RFC 9110 section 6.4.1).
        if operation.method == "HEAD" || matches!(self.status.as_u16(), 204 | 205 | 304) {
            return Ok(());
        }
        if !self.is_whole() {
            self.set_apart();
        } else if let Head::Whole(response) = &mut self.head {
            self.body = Mutex::new(Body::Read(time.within(pin!(read(response, self.limit))).await??));
        }
        Ok(())
    }

    /// Whether the body is read as a whole: what is declared as text of some kind, and what is not declared at all.
    fn is_whole(&self) -> bool {
        let text = |media: &Media| {
            !matches!(
                media.kind,
                MediaKind::Binary | MediaKind::Events | MediaKind::JsonLines | MediaKind::JsonSeq
            )
        };
        match (self.declared.map(|declared| declared.content.as_slice()), self.media) {
            (None, _) => true,
            (Some([]), _) => false,
            (Some(_), Some(media)) => text(media),
            (Some([only]), None) => text(only),
            (Some(_), None) => true,
        }
    }

    /// Leaves the body to whoever takes it as a stream.
    fn set_apart(&mut self) {
        let Head::Whole(response) = &mut self.head else { return };
        let apart = (std::mem::take(response.headers_mut()), response.url().clone());
        if let Head::Whole(response) = std::mem::replace(&mut self.head, Head::Apart(Box::new(apart))) {
            self.body = Mutex::new(Body::Unread(Box::new(response)));
        }
    }
}

/// Reads a body of no more than so many bytes.
async fn read(response: &mut reqwest::Response, limit: usize) -> Result<Bytes, Failure> {
    let status = response.status();
    let too_large = || Failure::TooLarge { status, limit };
    let announced = announced(response.headers());
    if announced.is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    // Most bodies come in one piece, which need not be copied.
    let (mut only, mut all, mut length) = (Bytes::new(), BytesMut::new(), 0);
    while let Some(piece) = response.chunk().await? {
        if piece.len() > limit.saturating_sub(length) {
            return Err(too_large());
        }
        if length == 0 {
            only = piece;
            length = only.len();
        } else {
            if all.is_empty() {
                all.extend_from_slice(&only);
            }
            all.extend_from_slice(&piece);
            length = all.len();
        }
        if announced == Some(length) {
            break;
        }
    }
    Ok(if all.is_empty() { only } else { all.freeze() })
}

/// The length that `Content-Length` says.
fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The declared entry for what came; without a `Content-Type` the only one there is.
fn matching(content: &'static [Media], headers: &HeaderMap) -> Option<&'static Media> {
    match headers.get(CONTENT_TYPE) {
        Some(given) => named(content, given.as_bytes())
            .or_else(|| choose(content, &MediaType::parse(given.to_str().ok()?)?)),
        None => content.first().filter(|_| content.len() == 1),
    }
}
