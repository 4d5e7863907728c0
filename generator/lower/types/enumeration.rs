//! `enum` and `const`.

use counterpart_runtime::Json;

use super::{Lowered, TypeLowering, class, parts, parts::Parts, site::Site};
use crate::{
    contract::{Keywords, Type},
    ir::{TypeKind, TypeRef, Variant},
};

impl TypeLowering<'_> {
    pub(super) fn enumeration(&mut self, site: &Site<'_>, mut values: Vec<Json>) -> Lowered {
        let Site { target, usage, parts, .. } = site;
        if let Some(types) = &parts.types {
            values.retain(|value| allows(types, value));
        }
        if values.is_empty() {
            return self.judged_json(site);
        }
        if values == [Json::Null] {
            return Lowered::exact(TypeRef::Null);
        }
        if values.len() == 2 && values.contains(&Json::Bool(true)) && values.contains(&Json::Bool(false)) {
            return Lowered::exact(TypeRef::Bool);
        }
        let nullable = values.contains(&Json::Null);
        let strings = values.iter().all(|value| matches!(value, Json::String(_) | Json::Null));
        if nullable && strings && target.only.is_none() {
            let inner = self.lower(&target.only([Type::String].into()), *usage, &self.value_place(site));
            return class::nullable(inner);
        }
        let id = self.named(site);
        let variants = variants(parts, values);
        let kind = if strings { TypeKind::StringEnum(variants) } else { TypeKind::LiteralEnum(variants) };
        self.fill(id, asserts_more(parts), kind)
    }
}

fn allows(types: &[Type], value: &Json) -> bool {
    let ty = parts::type_of(value);
    types.contains(&ty) || (ty == Type::Integer && types.contains(&Type::Number))
}

/// Anything beside the values that could refuse one of them.
fn asserts_more(parts: &Parts<'_>) -> bool {
    parts.is_conditional()
        || !parts.unions().is_empty()
        || parts.any(|part| {
            parts::asserts_object(part)
                || parts::asserts_array(part)
                || parts::asserts_string(part)
                || parts::asserts_number(part)
        })
}

fn variants(parts: &Parts<'_>, values: Vec<Json>) -> Vec<Variant> {
    let source = parts.list.iter().copied().find(|part| part.enumeration.is_some());
    values
        .into_iter()
        .map(|value| {
            let position = source
                .and_then(|part| part.enumeration.as_ref())
                .and_then(|list| list.iter().position(|other| *other == value));
            let note = |key: &str| source.zip(position).and_then(|(part, index)| listed(part, key, index));
            Variant {
                wish: note("x-enum-varnames"),
                docs: note("x-enum-descriptions")
                    .or_else(|| note("x-enumDescriptions"))
                    .or_else(|| source.and_then(|part| mapped(part, "x-enumDescriptions", &value)))
                    .unwrap_or_default(),
                value,
            }
        })
        .collect()
}

/// An entry of an extension that is a list beside `enum`.
fn listed(part: &Keywords, key: &str, index: usize) -> Option<String> {
    let (_, value) = part.extensions.iter().find(|(name, _)| name == key)?;
    match value {
        Json::Array(list) => list.get(index)?.as_str().map(str::to_owned),
        _ => None,
    }
}

/// An entry of an extension that is a map from values.
fn mapped(part: &Keywords, key: &str, value: &Json) -> Option<String> {
    let (_, map) = part.extensions.iter().find(|(name, _)| name == key)?;
    map.get(value.as_str()?)?.as_str().map(str::to_owned)
}
