//! Sending: the URL, the headers, the credentials, and the attempts.

use std::borrow::Cow;
use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use reqwest::Url;
use tokio::time::{Instant, sleep};

use super::base;
use super::body::{Body, content_type};
use super::credentials::Applied;
use super::error::{Failure, RequestError};
use super::limit::Limit;
use super::request::{Making, Texts};
use super::response::Response;
use super::retry::{self, passing, repeatable};
use crate::operation::Operation;
use crate::style::encode::percent;

/// Sends a request, again as long as the policy allows, and reads what comes back. What need not wait is done in
/// functions of their own, which write in place: to move large values costs more than to make them.
pub(super) async fn send(mut request: Box<Making>) -> Result<Box<Response>, Failure> {
    let operation = request.operation()?;
    let client = request.client.clone();
    // A time too far away to be a time is as good as none.
    let deadline = request.timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    let mut limit = Limit::new(deadline);
    if operation.is_guarded() {
        let applied = limit.within(pin!(client.0.credentials.apply(operation))).await??;
        request.authorize(applied)?;
    }
    request.complete(operation)?;
    if let Some(retry) = &client.0.retry {
        retry.deposit();
    }
    let retry = client.0.retry.as_ref().filter(|_| request.is_repeatable(operation));
    let mut sent = 0;
    let outcome = loop {
        let outgoing = request.outgoing(operation, retry.is_some())?;
        let outcome = limit.within(pin!(client.0.http.execute(outgoing))).await?;
        sent += 1;
        let wait = retry.and_then(|retry| retry.wait(sent, asked(&outcome)?));
        match wait.filter(|wait| in_time(*wait, limit.deadline())) {
            Some(wait) => sleep(wait).await,
            None => break outcome?,
        }
    };
    if let Some(notice) = &client.0.notice {
        notice.read(operation, outcome.headers());
    }
    let mut response = Response::boxed(&request, operation, outcome);
    response.load(operation, limit).await?;
    Ok(response)
}

impl Making {
    /// The operation, unless something is wrong with the request already.
    fn operation(&mut self) -> Result<&'static Operation, RequestError> {
        match (self.failure.take(), self.operation) {
            (Some(failure), _) => Err(*failure),
            (None, None) => Err(RequestError::Table("the operation is missing".to_owned())),
            (None, Some(operation)) => Ok(operation),
        }
    }

    /// Puts the credentials where they belong.
    fn authorize(&mut self, applied: Applied) -> Result<(), RequestError> {
        for (name, key) in applied.query {
            self.query.push(name, format!("{}={}", percent(name), percent(&key)));
        }
        for (name, key) in applied.cookies {
            self.cookies.push(name, format!("{name}={key}"));
        }
        for (name, value) in applied.headers {
            let name = HeaderName::try_from(name)
                .map_err(|_| RequestError::Table("a scheme has no header".to_owned()))?;
            self.headers.insert(name, value);
        }
        Ok(())
    }

    /// Puts the URL and all headers in place.
    fn complete(&mut self, operation: &'static Operation) -> Result<(), RequestError> {
        self.target = Some(self.url(operation)?);
        set_content(&mut self.headers, &self.body, self.content_type.as_deref())?;
        accept(&mut self.headers, operation, self.preferred.as_deref());
        cookies(&mut self.headers, &self.cookies)?;
        for (name, value) in &self.client.0.headers {
            self.headers.entry(name).or_insert_with(|| value.clone());
        }
        Ok(())
    }

    /// Where the request goes.
    fn url(&mut self, operation: &'static Operation) -> Result<Url, RequestError> {
        if let Some(url) = self.target.take() {
            return base::extended(url, &self.query.texts().collect::<Vec<_>>().join("&"));
        }
        let client = &self.client.0;
        let nowhere = || RequestError::Url("the client has no base URL".to_owned());
        let base = client.base.as_ref().ok_or_else(nowhere)?;
        let own = operation.servers.first().filter(|_| client.own_servers);
        let own = own.map(|server| base.server(server)).transpose();
        let own = own.map_err(|error| RequestError::Url(error.to_string()))?;
        let mut draft = own.as_ref().unwrap_or(base).draft();
        draft.expand(operation, |name| {
            self.path.get(name).ok_or_else(|| RequestError::parameter("path", name, "it has no value"))
        })?;
        self.query.texts().for_each(|pair| draft.pairs(pair));
        draft.url()
    }

    /// Whether it may be sent twice. A stream is gone once it was sent.
    fn is_repeatable(&self, operation: &Operation) -> bool {
        !matches!(self.body, Body::Stream(..)) && repeatable(&operation.method, &self.headers)
    }

    /// The request for one attempt; `again` keeps what another one needs.
    fn outgoing(&mut self, operation: &Operation, again: bool) -> Result<reqwest::Request, RequestError> {
        let method = Method::from_bytes(operation.method.as_bytes())
            .map_err(|_| RequestError::Table(format!("`{}` is no method", operation.method)))?;
        let url = if again { self.target.clone() } else { self.target.take() };
        let url = url.ok_or_else(|| RequestError::Url("the URL is missing".to_owned()))?;
        let mut request = reqwest::Request::new(method, url);
        *request.headers_mut() = if again { self.headers.clone() } else { std::mem::take(&mut self.headers) };
        *request.body_mut() = take(&mut self.body);
        Ok(request)
    }
}

