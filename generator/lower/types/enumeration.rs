//! `enum` and `const`.

use counterpart_runtime::Json;

use super::{
    Lowered, TypeLowering, class,
    constants::{self, Constant},
    parts,
    parts::Parts,
    site::Site,
};
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
        let constants = constants::of(self.contract, parts).unwrap_or_default();
        let judged = asserts_more(parts, &values, &constants);
        let variants = variants(parts, values, &constants);
        let kind = if strings { TypeKind::StringEnum(variants) } else { TypeKind::LiteralEnum(variants) };
        self.fill(id, judged, kind)
    }

    /// The values of a union of constants that are not all strings.
    pub(super) fn constants(&self, parts: &Parts<'_>) -> Option<Vec<Json>> {
        let constants = constants::of(self.contract, parts)?;
        let values: Vec<Json> = constants.into_iter().map(|constant| constant.value.clone()).collect();
        values.iter().any(|value| value.as_str().is_none()).then_some(values)
    }
}

fn allows(types: &[Type], value: &Json) -> bool {
    let ty = parts::type_of(value);
    types.contains(&ty) || (ty == Type::Integer && types.contains(&Type::Number))
}

/// Anything beside the values that could refuse one of them.
fn asserts_more(parts: &Parts<'_>, values: &[Json], constants: &[Constant<'_>]) -> bool {
    let listed = |value| constants.iter().any(|constant| constant.value == value);
    parts.is_conditional()
        || !(parts.unions().is_empty() || values.iter().all(listed))
        || parts.any(|part| {
            parts::asserts_object(part)
                || parts::asserts_array(part)
                || parts::bounds_string(part)
                || parts::bounds_number(part)
                || part.format.is_some_and(|format| !values.iter().all(|value| fits(value, format)))
        })
}

/// A whole number that a format has room for.
fn fits(value: &Json, format: &str) -> bool {
    let text = value.to_string();
    match format {
        "int32" => text.parse::<i32>().is_ok(),
        "int64" => text.parse::<i64>().is_ok(),
        _ => false,
    }
}

fn variants(parts: &Parts<'_>, values: Vec<Json>, constants: &[Constant<'_>]) -> Vec<Variant> {
    let source = parts.list.iter().copied().find(|part| part.enumeration.is_some());
    values
        .into_iter()
        .map(|value| {
            let position = source
                .and_then(|part| part.enumeration.as_ref())
                .and_then(|list| list.iter().position(|other| *other == value));
            if let Some(constant) = constants.iter().find(|constant| *constant.value == value) {
                return constant.variant();
            }
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
