//! What violations say. They are read by people who have the value before them and may not know the contract.

use super::node::{Keyword, Leaf, Schema, Types};
use crate::Json;
use crate::violation::shortened;

/// How many values of an `enum` are listed.
const LISTED: usize = 100;

/// The value as a violation shows it: scalars only, because objects can hold secrets and be large.
pub(super) fn received(value: &Json) -> Option<Json> {
    match value {
        Json::Array(_) | Json::Object(_) => None,
        Json::String(text) => Some(Json::String(shortened(text).into_owned())),
        Json::Number(number) => {
            let text = number.to_string();
            let shown = shortened(&text);
            let common = number.as_f64().is_finite() && shown.len() == text.len();
            Some(if common { value.clone() } else { Json::String(shown.into_owned()) })
        }
        scalar => Some(scalar.clone()),
    }
}

/// The keyword and message of a keyword that refused a value.
pub(super) fn leaf(leaf: &Leaf, value: &Json) -> (&'static str, String) {
    match leaf {
        Leaf::Type(types) => {
            let found = match value {
                Json::Number(number) if !number.is_integer() => "a number with a fraction",
                other => with_article(other.kind().name()),
            };
            ("type", format!("must be {}, but is {found}", of_types(*types)))
        }
        Leaf::Const(wanted) => ("const", format!("must be {}", shortened(&wanted.to_string()))),
        Leaf::Enum { listed, .. } => ("enum", one_of(listed)),
        Leaf::Minimum(bound) => ("minimum", format!("must be at least {bound}")),
        Leaf::Maximum(bound) => ("maximum", format!("must be at most {bound}")),
        Leaf::ExclusiveMinimum(bound) => ("exclusiveMinimum", format!("must be greater than {bound}")),
        Leaf::ExclusiveMaximum(bound) => ("exclusiveMaximum", format!("must be less than {bound}")),
        Leaf::MultipleOf(divisor) => ("multipleOf", format!("must be a multiple of {divisor}")),
        Leaf::MinLength(bound) => {
            ("minLength", format!("must have at least {}", counted(*bound, "character")))
        }
        Leaf::MaxLength(bound) => {
            ("maxLength", format!("must have at most {}", counted(*bound, "character")))
        }
        // The pattern itself is for the contract's reader, not for everyone who may call.
        Leaf::Pattern(..) => ("pattern", "does not have the form that the contract prescribes".to_owned()),
        Leaf::Format { name, .. } => ("format", described(name)),
        Leaf::MinItems(bound) => ("minItems", format!("must have at least {}", counted(*bound, "item"))),
        Leaf::MaxItems(bound) => ("maxItems", format!("must have at most {}", counted(*bound, "item"))),
        Leaf::UniqueItems => ("uniqueItems", "must not contain equal items".to_owned()),
        Leaf::MinProperties(bound) => {
            ("minProperties", format!("must have at least {}", counted(*bound, "member")))
        }
        Leaf::MaxProperties(bound) => {
            ("maxProperties", format!("must have at most {}", counted(*bound, "member")))
        }
        Leaf::Required(_) => ("required", "lacks a required member".to_owned()),
        Leaf::ReadOnly => ("readOnly", "is set by the server, and must not be sent".to_owned()),
        Leaf::DependentRequired(_) => ("dependentRequired", "lacks a required member".to_owned()),
    }
}

/// The message of a `false` schema, by the keyword that applies it.
pub(super) fn refused(under: &str) -> String {
    match under {
        "additionalProperties" | "unevaluatedProperties" => "is not a known member".to_owned(),
        "items" | "unevaluatedItems" => "is an item too many".to_owned(),
        _ => "is not allowed".to_owned(),
    }
}

/// The keyword and message of a `contains` that found too few or too many.
pub(super) fn contains(
    schema: &Schema,
    count: u64,
    min: u64,
    max: Option<u64>,
) -> Option<(&'static str, String)> {
    let (keyword, bound, number) = match max.filter(|max| count > *max) {
        _ if count < min && min == 1 => ("contains", "at least", min),
        _ if count < min => ("minContains", "at least", min),
        Some(max) => ("maxContains", "at most", max),
        None => return None,
    };
    let kind = match what(schema) {
        Some(what) if number == 1 => format!(" that is {what}"),
        Some(what) => format!(" that are {what}"),
        None => " of the kind that the contract describes".to_owned(),
    };
    Some((keyword, format!("must contain {bound} {}{kind}, but contains {count}", counted(number, "item"))))
}

/// The message of a `not` whose schema accepts the value.
pub(super) fn excluded(schema: &Schema) -> String {
    match what(schema) {
        Some(what) => format!("must not be {what}"),
        None => "is of a kind that the contract excludes".to_owned(),
    }
}

