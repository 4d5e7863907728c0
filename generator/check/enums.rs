//! Enumerations: empty ones, repeated values, values that the type refuses, null that is allowed by half.

use counterpart_runtime::Json;

use super::Check;
use crate::contract::{Keywords, Type};
use crate::diagnostic::Code;

pub(super) fn check(check: &mut Check<'_>) {
    for (_, schema) in check.schemas() {
        let Some(keywords) = schema.keywords() else {
            continue;
        };
        let Some(values) = &keywords.enumeration else {
            continue;
        };
        for (code, key, message) in findings(keywords, values) {
            let at = check.keyword(schema, "enum");
            check.diagnostics.warning_once(code, key, at, message).help(help(code));
        }
    }
}

fn help(code: Code) -> &'static str {
    match code {
        Code::EMPTY_ENUM => "list the values, or leave `enum` out",
        Code::REPEATED_ENUM => "remove one of the two; 1 and 1.0 are equal",
        _ => "let `type` and `enum` agree",
    }
}

fn findings(keywords: &Keywords, values: &[Json]) -> Vec<(Code, &'static str, String)> {
    let mut found = Vec::new();
    if values.is_empty() {
        found.push((Code::EMPTY_ENUM, "", "`enum` is empty, so no value is valid".to_owned()));
    }
    // Comparing all pairs is cheap for what people write; generated giants are not searched.
    let repeated = values
        .iter()
        .enumerate()
        .find(|(index, value)| values.iter().take(*index).any(|other| other == *value));
    if let Some((_, value)) = repeated.filter(|_| values.len() < 2000) {
        found.push((Code::REPEATED_ENUM, "", format!("{value} stands twice in `enum`")));
    }
    let Some(types) = &keywords.types else {
        return found;
    };
    if let Some(value) = values.iter().find(|value| !types.iter().any(|ty| fits(value, *ty))) {
        found.push((Code::ENUM_TYPE, "type", format!("{value} in `enum` is refused by `type`")));
    }
    let null = values.iter().any(|value| matches!(value, Json::Null));
    if types.contains(&Type::Null) && !null && !values.is_empty() {
        found.push((
            Code::ENUM_TYPE,
            "null",
            "`type` allows null, but `enum` does not list it: null is refused".to_owned(),
        ));
    }
    found
}

fn fits(value: &Json, ty: Type) -> bool {
    match (value, ty) {
        (Json::Null, Type::Null)
        | (Json::Bool(_), Type::Boolean)
        | (Json::Number(_), Type::Number)
        | (Json::String(_), Type::String)
        | (Json::Array(_), Type::Array)
        | (Json::Object(_), Type::Object) => true,
        (Json::Number(number), Type::Integer) => number.is_integer(),
        _ => false,
    }
}
