//! The independent judge: the `jsonschema` crate. It shares no code with this project.

use counterpart_runtime::{Json, Map, Number};
use jsonschema::{Draft, Validator};
use serde_json::Value;

/// Formats that the generator asserts only if it is told to; those that it always asserts have a Rust type.
const OPTIONAL: &[&str] = &["uri", "email", "ipv4"];

/// A component schema, compiled.
pub struct Judge {
    validator: Validator,
    /// Some `multipleOf` has a fraction.
    fractions: bool,
}

impl Judge {
    /// The judge of a component; `contract` is the whole document.
    pub fn new(contract: &Json, component: &str, asserts: bool) -> Self {
        let reference = format!("#/components/schemas/{component}");
        Self::of(contract, Json::Object(Map::from_iter([("$ref".to_owned(), reference.into())])), asserts)
    }

    /// The judge of a schema that may refer to components.
    pub fn of(contract: &Json, schema: Json, asserts: bool) -> Self {
        let components = contract.get("components").cloned().unwrap_or_default();
        let all_of = ("allOf".to_owned(), Json::Array(vec![schema]));
        let mut document = Json::Object(Map::from_iter([all_of, ("components".to_owned(), components)]));
        translate(&mut document);
        let document: Value = serde_json::from_str(&document.to_string()).unwrap();
        let mut options = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .with_format("byte", |text: &str| counterpart_runtime::format::check("byte").unwrap()(text));
        for format in OPTIONAL.iter().filter(|_| !asserts) {
            options = options.with_format(*format, |_: &str| true);
        }
        let validator = options.build(&document).unwrap_or_else(|error| panic!("{document}: {error}"));
        Self { validator, fractions: has_fraction(&document) }
    }

    /// Whether the schema accepts the value; nothing where this judge cannot read the value as it is.
    pub fn accepts(&self, text: &str, value: &Json) -> Option<bool> {
        let read: Value = serde_json::from_str(text).ok()?;
        let again = Json::parse(read.to_string().as_bytes()).ok()?;
        // Exception: beyond 2^53 it divides by fractions as floats do, so that 18446744073709551615 is no multiple of 7.5,
        // unless it is built with numbers of any size. By the standard it is (Validation, section 6.2.1).
        let inexact = self.fractions && !cfg!(feature = "exact") && is_large(value);
        (again == *value && !inexact).then(|| self.validator.is_valid(&read))
    }
}

/// Formats of numbers are OpenAPI's (its format registry) and this judge does not know them: they become bounds.
fn translate(schema: &mut Json) {
    match schema {
        Json::Object(members) => {
            members.values_mut().for_each(translate);
            let format = members.get("format").and_then(Json::as_str);
            if let Some(bounds) = format.and_then(bounds) {
                let all_of = members.entry("allOf".to_owned()).or_insert_with(|| Json::Array(Vec::new()));
                if let Json::Array(list) = all_of {
                    list.push(bounds);
                }
            }
        }
        Json::Array(items) => items.iter_mut().for_each(translate),
        _ => {}
    }
}

/// The same as the format, in keywords.
fn bounds(format: &str) -> Option<Json> {
    let (low, high, whole) = match format {
        "int16" => ("-32768", "32767", true),
        "int32" => ("-2147483648", "2147483647", true),
        "int64" => ("-9223372036854775808", "9223372036854775807", true),
        "uint8" => ("0", "255", true),
        "uint32" => ("0", "4294967295", true),
        "uint64" => ("0", "18446744073709551615", true),
        // The midpoints beyond which the nearest float is infinite; no value that is tried lies on them.
        "float" => ("-3.4028235677973366e38", "3.4028235677973366e38", false),
        "double" => ("-1.797693134862315807e308", "1.797693134862315807e308", false),
        _ => return None,
    };
    let number = |lexeme| Number::from_lexeme(lexeme).map_or(Json::Null, Json::Number);
    let mut keywords =
        Map::from_iter([("minimum".to_owned(), number(low)), ("maximum".to_owned(), number(high))]);
    if whole {
        keywords.insert("multipleOf".to_owned(), 1.into());
    }
    Some(Json::Object(keywords))
}

/// Whether a `multipleOf` of a schema is no integer.
fn has_fraction(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => members.iter().any(|(name, value)| {
            let fraction =
                name == "multipleOf" && value.as_f64().is_some_and(|divisor| divisor.fract() != 0.0);
            fraction || has_fraction(value)
        }),
        Value::Array(items) => items.iter().any(has_fraction),
        _ => false,
    }
}

/// Whether a value holds a number that a float may not hold.
fn is_large(value: &Json) -> bool {
    match value {
        Json::Number(number) => number.as_f64().abs() > 9_007_199_254_740_992.0,
        Json::Object(members) => members.values().any(is_large),
        Json::Array(items) => items.iter().any(is_large),
        _ => false,
    }
}
