//! Members of forms and parts of multipart bodies (OAS 3.2.0, Encoding Object).

use counterpart_runtime::{Json, operation::MediaKind};

use super::body::{document, form};
use super::{Lowering, line, line::Line};
use crate::{
    contract::{Encoding, Encodings, Header, ParameterKind, SchemaId, Style, Type},
    diagnostic::Code,
    ir::{BodyKind, Usage},
};

/// A body with members or parts, or a part that is one.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub kind: BodyKind,
    pub schema: Option<SchemaId>,
    pub usage: Usage,
    /// Whether it is an array, whose items are the parts.
    pub by_position: bool,
}

impl Lowering<'_, '_> {
    /// How the members or parts of a body are written, as members of its entry.
    pub(super) fn parts(&mut self, body: Parts, encodings: &Encodings, place: &[String], entry: &mut Line) {
        match (body.kind, body.by_position) {
            (BodyKind::Multipart, true) => self.by_position(body, encodings, place, entry),
            (BodyKind::Multipart | BodyKind::Form, _) => self.by_name(body, encodings, place, entry),
            // Elsewhere the standard ignores them (OAS 3.2.0, Encoding Usage and Restrictions).
            _ => {}
        }
    }

    fn by_name(&mut self, body: Parts, encodings: &Encodings, place: &[String], entry: &mut Line) {
        let keywords = body.schema.and_then(|id| self.resolved(id));
        let properties = keywords.map(|keywords| &*keywords.properties).unwrap_or_default();
        let mut list = Vec::new();
        for encoding in &encodings.named {
            let member = properties.iter().find(|(name, _)| *name == encoding.name).map(|(_, id)| *id);
            let value = member.map(|member| match self.array_items(member) {
                Some(item) if !self.is_one_part(encoding, item) => item,
                _ => member,
            });
            let place = [place, std::slice::from_ref(&encoding.name)].concat();
            let mut line = Line::new();
            line.text("name", &encoding.name);
            self.part(body, Some(encoding), value, &place, &mut line);
            list.push(line.finish());
        }
        // Members that are bytes as text have a type of their own.
        let others =
            properties.iter().filter(|(name, _)| encodings.named.iter().all(|one| one.name != *name));
        for (name, member) in others.filter(|_| body.kind == BodyKind::Multipart) {
            if self.is_encoded(*member) {
                let mut line = Line::new();
                line.text("name", name).text("defaultType", "application/octet-stream");
                list.push(line.finish());
            }
        }
        entry.list("encoding", list);
    }

    fn by_position(&mut self, body: Parts, encodings: &Encodings, place: &[String], entry: &mut Line) {
        let (first, rest) = body.schema.map(|schema| self.types.items_of(schema)).unwrap_or_default();
        let mut list = Vec::new();
        for index in 0..first.len().max(encodings.prefix.len()) {
            let place = [place, &["part".to_owned(), (index + 1).to_string()]].concat();
            let mut line = Line::new();
            let value = first.get(index).copied().or(rest);
            self.positional(body, encodings.at(index), value, &place, &mut line);
            list.push(line.finish());
        }
        entry.list("prefix", list);
        let mut line = Line::new();
        self.positional(
            body,
            encodings.item.as_deref(),
            rest,
            &[place, &["part".to_owned()]].concat(),
            &mut line,
        );
        entry.json("item", line.finish());
    }

    fn positional(
        &mut self,
        body: Parts,
        encoding: Option<&Encoding>,
        value: Option<SchemaId>,
        place: &[String],
        line: &mut Line,
    ) {
        let usage = value.map_or(body.usage, |value| self.types.usage_of_item(value, body.usage));
        // What has no type is bytes.
        let bytes = || Json::String("file".to_owned());
        line.json("shape", value.map_or_else(bytes, |value| self.types.shape_of(value, usage)));
        if value.is_some_and(|value| self.is_encoded(value)) {
            line.text("defaultType", "application/octet-stream");
        }
        self.part(body, encoding, value, place, line);
    }

