//! Bounds that no value can meet.

use counterpart_runtime::Number;

use super::Check;
use crate::contract::Schema;
use crate::diagnostic::Code;

pub(super) fn check(check: &mut Check<'_>) {
    for (_, schema) in check.schemas() {
        let Some(keywords) = schema.keywords() else {
            continue;
        };
        for (low, high, names) in [
            (keywords.min_length, keywords.max_length, ["minLength", "maxLength"]),
            (keywords.min_items, keywords.max_items, ["minItems", "maxItems"]),
            (keywords.min_contains, keywords.max_contains, ["minContains", "maxContains"]),
            (keywords.min_properties, keywords.max_properties, ["minProperties", "maxProperties"]),
        ] {
            if let (Some(low), Some(high)) = (low, high)
                && low > high
            {
                report(check, schema, names);
            }
        }
        for (low, high, names, strict) in [
            (&keywords.minimum, &keywords.maximum, ["minimum", "maximum"], false),
            (&keywords.exclusive_minimum, &keywords.maximum, ["exclusiveMinimum", "maximum"], true),
            (&keywords.minimum, &keywords.exclusive_maximum, ["minimum", "exclusiveMaximum"], true),
            (
                &keywords.exclusive_minimum,
                &keywords.exclusive_maximum,
                ["exclusiveMinimum", "exclusiveMaximum"],
                true,
            ),
        ] {
            if let (Some(low), Some(high)) = (low, high)
                && empty(low, high, strict)
            {
                report(check, schema, names);
            }
        }
    }
}

fn empty(low: &Number, high: &Number, strict: bool) -> bool {
    low > high || (strict && low == high)
}

fn report(check: &mut Check<'_>, schema: &Schema, [low, high]: [&str; 2]) {
    let (at, label) = (check.keyword(schema, low), check.keyword(schema, high));
    let message = format!("no value is within `{low}` and `{high}`");
    check
        .diagnostics
        .warning(Code::EMPTY_RANGE, at, message)
        .label(label, "the other bound")
        .help("correct one of the two");
}
