//! Request bodies, media types and encodings (OAS 3.1.2, Request Body, Media Type and Encoding Objects).

use std::collections::BTreeSet;

use super::Resolver;
use super::resources::Place;
use crate::contract::{
    Encoding, Encodings, Keywords, MediaType, RequestBody, Schema, SchemaBody, SchemaId, Style, Type,
    Version, is_multipart, is_xml,
};
use crate::diagnostic::Code;
use crate::source::{Node, Span};

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
        if self.version(place) != Version::V3_2 {
            for name in ["itemSchema", "prefixEncoding", "itemEncoding"] {
                if let Some(newer) = node.member(name) {
                    self.newer(newer, "a media type", "3.2.0");
                }
            }
        }
        self.has_xml |= is_xml(name);
        let mut schema = node.get("schema").map(|schema| self.entry_schema(place.with(schema)));
        let mut item_schema = node.get("itemSchema").map(|schema| self.entry_schema(place.with(schema)));
        if is_multipart(name)
            && let (Some(item), Some(at)) = (item_schema.take(), node.get("itemSchema"))
        {
            schema = Some(self.sequence(schema, item, at.span()));
        }
        let encodings = self.encodings(place);
        if let Some(schema) = schema.filter(|_| encodings.iter().any(Encoding::is_multipart)) {
            self.multipart.push((schema, encodings.clone()));
        }
        Some(MediaType {
            at: node.span(),
            name: name.to_owned(),
            schema,
            item_schema,
            encodings,
            examples: self.examples(place),
        })
    }

    /// The whole of which `itemSchema` describes each item: multipart bodies are read to their end.
    fn sequence(&mut self, whole: Option<SchemaId>, item: SchemaId, at: Span) -> SchemaId {
        let mut keywords =
            Keywords { types: Some([Type::Array].into()), items: Some(item), ..Keywords::default() };
        keywords.all_of.extend(whole);
        self.schemas.push(Schema { at, body: SchemaBody::Object(keywords) })
    }

    fn encodings(&mut self, place: Place<'a>) -> Encodings {
        let mut all = Encodings::default();
        if let Some(map) = place.node.get("encoding") {
            for entry in self.entries(place.with(map), "`encoding`") {
                all.named.extend(self.encoding(entry.name, entry.place));
            }
        }
        for place in self.list(place, "prefixEncoding") {
            all.prefix.extend(self.encoding("", place));
        }
        if let Some(item) = place.node.get("itemEncoding") {
            all.item = self.encoding("", place.with(item)).map(Box::new);
        }
        let positional = place.node.member("prefixEncoding").or(place.node.member("itemEncoding"));
        if let (Some(_), Some(member)) = (place.node.get("encoding"), positional) {
            let message = format!("`encoding` and `{}` exclude each other", member.name);
            let report = self.diagnostics.error(Code::INVALID_VALUE, member.name_span, message);
            report.help("an object has parts by name, `encoding`, an array by position");
        }
        all
    }

    fn encoding(&mut self, name: &str, place: Place<'a>) -> Option<Encoding> {
        let place = self.follow(place, "an encoding")?.place;
        let node = place.node;
        if !self.is_object(node, "an encoding") {
            return None;
        }
        self.known_fields(node, "an encoding", ENCODING_FIELDS);
        let style = match node.get("style") {
            Some(value) => self.encoding_style(value),
            None => None,
        };
        let content_type = self.text(node, "contentType");
        self.has_xml |= content_type.as_deref().is_some_and(|listed| listed.split(',').any(is_xml));
        Some(Encoding {
            at: node.span(),
            name: name.to_owned(),
            content_type,
            headers: self.headers(place, "a part"),
            style,
            explode: self.flag(node, "explode"),
            allow_reserved: self.flag(node, "allowReserved"),
            nested: self.encodings(place),
        })
    }

    /// Members and items that are multipart bodies inside of a multipart body, however deep.
    pub(super) fn nested_bodies(&mut self) -> BTreeSet<SchemaId> {
        let mut found = BTreeSet::new();
        let mut waiting = std::mem::take(&mut self.multipart);
        while let Some((schema, encodings)) = waiting.pop() {
            let Some(keywords) = self.behind_references(schema) else { continue };
            let named = encodings.named.iter().flat_map(|encoding| {
                let of_name = keywords.properties.iter().filter(|(name, _)| *name == encoding.name);
                of_name.map(move |(_, id)| (*id, encoding))
            });
            let first = keywords.prefix_items.iter().enumerate();
            let first = first.filter_map(|(index, id)| Some((*id, encodings.at(index)?)));
            let rest = keywords.items.iter().filter_map(|id| Some((*id, encodings.item.as_deref()?)));
            for (id, encoding) in named.chain(first).chain(rest).filter(|(_, one)| one.is_multipart()) {
                found.insert(id);
                waiting.push((id, encoding.nested.clone()));
            }
        }
        found
    }

    /// The keywords behind plain references; a chain that never ends counts as none.
    fn behind_references(&self, mut id: SchemaId) -> Option<&Keywords<'a>> {
        for _ in 0..self.schemas.len() {
            let keywords = self.schemas.get(id).keywords()?;
            match keywords.reference {
                Some(next) => id = next,
                None => return Some(keywords),
            }
        }
        None
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
