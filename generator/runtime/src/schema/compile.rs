//! From the JSON of a line to a compiled schema.

use std::borrow::Cow;

use super::node::{Keyword, Leaf, Members, Rules, Schema, Types};
use crate::pattern::Compiled;
use crate::{Json, Map, Number, format};

/// Compiles a schema. What cannot be understood accepts nothing; it says why.
pub(super) fn compile(json: &Json) -> Schema {
    match json {
        Json::Bool(answer) => Schema::Always(*answer),
        Json::Object(members) => match rules(members) {
            Ok(rules) => Schema::Rules(Box::new(rules)),
            Err(why) => Schema::Broken(Cow::Owned(why)),
        },
        _ => Schema::Broken(Cow::Borrowed("a schema is an object or a boolean")),
    }
}

type Compilation<T> = Result<T, String>;

fn rules(source: &Map<Json>) -> Compilation<Rules> {
    let flag = |name: &str| source.get(name).and_then(Json::as_bool) == Some(true);
    let password = source.get("format").and_then(Json::as_str) == Some("password");
    let resource = match source.get("$resource") {
        None => None,
        Some(Json::Object(anchors)) => {
            let anchors = anchors.iter().map(|(name, root)| Ok((name.clone(), index(root)?)));
            Some(anchors.collect::<Compilation<_>>()?)
        }
        Some(_) => return Err("`$resource` is an object".to_owned()),
    };
    let mut keywords = Vec::new();
    for (name, value) in source {
        if let Some(leaf) = leaf(name, value).map_err(|why| format!("`{name}` {why}"))? {
            keywords.push(Keyword::Leaf(leaf));
        }
    }
    keywords.sort_by_key(|keyword| match keyword {
        Keyword::Leaf(Leaf::Type(_)) => 0,
        Keyword::Leaf(Leaf::Pattern(..) | Leaf::UniqueItems | Leaf::Format { .. }) => 2,
        _ => 1,
    });
    members(source, &mut keywords)?;
    items(source, &mut keywords)?;
    in_place(source, &mut keywords)?;
    Ok(Rules {
        keywords,
        resource,
        unevaluated_items: source.get("unevaluatedItems").map(compile),
        unevaluated_properties: source.get("unevaluatedProperties").map(compile),
        secret: flag("writeOnly") || password,
    })
}

fn leaf(name: &str, value: &Json) -> Compilation<Option<Leaf>> {
    Ok(Some(match name {
        "type" => Leaf::Type(types(value)?),
        "const" => Leaf::Const(value.clone()),
        "enum" => {
            let listed = value.as_array().ok_or("is an array")?.to_vec();
            let mut sorted = listed.clone();
            sorted.sort_unstable();
            Leaf::Enum { sorted, listed }
        }
        "minimum" => Leaf::Minimum(number(value)?),
        "maximum" => Leaf::Maximum(number(value)?),
        "exclusiveMinimum" => Leaf::ExclusiveMinimum(number(value)?),
        "exclusiveMaximum" => Leaf::ExclusiveMaximum(number(value)?),
        "multipleOf" => Leaf::MultipleOf(number(value)?),
        "minLength" => Leaf::MinLength(count(value)?),
        "maxLength" => Leaf::MaxLength(count(value)?),
        "pattern" => {
            let source = value.as_str().ok_or("is a string")?;
            Leaf::Pattern(pattern(source)?)
        }
        "format" => {
            let name = value.as_str().ok_or("is a string")?;
            let (text, number) = (format::check(name), format::check_number(name));
            if text.is_none() && number.is_none() {
                return Ok(None);
            }
            Leaf::Format { name: name.to_owned(), text, number }
        }
        "minItems" => Leaf::MinItems(count(value)?),
        "maxItems" => Leaf::MaxItems(count(value)?),
        "uniqueItems" if value.as_bool() == Some(true) => Leaf::UniqueItems,
        "minProperties" => Leaf::MinProperties(count(value)?),
        "maxProperties" => Leaf::MaxProperties(count(value)?),
        "readOnly" if value.as_bool() == Some(true) => Leaf::ReadOnly,
        "required" => Leaf::Required(names(value)?),
        "dependentRequired" => {
            let entries = value.as_object().ok_or("is an object")?.iter();
            let entries = entries.map(|(name, needed)| Ok((name.clone(), names(needed)?)));
            Leaf::DependentRequired(entries.collect::<Compilation<_>>()?)
        }
        _ => return Ok(None),
    }))
}

