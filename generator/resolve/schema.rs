//! Schemas: each place in a file is one schema, read once, in a queue rather than by recursion.

mod annotation;
mod applicator;
mod assertion;
mod discriminator;
mod legacy;
mod xml;

use std::collections::BTreeMap;
use std::path::Path;

use super::Resolver;
use super::dialect::{Dialect, Draft};
use super::reference::reference_of;
use super::resources::{Place, RECURSIVE};
use super::uri;
use crate::contract::{DynamicReference, Keywords, Schema, SchemaBody, SchemaId};
use crate::diagnostic::{Code, suggest::did_you_mean};
use crate::document::percent_decoded;
use crate::source::{Member, Span, Value};

/// Keywords that no null makes sense of: programs write documents with a null for what is not set.
const NOTHING_IF_NULL: [&str; 21] = [
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "prefixItems",
    "enum",
    "format",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "discriminator",
    "xml",
];

impl<'a> Resolver<'a> {
    /// A schema that evaluation can begin at.
    pub(super) fn entry_schema(&mut self, place: Place<'a>) -> SchemaId {
        let id = self.schema(place);
        self.entered.insert(id);
        id
    }

    /// The id of the schema at a place; it is read later.
    pub(super) fn schema(&mut self, place: Place<'a>) -> SchemaId {
        if let Some(id) = self.ids.get(&place.node.id()) {
            return *id;
        }
        let scope = self.resources.beginning_at(place.node).unwrap_or(place.scope);
        let id = self.anything(place.node.span());
        self.ids.insert(place.node.id(), id);
        self.queue.push((id, Place { scope, ..place }));
        if self.resources.dynamic(scope).is_some() {
            let home = self.resources.home(scope);
            self.origins.insert(id, home);
            if self.resources.beginning_at(place.node) == Some(home) {
                self.entered.insert(id);
            }
        }
        id
    }

    /// A new schema that accepts everything.
    pub(super) fn anything(&mut self, at: Span) -> SchemaId {
        self.schemas.push(Schema { at, body: SchemaBody::Bool(true) })
    }

    /// Reads the schemas that are waiting, and those that they lead to.
    pub(super) fn drain(&mut self) {
        while let Some((id, place)) = self.queue.pop() {
            let body = self.body(id, place);
            self.schemas.set(id, Schema { at: place.node.span(), body });
        }
    }

