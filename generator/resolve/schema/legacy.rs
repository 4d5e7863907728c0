//! Older dialects raised to JSON Schema 2020-12: `nullable` of OpenAPI 3.0, boolean exclusive bounds, `items` as an array,
//! `dependencies`, and a `contains` that evaluates nothing.

use super::super::Resolver;
use super::super::dialect::{Dialect, Draft};
use super::super::resources::Place;
use crate::contract::{Keywords, Schema, SchemaBody, SchemaId, Type, Uncommon};
use crate::diagnostic::Code;
use crate::source::{Member, Node, Span, Value};

/// Keywords that OpenAPI 3.0 does not have.
pub(super) const SINCE_3_1: &[&str] = &[
    "const",
    "if",
    "then",
    "else",
    "patternProperties",
    "propertyNames",
    "unevaluatedProperties",
    "dependentRequired",
    "dependentSchemas",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "unevaluatedItems",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "examples",
    "$dynamicRef",
    "$id",
    "$anchor",
    "$dynamicAnchor",
    "$defs",
];

/// All keywords, for suggestions.
pub(super) const KEYWORDS: &[&str] = &[
    "type",
    "enum",
    "const",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "properties",
    "patternProperties",
    "additionalProperties",
    "propertyNames",
    "unevaluatedProperties",
    "required",
    "minProperties",
    "maxProperties",
    "dependentRequired",
    "dependentSchemas",
    "prefixItems",
    "items",
    "contains",
    "minContains",
    "maxContains",
    "unevaluatedItems",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "discriminator",
    "externalDocs",
    "$ref",
    "$dynamicRef",
    "$defs",
    "$anchor",
    "$dynamicAnchor",
    "$id",
];

impl<'a> Resolver<'a> {
    /// What the dialect of a schema says differently, in 2020-12; all its other keywords are known.
    pub(super) fn raise(&mut self, place: Place<'a>, dialect: Dialect, keywords: &mut Keywords<'a>) {
        let node = place.node;
        self.exclusive_bounds(node, dialect.draft, keywords);
        if let Some(member) = node.member("dependencies").filter(|_| dialect.has("dependencies")) {
            self.dependencies(place.with(member.value), keywords);
        }
        if dialect.has("additionalItems") {
            self.tuple(place, keywords);
        }
        if dialect.draft == Draft::OpenApi30 && node.get("nullable").and_then(Node::as_bool) == Some(true) {
            self.nullable(node, keywords);
        }
    }

    /// `items` as an array, and `additionalItems`, which counts only beside that (2019-09 Core, section 9.3.1).
    fn tuple(&mut self, place: Place<'a>, keywords: &mut Keywords<'a>) {
        if let Some(Value::Array(items)) = place.node.get("items").map(Node::value) {
            keywords.prefix_items = items.map(|item| self.schema(place.with(item))).collect();
            keywords.items = place.node.get("additionalItems").map(|others| self.schema(place.with(others)));
        }
    }

    /// Before 2020-12 `contains` does not evaluate the items that it finds, nor does anything below `not`.
    pub(in super::super) fn finish_contains(&mut self) {
        let older = std::mem::take(&mut self.older_contains);
        let evaluates =
            |schema: &Schema| schema.keywords().is_some_and(|keywords| keywords.unevaluated_items.is_some());
        if older.is_empty() || !self.schemas.iter().any(|(_, schema)| evaluates(schema)) {
            return;
        }
        for id in older {
            let at = self.schemas.get(id).at;
            let Some(found) = self.keywords_mut(id).map(|keywords| Uncommon {
                contains: keywords.contains.take(),
                min_contains: keywords.min_contains.take(),
                max_contains: keywords.max_contains.take(),
                ..Uncommon::default()
            }) else {
                continue;
            };
            let found = self.made(at, found);
            let missing = self.made(at, Uncommon { not: Some(found), ..Uncommon::default() });
            let found = self.made(at, Uncommon { not: Some(missing), ..Uncommon::default() });
            if let Some(keywords) = self.keywords_mut(id) {
                keywords.all_of.push(found);
            }
        }
    }

