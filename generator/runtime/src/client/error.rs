//! What can go wrong between calling an operation and having its answer.

use std::convert::Infallible;
use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use reqwest::Url;

use crate::decode::Rejection;
use crate::media::MediaType;
use crate::problem::{PROBLEM_JSON, Problem};
use crate::stream::BoxError;

/// Why a client could not be set up.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConfigError {
    /// The URL of the server cannot be used.
    Url {
        /// The URL as given.
        url: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A default header is no header.
    Header(String),
    /// The HTTP client could not be built.
    Http(reqwest::Error),
}

impl ConfigError {
    pub(super) fn url(url: &str, problem: impl Into<String>) -> Self {
        Self::Url { url: url.to_owned(), problem: problem.into() }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url { url, problem } => write!(f, "`{url}` is not the URL of a server: {problem}"),
            Self::Header(name) => write!(f, "`{name}` is no header, or its value cannot be sent"),
            Self::Http(error) => write!(f, "the HTTP client could not be built: {error}"),
        }
    }
}

impl std::error::Error for ConfigError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Http(error) => Some(error),
            Self::Url { .. } | Self::Header(_) => None,
        }
    }
}

/// Why a request was not sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum RequestError {
    /// A parameter's value cannot be written.
    Parameter {
        /// `path`, `query`, `header` or `cookie`.
        location: &'static str,
        /// Its name.
        name: String,
        /// What is wrong with the value.
        problem: String,
    },
    /// The body cannot be written.
    Body(String),
    /// None of the alternatives of the operation's security requirements has all its credentials.
    MissingCredentials {
        /// The operation.
        operation: String,
        /// The names of the schemes, one alternative after the other.
        alternatives: Vec<Vec<String>>,
    },
    /// A scheme was given a credential of another kind, or one that no header can hold.
    UnfitCredential(String),
    /// The provider of credentials failed.
    Credentials(BoxError),
    /// The URL cannot be put together.
    Url(String),
    /// [`Destinations`](super::Destinations) do not let the URL pass.
    Destination(&'static str),
    /// The table of operations that the client was generated with is broken.
    Table(String),
}

impl RequestError {
    pub(super) fn parameter(location: &'static str, name: &str, problem: impl Into<String>) -> Self {
        Self::Parameter { location, name: name.to_owned(), problem: problem.into() }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameter { location, name, problem } => {
                write!(f, "the {location} parameter `{name}` cannot be sent: {problem}")
            }
            Self::Body(problem) => write!(f, "the body cannot be sent: {problem}"),
            Self::MissingCredentials { operation, alternatives } => {
                let all: Vec<String> = alternatives.iter().map(|schemes| schemes.join(" and ")).collect();
                write!(f, "`{operation}` needs credentials for {}", all.join(", or for "))
            }
            Self::UnfitCredential(scheme) => write!(f, "the credential given for `{scheme}` does not fit it"),
            Self::Credentials(error) => write!(f, "no credentials: {error}"),
            Self::Url(problem) => write!(f, "the URL of the request cannot be put together: {problem}"),
            Self::Destination(problem) => write!(f, "the URL of the request may not be sent to: {problem}"),
            Self::Table(problem) => write!(f, "the table of operations is broken: {problem}"),
        }
    }
}

impl std::error::Error for RequestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Credentials(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}

/// What can go wrong with any operation; it becomes part of every [`Error`].
#[derive(Debug)]
#[expect(missing_docs, reason = "Error says it")]
#[non_exhaustive]
pub enum Failure {
    Request(RequestError),
    Transport(reqwest::Error),
    Timeout,
    TooLarge { status: StatusCode, limit: usize },
    Decode(Box<Undecodable>),
    Undocumented(Box<Undocumented>),
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<reqwest::Error> for Failure {
    /// The URL is left out: its query may hold a secret.
    fn from(error: reqwest::Error) -> Self {
        Self::Transport(error.without_url())
    }
}

/// The error of an operation; `E` has the responses that the contract declares for failures.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = Infallible> {
    /// The request was not sent.
    Request(RequestError),
    /// The request could not be sent, or the response not be received.
    Transport(reqwest::Error),
    /// The response took longer than the client waits.
    Timeout,
    /// The response is larger than the client reads.
    TooLarge {
        /// Its status.
        status: StatusCode,
        /// How many bytes would have been read.
        limit: usize,
    },
    /// A response that the contract declares does not follow it.
    Decode(Box<Undecodable>),
    /// The service says that it failed, in a way that the contract declares.
    Declared(Box<Declared<E>>),
    /// A status that the contract does not declare.
    Undocumented(Box<Undocumented>),
}

/// A declared failure with what came along.
#[derive(Clone, Debug)]
pub struct Declared<E> {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as received; empty where it was a stream.
    pub body: Bytes,
    /// Where the response came from.
    pub url: Url,
    /// What the contract makes of it.
    pub error: E,
}

