//! What a schema says once its references and `allOf` are followed, as far as rules need it.

use std::collections::BTreeSet;

use crate::contract::{Contract, Keywords, SchemaId, Type, TypeSet};

/// The schema's own keywords and those it takes over through `$ref` and `allOf`, nearest first.
pub(super) fn parts<'a>(contract: &'a Contract<'_>, id: SchemaId) -> Vec<&'a Keywords<'a>> {
    let (mut seen, mut parts, mut waiting) = (BTreeSet::new(), Vec::new(), vec![id]);
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        if let Some(keywords) = contract.schemas.get(id).keywords() {
            parts.push(keywords);
            waiting.extend(keywords.reference);
            waiting.extend(&keywords.all_of);
        }
    }
    parts
}

/// The types that a schema allows; `None` if it does not say.
pub(super) fn types(contract: &Contract, id: SchemaId) -> Option<TypeSet> {
    parts(contract, id).into_iter().find_map(|keywords| keywords.types.clone())
}

/// Whether values are objects, or null.
pub(super) fn is_object(contract: &Contract, id: SchemaId) -> bool {
    let of = types(contract, id);
    of.is_some_and(|types| {
        types.contains(&Type::Object) && types.iter().all(|ty| matches!(ty, Type::Object | Type::Null))
    })
}

/// Whether values are arrays, or null.
pub(super) fn is_array(contract: &Contract, id: SchemaId) -> bool {
    let of = types(contract, id);
    of.is_some_and(|types| {
        types.contains(&Type::Array) && types.iter().all(|ty| matches!(ty, Type::Array | Type::Null))
    })
}

/// Whether values are arrays or objects, or can be.
pub(super) fn is_composite(contract: &Contract, id: SchemaId) -> bool {
    types(contract, id).is_some_and(|types| types.iter().any(|ty| matches!(ty, Type::Object | Type::Array)))
}

/// Whether values are neither objects nor arrays, for sure.
pub(super) fn is_scalar(contract: &Contract, id: SchemaId) -> bool {
    let of = types(contract, id);
    of.is_some_and(|types| !types.iter().any(|ty| matches!(ty, Type::Object | Type::Array)))
}

/// The declared properties.
pub(super) fn properties<'a>(contract: &'a Contract<'_>, id: SchemaId) -> Vec<(&'a str, SchemaId)> {
    let mut properties: Vec<(&str, SchemaId)> = Vec::new();
    for keywords in parts(contract, id) {
        for (name, schema) in &keywords.properties {
            if properties.iter().all(|(known, _)| known != name) {
                properties.push((*name, *schema));
            }
        }
    }
    properties
}