    /// What an encoding says of a part, or of a member of a form; `value` is what it is applied to.
    fn part(
        &mut self,
        body: Parts,
        encoding: Option<&Encoding>,
        value: Option<SchemaId>,
        place: &[String],
        line: &mut Line,
    ) {
        let Some(encoding) = encoding else { return };
        // Positional parts have no names that a style could spell; elsewhere it makes the media type void.
        let named = !body.by_position;
        let plain = encoding.style.is_none() && encoding.explode.is_none();
        let is_styled = named && !(plain && encoding.allow_reserved.is_none());
        if is_styled {
            self.style(encoding, line);
        } else {
            if let Some(content_type) = &encoding.content_type {
                line.text("contentType", content_type);
            }
            self.form_of_part(encoding, value, body.usage, line);
        }
        // Headers are for parts; elsewhere the standard ignores them (OAS 3.1.2, Encoding Object).
        if body.kind == BodyKind::Multipart {
            let mut headers = Vec::with_capacity(encoding.headers.len());
            for header in &encoding.headers {
                let fixed = self.fixed(header);
                headers.push(self.part_header(header, body.usage.of_part(), fixed.as_deref()));
            }
            line.list("headers", headers);
            self.unsent_headers(body, encoding, value);
            if encoding.is_multipart() && !is_styled {
                let inner = Parts { schema: value, by_position: self.is_sequence(value), ..body };
                self.parts(inner, &encoding.nested, place, line);
            }
        }
    }

    /// How a query parameter would spell the member (OAS 3.2.0, Fixed Fields for RFC6570-style Serialization).
    fn style(&self, encoding: &Encoding, line: &mut Line) {
        line.text("style", line::style(encoding.style.unwrap_or(Style::Form)));
        if let Some(explode) = encoding.explode {
            line.json("explode", Json::Bool(explode));
        }
        line.flag("allowReserved", encoding.allow_reserved.unwrap_or_default());
    }

    /// What a part in XML needs besides, and which features the forms that are listed need.
    fn form_of_part(&mut self, encoding: &Encoding, value: Option<SchemaId>, usage: Usage, line: &mut Line) {
        let listed = encoding.content_type.as_deref().unwrap_or_default();
        let forms: Vec<&str> = listed.split(',').filter_map(|one| document(one.trim())).collect();
        self.features.extend(&forms);
        let Some(value) = value.filter(|_| forms.contains(&"xml")) else { return };
        line.index("schema", self.types.root_of(value, usage.of_part()));
        let name = self.component(value).unwrap_or_else(|| encoding.name.clone());
        if !name.is_empty() {
            line.text("root", &name);
        }
    }

    /// The only text that a header can have, if its schema allows one string.
    fn fixed(&self, header: &Header) -> Option<String> {
        let schema = match &header.kind {
            ParameterKind::Schema { schema, .. } => *schema,
            ParameterKind::Content(media) => media.schema?,
        };
        let keywords = self.resolved(schema)?;
        let only = match keywords.enumeration.as_deref() {
            Some([only]) => Some(only),
            _ => None,
        };
        keywords.constant.as_ref().or(only)?.as_str().map(str::to_owned)
    }

    /// Headers go with files; nothing else has a place for them, unless the contract says what they are.
    fn unsent_headers(&mut self, body: Parts, encoding: &Encoding, value: Option<SchemaId>) {
        let shape = value.map(|value| self.types.shape_of(value, body.usage));
        let is_file = shape.is_none_or(|shape| shape.as_str() == Some("file"));
        if !is_file && encoding.headers.iter().any(|header| self.fixed(header).is_none()) {
            let message = "the headers of a part that is no file are checked, and cannot be sent";
            self.diagnostics
                .warning_once(Code::UNSUPPORTED, "headers", encoding.at, message)
                .help("give what they say a part of its own");
        }
    }

    /// Whether a whole array is one part: what is a sequence itself has no form for an item that is none.
    fn is_one_part(&self, encoding: &Encoding, item: SchemaId) -> bool {
        let listed = encoding.content_type.as_deref().unwrap_or_default();
        let sequence = [MediaKind::Multipart, MediaKind::JsonLines, MediaKind::JsonSeq];
        let first = listed.split(',').next().unwrap_or_default();
        sequence.contains(&form(first.trim()))
            && self.types.shape_of(item, Usage::Whole).get("array").is_none()
    }

    /// Whether a value is bytes as text (OAS 3.2.0, Encoding Object, `contentType`).
    fn is_encoded(&self, schema: SchemaId) -> bool {
        let is_string = |types: Option<&[Type]>| types.is_none_or(|types| types.contains(&Type::String));
        self.resolved(schema).is_some_and(|keywords| {
            keywords.content_encoding.is_some() && is_string(keywords.types.as_deref())
        })
    }
}
