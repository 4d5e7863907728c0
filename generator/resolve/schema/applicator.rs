//! Keywords that hold schemas (JSON Schema Core, section 10 and 11).

use super::super::Resolver;
use super::super::resources::Place;
use crate::contract::{Keywords, SchemaId};
use crate::diagnostic::Code;
use crate::source::{Member, Value};

impl<'a> Resolver<'a> {
    /// Says whether the member is such a keyword.
    pub(super) fn applicator(
        &mut self,
        member: Member<'a>,
        value: Place<'a>,
        keywords: &mut Keywords<'a>,
    ) -> bool {
        match member.name {
            "allOf" => keywords.all_of = self.schema_list(member, value),
            "anyOf" => keywords.any_of = self.schema_list(member, value),
            "oneOf" => keywords.one_of = self.schema_list(member, value),
            "not" => keywords.not = Some(self.schema(value)),
            "if" => keywords.if_ = Some(self.schema(value)),
            "then" => keywords.then = Some(self.schema(value)),
            "else" => keywords.else_ = Some(self.schema(value)),
            "properties" => keywords.properties = self.named_schemas(member, value).collect(),
            "patternProperties" => keywords.pattern_properties = self.schema_map(member, value),
            "dependentSchemas" => keywords.dependent_schemas = self.schema_map(member, value),
            "additionalProperties" => keywords.additional_properties = Some(self.schema(value)),
            "propertyNames" => keywords.property_names = Some(self.schema(value)),
            "unevaluatedProperties" => keywords.unevaluated_properties = Some(self.schema(value)),
            "prefixItems" => keywords.prefix_items = self.schema_list(member, value),
            "items" => self.items(member, value, keywords),
            "contains" => keywords.contains = Some(self.schema(value)),
            "unevaluatedItems" => keywords.unevaluated_items = Some(self.schema(value)),
            "contentSchema" => keywords.content_schema = Some(self.schema(value)),
            _ => return false,
        }
        true
    }

    fn items(&mut self, member: Member<'_>, value: Place<'a>, keywords: &mut Keywords<'a>) {
        if !value.node.is_array() {
            keywords.items = Some(self.schema(value));
        } else if !self.dialect(value.scope).has("additionalItems") {
            let message = "`items` is a list, as before JSON Schema 2020-12; it is read as `prefixItems`";
            self.mended(value.node.span(), message.to_owned());
            let schemas = self.schema_list(member, value);
            if keywords.prefix_items.is_empty() {
                keywords.prefix_items = schemas;
            }
        }
        // Otherwise a tuple, read once `additionalItems` is known.
    }

    fn schema_list(&mut self, member: Member<'_>, value: Place<'a>) -> Vec<SchemaId> {
        let Value::Array(items) = value.node.value() else {
            let message =
                format!("`{}` must be an array of schemas, this is {}", member.name, value.node.kind());
            self.diagnostics.error(Code::WRONG_TYPE, value.node.span(), message);
            return Vec::new();
        };
        if items.is_empty() {
            self.mended(
                value.node.span(),
                format!("`{}` is empty; it is read as if it were not there", member.name),
            );
        }
        items.map(|item| self.schema(value.with(item))).collect()
    }

    fn schema_map(&mut self, member: Member<'_>, value: Place<'a>) -> Vec<(String, SchemaId)> {
        self.named_schemas(member, value).map(|(name, id)| (name.to_owned(), id)).collect()
    }

    fn named_schemas(
        &mut self,
        member: Member<'_>,
        value: Place<'a>,
    ) -> impl Iterator<Item = (&'a str, SchemaId)> {
        let entries = self.entries(value, &format!("`{}`", member.name));
        entries.into_iter().map(|entry| (entry.name, self.schema(entry.place)))
    }

    /// `dependencies`, which 2020-12 has split in two (Core, appendix; the meta-schema still admits it).
    pub(super) fn dependencies(&mut self, value: Place<'a>, keywords: &mut Keywords) {
        for entry in self.entries(value, "`dependencies`") {
            let (name, node) = (entry.name.to_owned(), entry.place.node);
            if node.is_array() {
                let names = self.required_names(node);
                let mut names = names.into_iter().map(str::to_owned).collect();
                match keywords.dependent_required.iter_mut().find(|known| known.0 == name) {
                    Some((_, known)) => known.append(&mut names),
                    None => keywords.dependent_required.push((name, names)),
                }
            } else if keywords.dependent_schemas.iter().any(|known| known.0 == name) {
                let message =
                    format!("both `dependencies` and `dependentSchemas` have a schema for `{name}`");
                self.diagnostics
                    .error(Code::WRONG_TYPE, node.span(), message)
                    .help("write one schema below `dependentSchemas`, with `allOf` of the two");
            } else {
                keywords.dependent_schemas.push((name, self.schema(entry.place)));
            }
        }
    }
}
