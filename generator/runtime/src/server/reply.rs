//! [`Reply`]: a declared response on its way to the wire.

use axum::body::Body;
use bytes::Bytes;
use http::header::{self, HeaderName};
use http::{HeaderValue, StatusCode};

use super::Response;
use super::call::Call;
use super::error::ApiError;
use super::framing;
use super::settings::ResponseChecks;
use crate::decode::{Encode, encode, encode_into, encode_with_attachments};
use crate::document::Document;
use crate::json::Json;
use crate::media::MediaType;
use crate::multipart;
use crate::operation::{self, Media, MediaKind, Parameter};
use crate::schema::Limits;
use crate::style;

mod streams;

/// So many violations of a response are written to the log.
const LISTED: usize = 10;

/// A response that is being built; ends with the method for the kind of its body.
#[derive(Debug)]
#[must_use = "a reply is sent only when its body is given"]
pub struct Reply<'c> {
    call: &'c Call,
    status: StatusCode,
    declared: Option<&'static operation::Response>,
    /// Those of the handler. No map, which would cost something also where there is none.
    headers: Vec<(HeaderName, HeaderValue)>,
    failure: Option<ApiError>,
}

/// A status as generated code writes it: a number or a checked one.
pub trait IntoStatus {
    /// The status; `None` where it is out of range.
    fn into_status(self) -> Option<StatusCode>;
}

impl IntoStatus for u16 {
    fn into_status(self) -> Option<StatusCode> {
        StatusCode::from_u16(self).ok()
    }
}

impl IntoStatus for StatusCode {
    fn into_status(self) -> Option<StatusCode> {
        Some(self)
    }
}

impl Call {
    /// A response with an exact status, or one that `default` covers.
    pub fn reply(&self, status: impl IntoStatus) -> Reply<'_> {
        let given = status.into_status();
        let status = given.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let declared = self.operation.response(status.as_u16());
        let failure = (given.is_none() || declared.is_none())
            .then(|| broken(format!("{} declares no response {status}", self.operation.id)));
        Reply { call: self, status, declared, headers: Vec::new(), failure }
    }

    /// A response with a status of a range such as `4XX`; any other status is a mistake of the handler.
    pub fn reply_range(&self, class: u16, status: impl IntoStatus) -> Reply<'_> {
        let mut reply = self.reply(status);
        if reply.status.as_u16() / 100 != class {
            let status = reply.status;
            reply.failure = Some(broken(format!("{status} is not in the range {class}XX")));
        }
        reply
    }
}

