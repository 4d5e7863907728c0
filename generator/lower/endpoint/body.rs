//! Bodies: what each media type is, how it is read, and which of them are one to the user.

use counterpart_runtime::{Json, media, operation::MediaKind};

use super::{Lowering, line::Line, part::Parts};
use crate::{
    contract::{Keywords, MediaType, SchemaId, Type, is_xml},
    diagnostic::Code,
    ir::{BodyKind, BodyVariant, TypeRef, Usage},
};

/// The schema of a whole body.
#[derive(Clone)]
struct Whole {
    /// Its line in `schemas.jsonl`.
    root: u32,
    /// Whether the type alone decides it.
    exact: bool,
    ty: TypeRef,
}

impl<'a> Lowering<'a, '_> {
    /// The media types of a body: the variants that the user sees, and the entries of all.
    pub(super) fn content(
        &mut self,
        content: &[MediaType],
        usage: Usage,
        place: &[String],
    ) -> (Vec<BodyVariant>, Vec<Json>) {
        let mut variants: Vec<BodyVariant> = Vec::new();
        let (mut entries, mut written) = (Vec::new(), Vec::new());
        for media in content {
            let mut place = place.to_vec();
            if !variants.is_empty() {
                place.push(word(&media.name));
            }
            let (variant, entry) = self.media(media, usage, &place, &mut written);
            entries.push(entry);
            match variants.iter_mut().find(|known| are_one(known, &variant)) {
                Some(known) => join(known, variant),
                None => variants.push(variant),
            }
        }
        (variants, entries)
    }

    fn media(
        &mut self,
        media: &MediaType,
        usage: Usage,
        place: &[String],
        written: &mut Vec<Whole>,
    ) -> (BodyVariant, Json) {
        let kind = self.kind(media);
        let usage = match (kind, usage) {
            (BodyKind::Multipart, Usage::Request) => Usage::Multipart,
            (BodyKind::Multipart, Usage::Response) => Usage::MultipartResponse,
            (_, usage) => usage,
        };
        let mut entry = Line::new();
        entry.text("name", &media.name);
        match kind {
            BodyKind::Json => {}
            BodyKind::Document => {
                let form = document(&essence(&media.name)).unwrap_or("json");
                self.features.insert(form);
                entry.text("kind", form);
            }
            kind => {
                entry.text("kind", kind_name(kind));
            }
        }
        self.unread(media, kind);
        let ty = match kind {
            BodyKind::Binary => None,
            BodyKind::Events | BodyKind::EventData | BodyKind::JsonLines | BodyKind::JsonSeq => {
                let item = self.item_schema(media);
                self.whole_sequence(media, usage, &mut entry);
                item.map(|schema| {
                    entry.index("itemSchema", self.types.root_of(schema, usage));
                    entry.flag("exact", self.types.is_exact(schema, usage, place));
                    self.types.type_of(schema, usage, &[place, &["item".to_owned()]].concat())
                })
            }
            BodyKind::Text => {
                let schema = self.text_schema(media, usage);
                schema.map(|schema| self.whole(schema, usage, place, &mut entry).ty)
            }
            BodyKind::Form | BodyKind::Multipart => {
                media.schema.map(|schema| self.whole(schema, usage, place, &mut entry).ty)
            }
            BodyKind::Json | BodyKind::Document => {
                if let Some(root) =
                    media.schema.and_then(|schema| self.component(schema)).filter(|_| is_xml(&media.name))
                {
                    entry.text("root", &root);
                }
                media.schema.map(|schema| self.document(schema, usage, place, written, &mut entry))
            }
        };
        let by_position = matches!(kind, BodyKind::Multipart) && self.is_sequence(media.schema);
        let body = Parts { kind, schema: media.schema, usage, by_position };
        self.parts(body, &media.encodings, place, &mut entry);
        (BodyVariant { media: vec![media.name.clone()], kind, ty }, entry.finish())
    }

    /// A body that is taken apart by a shape.
    fn whole(&mut self, schema: SchemaId, usage: Usage, place: &[String], entry: &mut Line) -> Whole {
        let whole = self.as_whole(schema, usage, place);
        entry.index("schema", whole.root);
        entry.json("shape", self.types.shape_of(schema, usage));
        entry.flag("exact", whole.exact);
        whole
    }

    /// A body that is JSON or says the same. An inline schema that stands below several media types is one type.
    fn document(
        &mut self,
        schema: SchemaId,
        usage: Usage,
        place: &[String],
        written: &mut Vec<Whole>,
        entry: &mut Line,
    ) -> TypeRef {
        let root = self.types.root_of(schema, usage);
        let inline = self.contract.schemas.get(schema).keywords().is_some_and(|own| own.reference.is_none());
        let whole = match written.iter().find(|known| inline && known.root == root) {
            Some(known) => known.clone(),
            None => self.as_whole(schema, usage, place),
        };
        entry.index("schema", whole.root).flag("exact", whole.exact);
        let ty = whole.ty.clone();
        written.push(whole);
        ty
    }

    /// What a schema is called below `components`, if it is a reference to there.
    pub(super) fn component(&self, schema: SchemaId) -> Option<String> {
        let reference = self.contract.schemas.get(schema).keywords().and_then(|keywords| keywords.reference);
        let target = reference.unwrap_or(schema);
        let named = self.contract.components.iter().find(|(_, id)| *id == target);
        named.map(|(name, _)| name).or_else(|| self.contract.names.get(&target)).cloned()
    }

    fn as_whole(&mut self, schema: SchemaId, usage: Usage, place: &[String]) -> Whole {
        let exact = self.types.is_exact(schema, usage, place);
        let ty = self.types.type_of(schema, usage, place);
        Whole { root: self.types.root_of(schema, usage), exact, ty }
    }

    /// The schema of a text body, if text can be it: an object or array cannot be read from plain text.
    fn text_schema(&mut self, media: &MediaType, usage: Usage) -> Option<SchemaId> {
        let schema = media.schema?;
        match self.types.shape_of(schema, usage) {
            Json::Object(_) => {
                let message = format!(
                    "`{}` cannot be read as an object or array; it is handed over as text",
                    media.name
                );
                self.diagnostics
                    .warning_once(Code::UNTYPED_TEXT, &media.name, media.at, message)
                    .help("describe it by `type: string`, and take the text apart where it is used");
                None
            }
            Json::String(shape) if shape == "json" => None,
            _ => Some(schema),
        }
    }

    /// Reports a schema that is for another kind of body than this one.
    fn unread(&mut self, media: &MediaType, kind: BodyKind) {
        let sequence =
            matches!(kind, BodyKind::Events | BodyKind::EventData | BodyKind::JsonLines | BodyKind::JsonSeq);
        if !sequence && media.item_schema.is_some() {
            let message = format!("the `itemSchema` of `{}` is not applied", media.name);
            self.diagnostics
                .warning_once(Code::UNSUPPORTED, &message.clone(), media.at, message)
                .help("`itemSchema` describes each item of JSON Lines, JSON sequences, event streams and multipart bodies");
        }
    }

    /// The items of a schema that says `type: array`, perhaps behind references.
    pub(super) fn array_items(&self, schema: SchemaId) -> Option<SchemaId> {
        let keywords = self.resolved(schema)?;
        (keywords.types.as_deref() == Some(&[Type::Array])).then_some(keywords.items).flatten()
    }

    /// The keywords behind plain references; a chain that never ends counts as none.
    pub(super) fn resolved(&self, schema: SchemaId) -> Option<&'a Keywords<'a>> {
        let mut id = schema;
        for _ in 0..self.contract.schemas.len() {
            let keywords = self.contract.schemas.get(id).keywords()?;
            match keywords.reference {
                Some(next) => id = next,
                None => return Some(keywords),
            }
        }
        None
    }

    fn kind(&mut self, media: &MediaType) -> BodyKind {
        let kind = kind_of(&essence(&media.name));
        match kind {
            BodyKind::Events if media.item_schema.is_none() => {
                match media.schema.and_then(|id| self.array_items(id)) {
                    Some(_) => BodyKind::Events,
                    None => BodyKind::EventData,
                }
            }
            _ if document(&essence(&media.name)).is_some()
                && media.schema.is_some_and(|id| !self.is_bytes(id)) =>
            {
                BodyKind::Document
            }
            // A range says nothing about the form; a schema that is not that of bytes means JSON.
            BodyKind::Binary
                if essence(&media.name) == "*/*" && media.schema.is_some_and(|id| !self.is_bytes(id)) =>
            {
                BodyKind::Json
            }
            BodyKind::Multipart if media.schema.is_some_and(|id| self.has_parts(id)) => BodyKind::Multipart,
            BodyKind::Binary | BodyKind::Multipart => {
                if media.schema.is_some_and(|id| !self.is_bytes(id)) {
                    self.untyped_body(media);
                }
                BodyKind::Binary
            }
            kind => kind,
        }
    }

    /// Whether values are objects or arrays, whose members or items are parts.
    fn has_parts(&self, schema: SchemaId) -> bool {
        matches!(self.types.shape_of(schema, Usage::Multipart), Json::Object(_))
    }

    /// Whether values are arrays: parts are found by their position.
    pub(super) fn is_sequence(&self, schema: Option<SchemaId>) -> bool {
        schema.is_some_and(|id| self.types.shape_of(id, Usage::Multipart).get("array").is_some())
    }

    fn untyped_body(&mut self, media: &MediaType) {
        let message =
            format!("bodies of `{}` are handed over as bytes; their schema is not applied", media.name);
        self.diagnostics
            .warning_once(Code::UNTYPED_BODY, &media.name, media.at, message)
            .help("read and write it with a library for this format, or offer JSON beside it");
    }

    /// A schema that says nothing, or `type: string`: raw bytes satisfy it.
    fn is_bytes(&self, schema: SchemaId) -> bool {
        match self.resolved(schema) {
            Some(keywords) => match keywords.types.as_deref() {
                Some(types) => types == [Type::String],
                None => {
                    keywords.properties.is_empty() && keywords.all_of.is_empty() && keywords.one_of.is_empty()
                }
            },
            None => true,
        }
    }
}

