//! The keywords that must all hold for a target: its own, and through `$ref` and `allOf` those of others.

use counterpart_runtime::Json;

use super::Target;
use crate::contract::{Contract, Keywords, SchemaBody, SchemaId, Type, TypeSet};

/// A target taken apart.
pub(super) struct Parts<'c> {
    /// Keyword sets, the target's own first.
    pub list: Vec<&'c Keywords<'c>>,
    /// One of them is the schema `false`.
    pub impossible: bool,
    /// Types that all of them allow; `None` = any.
    pub types: Option<TypeSet>,
}

impl<'c> Parts<'c> {
    /// Follows references and `allOf`.
    pub fn gather(contract: &'c Contract<'c>, target: &Target) -> Self {
        let mut parts = Self { list: Vec::new(), impossible: false, types: target.only.clone() };
        let mut seen = Vec::new();
        for id in &target.ids {
            parts.visit(contract, *id, &mut seen);
        }
        if parts.types.is_none() {
            parts.types = parts.values().map(|values| types_of(&values));
        }
        parts
    }

    fn visit(&mut self, contract: &'c Contract<'c>, id: SchemaId, seen: &mut Vec<SchemaId>) {
        if seen.contains(&id) {
            return;
        }
        seen.push(id);
        match &contract.schemas.get(id).body {
            SchemaBody::Bool(true) => {}
            SchemaBody::Bool(false) => self.impossible = true,
            SchemaBody::Object(keywords) => {
                self.list.push(keywords);
                if let Some(types) = &keywords.types {
                    self.types = Some(match self.types.take() {
                        Some(known) => intersection(&known, types),
                        None => types.clone(),
                    });
                }
                if let Some(next) = keywords.reference {
                    self.visit(contract, next, seen);
                }
                for next in &keywords.all_of {
                    self.visit(contract, *next, seen);
                }
            }
        }
    }

    /// The values that `enum` and `const` leave, without repeats; `None` = no such keyword.
    pub fn values(&self) -> Option<Vec<Json>> {
        let mut values: Option<Vec<Json>> = None;
        for part in &self.list {
            let constant = part.constant.as_ref().map(std::slice::from_ref);
            for list in part.enumeration.as_deref().into_iter().chain(constant) {
                values = Some(match values {
                    Some(known) => known.into_iter().filter(|value| list.contains(value)).collect(),
                    None => distinct(list),
                });
            }
        }
        values
    }

    /// All `oneOf` (true) and `anyOf` (false) lists.
    pub fn unions(&self) -> Vec<(bool, &'c [SchemaId])> {
        let mut unions: Vec<(bool, &'c [SchemaId])> = Vec::new();
        for part in &self.list {
            let part: &'c Keywords<'c> = part;
            unions.extend([(true, part.one_of.as_slice()), (false, part.any_of.as_slice())]);
        }
        unions.retain(|(_, branches)| !branches.is_empty());
        unions
    }

    /// Some keyword that is undecided by any type: negation, conditions, dynamic references.
    pub fn is_conditional(&self) -> bool {
        self.list.iter().any(|part| {
            part.not.is_some()
                || (part.if_.is_some() && (part.then.is_some() || part.else_.is_some()))
                || part.dynamic_reference.is_some()
        })
    }

    /// Whether any part satisfies the predicate.
    pub fn any(&self, predicate: impl Fn(&Keywords) -> bool) -> bool {
        self.list.iter().any(|part| predicate(part))
    }
}

fn distinct(list: &[Json]) -> Vec<Json> {
    let mut values: Vec<Json> = Vec::new();
    for value in list {
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
    values
}

/// Types in both sets; `integer` is within `number`.
fn intersection(left: &[Type], right: &[Type]) -> TypeSet {
    let mut types = TypeSet::default();
    for ty in left {
        if right.contains(ty) {
            types.push(*ty);
        } else if (*ty == Type::Integer && right.contains(&Type::Number))
            || (*ty == Type::Number && right.contains(&Type::Integer))
        {
            types.push(Type::Integer);
        }
    }
    types
}

/// The type of a value; whole numbers count as integers.
pub(super) fn type_of(value: &Json) -> Type {
    match value {
        Json::Null => Type::Null,
        Json::Bool(_) => Type::Boolean,
        Json::Number(number) if number.is_integer() => Type::Integer,
        Json::Number(_) => Type::Number,
        Json::String(_) => Type::String,
        Json::Array(_) => Type::Array,
        Json::Object(_) => Type::Object,
    }
}

fn types_of(values: &[Json]) -> TypeSet {
    values.iter().map(type_of).collect()
}

/// What a schema refers to that says nothing else.
pub(super) fn transparent(contract: &Contract, id: SchemaId) -> Option<SchemaId> {
    let keywords = contract.schemas.get(id).keywords()?;
    let next = match (keywords.reference, keywords.all_of.as_slice()) {
        (Some(next), []) => next,
        (None, [next]) => *next,
        _ => return None,
    };
    (!asserts_beside_references(keywords)).then_some(next)
}

/// Any assertion beside `$ref` and `allOf`; a resource with dynamic anchors says what references mean.
pub(super) fn asserts_beside_references(part: &Keywords) -> bool {
    part.resource.is_some()
        || part.types.is_some()
        || part.enumeration.is_some()
        || part.constant.is_some()
        || part.dynamic_reference.is_some()
        || !part.any_of.is_empty()
        || !part.one_of.is_empty()
        || part.not.is_some()
        || part.if_.is_some()
        || asserts_object(part)
        || asserts_array(part)
        || asserts_string(part)
        || asserts_number(part)
}

/// Any assertion on objects.
pub(super) fn asserts_object(part: &Keywords) -> bool {
    !part.properties.is_empty()
        || !part.pattern_properties.is_empty()
        || part.additional_properties.is_some()
        || part.property_names.is_some()
        || part.unevaluated_properties.is_some()
        || !part.required.is_empty()
        || part.min_properties.is_some()
        || part.max_properties.is_some()
        || !part.dependent_required.is_empty()
        || !part.dependent_schemas.is_empty()
}

/// Any assertion on arrays.
pub(super) fn asserts_array(part: &Keywords) -> bool {
    part.items.is_some()
        || !part.prefix_items.is_empty()
        || part.contains.is_some()
        || part.unevaluated_items.is_some()
        || part.min_items.is_some()
        || part.max_items.is_some()
        || part.unique_items
}

/// Any assertion on strings.
pub(super) fn asserts_string(part: &Keywords) -> bool {
    bounds_string(part) || part.format.is_some()
}

/// Any assertion on strings but a format.
pub(super) fn bounds_string(part: &Keywords) -> bool {
    part.min_length.is_some() || part.max_length.is_some() || part.pattern.is_some()
}

/// Any assertion on numbers.
pub(super) fn asserts_number(part: &Keywords) -> bool {
    bounds_number(part) || part.format.is_some()
}

/// Any assertion on numbers but a format.
pub(super) fn bounds_number(part: &Keywords) -> bool {
    part.minimum.is_some()
        || part.maximum.is_some()
        || part.exclusive_minimum.is_some()
        || part.exclusive_maximum.is_some()
        || part.multiple_of.is_some()
}