fn set_content(headers: &mut HeaderMap, body: &Body, said: Option<&str>) -> Result<(), RequestError> {
    let name = match body {
        Body::Empty => {
            headers.remove(CONTENT_LENGTH);
            return Ok(());
        }
        Body::Bytes(bytes, name) => {
            // A length that a contract declares as a header is that of the body, whatever the caller says.
            if headers.contains_key(CONTENT_LENGTH) {
                headers.insert(CONTENT_LENGTH, bytes.len().into());
            }
            content_type(name.clone(), said)
        }
        Body::Stream(stream, name) => {
            if let Some(length) = stream.length() {
                headers.insert(CONTENT_LENGTH, length.into());
            }
            content_type(name.clone(), said.or(stream.content_type()))
        }
    };
    let bytes = match name {
        Cow::Borrowed(name) => Bytes::from_static(name.as_bytes()),
        Cow::Owned(name) => Bytes::from(name),
    };
    let value = HeaderValue::from_maybe_shared(bytes)
        .map_err(|_| RequestError::Body("its media type cannot be sent in a header".to_owned()))?;
    headers.insert(CONTENT_TYPE, value);
    Ok(())
}

/// Every media type that any response declares, the one that is preferred first.
fn accept(headers: &mut HeaderMap, operation: &'static Operation, preferred: Option<&str>) {
    if let Some(preferred) = preferred {
        let others = operation.accepted.split(", ").filter(|name| !name.is_empty() && *name != preferred);
        let others = others.map(|name| format!(", {name};q=0.5")).collect::<String>();
        if let Ok(value) = HeaderValue::try_from(format!("{preferred}{others}")) {
            headers.insert(ACCEPT, value);
            return;
        }
    }
    let names = operation.accepted.as_bytes();
    if let Ok(value) = HeaderValue::from_maybe_shared(Bytes::from_static(names))
        && !names.is_empty()
    {
        headers.insert(ACCEPT, value);
    }
}

fn cookies(headers: &mut HeaderMap, pairs: &Texts) -> Result<(), RequestError> {
    if pairs.texts().next().is_none() {
        return Ok(());
    }
    let mut value = HeaderValue::try_from(pairs.texts().collect::<Vec<_>>().join("; "))
        .map_err(|_| RequestError::parameter("cookie", "Cookie", "it cannot be sent in a header"))?;
    value.set_sensitive(true);
    headers.insert(COOKIE, value);
    Ok(())
}

/// How long to wait before another attempt, if the server says so; `None` where another one would do no better.
fn asked(outcome: &Result<reqwest::Response, reqwest::Error>) -> Option<Option<Duration>> {
    match outcome {
        Ok(response) if passing(response.status().as_u16()) => Some(retry::asked(response.headers())),
        Err(error) if error.is_connect() || error.is_request() => Some(None),
        _ => None,
    }
}

fn in_time(wait: Duration, deadline: Option<Instant>) -> bool {
    deadline.is_none_or(|deadline| Instant::now().checked_add(wait).is_some_and(|then| then < deadline))
}

/// The body for one attempt; a stream can be taken once.
fn take(body: &mut Body) -> Option<reqwest::Body> {
    if let Body::Bytes(bytes, _) = body {
        return Some(bytes.clone().into());
    }
    match std::mem::replace(body, Body::Empty) {
        Body::Stream(stream, _) => Some(reqwest::Body::wrap_stream(stream)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ByteStream;

    #[test]
    fn the_length_is_that_of_the_body() {
        let json = || Cow::Borrowed("application/json");
        for (body, length) in [
            (Body::Empty, None),
            (Body::Bytes(Bytes::from_static(b"[1]"), json()), Some("3")),
            (Body::Stream(ByteStream::from(vec![1, 2]), json()), Some("2")),
        ] {
            let mut headers = HeaderMap::from_iter([(CONTENT_LENGTH, HeaderValue::from_static("7"))]);
            set_content(&mut headers, &body, None).unwrap();
            assert_eq!(headers.get(CONTENT_LENGTH).map(|value| value.to_str().unwrap()), length, "{body:?}");
        }
    }
}
