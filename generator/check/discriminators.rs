//! Discriminators (OAS 3.1.2, Discriminator Object): they never change what is valid, so branches must differ by themselves.

use super::{Check, shape};
use crate::contract::{Contract, Discriminator, Keywords, Schema, SchemaId};
use crate::diagnostic::Code;
use crate::options::Discriminators;

pub(super) fn check(check: &mut Check<'_>) {
    for (_, schema) in check.schemas() {
        let Some(keywords) = schema.keywords() else {
            continue;
        };
        if let Some(discriminator) = &keywords.discriminator {
            branches(check, schema, keywords, discriminator);
        }
    }
}

fn branches(check: &mut Check<'_>, schema: &Schema, keywords: &Keywords, discriminator: &Discriminator) {
    let contract = check.contract;
    let property = discriminator.property.as_str();
    let mut open = 0;
    for branch in keywords.one_of.iter().chain(&keywords.any_of) {
        if is_null(contract, *branch) {
            continue;
        }
        let declared = shape::properties(contract, *branch).into_iter().find(|(name, _)| *name == property);
        let required = shape::parts(contract, *branch).iter().any(|part| part.required.contains(&property));
        let nested = shape::parts(contract, *branch)
            .iter()
            .any(|part| !part.one_of.is_empty() || !part.any_of.is_empty());
        if (declared.is_none() || !required) && !nested && discriminator.default_mapping.is_none() {
            let message = format!("a branch does not require the discriminator's property `{property}`");
            check
                .diagnostics
                .warning_once(Code::DISCRIMINATOR_PROPERTY, "", discriminator.at, message)
                .label(contract.schemas.get(*branch).at, "this branch")
                .help("declare it and list it in `required`; without it the branch cannot be told");
        }
        open += usize::from(declared.is_some_and(|(_, id)| !is_fixed(contract, id)));
    }
    let hint = check.options.discriminators == Discriminators::Hint;
    if open > 1 && !keywords.one_of.is_empty() && hint {
        let at = check.keyword(schema, "oneOf");
        let message = format!(
            "`{property}` may hold any value in {open} branches, so a value can match several of them"
        );
        check.diagnostics.warning_once(Code::OPEN_DISCRIMINATOR, "", at, message).help(format!(
            "fix it in each branch, for example `{property}: {{const: …}}`, or let it select the branch by \
                 `--discriminators select`"
        ));
    }
}

fn is_fixed(contract: &Contract, id: SchemaId) -> bool {
    shape::parts(contract, id).iter().any(|part| part.constant.is_some() || part.enumeration.is_some())
}

fn is_null(contract: &Contract, id: SchemaId) -> bool {
    shape::types(contract, id).is_some_and(|types| types.iter().all(|ty| *ty == crate::contract::Type::Null))
}
