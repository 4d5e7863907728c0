//! Objects: structs where members are named, maps where they are not.

use indexmap::IndexMap;

use super::{Lowered, Target, TypeLowering, parts::Parts, site::Site, usage};
use crate::{
    contract::{Keywords, SchemaBody, SchemaId},
    ir::{Check, Field, Rest, TypeKind, TypeRef, Usage},
};

/// Members by name: the schemas that speak of each.
pub(super) type Members = IndexMap<String, Vec<SchemaId>>;

/// How many branches within branches are looked into.
const BRANCHES: usize = 4;

impl TypeLowering<'_> {
    pub(super) fn object(&mut self, site: &Site<'_>) -> Lowered {
        let parts = &site.parts;
        let members = members(parts);
        if members.is_empty() {
            return self.map(site);
        }
        let id = self.named(site);
        let mut extra = all_members(self.contract, parts);
        extra.retain(|name, _| !members.contains_key(name));
        let judged = self.struct_is_judged(site, &members);
        let (rest, rest_judged) = self.rest(site);
        let mut fields = Vec::with_capacity(members.len());
        for (name, schemas) in members {
            if let Some(field) = self.field(site, &name, schemas) {
                fields.push(field);
            }
        }
        let judged = judged || rest_judged;
        if judged {
            // Where nothing else is asked, these are members like any other, which a closed object has not.
            fields.extend(extra.into_keys().map(conditional_field));
        }
        self.fill(id, judged, TypeKind::Struct { fields, rest })
    }

    /// A declared (or merely required) member; `None` where it does not exist for this usage.
    fn field(&mut self, site: &Site<'_>, name: &str, schemas: Vec<SchemaId>) -> Option<Field> {
        let usage = site.usage;
        if schemas.iter().any(|id| self.is_absent(*id, usage)) {
            return None;
        }
        let first = schemas.first().and_then(|id| self.schema(*id).keywords());
        let docs = first.map(|keywords| super::documentation(keywords, self.sources)).unwrap_or_default();
        let deprecated = first.is_some_and(|keywords| keywords.deprecated);
        let default = first.and_then(|keywords| self.default_in(keywords)).map(Box::new);
        let lowered = if schemas.is_empty() {
            Lowered::exact(TypeRef::Json)
        } else {
            let usage = schemas.first().map_or(usage, |id| usage::of_member(self.contract, *id, usage));
            let place = self.within(site, &schemas, name);
            self.lower(&Target::all(schemas, None), usage, &place)
        };
        let required = site.parts.any(|part| part.required.contains(&name));
        Some(Field {
            wire: name.to_owned(),
            ty: lowered.ty,
            required,
            docs,
            deprecated,
            checks: lowered.checks,
            default,
        })
    }

    /// A member that cannot be there: `false`, or not for this direction.
    fn is_absent(&self, id: SchemaId, usage: Usage) -> bool {
        matches!(self.schema(id).body, SchemaBody::Bool(false)) || self.reach.hides(self.contract, id, usage)
    }

    /// What types cannot say about these objects.
    fn struct_is_judged(&self, site: &Site<'_>, members: &Members) -> bool {
        let parts = &site.parts;
        let refused =
            members.values().flatten().any(|id| matches!(self.schema(*id).body, SchemaBody::Bool(false)));
        let limited = parts.any(|part| {
            part.min_properties.is_some()
                || part.max_properties.is_some()
                || part.property_names.is_some()
                || !part.pattern_properties.is_empty()
                || !part.dependent_required.is_empty()
                || !part.dependent_schemas.is_empty()
        });
        let hidden = members.values().flatten().any(|id| self.is_absent(*id, site.usage));
        // What is required and not declared is one of the others, for which there may be a schema.
        let undeclared = members.values().any(Vec::is_empty);
        let shut = parts.any(|part| {
            is_restrictive(self.contract, part.additional_properties)
                || is_restrictive(self.contract, part.unevaluated_properties)
        });
        let shut = shut && (hidden || undeclared);
        let refused = refused || (hidden && usage::is_refused(self.options, site.usage));
        refused || limited || parts.is_conditional() || !parts.unions().is_empty() || shut
    }

    /// What happens to members without a name, and whether only the full schema can tell.
    fn rest(&mut self, site: &Site<'_>) -> (Rest, bool) {
        let parts = &site.parts;
        let speaking: Vec<&Keywords> =
            parts.list.iter().copied().filter(|part| speaks_of_members(part)).collect();
        let several = speaking.len() > 1;
        let dynamic = parts.is_conditional()
            || !parts.unions().is_empty()
            || parts.any(|part| !part.dependent_schemas.is_empty() || !part.pattern_properties.is_empty());
        let additional: Vec<SchemaId> =
            parts.list.iter().filter_map(|part| part.additional_properties).collect();
        let unevaluated: Vec<SchemaId> =
            parts.list.iter().filter_map(|part| part.unevaluated_properties).collect();
        let own = parts.list.first().is_some_and(|part| part.unevaluated_properties.is_some());
        // Without one schema for them, others are kept only where some schema speaks of them.
        let others = || match describes_others(self.contract, parts, 0) {
            true => Rest::Keep(TypeRef::Json),
            false => Rest::Open,
        };
        let (schema, judged) = match (additional.as_slice(), unevaluated.as_slice()) {
            ([], []) if is_base(parts) => return (Rest::Keep(TypeRef::Json), false),
            ([], []) => return (others(), false),
            ([one], []) => (*one, (several || dynamic) && is_restrictive(self.contract, Some(*one))),
            ([], [one]) if own => (*one, dynamic && is_restrictive(self.contract, Some(*one))),
            _ => return (others(), true),
        };
        match self.schema(schema).body {
            SchemaBody::Bool(false) if judged => (others(), true),
            SchemaBody::Bool(false) => (Rest::Closed, false),
            SchemaBody::Bool(true) => (Rest::Keep(TypeRef::Json), false),
            SchemaBody::Object(_) if judged => (Rest::Keep(TypeRef::Json), true),
            SchemaBody::Object(_) => {
                let value =
                    self.closed(&Target::one(schema), site.usage, &self.within(site, &[schema], "Value"));
                (Rest::Keep(value), false)
            }
        }
    }

    /// An object without named members.
    fn map(&mut self, site: &Site<'_>) -> Lowered {
        let Site { usage, parts, .. } = site;
        let judged = parts.is_conditional()
            || parts.any(|part| {
                part.property_names.is_some()
                    || !part.pattern_properties.is_empty()
                    || !part.dependent_required.is_empty()
                    || !part.dependent_schemas.is_empty()
                    || part.unevaluated_properties.is_some()
            });
        let values: Vec<SchemaId> = parts.list.iter().filter_map(|part| part.additional_properties).collect();
        let patterned: Vec<SchemaId> =
            parts.list.iter().flat_map(|part| part.pattern_properties.iter().map(|(_, id)| *id)).collect();
        let shut = values.iter().any(|id| matches!(self.schema(*id).body, SchemaBody::Bool(false)));
        let value = match (values.is_empty() || shut, patterned.as_slice()) {
            // All members that may be there match the one pattern.
            (true, [one]) if shut => {
                self.lower(&Target::one(*one), *usage, &self.within(site, &[*one], "Value"))
            }
            (false, []) => {
                let place = self.within(site, &values, "Value");
                self.lower(&Target::all(values, None), *usage, &place)
            }
            _ => Lowered::exact(TypeRef::Json),
        };
        if judged || (shut && !patterned.is_empty()) {
            return self.judged(site, TypeRef::Map(Box::new(value.ty)));
        }
        if shut {
            let id = self.named(site);
            return self.fill(id, false, TypeKind::Struct { fields: Vec::new(), rest: Rest::Closed });
        }
        let mut checks: Vec<Check> = parts.list.iter().filter_map(|part| member_count(part)).collect();
        if !value.checks.is_empty() {
            checks.push(Check::Each(value.checks));
        }
        Lowered { ty: TypeRef::Map(Box::new(value.ty)), checks }
    }
}

