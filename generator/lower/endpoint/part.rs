//! Members of forms and parts of multipart bodies (OAS 3.1.2, Encoding Object).

use counterpart_runtime::Json;

use super::body::{document, essence};
use super::{Lowering, line, line::Line};
use crate::{
    contract::{Encoding, MediaType, SchemaId},
    diagnostic::Code,
    ir::{BodyKind, Usage},
};

impl Lowering<'_, '_> {
    /// Members that are bytes as text, with the type that a part has then (OAS 3.1.2, Encoding Object, `contentType`).
    pub(super) fn encoded_members(&self, media: &MediaType) -> Vec<Json> {
        let properties = media.schema.and_then(|id| self.resolved(id)).map(|keywords| &*keywords.properties);
        let bytes =
            |id: &SchemaId| self.resolved(*id).is_some_and(|member| member.content_encoding.is_some());
        let members = properties
            .into_iter()
            .flatten()
            .filter(|(name, id)| bytes(id) && media.encoding.iter().all(|encoding| encoding.name != *name));
        let entry = |(name, _): &(&str, SchemaId)| {
            let mut entry = Line::new();
            entry.text("name", name).text("defaultType", "application/octet-stream");
            entry.finish()
        };
        members.map(entry).collect()
    }

    /// Whether the parts of a member are files.
    fn is_file(&mut self, media: &MediaType, name: &str) -> bool {
        self.part_shape(media, name).as_deref() == Some("file")
    }

    /// Whether a member is text as it is.
    fn is_text(&mut self, media: &MediaType, name: &str) -> bool {
        matches!(self.part_shape(media, name).as_deref(), Some("string" | "file"))
    }

    /// How the text of a member, or of each item of it, becomes JSON, where that is one word.
    fn part_shape(&mut self, media: &MediaType, name: &str) -> Option<String> {
        let properties = media.schema.and_then(|id| self.resolved(id)).map(|keywords| &*keywords.properties);
        let member = properties.into_iter().flatten().find(|(known, _)| *known == name).map(|(_, id)| *id);
        let shape = member.map(|member| self.types.shape_of(member, Usage::Multipart));
        let item = shape.as_ref().and_then(|shape| shape.get("array").or(Some(shape)));
        item.and_then(Json::as_str).map(str::to_owned)
    }

    /// How a member of a form or a part is written, as an entry.
    pub(super) fn encoding(
        &mut self,
        media: &MediaType,
        kind: BodyKind,
        encoding: &Encoding,
        place: &[String],
    ) -> Json {
        let mut entry = Line::new();
        entry.text("name", &encoding.name);
        if let Some(content_type) = &encoding.content_type {
            entry.text("contentType", content_type);
        }
        if let Some(style) = encoding.style {
            entry.text("style", line::style(style));
        }
        if let Some(explode) = encoding.explode {
            entry.json("explode", Json::Bool(explode));
        }
        entry.flag("allowReserved", encoding.allow_reserved.unwrap_or_default());
        let form = encoding.content_type.as_deref().and_then(|name| document(&essence(name)));
        let styled =
            encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved.is_some();
        if form.is_some() && !styled && !self.is_text(media, &encoding.name) {
            let message = "a member that is no text is written as JSON, whatever `contentType` says";
            self.diagnostics
                .warning_once(Code::UNSUPPORTED, "contentType", encoding.at, message)
                .help("leave `contentType` out, or take the member as `type: string` and write it yourself");
        }
        // Headers are for parts; elsewhere the standard ignores them (OAS 3.1.2, Encoding Object).
        if kind == BodyKind::Multipart {
            if !encoding.headers.is_empty() && !self.is_file(media, &encoding.name) {
                let message =
                    "the headers of a part that is no file are checked, and the client cannot send them";
                self.diagnostics
                    .warning_once(Code::UNSUPPORTED, "headers", encoding.at, message)
                    .help("give what they say a part of its own");
            }
            let place = [place, std::slice::from_ref(&encoding.name)].concat();
            let header = |header| self.header(header, Usage::Request, &place).1;
            entry.list("headers", encoding.headers.iter().map(header).collect());
        }
        entry.finish()
    }
}
