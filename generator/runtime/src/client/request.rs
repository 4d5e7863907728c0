//! [`Request`]: parameters and body of one call.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use reqwest::Url;

use super::body::{self, Body};
use super::error::{Failure, RequestError};
use super::response::Response;
use super::sending::Sending;
use super::{Client, base};
use crate::decode::{Encode, encode_with_attachments};
use crate::document::Document;
use crate::file::File;
use crate::json::Json;
use crate::media::{MediaType, choose};
use crate::operation::{Location, Media, Operation, Parameter};
use crate::schema::Contract;
use crate::stream::{ByteStream, EventStream, JsonLines};
use crate::style::encode as style;
use crate::writer::{EncodeError, Writer};

/// A request in the making. Values are written by the contract's rules at once; the first that cannot be written makes
/// [`Request::send`] fail before anything is sent.
///
/// `None`, null, an empty array and an empty object leave a parameter out; a parameter that is set again replaces what
/// it was.
#[must_use = "a request does nothing until it is sent"]
pub struct Request(Box<Making>);

/// All that is known of a request so far. It is boxed, because each setter passes the request along.
pub(super) struct Making {
    pub(super) client: Client,
    pub(super) contract: &'static Contract,
    pub(super) operation: Option<&'static Operation>,
    /// Where to, if not to the operation's path on the client's server.
    pub(super) target: Option<Url>,
    pub(super) path: Texts,
    pub(super) query: Texts,
    pub(super) cookies: Texts,
    pub(super) headers: HeaderMap,
    pub(super) body: Body,
    pub(super) content_type: Option<String>,
    /// What the body says, as JSON, and by which schema, where it could be written in another form.
    source: Option<Box<(Bytes, Option<u32>)>>,
    /// The media type that the answer had best be in.
    pub(super) preferred: Option<String>,
    pub(super) timeout: Option<Duration>,
    /// Writes one parameter after the other.
    writer: Writer,
    pub(super) failure: Option<Box<RequestError>>,
}

/// Written parameters by name, in the order in which they were first set; empty where they are left out.
#[derive(Debug, Default)]
pub(super) struct Texts(Vec<(&'static str, String)>);

impl Texts {
    fn set(&mut self, name: &'static str, text: String) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => *known = text,
            None => self.0.push((name, text)),
        }
    }

    /// Adds what may be called like something else.
    pub(super) fn push(&mut self, name: &'static str, text: String) {
        self.0.push((name, text));
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_str())
    }

    /// What is there to be sent.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, text)| text.as_str()).filter(|text| !text.is_empty())
    }
}

impl Request {
    pub(super) fn new(client: Client, contract: &'static Contract, name: &str) -> Self {
        let operation = contract.operation(name);
        let missing = || RequestError::Table(format!("it has no operation `{name}`"));
        Self(Box::new(Making {
            timeout: client.0.timeout,
            client,
            contract,
            operation,
            target: None,
            path: Texts::default(),
            query: Texts::default(),
            cookies: Texts::default(),
            headers: HeaderMap::new(),
            body: Body::Empty,
            content_type: None,
            source: None,
            preferred: None,
            writer: Writer::default(),
            failure: operation.is_none().then(missing).map(Box::new),
        }))
    }

    /// Sends to this URL.
    pub(super) fn to(self, url: &str) -> Self {
        self.attempt(|request| {
            let url = base::target(url)?;
            request.client.0.destinations.admit(&url)?;
            request.target = Some(url);
            Ok(())
        })
    }

    /// Sets a path parameter.
    pub fn path<T: Encode + ?Sized>(self, name: &str, value: &T) -> Self {
        self.set(Location::Path, name, value)
    }

    /// Sets a query parameter.
    pub fn query<T: Encode + ?Sized>(self, name: &str, value: &T) -> Self {
        self.set(Location::Query, name, value)
    }

    /// Sets the whole query string (OAS 3.2, `in: querystring`).
    pub fn querystring<T: Encode + ?Sized>(self, name: &str, value: &T) -> Self {
        self.set(Location::Querystring, name, value)
    }

    /// Sets a header parameter.
    pub fn header<T: Encode + ?Sized>(self, name: &str, value: &T) -> Self {
        self.set(Location::Header, name, value)
    }