/// A response of a status that the contract does not declare.
#[derive(Clone, Debug)]
pub struct Undocumented {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as much of it as the client reads.
    pub body: Bytes,
    /// Where the response came from.
    pub url: Url,
}

/// A response that is not what the contract says.
#[derive(Clone, Debug)]
pub struct Undecodable {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// Where the response came from.
    pub url: Url,
    /// Everything that is wrong with it.
    pub rejection: Rejection,
}

impl<E> From<Failure> for Error<E> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Request(error) => Self::Request(error),
            Failure::Transport(error) => Self::Transport(error),
            Failure::Timeout => Self::Timeout,
            Failure::TooLarge { status, limit } => Self::TooLarge { status, limit },
            Failure::Decode(response) => Self::Decode(response),
            Failure::Undocumented(response) => Self::Undocumented(response),
        }
    }
}

impl<E> Error<E> {
    /// The status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Request(_) | Self::Transport(_) | Self::Timeout => None,
            Self::TooLarge { status, .. } => Some(*status),
            Self::Decode(response) => Some(response.status),
            Self::Declared(response) => Some(response.status),
            Self::Undocumented(response) => Some(response.status),
        }
    }

    /// The headers of the response, if there was one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response().map(|(_, headers, _, _)| headers)
    }

    /// The failure that the contract declares, if it is one.
    pub fn declared(&self) -> Option<&E> {
        match self {
            Self::Declared(response) => Some(&response.error),
            _ => None,
        }
    }

    /// The same, by value; otherwise the error as it is.
    pub fn into_declared(self) -> Result<E, Self> {
        match self {
            Self::Declared(response) => Ok(response.error),
            other => Err(other),
        }
    }

    /// Whether the time was up: the client's, or that of the connection.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Timeout => true,
            Self::Transport(error) => error.is_timeout(),
            _ => false,
        }
    }

    /// The problem details of the response (RFC 9457), whatever the contract says about it. The status is the
    /// response's; `type` and `instance` are resolved against the URL of the response.
    pub fn problem(&self) -> Option<Problem> {
        let (status, headers, body, url) = self.response()?;
        let media = MediaType::parse(headers.get(CONTENT_TYPE)?.to_str().ok()?)?;
        let named = MediaType::parse(PROBLEM_JSON).is_some_and(|problem| problem.covers(&media) > 0);
        if !named && !media.is_json() {
            return None;
        }
        let mut problem = Problem::parse(body).filter(|problem| named || problem.code.is_some())?;
        problem.status = Some(status.as_u16());
        if let Ok(kind) = url.join(&problem.kind) {
            problem.kind = kind.into();
        }
        problem.instance = problem.instance.map(|text| url.join(&text).map(String::from).unwrap_or(text));
        Some(problem)
    }

    /// Turns the declared failure into another.
    pub fn map<F>(self, map: impl FnOnce(E) -> F) -> Error<F> {
        match self {
            Self::Request(error) => Error::Request(error),
            Self::Transport(error) => Error::Transport(error),
            Self::Timeout => Error::Timeout,
            Self::TooLarge { status, limit } => Error::TooLarge { status, limit },
            Self::Decode(response) => Error::Decode(response),
            Self::Undocumented(response) => Error::Undocumented(response),
            Self::Declared(response) => {
                let Declared { status, headers, body, url, error } = *response;
                Error::Declared(Box::new(Declared { status, headers, body, url, error: map(error) }))
            }
        }
    }

    fn response(&self) -> Option<(StatusCode, &HeaderMap, &Bytes, &Url)> {
        match self {
            Self::Decode(it) => Some((it.status, &it.headers, &it.body, &it.url)),
            Self::Declared(it) => Some((it.status, &it.headers, &it.body, &it.url)),
            Self::Undocumented(it) => Some((it.status, &it.headers, &it.body, &it.url)),
            Self::Request(_) | Self::Transport(_) | Self::Timeout | Self::TooLarge { .. } => None,
        }
    }
}

impl<E: fmt::Debug> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Timeout => f.write_str("the response took too long"),
            Self::TooLarge { status, limit } => {
                write!(f, "the response ({status}) is larger than the {limit} bytes allowed")
            }
            Self::Decode(response) => {
                write!(
                    f,
                    "the response ({}) does not follow the contract: {}",
                    response.status, response.rejection
                )
            }
            Self::Declared(response) => {
                write!(f, "the service answers {}: {:?}", response.status, response.error)
            }
            Self::Undocumented(response) => {
                write!(f, "the service answers {}, which the contract does not declare", response.status)
            }
        }
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Request(error) => Some(error),
            Self::Transport(error) => Some(error),
            Self::Decode(response) => Some(&response.rejection),
            Self::Timeout | Self::TooLarge { .. } | Self::Declared(_) | Self::Undocumented(_) => None,
        }
    }
}
