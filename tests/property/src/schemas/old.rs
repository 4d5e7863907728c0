//! The same contract in OpenAPI 3.0, as far as it can be said there.

use counterpart_runtime::{Json, Map};

/// What 3.0 has no words for.
const NEWER: &[&str] = &[
    "$anchor",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "unevaluatedItems",
    "unevaluatedProperties",
    "patternProperties",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "if",
    "then",
    "else",
];

/// Leaves out of all component schemas what 3.0 cannot say.
pub fn restrict(contract: &mut Json) {
    components(contract, restrict_schema);
}

/// Writes what is left in 3.0's words.
pub fn spell(contract: &mut Json) {
    components(contract, spell_schema);
    if let Json::Object(members) = contract {
        members.insert("openapi".to_owned(), "3.0.4".into());
        members.insert("paths".to_owned(), Json::Object(Map::new()));
    }
}

fn components(contract: &mut Json, change: fn(&mut Json)) {
    if let Json::Object(document) = contract
        && let Some(Json::Object(components)) = document.get_mut("components")
        && let Some(Json::Object(schemas)) = components.get_mut("schemas")
    {
        schemas.values_mut().for_each(change);
    }
}

/// Calls for each schema directly below.
fn below(members: &mut Map<Json>, change: fn(&mut Json)) {
    for (name, value) in members {
        match (name.as_str(), value) {
            ("properties", Json::Object(schemas)) => schemas.values_mut().for_each(change),
            ("allOf" | "anyOf" | "oneOf", Json::Array(schemas)) => schemas.iter_mut().for_each(change),
            // Only here 3.0 has schemas that are booleans.
            ("additionalProperties", Json::Bool(_)) => {}
            ("items" | "not" | "additionalProperties", schema) => change(schema),
            _ => {}
        }
    }
}

fn restrict_schema(schema: &mut Json) {
    match schema {
        Json::Bool(true) => *schema = Json::Object(Map::new()),
        Json::Bool(false) => {
            *schema = Json::Object(Map::from_iter([("not".to_owned(), Json::Object(Map::new()))]));
        }
        Json::Object(members) if members.contains_key("$ref") => members.retain(|name, _| name == "$ref"),
        Json::Object(members) => {
            members.retain(|name, _| !NEWER.contains(&name.as_str()));
            restrict_types(members);
            for (strict, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
                if members.contains_key(bound) {
                    members.shift_remove(strict);
                }
            }
            below(members, restrict_schema);
        }
        _ => {}
    }
}

/// One type at most, beside null, which goes with a type only; values are listed.
fn restrict_types(members: &mut Map<Json>) {
    if let Some(constant) = members.shift_remove("const") {
        members.insert("enum".to_owned(), Json::Array(vec![constant]));
    }
    let types: Vec<Json> = match members.get("type") {
        Some(Json::Array(types)) => types.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    };
    let null = Json::from("null");
    match (types.iter().find(|ty| **ty != null), types.contains(&null)) {
        (Some(ty), true) => drop(members.insert("type".to_owned(), Json::Array(vec![ty.clone(), null]))),
        (Some(ty), false) => drop(members.insert("type".to_owned(), ty.clone())),
        (None, true) => {
            members.insert("type".to_owned(), ["string", "null"].into_iter().collect());
            members.insert("enum".to_owned(), Json::Array(vec![Json::Null]));
        }
        (None, false) => {
            if let Some(Json::Array(values)) = members.get_mut("enum") {
                values.retain(|value| *value != Json::Null);
            }
            members.retain(|name, value| name != "enum" || value.as_array() != Some(&[]));
        }
    }
    if types.iter().any(|ty| ty.as_str() == Some("array")) {
        members.entry("items".to_owned()).or_insert_with(|| Json::Object(Map::new()));
    }
}

fn spell_schema(schema: &mut Json) {
    let Json::Object(members) = schema else { return };
    if let Some(Json::Array(types)) = members.get("type").cloned() {
        members.extend(types.into_iter().next().map(|ty| ("type".to_owned(), ty)));
        members.insert("nullable".to_owned(), true.into());
    }
    for (strict, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if let Some(value) = members.shift_remove(strict) {
            members.insert(bound.to_owned(), value);
            members.insert(strict.to_owned(), true.into());
        }
    }
    below(members, spell_schema);
}