/// The keywords that descend into objects.
fn members(source: &Map<Json>, keywords: &mut Vec<Keyword>) -> Compilation<()> {
    let object = |name: &str| match source.get(name) {
        None => Ok(None),
        Some(Json::Object(members)) => Ok(Some(members)),
        Some(_) => Err(format!("`{name}` is an object")),
    };
    let mut members =
        Members { additional: source.get("additionalProperties").map(compile), ..Members::default() };
    for (name, schema) in object("properties")?.into_iter().flatten() {
        members.named.insert(name.clone(), compile(schema));
    }
    for (source, schema) in object("patternProperties")?.into_iter().flatten() {
        members.patterns.push((pattern(source)?, compile(schema)));
    }
    if !members.named.is_empty() || !members.patterns.is_empty() || members.additional.is_some() {
        keywords.push(Keyword::Members(members));
    }
    keywords.extend(source.get("propertyNames").map(compile).map(Keyword::PropertyNames));
    if let Some(schemas) = object("dependentSchemas")? {
        let schemas = schemas.iter().map(|(name, schema)| (name.clone(), compile(schema)));
        keywords.push(Keyword::DependentSchemas(schemas.collect()));
    }
    Ok(())
}

/// The keywords that descend into arrays.
fn items(source: &Map<Json>, keywords: &mut Vec<Keyword>) -> Compilation<()> {
    let prefix = list(source, "prefixItems")?.unwrap_or_default();
    let rest = source.get("items").map(compile);
    if !prefix.is_empty() || rest.is_some() {
        keywords.push(Keyword::Items { prefix, rest });
    }
    if let Some(schema) = source.get("contains").map(compile) {
        let bound = |name: &str| source.get(name).map(count).transpose();
        let (min, max) = (bound("minContains")?.unwrap_or(1), bound("maxContains")?);
        keywords.push(Keyword::Contains { schema, min, max });
    }
    Ok(())
}

/// The keywords that apply schemas to the value itself.
fn in_place(source: &Map<Json>, keywords: &mut Vec<Keyword>) -> Compilation<()> {
    if let Some(root) = source.get("$ref") {
        keywords.push(Keyword::Ref(index(root)?));
    }
    if let Some(reference) = source.get("$dynamicRef") {
        let anchor = reference.get("anchor").and_then(Json::as_str).ok_or("`$dynamicRef` names an anchor")?;
        let root = index(reference.get("root").unwrap_or(&Json::Null))?;
        keywords.push(Keyword::DynamicRef { anchor: anchor.to_owned(), root });
    }
    keywords.extend(list(source, "allOf")?.map(Keyword::AllOf));
    keywords.extend(list(source, "anyOf")?.map(Keyword::AnyOf));
    keywords.extend(list(source, "oneOf")?.map(Keyword::OneOf));
    keywords.extend(source.get("not").map(compile).map(Keyword::Not));
    if let Some(condition) = source.get("if").map(compile) {
        let branch = |name: &str| source.get(name).map(compile);
        keywords.push(Keyword::If { condition, then: branch("then"), otherwise: branch("else") });
    }
    Ok(())
}

fn list(source: &Map<Json>, name: &str) -> Compilation<Option<Vec<Schema>>> {
    match source.get(name) {
        None => Ok(None),
        Some(Json::Array(schemas)) => Ok(Some(schemas.iter().map(compile).collect())),
        Some(_) => Err(format!("`{name}` is an array")),
    }
}

fn types(value: &Json) -> Compilation<Types> {
    let one = |value: &Json| value.as_str().and_then(Types::bit).ok_or("names the types of JSON");
    Ok(Types(match value {
        Json::Array(names) => names.iter().map(one).try_fold(0, |all, bit| bit.map(|bit| all | bit))?,
        name => one(name)?,
    }))
}

fn number(value: &Json) -> Compilation<Number> {
    Ok(value.as_number().cloned().ok_or("is a number")?)
}

fn count(value: &Json) -> Compilation<u64> {
    let number = value.as_number().filter(|number| number.is_integer() && **number >= Number::default());
    // No value has more parts than that.
    number.map(|number| number.as_u64().unwrap_or(u64::MAX)).ok_or_else(|| "is a count".to_owned())
}

fn names(value: &Json) -> Compilation<Vec<String>> {
    let names = value.as_array().ok_or("is an array of names")?.iter();
    names.map(|name| Ok(name.as_str().ok_or("is an array of names")?.to_owned())).collect()
}

fn index(value: &Json) -> Compilation<u32> {
    let index = value.as_u64().and_then(|index| u32::try_from(index).ok());
    index.ok_or_else(|| "a reference is the number of a line".to_owned())
}

fn pattern(source: &str) -> Compilation<Compiled> {
    Compiled::new(source).map_err(|error| error.to_string())
}
