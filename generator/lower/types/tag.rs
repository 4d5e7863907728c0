//! A string member whose value tells the branches of a union apart.

use counterpart_runtime::Json;

use super::{Target, parts::Parts};
use crate::{
    contract::{Contract, SchemaId, Type},
    ir::UnionForm,
};

/// The member and, for each branch, its values: required in every branch, an enumeration of strings there, disjoint.
/// The discriminator's member is preferred; without one any member that serves.
pub(super) fn find(
    contract: &Contract,
    targets: &[Target],
    wish: Option<&str>,
) -> Option<(String, Vec<Vec<String>>)> {
    let branches: Vec<Parts<'_>> = targets.iter().map(|target| Parts::gather(contract, target)).collect();
    let candidates = branches.first().map(|parts| candidates(parts, wish)).unwrap_or_default();
    candidates.into_iter().find_map(|name| {
        let mut seen: Vec<String> = Vec::new();
        let mut all = Vec::with_capacity(branches.len());
        for parts in &branches {
            let values = tag_values(contract, parts, &name)?;
            if values.iter().any(|value| seen.contains(value)) {
                return None;
            }
            seen.extend(values.iter().cloned());
            all.push(values);
        }
        Some((name, all))
    })
}

fn candidates(parts: &Parts<'_>, wish: Option<&str>) -> Vec<String> {
    let own = parts.list.iter().flat_map(|part| part.properties.iter().map(|(name, _)| (*name).to_owned()));
    let mut names: Vec<String> = wish.map(str::to_owned).into_iter().collect();
    names.extend(own);
    names
}

/// Values of the member in one branch, if objects are all that it accepts and the member is always there.
fn tag_values(contract: &Contract, parts: &Parts<'_>, name: &str) -> Option<Vec<String>> {
    let object = parts.types.as_deref() == Some(&[Type::Object]);
    let required = parts.any(|part| part.required.contains(&name));
    if !object || !required {
        return None;
    }
    let schemas: Vec<SchemaId> = parts
        .list
        .iter()
        .flat_map(|part| part.properties.iter())
        .filter(|(other, _)| *other == name)
        .map(|(_, id)| *id)
        .collect();
    if schemas.is_empty() {
        return None;
    }
    strings(Parts::gather(contract, &Target::all(schemas, None)).values()?)
}

fn strings(values: Vec<Json>) -> Option<Vec<String>> {
    values
        .into_iter()
        .map(|value| match value {
            Json::String(text) => Some(text),
            _ => None,
        })
        .collect()
}

/// Where each branch has one value of the tag, it names the variant.
pub(super) fn variant_names(form: &UnionForm) -> Option<Vec<String>> {
    let UnionForm::Tag(_, values) = form else { return None };
    let single = values.iter().map(|values| match values.as_slice() {
        [one] if !one.trim().is_empty() => Some(one.clone()),
        _ => None,
    });
    single.collect()
}

/// A branch that is one constant string is named by it; so is an object by its only constant member.
pub(super) fn constant_name(contract: &Contract, id: SchemaId) -> Option<String> {
    let parts = Parts::gather(contract, &Target::one(id));
    if let Some(values) = parts.values() {
        return match strings(values)?.as_slice() {
            [one] if one.is_empty() => Some("empty".to_owned()),
            [one] => Some(one.clone()),
            _ => None,
        };
    }
    let properties = parts.list.iter().flat_map(|part| part.properties.iter());
    let mut constants = properties.filter_map(|(_, id)| {
        match strings(Parts::gather(contract, &Target::one(*id)).values()?)?.as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        }
    });
    match (constants.next(), constants.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    }
}