    /// Sets a cookie parameter.
    pub fn cookie<T: Encode + ?Sized>(self, name: &str, value: &T) -> Self {
        self.set(Location::Cookie, name, value)
    }

    /// Sets the body, in the first media type that the contract declares.
    pub fn body<T: Encode + ?Sized>(self, value: &T) -> Self {
        let name = self.0.medias().first().map_or("", |media| &media.name);
        self.body_as(name, value)
    }

    /// Sets the body unless it is `None`.
    pub fn optional_body<T: Encode + ?Sized>(self, value: Option<&T>) -> Self {
        match value {
            Some(value) => self.body(value),
            None => self,
        }
    }

    /// Sets the body in one of the media types that the contract declares: JSON, a form, multipart, text.
    pub fn body_as<T: Encode + ?Sized>(self, media: &str, value: &T) -> Self {
        self.body_of(media, encode_with_attachments(value))
    }

    /// Not generic, as the greater part of it need not be.
    fn body_of(self, media: &str, encoded: Result<(Vec<u8>, Vec<File>), EncodeError>) -> Self {
        self.attempt(|request| {
            let media = request.media(media)?;
            let (bytes, files) = encoded.map_err(|error| RequestError::Body(error.to_string()))?;
            if files.is_empty() && request.medias().len() > 1 && Document::of(media).is_tree() {
                request.source = Some(Box::new((Bytes::copy_from_slice(&bytes), media.schema)));
            }
            request.body = body::write(request.contract, media, bytes, &files).map_err(RequestError::Body)?;
            Ok(())
        })
    }

    /// Sets the body to bytes that are already in a declared media type.
    pub fn body_bytes(self, media: &str, bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        self.attempt(|request| {
            let name = Cow::Borrowed(request.media(media)?.name.as_str());
            request.body = Body::Bytes(bytes, name);
            Ok(())
        })
    }

    /// Sets the body to a stream; such a request is never repeated.
    pub fn body_stream(self, media: &str, stream: impl Into<ByteStream>) -> Self {
        let stream = stream.into();
        self.attempt(|request| {
            let name = Cow::Borrowed(request.media(media)?.name.as_str());
            request.body = Body::Stream(stream, name);
            Ok(())
        })
    }

    /// Sets the body to JSON texts that are sent as they come: JSON Lines, or a JSON text sequence.
    pub fn body_lines<T: Encode + 'static>(self, media: &str, lines: JsonLines<T>) -> Self {
        let bytes = if body::is_sequence(media) { lines.into_sequence_bytes() } else { lines.into_bytes() };
        self.body_stream(media, bytes)
    }

    /// Sets the body to events, each an object with `data`, `event`, `id` and `retry`.
    pub fn body_events<T: Encode + 'static>(self, media: &str, events: EventStream<T>) -> Self {
        self.body_stream(media, events.into_bytes())
    }

    /// Sets the body to events whose `data` is the JSON of an item.
    pub fn body_event_data<T: Encode + 'static>(self, media: &str, events: EventStream<T>) -> Self {
        self.body_stream(media, events.into_data_bytes())
    }

    /// The `Content-Type` of the body, where the contract declares a range such as `image/*`.
    pub fn content_type(mut self, value: impl Into<String>) -> Self {
        self.0.content_type = Some(value.into());
        self
    }

    /// Writes the body in another of the media types that the contract offers for the same value: JSON, YAML or XML.
    pub fn written_as(self, media_type: &str) -> Self {
        let refused = || RequestError::Body(format!("the body cannot be written as `{media_type}`"));
        self.attempt(|request| {
            let (json, schema) = request.source.as_deref().ok_or_else(refused)?;
            let given = MediaType::parse(media_type).ok_or_else(refused)?;
            let media = choose(request.medias(), &given)
                .filter(|media| media.schema == *schema && Document::of(media).is_tree())
                .ok_or_else(refused)?;
            let written = body::write(request.contract, media, json.to_vec(), &[]);
            request.body = written.map_err(RequestError::Body)?;
            Ok(())
        })
    }

    /// Asks for the answer in this media type, if there is a choice.
    pub fn preferring(mut self, media_type: impl Into<String>) -> Self {
        self.0.preferred = Some(media_type.into());
        self
    }

    /// How long this call may take, instead of what the client says; `None` waits forever.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.0.timeout = timeout.into();
        self
    }

    /// Sends the request with the credentials that the operation asks for.
    pub async fn send(self) -> Result<Response, Failure> {
        Ok(*super::send::send(self.0).await?)
    }

    /// Sends the request. A declared success is read by a function, any other declared response as an error.
    pub fn call<T, E>(self, success: fn(&Response) -> Result<T, Failure>) -> Sending<T, E> {
        Sending::new(super::send::send(self.0), success)
    }

    fn set<T: Encode + ?Sized>(mut self, location: Location, name: &str, value: &T) -> Self {
        self.0.writer.restart();
        value.encode(&mut self.0.writer);
        self.attempt(|request| request.keep(location, name))
    }

    /// Runs a step unless one before has failed.
    fn attempt(mut self, step: impl FnOnce(&mut Making) -> Result<(), RequestError>) -> Self {
        if self.0.failure.is_none() {
            self.0.failure = step(&mut self.0).err().map(Box::new);
        }
        self
    }
}