/// Whether heirs are meant to be passed where the schema is asked for: it has a discriminator, and names no branches.
/// Their members are kept, so that an heir that is read as its base and written again is what it was.
fn is_base(parts: &Parts<'_>) -> bool {
    let own = parts.list.first();
    own.is_some_and(|own| own.discriminator.is_some() && own.one_of.is_empty() && own.any_of.is_empty())
}

/// Members that hold for every value: declared in a part, or required without being declared.
pub(super) fn members(parts: &Parts<'_>) -> Members {
    let mut members = Members::new();
    for part in &parts.list {
        for (name, id) in &part.properties {
            members.entry((*name).to_owned()).or_default().push(*id);
        }
    }
    for part in &parts.list {
        for name in &part.required {
            members.entry((*name).to_owned()).or_default();
        }
    }
    members
}

/// Members that some value may have, those of branches included.
pub(super) fn all_members(contract: &crate::contract::Contract, parts: &Parts<'_>) -> Members {
    let mut all = members(parts);
    branch_members(contract, parts, &mut all, 0);
    all
}

/// Members that only some branch of `oneOf`, `anyOf`, `if` or `dependentSchemas` declares.
fn branch_members(
    contract: &crate::contract::Contract,
    parts: &Parts<'_>,
    found: &mut Members,
    depth: usize,
) {
    if depth > BRANCHES {
        return;
    }
    for part in &parts.list {
        for (name, others) in &part.dependent_required {
            found.entry(name.clone()).or_default();
            for name in others {
                found.entry(name.clone()).or_default();
            }
        }
        for id in branches(part) {
            let inner = Parts::gather(contract, &Target::one(id));
            for (name, schemas) in members(&inner) {
                found.entry(name).or_default().extend(schemas);
            }
            branch_members(contract, &inner, found, depth + 1);
        }
    }
}

