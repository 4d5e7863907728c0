//! How a call is handled: who calls is found out, the request is read, the trait is called, the response is written.
//!
//! Generated code gives the functions for it, none of which is `async`, and all that waits is here: `async` bodies and
//! the proof that they are `Send` are what rustc would spend most time on.

use std::pin::Pin;

use super::Response;
use super::auth::{AuthError, Credentials};
use super::call::Call;
use super::error::{ApiError, Invalid};

/// The future of what a handler answers.
pub type Answer<'c> = Pin<Box<dyn Future<Output = Result<Response, ApiError>> + Send + 'c>>;

/// What all ways to handle a call end with. No function, because that would be one more `async` body for each operation.
macro_rules! answer {
    ($call:ident, $api:ident, $read:expr, $serve:ident, $respond:ident) => {{
        if $call.operation.body.is_some() {
            $call.load().await;
        }
        let request = $read;
        $call.settle()?;
        let response = $serve($api, request?);
        $respond(response.await?, $call)
    }};
}

impl Call {
    /// Handles a call that anybody may make.
    pub fn handle<'c, A: Sync, Q, F, R>(
        &'c mut self,
        api: &'c A,
        read: fn(&mut Self) -> Result<Q, Invalid>,
        serve: fn(&'c A, Q) -> F,
        respond: fn(R, &Self) -> Result<Response, ApiError>,
    ) -> Answer<'c>
    where
        F: Future<Output = Result<R, ApiError>> + Send + 'c,
        Q: 'c,
        R: 'c,
    {
        Box::pin(async move { answer!(self, api, read(self), serve, respond) })
    }

    /// Handles a call of somebody whom `authenticate` of `guard` accepts.
    pub fn handle_as<'c, G: Sync, P, H, A: Sync, Q, F, R>(
        &'c mut self,
        (guard, authenticate): (&'c G, fn(&'c G, Credentials) -> H),
        api: &'c A,
        read: fn(&mut Self, P) -> Result<Q, Invalid>,
        serve: fn(&'c A, Q) -> F,
        respond: fn(R, &Self) -> Result<Response, ApiError>,
    ) -> Answer<'c>
    where
        H: Future<Output = Result<P, AuthError>> + Send + 'c,
        F: Future<Output = Result<R, ApiError>> + Send + 'c,
        P: Send + 'c,
        Q: 'c,
        R: 'c,
    {
        Box::pin(async move {
            let principal = self.authenticate(|given| authenticate(guard, given)).await?;
            answer!(self, api, read(self, principal), serve, respond)
        })
    }

    /// Like [`Call::handle_as`], where nobody may call, too.
    pub fn handle_perhaps_as<'c, G: Sync, P, H, A: Sync, Q, F, R>(
        &'c mut self,
        (guard, authenticate): (&'c G, fn(&'c G, Credentials) -> H),
        api: &'c A,
        read: fn(&mut Self, Option<P>) -> Result<Q, Invalid>,
        serve: fn(&'c A, Q) -> F,
        respond: fn(R, &Self) -> Result<Response, ApiError>,
    ) -> Answer<'c>
    where
        H: Future<Output = Result<P, AuthError>> + Send + 'c,
        F: Future<Output = Result<R, ApiError>> + Send + 'c,
        P: Send + 'c,
        Q: 'c,
        R: 'c,
    {
        Box::pin(async move {
            let principal = self.authenticate_optional(|given| authenticate(guard, given)).await?;
            answer!(self, api, read(self, principal), serve, respond)
        })
    }
}
