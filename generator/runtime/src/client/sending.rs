//! [`Sending`]: a call between request and outcome.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::error::{Error, Failure};
use super::response::Response;

/// What a response is read as.
pub trait FromResponse: Sized {
    /// Reads it. Nothing waits here: the body is there, or it is a stream.
    fn from_response(response: &Response) -> Result<Self, Failure>;
}

/// Where no failure is declared.
impl FromResponse for Infallible {
    fn from_response(response: &Response) -> Result<Self, Failure> {
        Err(response.undocumented())
    }
}

/// A call on its way: the future of what it gives. All calls share the state machine that is inside.
#[must_use = "a call is only made when it is awaited"]
pub struct Sending<T, E = Infallible> {
    response: Pin<Box<dyn Future<Output = Result<Box<Response>, Failure>> + Send>>,
    success: fn(&Response) -> Result<T, Failure>,
    failure: PhantomData<fn() -> E>,
}

impl<T, E> Sending<T, E> {
    pub(super) fn new(
        response: impl Future<Output = Result<Box<Response>, Failure>> + Send + 'static,
        success: fn(&Response) -> Result<T, Failure>,
    ) -> Self {
        Self { response: Box::pin(response), success, failure: PhantomData }
    }
}

impl<T, E: FromResponse> Future for Sending<T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let success = self.success;
        self.response.as_mut().poll(context).map(|response| {
            let response = response?;
            match response.is_success() {
                true => Ok(success(&response)?),
                false => Err(response.declared(E::from_response(&response)?)),
            }
        })
    }
}

impl<T, E> fmt::Debug for Sending<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}
