//! Names for the branches of a union: what they are called, else what they are, else what tells them apart.

use super::{Target, TypeLowering, class, object, parts::Parts, tag};
use crate::contract::{SchemaId, Type, TypeSet};

/// Titles longer than this are sentences.
pub(super) const TITLE: usize = 40;

impl TypeLowering<'_> {
    /// One name for each branch. A branch gets the first of its candidates that is none of another branch; so a name
    /// lasts as long as the union does.
    pub(super) fn branch_names(&self, branches: &[SchemaId], kinds: &[Option<TypeSet>]) -> Vec<String> {
        let candidates: Vec<Vec<String>> = branches
            .iter()
            .zip(kinds)
            .map(|(id, kinds)| self.candidates(*id, kinds.as_deref(), branches))
            .collect();
        let mut names: Vec<String> = Vec::new();
        for (index, own) in candidates.iter().enumerate() {
            let shared = |name: &String| {
                candidates.iter().enumerate().any(|(other, list)| other != index && list.contains(name))
            };
            let wish = own.iter().find(|name| !shared(name)).or(own.first());
            let free = wish.filter(|name| !names.contains(name)).cloned();
            let numbered = || format!("{} {}", wish.map_or("Variant", String::as_str), index + 1);
            names.push(free.unwrap_or_else(numbered));
        }
        names
    }

    /// What a branch may be called, the best first.
    fn candidates(&self, id: SchemaId, kinds: Option<&[Type]>, branches: &[SchemaId]) -> Vec<String> {
        let called = [self.component_name(id), tag::constant_name(self.contract, id), self.title(id)];
        let kind = kinds.and_then(kind);
        let special = match kinds {
            Some([Type::Array]) => self.array_name(id, 0),
            Some([Type::Object]) | None => self.own_member(id, branches).map(|name| format!("with {name}")),
            Some(_) => self.format(id),
        };
        called.into_iter().flatten().chain(kind).chain(special).collect()
    }

    fn component_name(&self, id: SchemaId) -> Option<String> {
        let referred = self.schema(id).keywords().and_then(|part| part.reference);
        let known =
            referred.and_then(|next| self.homes.carried_by(next)).or_else(|| self.homes.carried_by(id));
        known.map(str::to_owned)
    }

    fn title(&self, id: SchemaId) -> Option<String> {
        self.schema(id)
            .keywords()
            .and_then(|part| part.title)
            .filter(|title| title.len() < TITLE)
            .map(str::to_owned)
    }

    fn format(&self, id: SchemaId) -> Option<String> {
        let parts = Parts::gather(self.contract, &Target::one(id));
        parts.list.iter().find_map(|part| part.format).map(str::to_owned)
    }

    /// `IntegerArray`, and arrays of such.
    fn array_name(&self, id: SchemaId, depth: usize) -> Option<String> {
        let parts = Parts::gather(self.contract, &Target::one(id));
        let items = parts.list.iter().find_map(|part| part.items)?;
        let of_items = || match Parts::gather(self.contract, &Target::one(items)).types.as_deref() {
            Some([Type::Array]) if depth < 4 => self.array_name(items, depth + 1),
            Some(kinds) => kind(kinds),
            None => None,
        };
        let item = self.component_name(items).or_else(|| self.title(items)).or_else(of_items)?;
        Some(format!("{item} array"))
    }

    /// A member that no other branch names; one that is always there is preferred.
    fn own_member(&self, id: SchemaId, branches: &[SchemaId]) -> Option<String> {
        let parts = Parts::gather(self.contract, &Target::one(id));
        let members = |id: &SchemaId| object::members(&Parts::gather(self.contract, &Target::one(*id)));
        let others: Vec<_> = branches.iter().filter(|other| **other != id).map(members).collect();
        let own: Vec<String> = members(&id)
            .into_keys()
            .filter(|name| !others.iter().any(|members| members.contains_key(name)))
            .collect();
        let required = |name: &&String| parts.any(|part| part.required.contains(&name.as_str()));
        own.iter().find(required).or(own.first()).cloned()
    }
}

/// The types as words, without null: `StringOrInteger`.
fn kind(kinds: &[Type]) -> Option<String> {
    let words: Vec<&str> = kinds
        .iter()
        .filter(|ty| **ty != Type::Null || kinds.len() == 1)
        .map(|ty| class::type_name(*ty))
        .collect();
    (!words.is_empty() && words.len() <= 3).then(|| words.join(" or "))
}