impl Reply<'_> {
    /// A typed header; nothing is sent for `None` and what has no text (RFC 6570 section 2.3).
    pub fn header<T: Encode + ?Sized>(mut self, name: &str, value: &T) -> Self {
        let known = |header: &&Parameter| header.name.eq_ignore_ascii_case(name);
        let declared = self.declared.and_then(|declared| declared.headers.iter().find(known));
        let lines = match declared {
            Some(parameter) => header_lines(parameter, value),
            None => Err(broken(format!("the response declares no header {name}"))),
        };
        match lines {
            Ok(lines) => lines.iter().for_each(|line| self.append(name, line)),
            Err(error) => self.fail(error),
        }
        self
    }

    fn append(&mut self, name: &str, text: &str) {
        match (HeaderName::try_from(name), HeaderValue::from_bytes(text.as_bytes())) {
            (Ok(name), Ok(value)) => self.headers.push((name, value)),
            _ => self.fail(broken(format!("header {name} cannot hold its value"))),
        }
    }

    /// A JSON body, of the declared JSON media type that the client likes best.
    pub fn json<T: Encode + ?Sized>(mut self, body: &T) -> Result<Response, ApiError> {
        let media = self.best(MediaKind::Json);
        self.encoded(media, body)
    }

    /// A JSON body of that media type.
    pub fn json_as<T: Encode + ?Sized>(mut self, media: &str, body: &T) -> Result<Response, ApiError> {
        let media = self.media(media);
        self.encoded(media, body)
    }

    /// A body of whichever of these media types the client likes best: JSON, or the same in another form.
    pub fn document<T: Encode + ?Sized>(mut self, medias: &[&str], body: &T) -> Result<Response, ApiError> {
        let declared = || medias.iter().filter_map(|name| self.media(name));
        let preferred = self.call.context.accept().preferred(declared().map(|media| media.name.as_str()));
        let best = preferred.and_then(|name| declared().find(|media| media.name == name));
        let media = best.or_else(|| declared().next());
        self.encoded(media, body)
    }

    /// A text body.
    pub fn text<T: Encode + ?Sized>(mut self, media: &str, body: &T) -> Result<Response, ApiError> {
        let value = to_json(body)?;
        let text = match &value {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        let declared = self.media(media);
        self.check(declared, || Ok(value))?;
        let content_type = match declared {
            Some(declared)
                if MediaType::parse(&declared.name).is_some_and(|m| m.parameter("charset").is_none()) =>
            {
                format!("{}; charset=utf-8", concrete(media, "text/plain"))
            }
            _ => concrete(media, "text/plain").to_owned(),
        };
        self.finish(&content_type, Body::from(text))
    }

    /// An urlencoded body.
    pub fn form<T: Encode + ?Sized>(mut self, body: &T) -> Result<Response, ApiError> {
        let media = self.best(MediaKind::Form);
        self.form_of(media, body)
    }

    /// An urlencoded body of that media type.
    pub fn form_as<T: Encode + ?Sized>(mut self, media: &str, body: &T) -> Result<Response, ApiError> {
        let media = self.media(media);
        self.form_of(media, body)
    }

    fn form_of<T: Encode + ?Sized>(
        &mut self,
        media: Option<&'static Media>,
        body: &T,
    ) -> Result<Response, ApiError> {
        let Some(media) = media else { return Err(self.undeclared("form")) };
        let value = to_json(body)?;
        let text = style::encode::form(self.call.contract, media, &value).map_err(ApiError::internal)?;
        self.check(Some(media), || Ok(value))?;
        self.finish(&media.name, Body::from(text))
    }

    /// A multipart body of that media type.
    pub fn multipart<T: Encode + ?Sized>(mut self, media: &str, body: &T) -> Result<Response, ApiError> {
        let Some(media) = self.media(media) else { return Err(self.undeclared("multipart")) };
        let (json, files) = encode_with_attachments(body).map_err(ApiError::internal)?;
        let value = Json::parse(&json).map_err(ApiError::internal)?;
        let written = multipart::write(self.call.contract, media, &value, &files);
        let (bytes, content_type) = written.map_err(ApiError::internal)?;
        self.check(Some(media), || Ok(value))?;
        self.finish(&content_type, Body::from(bytes))
    }

    /// No body.
    pub fn empty(mut self) -> Result<Response, ApiError> {
        self.respond(None, Body::empty())
    }

    fn encoded<T: Encode + ?Sized>(
        &mut self,
        media: Option<&'static Media>,
        body: &T,
    ) -> Result<Response, ApiError> {
        let Some(media) = media else { return Err(self.undeclared("JSON")) };
        let room = &self.call.served.room;
        let mut text = encode_into(Vec::with_capacity(room.get()), body).map_err(ApiError::internal)?;
        room.took(text.capacity());
        self.check(Some(media), || Json::parse(&text).map_err(ApiError::internal))?;
        if Document::of(media).is_other() {
            let value = Json::parse(&text).map_err(ApiError::internal)?;
            let written = Document::of(media).write(self.call.contract, &value);
            text = written.map_err(ApiError::internal)?.into_bytes();
        }
        self.finish(&media.name, Body::from(Bytes::from(text)))
    }

    /// Of the declared media types of a kind, the one that the client likes best; the first if it likes none.
    fn best(&self, kind: MediaKind) -> Option<&'static Media> {
        let declared = self.declared?;
        let mut candidates = declared.content.iter().filter(|media| media.kind == kind);
        let first = candidates.next()?;
        // Where there is no choice, nobody need be asked.
        if candidates.clone().next().is_none() || self.call.context.plainly_accepts(&first.name) {
            return Some(first);
        }
        let names = std::iter::once(first).chain(candidates.clone()).map(|media| media.name.as_str());
        let best = self.call.context.accept().preferred(names);
        best.and_then(|name| candidates.find(|media| media.name == name)).or(Some(first))
    }

    fn media(&self, name: &str) -> Option<&'static Media> {
        let declared = self.declared?;
        declared.content.iter().find(|media| media.name == name).or_else(|| {
            let given = MediaType::parse(name)?;
            crate::media::choose(&declared.content, &given)
        })
    }

    #[cold]
    fn undeclared(&self, kind: &str) -> ApiError {
        broken(format!("{} declares no {kind} body for {}", self.call.operation.id, self.status))
    }

    fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|(known, _)| known.as_str().eq_ignore_ascii_case(name))
    }

    #[cold]
    fn fail(&mut self, error: ApiError) {
        self.failure.get_or_insert(error);
    }

    /// Judges an outgoing value by the schema of its media type, where that is wanted.
    fn check(
        &self,
        media: Option<&Media>,
        value: impl FnOnce() -> Result<Json, ApiError>,
    ) -> Result<(), ApiError> {
        let checks = self.call.served.settings.response_checks;
        let Some(schema) = media.and_then(|media| media.schema).filter(|_| checks != ResponseChecks::Off)
        else {
            return Ok(());
        };
        let violations = self.call.contract.line(schema).evaluate(&value()?, &Limits::default());
        if violations.is_empty() {
            return Ok(());
        }
        let (id, status) = (&self.call.operation.id, self.status.as_u16());
        let mut listed: Vec<String> = violations.iter().take(LISTED).map(ToString::to_string).collect();
        if violations.len() > LISTED {
            listed.push(format!("and {} more", violations.len() - LISTED));
        }
        let message = format!("response {status} of {id} violates the contract: {}", listed.join("; "));
        if checks == ResponseChecks::Enforce {
            return Err(broken(message));
        }
        tracing::error!(operation = %id, status, request_id = self.call.context.request_id(), "{message}");
        Ok(())
    }

    fn put_headers(&mut self, response: &mut Response) {
        for (name, value) in self.headers.drain(..) {
            response.headers_mut().append(name, value);
        }
        framing::settle(response, self.call.context.method());
    }

    fn finish(&mut self, media: &str, body: Body) -> Result<Response, ApiError> {
        let content_type = match media {
            // What most bodies are need not be copied.
            "application/json" => HeaderValue::from_static("application/json"),
            media => {
                HeaderValue::from_str(concrete(media, "application/json")).map_err(ApiError::internal)?
            }
        };
        self.respond(Some(content_type), body)
    }

    fn respond(&mut self, content_type: Option<HeaderValue>, body: Body) -> Result<Response, ApiError> {
        if let Some(failure) = self.failure.take() {
            return Err(failure);
        }
        let missing = self.declared.and_then(|declared| {
            declared.headers.iter().find(|header| header.required && !self.has_header(&header.name))
        });
        if let Some(header) =
            missing.filter(|_| self.call.served.settings.response_checks == ResponseChecks::Enforce)
        {
            return Err(broken(format!(
                "response {} lacks the required header {}",
                self.status, header.name
            )));
        }
        let bodiless = self.status.is_informational() || matches!(self.status.as_u16(), 204 | 205 | 304);
        let mut response = Response::new(if bodiless { Body::empty() } else { body });
        *response.status_mut() = self.status;
        if !self.headers.is_empty() {
            self.put_headers(&mut response);
        }
        if let Some(content_type) = content_type.filter(|_| !bodiless) {
            response.headers_mut().insert(header::CONTENT_TYPE, content_type);
        }
        Ok(response)
    }
}

/// A response that the contract does not allow: a mistake on this side.
#[cold]
fn broken(message: String) -> ApiError {
    ApiError::internal(message)
}

fn to_json<T: Encode + ?Sized>(value: &T) -> Result<Json, ApiError> {
    Json::parse(&encode(value).map_err(ApiError::internal)?).map_err(ApiError::internal)
}

/// The field lines of a header: one, or none for what has no text; `Set-Cookie` is never joined with commas.
fn header_lines<T: Encode + ?Sized>(parameter: &Parameter, value: &T) -> Result<Vec<String>, ApiError> {
    let value = to_json(value)?;
    let line = |value: &Json| style::encode::header(parameter, value).map_err(ApiError::internal);
    match &value {
        Json::Array(items) if parameter.name.eq_ignore_ascii_case("set-cookie") => {
            items.iter().filter_map(|item| line(item).transpose()).collect()
        }
        value => Ok(line(value)?.into_iter().collect()),
    }
}

/// A declared range such as `text/*` is no type to send.
fn concrete<'a>(media: &'a str, fallback: &'a str) -> &'a str {
    if media.contains('*') { fallback } else { media }
}