    fn keywords_mut(&mut self, id: SchemaId) -> Option<&mut Keywords<'a>> {
        match &mut self.schemas.get_mut(id)?.body {
            SchemaBody::Object(keywords) => Some(keywords),
            SchemaBody::Bool(_) => None,
        }
    }

    /// A schema that nobody wrote.
    fn made(&mut self, at: Span, uncommon: Uncommon) -> SchemaId {
        let keywords = Keywords { uncommon: Some(Box::new(uncommon)), ..Keywords::default() };
        self.schemas.push(Schema { at, body: SchemaBody::Object(keywords) })
    }

    /// `nullable: true`.
    fn nullable(&mut self, node: Node<'_>, keywords: &mut Keywords<'a>) {
        if let Some(types) = &mut keywords.types {
            if !types.contains(&Type::Null) {
                types.push(Type::Null);
            }
            return;
        }
        let composed =
            !(keywords.all_of.is_empty() && keywords.any_of.is_empty() && keywords.one_of.is_empty());
        if !composed {
            return;
        }
        let at = node.member("nullable").map_or(node.span(), |member| member.name_span);
        self.diagnostics
            .warning_once(
                Code::NULLABLE_WITHOUT_TYPE,
                "",
                at,
                "`nullable` counts only beside `type`; null is accepted as meant",
            )
            .help("write `type` beside it, or move to OpenAPI 3.1 and add `{type: 'null'}` to an `anyOf`");
        *keywords = self.or_null(node.span(), std::mem::take(keywords));
    }

    /// `anyOf` of what the schema says and null; annotations stay outside.
    fn or_null(&mut self, at: Span, mut inner: Keywords<'a>) -> Keywords<'a> {
        let mut outer = Keywords {
            title: inner.title.take(),
            description: inner.description.take(),
            examples: std::mem::take(&mut inner.examples),
            deprecated: std::mem::take(&mut inner.deprecated),
            read_only: std::mem::take(&mut inner.read_only),
            write_only: std::mem::take(&mut inner.write_only),
            ..Keywords::default()
        };
        outer.default = inner.default.take();
        let null = Keywords { types: Some([Type::Null].into()), ..Keywords::default() };
        // A wrapper around one schema adds nothing once its annotations are gone.
        let only = inner.all_of.first().copied().filter(|_| wraps_one(&inner));
        let inner = only.unwrap_or_else(|| self.schemas.push(Schema { at, body: SchemaBody::Object(inner) }));
        let null = self.schemas.push(Schema { at, body: SchemaBody::Object(null) });
        outer.any_of = vec![inner, null];
        outer
    }

    /// `exclusiveMinimum: true` makes `minimum` exclusive in 3.0 and draft-04; later schemas that say so mean it as well.
    fn exclusive_bounds(&mut self, node: Node<'_>, draft: Draft, keywords: &mut Keywords<'a>) {
        for name in ["exclusiveMinimum", "exclusiveMaximum"] {
            let Some(member) = node.member(name) else {
                continue;
            };
            let Some(exclusive) = member.value.as_bool() else {
                self.newer_bound(member, draft);
                continue;
            };
            if draft >= Draft::Draft6 {
                self.mended(
                    member.value.span(),
                    format!("`{name}` must be a number since OpenAPI 3.1; it is read as in 3.0"),
                );
            }
            if exclusive && name == "exclusiveMinimum" {
                keywords.exclusive_minimum = keywords.minimum.take();
            } else if exclusive {
                keywords.exclusive_maximum = keywords.maximum.take();
            }
        }
    }

    /// A number where a boolean belongs.
    fn newer_bound(&mut self, member: Member<'_>, draft: Draft) {
        match draft {
            Draft::OpenApi30 => self.newer(member, "a schema (as a number)", "3.1.0"),
            Draft::Draft4 => {
                let message = format!("`{}` is true or false in JSON Schema draft-04", member.name);
                self.diagnostics
                    .error(Code::WRONG_TYPE, member.value.span(), message)
                    .help("write the number as `minimum` or `maximum`, and `true` here");
            }
            _ => {}
        }
    }
}

/// Whether the schema says nothing but `allOf` with one entry.
fn wraps_one(keywords: &Keywords) -> bool {
    let nothing = Keywords::default();
    keywords.all_of.len() == 1
        && keywords.any_of.is_empty()
        && keywords.one_of.is_empty()
        && keywords.properties.is_empty()
        && keywords.required.is_empty()
        && keywords.discriminator.is_none()
        && keywords.not.is_none()
        && keywords.enumeration == nothing.enumeration
        && keywords.constant == nothing.constant
        && keywords.format == nothing.format
        && keywords.pattern == nothing.pattern
        && keywords.additional_properties.is_none()
        && keywords.extensions.is_empty()
}
