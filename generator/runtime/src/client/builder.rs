//! [`ClientBuilder`]: how a client is set up.

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::base::Base;
use super::credentials::{Credential, CredentialProvider, Credentials};
use super::destination::Destinations;
use super::error::ConfigError;
use super::notice::Notice;
use super::retry::{Retry, RetryPolicy};
use super::{Client, Inner};
use crate::fields::Lifecycle;
use crate::stream::DEFAULT_ITEM_LIMIT;

/// Sets up a client, a generated one or the plain [`Client`]; mistakes are told by [`ClientBuilder::build`].
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C = Client> {
    client: PhantomData<fn(Client) -> C>,
    base: Result<Option<Base>, ConfigError>,
    http: Option<reqwest::Client>,
    timeout: Option<Duration>,
    connect_timeout: Duration,
    headers: Vec<(String, String)>,
    body_limit: usize,
    item_limit: usize,
    credentials: Credentials,
    retry: Option<RetryPolicy>,
    own_servers: bool,
    destinations: Destinations,
    notice: Option<Notice>,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// A client of the service at `base_url`, whose path is kept: operations are appended to it.
    pub fn new(base_url: &str) -> Self {
        Self::of(Base::new(base_url).map(Some)).destinations(Destinations::any())
    }

    /// A client without a base URL: each of its requests is given the whole URL ([`Client::request_to`]), which has to be
    /// a public one unless [`ClientBuilder::destinations`] say otherwise.
    pub fn without_base() -> Self {
        Self::of(Ok(None))
    }

    fn of(base: Result<Option<Base>, ConfigError>) -> Self {
        Self {
            client: PhantomData,
            base,
            http: None,
            timeout: Some(Duration::from_secs(30)),
            connect_timeout: Duration::from_secs(10),
            headers: Vec::new(),
            body_limit: 16 * 1024 * 1024,
            item_limit: DEFAULT_ITEM_LIMIT,
            credentials: Credentials::default(),
            retry: None,
            own_servers: true,
            destinations: Destinations::public(),
            notice: None,
        }
    }

    /// Where webhooks and callbacks may be sent to, whose URLs came from outside: to public addresses unless set.
    pub fn destinations(mut self, destinations: Destinations) -> Self {
        self.destinations = destinations;
        self
    }

    /// Sends requests through `client`, which brings its own TLS, proxies, connection timeout and redirects.
    ///
    /// Without one, redirects are not followed: a 3xx is a response like any other, and following one would carry API
    /// keys to wherever it points.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// How long a call may take, retries and the reading of the body included; a streamed body is not counted.
    /// 30 seconds unless set; `None` waits forever.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// How long connecting may take; 10 seconds unless set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The `User-Agent` header.
    pub fn user_agent(self, value: impl Into<String>) -> Self {
        self.header(USER_AGENT.as_str(), value)
    }

    /// A header of every request; an operation's own parameter of that name wins.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// How large a response may be; 16 MiB unless set. Streamed bodies have no limit as a whole.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// How large an item of a streamed body may be; 1 MiB unless set.
    pub fn max_item(mut self, bytes: usize) -> Self {
        self.item_limit = bytes;
        self
    }

    /// The token for all schemes that take one: `http` `bearer`, `oauth2`, `openIdConnect`.
    pub fn bearer(mut self, token: impl Into<String>) -> Self {
        self.credentials.bearer = Some(Credential::Bearer(token.into()));
        self
    }

    /// Name and password for all schemes `http` `basic`.
    pub fn basic(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials.basic = Some(Credential::Basic { user: user.into(), password: password.into() });
        self
    }

    /// The key for the `apiKey` scheme of that name.
    pub fn api_key(self, scheme: impl Into<String>, key: impl Into<String>) -> Self {
        self.credential(scheme, Credential::ApiKey(key.into()))
    }

    /// The credential for the scheme of that name; it goes before all others.
    pub fn credential(mut self, scheme: impl Into<String>, credential: Credential) -> Self {
        self.credentials.named.insert(scheme.into(), credential);
        self
    }

    /// Asks `provider` for the credentials of schemes that have none by name.
    pub fn credentials(mut self, provider: impl CredentialProvider) -> Self {
        self.credentials.provider = Some(Box::new(provider));
        self
    }

    /// Repeats what failed where that is safe; off unless set.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Is told of each response that says its operation is deprecated or will be gone (`Deprecation`, RFC 9745; `Sunset`,
    /// RFC 8594): the `operationId`, and since when.
    pub fn on_deprecation(mut self, listener: impl Fn(&str, &Lifecycle) + Send + Sync + 'static) -> Self {
        self.notice = Some(Notice::new(listener));
        self
    }

    /// Sends everything to the base URL, also operations for which the contract names a server of their own.
    pub fn ignore_operation_servers(mut self) -> Self {
        self.own_servers = false;
        self
    }

    /// The client.
    pub fn build(self) -> Result<C, ConfigError> {
        let base = self.base?;
        let mut headers = HeaderMap::new();
        for (name, value) in self.headers {
            let header = HeaderName::try_from(&name).ok().zip(HeaderValue::try_from(value).ok());
            let Some((key, value)) = header else { return Err(ConfigError::Header(name)) };
            headers.insert(key, value);
        }
        let http = match self.http {
            Some(http) => http,
            None => self
                .destinations
                .guard(reqwest::Client::builder())
                .redirect(reqwest::redirect::Policy::none())
                .connect_timeout(self.connect_timeout)
                .build()
                .map_err(ConfigError::Http)?,
        };
        Ok(C::from(Client(Arc::new(Inner {
            base,
            http,
            timeout: self.timeout,
            headers,
            body_limit: self.body_limit,
            item_limit: self.item_limit,
            credentials: self.credentials,
            retry: self.retry.map(Retry::new),
            own_servers: self.own_servers,
            destinations: self.destinations,
            notice: self.notice,
        }))))
    }
}
