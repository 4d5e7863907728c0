//! The independent judge: the `jsonschema` crate on the document as it is written. What OpenAPI 3.0 and formats of
//! numbers mean is put into the keywords of JSON Schema 2020-12 first.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Map, Value, json};

use super::gather::{self, Gathered};

/// Formats that the crate asserts and generated code does not, unless it is told to. Both assert dates, times and UUIDs.
const NOTES: [&str; 16] = [
    "duration",
    "email",
    "hostname",
    "idn-email",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "regex",
    "relative-json-pointer",
    "uri",
    "uri-reference",
    "uri-template",
    "color",
];

/// Judges values of one document.
pub struct Judge<'g> {
    document: &'g Gathered,
    registry: Registry<'static>,
    /// Files and places of schemas that now stand within another, beside null.
    nullable: BTreeSet<(usize, String)>,
    validators: RefCell<BTreeMap<usize, Result<Validator, String>>>,
}

impl<'g> Judge<'g> {
    /// Reads the files of the document.
    pub fn new(document: &'g Gathered) -> Result<Self, String> {
        if document.circular {
            return Err("inheritance that never ends by the letter".to_owned());
        }
        let mut files = Vec::new();
        for (_, text, _) in &document.files {
            files.push(serde_json::from_str::<Value>(text).unwrap_or_default());
        }
        // What is inside comes first, so that places still hold.
        let mut schemas: Vec<&(usize, String)> = document.schemas.iter().collect();
        schemas.sort_by_key(|(_, pointer)| std::cmp::Reverse(pointer.len()));
        schemas.dedup();
        let mut nullable = BTreeSet::new();
        for (file, pointer) in schemas {
            let legacy = document.files.get(*file).is_some_and(|(_, _, legacy)| *legacy);
            if let Some(Value::Object(schema)) =
                files.get_mut(*file).and_then(|file| file.pointer_mut(pointer))
            {
                if legacy && raise(schema) {
                    nullable.insert((*file, pointer.clone()));
                }
                bounds(schema);
            }
        }
        let mut registry = Registry::new();
        for (index, mut file) in files.into_iter().enumerate() {
            rewrite(&mut file, index, document);
            registry = registry.add(address(index), file).map_err(|error| error.to_string())?;
        }
        let registry = registry.prepare().map_err(|error| error.to_string())?;
        Ok(Self { document, registry, nullable, validators: RefCell::default() })
    }

    /// The first error of a value, or why it cannot be judged.
    pub fn verdict(&self, value: &gather::Value) -> Result<Option<String>, String> {
        let json: Value = serde_json::from_str(&value.json).map_err(|error| error.to_string())?;
        let mut validators = self.validators.borrow_mut();
        let validator = validators.entry(value.target).or_insert_with(|| self.validator(value.target));
        let validator = validator.as_ref().map_err(Clone::clone)?;
        Ok(validator.iter_errors(&json).next().map(|error| format!("`{}` {error}", error.instance_path())))
    }

    fn validator(&self, target: usize) -> Result<Validator, String> {
        let target = self.document.targets.get(target).ok_or("no schema")?;
        let pointer = gather::encoded(&self.moved(target.file, &target.pointer));
        let schema = json!({ "$ref": format!("{}#{pointer}", address(target.file)) });
        let options = jsonschema::options().with_draft(Draft::Draft202012).with_registry(&self.registry);
        let options = NOTES.iter().fold(options, |options, name| options.with_format(*name, |_: &str| true));
        let options = options.with_format("byte", is_base64).should_validate_formats(true);
        options.build(&schema).map_err(|error| {
            let text = error.to_string();
            text.chars().take(100).collect()
        })
    }
}

impl Judge<'_> {
    /// Where a schema is now.
    fn moved(&self, file: usize, pointer: &str) -> String {
        let (mut around, mut moved) = (String::new(), String::new());
        for token in pointer.split('/').skip(1) {
            let within = self.nullable.contains(&(file, around.clone()));
            moved.push_str(if within { "/anyOf/1/" } else { "/" });
            moved.push_str(token);
            around.extend(["/", token]);
        }
        moved
    }
}

fn address(file: usize) -> String {
    format!("json-schema:///{file}")
}

/// A schema of OpenAPI 3.0 in words of 2020-12. Whether it now stands within another.
fn raise(schema: &mut Map<String, Value>) -> bool {
    if schema.get("$ref").is_some_and(Value::is_string) {
        schema.retain(|name, _| name == "$ref");
        return false;
    }
    for (flag, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        match schema.get(flag).and_then(Value::as_bool) {
            Some(true) => {
                schema.remove(flag);
                if let Some(value) = schema.remove(bound) {
                    schema.insert(flag.to_owned(), value);
                }
            }
            Some(false) => {
                schema.remove(flag);
            }
            None => {}
        }
    }
    if schema.get("nullable").and_then(Value::as_bool) != Some(true) {
        return false;
    }
    if let Some(Value::String(own)) = schema.get("type").cloned() {
        schema.insert("type".to_owned(), json!([own, "null"]));
    } else if ["allOf", "anyOf", "oneOf"].iter().any(|name| schema.contains_key(*name)) {
        let whole = Value::Object(std::mem::take(schema));
        schema.insert("anyOf".to_owned(), json!([{ "type": "null" }, whole]));
        return true;
    }
    false
}

/// What formats of integers say about their range.
fn bounds(schema: &mut Map<String, Value>) {
    let integer = match schema.get("type") {
        Some(Value::String(own)) => own == "integer",
        Some(Value::Array(own)) => own.iter().any(|one| one == "integer"),
        _ => false,
    };
    let range: (Value, Value) = match schema.get("format").and_then(Value::as_str) {
        Some("int8") => (json!(i8::MIN), json!(i8::MAX)),
        Some("int16") => (json!(i16::MIN), json!(i16::MAX)),
        Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
        Some("int64") => (json!(i64::MIN), json!(i64::MAX)),
        Some("uint8") => (json!(0), json!(u8::MAX)),
        Some("uint16") => (json!(0), json!(u16::MAX)),
        Some("uint32") => (json!(0), json!(u32::MAX)),
        Some("uint64") => (json!(0), json!(u64::MAX)),
        _ => return,
    };
    if integer && !schema.contains_key("allOf") {
        schema.insert("allOf".to_owned(), json!([{ "minimum": range.0, "maximum": range.1 }]));
    }
}

/// Makes references to other files those to resources of the registry.
fn rewrite(value: &mut Value, file: usize, document: &Gathered) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get_mut("$ref")
                && let Some(absolute) = resolved(reference, file, document)
            {
                *reference = absolute;
            }
            members.values_mut().for_each(|member| rewrite(member, file, document));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite(item, file, document)),
        _ => {}
    }
}

fn resolved(reference: &str, file: usize, document: &Gathered) -> Option<String> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    if path.is_empty() {
        return None;
    }
    let base = Path::new(&document.files.get(file)?.0).parent()?;
    let wanted = normal(&base.join(path));
    let index = document.files.iter().position(|(path, _, _)| normal(Path::new(path)) == wanted)?;
    Some(format!("{}#{fragment}", address(index)))
}

fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// RFC 4648, section 4, with or without padding.
fn is_base64(text: &str) -> bool {
    let bare = text.trim_end_matches('=');
    text.len() - bare.len() <= 2
        && bare.len() % 4 != 1
        && bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}
