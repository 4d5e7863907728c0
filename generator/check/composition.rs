//! Compositions that are legal but never meant: closed branches of `allOf`, null accepted twice by `oneOf`.

use super::{Check, shape};
use crate::contract::{Contract, Keywords, Schema, SchemaBody, SchemaId, Type};
use crate::diagnostic::Code;

pub(super) fn check(check: &mut Check<'_>) {
    for (_, schema) in check.schemas() {
        if let Some(keywords) = schema.keywords() {
            closed_branch(check, schema, keywords);
            null_twice(check, schema, keywords);
        }
    }
}

/// `additionalProperties: false` does not see the properties of the other branches.
fn closed_branch(check: &mut Check<'_>, schema: &Schema, keywords: &Keywords) {
    let contract = check.contract;
    for branch in &keywords.all_of {
        let closed = shape::parts(contract, *branch).into_iter().find(|part| is_closed(contract, part));
        let Some(closed) = closed else {
            continue;
        };
        let allows = |name: &str| {
            closed.properties.iter().any(|(known, _)| *known == name) || !closed.pattern_properties.is_empty()
        };
        let others = keywords.all_of.iter().filter(|other| *other != branch);
        let mut names = others.flat_map(|other| shape::properties(contract, *other));
        let own = keywords.properties.iter().map(|(name, _)| *name).find(|name| !allows(name));
        if let Some(name) = names.find(|(name, _)| !allows(name)).map(|(name, _)| name).or(own) {
            let at = check.keyword(schema, "allOf");
            let message = format!("a branch of this `allOf` refuses `{name}`, which another one declares");
            check
                .diagnostics
                .warning_once(Code::CLOSED_BRANCH, "", at, message)
                .help("write `unevaluatedProperties: false` beside `allOf` instead of `additionalProperties: false` in it");
            return;
        }
    }
}

fn is_closed(contract: &Contract, keywords: &Keywords) -> bool {
    let schema = keywords.additional_properties.map(|id| contract.schemas.get(id));
    matches!(schema, Some(Schema { body: SchemaBody::Bool(false), .. }))
}

/// `oneOf: [X, {type: null}]` refuses null where X accepts it.
fn null_twice(check: &mut Check<'_>, schema: &Schema, keywords: &Keywords) {
    let accepts =
        |id: &&SchemaId| shape::types(check.contract, **id).is_some_and(|types| types.contains(&Type::Null));
    if keywords.one_of.iter().filter(accepts).count() > 1 {
        let at = check.keyword(schema, "oneOf");
        let message = "null matches more than one branch of this `oneOf`, so it is refused";
        check
            .diagnostics
            .warning_once(Code::NULL_TWICE, "", at, message)
            .help("let one branch accept null, or write `anyOf`");
    }
}
