//! Unions that tell their branches by schemas: one value may be within several branches, so the branch that it is read
//! as keeps the members that only the others name. Done when all types are known.

use std::collections::BTreeSet;

use super::{Target, TypeLowering, object, parts::Parts};
use crate::ir::{Rest, TypeDef, TypeId, TypeKind, TypeRef, Wish};

impl TypeLowering<'_> {
    /// Notes which branches of a union lack members that others name.
    pub(super) fn keeps_others(&mut self, union: TypeId, targets: &[Target]) {
        let named: Vec<BTreeSet<String>> = targets
            .iter()
            .map(|target| {
                object::all_members(self.contract, &Parts::gather(self.contract, target))
                    .into_keys()
                    .collect()
            })
            .collect();
        let own: Vec<BTreeSet<String>> = targets
            .iter()
            .map(|target| object::members(&Parts::gather(self.contract, target)).into_keys().collect())
            .collect();
        let lacks = |own: &BTreeSet<String>| named.iter().flatten().any(|name| !own.contains(name));
        self.keeping.push((union, own.iter().map(lacks).collect()));
    }
}

/// Makes the branches keep what was noted.
pub(super) fn apply(types: &mut [TypeDef], keeping: &[(TypeId, Vec<bool>)]) {
    for (union, lacking) in keeping {
        // Taken out meanwhile, so that a union within itself is met once.
        let mut branches = branches(types, *union).map(std::mem::take).unwrap_or_default();
        for ((_, payload), lacks) in branches.iter_mut().zip(lacking) {
            if *lacks {
                keep(types, payload);
            }
        }
        if let Some(slot) = self::branches(types, *union) {
            *slot = branches;
        }
    }
}

fn branches(types: &mut [TypeDef], id: TypeId) -> Option<&mut Vec<(String, TypeRef)>> {
    match types.get_mut(id.0 as usize).map(|def| &mut def.kind) {
        Some(TypeKind::Union(union)) => Some(&mut union.branches),
        _ => None,
    }
}

/// Makes the objects within a payload keep what they do not name: an inline type itself, a component by a wrapper.
fn keep(types: &mut [TypeDef], payload: &mut TypeRef) {
    let id = match payload {
        TypeRef::Nullable(inner) => return keep(types, inner),
        TypeRef::Named(id) => *id,
        _ => return,
    };
    let loses = loses(types, payload, &mut BTreeSet::new());
    let Some(def) = types.get_mut(id.0 as usize) else { return };
    match (&mut def.kind, &def.wish) {
        (TypeKind::Struct { rest: rest @ Rest::Open, .. }, Wish::Place(_)) => {
            *rest = Rest::Keep(TypeRef::Json)
        }
        (TypeKind::Union(union), Wish::Place(_)) => {
            let mut inner = std::mem::take(&mut union.branches);
            inner.iter_mut().for_each(|(_, payload)| keep(types, payload));
            if let Some(slot) = branches(types, id) {
                *slot = inner;
            }
        }
        _ if loses => *payload = TypeRef::Kept(Box::new(payload.clone())),
        _ => {}
    }
}

/// Whether a value of the type may drop members.
fn loses(types: &[TypeDef], ty: &TypeRef, seen: &mut BTreeSet<TypeId>) -> bool {
    match ty {
        TypeRef::Named(id) if seen.insert(*id) => match types.get(id.0 as usize).map(|def| &def.kind) {
            Some(TypeKind::Struct { rest, .. }) => *rest == Rest::Open,
            Some(TypeKind::Alias(inner)) => loses(types, inner, seen),
            Some(TypeKind::Union(union)) => union.branches.iter().any(|(_, inner)| loses(types, inner, seen)),
            _ => false,
        },
        TypeRef::Nullable(inner) => loses(types, inner, seen),
        _ => false,
    }
}
