//! Sending: the URL, the headers, the credentials, and the attempts.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use reqwest::Url;
use tokio::time::{Instant, sleep};

use super::body::{Body, content_type};
use super::credentials::Applied;
use super::error::{Failure, RequestError};
use super::limit::Limit;
use super::request::Making;
use super::response::Response;
use super::retry::{asked, passing, repeatable};
use super::{Client, base};
use crate::operation::Operation;
use crate::style::encode::percent;

/// All of a request but its body.
#[derive(Clone)]
struct Head {
    method: Method,
    url: Url,
    headers: HeaderMap,
}

pub(super) async fn send(mut request: Box<Making>) -> Result<Response, Failure> {
    if let Some(failure) = request.failure.take() {
        return Err(failure.into());
    }
    let Some(operation) = request.operation else {
        return Err(RequestError::Table("the operation is missing".to_owned()).into());
    };
    // A time too far away to be a time is as good as none.
    let deadline = request.timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    let mut limit = Limit::new(deadline);
    let client = request.client.clone();
    let contract = request.contract;
    let credentials = limit.within(client.0.credentials.apply(operation)).await??;
    let body = std::mem::replace(&mut request.body, Body::Empty);
    let head = head(request, operation, credentials, &body)?;
    let response = attempts(&client, head, body, &mut limit).await?;
    if let Some(notice) = &client.0.notice {
        notice.read(operation, response.headers());
    }
    Ok(Response::new(&client, contract, operation, response, limit))
}

fn head(
    mut request: Box<Making>,
    operation: &'static Operation,
    credentials: Applied,
    body: &Body,
) -> Result<Head, RequestError> {
    let method = Method::from_bytes(operation.method.as_bytes())
        .map_err(|_| RequestError::Table(format!("`{}` is no method", operation.method)))?;
    let url = url(&request, operation, &credentials)?;
    let mut headers = std::mem::take(&mut request.headers);
    set_content(&mut headers, body, request.content_type.as_deref())?;
    accept(&mut headers, operation, request.preferred.as_deref());
    let keys = credentials.cookies.iter().map(|(name, key)| format!("{name}={key}"));
    cookies(&mut headers, request.cookies.texts().map(Cow::Borrowed).chain(keys.map(Cow::Owned)))?;
    for (name, value) in credentials.headers {
        let name = HeaderName::try_from(name)
            .map_err(|_| RequestError::Table("a scheme has no header".to_owned()))?;
        headers.insert(name, value);
    }
    for (name, value) in &request.client.0.headers {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    Ok(Head { method, url, headers })
}

/// Where the request goes.
fn url(request: &Making, operation: &'static Operation, credentials: &Applied) -> Result<Url, RequestError> {
    let keys = credentials.query.iter().map(|(name, key)| format!("{}={}", percent(name), percent(key)));
    let pairs = request.query.texts().map(Cow::Borrowed).chain(keys.map(Cow::Owned));
    if let Some(url) = &request.target {
        return base::extended(url.clone(), &pairs.collect::<Vec<_>>().join("&"));
    }
    let client = &request.client.0;
    let nowhere = || RequestError::Url("the client has no base URL".to_owned());
    let base = client.base.as_ref().ok_or_else(nowhere)?;
    let own = operation.servers.first().filter(|_| client.own_servers);
    let own = own.map(|server| base.server(server)).transpose();
    let own = own.map_err(|error| RequestError::Url(error.to_string()))?;
    let mut draft = own.as_ref().unwrap_or(base).draft();
    draft.expand(&operation.path, |name| {
        request.path.get(name).ok_or_else(|| RequestError::parameter("path", name, "it has no value"))
    })?;
    pairs.for_each(|pair| draft.pairs(&pair));
    draft.url()
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

fn cookies<'p>(
    headers: &mut HeaderMap,
    pairs: impl Iterator<Item = Cow<'p, str>>,
) -> Result<(), RequestError> {
    let text = pairs.collect::<Vec<_>>().join("; ");
    if text.is_empty() {
        return Ok(());
    }
    let mut value = HeaderValue::try_from(text)
        .map_err(|_| RequestError::parameter("cookie", "Cookie", "it cannot be sent in a header"))?;
    value.set_sensitive(true);
    headers.insert(COOKIE, value);
    Ok(())
}

/// Sends, and sends again as long as the policy allows.
async fn attempts(
    client: &Client,
    mut head: Head,
    mut body: Body,
    limit: &mut Limit,
) -> Result<reqwest::Response, Failure> {
    let streamed = matches!(body, Body::Stream(..));
    let retry = client.0.retry.as_ref().filter(|_| !streamed && repeatable(&head.method, &head.headers));
    if let Some(retry) = &client.0.retry {
        retry.deposit();
    }
    let mut sent = 0;
    loop {
        let again = retry.is_some().then(|| head.clone());
        let mut request = reqwest::Request::new(head.method, head.url);
        *request.headers_mut() = head.headers;
        *request.body_mut() = take(&mut body);
        let outcome = limit.within(client.0.http.execute(request)).await?;
        sent += 1;
        let wait = match &outcome {
            Ok(response) if passing(response.status().as_u16()) => Some(asked(response.headers())),
            Err(error) if error.is_connect() || error.is_request() => Some(None),
            _ => None,
        };
        let wait = wait.and_then(|asked| retry.and_then(|retry| retry.wait(sent, asked)));
        match wait.filter(|wait| in_time(*wait, limit.deadline())).zip(again) {
            Some((wait, again)) => {
                sleep(wait).await;
                head = again;
            }
            None => return Ok(outcome?),
        }
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
