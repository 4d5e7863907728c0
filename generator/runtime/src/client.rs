//! What generated clients stand on: requests written by the contract, responses judged by it.
//!
//! A generated client has one [`Client`] inside and calls, for each operation, [`Client::request`], the methods of
//! [`Request`] for parameters and body, and those of [`Response`] for what came back. All rules come from the table of
//! operations.
//!
//! The feature `client` alone speaks plain HTTP; `https` comes with the feature `rustls`, or with any feature of reqwest
//! that brings it.

mod base;
mod body;
mod builder;
mod credentials;
mod destination;
mod error;
mod limit;
mod load;
mod notice;
mod request;
mod response;
mod retry;
mod send;
mod sending;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;

pub use self::builder::ClientBuilder;
pub use self::credentials::{Credential, CredentialFuture, CredentialProvider};
pub use self::destination::Destinations;
pub use self::error::{ConfigError, Declared, Error, Failure, RequestError, Undecodable, Undocumented};
pub use self::request::Request;
pub use self::response::Response;
pub use self::retry::RetryPolicy;
pub use self::sending::{FromResponse, Sending};
pub use http::StatusCode;
pub use reqwest;

use self::base::Base;
use self::credentials::Credentials;
use self::notice::Notice;
use self::retry::Retry;
use crate::schema::Contract;

/// A client of one service. Clones share their connections.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    /// Where operations of paths are sent to; webhooks and callbacks bring their URLs.
    base: Option<Base>,
    http: reqwest::Client,
    timeout: Option<Duration>,
    headers: HeaderMap,
    body_limit: usize,
    item_limit: usize,
    credentials: Credentials,
    retry: Option<Retry>,
    own_servers: bool,
    /// Where requests may go that bring their URLs.
    destinations: Destinations,
    /// Who is told of operations that go away.
    notice: Option<Notice>,
}

impl Client {
    /// A client of the service at `base_url`, without credentials.
    pub fn new(base_url: &str) -> Result<Self, ConfigError> {
        ClientBuilder::new(base_url).build()
    }

    /// Sets up a client of the service at `base_url`.
    pub fn builder(base_url: &str) -> ClientBuilder {
        ClientBuilder::new(base_url)
    }

    /// Begins a request of the operation of that name in the contract's table.
    pub fn request(&self, contract: &'static Contract, operation: &str) -> Request {
        Request::new(self.clone(), contract, operation)
    }

    /// Begins a request of such an operation that goes to `url`, whatever the contract says of paths and servers: that
    /// of a webhook or a callback. The path and the query of `url` are kept. It is refused unless
    /// [`ClientBuilder::destinations`] let it pass.
    pub fn request_to(&self, contract: &'static Contract, operation: &str, url: &str) -> Request {
        Request::new(self.clone(), contract, operation).to(url)
    }
}

/// Shows where the client sends to, and no credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base", &self.0.base).finish_non_exhaustive()
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
