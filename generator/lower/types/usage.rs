//! What can be reached from a schema: readOnly, writeOnly and binary members, by which its usages differ, and
//! dynamic references.

use super::{
    Target,
    parts::{self, Parts},
};
use crate::{
    contract::{Contract, Keywords, SchemaId, Type, Version},
    ir::Usage,
    options::{Options, ReadOnly},
};

/// What can be reached from each schema.
pub struct Reach {
    flags: Vec<u8>,
    /// What is marked by direction goes both ways.
    both_ways: bool,
}

const READ: u8 = 1;
const WRITE: u8 = 2;
const BINARY: u8 = 4;
const DYNAMIC: u8 = 8;

impl Reach {
    /// Walks all schemas until nothing changes: linear in practice, since references are few levels deep.
    pub fn of(contract: &Contract, options: &Options) -> Self {
        // OpenAPI 3.0 leaves no choice: what is required is required of the direction that has it.
        let both_ways = options.read_only == ReadOnly::Strict31 && contract.version > Version::V3_0;
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
            let own = own_flags(contract, keywords, both_ways);
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
        Self { flags, both_ways }
    }

    /// Whether a property is not there in this usage, because only the other side sends it.
    pub fn hides(&self, contract: &Contract, id: SchemaId, usage: Usage) -> bool {
        match usage {
            _ if self.both_ways => false,
            Usage::Request | Usage::Multipart => is_read_only(contract, id),
            Usage::Response | Usage::MultipartResponse => is_write_only(contract, id),
            Usage::Whole => false,
        }
    }

    /// The usage itself where it makes a difference, otherwise the nearest one that says the same.
    pub(super) fn normal(&self, target: &Target, usage: Usage) -> Usage {
        let flags = self.flags(target);
        match usage {
            Usage::MultipartResponse if flags & BINARY != 0 && flags & (READ | WRITE) == 0 => {
                Usage::Multipart
            }
            Usage::Multipart | Usage::MultipartResponse if flags & BINARY != 0 => usage,
            Usage::Multipart | Usage::Request if flags & READ != 0 => Usage::Request,
            Usage::Response | Usage::MultipartResponse if flags & WRITE != 0 => Usage::Response,
            _ => Usage::Whole,
        }
    }

    /// What a shape says beside the name of its component, whatever other shapes there are: the plain name is that of
    /// the whole, or of responses where neither side has the whole.
    pub(super) fn marked(&self, target: &Target, usage: Usage) -> Usage {
        let both = self.flags(target) & (READ | WRITE) == READ | WRITE;
        match self.normal(target, usage) {
            Usage::Response if both => Usage::Whole,
            usage => usage,
        }
    }

    /// The usage whose shape has the plain name.
    pub(super) fn plain(&self, target: &Target) -> Usage {
        match self.marked(target, Usage::Response) {
            Usage::Whole => Usage::Response,
            _ => Usage::Whole,
        }
    }

    /// Whether a `$dynamicRef` can be reached: what it means depends on where evaluation began.
    pub(super) fn is_dynamic(&self, target: &Target) -> bool {
        self.flags(target) & DYNAMIC != 0
    }

    fn flags(&self, target: &Target) -> u8 {
        target.ids.iter().fold(0, |all, id| all | self.flags.get(id.0 as usize).copied().unwrap_or(0))
    }
}

/// Flags of a schema by its own properties.
fn own_flags(contract: &Contract, keywords: &Keywords, both_ways: bool) -> u8 {
    // An array may hold anything beyond what it says of its items: bytes, in a multipart body.
    let open = keywords.types.as_deref() == Some(&[Type::Array]) && keywords.items.is_none();
    let mut flags = if open || is_binary(keywords) { BINARY } else { 0 };
    if keywords.dynamic_reference.as_ref().is_some_and(|reference| reference.anchor.is_some()) {
        flags |= DYNAMIC;
    }
    for (_, id) in keywords.properties.iter().filter(|_| !both_ways) {
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
fn is_read_only(contract: &Contract, id: SchemaId) -> bool {
    is_marked(contract, id, |keywords| keywords.read_only, 0)
}

/// A property that only the client sends.
fn is_write_only(contract: &Contract, id: SchemaId) -> bool {
    is_marked(contract, id, |keywords| keywords.write_only, 0)
}

/// Whether it is wrong to send what this usage hides.
pub(super) fn is_refused(options: &Options, usage: Usage) -> bool {
    options.read_only == ReadOnly::Reject && matches!(usage, Usage::Request | Usage::Multipart)
}

/// How many references and `allOf` may lead to a mark.
const STEPS: usize = 4;

/// Whether the schema, or one that has to hold with it, has a mark (JSON Schema Validation, section 9.4).
fn is_marked(contract: &Contract, id: SchemaId, mark: fn(&Keywords) -> bool, steps: usize) -> bool {
    let Some(keywords) = contract.schemas.get(id).keywords().filter(|_| steps < STEPS) else { return false };
    let mut others = keywords.reference.iter().chain(&keywords.all_of);
    mark(keywords) || others.any(|other| is_marked(contract, *other, mark, steps + 1))
}

/// What a member of a multipart body is used for: an object is a JSON part, which holds no files, unless the contract
/// says that it is a multipart body itself.
pub(super) fn of_member(contract: &Contract, id: SchemaId, usage: Usage) -> Usage {
    part(contract, id, usage, &[Type::Object])
}

/// What an item of a multipart body, or of a member of it, is used for: an array is JSON as well.
pub(super) fn of_item(contract: &Contract, id: SchemaId, usage: Usage) -> Usage {
    part(contract, id, usage, &[Type::Object, Type::Array])
}

fn part(contract: &Contract, id: SchemaId, usage: Usage, json: &[Type]) -> Usage {
    if !usage.is_multipart() || contract.nested.contains(&id) {
        return usage;
    }
    let types = Parts::gather(contract, &Target::one(id)).types;
    match types.as_deref() {
        Some([only]) if json.contains(only) => usage.of_part(),
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
        && (keywords.format == Some("binary")
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
    let properties = keywords.properties.iter().map(|(_, id)| *id);
    let named = keywords.pattern_properties.iter().chain(&keywords.dependent_schemas).map(|(_, id)| *id);
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
    let lists = lists.into_iter().flatten().copied();
    properties.chain(named).chain(lists).chain(single.into_iter().flatten())
}
