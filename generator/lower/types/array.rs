//! Arrays and tuples.

use super::{Lowered, Target, TypeLowering, site::Site, usage};
use crate::{
    contract::{Keywords, SchemaBody, SchemaId},
    ir::{Check, TypeKind, TypeRef, Usage},
};

impl TypeLowering<'_> {
    pub(super) fn array(&mut self, site: &Site<'_>) -> Lowered {
        let Site { usage, parts, .. } = site;
        let tuples = parts.list.iter().filter(|part| !part.prefix_items.is_empty()).count();
        if tuples > 0 {
            return match self.tuple(site) {
                Some(tuple) if tuples == 1 => tuple,
                _ => self.judged_list(site, anything(*usage)),
            };
        }
        let items: Vec<SchemaId> = parts.list.iter().filter_map(|part| part.items).collect();
        let item = if items.is_empty() {
            // What has no type is bytes (OAS 3.2.0, Encoding Object, `contentType`).
            Lowered::exact(if usage.is_multipart() { TypeRef::File } else { TypeRef::Json })
        } else {
            let usage = items.first().map_or(*usage, |id| usage::of_item(self.contract, *id, *usage));
            let place = self.within(site, &items, "Item");
            self.lower(&Target::all(items, None), usage, &place)
        };
        let hard = parts.any(|part| part.contains.is_some() || part.unevaluated_items.is_some());
        let unique = parts.any(|part| part.unique_items);
        if hard || (unique && !self.compares_exactly(&item.ty)) {
            return self.judged_list(site, item);
        }
        let mut checks: Vec<Check> = parts.list.iter().filter_map(|part| item_count(part)).collect();
        if unique {
            checks.push(Check::Unique);
        }
        if !item.checks.is_empty() {
            checks.push(Check::Each(item.checks));
        }
        Lowered { ty: TypeRef::List(Box::new(item.ty)), checks }
    }

    /// A list that only its full schema decides. The checks of items are part of that schema.
    fn judged_list(&mut self, site: &Site<'_>, item: Lowered) -> Lowered {
        self.judged(site, TypeRef::List(Box::new(item.ty)))
    }

    /// A Rust tuple, where the array has exactly as many items as `prefixItems`.
    fn tuple(&mut self, site: &Site<'_>) -> Option<Lowered> {
        let parts = &site.parts;
        let part = parts.list.iter().copied().find(|part| !part.prefix_items.is_empty())?;
        let length = part.prefix_items.len();
        let count = u64::try_from(length).ok()?;
        let closed =
            part.items.is_some_and(|items| matches!(self.schema(items).body, SchemaBody::Bool(false)))
                || part.max_items == Some(count);
        let plain = part.contains.is_none() && part.unevaluated_items.is_none() && !part.unique_items;
        let fits = part.min_items == Some(count) && part.max_items.is_none_or(|max| max >= count);
        if !closed
            || !plain
            || !fits
            || length > 12
            || parts.list.iter().any(|other| bounds_items(other, part))
        {
            return None;
        }
        let items = part.prefix_items.iter().enumerate();
        let types = items
            .map(|(index, id)| {
                let usage = usage::of_item(self.contract, *id, site.usage);
                let place = self.within(site, &[*id], &format!("Item{}", index + 1));
                self.closed(&Target::one(*id), usage, &place)
            })
            .collect();
        Some(Lowered::exact(TypeRef::Tuple(types)))
    }

    /// Whether equality of the Rust values is equality of the JSON values.
    fn compares_exactly(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Bool
            | TypeRef::String
            | TypeRef::Int(_)
            | TypeRef::Integer
            | TypeRef::Number
            | TypeRef::Float
            | TypeRef::Format(_)
            | TypeRef::Json
            | TypeRef::Null => true,
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) | TypeRef::List(inner) | TypeRef::Map(inner) => {
                self.compares_exactly(inner)
            }
            TypeRef::Tuple(items) => items.iter().all(|item| self.compares_exactly(item)),
            TypeRef::Named(id) => match self.types.get(id.0 as usize).map(|def| &def.kind) {
                Some(TypeKind::StringEnum(_) | TypeKind::LiteralEnum(_)) => true,
                Some(TypeKind::Newtype { inner, .. } | TypeKind::Alias(inner)) => {
                    // A name still reserved is an alias of JSON here; it may turn out as a struct.
                    !matches!(inner, TypeRef::Json) && self.compares_exactly(inner)
                }
                _ => false,
            },
            TypeRef::File | TypeRef::Kept(_) | TypeRef::Custom(_) => false,
        }
    }
}

/// An item of which there are several kinds.
fn anything(usage: Usage) -> Lowered {
    Lowered::exact(match usage.is_multipart() {
        true => TypeRef::Custom("::counterpart_runtime::Part".to_owned()),
        false => TypeRef::Json,
    })
}

fn item_count(part: &Keywords) -> Option<Check> {
    let bounded = part.min_items.is_some_and(|min| min > 0) || part.max_items.is_some();
    bounded.then(|| Check::Items(part.min_items.unwrap_or(0), part.max_items))
}

/// Another part that says something about items as well.
fn bounds_items(other: &Keywords, part: &Keywords) -> bool {
    !std::ptr::eq(other, part) && super::parts::asserts_array(other)
}
