//! Typed parameters of a [`Call`].

use super::call::Call;
use super::error::{ApiError, Invalid};
use super::idempotency;
use super::template::Template;
use crate::decode::{Decode, Rejection, decode_checked, decode_judged};
use crate::media::MediaType;
use crate::operation::{Location, Parameter, SchemeKind, Shape, Style};
use crate::style::{self, Pairs, Refusal, Sought, Spec, Value};
use crate::violation::Violation;

/// How generated code asks for a parameter: by its name, or by its name and a check which, together with the type,
/// decides what the schema says.
pub trait Wanted<T> {
    /// Whether there is a check.
    const CHECKED: bool;
    /// The name.
    fn name(&self) -> &str;
    /// Whether a value holds the check.
    fn holds(&self, value: &T) -> bool;
}

impl<T> Wanted<T> for &str {
    const CHECKED: bool = false;

    fn name(&self) -> &str {
        self
    }

    fn holds(&self, _: &T) -> bool {
        true
    }
}

impl<T, F: Fn(&T) -> bool> Wanted<T> for (&str, F) {
    const CHECKED: bool = true;

    fn name(&self) -> &str {
        self.0
    }

    fn holds(&self, value: &T) -> bool {
        self.1(value)
    }
}

impl Call {
    /// A path parameter.
    pub fn path<T: Decode>(&mut self, wanted: impl Wanted<T>) -> Result<T, Invalid> {
        self.required(Location::Path, wanted)
    }

    /// A query parameter, if it is there.
    pub fn query<T: Decode>(&mut self, wanted: impl Wanted<T>) -> Result<Option<T>, Invalid> {
        self.optional(Location::Query, wanted)
    }

    /// A query parameter that must be there.
    pub fn required_query<T: Decode>(&mut self, wanted: impl Wanted<T>) -> Result<T, Invalid> {
        self.required(Location::Query, wanted)
    }

    /// A header, if it is there.
    pub fn header<T: Decode>(&mut self, wanted: impl Wanted<T>) -> Result<Option<T>, Invalid> {
        self.optional(Location::Header, wanted)
    }

    /// A header that must be there.
    pub fn required_header<T: Decode>(&mut self, wanted: impl Wanted<T>) -> Result<T, Invalid> {
        self.required(Location::Header, wanted)
    }

    /// A cookie, if it is there.
    pub fn cookie<T: Decode>(&mut self, wanted: impl Wanted<T>) -> Result<Option<T>, Invalid> {
        self.optional(Location::Cookie, wanted)
    }

    /// A cookie that must be there.
    pub fn required_cookie<T: Decode>(&mut self, wanted: impl Wanted<T>) -> Result<T, Invalid> {
        self.required(Location::Cookie, wanted)
    }

    /// The whole query string as one value (3.2, `in: querystring`), if there is one.
    pub fn querystring<T: Decode>(&mut self, wanted: impl Wanted<T>) -> Result<Option<T>, Invalid> {
        self.optional(Location::Querystring, wanted)
    }

    /// The whole query string as one value that must be there.
    pub fn required_querystring<T: Decode>(&mut self, wanted: impl Wanted<T>) -> Result<T, Invalid> {
        self.required(Location::Querystring, wanted)
    }

    fn optional<T: Decode>(
        &mut self,
        location: Location,
        wanted: impl Wanted<T>,
    ) -> Result<Option<T>, Invalid> {
        match self.given(location, wanted.name())? {
            Some(parameter) => self.value(parameter, wanted).map(Some),
            None => Ok(None),
        }
    }

    fn required<T: Decode>(&mut self, location: Location, wanted: impl Wanted<T>) -> Result<T, Invalid> {
        match self.given(location, wanted.name())? {
            Some(parameter) => self.value(parameter, wanted),
            None => Err(self.absent(location, wanted.name())),
        }
    }

