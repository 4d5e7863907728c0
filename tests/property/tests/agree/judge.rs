//! The independent judge: the `jsonschema` crate. It shares no code with this project.

use counterpart_runtime::{Json, Map, Number};
use jsonschema::{Draft, Validator};
use serde_json::Value;

/// Formats that the generator asserts only if it is told to; those that it always asserts have a Rust type.
const OPTIONAL: &[&str] =
    &["uri", "email", "ipv4", "ipv6", "hostname", "duration", "json-pointer", "uri-reference"];

/// A component schema, compiled.
pub struct Judge {
    validator: Validator,
    /// There is a `multipleOf`.
    divides: bool,
}

impl Judge {
    /// The judge of a component; `contract` is the whole document.
    pub fn new(contract: &Json, component: &str, asserts: bool) -> Self {
        let reference = format!("#/components/schemas/{component}");
        Self::of(contract, Json::Object(Map::from_iter([("$ref".to_owned(), reference.into())])), asserts)
    }

    /// The judge of a schema that may refer to components.
    pub fn of(contract: &Json, schema: Json, asserts: bool) -> Self {
        // Below `components` it would see neither anchors nor resources.
        let components = contract.pointer("/components/schemas").cloned().unwrap_or_default();
        let all_of = ("allOf".to_owned(), Json::Array(vec![schema]));
        let mut document = Json::Object(Map::from_iter([all_of, ("$defs".to_owned(), components)]));
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
        Self { validator, divides: divides(&document) }
    }

    /// Whether the schema accepts the value; nothing where this judge cannot read the value as it is.
    pub fn accepts(&self, value: &Json) -> Option<bool> {
        let mut spelled = value.clone();
        spell_out(&mut spelled);
        let read: Value = serde_json::from_str(&spelled.to_string()).ok()?;
        let again = Json::parse(read.to_string().as_bytes()).ok()?;
        // Exception: beyond 2^53 it divides as floats do, so that 18446744073709551615 is no multiple of 7.5 and 3.5e38 none
        // of 100, unless it is built with numbers of any size. By the standard they are (Validation, section 6.2.1).
        let inexact = self.divides && !cfg!(feature = "exact") && is_large(value);
        (again == *value && !inexact).then(|| self.validator.is_valid(&read))
    }
}

/// Writes numbers without exponents and without zeros behind the point: of those, this judge compares the nearest floats.
fn spell_out(value: &mut Json) {
    match value {
        Json::Object(members) => members.values_mut().for_each(spell_out),
        Json::Array(items) => items.iter_mut().for_each(spell_out),
        Json::Number(number) => {
            if let Some(plain) = plain(&number.to_string()).and_then(|text| Number::from_lexeme(&text).ok()) {
                *number = plain;
            }
        }
        _ => {}
    }
}

/// The same number in digits and at most a point; nothing where those would be very many.
fn plain(lexeme: &str) -> Option<String> {
    let (sign, unsigned) = lexeme.strip_prefix('-').map_or(("", lexeme), |rest| ("-", rest));
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let exponent = exponent.parse::<i64>().ok().filter(|exponent| exponent.abs() < 400)?;
    let point = i64::try_from(whole.len()).ok()? + exponent;
    let before = usize::try_from(point).unwrap_or(0);
    let after = usize::try_from(-point).unwrap_or(0);
    let digits = format!("{}{digits}{}", "0".repeat(after), "0".repeat(before.saturating_sub(digits.len())));
    let (whole, fraction) = digits.split_at(before);
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}

/// `.` stands for any character but the four that end lines (ECMA-262, 22.2.2.7); to this judge only one of them does.
fn without_dots(pattern: &str) -> String {
    let (mut text, mut escaped, mut class) = (String::new(), false, false);
    for char in pattern.chars() {
        match char {
            '.' if !escaped && !class => text.push_str(r"[^\n\r\u2028\u2029]"),
            _ => text.push(char),
        }
        class = !escaped && char == '[' || class && (escaped || char != ']');
        escaped = !escaped && char == '\\';
    }
    text
}

/// Formats of numbers are OpenAPI's (its format registry) and this judge does not know them: they become bounds. Patterns are
/// written so that it reads them as ECMA-262 does.
fn translate(schema: &mut Json) {
    match schema {
        Json::Object(members) => {
            members.values_mut().for_each(translate);
            if let Some(Json::String(reference)) = members.get_mut("$ref") {
                *reference = reference.replace("#/components/schemas/", "#/$defs/");
            }
            if let Some(Json::String(pattern)) = members.get_mut("pattern") {
                *pattern = without_dots(pattern);
            }
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

/// Whether a schema has a `multipleOf`.
fn divides(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => members.iter().any(|(name, value)| name == "multipleOf" || divides(value)),
        Value::Array(items) => items.iter().any(divides),
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