/// What a schema accepts, where a few words say it.
fn what(schema: &Schema) -> Option<String> {
    let Schema::Rules(rules) = schema else { return None };
    if rules.unevaluated_items.is_some() || rules.unevaluated_properties.is_some() {
        return None;
    }
    let leaves = || {
        rules.keywords.iter().map(|keyword| if let Keyword::Leaf(leaf) = keyword { Some(leaf) } else { None })
    };
    let values = |leaf: &Leaf| match leaf {
        Leaf::Const(value) => Some(shown(std::slice::from_ref(value))),
        Leaf::Enum { listed, .. } if !listed.is_empty() => Some(shown(listed)),
        _ => None,
    };
    // The values say more than the type beside them.
    let typed =
        |leaf: Option<&Leaf>| matches!(leaf, Some(Leaf::Type(_) | Leaf::Const(_) | Leaf::Enum { .. }));
    if let (true, Some(values)) = (leaves().all(typed), leaves().flatten().find_map(values)) {
        return Some(values);
    }
    match rules.keywords.as_slice() {
        [Keyword::Leaf(Leaf::Type(types))] => Some(of_types(*types)),
        [Keyword::Leaf(Leaf::Required(names))] => Some(format!("an object with `{}`", names.join("` and `"))),
        _ => None,
    }
}

fn of_types(types: Types) -> String {
    let names: Vec<&str> = types.names().map(with_article).collect();
    names.join(" or ")
}

/// Values, one or the other of which is meant.
fn shown(values: &[Json]) -> String {
    let more = if values.len() > LISTED { " or …" } else { "" };
    let texts: Vec<String> =
        values.iter().take(LISTED).map(|value| shortened(&value.to_string()).into_owned()).collect();
    texts.join(" or ") + more
}

/// The message of a `oneOf` of which several branches match.
pub(super) fn several(matching: &[usize]) -> String {
    let numbers: Vec<String> = matching.iter().map(usize::to_string).collect();
    format!("must match exactly one alternative, but matches numbers {}", numbers.join(", "))
}

fn one_of(listed: &[Json]) -> String {
    let shown: Vec<String> =
        listed.iter().take(LISTED).map(|value| shortened(&value.to_string()).into_owned()).collect();
    let more = if listed.len() > LISTED { ", …" } else { "" };
    match shown.as_slice() {
        [] => "has no allowed value".to_owned(),
        [only] => format!("must be {only}"),
        _ => format!("must be one of {}{more}", shown.join(", ")),
    }
}

fn counted(count: u64, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

fn with_article(name: &str) -> &str {
    match name {
        "boolean" => "a boolean",
        "object" => "an object",
        "array" => "an array",
        "number" => "a number",
        "string" => "a string",
        "integer" => "an integer",
        other => other,
    }
}

fn described(format: &str) -> String {
    let example = match format {
        "date-time" => "a date-time such as 2024-05-31T12:00:00Z",
        "date" => "a date such as 2024-05-31",
        "time" => "a time such as 12:00:00Z",
        "duration" => "a duration such as P1DT12H",
        "uuid" => "a UUID such as 123e4567-e89b-12d3-a456-426614174000",
        "email" | "idn-email" => "an email address",
        "hostname" | "idn-hostname" => "a host name",
        "ipv4" => "an IPv4 address",
        "ipv6" => "an IPv6 address",
        "uri" | "iri" => "an absolute URI",
        "uri-reference" | "iri-reference" => "a URI or a relative reference",
        "uri-template" => "a URI template",
        "json-pointer" => "a JSON pointer",
        "relative-json-pointer" => "a relative JSON pointer",
        "regex" => "a regular expression (ECMA-262)",
        "byte" => "base64 with padding",
        "int8" => return ranged(i8::MIN, i8::MAX),
        "int16" => return ranged(i16::MIN, i16::MAX),
        "int32" => return ranged(i32::MIN, i32::MAX),
        "int64" => return ranged(i64::MIN, i64::MAX),
        "uint8" => return ranged(u8::MIN, u8::MAX),
        "uint16" => return ranged(u16::MIN, u16::MAX),
        "uint32" => return ranged(u32::MIN, u32::MAX),
        "uint64" => return ranged(u64::MIN, u64::MAX),
        "float" => return "must be from -3.4028235e38 to 3.4028235e38".to_owned(),
        "double" => return "must be from -1.7976931348623157e308 to 1.7976931348623157e308".to_owned(),
        other => return format!("must be a valid {other}"),
    };
    format!("must be {example}")
}

fn ranged(least: impl std::fmt::Display, most: impl std::fmt::Display) -> String {
    format!("must be an integer from {least} to {most}")
}