impl Making {
    fn medias(&self) -> &'static [Media] {
        self.operation.and_then(|operation| operation.body.as_ref()).map_or(&[], |body| &body.content)
    }

    fn media(&self, name: &str) -> Result<&'static Media, RequestError> {
        let media = self.medias().iter().find(|media| media.name == name);
        media.ok_or_else(|| RequestError::Table(format!("the operation takes no body of type `{name}`")))
    }

    /// Sets a parameter to what the writer has.
    fn keep(&mut self, location: Location, name: &str) -> Result<(), RequestError> {
        let missing = || RequestError::Table(format!("there is no {} parameter `{name}`", location.as_str()));
        let parameter = self.operation.and_then(|operation| operation.parameter(location, name));
        let parameter = parameter.ok_or_else(missing)?;
        let refused = |problem: String| RequestError::parameter(location.as_str(), name, problem);
        let json = self.writer.text().map_err(|error| refused(error.to_string()))?;
        match (location, style::short(parameter, json)) {
            (Location::Path, Some(text)) => self.path.set(&parameter.name, text),
            (Location::Query, Some(text)) => self.query.set(&parameter.name, text),
            _ => self.write(parameter).map_err(|error| refused(error.to_string()))?,
        }
        Ok(())
    }

    /// The long way of parameters, which may be of any kind and style.
    fn write(&mut self, parameter: &'static Parameter) -> Result<(), style::StyleError> {
        let value = self.writer.text().map_err(|error| error.to_string());
        let value = value.and_then(|json| Json::parse(json).map_err(|error| error.to_string()));
        let value = value.map_err(style::StyleError::new)?;
        let name = &parameter.name;
        match parameter.location {
            Location::Path => self.path.set(name, style::path(parameter, &value)?),
            Location::Query => self.query.set(name, style::query(parameter, &value)?.join("&")),
            Location::Querystring => self.query.set(name, style::querystring(parameter, &value)?),
            Location::Cookie => self.cookies.set(name, style::cookie(parameter, &value)?.join("; ")),
            Location::Header => self.set_header(parameter, style::header(parameter, &value)?)?,
        }
        Ok(())
    }

    fn set_header(&mut self, parameter: &Parameter, text: Option<String>) -> Result<(), style::StyleError> {
        let name = HeaderName::try_from(&parameter.name)
            .map_err(|_| style::StyleError::new("its name cannot be that of a header"))?;
        let Some(text) = text else {
            self.headers.remove(name);
            return Ok(());
        };
        let mut value = HeaderValue::try_from(text)
            .map_err(|_| style::StyleError::new("a header cannot hold control characters"))?;
        value.set_sensitive(parameter.secret);
        self.headers.insert(name, value);
        Ok(())
    }
}

/// Shows the operation, and no values: they may be secret.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.0.operation.map(|operation| operation.id.as_str());
        f.debug_struct("Request").field("operation", &operation).finish_non_exhaustive()
    }
}