    /// Notes the dynamic anchors of the resources that evaluation can enter at a schema.
    pub(super) fn finish_resources(&mut self) {
        let entries: Vec<(SchemaId, super::Scope)> = self
            .origins
            .iter()
            .filter(|(id, _)| self.entered.contains(id))
            .map(|(id, scope)| (*id, *scope))
            .collect();
        let mut noted = BTreeMap::new();
        for (id, scope) in entries {
            let Some(anchors) = self.resources.dynamic(scope) else {
                continue;
            };
            let anchors: Vec<(String, Place<'a>)> =
                anchors.iter().map(|(name, place)| ((*name).to_owned(), *place)).collect();
            let anchors = anchors.into_iter().map(|(name, place)| (name, self.schema(place))).collect();
            self.drain();
            if let Some(SchemaBody::Object(keywords)) =
                self.schemas.get_mut(id).map(|schema| &mut schema.body)
            {
                keywords.resource = Some(anchors);
                noted.entry(scope).or_insert(id);
            }
        }
        for (id, scope) in &self.origins {
            if let (Some(SchemaBody::Object(keywords)), Some(within)) =
                (self.schemas.get_mut(*id).map(|schema| &mut schema.body), noted.get(scope))
            {
                keywords.within = Some(*within).filter(|_| keywords.resource.is_none());
            }
        }
    }

    fn body(&mut self, id: SchemaId, place: Place<'a>) -> SchemaBody<'a> {
        let node = place.node;
        match node.value() {
            Value::Bool(accepts) => SchemaBody::Bool(accepts),
            Value::Object(_) => {
                let keywords = self.keywords(place);
                if keywords.contains.is_some() && self.dialect(place.scope).draft < Draft::Draft2020 {
                    self.older_contains.push(id);
                }
                SchemaBody::Object(keywords)
            }
            Value::Null => {
                self.mended(
                    node.span(),
                    "a schema is null; it is read as `{}`, which accepts everything".to_owned(),
                );
                SchemaBody::Bool(true)
            }
            _ => {
                let message = format!("a schema is an object or a boolean, this is {}", node.kind());
                self.diagnostics.error(Code::WRONG_TYPE, node.span(), message);
                SchemaBody::Bool(true)
            }
        }
    }

    fn keywords(&mut self, place: Place<'a>) -> Keywords<'a> {
        let dialect = self.dialect(place.scope);
        let mut keywords = Keywords::default();
        let only_reference = dialect.draft.reference_hides() && reference_of(place.node).is_some();
        for member in place.node.members() {
            let (name, value) = (member.name, place.with(member.value));
            if only_reference && !self.counts_beside_reference(member, dialect) {
                continue;
            }
            if value.node.is_null() && NOTHING_IF_NULL.contains(&name) {
                self.mended(
                    value.node.span(),
                    format!("`{name}` is null; it is read as if it were not there"),
                );
                continue;
            }
            let known = dialect.has(name)
                && (self.core(member, value, &mut keywords)
                    || self.applicator(member, value, &mut keywords)
                    || self.assertion(member, value, &mut keywords)
                    || self.annotation(member, value, &mut keywords));
            if !known && !name.starts_with("x-") {
                self.unknown_keyword(member, dialect);
            }
            if dialect.draft == Draft::OpenApi30 && legacy::SINCE_3_1.contains(&name) {
                self.newer(member, "a schema", "3.1.0");
            }
        }
        if !only_reference {
            self.raise(place, dialect, &mut keywords);
        }
        keywords
    }

    /// Up to draft-07 all siblings of `$ref` are ignored; annotations do no harm.
    fn counts_beside_reference(&mut self, member: Member<'_>, dialect: Dialect) -> bool {
        let name = member.name;
        if matches!(
            name,
            "$ref" | "title" | "description" | "deprecated" | "example" | "externalDocs" | "xml"
        ) || name.starts_with("x-")
        {
            return true;
        }
        if dialect.draft != Draft::OpenApi30
            && matches!(name, "$schema" | "$comment" | "definitions" | "$defs")
        {
            return false;
        }
        let message = match dialect.draft {
            Draft::OpenApi30 => format!("`{name}` beside `$ref` has no effect in an OpenAPI 3.0 schema"),
            _ => format!("`{name}` beside `$ref` has no effect in {}", dialect.name()),
        };
        self.diagnostics
            .warning_once(Code::IGNORED_REFERENCE_SIBLING, name, member.name_span, message)
            .help("wrap the reference: `allOf: [{$ref: …}]` with the other keywords beside it");
        false
    }

    fn unknown_keyword(&mut self, member: Member<'_>, dialect: Dialect) {
        let name = member.name;
        let message = format!("`{name}` is no keyword of {} or OpenAPI; it has no effect", dialect.name());
        let report = self.diagnostics.warning_once(Code::UNKNOWN_KEYWORD, name, member.name_span, message);
        let known = legacy::KEYWORDS.iter().copied().filter(|known| dialect.has(known));
        if report.is_listed()
            && let Some(question) = did_you_mean(name, known)
        {
            report.help(question);
        }
    }

    /// Keywords that identify and refer. Says whether the member is one.
    fn core(&mut self, member: Member<'a>, value: Place<'a>, keywords: &mut Keywords<'a>) -> bool {
        match member.name {
            "$ref" => keywords.reference = self.schema_reference(member, value).map(|(id, _)| id),
            "$dynamicRef" => keywords.dynamic_reference = self.dynamic_reference(member, value),
            "$recursiveRef" => keywords.dynamic_reference = self.recursive_reference(member, value),
            "$schema" => self.check_dialect(member, value),
            // Read once all others are known.
            "dependencies" | "additionalItems" => {}
            "$id" | "$anchor" | "$dynamicAnchor" | "$defs" | "definitions" | "$comment" | "$vocabulary" => {}
            "id" | "$recursiveAnchor" => {}
            _ => return false,
        }
        true
    }

    /// `$schema` was heeded when the schema's resource was found; in OpenAPI 3.0 it is not.
    fn check_dialect(&mut self, member: Member<'_>, value: Place<'a>) {
        if self.dialect(value.scope).draft == Draft::OpenApi30 {
            self.idle_dialect(member);
        } else if value.node.as_str().is_none() {
            let message = format!("`$schema` must be a URI, this is {}", value.node.kind());
            self.diagnostics.error(Code::WRONG_TYPE, value.node.span(), message);
        }
    }

    fn schema_reference(&mut self, member: Member<'a>, value: Place<'a>) -> Option<(SchemaId, Place<'a>)> {
        let Some(reference) = value.node.as_str() else {
            let message = format!("`{}` must be a string, this is {}", member.name, value.node.kind());
            self.diagnostics.error(Code::WRONG_TYPE, value.node.span(), message);
            return None;
        };
        let target = self.resolve(value.scope, member, reference)?;
        let id = self.entry_schema(target);
        if let Some(name) = name_in(reference) {
            self.names.entry(id).or_insert(name);
        }
        Some((id, target))
    }

    /// `$dynamicRef`: dynamic if the static target is found by a `$dynamicAnchor` (Core, section 8.2.3.2).
    fn dynamic_reference(&mut self, member: Member<'a>, value: Place<'a>) -> Option<DynamicReference> {
        let (target, place) = self.schema_reference(member, value)?;
        let fragment = uri::fragment(value.node.as_str().unwrap_or_default());
        Some(DynamicReference { anchor: self.dynamic_anchor(place, fragment), target })
    }

    /// `$recursiveRef: '#'` of 2019-09, a dynamic reference to resources with `$recursiveAnchor: true`.
    fn recursive_reference(&mut self, member: Member<'a>, value: Place<'a>) -> Option<DynamicReference> {
        let (target, place) = self.schema_reference(member, value)?;
        if value.node.as_str() != Some("#") {
            let message = "`$recursiveRef` can only be '#' (JSON Schema 2019-09 Core, section 8.2.4.2.1)";
            self.diagnostics.error(Code::INVALID_VALUE, value.node.span(), message);
        }
        Some(DynamicReference { anchor: self.dynamic_anchor(place, RECURSIVE), target })
    }

    /// The anchor, if it is dynamic and this is its place.
    fn dynamic_anchor(&self, place: Place<'a>, name: &str) -> Option<String> {
        let anchored = self.resources.dynamic(place.scope)?.get(name)?;
        (anchored.node.id() == place.node.id()).then(|| name.to_owned())
    }
}

/// What a reference calls its target: the last part of the pointer, the anchor, or the file.
fn name_in(reference: &str) -> Option<String> {
    let fragment = percent_decoded(uri::fragment(reference));
    let token = fragment.rsplit('/').next().filter(|token| !token.is_empty());
    if let Some(token) = token {
        return Some(token.replace("~1", "/").replace("~0", "~"));
    }
    let path = percent_decoded(uri::without_fragment(reference));
    Path::new(&path).file_stem().and_then(|stem| stem.to_str()).map(str::to_owned)
}