/// Type and subtype in lower case, without parameters.
pub(super) fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// How a media type is read and written.
fn kind_of(essence: &str) -> BodyKind {
    match form(essence) {
        MediaKind::Json => BodyKind::Json,
        MediaKind::Form => BodyKind::Form,
        MediaKind::Multipart => BodyKind::Multipart,
        MediaKind::Events => BodyKind::Events,
        MediaKind::JsonLines => BodyKind::JsonLines,
        MediaKind::JsonSeq => BodyKind::JsonSeq,
        MediaKind::Text => BodyKind::Text,
        // What a schema says of these is not always a document.
        MediaKind::Yaml | MediaKind::Xml if essence.starts_with("text/") => BodyKind::Text,
        MediaKind::Yaml | MediaKind::Xml | MediaKind::Binary => BodyKind::Binary,
    }
}

/// The form of a body that says the same as JSON: the feature of the runtime that knows it.
pub(super) fn document(name: &str) -> Option<&'static str> {
    match form(name) {
        MediaKind::Yaml => Some("yaml"),
        MediaKind::Xml => Some("xml"),
        _ => None,
    }
}

/// What the runtime takes a media type for.
pub(super) fn form(name: &str) -> MediaKind {
    media::MediaType::parse(name).map_or(MediaKind::Binary, |media| media.kind())
}

