//! What can be reached from a schema: readOnly, writeOnly and binary members, by which its usages differ, and
//! dynamic references.

use super::{
    Target,
    parts::{self, Parts},
};
use crate::{
    contract::{Contract, Keywords, SchemaId, Type},
    ir::Usage,
};

/// What can be reached from each schema.
pub(super) struct Reach {
    flags: Vec<u8>,
}

const READ: u8 = 1;
const WRITE: u8 = 2;
const BINARY: u8 = 4;
const DYNAMIC: u8 = 8;

impl Reach {
    /// Walks all schemas until nothing changes: linear in practice, since references are few levels deep.
    pub fn of(contract: &Contract) -> Self {
        let schemas = &contract.schemas;
        let mut parents: Vec<Vec<u32>> = vec![Vec::new(); schemas.len()];
        let mut flags = vec![0u8; schemas.len()];
        let mut queue = Vec::new();
        for (id, schema) in schemas.iter() {
            let Some(keywords) = schema.keywords() else { continue };
            for next in children(keywords) {
                if let Some(list) = parents.get_mut(next.0 as usize) {
                    list.push(id.0);
                }
            }
            let own = own_flags(contract, keywords);
            if own != 0
                && let Some(slot) = flags.get_mut(id.0 as usize)
            {
                *slot = own;
                queue.push(id.0);
            }
        }
        while let Some(id) = queue.pop() {
            let from = flags.get(id as usize).copied().unwrap_or_default();
            for parent in parents.get(id as usize).into_iter().flatten() {
                let Some(slot) = flags.get_mut(*parent as usize) else { continue };
                if *slot | from != *slot {
                    *slot |= from;
                    queue.push(*parent);
                }
            }
        }
        Self { flags }
    }

    /// The usage itself where it makes a difference, otherwise the nearest one that says the same.
    pub fn normal(&self, target: &Target, usage: Usage) -> Usage {
        let flags =
            target.ids.iter().fold(0, |all, id| all | self.flags.get(id.0 as usize).copied().unwrap_or(0));
        match usage {
            Usage::Multipart if flags & BINARY != 0 => Usage::Multipart,
            Usage::Multipart | Usage::Request if flags & READ != 0 => Usage::Request,
            Usage::Response if flags & WRITE != 0 => Usage::Response,
            _ => Usage::Whole,
        }
    }

    /// Whether a `$dynamicRef` can be reached: what it means depends on where evaluation began.
    pub fn is_dynamic(&self, target: &Target) -> bool {
        self.flags(target) & DYNAMIC != 0
    }

    fn flags(&self, target: &Target) -> u8 {
        target.ids.iter().fold(0, |all, id| all | self.flags.get(id.0 as usize).copied().unwrap_or(0))
    }
}

/// Flags of a schema by its own properties.
fn own_flags(contract: &Contract, keywords: &Keywords) -> u8 {
    let mut flags = if is_binary(keywords) { BINARY } else { 0 };
    if keywords.dynamic_reference.as_ref().is_some_and(|reference| reference.anchor.is_some()) {
        flags |= DYNAMIC;
    }
    for (_, id) in &keywords.properties {
        if is_read_only(contract, *id) {
            flags |= READ;
        }
        if is_write_only(contract, *id) {
            flags |= WRITE;
        }
    }
    flags
}

/// A property that only the server sends.
pub(super) fn is_read_only(contract: &Contract, id: SchemaId) -> bool {
    let direct = contract.schemas.get(id).keywords();
    direct.is_some_and(|keywords| keywords.read_only || refers(contract, keywords, |next| next.read_only))
}

/// A property that only the client sends.
pub(super) fn is_write_only(contract: &Contract, id: SchemaId) -> bool {
    let direct = contract.schemas.get(id).keywords();
    direct.is_some_and(|keywords| keywords.write_only || refers(contract, keywords, |next| next.write_only))
}

fn refers(contract: &Contract, keywords: &Keywords, test: impl Fn(&Keywords) -> bool) -> bool {
    keywords.reference.and_then(|next| contract.schemas.get(next).keywords()).is_some_and(test)
}

/// What a member or item of a multipart body is used for: an object is a JSON part, which holds no files.
pub(super) fn of_part(contract: &Contract, id: SchemaId, usage: Usage) -> Usage {
    let types = || Parts::gather(contract, &Target::one(id)).types;
    match usage {
        Usage::Multipart if types().as_deref() == Some(&[Type::Object]) => Usage::Request,
        _ => usage,
    }
}

/// A string that stands for a file in a multipart body: the 3.0 habit, a content type of its own in 3.1, or a schema
/// that says nothing (OAS 3.1.2 Encoding Object: `application/octet-stream`).
pub(super) fn is_binary(keywords: &Keywords) -> bool {
    if keywords.types.is_none()
        && !parts::asserts_beside_references(keywords)
        && keywords.reference.is_none()
        && keywords.all_of.is_empty()
    {
        return keywords.content_encoding.is_none();
    }
    let string = keywords.types.as_deref().is_none_or(|types| types.contains(&Type::String));
    string
        && (keywords.format.as_deref() == Some("binary")
            || (keywords.content_media_type.as_deref().is_some_and(|media| !media.contains("json"))
                && keywords.content_encoding.is_none()))
}

/// Every schema directly below, and those that are referred to.
pub(super) fn children(keywords: &Keywords) -> impl Iterator<Item = SchemaId> {
    let dynamic = keywords.dynamic_reference.as_ref().map(|reference| reference.target);
    inside(keywords).chain(keywords.reference).chain(dynamic)
}

/// Every schema directly below.
pub(super) fn inside(keywords: &Keywords) -> impl Iterator<Item = SchemaId> {
    let named =
        keywords.properties.iter().chain(&keywords.pattern_properties).chain(&keywords.dependent_schemas);
    let lists = [&keywords.all_of, &keywords.any_of, &keywords.one_of, &keywords.prefix_items];
    let single = [
        keywords.not,
        keywords.if_,
        keywords.then,
        keywords.else_,
        keywords.additional_properties,
        keywords.property_names,
        keywords.unevaluated_properties,
        keywords.items,
        keywords.contains,
        keywords.unevaluated_items,
    ];
    named.map(|(_, id)| *id).chain(lists.into_iter().flatten().copied()).chain(single.into_iter().flatten())
}
