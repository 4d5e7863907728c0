//! OpenAPI 3.0's dialect raised to JSON Schema 2020-12: `nullable` and boolean exclusive bounds.

use super::super::Resolver;
use super::super::resources::Place;
use crate::contract::{Keywords, Schema, SchemaBody, Type, Version};
use crate::diagnostic::Code;
use crate::source::{Node, Span};

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
    /// What 3.0 says differently, in 2020-12.
    pub(super) fn raise(&mut self, place: Place<'a>, version: Version, mut keywords: Keywords) -> Keywords {
        let node = place.node;
        self.exclusive_bounds(node, version, &mut keywords);
        if version != Version::V3_0 || node.get("nullable").and_then(Node::as_bool) != Some(true) {
            return keywords;
        }
        if keywords.reference.is_some() {
            return keywords;
        }
        if let Some(types) = &mut keywords.types {
            if !types.contains(&Type::Null) {
                types.push(Type::Null);
            }
            return keywords;
        }
        let composed =
            !(keywords.all_of.is_empty() && keywords.any_of.is_empty() && keywords.one_of.is_empty());
        if !composed {
            return keywords;
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
        self.or_null(node.span(), keywords)
    }

    /// `anyOf` of what the schema says and null; annotations stay outside.
    fn or_null(&mut self, at: Span, mut inner: Keywords) -> Keywords {
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
        let inner = only
            .unwrap_or_else(|| self.schemas.push(Schema { at, body: SchemaBody::Object(Box::new(inner)) }));
        let null = self.schemas.push(Schema { at, body: SchemaBody::Object(Box::new(null)) });
        outer.any_of = vec![inner, null];
        outer
    }

    /// `exclusiveMinimum: true` makes `minimum` exclusive in 3.0; 3.1 documents that say so mean it as well.
    fn exclusive_bounds(&mut self, node: Node<'_>, version: Version, keywords: &mut Keywords) {
        for name in ["exclusiveMinimum", "exclusiveMaximum"] {
            let Some(member) = node.member(name) else {
                continue;
            };
            let Some(exclusive) = member.value.as_bool() else {
                if version == Version::V3_0 {
                    self.newer(member, "a schema (as a number)", "3.1.0");
                }
                continue;
            };
            if version != Version::V3_0 {
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
