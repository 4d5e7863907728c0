//! Unions whose discriminator selects, where that is asked for: a value is held against the branch that it names, and no
//! other, as if each branch fixed the member by `const`.

use counterpart_runtime::Json;

use super::{Target, tag};
use crate::{
    contract::{Contract, Discriminator, Keywords, SchemaId, Type},
    options::{Discriminators, Options},
};

/// The member, and what it may hold in each of the branches: nothing is asked of a branch that is null. `None` where the
/// branches differ by themselves, or one of them has no name.
pub(super) fn names(
    contract: &Contract,
    options: &Options,
    keywords: &Keywords,
    branches: &[SchemaId],
) -> Option<(String, Vec<Vec<String>>)> {
    let discriminator = keywords.discriminator.as_ref()?;
    if options.discriminators != Discriminators::Select {
        return None;
    }
    let is_null = |id: &SchemaId| {
        let types = contract.schemas.get(*id).keywords().and_then(|keywords| keywords.types.as_deref());
        types == Some(&[Type::Null])
    };
    let targets: Vec<Target> = branches.iter().filter(|id| !is_null(id)).map(|id| Target::one(*id)).collect();
    if tag::find(contract, &targets, Some(&discriminator.property)).is_some() {
        return None;
    }
    let mut seen: Vec<String> = Vec::new();
    let mut all = Vec::with_capacity(branches.len());
    for branch in branches {
        let names = if is_null(branch) { Vec::new() } else { of(contract, discriminator, *branch)? };
        if names.iter().any(|name| seen.contains(name)) {
            return None;
        }
        seen.extend(names.iter().cloned());
        all.push(names);
    }
    Some((discriminator.property.clone(), all))
}

/// What a branch is called: by the mapping, and, if it is a component, by its own name (OAS 3.1.2, Discriminator Object).
fn of(contract: &Contract, discriminator: &Discriminator, branch: SchemaId) -> Option<Vec<String>> {
    let target = contract.schemas.get(branch).keywords()?.reference?;
    let mapped = discriminator.mapping.iter().filter(|(_, to)| *to == Some(target)).map(|(name, _)| name);
    let own = contract.components.iter().filter(|(_, id)| *id == target).map(|(name, _)| name);
    let mut names: Vec<String> = mapped.chain(own).cloned().collect();
    names.sort_unstable();
    names.dedup();
    (!names.is_empty()).then_some(names)
}

/// A branch for values whose member has one of these names.
pub(super) fn called(branch: Json, member: &str, names: &[String]) -> Json {
    if names.is_empty() {
        return branch;
    }
    let names = Json::Array(names.iter().map(|name| Json::from(name.as_str())).collect());
    let allowed = Json::Object([("enum".to_owned(), names)].into_iter().collect());
    let members = Json::Object([(member.to_owned(), allowed)].into_iter().collect());
    let line = [
        ("required".to_owned(), Json::Array(vec![Json::from(member)])),
        ("properties".to_owned(), members),
        ("allOf".to_owned(), Json::Array(vec![branch])),
    ];
    Json::Object(line.into_iter().collect())
}
