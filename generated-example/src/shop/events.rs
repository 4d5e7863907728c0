//! The stream of order events.

use std::collections::VecDeque;

use counterpart_runtime::stream::{BoxError, EventStream};
use futures_util::stream;
use tokio::sync::watch;

use super::convert;
use crate::orders::types;
use crate::store::{Event, Store, Viewer};

/// Where a reader is.
pub struct Follower {
    store: Store,
    viewer: Viewer,
    order_id: Option<String>,
    last: i64,
    read: VecDeque<Event>,
    newest: watch::Receiver<i64>,
    closing: watch::Receiver<bool>,
}

/// Events after the one with the id `last`, or from now on, until the shop closes.
pub fn follow(
    store: &Store,
    viewer: Viewer,
    order_id: Option<String>,
    last: Option<i64>,
    closing: watch::Receiver<bool>,
) -> EventStream<types::OrderEventMessage> {
    let follower = Follower::new(store, viewer, order_id, last, closing);
    EventStream::new(stream::try_unfold(follower, async |mut follower| {
        let event = follower.next().await?;
        let message = event.map(convert::event_message).transpose()?;
        Ok::<_, BoxError>(message.map(|message| (message, follower)))
    }))
}

impl Follower {
    /// Begins after the event with the id `last`, or now.
    pub fn new(
        store: &Store,
        viewer: Viewer,
        order_id: Option<String>,
        last: Option<i64>,
        closing: watch::Receiver<bool>,
    ) -> Self {
        let newest = store.newest_event();
        let last = last.unwrap_or(*newest.borrow());
        Self { store: store.clone(), viewer, order_id, last, read: VecDeque::new(), newest, closing }
    }

    /// The next event, once there is one; nothing when the shop closes.
    pub async fn next(&mut self) -> Result<Option<Event>, BoxError> {
        loop {
            if let Some(event) = self.read.pop_front() {
                self.last = event.id;
                return Ok(Some(event));
            }
            self.read = self.store.events_after(self.viewer, self.order_id.clone(), self.last).await?.into();
            if !self.read.is_empty() {
                continue;
            }
            tokio::select! {
                newer = self.newest.changed() => newer?,
                _ = self.closing.wait_for(|closing| *closing) => return Ok(None),
            }
        }
    }
}
