//! [`Exchange`]: a call and its answer, as runtime expressions see them.

use std::borrow::Cow;

use super::expression::{Expression, Source};
use super::{CallbackError, Lack};
use crate::decode::{Encode, encode};
use crate::json::Json;
use crate::style::decode_form;

/// A call of an operation, and what it was answered. What was not set is missing.
///
/// With the feature `server` it is made of a handler's `Context`, which knows all of the request but its body and the
/// scheme and host of its URL.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    method: Option<String>,
    url: Option<String>,
    query: String,
    path: Vec<(String, String)>,
    request: Side,
    status: Option<u16>,
    response: Side,
}

/// Headers and body of one direction.
#[derive(Clone, Debug, Default)]
struct Side {
    headers: Vec<(String, String)>,
    body: Option<Json>,
}

impl Exchange {
    /// A call of which nothing is known yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// `$method`.
    #[must_use]
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.method = Some(method.into());
        self
    }

    /// `$url`, and the query string that is part of it.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        let url = url.into();
        let text = url.split('#').next().unwrap_or_default();
        self.query = text.split_once('?').map_or("", |(_, query)| query).to_owned();
        self.url = Some(url);
        self
    }

    /// The query string, without `?`.
    #[must_use]
    pub fn query(mut self, query: impl Into<String>) -> Self {
        self.query = query.into();
        self
    }

    /// The value of a path parameter, decoded.
    #[must_use]
    pub fn path(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.path.push((name.into(), value.into()));
        self
    }

    /// A header of the request; several of one name are lines of it.
    #[must_use]
    pub fn request_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.request.headers.push((name.into(), value.into()));
        self
    }

    /// The body of the request.
    ///
    /// # Errors
    /// If it cannot be written as JSON.
    pub fn request_body<T: Encode + ?Sized>(mut self, body: &T) -> Result<Self, CallbackError> {
        self.request.body = Some(json(body)?);
        Ok(self)
    }

    /// `$statusCode`.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// A header of the response.
    #[must_use]
    pub fn response_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.response.headers.push((name.into(), value.into()));
        self
    }

    /// The body of the response.
    ///
    /// # Errors
    /// If it cannot be written as JSON.
    pub fn response_body<T: Encode + ?Sized>(mut self, body: &T) -> Result<Self, CallbackError> {
        self.response.body = Some(json(body)?);
        Ok(self)
    }

    /// The value of an expression as text.
    pub(super) fn text(&self, expression: &Expression<'_>) -> Result<String, Lack> {
        match expression {
            Expression::Url => self.url.clone().ok_or(Lack::Missing),
            Expression::Method => self.method.clone().ok_or(Lack::Missing),
            Expression::StatusCode => self.status.map(|status| status.to_string()).ok_or(Lack::Missing),
            Expression::Request(source) => self.of(&self.request, source),
            Expression::Response(source) => self.of(&self.response, source),
        }
    }

    fn of(&self, side: &Side, source: &Source<'_>) -> Result<String, Lack> {
        match source {
            Source::Body(tokens) => side.value(tokens),
            Source::Header(name) => side.header(name).ok_or(Lack::Missing),
            Source::Query(name) => self.query_value(name).ok_or(Lack::Missing),
            Source::Path(name) => {
                let value = self.path.iter().find(|(known, _)| known == name);
                value.map(|(_, value)| value.clone()).ok_or(Lack::Missing)
            }
        }
    }

    /// The first value of that name.
    fn query_value(&self, name: &str) -> Option<String> {
        let mut pairs = self.query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        let (_, value) = pairs.find(|(known, _)| decode_form(known).is_ok_and(|known| known == name))?;
        decode_form(value).ok().map(Cow::into_owned)
    }
}

impl Side {
    /// The lines of a header as one (RFC 9110, section 5.3).
    fn header(&self, name: &str) -> Option<String> {
        let lines = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let lines: Vec<&str> = lines.map(|(_, value)| value.as_str()).collect();
        (!lines.is_empty()).then(|| lines.join(", "))
    }

    fn value(&self, tokens: &[String]) -> Result<String, Lack> {
        let mut value = self.body.as_ref().ok_or(Lack::Missing)?;
        for token in tokens {
            value = match value {
                Json::Object(members) => members.get(token),
                Json::Array(items) => index(token).and_then(|index| items.get(index)),
                _ => None,
            }
            .ok_or(Lack::Missing)?;
        }
        match value {
            Json::String(text) => Ok(text.clone()),
            Json::Number(_) | Json::Bool(_) => Ok(value.to_string()),
            Json::Null | Json::Array(_) | Json::Object(_) => Err(Lack::NoText),
        }
    }
}

/// An index of an array as RFC 6901 writes it: no sign, no leading zero.
fn index(token: &str) -> Option<usize> {
    let plain = token == "0" || !token.starts_with('0');
    (plain && token.bytes().all(|byte| byte.is_ascii_digit())).then(|| token.parse().ok()).flatten()
}

fn json<T: Encode + ?Sized>(body: &T) -> Result<Json, CallbackError> {
    let bytes = encode(body).map_err(|error| CallbackError::Body(error.to_string()))?;
    Json::parse(&bytes).map_err(|error| CallbackError::Body(error.to_string()))
}
