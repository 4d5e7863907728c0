//! Parameter and header objects (OAS 3.1.2, Parameter Object, Header Object; 3.2 `querystring`).

use super::Resolver;
use super::operation::same;
use super::reference::whole;
use super::resources::Place;
use crate::contract::{Header, Location, MediaType, Parameter, ParameterKind, Style, Version};
use crate::diagnostic::Code;
use crate::source::{Node, Span};

const FIELDS: &[&str] = &[
    "name",
    "in",
    "description",
    "required",
    "deprecated",
    "allowEmptyValue",
    "style",
    "explode",
    "allowReserved",
    "schema",
    "example",
    "examples",
    "content",
];
/// A header is a parameter but for `name` and `in`.
const HEADER_FIELDS: &[&str] = FIELDS.split_at(2).1;

impl Style {
    /// The style with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "matrix" => Self::Matrix,
            "label" => Self::Label,
            "simple" => Self::Simple,
            "form" => Self::Form,
            "spaceDelimited" => Self::SpaceDelimited,
            "pipeDelimited" => Self::PipeDelimited,
            "deepObject" => Self::DeepObject,
            "cookie" => Self::Cookie,
            _ => return None,
        })
    }

    /// The name in the standard.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Matrix => "matrix",
            Self::Label => "label",
            Self::Simple => "simple",
            Self::Form => "form",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::DeepObject => "deepObject",
            Self::Cookie => "cookie",
        }
    }
}

impl Location {
    /// The value of `in`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Querystring => "querystring",
        }
    }

    /// The styles that are defined here; the first is the default.
    fn styles(self) -> &'static [Style] {
        match self {
            Self::Path => &[Style::Simple, Style::Label, Style::Matrix],
            Self::Query | Self::Querystring => {
                &[Style::Form, Style::SpaceDelimited, Style::PipeDelimited, Style::DeepObject]
            }
            Self::Header => &[Style::Simple],
            Self::Cookie => &[Style::Form, Style::Cookie],
        }
    }

    /// The place with this value of `in`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Path, Self::Query, Self::Header, Self::Cookie, Self::Querystring]
            .into_iter()
            .find(|location| location.as_str() == name)
    }
}

