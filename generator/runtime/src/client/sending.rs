//! [`Sending`]: a call between request and outcome.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::error::{Error, Failure};
use super::response::Response;

/// A call on its way: the future of what it gives. All calls share the state machine that is inside.
#[must_use = "a call is only made when it is awaited"]
pub struct Sending<T, E = Infallible> {
    pub(super) response: Pin<Box<dyn Future<Output = Result<Response, Failure>> + Send>>,
    pub(super) receive: fn(Response) -> Result<T, Error<E>>,
}

impl<T, E> Future for Sending<T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let receive = self.receive;
        self.response.as_mut().poll(context).map(|response| receive(response?))
    }
}

impl<T, E> fmt::Debug for Sending<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}
