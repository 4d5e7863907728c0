//! How long a call may take.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use tokio::time::{Instant, Sleep, sleep_until};

use super::error::Failure;

/// The end of a call's time. One timer serves all steps of the call: to set one wakes the runtime's driver.
#[derive(Debug, Default)]
pub(super) struct Limit(Option<Pin<Box<Sleep>>>);

impl Limit {
    /// No end for `None`.
    pub(super) fn new(deadline: Option<Instant>) -> Self {
        Self(deadline.map(|deadline| Box::pin(sleep_until(deadline))))
    }

    /// When the time is over.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.0.as_ref().map(|sleep| sleep.deadline())
    }

    /// Waits for `future`, but no longer than there is time. It is pinned by the caller: an argument that is pinned here
    /// would have room, and be written, twice.
    pub(super) fn within<T>(
        &mut self,
        mut future: Pin<&mut impl Future<Output = T>>,
    ) -> impl Future<Output = Result<T, Failure>> {
        poll_fn(move |context| {
            if let Poll::Ready(value) = future.as_mut().poll(context) {
                return Poll::Ready(Ok(value));
            }
            match &mut self.0 {
                Some(sleep) => sleep.as_mut().poll(context).map(|()| Err(Failure::Timeout)),
                None => Poll::Pending,
            }
        })
    }
}
