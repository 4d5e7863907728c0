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
use super::reference::reference_of;
use super::resources::Place;
use super::uri;
use crate::contract::{DynamicReference, Keywords, Schema, SchemaBody, SchemaId, Version};
use crate::diagnostic::Code;
use crate::document::percent_decoded;
use crate::source::{Member, Node, Span, Value};

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
        if self.resources.get(scope).is_some_and(|resource| !resource.dynamic.is_empty()) {
            self.origins.insert(id, scope);
            if self.resources.beginning_at(place.node).is_some() {
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
            let body = self.body(place);
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
            let Some(resource) = self.resources.get(scope) else {
                continue;
            };
            let anchors: Vec<(String, Node<'a>)> =
                resource.dynamic.iter().map(|(name, node)| ((*name).to_owned(), *node)).collect();
            let anchors =
                anchors.into_iter().map(|(name, node)| (name, self.schema(Place { node, scope }))).collect();
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

    fn body(&mut self, place: Place<'a>) -> SchemaBody {
        let node = place.node;
        match node.value() {
            Value::Bool(accepts) => SchemaBody::Bool(accepts),
            Value::Object(_) => SchemaBody::Object(Box::new(self.keywords(place))),
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

    fn keywords(&mut self, place: Place<'a>) -> Keywords {
        let version = self.version(place);
        let mut keywords = Keywords::default();
        let only_reference = version == Version::V3_0 && reference_of(place.node).is_some();
        for member in place.node.members() {
            let (name, value) = (member.name, place.with(member.value));
            if only_reference && !self.counts_beside_reference(member) {
                continue;
            }
            let known = self.core(member, value, &mut keywords)
                || self.applicator(member, value, &mut keywords)
                || self.assertion(member, value, &mut keywords)
                || self.annotation(member, value, &mut keywords);
            if !known && !name.starts_with("x-") {
                self.unknown_keyword(member);
            }
            if version == Version::V3_0 && legacy::SINCE_3_1.contains(&name) {
                self.newer(member, "a schema", "3.1.0");
            }
        }
        if version != Version::V3_0
            && let Some(member) = place.node.member("dependencies")
        {
            self.dependencies(place.with(member.value), &mut keywords);
        }
        self.raise(place, version, keywords)
    }

    /// In 3.0 all siblings of `$ref` are ignored; annotations do no harm.
    fn counts_beside_reference(&mut self, member: Member<'_>) -> bool {
        let name = member.name;
        if matches!(
            name,
            "$ref" | "title" | "description" | "deprecated" | "example" | "externalDocs" | "xml"
        ) || name.starts_with("x-")
        {
            return true;
        }
        let message = format!("`{name}` beside `$ref` has no effect in an OpenAPI 3.0 schema");
        self.diagnostics
            .warning_once(Code::IGNORED_REFERENCE_SIBLING, name, member.name_span, message)
            .help("wrap the reference: `allOf: [{$ref: …}]` with the other keywords beside it");
        false
    }

    fn unknown_keyword(&mut self, member: Member<'_>) {
        let name = member.name;
        let message = format!("`{name}` is no keyword of JSON Schema 2020-12 or OpenAPI; it has no effect");
        let report = self.diagnostics.warning_once(Code::UNKNOWN_KEYWORD, name, member.name_span, message);
        if report.is_listed()
            && let Some(close) = super::suggest::closest(name, legacy::KEYWORDS.iter().copied())
        {
            report.help(format!("did you mean `{close}`?"));
        }
    }

    /// Keywords that begin with `$`. Says whether the member is one.
    fn core(&mut self, member: Member<'a>, value: Place<'a>, keywords: &mut Keywords) -> bool {
        match member.name {
            "$ref" => keywords.reference = self.schema_reference(member, value).map(|(id, _)| id),
            "$dynamicRef" => keywords.dynamic_reference = self.dynamic_reference(member, value),
            "$schema" => self.dialect(Some(value.node)),
            // Read once all others are known.
            "dependencies" if self.version(value) != Version::V3_0 => {}
            "$id" | "$anchor" | "$dynamicAnchor" | "$defs" | "definitions" | "$comment" | "$vocabulary" => {}
            _ => return false,
        }
        true
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
        let dynamic = self.resources.get(place.scope).and_then(|resource| resource.dynamic.get(fragment));
        let anchor = dynamic.filter(|node| node.id() == place.node.id()).map(|_| fragment.to_owned());
        Some(DynamicReference { anchor, target })
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
