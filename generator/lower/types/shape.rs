//! How the text of a parameter, a header or a form field becomes JSON: the `Shape` of `operations.jsonl`.

use counterpart_runtime::{Json, Map};

use super::{Target, parts, parts::Parts, usage};
use crate::{
    contract::{Contract, SchemaBody, SchemaId, Type, TypeSet},
    ir::Usage,
};

/// The shape of a schema; recursion ends in `"json"`.
pub(super) fn of(contract: &Contract, id: SchemaId, usage: Usage, above: &mut Vec<SchemaId>) -> Json {
    if above.contains(&id) || above.len() > 8 {
        return text("json");
    }
    above.push(id);
    let shape = shape(contract, id, usage, above);
    above.pop();
    shape
}

fn shape(contract: &Contract, id: SchemaId, usage: Usage, above: &mut Vec<SchemaId>) -> Json {
    let parts = Parts::gather(contract, &Target::one(id));
    if usage.is_multipart() && parts.any(usage::is_binary) {
        return text("file");
    }
    let mut types = parts.types.clone().unwrap_or_default();
    let mut composite = None;
    for (_, branches) in parts.unions() {
        for branch in branches {
            match of(contract, *branch, usage, above) {
                Json::String(name) => add(&mut types, &name),
                Json::Array(names) => {
                    names.iter().filter_map(Json::as_str).for_each(|name| add(&mut types, name))
                }
                other => composite = composite.or(Some(other)),
            }
        }
    }
    if types.contains(&Type::Array) || (types.is_empty() && parts.any(parts::asserts_array)) {
        let items =
            parts.list.iter().find_map(|part| part.items.or_else(|| part.prefix_items.first().copied()));
        let item = items.map_or_else(
            || text(if usage.is_multipart() { "file" } else { "string" }),
            |item| of(contract, item, usage::of_item(contract, item, usage), above),
        );
        return Json::Object([("array".to_owned(), item)].into_iter().collect());
    }
    if types.contains(&Type::Object) || (types.is_empty() && parts.any(parts::asserts_object)) {
        return object(contract, &parts, usage, above);
    }
    if let Some(composite) = composite {
        return composite;
    }
    scalars(&types)
}

fn add(types: &mut TypeSet, name: &str) {
    let ty = match name {
        "null" => Type::Null,
        "boolean" => Type::Boolean,
        "number" => Type::Number,
        "string" => Type::String,
        _ => return,
    };
    if !types.contains(&ty) {
        types.push(ty);
    }
}

fn object(contract: &Contract, parts: &Parts<'_>, usage: Usage, above: &mut Vec<SchemaId>) -> Json {
    let mut members = Map::new();
    for (name, id) in parts.list.iter().flat_map(|part| part.properties.iter()) {
        if !members.contains_key(*name) {
            let member = of(contract, *id, usage::of_member(contract, *id, usage), above);
            members.insert((*name).to_owned(), member);
        }
    }
    let mut object = Map::new();
    object.insert("members".to_owned(), Json::Object(members));
    let additional = parts.list.iter().find_map(|part| part.additional_properties);
    let rest = match additional.map(|id| (&contract.schemas.get(id).body, id)) {
        Some((SchemaBody::Bool(false), _)) => None,
        Some((SchemaBody::Object(_), id)) => Some(of(contract, id, usage, above)),
        _ => Some(text("string")),
    };
    if let Some(rest) = rest {
        object.insert("rest".to_owned(), rest);
    }
    Json::Object([("object".to_owned(), Json::Object(object))].into_iter().collect())
}

/// One scalar, or several with strings last: the first that the text spells wins.
fn scalars(types: &[Type]) -> Json {
    let mut names: Vec<Json> = Vec::new();
    let order = [
        (Type::Null, "null"),
        (Type::Boolean, "boolean"),
        (Type::Integer, "number"),
        (Type::Number, "number"),
        (Type::String, "string"),
    ];
    for (ty, name) in order {
        if types.contains(&ty) && !names.contains(&text(name)) {
            names.push(text(name));
        }
    }
    match names.as_slice() {
        [] => text("json"),
        [one] => one.clone(),
        _ => Json::Array(names),
    }
}

fn text(value: &str) -> Json {
    Json::String(value.to_owned())
}
