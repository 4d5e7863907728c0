//! Schemas that reach themselves without consuming any input never come to an end (JSON Schema Core, section 9.4.1).

use super::Check;
use crate::contract::SchemaId;
use crate::diagnostic::Code;
use crate::source::Span;

pub(super) fn check(check: &mut Check<'_>) {
    for cycle in check.contract.schemas.circles() {
        let mut places: Vec<(Span, SchemaId)> =
            cycle.iter().map(|id| (check.contract.schemas.get(*id).at, *id)).collect();
        places.sort_unstable();
        let Some((_, first)) = places.first() else {
            continue;
        };
        let schema = check.contract.schemas.get(*first);
        if check.contract.idle.contains(&schema.at) {
            continue;
        }
        let keywords = ["$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "not", "if", "then", "else"];
        let spans = keywords.iter().map(|name| check.keyword(schema, name));
        let at = spans.into_iter().find(|span| *span != schema.at).unwrap_or(schema.at);
        let message = if cycle.iter().all(|id| only_reference(check, *id)) {
            "these references lead round in a circle and never reach a schema"
        } else {
            "to judge a value, this schema has to judge the same value by itself again, without end"
        };
        let mut report = check.diagnostics.error(Code::CIRCULAR_SCHEMA, at, message);
        for (place, _) in places.iter().skip(1).take(4) {
            report = report.label(*place, "through this");
        }
        report.help("let the circle go through a member or an item, or break it");
    }
}

fn only_reference(check: &Check<'_>, id: SchemaId) -> bool {
    let keywords = check.contract.schemas.get(id).keywords();
    keywords.is_some_and(|keywords| keywords.reference.is_some() && keywords.in_place().count() == 1)
}
