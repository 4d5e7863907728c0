//! Request bodies, media types and encodings (OAS 3.1.2, Request Body, Media Type and Encoding Objects).

use super::Resolver;
use super::resources::Place;
use crate::contract::{Encoding, MediaType, RequestBody, Style, Version, is_xml};
use crate::diagnostic::Code;
use crate::source::Node;

const MEDIA_FIELDS: &[&str] = &[
    "schema",
    "example",
    "examples",
    "encoding",
    "itemSchema",
    "prefixEncoding",
    "itemEncoding",
    "description",
];
const ENCODING_FIELDS: &[&str] = &[
    "contentType",
    "headers",
    "style",
    "explode",
    "allowReserved",
    "encoding",
    "prefixEncoding",
    "itemEncoding",
];

impl<'a> Resolver<'a> {
    /// A request body.
    pub(super) fn request_body(&mut self, place: Place<'a>) -> Option<RequestBody> {
        let followed = self.follow(place, "a request body")?;
        let place = followed.place;
        let node = place.node;
        if node.is_null() {
            self.mended(node.span(), "`requestBody` is null; it is left out".to_owned());
            return None;
        }
        if !self.is_object(node, "a request body") {
            return None;
        }
        self.known_fields(node, "a request body", &["description", "content", "required"]);
        let content = match node.get("content") {
            Some(content) => self.media_types(place.with(content)),
            None => {
                let message = "this request body has no `content`, which is required; it is left out";
                self.diagnostics.warning(Code::ABSENT_FIELD, node.span(), message);
                return None;
            }
        };
        if content.is_empty() {
            let message = "the `content` of this request body has no media type; the body is left out";
            self.diagnostics.warning_once(Code::ABSENT_FIELD, "content", node.span(), message);
            return None;
        }
        let own = node.get("description").and_then(Node::as_str);
        Some(RequestBody {
            at: node.span(),
            description: followed.description.or(own).map(str::to_owned),
            required: self.flag(node, "required").unwrap_or_default(),
            content,
            component: followed.component.map(str::to_owned),
        })
    }

    /// The entries of a `content` map.
    pub(super) fn media_types(&mut self, place: Place<'a>) -> Vec<MediaType> {
        let mut media = Vec::new();
        for entry in self.entries(place, "`content`") {
            if !entry.name.starts_with("x-") || entry.name.contains('/') {
                media.extend(self.media_type(entry.name, entry.place));
            }
        }
        media
    }

    /// One media type.
    pub(super) fn media_type(&mut self, name: &str, place: Place<'a>) -> Option<MediaType> {
        let place = self.follow(place, "a media type")?.place;
        let node = place.node;
        if !self.is_object(node, "a media type") {
            return None;
        }
        self.known_fields(node, "a media type", MEDIA_FIELDS);
        if self.version(place) != Version::V3_2
            && let Some(newer) = node.member("itemSchema")
        {
            self.newer(newer, "a media type", "3.2.0");
        }
        for name in ["prefixEncoding", "itemEncoding"] {
            self.unsupported(node, name);
        }
        self.has_xml |= is_xml(name);
        Some(MediaType {
            at: node.span(),
            name: name.to_owned(),
            schema: node.get("schema").map(|schema| self.entry_schema(place.with(schema))),
            item_schema: node.get("itemSchema").map(|schema| self.entry_schema(place.with(schema))),
            encoding: self.encodings(place),
            examples: self.examples(place),
        })
    }

    fn unsupported(&mut self, node: Node<'_>, name: &str) {
        if let Some(member) = node.member(name) {
            let message = format!("`{name}` is not supported and has no effect");
            self.diagnostics.warning_once(Code::UNSUPPORTED, name, member.name_span, message).help(
                "describe named parts by `encoding`, or leave the schema out and take the body as it is",
            );
        }
    }

    fn encodings(&mut self, place: Place<'a>) -> Vec<Encoding> {
        let Some(map) = place.node.get("encoding") else {
            return Vec::new();
        };
        let entries = self.entries(place.with(map), "`encoding`");
        entries.into_iter().filter_map(|entry| self.encoding(entry.name, entry.place)).collect()
    }

    fn encoding(&mut self, name: &str, place: Place<'a>) -> Option<Encoding> {
        let place = self.follow(place, "an encoding")?.place;
        let node = place.node;
        if !self.is_object(node, "an encoding") {
            return None;
        }
        self.known_fields(node, "an encoding", ENCODING_FIELDS);
        for name in ["encoding", "prefixEncoding", "itemEncoding"] {
            self.unsupported(node, name);
        }
        let style = match node.get("style") {
            Some(value) => self.encoding_style(value),
            None => None,
        };
        Some(Encoding {
            at: node.span(),
            name: name.to_owned(),
            content_type: self.text(node, "contentType"),
            headers: self.headers(place, "a part"),
            style,
            explode: self.flag(node, "explode"),
            allow_reserved: self.flag(node, "allowReserved"),
        })
    }

    fn encoding_style(&mut self, value: Node<'_>) -> Option<Style> {
        let known = [Style::Form, Style::SpaceDelimited, Style::PipeDelimited, Style::DeepObject];
        let style = value.as_str().and_then(Style::named).filter(|style| known.contains(style));
        if style.is_none() {
            let message = format!(
                "the style `{}` is not defined for an encoding",
                value.as_str().unwrap_or(value.kind())
            );
            let report = self.diagnostics.error(Code::UNDEFINED_STYLE, value.span(), message);
            report.help("styles there are form, spaceDelimited, pipeDelimited, deepObject");
        }
        style
    }
}