/// What speaks of some values only.
fn branches(part: &Keywords) -> impl Iterator<Item = SchemaId> {
    let conditions = [part.if_, part.then, part.else_].into_iter().flatten();
    let dependent = part.dependent_schemas.iter().map(|(_, id)| *id);
    part.one_of.iter().chain(&part.any_of).copied().chain(conditions).chain(dependent)
}

/// A member of some branches: its schema depends on the branch, so it holds any JSON; the full schema decides.
fn conditional_field(wire: String) -> Field {
    Field {
        wire,
        ty: TypeRef::Json,
        required: false,
        docs: String::new(),
        deprecated: false,
        checks: Vec::new(),
        default: None,
    }
}

fn speaks_of_members(part: &Keywords) -> bool {
    !part.properties.is_empty() || part.additional_properties.is_some() || !part.pattern_properties.is_empty()
}

/// `false` or an object schema: something that can refuse.
fn is_restrictive(contract: &crate::contract::Contract, id: Option<SchemaId>) -> bool {
    id.is_some_and(|id| !matches!(contract.schemas.get(id).body, SchemaBody::Bool(true)))
}

/// Whether something describes members without naming them: a pattern of names, or a schema for all others. Branches count.
fn describes_others(contract: &crate::contract::Contract, parts: &Parts<'_>, depth: usize) -> bool {
    let body = |id: SchemaId| &contract.schemas.get(id).body;
    parts.any(|part| {
        let mut others = [part.additional_properties, part.unevaluated_properties].into_iter().flatten();
        let mut patterns = part.pattern_properties.iter();
        others.any(|id| matches!(body(id), SchemaBody::Object(_)))
            || patterns.any(|(_, id)| !matches!(body(*id), SchemaBody::Bool(false)))
    }) || depth < BRANCHES
        && parts
            .list
            .iter()
            .flat_map(|part| branches(part))
            .any(|id| describes_others(contract, &Parts::gather(contract, &Target::one(id)), depth + 1))
}

fn member_count(part: &Keywords) -> Option<Check> {
    let bounded = part.min_properties.is_some_and(|min| min > 0) || part.max_properties.is_some();
    bounded.then(|| Check::Members(part.min_properties.unwrap_or(0), part.max_properties))
}