    /// A parameter that was sent. Its value is left in `room` as JSON text. Apart from what is generic, which is there
    /// for each type.
    fn given(&mut self, location: Location, name: &str) -> Result<Option<&'static Parameter>, Invalid> {
        let parameter = self.parameter(location, name)?;
        if let Some(is_given) = self.short(parameter) {
            return Ok(is_given.then_some(parameter));
        }
        if location == Location::Query {
            self.load_query()?;
        }
        let json = self.json(parameter)?;
        Ok(json.map(|json| {
            self.room = json;
            parameter
        }))
    }

    /// Reads the value in `room`.
    fn value<T: Decode, W: Wanted<T>>(
        &mut self,
        parameter: &'static Parameter,
        wanted: W,
    ) -> Result<T, Invalid> {
        let schema = self.contract.line(parameter.schema);
        let value = if W::CHECKED || parameter.exact {
            decode_checked(&self.room, schema, |value| wanted.holds(value))
        } else {
            decode_judged(&self.room, schema)
        };
        value.map_err(|rejection| self.refuse(parameter, rejection))
    }

    #[cold]
    fn absent(&mut self, location: Location, name: &str) -> Invalid {
        if location == Location::Header && idempotency::is_key(name) {
            return self.faults.fail(idempotency::missing());
        }
        let violation = Violation::new("", "required", "is required");
        self.faults.violate(violation.located(location.as_str(), Some(name)))
    }

    /// Leaves the value of a scalar in the style that everybody uses in `room`, on a way without detours, and says
    /// whether there is one; `None` where there is more to it.
    fn short(&mut self, parameter: &Parameter) -> Option<bool> {
        let mut json = std::mem::take(&mut self.room);
        json.clear();
        json.reserve(64);
        let (sought, is_form) = self.plain(parameter);
        let is_given = match sought {
            Sought::Absent => Some(false),
            Sought::Once(text) => style::scalar(&mut json, &parameter.shape, text, is_form).then_some(true),
            Sought::Unclear => None,
        };
        self.room = json;
        is_given
    }

    /// The text of a scalar, and whether that is written as in a form.
    fn plain(&self, parameter: &Parameter) -> (Sought<'_>, bool) {
        let is_scalar = matches!(parameter.shape, Shape::String | Shape::Number | Shape::Boolean);
        if !is_scalar || parameter.content.is_some() || parameter.allow_empty {
            return (Sought::Unclear, false);
        }
        match (parameter.location, parameter.style) {
            (Location::Path, Style::Simple) => {
                (self.captured(parameter).map_or(Sought::Absent, Sought::Once), false)
            }
            (Location::Query, Style::Form) => {
                let query = self.context.uri().query().unwrap_or_default();
                (Sought::of(query, &parameter.name), true)
            }
            _ => (Sought::Unclear, false),
        }
    }

    fn parameter(&mut self, location: Location, name: &str) -> Result<&'static Parameter, Invalid> {
        self.operation.parameter(location, name).ok_or_else(|| {
            let id = &self.operation.id;
            self.faults
                .fail(ApiError::internal(format!("{id} has no {} parameter {name}", location.as_str())))
        })
    }

    /// The parameter's value as JSON text.
    fn json(&mut self, parameter: &'static Parameter) -> Result<Option<Vec<u8>>, Invalid> {
        let value = match parameter.location {
            Location::Path => self.raw_path(parameter),
            Location::Query => self.raw_query(parameter),
            Location::Querystring => self.raw_querystring(parameter),
            Location::Header => self.raw_header(parameter),
            Location::Cookie => self.raw_cookie(parameter)?,
        };
        value.map_err(|refusal| match refusal {
            Refusal::Malformed(message) => {
                self.faults.malformed(parameter.location, Some(&parameter.name), &message)
            }
            Refusal::Violation { pointer, keyword, message } => {
                let violation = Violation::new(pointer, keyword, message);
                let place = parameter.location.as_str();
                self.faults.violate(violation.located(place, Some(&parameter.name)))
            }
        })
    }

    fn raw_path(&self, parameter: &Parameter) -> Value {
        let Some(raw) = self.captured(parameter) else { return Ok(None) };
        match &parameter.content {
            Some(media) => style::content(parameter, media, &style::decode_percent(raw)?).map(Some),
            None => style::path(&Spec::from(parameter), raw),
        }
    }

    /// What the variable of a path parameter matches.
    fn captured(&self, parameter: &Parameter) -> Option<&str> {
        let at = self.served.variables.iter().position(|variable| *variable == parameter.name)?;
        self.context.uri().path().get(self.captures.get(at)?.clone())
    }

    fn raw_query(&self, parameter: &Parameter) -> Value {
        let Some(pairs) = &self.query else { return Ok(None) };
        match &parameter.content {
            Some(media) => content_of(parameter, media, pairs, style::decode_form),
            None => {
                style::query(&Spec::from(parameter), pairs, &|name| self.claims(name, Some(&parameter.name)))
            }
        }
    }

    fn raw_querystring(&self, parameter: &Parameter) -> Value {
        let Some(text) = self.context.uri().query().filter(|text| !text.is_empty()) else { return Ok(None) };
        let media = parameter.content.as_deref().unwrap_or_default();
        if MediaType::parse(media).is_some_and(|media| media.is_json()) {
            return style::content(parameter, media, &style::decode_percent(text)?).map(Some);
        }
        let spec = Spec { style: Style::Form, explode: true, ..Spec::from(parameter) };
        style::query(&spec, &Pairs::form(text)?, &|_| false)
    }

    fn raw_header(&self, parameter: &Parameter) -> Value {
        let mut lines = Vec::new();
        for line in self.context.headers().get_all(&parameter.name) {
            let text = std::str::from_utf8(line.as_bytes());
            lines.push(text.map_err(|_| Refusal::Malformed("is not UTF-8".into()))?);
        }
        style::declared_header(parameter, &lines)
    }

    fn raw_cookie(&mut self, parameter: &Parameter) -> Result<Value, Invalid> {
        if self.cookies.is_none() {
            let mut text = String::new();
            for line in self.context.headers().get_all(http::header::COOKIE) {
                let Ok(line) = std::str::from_utf8(line.as_bytes()) else {
                    return Err(self.faults.malformed(Location::Cookie, None, "is not UTF-8"));
                };
                // HTTP/2 may send several lines (RFC 9113 section 8.2.3).
                text.push_str(line);
                text.push(';');
            }
            self.cookies = Some(Box::new(Pairs::cookies(text)));
        }
        let Some(pairs) = &self.cookies else { return Ok(Ok(None)) };
        Ok(match &parameter.content {
            Some(media) => content_of(parameter, media, pairs, style::decode_percent),
            None => style::cookie(&Spec::from(parameter), pairs),
        })
    }

    /// Splits the query, once.
    pub(super) fn load_query(&mut self) -> Result<(), Invalid> {
        if self.query.is_some() {
            return Ok(());
        }
        match Pairs::query(self.context.uri()) {
            Ok(pairs) => {
                self.query = Some(Box::new(pairs));
                Ok(())
            }
            Err(_) => {
                self.query = Some(Box::default());
                Err(self.faults.malformed(Location::Query, None, "is not correctly percent-encoded UTF-8"))
            }
        }
    }

    /// Whether a name in the query belongs to a declared parameter other than `except`, to a security scheme, or to
    /// the path template.
    pub(super) fn claims(&self, name: &str, except: Option<&str>) -> bool {
        let mut parameters = self.operation.parameters.iter();
        parameters.any(|parameter| match parameter.location {
            Location::Query => except != Some(parameter.name.as_str()) && parameter_claims(parameter, name),
            Location::Querystring => true,
            _ => false,
        }) || self.operation.security.iter().flatten().any(|requirement| {
            matches!(&requirement.kind, SchemeKind::ApiKey { location: Location::Query, name: key } if key == name)
        }) || self.operation.path.contains('?')
            && Template::parse(&self.operation.path).query.iter().any(|(key, _)| key == name)
    }

    /// Notes what a parameter's value violates.
    #[cold]
    fn refuse(&mut self, parameter: &Parameter, rejection: Rejection) -> Invalid {
        match rejection {
            Rejection::Malformed(malformed) => {
                let message = malformed.to_string();
                self.faults.malformed(parameter.location, Some(&parameter.name), &message)
            }
            Rejection::Invalid(violations) => {
                for mut violation in violations {
                    if parameter.secret {
                        violation.received = None;
                    }
                    self.faults
                        .violate(violation.located(parameter.location.as_str(), Some(&parameter.name)));
                }
                Invalid
            }
        }
    }
}

fn parameter_claims(parameter: &Parameter, name: &str) -> bool {
    if parameter.content.is_some() {
        return parameter.name == name;
    }
    match (parameter.style, &parameter.shape) {
        _ if Spec::from(parameter).is_deep() => {
            name.strip_prefix(parameter.name.as_str()).is_some_and(|rest| rest.starts_with('['))
        }
        (_, Shape::Object { members, rest }) if parameter.explode => {
            rest.is_some() || members.contains_key(name)
        }
        _ => parameter.name == name,
    }
}

/// The one value of a `content` parameter among pairs.
fn content_of(
    parameter: &Parameter,
    media: &str,
    pairs: &Pairs,
    decode: impl Fn(&str) -> Result<std::borrow::Cow<'_, str>, Refusal>,
) -> Value {
    let mut values = pairs.values(&parameter.name);
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => style::content(parameter, media, &decode(value)?).map(Some),
        (Some(_), Some(_)) => Err(Refusal::duplicate(String::new())),
    }
}
