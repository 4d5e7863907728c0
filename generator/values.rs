//! `default` and `example` are held against their schemas (JSON Schema Validation, sections 9.2 and 9.5; OAS 3.1.2,
//! Parameter and Media Type Objects): the standard calls them annotations, and whoever writes one means a valid value.

mod collect;
#[cfg(test)]
mod tests;

use counterpart_runtime::{Json, Violation};

pub use self::collect::{Kind, Value, all};
use crate::contract::{Contract, Type};
use crate::diagnostic::{Code, Diagnostics};
use crate::lower::{Judge, Reach};
use crate::options::Options;
use crate::source::{self, Sources};

/// How many places of a kind are listed; the others are counted.
const LISTED: usize = 5;

/// Reports values that break their schemas.
pub fn check(
    contract: &Contract,
    reach: &Reach,
    sources: &Sources,
    options: &Options,
    diagnostics: &mut Diagnostics,
) {
    let values = all(contract, sources);
    let wanted = values.iter().flat_map(|value| value.usages.iter().map(|usage| (value.schema, *usage)));
    let mut judge = Judge::new(contract, reach, options, wanted);
    let (mut defaults, mut examples) = (0, 0);
    for value in &values {
        if let Some(violation) = violation(&mut judge, value) {
            let count = if value.kind == Kind::Default { &mut defaults } else { &mut examples };
            *count += 1;
            report(value, &violation, is_foreign(contract, value, &violation), *count, diagnostics);
        }
    }
}

/// What is wrong with a value: nothing if it is right in one of its usages, otherwise what the usage that comes nearest
/// has against it first.
fn violation(judge: &mut Judge, value: &Value<'_>) -> Option<Violation> {
    let json = value.node.to_json();
    let mut nearest: Option<Vec<Violation>> = None;
    for usage in value.usages {
        let found = judge.violations(value.schema, *usage, &json);
        if found.is_empty() || (value.may_be_text && is_text(&json, &found)) {
            return None;
        }
        if nearest.as_ref().is_none_or(|nearest| found.len() < nearest.len()) {
            nearest = Some(found);
        }
    }
    nearest?.into_iter().next()
}

/// Whether an example shows how a value is written, which parameters and other media types than JSON allow.
fn is_text(json: &Json, violations: &[Violation]) -> bool {
    matches!(json, Json::String(_)) && violations.iter().all(|violation| violation.pointer.is_empty())
}

fn report(
    value: &Value<'_>,
    violation: &Violation,
    foreign: bool,
    count: usize,
    diagnostics: &mut Diagnostics,
) {
    let (code, what, help) = match value.kind {
        Kind::Default => (
            Code::DEFAULT_VIOLATES_SCHEMA,
            "default",
            "write a value that the schema accepts, or leave the default out",
        ),
        Kind::Example => (
            Code::EXAMPLE_VIOLATES_SCHEMA,
            "example",
            "correct the example, or the schema if it says less than is meant",
        ),
    };
    let Violation { pointer, message, .. } = violation;
    let place = if pointer.is_empty() { String::new() } else { format!("`{pointer}` ") };
    let message = format!("the {what} breaks its schema: {place}{message}");
    let key = count.min(LISTED).to_string();
    let report = match foreign {
        true => diagnostics.error(code, value.node.span(), message),
        false => diagnostics.warning_once(code, &key, value.node.span(), message),
    };
    report.help(help);
}

/// Whether a default is a text that is no number where numbers are asked for, which nobody can mean. Everything else that
/// breaks a schema has its habits in real documents: null for no default at all, the text of a value for the value, words
/// such as `auto` for other types; and schemas of JSON Schema's own test suite have an empty list.
fn is_foreign(contract: &Contract, value: &Value<'_>, violation: &Violation) -> bool {
    let word = match value.node.value() {
        source::Value::String(text) => Json::parse(text.as_bytes()).is_err(),
        _ => false,
    };
    let types = contract.schemas.get(value.schema).keywords().and_then(|keywords| keywords.types.as_deref());
    let numeric = types.is_some_and(|types| {
        let number = |ty: &Type| matches!(ty, Type::Integer | Type::Number);
        types.iter().any(number) && types.iter().all(|ty| number(ty) || *ty == Type::Null)
    });
    let wrong = violation.keyword == "type" && violation.pointer.is_empty();
    value.kind == Kind::Default && wrong && numeric && word
}