/// Whether bodies of both kinds are one to the user: the runtime tells them apart by their media type.
fn are_one(known: &BodyVariant, other: &BodyVariant) -> bool {
    let is_document = |kind| matches!(kind, BodyKind::Json | BodyKind::Document);
    let kinds = match known.kind {
        BodyKind::JsonLines | BodyKind::JsonSeq => known.kind == other.kind,
        kind => is_document(kind) && is_document(other.kind),
    };
    kinds && known.ty == other.ty
}

/// Adds the media types of a body to those of one that is the same to the user. JSON, which everybody reads, is first.
fn join(known: &mut BodyVariant, other: BodyVariant) {
    if known.kind != other.kind {
        known.kind = BodyKind::Document;
    }
    known.media.extend(other.media);
    if known.kind == BodyKind::Document {
        known.media.sort_by_key(|name| document(&essence(name)).is_some());
    }
}

fn kind_name(kind: BodyKind) -> &'static str {
    match kind {
        BodyKind::Json | BodyKind::Document => "json",
        BodyKind::Form => "form",
        BodyKind::Multipart => "multipart",
        BodyKind::Text => "text",
        BodyKind::Binary => "binary",
        BodyKind::Events | BodyKind::EventData => "events",
        BodyKind::JsonLines => "jsonLines",
        BodyKind::JsonSeq => "jsonSeq",
    }
}

/// What the types of a further media type are called by.
fn word(media: &str) -> String {
    match essence(media).to_ascii_lowercase().as_str() {
        "application/json" => "json".to_owned(),
        "application/x-www-form-urlencoded" => "form".to_owned(),
        "multipart/form-data" => "multipart".to_owned(),
        other => other.replace(['*', '/'], " "),
    }
}