impl<'a> Resolver<'a> {
    /// The `parameters` of a path item or operation; ignored headers are left out.
    pub(super) fn parameters(&mut self, place: Place<'a>) -> Vec<Parameter> {
        let (mut parameters, mut items): (Vec<Parameter>, Vec<Node<'_>>) = (Vec::new(), Vec::new());
        for item in self.list(place, "parameters") {
            let Some(parameter) = self.parameter(item) else {
                continue;
            };
            let known = parameters.iter().zip(&items).find(|(other, _)| same(other, &parameter));
            if let Some((first, node)) = known {
                let message = format!(
                    "the {} parameter `{}` stands twice in this list",
                    parameter.location.as_str(),
                    parameter.name
                );
                if first.at == parameter.at || node.to_json() == item.node.to_json() {
                    self.diagnostics
                        .warning(Code::REPEATED_PARAMETER, item.node.span(), message)
                        .help("remove one of them");
                } else {
                    self.diagnostics
                        .error(Code::DUPLICATE_PARAMETER, item.node.span(), message)
                        .label(first.at, "first here")
                        .help("keep one of the two, or give them different names");
                }
                continue;
            }
            parameters.push(parameter);
            items.push(item.node);
        }
        parameters
    }

    /// One parameter.
    pub(super) fn parameter(&mut self, place: Place<'a>) -> Option<Parameter> {
        let followed = self.follow(place, "a parameter")?;
        let place = followed.place;
        let node = place.node;
        if !self.is_object(node, "a parameter") {
            return None;
        }
        self.known_fields(node, "a parameter", FIELDS);
        let name = self.required_text(node, "name", "this parameter")?;
        let location = self.location(node)?;
        if location == Location::Header && ignored(&name) {
            let message = format!("the header parameter `{name}` is ignored by the standard");
            self.diagnostics
                .warning_once(Code::IGNORED_HEADER, &name, member_span(node, "name"), message)
                .help("describe it by media types or a security scheme");
            return None;
        }
        let kind = self.kind(place, &name, location, "this parameter")?;
        let own = node.get("description").and_then(Node::as_str);
        Some(Parameter {
            at: node.span(),
            shared: followed.component.map(str::to_owned),
            required: self.required(node, &name, location),
            deprecated: self.flag(node, "deprecated").unwrap_or_default(),
            allow_empty: self.flag(node, "allowEmptyValue").unwrap_or_default(),
            description: followed.description.or(own).map(str::to_owned),
            examples: self.examples(place),
            kind,
            name,
            location,
        })
    }

    fn location(&mut self, node: Node<'a>) -> Option<Location> {
        let text = self.required_text(node, "in", "this parameter")?;
        let location = Location::named(&text);
        if location.is_none() {
            let at = node.get("in").map_or(node.span(), |value| value.span());
            let report = self.diagnostics.error(
                Code::INVALID_VALUE,
                at,
                format!("`{text}` is no place where a parameter travels"),
            );
            match text.as_str() {
                "body" | "formData" => report.help("that is Swagger 2.0; describe it by `requestBody`"),
                _ => report.help("places are path, query, header and cookie"),
            };
        }
        location
    }

    fn required(&mut self, node: Node<'_>, name: &str, location: Location) -> bool {
        let required = self.flag(node, "required").unwrap_or_default();
        if location == Location::Path && !required {
            let message = format!("the path parameter `{name}` must say `required: true`");
            self.diagnostics
                .error(Code::OPTIONAL_PATH_PARAMETER, node.span(), message)
                .help("add `required: true`; a path without one of its parts is another path");
            return true;
        }
        required
    }

    /// `schema` with its serialization, or `content`.
    fn kind(
        &mut self,
        place: Place<'a>,
        name: &str,
        location: Location,
        what: &str,
    ) -> Option<ParameterKind> {
        let node = place.node;
        let (schema, content) = (node.get("schema"), node.member("content"));
        if let (Some(schema), Some(content)) = (schema, content) {
            let message = format!("{what} has both `schema` and `content`; they exclude each other");
            self.diagnostics
                .error(Code::PARAMETER_VALUE, content.name_span, message)
                .label(schema.span(), "`schema` is here")
                .help("keep one of the two");
        }
        if let Some(content) = content {
            return self
                .content_kind(place.with(content.value), what)
                .map(|media| ParameterKind::Content(Box::new(media)));
        }
        let schema = match schema {
            Some(schema) => self.entry_schema(place.with(schema)),
            None => {
                let message = format!("`{name}` has neither `schema` nor `content`; any value is accepted");
                self.diagnostics
                    .warning(Code::PARAMETER_WITHOUT_SCHEMA, node.span(), message)
                    .help("say what it is, for example `schema: {type: string}`");
                self.anything(node.span())
            }
        };
        if location == Location::Querystring {
            let message = "a `querystring` parameter is described by `content`, not by `schema`";
            self.diagnostics.error(Code::PARAMETER_VALUE, node.span(), message);
            return None;
        }
        let style = self.style(node, location)?;
        let explode = self.explode(place, style);
        let allow_reserved = self.allow_reserved(place, location, style);
        Some(ParameterKind::Schema { schema, style, explode, allow_reserved })
    }

    fn content_kind(&mut self, place: Place<'a>, what: &str) -> Option<MediaType> {
        let content = self.media_types(place);
        if content.len() != 1 {
            let message =
                format!("`content` of {what} must have exactly one entry, it has {}", content.len());
            self.diagnostics.error(Code::PARAMETER_VALUE, place.node.span(), message);
        }
        content.into_iter().next()
    }

    fn style(&mut self, node: Node<'_>, location: Location) -> Option<Style> {
        let styles = location.styles();
        let default = styles.first().copied().unwrap_or(Style::Simple);
        let Some(value) = node.get("style") else {
            return Some(default);
        };
        let style = value.as_str().and_then(Style::named);
        if style.is_some_and(|style| styles.contains(&style)) {
            return style;
        }
        let names: Vec<&str> = styles.iter().map(|style| style.as_str()).collect();
        let message = format!(
            "the style `{}` is not defined for a {} parameter",
            value.as_str().unwrap_or(value.kind()),
            location.as_str()
        );
        let report = self.diagnostics.error(Code::UNDEFINED_STYLE, value.span(), message);
        report.help(format!("styles there are {}", names.join(", ")));
        Some(default)
    }

    /// `allowReserved` is for query strings, since 3.2 for all that is percent-encoded (OAS 3.2.0, Parameter Object).
    fn allow_reserved(&mut self, place: Place<'a>, location: Location, style: Style) -> bool {
        let allows = self.flag(place.node, "allowReserved").unwrap_or_default();
        let coded = location == Location::Path || location == Location::Cookie && style == Style::Form;
        let query = matches!(location, Location::Query | Location::Querystring);
        if query || coded && self.version(place) == Version::V3_2 {
            return allows;
        }
        if let Some(member) = place.node.member("allowReserved") {
            let place = location.as_str();
            let message = format!("`allowReserved` has no effect on {place} values");
            self.diagnostics
                .warning_once(Code::IDLE_FIELD, place, member.name_span, message)
                .help("leave it out; it is for query parameters");
        }
        false
    }

    fn explode(&mut self, place: Place<'a>, style: Style) -> bool {
        let written = self.flag(place.node, "explode");
        if style != Style::DeepObject {
            return written.unwrap_or(matches!(style, Style::Form | Style::Cookie));
        }
        // Only `explode: true` is defined, and where it is absent nothing else can be meant; 3.2 ignores it.
        if written == Some(false) && self.version(place) != Version::V3_2 {
            let message = "the style `deepObject` is not defined with `explode: false`";
            self.diagnostics
                .error(Code::UNDEFINED_STYLE_CELL, member_span(place.node, "explode"), message)
                .help("leave `explode` out, or say `true`");
        }
        true
    }

    /// The `headers` of a response or of a part.
    pub(super) fn headers(&mut self, place: Place<'a>, what: &str) -> Vec<Header> {
        let Some(map) = place.node.get("headers") else {
            return Vec::new();
        };
        let mut headers: Vec<Header> = Vec::new();
        for entry in self.entries(place.with(map), "`headers`") {
            if entry.name.eq_ignore_ascii_case("content-type") {
                let message = format!("the header `{}` of {what} is ignored by the standard", entry.name);
                self.diagnostics
                    .warning_once(Code::IGNORED_HEADER, what, entry.name_span, message)
                    .help("the media types of the content say it");
                continue;
            }
            if headers.iter().any(|other| other.name.eq_ignore_ascii_case(entry.name)) {
                let message =
                    format!("the header `{}` stands twice here; case makes no difference", entry.name);
                self.diagnostics.error(Code::DUPLICATE_PARAMETER, entry.name_span, message);
                continue;
            }
            headers.extend(self.header(entry.name, entry.name_span, entry.place));
        }
        headers
    }

    /// One header.
    pub(super) fn header(&mut self, name: &str, name_span: Span, place: Place<'a>) -> Option<Header> {
        let followed = self.follow(place, "a header")?;
        let place = followed.place;
        let node = place.node;
        if node.is_null() {
            self.mended(name_span, format!("the header `{name}` is null; it is left out"));
            return None;
        }
        if !self.is_object(node, "a header") {
            return None;
        }
        self.known_fields(node, "a header", HEADER_FIELDS);
        let kind = self.kind(place, name, Location::Header, "this header")?;
        let own = node.get("description").and_then(Node::as_str);
        Some(Header {
            at: node.span(),
            component: followed.component.map(str::to_owned),
            name: name.to_owned(),
            description: followed.description.or(own).map(str::to_owned),
            required: self.flag(node, "required").unwrap_or_default(),
            deprecated: self.flag(node, "deprecated").unwrap_or_default(),
            kind,
        })
    }
}

/// Key and value of a member, or the whole node without it.
fn member_span(node: Node<'_>, name: &str) -> Span {
    node.member(name).map_or(node.span(), whole)
}

/// Header parameters that the standard ignores.
fn ignored(name: &str) -> bool {
    ["accept", "content-type", "authorization"].iter().any(|known| name.eq_ignore_ascii_case(known))
}
